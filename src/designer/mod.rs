//! The regional developer's workplace: the dose matrix, drafts, publishing, the picture of the curriculum.

pub mod api;
pub mod consequences;
pub mod demand;
pub mod differences;
pub mod drafts;
pub mod effect;
pub mod graph;
pub mod letters;
pub mod matrix;
pub mod pages;
pub mod pictures;
pub mod prepare;
pub mod publishing;
pub mod service;
pub mod versions;
