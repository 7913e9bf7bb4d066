//! Every kind of problem a curriculum can have: its code, how bad it is, and what it means. The one list of codes.

use serde::Serialize;

/// One kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `V` and three digits; never reused for another meaning.
    pub code: &'static str,
    pub severity: Severity,
    pub title: &'static str,
    /// What it means and what to do, for `varjedag check --explain`.
    pub explanation: &'static str,
}

/// Errors keep a curriculum from being used; warnings do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
}

/// The rule called `code`, in upper or lower case.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

macro_rules! rules {
    ($($name:ident = $code:literal $severity:ident $title:literal: $explanation:literal;)*) => {
        $(pub static $name: Rule = Rule {
            code: $code,
            severity: Severity::$severity,
            title: $title,
            explanation: $explanation,
        };)*

        /// All rules, by code.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    UNREADABLE = "V001" Error "a file cannot be read":
"A .ron file is there but is not a plain file that can be read: it is not UTF-8, too large, a symbolic link, a pipe \
or a device, or the system refuses. Save the file as UTF-8. A file holds at most 1 MiB. Symbolic links are not \
followed, because a link could be a loop or lead outside the curriculum: put the file itself there.";
    TOO_DEEP = "V002" Error "nested too deeply":
"Brackets are nested more than 64 deep. No curriculum needs that; a bracket is probably repeated by mistake.";
    SYNTAX = "V003" Error "not well-formed":
"The text is not well-formed RON: a comma, a colon, a quote or a bracket is missing or in the wrong place. The entry \
is left out of the other checks; entries and files beside it are still checked.";
    TOO_MANY = "V004" Error "too many problems":
"A file has more than a hundred problems of form; only the first hundred are shown. Solve them and check again.";
    TOO_LARGE = "V005" Error "too large a curriculum":
"A curriculum has at most 2000 modules and names them and its other things at most 20,000 times. A region has some \
tens of modules; this is probably another kind of directory. Other checks wait until it is smaller.";
    UNKNOWN_FIELD = "V010" Error "unknown field":
"A field has a name that this kind of entry does not have. Mostly it is misspelt.";
    MISSING_FIELD = "V011" Error "missing field":
"An entry lacks a field that it must have.";
    WRONG_TYPE = "V012" Error "wrong kind of value":
"A field holds another kind of value than it should: a text for a number, a list for a text, a word that is not \
one of the words allowed.";
    TRANSLATION = "V013" Error "missing translation":
"A text lacks its Swedish (`sv`) or its English (`en`) version, or one of them is empty. Everything a person reads is \
complete in both languages.";
    DUPLICATE = "V014" Error "defined twice":
"The same id or field is written twice, in one file or in two. Nothing says which of them holds: remove or rename one.";
    BAD_ID = "V015" Error "badly formed id":
"An id is written in lower-case letters a to z, digits and single hyphens between them, at most 64 characters, as in \
`mata-for-forbattring`. Ids appear in addresses and files, and are never shown as titles.";
    OUT_OF_BOUNDS = "V016" Error "number out of bounds":
"A number lies outside what makes sense: a month that does not exist, a share above 100 percent, a deadline of \
no days or more than ten years.";
    REPEATED = "V017" Warning "named twice in one list":
"The same name stands twice in one list, or a module is both required and recommended by one dose. It counts once; \
remove one.";
    UNKNOWN_NAME = "V020" Error "unknown name":
"A module, area, leg, role, group or dose is named that is defined nowhere in the curriculum. Mostly it is misspelt.";
    CYCLE = "V030" Error "modules that build on each other":
"A module builds on itself by way of others, so that nobody could ever begin. A module counts as building on everything \
its `builds_on` names, in `Any` and `AtLeast` too, and on the equivalents of what it names.";
    ROLE_CYCLE = "V031" Error "roles that include each other":
"A role includes itself by way of others. Inclusion must lead from the larger role to the smaller one only.";
    HIGHER_LEVEL = "V032" Warning "builds on a higher level":
"A module cannot be taken without a module of a higher level first. Either a level is wrong or the prerequisite is. \
Alternatives in `Any` and `AtLeast` that can be avoided do not count, and deepening stands outside the scale.";
    REDUNDANT = "V033" Warning "redundant prerequisite":
"A prerequisite is already implied by another in the same `All`, because that one builds on it. Leave it out: the path \
is the same and the picture is clearer.";
    IMPOSSIBLE = "V034" Error "a prerequisite nobody can fulfil":
"`AtLeast` asks for more than its list holds, or `Any` has an empty list: nobody can fulfil it.";
    EMPTY_CHOICE = "V035" Warning "a prerequisite that asks for nothing":
"`AtLeast(0, …)` is always fulfilled: leave it out or ask for more.";
    OWN_EQUIVALENT = "V036" Warning "a module that is its own equivalent":
"A module lists itself among its equivalents. Leave it out.";
    HOURS = "V040" Error "hours that cannot be":
"Hours are a positive number of quarter hours: 0.25, 1.5, 7 and so on, at most 1000 for a module. A training day \
has at most 24.";
    OUTCOMES = "V041" Error "no learning outcome":
"A module says in at least one outcome what the participant can do afterwards.";
    SHORT = "V042" Error "short title too long":
"The short title stands on puzzle pieces and in table heads: at most 32 characters in each language, soft hyphens \
not counted.";
    UNREACHED = "V043" Warning "a module that nothing asks for":
"No dose names the module, nothing that a dose asks for builds on it, and no programme gives it. Add it to a dose, or \
mark it `elective: true` when people choose it themselves.";
    STRAY_PASS_MARK = "V044" Warning "a pass mark without a test":
"A module says which share of a test's points passes it (`pass_percent`), but it is not assessed by a test, so nothing \
asks for it. Leave it out, or let the module be assessed by a test.";
    UNSATISFIABLE = "V050" Error "a dose nothing satisfies":
"A dose asks to choose more modules than the set holds, so that nobody can ever satisfy it.";
    EMPTY_DOSE = "V051" Warning "a dose that asks for nothing":
"A dose has no required module, no recommended one and no set to choose from.";
    DEADLINE = "V052" Error "a deadline that cannot hold its hours":
"The modules due by a deadline, with all they certainly build on, need more course hours than there are until then, \
even if every working day were a training day: five days of every seven (and at most five of the days that are left \
over), each of `about.day_hours`. What could be replaced by an alternative or an equivalent is not \
counted, so a deadline that is refused is truly impossible.";
    STRAY_DEADLINE = "V053" Warning "a deadline for a module outside the dose":
"`deadlines` names a module that the dose neither requires nor recommends nor offers in a set. It has no effect.";
    UNUSED_DOSE = "V054" Warning "unused dose":
"No role, group or title has this dose, and it is not the one for everyone.";
    PROGRAMME_ORDER = "V060" Error "programme out of order":
"Milestones are written in the order of their months, meetings in the order of months and weeks, and expected progress \
never falls.";
    PROGRAMME_MONTH = "V061" Error "month outside the programme":
"A meeting or milestone lies in a month that the programme does not have: months are counted from 1 to `months`.";
    GIVEN_TOO_EARLY = "V062" Warning "given before what it builds on":
"The programme gives a module before another of its modules that it builds on.";
    LETTER = "V070" Error "area letter missing or taken":
"Every area has one capital letter of its own; with a number it makes the codes of its modules (M1, M2, …).";
    SAME_NAME = "V071" Error "two titles with the same name":
"Two titles claim the same local name or code, so an import could not tell them apart. Case does not count.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_well_formed_and_in_order() {
        let well_formed = |code: &str| code.len() == 4 && code.starts_with('V') && code[1..].parse::<u16>().is_ok();
        assert!(ALL.iter().all(|rule| well_formed(rule.code)));
        assert!(ALL.windows(2).all(|pair| pair[0].code < pair[1].code));
    }

    #[test]
    fn every_rule_has_a_test_that_shows_it() {
        let shown = [
            include_str!("tests/doses.rs"),
            include_str!("tests/modules.rs"),
            include_str!("tests/needs.rs"),
            include_str!("tests/programmes.rs"),
            include_str!("tests/shape.rs"),
            include_str!("tests/syntax.rs"),
            include_str!("../../tests/curriculum_hostile.rs"),
            include_str!("../../tests/cli_check.rs"),
        ];
        for rule in ALL {
            assert!(shown.iter().any(|tests| tests.contains(rule.code)), "{}: {}", rule.code, rule.title);
        }
    }
}
