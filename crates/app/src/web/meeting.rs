//! Bilateral meetings: asked for, answered, known to their sides alone.

use super::route::Route;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
