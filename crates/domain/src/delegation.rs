//! A delegation: the unit that is invited, files its people, meets others and signs.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use crate::{
    BodyId, CityId, DelegateId, DelegationId, EditionId, Lang, Refusal, Text,
    access::{Object, Visibility},
    city::Origin,
    coded,
    edition::Edition,
    person::PersonName,
    precedence::Rank,
    venue::Closed,
};

/// Whose delegation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// A city's.
    City(CityId),
    /// Another organisation's.
    Body(BodyId),
}

/// Most people of one delegation.
pub const MOST_PEOPLE: i64 = 500;
/// The quota of a delegation for which no other is stated.
pub const USUAL_QUOTA: i64 = 8;
/// Minutes from landing to the first thing that a delegation can attend, and from the last one to its
/// departure: passports, luggage and the road.
pub const TRANSFER: i64 = 60;

/// A delegation in an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Its identifier.
    pub id: DelegationId,
    /// In which edition.
    pub edition: EditionId,
    /// Whose.
    pub party: Party,
    /// The party's name as it stood when the delegation was formed.
    pub name: Text,
    /// The rank of its leader, for the declared order.
    pub rank: Rank,
    /// Most people that it may bring.
    pub quota: i64,
    /// Languages it works in, the preferred one first.
    pub languages: Vec<Lang>,
    /// Arrival, in the edition's zone.
    pub arrival: Option<DateTime>,
    /// Departure, in the edition's zone.
    pub departure: Option<DateTime>,
    /// Times when it has other things to do, in the edition's zone.
    #[serde(default)]
    pub busy: Vec<Closed>,
    /// Whether it no longer takes part. What it took part in stays.
    #[serde(default)]
    pub withdrawn: bool,
    /// Fact or demonstration.
    pub origin: Origin,
}

impl Delegation {
    /// What is for its own side and the office alone: its people and its stay.
    pub fn object(&self, edition: &Edition) -> Object {
        Object { place: edition.place(), visibility: Visibility::Parties(vec![self.id]) }
    }

    /// A stay has to end after it began.
    pub fn check(&self) -> Result<(), Refusal> {
        match (self.arrival, self.departure) {
            (Some(arrival), Some(departure)) if departure <= arrival => {
                Err(Refusal::new("ends-before-start"))
            }
            _ => Ok(()),
        }
    }
}

coded! {
    /// What a person does in the delegation.
    pub enum Task {
        /// Leads it.
        Leader = "leader",
        /// Belongs to it.
        Member = "member",
        /// Interprets for it.
        Interpreter = "interpreter",
    }
}

/// A day, and a time of day where one is stated: a date without a time stays a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// The day, in the edition's zone.
    pub day: Date,
    /// The time of day, in the edition's zone.
    pub time: Option<Time>,
}

/// When one person comes and goes, where that is stated for the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// Arrival.
    pub arrival: Option<Moment>,
    /// Departure.
    pub departure: Option<Moment>,
}

impl Stay {
    /// A stay has to end after it began; days alone are compared when a time is missing.
    pub fn check(&self) -> Result<(), Refusal> {
        let (Some(from), Some(to)) = (self.arrival, self.departure) else { return Ok(()) };
        let timed = matches!((from.time, to.time), (Some(a), Some(d)) if d <= a);
        if to.day < from.day || (to.day == from.day && timed) {
            return Err(Refusal::new("ends-before-start"));
        }
        Ok(())
    }
}

/// One person in a delegation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// Its identifier.
    pub id: DelegateId,
    /// In which delegation.
    pub delegation: DelegationId,
    /// Name, office and salutation, as stated.
    pub name: PersonName,
    /// Rank class.
    pub rank: Rank,
    /// What the person does.
    pub task: Task,
    /// Where news goes; may be empty.
    pub email: String,
    /// Languages spoken.
    pub languages: Vec<Lang>,
    /// Coming and going, where it differs from the delegation's or is stated for the person.
    #[serde(default)]
    pub stay: Stay,
    /// When this record is deleted: purpose and end go with the data.
    pub purge_on: Date,
}

impl Delegate {
    /// Whether the person is told whom the delegation meets in private. Firms and the press travel with a
    /// city, but what its office agrees is not theirs to know, unless the delegation is their own.
    pub fn knows_meetings(&self) -> bool {
        self.task == Task::Leader || !matches!(self.rank, Rank::Business | Rank::Media)
    }
}

/// Whether one more person fits, and whether a second leader is being filed.
pub fn admit(delegation: &Delegation, others: &[&Delegate], new: &Delegate) -> Result<(), Refusal> {
    new.stay.check()?;
    if i64::try_from(others.len()).is_ok_and(|n| n >= delegation.quota) {
        return Err(Refusal::new("over-quota").with("most", delegation.quota));
    }
    let led = others.iter().any(|d| d.task == Task::Leader);
    if led && new.task == Task::Leader {
        return Err(Refusal::new("second-leader"));
    }
    if new.name.shown(Lang::En).is_none() {
        return Err(Refusal::new("missing"));
    }
    Ok(())
}

/// Days after the edition's end until personal data is deleted.
pub const KEEP_DAYS: i32 = 180;

/// The deletion day of a person filed for an edition that ends on `last_day`.
pub fn purge_on(last_day: Date) -> Date {
    last_day.saturating_add(jiff::Span::new().days(KEEP_DAYS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn a_stay_ends_after_it_began() {
        let at = |day: i8, hour: Option<i8>| Moment {
            day: date(2027, 5, day),
            time: hour.map(|h| time(h, 0, 0, 0)),
        };
        let stay = |from, to| Stay { arrival: Some(from), departure: Some(to) };
        assert!(stay(at(17, Some(20)), at(20, None)).check().is_ok());
        assert!(stay(at(17, None), at(17, Some(9))).check().is_ok());
        assert!(stay(at(17, Some(10)), at(17, Some(9))).check().is_err());
        assert!(stay(at(18, None), at(17, None)).check().is_err());
        assert!(Stay::default().check().is_ok());
    }
}
