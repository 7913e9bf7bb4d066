use super::*;
use crate::curriculum::model::Language;
use crate::curriculum::{judge, load};
use crate::designer::pictures::{Edition, Pictures};

fn real() -> Curriculum {
    let sources = load::read_dir(std::path::Path::new("curricula/varjedag")).unwrap();
    judge(&sources).curriculum.unwrap()
}

fn shown(query: &str) -> serde_json::Value {
    let (real, place) = (real(), Place { here: "/here", modules: "/modules/" });
    let wish = Wish::of(query, &real);
    let drawn = Pictures::default().of(Edition::Version(1), &real, Language::Sv, wish.choice.clone());
    serde_json::to_value(view(&real, None, Language::Sv, place, &wish, &drawn)).unwrap()
}

fn rows(page: &serde_json::Value) -> Vec<&serde_json::Value> {
    page["areas"].as_array().unwrap().iter().flat_map(|area| area["rows"].as_array().unwrap()).collect()
}

#[test]
fn the_table_follows_the_search_by_code_and_by_words_in_any_case() {
    let check = |query: &str, codes: &[&str]| {
        let page = shown(query);
        let found: Vec<&str> = rows(&page).iter().map(|row| row["code"].as_str().unwrap()).collect();
        assert_eq!(found, codes, "{query}");
    };
    check("q=STYRDIAGRAM", &["V4", "V5"]);
    check("q=styr+3", &[]);
    check("q=m1", &["M1"]);
    check("q=m6", &["M6"]);
    check("q=no+such+module", &[]);
    assert_eq!(rows(&shown("q=+")).len(), 30);
    assert!(shown("q=no+such+module")["size"].as_str().unwrap().contains("Ingen modul innehåller"));
}

#[test]
fn an_address_keeps_what_the_curriculum_has_and_leads_back_to_itself() {
    let real = real();
    let role = real.roles.keys().next().unwrap();
    let area = real.areas.keys().next().unwrap();
    let module = &real.modules[0].0;
    let wish = Wish::of(&format!("role={role}&area={area}&area=nowhere&dose=none&module={module}&q=x"), &real);
    assert_eq!(wish.lighting(wish.module.as_deref()), format!("?area={area}&role={role}&module={module}"));
    assert_eq!(Wish::of(&wish.lighting(None)[1..], &real).choice, wish.choice);
    assert_eq!(Wish::of("module=none&role=none", &real), Wish::default());
}

#[test]
fn a_way_lists_what_the_picture_leaves_out_and_says_so() {
    let real = real();
    let (id, module) = real.modules.iter().rev().find(|(_, module)| module.builds_on != Default::default()).unwrap();
    let page = shown(&format!("module={id}&area={}", module.area));
    let way = &page["way"];
    let (all, left_out) = (way["before"].as_array().unwrap(), |step: &&serde_json::Value| step["left_out"] == true);
    let counts = real.codes()[id.as_str()].clone();
    let row = rows(&page).into_iter().find(|row| row["code"] == counts.as_str()).unwrap();
    assert!(row["way"].as_str().unwrap().starts_with(&format!("{} före", all.len())));
    assert!(all.iter().filter(left_out).count() > 0, "{all:?}");
}

#[test]
fn what_much_hangs_on_stands_first_and_in_plain_words() {
    let page = shown("");
    let first = &page["bottlenecks"][0];
    assert_eq!(first["code"], "M1");
    assert_eq!(first["says"], "Håller tillbaka 29 andra. Den längsta kedjan genom den har 7 moduler.");
    let row = rows(&page).into_iter().find(|row| row["code"] == "M7").unwrap();
    assert_eq!(row["holds"], "", "nothing builds on it");
}
