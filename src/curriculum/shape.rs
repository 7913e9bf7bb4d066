//! What each section's entries look like when written: the fields, what they hold and what they name.
//!
//! The same as the types in `super::model`, as data; a test holds the two together.

/// The things that have ids, in the order the sections are best written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Leg,
    Area,
    Module,
    Dose,
    Role,
    Group,
    Title,
    Programme,
}

/// What a value looks like.
#[derive(Debug)]
pub enum Shape {
    /// `(sv: "…", en: "…")`
    Both,
    Text,
    /// An id that the entry gives to a part of itself.
    Id,
    /// The id of something defined in a section.
    Ref(Kind),
    Whole,
    Number,
    YesNo,
    Choice(&'static [&'static str]),
    List(&'static Shape),
    /// A map with the names of things as keys.
    ByRef(Kind, &'static Shape),
    Struct(&'static Struct),
    /// A prerequisite expression.
    Needs,
}

#[derive(Debug)]
pub struct Struct {
    /// In a sentence, with its article.
    pub what: &'static str,
    pub fields: &'static [Field],
}

#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub must: bool,
    /// May be written `None` or `Some(…)`.
    pub option: bool,
    pub shape: Shape,
}

impl Kind {
    pub const ALL: [Kind; 8] =
        [Kind::Leg, Kind::Area, Kind::Module, Kind::Dose, Kind::Role, Kind::Group, Kind::Title, Kind::Programme];

    /// The name of the section that holds such things.
    pub fn section(self) -> &'static str {
        match self {
            Kind::Leg => "legs",
            Kind::Area => "areas",
            Kind::Module => "modules",
            Kind::Dose => "doses",
            Kind::Role => "roles",
            Kind::Group => "groups",
            Kind::Title => "titles",
            Kind::Programme => "programmes",
        }
    }

    /// In a sentence, with its article.
    pub fn one(self) -> &'static str {
        self.entry().what
    }

    /// In a sentence.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Leg => "leg",
            Kind::Area => "area",
            Kind::Module => "module",
            Kind::Dose => "dose",
            Kind::Role => "role",
            Kind::Group => "group",
            Kind::Title => "title",
            Kind::Programme => "programme",
        }
    }

    /// What an entry of the section looks like.
    pub fn entry(self) -> &'static Struct {
        match self {
            Kind::Leg => &LEG,
            Kind::Area => &AREA,
            Kind::Module => &MODULE,
            Kind::Dose => &DOSE,
            Kind::Role => &ROLE,
            Kind::Group => &GROUP,
            Kind::Title => &TITLE,
            Kind::Programme => &PROGRAMME,
        }
    }
}

const fn must(name: &'static str, shape: Shape) -> Field {
    Field { name, must: true, option: false, shape }
}

const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, must: false, option: false, shape }
}

const fn option(name: &'static str, shape: Shape) -> Field {
    Field { name, must: false, option: true, shape }
}

pub static ABOUT: Struct = Struct {
    what: "what the curriculum is",
    fields: &[
        must("name", Shape::Both),
        must("purpose", Shape::Both),
        must("day_hours", Shape::Number),
        may("holiday_months", Shape::List(&Shape::Whole)),
        option("everyone", Shape::Ref(Kind::Dose)),
    ],
};

static LEG: Struct = Struct { what: "a leg", fields: &[must("title", Shape::Both), must("order", Shape::Whole)] };

static AREA: Struct = Struct {
    what: "an area",
    fields: &[
        must("leg", Shape::Ref(Kind::Leg)),
        must("title", Shape::Both),
        must("letter", Shape::Text),
        must("colour", Shape::Choice(&["Blue", "Teal", "Yellow", "Rust", "Lilac"])),
        must("order", Shape::Whole),
    ],
};

static MODULE: Struct = Struct {
    what: "a module",
    fields: &[
        must("area", Shape::Ref(Kind::Area)),
        must("level", Shape::Choice(&["KnowOf", "Understand", "Apply", "Lead", "Coach", "Deepening"])),
        must("hours", Shape::Number),
        must("format", Shape::Choice(&["Seminar", "Workshop", "Online", "SelfStudy", "Supervision"])),
        must("title", Shape::Both),
        must("short", Shape::Both),
        must("purpose", Shape::Both),
        must("outcomes", Shape::List(&Shape::Both)),
        must("participant", Shape::Both),
        must("trainer", Shape::Both),
        may("builds_on", Shape::Needs),
        must("assessment", Shape::Choice(&["Attendance", "Test", "Assignment", "Observation"])),
        option("pass_percent", Shape::Whole),
        option("attendance_percent", Shape::Whole),
        option("valid_months", Shape::Whole),
        may("counts", Shape::Choice(&["Latest", "Best"])),
        may("equivalent", Shape::List(&Shape::Ref(Kind::Module))),
        may("elective", Shape::YesNo),
        option("adapted_from", Shape::Text),
    ],
};

static DOSE: Struct = Struct {
    what: "a dose",
    fields: &[
        must("title", Shape::Both),
        must("within_days", Shape::Whole),
        may("required", Shape::List(&Shape::Ref(Kind::Module))),
        may("recommended", Shape::List(&Shape::Ref(Kind::Module))),
        may("one_of", Shape::List(&Shape::Struct(&ONE_OF))),
        may("deadlines", Shape::ByRef(Kind::Module, &Shape::Whole)),
    ],
};

