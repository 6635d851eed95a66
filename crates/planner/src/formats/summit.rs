//! summit-1 JSON: objects are numbered by their place in the lists.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Case, Format, json, named};
use crate::{
    matching::{Market, Party, Wish},
    problem::{
        Problem,
        event::{Event, News},
        fault::{Defect, Fault, Faults},
        id::{ActivityId, DelegationId, HallId, InterpreterId, Language, Object, PersonId, SiteId},
        interpretation::{Need, Norm, Profile, Provider, TeamSize},
        spec::{
            Activity, Delegation, Grid, Hall, Interpreter, Kind, Limits, Person, Pin, Site, Slot,
            Span, Spec, Weights,
        },
    },
};

#[derive(Deserialize)]
struct File {
    name: String,
    slot_minutes: u32,
    slots_per_day: Slot,
    n_slots: Slot,
    lunch: Span,
    pivot: Language,
    weights: BTreeMap<String, f64>,
    rules: Rules,
    sites: Vec<FileSite>,
    halls: Vec<FileHall>,
    delegations: Vec<FileDelegation>,
    people: Vec<FilePerson>,
    keep_apart: Vec<(u32, u32)>,
    activities: Vec<FileActivity>,
    interpreters: Vec<FileInterpreter>,
    #[serde(default)]
    preferences: Vec<Vec<(u32, f64)>>,
    #[serde(default)]
    quota: Vec<u32>,
    #[serde(default)]
    events: Vec<FileEvent>,
}

#[derive(Deserialize)]
struct Rules {
    team_from_slots: Slot,
    interp_day_max: Slot,
    interp_rest_after: Slot,
    person_day_max: Slot,
}

#[derive(Deserialize)]
struct FileSite {
    id: u32,
    d: Slot,
}

#[derive(Deserialize)]
struct FileHall {
    id: u32,
    site: u32,
    capacity: u32,
    units: u32,
    booths: u32,
    closed: Vec<Span>,
}

#[derive(Deserialize)]
struct FileDelegation {
    id: u32,
}

#[derive(Deserialize)]
struct FilePerson {
    id: u32,
    city: u32,
    rank: u32,
    arrive: Slot,
    depart: Slot,
    busy: Vec<Span>,
}

#[derive(Deserialize)]
struct FileActivity {
    id: u32,
    kind: Kind,
    dur: Slot,
    people: Vec<u32>,
    halls: Vec<u32>,
    window: Span,
    start: Option<Slot>,
    weight: u32,
    mandatory: bool,
    langs: Vec<Language>,
    after: Vec<u32>,
    head: u32,
    pair: Option<[Language; 2]>,
}

#[derive(Deserialize)]
struct FileInterpreter {
    id: u32,
    pairs: Vec<[Language; 2]>,
    off: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum FileEvent {
    ArrivalDelay { person: u32, arrive: Slot, now: Slot },
    HallLost { hall: u32, from: Slot, to: Slot, now: Slot },
    InterpreterOut { interpreter: u32, day: u32, now: Slot },
    PersonBusy { person: u32, from: Slot, to: Slot, now: Slot },
}

/// The names of the objects, each made once: what refers to one shares its text.
struct Names {
    sites: Vec<SiteId>,
    halls: Vec<HallId>,
    delegations: Vec<DelegationId>,
    people: Vec<PersonId>,
    activities: Vec<ActivityId>,
    interpreters: Vec<InterpreterId>,
}

impl Names {
    fn new(file: &File) -> Self {
        fn numbers<N: From<String>>(count: usize) -> Vec<N> {
            (0..count).map(|number| N::from(number.to_string())).collect()
        }
        Self {
            sites: numbers(file.sites.len()),
            halls: numbers(file.halls.len()),
            delegations: numbers(file.delegations.len()),
            people: numbers(file.people.len()),
            activities: numbers(file.activities.len()),
            interpreters: numbers(file.interpreters.len()),
        }
    }
}

fn key<N: Clone + From<String>>(names: &[N], number: u32) -> N {
    named(number, names, |name| name)
}

fn keys<N: Clone + From<String>>(names: &[N], numbers: &[u32]) -> Vec<N> {
    numbers.iter().map(|&number| key(names, number)).collect()
}

pub(super) fn read(text: &str) -> Result<Case, Faults> {
    let file: File = json(text)?;
    numbered(&file)?;
    let names = Names::new(&file);
    let market = market(&file, &names);
    let events = file.events.iter().map(|it| event(it, &names)).collect();
    let problem = Problem::new(spec(file, &names))?;
    Ok(Case { format: Format::Summit, problem, market, events })
}

/// The numbers of the objects are their places in the lists.
fn numbered(file: &File) -> Result<(), Faults> {
    let lists: [(&str, Vec<u32>); 6] = [
        ("sites", file.sites.iter().map(|x| x.id).collect()),
        ("halls", file.halls.iter().map(|x| x.id).collect()),
        ("delegations", file.delegations.iter().map(|x| x.id).collect()),
        ("people", file.people.iter().map(|x| x.id).collect()),
        ("activities", file.activities.iter().map(|x| x.id).collect()),
        ("interpreters", file.interpreters.iter().map(|x| x.id).collect()),
    ];
    let wrong = |ids: &[u32]| ids.iter().zip(0..).any(|(&id, place)| id != place);
    let faults: Vec<Fault> = lists
        .iter()
        .filter(|(_, ids)| wrong(ids))
        .map(|(name, _)| Fault::new(Object::Problem, Defect::Range, format!("{name}.id")))
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
}

fn spec(file: File, names: &Names) -> Spec {
    let weight = |name: &str| file.weights.get(name).copied().unwrap_or(0.0);
    let weights = Weights {
        unplaced: weight("unscheduled"),
        idle: weight("gap_slot"),
        breaks: 0.0,
        hall_moves: weight("hall_move"),
        interpreting: weight("interp_slot"),
        unfairness: weight("fairness"),
    };
    Spec {
        profile: Some(profile(&file.rules)),
        limits: Limits { person_day: Some(file.rules.person_day_max), break_spread: None },
        weights,
        grid: Grid {
            slot_minutes: file.slot_minutes,
            slots_per_day: file.slots_per_day,
            slots: file.n_slots,
            lunch: Some(file.lunch),
        },
        name: file.name,
        sites: file
            .sites
            .iter()
            .map(|site| Site { id: key(&names.sites, site.id), access: site.d })
            .collect(),
        travel: Vec::new(),
        halls: file.halls.into_iter().map(|it| hall(it, names)).collect(),
        delegations: file
            .delegations
            .iter()
            .map(|d| Delegation { id: key(&names.delegations, d.id) })
            .collect(),
        people: file.people.into_iter().map(|it| person(it, names)).collect(),
        interpreters: file.interpreters.into_iter().map(|it| interpreter(it, names)).collect(),
        activities: file.activities.into_iter().map(|it| activity(it, names)).collect(),
        keep_apart: apart(&file.keep_apart, names),
        pivot: file.pivot,
    }
}

fn profile(rules: &Rules) -> Profile {
    fn norm<T>(value: T) -> Norm<T> {
        Norm { value, source: "summit-1".to_owned() }
    }
    let one = TeamSize { from: 0, size: 1 };
    let two = |from: Slot| TeamSize { from, size: 2 };
    Profile {
        name: "summit-1".to_owned(),
        simultaneous: norm(vec![two(0)]),
        consecutive: norm(vec![one, two(rules.team_from_slots)]),
        whispered: norm(vec![two(0)]),
        listeners: norm(2),
        relay: norm(true),
        day: norm(rules.interp_day_max),
        rest_after: norm(rules.interp_rest_after),
        rest: norm(1),
    }
}

/// Files of this format contain spans cut off by the end of the grid before they begin: they mean nothing.
fn spans(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|(from, to)| from < to);
    spans
}

