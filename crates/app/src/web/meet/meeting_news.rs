//! News of a request or an answer: to the contacts of the other side alone, each in their language. The
//! mail says who and what has happened; what it is about stays behind the sign-in.

use std::collections::BTreeSet;

use domain::{
    DelegationId, Lang,
    access::{Role, Scope},
    meeting::Meeting,
};
use store::Conn;

use super::meeting::{Sides, home};
use crate::{i18n::Messages, mailer, web::request::Req};

/// One piece of news.
pub struct News<'a> {
    /// The meeting, as it now stands.
    pub meeting: &'a Meeting,
    /// Who is told.
    pub to: DelegationId,
    /// Who did it.
    pub from: DelegationId,
    /// What was done: the verb of the record.
    pub key: &'static str,
}

/// Puts the mails into the outbox, in the transaction of what they tell of.
pub fn tell(req: &Req, c: &mut Conn, sides: &Sides, news: &News<'_>) -> store::Result<()> {
    let Some(edition) = req.edition.as_ref().map(|e| &e.value) else { return Ok(()) };
    let scope = Scope::Delegation(edition.id, news.to);
    let address = format!("{}{}/{}", req.app.config.public_url, home(edition), news.meeting.id);
    let mut told = BTreeSet::new();
    for held in store::person::holders(c, Role::FocalPoint, scope, req.now)? {
        if Some(held.account.id) == req.actor.person || !told.insert(held.account.id) {
            continue;
        }
        let t = Messages::of(held.account.lang);
        let who = name(sides, news.from, t.lang);
        let own = name(sides, news.to, t.lang);
        let subject =
            t.with(&format!("meeting-mail-{}", news.key), &[("who", who.as_str().into())]);
        let values = [
            ("who", who.as_str().into()),
            ("own", own.into()),
            ("what", subject.as_str().into()),
            ("edition", edition.title.shown(t.lang).text.into()),
            ("address", address.as_str().into()),
        ];
        let body = t.with("meeting-mail", &values);
        let subject = mailer::marked(edition, subject);
        store::mail::enqueue(c, &mailer::to_account(&held.account, subject, body), req.now)?;
    }
    Ok(())
}

fn name(sides: &Sides, id: DelegationId, lang: Lang) -> String {
    sides.delegation(id).map(|d| d.name.shown(lang).text.to_owned()).unwrap_or_default()
}
