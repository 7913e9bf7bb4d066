//! Varjedag: curricula, doses and competence for improvement work. The modules, in reading order.

pub mod accounts;
pub mod api;
pub mod app;
pub mod assessing;
pub mod attendance;
pub mod cli;
pub mod clock;

pub mod config;
pub mod courses;
pub mod curriculum;
pub mod demo;
pub mod designer;
pub mod diary;
pub mod diplomas;
pub mod engine;
pub mod learning;
pub mod logging;
pub mod mailroom;
pub mod notices;
pub mod occasions;
pub mod organisation;
pub mod people;
pub mod programme;
pub mod recognition;
pub mod routes;
pub mod start;
pub mod store;
pub mod team;
pub mod versions;
pub mod web;
pub mod words;
