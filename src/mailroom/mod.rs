//! The pages about mail: what waits, what was sent, what failed and why, each mail as its reader sees it, and
//! "send again"; and for each person the mails to oneself. Uses what `notices` offers; stands apart from it because a page asks `accounts` who may see it, and
//! `accounts` sends mail itself.

pub mod pages;
mod view;
