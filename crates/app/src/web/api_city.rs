//! Cities and states in the public interface.

use std::collections::BTreeMap;

use domain::{
    CityId, OfferingId, Refusal,
    city::{
        City, Offering, Origin, Side, Standing, State, Stood, Theme, Tie, TieKind, TraitKind,
        standing_on,
    },
    search,
};
use jiff::{civil::Date, tz::TimeZone};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema, openapi::schema::Schema};

use super::{
    api_answer::{Problem, answer, asked},
    api_shape::{
        List, PageParams, Paging, Words, day, mark, nullable, origin, side, standing, theme,
        tie_kind, trait_kind,
    },
    reply::Outcome,
    request::Req,
    route::{Gate, Route, get},
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/cities", Gate::Public, cities),
        get("/api/v1/cities/{city}", Gate::Public, city),
        get("/api/v1/states", Gate::Public, states),
    ]
}

/// A name in one language.
#[derive(Serialize, ToSchema)]
struct Local {
    /// The language's tag (BCP 47).
    lang: String,
    /// The name.
    name: String,
}

/// A place on the globe.
#[derive(Serialize, ToSchema)]
struct Position {
    /// Degrees north.
    #[schema(minimum = -90, maximum = 90)]
    north: f64,
    /// Degrees east.
    #[schema(minimum = -180, maximum = 180)]
    east: f64,
}

/// A city in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct CityBrief {
    /// Its identifier.
    #[schema(value_type = String, format = Uuid)]
    id: CityId,
    /// Its `GeoNames` number; none for an invented city.
    geonames: Option<i64>,
    /// Its state's ISO 3166-1 alpha-2 code.
    iso2: Option<String>,
    /// Its name.
    name: Words,
    /// Its own name for itself.
    local: Option<Local>,
    /// Where it lies.
    position: Option<Position>,
    /// Inhabitants, after `GeoNames`.
    population: Option<i64>,
    /// IANA time zone.
    zone: String,
    /// The standing of its state on the day asked for.
    #[schema(schema_with = maybe_standing)]
    standing: Option<Standing>,
    /// Fact or demonstration.
    #[schema(schema_with = origin)]
    origin: Origin,
}

fn maybe_standing() -> Schema {
    nullable(standing())
}

fn maybe_tie_kind() -> Schema {
    nullable(tie_kind())
}

impl CityBrief {
    fn of(city: &City, standing: Option<Standing>) -> Self {
        let local = city.local.clone().map(|(lang, name)| Local { lang, name });
        Self {
            id: city.id,
            geonames: city.geonames,
            iso2: city.iso2.clone(),
            name: Words::from(&city.name),
            local,
            position: city.position.map(|[north, east]| Position { north, east }),
            population: city.population,
            zone: city.zone.clone(),
            standing,
            origin: city.origin,
        }
    }
}

/// What a city is known for.
#[derive(Serialize, ToSchema)]
struct KnownFor {
    /// What kind.
    #[schema(schema_with = trait_kind)]
    kind: TraitKind,
    /// The year it refers to, or empty.
    year: String,
    /// Where this is said.
    source: Words,
}

/// What a city offers or needs.
#[derive(Serialize, ToSchema)]
struct OfferingOut {
    /// Its identifier.
    #[schema(value_type = String, format = Uuid)]
    id: OfferingId,
    /// Offer or need.
    #[schema(schema_with = side)]
    side: Side,
    /// What it is about.
    #[schema(schema_with = theme)]
    theme: Theme,
    /// What exactly.
    text: Words,
    /// Where this is said; none when the city itself states it.
    source: Option<Words>,
    /// Fact or demonstration.
    #[schema(schema_with = origin)]
    origin: Origin,
}

impl From<&Offering> for OfferingOut {
    fn from(offering: &Offering) -> Self {
        Self {
            id: offering.id,
            side: offering.side,
            theme: offering.theme,
            text: Words::from(&offering.text),
            source: offering.source.as_ref().map(Words::from),
            origin: offering.origin,
        }
    }
}

/// A lasting tie with another city.
#[derive(Serialize, ToSchema)]
struct TieOut {
    /// The other city.
    #[schema(value_type = String, format = Uuid)]
    city: CityId,
    /// Its name.
    name: Words,
    /// Which of the two kinds, when a source says so.
    #[schema(schema_with = maybe_tie_kind)]
    kind: Option<TieKind>,
    /// The year it was concluded, or empty.
    since: String,
    /// What is known of it.
    note: Option<Words>,
    /// Where this is said; it names the licence where that is not the interface's own.
    source: Words,
}

impl From<&(Tie, City)> for TieOut {
    fn from((tie, partner): &(Tie, City)) -> Self {
        Self {
            city: partner.id,
            name: Words::from(&partner.name),
            kind: tie.kind,
            since: tie.since.clone(),
            note: tie.note.as_ref().map(Words::from),
            source: Words::from(&tie.source),
        }
    }
}

/// A city with everything that is told of it.
#[derive(Serialize, ToSchema)]
pub(super) struct CityFull {
    /// What a list tells.
    city: CityBrief,
    /// What it is known for.
    traits: Vec<KnownFor>,
    /// What it offers and needs.
    offerings: Vec<OfferingOut>,
    /// Its ties.
    ties: Vec<TieOut>,
    /// The mark of a demonstration, to be shown wherever this is shown.
    mark: Option<&'static str>,
}

/// A standing for a time.
#[derive(Serialize, ToSchema)]
struct StoodOut {
    /// What the state was.
    #[schema(schema_with = standing)]
    standing: Standing,
    /// First day or year; empty when the source gives none.
    from: String,
    /// First day or year on which it no longer held; empty while it holds.
    until: String,
    /// Where this is said.
    source: Words,
}

