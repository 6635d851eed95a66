//! Whom all delegations should meet, fairly: what their cities offer and need becomes the planner's market,
//! and what it suggests comes back as pairs with their reasons.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CityId, DelegationId, Lang,
    city::{Offering, Side, Tie},
    delegation::{Delegation, Party},
    meeting::{Match, Meeting, Suggestion, suggestions},
};
use planner::{Market, Portrait};

/// Steps of the search: enough for 300 delegations, and over before a reader minds.
const STEPS: u64 = 300_000;
/// The same seed always, so that the same delegations get the same answer.
const SEED: u64 = 1;

/// The delegations that could meet: those that take part and whose cities offer or need something.
pub struct Candidates {
    sides: Vec<(Delegation, CityId)>,
    /// What the city of each side offers and needs, in the same order.
    stock: Vec<(DelegationId, Vec<Offering>)>,
    /// Cities that have a tie, the lesser first.
    tied: BTreeSet<[CityId; 2]>,
    /// Delegations that have dealt with each other, the lesser first.
    met: BTreeSet<[DelegationId; 2]>,
}

/// Two delegations that should meet, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<'a> {
    /// The side more of whose needs are met: it asks.
    pub from: DelegationId,
    /// Whom it asks, and what matches as the asking side sees it.
    pub why: Suggestion<'a>,
    /// A language that both work in, the one that the asking side prefers.
    pub language: Option<Lang>,
    /// Whether their cities have a tie.
    pub tied: bool,
}

impl Pair<'_> {
    /// The two, the lesser first.
    pub fn key(&self) -> [DelegationId; 2] {
        sorted(self.from, self.why.with)
    }
}

fn sorted<T: Ord>(a: T, b: T) -> [T; 2] {
    if a < b { [a, b] } else { [b, a] }
}

impl Candidates {
    /// Finds who could meet among delegations in their order. A pair with any meeting, whatever became of
    /// it, is left alone.
    pub fn new(
        delegations: &[Delegation],
        offerings: &[Offering],
        ties: &[Tie],
        meetings: &[Meeting],
    ) -> Self {
        let (mut sides, mut stock) = (Vec::new(), Vec::new());
        for delegation in delegations.iter().filter(|d| !d.withdrawn) {
            let Party::City(city) = delegation.party else { continue };
            let own: Vec<Offering> = offerings.iter().filter(|o| o.city == city).cloned().collect();
            if !own.is_empty() {
                sides.push((delegation.clone(), city));
                stock.push((delegation.id, own));
            }
        }
        Self {
            sides,
            stock,
            tied: ties.iter().map(|tie| sorted(tie.a, tie.b)).collect(),
            met: meetings.iter().map(|m| sorted(m.from, m.to)).collect(),
        }
    }

    /// Every pair that may be proposed: of different cities, not yet met, and something matches.
    pub fn pairs(&self) -> Vec<Pair<'_>> {
        let mut pairs = Vec::new();
        for (at, (own, (one, city))) in self.stock.iter().zip(&self.sides).enumerate() {
            let behind = self.sides.iter().skip(at + 1).map(|(d, city)| (d.id, (d, *city)));
            let others: BTreeMap<DelegationId, (&Delegation, CityId)> = behind.collect();
            for why in suggestions(&own.1, self.stock.get(at + 1..).unwrap_or_default()) {
                let Some((other, its)) = others.get(&why.with) else { continue };
                if its != city && !self.met.contains(&sorted(one.id, other.id)) {
                    pairs.push(self.pair((one, *city), (other, *its), why));
                }
            }
        }
        pairs
    }

    fn pair<'a>(
        &self,
        (one, city): (&Delegation, CityId),
        (other, its): (&Delegation, CityId),
        why: Suggestion<'a>,
    ) -> Pair<'a> {
        let turned = needs(&why.give) > needs(&why.take);
        let (from, to) = if turned { (other, one) } else { (one, other) };
        let why =
            if turned { Suggestion { with: one.id, take: why.give, give: why.take } } else { why };
        let language = from.languages.iter().find(|lang| to.languages.contains(lang)).copied();
        Pair { from: from.id, why, language, tied: self.tied.contains(&sorted(city, its)) }
    }

    /// The pairs that should meet, the worthiest first, when nobody gets more than `most`.
    pub fn propose(&self, most: u32) -> Vec<Pair<'_>> {
        let pairs = self.pairs();
        let found = planner::suggest(&self.market(&pairs, most), STEPS, SEED);
        let mut left: BTreeMap<_, _> = pairs.into_iter().map(|pair| (pair.key(), pair)).collect();
        let pair = |(a, b): &(planner::DelegationId, planner::DelegationId)| {
            Some(sorted(a.as_str().parse().ok()?, b.as_str().parse().ok()?))
        };
        let keys = found.suggestions.iter().filter_map(|suggestion| pair(&suggestion.pair));
        keys.filter_map(|key| left.remove(&key)).collect()
    }

    fn market(&self, pairs: &[Pair<'_>], most: u32) -> Market {
        let portraits: BTreeMap<DelegationId, Portrait> =
            (0..self.sides.len()).map(|at| (self.sides[at].0.id, self.portrait(at))).collect();
        let mut wishes: BTreeMap<DelegationId, Vec<planner::Wish>> = BTreeMap::new();
        for [a, b] in pairs.iter().map(Pair::key) {
            for (one, other) in [(a, b), (b, a)] {
                let wish = planner::wish(&portraits[&one], &portraits[&other], &id(other));
                wishes.entry(one).or_default().extend(wish);
            }
        }
        let party = |(side, wishes)| planner::Party { delegation: id(side), quota: most, wishes };
        Market { parties: wishes.into_iter().map(party).collect(), ..Market::default() }
    }

    /// A side as the planner weighs it. Nobody it could be paired with has met it before.
    fn portrait(&self, at: usize) -> Portrait {
        let (own, city) = &self.sides[at];
        let themes = |side: Side| {
            let of = self.stock[at].1.iter().filter(move |o| o.side == side);
            of.map(|o| o.theme.to_string()).collect()
        };
        let twins = self.sides.iter().filter(|(_, its)| self.tied.contains(&sorted(*city, *its)));
        Portrait {
            needs: themes(Side::Need),
            offers: themes(Side::Offer),
            languages: own.languages.iter().map(|lang| lang.code().to_owned()).collect(),
            twins: twins.map(|(d, _)| id(d.id)).collect(),
            ..Portrait::default()
        }
    }
}

