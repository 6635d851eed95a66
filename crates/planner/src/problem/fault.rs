//! What is wrong with a problem's description, named by object and rule.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::problem::id::Object;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Defect {
    /// The text cannot be read at all.
    Malformed,
    /// More objects or slots than a problem may have.
    TooLarge,
    /// Two objects of a kind share a key.
    Duplicate,
    /// A key that names nothing.
    Unknown,
    /// A span that ends before it begins, or far beyond every grid.
    Span,
    /// A number outside its range.
    Range,
    /// Something that must not be empty.
    Empty,
    /// Activities that wait for each other.
    Cycle,
    /// A waiver of a rule that cannot be waived, or without a reason.
    Waiver,
    /// A need that does not fit the activity, as two sides where there are not two.
    Need,
    /// Demands that exclude each other.
    Contradiction,
}

impl Defect {
    /// The stable code, for message keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "fault.malformed",
            Self::TooLarge => "fault.too_large",
            Self::Duplicate => "fault.duplicate",
            Self::Unknown => "fault.unknown",
            Self::Span => "fault.span",
            Self::Range => "fault.range",
            Self::Empty => "fault.empty",
            Self::Cycle => "fault.cycle",
            Self::Waiver => "fault.waiver",
            Self::Need => "fault.need",
            Self::Contradiction => "fault.contradiction",
        }
    }
}

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where.
    pub object: Object,
    /// What.
    pub defect: Defect,
    /// The field or value in question.
    pub detail: String,
}

impl Fault {
    pub(crate) fn new(object: Object, defect: Defect, detail: impl Into<String>) -> Self {
        Self { object, defect, detail: detail.into() }
    }

    pub(crate) fn malformed(detail: impl Into<String>) -> Faults {
        Faults(vec![Self::new(Object::Problem, Defect::Malformed, detail)])
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.object, self.defect.code(), self.detail)
    }
}

/// At least one fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().take(20).enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{fault}")?;
        }
        match self.0.len().saturating_sub(20) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl std::error::Error for Faults {}
