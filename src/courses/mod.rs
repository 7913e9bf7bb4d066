//! Course days: booking them with the path one has, opening them, changing them and calling them off.
//!
//! Seats and the line are `occasions`; this room knows what a seat is for.

pub mod api;
pub mod group;
mod listed;
pub mod materials;
mod news;
mod own;
pub mod pages;
pub mod plan;
mod planned;
pub mod propose;
mod proposed;
pub mod service;
mod view;
pub mod when;
mod words;
