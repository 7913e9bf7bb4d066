//! Whatever the text: an answer in time, never a panic, never a curriculum that its own shape does not allow.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use varjedag::curriculum::diagnose::{render, reports};
use varjedag::curriculum::judge;
use varjedag::curriculum::load::Sources;

use crate::support::small;

/// Judges and shows `text` as the only file; gives the codes.
fn codes(text: &str) -> Vec<&'static str> {
    let sources = Sources::of([("a.ron", text)]);
    let judged = judge(&sources);
    assert!(render(&judged.problems, &sources, false).len() < 1 << 20);
    assert_eq!(reports(&judged.problems, &sources).len(), judged.problems.len());
    judged.problems.iter().map(|problem| problem.code).collect()
}

/// Debug builds are slow, and the machine may be busy: the promise of one second is for the program as released.
fn in_time(text: &str) -> Vec<&'static str> {
    let start = Instant::now();
    let codes = codes(text);
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 1 });
    assert!(start.elapsed() < limit, "{:?} for {:?}…", start.elapsed(), text.get(..20));
    codes
}

const MEGABYTE: usize = 1024 * 1024;

#[test]
fn deep_nesting_is_refused_in_time() {
    assert_eq!(in_time(&"(".repeat(10_000)), ["V002"]);
    assert_eq!(in_time(&format!("(modules: {}", "[".repeat(MEGABYTE))), ["V002"]);
    let needs = format!("{}\"a\"{}", "All([".repeat(10_000), "])".repeat(10_000));
    assert_eq!(in_time(&format!("(modules: {{\"a\": (builds_on: {needs})}})")), ["V002"]);
}

#[test]
fn brackets_in_texts_and_comments_are_not_nesting() {
    let brackets = "(".repeat(1000);
    assert_eq!(in_time(&format!("/* {brackets} */ (legs: {{}}) // {brackets}")), ["V011"]);
}

#[test]
fn large_nonsense_is_refused_in_time() {
    for part in
        [",", ")", "\"", "a", "a ", "a:", "1,", "(a:1),", "\\", "\"\\", "/*", "//\n", "“", "\u{feff}", "é", "r#"]
    {
        assert!(!in_time(&part.repeat(MEGABYTE / part.len())).is_empty(), "{part}");
    }
}

#[test]
fn many_problems_are_counted_and_not_all_shown() {
    let zeros = format!("(modules: {{\"a\": (outcomes: [{}])}})", "0,".repeat(200_000));
    assert!(in_time(&zeros).contains(&"V004"));
    let modules: String = (0..2_000).map(|at| format!("\"an-id-of-some-length-{at}\": (),")).collect();
    let names: String = (0..20_000).map(|at| format!("\"an-id-of-same-length-{at}\",")).collect();
    let dose = format!("(modules: {{{modules}}}, doses: {{\"a\": (required: [{names}])}})");
    assert!(in_time(&dose).contains(&"V020"));
    let names: String = (0..20_001).map(|at| format!("\"m{at}\",")).collect();
    let dose = format!("(doses: {{\"a\": (title: (sv: \"a\", en: \"a\"), within_days: 3, required: [{names}])}})");
    assert!(in_time(&dose).contains(&"V005"));
}

#[test]
fn the_largest_curriculum_is_judged_in_time() {
    let both = "(sv: \"a\", en: \"a\")";
    let module = |at: usize| {
        let parts: Vec<String> = (1..7).filter(|back| *back <= at).map(|back| format!("\"m{}\"", at - back)).collect();
        let needs = if at.is_multiple_of(2) {
            format!("All([{}])", parts.join(","))
        } else {
            format!("AtLeast(1, [{}])", parts.join(","))
        };
        format!(
            "\"m{at}\": (area: \"a\", level: Apply, hours: 1, format: Online, title: {both}, short: {both}, purpose: {both},
            outcomes: [{both}], participant: {both}, trainer: {both}, builds_on: {needs}, assessment: Test),"
        )
    };
    let modules: String = (0..1_900).map(module).collect();
    let required: String = (0..1_900).map(|at| format!("\"m{at}\",")).collect();
    let deadlines: String = (0..1_900).map(|at| format!("\"m{at}\": {},", at + 1_000)).collect();
    let dose = format!("title: {both}, within_days: 9, required: [{required}], deadlines: {{{deadlines}}}");
    let codes = in_time(&format!(
        "(about: (name: {both}, purpose: {both}, day_hours: 7, everyone: \"a\"), legs: {{\"a\": (title: {both}, order: 1)}},
        areas: {{\"a\": (leg: \"a\", title: {both}, letter: \"A\", colour: Blue, order: 1)}},
        modules: {{{modules}}}, doses: {{\"a\": ({dose})}})"
    ));
    assert!(codes.iter().all(|code| *code == "V033" || *code == "V034"), "{codes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_judged(text in "\\PC{0,200}") {
        codes(&text);
    }

    #[test]
    fn any_tokens_are_judged(parts in prop::collection::vec(prop::sample::select(PARTS), 0..60)) {
        codes(&parts.concat());
    }

    /// A good curriculum with a piece cut out, doubled or replaced.
    #[test]
    fn any_damage_is_judged(file in 0..4usize, at in 0.0..1.0f64, length in 0..40usize, with in prop::sample::select(PARTS)) {
        let mut sources = small();
        let text = &mut sources.files[file].text;
        let floor = |text: &str, mut at: usize| { while !text.is_char_boundary(at) { at -= 1; } at };
        let start = floor(text, (text.len() as f64 * at) as usize);
        let end = floor(text, (start + length).min(text.len())).max(start);
        text.replace_range(start..end, with);
        let judged = judge(&sources);
        render(&judged.problems, &sources, true);
        // What the shape allows, RON reads.
        prop_assert!(judged.problems.iter().all(|problem| !problem.message.starts_with("RON cannot read")));
    }
}

const PARTS: &[&str] = &[
    "",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\"a\"",
    "\\",
    " ",
    "\n",
    "\r\n",
    "a",
    "sv: ",
    "en: \"x\"",
    "0",
    "-1",
    "1.5",
    "9999999999",
    "1e9",
    "true",
    "None",
    "Some(1)",
    "All([",
    "Any([])",
    "AtLeast(1, [\"intro\"])",
    "//",
    "/*",
    "*/",
    "r\"",
    "r#\"a\"#",
    "“",
    "\u{a0}",
    "\u{feff}",
    "å",
    "\t",
    "\0",
    "modules: {",
    "\"intro\": (",
    "about: (",
    "#![enable(implicit_some)]",
    "'",
    "_",
    "r#a",
    "b\"a\"",
    "inf",
    "0x10",
    "1_000",
    "+3",
    ".5",
    "3.",
    "\\u{e5}",
];
