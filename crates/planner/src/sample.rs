//! Problems by chance, for tests, benches and demonstrations: the same size and seed give the same problem.

use crate::{
    problem::{
        id::{ActivityId, DelegationId, HallId, InterpreterId, Language, PersonId, SiteId},
        interpretation::{Need, Profile, Provider, Waiver},
        rule::Rule,
        spec::{
            Activity, Delegation, Grid, Hall, Interpreter, Kind, Limits, Person, Pin, Site, Slot,
            Spec, Travel, Weights,
        },
    },
    rng::Rng,
};

/// How large a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Delegations.
    pub delegations: usize,
    /// People in each, one at the least.
    pub people: usize,
    /// Days.
    pub days: Slot,
    /// Bilateral meetings wished for.
    pub meetings: usize,
    /// Sessions of many people.
    pub sessions: usize,
    /// Interpreters in the pool.
    pub interpreters: usize,
    /// Tables in each of the two zones.
    pub tables: u32,
}

impl Size {
    /// A handful of everything: small enough to look at.
    pub const SMALL: Self = Self {
        delegations: 5,
        people: 3,
        days: 2,
        meetings: 16,
        sessions: 3,
        interpreters: 8,
        tables: 2,
    };

    /// A real summit of one or two days.
    pub const SUMMIT: Self = Self {
        delegations: 30,
        people: 5,
        days: 2,
        meetings: 220,
        sessions: 14,
        interpreters: 24,
        tables: 6,
    };

    /// A large one, of three days.
    pub const CONGRESS: Self = Self {
        delegations: 100,
        people: 8,
        days: 3,
        meetings: 1_500,
        sessions: 50,
        interpreters: 70,
        tables: 20,
    };

    /// The largest that a city could hold: ten thousand meetings in four days.
    pub const FAIR: Self = Self {
        delegations: 300,
        people: 10,
        days: 4,
        meetings: 10_000,
        sessions: 140,
        interpreters: 260,
        tables: 96,
    };

    /// The sizes by name, from the smallest to the largest.
    pub const ALL: [(&str, Self); 4] =
        [("XS", Self::SMALL), ("S", Self::SUMMIT), ("M", Self::CONGRESS), ("L", Self::FAIR)];
}

const DAY: Slot = 40;
const PIVOT: &str = "ru";
const LANGUAGES: [&str; 4] = ["zh", "uz", "fa", "en"];

struct Maker {
    size: Size,
    rng: Rng,
}

/// A problem of a size.
pub fn problem(size: Size, seed: u64) -> Spec {
    let mut maker = Maker { size, rng: Rng::new(seed) };
    let people = maker.people();
    let mut activities = maker.sessions(&people);
    activities.extend(maker.meetings(&people));
    let first = activities.iter().position(|it| it.kind == Kind::Bilateral);
    if let Some(first) = first {
        activities.push(Maker::signing(&activities[first]));
    }
    Spec {
        name: format!("sample {seed}"),
        grid: Grid {
            slot_minutes: 15,
            slots_per_day: DAY,
            slots: size.days * DAY,
            lunch: Some((16, 20)),
        },
        sites: vec![site("centre", 0), site("port", 2)],
        travel: Vec::new(),
        halls: maker.halls(),
        delegations: (0..size.delegations).map(|i| Delegation { id: delegation(i) }).collect(),
        keep_apart: vec![(delegation(0), delegation(1 % size.delegations.max(2)))],
        interpreters: maker.interpreters(),
        people,
        activities,
        pivot: Language::from(PIVOT),
        profile: None,
        limits: Limits { person_day: Some(20), break_spread: None },
        weights: Weights::default(),
    }
}