/// How many different needs are met.
fn needs(matches: &[Match<'_>]) -> usize {
    matches.iter().map(|found| found.need.id).collect::<BTreeSet<_>>().len()
}

fn id(delegation: DelegationId) -> planner::DelegationId {
    planner::DelegationId::new(delegation.to_string())
}

#[cfg(test)]
mod tests {
    use domain::{
        EditionId, Text,
        city::{Origin, Theme},
        meeting::{MeetingState, Wish},
        precedence::Rank,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn uuid<T: From<Uuid>>(n: usize) -> T {
        T::from(Uuid::from_u128(n as u128 + 1))
    }

    /// A delegation of the city of its number; every fifth has withdrawn.
    fn delegation(n: usize, lang: usize) -> Delegation {
        Delegation {
            id: uuid(n),
            edition: EditionId(Uuid::nil()),
            party: Party::City(uuid(n)),
            name: Text::new(Lang::En, "x"),
            rank: Rank::Head,
            quota: 5,
            languages: vec![Lang::COMPLETE[lang]],
            arrival: None,
            departure: None,
            busy: Vec::new(),
            withdrawn: n % 5 == 4,
            origin: Origin::Demonstration,
        }
    }

    fn meeting(from: usize, to: usize, state: MeetingState) -> Meeting {
        Meeting {
            id: uuid(0),
            edition: EditionId(Uuid::nil()),
            from: uuid(from),
            to: uuid(to),
            purpose: Text::new(Lang::En, "x"),
            wish: Wish::Nice,
            minutes: 30,
            state,
            remark: String::new(),
        }
    }

    fn offering((n, (city, need, theme)): (usize, (usize, bool, usize))) -> Offering {
        Offering {
            id: uuid(n),
            city: uuid(city),
            side: if need { Side::Need } else { Side::Offer },
            theme: Theme::ALL[theme],
            text: Text::new(Lang::En, "x"),
            source: None,
            origin: Origin::Demonstration,
        }
    }

    fn tie(a: usize, b: usize) -> Tie {
        let source = Text::new(Lang::En, "x");
        Tie {
            id: uuid(0),
            a: uuid(a),
            b: uuid(b),
            kind: None,
            since: String::new(),
            note: None,
            source,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        /// Nobody who has met, withdrew or had enough is proposed, every pair has a reason that is told and
        /// true, and the same delegations get the same answer.
        #[test]
        fn proposals_are_new_within_the_quota_and_have_a_reason(
            languages in prop::collection::vec(0..3_usize, 2..12),
            stock in prop::collection::vec((0..12_usize, any::<bool>(), 0..4_usize), 0..40),
            met in prop::collection::vec((0..12_usize, 0..12_usize, any::<bool>()), 0..12),
            ties in prop::collection::vec((0..12_usize, 0..12_usize), 0..6),
            most in 1..5_u32,
        ) {
            use MeetingState::{Requested, Withdrawn};
            let delegations: Vec<_> =
                languages.into_iter().enumerate().map(|(n, lang)| delegation(n, lang)).collect();
            let stock: Vec<_> = stock.into_iter().enumerate().map(offering).collect();
            let state = |open| if open { Requested } else { Withdrawn };
            let met: Vec<_> = met.into_iter().map(|(a, b, open)| meeting(a, b, state(open))).collect();
            let ties: Vec<_> = ties.into_iter().map(|(a, b)| tie(a, b)).collect();
            let found = Candidates::new(&delegations, &stock, &ties, &met);
            let pairs = found.propose(most);
            let again = Candidates::new(&delegations, &stock, &ties, &met);
            prop_assert_eq!(&pairs, &again.propose(most));
            prop_assert_eq!(pairs.is_empty(), found.pairs().is_empty());
            let of = |id| delegations.iter().find(|d| d.id == id).expect("a delegation");
            let mut times: BTreeMap<DelegationId, u32> = BTreeMap::new();
            for pair in &pairs {
                let (from, to) = (of(pair.from), of(pair.why.with));
                prop_assert!(from.id != to.id && !from.withdrawn && !to.withdrawn);
                prop_assert!(!met.iter().any(|m| m.concerns(from.id) && m.concerns(to.id)));
                prop_assert!(!pair.why.take.is_empty(), "the asking side gains something");
                for (matches, needs, offers) in
                    [(&pair.why.take, from, to), (&pair.why.give, to, from)]
                {
                    for found in matches {
                        prop_assert_eq!(Party::City(found.need.city), needs.party);
                        prop_assert_eq!(Party::City(found.offer.city), offers.party);
                        prop_assert_eq!(found.need.theme, found.offer.theme);
                    }
                }
                prop_assert_eq!(pair.language.is_some(), from.languages == to.languages);
                for id in pair.key() {
                    *times.entry(id).or_default() += 1;
                }
            }
            prop_assert!(times.values().all(|n| *n <= most));
        }
    }
}
