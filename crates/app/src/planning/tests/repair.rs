//! Whatever happens after a release: every way keeps the rules and what has begun, and moves no more than it
//! must.

use domain::disruption::{Disruption, Stood};

use super::*;
use crate::planning::repair::{Way, repair};

fn a_disruption() -> impl Strategy<Value = Disruption> {
    let span = (0..2_i8, 32..76_i8, 1..20_i8).prop_map(|(day, from, lasts)| Closed {
        from: moment(day, from),
        until: moment(day, from + lasts),
    });
    prop_oneof![
        (0..5_usize, 0..2_i8, 30..80_i8).prop_map(|(d, day, q)| {
            Disruption::Late { delegation: id(d), arrival: moment(day, q), earlier: None }
        }),
        (0..5_usize, 0..2_i8, 30..80_i8).prop_map(|(d, day, q)| {
            Disruption::Leaving { delegation: id(d), departure: moment(day, q) }
        }),
        (0..4_usize, span.clone()).prop_map(|(h, closed)| Disruption::Hall { hall: id(h), closed }),
        (0..5_usize, span).prop_map(|(d, busy)| Disruption::Busy { delegation: id(d), busy }),
        (0..5_usize).prop_map(|d| Disruption::Withdrawn { delegation: id(d) }),
        (0..6_usize, 2..30_i64)
            .prop_map(|(s, fives)| Disruption::Longer { session: id(s), minutes: 5 * fives }),
        (0..14_usize, 0..2_i8, 0..60_i8, 1..96_i8).prop_map(|(n, day, from, lasts)| {
            let from = moment(day, from);
            let until = from.saturating_add(jiff::Span::new().minutes(15 * i64::from(lasts)));
            Disruption::Interpreter { interpreter: id(n), away: Closed { from, until } }
        }),
        (0..14_usize, prop::option::of(0..5_usize)).prop_map(|(n, by)| {
            let activity = match n {
                0..6 => Activity::Session(id(n)),
                _ => Activity::Meeting(id::<MeetingId>(n - 6)),
            };
            Disruption::CalledOff { activity, by: by.map(id) }
        }),
        a_meeting(20).prop_map(|meeting| {
            Disruption::Meeting(Meeting { state: MeetingState::Accepted, ..meeting })
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_happens_every_way_keeps_the_rules_and_what_has_begun(
        brief in a_brief(), news in a_disruption(), day in 0..2_i8, quarter in 30..76_i8
    ) {
        let hours = Hours::default();
        let task = Task::new(&brief, &hours).expect("our own problem is sound");
        let draft = task.draft(&planned(&task, 200), id(0), Timestamp::UNIX_EPOCH);
        let now = brief.instant(moment(day, quarter));
        prop_assume!(news.check(&brief, &draft.slots, now).is_ok());
        let released = draft.slots;
        let stands = (&*released, &*draft.teams);
        let ways = repair(&brief, &hours, stands, &news, now).expect("sound");
        for (at, way) in ways.iter().enumerate() {
            let teams = |way: &Way| {
                let mut teams = way.teams.clone();
                teams.sort_by_key(|team| team.activity);
                teams
            };
            let same = |other: &&Way| (&other.slots, teams(other)) == (&way.slots, teams(way));
            prop_assert!(ways[..at].iter().find(same).is_none(), "the same way twice");
            let begun = |a: Activity| released.iter().any(|s| s.activity == a && s.start < now);
            for clash in way.brief.clashes_of(&way.slots, &way.teams) {
                prop_assert!(begun(clash.activity), "{clash:?}");
                prop_assert!(clash.other.is_none_or(begun), "{clash:?}");
            }
            for was in released.iter().filter(|s| s.start < now) {
                let place = |s: &Slot| (s.activity, s.hall, s.start);
                let stays = way.slots.iter().any(|s| place(s) == place(was));
                prop_assert!(stays || way.brief.minutes(was.activity).is_none(), "{was:?} has begun");
            }
            let early = way.slots.iter().find(|s| s.start < now && !begun(s.activity));
            prop_assert_eq!(early, None, "nothing new begins in the past");
            let plan = way.plan(&hours, id(1), now).expect("sound");
            prop_assert_eq!((&plan.slots, &plan.teams), (&way.slots, &way.teams));
            for was in draft.teams.iter().filter(|team| begun(team.activity)) {
                let stays = way.teams.contains(was);
                prop_assert!(stays || way.brief.minutes(was.activity).is_none(), "{was:?} works");
            }
            let placed = plan.slots.iter().map(|s| s.activity);
            let mut all: Vec<Activity> = placed.chain(plan.unplaced.iter().map(|u| u.activity)).collect();
            all.sort();
            let mut asked = way.brief.activities();
            asked.sort();
            prop_assert_eq!(all, asked, "each is either placed or told of");
        }
        if let Disruption::CalledOff { activity, .. } = news {
            prop_assert!(!ways.is_empty());
            for (at, way) in ways.iter().enumerate() {
                let stays = released.iter().filter(|s| s.activity != activity);
                let kept = stays.clone().filter(|s| way.slots.contains(s)).count();
                prop_assert_eq!(kept, stays.count(), "everything else stays");
                prop_assert!(at > 0 || way.slots.len() == kept, "and at first nothing is added");
                prop_assert!(way.slots.iter().all(|s| s.activity != activity));
            }
        }
        let again = repair(&brief, &hours, stands, &news, now).expect("sound");
        prop_assert_eq!(ways, again, "whoever asks again is shown the same");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a delay moved or dropped: once it was a false alarm, one way leads back to all of it.
    #[test]
    fn a_false_alarm_can_give_everything_back(brief in a_brief(), d in 0..5_usize, q in 30..80_i8) {
        let hours = Hours::default();
        let declared = brief.delegations[d].arrival;
        prop_assume!(declared.is_some());
        let task = Task::new(&brief, &hours).expect("our own problem is sound");
        let draft = task.draft(&planned(&task, 200), id(0), Timestamp::UNIX_EPOCH);
        let now = brief.instant(moment(0, 30));
        let late = |arrival, earlier| Disruption::Late { delegation: id(d), arrival, earlier };
        let news = late(moment(1, q), None);
        prop_assume!(news.check(&brief, &draft.slots, now).is_ok());
        let ways = repair(&brief, &hours, (&draft.slots, &draft.teams), &news, now).expect("sound");
        let Some(way) = ways.first() else { return Ok(()) };
        let starts = |brief: &Brief| brief.sessions.iter().map(|s| s.fixed).collect::<Vec<_>>();
        prop_assume!(starts(&way.brief) == starts(&brief));
        let was = Stood::all(&draft.slots, &draft.teams);
        let is = Stood::all(&way.slots, &way.teams);
        let noted = news.noted((&brief, &was), (&way.brief, &is)).expect("news of an arrival");
        prop_assert_eq!(noted.declared, declared);
        prop_assume!(noted.stood.iter().all(|it| it.slot.start >= now));
        let alarm = late(declared.expect("assumed"), Some(noted));
        let back = repair(&way.brief, &hours, (&way.slots, &way.teams), &alarm, now).expect("sound");
        let whole = |way: &Way| was.iter().all(|it| Stood::all(&way.slots, &way.teams).contains(it));
        prop_assert!(back.iter().any(whole), "{back:?}");
    }
}

/// A morning that follows itself: an opening at nine, a photograph after it, a plenary at half past ten
/// after that; a forum in the afternoon.
fn morning() -> Brief {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let some = a_session(0).new_tree(&mut runner).expect("a session").current();
    let hall = a_hall(0).new_tree(&mut runner).expect("a hall").current();
    let session = |n: usize, minutes, fixed, after: &[usize]| Session {
        id: id(n),
        kind: SessionKind::Plenary,
        minutes,
        people: 1,
        halls: vec![id(0)],
        languages: Vec::new(),
        attendance: Attendance::Everyone,
        days: vec![date(2027, 5, 18)],
        after: after.iter().copied().map(id).collect(),
        fixed,
        ..some.clone()
    };
    let sessions = vec![
        session(0, 60, Some(moment(0, 36)), &[]),
        session(1, 30, None, &[0]),
        session(2, 60, Some(moment(0, 42)), &[1]),
        session(3, 60, Some(moment(0, 56)), &[2]),
    ];
    let mut brief = bare(sessions);
    brief.venues = vec![Venue { id: id(0), edition: id(0), name: text(), travel: [].into() }];
    brief.halls =
        vec![Hall { venue: id(0), kind: HallKind::Hall, capacity: 50, closed: Vec::new(), ..hall }];
    brief
}

#[test]
fn what_waits_for_a_longer_session_shifts_and_it_keeps_its_own_start() {
    let (brief, hours) = (morning(), Hours::default());
    let task = Task::new(&brief, &hours).expect("our own problem is sound");
    let released = task.draft(&planned(&task, 50), id(0), Timestamp::UNIX_EPOCH).slots;
    assert_eq!(starts(&brief, &released), [36, 40, 42, 56].map(|quarter| Some(moment(0, quarter))));
    let news = Disruption::Longer { session: id(0), minutes: 90 };
    let now = brief.instant(moment(0, 30));
    let ways = repair(&brief, &hours, (&released, &[]), &news, now).expect("sound");
    assert_eq!(
        starts(&brief, &ways[0].slots),
        [36, 42, 44, 56].map(|quarter| Some(moment(0, quarter))),
        "the photograph and the plenary half an hour later, the forum where it was"
    );
    assert!(ways[0].least, "nothing is lost, which cannot be outdone");
    let fixed: Vec<_> = ways[0].brief.sessions.iter().map(|session| session.fixed).collect();
    let given = [Some(36), None, Some(44), Some(56)];
    assert_eq!(fixed, given.map(|at| at.map(|quarter| moment(0, quarter))));
}

#[test]
fn what_a_longer_session_runs_into_is_shifted_or_cut() {
    let (mut brief, hours) = (morning(), Hours::default());
    // The plenary takes its time; lunch is at half past eleven, and a forum is at one.
    let changes = [(2, 60, Some(42)), (3, 60, Some(52))];
    for (n, minutes, fixed) in changes {
        let session = &mut brief.sessions[n];
        (session.minutes, session.fixed) = (minutes, fixed.map(|quarter| moment(0, quarter)));
    }
    let meal = Session { kind: SessionKind::Meal, ..brief.sessions[3].clone() };
    brief.sessions.push(Session { id: id(4), fixed: Some(moment(0, 46)), after: vec![], ..meal });
    let task = Task::new(&brief, &hours).expect("our own problem is sound");
    let released = task.draft(&planned(&task, 50), id(0), Timestamp::UNIX_EPOCH).slots;
    assert_eq!(starts(&brief, &released), [36, 40, 42, 52, 46].map(|q| Some(moment(0, q))));
    let news = Disruption::Longer { session: id(2), minutes: 70 };
    let now = brief.instant(moment(0, 41));
    let ways = repair(&brief, &hours, (&released, &[]), &news, now).expect("sound");
    let lasts = |way: &Way| way.slots.iter().map(|slot| slot.minutes).sum::<i64>();
    let later = moment(0, 46).saturating_add(jiff::Span::new().minutes(10));
    for way in &ways {
        let all = starts(&brief, &way.slots);
        assert_eq!((all[2], all[3]), (Some(moment(0, 42)), Some(moment(0, 52))), "these stay");
        assert_eq!(all[4], Some(later), "lunch is ten minutes later");
    }
    let cut = ways.iter().filter(|way| lasts(way) == 60 + 30 + 70 + 60 + 50).count();
    let whole = ways.iter().filter(|way| lasts(way) == 60 + 30 + 70 + 60 + 60).count();
    assert!(cut == 1 && whole >= 1, "to choose: {cut} {whole}");
}

#[test]
fn nothing_is_cut_but_what_a_longer_session_runs_into() {
    let (mut brief, hours) = (morning(), Hours::default());
    let task = Task::new(&brief, &hours).expect("our own problem is sound");
    let released = task.draft(&planned(&task, 50), id(0), Timestamp::UNIX_EPOCH).slots;
    // Since the release the forum was given another start, which breaks its place.
    brief.sessions[3].fixed = Some(moment(0, 60));
    let news = Disruption::Longer { session: id(0), minutes: 75 };
    let now = brief.instant(moment(0, 30));
    let ways = repair(&brief, &hours, (&released, &[]), &news, now).expect("sound");
    assert!(!ways.is_empty());
    for way in &ways {
        let forum = way.slots.iter().find(|slot| slot.activity == Activity::Session(id(3)));
        let forum = forum.map(|slot| (brief.civil(slot.start), slot.minutes));
        assert_eq!(forum, Some((moment(0, 60), 60)), "whole, at its new start");
    }
}

#[test]
fn what_no_longer_stood_before_the_news_is_told_apart() {
    let (mut brief, hours) = (morning(), Hours::default());
    let task = Task::new(&brief, &hours).expect("our own problem is sound");
    let released = task.draft(&planned(&task, 50), id(0), Timestamp::UNIX_EPOCH).slots;
    let session = |n: usize| Activity::Session(id(n));
    let stale = |brief: &Brief, quarter| {
        let found = crate::planning::stale(brief, &released, brief.instant(moment(0, quarter)));
        found.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(stale(&brief, 30), []);
    brief.sessions[3].fixed = Some(moment(0, 60));
    brief.sessions.remove(1);
    assert_eq!(stale(&brief, 30), [session(1), session(3)], "called off, and another start");
    assert_eq!(stale(&brief, 41), [session(3)], "what has begun is past");
}

/// When the sessions begin.
fn starts(brief: &Brief, slots: &[Slot]) -> Vec<Option<DateTime>> {
    let of = |session: &Session| slots.iter().find(|s| s.activity == Activity::Session(session.id));
    brief.sessions.iter().map(|it| of(it).map(|slot| brief.civil(slot.start))).collect()
}
