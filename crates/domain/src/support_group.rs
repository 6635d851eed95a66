//! Groups of delegations, named by the secretariat before anybody speaks: regions, tributaries of one
//! river, whatever the question needs. A delegation belongs to one of them or to none.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{DelegationId, EditionId, Refusal, SupportGroupId, Text};

/// Most groups of an edition.
pub const MOST: usize = 30;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportGroup {
    /// Its identifier.
    pub id: SupportGroupId,
    /// The edition that it is declared for.
    pub edition: EditionId,
    /// What it is called.
    pub name: Text,
    /// Who belongs to it.
    pub members: BTreeSet<DelegationId>,
}

impl SupportGroup {
    /// Whether it may stand beside the others of its edition, of which it may be an earlier state: nobody
    /// belongs to two groups, and a group has somebody.
    pub fn beside(&self, others: &[SupportGroup]) -> Result<(), Refusal> {
        if self.members.is_empty() {
            return Err(Refusal::new("support-group-empty"));
        }
        let others: Vec<_> = others.iter().filter(|other| other.id != self.id).collect();
        if others.len() >= MOST {
            return Err(Refusal::new("support-group-many").with("most", MOST));
        }
        let taken = others.iter().flat_map(|other| &other.members);
        if taken.into_iter().any(|member| self.members.contains(member)) {
            return Err(Refusal::new("support-group-twice"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn group(n: u128, members: &[u8]) -> SupportGroup {
        let member = |m: &u8| DelegationId(Uuid::from_u128(u128::from(*m)));
        SupportGroup {
            id: SupportGroupId(Uuid::from_u128(n)),
            edition: EditionId(Uuid::from_u128(1)),
            name: Text::new(Lang::Zh, "中亚"),
            members: members.iter().map(member).collect(),
        }
    }

    #[test]
    fn a_group_has_somebody_and_there_are_not_too_many() {
        assert_eq!(group(1, &[]).beside(&[]).unwrap_err().code, "support-group-empty");
        let many: Vec<_> = (0..30).map(|n| group(n, &[u8::try_from(n).unwrap()])).collect();
        assert_eq!(group(90, &[90]).beside(&many).unwrap_err().code, "support-group-many");
        assert_eq!(group(7, &[7, 90]).beside(&many), Ok(()), "it was among them");
    }

    proptest! {
        #[test]
        fn nobody_belongs_to_two(drawn in prop::collection::vec(
            (0_u128..5, prop::collection::vec(0_u8..12, 0..5)), 0..12)) {
            let mut all: Vec<SupportGroup> = Vec::new();
            for (n, members) in drawn {
                let next = group(n, &members);
                if next.beside(&all).is_ok() {
                    all.retain(|other| other.id != next.id);
                    all.push(next);
                }
            }
            let members: Vec<_> = all.iter().flat_map(|g| &g.members).collect();
            prop_assert_eq!(members.iter().collect::<BTreeSet<_>>().len(), members.len());
        }
    }
}
