//! Plans the programme of a dialogue: a problem in, a plan out.
//!
//! A [`Spec`] describes sites, halls, delegations, people, interpreters and activities;
//! [`Problem::new`] checks it. [`solve()`] finds a [`Plan`] and goes on improving it as long as its
//! [`Budget`] lasts; the same problem, seed and steps give the same plan. [`check()`] and [`score()`]
//! judge any plan without the help of the search. [`explain()`] says why an activity is not placed and
//! what would have to give way, [`repair()`] goes on after an [`Event`], [`suggest`] says who should meet
//! whom, and [`formats`] reads and writes files.
//!
//! Where there is a plan that keeps all rules, the outcome carries a bound: none of them scores less. Where
//! it is proved that none scores less than the plan found, that is optimal; where mandatory activities
//! cannot all be placed, those that stand against each other are named. Problems of one hall of tables, one
//! day, meetings of one slot and few breaks are proved by an exact search.
//!
//! # The JSON of a problem
//!
//! Times are slots from the start of the first day, spans are `[from, to)`; what is left out has the
//! default that the field names. The plan is `{"activities": {"b1": {"start": 4, "hall": "h1",
//! "interpreters": ["i1"]}}}`.
//!
//! ```
//! let problem = planner::formats::read_problem(br#"{
//!   "name": "two cities",
//!   "grid": {"slot_minutes": 15, "slots_per_day": 40, "slots": 80, "lunch": [18, 22]},
//!   "sites": [{"id": "centre"}, {"id": "port", "access": 2}],
//!   "halls": [{"id": "h1", "site": "centre", "capacity": 12, "units": 1, "booths": 0}],
//!   "delegations": [{"id": "tianjin"}, {"id": "osh"}],
//!   "people": [
//!     {"id": "p1", "delegation": "tianjin", "rank": 3},
//!     {"id": "p2", "delegation": "osh", "rank": 2, "arrive": 8, "depart": 70, "busy": [[10, 12]]}
//!   ],
//!   "interpreters": [{"id": "i1", "pairs": [["ru", "zh"]], "off": [1]},
//!                    {"id": "i2", "pairs": [["ru", "zh"]]}],
//!   "activities": [{
//!     "id": "b1", "kind": "bilateral", "duration": 2, "people": ["p1", "p2"], "halls": ["h1"],
//! "weight": 5,
//!     "interpretation": [{"mode": "consecutive", "pair": ["ru", "zh"], "by": "pool"}],
//!     "pin": {"start": null}, "after": []
//!   }],
//!   "keep_apart": [],
//!   "pivot": "ru",
//!   "limits": {"person_day": 30},
//!   "weights": {"unplaced": 100, "idle": 1, "breaks": 0, "hall_moves": 2,
//!               "interpreting": 1, "unfairness": 5000}
//! }"#)?;
//! let budget = planner::Budget { steps: Some(100), ..planner::Budget::default() };
//! let outcome = planner::solve(&problem, &budget, &mut |_| std::ops::ControlFlow::Continue(()));
//! assert_eq!(outcome.status, planner::Status::Optimal);
//! assert!(planner::check(&problem, &outcome.plan).is_empty());
//! # Ok::<(), planner::Faults>(())
//! ```

mod bound;
mod exact;
mod explain;
pub mod formats;
mod judge;
mod least;
mod matching;
mod model;
mod problem;
mod repair;
mod rng;
pub mod sample;
mod sat;
mod search;
mod solve;

pub use explain::{Explanation, Relaxation, explain, place};
pub use judge::check::{Violation, check};
pub use judge::score::{Load, Score, Share, Term, loads, score, shares};
pub use least::Proved;
pub use matching::{
    Goals, Ground, Market, Matching, Party, Portrait, Suggestion, Wish, grounds, suggest, wish,
};
pub use problem::Problem;
pub use problem::event::{Event, News};
pub use problem::fact::{Fact, relax};
pub use problem::fault::{Defect, Fault, Faults};
pub use problem::id::{
    ActivityId, DelegationId, HallId, InterpreterId, Language, Object, PersonId, SiteId,
};
pub use problem::interpretation::{Need, Norm, Profile, Provider, TeamSize, Waiver};
pub use problem::plan::{Placement, Plan};
pub use problem::rule::Rule;
pub use problem::spec::{
    Activity, Delegation, Grid, Hall, Interpreter, Kind, Limits, Person, Pin, Site, Slot, Span,
    Spec, Travel, Weights,
};
pub use repair::{Aim, Changes, Effort, Repair, changes, repair};
pub use solve::{Budget, Outcome, Progress, Status, improve, solve};
