//! The checks that make a description a problem. Each names the object and what is wrong with it.

use crate::problem::{
    fault::{Defect, Fault},
    id::Object,
    index::Index,
    interpretation::{Need, Profile, Provider, TeamSize},
    rule::Rule,
    spec::{Activity, Slot, Span, Spec},
};

const MAX_SLOTS: u32 = 4_096;
const MAX_OBJECTS: usize = 100_000;
const MAX_LINKS: usize = 4_000_000;
const MAX_BITS: usize = 2_000_000_000;
const MAX_NUMBER: u32 = 1_000_000;
const MAX_TEAM: u32 = 50;
const MAX_NEEDS: usize = 8;
/// Halls times slots: every plan under search keeps a list for each.
const MAX_CELLS: usize = 4_000_000;
/// Seats in all alternatives of all activities.
const MAX_SEATS: u64 = 10_000_000;
/// Steps of a table of team sizes.
const MAX_STEPS: usize = 100;

/// Whether nothing is listed twice.
fn once<T: Ord>(list: &[T]) -> bool {
    let mut sorted: Vec<&T> = list.iter().collect();
    sorted.sort_unstable();
    sorted.windows(2).all(|two| two[0] != two[1])
}

struct Faultfinder<'a> {
    spec: &'a Spec,
    index: &'a Index,
    faults: Vec<Fault>,
}

/// Faults of size, found before anything is built from the description.
pub(crate) fn size(spec: &Spec) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |defect, detail: &str| {
        faults.push(Fault::new(Object::Problem, defect, detail));
    };
    let grid = &spec.grid;
    if grid.slots > MAX_SLOTS {
        fault(Defect::TooLarge, "grid.slots");
    }
    if grid.slots == 0 || grid.slots_per_day == 0 || grid.slots_per_day > grid.slots.max(1) {
        fault(Defect::Range, "grid.slots_per_day");
    }
    if grid.slot_minutes == 0 || grid.slot_minutes > 1_440 {
        fault(Defect::Range, "grid.slot_minutes");
    }
    let counts = [
        ("activities", spec.activities.len()),
        ("people", spec.people.len()),
        ("halls", spec.halls.len() * 10),
        ("interpreters", spec.interpreters.len() * 5),
        ("delegations", spec.delegations.len() * 10),
        ("sites", spec.sites.len() * 100),
        ("travel", spec.travel.len()),
        ("keep_apart", spec.keep_apart.len() / 10),
    ];
    for (name, count) in counts {
        if count > MAX_OBJECTS {
            fault(Defect::TooLarge, name);
        }
    }
    let links = |f: fn(&Activity) -> usize| spec.activities.iter().map(f).sum::<usize>();
    let lists = [
        ("activities.people", links(|a| a.people.len())),
        ("activities.halls", links(|a| a.halls.len())),
        ("activities.after", links(|a| a.after.len())),
        ("people.busy", spec.people.iter().map(|p| p.busy.len()).sum()),
        ("halls.closed", spec.halls.iter().map(|h| h.closed.len()).sum()),
        ("interpreters.busy", spec.interpreters.iter().map(|i| i.busy.len()).sum()),
        ("interpreters.off", spec.interpreters.iter().map(|i| i.off.len()).sum()),
        ("interpreters.pairs", spec.interpreters.iter().map(|i| i.pairs.len()).sum()),
    ];
    let mut durations: Vec<Slot> = spec.activities.iter().map(|a| a.duration).collect();
    durations.sort_unstable();
    durations.dedup();
    let bits = durations.len() * spec.interpreters.len() * grid.slots.min(MAX_SLOTS) as usize;
    if bits > MAX_BITS {
        fault(Defect::TooLarge, "interpreters");
    }
    if spec.halls.len() * grid.slots.min(MAX_SLOTS) as usize > MAX_CELLS {
        fault(Defect::TooLarge, "halls");
    }
    let strict = Profile::strict(grid.slot_minutes);
    let profile = spec.profile.as_ref().unwrap_or(&strict);
    let seats = spec.activities.iter().map(|activity| seats(profile, activity));
    if seats.fold(0, u64::saturating_add) > MAX_SEATS {
        fault(Defect::TooLarge, "activities.interpretation");
    }
    for (name, count) in lists {
        if count > MAX_LINKS {
            fault(Defect::TooLarge, name);
        }
    }
    faults
}

/// The most seats that the alternatives of an activity may have, together.
fn seats(profile: &Profile, activity: &Activity) -> u64 {
    let relay = profile.relay.value || activity.waivers.iter().any(|it| it.rule == Rule::Relay);
    let ways = if relay { 2 } else { 1 };
    let team = |table: &[TeamSize]| {
        // Each of two sides brings half, rounded up.
        u64::from(table.iter().map(|step| step.size).max().unwrap_or(1)).saturating_add(1)
    };
    let (mut all, mut options) = (0_u64, 1_u64);
    for need in &activity.interpretation {
        let (more, each) = match need {
            Need::Simultaneous { languages } => {
                (team(&profile.simultaneous.value).saturating_mul(languages.len() as u64), 1)
            }
            Need::Consecutive { .. } => (ways * team(&profile.consecutive.value), ways),
            Need::Whispered { .. } => (ways * team(&profile.whispered.value), ways),
            Need::Escort { .. } => (2, 1),
        };
        all = all.saturating_add(more);
        options = options.saturating_mul(each);
    }
    all.saturating_mul(options)
}

