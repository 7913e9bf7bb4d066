//! Why somebody has a piece, in sentences that read from the person to the piece. Pure; the same for page, mail,
//! API and command line.

use std::fmt::{self, Display};

use chrono::NaiveDate;
use serde::Serialize;

use crate::curriculum::model::{Curriculum, Language, Module, Text};
use crate::engine::model::{Because, Holding, ModuleIx, Source, Strength};
use crate::versions::published::Published;
use crate::words::{self, Value};

/// Who says it to whom, about which curriculum.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    pub curriculum: &'a Curriculum,
    /// None when it is not published.
    pub published: Option<&'a Published>,
    pub language: Language,
    pub today: NaiveDate,
    /// The name of the person it is about; none when that is the reader.
    pub about: Option<&'a str>,
}

/// A sentence in parts, so that a page can link the modules it names. As text: `to_string`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Sentence(pub Vec<Part>);

/// Some words; with a module's id when they are its title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Part {
    pub text: String,
    pub module: Option<String>,
}

impl Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| f.write_str(&part.text))
    }
}

/// The chain of one reason for having `piece`. Due days are told only of what is `to_do`.
pub fn sentences(telling: &Telling, piece: ModuleIx, because: &Because, to_do: bool) -> Vec<Sentence> {
    let asked = *because.builds_on.first().unwrap_or(&piece);
    let instead = because.instead_of;
    // Without a chain, it is what the dose itself asks for that the piece stands in for.
    let named =
        if because.builds_on.is_empty() { instead.unwrap_or(piece) } else { because.asked_for.unwrap_or(asked) };
    let mut told = vec![telling.holding(because)];
    told.extend(telling.inclusions(because));
    told.push(telling.dose(because, named, to_do));
    if let Some(asked_for) = because.asked_for {
        told.push(telling.sentence("learning-why-instead", &[("piece", asked), ("asked", asked_for)], &[]));
    }
    let below = because.builds_on.iter().skip(1).copied().chain([instead.unwrap_or(piece)]);
    for (&above, below) in because.builds_on.iter().zip(below) {
        told.push(telling.sentence("learning-why-builds-on", &[("above", above), ("below", below)], &[]));
    }
    if let Some(instead) = instead {
        told.push(telling.sentence("learning-why-instead", &[("piece", piece), ("asked", instead)], &[]));
    }
    told
}

/// Before a module's id, between it and the title, and after the title: private use, so in no text.
const MARKS: [char; 3] = ['\u{e000}', '\u{e001}', '\u{e002}'];

