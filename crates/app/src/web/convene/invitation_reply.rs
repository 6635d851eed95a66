//! The page behind the link in a letter: answered without an account, changed until the edition
//! ends. Opening it changes nothing; the link serves this one invitation and nothing else.

use domain::{
    InvitationId, Refusal,
    account::Purpose,
    city::City,
    delegation::Delegation,
    edition::Edition,
    invitation::{Channel, Invitation, InvitationState},
    revision::Versioned,
};
use maud::{Markup, html};

use super::{invitation, invitation_answer, invitation_letter};
use crate::{
    chance,
    web::{
        form::Draft,
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/reply/{token}", Gate::Token, show),
        post("/reply/{token}", Gate::Token, answer),
        get("/reply/{token}/letter.pdf", Gate::Token, letter),
    ]
}

/// What the holder of a link may see.
struct Letter {
    invitation: Versioned<Invitation>,
    edition: Edition,
    delegation: Delegation,
    host: City,
}

fn load(req: &Req) -> Result<Letter, Fault> {
    let hash = chance::hash(req.params.get("token").map_or("", String::as_str));
    let found = req.read(|c| {
        let subject = store::token::subject(c, &hash, Purpose::Reply, req.now)?;
        let id: Option<InvitationId> = subject.and_then(|s| s.parse().ok());
        let Some(id) = id else { return Ok(None) };
        let invitation = store::invitation::need(c, id)?;
        let edition = store::edition::need(c, invitation.value.edition)?.value;
        let delegation = store::delegation::need(c, invitation.value.delegation)?.value;
        let host = store::city::need(c, edition.host)?.value;
        Ok(Some(Letter { invitation, edition, delegation, host }))
    })?;
    found.ok_or_else(|| Refusal::new("reply-link-over").into())
}

fn show(req: &Req) -> Outcome {
    let letter = load(req)?;
    if req.query.get("lang").is_empty() {
        // Whoever follows the bare address still reads the language of the letter.
        return Ok(Reply::See(format!("{}?lang={}", req.path, letter.invitation.value.lang)));
    }
    let fields = invitation_answer::fields_of(&letter.invitation.value);
    let draft = Draft::of(fields).seeing(letter.invitation.version);
    let body = view(req, &letter, &draft);
    Ok(page(req, &letter).reply(req, &body))
}

fn page<'a>(req: &Req, letter: &'a Letter) -> Page<'a> {
    let exercise = letter.edition.origin == domain::city::Origin::Demonstration;
    Page { title: req.t.get("reply-title"), demonstration: exercise, ..Page::default() }
}

fn view(req: &Req, letter: &Letter, draft: &Draft) -> Markup {
    let t = req.t;
    let Letter { invitation: Versioned { value: invitation, .. }, edition, delegation, host } =
        letter;
    let lang = invitation.lang;
    let action = format!("{}?lang={}", req.path, t.lang);
    let until = when::date(t.lang, edition.last_day);
    html! {
        @if let InvitationState::Answered { reply, .. } = &invitation.state {
            section.notice.ok {
                h2 { (t.get("reply-recorded")) }
                p {
                    (invitation::state(req, &invitation.state)) " · "
                    (when::moment(t.lang, &edition.time_zone(), reply.at))
                    @if reply.people > 0 {
                        " · " (t.with("reply-people-n", &[("n", reply.people.into())]))
                    }
                }
                p { (t.with("reply-change-until", &[("day", until.into())])) }
            }
        }
        p { bdi lang=(lang.tag()) { (invitation.addressee.name) } }
        dl.facts {
            dt { (t.get("edition-title")) }
            dd { strong { (text::text(t, &edition.title)) } }
            dt { (t.get("edition-days")) }
            dd { (when::days(t.lang, edition)) }
            dt { (t.get("edition-host")) }
            dd { (text::text(t, &host.name)) }
            dt { (t.get("edition-initiators")) }
            dd { @for line in &edition.initiators { p { (text::text(t, line)) } } }
            dt { (t.get("invitation-column-delegation")) }
            dd { (text::text(t, &delegation.name)) }
            dt { (t.get("invitation-reply-by")) }
            dd { (when::date(t.lang, invitation.reply_by)) }
        }
        p {
            a href={ (req.path) "/letter.pdf" } {
                (t.get("reply-letter")) " " (invitation.reference(edition))
            }
        }
        (invitation_answer::form(req, draft, delegation.quota, &action, false))
    }
}

fn answer(req: &Req) -> Outcome {
    let letter = load(req)?;
    let draft = Draft::of(req.form.clone());
    let link = Some(Channel::Link);
    match invitation_answer::take(req, &letter.edition, &letter.invitation, link, draft)? {
        None => Ok(Reply::See(format!("{}?lang={}", req.path, req.lang()))),
        Some(draft) => {
            let body = view(req, &letter, &draft);
            Ok(page(req, &letter).again(req, &body))
        }
    }
}

fn letter(req: &Req) -> Outcome {
    let Letter { invitation, edition, delegation, host } = load(req)?;
    invitation_letter::reply(req, &edition, &invitation.value, &delegation, &host)
}
