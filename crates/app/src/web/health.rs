//! What a keeper of the machine asks: alive, ready, how much.

use super::route::Route;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
