//! Files bent out of shape: whatever they say, they are refused in words or planned by the rules, at once.

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use planner::{
    Activity, Budget, Effort, Event, Hall, Need, News, Placement, Plan, Provider, Rule, Status,
    Waiver, check, explain,
    formats::{self, Case},
    improve, loads, place, repair,
    sample::{self, Size},
    score, solve,
};
use serde_json::{Value, json};

/// A small generator of chance of its own (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n.max(1) as u64)).unwrap_or(0)
    }
}

/// How long to go on, in seconds: `PLANNER_FUZZ`; a fixed number of cases when left out.
fn patience() -> Option<Duration> {
    let seconds = std::env::var("PLANNER_FUZZ").ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn documents() -> Vec<Value> {
    let own = |seed| {
        let spec = sample::problem(Size { meetings: 6, ..Size::SMALL }, seed);
        let spec = if seed < 3 { spec } else { sample::spiced(spec, seed) };
        json!({ "problem": spec })
    };
    let mut with_profile = sample::problem(Size { meetings: 4, ..Size::SMALL }, 5);
    with_profile.profile = Some(planner::Profile::strict(15));
    let market = json!({
        "parties": [
            {"delegation": "d0", "quota": 2, "wishes": [{"to": "d1", "score": 5.0}]},
            {"delegation": "d1", "quota": 2, "wishes": [{"to": "d0", "score": 3.0}]},
        ],
        "must": [["d0", "d1"]],
    });
    let events = json!([
        {"now": 3, "news": {"hall_lost": {"hall": "forum", "span": [4, 20]}}},
        {"now": 5, "news": {"arrival_delayed": {"person": "p1", "arrive": 30}}},
        {"now": 0, "news": {"interpreter_out": {"interpreter": "i1", "day": 1}}},
        {"now": 20, "news": {"session_longer": {"activity": "s0", "duration": 40}}},
        {"now": 20, "news": {"delegation_withdrawn": {"delegation": "d1"}}},
        {"now": 20, "news": {"person_busy": {"person": "p1", "span": [20, 40]}}},
    ]);
    let full = json!({ "problem": with_profile, "market": market, "events": events });
    vec![own(1), own(2), own(3), own(4), own(5), full]
}

/// A value that nobody expects.
fn odd(chance: &mut Chance) -> Value {
    let all = [
        json!(0),
        json!(-1),
        json!(1),
        json!(7),
        json!(40),
        json!(4_096),
        json!(1_000_000_000),
        json!(4_294_967_295_u64),
        json!(18_446_744_073_709_551_615_u64),
        json!(0.5),
        json!(1e300),
        json!(null),
        json!(true),
        json!(""),
        json!("d0"),
        json!("\u{202e}\u{0}"),
        json!([]),
        json!([3, 1]),
        json!([0, 4_294_967_295_u64]),
        json!({}),
    ];
    all[chance.below(all.len())].clone()
}

/// Changes one node: another value, one out, one twice, two swapped.
fn bend(value: &mut Value, chance: &mut Chance) {
    let here = chance.below(6) == 0;
    match value {
        Value::Object(map) if !map.is_empty() && !here => {
            let key = map.keys().nth(chance.below(map.len())).cloned().unwrap_or_default();
            match chance.below(12) {
                0 => drop(map.remove(&key)),
                1 => drop(map.insert(format!("{key}x"), odd(chance))),
                _ => map.get_mut(&key).into_iter().for_each(|inner| bend(inner, chance)),
            }
        }
        Value::Array(list) if !list.is_empty() && !here => {
            let at = chance.below(list.len());
            match chance.below(12) {
                0 => drop(list.remove(at)),
                1 => list.push(list[at].clone()),
                2 => list.swap(at, 0),
                _ => bend(&mut list[at], chance),
            }
        }
        other => *other = odd(chance),
    }
}

/// A plan of anything, anywhere.
fn wild(case: &Case, chance: &mut Chance) -> Plan {
    let spec = case.problem.spec();
    let mut plan = Plan::default();
    for activity in &spec.activities {
        let start = [0, 1, spec.grid.slots - 1, spec.grid.slots, u32::MAX, spec.grid.slots / 2];
        let Some(hall) = spec.halls.get(chance.below(spec.halls.len())) else { continue };
        let mut team = Vec::new();
        for one in spec.interpreters.iter().filter(|_| chance.below(4) == 0) {
            team.push(one.id.clone());
        }
        let start = start[chance.below(start.len())];
        let placement = Placement { start, hall: hall.id.clone(), interpreters: team };
        if chance.below(4) > 0 {
            plan.activities.insert(activity.id.clone(), placement);
        }
    }
    plan
}

/// Everything that can be asked of a plan that somebody made.
fn use_plan(case: &Case, plan: &Plan, seed: u64) {
    let problem = &case.problem;
    drop((
        check(problem, plan),
        score(problem, plan),
        loads(problem, plan),
        formats::write(case, plan),
    ));
    for activity in problem.spec().activities.iter().take(3) {
        drop((explain(problem, plan, &activity.id), place(problem, plan, &activity.id)));
    }
    let budget = Budget { steps: Some(5), seed, ..Budget::default() };
    let effort = Effort { steps: 5, seed, cpu: None };
    improve(problem, plan, &budget, &mut |_| ControlFlow::Continue(()));
    for now in [0, problem.spec().grid.slots / 2, problem.spec().grid.slots, u32::MAX] {
        for news in case.events.iter().map(|event| event.news.clone()).chain([News::Told]) {
            drop(repair(problem.clone(), plan, &Event { now, news }, &effort));
        }
    }
}

/// Everything that can be asked of a case that was read.
fn use_all(case: &Case, seed: u64) {
    let mut chance = Chance(seed);
    if chance.below(8) == 0 {
        use_plan(case, &wild(case, &mut chance), seed);
    }
    let budget = Budget { steps: Some(30), seed, ..Budget::default() };
    let effort = Effort { steps: 10, seed, cpu: None };
    let go_on = &mut |_| ControlFlow::Continue(());
    let outcome = solve(&case.problem, &budget, go_on);
    let lenient: &[Rule] = match outcome.status {
        Status::Optimal | Status::Feasible => &[],
        Status::Infeasible | Status::Unknown => &[Rule::Mandatory, Rule::BreakSpread],
    };
    let broken = check(&case.problem, &outcome.plan);
    assert!(broken.iter().all(|found| lenient.contains(&found.rule)), "{seed}: {broken:?}");
    if case.problem.spec().activities.iter().all(|it| !it.mandatory) {
        assert_eq!(broken, [], "{seed}: an empty plan would be better");
    }
    for id in outcome.unplaced.iter().take(2) {
        drop(explain(&case.problem, &outcome.plan, id));
    }
    for event in &case.events {
        drop(repair(case.problem.clone(), &outcome.plan, event, &effort));
    }
    if let Some(person) = case.problem.spec().people.first() {
        let news = News::PersonBusy { person: person.id.clone(), span: (0, u32::MAX) };
        drop(repair(case.problem.clone(), &outcome.plan, &Event { now: u32::MAX, news }, &effort));
    }
    if let Some(market) = &case.market {
        planner::suggest(market, 200, seed);
    }
    let text = formats::write(case, &outcome.plan);
    let again: Plan = formats::read_plan(case, text.as_bytes()).expect("our own plan");
    assert_eq!(again, outcome.plan);
}

/// Bends one file after the other; what can be read has to be planned.
fn bend_all(spread: Option<u32>, bent: &dyn Fn(&mut Chance) -> Vec<u8>) {
    let (patience, begun) = (patience(), Instant::now());
    let (mut read, mut done) = (0, 0);
    for seed in 0.. {
        if patience.map_or(done >= 1_500, |patience| begun.elapsed() > patience) {
            break;
        }
        let mut chance = Chance(seed);
        let mut text = bent(&mut chance);
        if chance.below(20) == 0 {
            let at = chance.below(text.len());
            text[at] = u8::try_from(chance.below(256)).unwrap_or(0);
        }
        match formats::read(&text, spread) {
            Ok(case) => {
                use_all(&case, seed);
                read += 1;
            }
            Err(faults) => assert!(!faults.to_string().is_empty()),
        }
        done += 1;
    }
    println!("{done} files, {read} of them sound");
    assert!(20 * read > done, "{read} of {done}: hardly anything is tried");
}

#[test]
fn bent_files_are_refused_or_planned() {
    let documents = documents();
    bend_all(Some(2), &|chance| {
        let mut value = documents[chance.below(documents.len())].clone();
        for _ in 0..=chance.below(3) {
            bend(&mut value, chance);
        }
        value.to_string().into_bytes()
    });
}

/// A small file of meetings at tables.
fn tables(chance: &mut Chance) -> String {
    let (people, meetings, slots) = (3 + chance.below(4), 2 + chance.below(7), 3 + chance.below(4));
    let mut list = |count: usize, item: &dyn Fn(&mut Chance) -> String| {
        (0..count).map(|_| item(chance)).collect::<Vec<_>>().join(", ")
    };
    let requested = list(meetings, &|chance| {
        let a = chance.below(people);
        let b = (a + 1 + chance.below(people - 1)) % people;
        format!("|{},{},{}", a + 1, b + 1, 1 + chance.below(3))
    });
    let forbidden = list(people, &|chance| match chance.below(3) {
        0 => format!("{{{}}}", 1 + chance.below(slots)),
        _ => "{}".to_owned(),
    });
    let fixed = list(meetings, &|chance| match chance.below(6) {
        0 => (1 + chance.below(slots)).to_string(),
        _ => "0".to_owned(),
    });
    let order = list(meetings, &|chance| match chance.below(6) {
        0 => format!("{{{}}}", 1 + chance.below(meetings)),
        _ => "{}".to_owned(),
    });
    format!(
        "% tables\nnBusiness = {people};\nnMeetings = {meetings};\nnTables = 2;\n\
         nTotalSlots = {slots};\nnMorningSlots = {};\nrequested = [{requested}, |];\n\
         forbidden = [{forbidden}];\nfixed = [{fixed}];\nprecedences = [{order}];\n",
        slots / 2
    )
}

#[test]
fn bent_tables_are_refused_or_planned() {
    const PIECES: [&str; 16] = [
        "0",
        "-1",
        "7",
        "4096",
        "1000000000",
        "4294967295",
        "99999999999999999999",
        "0.5",
        "|",
        "{",
        "}",
        "[",
        "]",
        ";",
        "1..3",
        "nTables = 3;",
    ];
    bend_all(Some(1), &|chance| {
        let mut text = tables(chance);
        for _ in 0..chance.below(4) {
            let at = chance.below(text.len());
            let end = (at + chance.below(4)).min(text.len());
            text.replace_range(at..end, PIECES[chance.below(PIECES.len())]);
        }
        text.into_bytes()
    });
}

/// How long a refusal may take: generous, because machines are shared.
const AT_ONCE: Duration = Duration::from_secs(3);

fn refused(bytes: &[u8], clue: &str) {
    let begun = Instant::now();
    let refusal =
        formats::read(bytes, None).map_or_else(|faults| faults.to_string(), |_| String::new());
    assert!(refusal.contains(clue), "{clue}: {refusal}");
    assert!(begun.elapsed() < AT_ONCE, "{clue}: {:?}", begun.elapsed());
}

#[test]
fn long_lists_of_halls_are_read_at_once() {
    let mut spec = sample::problem(Size::SMALL, 1);
    let many = (0..9_000).map(|i| Hall { id: format!("x{i}").into(), ..spec.halls[0].clone() });
    spec.halls.extend(many.collect::<Vec<_>>());
    let all: Vec<_> = spec.halls.iter().map(|hall| hall.id.clone()).collect();
    let one = spec.activities[3].clone();
    spec.activities = (0..300)
        .map(|i| Activity { id: format!("x{i}").into(), halls: all.clone(), ..one.clone() })
        .collect();
    let text = json!({ "problem": spec }).to_string();
    let begun = Instant::now();
    formats::read(text.as_bytes(), None).expect("sound");
    assert!(begun.elapsed() < 2 * AT_ONCE, "{:?}", begun.elapsed());
}

#[test]
fn hostile_files_are_refused_at_once() {
    let bent = |change: &dyn Fn(&mut planner::Spec)| {
        let mut spec = sample::problem(Size::SMALL, 1);
        change(&mut spec);
        json!({ "problem": spec }).to_string().into_bytes()
    };
    refused(&bent(&|spec| spec.grid.slots = 1_000_000_000), "fault.too_large (grid.slots)");
    refused(&bent(&|spec| spec.activities[0].duration = u32::MAX), "fault.range (duration)");
    refused(&bent(&|spec| spec.people[0].busy.push((9, u32::MAX))), "fault.span (busy)");
    refused(
        &bent(&|spec| {
            let last = spec.activities.len() - 1;
            for i in 0..=last {
                let before = spec.activities[(i + last) % (last + 1)].id.clone();
                spec.activities[i].after.push(before);
            }
        }),
        "fault.cycle (after)",
    );
    refused(
        &bent(&|spec| {
            let one = spec.activities[0].clone();
            spec.activities = vec![one; 200_000];
        }),
        "fault.too_large (activities)",
    );
    refused(
        &bent(&|spec| {
            let many =
                (0..9_999).map(|i| Hall { id: format!("x{i}").into(), ..spec.halls[0].clone() });
            spec.halls.extend(many.collect::<Vec<_>>());
            (spec.grid.slots, spec.grid.slots_per_day) = (4_096, 4_096);
        }),
        "fault.too_large (halls)",
    );
    refused(
        &bent(&|spec| {
            let mut profile = planner::Profile::strict(15);
            profile.relay.value = true;
            profile.consecutive.value[0].size = 50;
            spec.profile = Some(profile);
            let pair = ["zh".into(), "fa".into()];
            let need = Need::Consecutive { pair, by: Provider::Pool };
            spec.activities.iter_mut().for_each(|it| it.interpretation = vec![need.clone(); 8]);
            let one = spec.activities[3].clone();
            spec.activities
                .extend((0..100).map(|i| Activity { id: format!("x{i}").into(), ..one.clone() }));
        }),
        "fault.too_large (activities.interpretation)",
    );
    refused(
        &bent(&|spec| spec.interpreters[0].off = vec![1; 4_000_001]),
        "fault.too_large (interpreters.off)",
    );
    refused(
        &bent(&|spec| {
            let waiver = Waiver { rule: Rule::Booths, reason: "x".to_owned() };
            spec.activities.iter_mut().for_each(|it| it.waivers = vec![waiver.clone(); 9]);
        }),
        "fault.too_large (waivers)",
    );
    refused(
        &bent(&|spec| {
            let mut profile = planner::Profile::strict(15);
            profile.whispered.value = vec![planner::TeamSize { from: 0, size: 1 }; 1_000];
            spec.profile = Some(profile);
        }),
        "fault.too_large (profile.whispered)",
    );
    let sound = json!({ "problem": sample::problem(Size::SMALL, 1) }).to_string();
    refused(sound.replacen("\"capacity\":200", "\"capacity\":-5", 1).as_bytes(), "capacity");
    refused(&vec![b'['; 200 << 20], "fault.malformed");
    refused(&[b"{\"problem\":".as_slice(), &vec![b'['; 1 << 20]].concat(), "fault.malformed");
}
