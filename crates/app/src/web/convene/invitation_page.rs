//! One invitation: the letter, its answer, what happened, and the delegation's contacts. After the
//! letter has gone, its words stay; the address for the link and the delegation's quota can change.

use domain::{
    PersonId,
    access::{Action, Role, Scope},
    account::Purpose,
    clean,
    delegation::{Delegation, MOST_PEOPLE},
    edition::Edition,
    invitation::{Invitation, InvitationState},
    revision::{Saved, Versioned},
};
use maud::{Markup, html};
use serde_json::json;
use store::event::Line;

use super::{
    contact, invitation, invitation_form::optional_email, invitation_letter, invitation_outgoing,
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, act},
        layout::Page,
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let decide = Gate::Secretariat(Action::Decide);
    vec![
        get("/editions/{edition}/invitations/{invitation}", Gate::Office(Action::Read), show),
        post("/editions/{edition}/invitations/{invitation}/terms", decide, terms),
        post("/editions/{edition}/invitations/{invitation}/contacts", decide, add_contact),
        post("/editions/{edition}/invitations/{invitation}/contacts/end", decide, end_contact),
    ]
}

/// What the page shows besides the letter.
struct Around {
    delegation: Versioned<Delegation>,
    trail: Vec<Line>,
    /// Names of those who did what the trail tells.
    doers: Vec<(PersonId, String)>,
    contacts: Vec<store::person::Held>,
    /// Labels of what nobody has stated in the letter's language.
    unstated: Vec<&'static str>,
}

fn around(req: &Req, letter: &Invitation) -> Result<Around, Fault> {
    let edition = req.edition()?;
    req.read(|c| {
        let host = store::city::need(c, edition.host)?.value.name;
        let trail = store::event::of_object(c, "invitation", &letter.id.to_string())?;
        let mut doers: Vec<(PersonId, String)> = Vec::new();
        for id in trail.iter().filter_map(|line| line.by) {
            if doers.iter().all(|(known, _)| *known != id)
                && let Some(account) = store::person::get(c, id)?
            {
                doers.push((id, account.value.name));
            }
        }
        let scope = Scope::Delegation(letter.edition, letter.delegation);
        Ok(Around {
            delegation: store::delegation::need(c, letter.delegation)?,
            trail,
            doers,
            contacts: store::person::holders(c, Role::FocalPoint, scope, req.now)?,
            unstated: invitation_letter::unstated(edition, letter.lang, &host),
        })
    })
}

fn terms_of(letter: &Invitation, delegation: &Delegation) -> Fields {
    let quota = delegation.quota.to_string();
    Fields::default().with("email", &letter.email).with("quota", quota)
}

fn show(req: &Req) -> Outcome {
    let now = invitation::load(req)?;
    let around = around(req, &now.value)?;
    let terms = Draft::of(terms_of(&now.value, &around.delegation.value)).seeing(now.version);
    let (page, body) = view(req, &now.value, &around, &terms, &Draft::default())?;
    Ok(page.reply(req, &body))
}

fn view<'a>(
    req: &'a Req,
    letter: &Invitation,
    around: &Around,
    terms: &Draft,
    contact: &Draft,
) -> Result<(Page<'a>, Markup), Fault> {
    let t = req.t;
    let edition = req.edition()?;
    let base = invitation::address(letter);
    let decides = Gate::Secretariat(Action::Decide).lets(&req.actor, req.place());
    let draft = letter.state == InvitationState::Draft;
    let body = html! {
        p { (invitation::state(req, &letter.state)) }
        @if !around.unstated.is_empty() { (unstated(req, &around.unstated)) }
        @if decides { (invitation_outgoing::buttons(req, letter)) }
        div.actions {
            a.button href={ (base) "/letter.pdf" } { (t.get("invitation-letter")) }
            @if draft && decides { a.button href={ (base) "/edit" } { (t.get("invitation-edit")) } }
            @if !draft { a.button href={ (base) "/answer" } { (t.get("invitation-enter-answer")) } }
        }
        div.two {
            section { (facts(req, letter, &around.delegation.value)) }
            section { (answer(req, letter)) }
        }
        @if decides && !draft { (terms_form(req, &base, terms)) }
        (contacts(req, &base, around, contact, decides))
        (history(req, edition, around))
    };
    let name = text::words(t, &around.delegation.value.name);
    let list = (format!("/editions/{}/invitations", edition.id), t.get("edition-nav-invitations"));
    let page = Page {
        title: format!("{} · {name}", letter.reference(edition)),
        trail: vec![list],
        edition: Some(edition),
        ..Page::default()
    };
    Ok((page, body))
}

