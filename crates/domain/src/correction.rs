//! A correction of the writing that leaves the substance alone: it waits until a second person says so.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    CorrectionId, DeclarationId, Lang, PersonId, Refusal, UnitId,
    change::Change,
    declaration::Declaration,
    unit::{Manner, Seal},
};

/// A correction that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Its identifier.
    pub id: CorrectionId,
    /// Of which text.
    pub declaration: DeclarationId,
    /// Of which unit.
    pub unit: UnitId,
    /// In which language.
    pub lang: Lang,
    /// The corrected words.
    pub text: String,
    /// What stood there.
    pub base: Seal,
    /// The turn of the unit that its writer saw.
    pub turn: u32,
    /// Who wrote it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

impl Correction {
    /// What the text undergoes once a second person agrees that only the writing changes.
    pub fn confirmed(&self, second: PersonId) -> Change {
        Change::Wrote {
            unit: self.unit,
            lang: self.lang,
            text: self.text.clone(),
            manner: Manner::Editorial,
            base: self.base.clone(),
            turn: self.turn,
            by: self.by,
            second: Some(second),
            at: self.at,
        }
    }

    /// Whether the text would take it from some second person: asked before it is kept, so that nobody
    /// waits for what cannot be.
    pub fn fits(&self, text: &Declaration) -> Result<(), Refusal> {
        let somebody = PersonId(uuid::Uuid::nil());
        text.clone().act(&self.confirmed(somebody))
    }
}
