//! Pages, actions and the public interface. Every address stands in [`route::all`]; handlers are
//! plain functions from a [`request::Req`] to a [`reply::Reply`], and [`serve`] is all there is of HTTP.

pub mod about;
pub mod agenda;
pub mod api;
pub mod assets;
pub mod city;
mod city_edit;
mod city_import;
mod city_page;
pub mod delegate;
pub mod delegation;
pub mod edition;
pub mod fields;
pub mod form;
pub mod hall;
pub mod health;
pub mod home;
pub mod invitation;
pub mod layout;
pub mod list;
pub mod meeting;
mod offering;
pub mod plan;
pub mod programme;
pub mod reply;
pub mod request;
pub mod route;
pub mod serve;
pub mod session;
pub mod session_form;
pub mod sheet;
pub mod sign_in;
pub mod text;
pub mod topic;
pub mod venue;
pub mod when;