/// Says that another language stands where the letter's own was not stated.
fn unstated(req: &Req, labels: &[&str]) -> Markup {
    let labels: Vec<String> = labels.iter().map(|key| req.t.get(key)).collect();
    let what = labels.join(Marks::of(req.lang()).item).into();
    html! { p.notice.warn { (req.t.with("invitation-unstated", &[("what", what)])) } }
}

fn facts(req: &Req, letter: &Invitation, delegation: &Delegation) -> Markup {
    let t = req.t;
    let lang = letter.lang;
    html! {
        h2 { (t.get("invitation-letter-facts")) }
        dl.facts {
            dt { (t.get("invitation-column-delegation")) }
            dd {
                a href={ "/editions/" (letter.edition) "/delegations/" (delegation.id) } {
                    (text::text(t, &delegation.name))
                }
            }
            dt { (t.get("invitation-addressee")) }
            dd {
                bdi lang=(lang.tag()) { (letter.addressee.name) } br;
                bdi lang=(lang.tag()) { (letter.addressee.office) }
            }
            dt { (t.get("invitation-salutation")) }
            dd { bdi lang=(lang.tag()) { (letter.addressee.salutation) } }
            dt { (t.get("invitation-lang")) }
            dd { bdi lang=(lang.tag()) { (lang.own_name()) } }
            dt { (t.get("invitation-email")) }
            dd {
                @if letter.email.is_empty() { (t.get("invitation-by-post")) }
                @else { bdi { (letter.email) } }
            }
            dt { (t.get("invitation-rank")) }
            dd { (t.get(&format!("invitation-rank-{}", delegation.rank))) }
            dt { (t.get("invitation-quota")) }
            dd { (delegation.quota) }
            dt { (t.get("invitation-reply-by")) }
            dd { (when::date(t.lang, letter.reply_by)) }
        }
    }
}

/// The newest answer in full.
fn answer(req: &Req, letter: &Invitation) -> Markup {
    use domain::invitation::Answer;
    let t = req.t;
    html! {
        h2 { (t.get("invitation-answer")) }
        @if let InvitationState::Answered { reply, .. } = &letter.state {
            dl.facts {
                dt { (t.get("invitation-column-state")) }
                dd {
                    (invitation::state(req, &letter.state))
                    @match &reply.answer {
                        Answer::Accepted { subject_to } if !subject_to.is_empty() => {
                            " " bdi { (subject_to) }
                        }
                        Answer::Substituted { name, office } => {
                            " " bdi { (name) } (Marks::of(t.lang).pause) bdi { (office) }
                        }
                        _ => {}
                    }
                }
                dt { (t.get("invitation-column-people")) }
                dd { (reply.people) }
                @if !reply.note.is_empty() {
                    dt { (t.get("invitation-note")) }
                    dd { bdi { (reply.note) } }
                }
                dt { (t.get("invitation-channel")) }
                dd { (t.get(&format!("invitation-channel-{}", reply.channel))) " " bdi { (reply.incoming) } }
            }
        } @else {
            p { (t.get("invitation-no-answer")) }
        }
    }
}

fn terms_form(req: &Req, base: &str, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        (show.input("number", "quota", "invitation-quota-now"))
        (show.input("email", "email", "invitation-email-now"))
    };
    html! {
        details open[!draft.is_sound() || draft.stands.is_some()] {
            summary { (req.t.get("invitation-terms")) }
            (show.form(&format!("{base}/terms"), "invitation-terms-save", &fields))
        }
    }
}

