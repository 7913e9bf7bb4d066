//! Where a reader is sent next: only ever within this site.

use actix_web::{HttpResponse, http::header};

/// On to `path`, which is asked for with GET.
pub fn redirect(path: &str) -> HttpResponse {
    let path = safe_next(path).unwrap_or_else(|| "/".to_owned());
    HttpResponse::SeeOther().insert_header((header::LOCATION, path)).finish()
}

/// `next` when it is an absolute path on this site, with query and fragment; anything else is refused.
///
/// Browsers read `//host`, `/\host` and paths with tabs or line feeds inside as other sites.
pub fn safe_next(next: &str) -> Option<String> {
    let inside = next.starts_with('/') && !next[1..].starts_with(['/', '\\']);
    let printable = next.chars().all(|c| !c.is_control() && c != '\\' && !c.is_whitespace());
    (inside && printable && next.is_ascii() && next.len() <= 2048).then(|| next.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absolute_paths_on_this_site_are_followed() {
        let check = |next: &str, allowed| assert_eq!(safe_next(next).is_some(), allowed, "{next:?}");
        check("/", true);
        check("/people/12?tab=record#next", true);
        check("", false);
        check("people", false);
        check("https://example.com/", false);
        check("//example.com", false);
        check("/\\example.com", false);
        check("/a\\b", false);
        check("/\t/example.com", false);
        check("/a\r\nSet-Cookie: x", false);
        check("javascript:alert(1)", false);
        check(" /people", false);
    }
}
