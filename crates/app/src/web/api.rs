//! The public read interface, version 1: what anyone may read, in every language at once.
//!
//! Its shape only ever gains fields; `openapi.json` describes it, and a test compares. Bilaterals and
//! people are no part of it.

use domain::Lang;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::{
    api_answer::answer,
    api_city, api_edition,
    api_shape::langs,
    reply::Outcome,
    request::Req,
    route::{Gate, Route, get},
};

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
