//! Bounds and proofs against every plan of tiny problems.

mod common;

use std::ops::ControlFlow;

use planner::{Budget, Problem, Rule, Status, check, score, solve};
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
            let known = [Status::Infeasible, Status::Unknown].contains(&outcome.status);
            prop_assert!(known, "{outcome:?}");
            return Ok(());
        };
        prop_assert_eq!(&outcome.conflict, &Vec::new());
        prop_assert!(outcome.bound.is_none_or(|bound| bound <= least), "{least} {outcome:?}");
        prop_assert!(outcome.status != Status::Optimal || outcome.score.total <= least + 1e-4);
        prop_assert!(outcome.status != Status::Infeasible);
        prop_assert!(outcome.score.total >= least - 1e-9 || outcome.status == Status::Unknown);
    }

    /// The activities that a proof names cannot all be placed, even when all others are left out.
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
        let mut together = false;
        common::every(&problem, &mut |plan| {
            together |= outcome.conflict.iter().all(|id| plan.activities.contains_key(id));
        });
        prop_assert!(!together, "{:?} can be placed together", outcome.conflict);
        let broken = check(&problem, &outcome.plan);
        prop_assert!(broken.iter().all(|found| found.rule == Rule::Mandatory));
    }
}
