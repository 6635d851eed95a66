//! Tiny problems, and every plan of them: an oracle that shares nothing with the search.

use planner::{
    Activity, ActivityId, Delegation, DelegationId, Grid, Hall, HallId, Interpreter, InterpreterId,
    Kind, Language, Limits, Need, Person, PersonId, Pin, Placement, Plan, Problem, Profile,
    Provider, Rule, Site, SiteId, Spec, TeamSize, Travel, Weights, check,
};
use proptest::prelude::*;

/// What one activity of a tiny problem is like.
#[derive(Clone, Debug)]
pub(crate) struct Seed {
    pub(crate) duration: u32,
    pub(crate) people: Vec<usize>,
    pub(crate) halls: usize,
    pub(crate) weight: u32,
    pub(crate) mandatory: bool,
    pub(crate) spoken: usize,
    pub(crate) window: Option<(u32, u32)>,
    pub(crate) after: bool,
    pub(crate) pin: Option<u32>,
    /// The road between two of the sites, where it is not as long as the rule of access says.
    pub(crate) road: Option<u32>,
}

const SLOTS: u32 = 8;

pub(crate) fn seed() -> impl Strategy<Value = Seed> {
    let people = prop::sample::subsequence(vec![0_usize, 1, 2, 3], 1..3);
    let window = prop::option::weighted(0.3, (0..6_u32, 2..6_u32));
    let pin = prop::option::weighted(0.15, 0..7_u32);
    let flags = (prop::bool::weighted(0.3), prop::bool::weighted(0.2));
    let times = (window, pin, prop::option::weighted(0.4, 0..4_u32));
    (1..4_u32, people, 0..6_usize, 1..6_u32, flags, 0..4_usize, times).prop_map(
        |(duration, people, halls, weight, (mandatory, after), spoken, (window, pin, road))| {
            let window = window.map(|(from, lasts)| (from, from + lasts));
            Seed { duration, people, halls, weight, mandatory, spoken, window, after, pin, road }
        },
    )
}

fn activity(i: usize, seed: &Seed) -> Activity {
    let halls: &[&str] =
        [&["h0"][..], &["h1"], &["h0", "h1"], &["h2"], &["h0", "h2"], &["h1", "h2"]][seed.halls];
    let pair = |a: &str, b: &str| Need::Consecutive {
        pair: [Language::from(a), Language::from(b)],
        by: Provider::Pool,
    };
    Activity {
        id: ActivityId::new(format!("a{i}")),
        kind: Kind::Bilateral,
        duration: seed.duration,
        people: seed.people.iter().map(|p| PersonId::new(format!("p{p}"))).collect(),
        halls: halls.iter().map(|&hall| HallId::from(hall)).collect(),
        window: seed.window,
        weight: seed.weight,
        mandatory: seed.mandatory,
        after: if seed.after && i > 0 {
            vec![ActivityId::new(format!("a{}", i - 1))]
        } else {
            vec![]
        },
        head: None,
        interpretation: match seed.spoken {
            0 => vec![pair("ru", "zh")],
            1 => vec![pair("fa", "zh")],
            _ => Vec::new(),
        },
        waivers: Vec::new(),
        over_lunch: None,
        pin: Pin { start: seed.pin, ..Pin::default() },
    }
}

/// Two days of four slots, three halls on as many sites, four people of two delegations.
pub(crate) fn problem(seeds: &[Seed]) -> Problem {
    let mut profile = Profile::strict(15);
    profile.consecutive.value = vec![TeamSize { from: 0, size: 1 }];
    profile.relay.value = true;
    profile.rest_after.value = 2;
    profile.day.value = 3;
    let hall = |id: &str, site: &str| Hall {
        id: HallId::from(id),
        site: SiteId::from(site),
        capacity: 10,
        units: 1,
        booths: 0,
        closed: Vec::new(),
    };
    let person = |i: usize| Person {
        id: PersonId::new(format!("p{i}")),
        delegation: DelegationId::new(format!("d{}", i / 2)),
        rank: 1 + u32::from(i == 0),
        arrive: u32::from(i == 1),
        depart: (i == 2).then_some(7),
        busy: Vec::new(),
    };
    let interpreter = |id: &str, a: &str, b: &str| Interpreter {
        id: InterpreterId::from(id),
        pairs: vec![[Language::from(a), Language::from(b)]],
        off: Vec::new(),
        busy: Vec::new(),
        of: None,
    };
    let road = |(i, seed): (usize, &Seed)| {
        let site = |i: usize| SiteId::new(format!("s{}", i % 3));
        seed.road.map(|slots| Travel { between: (site(i), site(i + 1)), slots })
    };
    let spec = Spec {
        name: "tiny".to_owned(),
        grid: Grid { slot_minutes: 15, slots_per_day: 4, slots: SLOTS, lunch: None },
        sites: vec![
            Site { id: SiteId::from("s0"), access: 0 },
            Site { id: SiteId::from("s1"), access: 1 },
            Site { id: SiteId::from("s2"), access: 0 },
        ],
        travel: seeds.iter().enumerate().filter_map(road).collect(),
        halls: vec![hall("h0", "s0"), hall("h1", "s1"), hall("h2", "s2")],
        delegations: (0..2)
            .map(|i| Delegation { id: DelegationId::new(format!("d{i}")) })
            .collect(),
        people: (0..4).map(person).collect(),
        interpreters: vec![interpreter("i0", "ru", "zh"), interpreter("i1", "fa", "ru")],
        activities: seeds.iter().enumerate().map(|(i, seed)| activity(i, seed)).collect(),
        keep_apart: Vec::new(),
        pivot: Language::from("ru"),
        profile: Some(profile),
        limits: Limits { person_day: Some(3), break_spread: None },
        weights: Weights { unplaced: 3.0, unfairness: 4.0, breaks: 1.0, ..Weights::default() },
    };
    Problem::new(spec).expect("sound")
}

/// Calls `f` with every plan that breaks no rule but, perhaps, that something mandatory is left out.
pub(crate) fn every(problem: &Problem, f: &mut dyn FnMut(&Plan)) {
    extend(problem, 0, &mut Plan::default(), f);
}

fn extend(problem: &Problem, next: usize, plan: &mut Plan, f: &mut dyn FnMut(&Plan)) {
    let spec = problem.spec();
    let Some(activity) = spec.activities.get(next) else { return f(plan) };
    extend(problem, next + 1, plan, f);
    let teams: &[&[&str]] = if activity.interpretation.is_empty() {
        &[&[]]
    } else {
        &[&["i0"], &["i1"], &["i0", "i1"]]
    };
    for start in 0..spec.grid.slots {
        for hall in &activity.halls {
            for team in teams {
                let interpreters = team.iter().map(|&one| InterpreterId::from(one)).collect();
                let placement = Placement { start, hall: hall.clone(), interpreters };
                plan.activities.insert(activity.id.clone(), placement);
                if check(problem, plan).iter().all(|found| found.rule == Rule::Mandatory) {
                    extend(problem, next + 1, plan, f);
                }
                plan.activities.remove(&activity.id);
            }
        }
    }
}
