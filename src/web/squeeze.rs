//! Large pages are compressed harder than actix does by itself, whose level cannot be chosen: a matrix of two hundred
//! people and sixty modules travels in a little more than half the octets. Small pages are left to actix, because there
//! the time counts more.

use std::io::{self, Write};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AcceptEncoding, CONTENT_ENCODING, Encoding, Header, HeaderValue, VARY};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Octets from which on it is worth the time.
const LARGE: u64 = 256 * 1024;
/// What most programs take when they are not told: above it, much time for little.
const LEVEL: Compression = Compression::new(6);

/// Stands between the pages and actix's own compression, which leaves alone what is compressed already.
pub async fn squeeze(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let wanted = takes_gzip(&request);
    let answer = next.call(request).await?.map_into_boxed_body();
    let large = matches!(answer.response().body().size(), BodySize::Sized(octets) if octets >= LARGE);
    if !wanted || !large || answer.headers().contains_key(CONTENT_ENCODING) {
        return Ok(answer);
    }
    let (request, response) = answer.into_parts();
    let (mut response, body) = response.into_parts();
    let body = match body.try_into_bytes() {
        Ok(plain) => BoxBody::new(web::block(move || gzip(&plain)).await??),
        // It comes piece by piece, and is left to actix.
        Err(body) => return Ok(ServiceResponse::new(request, response.set_body(body))),
    };
    response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    response.headers_mut().append(VARY, HeaderValue::from_static("accept-encoding"));
    Ok(ServiceResponse::new(request, response.set_body(body)))
}

fn takes_gzip(request: &ServiceRequest) -> bool {
    let ours = [Encoding::gzip(), Encoding::identity()];
    AcceptEncoding::parse(request.request()).is_ok_and(|theirs| theirs.negotiate(ours.iter()) == Some(Encoding::gzip()))
}

fn gzip(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 8), LEVEL);
    encoder.write_all(plain)?;
    encoder.finish()
}
