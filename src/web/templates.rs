//! Every template of every room, compiled into the binary. A new one is one more name here.

/// Room → templates, each the file `src/ROOM/templates/NAME.hbs`, known to pages as `ROOM/NAME`.
macro_rules! templates {
    ($($room:ident: [$($name:literal),+ $(,)?]),+ $(,)?) => {
        pub(super) const TEMPLATES: &[(&str, &str)] = &[$($((
            concat!(stringify!($room), "/", $name),
            include_str!(concat!("../", stringify!($room), "/templates/", $name, ".hbs")),
        )),+),+];
    };
}

templates! {
    accounts: ["ask", "closed", "link", "me", "sent"],
    assessing: ["case", "list", "occasion"],
    attendance: ["door", "here", "history", "import", "missed", "rating", "roll"],
    courses: [
        "clashes", "copy", "days_off", "group", "groups", "list", "material", "materials", "occasion", "part", "parts", "plan", "preview", "proposals", "rules", "when",
    ],
    designer: [
        "bar", "behind", "beside", "cell", "changed", "compare", "consequences", "differences", "curriculum", "demand", "drafts", "entries", "entry", "log", "matrix", "needing", "one",
        "problems", "publish", "publishing", "remove", "stale", "try", "twice", "value", "version", "versions",
    ],
    diary: ["calendar", "note", "notes", "path"],
    diplomas: ["history", "verify"],
    learning: ["because", "coded", "module", "parts", "reading", "waiting"],
    mailroom: ["letter", "list", "mail", "own", "own_mail"],
    programme: ["board", "editions", "new"],
    people: ["absences", "list", "person", "unmapped"],
    recognition: ["ask", "delegates", "evidence", "evidence-fields", "evidence-new", "list", "pieces", "request", "wording"],
    start: ["start"],
    team: ["team", "unpublished"],
    web: [
        "top", "bottom", "error", "help-sv", "help-en", "accessibility-sv", "accessibility-en",
        "field", "area", "select", "check", "errors", "pages",
    ],
}
