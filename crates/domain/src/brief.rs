//! Everything a programme is made from, and the rules that every programme keeps.
//!
//! The rules are told here once, in minutes and instants, so that a computed draft, a pin and a
//! release are judged by the same words, whoever made them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp, ToSpan, civil::DateTime};

use crate::{
    DelegationId, HallId, MeetingId, SessionId, VenueId,
    delegation::{Delegation, TRANSFER},
    edition::Edition,
    interpretation::{Interpretation, Rule},
    interpreter::Interpreter,
    meeting::{self, Meeting, MeetingState},
    programme::{Activity, Hindrance, Pin, Reason, Slot},
    session::{Attendance, Session},
    venue::{Hall, HallKind, Venue},
};

/// What is to be planned, and with what. Its lists are in the order of identifiers ([`Brief::sorted`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// The edition.
    pub edition: Edition,
    /// Its sites.
    pub venues: Vec<Venue>,
    /// Their halls.
    pub halls: Vec<Hall>,
    /// Its sessions.
    pub sessions: Vec<Session>,
    /// Its meetings; only accepted ones are planned.
    pub meetings: Vec<Meeting>,
    /// Who takes part.
    pub delegations: Vec<Delegation>,
    /// What is decided already.
    pub pins: Vec<Pin>,
    /// Who interprets.
    pub interpreters: Vec<Interpreter>,
    /// How it is interpreted.
    pub interpretation: Interpretation,
}

/// Two things, or a thing and a rule, that cannot stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    /// What has to move.
    pub activity: Activity,
    /// What it meets, when that is an activity.
    pub other: Option<Activity>,
    /// Why.
    pub reason: Reason,
}

fn found<'a, T, K: Ord>(list: &'a [T], key: &K, of: impl Fn(&T) -> K) -> Option<&'a T> {
    list.binary_search_by(|value| of(value).cmp(key)).ok().map(|at| &list[at])
}

