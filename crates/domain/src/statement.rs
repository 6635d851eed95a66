//! A statement on a text, to which delegations say whether they can live with it. What comes of it is
//! advice for the chair and never a decision: see [`crate::support`].

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    DeclarationId, PersonId, Refusal, StatementId, Text, UnitId, coded, support_group::SupportGroup,
};

coded! {
    /// By what delegations are grouped, declared before anybody speaks.
    pub enum Grouping {
        /// By the state that a city lies in.
        State = "state",
        /// By the size of the city.
        Size = "size",
        /// By the groups that the secretariat declared.
        Declared = "declared",
    }
}

coded! {
    /// Sizes of cities.
    pub enum Size {
        /// Up to one million.
        Small = "small",
        /// Up to five millions.
        Middle = "middle",
        /// More.
        Large = "large",
        /// Not stated, or no city.
        Other = "other",
    }
}

impl Size {
    /// The size of a city by its inhabitants.
    pub fn of(population: Option<i64>) -> Self {
        match population {
            None | Some(..=0) => Size::Other,
            Some(..=1_000_000) => Size::Small,
            Some(..=5_000_000) => Size::Middle,
            Some(_) => Size::Large,
        }
    }
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Its identifier.
    pub id: StatementId,
    /// The text that it is about.
    pub declaration: DeclarationId,
    /// The unit that it is about; nothing for the whole.
    pub unit: Option<UnitId>,
    /// What it says.
    pub text: Text,
    /// How the voices are grouped.
    pub grouping: Grouping,
    /// The declared groups as they stood when it was put.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<SupportGroup>,
    /// Who put it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// When it was closed.
    pub closed: Option<Timestamp>,
}

impl Statement {
    /// Whether delegations may still speak to it.
    pub fn takes_stances(&self) -> Result<(), Refusal> {
        if self.closed.is_some() { Err(Refusal::new("support-closed")) } else { Ok(()) }
    }

    /// Closes it; what was said stays.
    pub fn close(&mut self, at: Timestamp) -> Result<(), Refusal> {
        self.takes_stances()?;
        self.closed = Some(at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_their_borders() {
        let sizes = [None, Some(0), Some(1_000_000), Some(1_000_001), Some(5_000_001)];
        let found = sizes.map(Size::of);
        assert_eq!(found, [Size::Other, Size::Other, Size::Small, Size::Middle, Size::Large]);
    }
}
