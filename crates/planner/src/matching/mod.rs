//! Matchmaking: who should meet whom.
//!
//! A pair is worth the harmonic mean of what both sides give for it, so that a meeting only one side
//! wants is worth nothing. Within the quotas the search looks for much worth in all, few pairs who
//! would both rather meet each other than someone they were given (blocking pairs), and no delegation
//! left far behind.

pub(crate) mod balance;
pub(crate) mod exchange;
pub(crate) mod market;
#[cfg(test)]
mod market_tests;
pub(crate) mod stray;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

use crate::{
    matching::{balance::balance, market::Table},
    problem::{
        fault::{Defect, Fault, Faults},
        id::{DelegationId, Object},
        spec::Spec,
    },
    rng::Rng,
};

/// What one delegation gives for a meeting with another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// The other.
    pub to: DelegationId,
    /// How much it wishes it: more than 0 and at most 1e9.
    pub score: f64,
}

/// One delegation's side of the market.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// The delegation.
    pub delegation: DelegationId,
    /// Most meetings.
    pub quota: u32,
    /// Its wishes.
    pub wishes: Vec<Wish>,
}

/// Everybody's wishes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Market {
    /// The delegations.
    pub parties: Vec<Party>,
    /// Pairs that are to meet in any case, as far as the quotas go.
    #[serde(default)]
    pub must: Vec<(DelegationId, DelegationId)>,
    /// Pairs that never meet.
    #[serde(default)]
    pub never: Vec<(DelegationId, DelegationId)>,
}

impl Market {
    /// Checks it against the problem it belongs to; the error names every fault found.
    pub fn check(&self, spec: &Spec) -> Result<(), Faults> {
        let known: HashSet<&DelegationId> = spec.delegations.iter().map(|it| &it.id).collect();
        let mut parties = HashSet::new();
        let mut faults = Vec::new();
        let mut fault = |id: &DelegationId, defect, field: &str| {
            faults.push(Fault::new(Object::Delegation(id.clone()), defect, field));
        };
        for Party { delegation: id, .. } in &self.parties {
            if !known.contains(id) {
                fault(id, Defect::Unknown, "market.parties");
            }
            if !parties.insert(id) {
                fault(id, Defect::Duplicate, "market.parties");
            }
        }
        for Party { delegation: id, wishes, .. } in &self.parties {
            let mut asked = HashSet::new();
            for Wish { to, score } in wishes {
                if to == id {
                    fault(id, Defect::Contradiction, "market.wishes");
                } else if !parties.contains(to) {
                    fault(to, Defect::Unknown, "market.wishes");
                } else if !asked.insert(to) {
                    fault(to, Defect::Duplicate, "market.wishes");
                }
                if !is_sound(*score) {
                    fault(id, Defect::Range, "market.wishes.score");
                }
            }
        }
        let sorted = |(a, b): &'_ (DelegationId, DelegationId)| {
            let (a, b) = (a.clone(), b.clone());
            if a <= b { (a, b) } else { (b, a) }
        };
        let never: HashSet<_> = self.never.iter().map(sorted).collect();
        for (pairs, field) in [(&self.must, "market.must"), (&self.never, "market.never")] {
            for pair @ (a, b) in pairs {
                for id in [a, b].into_iter().filter(|&id| !parties.contains(id)) {
                    fault(id, Defect::Unknown, field);
                }
                let both = field == "market.must" && never.contains(&sorted(pair));
                if a == b || both {
                    fault(a, Defect::Contradiction, field);
                }
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
    }
}

/// Whether a wish counts.
pub(crate) fn is_sound(score: f64) -> bool {
    score > 0.0 && score <= 1e9
}

/// A pair that should meet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The two, in the order of the market.
    pub pair: (DelegationId, DelegationId),
    /// What it is worth.
    pub mutual: f64,
    /// What each gives for it; 0 when it did not ask.
    pub scores: (f64, f64),
    /// The place of the other among each side's wishes, from 1.
    pub ranks: (Option<u32>, Option<u32>),
    /// Whether it was to be in any case.
    pub must: bool,
}

/// Suggestions and what they achieve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matching {
    /// The pairs, the worthiest first.
    pub suggestions: Vec<Suggestion>,
    /// What they are worth in all.
    pub mutual: f64,
    /// Pairs who would both rather meet each other.
    pub blocking: usize,
    /// By delegation: own scores got, over those of the best wishes that the quota allows.
    pub shares: BTreeMap<DelegationId, f64>,
    /// What was asked of it before blocking pairs counted; where both exclude each other, the share is
    /// given up.
    pub goals: Goals,
}

/// What a matching is to reach.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goals {
    /// Worth in all.
    pub mutual: f64,
    /// The smallest share.
    pub share: f64,
}

impl Matching {
    /// The smallest share; 1 when nobody wishes anything.
    pub fn smallest_share(&self) -> f64 {
        self.shares.values().copied().fold(1.0, f64::min)
    }

