//! Bounds and proofs against every plan of tiny problems.

mod common;

use std::ops::ControlFlow;

use planner::{ActivityId, Budget, Problem, Rule, Status, check, score, solve};
use proptest::prelude::*;

fn cases() -> u32 {
    std::env::var("PLANNER_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
}

/// The least score of all plans that keep all rules.
fn least(problem: &Problem) -> Option<f64> {
    let mut least: Option<f64> = None;
    common::every(problem, &mut |plan| {
        if check(problem, plan).is_empty() {
            let total = score(problem, plan).total;
            least = Some(least.map_or(total, |other| other.min(total)));
        }
    });
    least
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn no_plan_is_better_than_the_bound_and_what_is_impossible_is(
        seeds in prop::collection::vec(common::seed(), 1..5), seed in 0..100_u64,
    ) {
        let problem = common::problem(&seeds);
        let budget = Budget { steps: Some(300), seed, ..Budget::default() };
        let outcome = solve(&problem, &budget, &mut |_| ControlFlow::Continue(()));
        let Some(least) = least(&problem) else {
            prop_assert_eq!(outcome.status, Status::Infeasible);
            return Ok(());
        };
        prop_assert_eq!(&outcome.conflict, &Vec::new());
        prop_assert!(outcome.bound.is_none_or(|bound| bound <= least), "{least} {outcome:?}");
        prop_assert!(outcome.status != Status::Optimal || outcome.score.total <= least + 1e-4);
        prop_assert!([Status::Optimal, Status::Feasible].contains(&outcome.status));
        prop_assert!(outcome.score.total >= least - 1e-9);
    }

    /// The activities that a proof names cannot all be placed, even when all others are left out; any of
    /// them can be when one is spared.
    #[test]
    fn a_conflict_stands_by_itself(seeds in prop::collection::vec(common::seed(), 2..5)) {
        let mut seeds = seeds;
        for seed in &mut seeds {
            seed.mandatory = true;
        }
        let problem = common::problem(&seeds);
        let budget = Budget { steps: Some(100), ..Budget::default() };
        let outcome = solve(&problem, &budget, &mut |_| ControlFlow::Continue(()));
        prop_assert_eq!(outcome.status == Status::Infeasible, !outcome.conflict.is_empty());
        if outcome.conflict.is_empty() {
            return Ok(());
        }
        let all = outcome.conflict.len();
        let mut most = 0;
        let mut spared = vec![false; all];
        common::every(&problem, &mut |plan| {
            let out = |id: &&ActivityId| !plan.activities.contains_key(*id);
            let out: Vec<usize> = (0..all).filter(|&i| out(&&outcome.conflict[i])).collect();
            most = most.max(all - out.len());
            if let [one] = out[..] {
                spared[one] = true;
            }
        });
        prop_assert!(most < all, "{:?} can be placed together", outcome.conflict);
        prop_assert!(spared.iter().all(|&spared| spared), "{:?} names too many", outcome.conflict);
        let broken = check(&problem, &outcome.plan);
        prop_assert!(broken.iter().all(|found| found.rule == Rule::Mandatory));
    }
}
