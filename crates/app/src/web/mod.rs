//! Pages, actions and the public interface. Every address stands in [`route::all`]; handlers are
//! plain functions from a [`request::Req`] to a [`reply::Reply`], and [`serve`] is all there is of HTTP.

pub mod assets;
pub mod fields;
pub mod form;
pub mod home;
pub mod layout;
pub mod list;
pub mod reply;
pub mod request;
pub mod route;
pub mod serve;
pub mod session;
pub mod text;
pub mod when;
