//! The store: rows are the truth, on SQLite or PostgreSQL alike.
//!
//! Everything goes through [`Db::read`] and [`Db::write`]; nothing else opens a transaction. A noun's
//! file has the name that it has in `domain`. SQL neither orders nor matches human text: search
//! columns and sort keys are computed in Rust.

mod column;
mod db;
mod error;
mod noun;
mod schema;

pub mod amendment;
pub mod backup;
pub mod body;
pub mod brief;
pub mod check;
pub mod checkpoint;
pub mod city;
pub mod commitment;
pub mod correction;
pub mod deed;
pub mod delegate;
pub mod delegation;
pub mod dossier;
pub mod edition;
pub mod event;
pub mod evidence;
pub mod glossary;
pub mod hall;
pub mod instrument;
pub mod interpretation;
pub mod interpreter;
pub mod invitation;
pub mod job;
pub mod leaf;
pub mod log;
pub mod mail;
pub mod meeting;
pub mod memory;
pub mod offering;
pub mod paper;
pub mod person;
pub mod pin;
pub mod plan;
pub mod release;
pub mod series;
pub mod session;
pub mod sitting;
pub mod state;
pub mod statement;
pub mod support_group;
pub mod text_import;
pub mod tie;
pub mod tile;
pub mod token;
pub mod topic;
pub mod venue;

pub use db::{Conn, Db, Engine, statements};
pub use error::{Error, Result};
