//! Proposing a topic and mending the proposal. A contact proposes for its own delegation while the
//! call is open; the organisers also enter what came by letter and what a source quotes.

use domain::{
    DelegationId, Refusal, Text,
    access::{Action, Object, Visibility},
    clean,
    edition::Edition,
    revision::Saved,
    topic::{Proposer, Topic, TopicState},
};
use maud::{Markup, html};
use serde_json::json;

use super::topic::{self, Around};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, text_fields},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

const GATE: Gate = Gate::Participants(Action::File);
/// The choice of a proposer who is no delegation.
const QUOTED: &str = "quoted";

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/topics/new", GATE, blank),
        post("/editions/{edition}/topics", GATE, propose),
        get("/editions/{edition}/topics/{topic}/edit", GATE, edit),
        post("/editions/{edition}/topics/{topic}/edit", GATE, save),
    ]
}

fn is_office(req: &Req) -> bool {
    Gate::Office(Action::File).lets(&req.actor, req.place())
}

/// Whether the reader can propose a topic now.
pub fn may_propose(req: &Req, edition: &Edition) -> bool {
    let contact = !req.actor.speaks_for(edition.id).is_empty();
    is_office(req) || (contact && edition.takes_topics(req.now))
}

/// Whether the reader may mend this proposal: its proposer until it is decided, the organisers always.
pub fn may_mend(req: &Req, topic: &Topic) -> bool {
    let own = match &topic.proposer {
        Proposer::Delegation(id) => req.may(Action::File, &object(req, *id)),
        Proposer::Quoted { .. } => false,
    };
    is_office(req) || (own && topic.state == TopicState::Proposed)
}

fn object(req: &Req, delegation: DelegationId) -> Object {
    Object { place: req.place(), visibility: Visibility::Parties(vec![delegation]) }
}

/// For whom the reader can propose.
fn proposers(req: &Req, around: &Around) -> Vec<DelegationId> {
    let may = |id: &DelegationId| req.may(Action::File, &object(req, *id));
    around.names.keys().copied().filter(may).collect()
}

fn page<'a>(req: &Req, edition: &'a Edition, title: &str) -> Page<'a> {
    let list = (format!("/editions/{}/topics", edition.id), req.t.get("edition-nav-topics"));
    Page { title: req.t.get(title), trail: vec![list], edition: Some(edition), ..Page::default() }
}

fn blank(req: &Req) -> Outcome {
    let edition = req.edition()?;
    if !is_office(req) {
        Topic::propose(edition, req.now)?;
    }
    let around = req.read(|c| Around::load(c, edition))?;
    let first = proposers(req, &around).first().map(ToString::to_string);
    let draft = Draft::of(Fields::default().with("proposer", first.unwrap_or_default()));
    Ok(page(req, edition, "topic-propose").reply(req, &form(req, &draft, &around, None)))
}

fn propose(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let around = req.read(|c| Around::load(c, edition))?;
    let mut draft = Draft::of(req.form.clone());
    let title = draft.text("title", clean::line);
    let summary = draft.optional_text("summary");
    let proposer = read_proposer(req, &mut draft, &around);
    let (Some(title), Some(proposer), true) = (title, proposer, draft.is_sound()) else {
        let form = form(req, &draft, &around, None);
        return Ok(page(req, edition, "topic-propose").again(req, &form));
    };
    if !is_office(req) {
        Topic::propose(edition, req.now)?;
    }
    let state = TopicState::Proposed;
    let topic = Topic { id: chance::id(), edition: edition.id, title, summary, proposer, state };
    req.write(|c| {
        store::topic::insert(c, &topic)?;
        store::event::append(c, chance::id(), &req.event("topic", topic.id, "proposed", json!({})))
    })?;
    Ok(Reply::See(format!("/editions/{}/topics/{}", edition.id, topic.id)))
}

