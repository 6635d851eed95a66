//! Walks against trying everything, and what is counted on the way against counting anew.

use crate::{
    DelegationId, Market, Party, Wish,
    matching::{
        balance::balance,
        market::Table,
        stray::{Blocking, Stray},
    },
    rng::Rng,
};

/// Two to six parties with few places; a score of 0 is no wish.
fn market(seed: u64) -> Market {
    let mut rng = Rng::new(seed);
    let id = |i: usize| DelegationId::new(format!("d{i}"));
    let parties = 2 + rng.below(5);
    let mut score = |most: usize| u32::try_from(rng.below(most)).unwrap_or(0);
    let mut party = |i: usize| Party {
        delegation: id(i),
        quota: score(4),
        wishes: (0..6).map(|j| Wish { to: id(j), score: f64::from(score(9)) }).collect(),
    };
    let parties = (0..parties).map(&mut party).collect();
    let must = if seed.is_multiple_of(3) { vec![(id(0), id(1))] } else { Vec::new() };
    Market { parties, must, never: vec![(id(1), id(2))] }
}

/// The greatest worth with the places that are left, from this pair on.
fn most(table: &Table, from: usize, places: &mut [usize]) -> f64 {
    let Some(pair) = table.pairs[..table.common].get(from) else { return 0.0 };
    let [a, b] = pair.parties;
    let without = most(table, from + 1, places);
    if places[a] == 0 || places[b] == 0 {
        return without;
    }
    places[a] -= 1;
    places[b] -= 1;
    let with = pair.mutual + most(table, from + 1, places);
    places[a] += 1;
    places[b] += 1;
    with.max(without)
}

#[test]
fn walks_seldom_miss_the_worthiest_matching() {
    const CASES: u64 = 1_000;
    let mut found = 0;
    for seed in 0..CASES {
        let market = Market { must: Vec::new(), ..market(seed) };
        let mut table = Table::new(&market);
        let mut places: Vec<usize> = market.parties.iter().map(|p| p.quota as usize).collect();
        let most = most(&table, 0, &mut places);
        table.greedy();
        table.enrich(20_000, &mut Rng::new(seed));
        assert!(table.worth() <= most + 1e-9, "{seed}: {} of {most}", table.worth());
        found += u64::from(table.worth() > most - 1e-9);
    }
    assert!(found > CASES * 99 / 100, "{found} of {CASES}");
}

#[test]
fn the_table_agrees_with_one_counted_anew() {
    for seed in 0..500 {
        let market = market(seed);
        let mut table = Table::new(&market);
        let mut rng = Rng::new(seed);
        let musts = |table: &Table| table.pairs.iter().filter(|p| p.must && p.met).count();
        table.greedy();
        let must = musts(&table);
        table.enrich(500, &mut rng);
        let goals = balance(&mut table, 3_000, &mut rng);
        assert!(table.worth() >= goals.mutual - 1e-9, "{seed}");
        assert_eq!(musts(&table), must, "{seed}");
        let mut anew = Table::new(&market);
        anew.restore(&table.met());
        assert_eq!(anew.blocking(), table.blocking(), "{seed}");
        for (party, quota) in market.parties.iter().map(|party| party.quota).enumerate() {
            let places = table.sides[party].met.len();
            assert!(places <= quota as usize, "{seed}");
            assert_eq!(anew.sides[party].met.len(), places, "{seed}");
            let share = |table: &Table| table.share(party).unwrap_or(1.0);
            assert!((share(&anew) - share(&table)).abs() < 1e-9, "{seed}");
        }
    }
}

#[test]
fn strays_keep_quotas_and_what_must_be_and_blocking_pairs_are_counted_as_they_change() {
    let mut followed = 0;
    for seed in 0..500 {
        let market = market(seed);
        let mut table = Table::new(&market);
        let mut rng = Rng::new(seed);
        table.greedy();
        table.floor = 0.5;
        let must =
            |table: &Table| -> Vec<bool> { table.pairs.iter().map(|p| p.must && p.met).collect() };
        let musts = must(&table);
        let mut blocking = Blocking::count(&table);
        let mut stray = Stray::default();
        for _ in 0..100 {
            let parties = market.parties.len();
            if !stray.find(&table, rng.below(parties), &mut rng) {
                continue;
            }
            let among = |table: &Table| {
                let mut pairs = Vec::new();
                table.blocking_among(&stray.parties, |at| pairs.push(at));
                pairs
            };
            let (all, before) = (table.blocking(), among(&table));
            let share = |table: &Table, party: usize| table.share(party).unwrap_or(1.0);
            let foreseen: Vec<f64> = (0..parties)
                .map(|party| match table.share(party) {
                    Some(share) => share + table.share_gained(party, &stray.pairs),
                    None => 1.0,
                })
                .collect();
            assert!(before.len() <= blocking.most(&stray.parties), "{seed}");
            table.turn(&stray.pairs);
            let after = among(&table);
            blocking.change(&table, &before, &after);
            assert_eq!(blocking, Blocking::count(&table), "{seed}");
            assert_eq!(all + after.len() - before.len(), table.blocking(), "{seed}");
            for (party, side) in table.sides.iter().enumerate() {
                assert!(side.met.len() <= market.parties[party].quota as usize, "{seed}");
                assert!((foreseen[party] - share(&table, party)).abs() < 1e-9, "{seed}");
            }
            let mut passed = stray.parties.clone();
            passed.sort_unstable();
            passed.dedup();
            assert_eq!(passed.len(), stray.parties.len(), "{seed}");
            followed += 1;
        }
        assert_eq!(must(&table), musts, "{seed}");
    }
    assert!(followed > 2_000, "{followed}");
}
