//! Editions, topics and released programmes in the public interface. Bilaterals are no part of it.

use std::collections::BTreeMap;

use domain::{
    CityId, DelegationId, EditionId, HallId, Lang, SessionId, Text, TopicId,
    access::Actor,
    city::Origin,
    edition::{Call, Edition, Mode},
    programme::{Activity, Company, Entry, Sight, sight},
    session::SessionKind,
    topic::{Proposer, Topic},
};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    api_answer::{Problem, answer, asked},
    api_shape::{
        List, PageParams, Paging, Words, day, langs, mark, mode, origin, session_kind, topic_state,
    },
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/editions", Gate::Public, editions),
        get("/api/v1/editions/{edition}", Gate::Public, edition),
        get("/api/v1/editions/{edition}/programme", Gate::Public, programme),
        get("/api/v1/editions/{edition}/topics", Gate::Public, topics),
    ]
}

/// A call for topics.
#[derive(Serialize, ToSchema)]
struct CallOut {
    /// What is asked of the cities.
    brief: Words,
    /// The first day on which a topic can be proposed.
    #[schema(value_type = String, format = Date)]
    opens: Date,
    /// The last day, in the edition's zone.
    #[schema(value_type = String, format = Date)]
    closes: Date,
}

impl From<&Call> for CallOut {
    fn from(call: &Call) -> Self {
        Self { brief: Words::from(&call.brief), opens: call.opens, closes: call.closes }
    }
}

/// One holding of the dialogue.
#[derive(Serialize, ToSchema)]
pub(super) struct EditionOut {
    /// Its identifier.
    #[schema(value_type = String, format = Uuid)]
    id: EditionId,
    /// Its title.
    title: Words,
    /// The host city.
    #[schema(value_type = String, format = Uuid)]
    host: CityId,
    /// How people meet.
    #[schema(schema_with = mode)]
    mode: Mode,
    /// IANA zone of its times.
    zone: String,
    /// First day.
    #[schema(value_type = String, format = Date)]
    first_day: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    last_day: Date,
    /// Who initiates it.
    initiators: Vec<Words>,
    /// Languages of the meeting.
    #[schema(schema_with = langs)]
    languages: Vec<Lang>,
    /// The call for topics, once opened.
    call: Option<CallOut>,
    /// Fact or demonstration.
    #[schema(schema_with = origin)]
    origin: Origin,
    /// The mark of a demonstration, to be shown wherever this is shown.
    mark: Option<&'static str>,
}

impl From<&Edition> for EditionOut {
    fn from(edition: &Edition) -> Self {
        Self {
            id: edition.id,
            title: Words::from(&edition.title),
            host: edition.host,
            mode: edition.mode,
            zone: edition.zone.clone(),
            first_day: edition.first_day,
            last_day: edition.last_day,
            initiators: edition.initiators.iter().map(Words::from).collect(),
            languages: edition.languages.clone(),
            call: edition.call.as_ref().map(CallOut::from),
            origin: edition.origin,
            mark: mark(is_exercise(edition)),
        }
    }
}

fn is_exercise(edition: &Edition) -> bool {
    edition.origin == Origin::Demonstration
}

/// A session of a released programme.
#[derive(Serialize, ToSchema)]
struct Item {
    /// The session.
    #[schema(value_type = String, format = Uuid)]
    session: SessionId,
    /// What kind it is.
    #[schema(schema_with = session_kind)]
    kind: SessionKind,
    /// Its title.
    title: Words,
    /// The site.
    venue: Words,
    /// The hall.
    #[schema(value_type = String, format = Uuid)]
    hall: HallId,
    /// The hall's name.
    hall_name: Words,
    /// From this instant.
    #[schema(value_type = String, format = DateTime)]
    start: jiff::Timestamp,
    /// Until this instant.
    #[schema(value_type = String, format = DateTime)]
    end: jiff::Timestamp,
    /// Languages spoken and interpreted.
    #[schema(schema_with = langs)]
    languages: Vec<Lang>,
}

impl Item {
    /// An entry as the public may see it; `None` for all others, bilaterals among them.
    fn of(entry: &Entry, edition: &Edition) -> Option<Self> {
        let (Activity::Session(session), Company::Session(kind, _)) =
            (entry.slot.activity, &*entry.company)
        else {
            return None;
        };
        (sight(entry, &Actor::default(), edition) == Sight::Full).then(|| Self {
            session,
            kind: *kind,
            title: Words::from(&entry.title),
            venue: Words::from(&*entry.venue),
            hall: entry.slot.hall,
            hall_name: Words::from(&*entry.hall),
            start: entry.slot.start,
            end: entry.slot.end(),
            languages: entry.languages.to_vec(),
        })
    }
}

/// The sessions of the newest released programme.
#[derive(Serialize, ToSchema)]
pub(super) struct Programme {
    /// The edition.
    #[schema(value_type = String, format = Uuid)]
    edition: EditionId,
    /// The release's number, counted from 1.
    #[schema(minimum = 1)]
    number: i32,
    /// When it was released.
    #[schema(value_type = String, format = DateTime)]
    released: jiff::Timestamp,
    /// IANA zone in which its times are to be told.
    zone: String,
    /// Its sessions, by start.
    sessions: Vec<Item>,
    /// The mark of a demonstration, to be shown wherever this is shown.
    mark: Option<&'static str>,
}

