//! The one list of addresses: each names its gate, and a test asks each as every persona.

use axum::http::Method;
use domain::access::{Action, Object, Visibility};

use super::{reply::Outcome, request::Req};

/// Who may pass, before a handler looks at the single object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Anyone.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever holds the secret in the address; the handler checks it.
    Token,
    /// Demonstration only.
    Demo,
    /// Whoever takes part in the edition of the address.
    Participants(Action),
    /// The secretariat and the host office of the edition of the address.
    Office(Action),
    /// The secretariat, of the edition of the address or of the platform.
    Secretariat(Action),
}

impl Gate {
    /// The visibility and the action that the gate asks of the access table.
    pub fn asks(self) -> Option<(Visibility, Action)> {
        match self {
            Gate::Public | Gate::SignedIn | Gate::Token | Gate::Demo => None,
            Gate::Participants(action) => Some((Visibility::Participants, action)),
            Gate::Office(action) => Some((Visibility::Office, action)),
            Gate::Secretariat(action) => Some((Visibility::Secretariat, action)),
        }
    }

    /// Whether an actor passes, at a place of the access table.
    pub fn lets(self, actor: &domain::access::Actor, place: domain::access::Place) -> bool {
        match self.asks() {
            None => self != Gate::SignedIn || actor.person.is_some(),
            Some((visibility, action)) => {
                domain::access::may(actor, action, &Object { place, visibility })
            }
        }
    }
}

/// A page's or action's function.
pub type Handler = fn(&Req) -> Outcome;

/// One address.
#[derive(Clone)]
pub struct Route {
    /// GET or POST.
    pub method: Method,
    /// The path, with parameters in braces. `{edition}` loads the edition.
    pub path: &'static str,
    /// Who may pass.
    pub gate: Gate,
    /// What is done.
    pub handler: Handler,
}

/// A page.
pub fn get(path: &'static str, gate: Gate, handler: Handler) -> Route {
    Route { method: Method::GET, path, gate, handler }
}

/// An action.
pub fn post(path: &'static str, gate: Gate, handler: Handler) -> Route {
    Route { method: Method::POST, path, gate, handler }
}

/// Every address of the product.
pub fn all() -> Vec<Route> {
    [
        super::about::routes(),
        super::agenda::routes(),
        super::amendment::routes(),
        super::api::routes(),
        super::assets::routes(),
        super::assignment::routes(),
        super::city::routes(),
        super::commitment::routes(),
        super::declaration::routes(),
        super::declaration_files::routes(),
        super::consensus::routes(),
        super::console::routes(),
        super::delegate::routes(),
        super::delegation::routes(),
        super::disruption::routes(),
        super::display::routes(),
        super::edition::routes(),
        super::hall::routes(),
        super::health::routes(),
        super::home::routes(),
        super::instrument::routes(),
        super::interpreter::routes(),
        super::invitation::routes(),
        super::meeting::routes(),
        super::office::routes(),
        super::pin::routes(),
        super::plan::routes(),
        super::plan_view::routes(),
        super::programme::routes(),
        super::register::routes(),
        super::session::routes(),
        super::sign_in::routes(),
        super::support::routes(),
        super::topic::routes(),
        super::venue::routes(),
    ]
    .concat()
}
