//! The answer form, and its use by staff for what came by letter or telephone. The page behind the
//! link in a letter shows the same form.

use domain::{
    InvitationId, Refusal,
    access::Action,
    clean,
    delegation::Delegation,
    edition::Edition,
    invitation::{Answer, Channel, Invitation, InvitationState, Reply as Recorded},
    revision::{Saved, Versioned},
};
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::{
    contact::{self, Contact},
    invitation,
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, id},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let gate = Gate::Office(Action::File);
    vec![
        get("/editions/{edition}/invitations/{invitation}/answer", gate, blank),
        post("/editions/{edition}/invitations/{invitation}/answer", gate, record),
    ]
}

/// The answers that can be given, as codes.
const ANSWERS: [&str; 4] = ["accepted", "accepted_subject", "substituted", "regrets"];

/// What was typed, once it can be read.
pub struct Typed {
    /// The answer to record.
    pub reply: Recorded,
    /// A contact named with it.
    pub contact: Option<Contact>,
}

/// Reads the form; `channel` says how it came.
pub fn read(
    draft: &mut Draft,
    invitation: &Invitation,
    channel: Option<Channel>,
    now: Timestamp,
) -> Option<Typed> {
    let answer = read_answer(draft);
    let coming = draft.typed.get("answer") != Answer::Regrets.code();
    let people =
        if coming { draft.read("people", |raw| clean::number(raw, 1, 9_999)) } else { Some(0) };
    let note = draft.read("note", clean::paragraph);
    let incoming = draft.read("incoming", clean::line);
    let contact = contact::read(draft, invitation.lang, false);
    let (channel, answer, people) = (channel?, answer?, people?);
    let reply = Recorded { answer, people, note: note?, channel, incoming: incoming?, at: now };
    Some(Typed { reply, contact: contact?.filter(|_| coming) })
}

fn read_answer(draft: &mut Draft) -> Option<Answer> {
    match draft.typed.get("answer") {
        "accepted" => Some(Answer::Accepted { subject_to: String::new() }),
        "accepted_subject" => {
            let subject_to = draft.read("subject_to", clean::required_line)?;
            Some(Answer::Accepted { subject_to })
        }
        "substituted" => {
            let name = draft.read("name", clean::required_line);
            let office = draft.read("office", clean::required_line);
            Some(Answer::Substituted { name: name?, office: office? })
        }
        "regrets" => Some(Answer::Regrets),
        _ => {
            draft.refuse("answer", Refusal::new("choose"));
            None
        }
    }
}

/// The fields as they stand in the record.
pub fn fields_of(invitation: &Invitation) -> Fields {
    let InvitationState::Answered { reply, .. } = &invitation.state else {
        return Fields::default();
    };
    let fields = Fields::default()
        .with("answer", reply.answer.code())
        .with("people", reply.people.to_string())
        .with("note", &reply.note);
    match &reply.answer {
        Answer::Accepted { subject_to } => fields.with("subject_to", subject_to),
        Answer::Substituted { name, office } => fields.with("name", name).with("office", office),
        Answer::Regrets => fields,
    }
}

/// The form.
pub fn form(req: &Req, draft: &Draft, quota: i64, action: &str, staff: bool) -> Markup {
    let t = req.t;
    let show = Show::new(req, draft);
    let channels = [Channel::Letter, Channel::Telephone]
        .map(|c| (c.code().to_owned(), t.get(&format!("invitation-channel-{c}"))));
    let fields = html! {
        @if staff {
            (show.choice("channel", "invitation-channel", &channels))
            (show.line("incoming", "invitation-incoming"))
        }
        (answers(req, &show))
        p.hint { (t.with("reply-quota", &[("n", quota.into())])) }
        (show.input("number", "people", "reply-people"))
        (show.area("note", "reply-note"))
        details open[!draft.typed.get("contact_email").is_empty()] {
            summary { (t.get("reply-contact")) }
            p.hint { (t.get("reply-contact-why")) }
            (contact::fields(&show))
        }
    };
    show.form(action, if staff { "invitation-record" } else { "reply-send" }, &fields)
}

/// The four answers, each followed by what it needs.
fn answers(req: &Req, show: &Show<'_>) -> Markup {
    let t = req.t;
    let typed = show.draft.typed.get("answer");
    let options = ANSWERS.map(|code| (code.to_owned(), t.get(&format!("reply-{code}"))));
    html! {
        fieldset.field.wrongly[show.draft.refused.get("answer").is_some()] id=(id("answer")) {
            legend { (t.get("reply-answer")) }
            (show.notes_among("answer", &options))
            @for (code, label) in &options {
                label.box {
                    input type="radio" name="answer" value=(code) checked[typed == code];
                    " " (label)
                }
                @if code == "accepted_subject" { (show.line("subject_to", "reply-subject-to")) }
                @if code == "substituted" {
                    (show.line("name", "reply-name"))
                    (show.line("office", "reply-office"))
                }
            }
        }
    }
}

