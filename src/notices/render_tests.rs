//! Every letter of every kind in both languages, as a person gets it.

use chrono::NaiveDate;

use super::*;
use crate::notices::kinds::*;

fn site() -> Site {
    Site { public_url: "https://varjedag.example/".parse().unwrap(), region: "Region Exempel".into() }
}

fn writer() -> Writer {
    Writer::new(&site(), "varjedag@region.example")
}

fn occasion() -> Occasion {
    Occasion {
        uid: "occasion-7".into(),
        sequence: 0,
        title: "Tidsdiagram".into(),
        starts_at: "2027-04-13T07:00:00".parse().unwrap(),
        ends_at: "2027-04-13T10:30:00".parse().unwrap(),
        place: "Sal Björken, plan 2".into(),
        part: None,
        parts: Vec::new(),
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

fn welcome(first: Vec<Occasion>) -> Notice {
    Notice::Welcome(Welcome {
        programme: "Förbättringsprogrammet".into(),
        edition: "omgång 2027".into(),
        role: "förbättringsledare".into(),
        starts_on: day(4, 1),
        ends_on: day(12, 15),
        first,
        link: "/path".into(),
    })
}

fn invitation(change: Change) -> Notice {
    Notice::Invitation(Invitation { change, occasion: occasion(), link: "/occasions/7".into(), trains: false })
}

/// The second of three half-days, on either side of the night when the clock changes.
fn half_day(change: Change, trains: bool) -> Notice {
    let sitting = |day: &str, from: u32, place: &str| Sitting {
        starts_at: format!("{day}T{from:02}:00:00").parse().unwrap(),
        ends_at: format!("{day}T{:02}:30:00", from + 2).parse().unwrap(),
        place: place.into(),
    };
    let parts = vec![
        sitting("2027-03-26", 8, "Sal Eken"),
        sitting("2027-03-29", 7, "Sal Björken"),
        sitting("2027-04-02", 7, "Sal Eken"),
    ];
    let Sitting { starts_at, ends_at, place } = parts[1].clone();
    let part = Some(Part { no: 2, of: 3 });
    let occasion = Occasion { starts_at, ends_at, place, part, parts, ..occasion() };
    Notice::Invitation(Invitation { change, occasion, link: "/occasions/7".into(), trains })
}

fn achieved(next: Option<Next>) -> Notice {
    Notice::Achieved(Achieved { module: "Mätplan och data".into(), next, link: "/path".into(), assessed: false })
}

fn achieved_by_assessment() -> Notice {
    let next = Some(Next { module: "Tidsdiagram".into(), day: None });
    Notice::Achieved(Achieved { module: "Mätplan och data".into(), next, link: "/".into(), assessed: true })
}

fn assessed(news: AssessedNews) -> Notice {
    Notice::Assessed(Assessed { news, module: "Mätplan och data".into(), link: "/assessments/3/matplan".into() })
}

fn version(note: &str) -> Notice {
    let why = "Du har rollen förbättringsledare sedan 1 oktober 2026. Dos för förbättringsledare (2027.1) innehåller \
               Styrdiagram, som ska vara klar senast 28 maj.";
    let told = !note.is_empty();
    Notice::Version(Version {
        number: "2027.1".into(),
        note: note.into(),
        new: vec![Added { module: "Styrdiagram".into(), due: told.then(|| day(5, 28)), why: why.into() }],
        moved: told.then(|| Late { module: "Tidsdiagram".into(), due: day(6, 30) }).into_iter().collect(),
        gone: told.then(|| "Människor i förändring".to_owned()).into_iter().collect(),
        link: "/".into(),
    })
}

/// One of each, and of those that have them each variant.
pub(crate) fn examples() -> Vec<(&'static str, Notice)> {
    let next = |day| Some(Next { module: "Tidsdiagram".into(), day });
    vec![
        ("welcome", welcome(vec![occasion()])),
        ("welcome_without_dates", welcome(vec![])),
        ("invitation", invitation(Change::New)),
        ("invitation_moved", invitation(Change::Moved)),
        ("invitation_cancelled", invitation(Change::Cancelled)),
        ("invitation_part", half_day(Change::New, false)),
        ("invitation_part_dropped", half_day(Change::Dropped, false)),
        ("invitation_part_renumbered", half_day(Change::Renumbered, false)),
        ("invitation_trainer", half_day(Change::New, true)),
        ("invitation_trainer_cancelled", half_day(Change::Cancelled, true)),
        ("reminder", Notice::Reminder(Reminder { occasion: occasion(), link: "/occasions/7".into() })),
        ("seat_waiting", seat(News::Waiting { before: 2 })),
        ("seat_offered", seat(News::Offered { until: "2027-03-03T08:00:00".parse().unwrap() })),
        ("seat_lapsed", seat(News::Lapsed)),
        ("seat_never_free", seat(News::NeverFree)),
        ("seat_called_off", seat(News::CalledOff)),
        ("seat_moved", seat(News::Moved)),
        ("short", short(3, true)),
        ("short_nobody", short(0, false)),
        ("achieved", achieved(next(Some(day(4, 13))))),
        ("achieved_not_booked", achieved(next(None))),
        ("achieved_last", achieved(None)),
        ("achieved_assessed", achieved_by_assessment()),
        ("assessed_handed_in", assessed(AssessedNews::HandedIn)),
        ("assessed_returned", assessed(AssessedNews::Returned)),
        ("assessed_approved", assessed(AssessedNews::Approved)),
        ("assessed_not_yet", assessed(AssessedNews::NotYet)),
        ("recognition_waits", recognition(RecognitionNews::Waits)),
        ("recognition_returned", recognition(RecognitionNews::Returned)),
        ("recognition_declined", recognition(RecognitionNews::Declined)),
        ("recognition_accepted", recognition(RecognitionNews::Accepted)),
        ("attest_waits", recognition(RecognitionNews::AttestWaits)),
        ("attested", recognition(RecognitionNews::Attested)),
        ("attest_returned", recognition(RecognitionNews::AttestReturned)),
        (
            "expiring",
            Notice::Expiring(Expiring {
                module: "Coachhandledning".into(),
                last: day(5, 30),
                link: "/curriculum/modules/coachhandledning".into(),
            }),
        ),
        (
            "taken_back",
            Notice::TakenBack(TakenBack { module: "Tidsdiagram".into(), link: "/occasions/7/attendance/3".into() }),
        ),
        (
            "overdue",
            Notice::Overdue(Overdue {
                modules: vec![
                    Late { module: "Människor i förändring".into(), due: day(2, 15) },
                    Late { module: "Tidsdiagram".into(), due: day(2, 28) },
                ],
                link: "/path".into(),
            }),
        ),
        ("version", version("Kortare dos för dem som leder.")),
        ("version_without_note", version("")),
        (
            "sign_in",
            Notice::SignIn(SignIn {
                link: "/sign-in/TOKEN".into(),
                expires_at: "2027-03-01T08:15:00".parse().unwrap(),
            }),
        ),
    ]
}

fn recognition(news: RecognitionNews) -> Notice {
    Notice::Recognition(Recognition { news, module: "Tidsdiagram".into(), link: "/recognition/requests/7".into() })
}

fn seat(news: News) -> Notice {
    Notice::Seat(Seat { news, occasion: occasion(), link: "/occasions/7".into() })
}

fn short(booked: usize, decides: bool) -> Notice {
    Notice::Short(Short { booked, minimum: 6, decides, occasion: occasion(), link: "/occasions/7".into() })
}

fn letter(notice: &Notice, language: Language) -> Letter {
    let decided = "2027-03-01T08:00:00".parse().unwrap();
    let to = Addressee { name: "Testa Testsson", email: "testa@region.example", language, decided };
    writer().letter(notice, to).unwrap()
}

fn all() -> impl Iterator<Item = (String, Letter)> {
    examples().into_iter().flat_map(|(name, notice)| {
        [Language::Sv, Language::En].map(|language| (format!("{name}.{}", language.code()), letter(&notice, language)))
    })
}

#[test]
fn every_letter_reads_as_reviewed() {
    for (name, letter) in all() {
        let whole = format!("Subject: {}\n\n{}\n{:=<72}\n{}", letter.subject, letter.text, "", letter.html);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, whole);
        });
    }
}

