//! What happened: written in the same transaction as the change, never altered afterwards.
//!
//! One append-only row serves as audit trail, outbox and history at once.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{EditionId, PersonId};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// Who did it; `None` for the system itself or an answer by link.
    pub by: Option<PersonId>,
    /// The edition it belongs to.
    pub edition: Option<EditionId>,
    /// The noun, such as `invitation`.
    pub noun: &'static str,
    /// The object's identifier.
    pub object: String,
    /// The verb, such as `sent`.
    pub verb: &'static str,
    /// What changed, as far as the next reader needs it; never personal data.
    pub detail: serde_json::Value,
}
