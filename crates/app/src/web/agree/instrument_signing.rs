//! Where, when and before whom an instrument is signed: what the document says of its signing, and what
//! the table needs.

use std::collections::BTreeMap;

use domain::{
    Lang, Refusal, SessionId,
    access::Action,
    clean,
    instrument::{Ceremony, Instrument, MOST_WITNESSES},
    person::{PersonName, Styled},
    revision::Saved,
    session::{Session, SessionKind},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    instrument::Opened,
    instrument_form::GATE,
    instrument_page::{button, person},
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, text_fields},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Route, get, post},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let signing = "/editions/{edition}/instruments/{instrument}/signing";
    let witnesses = "/editions/{edition}/instruments/{instrument}/witnesses";
    vec![
        get(signing, GATE, edit),
        post(signing, GATE, save),
        get(witnesses, GATE, asking),
        post(witnesses, GATE, add),
    ]
}

/// A person typed in `name.zh`, `office.zh` and so on: at least one name.
pub fn named(draft: &mut Draft) -> Option<PersonName> {
    let mut styled = BTreeMap::new();
    for lang in Lang::COMPLETE {
        let name = draft.read(&format!("name.{lang}"), clean::line)?;
        let office = draft.read(&format!("office.{lang}"), clean::line)?;
        if !name.is_empty() {
            styled.insert(lang, Styled { name, office, ..Styled::default() });
        } else if !office.is_empty() {
            draft.refuse(&format!("name.{lang}"), Refusal::new("missing"));
        }
    }
    if styled.is_empty() {
        draft.refuse("name.zh", Refusal::new("one-language"));
    }
    (!styled.is_empty() && draft.is_sound()).then_some(PersonName { styled })
}

/// The fields of a person.
pub fn named_fields(name: &PersonName) -> Fields {
    let mut fields = Fields::default();
    for lang in Lang::COMPLETE {
        let styled = name.styled.get(&lang);
        let (name, office) = styled.map_or(("", ""), |s| (s.name.as_str(), s.office.as_str()));
        fields = fields.with(format!("name.{lang}"), name).with(format!("office.{lang}"), office);
    }
    fields
}

/// The sessions of the programme in which instruments are signed.
pub fn sessions(req: &Req) -> Result<Vec<Session>, Fault> {
    let edition = req.edition()?;
    let all = req.read(|c| store::session::of_edition(c, edition.id))?;
    let all = all.into_iter().map(|session| session.value);
    Ok(all.filter(|session| session.kind == SessionKind::Signing).collect())
}

fn fields_of(one: &Instrument) -> Fields {
    let ceremony = &one.ceremony;
    text_fields(Fields::default(), "place", ceremony.place.as_ref())
        .with("at", ceremony.at.map(when::field).unwrap_or_default())
        .with("session", ceremony.session.map(|id| id.to_string()).unwrap_or_default())
        .with("flags", if one.flags { "on" } else { "" })
}

/// The instrument of the path while nobody has finished signing it.
fn unsigned(req: &Req) -> Result<Opened<'_>, Fault> {
    let opened = Opened::inner(req, Action::File)?;
    if opened.value().stage.signed().is_some() {
        return Err(Refusal::new("instrument-signed").into());
    }
    Ok(opened)
}

fn form(req: &Req, draft: &Draft, sessions: &[Session]) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let mut choices = vec![(String::new(), t.get("instrument-session-none"))];
    choices.extend(sessions.iter().map(|s| (s.id.to_string(), text::words(t, &s.title))));
    let flags = [("on".to_owned(), t.get("instrument-flags-on"))];
    let fields = html! {
        (show.text("place", "instrument-place", false))
        (show.input("datetime-local", "at", "instrument-at"))
        (show.choice("session", "instrument-session", &choices))
        (show.boxes("flags", "instrument-flags", &flags))
    };
    show.form(&req.path, "instrument-save", &fields)
}

fn edit(req: &Req) -> Outcome {
    let opened = unsigned(req)?;
    let draft = Draft::of(fields_of(opened.value())).seeing(opened.found.version);
    let body = html! { (form(req, &draft, &sessions(req)?)) (witnesses(req, &opened)) };
    Ok(opened.below(req, req.t.get("instrument-signing-edit")).reply(req, &body))
}

