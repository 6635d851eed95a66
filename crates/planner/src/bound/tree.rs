//! A search through all starts of a few tasks, to show that they cannot all be placed.
//!
//! It keeps a part of the rules: nobody is in two places, the order holds, no set of halls holds more than it
//! has room for and no class of interpreters does more than its members can, rest included. When even so
//! no starts are left, no plan places all of these tasks.

use crate::{
    model::{Model, bits::Bits, limits::hall_set},
    problem::spec::Slot,
};

/// Most tasks that are looked at: the search keeps a copy of what is left of all of them for each.
const TASKS: usize = 400;

/// Most sets of halls, and as many of interpreters, that are counted.
const SETS: usize = 200;

/// A set of halls or interpreters, and how much of it there is in a slot.
struct Pool {
    /// By slot.
    room: Vec<u32>,
}

/// What one task takes of pools while it lasts.
struct Need {
    task: usize,
    /// By pool of halls: 1 each.
    halls: Vec<usize>,
    /// Alternatives of how many of each pool of interpreters.
    ways: Vec<Vec<(usize, u32)>>,
    /// Slots for which interpreters are taken up.
    held: Slot,
}

pub(crate) struct Tree<'a> {
    model: &'a Model,
    needs: Vec<Need>,
    pools: Vec<Pool>,
    nodes: usize,
}

/// Where the search stands.
#[derive(Clone)]
struct Node {
    at: Vec<Option<Slot>>,
    left: Vec<Bits>,
    /// By pool and slot: taken.
    used: Vec<Vec<u32>>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(model: &'a Model, tasks: &[usize]) -> Self {
        // Too many prove nothing.
        let tasks = if tasks.len() > TASKS { &[] } else { tasks };
        let mut pools = Vec::new();
        let mut halls: Vec<Vec<usize>> = tasks.iter().map(|&t| hall_set(&model.tasks[t])).collect();
        halls.sort();
        halls.dedup();
        halls.truncate(SETS);
        for set in &halls {
            let room = |slot: Slot| {
                let open = set.iter().filter(|&&hall| !model.halls[hall].closed.has(slot));
                open.fold(0, |sum: u32, &hall| sum.saturating_add(model.halls[hall].units))
            };
            pools.push(Pool { room: (0..model.slots).map(room).collect() });
        }
        let mut classes: Vec<Vec<usize>> = tasks
            .iter()
            .flat_map(|&task| model.tasks[task].teams.iter().flatten())
            .map(|&class| model.classes[class].clone())
            .collect();
        for class in &mut classes {
            class.sort_unstable();
        }
        classes.sort();
        classes.dedup();
        classes.truncate(SETS);
        for set in &classes {
            let room = model.on_duty(set);
            pools.push(Pool {
                room: (0..model.slots).map(|s| room[model.day(s) as usize]).collect(),
            });
        }
        let need = |&task: &usize| {
            let it = &model.tasks[task];
            let own = hall_set(it);
            let within = (0..halls.len())
                .filter(|&i| own.iter().all(|hall| halls[i].binary_search(hall).is_ok()));
            let way = |team: &dyn Fn(&[usize]) -> usize| {
                let taken = classes.iter().enumerate().map(|(i, set)| (halls.len() + i, team(set)));
                taken
                    .filter(|entry| entry.1 > 0)
                    .map(|(pool, n)| (pool, u32::try_from(n).unwrap_or(u32::MAX)))
                    .collect::<Vec<_>>()
            };
            let inside = |class: usize, set: &[usize]| {
                model.classes[class].iter().all(|one| set.binary_search(one).is_ok())
            };
            let ways = match &it.pinned_team {
                Some(team) => vec![way(&|set| {
                    team.iter().filter(|one| set.binary_search(one).is_ok()).count()
                })],
                None => it
                    .teams
                    .iter()
                    .map(|seats| way(&|set| seats.iter().filter(|&&c| inside(c, set)).count()))
                    .collect(),
            };
            Need { task, halls: within.collect(), ways, held: it.duration + it.rest }
        };
        let needs = tasks.iter().map(need).collect();
        Self { model, needs, pools, nodes: 0 }
    }

    /// Whether no starts do, as far as so many nodes show.
    pub(crate) fn fails(&mut self, starts: &[Bits], nodes: usize) -> bool {
        self.nodes = nodes;
        let root = Node {
            at: vec![None; self.needs.len()],
            left: self.needs.iter().map(|need| starts[need.task].clone()).collect(),
            used: self.pools.iter().map(|pool| vec![0; pool.room.len()]).collect(),
        };
        self.ends(&root)
    }

