//! A relaxation of a problem whose dual bounds every plan from below.
//!
//! Of all rules it keeps these: an activity starts where its window, its people and its order allow; at
//! no slot are there more activities than places in a set of halls, than one for a person, or than
//! interpreters in a class; and a class works no longer in a day than its members may. Each such limit gets
//! a price. For *any* prices that are not negative, the sum over activities of the cheaper of leaving out
//! and of the cheapest priced start, less what the limits are worth at these prices, is no more than the
//! score of any plan that keeps all rules (weak duality: Held and Karp 1971; time-indexed relaxation:
//! Dyer and Wolsey 1990). Idle time and moves count as nothing. The spread of shares is no less than
//! a mean of shares less another, for any two means; their weights are prices as well. Better
//! prices are found by the subgradient method with steps of Polyak (1969); stopping early costs
//! strength, never validity.

use crate::{
    model::{
        Model, Task,
        bits::Bits,
        limits::{Limits, hall_set, real},
    },
    problem::spec::Slot,
};

/// What an activity uses in each of its slots: a limit, and how much of it.
type Use = (usize, f64);

/// One way to man an activity.
#[derive(Clone, Debug)]
struct Way {
    cost: f64,
    uses: Vec<Use>,
    /// Limits of days, and how much of each.
    days: Vec<Use>,
}

/// One activity of the relaxation.
#[derive(Clone, Debug)]
struct Part {
    task: usize,
    starts: Vec<Slot>,
    duration: Slot,
    /// Slots for which interpreters are taken up, rest included; cut off at the end of the day.
    held: Slot,
    /// Halls and people, whatever the way.
    uses: Vec<Use>,
    ways: Vec<Way>,
    /// What leaving it out costs; nothing when it must be placed.
    skip: Option<f64>,
}

/// What the activities of a relaxation cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    /// What they cost in the score.
    Score,
    /// One for each that is left out.
    Count,
}

/// A relaxation and its prices.
#[derive(Clone, Debug)]
pub(crate) struct Relaxation<'a> {
    model: &'a Model,
    aim: Aim,
    parts: Vec<Part>,
    slots: usize,
    /// By limit and slot.
    caps: Vec<f64>,
    prices: Vec<f64>,
    /// By limit and day.
    day_caps: Vec<f64>,
    day_prices: Vec<f64>,
    days: usize,
    /// By delegation: its weight in the mean of the large shares, and in that of the small ones.
    large: Vec<f64>,
    small: Vec<f64>,
}

/// What one look at all activities found.
struct Look {
    value: f64,
    used: Vec<f64>,
    day_used: Vec<f64>,
    /// By delegation: weight of what is left out.
    lost: Vec<f64>,
}

/// By task: the starts that the order leaves; `must` says what every plan places.
pub(crate) fn starts(model: &Model, must: &[bool]) -> Vec<Bits> {
    let tasks = &model.tasks;
    let mut starts: Vec<Bits> = tasks.iter().map(|task| task.starts.clone()).collect();
    let order = topological(model);
    for &task in &order {
        for &before in &tasks[task].after {
            let first = starts[before].iter().next();
            let from = first.map_or(model.slots, |first| {
                model.ready(before, first + tasks[before].duration, task)
            });
            starts[task].remove_span(0, from);
        }
    }
    for &task in order.iter().rev().filter(|&&task| must[task]) {
        let last = starts[task].iter().last().unwrap_or(0);
        for &before in &tasks[task].after {
            let due = model.due(before, task, last);
            let from = (due + 1).saturating_sub(tasks[before].duration);
            starts[before].remove_span(from, model.slots);
        }
    }
    starts
}

/// The tasks, predecessors first.
fn topological(model: &Model) -> Vec<usize> {
    let tasks = &model.tasks;
    let mut waits: Vec<usize> = tasks.iter().map(|task| task.after.len()).collect();
    let mut order: Vec<usize> = (0..tasks.len()).filter(|&task| waits[task] == 0).collect();
    let mut done = 0;
    while let Some(&task) = order.get(done) {
        done += 1;
        for &next in &tasks[task].before {
            waits[next] -= 1;
            if waits[next] == 0 {
                order.push(next);
            }
        }
    }
    order
}

/// What every plan places that places these: they, and what they wait for.
pub(crate) fn needed(model: &Model, tasks: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut must = vec![false; model.tasks.len()];
    tasks.into_iter().for_each(|task| must[task] = true);
    for &task in topological(model).iter().rev() {
        if must[task] {
            model.tasks[task].after.iter().for_each(|&before| must[before] = true);
        }
    }
    must
}

