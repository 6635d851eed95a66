use std::{collections::BTreeMap, sync::Arc};

use jiff::{Timestamp, ToSpan, civil::date};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    InterpreterId, Lang, Text,
    agenda::{Step, steps},
    interpretation::Mode,
    programme::{Company, Slot},
    release::Listed,
    session::{Attendance, SessionKind},
    team::{Filled, Team},
};

fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

fn at(hour: i64) -> DateTime {
    date(2027, 5, 18).at(0, 0, 0, 0).saturating_add(hour.hours())
}

/// Who comes: everyone, those named, or the two sides of a bilateral.
#[derive(Clone, Debug)]
enum Guests {
    All,
    Named(Vec<u128>),
    Two,
}

fn entry(n: u128, hour: i64, guests: &Guests, interpreter: u128) -> Entry {
    let (activity, company) = match guests {
        Guests::Two => (Activity::Meeting(id(n)), Company::Bilateral([id(1), id(2)])),
        Guests::All => {
            let company = Company::Session(SessionKind::Plenary, Attendance::Everyone);
            (Activity::Session(id(n)), company)
        }
        Guests::Named(list) => {
            let named = Attendance::Delegations(list.iter().copied().map(id).collect());
            (Activity::Session(id(n)), Company::Session(SessionKind::Meal, named))
        }
    };
    let name = Arc::new(Text::new(Lang::En, "x"));
    let start = at(hour).to_zoned(TimeZone::UTC).expect("an instant").timestamp();
    let seats = vec![Filled {
        interpreter: InterpreterId(Uuid::from_u128(interpreter)),
        pair: [Lang::Zh, Lang::Ru],
    }];
    Entry {
        slot: Slot { activity, hall: id(1), start, minutes: 60 },
        company: company.into(),
        title: Text::new(Lang::En, "x"),
        hall: name.clone(),
        venue: name,
        languages: [].into(),
        team: Some(Team { activity, mode: Mode::Consecutive, seats }),
    }
}

/// A release with delegation 1, which arrives at an hour.
fn release(arrival: Option<i64>, entries: Vec<Entry>) -> Release {
    let presence = Presence { arrival: arrival.map(at), departure: Some(at(40)), busy: Vec::new() };
    let delegations =
        vec![Listed { id: id(1), name: Text::new(Lang::En, "x"), presence: Some(presence) }];
    let at = Timestamp::UNIX_EPOCH;
    Release { id: id(0), edition: id(0), number: 1, at, note: None, delegations, entries }
}

fn fates(before: &Release, after: &Release) -> Vec<(i64, Fate)> {
    let notice = Notice::of(Some(before), after, id(1), &TimeZone::UTC);
    let hour = |told: &Told<'_>| {
        let entry = told.change.entry().expect("an entry");
        i64::from(TimeZone::UTC.to_datetime(entry.slot.start).hour())
    };
    notice.told.iter().map(|told| (hour(told), told.fate)).collect()
}

#[test]
fn who_lands_later_is_told_when_and_from_what_it_is_excused() {
    let lunch = |named: &[u128]| entry(3, 12, &Guests::Named(named.to_vec()), 9);
    let opening = || entry(1, 9, &Guests::All, 9);
    let talk = |hour| entry(20, hour, &Guests::Two, 9);
    let before = release(Some(8), vec![opening(), lunch(&[1, 2, 3]), talk(10)]);
    let after = release(Some(14), vec![opening(), lunch(&[2, 3]), talk(15)]);
    let notice = Notice::of(Some(&before), &after, id(1), &TimeZone::UTC);
    assert_eq!(notice.arrival, Some((Some(at(8)), at(14))));
    assert_eq!(notice.departure, None);
    let later = Fate::Excused(Some(Excuse::Later));
    assert_eq!(
        fates(&before, &after),
        [(9, later), (12, later), (15, Fate::Changed(ChangeKind::Moved))]
    );
    assert_eq!(
        fates(&after, &before).iter().map(|told| told.1).collect::<Vec<_>>(),
        [ChangeKind::Added, ChangeKind::Moved, ChangeKind::Added].map(Fate::Changed),
        "and back"
    );
}

