//! The product's own handlers, asked by whoever keeps the machine with the rights of a secretariat.

use std::collections::BTreeMap;

use anyhow::Context as _;
use axum::http::Method;
use domain::{
    EditionId, Lang,
    access::{Actor, Grant, Role, Scope},
};
use jiff::Timestamp;

use crate::{
    app::App,
    chance,
    i18n::Messages,
    web::{
        self,
        fields::Fields,
        reply::{Fault, Reply},
        request::Req,
    },
};

/// A request at the desk.
pub(super) fn request(app: &App, edition: Option<EditionId>) -> store::Result<Req> {
    let edition = app.db.read(|c| edition.map(|id| store::edition::need(c, id)).transpose())?;
    let (role, scope) = (Role::Secretariat, Scope::Platform);
    let grant = Grant { role, scope, from: Timestamp::UNIX_EPOCH, until: None };
    Ok(Req {
        app: app.clone(),
        now: chance::now(),
        path: String::new(),
        params: BTreeMap::new(),
        query: Fields::default(),
        form: Fields::default(),
        files: Vec::new(),
        t: Messages::of(Lang::En),
        account: None,
        actor: Actor { person: None, grants: vec![grant] },
        edition,
        login: None,
        if_none_match: String::new(),
    })
}

/// Asks the handler of a route.
pub(super) fn ask(req: &Req, method: &Method, path: &str) -> anyhow::Result<Reply> {
    let mut routes = web::routes().into_iter();
    let route = routes.find(|r| r.method == *method && r.path == path);
    let handler = route.with_context(|| format!("there is no route {path}"))?.handler;
    handler(req).map_err(|fault| told(req, fault))
}

/// A fault as the terminal tells it.
pub(super) fn told(req: &Req, fault: Fault) -> anyhow::Error {
    match fault {
        Fault::Refused(refusal) => anyhow::anyhow!(req.t.refusal(&refusal)),
        Fault::Broken(error) => error,
        Fault::Missing => anyhow::anyhow!("there is no such thing"),
        Fault::SignIn | Fault::Forbidden => anyhow::anyhow!("this is not allowed"),
    }
}
