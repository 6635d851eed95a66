//! How the public interface answers: a value with its tag, or why there is none.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use domain::Refusal;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    reply::{Fault, Outcome, Reply},
    request::Req,
};
use crate::{chance, i18n::Messages};

/// A value with its entity tag; only the tag when the reader has the value already.
pub(super) fn answer(req: &Req, value: &impl Serialize) -> Outcome {
    let body = serde_json::to_string(value).map_err(|e| Fault::Broken(e.into()))?;
    let tag = format!("W/\"{}\"", chance::hash(&body));
    let known = req.if_none_match.split(',').any(|t| t.trim() == tag || t.trim() == "*");
    let mut response = if known {
        json(StatusCode::NOT_MODIFIED, String::new())
    } else {
        json(StatusCode::OK, body)
    };
    if let Ok(tag) = HeaderValue::try_from(tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(Reply::Raw(Box::new(response)))
}

/// Anyone's page may read it: there is nothing in it that a sign-in would add.
fn json(status: StatusCode, body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    for (name, value) in [
        (header::CONTENT_TYPE, "application/json"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::CACHE_CONTROL, "public, no-cache"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Why there is no answer.
#[derive(Serialize, ToSchema)]
pub(super) struct Problem {
    /// A stable code.
    code: String,
    /// A sentence in the reader's language.
    message: String,
    /// The parameter that cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

/// A fault as the interface tells it; `None` for those that pages tell better.
pub(super) fn problem(t: Messages, fault: &Fault) -> Option<Response<Body>> {
    let (status, code, message, field) = match fault {
        Fault::Refused(refusal) => {
            let field = refusal.args.get("field").cloned();
            (StatusCode::BAD_REQUEST, refusal.code.clone(), t.refusal(refusal), field)
        }
        Fault::Missing => {
            (StatusCode::NOT_FOUND, "missing".to_owned(), t.get("fault-missing-title"), None)
        }
        Fault::Broken(error) => {
            tracing::error!(error = format!("{error:#}"), "a request failed");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            (status, "broken".to_owned(), t.get("fault-broken-title"), None)
        }
        Fault::SignIn | Fault::Forbidden => return None,
    };
    let body = serde_json::to_string(&Problem { code, message, field }).ok()?;
    Some(json(status, body))
}

/// Reads a parameter of the query; what is absent is `None`, what cannot be read is refused.
pub(super) fn asked<T>(
    req: &Req,
    name: &str,
    parse: impl FnOnce(&str) -> Result<T, Refusal>,
) -> Result<Option<T>, Fault> {
    let given = req.query.all(name).next();
    given.map(parse).transpose().map_err(|refusal| refusal.with("field", name).into())
}
