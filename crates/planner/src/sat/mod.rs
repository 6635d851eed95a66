//! A SAT engine with assumptions and limits, and counting constraints on top of it.

mod analyze;
mod clauses;
mod clean;
mod cores;
mod count;
mod engine;
mod limit;
mod lit;
mod order;
mod pace;
mod search;
#[cfg(test)]
mod tests;
mod vivify;

pub(crate) use cores::{Asker, Cores};
pub(crate) use engine::Engine as Sat;
pub(crate) use limit::Limit;
pub(crate) use lit::Lit;

/// What the engine answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// There is a model.
    Yes,
    /// These of the assumptions cannot hold together.
    No(Vec<Lit>),
    /// The limit came first.
    Unknown,
}
