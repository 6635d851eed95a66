//! How a release is written down. Every page of the programme reads it whole, so what many lines share
//! is said once, and a text is no longer than its words.

mod earlier;
mod words;

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use self::{earlier::Written, words::Words};
use crate::{
    DelegationId, EditionId, HallId, Lang, ReleaseId, Text,
    interpretation::Mode,
    presence::Presence,
    programme::{Activity, Company, Entry, Slot},
    release::{Listed, Release},
    team::{Filled, Team},
};

/// A release as it is stored. Lines count in its lists of halls, companies, languages and crews.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Document {
    id: ReleaseId,
    edition: EditionId,
    number: i32,
    at: Timestamp,
    note: Option<Words>,
    delegations: Vec<(DelegationId, Words)>,
    halls: Vec<(HallId, Words, Words)>,
    #[serde(default)]
    companies: Vec<Company>,
    #[serde(default)]
    languages: Vec<Vec<Lang>>,
    #[serde(default)]
    crews: Vec<Crew>,
    /// When each delegation was to be there; an earlier document does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stays: Vec<(DelegationId, Presence)>,
    lines: Vec<Written>,
}

/// One entry: what, its start in microseconds since 1970, its minutes, its title, and where its hall,
/// company, languages and crew stand in their lists. It is written without the names of these parts.
#[derive(Clone, Serialize, Deserialize)]
struct Line(Activity, i64, i64, Words, usize, usize, usize, Option<usize>);

/// Who interprets, and how; the activity is the line's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Crew {
    mode: Mode,
    seats: Vec<Filled>,
}

impl Serialize for Crew {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let seats: Vec<_> = self.seats.iter().map(|seat| (seat.interpreter, seat.pair)).collect();
        (self.mode, seats).serialize(to)
    }
}

/// A list in which everything stands once.
struct Once<T> {
    list: Vec<T>,
    known: BTreeMap<T, usize>,
}

impl<T: Clone + Ord> Once<T> {
    fn new() -> Self {
        Self { list: Vec::new(), known: BTreeMap::new() }
    }

    /// Where `one` stands.
    fn place(&mut self, one: T) -> usize {
        *self.known.entry(one).or_insert_with_key(|one| {
            self.list.push(one.clone());
            self.list.len() - 1
        })
    }
}

impl From<Release> for Document {
    fn from(release: Release) -> Self {
        let Release { id, edition, number, at, note, delegations, entries } = release;
        let (mut halls, mut companies) = (Once::new(), Once::new());
        let (mut tongues, mut crews) = (Once::new(), Once::new());
        let lines = entries.into_iter().map(|entry| {
            let Entry { slot, company, title, hall, venue, languages, team } = entry;
            let Slot { activity, hall: place, start, minutes } = slot;
            let crew = team.map(|Team { mode, seats, .. }| crews.place(Crew { mode, seats }));
            let hall = halls.place((place, hall, venue));
            let company = companies.place(Arc::unwrap_or_clone(company));
            let languages = tongues.place(languages.to_vec());
            let start = start.as_microsecond();
            Written::Line(Line(
                activity,
                start,
                minutes,
                Words(title),
                hall,
                company,
                languages,
                crew,
            ))
        });
        let lines = lines.collect();
        let stays = delegations.iter().filter_map(|d| Some((d.id, d.presence.clone()?))).collect();
        let words = |text: Arc<Text>| Words(Arc::unwrap_or_clone(text));
        Document {
            id,
            edition,
            number,
            at,
            note: note.map(Words),
            delegations: delegations.into_iter().map(|d| (d.id, Words(d.name))).collect(),
            halls: halls
                .list
                .into_iter()
                .map(|(id, hall, venue)| (id, words(hall), words(venue)))
                .collect(),
            companies: companies.list,
            languages: tongues.list,
            crews: crews.list,
            stays,
            lines,
        }
    }
}

impl From<Document> for Release {
    fn from(document: Document) -> Self {
        let Document { id, edition, number, at, note, delegations, .. } = document;
        let Document { halls, companies, languages, crews, stays, lines, .. } = document;
        let shared = |Words(text): Words| Arc::new(text);
        let halls: Vec<_> =
            halls.into_iter().map(|(id, hall, venue)| (id, shared(hall), shared(venue))).collect();
        let companies: Vec<_> = companies.into_iter().map(Arc::new).collect();
        let languages: Vec<Arc<[Lang]>> = languages.into_iter().map(Arc::from).collect();
        // A line without its hall would be a broken row; it is left out rather than told wrongly.
        let entries = lines.into_iter().filter_map(|line| {
            let (line, company, languages, crew) = match line {
                Written::Line(line) => {
                    let Line(.., company, tongues, crew) = &line;
                    let company = companies.get(*company)?.clone();
                    let languages = languages.get(*tongues)?.clone();
                    let crew = crew.and_then(|n| crews.get(n)).cloned();
                    (line, company, languages, crew)
                }
                Written::Earlier(whole) => {
                    let (line, company, languages, crew) = whole.parts();
                    (line, Arc::new(company), languages.into(), crew)
                }
            };
            let Line(activity, start, minutes, Words(title), hall, ..) = line;
            let (place, hall, venue) = halls.get(hall).cloned()?;
            let start = Timestamp::from_microsecond(start).ok()?;
            let slot = Slot { activity, hall: place, start, minutes };
            let team = crew.map(|Crew { mode, seats }| Team { activity, mode, seats });
            Some(Entry { slot, company, title, hall, venue, languages, team })
        });
        let entries = entries.collect();
        let mut stays: BTreeMap<DelegationId, Presence> = stays.into_iter().collect();
        let listed = |(id, name): (DelegationId, Words)| Listed {
            id,
            name: name.0,
            presence: stays.remove(&id),
        };
        let delegations = delegations.into_iter().map(listed).collect();
        Release { id, edition, number, at, note: note.map(|words| words.0), delegations, entries }
    }
}
