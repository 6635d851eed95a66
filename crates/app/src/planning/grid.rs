//! The planner's slots and the edition's clocks: the days laid end to end, each from its first hour
//! to its last.

use std::{
    cmp::{max, min},
    collections::BTreeMap,
};

use domain::{
    brief::Brief,
    programme::{Activity, Hours, Slot as Standing},
};
use jiff::{
    ToSpan,
    civil::{Date, DateTime, Time},
};
use planner::{Slot, Span};

const DAY: u32 = 24 * 60;
/// Minutes of a slot when whatever is given begins and ends on a quarter of an hour, and when one does not.
const SLOTS: (u32, u32) = (15, 5);

/// Days and hours cut into slots.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    days: Vec<Date>,
    /// Minutes of a slot.
    pub(super) minutes: u32,
    /// Minutes from midnight to the first slot of each day.
    from: u32,
    /// Slots of each day.
    pub(super) per_day: Slot,
    hours: Hours,
    /// Where things stand already.
    standing: BTreeMap<Activity, DateTime>,
}

fn minute_of(time: Time) -> u32 {
    u32::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0)
}

/// What has a given start: the start, and how long it takes. A pin counts more than a fixed start.
pub(super) fn anchors(brief: &Brief) -> impl Iterator<Item = (Activity, DateTime, i64)> {
    brief.activities().into_iter().filter_map(|activity| {
        let start = anchor(brief, activity)?;
        Some((activity, start, brief.minutes(activity)?))
    })
}

/// The given start of an activity.
pub(super) fn anchor(brief: &Brief, activity: Activity) -> Option<DateTime> {
    let pinned = brief.pin(activity).map(|pin| brief.civil(pin.start));
    pinned.or_else(|| match activity {
        Activity::Session(id) => brief.session(id)?.fixed,
        Activity::Meeting(_) => None,
    })
}

impl Grid {
    /// The grid of a brief: its days, the working hours, and what is given outside of them. Whatever
    /// stands already stands on it, too.
    pub(super) fn new(brief: &Brief, hours: &Hours, standing: &[Standing]) -> Self {
        let (coarse, fine) = SLOTS;
        let (mut from, mut until) = (minute_of(hours.from), minute_of(hours.until));
        let mut minutes = coarse;
        let stands = standing.iter().map(|s| (s.activity, brief.civil(s.start))).collect();
        let standing = standing.iter().map(|s| (brief.civil(s.start), s.minutes, false));
        let given = anchors(brief).map(|(_, start, lasts)| (start, lasts, true));
        for (start, lasts, is_given) in given.chain(standing) {
            let begins = minute_of(start.time());
            let ends = begins.saturating_add(u32::try_from(lasts).unwrap_or(DAY));
            from = min(from, begins);
            until = max(until, min(ends, DAY));
            if !begins.is_multiple_of(coarse) || is_given && !ends.is_multiple_of(coarse) {
                minutes = fine;
            }
        }
        let from = from / minutes * minutes;
        let per_day = until.saturating_sub(from).div_ceil(minutes).max(1);
        Self { days: brief.edition.days(), minutes, from, per_day, hours: *hours, standing: stands }
    }

    /// Where an activity stands already.
    pub(super) fn standing(&self, activity: Activity) -> Option<Slot> {
        self.standing.get(&activity).and_then(|at| self.slot(*at))
    }

    /// Slots in all.
    pub(super) fn slots(&self) -> Slot {
        self.per_day * u32::try_from(self.days.len()).unwrap_or(0)
    }

    /// Slots that so many minutes take.
    pub(super) fn lasts(&self, minutes: i64) -> Slot {
        u32::try_from(minutes).unwrap_or(0).div_ceil(self.minutes).max(1)
    }

    /// When a slot begins.
    pub(super) fn civil(&self, slot: Slot) -> DateTime {
        let day = usize::try_from(slot / self.per_day).unwrap_or(usize::MAX);
        let day = self.days.get(day).or(self.days.last()).copied().unwrap_or_default();
        let minutes = self.from + slot % self.per_day * self.minutes;
        let start = day.to_datetime(Time::midnight());
        start.saturating_add(i64::from(minutes).minutes())
    }

    /// The slot that begins at exactly this moment, if one does.
    pub(super) fn slot(&self, at: DateTime) -> Option<Slot> {
        let slot = self.at_or_after(at);
        (slot < self.slots() && self.civil(slot) == at).then_some(slot)
    }

    /// The first slot that does not begin before this moment.
    pub(super) fn at_or_after(&self, at: DateTime) -> Slot {
        self.near(at, u32::div_ceil)
    }

    /// The first slot that does not end before this moment: all before it have ended by then.
    pub(super) fn at_or_before(&self, at: DateTime) -> Slot {
        self.near(at, |minutes, slot| minutes / slot)
    }

    fn near(&self, at: DateTime, cut: impl Fn(u32, u32) -> u32) -> Slot {
        let day = self.days.partition_point(|d| *d < at.date());
        let before = u32::try_from(day).unwrap_or(0) * self.per_day;
        if self.days.get(day) != Some(&at.date()) {
            return before;
        }
        let seconds = u32::from(at.second() > 0);
        let minutes = (minute_of(at.time()) + seconds).saturating_sub(self.from);
        before + min(cut(minutes, self.minutes), self.per_day)
    }

    /// The slots that a time touches.
    pub(super) fn touched(&self, from: DateTime, until: DateTime) -> Span {
        (self.at_or_before(from), self.at_or_after(until))
    }

    /// The slots of every day kept free for lunch.
    pub(super) fn lunch(&self) -> Option<Span> {
        let slot = |time: Time| minute_of(time).saturating_sub(self.from);
        let from = slot(self.hours.lunch.0) / self.minutes;
        let until = min(slot(self.hours.lunch.1).div_ceil(self.minutes), self.per_day);
        (from < until).then_some((from, until))
    }

    /// The times outside the working hours, and the days that are not wished, as spans.
    pub(super) fn off(&self, wished: &[Date]) -> Vec<Span> {
        let mut spans = Vec::new();
        for day in &self.days {
            let whole = (self.near(day.at(0, 0, 0, 0), u32::div_ceil), self.per_day);
            let whole = (whole.0, whole.0 + whole.1);
            if !wished.is_empty() && !wished.contains(day) {
                spans.push(whole);
                continue;
            }
            spans.push((whole.0, self.at_or_after(day.to_datetime(self.hours.from))));
            spans.push((self.at_or_before(day.to_datetime(self.hours.until)), whole.1));
        }
        spans.retain(|(from, until)| from < until);
        spans
    }
}

/// What is left of some spans when others are taken out.
pub(super) fn without(spans: &[Span], holes: &[Span]) -> Vec<Span> {
    let mut left = spans.to_vec();
    for &(from, until) in holes {
        left = left
            .into_iter()
            .flat_map(|(a, b)| [(a, min(b, from)), (max(a, until), b)])
            .filter(|(a, b)| a < b)
            .collect();
    }
    left
}
