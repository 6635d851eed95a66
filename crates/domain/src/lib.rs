//! The rules of the dialogue: pure values and functions, no input or output, no clock, no chance.
//!
//! One noun is one file, and the same noun names its file in `store`, `outputs` and `app`.
//! Time and identifiers are arguments; a broken rule is a [`Refusal`], never a panic.

pub mod access;
pub mod account;
pub mod body;
pub mod brief;
pub mod city;
pub mod city_list;
pub mod city_row;
pub mod clean;
pub mod coded;
pub mod delegation;
pub mod edition;
pub mod event;
pub mod id;
pub mod invitation;
pub mod mail;
pub mod meeting;
pub mod person;
pub mod precedence;
pub mod programme;
pub mod refusal;
pub mod release;
pub mod revision;
pub mod search;
pub mod session;
pub mod text;
pub mod topic;
pub mod venue;
pub mod workbook;

pub use id::*;
pub use refusal::{FieldRefusals, Refusal};
pub use text::{Lang, Text};
