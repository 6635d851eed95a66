//! How a meeting goes through a text: which unit is on the screen, and in which order the chair takes
//! the amendments to it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AmendmentId, DeclarationId, PersonId, Refusal, UnitId, amendment::chosen_order};

/// The chair's order of the amendments to one unit, where it is not the proposed one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The order.
    pub ids: Vec<AmendmentId>,
    /// Why.
    pub reason: String,
    /// Who chose it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// The state of the meeting over one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    /// That of the text.
    pub id: DeclarationId,
    /// The unit that the hall sees.
    pub shown: Option<UnitId>,
    /// The orders that the chair chose.
    pub orders: BTreeMap<UnitId, Order>,
}

impl Sitting {
    /// Nothing shown and nothing chosen.
    pub fn new(id: DeclarationId) -> Self {
        Sitting { id, shown: None, orders: BTreeMap::new() }
    }

    /// The order in which amendments are taken: as chosen; what was tabled later comes behind, in the
    /// proposed order.
    pub fn order(&self, unit: UnitId, proposed: &[AmendmentId]) -> Vec<AmendmentId> {
        let chosen = self.orders.get(&unit).map_or(&[][..], |order| &order.ids);
        let first = chosen.iter().filter(|id| proposed.contains(id));
        let later = proposed.iter().filter(|id| !chosen.contains(id));
        first.chain(later).copied().collect()
    }

    /// Chooses an order.
    pub fn choose(
        &mut self,
        unit: UnitId,
        proposed: &[AmendmentId],
        order: Order,
    ) -> Result<(), Refusal> {
        chosen_order(proposed, &order.ids, &order.reason)?;
        if order.ids == proposed {
            self.orders.remove(&unit);
        } else {
            self.orders.insert(unit, order);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn what_is_tabled_later_comes_behind_the_chosen_order() {
        let id = |n: u128| AmendmentId(Uuid::from_u128(n));
        let unit = UnitId(Uuid::from_u128(9));
        let mut sitting = Sitting::new(DeclarationId(Uuid::nil()));
        let order = |ids: &[u128], reason: &str| Order {
            ids: ids.iter().copied().map(id).collect(),
            reason: reason.to_owned(),
            by: PersonId(Uuid::nil()),
            at: Timestamp::UNIX_EPOCH,
        };
        let proposed = [id(1), id(2)];
        let refused = |r: Result<(), Refusal>| r.unwrap_err().code;
        assert_eq!(refused(sitting.choose(unit, &proposed, order(&[2, 1], " "))), "missing");
        assert_eq!(refused(sitting.choose(unit, &proposed, order(&[2], "why"))), "amendment-order");
        sitting.choose(unit, &proposed, order(&[2, 1], "the parties asked")).unwrap();
        assert_eq!(sitting.order(unit, &[id(1), id(3), id(2)]), [id(2), id(1), id(3)]);
        assert_eq!(sitting.order(unit, &[id(3), id(1)]), [id(1), id(3)]);
        sitting.choose(unit, &proposed, order(&[1, 2], "")).unwrap();
        assert!(sitting.orders.is_empty());
    }
}
