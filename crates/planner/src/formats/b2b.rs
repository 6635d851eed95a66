//! B2B `.dzn` files (Bofill et al., JAIR 74, 2022): every meeting of two participants takes one slot
//! at one of some tables, and the breaks of all participants together are to be few. Slots are counted
//! from 1.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Case, Format};
use crate::{
    fault::{Fault, Faults},
    id::{ActivityId, DelegationId, HallId, Language, PersonId, SiteId},
    plan::{Placement, Plan},
    problem::Problem,
    spec::{
        Activity, Delegation, Grid, Hall, Kind, Limits, Person, Pin, Site, Slot, Span, Spec,
        Weights,
    },
};

const MOST: u32 = 100_000;

/// The assignments of a file, by name.
struct Values<'a>(HashMap<&'a str, &'a str>);

impl<'a> Values<'a> {
    fn new(text: &'a str) -> Self {
        let mut values = HashMap::new();
        for statement in text.split(';') {
            if let Some((name, value)) = statement.split_once('=') {
                values.insert(name.trim(), value.trim());
            }
        }
        Self(values)
    }

    fn text(&self, name: &str) -> Result<&'a str, Faults> {
        let value = self.0.get(name).copied();
        value.ok_or_else(|| Fault::malformed(format!("{name} is missing")))
    }

    fn number(&self, name: &str) -> Result<u32, Faults> {
        let value = self.text(name)?.parse().ok().filter(|&n| n <= MOST);
        value.ok_or_else(|| Fault::malformed(format!("{name} is not a number up to {MOST}")))
    }

    fn numbers(&self, name: &str, count: usize) -> Result<Vec<u32>, Faults> {
        let list = numbers(self.text(name)?, name)?;
        if list.len() == count {
            return Ok(list);
        }
        Err(Fault::malformed(format!("{name} has {} numbers, not {count}", list.len())))
    }

    fn sets(&self, name: &str, count: usize) -> Result<Vec<Vec<u32>>, Faults> {
        let text = self.text(name)?;
        let inner = text.split('{').skip(1).map(|part| part.split('}').next().unwrap_or(""));
        let sets: Result<Vec<Vec<u32>>, Faults> = inner.map(|set| numbers(set, name)).collect();
        let mut sets = sets?;
        if sets.len() != count {
            return Err(Fault::malformed(format!("{name} has {} sets, not {count}", sets.len())));
        }
        for set in &mut sets {
            set.retain(|&n| n != 0);
        }
        Ok(sets)
    }
}

/// The numbers in a text, whatever stands between them.
fn numbers(text: &str, name: &str) -> Result<Vec<u32>, Faults> {
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '-').filter(|w| !w.is_empty());
    let number = |word: &str| word.parse().ok().filter(|&n| n <= MOST);
    let wrong =
        |word: &str| Fault::malformed(format!("{name}: {word} is not a number up to {MOST}"));
    words.map(|word| number(word).ok_or_else(|| wrong(word))).collect()
}

