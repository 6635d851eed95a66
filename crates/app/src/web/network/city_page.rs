//! The page of a city: names, dated standing, what it is known for, offers and needs, ties.

use std::collections::BTreeMap;

use domain::{
    Text,
    access::{Action, Object, Place, Visibility},
    city::{City, Offering, Origin, Side, State, Stood, Tie, TraitKind, standing_on},
    revision::Versioned,
};
use jiff::civil::Date;
use maud::{Markup, html};
use outputs::map::{Map, Point};

use super::city::{self, EDITORS};
use crate::{
    i18n::Messages,
    web::{
        layout::{self, Page},
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        text, when,
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![get("/cities/{city}", Gate::Public, show)]
}

/// Everything that the page tells.
struct Told {
    city: City,
    state: Option<State>,
    offerings: Vec<Versioned<Offering>>,
    ties: Vec<(Tie, City)>,
    /// Whether one of the ties was made by an exercise.
    rehearsed: bool,
    files: Filing,
}

/// What the reader may file for a city.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filing {
    /// Nothing.
    Nothing,
    /// What the city itself states.
    Own,
    /// Anything, also what a source states.
    Any,
}

impl Filing {
    /// The editors of the register file anything; whoever files for a delegation of the city files
    /// what the city states.
    pub(super) fn of(req: &Req, c: &mut store::Conn, city: &City) -> store::Result<Self> {
        if EDITORS.lets(&req.actor, Place::Platform) {
            return Ok(Self::Any);
        }
        if req.actor.grants.is_empty() {
            return Ok(Self::Nothing);
        }
        let delegations = store::delegation::places_of_city(c, city.id)?;
        let own = delegations.into_iter().any(|(id, place)| {
            req.may(Action::File, &Object { place, visibility: Visibility::Parties(vec![id]) })
        });
        Ok(if own { Self::Own } else { Self::Nothing })
    }

    /// Whether the reader may change this offer or need.
    pub(super) fn lets(self, offering: &Offering) -> bool {
        match self {
            Self::Nothing => false,
            Self::Own => offering.source.is_none(),
            Self::Any => true,
        }
    }
}

fn read(req: &Req, on: Date) -> Result<Told, Fault> {
    let id = req.param("city")?;
    req.read(|c| {
        let mut ties = store::tie::with_partners(c, id)?;
        let mut rehearsed = false;
        for (instrument, partner) in store::instrument::of_city(c, id)? {
            let tie = instrument.tie(on);
            rehearsed |= tie.is_some() && instrument.exercise;
            ties.extend(tie.map(|tie| (tie, partner)));
        }
        let city = store::city::need(c, id)?.value;
        let state = match &city.iso2 {
            Some(iso2) => store::state::get(c, iso2)?,
            None => None,
        };
        Ok(Told {
            state,
            offerings: store::offering::of_city(c, id)?,
            ties,
            rehearsed,
            files: Filing::of(req, c, &city)?,
            city,
        })
    })
}

