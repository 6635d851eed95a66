//! The delegations of an edition and the declared order.

use super::route::Route;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
