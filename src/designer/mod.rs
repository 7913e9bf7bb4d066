//! The regional developer's workplace: the dose matrix, publishing, the picture of the curriculum.

pub mod api;
pub mod consequences;
pub mod matrix;
pub mod pages;
pub mod pictures;
pub mod service;
