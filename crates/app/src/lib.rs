//! Caravanserai: an open platform for a standing dialogue between cities.
//!
//! Handlers extract, authorise, call `domain`, write once and show. [`chance`] alone reads the clock
//! and draws secrets.

pub mod answering;
pub mod app;
pub mod chance;
pub mod cli;
pub mod i18n;
pub mod jobs;
pub mod labels;
pub mod machine;
pub mod mailer;
pub mod outbox;
pub mod planning;
pub mod reading;
pub mod register;
pub mod release;
#[cfg(test)]
mod scratch;
pub mod seed;
pub mod shelf;
pub mod template;
pub mod upkeep;
pub mod web;
