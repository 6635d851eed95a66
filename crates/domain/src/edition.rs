//! One holding of the dialogue: where, when, by whom, in which languages and order.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    CityId, EditionId, FieldRefusals, Lang, Refusal, SeriesId, Text, access::Place, city::Origin,
    coded, precedence::Precedence,
};

coded! {
    /// How people meet.
    pub enum Mode {
        /// In one place.
        InPerson = "in_person",
        /// By video.
        Online = "online",
        /// Both.
        Hybrid = "hybrid",
        /// Called at once, by video.
        Emergency = "emergency",
    }
}

/// A row of editions under one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Its identifier.
    pub id: SeriesId,
    /// Its name.
    pub name: Text,
}

/// A call for topics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// What is asked of the cities.
    pub brief: Text,
    /// The first day on which a topic can be proposed, in the edition's zone.
    pub opens: Date,
    /// The last day on which a topic can be proposed, in the edition's zone.
    pub closes: Date,
}

impl Call {
    /// A call has to end on or after the day on which it opens.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.closes < self.opens { Err(Refusal::new("ends-before-start")) } else { Ok(()) }
    }
}

/// An edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its identifier.
    pub id: EditionId,
    /// The series it belongs to.
    pub series: SeriesId,
    /// Its title.
    pub title: Text,
    /// The host city.
    pub host: CityId,
    /// How people meet.
    pub mode: Mode,
    /// IANA zone in which its times are told.
    pub zone: String,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub last_day: Date,
    /// Who initiates it: the lines of the letterhead.
    pub initiators: Vec<Text>,
    /// Languages of the meeting; Chinese and Russian are always among them.
    pub languages: Vec<Lang>,
    /// The declared order.
    pub precedence: Precedence,
    /// The call for topics, once opened.
    pub call: Option<Call>,
    /// Fact or demonstration.
    pub origin: Origin,
}

/// Longest edition, in days.
pub const MOST_DAYS: i32 = 14;

impl Edition {
    /// Checks what no single field can know.
    pub fn check(&self) -> Result<(), FieldRefusals> {
        let mut refused = FieldRefusals::default();
        if TimeZone::get(&self.zone).is_err() {
            refused.add("zone", Refusal::new("zone"));
        }
        let days = (self.last_day - self.first_day).get_days();
        if days < 0 {
            refused.add("last_day", Refusal::new("ends-before-start"));
        } else if days >= MOST_DAYS {
            refused.add("last_day", Refusal::new("too-many-days").with("most", MOST_DAYS));
        }
        if !(self.languages.contains(&Lang::Zh) && self.languages.contains(&Lang::Ru)) {
            refused.add("languages", Refusal::new("official-languages"));
        }
        if self.initiators.is_empty() {
            refused.add("initiators", Refusal::new("missing"));
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }

    /// The zone; UTC for a name that this build does not know (refused when entered).
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The day it is in the edition's zone.
    pub fn day_of(&self, instant: Timestamp) -> Date {
        instant.to_zoned(self.time_zone()).date()
    }

    /// The days of the edition.
    pub fn days(&self) -> Vec<Date> {
        self.first_day
            .series(jiff::Span::new().days(1))
            .take_while(|d| *d <= self.last_day)
            .collect()
    }

    /// Whether topics can be proposed at this instant.
    pub fn takes_topics(&self, now: Timestamp) -> bool {
        let today = self.day_of(now);
        self.call.as_ref().is_some_and(|call| (call.opens..=call.closes).contains(&today))
    }

    /// The first instant after its last day, in its zone: until then a reply can be changed.
    pub fn ends(&self) -> Timestamp {
        let after = self.last_day.tomorrow().unwrap_or(self.last_day);
        after.to_zoned(self.time_zone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// Its place in the access table.
    pub fn place(&self) -> Place {
        Place::Edition(self.series, self.id)
    }
}
