//! One topic: where it comes from, who supports it, and the decision with its reason.

use domain::{
    DelegationId, Refusal, Text,
    access::Action,
    edition::Edition,
    revision::{Saved, Versioned},
    topic::{Topic, TopicState},
};
use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::json;
use store::event::Line;

use super::{
    topic::{self, Around},
    topic_form,
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, act, text_fields},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, post},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let (file, decide) = (Gate::Participants(Action::File), Gate::Secretariat(Action::Decide));
    vec![
        post("/editions/{edition}/topics/{topic}/support", file, support),
        post("/editions/{edition}/topics/{topic}/unsupport", file, unsupport),
        post("/editions/{edition}/topics/{topic}/decision", decide, decision),
    ]
}

/// The page of a topic.
pub fn show(req: &Req) -> Outcome {
    let now = topic::load(req)?;
    let draft = Draft::of(decided_fields(&now.value)).seeing(now.version);
    let (page, body) = view(req, &now, &draft)?;
    Ok(page.reply(req, &body))
}

fn view<'a>(
    req: &'a Req,
    now: &Versioned<Topic>,
    draft: &Draft,
) -> Result<(Page<'a>, Markup), Fault> {
    let t = req.t;
    let (edition, topic) = (req.edition()?, &now.value);
    let (around, trail) = req.read(|c| {
        let trail = store::event::of_object(c, "topic", &topic.id.to_string())?;
        Ok((Around::load(c, edition)?, trail))
    })?;
    let decides = Gate::Secretariat(Action::Decide).lets(&req.actor, req.place());
    let body = html! {
        p { (topic::state(req, &topic.state)) }
        @if let Some(summary) = &topic.summary { p { (text::text(t, summary)) } }
        (supporters(req, topic, &around))
        (provenance(req, edition, topic, &around, &trail))
        @if topic_form::may_mend(req, topic) {
            div.actions { a.button href={ (address(edition, topic)) "/edit" } { (t.get("topic-edit")) } }
        }
        @if decides { (decision_form(req, edition, topic, draft)) }
    };
    let list = (format!("/editions/{}/topics", edition.id), t.get("edition-nav-topics"));
    let page = Page {
        title: text::words(t, &topic.title),
        trail: vec![list],
        edition: Some(edition),
        ..Page::default()
    };
    Ok((page, body))
}

fn address(edition: &Edition, topic: &Topic) -> String {
    format!("/editions/{}/topics/{}", edition.id, topic.id)
}

/// How many support it; who, for participants; and the button of each delegation of the reader.
fn supporters(req: &Req, topic: &Topic, around: &Around) -> Markup {
    let t = req.t;
    let support: Vec<DelegationId> = around.of(topic.id).collect();
    let base = format!("/editions/{}/topics/{}", topic.edition, topic.id);
    let button = |mine: DelegationId| {
        let (verb, key) = if support.contains(&mine) {
            ("unsupport", "topic-unsupport")
        } else {
            ("support", "topic-support")
        };
        let name = around.names.get(&mine).map(|n| text::words(t, n)).unwrap_or_default();
        let label = t.with(key, &[("name", name.into())]);
        act(&format!("{base}/{verb}"), &label, "", &[("delegation", &mine.to_string())])
    };
    let can = |mine: &DelegationId| topic.support(*mine).is_ok();
    let mine = req.actor.speaks_for(topic.edition);
    html! {
        h2 { (t.get("topic-support-title")) }
        p {
            @if support.is_empty() { (t.get("topic-support-none")) }
            @else { (t.with("topic-supporters", &[("n", support.len().into())])) }
        }
        @if topic::inside(req) && !support.is_empty() {
            ul {
                @for name in support.iter().filter_map(|d| around.names.get(d)) {
                    li { (text::text(t, name)) }
                }
            }
        }
        @for delegation in mine.into_iter().filter(can) { (button(delegation)) }
    }
}

