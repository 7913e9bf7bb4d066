//! Black-box tests: the program as people and other programs meet it.

mod access;
mod api;
mod browser;
mod cli_backup;
mod cli_check;
mod cli_diff;
mod cli_export;
mod cli_graph;
mod cli_import;
mod cli_path;
mod curriculum_engine;
mod curriculum_hostile;
mod laws;
mod mail;
mod mail_pages;
mod path_pages;
mod people;
mod readme;
mod region;
mod requests;
mod resilience;
mod sign_in;
mod store;
mod support;
mod team;
