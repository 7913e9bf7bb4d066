//! What all of the interface for programs has in common: the envelope of lists, strict queries, days.
//!
//! Knows no room. The handlers are in files named `api.rs`, the document that describes them in `crate::api`.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::LOCATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::error::Problem;
use super::forms::{self, Errors};

/// What a handler of the interface answers with when all is well: the value as JSON.
pub type Answer<T> = Result<web::Json<T>, Problem>;

/// `value` as the whole answer.
pub fn answer<T>(value: T) -> Answer<T> {
    Ok(web::Json(value))
}

/// 201 with where the new thing is.
pub fn created(location: &str, value: &impl Serialize) -> HttpResponse {
    HttpResponse::Created().insert_header((LOCATION, location)).json(value)
}

/// 422 about one field; `key` names the message.
pub fn invalid(field: &'static str, key: &'static str) -> Problem {
    let mut errors = Errors::default();
    errors.add(field, key);
    Problem::Invalid(errors)
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Listed<T> {
    pub items: Vec<T>,
    /// Items in the whole list, of those you may see.
    pub total: i64,
    /// Which page this is, 1 first.
    pub page: u32,
    /// Items on a page; the last page may hold fewer.
    pub per_page: u32,
}

/// Which page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    page: u32,
    per_page: u32,
}

impl Paging {
    pub fn new(page: PageNumber, per_page: PerPage) -> Paging {
        Paging { page: page.0, per_page: per_page.0 }
    }

    /// Page counted from 0.
    pub fn index(self) -> i64 {
        i64::from(self.page) - 1
    }

    /// Items before the page.
    pub fn offset(self) -> i64 {
        self.index() * self.limit()
    }

    /// Items on a page.
    pub fn limit(self) -> i64 {
        i64::from(self.per_page)
    }

    /// A page that the database has cut out.
    pub fn page_of<T>(self, items: Vec<T>, total: i64) -> Listed<T> {
        Listed { items, total, page: self.page, per_page: self.per_page }
    }

    /// Cuts the page out of the whole list.
    pub fn cut<T>(self, all: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>) -> Listed<T> {
        let all = all.into_iter();
        let total = all.len() as i64;
        let items = all.skip(self.offset() as usize).take(self.per_page as usize).collect();
        self.page_of(items, total)
    }
}

/// A page's number, 1 first.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(try_from = "u32")]
#[schema(value_type = u32, minimum = 1, maximum = 100_000, default = 1)]
pub struct PageNumber(u32);

impl Default for PageNumber {
    fn default() -> Self {
        PageNumber(1)
    }
}

impl TryFrom<u32> for PageNumber {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        if (1..=100_000).contains(&number) { Ok(PageNumber(number)) } else { Err("page is a number from 1 to 100000") }
    }
}

/// How many items on a page.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(try_from = "u32")]
#[schema(value_type = u32, minimum = 1, maximum = 500, default = 50)]
pub struct PerPage(u32);

impl Default for PerPage {
    fn default() -> Self {
        PerPage(50)
    }
}

impl TryFrom<u32> for PerPage {
    type Error = &'static str;

    fn try_from(number: u32) -> Result<Self, Self::Error> {
        if (1..=500).contains(&number) { Ok(PerPage(number)) } else { Err("per_page is a number from 1 to 500") }
    }
}

/// A list without a filter.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    #[serde(default)]
    #[param(inline)]
    pub page: PageNumber,
    #[serde(default)]
    #[param(inline)]
    pub per_page: PerPage,
}

impl PageQuery {
    pub fn paging(&self) -> Paging {
        Paging::new(self.page, self.per_page)
    }
}

/// A day that a program sends, as year-month-day, within the years of [`forms::day`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = NaiveDate)]
pub struct Day(pub NaiveDate);

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        // Signs and missing zeros, which a form's parser takes, are not how a day is written.
        match forms::day(&text).filter(|day| day.to_string() == text) {
            Some(day) => Ok(Day(day)),
            None => Err(format!("{text:?} is no day from 1900 on; write it as year-month-day, such as 2027-03-01")),
        }
    }
}

/// The query of a request; `T` refuses unknown parameters (`deny_unknown_fields`), and a repeated one is refused.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = web::Query::<T>::from_query(req.query_string());
        ready(match read {
            Ok(query) => Ok(Query(query.into_inner())),
            Err(error) => Err(Problem::Unreadable(error.to_string())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    struct Asked {
        page: PageNumber,
        per_page: PerPage,
    }

    fn paging(query: &str) -> Option<(i64, i64)> {
        let asked = web::Query::<Asked>::from_query(query).ok()?;
        let paging = Paging::new(asked.page, asked.per_page);
        Some((paging.offset(), paging.limit()))
    }

    #[test]
    fn pages_are_counted_from_one_and_bounded() {
        let check = |query, expected| assert_eq!(paging(query), expected, "{query}");
        check("", Some((0, 50)));
        check("page=3&per_page=20", Some((40, 20)));
        check("page=100000&per_page=500", Some((49_999_500, 500)));
        for wrong in ["page=0", "page=100001", "per_page=0", "per_page=501", "page=-1", "page=", "page=1&page=2", "x=1"]
        {
            check(wrong, None);
        }
    }

    #[test]
    fn a_page_is_cut_out_of_the_whole_list() {
        let check = |page, expected: &[u32]| {
            let listed = Paging { page, per_page: 2 }.cut(vec![1, 2, 3]);
            assert_eq!((listed.items.as_slice(), listed.total), (expected, 3));
        };
        check(1, &[1, 2]);
        check(2, &[3]);
        check(9, &[]);
    }

    #[test]
    fn a_day_is_written_in_one_way_only() {
        let check = |text: &str, accepted| assert_eq!(Day::try_from(text.to_owned()).is_ok(), accepted, "{text}");
        check("2027-03-01", true);
        for wrong in ["2027-3-1", "+2027-03-01", "2027-02-30", "0001-01-01", "12027-01-01", "", "2027-03-01T00:00"] {
            check(wrong, false);
        }
    }
}
