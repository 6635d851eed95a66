//! Topics: proposed by cities, supported by others, decided by the secretariat. What a source calls a
//! proposal is shown as one, with its proposer and its source.

use std::collections::BTreeMap;

use domain::{
    DelegationId, Text, TopicId,
    access::Action,
    edition::Edition,
    revision::Versioned,
    search,
    topic::{Proposer, Topic, TopicState},
};
use maud::{Markup, html};
use outputs::sheet::{Column, Sheet};
use store::Conn;

use super::{topic_act, topic_form};
use crate::web::{
    layout::{self, Page},
    list::{self, Wish},
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
    sheet, text,
};

/// The addresses of this file and of what is done with a topic.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/topics", Gate::Public, index),
        get("/editions/{edition}/topics/export/{format}", Gate::Public, index),
        get("/editions/{edition}/topics/{topic}", Gate::Public, topic_act::show),
    ]
}

/// What topics are shown with.
pub struct Around {
    /// Names of the edition's delegations.
    pub names: BTreeMap<DelegationId, Text>,
    /// Who supports what.
    pub supports: Vec<(TopicId, DelegationId)>,
}

impl Around {
    /// Reads it.
    pub fn load(c: &mut Conn, edition: &Edition) -> store::Result<Self> {
        let delegations = store::delegation::of_edition(c, edition.id)?;
        let names = delegations.into_iter().map(|v| (v.value.id, v.value.name)).collect();
        Ok(Self { names, supports: store::topic::supports(c, edition.id)? })
    }

    /// Who supports a topic.
    pub fn of(&self, topic: TopicId) -> impl Iterator<Item = DelegationId> {
        self.supports.iter().filter(move |(t, _)| *t == topic).map(|(_, d)| *d)
    }
}

/// The topic that the path names, if it belongs to the edition that the path names.
pub fn load(req: &Req) -> Result<Versioned<Topic>, Fault> {
    let id: TopicId = req.param("topic")?;
    let edition = req.edition()?.id;
    let found = req.read(|c| store::topic::get(c, id))?;
    found.filter(|v| v.value.edition == edition).ok_or(Fault::Missing)
}

/// Whether the reader may see what is between the participants: who supports, and why not.
pub fn inside(req: &Req) -> bool {
    Gate::Participants(Action::Read).lets(&req.actor, req.place())
}

/// The state as a mark.
pub fn state(req: &Req, state: &TopicState) -> Markup {
    let class = match state {
        TopicState::Chosen { .. } => "chip ok",
        _ => "chip",
    };
    html! { span class=(class) { (req.t.get(&format!("topic-state-{}", state.code()))) } }
}

/// Who proposed it, in words; a quoted proposal names its source.
pub fn proposer(req: &Req, topic: &Topic, around: &Around) -> Markup {
    let t = req.t;
    match &topic.proposer {
        Proposer::Delegation(id) => html! {
            (t.get("topic-proposed-by")) " "
            @if let Some(name) = around.names.get(id) { (text::text(t, name)) }
        },
        Proposer::Quoted { who, source } => html! {
            (t.get("topic-quoted")) " " (text::text(t, who)) ". "
            (t.get("topic-source")) " " (text::text(t, source))
        },
    }
}

/// How many support it, for sorting and for words.
fn supporters(around: &Around, topic: &Topic) -> usize {
    around.of(topic.id).count()
}

