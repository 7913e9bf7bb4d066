//! `varjedag graph` as a person and a program use it: each format, the choice of roles and titles, and failures.

use serde_json::Value;

use crate::support::SMALL;
use crate::support::program::{Ran, program, ran};

const REAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/curricula/varjedag");

fn graph(args: &[&str]) -> Ran {
    ran(program().arg("graph").args(args))
}

#[test]
fn every_format_answers_on_stdout() {
    for (format, start) in [("svg", "<svg "), ("dot", "digraph "), ("mermaid", "flowchart LR"), ("json", "{")] {
        let (code, out, err) = graph(&[REAL, "--format", format]);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{format}");
        assert!(out.starts_with(start) && out.contains("Förbättrings"), "{format}");
    }
}

#[test]
fn the_json_has_every_module_with_its_figures_and_every_edge() {
    let (_, out, _) = graph(&[REAL, "--format", "json", "--lang", "en"]);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    let nodes = answer["nodes"].as_array().expect("nodes");
    let edges = answer["edges"].as_array().expect("edges");
    assert_eq!((nodes.len(), edges.len()), (30, 37));
    let pdsa = nodes.iter().find(|node| node["code"] == "M6").expect("M6");
    let figures = (&pdsa["title"], &pdsa["hours"], &pdsa["step"], &pdsa["level"], &pdsa["needs"]);
    assert_eq!(
        format!("{figures:?}"),
        r#"(String("PDSA in practice"), Number(3.5), Number(3), Number(3), String("M3"))"#
    );
}

#[test]
fn a_role_shows_only_what_it_asks_for() {
    let codes = |args: &[&str]| -> usize {
        let (_, out, _) = graph(args);
        let answer: Value = serde_json::from_str(&out).expect("JSON");
        answer["nodes"].as_array().expect("nodes").len()
    };
    let one = codes(&[REAL, "--format", "json", "--role", "teamdeltagare"]);
    let two = codes(&[REAL, "--format", "json", "--role", "teamdeltagare", "--role", "forbattringsledare"]);
    assert!(one > 1 && one < two && two < 30, "{one} {two}");
}

#[test]
fn a_group_a_dose_and_an_area_show_only_what_belongs_to_them() {
    let ids = |args: &[&str]| -> Vec<String> {
        let (code, out, err) = graph(&[&[SMALL, "--format", "json"], args].concat());
        assert_eq!(code, Some(0), "{err}");
        let answer: Value = serde_json::from_str(&out).expect("JSON");
        let nodes = answer["nodes"].as_array().expect("nodes");
        nodes.iter().filter_map(|node| Some(node["id"].as_str()?.to_owned())).collect()
    };
    assert_eq!(ids(&["--dose", "alla"]), ["intro"]);
    let group = ids(&["--group", "stod"]);
    assert!(group.contains(&"modellen".to_owned()) && !group.contains(&"leda".to_owned()), "{group:?}");
    let within = ids(&["--dose", "ledare", "--area", "psykologi"]);
    assert!(!within.is_empty() && within.len() < ids(&["--dose", "ledare"]).len(), "{within:?}");
    for (flag, told) in [("--group", "no group of titles"), ("--dose", "no dose"), ("--area", "no area")] {
        let (code, _, err) = graph(&[SMALL, flag, "borta"]);
        assert!(code == Some(1) && err.contains(&format!("there is {told} \"borta\"; choose among: ")), "{err}");
    }
}

#[test]
fn the_picture_goes_to_a_file_when_one_is_named() {
    let directory = tempfile::tempdir().expect("a directory");
    let file = directory.path().join("modules.svg");
    let (code, out, _) = graph(&[REAL, "--out", file.to_str().expect("a plain path")]);
    assert_eq!((code, out.as_str()), (Some(0), ""));
    assert!(std::fs::read_to_string(&file).expect("the file").ends_with("</svg>\n"));
}

#[test]
fn failures_say_what_to_do() {
    let (code, out, err) = graph(&[REAL, "--role", "nobody"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.starts_with("error: there is no role \"nobody\"; choose among: "), "{err}");
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join("a.ron"), "(").expect("a file");
    let (code, _, err) = graph(&[directory.path().to_str().expect("a plain path")]);
    assert_eq!(code, Some(1));
    assert!(err.contains("has errors: see them with `varjedag check "), "{err}");
}