#[test]
fn text_is_readable_in_seventy_two_columns() {
    for (name, letter) in all() {
        for line in letter.text.lines().filter(|l| !l.starts_with("https://")) {
            assert!(line.chars().count() <= 72, "{name}: {line}");
        }
        assert!(!letter.text.contains("\n\n\n") && !letter.text.contains("&"), "{name}:\n{}", letter.text);
    }
}

#[test]
fn html_is_sound_and_fetches_nothing() {
    let count =
        |html: &scraper::Html, selector: &str| html.select(&scraper::Selector::parse(selector).unwrap()).count();
    for (name, letter) in all() {
        let html = scraper::Html::parse_document(&letter.html);
        assert!(html.errors.is_empty(), "{name}: {:?}", html.errors);
        let language = if name.ends_with(".sv") { "sv" } else { "en" };
        assert_eq!(count(&html, &format!("html[lang={language}]")), 1, "{name}");
        assert_eq!(count(&html, "h1"), 1, "{name}");
        assert_eq!(count(&html, "a[href^='https://varjedag.example/']"), 1, "{name}: one clear next action");
        assert_eq!(count(&html, "a, img, script, link, iframe, [src], [background]"), 1, "{name}");
        assert!(!letter.html.contains("url("), "{name}");
    }
}

#[test]
fn both_languages_say_why_and_where_to_go() {
    for (name, letter) in all() {
        let why = if name.ends_with(".sv") { "Varför får du det här mejlet?" } else { "Why did you get this mail?" };
        assert!(letter.text.contains(why) && letter.html.contains(why), "{name}");
        assert!(letter.text.contains("\nhttps://varjedag.example/"), "{name}");
        assert!(!letter.subject.contains('\n') && !letter.subject.is_empty(), "{name}");
    }
}

#[test]
fn markup_in_a_title_stays_text() {
    let notice = achieved(Some(Next { module: "<img src=x> & \"co\"".into(), day: None }));
    let letter = letter(&notice, Language::Sv);
    assert!(letter.text.contains("<img src=x> & \"co\""), "{}", letter.text);
    assert!(!letter.html.contains("<img"), "{}", letter.html);
}

#[test]
fn a_link_never_leaves_the_configured_host() {
    for path in ["//evil.example/x", "https://evil.example", "path", "", "/a\r\nb"] {
        assert_eq!(writer().absolute(path), "https://varjedag.example/", "{path:?}");
    }
    assert_eq!(writer().absolute("/path?a=1"), "https://varjedag.example/path?a=1");
}

#[test]
fn no_template_prints_unescaped_and_every_folder_is_a_kind() {
    for (name, source) in TEMPLATES {
        assert!(!source.contains("{{{") && !source.contains("{{&"), "{name}");
        assert!(!name.contains('/') || Kind::ALL.iter().any(|k| name.starts_with(k.code())), "{name}");
    }
}

#[test]
fn only_invitations_carry_a_calendar_file() {
    for (name, letter) in all() {
        assert_eq!(letter.calendar.is_some(), name.starts_with("invitation"), "{name}");
    }
}
