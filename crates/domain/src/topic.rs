//! A topic: proposed by a city, supported by others, chosen or set aside with a reason.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{DelegationId, EditionId, Refusal, Text, TopicId, edition::Edition};

/// Who proposed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposer {
    /// A delegation of this edition.
    Delegation(DelegationId),
    /// Somebody named by a public source: shown as a proposal with its proposer.
    Quoted {
        /// Who, as the source says.
        who: Text,
        /// Where it is said.
        source: Text,
    },
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum TopicState {
    /// Waiting.
    Proposed,
    /// On the agenda.
    Chosen {
        /// Why.
        reason: Text,
        /// When.
        at: Timestamp,
    },
    /// Not this time.
    SetAside {
        /// Why.
        reason: Text,
        /// When.
        at: Timestamp,
    },
}

impl TopicState {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            TopicState::Proposed => "proposed",
            TopicState::Chosen { .. } => "chosen",
            TopicState::SetAside { .. } => "set_aside",
        }
    }
}

/// A topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its identifier.
    pub id: TopicId,
    /// For which edition.
    pub edition: EditionId,
    /// Its title.
    pub title: Text,
    /// Why it matters; may be empty.
    pub summary: Option<Text>,
    /// By whom.
    pub proposer: Proposer,
    /// What was decided.
    pub state: TopicState,
}

impl Topic {
    /// Whether a topic can be proposed now.
    pub fn propose(edition: &Edition, now: Timestamp) -> Result<(), Refusal> {
        if edition.takes_topics(now) { Ok(()) } else { Err(Refusal::new("call-closed")) }
    }

    /// Whether a delegation can support it: not its own, and not after the decision.
    pub fn support(&self, by: DelegationId) -> Result<(), Refusal> {
        if self.proposer == Proposer::Delegation(by) {
            return Err(Refusal::new("own-topic"));
        }
        match self.state {
            TopicState::Proposed => Ok(()),
            _ => Err(Refusal::new("topic-decided")),
        }
    }

    /// Decides; a decision carries its reason and can be changed only by another decision.
    pub fn decide(&mut self, chosen: bool, reason: Text, at: Timestamp) {
        self.state = if chosen {
            TopicState::Chosen { reason, at }
        } else {
            TopicState::SetAside { reason, at }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use uuid::Uuid;

    fn topic(proposer: Proposer) -> Topic {
        Topic {
            id: TopicId(Uuid::from_u128(1)),
            edition: EditionId(Uuid::from_u128(1)),
            title: Text::new(Lang::Zh, "港口"),
            summary: None,
            proposer,
            state: TopicState::Proposed,
        }
    }

    #[test]
    fn one_supports_what_others_proposed_until_it_is_decided() {
        let (mine, theirs) = (DelegationId(Uuid::from_u128(1)), DelegationId(Uuid::from_u128(2)));
        let mut topic = topic(Proposer::Delegation(mine));
        assert_eq!(topic.support(mine).unwrap_err().code, "own-topic");
        assert_eq!(topic.support(theirs), Ok(()));
        topic.decide(false, Text::new(Lang::Ru, "позже"), Timestamp::UNIX_EPOCH);
        assert_eq!(topic.support(theirs).unwrap_err().code, "topic-decided");
        topic.decide(true, Text::new(Lang::Ru, "всё же"), Timestamp::UNIX_EPOCH);
        assert_eq!(topic.state.code(), "chosen");
    }
}
