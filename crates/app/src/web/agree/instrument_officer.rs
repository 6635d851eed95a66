//! The language officers of an instrument's text. The text is its parties' alone, so nobody could sign that
//! its languages agree; the secretariat appoints somebody who holds that office, for this one text. The
//! parties are told, and each of them can end it.

use std::collections::BTreeSet;

use domain::{
    PersonId, Refusal,
    access::{Action, Actor, Object, Role, Visibility, may},
    account::Account,
    dossier::Dossier,
    instrument::Words,
};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::{
    instrument::{Opened, decides},
    instrument_form::GATE,
    instrument_news,
};
use crate::{
    chance,
    i18n::Messages,
    mailer,
    web::{
        form::act,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Route, post},
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![post("/editions/{edition}/instruments/{instrument}/officers", GATE, change)]
}

/// Everybody who holds the office of a language officer in the edition.
fn all(req: &Req, c: &mut Conn, opened: &Opened<'_>) -> store::Result<Vec<Account>> {
    let edition = opened.edition;
    let object = Object { place: edition.place(), visibility: Visibility::Participants };
    let grants = store::person::all_grants(c)?;
    let held = grants.iter().filter(|(_, grant)| {
        let actor = Actor { person: None, grants: vec![*grant] };
        grant.role == Role::LanguageOfficer
            && grant.counts(req.now)
            && may(&actor, Action::Concord, &object)
    });
    let held: BTreeSet<PersonId> = held.map(|(person, _)| *person).collect();
    let accounts = store::person::all(c)?.into_iter().map(|found| found.value);
    Ok(accounts.filter(|account| held.contains(&account.id)).collect())
}

/// Who is appointed, and the form to appoint or to end it.
pub fn section(req: &Req, opened: &Opened<'_>) -> Result<Markup, Fault> {
    let Words::Dossier(id) = opened.value().words else { return Ok(html! {}) };
    let (dossier, officers) =
        req.read(|c| Ok((store::dossier::need(c, id)?.value, all(req, c, opened)?)))?;
    let (t, path) = (req.t, format!("{}/officers", opened.address()));
    let appointed = |account: &&Account| dossier.officers.contains(&account.id);
    let free: Vec<&Account> = officers.iter().filter(|account| !appointed(account)).collect();
    let may_end = opened.files(req);
    // Final words need nobody any more.
    let open = dossier.may_change().is_ok();
    if !open && dossier.officers.is_empty() {
        return Ok(html! {});
    }
    Ok(html! {
        h3 { (t.get("instrument-officers")) }
        @if dossier.officers.is_empty() { p.hint { (t.get("instrument-officers-none")) } }
        @else {
            ul {
                @for account in officers.iter().filter(appointed) {
                    li {
                        bdi { (account.name) } " "
                        @if may_end {
                            (act(&path, &t.get("instrument-officer-end"), "link",
                                &[("what", "end"), ("person", &account.id.to_string())]))
                        }
                    }
                }
            }
        }
        @if decides(req) && open && !free.is_empty() {
            form.row method="post" action=(path) {
                input type="hidden" name="what" value="appoint";
                select name="person" aria-label=(t.get("instrument-officer")) {
                    @for account in free { option value=(account.id) { (account.name) } }
                }
                button type="submit" { (t.get("instrument-officer-appoint")) }
            }
        }
    })
}

fn change(req: &Req) -> Outcome {
    let opened = Opened::inner(req, Action::File)?;
    let Words::Dossier(id) = opened.value().words else {
        return Err(Refusal::new("instrument-words-missing").into());
    };
    let appoints = match req.form.get("what") {
        "appoint" if decides(req) => true,
        "appoint" => return Err(Fault::Forbidden),
        "end" => false,
        _ => return Err(Refusal::new("choose").into()),
    };
    let person: Option<PersonId> = req.form.get("person").parse().ok();
    req.write(|c| {
        let officers = all(req, c, &opened)?;
        let found = store::dossier::need(c, id)?;
        let mut dossier = found.value.clone();
        let officer = officers.iter().find(|account| Some(account.id) == person);
        let changed = match (officer, person) {
            (Some(officer), _) if appoints => dossier.officers.insert(officer.id),
            // Also whoever has left the office since.
            (_, Some(person)) if !appoints => dossier.officers.remove(&person),
            _ => return Err(Refusal::new("choose").into()),
        };
        if !changed {
            return Ok(());
        }
        store::dossier::save(c, &dossier, found.version)?;
        if let (true, Some(officer)) = (appoints, officer) {
            let mail = appointment(req, &dossier, officer);
            store::mail::enqueue(c, &mail, req.now)?;
            instrument_news::appointed(req, c, &opened, &officer.name)?;
        }
        let verb = if appoints { "officer-appointed" } else { "officer-ended" };
        let event = req.event("instrument", opened.value().id, verb, json!({ "person": person }));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(opened.address()))
}

/// What the officer is asked for.
fn appointment(req: &Req, dossier: &Dossier, officer: &Account) -> domain::mail::Mail {
    let t = Messages::of(officer.lang);
    let (url, edition) = (&req.app.config.public_url, dossier.edition);
    let address = format!("{url}/editions/{edition}/declarations/{}", dossier.id);
    let title = dossier.title.shown(t.lang).text.to_owned();
    let values = [("title", title.into()), ("address", address.into())];
    let mut body = t.with("instrument-officer-mail", &values);
    if dossier.exercise {
        body = format!("{body}\n\n{}", outputs::sheet::EXERCISE);
    }
    mailer::to_account(officer, t.get("instrument-officer-mail-subject"), body)
}
