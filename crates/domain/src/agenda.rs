//! One delegation's way through a released programme: its arrival, what it attends or is excused from, and
//! its departure, in the order of time.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::{
    DelegationId,
    presence::{Excuse, Presence},
    programme::{Activity, Entry},
    release::Release,
};

/// One line of a delegation's agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// It arrives.
    Arrival(DateTime),
    /// It attends something, or is excused from it.
    Entry(&'a Entry, Option<Excuse>),
    /// It leaves.
    Departure(DateTime),
}

impl<'a> Step<'a> {
    /// What it attends there.
    pub fn attended(&self) -> Option<&'a Entry> {
        match self {
            Step::Entry(entry, None) => Some(entry),
            _ => None,
        }
    }

    /// When it begins, on the edition's clocks.
    pub fn at(&self, zone: &TimeZone) -> DateTime {
        match self {
            Step::Arrival(at) | Step::Departure(at) => *at,
            Step::Entry(entry, _) => zone.to_datetime(entry.slot.start),
        }
    }

    fn order(&self, zone: &TimeZone) -> (DateTime, u8, Option<Activity>) {
        match self {
            Step::Arrival(at) => (*at, 0, None),
            Step::Entry(entry, _) => (self.at(zone), 1, Some(entry.slot.activity)),
            Step::Departure(at) => (*at, 2, None),
        }
    }
}

/// Why a delegation that is there at these times does not attend an entry.
pub fn excuse(entry: &Entry, presence: &Presence, zone: &TimeZone) -> Option<Excuse> {
    let civil = |at: Timestamp| zone.to_datetime(at);
    presence.excuse(civil(entry.slot.start), civil(entry.slot.end()))
}

/// The whole agenda of a delegation.
pub fn steps<'a>(
    release: &'a Release,
    own: DelegationId,
    presence: &Presence,
    zone: &TimeZone,
) -> Vec<Step<'a>> {
    let mut steps: Vec<Step<'a>> =
        release.agenda(own).map(|e| Step::Entry(e, excuse(e, presence, zone))).collect();
    steps.extend(presence.arrival.map(Step::Arrival));
    steps.extend(presence.departure.map(Step::Departure));
    steps.sort_by_key(|step| step.order(zone));
    steps
}
