//! The picture's few words of its own, in both languages. The curriculum's texts come from the curriculum.

use crate::curriculum::model::Language;

/// "one of", "at least 2 of": before a list.
pub fn least(least: u32, language: Language) -> String {
    let gate = gate(least, language);
    match (language, least) {
        (_, 0 | 1) => gate,
        (Language::Sv, _) => format!("{gate} av"),
        (Language::En, _) => format!("{gate} of"),
    }
}

/// "one of", "at least 2": the label where the branches of a choice meet.
pub fn gate(least: u32, language: Language) -> String {
    match (language, least) {
        (Language::Sv, 0 | 1) => "en av".to_owned(),
        (Language::En, 0 | 1) => "one of".to_owned(),
        (Language::Sv, least) => format!("minst {least}"),
        (Language::En, least) => format!("at least {least}"),
    }
}

/// "M5, M6 and V1".
pub fn join(parts: &[String], language: Language) -> String {
    let and = if language == Language::Sv { " och " } else { " and " };
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}{and}{last}", rest.join(", ")),
        _ => parts.concat(),
    }
}

/// "3,5 h" or "3.5 h".
pub fn hours(hours: f64, language: Language) -> String {
    format!("{} h", number(hours, language))
}

/// "3,5 timmar", for reading aloud.
pub fn spoken_hours(hours: f64, language: Language) -> String {
    let unit = match (language, hours == 1.0) {
        (Language::Sv, true) => "timme",
        (Language::Sv, false) => "timmar",
        (Language::En, true) => "hour",
        (Language::En, false) => "hours",
    };
    format!("{} {unit}", number(hours, language))
}

/// "The whole way: 5 modules before, 1 after."
pub fn whole_way((before, after): (usize, usize), language: Language) -> String {
    match language {
        Language::Sv => {
            let modules = if before == 1 { "modul" } else { "moduler" };
            format!("Hela vägen: {before} {modules} före, {after} efter.")
        }
        Language::En => {
            let modules = if before == 1 { "module" } else { "modules" };
            format!("The whole way: {before} {modules} before, {after} after.")
        }
    }
}

fn number(value: f64, language: Language) -> String {
    let text = format!("{value}");
    if language == Language::Sv { text.replace('.', ",") } else { text }
}

/// The phrases that stand alone.
#[derive(Debug, Clone, Copy)]
pub struct Phrases {
    pub picture_of: &'static str,
    pub how_to_read: &'static str,
    pub builds_on: &'static str,
    pub leads_to: &'static str,
    pub arrow: &'static str,
    pub choice: &'static str,
    pub empty: &'static str,
    pub new: &'static str,
    pub changed: &'static str,
    pub gone: &'static str,
    pub new_line: &'static str,
    pub gone_line: &'static str,
}

pub fn phrases(language: Language) -> Phrases {
    match language {
        Language::Sv => Phrases {
            picture_of: "Modulerna och vad de bygger på",
            how_to_read: "Modulerna ligger i band efter område. Till vänster står det man kan börja med; \
                          pilarna går till det som bygger vidare.",
            builds_on: "Bygger på",
            leads_to: "Leder till",
            arrow: "Pilen går till den modul som bygger vidare",
            choice: "Streckat: det räcker med en, eller så många som står",
            empty: "Inga moduler att visa",
            new: "Ny",
            changed: "Ändrad",
            gone: "Borttagen",
            new_line: "Bred: ny i utkastet",
            gone_line: "Prickad med kryss: borttagen i utkastet",
        },
        Language::En => Phrases {
            picture_of: "The modules and what they build on",
            how_to_read: "The modules lie in bands by area. What one can begin with stands to the left; \
                          the arrows go to what builds on it.",
            builds_on: "Builds on",
            leads_to: "Leads to",
            arrow: "The arrow goes to the module that builds on the other",
            choice: "Dashed: one is enough, or as many as it says",
            empty: "No modules to show",
            new: "New",
            changed: "Changed",
            gone: "Removed",
            new_line: "Broad: new in the draft",
            gone_line: "Dotted with a cross: removed in the draft",
        },
    }
}

/// The language's tag (BCP 47).
pub fn tag(language: Language) -> &'static str {
    match language {
        Language::Sv => "sv",
        Language::En => "en",
    }
}
