//! The words of the procedure: its rules, what delegations say, and every step that can be taken.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{DelegationId, Lang, ObjectionId, PersonId, UnitId, coded, unit::Seal};

/// What differs from house to house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Shortest silence, in hours.
    pub least_hours: i64,
    /// Whether the chair may adopt in the hall, when nobody present objects.
    pub hall: bool,
    /// Whether a silence by correspondence may be started.
    pub correspondence: bool,
    /// Where the rule comes from, for people to look up.
    pub source: String,
}

impl Rules {
    /// Ours: three days of silence, or the gavel in the hall.
    pub fn house() -> Self {
        let source = "house rule".to_owned();
        Rules { least_hours: 72, hall: true, correspondence: true, source }
    }

    /// OSCE Rules of Procedure, MC.DOC/1/06, Annex 1(A): the chair names the exact expiry, no length is
    /// laid down, and an amendment breaks the silence as an objection does.
    pub fn osce() -> Self {
        let source = "OSCE MC.DOC/1/06, Annex 1(A)".to_owned();
        Rules { least_hours: 1, hall: true, correspondence: true, source }
    }

    /// SCO Charter of 2002, article 16 as commonly cited: no vote, adopted if nobody objects; a view
    /// may be minuted. The wording of the article was not at hand and is to be verified by its user.
    pub fn sco() -> Self {
        let source = "SCO Charter 2002, article 16 (to verify)".to_owned();
        Rules { least_hours: 24, hall: true, correspondence: true, source }
    }
}

coded! {
    /// What breaks a silence.
    pub enum ObjectionKind {
        /// The text is not acceptable.
        Objection = "objection",
        /// It would be, with a change.
        Amendment = "amendment",
    }
}

coded! {
    /// What became of an objection.
    pub enum Outcome {
        /// Nobody may adopt over it.
        Open = "open",
        /// The delegation took it back.
        Withdrawn = "withdrawn",
        /// The delegation lets the text pass and has its view attached.
        Reserved = "reserved",
    }
}

/// A delegation does not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Whose.
    pub by: DelegationId,
    /// What it is.
    pub kind: ObjectionKind,
    /// To which unit; nothing for the whole.
    pub unit: Option<UnitId>,
    /// Why, or the view that is attached.
    pub reason: String,
    /// When it came in.
    pub at: Timestamp,
    /// The silence that it broke.
    pub broke: Option<u32>,
    /// What became of it.
    pub outcome: Outcome,
}

/// A unit on which all agree, in one turn of its substance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The turn agreed to; a later one is not.
    pub turn: u32,
    /// Agreed on condition that somebody at home confirms: who asks, whom, and until when.
    pub ad_referendum: Option<(DelegationId, String, Timestamp)>,
}

/// A running silence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// Counted from 1.
    pub number: u32,
    /// The text it is about.
    pub seal: Seal,
    /// When it began.
    pub from: Timestamp,
    /// Objections are heard before this instant.
    pub until: Timestamp,
}

coded! {
    /// How a silence ended.
    pub enum End {
        /// Somebody objected in time.
        Broken = "broken",
        /// The text changed.
        Voided = "voided",
        /// Nobody objected.
        Lapsed = "lapsed",
    }
}

/// A silence that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Which.
    pub silence: Silence,
    /// When it ended.
    pub at: Timestamp,
    /// How.
    pub end: End,
}

coded! {
    /// What a delegation has attached to an adopted text.
    pub enum PositionKind {
        /// How it understands the text.
        Explanation = "explanation",
        /// What it does not take upon itself.
        Reservation = "reservation",
    }
}

/// What a delegation has attached to an adopted text; consensus is not broken by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Whose.
    pub by: DelegationId,
    /// What it is.
    pub kind: PositionKind,
    /// The language it is written in.
    pub lang: Lang,
    /// Its words.
    pub text: String,
    /// When it came in.
    pub at: Timestamp,
}

/// The first of the two acts of adoption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gavel {
    /// The text.
    pub seal: Seal,
    /// Who struck it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// The silence that lapsed; nothing in the hall.
    pub silence: Option<u32>,
}

/// A text that everybody agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// The first act.
    pub gavel: Gavel,
    /// Who recorded it.
    pub recorded_by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Where the text stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Negotiated: revision 0 is the zero draft.
    Open,
    /// Adopted unless somebody objects.
    Silence(Silence),
    /// Waits for the second person.
    Gavelled(Gavel),
    /// Adopted; parties sign.
    Adopted(Adoption),
    /// Signed by all its parties.
    Signed(Adoption),
    /// Public.
    Published(Adoption),
}

/// A step of the procedure; texts change by [`crate::declaration::Change`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "step")]
pub enum Step {
    /// A revision is printed: numbers are frozen.
    Revised,
    /// The chair notes that all agree on a unit.
    Agreed {
        /// Which.
        unit: UnitId,
        /// Its turn as the chair saw it.
        turn: u32,
        /// Who must ask whom at home, and until when.
        ad_referendum: Option<(DelegationId, String, Timestamp)>,
    },
    /// Home has confirmed.
    Confirmed {
        /// Which unit.
        unit: UnitId,
        /// The delegation that asked.
        by: DelegationId,
    },
    /// Agreement on a unit is taken back.
    Reopened {
        /// Which.
        unit: UnitId,
    },
    /// The chair starts a silence.
    Silenced {
        /// Over which text.
        seal: Seal,
        /// Its exact end.
        until: Timestamp,
    },
    /// A delegation objects, or wants a change.
    Objected {
        /// Its identifier.
        id: ObjectionId,
        /// Whose.
        by: DelegationId,
        /// Which of the two.
        kind: ObjectionKind,
        /// To which unit; nothing for the whole.
        unit: Option<UnitId>,
        /// Why.
        reason: String,
    },
    /// A delegation takes its objection back, or has its view attached instead.
    Resolved {
        /// Which objection.
        id: ObjectionId,
        /// Whose; no other delegation can.
        by: DelegationId,
        /// Withdrawn or reserved.
        outcome: Outcome,
    },
    /// The first act of adoption: the chair's gavel, or a silence found lapsed.
    Gavelled {
        /// The text.
        seal: Seal,
        /// Who.
        by: PersonId,
    },
    /// The second act: another person records it.
    Recorded {
        /// The text.
        seal: Seal,
        /// Who.
        by: PersonId,
    },
    /// A party signs.
    Signed {
        /// Which.
        by: DelegationId,
        /// The text.
        seal: Seal,
    },
    /// A delegation has an explanation of its position, or a reservation, attached to the adopted text.
    Explained {
        /// Whose.
        by: DelegationId,
        /// Which of the two.
        kind: PositionKind,
        /// In which language.
        lang: Lang,
        /// The words.
        text: String,
    },
    /// The text is made public.
    Published,
}
