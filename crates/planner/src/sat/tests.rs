//! The engine against trying everything.

use std::time::Duration;

use super::{Answer, Limit, Lit, Sat};
use crate::rng::Rng;

/// Clauses of three over few variables, near the ratio at which they are hard.
fn random(rng: &mut Rng, variables: usize, clauses: usize) -> Vec<Vec<(usize, bool)>> {
    let literal = |rng: &mut Rng| (rng.below(variables), rng.below(2) == 0);
    (0..clauses).map(|_| (0..3).map(|_| literal(rng)).collect()).collect()
}

fn holds(clause: &[(usize, bool)], values: u32) -> bool {
    clause.iter().any(|&(variable, sign)| (values >> variable & 1 == 1) == sign)
}

fn literal(all: &[Lit], (variable, sign): (usize, bool)) -> Lit {
    if sign { all[variable] } else { !all[variable] }
}

#[test]
fn answers_agree_with_trying_everything() {
    let mut rng = Rng::new(7);
    for round in 0..400 {
        let variables = 4 + rng.below(9);
        let count = variables * (3 + rng.below(3));
        let clauses = random(&mut rng, variables, count);
        let mut sat = Sat::new(Limit::new(None, u64::MAX));
        let all: Vec<Lit> = (0..variables).map(|_| sat.fresh()).collect();
        for clause in &clauses {
            let clause: Vec<Lit> = clause.iter().map(|&l| literal(&all, l)).collect();
            sat.clause(&clause);
        }
        for _ in 0..8 {
            let mut wanted: Vec<(usize, bool)> = Vec::new();
            for variable in 0..variables {
                if rng.below(4) == 0 {
                    wanted.push((variable, rng.below(2) == 0));
                }
            }
            let fits = |values: u32, wanted: &[(usize, bool)]| {
                clauses.iter().all(|clause| holds(clause, values))
                    && wanted.iter().all(|&l| holds(&[l], values))
            };
            let can = |wanted: &[(usize, bool)]| {
                (0..1_u32 << variables).any(|values| fits(values, wanted))
            };
            let assumptions: Vec<Lit> = wanted.iter().map(|&l| literal(&all, l)).collect();
            match sat.ask(&assumptions, None) {
                Answer::Yes => {
                    let bit = |(at, &l): (usize, &Lit)| u32::from(sat.holds(l)) << at;
                    let values = all.iter().enumerate().map(bit).sum();
                    assert!(fits(values, &wanted), "round {round}");
                }
                Answer::No(core) => {
                    assert!(core.iter().all(|l| assumptions.contains(l)));
                    wanted.retain(|&l| core.contains(&literal(&all, l)));
                    assert!(!can(&wanted), "round {round}: the core is enough");
                }
                Answer::Unknown => panic!("there was no limit"),
            }
        }
    }
}

/// One more pigeon than holes, with room to learn, clean and vivify.
fn pigeons(sat: &mut Sat, holes: usize) {
    let rows: Vec<Vec<Lit>> =
        (0..=holes).map(|_| (0..holes).map(|_| sat.fresh()).collect()).collect();
    for row in &rows {
        sat.clause(row);
    }
    for hole in 0..holes {
        let column: Vec<Lit> = rows.iter().map(|row| row[hole]).collect();
        sat.at_most_one(&column);
    }
}

#[test]
fn proofs_survive_cleaning_and_vivification() {
    let mut sat = Sat::new(Limit::new(None, u64::MAX));
    pigeons(&mut sat, 8);
    assert_eq!(sat.ask(&[], None), Answer::No(Vec::new()));
}

#[test]
fn long_searches_on_random_clauses_agree_with_a_planted_model() {
    let mut rng = Rng::new(3);
    for _ in 0..10 {
        let variables = 150;
        let planted: Vec<bool> = (0..variables).map(|_| rng.below(2) == 0).collect();
        let mut sat = Sat::new(Limit::new(None, u64::MAX));
        let all: Vec<Lit> = (0..variables).map(|_| sat.fresh()).collect();
        let mut clauses = random(&mut rng, variables, 700);
        clauses.retain(|clause| clause.iter().any(|&(v, sign)| planted[v] == sign));
        for clause in &clauses {
            let clause: Vec<Lit> = clause.iter().map(|&l| literal(&all, l)).collect();
            sat.clause(&clause);
        }
        assert_eq!(sat.ask(&[], None), Answer::Yes);
        for clause in &clauses {
            assert!(clause.iter().any(|&l| sat.holds(literal(&all, l))));
        }
    }
}

#[test]
fn limits_end_the_work() {
    let mut sat = Sat::new(Limit::new(Some(Duration::from_millis(50)), u64::MAX));
    pigeons(&mut sat, 14);
    assert_eq!(sat.ask(&[], None), Answer::Unknown);
    let mut sat = Sat::new(Limit::new(None, 100));
    pigeons(&mut sat, 14);
    assert_eq!(sat.ask(&[], None), Answer::Unknown);
    assert_eq!(sat.limit.conflicts(), 100);
}