/// A proposed topic.
#[derive(Serialize, ToSchema)]
pub(super) struct TopicOut {
    /// Its identifier.
    #[schema(value_type = String, format = Uuid)]
    id: TopicId,
    /// Its title.
    title: Words,
    /// Why it matters.
    summary: Option<Words>,
    /// Who proposed it.
    proposer: Option<Words>,
    /// Where the proposal is found, when it was not filed here.
    source: Option<Words>,
    /// Whether it waits, is on the agenda, or is not this time.
    #[schema(schema_with = topic_state)]
    state: &'static str,
}

impl TopicOut {
    fn of(topic: &Topic, names: &BTreeMap<DelegationId, Text>) -> Self {
        let (proposer, source) = match &topic.proposer {
            Proposer::Delegation(id) => (names.get(id).map(Words::from), None),
            Proposer::Quoted { who, source } => (Some(Words::from(who)), Some(Words::from(source))),
        };
        Self {
            id: topic.id,
            title: Words::from(&topic.title),
            summary: topic.summary.as_ref().map(Words::from),
            proposer,
            source,
            state: topic.state.code(),
        }
    }
}

/// The editions, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/editions",
    params(PageParams),
    responses(
        (
            status = 200,
            description = "One page of them",
            body = List<EditionOut>,
            links(
                ("edition" = (
                    operation_id = "edition",
                    parameters(("edition" = "$response.body#/items/0/id"))
                )),
                ("programme" = (
                    operation_id = "programme",
                    parameters(("edition" = "$response.body#/items/0/id"))
                )),
                ("topics" = (
                    operation_id = "topics",
                    parameters(("edition" = "$response.body#/items/0/id"))
                ))
            )
        ),
        (status = 400, description = "A parameter cannot be read", body = Problem),
    )
)]
pub(super) fn editions(req: &Req) -> Outcome {
    let paging = Paging::of(req)?;
    let mut editions: Vec<Edition> =
        req.read(store::edition::all)?.into_iter().map(|edition| edition.value).collect();
    editions.sort_by_key(|edition| std::cmp::Reverse((edition.first_day, edition.id)));
    let exercise = editions.iter().any(is_exercise);
    answer(req, &paging.cut(&editions, |edition| EditionOut::from(edition), exercise))
}

/// One edition.
#[utoipa::path(
    get,
    path = "/api/v1/editions/{edition}",
    params(("edition" = String, Path, format = Uuid, description = "The edition's identifier")),
    responses(
        (status = 200, description = "The edition", body = EditionOut),
        (status = 404, description = "There is no such edition", body = Problem),
    )
)]
pub(super) fn edition(req: &Req) -> Outcome {
    answer(req, &EditionOut::from(req.edition()?))
}

/// What can be asked of a programme.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameter that the handler reads")]
pub(super) struct DayParam {
    /// One day, in the edition's zone.
    #[param(value_type = Option<String>, format = Date)]
    day: Option<String>,
}

/// The sessions of the newest released programme.
#[utoipa::path(
    get,
    path = "/api/v1/editions/{edition}/programme",
    params(
        ("edition" = String, Path, format = Uuid, description = "The edition's identifier"),
        DayParam,
    ),
    responses(
        (status = 200, description = "The sessions", body = Programme),
        (status = 400, description = "A parameter cannot be read", body = Problem),
        (status = 404, description = "There is no such edition, or no release", body = Problem),
    )
)]
pub(super) fn programme(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let wanted = asked(req, "day", day)?;
    let release = req.read(|c| req.app.shelf.newest(c, edition.id))?.ok_or(Fault::Missing)?;
    let on_day = |entry: &&Entry| wanted.is_none_or(|day| edition.day_of(entry.slot.start) == day);
    let sessions = release.entries.iter().filter(on_day);
    let programme = Programme {
        edition: edition.id,
        number: release.number,
        released: release.at,
        zone: edition.zone.clone(),
        sessions: sessions.filter_map(|entry| Item::of(entry, edition)).collect(),
        mark: mark(is_exercise(edition)),
    };
    answer(req, &programme)
}

/// The topics of an edition, in the order of their proposal.
#[utoipa::path(
    get,
    path = "/api/v1/editions/{edition}/topics",
    params(
        ("edition" = String, Path, format = Uuid, description = "The edition's identifier"),
        PageParams,
    ),
    responses(
        (status = 200, description = "One page of them", body = List<TopicOut>),
        (status = 400, description = "A parameter cannot be read", body = Problem),
        (status = 404, description = "There is no such edition", body = Problem),
    )
)]
pub(super) fn topics(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let paging = Paging::of(req)?;
    let (topics, delegations) = req.read(|c| {
        let delegations = store::delegation::of_edition(c, edition.id)?;
        Ok((store::topic::of_edition(c, edition.id)?, delegations))
    })?;
    let names = delegations.into_iter().map(|d| (d.value.id, d.value.name)).collect();
    let shape = |topic: &domain::revision::Versioned<Topic>| TopicOut::of(&topic.value, &names);
    answer(req, &paging.cut(&topics, shape, is_exercise(edition)))
}
