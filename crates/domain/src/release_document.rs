//! How a release is written down. Every page of the programme reads it whole, so what many lines share
//! is said once, and a text is no longer than its words.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, EditionId, HallId, Lang, ReleaseId, Text,
    programme::{Activity, Company, Entry, Slot},
    release::{Listed, Release},
    team::Team,
    text::{Standing, Version},
};

/// A release as it is stored.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Document {
    id: ReleaseId,
    edition: EditionId,
    number: i32,
    at: Timestamp,
    note: Option<Words>,
    delegations: Vec<(DelegationId, Words)>,
    halls: Vec<(HallId, Words, Words)>,
    lines: Vec<Line>,
}

/// One entry; `hall` counts in the list of halls, `start` in microseconds since 1970.
#[derive(Clone, Serialize, Deserialize)]
struct Line {
    activity: Activity,
    hall: usize,
    start: i64,
    minutes: i64,
    company: Company,
    title: Words,
    languages: Vec<Lang>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    team: Option<Team>,
}

/// A text as its versions, the source first, each with its standing.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct Words(Vec<(Lang, String, Standing)>);

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        let source = text.source;
        let versions = text.versions.into_iter();
        let mut words: Vec<_> = versions.map(|(lang, v)| (lang, v.text, v.standing)).collect();
        words.sort_by_key(|(lang, ..)| *lang != source);
        Words(words)
    }
}

impl From<Words> for Text {
    fn from(Words(words): Words) -> Self {
        let source = words.first().map_or(Lang::Zh, |(lang, ..)| *lang);
        let version = |(lang, text, standing)| (lang, Version { text, standing });
        Text { source, versions: words.into_iter().map(version).collect() }
    }
}

impl From<Release> for Document {
    fn from(release: Release) -> Self {
        let Release { id, edition, number, at, note, delegations, entries } = release;
        let mut halls: Vec<(HallId, Words, Words)> = Vec::new();
        let mut known: Vec<(HallId, Arc<Text>, Arc<Text>)> = Vec::new();
        let lines = entries.into_iter().map(|entry| {
            let Entry { slot, company, title, hall, venue, languages, team } = entry;
            let Slot { activity, hall: place, start, minutes } = slot;
            let place = (place, hall, venue);
            let hall = known.iter().position(|k| *k == place).unwrap_or_else(|| {
                let words = |text: &Arc<Text>| Text::clone(text).into();
                halls.push((place.0, words(&place.1), words(&place.2)));
                known.push(place);
                known.len() - 1
            });
            let (start, title) = (start.as_microsecond(), title.into());
            Line { activity, hall, start, minutes, company, title, languages, team }
        });
        let lines = lines.collect();
        let delegations = delegations.into_iter().map(|d| (d.id, d.name.into())).collect();
        let note = note.map(Words::from);
        Document { id, edition, number, at, note, delegations, halls, lines }
    }
}

impl From<Document> for Release {
    fn from(document: Document) -> Self {
        let Document { id, edition, number, at, note, delegations, halls, lines } = document;
        let shared = |words: Words| Arc::new(Text::from(words));
        let halls: Vec<_> =
            halls.into_iter().map(|(id, hall, venue)| (id, shared(hall), shared(venue))).collect();
        // A line without its hall would be a broken row; it is left out rather than told wrongly.
        let entries = lines.into_iter().filter_map(|line| {
            let Line { activity, hall, start, minutes, company, title, languages, team } = line;
            let (place, hall, venue) = halls.get(hall).cloned()?;
            let start = Timestamp::from_microsecond(start).ok()?;
            let slot = Slot { activity, hall: place, start, minutes };
            Some(Entry { slot, company, title: title.into(), hall, venue, languages, team })
        });
        let entries = entries.collect();
        let listed = |(id, name): (DelegationId, Words)| Listed { id, name: name.into() };
        let delegations = delegations.into_iter().map(listed).collect();
        Release { id, edition, number, at, note: note.map(Text::from), delegations, entries }
    }
}
