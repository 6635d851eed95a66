//! How a release is written down. Every page of the programme reads it whole, so what many lines share
//! is said once, and a text is no longer than its words.

use std::{collections::BTreeMap, fmt, sync::Arc};

use jiff::Timestamp;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{SeqAccess, Visitor},
};

use crate::{
    DelegationId, EditionId, HallId, Lang, ReleaseId, Text,
    programme::{Activity, Company, Entry, Slot},
    release::{Listed, Release},
    team::Team,
    text::Version,
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
#[derive(Clone)]
struct Words(Text);

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Words(text) = self;
        let mut versions: Vec<_> = text.versions.iter().collect();
        versions.sort_by_key(|(lang, _)| **lang != text.source);
        to.collect_seq(versions.iter().map(|(lang, v)| (lang, &v.text, v.standing)))
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Versions;
        impl<'de> Visitor<'de> for Versions {
            type Value = Words;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the versions of a text")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Words, A::Error> {
                let mut text = Text { source: Lang::Zh, versions: BTreeMap::new() };
                while let Some((lang, words, standing)) = seq.next_element()? {
                    if text.versions.is_empty() {
                        text.source = lang;
                    }
                    text.versions.insert(lang, Version { text: words, standing });
                }
                Ok(Words(text))
            }
        }
        from.deserialize_seq(Versions)
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
                let words = |text: &Arc<Text>| Words(Text::clone(text));
                halls.push((place.0, words(&place.1), words(&place.2)));
                known.push(place);
                known.len() - 1
            });
            let (start, title) = (start.as_microsecond(), Words(title));
            Line { activity, hall, start, minutes, company, title, languages, team }
        });
        let lines = lines.collect();
        let delegations = delegations.into_iter().map(|d| (d.id, Words(d.name))).collect();
        let note = note.map(Words);
        Document { id, edition, number, at, note, delegations, halls, lines }
    }
}

impl From<Document> for Release {
    fn from(document: Document) -> Self {
        let Document { id, edition, number, at, note, delegations, halls, lines } = document;
        let shared = |Words(text): Words| Arc::new(text);
        let halls: Vec<_> =
            halls.into_iter().map(|(id, hall, venue)| (id, shared(hall), shared(venue))).collect();
        // A line without its hall would be a broken row; it is left out rather than told wrongly.
        let entries = lines.into_iter().filter_map(|line| {
            let Line { activity, hall, start, minutes, company, title, languages, team } = line;
            let (place, hall, venue) = halls.get(hall).cloned()?;
            let start = Timestamp::from_microsecond(start).ok()?;
            let slot = Slot { activity, hall: place, start, minutes };
            Some(Entry { slot, company, title: title.0, hall, venue, languages, team })
        });
        let entries = entries.collect();
        let listed = |(id, name): (DelegationId, Words)| Listed { id, name: name.0 };
        let delegations = delegations.into_iter().map(listed).collect();
        Release { id, edition, number, at, note: note.map(|words| words.0), delegations, entries }
    }
}
