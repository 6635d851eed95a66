//! The register: states with dated standings, cities, traits, offers and needs, ties.

use std::collections::BTreeMap;

use domain::{
    CityId, Lang, Text,
    city::{City, Offering, Origin, Standing, State, Stood, Theme, Tie, TieKind, Trait, TraitKind},
};
use serde::{Deserialize, de::DeserializeOwned};
use store::{Conn, Error, Result};

use crate::chance;

macro_rules! data {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/", $path))
    };
}

/// Writes the register into a database without cities, in the caller's transaction.
pub fn real(c: &mut Conn) -> Result<()> {
    let labels = labels()?;
    for state in states(&labels)? {
        store::state::set(c, &state)?;
    }
    let mut ids = BTreeMap::new();
    for city in cities(&labels)? {
        store::city::insert(c, &city)?;
        ids.extend(city.geonames.map(|number| (number, city.id)));
    }
    for offering in offerings(&labels, &ids)? {
        store::offering::insert(c, &offering)?;
    }
    for tie in ties(&labels, &ids)? {
        store::tie::insert(c, &tie)?;
    }
    Ok(())
}

/// A label for readers, by the key of a source.
pub(crate) type Labels = BTreeMap<String, Text>;

fn broken(file: &str, what: impl std::fmt::Display) -> Error {
    Error::Unusable(format!("the data file {file} cannot be read: {what}"))
}

fn rows<T: DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.map_err(|e| broken(file, e))).collect()
}

fn label(labels: &Labels, file: &str, source: &str) -> Result<Text> {
    labels.get(source).cloned().ok_or_else(|| broken(file, format!("no source {source}")))
}

fn trilingual(zh: String, ru: String, en: String) -> Option<Text> {
    Text::stated([(Lang::Zh, zh), (Lang::Ru, ru), (Lang::En, en)])
}

#[derive(Deserialize)]
struct SourceRow {
    source: String,
    label_zh: String,
    label_ru: String,
    label_en: String,
}

/// The sources that facts name.
pub(crate) fn labels() -> Result<Labels> {
    let rows: Vec<SourceRow> = rows("sources.csv", data!("sources.csv"))?;
    rows.into_iter()
        .map(|r| {
            let label = trilingual(r.label_zh, r.label_ru, r.label_en);
            Ok((r.source, label.ok_or_else(|| broken("sources.csv", "a source has no label"))?))
        })
        .collect()
}

#[derive(Deserialize)]
struct StateRow {
    iso2: String,
    name_zh: String,
    name_ru: String,
    name_en: String,
}

#[derive(Deserialize)]
struct StandingRow {
    iso2: String,
    standing: Standing,
    from: String,
    until: String,
    source: String,
}

fn states(labels: &Labels) -> Result<Vec<State>> {
    let mut history: BTreeMap<String, Vec<Stood>> = BTreeMap::new();
    for row in rows::<StandingRow>("standings.csv", data!("standings.csv"))? {
        let source = label(labels, "standings.csv", &row.source)?;
        let StandingRow { iso2, standing, from, until, .. } = row;
        history.entry(iso2).or_default().push(Stood { standing, from, until, source });
    }
    let rows: Vec<StateRow> = rows("states.csv", data!("states.csv"))?;
    rows.into_iter()
        .map(|r| {
            let mut history = history.remove(&r.iso2).unwrap_or_default();
            history.sort_by(|a, b| a.from.cmp(&b.from));
            let name = trilingual(r.name_zh, r.name_ru, r.name_en);
            let name = name.ok_or_else(|| broken("states.csv", "a state has no name"))?;
            Ok(State { iso2: r.iso2, name, history })
        })
        .collect()
}

#[derive(Deserialize)]
struct CityRow {
    geonames_id: i64,
    iso2: String,
    lat: f64,
    lon: f64,
    population: Option<i64>,
    timezone: String,
    name_en: String,
    name_zh: String,
    name_ru: String,
    name_local: String,
    local_lang: String,
}

#[derive(Deserialize)]
struct TraitRow {
    geonames_id: i64,
    #[serde(rename = "trait")]
    kind: TraitKind,
    source: String,
    year: String,
}

fn cities(labels: &Labels) -> Result<Vec<City>> {
    let mut traits: BTreeMap<i64, Vec<Trait>> = BTreeMap::new();
    for row in rows::<TraitRow>("traits.csv", data!("traits.csv"))? {
        let source = label(labels, "traits.csv", &row.source)?;
        let known = Trait { kind: row.kind, year: row.year, source };
        traits.entry(row.geonames_id).or_default().push(known);
    }
    let rows: Vec<CityRow> = rows("cities.csv", data!("cities.csv"))?;
    rows.into_iter()
        .map(|r| {
            let name = trilingual(r.name_zh, r.name_ru, r.name_en);
            let local = Some((r.local_lang, r.name_local)).filter(|(_, name)| !name.is_empty());
            Ok(City {
                id: chance::id(),
                geonames: Some(r.geonames_id),
                iso2: Some(r.iso2),
                name: name.ok_or_else(|| broken("cities.csv", "a city has no name"))?,
                local,
                position: Some([r.lat, r.lon]),
                population: r.population,
                zone: r.timezone,
                traits: traits.remove(&r.geonames_id).unwrap_or_default(),
                origin: Origin::Fact,
            })
        })
        .collect()
}

