//! The rules of the dialogue: pure values and functions, no input or output, no clock, no chance.
//!
//! One noun is one file, and the same noun names its file in `store`, `outputs` and `app`.
//! Time and identifiers are arguments; a broken rule is a [`Refusal`], never a panic.

pub mod access;
pub mod account;
pub mod align;
pub mod amendment;
pub mod body;
pub mod bracket;
pub mod brief;
pub mod change;
pub mod city;
pub mod city_list;
pub mod city_row;
pub mod clean;
pub mod coded;
pub mod consensus;
pub mod correction;
pub mod coverage;
pub mod declaration;
pub mod delegation;
pub mod disruption;
mod disruption_delay;
mod disruption_words;
pub mod dossier;
pub mod edition;
pub mod event;
pub mod evidence;
pub mod figures;
pub mod glossary;
pub mod id;
pub mod interpretation;
pub mod interpreter;
pub mod invitation;
pub mod mail;
pub mod meeting;
pub mod memory;
pub mod merge;
pub mod negotiation;
pub mod numbering;
pub mod person;
pub mod precedence;
pub mod procedure;
pub mod programme;
pub mod proposal;
pub mod refusal;
pub mod release;
mod release_document;
pub mod revision;
pub mod safety;
pub mod search;
pub mod session;
pub mod sitting;
pub mod statement;
pub mod support;
pub mod team;
pub mod text;
pub mod token;
pub mod topic;
pub mod undertaking;
pub mod unit;
pub mod venue;
pub mod workbook;

pub use id::*;
pub use refusal::{FieldRefusals, Refusal};
pub use text::{Lang, Text};
