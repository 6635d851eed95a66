//! The public read interface, version 1: what anyone may read, in every language at once.
//!
//! Its shape only ever gains fields; `openapi.json` describes it, and a test compares. Bilaterals and
//! people are no part of it.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use domain::{Lang, Refusal};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::{
    api_city, api_edition,
    api_shape::langs,
    reply::{Fault, Outcome, Reply},
    request::Req,
    route::{Gate, Route, get},
};
use crate::{chance, i18n::Messages};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let own = vec![
        get("/api/v1", Gate::Public, index),
        get("/api/v1/openapi.json", Gate::Public, openapi),
    ];
    [own, api_city::routes(), api_edition::routes()].concat()
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Caravanserai",
        description = "The public record of a standing dialogue between cities. Every text stands in \
                       the languages in which it was stated. Answers carry an ETag. What was written \
                       for a demonstration says so in `origin` and `mark`. Sources and licences of \
                       the data: /about/data.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact(),
    ),
    servers((url = "/")),
    paths(
        index,
        openapi,
        api_city::cities,
        api_city::city,
        api_city::states,
        api_edition::editions,
        api_edition::edition,
        api_edition::programme,
        api_edition::topics,
    )
)]
struct Document;

/// The description of the interface.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Where everything begins.
#[derive(Serialize, ToSchema)]
pub(super) struct Index {
    /// The product's name.
    name: &'static str,
    /// Its version.
    version: &'static str,
    /// The languages of texts, official ones first.
    #[schema(schema_with = langs)]
    languages: [Lang; 4],
    /// Where to go from here.
    links: Links,
}

/// Addresses.
#[derive(Serialize, ToSchema)]
struct Links {
    /// The register of cities.
    cities: &'static str,
    /// The states and their dated standings.
    states: &'static str,
    /// The editions of the dialogue.
    editions: &'static str,
    /// The description of this interface.
    openapi: &'static str,
    /// Sources and licences, as a page.
    data: &'static str,
}

/// What there is, and where.
#[utoipa::path(get, path = "/api/v1", responses((status = 200, description = "Addresses", body = Index)))]
pub(super) fn index(req: &Req) -> Outcome {
    let links = Links {
        cities: "/api/v1/cities",
        states: "/api/v1/states",
        editions: "/api/v1/editions",
        openapi: "/api/v1/openapi.json",
        data: "/about/data",
    };
    let version = env!("CARGO_PKG_VERSION");
    answer(req, &Index { name: "Caravanserai", version, languages: Lang::ALL, links })
}

/// This description.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    responses((status = 200, description = "OpenAPI 3.1", body = Object))
)]
pub(super) fn openapi(req: &Req) -> Outcome {
    answer(req, &document())
}

/// A value with its ETag; only the tag when the reader has the value already.
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
pub fn problem(t: Messages, fault: &Fault) -> Option<Response<Body>> {
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
