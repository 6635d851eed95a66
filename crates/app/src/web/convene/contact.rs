//! A delegation's contacts, its focal points: named in an answer or by the secretariat, each with an
//! account and a grant for that one delegation that ends when the edition's personal data is deleted.

use domain::{
    DelegationId, Lang, Refusal,
    access::{Grant, Role, Scope},
    account::Account,
    clean,
    edition::Edition,
    invitation::Invitation,
};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::invitation_form::optional_email;
use crate::{
    chance, mailer,
    web::{
        form::{Draft, Show},
        request::Req,
    },
};

/// Somebody to become a contact.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The name, as the person states it.
    pub name: String,
    /// The address that links are sent to.
    pub email: String,
    /// The language of mails.
    pub lang: Lang,
}

/// The fields of a contact in a form.
pub fn fields(show: &Show<'_>) -> Markup {
    html! {
        (show.line("contact_name", "contact-name"))
        (show.input("email", "contact_email", "contact-email"))
    }
}

/// Reads a contact; the inner `None` means that none was given.
pub fn read(draft: &mut Draft, lang: Lang, required: bool) -> Option<Option<Contact>> {
    let name = draft.read("contact_name", clean::line)?;
    let email = draft.read("contact_email", optional_email)?;
    match (name.is_empty(), email.is_empty()) {
        (true, true) if !required => Some(None),
        (false, false) => Some(Some(Contact { name, email, lang })),
        (no_name, _) => {
            let field = if no_name { "contact_name" } else { "contact_email" };
            draft.refuse(field, Refusal::new("missing"));
            None
        }
    }
}

/// Gives the account of the address, or a new one, the part of a contact, and writes to it. Somebody
/// who has the part already is left alone.
pub fn appoint(
    c: &mut Conn,
    req: &Req,
    edition: &Edition,
    delegation: DelegationId,
    contact: &Contact,
) -> store::Result<()> {
    let account = if let Some(known) = store::person::of_email(c, &contact.email)? {
        known.value
    } else {
        let Contact { name, email, lang } = contact.clone();
        let account = Account { id: chance::id(), email, name, lang };
        store::person::insert(c, &account)?;
        account
    };
    let scope = Scope::Delegation(edition.id, delegation);
    let holders = store::person::holders(c, Role::FocalPoint, scope, req.now)?;
    if holders.iter().any(|held| held.account.id == account.id) {
        return Ok(());
    }
    let grant = Grant::contact(edition, delegation, req.now);
    store::person::grant(c, chance::id(), account.id, &grant)?;
    let name = store::delegation::need(c, delegation)?.value.name;
    let address = format!("{}/sign-in", req.app.config.public_url);
    store::mail::enqueue(c, &mailer::contact(&account, edition, &name, &address), req.now)?;
    let mut event = req.event("delegation", delegation, "contact_named", json!({}));
    event.edition = Some(edition.id);
    store::event::append(c, chance::id(), &event)
}

/// Ends the part of a contact of an invitation's delegation.
pub fn end(c: &mut Conn, req: &Req, letter: &Invitation, grant: &str) -> store::Result<()> {
    let scope = Scope::Delegation(letter.edition, letter.delegation);
    let holders = store::person::holders(c, Role::FocalPoint, scope, req.now)?;
    let held = holders.iter().find(|h| h.id.to_string() == grant);
    let held = held.ok_or_else(|| Refusal::new("choose"))?;
    store::person::end_grant(c, held, req.now)?;
    let event = req.event("delegation", letter.delegation, "contact_ended", json!({}));
    store::event::append(c, chance::id(), &event)
}
