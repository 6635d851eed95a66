//! The draft of the programme: planned, pinned, planned again.

use super::route::Route;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
