//! What parts of pages are filled in with, the same everywhere.

use serde::{Deserialize, Serialize};

/// An option of `web/select`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// Where in a long list a page is, for `web/pages`. Flattened into the page's own data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pages {
    /// 1 first.
    page: i64,
    pages: i64,
    previous: Option<String>,
    next: Option<String>,
}

impl Pages {
    /// How many pages there are; an empty list has one.
    pub fn count(total: i64, on_a_page: i64) -> i64 {
        ((total + on_a_page - 1) / on_a_page).max(1)
    }

    /// `href` gives the address of a page.
    pub fn new(page: i64, pages: i64, href: impl Fn(i64) -> String) -> Pages {
        let (previous, next) = ((page > 1).then(|| href(page - 1)), (page < pages).then(|| href(page + 1)));
        Pages { page, pages, previous, next }
    }
}

/// A form with nothing but its token.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_link_to_those_beside_them_and_an_empty_list_is_one() {
        let check = |total, page, expected: (i64, &str, &str)| {
            let pages = Pages::new(page, Pages::count(total, 50), |page| page.to_string());
            let link = |to: &Option<String>| to.clone().unwrap_or_default();
            assert_eq!((pages.pages, &*link(&pages.previous), &*link(&pages.next)), expected, "{total} {page}");
        };
        check(0, 1, (1, "", ""));
        check(50, 1, (1, "", ""));
        check(51, 1, (2, "", "2"));
        check(101, 2, (3, "1", "3"));
        check(101, 3, (3, "2", ""));
    }
}
