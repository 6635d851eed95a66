//! `routes`: every address as JSON, for tests that must visit them all.

use serde_json::json;

use crate::web;

/// Prints a list of method and path.
pub(super) fn print() {
    let all = web::routes();
    let all = all.iter().map(|r| json!({ "method": r.method.as_str(), "path": r.path }));
    println!("{}", all.collect::<serde_json::Value>());
}