/// Where the topic comes from and what became of it.
fn provenance(
    req: &Req,
    edition: &Edition,
    topic: &Topic,
    around: &Around,
    trail: &[Line],
) -> Markup {
    let t = req.t;
    let zone = edition.time_zone();
    let day = |at: Timestamp| when::date(t.lang, at.to_zoned(zone.clone()).date());
    let first = |verb: &str| trail.iter().find(|line| line.verb == verb).map(|line| line.at);
    let decided: Option<(&Text, Timestamp)> = match &topic.state {
        TopicState::Proposed => None,
        TopicState::Chosen { reason, at } | TopicState::SetAside { reason, at } => {
            Some((reason, *at))
        }
    };
    let told = matches!(topic.state, TopicState::Chosen { .. }) || topic::inside(req);
    html! {
        h2 { (t.get("topic-provenance")) }
        dl.facts {
            dt { (t.get("topic-proposer")) }
            dd { (topic::proposer(req, topic, around)) }
            @if let Some(at) = first("proposed") {
                dt { (t.get("topic-proposed-on")) }
                dd { (day(at)) }
            }
            @if let Some((reason, at)) = decided {
                dt { (t.get("topic-decided-on")) }
                dd { (day(at)) }
                @if told {
                    dt { (t.get("topic-reason")) }
                    dd { (text::text(t, reason)) }
                }
            }
        }
    }
}

fn decision_form(req: &Req, edition: &Edition, topic: &Topic, draft: &Draft) -> Markup {
    let t = req.t;
    let show = Show::new(req, draft);
    let options = ["", "chosen", "set_aside"].map(|code| {
        let key = if code.is_empty() { "open" } else { code };
        (code.to_owned(), t.get(&format!("topic-decision-{key}")))
    });
    let fields = html! {
        (show.choice("decision", "topic-decision", &options))
        (show.text("reason", "topic-reason", true))
    };
    html! {
        h2 { (t.get("topic-decide")) }
        (show.form(&format!("{}/decision", address(edition, topic)), "topic-decide", &fields))
    }
}

/// The delegation named in a form, if the reader is its contact: nobody supports for another.
fn own_delegation(req: &Req) -> Result<DelegationId, Fault> {
    let named: Option<DelegationId> = req.form.get("delegation").parse().ok();
    let mine = req.actor.speaks_for(req.edition()?.id);
    named.filter(|d| mine.contains(d)).ok_or(Fault::Forbidden)
}

fn support(req: &Req) -> Outcome {
    let (topic, by) = (topic::load(req)?.value.id, own_delegation(req)?);
    req.write(|c| {
        store::topic::need(c, topic)?.value.support(by)?;
        if store::topic::support(c, topic, by, req.now)? {
            let event = req.event("topic", topic, "supported", json!({ "delegation": by }));
            store::event::append(c, chance::id(), &event)?;
        }
        Ok(())
    })?;
    Ok(Reply::See(req.path.trim_end_matches("/support").to_owned()))
}

fn unsupport(req: &Req) -> Outcome {
    let (topic, by) = (topic::load(req)?.value.id, own_delegation(req)?);
    req.write(|c| {
        store::topic::need(c, topic)?.value.support(by)?;
        store::topic::unsupport(c, topic, by)?;
        let event = req.event("topic", topic, "unsupported", json!({ "delegation": by }));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(req.path.trim_end_matches("/unsupport").to_owned()))
}

fn decision(req: &Req) -> Outcome {
    let mut now = topic::load(req)?;
    let mut draft = Draft::of(req.form.clone());
    let chosen = draft.read("decision", |raw| match raw {
        "chosen" => Ok(true),
        "set_aside" => Ok(false),
        _ => Err(Refusal::new("choose")),
    });
    let reason = draft.optional_text("reason");
    if reason.is_none() && draft.is_sound() {
        draft.refuse("reason.zh", Refusal::new("reason-missing"));
    }
    if let (Some(chosen), Some(reason), true) = (chosen, reason, draft.is_sound()) {
        let mut topic = now.value.clone();
        topic.decide(chosen, reason, req.now);
        let saved = req.write(|c| {
            let saved = store::topic::save(c, &topic, draft.seen())?;
            if matches!(saved, Saved::Stored(_)) {
                let verb = if chosen { "chosen" } else { "set_aside" };
                let event = req.event("topic", topic.id, verb, json!({}));
                store::event::append(c, chance::id(), &event)?;
            }
            Ok(saved)
        })?;
        match saved {
            Saved::Stored(_) => {
                return Ok(Reply::See(req.path.trim_end_matches("/decision").to_owned()));
            }
            Saved::Moved(moved) => {
                draft = draft.moved(decided_fields(&moved.value), moved.version);
                now = moved;
            }
        }
    }
    let (page, body) = view(req, &now, &draft)?;
    Ok(page.again(req, &body))
}

fn decided_fields(topic: &Topic) -> Fields {
    let (reason, code) = match &topic.state {
        TopicState::Proposed => (None, ""),
        TopicState::Chosen { reason, .. } | TopicState::SetAside { reason, .. } => {
            (Some(reason), topic.state.code())
        }
    };
    text_fields(Fields::default().with("decision", code), "reason", reason)
}