#[test]
fn nothing_is_told_to_whom_nothing_changed() {
    let lunch = |named: &[u128]| entry(3, 12, &Guests::Named(named.to_vec()), 9);
    let (before, after) =
        (release(Some(8), vec![lunch(&[1, 2])]), release(Some(8), vec![lunch(&[1])]));
    assert!(Notice::of(Some(&before), &after, id(1), &TimeZone::UTC).is_empty());
    let staffed = |interpreter| vec![entry(3, 12, &Guests::All, interpreter)];
    let (before, after) = (release(Some(8), staffed(8)), release(Some(8), staffed(9)));
    assert!(Notice::of(Some(&before), &after, id(1), &TimeZone::UTC).is_empty(), "booths");
    let staffed = |interpreter| vec![entry(20, 12, &Guests::Two, interpreter)];
    let (before, after) = (release(Some(8), staffed(8)), release(Some(8), staffed(9)));
    assert_eq!(fates(&before, &after), [(12, Fate::Changed(ChangeKind::Restaffed))]);
    assert!(!Notice::of(Some(&before), &after, id(1), &TimeZone::UTC).matters());
    assert!(Notice::of(Some(&before), &after, id(3), &TimeZone::UTC).is_empty(), "a third one");
}

#[test]
fn who_only_lands_at_another_time_is_concerned_and_nobody_else() {
    let talk = || vec![entry(20, 12, &Guests::Two, 9)];
    let (before, after) = (release(Some(8), talk()), release(Some(10), talk()));
    let concerned = |now: i64| {
        let now = at(now).to_zoned(TimeZone::UTC).expect("an instant").timestamp();
        concerned(Some(&before), &after, &TimeZone::UTC, now)
    };
    assert!(Notice::of(Some(&before), &after, id(1), &TimeZone::UTC).matters());
    assert_eq!(concerned(7), BTreeSet::from([id(1)]));
    let later = release(Some(14), talk());
    assert_eq!(fates(&before, &later), [(12, Fate::Excused(Some(Excuse::Later)))]);
    let same = super::concerned(Some(&before), &before, &TimeZone::UTC, Timestamp::MIN);
    assert!(same.is_empty());
}

fn guests() -> impl Strategy<Value = Guests> {
    prop_oneof![
        Just(Guests::All),
        prop::collection::vec(1..4_u128, 0..3).prop_map(Guests::Named),
        Just(Guests::Two),
    ]
}

fn programme() -> impl Strategy<Value = Vec<Entry>> {
    let one = (0..20_i64, guests(), 8..10_u128);
    prop::collection::btree_map(1..9_u128, one, 0..6).prop_map(|all: BTreeMap<_, _>| {
        all.iter().map(|(n, (hour, guests, who))| entry(*n, *hour, guests, *who)).collect()
    })
}

proptest! {
    /// Whoever takes what it attended and applies what it is told knows what it attends now.
    #[test]
    fn a_notice_turns_the_old_agenda_into_the_new_one(
        old in programme(), new in programme(),
        arrivals in (prop::option::of(0..24_i64), prop::option::of(0..24_i64)),
    ) {
        let (before, after) = (release(arrivals.0, old), release(arrivals.1, new));
        let attended = |release: &Release| -> BTreeMap<Activity, (Slot, Option<Team>)> {
            let presence = release.presence_of(id(1)).expect("stated");
            let steps = steps(release, id(1), presence, &TimeZone::UTC);
            let said = |e: &Entry| (e.slot, e.team.clone().filter(|_| e.kind().is_none()));
            steps.iter().filter_map(Step::attended).map(|e| (e.slot.activity, said(e))).collect()
        };
        let mut known = attended(&before);
        for told in Notice::of(Some(&before), &after, id(1), &TimeZone::UTC).told {
            let entry = told.change.entry().expect("an entry");
            match told.change.after {
                Some(now) => {
                    let team = now.team.clone().filter(|_| now.kind().is_none());
                    known.insert(entry.slot.activity, (now.slot, team));
                }
                None => {
                    prop_assert!(known.remove(&entry.slot.activity).is_some());
                }
            }
        }
        prop_assert_eq!(known, attended(&after));
    }
}