    /// Largest share less smallest.
    pub fn spread(&self) -> f64 {
        self.shares.values().copied().fold(0.0, f64::max) - self.smallest_share()
    }
}

/// Matches a market in a number of steps; the same seed and steps give the same pairs. Wishes for
/// oneself, for strangers, or of no positive score are passed over; of two for the same partner the last
/// counts. [`Market::check`] names them.
pub fn suggest(market: &Market, steps: u64, seed: u64) -> Matching {
    let mut table = Table::new(market);
    let mut rng = Rng::new(seed);
    table.greedy();
    table.enrich(steps / 4, &mut rng);
    let goals = balance(&mut table, steps - steps / 4, &mut rng);
    table.add_up();
    describe(market, &table, goals)
}

fn describe(market: &Market, table: &Table, goals: Goals) -> Matching {
    let id = |party: usize| market.parties[party].delegation.clone();
    let mut suggestions = Vec::new();
    for pair in table.pairs.iter().filter(|pair| pair.met) {
        let rank = |party: usize, score: f64| {
            let wishes = table.sides[party].wishes.iter();
            let above = wishes.filter(|&&other| other > score).count();
            (score > 0.0).then(|| u32::try_from(above + 1).unwrap_or(u32::MAX))
        };
        let [a, b] = pair.parties;
        suggestions.push(Suggestion {
            pair: (id(a), id(b)),
            mutual: pair.mutual,
            scores: (pair.scores[0], pair.scores[1]),
            ranks: (rank(a, pair.scores[0]), rank(b, pair.scores[1])),
            must: pair.must,
        });
    }
    suggestions.sort_by(|a, b| b.mutual.total_cmp(&a.mutual).then_with(|| a.pair.cmp(&b.pair)));
    let share = |party: usize| table.share(party).map(|share| (id(party), share));
    Matching {
        mutual: suggestions.iter().map(|suggestion| suggestion.mutual).sum(),
        blocking: table.blocking(),
        shares: (0..market.parties.len()).filter_map(share).collect(),
        goals,
        suggestions,
    }
}

/// What a delegation is and seeks: from this wishes can be worked out when it has stated none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Portrait {
    /// What it looks for.
    pub needs: BTreeSet<String>,
    /// What it has to offer.
    pub offers: BTreeSet<String>,
    /// What it works on.
    pub themes: BTreeSet<String>,
    /// Languages its people speak.
    pub languages: BTreeSet<String>,
    /// Its twins.
    pub twins: BTreeSet<DelegationId>,
    /// Those it has met before.
    pub met: BTreeSet<DelegationId>,
}

/// Why one delegation would meet another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "ground", rename_all = "snake_case")]
pub enum Ground {
    /// The other offers what it needs.
    Offer {
        /// What.
        theme: String,
    },
    /// The other needs what it offers.
    Need {
        /// What.
        theme: String,
    },
    /// Both work on it.
    Theme {
        /// What.
        theme: String,
    },
    /// They share a language.
    Language {
        /// Which.
        language: String,
    },
    /// They are twins.
    Twins,
    /// They have not met before.
    New,
}

impl Ground {
    /// What the ground adds to a score: by judgement, a need met counting most.
    pub const fn score(&self) -> f64 {
        match self {
            Self::Offer { .. } => 30.0,
            Self::Need { .. } => 15.0,
            Self::Theme { .. } | Self::Twins => 10.0,
            Self::Language { .. } => 5.0,
            Self::New => 3.0,
        }
    }
}

/// Why `one` would meet `other`, the strongest ground first; `id` names the other.
pub fn grounds(one: &Portrait, other: &Portrait, id: &DelegationId) -> Vec<Ground> {
    let offers = one.needs.intersection(&other.offers);
    let needs = one.offers.intersection(&other.needs);
    let themes = one.themes.intersection(&other.themes);
    let languages = one.languages.intersection(&other.languages);
    let mut grounds: Vec<Ground> =
        offers.map(|theme| Ground::Offer { theme: theme.clone() }).collect();
    grounds.extend(needs.map(|theme| Ground::Need { theme: theme.clone() }));
    grounds.extend(themes.map(|theme| Ground::Theme { theme: theme.clone() }));
    if one.twins.contains(id) {
        grounds.push(Ground::Twins);
    }
    grounds.extend(languages.take(1).map(|l| Ground::Language { language: l.clone() }));
    if !grounds.is_empty() && !one.met.contains(id) {
        grounds.push(Ground::New);
    }
    grounds
}

/// The wish that the grounds amount to; none when there is nothing in common.
pub fn wish(one: &Portrait, other: &Portrait, id: &DelegationId) -> Option<Wish> {
    let score: f64 = grounds(one, other, id).iter().map(Ground::score).sum();
    (score > 0.0).then(|| Wish { to: id.clone(), score })
}
