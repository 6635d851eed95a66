//! Files in every format: read, planned, written, read again; and hostile ones refused in clear words.

use std::ops::ControlFlow;

use planner::{
    Budget, Plan, check,
    formats::{self, Case, Format},
    sample::{self, Size},
    solve,
};
use proptest::prelude::*;

const SUMMIT: &str = r#"{"format": "summit-1", "name": "t", "slot_minutes": 15,
 "slots_per_day": 46, "days": 1, "n_slots": 46, "lunch": [18, 22], "pivot": "en", 
 "weights": {"unscheduled": 100, "gap_slot": 1, "hall_move": 2,
 "interp_slot": 1, "fairness": 5000}, "rules": {"team_from_slots": 3, "interp_day_max": 24,
 "interp_rest_after": 4, "person_day_max": 30}, "sites": [{"id": 0, "name": "x", "d": 0}],
 "halls": [{"id": 0, "kind": "bilateral", "site": 0, "capacity": 6, "units": 2, "booths": 0,
 "closed": [[0, 4], [50, 46]]}],
 "delegations": [{"id": 0, "lang": "ru", "tier": 1, "needs": [], "offers": [], "members": [0]},
 {"id": 1, "lang": "zh", "tier": 1, "needs": [], "offers": [], "members": [1]}],
 "people": [{"id": 0, "city": 0, "role": "mayor", "rank": 3, "langs": ["ru"],
 "arrive": 0, "depart": 46, "busy": []},
 {"id": 1, "city": 1, "role": "mayor", "rank": 3, "langs": ["zh"],
 "arrive": 6, "depart": 46, "busy": [[10, 12]]}],
 "keep_apart": [], "activities": [{"id": 0, "kind": "bilateral", "dur": 2, "people": [0, 1], "halls": [0],
 "window": [0, 46], "start": null, "weight": 4, "mandatory": false, "langs": [], "after": [], "head": 2,
 "pair": ["ru", "zh"]}], "interpreters": [{"id": 0, "pairs": [["en", "ru"]], "off": []},
 {"id": 1, "pairs": [["en", "zh"]], "off": []}], "preferences": [[[1, 30]], [[0, 20]]], "quota": [3, 3],
 "events": [{"type": "person_busy", "person": 0, "from": 4, "to": 8, "now": 2}]}"#;

const B2B: &str = "% three meetings\nnBusiness = 3;\nnMeetings = 3;\nnTables = 1;\nnTotalSlots = 4;
nMorningSlots = 2;\nrequested = [|1,2,1,|1,3,3,|2,3,2,|];\nnMeetingsBusiness = [2,2,2];
meetingsxBusiness = [{1},{1},{1}];\nforbidden = [{0},{0,1},{0}];\nfixed = [0,0,4];
precedences = [{},{1},{}];";

fn plan(case: &Case) -> Plan {
    let budget = Budget { steps: Some(200), ..Budget::default() };
    solve(&case.problem, &budget, &mut |_| ControlFlow::Continue(())).plan
}

