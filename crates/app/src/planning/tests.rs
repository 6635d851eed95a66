//! Whatever is asked: a draft keeps the planner's rules and ours, leaves nothing out in silence, and
//! keeps its pins.

use std::{collections::BTreeSet, ops::ControlFlow};

use domain::{
    CityId, Lang, MeetingId, SeriesId, Text, VenueId,
    city::Origin,
    delegation::Party,
    edition::{Edition, Mode},
    interpretation::{Arrangement, By, House, Interpretation, Norm, Rule as Rules, Waiver},
    interpreter::{Consent, Interpreter, Strength},
    meeting::{Meeting, MeetingState},
    precedence::{Among, Precedence},
    programme::Pin,
    venue::{Closed, HallKind, Venue},
};
use jiff::civil::{DateTime, date};
use planner::{Rule, check};
use proptest::{prelude::*, strategy::ValueTree as _};
use uuid::Uuid;

use super::*;

mod repair;

fn id<T: From<Uuid>>(n: usize) -> T {
    T::from(Uuid::from_u128(n as u128 + 1))
}

fn text() -> Text {
    Text::new(Lang::En, "x")
}

/// A moment of the edition: a day and a quarter of an hour.
fn moment(day: i8, quarter: i8) -> DateTime {
    date(2027, 5, 18 + day).at(quarter / 4, quarter % 4 * 15, 0, 0)
}

fn edition(days: i8) -> Edition {
    Edition {
        id: id(0),
        series: SeriesId(Uuid::nil()),
        title: text(),
        host: CityId(Uuid::nil()),
        mode: Mode::InPerson,
        zone: "Asia/Shanghai".to_owned(),
        first_day: date(2027, 5, 18),
        last_day: date(2027, 5, 17 + days),
        initiators: vec![text()],
        languages: vec![Lang::Zh, Lang::Ru],
        precedence: Precedence { among: Among::Alphabet { lang: Lang::Ru }, overrides: Vec::new() },
        call: None,
        origin: Origin::Demonstration,
    }
}

prop_compose! {
    fn a_hall(n: usize)(
        venue in 0..2_usize,
        kind in 0..4_usize,
        capacity in 3..60_i64,
        booths in 0..3_i64,
        parallel in 1..4_i64,
        closed in prop::collection::vec((0..2_i8, 30..70_i8, 1..20_i8), 0..3),
    ) -> Hall {
        let kind = HallKind::ALL[kind];
        let span = |(day, from, lasts): &(i8, i8, i8)| {
            Closed { from: moment(*day, *from), until: moment(*day, from + lasts) }
        };
        Hall {
            id: id(n),
            edition: id(0),
            venue: id(venue),
            name: text(),
            kind,
            capacity,
            booths,
            parallel: if kind == HallKind::Tables { parallel } else { 1 },
            closed: closed.iter().map(span).collect(),
        }
    }
}

prop_compose! {
    fn a_delegation(n: usize)(
        arrival in prop::option::of((-1..2_i8, 0..80_i8)),
        departure in prop::option::of((1..3_i8, 40..90_i8)),
    ) -> Delegation {
        Delegation {
            id: id(n),
            edition: id(0),
            party: Party::City(CityId(Uuid::nil())),
            name: text(),
            rank: Rank::Head,
            quota: 5,
            languages: vec![Lang::Ru],
            arrival: arrival.map(|(day, q)| moment(day, q)),
            departure: departure.map(|(day, q)| moment(day, q)),
            busy: Vec::new(),
            withdrawn: false,
            origin: Origin::Demonstration,
        }
    }
}

prop_compose! {
    fn a_session(n: usize)(
        kind in 0..SessionKind::ALL.len(),
        minutes in prop::sample::select(vec![10_i64, 20, 45, 60, 75, 90, 120]),
        people in 1..40_i64,
        halls in prop::collection::btree_set(0..4_usize, 0..3),
        languages in 0..4_usize,
        guests in prop::option::of(prop::collection::btree_set(0..5_usize, 1..4)),
        days in prop::collection::btree_set(0..2_i8, 0..2),
        after in prop::collection::btree_set(0..n.max(1), 0..2),
        fixed in prop::option::weighted(0.3, (0..3_i8, 30..85_i8, 0..2_i8)),
    ) -> Session {
        Session {
            id: id(n),
            edition: id(0),
            kind: SessionKind::ALL[kind],
            title: text(),
            minutes,
            people,
            halls: halls.into_iter().map(id).collect(),
            languages: Lang::ALL[..languages].to_vec(),
            attendance: guests.map_or(Attendance::Everyone, |g| {
                Attendance::Delegations(g.into_iter().map(id).collect())
            }),
            days: days.into_iter().map(|d| date(2027, 5, 18 + d)).collect(),
            after: after.into_iter().filter(|a| *a < n).map(id::<SessionId>).collect(),
            fixed: fixed.map(|(day, q, five)| {
                moment(day, q).saturating_add(jiff::Span::new().minutes(i64::from(five) * 5))
            }),
        }
    }
}