pub(super) fn read(text: &str, spread: Option<u32>) -> Result<Case, Faults> {
    let plain: String = text
        .lines()
        .map(|line| line.split('%').next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n");
    let values = Values::new(&plain);
    let people = values.number("nBusiness")?;
    let meetings = values.number("nMeetings")? as usize;
    let slots = values.number("nTotalSlots")?;
    let morning = values.number("nMorningSlots")?;
    let requested = values.numbers("requested", 3 * meetings)?;
    let forbidden = values.sets("forbidden", people as usize)?;
    let fixed = match (values.0.contains_key("fixed"), values.0.contains_key("fixat")) {
        (true, _) => values.numbers("fixed", meetings)?,
        (false, true) => values.numbers("fixat", meetings)?,
        (false, false) => vec![0; meetings],
    };
    let before = if values.0.contains_key("precedences") {
        values.sets("precedences", meetings)?
    } else {
        vec![Vec::new(); meetings]
    };
    let mut activities = Vec::with_capacity(meetings);
    for (i, request) in requested.chunks_exact(3).enumerate() {
        let window = match request[2] {
            1 => (0, morning),
            2 => (morning, slots),
            3 => (0, slots),
            _ => {
                return Err(Fault::malformed(format!("requested: session of meeting {}", i + 1)));
            }
        };
        let meeting = Meeting { number: i + 1, sides: [request[0], request[1]], window };
        activities.push(meeting.activity(fixed[i], &before[i]));
    }
    let person = |number: u32| Person {
        id: PersonId::new(number.to_string()),
        delegation: DelegationId::new(number.to_string()),
        rank: 1,
        arrive: 0,
        depart: None,
        busy: forbidden[number as usize - 1].iter().map(|&slot| (slot - 1, slot)).collect(),
    };
    let delegation = |number: u32| Delegation { id: DelegationId::new(number.to_string()) };
    let spec = Spec {
        name: String::new(),
        grid: Grid { slot_minutes: 15, slots_per_day: slots, slots, lunch: None },
        sites: vec![Site { id: SiteId::from("site"), access: 0 }],
        travel: Vec::new(),
        halls: vec![hall(values.number("nTables")?)],
        delegations: (1..=people).map(delegation).collect(),
        people: (1..=people).map(person).collect(),
        interpreters: Vec::new(),
        activities,
        keep_apart: Vec::new(),
        pivot: Language::from("en"),
        profile: None,
        limits: Limits { person_day: None, break_spread: spread },
        weights: weights(),
    };
    let problem = Problem::new(spec)?;
    Ok(Case { format: Format::B2b, problem, market: None, events: Vec::new() })
}

fn weights() -> Weights {
    Weights {
        unplaced: 0.0,
        idle: 0.0,
        breaks: 1.0,
        hall_moves: 0.0,
        interpreting: 0.0,
        unfairness: 0.0,
    }
}

fn tables() -> HallId {
    HallId::from("tables")
}

fn hall(units: u32) -> Hall {
    let site = SiteId::from("site");
    Hall { id: tables(), site, capacity: 2, units, booths: 0, closed: Vec::new() }
}

struct Meeting {
    number: usize,
    sides: [u32; 2],
    window: Span,
}

impl Meeting {
    fn activity(&self, fixed: u32, before: &[u32]) -> Activity {
        Activity {
            id: ActivityId::new(self.number.to_string()),
            kind: Kind::Matching,
            duration: 1,
            people: self.sides.iter().map(|side| PersonId::new(side.to_string())).collect(),
            halls: vec![tables()],
            window: Some(self.window),
            weight: 1,
            mandatory: true,
            after: before.iter().map(|n| ActivityId::new(n.to_string())).collect(),
            head: None,
            interpretation: Vec::new(),
            waivers: Vec::new(),
            over_lunch: None,
            pin: Pin { start: fixed.checked_sub(1), ..Pin::default() },
        }
    }
}

pub(super) fn write(case: &Case, plan: &Plan) -> Value {
    let slot = |activity: &Activity| plan.activities.get(&activity.id).map(|p| p.start + 1);
    let slots: Vec<Option<Slot>> = case.problem.spec().activities.iter().map(slot).collect();
    json!({ "slots": slots })
}

pub(super) fn read_plan(case: &Case, text: &str) -> Result<Plan, Faults> {
    let file: HashMap<String, Vec<Option<Slot>>> = super::json(text)?;
    let slots = file.get("slots").ok_or_else(|| Fault::malformed("slots is missing"))?;
    let count = case.problem.spec().activities.len();
    if slots.len() != count {
        return Err(Fault::malformed(format!("slots has {} numbers, not {count}", slots.len())));
    }
    let place = |(activity, slot): (&Activity, &Option<Slot>)| {
        let start = slot.map(|slot| slot.checked_sub(1).unwrap_or(Slot::MAX))?;
        let placement = Placement { start, hall: tables(), interpreters: Vec::new() };
        Some((activity.id.clone(), placement))
    };
    let placed = case.problem.spec().activities.iter().zip(slots);
    Ok(Plan { activities: placed.filter_map(place).collect() })
}