fn index(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let (topics, around) =
        req.read(|c| Ok((store::topic::of_edition(c, edition.id)?, Around::load(c, edition)?)))?;
    let wish = Wish::of(&req.query);
    let wanted = req.query.get("state");
    let said = |topic: &Topic| {
        let by = match &topic.proposer {
            Proposer::Delegation(id) => around.names.get(id).map(Text::words),
            Proposer::Quoted { who, .. } => Some(who.words()),
        };
        search::fold(&format!("{} {}", topic.title.words(), by.unwrap_or_default()))
    };
    let mut found: Vec<&Topic> = topics
        .iter()
        .map(|v| &v.value)
        .filter(|topic| wanted.is_empty() || topic.state.code() == wanted)
        .filter(|topic| search::finds(&said(topic), &wish.q))
        .collect();
    found.sort_by_key(|topic| {
        let rank = match topic.state {
            TopicState::Chosen { .. } => 0,
            TopicState::Proposed => 1,
            TopicState::SetAside { .. } => 2,
        };
        (rank, std::cmp::Reverse(supporters(&around, topic)), topic.id)
    });
    if sheet::asked(req) {
        return sheet::reply(req, "topics", &table(req, edition, &found, &around));
    }
    let body = html! {
        @if !topics.is_empty() { (filters(req, &topics)) }
        ul.cards { @for topic in wish.cut(&found) { (card(req, edition, topic, &around)) } }
        @if found.is_empty() { (nothing(req, edition, topics.is_empty())) }
        (list::pager(req, &wish, found.len()))
        @if !found.is_empty() { (sheet::links(req, &req.path)) }
    };
    let page = Page {
        title: req.t.get("topic-list"),
        lead: Some(html! { (req.t.get("topic-lead")) }),
        main: topic_form::may_propose(req, edition)
            .then(|| (format!("{}/new", req.path), req.t.get("topic-propose"))),
        edition: Some(edition),
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

fn nothing(req: &Req, edition: &Edition, none: bool) -> Markup {
    let key = match (none, edition.takes_topics(req.now)) {
        (false, _) => "topic-none-found",
        (true, true) => "topic-none-open",
        (true, false) => "topic-none",
    };
    layout::empty(&req.t.get(key), None)
}

/// The states with their numbers, and the search box.
fn filters(req: &Req, topics: &[Versioned<Topic>]) -> Markup {
    let t = req.t;
    let wanted = req.query.get("state");
    let count = |code: &str| topics.iter().filter(|v| v.value.state.code() == code).count();
    html! {
        nav.tabs aria-label=(t.get("topic-states")) {
            a href=(req.path) aria-current=[wanted.is_empty().then_some("page")] {
                (t.get("topic-all")) " " (topics.len())
            }
            @for code in ["chosen", "proposed", "set_aside"] {
                a href={ (req.path) "?state=" (code) } aria-current=[(wanted == code).then_some("page")] {
                    (t.get(&format!("topic-state-{code}"))) " " (count(code))
                }
            }
        }
        @let kept = html! {
            @if !wanted.is_empty() { input type="hidden" name="state" value=(wanted); }
        };
        (list::search(req, &t.get("topic-search"), &kept))
    }
}

fn card(req: &Req, edition: &Edition, topic: &Topic, around: &Around) -> Markup {
    let n = supporters(around, topic);
    html! {
        li {
            a href={ "/editions/" (edition.id) "/topics/" (topic.id) } { (text::text(req.t, &topic.title)) }
            p { (state(req, &topic.state)) }
            p { (proposer(req, topic, around)) }
            @if n > 0 { p { (req.t.with("topic-supporters", &[("n", n.into())])) } }
        }
    }
}

/// The list as a file, with every language of every title.
fn table(req: &Req, edition: &Edition, topics: &[&Topic], around: &Around) -> Sheet {
    use domain::Lang::{En, Ru, Zh};
    let keys = ["title-zh", "title-ru", "title-en", "state", "proposer", "source", "supports"];
    let label = |key: &str| req.t.get(&format!("topic-column-{key}"));
    let row = |topic: &&Topic| {
        let title = |lang| topic.title.get(lang).unwrap_or_default();
        let (who, source) = match &topic.proposer {
            Proposer::Delegation(id) => {
                (around.names.get(id).map(|n| text::words(req.t, n)), String::new())
            }
            Proposer::Quoted { who, source } => {
                (Some(text::words(req.t, who)), text::words(req.t, source))
            }
        };
        vec![
            title(Zh).into(),
            title(Ru).into(),
            title(En).into(),
            req.t.get(&format!("topic-state-{}", topic.state.code())).into(),
            who.into(),
            source.into(),
            i64::try_from(supporters(around, topic)).unwrap_or(i64::MAX).into(),
        ]
    };
    Sheet {
        title: req.t.get("topic-list"),
        lang: req.lang(),
        columns: keys.map(|key| Column { key, label: label(key) }).to_vec(),
        rows: topics.iter().map(row).collect(),
        exercise: edition.origin == domain::city::Origin::Demonstration,
    }
}
