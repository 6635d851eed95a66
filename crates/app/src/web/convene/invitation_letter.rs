//! The letter as PDF, in the recipient's language. Its sentences are Fluent messages; names, offices
//! and salutations stand as they were stated.

use domain::{
    Lang, Text,
    access::Action,
    city::{City, Origin},
    delegation::Delegation,
    edition::Edition,
    invitation::{Invitation, InvitationState},
};
use jiff::Timestamp;
use outputs::pdf::letter::Letter;

use super::invitation;
use crate::{
    i18n::Messages,
    mailer,
    web::{
        reply::{Outcome, Reply},
        request::Req,
        route::{Gate, Route, get},
        when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let path = "/editions/{edition}/invitations/{invitation}/letter.pdf";
    vec![get(path, Gate::Office(Action::Read), show)]
}

fn show(req: &Req) -> Outcome {
    let letter = invitation::load(req)?.value;
    let edition = req.edition()?;
    let (delegation, host) = req.read(|c| {
        let delegation = store::delegation::need(c, letter.delegation)?.value;
        Ok((delegation, store::city::need(c, edition.host)?.value))
    })?;
    reply(req, edition, &letter, &delegation, &host)
}

/// The letter as an answer.
pub fn reply(
    req: &Req,
    edition: &Edition,
    invitation: &Invitation,
    delegation: &Delegation,
    host: &City,
) -> Outcome {
    let sent = sent(invitation);
    let written = letter(edition, invitation, &host.name, sent.unwrap_or(req.now));
    let bytes = written.pdf(&req.app.fonts, sent.unwrap_or(req.now))?;
    let shown = delegation.name.shown(invitation.lang).text;
    let number = invitation.reference(edition).replace('/', "-");
    let mark = if written.exercise { " EXERCISE" } else { "" };
    let name = Some(format!("{number} {shown}{mark}.pdf"));
    Ok(Reply::Bytes { media: "application/pdf", name, bytes })
}

/// When the letter went.
fn sent(invitation: &Invitation) -> Option<Timestamp> {
    match invitation.state {
        InvitationState::Draft => None,
        InvitationState::Sent { at } => Some(at),
        InvitationState::Answered { sent, .. } => Some(sent),
    }
}

/// What a letter needs and nobody has stated in its language: names of the messages of its labels.
pub fn unstated(edition: &Edition, lang: Lang, host: &Text) -> Vec<&'static str> {
    let mut missing = Vec::new();
    let stated = |text: &Text| text.get(lang).is_some();
    if !stated(&edition.title) {
        missing.push("edition-title");
    }
    if !edition.initiators.iter().all(stated) {
        missing.push("edition-initiators");
    }
    if !stated(host) {
        missing.push("edition-host");
    }
    missing
}

fn letter<'a>(
    edition: &'a Edition,
    invitation: &Invitation,
    host: &Text,
    at: Timestamp,
) -> Letter<'a> {
    let lang = invitation.lang;
    let t = Messages::of(lang);
    let title = edition.title.shown(lang).text;
    let date = when::date(lang, edition.day_of(at));
    let languages: Vec<String> =
        edition.languages.iter().map(|l| t.get(&format!("letter-language-{l}"))).collect();
    let fact = |key: &str, value: String| (t.get(key), value);
    let by = when::date(lang, invitation.reply_by);
    let addressee = &invitation.addressee;
    Letter {
        lang,
        title: t.get("letter-title"),
        reference: t.with("letter-reference", &[("n", invitation.reference(edition).into())]),
        draft: if sent(invitation).is_none() { t.get("letter-draft") } else { String::new() },
        initiators: &edition.initiators,
        addressee: vec![addressee.office.clone(), addressee.name.clone()],
        opening: mailer::opening(lang, &addressee.salutation),
        before: vec![t.with("letter-invite", &[("title", title.into())])],
        facts: vec![
            fact("edition-days", when::days(lang, edition)),
            fact("letter-place", host.shown(lang).text.to_owned()),
            fact("edition-mode", t.get(&format!("edition-mode-{}", edition.mode))),
            fact("edition-languages", languages.join(&t.get("letter-and"))),
            fact("letter-quota", t.with("letter-people", &[("n", invitation.quota.into())])),
        ],
        after: vec![t.with("letter-answer", &[("day", by.into())]), t.get("letter-hope")],
        closing: t.get("letter-closing"),
        date,
        exercise: edition.origin == Origin::Demonstration,
    }
}
