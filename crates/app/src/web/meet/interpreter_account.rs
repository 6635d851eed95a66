//! How an interpreter signs in: by the address of the roster, with a grant for the one edition that ends when
//! its personal data is deleted. Whose assignments are shown is found by that address.

use domain::{
    Lang,
    access::{Grant, Role, Scope},
    account::Account,
    edition::Edition,
    interpreter::{Interpreter, Strength},
};
use serde_json::json;
use store::Conn;

use crate::{chance, i18n::Messages, mailer, web::request::Req};

/// The language of mails: the mother tongue where mails are written in it.
pub fn tongue(one: &Interpreter) -> Lang {
    let native = |lang: &Lang| one.languages.get(lang) == Some(&Strength::Native);
    Lang::COMPLETE.into_iter().find(native).unwrap_or(Lang::Ru)
}

/// Gives the account of the address, or a new one, the part of an interpreter, and writes to it. Somebody
/// who has the part already is left alone.
pub fn appoint(c: &mut Conn, req: &Req, edition: &Edition, one: &Interpreter) -> store::Result<()> {
    if one.email.is_empty() {
        return Ok(());
    }
    let account = if let Some(known) = store::person::of_email(c, &one.email)? {
        known.value
    } else {
        let lang = tongue(one);
        let name = crate::web::text::called(Messages::of(lang), &one.name);
        let account = Account { id: chance::id(), email: one.email.clone(), name, lang };
        store::person::insert(c, &account)?;
        account
    };
    let scope = Scope::Edition(edition.id);
    let holders = store::person::holders(c, Role::Interpreter, scope, req.now)?;
    if holders.iter().any(|held| held.account.id == account.id) {
        return Ok(());
    }
    store::person::grant(c, chance::id(), account.id, &Grant::interpreter(edition, req.now))?;
    let address = format!("{}/sign-in", req.app.config.public_url);
    store::mail::enqueue(c, &mailer::interpreter(&account, edition, &address), req.now)?;
    let event = req.event("interpreter", one.id, "appointed", json!({}));
    store::event::append(c, chance::id(), &event)
}

/// Ends the part of whoever has the address.
pub fn end(c: &mut Conn, req: &Req, edition: &Edition, one: &Interpreter) -> store::Result<()> {
    let scope = Scope::Edition(edition.id);
    let holders = store::person::holders(c, Role::Interpreter, scope, req.now)?;
    for held in holders.iter().filter(|held| held.account.email == one.email) {
        store::person::end_grant(c, held, req.now)?;
    }
    Ok(())
}

/// Who of the roster an account is.
pub fn own<'a>(roster: &'a [Interpreter], account: &Account) -> Option<&'a Interpreter> {
    roster.iter().find(|one| !one.email.is_empty() && one.email == account.email)
}