    /// True when nothing comes of a node; false as well when the search is given up.
    fn ends(&mut self, node: &Node) -> bool {
        let open = (0..node.at.len()).filter(|&i| node.at[i].is_none());
        let Some(next) = open.min_by_key(|&i| node.left[i].count()) else { return false };
        for start in node.left[next].iter() {
            if self.nodes == 0 {
                return false;
            }
            self.nodes -= 1;
            if let Some(child) = self.child(node, next, start)
                && !self.ends(&child)
            {
                return false;
            }
        }
        true
    }

    /// What a start leaves of the others; nothing when one of them is left without any.
    fn child(&self, node: &Node, next: usize, start: Slot) -> Option<Node> {
        let mut node = node.clone();
        node.at[next] = Some(start);
        self.take(&mut node, next, start);
        let open: Vec<usize> = (0..node.at.len()).filter(|&i| node.at[i].is_none()).collect();
        for i in open {
            self.meet(self.needs[next].task, start, self.needs[i].task, &mut node.left[i]);
            self.room(&mut node, i);
            if node.left[i].is_empty() {
                return None;
            }
        }
        Some(node)
    }

    /// The slots from a start on that lie in its day.
    fn stay(&self, start: Slot, slots: Slot) -> std::ops::Range<usize> {
        let evening = (self.model.day(start) + 1) * self.model.slots_per_day;
        start as usize..(start + slots).min(evening).min(self.model.slots) as usize
    }

    /// Takes from the pools what a task takes in any case.
    fn take(&self, node: &mut Node, next: usize, start: Slot) {
        let need = &self.needs[next];
        let it = &self.model.tasks[need.task];
        for &pool in &need.halls {
            node.used[pool][self.stay(start, it.duration)].iter_mut().for_each(|used| *used += 1);
        }
        let Some((first, others)) = need.ways.split_first() else { return };
        for &(pool, n) in first {
            let of = |way: &Vec<(usize, u32)>| {
                way.iter().find(|entry| entry.0 == pool).map_or(0, |entry| entry.1)
            };
            let least = others.iter().map(of).min().unwrap_or(n).min(n);
            let stay = self.stay(start, need.held);
            node.used[pool][stay].iter_mut().for_each(|used| *used += least);
        }
    }

    /// Takes out the starts at which the pools have no room for a task.
    fn room(&self, node: &mut Node, i: usize) {
        let need = &self.needs[i];
        let lasts = self.model.tasks[need.task].duration;
        let fits = |pool: usize, n: u32, stay: std::ops::Range<usize>| {
            stay.into_iter().all(|slot| node.used[pool][slot] + n <= self.pools[pool].room[slot])
        };
        let mut left = node.left[i].clone();
        for start in node.left[i].iter() {
            let halls = need.halls.iter().all(|&pool| fits(pool, 1, self.stay(start, lasts)));
            let team = need
                .ways
                .iter()
                .any(|way| way.iter().all(|&(pool, n)| fits(pool, n, self.stay(start, need.held))));
            if !halls || !team {
                left.remove(start);
            }
        }
        node.left[i] = left;
    }

    /// Takes out the starts of `other` that `task` at `start` rules out.
    fn meet(&self, task: usize, start: Slot, other: usize, left: &mut Bits) {
        let model = self.model;
        let (it, them) = (&model.tasks[task], &model.tasks[other]);
        let end = start + it.duration;
        if them.after.contains(&task) {
            left.remove_span(0, end);
        }
        if it.after.contains(&other) {
            left.remove_span((start + 1).saturating_sub(them.duration), model.slots);
        }
        if it.people.iter().any(|person| them.people.contains(person)) {
            let away = model.lead(task, other);
            let morning = model.day(start) * model.slots_per_day;
            let from = (start + 1).saturating_sub(them.duration + away).max(morning);
            left.remove_span(from, (end + away).min(morning + model.slots_per_day));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn halls_that_hold_more_than_a_number_can_say_prove_nothing() {
        // Four billion and more units: exactly 2^32.
        let halls: Vec<_> = (0..4_295)
            .map(|i| {
                json!({"id": format!("h{i}"), "site": "s", "capacity": 9,
                "units": if i == 0 { 967_296 } else { 1_000_000 }})
            })
            .collect();
        let all: Vec<_> = halls.iter().map(|hall| hall["id"].clone()).collect();
        let activity = |id: &str| {
            json!({"id": id, "kind": "forum", "duration": 1, "people": [], "halls": all,
                "mandatory": true})
        };
        let spec = json!({
            "grid": {"slot_minutes": 60, "slots_per_day": 4, "slots": 4}, "sites": [{"id": "s"}],
            "halls": halls, "delegations": [], "people": [],
            "activities": [activity("a"), activity("b")],
        });
        let problem = crate::formats::read_problem(spec.to_string().as_bytes()).expect("sound");
        assert_eq!(crate::bound::conflict(&problem.model, &|| false), None);
    }
}
