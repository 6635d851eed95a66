//! Counting constraints in clauses.

use std::collections::BTreeMap;

use super::{engine::Engine, lit::Lit};

impl Engine {
    pub(crate) fn at_most_one(&mut self, literals: &[Lit]) {
        for (i, &a) in literals.iter().enumerate() {
            for &b in &literals[..i] {
                self.clause(&[!a, !b]);
            }
        }
    }

    /// Literals that hold when at least one, two, … `most` of the inputs do; with `exact` also only then.
    pub(crate) fn counter(&mut self, inputs: &[Lit], most: usize, exact: bool) -> Vec<Lit> {
        if inputs.len() <= 1 {
            return inputs[..inputs.len().min(most)].to_vec();
        }
        let (left, right) = inputs.split_at(inputs.len() / 2);
        let left_sum = self.counter(left, most, exact);
        let right_sum = self.counter(right, most, exact);
        let size = (left_sum.len() + right_sum.len()).min(most);
        let sum: Vec<Lit> = (0..size).map(|_| self.fresh()).collect();
        for i in 0..=left_sum.len() {
            for j in 0..=right_sum.len() {
                self.add_up((&left_sum, i), (&right_sum, j), &sum, exact);
            }
        }
        sum
    }

    fn add_up(&mut self, left: (&[Lit], usize), right: (&[Lit], usize), sum: &[Lit], exact: bool) {
        let ((a, i), (b, j)) = (left, right);
        let mut reach: Vec<Lit> = Vec::new();
        reach.extend(i.checked_sub(1).map(|i| !a[i]));
        reach.extend(j.checked_sub(1).map(|j| !b[j]));
        if let Some(&least) = (i + j).min(sum.len()).checked_sub(1).and_then(|at| sum.get(at)) {
            reach.push(least);
            self.clause(&reach);
        }
        if exact && let Some(&more) = sum.get(i + j) {
            let mut short = vec![!more];
            short.extend(a.get(i));
            short.extend(b.get(j));
            self.clause(&short);
        }
    }

    pub(crate) fn at_most(&mut self, literals: &[Lit], most: usize) {
        if literals.len() > most {
            let sum = self.counter(literals, most + 1, false);
            self.clause(&[!sum[most]]);
        }
    }

    pub(crate) fn exactly(&mut self, literals: &[Lit], count: usize) {
        if literals.len() < count {
            self.clause(&[]);
            return;
        }
        let sum = self.counter(literals, count + 1, true);
        if let Some(&more) = sum.get(count) {
            self.clause(&[!more]);
        }
        if let Some(&enough) = count.checked_sub(1).and_then(|at| sum.get(at)) {
            self.clause(&[enough]);
        }
    }

    /// At least so many of the literals hold, unless one of the others does.
    pub(crate) fn at_least(&mut self, literals: &[Lit], count: usize, unless: &[Lit]) {
        match count {
            0 => {}
            1 => self.clause(&[literals, unless].concat()),
            _ if literals.len() < count => self.clause(unless),
            _ => {
                let sum = self.counter(literals, count, true);
                self.clause(&[&sum[count - 1..], unless].concat());
            }
        }
    }

    /// The weights of those that hold come to no more than `most`.
    pub(crate) fn weighs_at_most(&mut self, parts: &[(u32, Lit)], most: u32) {
        let mut parts = parts.to_vec();
        parts.sort_unstable_by(|a, b| b.cmp(a));
        // That the parts so far come to a weight, by weight.
        let mut sums: BTreeMap<u32, Lit> = BTreeMap::new();
        for (weight, part) in parts {
            let mut next = BTreeMap::new();
            let add = |it: &mut Self, next: &mut BTreeMap<u32, Lit>, sum: u32, why: &[Lit]| {
                let holds = (sum <= most).then(|| *next.entry(sum).or_insert_with(|| it.fresh()));
                it.clause(&[why, holds.as_slice()].concat());
            };
            add(self, &mut next, weight, &[!part]);
            for (&sum, &holds) in &sums {
                add(self, &mut next, sum, &[!holds]);
                add(self, &mut next, sum.saturating_add(weight), &[!holds, !part]);
            }
            sums = next;
        }
    }
}
