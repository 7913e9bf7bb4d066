//! The message keys of what a curriculum names with a word of its own: format.

use crate::curriculum::model::Format;

pub fn format(format: Format) -> &'static str {
    match format {
        Format::Seminar => "learning-format-seminar",
        Format::Workshop => "learning-format-workshop",
        Format::Online => "learning-format-online",
        Format::SelfStudy => "learning-format-self-study",
        Format::Supervision => "learning-format-supervision",
    }
}
