//! Who should meet whom: quotas, musts and nevers hold, and fairness is better than greed.

use std::collections::BTreeMap;

use planner::{DelegationId, Ground, Market, Party, Portrait, Wish, grounds, suggest, wish};
use proptest::prelude::*;

fn id(i: usize) -> DelegationId {
    DelegationId::new(format!("d{i}"))
}

/// A market of `n` parties whose wishes follow from a table of scores.
fn market(n: usize, quota: u32, scores: &[u8]) -> Market {
    let score = |a: usize, b: usize| f64::from(scores[(a * n + b) % scores.len()]);
    let party = |a: usize| Party {
        delegation: id(a),
        quota,
        wishes: (0..n)
            .filter(|&b| b != a && score(a, b) > 60.0)
            .map(|b| Wish { to: id(b), score: score(a, b) })
            .collect(),
    };
    Market {
        parties: (0..n).map(party).collect(),
        must: vec![(id(0), id(1))],
        never: vec![(id(1), id(2))],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn quotas_musts_and_nevers_hold(
        n in 3..12_usize, quota in 1..5_u32,
        scores in prop::collection::vec(any::<u8>(), 20..150), seed in any::<u64>(),
    ) {
        let market = market(n, quota, &scores);
        let found = suggest(&market, 2_000, seed);
        let mut meetings: BTreeMap<&DelegationId, u32> = BTreeMap::new();
        for suggestion in &found.suggestions {
            *meetings.entry(&suggestion.pair.0).or_default() += 1;
            *meetings.entry(&suggestion.pair.1).or_default() += 1;
            prop_assert!(suggestion.pair != (id(1), id(2)));
        }
        prop_assert!(meetings.values().all(|&count| count <= quota));
        prop_assert!(found.suggestions.iter().any(|s| s.must && s.pair == (id(0), id(1))));
        prop_assert_eq!(&found, &suggest(&market, 2_000, seed));
        let total: f64 = found.suggestions.iter().map(|suggestion| suggestion.mutual).sum();
        prop_assert!((total - found.mutual).abs() < 1e-6);
    }
}

#[test]
fn someone_whom_nobody_asked_for_is_not_left_behind() {
    let n = 12;
    let wishes = |a: usize| {
        let others = (0..n - 1).filter(move |&b| b != a);
        others.map(|b| Wish { to: id(b), score: 50.0 + f64::from(u8::try_from(b).unwrap_or(0)) })
    };
    let party = |a: usize| Party { delegation: id(a), quota: 4, wishes: wishes(a).collect() };
    let parties = (0..n).map(party).collect();
    let market = Market { parties, must: Vec::new(), never: Vec::new() };
    let greedy = suggest(&market, 0, 1);
    assert!(greedy.smallest_share() < 1e-9);
    let fair = suggest(&market, 30_000, 1);
    assert!(fair.smallest_share() > 0.05, "{}", fair.smallest_share());
    assert!(fair.mutual > 0.9 * greedy.mutual);
}

/// Blocking pairs by their definition: both would rather meet each other than somebody they were given.
fn blocking(market: &Market, found: &planner::Matching) -> usize {
    let score = |a: usize, b: usize| {
        let to = &market.parties[b].delegation;
        let wish = market.parties[a].wishes.iter().find(|wish| wish.to == *to);
        wish.map_or(0.0, |wish| wish.score)
    };
    let n = market.parties.len();
    let meet = |a: usize, b: usize| {
        let pair = (&market.parties[a].delegation, &market.parties[b].delegation);
        found
            .suggestions
            .iter()
            .any(|s| pair == (&s.pair.0, &s.pair.1) || pair == (&s.pair.1, &s.pair.0))
    };
    let worst = |a: usize| {
        let partners: Vec<f64> = (0..n).filter(|&b| meet(a, b)).map(|b| score(a, b)).collect();
        let full = partners.len() >= market.parties[a].quota as usize;
        if full { partners.into_iter().fold(f64::MAX, f64::min) } else { 0.0 }
    };
    let worst: Vec<f64> = (0..n).map(worst).collect();
    let never = |a: usize, b: usize| {
        let pair = (market.parties[a].delegation.clone(), market.parties[b].delegation.clone());
        market.never.contains(&pair)
    };
    let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
    let blocks = |&(a, b): &(usize, usize)| {
        let both = score(a, b) > 0.0 && score(b, a) > 0.0;
        both && !never(a, b) && !meet(a, b) && score(a, b) > worst[a] && score(b, a) > worst[b]
    };
    pairs.filter(blocks).count()
}

#[test]
fn worth_is_kept_shares_rise_and_few_pairs_block() {
    let n = 24;
    let score = |i: u64| (i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32).wrapping_mul(i + 77) >> 13;
    let scores: Vec<u8> = (1..=576).map(|i| score(i).to_le_bytes()[0]).collect();
    let market = Market { must: Vec::new(), ..market(n, 9, &scores) };
    let greedy = suggest(&market, 0, 1);
    let found = suggest(&market, 1_000_000, 1);
    for matching in [&greedy, &found] {
        assert_eq!(matching.blocking, blocking(&market, matching));
    }
    assert!(found.mutual >= found.goals.mutual, "{} {:?}", found.mutual, found.goals);
    assert!(found.smallest_share() >= found.goals.share, "{:?} {:?}", found.shares, found.goals);
    assert!(found.blocking < greedy.blocking, "{} of {}", found.blocking, greedy.blocking);
}

#[test]
fn grounds_say_why() {
    let set = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let one = Portrait { needs: set(&["water"]), languages: set(&["ru"]), ..Portrait::default() };
    let other =
        Portrait { offers: set(&["water"]), languages: set(&["ru"]), ..Portrait::default() };
    let why = grounds(&one, &other, &id(1));
    assert_eq!(why[0], Ground::Offer { theme: "water".to_owned() });
    assert_eq!(wish(&one, &other, &id(1)).map(|wish| wish.score), Some(38.0));
    assert_eq!(wish(&one, &Portrait::default(), &id(1)), None);
}

#[test]
fn an_empty_market_and_strange_wishes_are_harmless() {
    assert!(suggest(&Market::default(), 100, 1).suggestions.is_empty());
    let wishes = vec![
        Wish { to: id(0), score: 5.0 },
        Wish { to: id(9), score: 5.0 },
        Wish { to: id(1), score: f64::NAN },
        Wish { to: id(1), score: -3.0 },
    ];
    let party = |i: usize, wishes| Party { delegation: id(i), quota: 3, wishes };
    let parties = vec![party(0, wishes), party(1, Vec::new())];
    let market = Market { parties, must: Vec::new(), never: Vec::new() };
    assert!(suggest(&market, 100, 1).suggestions.is_empty());
}
