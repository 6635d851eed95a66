//! A request as handlers see it: who asks, in which language, for which edition, with what typed.

use std::{collections::BTreeMap, str::FromStr};

use domain::{
    Lang,
    access::{Action, Actor, Object, Place, may},
    account::Account,
    edition::Edition,
    revision::Versioned,
};
use jiff::Timestamp;
use store::Conn;

use super::{
    fields::{Fields, Upload},
    reply::Fault,
};
use crate::{app::App, i18n::Messages};

/// A request.
pub struct Req {
    /// The running product.
    pub app: App,
    /// When it came.
    pub now: Timestamp,
    /// The path asked for, without the query.
    pub path: String,
    /// Values of the path's parameters.
    pub params: BTreeMap<String, String>,
    /// Values of the query.
    pub query: Fields,
    /// Values of a form.
    pub form: Fields,
    /// Files of a form.
    pub files: Vec<Upload>,
    /// The reader's language.
    pub t: Messages,
    /// Who is signed in.
    pub account: Option<Account>,
    /// What the reader may do.
    pub actor: Actor,
    /// The edition that the path names.
    pub edition: Option<Versioned<Edition>>,
    /// The sign-in secret that the browser sent.
    pub login: Option<String>,
    /// The tags of answers that the reader has already.
    pub if_none_match: String,
}

impl Req {
    /// The reader's language.
    pub fn lang(&self) -> Lang {
        self.t.lang
    }

    /// A typed parameter of the path. What cannot be read names nothing that exists.
    pub fn param<T: FromStr>(&self, name: &str) -> Result<T, Fault> {
        self.params.get(name).and_then(|v| v.parse().ok()).ok_or(Fault::Missing)
    }

    /// The edition that the path names.
    pub fn edition(&self) -> Result<&Edition, Fault> {
        self.edition.as_ref().map(|e| &e.value).ok_or(Fault::Missing)
    }

    /// Where this request stands in the access table.
    pub fn place(&self) -> Place {
        self.edition.as_ref().map_or(Place::Platform, |e| e.value.place())
    }

    /// Whether the reader may do this to an object.
    pub fn may(&self, action: Action, object: &Object) -> bool {
        may(&self.actor, action, object)
    }

    /// Refuses what the reader may not do. An object that may not even be read does not exist.
    pub fn require(&self, action: Action, object: &Object) -> Result<(), Fault> {
        if self.may(action, object) {
            Ok(())
        } else if self.may(Action::Read, object) {
            Err(Fault::Forbidden)
        } else {
            Err(Fault::Missing)
        }
    }

    /// Reads from one unchanging state of the database.
    pub fn read<T>(&self, f: impl FnOnce(&mut Conn) -> store::Result<T>) -> Result<T, Fault> {
        Ok(self.app.db.read(f)?)
    }

    /// Writes all or nothing.
    pub fn write<T>(&self, f: impl FnMut(&mut Conn) -> store::Result<T>) -> Result<T, Fault> {
        Ok(self.app.db.write(f)?)
    }

    /// The event of a change made by this request.
    pub fn event(
        &self,
        noun: &'static str,
        object: impl std::fmt::Display,
        verb: &'static str,
        detail: serde_json::Value,
    ) -> domain::event::Event {
        domain::event::Event {
            at: self.now,
            by: self.actor.person,
            edition: self.edition.as_ref().map(|e| e.value.id),
            noun,
            object: format!("{object}"),
            verb,
            detail,
        }
    }
}