fn show(req: &Req) -> Outcome {
    let (t, on) = (req.t, city::day_asked(req));
    let told = read(req, on)?;
    let base = format!("/cities/{}", told.city.id);
    let editor = told.files == Filing::Any;
    let body = html! {
        div.two {
            section { (facts(t, &told.city)) @if editor { (edit(t, &base, "edit", "city-edit")) } }
            @if told.city.position.is_some() { figure { (layout::drawing(&map(t, &told).svg())) } }
        }
        @if let Some(state) = &told.state { (standing(req, state, on)) }
        (traits(t, &told.city))
        @if editor { (edit(t, &base, "traits", "city-edit-traits")) }
        div.two { @for side in Side::ALL { (offerings(t, &told, *side)) } }
        (ties(t, &told))
    };
    let exercise = told.rehearsed
        || told.city.origin == Origin::Demonstration
        || told.offerings.iter().any(|o| o.value.origin == Origin::Demonstration);
    let page = Page {
        title: city::plain_name(t, &told.city),
        trail: vec![("/cities".to_owned(), t.get("nav-cities"))],
        main: (told.files != Filing::Nothing)
            .then(|| (format!("{base}/offerings/new"), t.get("city-file"))),
        lead: told.state.as_ref().map(|state| lead(t, state, on)),
        demonstration: exercise,
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

fn edit(t: Messages, base: &str, what: &str, label: &str) -> Markup {
    html! { p { a href={ (base) "/" (what) } { (t.get(label)) } } }
}

fn lead(t: Messages, state: &State, on: Date) -> Markup {
    let stood = standing_on(&state.history, &on.to_string());
    html! {
        (city::label(t, &state.name))
        @if let Some(stood) = stood { " · " (t.get(&city::standing_key(stood.standing))) }
    }
}

fn facts(t: Messages, city: &City) -> Markup {
    let named = |own: &str| city.name.versions.values().any(|v| v.text == own);
    let own = city.local.as_ref().filter(|(_, own)| !named(own));
    html! {
        h2 { (t.get("city-facts")) }
        dl.facts {
            @for (lang, version) in city.name.versions.iter() {
                dt { bdi lang=(lang.tag()) { (lang.own_name()) } }
                dd { bdi lang=(lang.tag()) dir=(lang.dir()) { (version.text) } }
            }
            @if let Some((tag, own)) = own {
                dt { (t.get("city-local")) }
                dd { bdi lang=(tag) { (own) } }
            }
            @if let Some(population) = city.population {
                dt { (t.get("city-population")) }
                dd { (t.with("city-people", &[("n", text::number(t.lang, population).into())])) }
            }
            dt { (t.get("city-zone")) }
            dd { bdi { (city.zone) } }
        }
        @if city.geonames.is_some() {
            p.hint { (t.get("city-geonames")) " " a href="/about/data" { (t.get("footer-data")) } }
        }
    }
}

fn map(t: Messages, told: &Told) -> Map {
    let mut map = Map::default();
    for (_, partner) in &told.ties {
        let (Some(here), Some(there)) = (told.city.position, partner.position) else { continue };
        let href = Some(format!("/cities/{}", partner.id));
        map.lines.push([here, there]);
        let name = city::plain_name(t, partner);
        map.points.push(Point { at: there, name, href, labelled: false });
    }
    if let Some(at) = told.city.position {
        let name = city::plain_name(t, &told.city);
        map.points.push(Point { at, name, href: None, labelled: true });
    }
    map
}

/// A day or a year for a reader.
fn dated(t: Messages, raw: &str) -> String {
    raw.parse().map_or_else(
        |_| t.with("city-in-year", &[("year", raw.into())]),
        |day| when::date(t.lang, day),
    )
}

fn span(t: Messages, stood: &Stood) -> String {
    let said = |key: &str, raw: &str| t.with(key, &[("day", dated(t, raw).into())]);
    match (stood.from.as_str(), stood.until.as_str()) {
        ("", "") => t.get("city-undated"),
        (from, "") => said("city-since", from),
        ("", until) => said("city-until", until),
        (from, until) => format!("{}, {}", said("city-since", from), said("city-until", until)),
    }
}

fn standing(req: &Req, state: &State, on: Date) -> Markup {
    let t = req.t;
    let stood = standing_on(&state.history, &on.to_string());
    html! {
        section {
            h2 { (t.get("city-standing")) }
            p {
                (t.with("city-as-on", &[("day", when::date(t.lang, on).into())])) " "
                strong {
                    @match stood {
                        Some(stood) => (t.get(&city::standing_key(stood.standing))),
                        None => (t.get("city-standing-none")),
                    }
                }
            }
            form.row method="get" action=(req.path) {
                label for="on" { (t.get("city-on")) }
                input #on type="date" name="on" value=(on);
                button type="submit" { (t.get("city-show")) }
            }
            ul {
                @for stood in &state.history {
                    li {
                        (t.get(&city::standing_key(stood.standing))) " · " (span(t, stood))
                        (source(t, &stood.source))
                    }
                }
            }
        }
    }
}

fn source(t: Messages, source: &Text) -> Markup {
    html! { p.hint { (t.get("city-source")) " " (city::label(t, source)) } }
}

fn traits(t: Messages, city: &City) -> Markup {
    html! {
        section {
            h2 { (t.get("city-known-for")) }
            @if city.traits.is_empty() { p.hint { (t.get("city-traits-none")) } }
            ul {
                @for known in &city.traits {
                    li {
                        (t.get(&city::trait_key(known.kind)))
                        @if known.kind == TraitKind::SummitHost { " · " bdi { (known.year) } }
                        (source(t, &known.source))
                    }
                }
            }
        }
    }
}

fn offerings(t: Messages, told: &Told, side: Side) -> Markup {
    let (title, none) = match side {
        Side::Offer => ("city-offers", "city-offers-none"),
        Side::Need => ("city-needs", "city-needs-none"),
    };
    let mine: Vec<&Offering> =
        told.offerings.iter().map(|o| &o.value).filter(|o| o.side == side).collect();
    html! {
        section {
            h2 { (t.get(title)) }
            @if mine.is_empty() { p.hint { (t.get(none)) } }
            ul.cards { @for one in mine { li { (offering(t, told.files, one)) } } }
        }
    }
}

fn offering(t: Messages, files: Filing, one: &Offering) -> Markup {
    html! {
        span.chip { (t.get(&city::theme_key(one.theme))) }
        @if one.origin == Origin::Demonstration { " " (city::exercise_mark(t)) }
        div { (text::text(t, &one.text)) }
        @match &one.source {
            Some(said) => (source(t, said)),
            None => p.hint { (t.get("city-stated")) },
        }
        @if files.lets(one) {
            (edit(t, &format!("/cities/{}/offerings", one.city), &one.id.to_string(), "city-change"))
        }
    }
}

/// Ties by what is known of them: described ones first, then the bare pairs of each source.
fn ties(t: Messages, told: &Told) -> Markup {
    let (described, bare): (Vec<_>, Vec<_>) =
        told.ties.iter().partition(|(tie, _)| tie.kind.is_some() || tie.note.is_some());
    let mut lists: BTreeMap<&str, Vec<&(Tie, City)>> = BTreeMap::new();
    for pair in bare {
        lists.entry(pair.0.source.label(t.lang).text).or_default().push(pair);
    }
    html! {
        section {
            h2 { (t.get("city-ties")) }
            @if told.ties.is_empty() { p.hint { (t.get("city-ties-none")) } }
            @for (tie, partner) in described { (described_tie(t, tie, partner)) }
            @for pairs in lists.values() {
                ul {
                    @for (_, partner) in pairs {
                        li { a href={ "/cities/" (partner.id) } { (city::name(t, partner)) } }
                    }
                }
                @if let Some((tie, _)) = pairs.first() { (source(t, &tie.source)) }
                p.hint { (t.get("city-ties-lists")) " " a href="/about/data" { (t.get("footer-data")) } }
            }
        }
    }
}

fn described_tie(t: Messages, tie: &Tie, partner: &City) -> Markup {
    html! {
        article {
            p {
                a href={ "/cities/" (partner.id) } { (city::name(t, partner)) }
                @if let Some(kind) = tie.kind { " · " (t.get(&format!("city-tie-{kind}"))) }
                @if !tie.since.is_empty() {
                    " · " (t.with("city-since", &[("day", dated(t, &tie.since).into())]))
                }
            }
            @if let Some(note) = &tie.note { p { (text::text(t, note)) } }
            (source(t, &tie.source))
        }
    }
}
