//! An address: its method, its gate and its handler.

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