fn a_meeting(n: usize) -> impl Strategy<Value = Meeting> {
    (0..5_usize, 1..5_usize, any::<bool>(), 0..4_usize).prop_map(move |(from, by, must, state)| {
        let states = [MeetingState::Requested, MeetingState::Declined];
        Meeting {
            id: id(n),
            edition: id(0),
            from: id(from),
            to: id((from + by) % 5),
            purpose: text(),
            wish: if must { Wish::Must } else { Wish::Nice },
            minutes: 30,
            state: states.get(state).cloned().unwrap_or(MeetingState::Accepted),
            remark: String::new(),
        }
    })
}

fn a_pin() -> impl Strategy<Value = (usize, usize, i8, i8)> {
    (0..14_usize, 0..4_usize, 0..2_i8, 34..76_i8)
}

prop_compose! {
    fn a_brief()(
        halls in (a_hall(0), a_hall(1), a_hall(2), a_hall(3)),
        delegations in (a_delegation(0), a_delegation(1), a_delegation(2), a_delegation(3), a_delegation(4)),
        sessions in (a_session(0), a_session(1), a_session(2), a_session(3), a_session(4), a_session(5)),
        meetings in (0..8_usize).prop_flat_map(|n| (0..n).map(a_meeting).collect::<Vec<_>>()),
        pins in prop::collection::vec(a_pin(), 0..4),
        road in 0..70_i64,
        (interpreters, interpretation) in (a_roster(), an_interpretation()),
    ) -> Brief {
        let venues = [0, 1].map(|n| Venue {
            id: id(n),
            edition: id(0),
            name: text(),
            travel: [(id::<VenueId>(1 - n), road)].into(),
        });
        let mut brief = Brief {
            edition: edition(2),
            venues: venues.to_vec(),
            halls: vec![halls.0, halls.1, halls.2, halls.3],
            sessions: vec![sessions.0, sessions.1, sessions.2, sessions.3, sessions.4, sessions.5],
            meetings,
            delegations: vec![
                delegations.0, delegations.1, delegations.2, delegations.3, delegations.4,
            ],
            pins: Vec::new(),
            interpreters,
            interpretation,
        };
        let mut taken = BTreeSet::new();
        for (what, hall, day, quarter) in pins {
            let activity = match what {
                n @ 0..6 => Activity::Session(id(n)),
                n => Activity::Meeting(id::<MeetingId>(n - 6)),
            };
            if taken.insert(activity) {
                let start = brief.instant(moment(day, quarter));
                brief.pins.push(Pin { activity, hall: id(hall), start });
            }
        }
        brief.sorted()
    }
}

fn a_roster() -> impl Strategy<Value = Vec<Interpreter>> {
    let strength = prop::option::of(0..3_usize);
    let span = (0..2_i8, 30..50_i8, 4..40_i8).prop_map(|(day, from, lasts)| Closed {
        from: moment(day, from),
        until: moment(day, from + lasts),
    });
    let spans = prop::collection::vec(span, 0..3);
    let one = ([strength.clone(), strength.clone(), strength], spans.clone(), spans);
    let one = (one, prop::option::weighted(0.2, 0..5_usize));
    let person = |(n, ((languages, presence, away), of)): (usize, _)| {
        let (languages, presence, away): ([Option<usize>; 3], _, _) = (languages, presence, away);
        let of: Option<usize> = of;
        let known = |(lang, s): (Lang, Option<usize>)| Some((lang, Strength::ALL[s?]));
        Interpreter {
            id: id(n),
            edition: id(0),
            name: domain::person::PersonName::default(),
            languages: Lang::ALL.into_iter().zip(languages).filter_map(known).collect(),
            of: of.map(id),
            presence,
            away,
            email: String::new(),
            contact: String::new(),
            recording: Consent::Unasked,
            purge_on: date(2027, 12, 1),
        }
    };
    prop::collection::vec(one, 0..14)
        .prop_map(move |all| all.into_iter().enumerate().map(person).collect())
}

