//! What a release tells one delegation: what is new, cancelled, moved or otherwise different in its own
//! programme, when it comes and goes, and from what it is excused because it is not there.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::{
    DelegationId, agenda,
    presence::{Excuse, Presence},
    programme::{Activity, Entry},
    release::{Change, ChangeKind, Release, differences},
};

/// What became of an entry for a delegation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It differs, as every difference between releases does.
    Changed(ChangeKind),
    /// It takes place without the delegation, which is not there; why, where that is known.
    Excused(Option<Excuse>),
}

/// One entry of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// What became of it.
    pub fate: Fate,
    /// The difference as the delegation meets it.
    pub change: Change<'a>,
}

/// What a delegation is told of a release.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice<'a> {
    /// It arrives at another time: before and now.
    pub arrival: Option<(Option<DateTime>, DateTime)>,
    /// It leaves at another time: before and now.
    pub departure: Option<(Option<DateTime>, DateTime)>,
    /// Its entries, by time.
    pub told: Vec<Told<'a>>,
}

impl<'a> Notice<'a> {
    /// What a delegation is told of a release, as the one before left it.
    pub fn of(
        before: Option<&'a Release>,
        after: &'a Release,
        own: DelegationId,
        zone: &TimeZone,
    ) -> Self {
        let was = before.and_then(|release| release.presence_of(own));
        let is = after.presence_of(own);
        let moved = |pick: fn(&Presence) -> Option<DateTime>| {
            let (was, now) = (pick(was?), pick(is?)?);
            (was != Some(now)).then_some((was, now))
        };
        let none: &[Entry] = &[];
        let changes = everything(before.map_or(none, |b| &b.entries), &after.entries);
        let told = changes.into_iter().filter_map(|change| tell(change, own, (was, is), zone));
        Self {
            arrival: moved(|presence| presence.arrival),
            departure: moved(|presence| presence.departure),
            told: told.collect(),
        }
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.arrival.is_none() && self.departure.is_none() && self.told.is_empty()
    }

    /// Whether it tells of anything that is printed for the delegation: who interprets alone does not count.
    pub fn matters(&self) -> bool {
        self.matters_from(Timestamp::MIN)
    }

    /// The same of what is still to come: its journeys, and what begins from a moment on.
    fn matters_from(&self, now: Timestamp) -> bool {
        let to_come = |told: &Told<'_>| told.change.entry().is_some_and(|e| e.slot.start >= now);
        let printed = |told: &Told<'_>| told.fate != Fate::Changed(ChangeKind::Restaffed);
        let stays = self.arrival.is_some() || self.departure.is_some();
        stays || self.told.iter().any(|told| printed(told) && to_come(told))
    }

    /// The days of which it tells, on the edition's clocks.
    pub fn days(&self, zone: &TimeZone) -> Vec<jiff::civil::Date> {
        let entries = self.told.iter().flat_map(|told| [told.change.before, told.change.after]);
        let starts = entries.flatten().map(|entry| zone.to_datetime(entry.slot.start).date());
        let stays = [self.arrival, self.departure].into_iter().flatten().map(|(_, now)| now.date());
        let mut days: Vec<_> = starts.chain(stays).collect();
        days.sort();
        days.dedup();
        days
    }
}

/// The delegations whose own sheets a release changes, in what is still to come: also where nothing moved and
/// only their coming and going is another.
pub fn concerned(
    before: Option<&Release>,
    after: &Release,
    zone: &TimeZone,
    now: Timestamp,
) -> BTreeSet<DelegationId> {
    let all = after.delegations.iter().chain(before.iter().flat_map(|b| &b.delegations));
    let all: BTreeSet<DelegationId> = all.map(|listed| listed.id).collect();
    let concerns = |id: &DelegationId| Notice::of(before, after, *id, zone).matters_from(now);
    all.into_iter().filter(concerns).collect()
}

/// Every entry of two releases, also those that did not change: a delegation may not be there any more.
fn everything<'a>(old: &'a [Entry], new: &'a [Entry]) -> Vec<Change<'a>> {
    let mut changes = differences(old, new);
    let changed: BTreeSet<Activity> =
        changes.iter().filter_map(Change::entry).map(|e| e.slot.activity).collect();
    let mut same: Vec<Change<'a>> = new
        .iter()
        .filter(|e| !changed.contains(&e.slot.activity))
        .map(|e| Change { before: Some(e), after: Some(e) })
        .collect();
    changes.append(&mut same);
    changes.sort_by_key(|c| c.entry().map(|e| (e.slot.start, e.slot.activity)));
    changes
}

fn tell<'a>(
    change: Change<'a>,
    own: DelegationId,
    (was, is): (Option<&Presence>, Option<&Presence>),
    zone: &TimeZone,
) -> Option<Told<'a>> {
    let why = |entry: &Entry, presence: Option<&Presence>| {
        presence.and_then(|presence| agenda::excuse(entry, presence, zone))
    };
    let attended = |entry: &&Entry, presence| entry.expects(own) && why(entry, presence).is_none();
    let before = change.before.filter(|entry| attended(entry, was));
    let after = change.after.filter(|entry| attended(entry, is));
    let kept = Change { before, after };
    match (before, change.after, after) {
        (None, _, None) => None,
        // It takes place, and not with this delegation.
        (Some(_), Some(held), None) => {
            let excuse = why(held, is);
            let bilateral = held.kind().is_none() && excuse.is_none();
            let fate =
                if bilateral { Fate::Changed(ChangeKind::Dropped) } else { Fate::Excused(excuse) };
            Some(Told { fate, change: Change { before, after: None } })
        }
        (Some(old), _, Some(new)) => {
            let others = new.kind().is_none() && old.team != new.team;
            let kind = match kept.told(|_| true) {
                Some(differs) => differs.kind(),
                None if others => ChangeKind::Restaffed,
                None => return None,
            };
            Some(Told { fate: Fate::Changed(kind), change: kept })
        }
        _ => Some(Told { fate: Fate::Changed(kept.kind()), change: kept }),
    }
}

#[cfg(test)]
mod tests;
