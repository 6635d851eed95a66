//! Matchmaking: who should meet whom.

use serde::{Deserialize, Serialize};

use crate::id::DelegationId;

/// What one delegation gives for a meeting with another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wish {
    /// The other.
    pub to: DelegationId,
    /// How much it wishes it; positive.
    pub score: f64,
}

/// One delegation's side of the market.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Party {
    /// The delegation.
    pub delegation: DelegationId,
    /// Most meetings.
    pub quota: u32,
    /// Its wishes.
    pub wishes: Vec<Wish>,
}

/// Everybody's wishes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Market {
    /// The delegations.
    pub parties: Vec<Party>,
    /// Pairs that are to meet in any case.
    #[serde(default)]
    pub must: Vec<(DelegationId, DelegationId)>,
    /// Pairs that never meet.
    #[serde(default)]
    pub never: Vec<(DelegationId, DelegationId)>,
}
