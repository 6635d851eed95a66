use std::{collections::BTreeMap, sync::Arc};

use jiff::{
    ToSpan,
    civil::{DateTime, date},
};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    Lang, Text,
    agenda::steps,
    city::Origin,
    edition::{Edition, Mode},
    interpretation::Interpretation,
    precedence::{Among, Precedence},
    presence::Presence,
    programme::{Activity, Company, Slot},
    release::{Listed, Release},
    session::{Attendance, SessionKind},
    venue::{Hall, HallKind, Venue},
};

fn id<T: From<Uuid>>(n: u128) -> T {
    T::from(Uuid::from_u128(n))
}

fn text() -> Text {
    Text::new(Lang::En, "x")
}

fn at(hour: i64, minute: i64) -> DateTime {
    date(2027, 5, 18).at(0, 0, 0, 0).saturating_add(hour.hours().minutes(minute))
}

/// Two sites, twenty minutes apart, with a hall each: halls 1 and 2 at sites 1 and 2; hall 3 beside hall 1.
fn brief() -> Brief {
    let edition = Edition {
        id: id(0),
        series: id(0),
        title: text(),
        host: id(0),
        mode: Mode::InPerson,
        zone: "Asia/Shanghai".to_owned(),
        first_day: date(2027, 5, 18),
        last_day: date(2027, 5, 20),
        initiators: vec![text()],
        languages: vec![Lang::Zh, Lang::Ru],
        precedence: Precedence { among: Among::Alphabet { lang: Lang::Ru }, overrides: Vec::new() },
        call: None,
        origin: Origin::Demonstration,
    };
    let venue = |n: u128| Venue {
        id: id(n),
        edition: id(0),
        name: text(),
        travel: BTreeMap::from([(id(3 - n), 20)]),
    };
    let hall = |n: u128, at: u128| Hall {
        id: id(n),
        edition: id(0),
        venue: id(at),
        name: text(),
        kind: HallKind::Hall,
        capacity: 100,
        booths: 0,
        parallel: 1,
        closed: Vec::new(),
    };
    Brief {
        edition,
        venues: vec![venue(1), venue(2)],
        halls: vec![hall(1, 1), hall(2, 2), hall(3, 1)],
        sessions: Vec::new(),
        meetings: Vec::new(),
        delegations: Vec::new(),
        pins: Vec::new(),
        interpreters: Vec::new(),
        interpretation: Interpretation::of(id(0)),
    }
}

/// A release of sessions of everyone: hall, hour and minutes of each.
fn release(brief: &Brief, entries: &[(u128, i64, i64)]) -> Release {
    let company = Arc::new(Company::Session(SessionKind::Plenary, Attendance::Everyone));
    let name = Arc::new(text());
    let entry = |(n, (hall, hour, minutes)): (u128, &(u128, i64, i64))| Entry {
        slot: Slot {
            activity: Activity::Session(id(n)),
            hall: id(*hall),
            start: brief.instant(at(*hour, 0)),
            minutes: *minutes,
        },
        company: company.clone(),
        title: text(),
        hall: name.clone(),
        venue: name.clone(),
        languages: [].into(),
        team: None,
    };
    let mut entries: Vec<Entry> = (1..).zip(entries).map(entry).collect();
    entries.sort_by_key(|e| (e.slot.start, e.slot.activity));
    let delegations = vec![Listed { id: id(1), name: text(), presence: None }];
    let (number, at) = (1, Timestamp::UNIX_EPOCH);
    Release { id: id(0), edition: id(0), number, at, note: None, delegations, entries }
}

fn there(arrival: Option<(i64, i64)>, departure: Option<(i64, i64)>) -> Presence {
    let moment = |at_: (i64, i64)| at(at_.0, at_.1);
    Presence { arrival: arrival.map(moment), departure: departure.map(moment), busy: Vec::new() }
}