/// The same problem with all that plain ones lack: roads that are no shorter by way of others or longer,
/// a third site, heads beside the list, sessions over lunch or never, whispering, escorts, waivers, chosen
/// teams, a day of interpreters of its own and, in every third, breaks that have to be even.
pub fn spiced(mut spec: Spec, seed: u64) -> Spec {
    let mut maker = Maker { size: Size::SMALL, rng: Rng::new(seed) };
    spec.sites.push(site("garden", 1));
    let (all, slots) = (spec.sites.clone(), spec.grid.slots);
    let roads = (0..all.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    for (a, b) in roads.filter(|_| !maker.rng.one_in(3)).collect::<Vec<_>>() {
        let between = (all[a].id.clone(), all[b].id.clone());
        spec.travel.push(Travel { between, slots: maker.below(7) });
    }
    let mut garden = hall("garden", "garden", 6, 2, 0);
    garden.closed.push((slots / 2, slots / 2 + 2));
    spec.halls.push(garden);
    let mut profile = Profile::strict(spec.grid.slot_minutes);
    profile.day.value = 4 + maker.below(20);
    profile.relay.value = maker.rng.one_in(3);
    spec.profile = (!maker.rng.one_in(3)).then_some(profile);
    spec.limits.break_spread = maker.rng.one_in(3).then(|| maker.below(3));
    let pool: Vec<InterpreterId> = spec.interpreters.iter().map(|one| one.id.clone()).collect();
    spec.activities.iter_mut().for_each(|it| maker.spice(it, &pool));
    spec
}

fn hall(id: &str, site: &str, capacity: u32, units: u32, booths: u32) -> Hall {
    let (id, site) = (HallId::from(id), SiteId::from(site));
    Hall { id, site, capacity, units, booths, closed: Vec::new() }
}

fn delegation(i: usize) -> DelegationId {
    DelegationId::new(format!("d{i}"))
}

fn language(i: usize) -> Language {
    Language::from(if i.is_multiple_of(3) { PIVOT } else { LANGUAGES[i % LANGUAGES.len()] })
}

fn site(id: &str, access: Slot) -> Site {
    Site { id: SiteId::from(id), access }
}

fn activity(id: String, kind: Kind, duration: Slot, halls: &[&str]) -> Activity {
    Activity {
        id: ActivityId::new(id),
        kind,
        duration,
        people: Vec::new(),
        halls: halls.iter().map(|&hall| HallId::from(hall)).collect(),
        window: None,
        weight: 1,
        mandatory: false,
        after: Vec::new(),
        head: None,
        interpretation: Vec::new(),
        waivers: Vec::new(),
        over_lunch: None,
        pin: Pin::default(),
    }
}

impl Maker {
    fn below(&mut self, n: Slot) -> Slot {
        Slot::try_from(self.rng.below(n as usize)).unwrap_or(0)
    }

    fn people(&mut self) -> Vec<Person> {
        let (delegations, each) = (self.size.delegations, self.size.people);
        let end = self.size.days * DAY;
        let mut people = Vec::new();
        for i in 0..delegations * each {
            let head = i.is_multiple_of(each);
            let arrive = if self.rng.one_in(4) { self.below(12) } else { 0 };
            let depart = self.rng.one_in(4).then(|| end - self.below(10));
            let from = self.below(end);
            let busy = if self.rng.one_in(5) { vec![(from, (from + 4).min(end))] } else { vec![] };
            people.push(Person {
                id: PersonId::new(format!("p{i}")),
                delegation: delegation(i / each),
                rank: if head { 3 } else { 1 },
                arrive,
                depart,
                busy,
            });
        }
        people
    }

    fn halls(&mut self) -> Vec<Hall> {
        let tables = self.size.tables;
        let closed = self.below(DAY / 2);
        let mut halls = vec![
            hall("plenary", "centre", 2_000, 1, 4),
            hall("forum", "centre", 200, 2, 2),
            hall("zone a", "centre", 4, tables, 0),
            hall("zone b", "centre", 4, tables, 0),
            hall("salon", "centre", 12, 1, 0),
            hall("harbour", "port", 60, 1, 0),
        ];
        halls[4].closed.push((closed, closed + 8));
        halls
    }

    fn interpreters(&mut self) -> Vec<Interpreter> {
        let mut interpreters = Vec::new();
        for i in 0..self.size.interpreters {
            let own = LANGUAGES[i % LANGUAGES.len()];
            let mut pairs = vec![[Language::from(own), Language::from(PIVOT)]];
            let other = LANGUAGES[self.rng.below(LANGUAGES.len())];
            if self.rng.one_in(3) && other != own {
                pairs.push([Language::from(own), Language::from(other)]);
            }
            interpreters.push(Interpreter {
                id: InterpreterId::new(format!("i{i}")),
                pairs,
                off: if self.rng.one_in(8) { vec![self.below(self.size.days)] } else { vec![] },
                busy: Vec::new(),
                of: self.rng.one_in(6).then(|| delegation(self.rng.below(self.size.delegations))),
            });
        }
        interpreters
    }

    fn sessions(&mut self, people: &[Person]) -> Vec<Activity> {
        let mut sessions = Vec::new();
        let each = self.size.people;
        let heads = people.iter().step_by(each).filter(|p| p.arrive == 0 && p.busy.is_empty());
        let mut opening = activity("opening".to_owned(), Kind::Plenary, 4, &["plenary"]);
        opening.people = heads.map(|person| person.id.clone()).collect();
        opening.pin.start = Some(2);
        opening.mandatory = true;
        sessions.push(opening);
        for i in 0..self.size.sessions {
            let kinds = [Kind::Forum, Kind::Roundtable, Kind::Visit];
            let kind = kinds[i % kinds.len()];
            let hall = if kind == Kind::Visit { "harbour" } else { "forum" };
            let duration = 4 + self.below(5);
            let mut it = activity(format!("s{i}"), kind, duration, &[hall]);
            for _ in 0..3 + self.rng.below(4) {
                let person = &people[self.rng.below(people.len())].id;
                if !it.people.contains(person) {
                    it.people.push(person.clone());
                }
            }
            let day = self.below(self.size.days) * DAY;
            it.window = Some((day, day + DAY));
            it.weight = 10 + self.below(20);
            if kind == Kind::Forum {
                let languages = vec![Language::from(LANGUAGES[self.rng.below(2)])];
                it.interpretation.push(Need::Simultaneous { languages });
            }
            sessions.push(it);
        }
        sessions
    }

    fn meetings(&mut self, people: &[Person]) -> Vec<Activity> {
        let (delegations, each) = (self.size.delegations, self.size.people);
        let mut meetings = Vec::new();
        for i in 0..self.size.meetings {
            let a = self.rng.below(delegations);
            let b = (a + 1 + self.rng.below(delegations.saturating_sub(1).max(1))) % delegations;
            let head = self.rng.one_in(4);
            let pick = if head { [0, 0] } else { [self.rng.below(each), self.rng.below(each)] };
            let halls: &[&str] = if head { &["salon"] } else { &["zone a", "zone b"] };
            let duration = 1 + self.below(3);
            let mut it = activity(format!("m{i}"), Kind::Bilateral, duration, halls);
            it.people = vec![people[a * each + pick[0]].id.clone()];
            if a != b {
                it.people.push(people[b * each + pick[1]].id.clone());
            }
            it.weight = 1 + self.below(9);
            let (x, y) = (language(a), language(b));
            if x != y {
                let by = match self.rng.below(8) {
                    0 => Provider::OneSide(delegation(a)),
                    1 if a != b => Provider::EachSide,
                    _ => Provider::Pool,
                };
                it.interpretation.push(Need::Consecutive { pair: [x, y], by });
            }
            meetings.push(it);
        }
        meetings
    }

    fn spice(&mut self, it: &mut Activity, pool: &[InterpreterId]) {
        if it.kind.small() && self.rng.one_in(3) {
            it.halls.push(HallId::from("garden"));
        }
        if self.rng.one_in(8) {
            it.head = Some(1 + self.below(8));
        }
        if self.rng.one_in(6) {
            it.over_lunch = Some(self.rng.one_in(2));
        }
        for need in &mut it.interpretation {
            let Need::Consecutive { pair, by } = need else { continue };
            let (pair, by) = (pair.clone(), by.clone());
            match self.rng.below(5) {
                0 | 1 => *need = Need::Whispered { pair, listeners: 1 + self.below(4), by },
                2 => *need = Need::Escort { pair, by },
                _ => {}
            }
        }
        let waivable: Vec<Rule> = Rule::ALL.iter().copied().filter(|r| r.waivable()).collect();
        for rule in waivable {
            if self.rng.one_in(12) {
                it.waivers.push(Waiver { rule, reason: "agreed".to_owned() });
            }
        }
        if !it.interpretation.is_empty() && !pool.is_empty() && self.rng.one_in(8) {
            let first = self.rng.below(pool.len());
            let team = [first, (first + 4) % pool.len()].map(|one| pool[one].clone());
            it.pin.interpreters = Some(team.into());
        }
    }

    fn signing(meeting: &Activity) -> Activity {
        let mut it = activity("signing".to_owned(), Kind::Signing, 2, &["harbour"]);
        it.people.clone_from(&meeting.people);
        it.after = vec![meeting.id.clone()];
        it.weight = 12;
        it
    }
}