#[test]
fn summit_files_are_planned_by_relay_and_come_back() {
    let case = formats::read(SUMMIT.as_bytes(), None).expect("sound");
    let plan = plan(&case);
    assert_eq!(check(&case.problem, &plan), []);
    assert_eq!((plan.activities.len(), case.events.len()), (1, 1));
    let text = formats::write(&case, &plan);
    assert!(text.contains(r#""hall":0,"interpreters":[0,1]"#), "{text}");
    assert_eq!(formats::read_plan(&case, text.as_bytes()), Ok(plan));
}

#[test]
fn b2b_files_are_planned_and_come_back() {
    let case = formats::read(B2B.as_bytes(), Some(2)).expect("sound");
    let plan = plan(&case);
    assert_eq!(check(&case.problem, &plan), []);
    let text = formats::write(&case, &plan);
    assert_eq!(text, r#"{"slots":[2,3,4]}"#);
    assert_eq!(formats::read_plan(&case, text.as_bytes()), Ok(plan));
}

#[test]
fn our_own_files_come_back() {
    let spec = sample::problem(Size::SMALL, 3);
    let text = serde_json::json!({ "problem": spec }).to_string();
    let case = formats::read(text.as_bytes(), None).expect("sound");
    assert_eq!(case.problem.spec(), &spec);
    let plan = plan(&case);
    let text = formats::write(&case, &plan);
    assert_eq!(formats::read_plan(&case, text.as_bytes()), Ok(plan));
}

#[test]
fn a_problem_read_from_a_foreign_file_comes_back_as_our_own() {
    let mut spec = formats::read(SUMMIT.as_bytes(), None).expect("sound").problem.spec().clone();
    spec.name = "summit-1".to_owned();
    let text = serde_json::json!({ "problem": spec }).to_string();
    let case = formats::read(text.as_bytes(), None).expect("sound");
    assert_eq!((case.format, case.problem.spec()), (Format::Own, &spec));
    let spaced = SUMMIT.replacen("\"format\": ", "\"format\"\n :\t", 1);
    assert!(formats::read(spaced.as_bytes(), None).is_ok());
}

#[test]
fn starts_beyond_all_bounds_are_harmless() {
    let case = formats::read(B2B.as_bytes(), None).expect("sound");
    let wild = formats::read_plan(&case, br#"{"slots":[0,null,4294967295]}"#).expect("a plan");
    for activity in &case.problem.spec().activities {
        drop(planner::explain(&case.problem, &wild, &activity.id));
        drop(planner::place(&case.problem, &wild, &activity.id));
    }
    let budget = Budget { steps: Some(10), ..Budget::default() };
    let found = planner::improve(&case.problem, &wild, &budget, &mut |_| ControlFlow::Continue(()));
    assert_eq!(check(&case.problem, &found.plan), []);
    assert_eq!(formats::write(&case, &wild), r#"{"slots":[null,null,4294967295]}"#);
}

fn refusal(text: &str) -> String {
    formats::read(text.as_bytes(), None).map_or_else(|faults| faults.to_string(), |_| String::new())
}

#[test]
fn hostile_files_are_refused_with_the_place_and_the_rule() {
    let cases = [
        (r#""capacity": 6"#, r#""capacity": -6"#, "halls[0].capacity"),
        (r#""n_slots": 46"#, r#""n_slots": 1000000000"#, "fault.too_large (grid.slots)"),
        (r#""slots_per_day": 46"#, r#""slots_per_day": 0"#, "fault.range (grid.slots_per_day)"),
        (r#""after": []"#, r#""after": [0]"#, "activity 0: fault.cycle (after)"),
        (r#""people": [0, 1]"#, r#""people": [0, 7]"#, "activity 0: fault.unknown (people)"),
        (r#""dur": 2"#, r#""dur": 0"#, "activity 0: fault.range (duration)"),
        (r#""fairness": 5000"#, r#""fairness": 1e999"#, "number out of range"),
        (r#""fairness": 5000"#, r#""fairness": -1"#, "fault.range (weights)"),
        (r#"["ru", "zh"]"#, r#"["ru", "ru"]"#, "fault.need (interpretation.pair)"),
        (r#""window": [0, 46]"#, r#""window": [9, 3]"#, "activity 0: fault.span (window)"),
        (r#""site": 0, "cap"#, r#""site": 4, "cap"#, "hall 0: fault.unknown (site)"),
        (r#""id": 1, "pairs""#, r#""id": 0, "pairs""#, "fault.range (interpreters.id)"),
    ];
    for (sound, hostile, clue) in cases {
        assert!(SUMMIT.contains(sound), "{sound}");
        let refusal = refusal(&SUMMIT.replacen(sound, hostile, 1));
        assert!(refusal.contains(clue), "{hostile}: {refusal}");
    }
    assert!(refusal(&B2B.replace("|2,3,2,|", "|2,3,2")).is_empty());
    assert!(refusal(&B2B.replace("|2,3,2,|", "|2,9,2,|")).contains("fault.unknown (people)"));
    assert!(refusal(&B2B.replace("{1},{}];", "{1},{3}];")).contains("fault.cycle"));
    let damages = [
        ("nTables = 1", "nTables = -1", "nTables: \"-1\" is not a number from 0"),
        ("nTables = 1", "nTables = 1; nTables = 2", "nTables is given twice"),
        ("nTables = 1", "nTables 1", "no = in"),
        ("nTotalSlots = 4", "nTotalSlots = 1000000000", "nTotalSlots: \"1000000000\""),
        ("nTotalSlots = 4", "nTotalSlots = 100000", "fault.too_large (grid.slots)"),
        ("nMeetings = 3", "nMeetings = 100000", "requested has 9 numbers, not 300000"),
        ("nMeetings = 3", "nMeetings = 2", "requested has more than 6 numbers"),
        ("|1,2,1,", "|1,x,1,", "requested: \"x\""),
        ("|1,2,1,", "|1,1,1,", "fault.duplicate (people)"),
        ("|1,2,1,", "|1,2,4,", "requested: session of meeting 1"),
        ("{0,1}", "{0,1", "forbidden: \"{0\" is not"),
        ("{0,1}", "0,1", "forbidden: set 2 is broken"),
        ("{0,1}", "{1..1000000}", "forbidden: \"1000000\""),
        ("{},{1},{}", "{1..90000},{1..90000},{}", "precedences has more than 100000 members"),
    ];
    for (sound, hostile, clue) in damages {
        assert!(B2B.contains(sound), "{sound}");
        let refusal = refusal(&B2B.replacen(sound, hostile, 1));
        assert!(refusal.contains(clue), "{hostile}: {refusal}");
    }
    assert!(refusal(&B2B.replace("{0,1}", "{1..2}")).is_empty());
    assert!(refusal("").contains("fault.malformed"));
    assert!(refusal(&"[".repeat(100_000)).contains("fault.malformed"));
    let long = vec![b' '; formats::LARGEST + 1];
    assert!(formats::read(&long, None).is_err());
}

proptest! {
    #[test]
    fn damaged_files_never_panic(
        which in 0..2_usize,
        cuts in prop::collection::vec((0..4_000_usize, 0..6_usize, "[-0-9\\[\\]{},|;=a-z\" ]{0,6}"), 1..6),
    ) {
        let mut text = [SUMMIT, B2B][which].to_owned();
        for (at, length, with) in cuts {
            let at = at % text.len();
            let end = (at + length).min(text.len());
            text.replace_range(at..end, &with);
        }
        if let Ok(case) = formats::read(text.as_bytes(), Some(1)) {
            let plan = plan(&case);
            let spread = check(&case.problem, &plan);
            prop_assert!(spread.iter().all(|v| ["activity.mandatory", "person.break_spread"]
                .contains(&v.rule.code())), "{spread:?}");
        }
    }
}
