//! The map and the register of cities: found by any name, filtered, saved as a file.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
};

use domain::{
    CityId, Lang, Text,
    access::Action,
    city::{City, Offering, Origin, Side, Standing, State, Theme, TraitKind, standing_on},
    search::{self, Collation},
};
use jiff::{civil::Date, tz::TimeZone};
use maud::{Markup, html};
use outputs::{
    map::{Map, Point},
    sheet::{Column, Sheet},
};

use super::city_edit;
use crate::{
    i18n::Messages,
    web::{
        fields::Fields,
        layout::{self, Page},
        list::{self, Wish},
        reply::Outcome,
        request::Req,
        route::{Gate, Route, get},
        sheet, text, when,
    },
};

/// The gate of everything that changes the register itself.
pub(super) const EDITORS: Gate = Gate::Secretariat(Action::File);
/// Fewer cities than this are all drawn with their names and links.
const FEW: usize = 80;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/cities", Gate::Public, register),
        get("/cities/export/{format}", Gate::Public, export),
    ]
}

/// A city's name for a reader; an English name that stands for a missing one is marked.
pub fn name(t: Messages, city: &City) -> Markup {
    text::shown(t, city.named(t.lang))
}

/// A city's name for titles and attributes.
pub fn plain_name(t: Messages, city: &City) -> String {
    city.named(t.lang).text.to_owned()
}

/// A label of the register for a reader, such as a state's name.
pub fn label(t: Messages, words: &Text) -> Markup {
    text::shown(t, words.label(t.lang))
}

/// The day that the reader asked about, or today.
pub(super) fn day_asked(req: &Req) -> Date {
    let today = req.now.to_zoned(TimeZone::UTC).date();
    req.query.get("on").trim().parse().unwrap_or(today)
}

/// One city of the list with what the list says of it.
struct Listed<'a> {
    city: &'a City,
    state: Option<&'a State>,
    standing: Option<Standing>,
    offerings: Vec<&'a Offering>,
}

impl Listed<'_> {
    fn count(&self, side: Side) -> usize {
        self.offerings.iter().filter(|o| o.side == side).count()
    }

    fn told(&self) -> bool {
        !(self.city.traits.is_empty() && self.offerings.is_empty())
    }
}

/// What the reader asked of the register. What cannot be read asks for nothing.
struct Filter {
    q: String,
    state: String,
    standing: Option<Standing>,
    known: Option<TraitKind>,
    side: Option<Side>,
    theme: Option<Theme>,
}

impl Filter {
    fn of(query: &Fields) -> Self {
        Self {
            q: Wish::of(query).q,
            state: query.get("state").to_owned(),
            standing: query.get("standing").parse().ok(),
            known: query.get("trait").parse().ok(),
            side: query.get("side").parse().ok(),
            theme: query.get("theme").parse().ok(),
        }
    }

    fn lets(&self, folded: &str, row: &Listed<'_>) -> bool {
        let offered = |o: &&Offering| {
            self.side.is_none_or(|s| s == o.side) && self.theme.is_none_or(|t| t == o.theme)
        };
        search::finds(folded, &self.q)
            && (self.state.is_empty() || row.city.iso2.as_deref() == Some(&self.state))
            && self.standing.is_none_or(|s| row.standing == Some(s))
            && self.known.is_none_or(|k| row.city.traits.iter().any(|t| t.kind == k))
            && ((self.side.is_none() && self.theme.is_none())
                || row.offerings.iter().copied().any(|o| offered(&o)))
    }
}

/// The register as it is stored.
struct Register {
    cities: Vec<(String, City)>,
    states: Vec<State>,
    offerings: Vec<Offering>,
}

impl Register {
    fn read(req: &Req) -> Result<Self, crate::web::reply::Fault> {
        req.read(|c| {
            Ok(Self {
                cities: store::city::register(c)?,
                states: store::state::all(c)?,
                offerings: store::offering::all(c)?.into_iter().map(|o| o.value).collect(),
            })
        })
    }

    /// The cities that a filter lets through, those named in the reader's language first, each
    /// part in the order of its own alphabet.
    fn listed(&self, lang: Lang, filter: &Filter, on: Date) -> Vec<Listed<'_>> {
        let states: BTreeMap<&str, &State> =
            self.states.iter().map(|s| (s.iso2.as_str(), s)).collect();
        let mut offerings: BTreeMap<CityId, Vec<&Offering>> = BTreeMap::new();
        for offering in &self.offerings {
            offerings.entry(offering.city).or_default().push(offering);
        }
        let day = on.to_string();
        let mut rows: Vec<Listed<'_>> = Vec::new();
        for (folded, city) in &self.cities {
            let state = city.iso2.as_deref().and_then(|iso2| states.get(iso2).copied());
            let standing = state.and_then(|s| standing_on(&s.history, &day)).map(|s| s.standing);
            let offerings = offerings.remove(&city.id).unwrap_or_default();
            let row = Listed { city, state, standing, offerings };
            if filter.lets(folded, &row) {
                rows.push(row);
            }
        }
        let order = Collation::of(lang);
        rows.sort_by(|a, b| {
            let (a, b) = (a.city.named(lang), b.city.named(lang));
            b.asked.cmp(&a.asked).then_with(|| order.compare(a.text, b.text))
        });
        rows
    }
}

