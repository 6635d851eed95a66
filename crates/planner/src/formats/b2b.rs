//! B2B `.dzn` files (Bofill et al., JAIR 74, 2022): every meeting of two participants takes one slot
//! at one of some tables, and the breaks of all participants together are to be few. Slots are counted
//! from 1.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Case, Format};
use crate::problem::{
    Problem,
    fault::{Fault, Faults},
    id::{ActivityId, DelegationId, HallId, Language, PersonId, SiteId},
    plan::{Placement, Plan},
    spec::{
        Activity, Delegation, Grid, Hall, Kind, Limits, Person, Pin, Site, Slot, Span, Spec,
        Weights,
    },
};

/// Largest number that a file may hold.
const MOST: u32 = 100_000;

/// The assignments of a file, by name.
struct Values<'a>(HashMap<&'a str, &'a str>);

impl<'a> Values<'a> {
    fn new(text: &'a str) -> Result<Self, Faults> {
        let mut values = HashMap::new();
        for statement in text.split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            let Some((name, value)) = statement.split_once('=') else {
                let start: String = statement.chars().take(40).collect();
                return Err(Fault::malformed(format!("no = in {start:?}")));
            };
            let name = name.trim();
            if values.insert(name, value.trim()).is_some() {
                let name: String = name.chars().take(40).collect();
                return Err(Fault::malformed(format!("{name} is given twice")));
            }
        }
        Ok(Self(values))
    }

    fn text(&self, name: &str) -> Result<&'a str, Faults> {
        let value = self.0.get(name).copied();
        value.ok_or_else(|| Fault::malformed(format!("{name} is missing")))
    }

    fn number(&self, name: &str) -> Result<u32, Faults> {
        number(self.text(name)?, name)
    }

    fn numbers(&self, name: &str, count: usize) -> Result<Vec<u32>, Faults> {
        let text = inner(self.text(name)?, name)?;
        let words = text.split(|c: char| c.is_whitespace() || c == ',' || c == '|');
        let words = words.filter(|word| !word.is_empty());
        // One more than there may be is enough to see that there are too many.
        let list: Result<Vec<u32>, Faults> =
            words.take(count + 1).map(|word| number(word, name)).collect();
        sized(list?, name, count, "numbers")
    }

    /// Sets as spans: first and last of each stretch.
    fn sets(&self, name: &str, count: usize) -> Result<Vec<Vec<Stretch>>, Faults> {
        let mut rest = inner(self.text(name)?, name)?;
        let mut sets = Vec::new();
        while sets.len() <= count {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if rest.is_empty() {
                break;
            }
            let set = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
            let Some((set, after)) = set else {
                return Err(Fault::malformed(format!("{name}: set {} is broken", sets.len() + 1)));
            };
            sets.push(stretches(set, name)?);
            rest = after;
        }
        sized(sets, name, count, "sets")
    }
}

/// First and last.
type Stretch = (u32, u32);

fn inner<'a>(text: &'a str, name: &str) -> Result<&'a str, Faults> {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inner.ok_or_else(|| Fault::malformed(format!("{name} is not a list in []")))
}

fn sized<T>(list: Vec<T>, name: &str, count: usize, what: &str) -> Result<Vec<T>, Faults> {
    match list.len() {
        found if found == count => Ok(list),
        found if found > count => {
            Err(Fault::malformed(format!("{name} has more than {count} {what}")))
        }
        found => Err(Fault::malformed(format!("{name} has {found} {what}, not {count}"))),
    }
}

fn number(word: &str, name: &str) -> Result<u32, Faults> {
    let is_plain = word.bytes().all(|byte| byte.is_ascii_digit());
    let value = word.parse().ok().filter(|&n| is_plain && n <= MOST);
    value.ok_or_else(|| {
        let word: String = word.chars().take(40).collect();
        Fault::malformed(format!("{name}: {word:?} is not a number from 0 to {MOST}"))
    })
}

/// The stretches of a set such as `1, 4..6`; 0 stands for nothing.
fn stretches(set: &str, name: &str) -> Result<Vec<Stretch>, Faults> {
    let mut stretches = Vec::new();
    for word in set.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        let (first, last) = match word.split_once("..") {
            Some((first, last)) => (number(first.trim(), name)?, number(last.trim(), name)?),
            None => (number(word, name)?, number(word, name)?),
        };
        if first.max(1) <= last {
            stretches.push((first.max(1), last));
        }
    }
    Ok(stretches)
}

pub(super) fn read(text: &str, spread: Option<u32>) -> Result<Case, Faults> {
    let plain: String = text
        .lines()
        .map(|line| line.split('%').next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n");
    let values = Values::new(&plain)?;
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
        members(&values.sets("precedences", meetings)?)?
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
        busy: forbidden[number as usize - 1].iter().map(|&(a, b)| (a - 1, b)).collect(),
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

/// The members of all sets.
fn members(sets: &[Vec<Stretch>]) -> Result<Vec<Vec<u32>>, Faults> {
    let all = sets.iter().flatten().map(|&(first, last)| (last - first + 1) as usize);
    if all.sum::<usize>() > MOST as usize {
        return Err(Fault::malformed(format!("precedences has more than {MOST} members")));
    }
    let members = |set: &Vec<Stretch>| set.iter().flat_map(|&(first, last)| first..=last).collect();
    Ok(sets.iter().map(members).collect())
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
    let slot = |activity: &Activity| plan.activities.get(&activity.id)?.start.checked_add(1);
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
