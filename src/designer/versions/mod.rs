//! The list of published versions, and any two of them compared.

pub mod pages;
