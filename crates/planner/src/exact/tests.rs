//! Proofs without any help of the search, against trying everything.

use std::{fmt::Write, ops::ControlFlow};

use super::{Finding, Proof, at_sight, is_calm, place, place_calmly, prove};
use crate::{
    formats::{Case, read},
    judge::{check::check, score::score},
    problem::{
        id::HallId,
        plan::{Placement, Plan},
        spec::Slot,
    },
    rng::Rng,
    sat::Limit,
};

const SLOTS: u32 = 5;

/// A small file: some meetings, some slots that people do not have, some fixed, some in order.
fn file(rng: &mut Rng) -> String {
    let (people, meetings) = (3 + rng.below(2), 3 + rng.below(3));
    let (mut requested, mut order, mut fixed) = (String::new(), String::new(), String::new());
    for meeting in 1..=meetings {
        let a = 1 + rng.below(people);
        let b = 1 + (a + rng.below(people - 1)) % people;
        let session = [1, 2, 3, 3, 3][rng.below(5)];
        let before = if meeting > 1 && rng.one_in(6) { meeting - 1 } else { 0 };
        let slot = if rng.one_in(8) { 1 + rng.below(SLOTS as usize) } else { 0 };
        write!(requested, "|{a}, {b}, {session}").expect("text");
        write!(order, "{{{before}}},").expect("text");
        write!(fixed, "{slot},").expect("text");
    }
    let mut forbidden = String::new();
    for _ in 0..people {
        write!(forbidden, "{{{}}},", rng.below(9).saturating_sub(3)).expect("text");
    }
    format!(
        "nBusiness = {people}; nMeetings = {meetings}; nTables = {}; nTotalSlots = {SLOTS};
        nMorningSlots = 3; requested = [{requested}|]; forbidden = [{forbidden}];
        precedences = [{order}]; fixed = [{fixed}];",
        1 + rng.below(2)
    )
}

fn plan(case: &Case, starts: &[Slot]) -> Plan {
    let place = |(activity, &start): (&crate::problem::spec::Activity, &Slot)| {
        let hall = HallId::from("tables");
        (activity.id.clone(), Placement { start, hall, interpreters: Vec::new() })
    };
    Plan { activities: case.problem.spec().activities.iter().zip(starts).map(place).collect() }
}

fn breaks(case: &Case, starts: &[Slot]) -> Option<f64> {
    let plan = plan(case, starts);
    check(&case.problem, &plan).is_empty().then(|| score(&case.problem, &plan).total)
}

fn least(case: &Case) -> Option<f64> {
    let count = u32::try_from(case.problem.spec().activities.len()).expect("few");
    let starts =
        |code: u32| -> Vec<Slot> { (0..count).map(|i| code / SLOTS.pow(i) % SLOTS).collect() };
    let all = (0..SLOTS.pow(count)).filter_map(|code| breaks(case, &starts(code)));
    all.min_by(f64::total_cmp)
}

fn proved(case: &Case) -> Finding {
    let limit = Limit::new(None, u64::MAX);
    prove(&case.problem.model, None, limit, &mut |_| ControlFlow::Continue(()))
}

#[test]
fn proofs_agree_with_trying_everything() {
    let mut rng = Rng::new(11);
    let mut impossible = 0;
    for round in 0..250_u32 {
        let text = file(&mut rng);
        let case = read(text.as_bytes(), [None, Some(0), Some(1), Some(2)][round as usize % 4]);
        let case = case.expect("sound");
        let finding = proved(&case);
        let Some(least) = least(&case) else {
            impossible += 1;
            assert!(matches!(finding.proof, Proof::Infeasible(_)), "{text}");
            continue;
        };
        assert_eq!(finding.proof, Proof::Optimal, "{text}");
        assert_eq!(f64::from(finding.bound).to_bits(), least.to_bits(), "{text}");
        let starts = finding.starts.expect("a plan");
        assert_eq!(breaks(&case, &starts), Some(least), "{text}");
    }
    assert!(impossible > 20, "the files are of both kinds: {impossible}");
}

#[test]
fn plans_without_breaks_are_found_where_there_are_some() {
    let mut rng = Rng::new(12);
    let mut found = [0, 0];
    for _ in 0..400 {
        let text = file(&mut rng);
        let case = read(text.as_bytes(), Some(0)).expect("sound");
        if !is_calm(&case.problem.model) {
            continue;
        }
        let (limit, near) = (Limit::new(None, u64::MAX), vec![Some(0); 5]);
        let starts =
            place_calmly(&case.problem.model, &near, limit, &mut |_| ControlFlow::Continue(()));
        let ControlFlow::Continue(starts) = starts else { panic!("nobody stopped it") };
        let breaks = starts.map(|starts| breaks(&case, &starts));
        assert_eq!(breaks, least(&case).map(Some), "{text}");
        found[usize::from(breaks.is_some())] += 1;
    }
    assert!(found.iter().all(|&count| count > 20), "the files are of both kinds: {found:?}");
}

/// Four meetings of 2 in five slots, of which it lacks the middle one; 1 has but one.
const TORN: &str = "nBusiness = 4; nMeetings = 4; nTables = 2; nTotalSlots = 5; nMorningSlots = 3;
    requested = [|2, 3, 3|2, 4, 3|2, 3, 3|1, 2, 3|]; forbidden = [{},{3},{},{}];
    precedences = [{},{},{},{}]; fixed = [0,0,0,0];";

#[test]
fn whoever_cannot_do_without_a_break_is_seen_at_once() {
    let case = |spread| read(TORN.as_bytes(), Some(spread)).expect("sound");
    let finding = at_sight(&case(0).problem.model).expect("impossible");
    let Proof::Infeasible(conflict) = finding.proof else { panic!("{finding:?}") };
    assert_eq!((conflict.tasks, conflict.people), (vec![0, 1, 2, 3], vec![0, 1]));
    assert!(at_sight(&case(1).problem.model).is_none());
    assert_eq!(proved(&case(1)).proof, Proof::Optimal);
}

#[test]
fn a_question_for_a_plan_hears_a_stop() {
    let case = read(TORN.as_bytes(), None).expect("sound");
    let ask = |flow| {
        let limit = Limit::new(None, u64::MAX);
        place(&case.problem.model, &[None; 4], limit, &mut |_| flow)
    };
    assert!(matches!(ask(ControlFlow::Continue(())), ControlFlow::Continue(Some(_))));
    assert!(ask(ControlFlow::Break(())).is_break());
}