static ONE_OF: Struct = Struct {
    what: "a set to choose from",
    fields: &[
        may("choose", Shape::Whole),
        must("from", Shape::List(&Shape::Ref(Kind::Module))),
        option("within_days", Shape::Whole),
    ],
};

static ROLE: Struct = Struct {
    what: "a role",
    fields: &[
        must("title", Shape::Both),
        must("competence", Shape::Both),
        may("includes", Shape::List(&Shape::Ref(Kind::Role))),
        must("dose", Shape::Ref(Kind::Dose)),
        must("order", Shape::Whole),
    ],
};

static GROUP: Struct = Struct {
    what: "a group of titles",
    fields: &[
        must("title", Shape::Both),
        must("competence", Shape::Both),
        option("dose", Shape::Ref(Kind::Dose)),
        must("order", Shape::Whole),
    ],
};

static TITLE: Struct = Struct {
    what: "a title",
    fields: &[
        must("title", Shape::Both),
        must("group", Shape::Ref(Kind::Group)),
        option("dose", Shape::Ref(Kind::Dose)),
        may("names", Shape::List(&Shape::Text)),
        may("codes", Shape::List(&Shape::Text)),
    ],
};

static PROGRAMME: Struct = Struct {
    what: "a programme",
    fields: &[
        must("title", Shape::Both),
        must("purpose", Shape::Both),
        must("months", Shape::Whole),
        must("roles", Shape::List(&Shape::Ref(Kind::Role))),
        must("meetings", Shape::List(&Shape::Struct(&MEETING))),
        must("milestones", Shape::List(&Shape::Struct(&MILESTONE))),
        must("completion", Shape::Struct(&COMPLETION)),
    ],
};

static MEETING: Struct = Struct {
    what: "a meeting",
    fields: &[
        must("id", Shape::Id),
        must("month", Shape::Whole),
        must("week", Shape::Whole),
        must("kind", Shape::Choice(&["Seminar", "Supervision"])),
        must("title", Shape::Both),
        must("modules", Shape::List(&Shape::Ref(Kind::Module))),
    ],
};

static MILESTONE: Struct = Struct {
    what: "a milestone",
    fields: &[
        must("id", Shape::Id),
        must("month", Shape::Whole),
        must("title", Shape::Both),
        must("progress", Shape::Number),
    ],
};

static COMPLETION: Struct = Struct {
    what: "a completion rule",
    fields: &[must("attendance_percent", Shape::Whole), must("modules", Shape::YesNo), must("presented", Shape::YesNo)],
};

#[cfg(test)]
mod tests {
    use serde::de::value::Error;
    use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
    use serde::forward_to_deserialize_any;

    use super::*;
    use crate::curriculum::model;

    /// Refuses every struct with the names of its fields, and every enum with those of its variants.
    struct Names;

    impl<'de> Deserializer<'de> for Names {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            Err(Error::custom("neither a struct nor an enum"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Error> {
            Err(Error::custom(fields.join(" ")))
        }

        fn deserialize_enum<V: Visitor<'de>>(
            self,
            _: &'static str,
            variants: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Error> {
            Err(Error::custom(variants.join(" ")))
        }

        forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map identifier ignored_any
        }
    }

    fn check<T: for<'de> Deserialize<'de>>(expected: &[&str]) {
        let names = T::deserialize(Names).err().map(|error| error.to_string());
        assert_eq!(names, Some(expected.join(" ")));
    }

    fn fields(shape: &'static Struct) -> Vec<&'static str> {
        shape.fields.iter().map(|field| field.name).collect()
    }

    fn words(shape: &'static Struct, field: &str) -> &'static [&'static str] {
        match shape.fields.iter().find(|other| other.name == field).map(|field| &field.shape) {
            Some(Shape::Choice(words)) => words,
            other => panic!("{field} is {other:?}"),
        }
    }

    #[test]
    fn shapes_have_the_fields_and_words_of_the_model() {
        check::<model::About>(&fields(&ABOUT));
        check::<model::Leg>(&fields(&LEG));
        check::<model::Area>(&fields(&AREA));
        check::<model::Module>(&fields(&MODULE));
        check::<model::Dose>(&fields(&DOSE));
        check::<model::OneOf>(&fields(&ONE_OF));
        check::<model::Role>(&fields(&ROLE));
        check::<model::TitleGroup>(&fields(&GROUP));
        check::<model::Title>(&fields(&TITLE));
        check::<model::Programme>(&fields(&PROGRAMME));
        check::<model::Meeting>(&fields(&MEETING));
        check::<model::Milestone>(&fields(&MILESTONE));
        check::<model::Completion>(&fields(&COMPLETION));
        check::<model::Colour>(words(&AREA, "colour"));
        check::<model::Level>(words(&MODULE, "level"));
        check::<model::Format>(words(&MODULE, "format"));
        check::<model::Assessment>(words(&MODULE, "assessment"));
        check::<model::MeetingKind>(words(&MEETING, "kind"));
    }
}
