//! One delegation's way through the programme, its day cards and its calendar feed.

use super::route::Route;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
