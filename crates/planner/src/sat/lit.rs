//! Literals.

use std::ops::Not;

/// A variable or its negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Lit(u32);

impl Lit {
    pub(super) fn positive(variable: usize) -> Self {
        Self(u32::try_from(2 * variable).unwrap_or(u32::MAX))
    }

    pub(super) fn with_sign(variable: usize, positive: bool) -> Self {
        Self(Self::positive(variable).0 | u32::from(!positive))
    }

    pub(super) fn variable(self) -> usize {
        (self.0 >> 1) as usize
    }

    pub(super) fn is_positive(self) -> bool {
        self.0 & 1 == 0
    }

    /// Place in tables that have one row for each literal.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) fn code(self) -> u32 {
        self.0
    }

    pub(super) fn from_code(code: u32) -> Self {
        Self(code)
    }
}

impl Not for Lit {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}
