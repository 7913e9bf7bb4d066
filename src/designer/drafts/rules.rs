//! What is wrong with a draft, said to people who see a form and not a file: the rule in one sentence, and the names and
//! numbers that it is about. `varjedag check` says the same to those who write files, in English.

use super::forms::label;
use super::problems::title;
use crate::curriculum::Problem;
use crate::curriculum::model::{Curriculum, Language};
use crate::words::{self, Value};

/// The rule that is broken, and by what.
pub fn said(language: Language, curriculum: &Curriculum, problem: &Problem) -> String {
    let rule = sentence(language, problem.code);
    match about(language, curriculum, problem) {
        Some(about) => format!("{rule} {about}"),
        None => rule.to_owned(),
    }
}

/// The names and numbers of a problem; none when the rule says it all.
fn about(language: Language, curriculum: &Curriculum, problem: &Problem) -> Option<String> {
    let fact = |name: &str| problem.facts.iter().find(|(what, _)| *what == name).map(|(_, is)| is.as_str());
    let key = match problem.code {
        "V013" if fact("language") == Some("sv") => "drafts-about-v013-sv",
        "V013" => "drafts-about-v013-en",
        "V020" if fact("near").is_some() => "drafts-about-v020-near",
        "V042" if fact("language") == Some("sv") => "drafts-about-v042-sv",
        "V042" => "drafts-about-v042-en",
        code => about_key(code)?,
    };
    if problem.facts.is_empty() {
        return None;
    }
    let mut args: Vec<(&'static str, String)> = Vec::new();
    for (what, is) in &problem.facts {
        let (between, is) = told(language, curriculum, problem.code, what, is);
        match args.iter_mut().find(|(name, _)| name == what) {
            Some((_, before)) => *before = format!("{before}{between}{is}"),
            None => args.push((what, is)),
        }
    }
    let args: Vec<(&str, Value<'_>)> = args.into_iter().map(|(name, is)| (name, is.into())).collect();
    Some(words::text(language, key, &args))
}

/// A fact as people know it, and what stands between several of the same kind.
fn told(language: Language, curriculum: &Curriculum, code: &str, what: &str, is: &str) -> (&'static str, String) {
    let titled = |section: &str| {
        let title = title(curriculum, section, is).map(|title| title.of(language).replace('\u{ad}', ""));
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| is.to_owned())
    };
    match what {
        "chain" if code == "V031" => (" → ", titled("roles")),
        "chain" => (" → ", titled("modules")),
        "module" | "by" => (", ", titled("modules")),
        "area" => (", ", titled("areas")),
        "title" => (", ", titled("titles")),
        "field" => (", ", label(language, is).unwrap_or(is).to_owned()),
        "name" | "near" | "before" | "language" => (", ", is.to_owned()),
        _ => (", ", is.parse().map_or_else(|_| is.to_owned(), |number| words::number(language, number))),
    }
}

fn about_key(code: &str) -> Option<&'static str> {
    Some(match code {
        "V005" => "drafts-about-v005",
        "V011" => "drafts-about-v011",
        "V014" => "drafts-about-v014",
        "V015" => "drafts-about-v015",
        "V016" => "drafts-about-v016",
        "V017" => "drafts-about-v017",
        "V020" => "drafts-about-v020",
        "V030" => "drafts-about-v030",
        "V031" => "drafts-about-v031",
        "V032" => "drafts-about-v032",
        "V033" => "drafts-about-v033",
        "V034" => "drafts-about-v034",
        "V040" => "drafts-about-v040",
        "V050" => "drafts-about-v050",
        "V052" => "drafts-about-v052",
        "V053" => "drafts-about-v053",
        "V060" => "drafts-about-v060",
        "V061" => "drafts-about-v061",
        "V062" => "drafts-about-v062",
        "V070" => "drafts-about-v070",
        "V071" => "drafts-about-v071",
        _ => return None,
    })
}

