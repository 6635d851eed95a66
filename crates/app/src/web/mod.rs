//! Pages, actions and the public interface: what all of them stand on, and a folder for each stage of the
//! cycle. Every address stands in [`routes`]; handlers are plain functions from a [`request::Req`] to a
//! [`reply::Reply`], and [`serve`] is all there is of HTTP.

pub mod about;
pub mod agree;
pub mod api;
mod api_answer;
mod api_city;
mod api_edition;
mod api_shape;
pub mod assets;
pub mod convene;
pub mod fields;
pub mod form;
pub mod health;
pub mod home;
pub mod layout;
pub mod limit;
pub mod list;
pub mod marks;
pub mod meet;
pub mod network;
pub mod observe;
pub mod reply;
pub mod request;
pub mod route;
pub mod serve;
pub mod sheet;
pub mod sign_in;
pub mod text;
pub mod when;
pub mod workbook;

use self::route::Route;

/// Every address of the product; a test asks each as every persona.
pub fn routes() -> Vec<Route> {
    [
        about::routes(),
        agree::routes(),
        api::routes(),
        assets::routes(),
        convene::routes(),
        health::routes(),
        home::routes(),
        meet::routes(),
        network::routes(),
        sign_in::routes(),
    ]
    .concat()
}