fn city(ids: &BTreeMap<i64, CityId>, file: &str, number: i64) -> Result<CityId> {
    ids.get(&number).copied().ok_or_else(|| broken(file, format!("no city {number}")))
}

#[derive(Deserialize)]
struct OfferRow {
    geonames_id: i64,
    kind: domain::city::Side,
    theme: Theme,
    text_zh: String,
    text_ru: String,
    text_en: String,
    source: String,
}

fn offerings(labels: &Labels, ids: &BTreeMap<i64, CityId>) -> Result<Vec<Offering>> {
    let rows: Vec<OfferRow> = rows("offers.csv", data!("offers.csv"))?;
    rows.into_iter()
        .map(|r| {
            let text = trilingual(r.text_zh, r.text_ru, r.text_en);
            Ok(Offering {
                id: chance::id(),
                city: city(ids, "offers.csv", r.geonames_id)?,
                side: r.kind,
                theme: r.theme,
                text: text.ok_or_else(|| broken("offers.csv", "a row has no text"))?,
                source: Some(label(labels, "offers.csv", &r.source)?),
                origin: Origin::Fact,
            })
        })
        .collect()
}

#[derive(Deserialize)]
struct TieRow {
    geonames_id_a: i64,
    geonames_id_b: i64,
    kind: String,
    year: String,
    text_zh: String,
    text_ru: String,
    text_en: String,
    source: String,
}

#[derive(Deserialize)]
struct TwinRow {
    geonames_id_a: i64,
    geonames_id_b: i64,
}

/// The ties that a source describes, then the pairs of the twin-town lists. A pair that is among
/// the first is not told twice.
fn ties(labels: &Labels, ids: &BTreeMap<i64, CityId>) -> Result<Vec<Tie>> {
    let mut ties = Vec::new();
    for row in rows::<TieRow>("ties.csv", data!("ties.csv"))? {
        let kind = match row.kind.as_str() {
            "sister_city" => TieKind::Sister,
            "friendly_exchange" => TieKind::FriendlyExchange,
            other => return Err(broken("ties.csv", format!("unknown kind {other}"))),
        };
        ties.push(Tie {
            id: chance::id(),
            a: city(ids, "ties.csv", row.geonames_id_a)?,
            b: city(ids, "ties.csv", row.geonames_id_b)?,
            kind: Some(kind),
            since: row.year,
            note: trilingual(row.text_zh, row.text_ru, row.text_en),
            source: label(labels, "ties.csv", &row.source)?,
        });
    }
    let source = label(labels, "twin-ties/ties.csv", "wikipedia-twin-towns")?;
    for row in rows::<TwinRow>("twin-ties/ties.csv", data!("twin-ties/ties.csv"))? {
        let a = city(ids, "twin-ties/ties.csv", row.geonames_id_a)?;
        let b = city(ids, "twin-ties/ties.csv", row.geonames_id_b)?;
        let told = |t: &Tie| (t.a == a && t.b == b) || (t.a == b && t.b == a);
        if !ties.iter().any(told) {
            let (since, source) = (String::new(), source.clone());
            ties.push(Tie { id: chance::id(), a, b, kind: None, since, note: None, source });
        }
    }
    Ok(ties)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_and_every_reference_resolves() {
        let labels = labels().unwrap();
        let cities = cities(&labels).unwrap();
        let ids = cities.iter().map(|c| (c.geonames.unwrap(), c.id)).collect();
        let ties = ties(&labels, &ids).unwrap();
        assert_eq!((states(&labels).unwrap().len(), cities.len()), (27, 821));
        assert_eq!(offerings(&labels, &ids).unwrap().len(), 19);
        assert_eq!(ties.iter().filter(|t| t.kind.is_some()).count(), 1);
        assert!(ties.len() >= 380);
        let hosts = cities.iter().filter(|c| {
            c.traits.iter().any(|t| t.kind == TraitKind::SummitHost && !t.year.is_empty())
        });
        assert!(hosts.count() > 5);
        assert!(cities.iter().all(|c| jiff::tz::TimeZone::get(&c.zone).is_ok()));
    }

    #[test]
    fn a_partner_was_an_observer_or_dialogue_partner_before() {
        let states = states(&labels().unwrap()).unwrap();
        for state in states {
            let day = |d: &str| domain::city::standing_on(&state.history, d).map(|s| s.standing);
            assert_ne!(day("2025-08-31"), Some(Standing::Partner), "{}", state.iso2);
            assert!(day("2025-09-01").is_some(), "{}", state.iso2);
        }
    }
}