impl<'a> Relaxation<'a> {
    /// The relaxation of the problem to some of its tasks, at prices of nothing. `must` says what every
    /// plan in question places.
    pub(crate) fn new(model: &'a Model, aim: Aim, tasks: &[usize], must: &[bool]) -> Self {
        let starts = starts(model, must);
        let slots = model.slots as usize;
        let days = slots.div_ceil(model.slots_per_day as usize);
        let mut limits = Limits { model, slots, caps: Vec::new(), day_caps: Vec::new() };
        let classes = limits.classes();
        let halls = limits.halls(tasks);
        let people = limits.people(tasks);
        let mut parts = Vec::new();
        for &task in tasks {
            let it = &model.tasks[task];
            let own: Vec<usize> = hall_set(it);
            let in_set =
                |(set, _): &&(Vec<usize>, usize)| own.iter().all(|h| set.binary_search(h).is_ok());
            let mut uses: Vec<Use> = halls.iter().filter(in_set).map(|x| (x.1, 1.0)).collect();
            uses.extend(it.people.iter().filter_map(|&p| people[p].map(|limit| (limit, 1.0))));
            let skip = match aim {
                Aim::Count => Some(1.0),
                Aim::Score if must[task] => None,
                Aim::Score => Some(f64::from(it.weight) * model.weights.unplaced),
            };
            parts.push(Part {
                task,
                starts: starts[task].iter().collect(),
                duration: it.duration,
                held: it.duration + it.rest,
                uses,
                ways: ways(model, it, &classes, aim),
                skip,
            });
        }
        let (caps, day_caps) = (limits.caps, limits.day_caps);
        let wanted = model.wanted.iter().filter(|&&wanted| wanted > 0.0).count();
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 delegations")]
        let even = 1.0 / wanted.max(1) as f64;
        let mean: Vec<f64> =
            model.wanted.iter().map(|&wanted| if wanted > 0.0 { even } else { 0.0 }).collect();
        Self {
            model,
            aim,
            parts,
            slots,
            prices: vec![0.0; caps.len()],
            caps,
            day_prices: vec![0.0; day_caps.len()],
            day_caps,
            days,
            large: mean.clone(),
            small: mean,
        }
    }

    /// Takes it that no plan places a task.
    pub(crate) fn exclude(&mut self, task: usize) {
        self.parts.iter_mut().filter(|part| part.task == task).for_each(|part| part.starts.clear());
    }

    /// Work of one look, in additions.
    pub(crate) fn work(&self) -> usize {
        let lists = |part: &Part| {
            1 + part.uses.len() + part.ways.iter().map(|way| way.uses.len() + 2).sum::<usize>()
        };
        self.parts.iter().map(|part| lists(part) * self.slots).sum::<usize>().max(1)
    }

    /// The best bound that so many looks find; infinite when something that must be placed never can.
    /// Stops when `target` is reached.
    pub(crate) fn bound(&mut self, target: f64, looks: usize, over: &dyn Fn() -> bool) -> f64 {
        let (mut best, mut idle, mut boldness) = (f64::NEG_INFINITY, 0, 1.0);
        for round in 0..looks {
            let look = self.look();
            if look.value > best + 1e-9 {
                (best, idle) = (look.value, 0);
            } else {
                idle += 1;
            }
            if idle >= 8 {
                (idle, boldness) = (0, boldness * 0.6);
            }
            if best >= target || best.is_infinite() && best > 0.0 || over() {
                break;
            }
            let gap = if target.is_finite() { target - look.value } else { look.value.abs() + 1.0 };
            self.reprice(&look, boldness * gap.max(1e-6));
            self.reweigh(&look, round);
        }
        best
    }

    /// What leaving a task out adds for the sake of fairness.
    fn unfair(&self, it: &Task) -> f64 {
        if self.aim == Aim::Count || it.mandatory {
            return 0.0;
        }
        let share = |&d: &usize| {
            let weight = f64::from(it.weight) / self.model.wanted[d].max(1.0);
            (self.small[d] - self.large[d]) * weight
        };
        self.model.weights.unfairness * it.delegations.iter().map(share).sum::<f64>()
    }

    fn look(&self) -> Look {
        let worth = |caps: &[f64], prices: &[f64]| -> f64 {
            caps.iter().zip(prices).map(|(cap, price)| cap * price).sum()
        };
        let mut look = Look {
            value: -worth(&self.caps, &self.prices) - worth(&self.day_caps, &self.day_prices),
            used: vec![0.0; self.caps.len()],
            day_used: vec![0.0; self.day_caps.len()],
            lost: vec![0.0; self.model.wanted.len()],
        };
        let (mut line, mut held) = (vec![0.0; self.slots + 1], vec![0.0; self.slots + 1]);
        for part in &self.parts {
            let it = &self.model.tasks[part.task];
            let placed = self.cheapest(part, &mut line, &mut held);
            let skip = part.skip.map(|skip| skip + self.unfair(it));
            match (placed, skip) {
                (Some((cost, way, start)), skip) if skip.is_none_or(|skip| cost <= skip) => {
                    look.value += cost;
                    self.take(part, way, start, &mut look);
                }
                (_, Some(skip)) => {
                    look.value += skip;
                    for &d in &it.delegations {
                        look.lost[d] += f64::from(it.weight);
                    }
                }
                (_, None) => look.value = f64::INFINITY,
            }
        }
        look
    }

    /// Running sums of the prices of what is used.
    fn sums(&self, uses: &[Use], line: &mut [f64]) {
        line.fill(0.0);
        for &(limit, much) in uses {
            let prices = &self.prices[limit * self.slots..(limit + 1) * self.slots];
            for (sum, price) in line[1..].iter_mut().zip(prices) {
                *sum += much * price;
            }
        }
        let mut sum = 0.0;
        for price in line {
            sum += *price;
            *price = sum;
        }
    }

