//! For whom an occasion is. Pure.

use super::store::Occasion;

/// Those who may ask for a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    Everybody,
    /// Those who take part in the edition with this id.
    Edition(i64),
    /// Those who work in the unit with this id, or below it.
    Unit(i64),
    /// Those who hold the role with this id.
    Role(String),
}

impl Occasion {
    pub fn audience(&self) -> Audience {
        match (self.edition_id, self.kept_unit, &self.kept_role) {
            (Some(edition), ..) => Audience::Edition(edition),
            (None, Some(unit), _) => Audience::Unit(unit),
            (None, None, Some(role)) => Audience::Role(role.clone()),
            (None, None, None) => Audience::Everybody,
        }
    }
}

impl Audience {
    /// As it is stored: edition, unit, role.
    pub fn columns(&self) -> (Option<i64>, Option<i64>, Option<String>) {
        match self {
            Audience::Everybody => (None, None, None),
            Audience::Edition(edition) => (Some(*edition), None, None),
            Audience::Unit(unit) => (None, Some(*unit), None),
            Audience::Role(role) => (None, None, Some(role.clone())),
        }
    }
}
