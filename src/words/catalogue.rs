//! Finding a message by its key. Messages without arguments are formatted once, at the first look-up of any.

use std::{collections::HashMap, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use super::number;
use crate::curriculum::model::Language;

/// Lists the rooms that have messages; each has one file in either language.
macro_rules! rooms {
    ($($room:literal),+ $(,)?) => {
        pub(super) const SWEDISH: &[(&str, &str)] = &[$(($room, include_str!(concat!("sv/", $room, ".ftl")))),+];
        pub(super) const ENGLISH: &[(&str, &str)] = &[$(($room, include_str!(concat!("en/", $room, ".ftl")))),+];
    };
}

rooms![
    "accounts",
    "api",
    "assessing",
    "attendance",
    "consequences",
    "courses",
    "demand",
    "designer",
    "diary",
    "diplomas",
    "drafts",
    "learning",
    "mailroom",
    "nav",
    "path",
    "people",
    "programme",
    "publishing",
    "recognition",
    "start",
    "team",
    "versions",
    "web"
];

/// The message `key` in `language` with `args` filled in. An unknown key becomes `⟦key⟧`, which tests look for.
pub fn text(language: Language, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    if let Some(plain) = plain(language, key) {
        return plain.to_owned();
    }
    let bundle = &of(language).bundle;
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return format!("⟦{key}⟧");
    };
    let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
    bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}

/// The message `key` when it takes no arguments; no allocation.
pub fn plain(language: Language, key: &str) -> Option<&'static str> {
    of(language).plain.get(key).map(String::as_str)
}

struct Catalogue {
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

static CATALOGUES: LazyLock<[Catalogue; 2]> =
    LazyLock::new(|| [Catalogue::new(Language::Sv, SWEDISH), Catalogue::new(Language::En, ENGLISH)]);

fn of(language: Language) -> &'static Catalogue {
    &CATALOGUES[language as usize]
}

impl Catalogue {
    /// What Fluent cannot read is left out and shows as a missing key; a test reads every file without errors.
    fn new(language: Language, rooms: &[(&str, &str)]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![match language {
            Language::Sv => identifier("sv"),
            Language::En => identifier("en"),
        }]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Sv => |value, _| as_number(Language::Sv, value),
            Language::En => |value, _| as_number(Language::En, value),
        }));
        for (_, source) in rooms {
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(readable, _)| readable);
            bundle.add_resource_overriding(resource);
        }
        let keys = rooms.iter().flat_map(|(_, source)| keys(source));
        let plain = keys.filter_map(|key| Some((key.to_owned(), without_arguments(&bundle, key)?))).collect();
        Self { plain, bundle }
    }
}

/// Decides the plural forms.
fn identifier(code: &str) -> LanguageIdentifier {
    code.parse().unwrap_or_default()
}

fn as_number(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(n) => Some(number(language, n.value)),
        _ => None,
    }
}

/// Formatting without arguments fails exactly when the message asks for one.
fn without_arguments(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let mut errors = Vec::new();
    let pattern = bundle.get_message(key)?.value()?;
    let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

/// The keys of a Fluent file: what stands before ` =` at the start of a line.
pub(super) fn keys(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| Some(line.split_once(" =")?.0))
}