/// What a rule says, in one sentence.
fn sentence(language: Language, code: &str) -> &'static str {
    let key = match code {
        "V005" => "drafts-rule-v005",
        "V011" => "drafts-rule-v011",
        "V012" => "drafts-rule-v012",
        "V013" => "drafts-rule-v013",
        "V014" => "drafts-rule-v014",
        "V015" => "drafts-rule-v015",
        "V016" => "drafts-rule-v016",
        "V017" => "drafts-rule-v017",
        "V020" => "drafts-rule-v020",
        "V030" => "drafts-rule-v030",
        "V031" => "drafts-rule-v031",
        "V032" => "drafts-rule-v032",
        "V033" => "drafts-rule-v033",
        "V034" => "drafts-rule-v034",
        "V035" => "drafts-rule-v035",
        "V036" => "drafts-rule-v036",
        "V040" => "drafts-rule-v040",
        "V041" => "drafts-rule-v041",
        "V042" => "drafts-rule-v042",
        "V043" => "drafts-rule-v043",
        "V044" => "drafts-rule-v044",
        "V050" => "drafts-rule-v050",
        "V051" => "drafts-rule-v051",
        "V052" => "drafts-rule-v052",
        "V053" => "drafts-rule-v053",
        "V054" => "drafts-rule-v054",
        "V060" => "drafts-rule-v060",
        "V061" => "drafts-rule-v061",
        "V062" => "drafts-rule-v062",
        "V070" => "drafts-rule-v070",
        "V071" => "drafts-rule-v071",
        _ => "drafts-rule-other",
    };
    words::plain(language, key).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;
    use crate::curriculum::rules;
    use crate::curriculum::testing::small_with;
    use crate::designer::drafts::desk::Sheet;
    use crate::designer::matrix::Holders;

    fn told_of(language: Language, changes: &[(&str, &str)]) -> String {
        let sheet = Sheet::of(small_with(changes), &Holders::default());
        assert!(!sheet.problems.is_empty(), "{changes:?}");
        let told = sheet.problems.iter().map(|problem| {
            let said = said(language, &sheet.curriculum, problem);
            let about = about(language, &sheet.curriculum, problem);
            assert_eq!(about.is_some(), !problem.facts.is_empty(), "{} has facts that are not told", problem.code);
            assert!(!said.contains(['⟦', '\u{2068}']) && !said.contains(&problem.message), "{said}");
            format!("{} {said}", problem.code)
        });
        told.collect::<Vec<_>>().join("\n")
    }

    /// Changes to the small curriculum, each of which breaks a rule.
    const BROKEN: &[(&str, &str)] = &[
        ("sv: \"Introduktion\"", "sv: \"\""),
        ("hours: 1.5,", ""),
        ("\"mata-webb\": (", "\"Mäta\": ("),
        ("within_days: 90", "within_days: 0"),
        ("required: [\"mata\", \"leda\"]", "required: [\"mata\", \"mata\", \"leda\"]"),
        ("builds_on: \"intro\",", "builds_on: \"itro\","),
        ("builds_on: \"intro\",", "builds_on: \"borta\","),
        ("builds_on: \"intro\",", "builds_on: \"leda\","),
        ("level: KnowOf", "level: Coach"),
        ("All([\"mata\", Any([\"kartlagga\", \"samtal\"])])", "All([\"mata\", \"modellen\"])"),
        ("AtLeast(2, [\"leda\", \"samtal\", \"kartlagga\"])", "AtLeast(4, [\"leda\", \"samtal\", \"kartlagga\"])"),
        ("hours: 1.5", "hours: 1.3"),
        ("choose: 1", "choose: 3"),
        ("hours: 3.5", "hours: 1000"),
        ("{\"mata\": 200}", "{\"coacha\": 200, \"intro\": 20}"),
        ("letter: \"P\"", "letter: \"M\""),
        ("names: [\"Verksamhetscontroller\"]", "names: [\"Verksamhetsutvecklare\"]"),
        ("months: 8", "months: 2"),
    ];

    fn all(language: Language) -> String {
        let told: Vec<String> = BROKEN.iter().map(|change| told_of(language, &[*change])).collect();
        told.join("\n")
    }

    #[test]
    fn what_is_wrong_is_said_with_its_names_and_numbers_in_swedish() {
        assert_snapshot!(all(Language::Sv), @r"
        V013 Texten saknas på svenska eller engelska. Skriv den på svenska.
        V011 Ett fält som måste finnas saknas. Det gäller: Timmar.
        V020 Något som inte finns nämns. Det gäller mata-webb.
        V015 Id:t är inte rätt skrivet. Det gäller Mäta. Använd små bokstäver a till z, siffror och enkla bindestreck.
        V016 Talet är för stort eller för litet. Här står 0, men det går att ha 1 till 3650.
        V017 Samma namn står två gånger i en lista. Det gäller mata.
        V020 Något som inte finns nämns. Det gäller itro. Menade du intro?
        V020 Något som inte finns nämns. Det gäller borta.
        V030 Moduler bygger på varandra i ring, så ingen kan börja. Ringen är Kartlägga nuläget → Förbättringsmodellen → Leda teamet → Kartlägga nuläget.
        V032 Modulen bygger på en modul med högre nivå. Introduktion har nivå 5, den här har 2.
        V032 Modulen bygger på en modul med högre nivå. Introduktion har nivå 5, den här har 2.
        V033 Ett förkunskapskrav följer redan av ett annat. Förbättringsmodellen följer av Mäta för att förbättra.
        V034 Förkunskapskravet kan ingen uppfylla. 4 ska uppfyllas, men listan har 3.
        V040 Timmarna ska vara hela kvartar över noll. Här står 1,3.
        V050 Fler ska väljas än det finns att välja bland. 3 ska väljas, men det finns 2.
        V052 Tidsgränsen är för kort för timmarna. Inom 180 dagar krävs 1001,5 timmar, men 130 arbetsdagar rymmer 910.
        V053 Tidsgränsen gäller en modul som inte är med i dosen. Det gäller Introduktion.
        V070 Områdets bokstav saknas eller är upptagen. Metoder och verktyg har också M.
        V071 Två befattningar har samma namn eller kod. Controller har också Verksamhetsutvecklare.
        V061 Månaden finns inte i programmet. Här står 3, men programmet har månad 1 till 2.
        V061 Månaden finns inte i programmet. Här står 5, men programmet har månad 1 till 2.
        V061 Månaden finns inte i programmet. Här står 8, men programmet har månad 1 till 2.
        ");
    }

    #[test]
    fn the_same_is_said_in_english() {
        assert_snapshot!(all(Language::En), @r"
        V013 The text is missing in Swedish or in English. Write it in Swedish.
        V011 A field that must be there is missing. It is about: Hours.
        V020 Something is named that does not exist. It is about mata-webb.
        V015 The id is badly formed. It is about Mäta. Use lower-case letters a to z, digits and single hyphens.
        V016 The number is too large or too small. It says 0, but can be 1 to 3650.
        V017 The same name stands twice in a list. It is about mata.
        V020 Something is named that does not exist. It is about itro. Did you mean intro?
        V020 Something is named that does not exist. It is about borta.
        V030 Modules build on each other in a circle, so that nobody can begin. The circle is Mapping today → The model for improvement → Leading the team → Mapping today.
        V032 The module builds on one of a higher level. Introduction has level 5, this one has 2.
        V032 The module builds on one of a higher level. Introduction has level 5, this one has 2.
        V033 A prerequisite follows from another already. The model for improvement follows from Measuring for improvement.
        V034 Nobody can fulfil the prerequisite. 4 must be fulfilled, but the list has 3.
        V040 Hours are whole quarters above zero. It says 1.3.
        V050 More are to be chosen than there are to choose from. 3 are to be chosen, but there are 2.
        V052 The deadline is too short for the hours. Within 180 days it takes 1001.5 hours, but 130 working days hold 910.
        V053 The deadline is for a module outside the dose. It is about Introduction.
        V070 The area’s letter is missing or taken. Methods and tools has M too.
        V071 Two job titles have the same name or code. Controller has Verksamhetsutvecklare too.
        V061 The programme has no such month. It says 3, but the programme has months 1 to 2.
        V061 The programme has no such month. It says 5, but the programme has months 1 to 2.
        V061 The programme has no such month. It says 8, but the programme has months 1 to 2.
        ");
    }

    #[test]
    fn every_rule_that_a_form_can_break_is_told_in_both_languages() {
        let of_files = ["V001", "V002", "V003", "V004", "V010"];
        for rule in rules::ALL.iter().filter(|rule| !of_files.contains(&rule.code)) {
            for language in [Language::Sv, Language::En] {
                assert_ne!(sentence(language, rule.code), sentence(language, "none"), "{}", rule.code);
            }
        }
    }
}
