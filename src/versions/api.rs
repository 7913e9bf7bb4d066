//! What handlers of programs need of the published curriculum.

use std::sync::Arc;

use actix_web::web::Data;

use super::published::{Published, Shelf};
use crate::store::{Store, blocking};
use crate::web::Problem;

/// The newest curriculum, for handlers that cannot answer without one.
pub async fn published(store: &Data<Store>, shelf: &Data<Shelf>) -> Result<Arc<Published>, Problem> {
    let (store, shelf) = (store.clone(), shelf.clone());
    blocking(move || shelf.current(&store)).await?.ok_or(Problem::Conflict("api-nothing-published"))
}
