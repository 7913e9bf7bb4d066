//! Varjedag: curricula, doses and competence for improvement work. The modules, in reading order.

pub mod curriculum;
pub mod engine;
