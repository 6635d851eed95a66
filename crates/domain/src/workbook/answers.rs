//! What the reader of a list has said of it: answers that hold for many rows at once.

use std::collections::{BTreeMap, BTreeSet};

use super::plain;
use crate::{Refusal, coded, precedence::Rank};

coded! {
    /// What becomes of somebody whom a list calls leader of a delegation that has one.
    pub enum Lead {
        /// Leads from now on; the leader before becomes a member.
        Replace = "replace",
        /// Is filed as a member.
        Member = "member",
    }
}

/// The answers. Words are kept folded, rows and columns by their place in the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Names that mean nobody known and are organisations which are to become known.
    pub new: BTreeSet<String>,
    /// What other such names are called in the register.
    pub means: BTreeMap<String, String>,
    /// What words of a column of ranks mean.
    pub ranks: BTreeMap<String, Rank>,
    /// The rank of people of an office, where the list says none.
    pub offices: BTreeMap<String, Rank>,
    /// Columns whose cells are left empty where they cannot be read.
    pub blank: BTreeSet<usize>,
    /// Rows that are taken although they say that they are cancelled.
    pub taken: BTreeSet<usize>,
    /// Second leaders, by row.
    pub leads: BTreeMap<usize, Lead>,
}

impl Answers {
    /// The rank that a cell names, as it reads or as the reader of the list has said.
    pub fn rank(&self, raw: &str) -> Result<Rank, Refusal> {
        let said = self.ranks.get(&plain(raw)).copied();
        said.map_or_else(|| super::value::rank(raw), Ok)
    }

    /// What a word was said to mean is kept under this.
    pub fn key(words: &str) -> String {
        plain(words)
    }
}