/// What stands beside what was typed. How the answer came is this sender's own matter.
fn stands(draft: &Draft, now: &Invitation) -> Fields {
    let own = ["channel", "incoming", "contact_name", "contact_email"];
    own.iter().fold(fields_of(now), |fields, name| fields.with(*name, draft.typed.get(name)))
}

/// Stores an answer and what goes with it. The rules are asked on the record as it stands; while
/// there is no answer yet, nothing of anybody's can be lost, whatever else changed meanwhile.
fn store(
    c: &mut Conn,
    req: &Req,
    edition: &Edition,
    id: InvitationId,
    typed: &Typed,
    seen: i32,
) -> store::Result<Saved<Invitation>> {
    let Versioned { value: mut letter, version } = store::invitation::need(c, id)?;
    let quota = store::delegation::need(c, letter.delegation)?.value.quota;
    let answered = matches!(letter.state, InvitationState::Answered { .. });
    let seen = if answered { seen } else { version };
    letter.answer(edition, quota, typed.reply.clone())?;
    let saved = store::invitation::save(c, &letter, seen)?;
    if matches!(saved, Saved::Stored(_)) {
        if let Some(contact) = &typed.contact {
            contact::appoint(c, req, edition, letter.delegation, contact)?;
        }
        let reply = &typed.reply;
        let detail = json!({
            "answer": reply.answer.code(),
            "people": reply.people,
            "channel": reply.channel,
            "incoming": reply.incoming,
        });
        let mut event = req.event("invitation", letter.id, "answered", detail);
        event.edition = Some(edition.id);
        store::event::append(c, chance::id(), &event)?;
    }
    Ok(saved)
}

/// Reads and stores an answer. `Ok(None)` when it is recorded; else the draft to show again.
pub fn take(
    req: &Req,
    edition: &Edition,
    now: &Versioned<Invitation>,
    channel: Option<Channel>,
    mut draft: Draft,
) -> Result<Option<Draft>, Fault> {
    let Some(typed) = read(&mut draft, &now.value, channel, req.now) else {
        return Ok(Some(draft));
    };
    match req.app.db.write(|c| store(c, req, edition, now.value.id, &typed, draft.seen())) {
        Ok(Saved::Stored(_)) => Ok(None),
        Ok(Saved::Moved(now)) => {
            let stands = stands(&draft, &now.value);
            Ok(Some(draft.moved(stands, now.version)))
        }
        Err(store::Error::Refused(refusal)) if refusal.code == "over-quota" => {
            draft.refuse("people", refusal);
            Ok(Some(draft))
        }
        Err(other) => Err(other.into()),
    }
}

fn page<'a>(req: &Req, edition: &'a Edition, letter: &Invitation) -> Page<'a> {
    let list = format!("/editions/{}/invitations", edition.id);
    Page {
        title: req.t.get("invitation-enter-answer"),
        trail: vec![
            (list, req.t.get("edition-nav-invitations")),
            (invitation::address(letter), letter.reference(edition)),
        ],
        edition: Some(edition),
        ..Page::default()
    }
}

fn delegation(req: &Req, letter: &Invitation) -> Result<Delegation, Fault> {
    Ok(req.read(|c| store::delegation::need(c, letter.delegation))?.value)
}

fn blank(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let now = invitation::load(req)?;
    if now.value.state == InvitationState::Draft {
        return Err(Refusal::new("not-sent").into());
    }
    let quota = delegation(req, &now.value)?.quota;
    let draft = Draft::of(fields_of(&now.value)).seeing(now.version);
    let body = form(req, &draft, quota, &req.path, true);
    Ok(page(req, edition, &now.value).reply(req, &body))
}

fn record(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let now = invitation::load(req)?;
    let mut draft = Draft::of(req.form.clone());
    let channel = draft.read("channel", |raw| match raw.parse() {
        Ok(Channel::Link) | Err(_) => Err(Refusal::new("choose")),
        Ok(channel) => Ok(channel),
    });
    let Some(draft) = take(req, edition, &now, channel, draft)? else {
        return Ok(Reply::See(invitation::address(&now.value)));
    };
    let quota = delegation(req, &now.value)?.quota;
    let body = form(req, &draft, quota, &req.path, true);
    Ok(page(req, edition, &now.value).again(req, &body))
}