impl Telling<'_> {
    /// `key` with modules and other arguments filled in.
    fn sentence(&self, key: &str, modules: &[(&str, ModuleIx)], args: &[(&str, Value<'_>)]) -> Sentence {
        let titled = modules.iter().map(|&(name, module)| (name, Value::from(self.marked(module))));
        let args: Vec<_> = titled.chain(args.iter().cloned()).collect();
        parts(&words::text(self.language, key, &args))
    }

    fn marked(&self, module: ModuleIx) -> String {
        let (id, module): &(String, Module) = &self.curriculum.modules[usize::from(module.0)];
        let [before, between, after] = MARKS;
        format!("{before}{id}{between}{}{after}", module.title.of(self.language))
    }

    fn holding(&self, because: &Because) -> Sentence {
        let since = words::date(self.language, because.since, self.today);
        let mut args: Vec<(&str, Value<'_>)> =
            vec![("who", self.about.unwrap_or("you").into()), ("since", since.into())];
        let (key, held) = match (&because.holding, &because.source) {
            (Holding::Everyone, _) => ("learning-why-everyone", String::new()),
            (Holding::Title(id), _) => ("learning-why-title", self.title(id)),
            (Holding::Role(id), Source::Programme { edition, .. }) => {
                args.push(("edition", edition.as_str().into()));
                ("learning-why-edition", self.role(id))
            }
            (Holding::Role(id), _) => ("learning-why-role", self.role(id)),
        };
        args.push(("held", held.into()));
        self.sentence(key, &[], &args)
    }

    /// One sentence for each role on the way from the holding to the dose.
    fn inclusions(&self, because: &Because) -> Vec<Sentence> {
        let Holding::Role(held) = &because.holding else { return Vec::new() };
        let above = std::iter::once(held).chain(&because.includes);
        let told = above.zip(&because.includes).map(|(above, below)| {
            let args = [("above", self.role(above).into()), ("below", self.role(below).into())];
            self.sentence("learning-why-includes", &[], &args)
        });
        told.collect()
    }

    fn dose(&self, because: &Because, module: ModuleIx, to_do: bool) -> Sentence {
        let title = self.dose_title(&because.dose).map_or(because.dose.as_str(), |title| title.of(self.language));
        let dose = match self.version(because) {
            Some(version) => format!("{title} ({version})"),
            None => title.to_owned(),
        };
        let due = because.due.filter(|_| to_do);
        let tense = due.map_or("none", |due| if due < self.today { "past" } else { "ahead" });
        let due = due.map(|due| words::date(self.language, due, self.today)).unwrap_or_default();
        let key = match because.strength {
            Strength::Required => "learning-why-required",
            Strength::OneOf => "learning-why-one-of",
            Strength::Recommended => "learning-why-recommended",
        };
        self.sentence(
            key,
            &[("module", module)],
            &[("dose", dose.into()), ("tense", tense.into()), ("due", due.into())],
        )
    }

    /// The number of the version under which the person stands; none when it is not published.
    pub(super) fn version(&self, because: &Because) -> Option<&str> {
        self.published.map(|published| published.number_of(because))
    }

    /// Also of a dose that only an earlier version has.
    pub(super) fn dose_title(&self, id: &str) -> Option<&Text> {
        let here = || self.curriculum.doses.get(id).map(|dose| &dose.title);
        self.published.map_or_else(here, |published| published.dose_title(id))
    }

    fn role(&self, id: &str) -> String {
        let title = self.curriculum.roles.get(id).map_or(id, |role| role.title.of(self.language));
        inside(title)
    }

    fn title(&self, id: &str) -> String {
        let title = self.curriculum.titles.get(id).map_or(id, |title| title.title.of(self.language));
        inside(title)
    }
}

/// A name as it is written inside a sentence: "förbättringsledare", but "ST-läkare".
pub fn inside(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}

fn parts(text: &str) -> Sentence {
    let plain = |text: &str| Part { text: text.to_owned(), module: None };
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once(MARKS[0]) {
        let (inner, after) = marked.split_once(MARKS[2]).unwrap_or((marked, ""));
        let (id, title) = inner.split_once(MARKS[1]).unwrap_or(("", inner));
        if !before.is_empty() {
            parts.push(plain(before));
        }
        parts.push(Part { text: title.to_owned(), module: Some(id.to_owned()) });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(plain(rest));
    }
    Sentence(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curriculum::load;
    use crate::engine::{Compiled, VersionIx};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn because(holding: Holding, source: Source) -> Because {
        Because {
            holding,
            since: day("2026-10-01"),
            source,
            includes: Vec::new(),
            dose: "forbattringsledare".into(),
            version: VersionIx(0),
            strength: Strength::Required,
            due: Some(day("2027-05-28")),
            builds_on: Vec::new(),
            asked_for: None,
            instead_of: None,
        }
    }

    /// The chain as text, one sentence on each line.
    fn told(language: Language, about: Option<&str>, piece: &str, because: impl Fn(&Compiled) -> Because) -> String {
        let sources = load::read_dir(std::path::Path::new("curricula/varjedag")).unwrap();
        let published = Published::new(1, "2026.1".into(), &sources, day("2026-06-01")).unwrap();
        let today = day("2027-03-01");
        let telling =
            Telling { curriculum: &published.curriculum, published: Some(&published), language, today, about };
        let piece = published.compiled.index(piece).unwrap();
        let lines = sentences(&telling, piece, &because(&published.compiled), true);
        lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    fn through_the_edition(compiled: &Compiled) -> Because {
        let edition = Source::Programme { edition: "Förbättringsprogrammet 2026".into(), id: 1 };
        Because {
            builds_on: vec![compiled.index("leda-forbattringsflodet").unwrap()],
            ..because(Holding::Role("forbattringsledare".into()), edition)
        }
    }

    #[test]
    fn a_chain_reads_from_the_person_to_the_piece() {
        insta::assert_snapshot!(told(Language::Sv, None, "pdsa-i-praktiken", through_the_edition), @r"
        Du deltar som förbättringsledare i Förbättringsprogrammet 2026 sedan 1 oktober 2026.
        Dos för förbättringsledare (2026.1) innehåller Leda teamet genom förbättringsflödet, som ska vara klar senast 28 maj.
        Leda teamet genom förbättringsflödet bygger på PDSA i praktiken.
        ");
        insta::assert_snapshot!(told(Language::En, Some("Prov Provsson"), "pdsa-i-praktiken", through_the_edition), @r"
        Prov Provsson has taken part as improvement leader in Förbättringsprogrammet 2026 since 1 October 2026.
        Improvement leader’s dose (2026.1) contains Leading the team through the improvement flow, which is due by 28 May.
        Leading the team through the improvement flow builds on PDSA in practice.
        ");
    }

    #[test]
    fn included_roles_and_days_that_have_passed_are_told() {
        let included = |_: &Compiled| Because {
            includes: vec!["teamdeltagare".into()],
            dose: "teamdeltagare".into(),
            due: Some(day("2027-02-15")),
            ..because(Holding::Role("forbattringsledare".into()), Source::Hand)
        };
        insta::assert_snapshot!(told(Language::Sv, None, "manniskor-i-forandring", included), @r"
        Du har rollen förbättringsledare sedan 1 oktober 2026.
        I rollen förbättringsledare ingår rollen teamdeltagare.
        Dos för teamdeltagare (2026.1) innehåller Människor i förändring, som skulle ha varit klar senast 15 februari.
        ");
    }

    #[test]
    fn what_counts_in_place_of_the_module_asked_for_is_told_last() {
        let instead = |compiled: &Compiled| Because {
            dose: "alla".into(),
            instead_of: compiled.index("intro-standiga-forbattringar"),
            ..because(Holding::Everyone, Source::Hr)
        };
        insta::assert_snapshot!(told(Language::Sv, None, "forbattringsmodellen", instead), @r"
        Du arbetar hos oss sedan 1 oktober 2026.
        Introduktion för alla (2026.1) innehåller Introduktion till ständiga förbättringar, som ska vara klar senast 28 maj.
        Förbättringsmodellen: tre frågor och ett hjul räknas i stället för Introduktion till ständiga förbättringar.
        ");
        let choice = |_: &Compiled| Because {
            dose: "alla".into(),
            strength: Strength::OneOf,
            ..because(Holding::Title("medarbetare".into()), Source::Hr)
        };
        insta::assert_snapshot!(told(Language::En, None, "forbattringsmodellen", choice), @r"
        You have had the job title member of staff since 1 October 2026.
        Introduction for everyone (2026.1) contains a choice between modules, and The Model for Improvement: three questions and a wheel gives the shortest path. The choice is due by 28 May.
        ");
    }

    #[test]
    fn names_begin_small_inside_a_sentence_unless_they_are_abbreviations() {
        let check = |name, expected: &str| assert_eq!(inside(name), expected);
        check("Förbättringsledare", "förbättringsledare");
        check("ST-läkare", "ST-läkare");
        check("Ä", "Ä");
    }
}
