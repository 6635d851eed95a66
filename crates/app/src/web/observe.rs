//! What is seen of every request: one line of the log and one count. Neither holds personal data: a
//! route stands for its path, because paths can hold the secret of a link.

use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue, Response},
    middleware::Next,
};
use jiff::Timestamp;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::chance;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

static ANSWERED: Mutex<BTreeMap<u16, u64>> = Mutex::new(BTreeMap::new());
static STARTED: OnceLock<Timestamp> = OnceLock::new();

/// Answers since the process started, by status.
pub fn answered() -> BTreeMap<u16, u64> {
    ANSWERED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// When the process began to answer.
pub fn started() -> Timestamp {
    *STARTED.get_or_init(chance::now)
}

/// Gives a request its identifier, and tells of the answer.
pub async fn observe(request: Request, next: Next) -> Response<Body> {
    let began = chance::now();
    let id: Uuid = chance::id();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let span = tracing::info_span!("request", %id);
    let mut response = next.run(request).instrument(span).await;
    let status = response.status().as_u16();
    *ANSWERED.lock().unwrap_or_else(PoisonError::into_inner).entry(status).or_default() += 1;
    let ms = chance::now().duration_since(began).as_millis();
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    tracing::info!(%id, %method, route, status, ms, "answered");
    if let Ok(id) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