fn read_proposer(req: &Req, draft: &mut Draft, around: &Around) -> Option<Proposer> {
    if draft.typed.get("proposer") == QUOTED && is_office(req) {
        let who = draft.text("who", clean::line);
        let source = draft.text("source", clean::line);
        return Some(Proposer::Quoted { who: who?, source: source? });
    }
    let mine = proposers(req, around);
    let chosen = draft.read("proposer", |raw| {
        let id = raw.parse().ok().filter(|id| mine.contains(id));
        id.ok_or_else(|| Refusal::new("choose"))
    });
    chosen.map(Proposer::Delegation)
}

fn fields_of(topic: &Topic) -> Fields {
    let fields = text_fields(Fields::default(), "title", Some(&topic.title));
    text_fields(fields, "summary", topic.summary.as_ref())
}

fn edit(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let now = topic::load(req)?;
    if !may_mend(req, &now.value) {
        return Err(Fault::Forbidden);
    }
    let around = req.read(|c| Around::load(c, edition))?;
    let draft = Draft::of(fields_of(&now.value)).seeing(now.version);
    let form = form(req, &draft, &around, Some(&now.value));
    Ok(page(req, edition, "topic-edit").reply(req, &form))
}

fn save(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let mut topic = topic::load(req)?.value;
    if !may_mend(req, &topic) {
        return Err(Fault::Forbidden);
    }
    let around = req.read(|c| Around::load(c, edition))?;
    let mut draft = Draft::of(req.form.clone());
    let title = draft.text("title", clean::line);
    let summary = draft.optional_text("summary");
    if let (Some(title), true) = (title, draft.is_sound()) {
        topic.title = topic.title.revised(&title);
        topic.summary = match (&topic.summary, summary) {
            (Some(old), Some(new)) => Some(old.revised(&new)),
            (_, new) => new,
        };
        let saved = req.write(|c| {
            let saved = store::topic::save(c, &topic, draft.seen())?;
            if matches!(saved, Saved::Stored(_)) {
                let event = req.event("topic", topic.id, "changed", json!({}));
                store::event::append(c, chance::id(), &event)?;
            }
            Ok(saved)
        })?;
        match saved {
            Saved::Stored(_) => {
                let address = format!("/editions/{}/topics/{}", edition.id, topic.id);
                return Ok(Reply::See(address));
            }
            Saved::Moved(now) => draft = draft.moved(fields_of(&now.value), now.version),
        }
    }
    let form = form(req, &draft, &around, Some(&topic));
    Ok(page(req, edition, "topic-edit").again(req, &form))
}

/// The form; the proposer is asked for a new topic only.
fn form(req: &Req, draft: &Draft, around: &Around, old: Option<&Topic>) -> Markup {
    let show = Show::new(req, draft);
    let action = match old {
        Some(_) => req.path.clone(),
        None => req.path.trim_end_matches("/new").to_owned(),
    };
    let fields = html! {
        (show.text("title", "topic-title", false))
        (show.text("summary", "topic-summary", true))
        @if old.is_none() { (proposer_fields(req, &show, around)) }
    };
    show.form(&action, if old.is_some() { "topic-save" } else { "topic-propose" }, &fields)
}

fn proposer_fields(req: &Req, show: &Show<'_>, around: &Around) -> Markup {
    let named = |id: &DelegationId| {
        let name = around.names.get(id).map(|name: &Text| text::words(req.t, name));
        (id.to_string(), name.unwrap_or_default())
    };
    let mut options: Vec<_> = proposers(req, around).iter().map(named).collect();
    let office = is_office(req);
    if office {
        options.push((QUOTED.to_owned(), req.t.get("topic-proposer-quoted")));
    }
    html! {
        @if let ([(only, name)], false) = (options.as_slice(), office) {
            input type="hidden" name="proposer" value=(only);
            p { (req.t.get("topic-proposed-by")) " " bdi { (name) } }
        } @else {
            (show.choice("proposer", "topic-proposer", &options))
        }
        @if office {
            details open[show.draft.typed.get("proposer") == QUOTED] {
                summary { (req.t.get("topic-proposer-quoted")) }
                (show.text("who", "topic-who", false))
                (show.text("source", "topic-said-in", false))
            }
        }
    }
}
