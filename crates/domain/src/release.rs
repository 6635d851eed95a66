//! A released programme: immutable and numbered, what changed since an earlier one, and what became of
//! one delegation's appointments over all of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, EditionId, InterpreterId, Lang, ReleaseId, Text, coded,
    interpretation::Mode,
    interpreter::Pair,
    presence::Presence,
    programme::{Activity, Company, Entry, Slot},
    release_document::Document,
    session::SessionKind,
    team::Team,
};

/// A delegation as a release names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Which.
    pub id: DelegationId,
    /// Its name when the programme was released.
    pub name: Text,
    /// When it was to be there, as known then; documents of an earlier form do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presence: Option<Presence>,
}

/// A released programme, written down as a [`Document`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Document", from = "Document")]
pub struct Release {
    /// Its identifier.
    pub id: ReleaseId,
    /// Of which edition.
    pub edition: EditionId,
    /// Counted from 1.
    pub number: i32,
    /// When.
    pub at: Timestamp,
    /// What the secretariat says of it.
    pub note: Option<Text>,
    /// The delegations, in the declared order.
    pub delegations: Vec<Listed>,
    /// Its lines, by start.
    pub entries: Vec<Entry>,
}

/// A release without its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its identifier.
    pub id: ReleaseId,
    /// Counted from 1.
    pub number: i32,
    /// When.
    pub at: Timestamp,
    /// What the secretariat says of it.
    pub note: Option<Text>,
}

impl Release {
    /// The name of a delegation.
    pub fn name_of(&self, delegation: DelegationId) -> Option<&Text> {
        self.delegations.iter().find(|d| d.id == delegation).map(|d| &d.name)
    }

    /// When a delegation was to be there, as far as was known.
    pub fn presence_of(&self, delegation: DelegationId) -> Option<&Presence> {
        self.delegations.iter().find(|d| d.id == delegation).and_then(|d| d.presence.as_ref())
    }

    /// Where each activity is interpreted, and by whom.
    pub fn slots(&self) -> Vec<Slot> {
        self.entries.iter().map(|entry| entry.slot).collect()
    }

    /// Who interprets it.
    pub fn teams(&self) -> Vec<Team> {
        self.entries.iter().filter_map(|e| e.team.clone()).collect()
    }

    /// The lines of one delegation, by start.
    pub fn agenda(&self, delegation: DelegationId) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |e| e.expects(delegation))
    }
}

impl Entry {
    /// The other side of a bilateral.
    pub fn partner_of(&self, delegation: DelegationId) -> Option<DelegationId> {
        match &*self.company {
            Company::Bilateral([a, b]) if *a == delegation => Some(*b),
            Company::Bilateral([a, b]) if *b == delegation => Some(*a),
            _ => None,
        }
    }

    /// The kind of session; `None` for a bilateral.
    pub fn kind(&self) -> Option<SessionKind> {
        match &*self.company {
            Company::Session(kind, _) => Some(*kind),
            Company::Bilateral(_) => None,
        }
    }

    /// What an interpreter does there: how, between which languages, with whom.
    fn duty(&self, one: InterpreterId) -> Option<(Mode, Option<Pair>, Vec<InterpreterId>)> {
        self.team.as_ref().map(|team| (team.mode, team.pair_of(one), team.booth_of(one)))
    }

    /// Everything that is printed of an entry: all but who else is expected and who interprets.
    pub(crate) fn printed(&self) -> (Slot, &Text, &Text, &Text, &[Lang], Option<SessionKind>) {
        (self.slot, &self.title, &self.hall, &self.venue, &self.languages, self.kind())
    }
}

/// One difference between two releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// As it was; `None` when it is new.
    pub before: Option<&'a Entry>,
    /// As it is; `None` when it was dropped.
    pub after: Option<&'a Entry>,
}