fn witnesses(req: &Req, opened: &Opened<'_>) -> Markup {
    let t = req.t;
    html! {
        h2 { (t.get("instrument-witnesses")) }
        @if opened.value().witnesses.is_empty() { p.hint { (t.get("instrument-witnesses-none")) } }
        ul {
            @for (n, witness) in opened.value().witnesses.iter().enumerate() {
                li {
                    (person(req, witness)) " "
                    (button(opened, "/witnesses", &t.get("instrument-party-remove"), "link", &n.to_string()))
                }
            }
        }
        p { a.button href={ (opened.address()) "/witnesses" } { (t.get("instrument-witness-add")) } }
    }
}

fn save(req: &Req) -> Outcome {
    let opened = unsigned(req)?;
    let sessions = sessions(req)?;
    let mut draft = Draft::of(req.form.clone());
    let place = draft.optional_text("place");
    let at = draft.read("at", when::typed_or_none);
    let session = draft.read("session", |raw| match raw {
        "" => Ok(None),
        raw => {
            let id: Option<SessionId> = raw.parse().ok();
            let known = sessions.iter().find(|s| Some(s.id) == id).map(|s| s.id);
            known.map(Some).ok_or_else(|| Refusal::new("choose"))
        }
    });
    if let (Some(at), Some(session), true) = (at, session, draft.is_sound()) {
        let mut new = opened.value().clone();
        let place = match (&new.ceremony.place, place) {
            (Some(old), Some(new)) => Some(old.revised(&new)),
            (_, place) => place,
        };
        new.ceremony = Ceremony { place, at, session, turn: new.ceremony.turn };
        new.flags = draft.typed.has("flags", "on");
        let saved = req.write(|c| {
            let saved = store::instrument::save(c, &new, draft.seen())?;
            if matches!(saved, Saved::Stored(_)) {
                let event = req.event("instrument", new.id, "signing-planned", json!({}));
                store::event::append(c, chance::id(), &event)?;
            }
            Ok(saved)
        })?;
        match saved {
            Saved::Stored(_) => return Ok(Reply::See(opened.address())),
            Saved::Moved(now) => draft = draft.moved(fields_of(&now.value), now.version),
        }
    }
    let body = html! { (form(req, &draft, &sessions)) (witnesses(req, &opened)) };
    Ok(opened.below(req, req.t.get("instrument-signing-edit")).again(req, &body))
}

fn witness_form(req: &Req, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        (show.text("name", "instrument-witness-name", false))
        (show.text("office", "instrument-office", false))
    };
    show.form(&req.path, "instrument-witness-add", &fields)
}

fn asking(req: &Req) -> Outcome {
    let opened = unsigned(req)?;
    let page = opened.below(req, req.t.get("instrument-witness-add"));
    Ok(page.reply(req, &witness_form(req, &Draft::default())))
}

fn add(req: &Req) -> Outcome {
    let opened = unsigned(req)?;
    let signing = format!("{}/signing", opened.address());
    if let Ok(out) = req.form.get("what").parse::<usize>() {
        opened.unmoved(req)?;
        req.write(|c| {
            let mut now = store::instrument::need(c, opened.value().id)?;
            if now.version != opened.found.version || out >= now.value.witnesses.len() {
                return Err(Refusal::new("instrument-changed").into());
            }
            now.value.witnesses.remove(out);
            opened.keep(req, c, &now, ("witness-removed", &json!({})))
        })?;
        return Ok(Reply::See(signing));
    }
    let mut draft = Draft::of(req.form.clone());
    if let Some(witness) = named(&mut draft) {
        let full = req.write(|c| {
            let mut now = store::instrument::need(c, opened.value().id)?;
            if now.value.witnesses.len() >= MOST_WITNESSES {
                return Ok(true);
            }
            now.value.witnesses.push(witness.clone());
            opened.keep(req, c, &now, ("witness-added", &json!({})))?;
            Ok(false)
        })?;
        if !full {
            return Ok(Reply::See(signing));
        }
        let refusal = Refusal::new("instrument-witnesses").with("most", MOST_WITNESSES);
        draft.refuse("name.zh", refusal);
    }
    let page = opened.below(req, req.t.get("instrument-witness-add"));
    Ok(page.again(req, &witness_form(req, &draft)))
}
