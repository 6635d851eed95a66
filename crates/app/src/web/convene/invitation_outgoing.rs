//! Sending letters and reminders: one, or those ticked on a page that first shows who they are.
//! A letter with an address goes by mail with a link to answer; one without is noted as gone by post.

use domain::{
    InvitationId, Refusal,
    access::Action,
    account::Purpose,
    edition::Edition,
    invitation::{Invitation, InvitationState},
    revision::Versioned,
};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::invitation;
use crate::{
    chance, mailer,
    web::{
        layout::{self, Page},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, when,
    },
};

const GATE: Gate = Gate::Secretariat(Action::Decide);

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/invitations/send", GATE, ready),
        post("/editions/{edition}/invitations/send", GATE, send_many),
        get("/editions/{edition}/invitations/remind", GATE, due),
        post("/editions/{edition}/invitations/remind", GATE, remind_many),
        post("/editions/{edition}/invitations/{invitation}/send", GATE, send_one),
        post("/editions/{edition}/invitations/{invitation}/link", GATE, link_again),
    ]
}

/// What leaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The letter.
    Letter,
    /// A reminder of an unanswered letter.
    Reminder,
    /// The link once more, because it was lost or the address was wrong.
    Link,
}

impl Kind {
    fn verb(self) -> &'static str {
        match self {
            Kind::Letter => "sent",
            Kind::Reminder => "reminded",
            Kind::Link => "link_sent",
        }
    }
}

fn all(req: &Req, edition: &Edition) -> Result<Vec<Versioned<Invitation>>, Fault> {
    let mut all = req.read(|c| store::invitation::of_edition(c, edition.id))?;
    all.sort_by_key(|v| v.value.number);
    Ok(all)
}

fn ready(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let drafts = all(req, edition)?;
    let drafts = drafts.into_iter().filter(|v| v.value.state == InvitationState::Draft);
    let (ready, unready): (Vec<_>, Vec<_>) =
        drafts.map(|v| v.value).partition(|i| i.clone().send(req.now).is_ok());
    list_page(req, edition, "invitation-send", &ready, &unready)
}

fn due(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let due = all(req, edition)?.into_iter().map(|v| v.value);
    let due = due.filter(|i| i.reminder_due(edition, req.now));
    let (by_mail, by_post): (Vec<_>, Vec<_>) = due.partition(|i| !i.email.is_empty());
    list_page(req, edition, "invitation-remind", &by_mail, &by_post)
}

/// Who it goes to, each with a box; and those to whom it cannot go, with the reason.
fn list_page(
    req: &Req,
    edition: &Edition,
    key: &str,
    go: &[Invitation],
    stay: &[Invitation],
) -> Outcome {
    let t = req.t;
    let names = req.read(|c| {
        let all = store::delegation::of_edition(c, edition.id)?;
        Ok(all.into_iter().map(|v| (v.value.id, v.value.name)).collect::<Vec<_>>())
    })?;
    let name = |i: &Invitation| {
        let found = names.iter().find(|(id, _)| *id == i.delegation);
        html! { @if let Some((_, name)) = found { (text::text(t, name)) } }
    };
    let body = html! {
        @if go.is_empty() { (layout::empty(&t.get(&format!("{key}-none")), None)) } @else {
            form method="post" action=(req.path) {
                fieldset.field {
                    legend { (t.get(&format!("{key}-whom"))) }
                    @for i in go {
                        label.box {
                            input type="checkbox" name="invitation" value=(i.id) checked;
                            span {
                                (i.reference(edition)) " · " (name(i)) " · "
                                @if i.email.is_empty() { (t.get("invitation-by-post")) }
                                @else { bdi { (i.email) } }
                                " · " (when::date(t.lang, i.reply_by))
                            }
                        }
                    }
                }
                div.actions { button.main type="submit" { (t.get(key)) } }
            }
        }
        @if !stay.is_empty() {
            h2 { (t.get(&format!("{key}-not"))) }
            ul {
                @for i in stay {
                    li { a href=(invitation::address(i)) { (i.reference(edition)) } " · " (name(i)) }
                }
            }
        }
    };
    let list = (format!("/editions/{}/invitations", edition.id), t.get("edition-nav-invitations"));
    let page =
        Page { title: t.get(key), trail: vec![list], edition: Some(edition), ..Page::default() };
    Ok(page.reply(req, &body))
}

