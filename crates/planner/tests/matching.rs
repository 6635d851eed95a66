//! Who should meet whom: quotas, musts and nevers hold, and fairness is better than greed.

use std::collections::BTreeMap;

use planner::{
    Delegation, DelegationId, Ground, Market, Party, Portrait, Wish, grounds,
    sample::{self, Size},
    suggest, wish,
};
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

type Change<'a> = &'a dyn Fn(&mut Market);

/// What is wrong with a market of the first delegations of a sample.
fn faults(change: impl Fn(&mut Market)) -> String {
    let spec = sample::problem(Size::SMALL, 1);
    let Delegation { id: first } = &spec.delegations[0];
    assert_eq!(first, &id(0));
    let wish = |to: usize| Wish { to: id(to), score: 5.0 };
    let party = |a: usize, to: usize| Party { delegation: id(a), quota: 2, wishes: vec![wish(to)] };
    let parties = vec![party(0, 1), party(1, 2), party(2, 0)];
    let (must, never) = (vec![(id(0), id(1))], vec![(id(1), id(2))]);
    let mut market = Market { parties, must, never };
    change(&mut market);
    market.check(&spec).map_or_else(|faults| faults.to_string(), |()| String::new())
}

#[test]
fn a_market_that_contradicts_itself_is_refused_by_object_and_rule() {
    let wish = |to: usize, score: f64| Wish { to: id(to), score };
    assert_eq!(faults(|_| {}), "");
    let cases: [(Change<'_>, &str); 9] = [
        (&|it| it.parties[2].delegation = id(99), "delegation d99: fault.unknown (market.parties)"),
        (&|it| it.parties[2].delegation = id(0), "delegation d0: fault.duplicate (market.parties)"),
        (
            &|it| it.parties[0].wishes.push(wish(4, 1.0)),
            "delegation d4: fault.unknown (market.wishes)",
        ),
        (
            &|it| it.parties[0].wishes.push(wish(1, 1.0)),
            "delegation d1: fault.duplicate (market.wishes)",
        ),
        (
            &|it| it.parties[0].wishes.push(wish(0, 1.0)),
            "delegation d0: fault.contradiction (market.wishes)",
        ),
        (
            &|it| it.parties[0].wishes[0].score = -1.0,
            "delegation d0: fault.range (market.wishes.score)",
        ),
        (&|it| it.must.push((id(0), id(0))), "delegation d0: fault.contradiction (market.must)"),
        (&|it| it.must.push((id(2), id(1))), "delegation d2: fault.contradiction (market.must)"),
        (&|it| it.never.push((id(0), id(4))), "delegation d4: fault.unknown (market.never)"),
    ];
    for (change, clue) in cases {
        let found = faults(change);
        assert!(found.contains(clue), "{clue}: {found}");
    }
}

#[test]
fn what_cannot_be_had_does_not_lower_a_share() {
    let wish = |to: usize, score: f64| Wish { to: id(to), score };
    let strange = vec![wish(1, 5.0), wish(1, 4.0), wish(0, 90.0), wish(9, 80.0)];
    let party = |i: usize, wishes| Party { delegation: id(i), quota: 3, wishes };
    let parties = vec![party(0, strange), party(1, vec![wish(0, 3.0)])];
    let found = suggest(&Market { parties, ..Market::default() }, 100, 1);
    assert_eq!(found.shares, BTreeMap::from([(id(0), 1.0), (id(1), 1.0)]));
    assert_eq!(found.suggestions[0].ranks, (Some(1), Some(1)));
}
