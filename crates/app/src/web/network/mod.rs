//! Cities: where they are, what they offer and need, how they are tied.

pub mod city;
mod city_edit;
pub(crate) mod city_import;
mod city_page;
pub mod city_pick;
mod offering;

use super::route::Route;

/// Every address of the network of cities.
pub fn routes() -> Vec<Route> {
    [
        city::routes(),
        city_edit::routes(),
        city_import::routes(),
        city_page::routes(),
        offering::routes(),
    ]
    .concat()
}
