//! The style sheet, the small scripts and the mark: part of the binary, cached for ever by hash.

use std::{collections::BTreeMap, sync::OnceLock};

use axum::http::{HeaderValue, header};
use include_dir::{Dir, include_dir};

use super::{
    reply::{Fault, Outcome, Reply},
    request::Req,
    route::{Gate, Route, get},
};
use crate::chance;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![get("/static/{hash}/{file}", Gate::Public, file)]
}

/// The address of a file; it changes with what the file holds.
pub fn address(name: &str) -> String {
    static HASHES: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let hashes = HASHES.get_or_init(|| {
        let one = |f: &include_dir::File<'_>| {
            let hash: String =
                chance::hash(f.contents_utf8().unwrap_or_default()).chars().take(12).collect();
            (f.path().display().to_string(), hash)
        };
        FILES.files().map(one).collect()
    });
    format!("/static/{}/{name}", hashes.get(name).map_or("0", String::as_str))
}

fn file(req: &Req) -> Outcome {
    let name = req.params.get("file").map_or("", String::as_str);
    let file = FILES.get_file(name).ok_or(Fault::Missing)?;
    let media = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let reply = Reply::Bytes { media, name: None, bytes: file.contents().to_vec() };
    let mut response = reply.into_response();
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    response.headers_mut().insert(header::CACHE_CONTROL, forever);
    Ok(Reply::Raw(Box::new(response)))
}