/// All other faults.
pub(crate) fn content(spec: &Spec, index: &Index) -> Vec<Fault> {
    let mut finder = Faultfinder { spec, index, faults: Vec::new() };
    finder.grid();
    finder.resources();
    for activity in &spec.activities {
        finder.activity(activity);
    }
    finder.cycles();
    finder.faults
}

/// The faults of people, places, interpreters and some activities.
pub(crate) fn parts(spec: &Spec, index: &Index, activities: &[usize]) -> Vec<Fault> {
    let mut finder = Faultfinder { spec, index, faults: Vec::new() };
    finder.resources();
    for &activity in activities {
        finder.activity(&spec.activities[activity]);
    }
    finder.faults
}

impl Faultfinder<'_> {
    fn fault(&mut self, object: &Object, defect: Defect, detail: &str) {
        self.faults.push(Fault::new(object.clone(), defect, detail));
    }

    fn require(&mut self, holds: bool, object: &Object, defect: Defect, detail: &str) {
        if !holds {
            self.fault(object, defect, detail);
        }
    }

    fn spans(&mut self, object: &Object, spans: &[Span], detail: &str) {
        if spans.iter().any(|span| span.0 > span.1 || span.1 > MAX_NUMBER) {
            self.fault(object, Defect::Span, detail);
        }
    }

    fn resources(&mut self) {
        self.places();
        self.people();
        self.interpreters();
    }

    fn grid(&mut self) {
        let (spec, whole) = (self.spec, Object::Problem);
        if let Some(lunch) = spec.grid.lunch {
            let inside = lunch.0 <= lunch.1 && lunch.1 <= spec.grid.slots_per_day;
            self.require(inside, &whole, Defect::Span, "grid.lunch");
        }
        let w = &spec.weights;
        let weights = [w.unplaced, w.idle, w.breaks, w.hall_moves, w.interpreting, w.unfairness];
        // What weighs less than a thousandth is lost in the rounding of a sum of others.
        let fine = |x: f64| x == 0.0 || (1e-3..=1e9).contains(&x);
        self.require(weights.into_iter().all(fine), &whole, Defect::Range, "weights");
        if let Some(profile) = &spec.profile {
            self.profile(profile);
        }
        for (a, b) in &spec.keep_apart {
            let known = self.index.delegation(a).is_some() && self.index.delegation(b).is_some();
            self.require(known, &whole, Defect::Unknown, "keep_apart");
            let object = Object::Delegation(a.clone());
            self.require(a != b, &object, Defect::Duplicate, "keep_apart");
        }
    }

    fn profile(&mut self, profile: &Profile) {
        let sane = |table: &[TeamSize]| {
            !table.is_empty() && table.iter().all(|step| (1..=MAX_TEAM).contains(&step.size))
        };
        let tables = [
            (&profile.simultaneous, "profile.simultaneous"),
            (&profile.consecutive, "profile.consecutive"),
            (&profile.whispered, "profile.whispered"),
        ];
        for (table, name) in tables {
            let few = table.value.len() <= MAX_STEPS;
            self.require(few, &Object::Problem, Defect::TooLarge, name);
            self.require(sane(&table.value), &Object::Problem, Defect::Range, name);
        }
        let rest = profile.rest.value <= MAX_SLOTS;
        self.require(rest, &Object::Problem, Defect::Range, "profile.rest");
    }

    fn places(&mut self) {
        for site in &self.spec.sites {
            let object = Object::Site(site.id.clone());
            self.require(site.access <= MAX_SLOTS, &object, Defect::Range, "access");
        }
        for travel in &self.spec.travel {
            let (a, b) = &travel.between;
            let object = Object::Site(a.clone());
            let known = self.index.site(a).is_some() && self.index.site(b).is_some();
            self.require(known, &object, Defect::Unknown, "travel.between");
            self.require(travel.slots <= MAX_SLOTS, &object, Defect::Range, "travel.slots");
        }
        for hall in &self.spec.halls {
            let object = Object::Hall(hall.id.clone());
            let known = self.index.site(&hall.site).is_some();
            self.require(known, &object, Defect::Unknown, "site");
            self.require(hall.units <= MAX_NUMBER, &object, Defect::Range, "units");
            self.require(hall.booths <= MAX_NUMBER, &object, Defect::Range, "booths");
            self.spans(&object, &hall.closed, "closed");
        }
    }

    fn people(&mut self) {
        for person in &self.spec.people {
            let object = Object::Person(person.id.clone());
            let known = self.index.delegation(&person.delegation).is_some();
            self.require(known, &object, Defect::Unknown, "delegation");
            self.require(person.rank <= 1_000, &object, Defect::Range, "rank");
            self.spans(&object, &person.busy, "busy");
        }
    }

    fn interpreters(&mut self) {
        for interpreter in &self.spec.interpreters {
            let object = Object::Interpreter(interpreter.id.clone());
            self.require(!interpreter.pairs.is_empty(), &object, Defect::Empty, "pairs");
            let two = interpreter.pairs.iter().all(|pair| pair[0] != pair[1]);
            self.require(two, &object, Defect::Need, "pairs");
            self.spans(&object, &interpreter.busy, "busy");
            if let Some(delegation) = &interpreter.of {
                let known = self.index.delegation(delegation).is_some();
                self.require(known, &object, Defect::Unknown, "of");
            }
        }
    }

    fn activity(&mut self, activity: &Activity) {
        let object = Object::Activity(activity.id.clone());
        let (index, slots) = (self.index, self.spec.grid.slots);
        let all = |known: bool| if known { None } else { Some(Defect::Unknown) };
        let links = [
            (all(activity.people.iter().all(|p| index.person(p).is_some())), "people"),
            (all(activity.halls.iter().all(|h| index.hall(h).is_some())), "halls"),
            (all(activity.after.iter().all(|a| index.activity(a).is_some())), "after"),
        ];
        for (defect, field) in links {
            if let Some(defect) = defect {
                self.fault(&object, defect, field);
            }
        }
        self.require(once(&activity.people), &object, Defect::Duplicate, "people");
        self.require(!activity.halls.is_empty(), &object, Defect::Empty, "halls");
        let lasts = (1..=slots).contains(&activity.duration);
        self.require(lasts, &object, Defect::Range, "duration");
        self.require(activity.weight <= MAX_NUMBER, &object, Defect::Range, "weight");
        let window = activity.window.map_or(Vec::new(), |window| vec![window]);
        self.spans(&object, &window, "window");
        self.pin(activity, &object);
        self.needs(activity, &object);
    }

    fn pin(&mut self, activity: &Activity, object: &Object) {
        let start = activity.pin.start.is_none_or(|start: Slot| start < self.spec.grid.slots);
        self.require(start, object, Defect::Range, "pin.start");
        if let Some(hall) = &activity.pin.hall {
            let known = self.index.hall(hall).is_some();
            self.require(known, object, Defect::Unknown, "pin.hall");
            let allowed = activity.halls.contains(hall);
            self.require(allowed, object, Defect::Range, "pin.hall");
        }
        if let Some(team) = &activity.pin.interpreters {
            let known = team.iter().all(|i| self.index.interpreter(i).is_some());
            self.require(known, object, Defect::Unknown, "pin.interpreters");
            self.require(once(team), object, Defect::Duplicate, "pin.interpreters");
        }
    }

    fn needs(&mut self, activity: &Activity, object: &Object) {
        let few = activity.interpretation.len() <= MAX_NEEDS;
        self.require(few, object, Defect::TooLarge, "interpretation");
        let few = activity.waivers.len() <= MAX_NEEDS;
        self.require(few, object, Defect::TooLarge, "waivers");
        for waiver in activity.waivers.iter().take(MAX_NEEDS) {
            let given = waiver.rule.waivable() && !waiver.reason.trim().is_empty();
            self.require(given, object, Defect::Waiver, waiver.rule.code());
        }
        for need in &activity.interpretation {
            let (pair, by) = match need {
                Need::Simultaneous { languages } => {
                    let few = languages.len() <= MAX_TEAM as usize;
                    self.require(few, object, Defect::TooLarge, "interpretation.languages");
                    let other = !languages.contains(&self.spec.pivot);
                    self.require(other, object, Defect::Need, "interpretation.languages");
                    continue;
                }
                Need::Consecutive { pair, by }
                | Need::Whispered { pair, by, .. }
                | Need::Escort { pair, by } => (pair, by),
            };
            self.require(pair[0] != pair[1], object, Defect::Need, "interpretation.pair");
            let sides = self.index.delegations_of(activity);
            let fits = match by {
                Provider::Pool => true,
                Provider::EachSide => sides.len() == 2,
                Provider::OneSide(side) => {
                    self.index.delegation(side).is_some_and(|side| sides.contains(&side))
                }
            };
            self.require(fits, object, Defect::Need, "interpretation.by");
        }
    }

    /// Removes activities whose predecessors are all gone until none is left, or only cycles are.
    fn cycles(&mut self) {
        let activities = &self.spec.activities;
        let mut waits = vec![0_usize; activities.len()];
        let mut then = vec![Vec::new(); activities.len()];
        for (i, activity) in activities.iter().enumerate() {
            for before in activity.after.iter().filter_map(|id| self.index.activity(id)) {
                waits[i] += 1;
                then[before].push(i);
            }
        }
        let mut ready: Vec<usize> = (0..waits.len()).filter(|&i| waits[i] == 0).collect();
        while let Some(i) = ready.pop() {
            for &next in &then[i] {
                waits[next] -= 1;
                if waits[next] == 0 {
                    ready.push(next);
                }
            }
        }
        if let Some(i) = waits.iter().position(|&n| n > 0) {
            self.fault(&Object::Activity(activities[i].id.clone()), Defect::Cycle, "after");
        }
    }
}