prop_compose! {
    fn an_arrangement(what: usize)(
        mode in prop::option::of(0..5_usize),
        by in 0..4_usize,
        listeners in 1..5_i64,
        waived in prop::collection::btree_set(0..Rules::WAIVABLE.len(), 0..3),
        team in prop::option::weighted(0.2, prop::collection::btree_set(0..16_usize, 0..5)),
    ) -> Arrangement {
        let activity = match what {
            n @ 0..6 => Activity::Session(id(n)),
            n => Activity::Meeting(id(n - 6)),
        };
        let waiver = |n: usize| Waiver { rule: Rules::WAIVABLE[n], reason: "short".to_owned() };
        Arrangement {
            mode: mode.map(|n| domain::interpretation::Mode::ALL[n]),
            by: match (by, activity) {
                (2, Activity::Meeting(_)) => By::EachSide,
                _ => By::Pool,
            },
            listeners,
            waivers: waived.into_iter().map(waiver).collect(),
            team: team.map(|team| team.into_iter().map(id).collect()),
            ..Arrangement::usual(activity)
        }
    }
}

fn an_interpretation() -> impl Strategy<Value = Interpretation> {
    let arranged = prop::collection::btree_set(0..14_usize, 0..5)
        .prop_flat_map(|all| all.into_iter().map(an_arrangement).collect::<Vec<_>>());
    (any::<bool>(), 0..3_usize, 1..4_i64, any::<bool>(), arranged).prop_map(
        |(planned, pivot, booth, relay, arranged)| {
            let house = |value| House { value, reason: "house".to_owned() };
            let house = BTreeMap::from([
                (Norm::Booth, house(booth)),
                (Norm::Relay, house(i64::from(relay))),
            ]);
            let pivot = Lang::ALL[pivot];
            Interpretation { id: id(0), planned, pivot, house, arranged }
        },
    )
}

fn planned(task: &Task<'_>, steps: u64) -> planner::Plan {
    let budget = planner::Budget { steps: Some(steps), ..planner::Budget::default() };
    planner::solve(&task.problem, &budget, &mut |_| ControlFlow::Continue(())).plan
}

/// The rules of the planner that a plan breaks, but for leaving out what cannot be placed.
fn broken(task: &Task<'_>, plan: &planner::Plan) -> Vec<planner::Violation> {
    let mut found = check(&task.problem, plan);
    found.retain(|violation| violation.rule != Rule::Mandatory);
    found
}