/// Where it goes on the day, with the time at which each journey stands: `14:30 T>1`.
fn day(entries: &[(u128, i64, i64)], presence: &Presence) -> Vec<String> {
    let brief = brief();
    let release = release(&brief, entries);
    let zone = brief.edition.time_zone();
    let steps = steps(&release, id(1), presence, &zone);
    let place = |place: Place<'_>| match place {
        Place::Terminal => "T".to_owned(),
        Place::Lodging => "L".to_owned(),
        Place::Site(entry) => {
            brief.hall(entry.slot.hall).map_or(0, |h| h.venue.0.as_u128()).to_string()
        }
    };
    let told = |journey: &Journey<'_>| {
        let at = journey.at().map(|at| brief.civil(at).strftime("%H:%M").to_string());
        format!("{} {}>{}", at.unwrap_or_default(), place(journey.from), place(journey.to))
    };
    journeys(&brief, &steps, date(2027, 5, 18)).iter().map(told).collect()
}

#[test]
fn nobody_is_driven_to_what_begins_before_the_aircraft_lands() {
    let programme = [(1, 9, 60), (1, 10, 90), (2, 16, 60), (1, 19, 60)];
    assert_eq!(
        day(&programme, &there(Some((14, 30)), None)),
        ["14:30 T>2", "18:40 2>1", "20:00 1>L"]
    );
    assert_eq!(
        day(&programme, &there(Some((11, 0)), None)),
        ["11:00 T>L", "16:00 L>2", "18:40 2>1", "20:00 1>L"],
        "five hours are time for the hotel"
    );
    assert_eq!(day(&programme, &there(Some((21, 0)), None)), ["21:00 T>L"]);
}

#[test]
fn whoever_leaves_is_driven_to_the_aircraft_and_not_back() {
    let programme = [(1, 9, 60), (2, 11, 60), (1, 15, 60)];
    assert_eq!(
        day(&programme, &there(None, Some((14, 0)))),
        ["09:00 L>1", "10:40 1>2", "14:00 2>T"],
        "what ends after the departure is not attended"
    );
    assert_eq!(
        day(&programme, &there(None, Some((20, 0)))),
        ["09:00 L>1", "10:40 1>2", "14:40 2>1", "16:00 1>L", "20:00 L>T"]
    );
    assert_eq!(day(&programme, &there(None, Some((7, 0)))), ["07:00 L>T"]);
    assert_eq!(
        day(&programme, &there(Some((8, 0)), Some((13, 30)))),
        ["08:00 T>1", "10:40 1>2", "13:30 2>T"]
    );
}

#[test]
fn two_halls_under_one_roof_need_no_car() {
    assert_eq!(day(&[(1, 9, 60), (3, 10, 60)], &there(None, None)), ["09:00 L>1", "11:00 1>L"]);
    assert_eq!(day(&[], &there(None, None)), [""; 0]);
}

proptest! {
    /// Whatever the programme and the stay: the journeys are in the order of time, each begins where the
    /// one before ended, and none lies before the arrival or after the departure.
    #[test]
    fn journeys_are_a_way_through_the_stay(
        entries in prop::collection::vec((1..4_u128, 6..22_i64, 1..180_i64), 0..8),
        arrival in prop::option::of(0..24_i64),
        departure in prop::option::of(0..24_i64),
    ) {
        prop_assume!(arrival.zip(departure).is_none_or(|(a, d)| a < d));
        let brief = brief();
        let release = release(&brief, &entries);
        let presence = there(arrival.map(|h| (h, 0)), departure.map(|h| (h, 0)));
        let steps = steps(&release, id(1), &presence, &brief.edition.time_zone());
        let all = journeys(&brief, &steps, date(2027, 5, 18));
        for pair in all.windows(2) {
            prop_assert!(pair[0].at() <= pair[1].at(), "{pair:?}");
            match (pair[0].to, pair[1].from) {
                // What follows at the same site needs no journey.
                (Place::Site(a), Place::Site(b)) => {
                    let venue = |e: &Entry| brief.hall(e.slot.hall).map(|h| h.venue);
                    prop_assert_eq!(venue(a), venue(b));
                }
                (to, from) => prop_assert_eq!(to, from),
            }
        }
        for journey in &all {
            let at = journey.at().map(|at| brief.civil(at));
            prop_assert!(at >= presence.arrival, "{journey:?}");
            prop_assert!(presence.departure.is_none_or(|leaves| at <= Some(leaves)), "{journey:?}");
        }
        let leaves = all.last().is_some_and(|j| j.to == Place::Terminal);
        prop_assert_eq!(leaves, departure.is_some());
    }
}
