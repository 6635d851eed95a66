//! Typed identifiers: a `CityId` can never be passed where an `EditionId` is meant.
//!
//! Each is a UUID version 7 (RFC 9562), so that identifiers sort by the time of their making. They are
//! made in `app`; this crate only reads and compares them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What was given is not an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an identifier")
    }
}

impl std::error::Error for NotAnId {}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(s: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(s).map($name).map_err(|_| NotAnId)
            }
        }

        impl From<Uuid> for $name {
            fn from(value: Uuid) -> Self {
                $name(value)
            }
        }
    )+};
}

ids! {
    /// A proposed change of a text.
    AmendmentId,
    /// An organisation that is not a city: an institute, an embassy, a media house.
    BodyId,
    /// A city of the register.
    CityId,
    /// What a paragraph of a text obliges somebody to do.
    CommitmentId,
    /// An entry of a glossary.
    ConceptId,
    /// A correction of writing that waits for a second person.
    CorrectionId,
    /// A text under negotiation.
    DeclarationId,
    /// One person in a delegation.
    DelegateId,
    /// A city or body taking part in one edition.
    DelegationId,
    /// One holding of the dialogue.
    EditionId,
    /// A line of the trail.
    EventId,
    /// A file that is kept beside a formal act.
    EvidenceId,
    /// One role held by an account in a scope, for a time.
    GrantId,
    /// A room, stage, table block or place of visit.
    HallId,
    /// What two or more parties sign.
    InstrumentId,
    /// A person of the interpretation pool.
    InterpreterId,
    /// A formal invitation.
    InvitationId,
    /// A leased piece of background work.
    JobId,
    /// A formal act in the register.
    LeafId,
    /// A message waiting to leave.
    MailId,
    /// A bilateral meeting, from its request on.
    MeetingId,
    /// Something a city offers or needs.
    OfferingId,
    /// An objection to a text.
    ObjectionId,
    /// A document filed beside an instrument.
    PaperId,
    /// An account: somebody who can sign in.
    PersonId,
    /// A computed draft of the programme.
    PlanId,
    /// A released, immutable programme.
    ReleaseId,
    /// A paragraph of a translation memory.
    SegmentId,
    /// A row of editions under one name.
    SeriesId,
    /// A part of the programme with a title.
    SessionId,
    /// A statement whose support is measured.
    StatementId,
    /// A group of delegations in which support is measured.
    SupportGroupId,
    /// A text that waits for a look before it is taken in.
    TextImportId,
    /// A tie between two cities.
    TieId,
    /// A proposed topic.
    TopicId,
    /// A paragraph, heading or title of a text, in all its languages.
    UnitId,
    /// A site with one or more halls.
    VenueId,
}
