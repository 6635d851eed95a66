//! News of an instrument, to the contacts of its parties alone, each in their language: what is asked of
//! them, and that everybody may read it from now on. A mail names the party that it is for and no other,
//! because mailboxes are read over shoulders.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DelegationId, PersonId,
    access::{Role, Scope},
    account::Account,
    edition::Edition,
    instrument::{Instrument, Told},
};
use store::Conn;

use super::instrument::{Opened, home};
use crate::{
    i18n::Messages,
    mailer,
    web::{request::Req, text},
};

/// What the contacts of one delegation are told: of which of its parties, and what.
type News = Vec<(usize, Vec<Told>)>;

/// Puts what is new since an earlier state into the outbox, in the transaction that made it so. Whoever
/// did it knows.
pub fn tell(
    req: &Req,
    c: &mut Conn,
    edition: &Edition,
    (before, now): (&Instrument, &Instrument),
) -> store::Result<()> {
    let mut told: BTreeMap<DelegationId, News> = BTreeMap::new();
    for (at, news) in now.news(before) {
        if let Some(id) = now.parties.get(at).and_then(|party| party.delegation) {
            told.entry(id).or_default().push((at, news));
        }
    }
    for (id, news) in told {
        for account in contacts(req, c, edition, id)?.values() {
            let t = Messages::of(account.lang);
            let asks = news.iter().flat_map(|(_, told)| told).any(|told| *told != Told::Public);
            let key = if asks { "asked" } else { "public" };
            let lines = lines(t, now, &news);
            mail(req, c, edition, now, (account, key, lines))?;
        }
    }
    Ok(())
}

/// Tells the parties of an officer who was appointed for the text.
pub fn appointed(req: &Req, c: &mut Conn, opened: &Opened<'_>, officer: &str) -> store::Result<()> {
    let (edition, one) = (opened.edition, opened.value());
    let sides: BTreeSet<_> = one.parties.iter().filter_map(|party| party.delegation).collect();
    for id in sides {
        for account in contacts(req, c, edition, id)?.values() {
            let t = Messages::of(account.lang);
            let line = t.with("instrument-mail-officer", &[("name", officer.to_owned().into())]);
            mail(req, c, edition, one, (account, "officer", vec![line, String::new()]))?;
        }
    }
    Ok(())
}

/// The contacts of a delegation, without whoever does it.
fn contacts(
    req: &Req,
    c: &mut Conn,
    edition: &Edition,
    id: DelegationId,
) -> store::Result<BTreeMap<PersonId, Account>> {
    let scope = Scope::Delegation(edition.id, id);
    let held = store::person::holders(c, Role::FocalPoint, scope, req.now)?.into_iter();
    let others = held.filter(|held| Some(held.account.id) != req.actor.person);
    Ok(others.map(|held| (held.account.id, held.account)).collect())
}

/// What is asked of the parties of one delegation, each below its name.
fn lines(t: Messages, one: &Instrument, news: &News) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, told) in news {
        let Some(party) = one.parties.get(*at) else { continue };
        lines.push(t.with("instrument-mail-for", &[("own", text::words(t, &party.name).into())]));
        let line = |told: &Told| format!("– {}", t.get(&format!("instrument-mail-{told}")));
        lines.extend(told.iter().map(line));
        lines.push(String::new());
    }
    lines
}

fn mail(
    req: &Req,
    c: &mut Conn,
    edition: &Edition,
    one: &Instrument,
    (account, key, lines): (&Account, &str, Vec<String>),
) -> store::Result<()> {
    let t = Messages::of(account.lang);
    let subject = t.get(&format!("instrument-mail-subject-{key}"));
    let head = [text::words(t, &edition.title), text::words(t, &one.title), String::new()];
    let address = format!("{}{}/{}", req.app.config.public_url, home(edition), one.id);
    let see = t.with("instrument-mail-see", &[("address", address.into())]);
    let hush = (!one.is_public()).then(|| t.get("instrument-mail-confidential"));
    let mark = one.exercise.then(|| format!("\n{}", outputs::sheet::EXERCISE));
    let body = head.into_iter().chain(lines).chain([see]).chain(hush).chain(mark);
    let body = body.collect::<Vec<_>>().join("\n");
    store::mail::enqueue(c, &mailer::to_account(account, subject, body), req.now)
}
