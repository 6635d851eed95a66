//! The people of a delegation, filed by hand or from a workbook.

use super::route::Route;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
