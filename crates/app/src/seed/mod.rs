//! What a database begins with: the register of real states and cities, and the fictional exercise.
//!
//! Both are files of `data/`, carried in the binary. Everything written by [`demo`] is marked as a
//! demonstration; [`real`] writes facts with their sources and nothing else.

mod demo;
mod real;

pub use demo::demo;
pub(crate) use real::labels;
pub use real::real;