impl From<&Stood> for StoodOut {
    fn from(stood: &Stood) -> Self {
        Self {
            standing: stood.standing,
            from: stood.from.clone(),
            until: stood.until.clone(),
            source: Words::from(&stood.source),
        }
    }
}

/// A state and its standings.
#[derive(Serialize, ToSchema)]
pub(super) struct StateOut {
    /// ISO 3166-1 alpha-2 code.
    #[schema(pattern = "^[A-Z]{2}$")]
    iso2: String,
    /// Its label.
    name: Words,
    /// Its standings, oldest first.
    standings: Vec<StoodOut>,
}

/// What can be asked of the register.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters that the handler reads")]
pub(super) struct CityParams {
    /// Words of any name, in any script.
    #[param(max_length = 100)]
    q: Option<String>,
    /// A state's ISO 3166-1 alpha-2 code.
    #[param(pattern = "^[A-Z]{2}$")]
    state: Option<String>,
    /// The day of the standings; today when absent.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<String>,
}

fn iso2(raw: &str) -> Result<String, Refusal> {
    let sound = raw.len() == 2 && raw.bytes().all(|b| b.is_ascii_uppercase());
    if sound { Ok(raw.to_owned()) } else { Err(Refusal::new("choose")) }
}

fn words(raw: &str) -> Result<String, Refusal> {
    let have = raw.chars().count();
    if have <= 100 {
        return Ok(raw.to_owned());
    }
    Err(Refusal::new("too-long").with("most", 100).with("have", have))
}

fn today(req: &Req) -> Date {
    req.now.to_zoned(TimeZone::UTC).date()
}

fn standing_of(state: Option<&State>, on: Date) -> Option<Standing> {
    standing_on(&state?.history, &on.to_string()).map(|stood| stood.standing)
}

/// The register of cities.
#[utoipa::path(
    get,
    path = "/api/v1/cities",
    params(CityParams, PageParams),
    responses(
        (
            status = 200,
            description = "One page of it",
            body = List<CityBrief>,
            links(("city" = (
                operation_id = "city",
                parameters(("city" = "$response.body#/items/0/id"))
            )))
        ),
        (status = 400, description = "A parameter cannot be read", body = Problem),
    )
)]
pub(super) fn cities(req: &Req) -> Outcome {
    let paging = Paging::of(req)?;
    let sought = asked(req, "q", words)?.unwrap_or_default();
    let wanted = asked(req, "state", iso2)?;
    let on = asked(req, "on", day)?.unwrap_or_else(|| today(req));
    let (all, states) = req.read(|c| Ok((store::city::register(c)?, store::state::all(c)?)))?;
    let states: BTreeMap<&str, &State> = states.iter().map(|s| (s.iso2.as_str(), s)).collect();
    let found: Vec<&City> = all
        .iter()
        .filter(|(folded, _)| search::finds(folded, &sought))
        .map(|(_, city)| city)
        .filter(|city| wanted.is_none() || city.iso2 == wanted)
        .collect();
    let exercise = found.iter().any(|city| city.origin == Origin::Demonstration);
    let shape = |city: &&City| {
        let state = city.iso2.as_deref().and_then(|iso2| states.get(iso2).copied());
        CityBrief::of(city, standing_of(state, on))
    };
    answer(req, &paging.cut(&found, shape, exercise))
}

/// One city.
#[utoipa::path(
    get,
    path = "/api/v1/cities/{city}",
    params(("city" = String, Path, format = Uuid, description = "The city's identifier")),
    responses(
        (status = 200, description = "The city", body = CityFull),
        (status = 404, description = "There is no such city", body = Problem),
    )
)]
pub(super) fn city(req: &Req) -> Outcome {
    let id: CityId = req.param("city")?;
    let (city, state, offerings, ties) = req.read(|c| {
        let city = store::city::need(c, id)?.value;
        let state = match &city.iso2 {
            Some(iso2) => store::state::get(c, iso2)?,
            None => None,
        };
        let offerings = store::offering::of_city(c, id)?;
        Ok((city, state, offerings, store::tie::with_partners(c, id)?))
    })?;
    let offered = |o: Origin| o == Origin::Demonstration;
    let exercise = offered(city.origin) || offerings.iter().any(|o| offered(o.value.origin));
    let known = city.traits.iter().map(|known| KnownFor {
        kind: known.kind,
        year: known.year.clone(),
        source: Words::from(&known.source),
    });
    let full = CityFull {
        city: CityBrief::of(&city, standing_of(state.as_ref(), today(req))),
        traits: known.collect(),
        offerings: offerings.iter().map(|o| OfferingOut::from(&o.value)).collect(),
        ties: ties.iter().map(TieOut::from).collect(),
        mark: mark(exercise),
    };
    answer(req, &full)
}

/// The states, labelled as the secretariat's list has them, with their dated standings.
#[utoipa::path(
    get,
    path = "/api/v1/states",
    params(PageParams),
    responses(
        (status = 200, description = "One page of them", body = List<StateOut>),
        (status = 400, description = "A parameter cannot be read", body = Problem),
    )
)]
pub(super) fn states(req: &Req) -> Outcome {
    let paging = Paging::of(req)?;
    let states = req.read(store::state::all)?;
    let shape = |state: &State| StateOut {
        iso2: state.iso2.clone(),
        name: Words::from(&state.name),
        standings: state.history.iter().map(StoodOut::from).collect(),
    };
    answer(req, &paging.cut(&states, shape, false))
}
