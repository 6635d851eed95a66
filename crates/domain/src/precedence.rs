//! The one declared order of an edition: used by lists, speakers, seating, cards and signatures.
//!
//! Rank class first, then an alphabet in a named language or an order drawn by lots; a place given
//! by hand carries its reason.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{DelegationId, Lang, Refusal, Text, coded, search::Collation};

coded! {
    /// The rank of whoever leads a delegation, highest first.
    pub enum Rank {
        /// The head of the city.
        Head = "head",
        /// A deputy head.
        Deputy = "deputy",
        /// An official of the city.
        Official = "official",
        /// An expert.
        Expert = "expert",
        /// A representative of a firm.
        Business = "business",
        /// A journalist.
        Media = "media",
        /// Somebody who accompanies: an interpreter of one's own, an aide.
        Companion = "companion",
    }
}

/// How delegations of the same rank are ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Among {
    /// By name in a language; names missing in it are taken from their source language.
    Alphabet {
        /// The language whose order counts.
        lang: Lang,
    },
    /// In an order drawn by lots; whoever was not drawn follows by name in Russian.
    Lots {
        /// As drawn.
        drawn: Vec<DelegationId>,
    },
}

/// A place given by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Whose.
    pub delegation: DelegationId,
    /// The place, counted from 1.
    pub place: usize,
    /// Why.
    pub reason: String,
}

/// The declared order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precedence {
    /// The order within a rank.
    pub among: Among,
    /// Places given by hand, applied in turn after everything else.
    #[serde(default)]
    pub overrides: Vec<Override>,
}

/// What the order needs to know of a delegation.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Which.
    pub delegation: DelegationId,
    /// Its rank.
    pub rank: Rank,
    /// Its name.
    pub name: &'a Text,
}

impl Precedence {
    /// A place by hand needs a reason and a place that exists.
    pub fn placed(
        mut self,
        delegation: DelegationId,
        place: usize,
        reason: String,
    ) -> Result<Self, Refusal> {
        if reason.is_empty() {
            return Err(Refusal::new("reason-missing"));
        }
        if place == 0 {
            return Err(Refusal::new("out-of-range").with("least", 1).with("most", 999));
        }
        self.overrides.retain(|o| o.delegation != delegation);
        self.overrides.push(Override { delegation, place, reason });
        Ok(self)
    }

    /// The declared order of these delegations. Total and stable: the same entries in any order
    /// give the same result.
    pub fn order(&self, entries: &[Entry<'_>]) -> Vec<DelegationId> {
        let (lang, lots) = match &self.among {
            Among::Alphabet { lang } => (*lang, BTreeMap::new()),
            Among::Lots { drawn } => {
                (Lang::Ru, drawn.iter().enumerate().map(|(i, d)| (*d, i)).collect())
            }
        };
        let collation = Collation::of(lang);
        let mut sorted: Vec<&Entry<'_>> = entries.iter().collect();
        sorted.sort_by(|a, b| {
            let drawn = |e: &Entry<'_>| lots.get(&e.delegation).copied().unwrap_or(usize::MAX);
            a.rank
                .cmp(&b.rank)
                .then_with(|| drawn(a).cmp(&drawn(b)))
                .then_with(|| collation.compare(a.name.shown(lang).text, b.name.shown(lang).text))
                .then_with(|| a.delegation.cmp(&b.delegation))
        });
        let mut order: Vec<DelegationId> = sorted.iter().map(|e| e.delegation).collect();
        for given in &self.overrides {
            if let Some(at) = order.iter().position(|d| *d == given.delegation) {
                let moved = order.remove(at);
                order.insert((given.place - 1).min(order.len()), moved);
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: u128) -> DelegationId {
        DelegationId(Uuid::from_u128(n))
    }

    #[test]
    fn rank_then_alphabet_then_the_hand() {
        let names = [
            Text::new(Lang::Ru, "Уфа"),
            Text::new(Lang::Ru, "Астана"),
            Text::new(Lang::Ru, "Бишкек"),
        ];
        let entry = |n: usize, rank| Entry { delegation: id(n as u128), rank, name: &names[n] };
        let entries = [entry(0, Rank::Head), entry(1, Rank::Deputy), entry(2, Rank::Head)];
        let rule = Precedence { among: Among::Alphabet { lang: Lang::Ru }, overrides: Vec::new() };
        assert_eq!(rule.order(&entries), [id(2), id(0), id(1)]);
        let host_first = rule.placed(id(1), 1, "host".into()).unwrap();
        assert_eq!(host_first.order(&entries), [id(1), id(2), id(0)]);
    }

    proptest! {
        #[test]
        fn the_order_does_not_depend_on_how_the_list_came(ranks in prop::collection::vec(0..3_usize, 1..12)) {
            let name = Text::new(Lang::En, "same");
            let entries: Vec<Entry<'_>> = ranks
                .iter()
                .enumerate()
                .map(|(i, r)| Entry { delegation: id(i as u128), rank: Rank::ALL[*r], name: &name })
                .collect();
            let rule = Precedence { among: Among::Lots { drawn: vec![id(1)] }, overrides: Vec::new() };
            let reversed: Vec<Entry<'_>> = entries.iter().rev().cloned().collect();
            prop_assert_eq!(rule.order(&entries), rule.order(&reversed));
        }
    }
}