coded! {
    /// What kind of difference it is: the weightiest that applies.
    pub enum ChangeKind {
        /// It is new.
        Added = "added",
        /// It does not take place.
        Dropped = "dropped",
        /// It has another time, and perhaps another place.
        Moved = "moved",
        /// It has another place.
        Relocated = "relocated",
        /// Its words, languages or company are others.
        Amended = "amended",
        /// Others interpret; all else is as it was.
        Restaffed = "restaffed",
    }
}

impl<'a> Change<'a> {
    /// The entry to tell of: as it is, or as it was when it is gone.
    pub fn entry(&self) -> Option<&'a Entry> {
        self.after.or(self.before)
    }

    /// What kind of difference it is.
    pub fn kind(&self) -> ChangeKind {
        match (self.before.map(|e| e.slot), self.after.map(|e| e.slot)) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Dropped,
            (Some(a), Some(b)) if (a.start, a.minutes) != (b.start, b.minutes) => ChangeKind::Moved,
            (Some(a), Some(b)) if a.hall != b.hall => ChangeKind::Relocated,
            _ if self.is_of_teams_alone() => ChangeKind::Restaffed,
            _ => ChangeKind::Amended,
        }
    }

    fn is_of_teams_alone(&self) -> bool {
        let said = |e: &'a Entry| (e.printed(), &e.company);
        self.before.map(said) == self.after.map(said)
    }

    /// The difference as an interpreter meets it: what he or she interprets, and with whom.
    pub fn told_to_interpreter(&self, one: InterpreterId) -> Option<Change<'a>> {
        let before = self.before.filter(|e| e.engages(one));
        let after = self.after.filter(|e| e.engages(one));
        let said = |e: &'a Entry| (e.printed(), e.duty(one));
        (before.map(said) != after.map(said)).then_some(Change { before, after })
    }

    /// Everyone whose work it changes: who interprets, or no longer does.
    pub fn interpreters(&self) -> BTreeSet<InterpreterId> {
        let teams = self.before.into_iter().chain(self.after).filter_map(|e| e.team.as_ref());
        let members: BTreeSet<InterpreterId> = teams.flat_map(Team::members).collect();
        members.into_iter().filter(|one| self.told_to_interpreter(*one).is_some()).collect()
    }

    /// The difference as somebody knows it who knows only some entries. `None` when nothing that
    /// this reader sees differs: who else is expected is not told.
    pub fn told(&self, sees: impl Fn(&Entry) -> bool) -> Option<Change<'a>> {
        let before = self.before.filter(|e| sees(e));
        let after = self.after.filter(|e| sees(e));
        let differs = before.map(Entry::printed) != after.map(Entry::printed);
        differs.then_some(Change { before, after })
    }

    /// The difference as one delegation meets it in its own agenda.
    pub fn told_to(&self, delegation: DelegationId) -> Option<Change<'a>> {
        self.told(|e| e.expects(delegation))
    }
}

/// What differs between two releases, by time. Applying all changes to `old` gives `new`.
pub fn differences<'a>(old: &'a [Entry], new: &'a [Entry]) -> Vec<Change<'a>> {
    let index = |entries: &'a [Entry]| -> BTreeMap<Activity, &'a Entry> {
        entries.iter().map(|e| (e.slot.activity, e)).collect()
    };
    let (old, new) = (index(old), index(new));
    let activities: BTreeSet<&Activity> = old.keys().chain(new.keys()).collect();
    let mut changes: Vec<Change<'a>> = activities
        .into_iter()
        .map(|a| Change { before: old.get(a).copied(), after: new.get(a).copied() })
        .filter(|change| change.before != change.after)
        .collect();
    changes.sort_by_key(|c| c.entry().map(|e| (e.slot.start, e.slot.activity)));
    changes
}

/// What became of one activity in a delegation's calendar, over all releases so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appointment<'a> {
    /// As it was last told.
    pub entry: &'a Entry,
    /// The release in which it last changed: the SEQUENCE of RFC 5545.
    pub sequence: i32,
    /// When that was.
    pub at: Timestamp,
    /// Whether it no longer takes place for this delegation.
    pub cancelled: bool,
}

