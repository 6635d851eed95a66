//! A rule said no. The value carries a stable code; the sentence is found in the reader's language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Why something was not done: a stable code and the values its sentence needs.
///
/// The message key in the locale files is `refusal-` followed by the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable, kebab-case, never reused for another meaning.
    pub code: String,
    /// Values named in the sentence.
    pub args: BTreeMap<String, String>,
}

impl Refusal {
    /// A refusal with a code and no values.
    pub fn new(code: &'static str) -> Self {
        Self { code: code.to_owned(), args: BTreeMap::new() }
    }

    /// The same refusal with one more value for its sentence.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.insert(name.to_owned(), format!("{value}"));
        self
    }
}

/// The refusals of one form, by field name. Empty means that every field was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRefusals(pub BTreeMap<String, Refusal>);

impl FieldRefusals {
    /// Notes a refusal; the first one of a field is kept, so each field shows one sentence.
    pub fn add(&mut self, field: &str, refusal: Refusal) {
        self.0.entry(field.to_owned()).or_insert(refusal);
    }

    /// Whether every field was read.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The refusal of one field.
    pub fn get(&self, field: &str) -> Option<&Refusal> {
        self.0.get(field)
    }
}

impl From<(&str, Refusal)> for FieldRefusals {
    fn from((field, refusal): (&str, Refusal)) -> Self {
        Self(BTreeMap::from([(field.to_owned(), refusal)]))
    }
}