fn contacts(req: &Req, base: &str, around: &Around, draft: &Draft, decides: bool) -> Markup {
    let t = req.t;
    html! {
        h2 { (t.get("contact-title")) }
        @if around.contacts.is_empty() { p { (t.get("contact-none")) } }
        ul {
            @for held in &around.contacts {
                li {
                    bdi { (held.account.name) } " · " bdi { (held.account.email) } " "
                    @if decides {
                        (act(&format!("{base}/contacts/end"), &t.get("contact-end"), "link",
                            &[("grant", &held.id.to_string())]))
                    }
                }
            }
        }
        @if decides {
            details open[!draft.is_sound()] {
                summary { (t.get("contact-add")) }
                (Show::new(req, draft).form(&format!("{base}/contacts"), "contact-add",
                    &contact::fields(&Show::new(req, draft))))
            }
        }
    }
}

/// What happened to the letter, in words.
fn history(req: &Req, edition: &Edition, around: &Around) -> Markup {
    let t = req.t;
    let zone = edition.time_zone();
    let said = |line: &Line| {
        let get = |name: &str| line.detail.get(name).and_then(|v| v.as_str()).unwrap_or_default();
        let answer = get("answer");
        let mut words = t.get(&format!("invitation-event-{}", line.verb));
        if !answer.is_empty() {
            let channel = t.get(&format!("invitation-channel-{}", get("channel")));
            let state = t.get(&format!("invitation-state-{answer}"));
            words = format!("{words} {state} · {channel}");
        }
        words
    };
    let doer = |line: &Line| around.doers.iter().find(|(id, _)| Some(*id) == line.by);
    html! {
        @if !around.trail.is_empty() {
            h2 { (t.get("invitation-history")) }
            ol.slots {
                @for line in &around.trail {
                    li {
                        time { (when::moment(t.lang, &zone, line.at)) }
                        div {
                            (said(line))
                            @if let Some((_, name)) = doer(line) { div.where { bdi { (name) } } }
                        }
                    }
                }
            }
        }
    }
}

/// Changes the delegation's quota and the address for the link. An address that was wrong must not
/// keep a link that works, so a new address ends the links that went before.
fn terms(req: &Req) -> Outcome {
    let now = invitation::load(req)?;
    let mut draft = Draft::of(req.form.clone());
    let quota = draft.read("quota", |raw| clean::number(raw, 1, MOST_PEOPLE));
    let email = draft.read("email", optional_email);
    let mut letter = now.value.clone();
    if let (Some(quota), Some(email)) = (quota, email) {
        let moved = letter.email != email;
        letter.email = email;
        let saved = req.write(|c| {
            let saved = store::invitation::save(c, &letter, draft.seen())?;
            if matches!(saved, Saved::Stored(_)) {
                let mut delegation = store::delegation::need(c, letter.delegation)?;
                delegation.value.quota = quota;
                store::delegation::save(c, &delegation.value, delegation.version)?;
                if moved {
                    store::token::revoke(c, Purpose::Reply, &letter.id.to_string())?;
                }
                let event = req.event("invitation", letter.id, "terms", json!({ "quota": quota }));
                store::event::append(c, chance::id(), &event)?;
            }
            Ok(saved)
        })?;
        match saved {
            Saved::Stored(_) => return Ok(Reply::See(invitation::address(&letter))),
            Saved::Moved(moved) => {
                let stands = around(req, &moved.value)?;
                let fields = terms_of(&moved.value, &stands.delegation.value);
                draft = draft.moved(fields, moved.version);
            }
        }
    }
    let around = around(req, &now.value)?;
    let (page, body) = view(req, &now.value, &around, &draft, &Draft::default())?;
    Ok(page.again(req, &body))
}

fn add_contact(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let letter = invitation::load(req)?.value;
    let mut draft = Draft::of(req.form.clone());
    if let Some(Some(contact)) = contact::read(&mut draft, letter.lang, true) {
        req.write(|c| contact::appoint(c, req, edition, letter.delegation, &contact))?;
        return Ok(Reply::See(invitation::address(&letter)));
    }
    let version = invitation::load(req)?.version;
    let around = around(req, &letter)?;
    let terms = Draft::of(terms_of(&letter, &around.delegation.value)).seeing(version);
    let (page, body) = view(req, &letter, &around, &terms, &draft)?;
    Ok(page.again(req, &body))
}

fn end_contact(req: &Req) -> Outcome {
    let letter = invitation::load(req)?.value;
    req.write(|c| contact::end(c, req, &letter, req.form.get("grant")))?;
    Ok(Reply::See(invitation::address(&letter)))
}