/// The appointments of a delegation after these releases, which are given by number, as far as it is there
/// to attend. What was ever told stays, so that calendars learn of its end.
pub fn appointments<'a>(
    releases: impl IntoIterator<Item = &'a Release>,
    delegation: DelegationId,
    attends: impl Fn(&Release, &Entry) -> bool,
) -> Vec<Appointment<'a>> {
    let concerns = |r: &Release, e: &Entry| e.expects(delegation) && attends(r, e);
    history(releases, concerns, |a, b| a.printed() == b.printed())
}

/// The same for what an interpreter has to do.
pub fn assignments<'a>(
    releases: impl IntoIterator<Item = &'a Release>,
    one: InterpreterId,
) -> Vec<Appointment<'a>> {
    let same = |a: &Entry, b: &Entry| a.printed() == b.printed() && a.duty(one) == b.duty(one);
    history(releases, |_, e| e.engages(one), same)
}

fn history<'a>(
    releases: impl IntoIterator<Item = &'a Release>,
    concerns: impl Fn(&Release, &Entry) -> bool,
    same: impl Fn(&Entry, &Entry) -> bool,
) -> Vec<Appointment<'a>> {
    let mut known: BTreeMap<Activity, Appointment<'a>> = BTreeMap::new();
    for release in releases {
        let (sequence, at) = (release.number, release.at);
        let entries = release.entries.iter().filter(|e| concerns(release, e));
        let mine: BTreeMap<Activity, &Entry> = entries.map(|e| (e.slot.activity, e)).collect();
        for (activity, was) in &mut known {
            if !mine.contains_key(activity) && !was.cancelled {
                *was = Appointment { entry: was.entry, sequence, at, cancelled: true };
            }
        }
        for (activity, entry) in mine {
            let stands =
                known.get(&activity).is_some_and(|was| !was.cancelled && same(was.entry, entry));
            if !stands {
                known.insert(activity, Appointment { entry, sequence, at, cancelled: false });
            }
        }
    }
    let mut all: Vec<Appointment<'a>> = known.into_values().collect();
    all.sort_by_key(|a| (a.entry.slot.start, a.entry.slot.activity));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{HallId, MeetingId, SessionId, session::Attendance};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn side(n: u128) -> DelegationId {
        DelegationId(Uuid::from_u128(n))
    }

    /// Session `n` in a hall, for these delegations; or, from 100 on, a bilateral of 1 and 2.
    fn entry(n: u128, hall: u128, sides: &[u128]) -> Entry {
        let (activity, company) = if n < 100 {
            let named = Attendance::Delegations(sides.iter().copied().map(side).collect());
            let activity = Activity::Session(SessionId(Uuid::from_u128(n)));
            (activity, Company::Session(SessionKind::Forum, named))
        } else {
            let activity = Activity::Meeting(MeetingId(Uuid::from_u128(n)));
            (activity, Company::Bilateral([side(1), side(2)]))
        };
        let hall_id = HallId(Uuid::from_u128(hall));
        let start = Timestamp::UNIX_EPOCH;
        let name = Text::new(Lang::Ru, "x").and(Lang::Zh, format!("{hall}"));
        let place = std::sync::Arc::new(name.clone());
        Entry {
            slot: Slot { activity, hall: hall_id, start, minutes: 30 },
            company: company.into(),
            title: name,
            hall: place.clone(),
            venue: place,
            languages: [].into(),
            team: None,
        }
    }

    fn release(number: i32, entries: Vec<Entry>) -> Release {
        Release {
            id: ReleaseId(Uuid::from_u128(u128::from(number.unsigned_abs()))),
            edition: EditionId(Uuid::nil()),
            number,
            at: Timestamp::constant(i64::from(number), 0),
            note: None,
            delegations: Vec::new(),
            entries,
        }
    }

    #[test]
    fn a_side_hears_of_its_own_end_and_not_of_who_else_comes() {
        let (both, one) = (entry(1, 1, &[1, 2]), entry(1, 1, &[1]));
        let (old, new) = ([both.clone()], [one]);
        let [change] = differences(&old, &new)[..] else { panic!("one change") };
        assert_eq!(change.told_to(side(1)), None);
        assert_eq!(change.told_to(side(2)).map(|c| c.kind()), Some(ChangeKind::Dropped));
        assert_eq!(change.told_to(side(3)), None);
        let moved = [entry(1, 2, &[1, 2])];
        let [change] = differences(&old, &moved)[..] else { panic!("one change") };
        assert_eq!(change.told_to(side(2)).map(|c| c.kind()), Some(ChangeKind::Relocated));
    }

    #[test]
    fn a_calendar_learns_of_an_end_and_of_a_return() {
        let bilateral = || vec![entry(100, 1, &[])];
        let all = [release(1, bilateral()), release(2, Vec::new()), release(3, bilateral())];
        let after = |n: usize| {
            let found = appointments(&all[..n], side(1), |_, _| true);
            found.first().map(|a| (a.sequence, a.cancelled))
        };
        assert_eq!([after(1), after(2), after(3)], [(1, false), (2, true), (3, false)].map(Some));
        assert!(appointments(&all, side(3), |_, _| true).is_empty());
    }

    type Halls = BTreeMap<u128, u128>;

    fn entries(halls: &Halls) -> Vec<Entry> {
        halls
            .iter()
            .map(|(n, hall)| entry(if *n > 5 { n + 100 } else { *n }, *hall, &[1]))
            .collect()
    }

    fn halls() -> impl Strategy<Value = Halls> {
        prop::collection::btree_map(0..9_u128, 0..3_u128, 0..9)
    }

    proptest! {
        #[test]
        fn the_changes_turn_the_old_release_into_the_new_one(old in halls(), new in halls()) {
            let (before, after) = (entries(&old), entries(&new));
            let mut replayed: BTreeMap<Activity, Entry> =
                before.iter().map(|e| (e.slot.activity, e.clone())).collect();
            for change in differences(&before, &after) {
                match (change.before, change.after) {
                    (_, Some(e)) => { replayed.insert(e.slot.activity, e.clone()); }
                    (Some(e), None) => { replayed.remove(&e.slot.activity); }
                    (None, None) => prop_assert!(false, "an empty change"),
                }
                prop_assert_eq!(change.told_to(side(3)), None, "a third delegation hears nothing");
            }
            let expected: BTreeMap<Activity, Entry> =
                after.iter().map(|e| (e.slot.activity, e.clone())).collect();
            prop_assert_eq!(replayed, expected);
        }

        /// A release is read back as it was written, whatever its lines share.
        #[test]
        fn a_release_is_written_down_whole(halls in halls()) {
            let release = Release { note: Some(Text::new(Lang::En, "n")), ..release(1, entries(&halls)) };
            let written = serde_json::to_string(&release).expect("JSON");
            let read: Release = serde_json::from_str(&written).expect("a release");
            prop_assert_eq!(read, release);
        }

        /// Whatever came before: what stands in a calendar is the newest release, the rest is
        /// cancelled, and no sequence number ever falls.
        #[test]
        fn a_calendar_ends_as_the_newest_release_says(history in prop::collection::vec(halls(), 1..5)) {
            let all: Vec<Release> =
                (1..).zip(&history).map(|(n, h)| release(n, entries(h))).collect();
            let mut earlier: BTreeMap<Activity, i32> = BTreeMap::new();
            for n in 1..=all.len() {
                let now = appointments(&all[..n], side(1), |_, _| true);
                let standing: BTreeSet<Activity> =
                    now.iter().filter(|a| !a.cancelled).map(|a| a.entry.slot.activity).collect();
                let expected: BTreeSet<Activity> =
                    all[n - 1].agenda(side(1)).map(|e| e.slot.activity).collect();
                prop_assert_eq!(standing, expected);
                for a in &now {
                    let was = earlier.insert(a.entry.slot.activity, a.sequence);
                    prop_assert!(was.is_none_or(|was| was <= a.sequence));
                }
            }
        }
    }
}