fn register(req: &Req) -> Outcome {
    if sheet::asked(req) {
        return export(req);
    }
    let t = req.t;
    let (wish, on) = (Wish::of(&req.query), day_asked(req));
    let register = Register::read(req)?;
    let rows = register.listed(t.lang, &Filter::of(&req.query), on);
    let shown = wish.cut(&rows);
    let editor = EDITORS.lets(&req.actor, req.place());
    let body = html! {
        (list::search(req, &t.get("city-search"), &filters(req, &register.states, on)))
        p { (t.with("city-count", &[("n", rows.len().into())])) " "
            (t.with("city-list-as-on", &[("day", when::date(t.lang, on).into())])) }
        @if rows.is_empty() {
            (layout::empty(&t.get("city-none"), Some(("/cities".to_owned(), t.get("city-all")))))
        } @else {
            figure {
                (layout::drawing(&map(t, &rows).svg()))
                figcaption.hint { (t.get("city-map-note")) }
            }
            (table(t, shown))
            (list::pager(req, &wish, rows.len()))
            (sheet::links(req, "/cities"))
        }
        @if editor { p { a href="/cities/import" { (t.get("city-import")) } } }
    };
    let page = Page {
        title: t.get("nav-cities"),
        main: editor.then(|| ("/cities/new".to_owned(), t.get("city-new"))),
        demonstration: shown.iter().any(|row| row.city.origin == Origin::Demonstration),
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

/// A closed list's codes with their labels, after a line for "any".
fn options<T: Copy + Display>(
    t: Messages,
    all: &[T],
    key: fn(T) -> String,
) -> Vec<(String, String)> {
    let any = (String::new(), t.get("city-any"));
    let each = all.iter().map(|v| (v.to_string(), t.get(&key(*v))));
    std::iter::once(any).chain(each).collect()
}

pub(super) fn standing_key(standing: Standing) -> String {
    format!("city-standing-{standing}")
}

pub(super) fn trait_key(kind: TraitKind) -> String {
    format!("city-trait-{kind}")
}

pub(super) fn side_key(side: Side) -> String {
    format!("city-side-{side}")
}

/// The message that names a theme.
pub fn theme_key(theme: Theme) -> String {
    format!("city-theme-{theme}")
}

fn filters(req: &Req, states: &[State], on: Date) -> Markup {
    let t = req.t;
    let order = Collation::of(t.lang);
    let mut named: Vec<(String, String)> =
        states.iter().map(|s| (s.iso2.clone(), s.name.label(t.lang).text.to_owned())).collect();
    named.sort_by(|a, b| order.compare(&a.1, &b.1));
    named.insert(0, (String::new(), t.get("city-any-state")));
    let select = |name: &str, label: &str, options: &[(String, String)]| {
        html! {
            label {
                (t.get(label)) br;
                select name=(name) {
                    @for (value, shown) in options {
                        option value=(value) selected[value == req.query.get(name)] { (shown) }
                    }
                }
            }
        }
    };
    let names = ["state", "standing", "on", "trait", "side", "theme"];
    let chosen = names.iter().any(|name| !req.query.get(name).is_empty());
    html! {
        details open[chosen] {
            summary { (t.get("city-filters")) }
            div.row {
                (select("state", "city-state", &named))
                (select("standing", "city-standing", &options(t, Standing::ALL, standing_key)))
                label { (t.get("city-on")) br; input type="date" name="on" value=(on); }
                (select("trait", "city-known-for", &options(t, TraitKind::ALL, trait_key)))
                (select("side", "city-offerings", &options(t, Side::ALL, side_key)))
                (select("theme", "city-theme", &options(t, Theme::ALL, theme_key)))
            }
        }
    }
}

/// Every city that was found is a dot; those of which something is told, or all of a few, are
/// points that lead to their pages.
fn map(t: Messages, rows: &[Listed<'_>]) -> Map {
    let few = rows.len() <= FEW;
    let mut map = Map::default();
    for row in rows {
        let Some(at) = row.city.position else { continue };
        if few || row.told() {
            let href = Some(format!("/cities/{}", row.city.id));
            map.points.push(Point { at, name: plain_name(t, row.city), href, labelled: false });
        } else {
            map.dots.push(at);
        }
    }
    map
}

/// The map for the first page: the cities of which something is told, and how many there are. The
/// host's name stands beside its point.
pub fn overview(req: &Req, host: Option<CityId>) -> Result<Markup, crate::web::reply::Fault> {
    let register = Register::read(req)?;
    let told: BTreeSet<CityId> = register.offerings.iter().map(|o| o.city).collect();
    let point = |city: &City| {
        let href = Some(format!("/cities/{}", city.id));
        let labelled = host == Some(city.id);
        let known = labelled || !city.traits.is_empty() || told.contains(&city.id);
        let at = city.position.filter(|_| known)?;
        Some(Point { at, name: plain_name(req.t, city), href, labelled })
    };
    let points = register.cities.iter().filter_map(|(_, city)| point(city)).collect();
    let map = Map { points, ..Map::default() };
    let counts = [("n", register.cities.len().into()), ("states", register.states.len().into())];
    Ok(html! {
        (layout::drawing(&map.svg()))
        p { (req.t.with("home-count", &counts)) }
    })
}

fn table(t: Messages, rows: &[Listed<'_>]) -> Markup {
    let heads = ["city-city", "city-state", "city-standing", "city-known-for", "city-offerings"];
    let [_, state, standing, known, offerings] = heads.map(|h| t.get(h));
    html! {
        table.stack {
            thead { tr { @for head in heads { th scope="col" { (t.get(head)) } } } }
            tbody {
                @for row in rows {
                    tr {
                        th scope="row" { (entry(t, row.city)) }
                        td data-label=(state) {
                            @if let Some(state) = row.state { (label(t, &state.name)) } @else { "—" }
                        }
                        td data-label=(standing) {
                            @if let Some(standing) = row.standing { (t.get(&standing_key(standing))) }
                            @else { "—" }
                        }
                        td data-label=(known) { (chips(t, row.city)) }
                        td data-label=(offerings) { (counts(t, row)) }
                    }
                }
            }
        }
    }
}

fn entry(t: Messages, city: &City) -> Markup {
    let own = city.local.as_ref().filter(|(_, own)| own != city.named(t.lang).text);
    html! {
        a href={ "/cities/" (city.id) } { (name(t, city)) }
        @if let Some((tag, own)) = own { " " bdi.hint lang=(tag) { (own) } }
        @if city.origin == Origin::Demonstration { " " (exercise_mark(t)) }
    }
}

/// The mark of a single entry that was written for the demonstration.
pub(super) fn exercise_mark(t: Messages) -> Markup {
    html! { span.mark { (t.get("city-exercise")) } }
}

fn chips(t: Messages, city: &City) -> Markup {
    let mut kinds: Vec<TraitKind> = city.traits.iter().map(|known| known.kind).collect();
    kinds.sort();
    kinds.dedup();
    html! {
        @if kinds.is_empty() { "—" }
        @for kind in kinds { span.chip { (t.get(&trait_key(kind))) } " " }
    }
}

fn counts(t: Messages, row: &Listed<'_>) -> Markup {
    let (offers, needs) = (row.count(Side::Offer), row.count(Side::Need));
    html! {
        @if offers + needs == 0 { "—" }
        @if offers > 0 { (t.with("city-offers-n", &[("n", offers.into())])) " " }
        @if needs > 0 { (t.with("city-needs-n", &[("n", needs.into())])) }
    }
}

fn export(req: &Req) -> Outcome {
    let register = Register::read(req)?;
    let rows = register.listed(req.lang(), &Filter::of(&req.query), day_asked(req));
    sheet::reply(req, "cities", &saved(req.t, &rows))
}

/// The list as a sheet. Its columns up to the zone can be changed and imported again.
fn saved(t: Messages, rows: &[Listed<'_>]) -> Sheet {
    let more = ["standing", "known_for", "offers", "needs"];
    let keys = domain::city_row::KEYS.into_iter().chain(more);
    let columns = keys.map(|key| Column { key, label: t.get(&format!("city-column-{key}")) });
    let row = |row: &Listed<'_>| {
        let known: Vec<String> =
            row.city.traits.iter().map(|known| t.get(&trait_key(known.kind))).collect();
        let mut cells = city_edit::cells(row.city);
        cells.push(row.standing.map(|s| t.get(&standing_key(s))).into());
        cells.push(known.join(", ").into());
        for side in [Side::Offer, Side::Need] {
            cells.push(i64::try_from(row.count(side)).unwrap_or_default().into());
        }
        cells
    };
    Sheet {
        title: t.get("nav-cities"),
        lang: t.lang,
        columns: columns.collect(),
        rows: rows.iter().map(row).collect(),
        exercise: rows.iter().any(|row| row.city.origin == Origin::Demonstration),
    }
}