    /// The end of so many slots from a start, in its day.
    fn until(&self, start: Slot, slots: Slot) -> usize {
        let evening = (self.model.day(start) + 1) * self.model.slots_per_day;
        (start + slots).min(evening).min(self.model.slots) as usize
    }

    /// The cheapest way and start of a part at the prices.
    fn cheapest(
        &self,
        part: &Part,
        line: &mut [f64],
        held: &mut [f64],
    ) -> Option<(f64, usize, Slot)> {
        let mut best: Option<(f64, usize, Slot)> = None;
        let per_day = self.model.slots_per_day;
        for (number, way) in part.ways.iter().enumerate() {
            self.sums(&part.uses, line);
            self.sums(&way.uses, held);
            for &start in &part.starts {
                let (from, day) = (start as usize, (start / per_day) as usize);
                let mut cost = way.cost + line[self.until(start, part.duration)] - line[from];
                cost += held[self.until(start, part.held)] - held[from];
                for &(limit, much) in &way.days {
                    cost += much * self.day_prices[limit * self.days + day];
                }
                if best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, number, start));
                }
            }
        }
        best
    }

    fn take(&self, part: &Part, way: usize, start: Slot, look: &mut Look) {
        let way = &part.ways[way];
        let to = [self.until(start, part.duration), self.until(start, part.held)];
        for (uses, to) in [&part.uses, &way.uses].into_iter().zip(to) {
            for &(limit, much) in uses {
                let row = limit * self.slots;
                let used = &mut look.used[row + start as usize..row + to];
                for used in used {
                    *used += much;
                }
            }
        }
        let day = (start / self.model.slots_per_day) as usize;
        for &(limit, much) in &way.days {
            look.day_used[limit * self.days + day] += much;
        }
    }

    /// Raises the price of what is used beyond its limit, and lowers that of what is not used up.
    fn reprice(&mut self, look: &Look, gap: f64) {
        let slope = |used: f64, cap: f64, price: f64| {
            let over = used - cap;
            if over > 0.0 || price > 0.0 { over } else { 0.0 }
        };
        let lists = [
            (&mut self.prices, &self.caps, &look.used),
            (&mut self.day_prices, &self.day_caps, &look.day_used),
        ];
        let mut square = 0.0;
        for (prices, caps, used) in &lists {
            for ((&price, &cap), &used) in prices.iter().zip(*caps).zip(*used) {
                square += slope(used, cap, price).powi(2);
            }
        }
        let step = gap / square.max(1e-9);
        for (prices, caps, used) in lists {
            for ((price, &cap), &used) in prices.iter_mut().zip(caps).zip(used) {
                *price = (*price + step * slope(used, cap, *price)).max(0.0);
            }
        }
    }

    /// Gives more weight to the largest shares in one mean, and to the smallest in the other.
    fn reweigh(&mut self, look: &Look, round: usize) {
        if self.aim == Aim::Count || self.model.weights.unfairness == 0.0 {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few hundred looks")]
        let pace = 4.0 / (1.0 + round as f64).sqrt();
        for (mean, sign) in [(&mut self.large, 1.0), (&mut self.small, -1.0)] {
            for ((weight, &lost), &wanted) in
                mean.iter_mut().zip(&look.lost).zip(&self.model.wanted)
            {
                let share = 1.0 - lost / wanted.max(1.0);
                *weight *= (sign * pace * share).exp();
            }
            let sum: f64 = mean.iter().sum();
            for weight in mean {
                *weight /= sum.max(1e-300);
            }
        }
    }
}

/// The ways to man a task that its classes have the numbers for.
fn ways(model: &Model, it: &Task, classes: &[Vec<usize>], aim: Aim) -> Vec<Way> {
    let price = if aim == Aim::Score { model.weights.interpreting } else { 0.0 };
    let way = |team: usize, of: &dyn Fn(&[usize]) -> usize| {
        let taken = classes.iter().enumerate().map(|(limit, set)| (limit, of(set)));
        let taken: Vec<(usize, usize)> = taken.filter(|entry| entry.1 > 0).collect();
        let lasts = f64::from(it.day_slots);
        Way {
            cost: real(team) * f64::from(it.duration) * price,
            uses: taken.iter().map(|&(set, n)| (set, real(n))).collect(),
            days: taken.iter().map(|&(set, n)| (set, real(n) * lasts)).collect(),
        }
    };
    let mut ways: Vec<Way> = if let Some(team) = &it.pinned_team {
        vec![way(team.len(), &|set| team.iter().filter(|one| set.contains(one)).count())]
    } else {
        let within =
            |class: usize, set: &[usize]| model.classes[class].iter().all(|one| set.contains(one));
        it.teams
            .iter()
            .map(|seats| way(seats.len(), &|set| seats.iter().filter(|&&c| within(c, set)).count()))
            .collect()
    };
    ways.retain(|way| way.uses.iter().all(|&(set, n)| n <= real(classes[set].len())));
    ways
}