impl Brief {
    /// The same brief with its lists in order, so that everything is found fast.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.venues.sort_by_key(|v| v.id);
        self.halls.sort_by_key(|h| h.id);
        self.sessions.sort_by_key(|s| s.id);
        self.meetings.sort_by_key(|m| m.id);
        self.delegations.sort_by_key(|d| d.id);
        self.pins.sort_by_key(|p| p.activity);
        self.interpreters.sort_by_key(|i| i.id);
        self
    }

    /// A session of the edition.
    pub fn session(&self, id: SessionId) -> Option<&Session> {
        found(&self.sessions, &id, |s| s.id)
    }

    /// A meeting of the edition.
    pub fn meeting(&self, id: MeetingId) -> Option<&Meeting> {
        found(&self.meetings, &id, |m| m.id)
    }

    /// A hall of the edition.
    pub fn hall(&self, id: HallId) -> Option<&Hall> {
        found(&self.halls, &id, |h| h.id)
    }

    /// A delegation of the edition.
    pub fn delegation(&self, id: DelegationId) -> Option<&Delegation> {
        found(&self.delegations, &id, |d| d.id)
    }

    /// The pin of an activity.
    pub fn pin(&self, activity: Activity) -> Option<&Pin> {
        found(&self.pins, &activity, |p| p.activity)
    }

    /// The meetings that both sides agreed to.
    pub fn accepted(&self) -> impl Iterator<Item = &Meeting> {
        self.meetings.iter().filter(|m| m.state == MeetingState::Accepted)
    }

    /// Everything that needs a place and a time, sessions first.
    pub fn activities(&self) -> Vec<Activity> {
        let sessions = self.sessions.iter().map(|s| Activity::Session(s.id));
        sessions.chain(self.accepted().map(|m| Activity::Meeting(m.id))).collect()
    }

    /// How long an activity takes, in minutes; `None` for one that is not planned.
    pub fn minutes(&self, activity: Activity) -> Option<i64> {
        match activity {
            Activity::Session(id) => self.session(id).map(|s| s.minutes),
            Activity::Meeting(id) => {
                self.meeting(id).filter(|m| m.state == MeetingState::Accepted).map(|m| m.minutes)
            }
        }
    }

    /// The delegations that an activity names. `Everyone` names all that take part.
    pub fn company(&self, activity: Activity) -> Vec<DelegationId> {
        match activity {
            Activity::Meeting(id) => self.meeting(id).map_or(Vec::new(), |m| vec![m.from, m.to]),
            Activity::Session(id) => match self.session(id).map(|s| &s.attendance) {
                None => Vec::new(),
                Some(Attendance::Everyone) => {
                    self.delegations.iter().filter(|d| !d.withdrawn).map(|d| d.id).collect()
                }
                Some(Attendance::Delegations(named)) => {
                    let here = |d: &DelegationId| self.delegation(*d).is_some_and(|d| !d.withdrawn);
                    named.iter().copied().filter(here).collect()
                }
            },
        }
    }

    /// The halls that an activity may take place in, whatever the time: of the right kind, large
    /// enough, with enough booths.
    pub fn halls_for(&self, activity: Activity) -> Result<Vec<&Hall>, Hindrance> {
        let halls: Vec<&Hall> = match activity {
            Activity::Meeting(_) => self.halls.iter().filter(|h| h.takes_meetings()).collect(),
            Activity::Session(id) => {
                let Some(session) = self.session(id) else { return Err(Hindrance::NoHall) };
                let named = |h: &&Hall| match session.halls.as_slice() {
                    [] => matches!(h.kind, HallKind::Hall | HallKind::Room),
                    some => some.contains(&h.id),
                };
                let large =
                    self.halls.iter().filter(named).filter(|h| session.people <= h.capacity);
                let large: Vec<&Hall> = large.collect();
                let booths = self.booths(session);
                if !large.is_empty() && large.iter().all(|h| h.booths < booths) {
                    return Err(Hindrance::NoBooth);
                }
                large.into_iter().filter(|h| h.booths >= booths).collect()
            }
        };
        if halls.is_empty() { Err(Hindrance::NoHall) } else { Ok(halls) }
    }

    /// Booths that the hall of a session must have: as its kind asks, unless it is arranged otherwise or
    /// plans assign interpreters, who work through one language.
    pub fn booths(&self, session: &Session) -> i64 {
        let activity = Activity::Session(session.id);
        let arranged = self.interpretation.arrangement(activity);
        if arranged.waives(Rule::Booths) {
            return 0;
        }
        if arranged.mode.is_none() && !self.interpretation.planned {
            return session.booths();
        }
        self.work(activity).map_or(0, |work| work.booths)
    }

    /// Minutes of travel between two sites: the longer way of the two that are stated.
    pub fn travel(&self, a: VenueId, b: VenueId) -> i64 {
        let one_way = |a: VenueId, b: VenueId| {
            found(&self.venues, &a, |v| v.id).and_then(|v| v.travel.get(&b)).copied()
        };
        if a == b { 0 } else { one_way(a, b).max(one_way(b, a)).unwrap_or(0) }
    }

    /// An instant, as the edition's clocks show it.
    pub fn civil(&self, at: Timestamp) -> DateTime {
        at.to_zoned(self.edition.time_zone()).datetime()
    }

    /// The instant at which the edition's clocks show this.
    pub fn instant(&self, at: DateTime) -> Timestamp {
        at.to_zoned(self.edition.time_zone()).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp())
    }

    /// Every rule that these places break. Nothing here looks at how they were found.
    pub fn clashes(&self, slots: &[Slot]) -> Vec<Clash> {
        let mut found = BTreeSet::new();
        for slot in slots {
            self.place(slot, &mut found);
        }
        self.order(slots, &mut found);
        self.crowds(slots, &mut found);
        self.journeys(slots, &mut found);
        found.into_iter().collect()
    }

    /// What one place breaks by itself.
    fn place(&self, slot: &Slot, found: &mut BTreeSet<Clash>) {
        let mut add = |hindrance, delegation, hall| {
            let reason = Reason { delegation, hall, ..Reason::alone(hindrance) };
            found.insert(Clash { activity: slot.activity, other: None, reason });
        };
        let (from, until) = (self.civil(slot.start), self.civil(slot.end()));
        match self.halls_for(slot.activity) {
            Err(hindrance) => add(hindrance, None, Some(slot.hall)),
            Ok(halls) => match halls.iter().find(|h| h.id == slot.hall) {
                None => add(Hindrance::NoHall, None, Some(slot.hall)),
                Some(hall) if hall.closed.iter().any(|c| c.meets(from, until)) => {
                    add(Hindrance::Closed, None, Some(slot.hall));
                }
                Some(_) => {}
            },
        }
        let days = self.edition.first_day..=self.edition.last_day;
        if !days.contains(&from.date()) {
            add(Hindrance::Hours, None, None);
        }
        if self.pin(slot.activity).is_some_and(|p| p.hall != slot.hall || p.start != slot.start) {
            add(Hindrance::Pinned, None, Some(slot.hall));
        }
        let everyone = match slot.activity {
            Activity::Meeting(_) => false,
            Activity::Session(id) => self.session(id).is_some_and(|session| {
                let day = session.days.is_empty() || session.days.contains(&from.date());
                if session.fixed.map_or(!day, |fixed| fixed != from) {
                    add(Hindrance::Hours, None, None);
                }
                session.attendance == Attendance::Everyone
            }),
        };
        for id in self.company(slot.activity).into_iter().filter(|_| !everyone) {
            let delegation = self.delegation(id);
            if !delegation.is_some_and(|d| d.stays(from, until)) {
                add(Hindrance::Absent, Some(id), None);
            }
            if delegation.is_some_and(|d| d.is_busy(from, until)) {
                add(Hindrance::Busy, Some(id), None);
            }
        }
    }

    /// A session begins after those that it follows have ended.
    fn order(&self, slots: &[Slot], found: &mut BTreeSet<Clash>) {
        let placed: BTreeMap<Activity, &Slot> = slots.iter().map(|s| (s.activity, s)).collect();
        for slot in slots {
            let Activity::Session(id) = slot.activity else { continue };
            for before in self.session(id).iter().flat_map(|s| &s.after) {
                let other = Activity::Session(*before);
                if placed.get(&other).is_some_and(|b| b.end() > slot.start) {
                    let reason = Reason::alone(Hindrance::Order);
                    found.insert(Clash { activity: slot.activity, other: Some(other), reason });
                }
            }
        }
    }

    /// No hall holds more at once than it can.
    fn crowds(&self, slots: &[Slot], found: &mut BTreeSet<Clash>) {
        let mut by_hall: BTreeMap<HallId, Vec<&Slot>> = BTreeMap::new();
        for slot in slots {
            by_hall.entry(slot.hall).or_default().push(slot);
        }
        for (hall, mut here) in by_hall {
            let most = self.hall(hall).map_or(1, |h| usize::try_from(h.parallel).unwrap_or(1));
            here.sort_by_key(|s| (s.start, s.activity));
            for (at, slot) in here.iter().enumerate() {
                let running: Vec<&&Slot> =
                    here[..at].iter().filter(|s| s.end() > slot.start).collect();
                if running.len() >= most.max(1) {
                    let reason = Reason { hall: Some(hall), ..Reason::alone(Hindrance::HallTaken) };
                    let other = running.last().map(|s| s.activity);
                    found.insert(Clash { activity: slot.activity, other, reason });
                }
            }
        }
    }

    /// No delegation is in two places, or between two sites faster than the road allows.
    fn journeys(&self, slots: &[Slot], found: &mut BTreeSet<Clash>) {
        let mut by_delegation: BTreeMap<DelegationId, Vec<&Slot>> = BTreeMap::new();
        for slot in slots {
            for delegation in self.company(slot.activity) {
                by_delegation.entry(delegation).or_default().push(slot);
            }
        }
        let venues: BTreeMap<HallId, VenueId> =
            self.halls.iter().map(|h| (h.id, h.venue)).collect();
        for (delegation, mut stays) in by_delegation {
            let there = |slot: &Slot| {
                let (from, until) = (self.civil(slot.start), self.civil(slot.end()));
                self.delegation(delegation).is_some_and(|d| d.stays(from, until))
            };
            stays.retain(|slot| there(slot));
            stays.sort_by_key(|s| (s.start, s.activity));
            for (at, b) in stays.iter().enumerate() {
                for a in &stays[..at] {
                    found.extend(self.journey(delegation, a, b, &venues));
                }
            }
        }
    }

    /// What is wrong with going from one place to a later one.
    fn journey(
        &self,
        delegation: DelegationId,
        a: &Slot,
        b: &Slot,
        venues: &BTreeMap<HallId, VenueId>,
    ) -> Option<Clash> {
        let road = match (venues.get(&a.hall), venues.get(&b.hall)) {
            (Some(from), Some(to)) => self.travel(*from, *to),
            _ => 0,
        };
        let ready = a.end().saturating_add(SignedDuration::from_mins(road)).unwrap_or(a.end());
        let hindrance = match () {
            () if a.end() > b.start => Hindrance::Busy,
            () if ready > b.start => Hindrance::Travel,
            () => return None,
        };
        let reason = Reason { delegation: Some(delegation), ..Reason::alone(hindrance) };
        Some(Clash { activity: b.activity, other: Some(a.activity), reason })
    }
}

impl Hall {
    /// Whether bilateral meetings can be put here: a room or a block of tables with enough seats.
    pub fn takes_meetings(&self) -> bool {
        let seats = self.capacity / self.parallel.max(1);
        matches!(self.kind, HallKind::Room | HallKind::Tables) && seats >= meeting::SEATS
    }
}

impl Delegation {
    /// Whether it is there from the one instant to the other, on the edition's clocks.
    pub fn stays(&self, from: DateTime, until: DateTime) -> bool {
        let (ready, leaves) = (self.ready(), self.leaves());
        ready.is_none_or(|ready| ready <= from) && leaves.is_none_or(|leaves| until <= leaves)
    }

    /// From when it can attend anything.
    pub fn ready(&self) -> Option<DateTime> {
        self.arrival.map(|arrival| arrival.saturating_add(TRANSFER.minutes()))
    }

    /// By when it has to go.
    pub fn leaves(&self) -> Option<DateTime> {
        self.departure.map(|departure| departure.saturating_sub(TRANSFER.minutes()))
    }

    /// Whether it has other things to do then, on the edition's clocks.
    pub fn is_busy(&self, from: DateTime, until: DateTime) -> bool {
        self.busy.iter().any(|busy| busy.meets(from, until))
    }
}
