//! The public read interface.

use super::route::Route;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
