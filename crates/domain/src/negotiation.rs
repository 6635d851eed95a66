//! A text and the procedure around it, as one: every change of the text reaches the procedure.
//!
//! The events that were accepted are the truth; given again in their order they make the same state.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, Lang, Refusal,
    change::Change,
    consensus::Consensus,
    declaration::{Authority, Declaration},
    procedure::{Rules, Step},
};

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Changed the text.
    Text(Change),
    /// Took a step of the procedure.
    Step(Step),
}

/// A deed and when it came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, by the clock of whoever keeps the record.
    pub at: Timestamp,
    /// What.
    pub deed: Deed,
}

/// A text under negotiation with its procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Negotiation {
    /// The text.
    pub text: Declaration,
    /// The procedure.
    pub consensus: Consensus,
    /// The latest instant of any event: time never runs back, whatever two clocks say.
    pub latest: Timestamp,
}

impl Negotiation {
    /// A text without units as zero draft.
    pub fn new(
        languages: BTreeMap<Lang, Authority>,
        rules: Rules,
        parties: BTreeSet<DelegationId>,
    ) -> Result<Self, Refusal> {
        let text = Declaration::new(languages)?;
        let consensus = Consensus::new(rules, parties);
        Ok(Negotiation { text, consensus, latest: Timestamp::MIN })
    }

    /// Takes a deed, or refuses it and changes nothing.
    pub fn act(&mut self, event: &Event) -> Result<(), Refusal> {
        let at = event.at.max(self.latest);
        match &event.deed {
            Deed::Text(change) => {
                self.consensus.may_change()?;
                self.text.act(change)?;
                if let Change::Restored { unit, .. } = change {
                    self.consensus.agreed.remove(unit);
                }
                self.consensus.text_changed(at);
            }
            Deed::Step(step) => self.consensus.act(step, &self.text, at)?,
        }
        self.latest = at;
        Ok(())
    }

    /// The state that a history makes, which must have been accepted as a whole.
    pub fn replay(mut self, events: &[Event]) -> Result<Self, Refusal> {
        for event in events {
            self.act(event)?;
        }
        Ok(self)
    }
}
