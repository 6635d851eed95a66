//! What makes one plan better than another.

use std::cmp::Ordering;

/// What of a plan is compared, in this order: nothing of what comes later outweighs what comes first.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Objective {
    /// Mandatory tasks not placed.
    pub(crate) missing: usize,
    /// Breaks beyond the limit on how much people may differ.
    pub(crate) excess: u32,
    /// The score, and in a repair the tax on changes.
    pub(crate) cost: f64,
}

impl Objective {
    /// Whether all that is mandatory is placed and no limit on the whole is passed.
    pub(crate) const fn is_whole(&self) -> bool {
        self.missing == 0 && self.excess == 0
    }

    /// By how much it is worse than another: beyond measure where more than the cost differs.
    pub(crate) fn worse(&self, other: &Self) -> f64 {
        match (self.missing, self.excess).cmp(&(other.missing, other.excess)) {
            Ordering::Less => f64::MIN,
            Ordering::Greater => f64::MAX,
            Ordering::Equal => self.cost - other.cost,
        }
    }
}