fn apart(pairs: &[(u32, u32)], names: &Names) -> Vec<(DelegationId, DelegationId)> {
    let delegation = |number| key(&names.delegations, number);
    pairs.iter().map(|&(a, b)| (delegation(a), delegation(b))).collect()
}

fn hall(hall: FileHall, names: &Names) -> Hall {
    Hall {
        id: key(&names.halls, hall.id),
        site: key(&names.sites, hall.site),
        capacity: hall.capacity,
        units: hall.units,
        booths: hall.booths,
        closed: spans(hall.closed),
    }
}

fn person(person: FilePerson, names: &Names) -> Person {
    Person {
        id: key(&names.people, person.id),
        delegation: key(&names.delegations, person.city),
        rank: person.rank,
        arrive: person.arrive,
        depart: Some(person.depart),
        busy: spans(person.busy),
    }
}

fn interpreter(one: FileInterpreter, names: &Names) -> Interpreter {
    let id = key(&names.interpreters, one.id);
    Interpreter { id, pairs: one.pairs, off: one.off, busy: Vec::new(), of: None }
}

fn activity(it: FileActivity, names: &Names) -> Activity {
    let mut interpretation = Vec::new();
    if !it.langs.is_empty() {
        interpretation.push(Need::Simultaneous { languages: it.langs });
    }
    if let Some(pair) = it.pair {
        interpretation.push(Need::Consecutive { pair, by: Provider::Pool });
    }
    Activity {
        id: key(&names.activities, it.id),
        kind: it.kind,
        duration: it.dur,
        people: keys(&names.people, &it.people),
        halls: keys(&names.halls, &it.halls),
        window: Some(it.window),
        weight: it.weight,
        mandatory: it.mandatory,
        after: keys(&names.activities, &it.after),
        head: Some(it.head),
        interpretation,
        waivers: Vec::new(),
        over_lunch: None,
        pin: Pin { start: it.start, ..Pin::default() },
    }
}

fn market(file: &File, names: &Names) -> Option<Market> {
    if file.preferences.is_empty() {
        return None;
    }
    let quota = |i: usize| file.quota.get(i).copied().unwrap_or(u32::MAX);
    let delegation = |number| key(&names.delegations, number);
    let wish = |&(to, score): &(u32, f64)| Wish { to: delegation(to), score };
    let party = |(number, row): (u32, &Vec<(u32, f64)>)| Party {
        delegation: delegation(number),
        quota: quota(number as usize),
        wishes: row.iter().map(wish).collect(),
    };
    Some(Market {
        parties: (0..).zip(&file.preferences).map(party).collect(),
        must: Vec::new(),
        never: apart(&file.keep_apart, names),
    })
}

fn event(event: &FileEvent, names: &Names) -> Event {
    match *event {
        FileEvent::ArrivalDelay { person, arrive, now } => {
            let person = key(&names.people, person);
            Event { now, news: News::ArrivalDelayed { person, arrive } }
        }
        FileEvent::HallLost { hall, from, to, now } => {
            let hall = key(&names.halls, hall);
            Event { now, news: News::HallLost { hall, span: (from, to) } }
        }
        FileEvent::InterpreterOut { interpreter, day, now } => {
            let interpreter = key(&names.interpreters, interpreter);
            Event { now, news: News::InterpreterOut { interpreter, day } }
        }
        FileEvent::PersonBusy { person, from, to, now } => {
            let person = key(&names.people, person);
            Event { now, news: News::PersonBusy { person, span: (from, to) } }
        }
    }
}