fn sound(brief: &Brief, draft: &Plan) -> Result<(), TestCaseError> {
    prop_assert_eq!(brief.clashes_of(&draft.slots, &draft.teams), Vec::new());
    for team in &draft.teams {
        prop_assert!(draft.slots.iter().any(|s| s.activity == team.activity), "{team:?}");
    }
    let placed = draft.slots.iter().map(|s| s.activity);
    let mut all: Vec<Activity> = placed.chain(draft.unplaced.iter().map(|u| u.activity)).collect();
    all.sort();
    let mut asked = brief.activities();
    asked.sort();
    prop_assert_eq!(all, asked, "each is either placed or told of");
    for slot in &draft.slots {
        prop_assert_eq!(Some(slot.minutes), brief.minutes(slot.activity));
    }
    for unplaced in &draft.unplaced {
        prop_assert!(!unplaced.reasons.is_empty(), "no reason for {:?}", unplaced.activity);
        let halls = brief.halls_for(unplaced.activity).unwrap_or_default();
        for (at, opening) in unplaced.openings.iter().enumerate() {
            prop_assert!(halls.iter().any(|hall| hall.id == opening.hall), "{opening:?}");
            prop_assert!(!opening.reasons.is_empty());
            let again = unplaced.openings[..at].iter().any(|o| o.reasons == opening.reasons);
            prop_assert!(!again, "told twice: {opening:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_draft_keeps_the_rules_of_both_sides(brief in a_brief()) {
        let task = Task::new(&brief, &Hours::default()).expect("our own problem is sound");
        let plan = planned(&task, 200);
        prop_assert_eq!(broken(&task, &plan), Vec::new());
        let draft = task.draft(&plan, id(0), Timestamp::UNIX_EPOCH);
        sound(&brief, &draft)?;
        prop_assert_eq!(task.adopt(&draft.slots, &draft.teams), plan, "there and back");
        for arranged in &brief.interpretation.arranged {
            let team = draft.teams.iter().find(|team| team.activity == arranged.activity);
            if let (Some(team), Some(pinned)) = (team, &arranged.team) {
                let (mut team, mut pinned) = (team.members(), pinned.clone());
                // Whoever speaks no two languages any longer cannot be held to it.
                let able = |id| brief.interpreter(id).is_some_and(|one| !one.pairs().is_empty());
                pinned.retain(|id| able(*id));
                team.sort();
                pinned.sort();
                prop_assert_eq!(team, pinned, "a decided team is kept");
            }
        }
    }

    #[test]
    fn a_pin_moves_what_is_in_its_way_and_nothing_breaks(
        brief in a_brief(), what in 0..14_usize, hall in 0..4_usize, day in 0..2_i8, quarter in 36..70_i8
    ) {
        let hours = Hours::default();
        let task = Task::new(&brief, &hours).expect("our own problem is sound");
        let old = task.draft(&planned(&task, 50), id(0), Timestamp::UNIX_EPOCH);
        let mut pinned = brief.clone();
        let activity = if what < 6 { Activity::Session(id(what)) } else { Activity::Meeting(id(what - 6)) };
        pinned.pins.retain(|p| p.activity != activity);
        let start = pinned.instant(moment(day, quarter));
        pinned.pins.push(Pin { activity, hall: id(hall), start });
        let pinned = pinned.sorted();
        let new = refit(&pinned, &hours, &old, Timestamp::UNIX_EPOCH).expect("sound");
        sound(&pinned, &new)?;
        let again = refit(&pinned, &hours, &new, Timestamp::UNIX_EPOCH).expect("sound");
        prop_assert_eq!(&new.slots, &again.slots, "fitting twice moves nothing");
        let kept = held(&pinned, &hours, &old.slots, &old.teams).expect("sound");
        let task = Task::new(&kept, &hours).expect("our own problem is sound");
        let next = task.draft(&planned(&task, 50), id(0), Timestamp::UNIX_EPOCH);
        let there = |slots: &[Slot], pin: &Pin| {
            slots.iter().any(|s| (s.activity, s.hall, s.start) == (pin.activity, pin.hall, pin.start))
        };
        // Of what has to take place one thing may exclude another: a session the meeting or the session that
        // was put in its way.
        let session = |s: &&Slot| matches!(s.activity, Activity::Session(_));
        let sessions = |slots: &[Slot]| -> BTreeSet<Activity> {
            slots.iter().filter(session).map(|s| s.activity).collect()
        };
        let more = !sessions(&next.slots).is_subset(&sessions(&new.slots));
        for pin in &kept.pins {
            let own = pinned.pin(pin.activity).is_some();
            let may_go = more || own && !there(&new.slots, pin);
            prop_assert!(there(&next.slots, pin) || may_go, "{:?}", pin);
        }
    }
}

/// Two days with these sessions and nobody there.
fn bare(sessions: Vec<Session>) -> Brief {
    Brief {
        edition: edition(2),
        venues: Vec::new(),
        halls: Vec::new(),
        sessions,
        meetings: Vec::new(),
        delegations: Vec::new(),
        pins: Vec::new(),
        interpreters: Vec::new(),
        interpretation: Interpretation::of(id(0)),
    }
}

#[test]
fn the_grid_and_the_clocks_agree() {
    let brief = bare(Vec::new());
    let grid = Grid::new(&brief, &Hours::default(), &[]);
    assert_eq!((grid.minutes, grid.per_day, grid.slots()), (15, 36, 72));
    for slot in 0..grid.slots() {
        let at = grid.civil(slot);
        assert_eq!(grid.slot(at), Some(slot));
        assert_eq!((grid.at_or_after(at), grid.at_or_before(at)), (slot, slot));
        let later = at.saturating_add(jiff::Span::new().minutes(1));
        assert_eq!((grid.at_or_after(later), grid.at_or_before(later)), (slot + 1, slot));
    }
    assert_eq!(grid.slot(date(2027, 5, 18).at(8, 45, 0, 0)), None);
    assert_eq!(grid.at_or_after(date(2027, 5, 18).at(23, 0, 0, 0)), 36);
    assert_eq!(grid.at_or_before(date(2027, 5, 25).at(1, 0, 0, 0)), 72);
    assert_eq!(grid.off(&[date(2027, 5, 19)]), [(0, 36)]);
}

#[test]
fn the_hours_of_lunch_are_free_unless_all_lunch_together() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let some = a_session(0).new_tree(&mut runner).expect("a session").current();
    let (kind, fixed, days) = (SessionKind::Meal, Some(moment(0, 50)), Vec::new());
    let meal = Session { kind, attendance: Attendance::Everyone, fixed, days, ..some };
    let talk = Session { id: id(1), kind: SessionKind::Forum, fixed: None, ..meal.clone() };
    let brief = bare(vec![meal]);
    let grid = Grid::new(&brief, &Hours::default(), &[]);
    let over = [vec![date(2027, 5, 18)], vec![date(2027, 5, 19)], Vec::new()]
        .map(|days| sitting(&brief, &Session { days, ..talk.clone() }, &grid).over_lunch);
    assert_eq!(over, [Some(true), Some(false), Some(false)]);
}
