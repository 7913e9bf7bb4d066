//! Reads the fields of a posted form into a struct, stricter and more helpful than serde_urlencoded.
//!
//! Unknown and repeated fields are errors, an empty field is `None`, a `Vec` takes every value of its field.

use std::collections::BTreeMap;

use serde::{
    Deserializer,
    de::{
        DeserializeOwned, Error as _, IntoDeserializer, Visitor,
        value::{Error, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

/// The fields of a form, each with its values in the order they came.
#[derive(Default)]
pub struct Fields(BTreeMap<String, Vec<String>>);

/// A `T` from `fields`; the error is for programmers, people cannot cause it with our pages.
pub fn from_fields<T: DeserializeOwned>(fields: Fields) -> Result<T, Error> {
    T::deserialize(fields)
}

impl Fields {
    /// Fields of an urlencoded body; bytes that are not UTF-8 become replacement characters, and so does NUL, which
    /// PostgreSQL has no room for in a text.
    pub fn parse(body: &[u8]) -> Self {
        let mut fields: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(body) {
            fields.entry(name.into_owned()).or_default().push(value.replace('\0', "\u{fffd}"));
        }
        Self(fields)
    }

    /// One more value of a field, with the same care about NUL. Browsers end lines in forms with files by CR and LF.
    pub fn add(&mut self, name: &str, value: &str) {
        self.0.entry(name.to_owned()).or_default().push(value.replace('\0', "\u{fffd}"));
    }

    /// Removes the field `name` and gives its value; `None` also when it is repeated.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let [value] = <[String; 1]>::try_from(self.0.remove(name)?).ok()?;
        Some(value)
    }
}

impl<'de> Deserializer<'de> for Fields {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(MapDeserializer::new(self.0.into_iter().map(|(name, values)| (name, Values(values)))))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0.keys().find(|name| !known.contains(&name.as_str())) {
            Some(unknown) => Err(Error::unknown_field(unknown, known)),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_struct(name, &[], UnitFromMap(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit newtype_struct seq
        tuple tuple_struct map enum identifier ignored_any
    }
}

/// A form without fields is a unit struct.
struct UnitFromMap<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for UnitFromMap<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a form without fields")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, _: A) -> Result<V::Value, A::Error> {
        self.0.visit_unit()
    }
}

/// The values of one field.
struct Values(Vec<String>);

impl Values {
    fn one(self) -> Result<String, Error> {
        let [value] = <[String; 1]>::try_from(self.0).map_err(|_| Error::custom("the field is given several times"))?;
        Ok(value)
    }
}

impl IntoDeserializer<'_> for Values {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident),+ $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.one()?.trim().parse().map_err(Error::custom)?)
        })+
    };
}

impl<'de> Deserializer<'de> for Values {
    type Error = Error;

    parsed! {
        deserialize_i8 visit_i8, deserialize_i16 visit_i16, deserialize_i32 visit_i32, deserialize_i64 visit_i64,
        deserialize_u8 visit_u8, deserialize_u16 visit_u16, deserialize_u32 visit_u32, deserialize_u64 visit_u64,
        deserialize_f32 visit_f32, deserialize_f64 visit_f64,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.one()?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.one()?.as_str() {
            "on" | "true" | "1" => visitor.visit_bool(true),
            "" | "false" | "0" => visitor.visit_bool(false),
            _ => Err(Error::custom("neither ticked nor not")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.iter().all(|value| value.trim().is_empty()) {
            true => visitor.visit_none(),
            false => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.0.into_iter().map(|value| Values(vec![value]))))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self.one()?.into_deserializer())
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Strength {
        Required,
        Recommended,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Dose {
        name: String,
        module: i64,
        due: Option<chrono::NaiveDate>,
        strength: Strength,
        #[serde(default)]
        everyone: bool,
        #[serde(default)]
        person: Vec<i64>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Nothing;

    fn read<T: DeserializeOwned>(body: &str) -> Result<T, String> {
        from_fields(Fields::parse(body.as_bytes())).map_err(|error| error.to_string())
    }

    #[test]
    fn a_form_fills_a_struct() {
        assert_eq!(
            read("name=%C3%85sa+Prov&module=12&due=&strength=required&person=3&person=1&everyone=on"),
            Ok(Dose {
                name: "Åsa Prov".into(),
                module: 12,
                due: None,
                strength: Strength::Required,
                everyone: true,
                person: vec![3, 1],
            })
        );
        assert_eq!(
            read::<Dose>("name=x&module=+1&due=2027-03-02&strength=recommended").map(|dose| (dose.due, dose.everyone)),
            Ok((Some("2027-03-02".parse().unwrap()), false))
        );
        assert_eq!(read(""), Ok(Nothing));
    }

    #[test]
    fn what_a_page_of_ours_never_sends_is_refused() {
        let check = |body, expected: &str| {
            let error = read::<Dose>(body).unwrap_err();
            assert!(error.contains(expected), "{error}");
        };
        check("name=x&module=1&due=&strength=required&approved_by=1", "unknown field `approved_by`");
        check("name=x&name=y&module=1&due=&strength=required", "several times");
        check("name=x&module=one&due=&strength=required", "invalid digit");
        check("name=x&module=1&due=&strength=total", "unknown variant");
        check("module=1&due=&strength=required", "missing field `name`");
        assert!(read::<Nothing>("role=administrator").is_err());
    }
}