/// The invitations ticked, each with a fresh secret for its link.
fn ticked(req: &Req) -> Result<Vec<(InvitationId, String)>, Fault> {
    let ids = req.form.all("invitation").filter_map(|id| id.parse().ok());
    ids.map(|id| Ok((id, chance::secret()?))).collect()
}

fn send_many(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let ticked = ticked(req)?;
    req.write(|c| {
        for (id, secret) in &ticked {
            let now = need(c, edition, *id)?;
            if now.value.state == InvitationState::Draft {
                dispatch(c, req, edition, now, secret, Kind::Letter)?;
            }
        }
        Ok(())
    })?;
    Ok(Reply::See(format!("/editions/{}/invitations", edition.id)))
}

fn remind_many(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let ticked = ticked(req)?;
    req.write(|c| {
        for (id, secret) in &ticked {
            let now = need(c, edition, *id)?;
            if now.value.reminder_due(edition, req.now) && !now.value.email.is_empty() {
                dispatch(c, req, edition, now, secret, Kind::Reminder)?;
            }
        }
        Ok(())
    })?;
    Ok(Reply::See(format!("/editions/{}/invitations", edition.id)))
}

fn send_one(req: &Req) -> Outcome {
    one(req, Kind::Letter)
}

fn link_again(req: &Req) -> Outcome {
    one(req, Kind::Link)
}

fn one(req: &Req, kind: Kind) -> Outcome {
    let edition = req.edition()?;
    let (id, secret) = (invitation::load(req)?.value.id, chance::secret()?);
    let sent = req.write(|c| {
        let now = need(c, edition, id)?;
        if kind == Kind::Link && now.value.state == InvitationState::Draft {
            return Err(Refusal::new("not-sent").into());
        }
        if kind == Kind::Link && now.value.email.is_empty() {
            return Err(Refusal::new("no-address").into());
        }
        dispatch(c, req, edition, now, &secret, kind)
    })?;
    Ok(Reply::See(invitation::address(&sent)))
}

fn need(c: &mut Conn, edition: &Edition, id: InvitationId) -> store::Result<Versioned<Invitation>> {
    let found = store::invitation::need(c, id)?;
    if found.value.edition == edition.id { Ok(found) } else { Err(store::Error::Missing) }
}

/// Changes the state, mints the link and queues the mail, all in one transaction.
fn dispatch(
    c: &mut Conn,
    req: &Req,
    edition: &Edition,
    now: Versioned<Invitation>,
    secret: &str,
    kind: Kind,
) -> store::Result<Invitation> {
    let Versioned { value: mut letter, version } = now;
    match kind {
        Kind::Letter => letter.send(req.now)?,
        Kind::Reminder => letter.reminded = Some(req.now),
        Kind::Link => {}
    }
    if kind != Kind::Link {
        store::invitation::save(c, &letter, version)?;
    }
    if !letter.email.is_empty() {
        let subject = letter.id.to_string();
        store::token::insert(c, &chance::hash(secret), Purpose::Reply, &subject, edition.ends())?;
        let host = store::city::need(c, edition.host)?.value;
        let base = &req.app.config.public_url;
        let link = format!("{base}/reply/{secret}?lang={}", letter.lang);
        let mail = match kind {
            Kind::Reminder => mailer::reminder(edition, &letter, &link),
            Kind::Letter | Kind::Link => mailer::invitation(edition, &host.name, &letter, &link),
        };
        store::mail::enqueue(c, &mail, req.now)?;
    }
    let detail = json!({ "by": if letter.email.is_empty() { "post" } else { "mail" } });
    store::event::append(
        c,
        chance::id(),
        &req.event("invitation", letter.id, kind.verb(), detail),
    )?;
    Ok(letter)
}

/// The buttons of a letter's page that belong here.
pub fn buttons(req: &Req, letter: &Invitation) -> Markup {
    let (t, base) = (req.t, invitation::address(letter));
    let act = |verb: &str, key: &str, class: &str| {
        crate::web::form::act(&format!("{base}/{verb}"), &t.get(key), class, &[])
    };
    let send = if letter.email.is_empty() { "invitation-sent-by-post" } else { "invitation-send" };
    html! {
        @if letter.state == InvitationState::Draft {
            @if letter.clone().send(req.now).is_ok() {
                (act("send", send, "main"))
            } @else {
                p.notice.warn { (t.get("invitation-incomplete")) }
            }
        } @else if !letter.email.is_empty() {
            (act("link", "invitation-link-again", ""))
        }
    }
}
