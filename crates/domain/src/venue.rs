//! Sites and their halls: how many people, how many booths, when closed, how far apart.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use crate::{EditionId, FieldRefusals, HallId, Refusal, Text, VenueId, coded};

/// A site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    /// Its identifier.
    pub id: VenueId,
    /// In which edition.
    pub edition: EditionId,
    /// Its name.
    pub name: Text,
    /// Minutes of travel to other sites, door to door.
    pub travel: BTreeMap<VenueId, i64>,
}

coded! {
    /// What a hall is for.
    pub enum HallKind {
        /// A hall with a stage.
        Hall = "hall",
        /// A room with one table.
        Room = "room",
        /// A block of tables where several meetings run side by side.
        Tables = "tables",
        /// A place of visit.
        Site = "site",
    }
}

/// A time during which a hall or a delegation cannot be counted on, in the edition's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// From.
    pub from: DateTime,
    /// Until, not included.
    pub until: DateTime,
}

impl Closed {
    /// Whether it has a moment in common with this time.
    pub fn meets(&self, from: DateTime, until: DateTime) -> bool {
        from < self.until && self.from < until
    }
}

/// A hall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hall {
    /// Its identifier.
    pub id: HallId,
    /// In which edition: that of its site.
    pub edition: EditionId,
    /// At which site.
    pub venue: VenueId,
    /// Its name.
    pub name: Text,
    /// What it is for.
    pub kind: HallKind,
    /// People it holds.
    pub capacity: i64,
    /// Interpreters' booths.
    pub booths: i64,
    /// Things that can run in it side by side; 1 but for table blocks.
    pub parallel: i64,
    /// Times when it cannot be used.
    pub closed: Vec<Closed>,
}

/// Most minutes of travel between two sites.
pub const MOST_TRAVEL: i64 = 600;

impl Hall {
    /// Checks what no single field can know. Closed times are named `closed.0.until` and so on.
    pub fn check(&self) -> Result<(), FieldRefusals> {
        let mut refused = FieldRefusals::default();
        if self.parallel > 1 && self.kind != HallKind::Tables {
            refused.add("parallel", Refusal::new("one-at-a-time"));
        }
        for (at, closed) in self.closed.iter().enumerate() {
            if closed.until <= closed.from {
                let field = format!("closed.{at}.until");
                refused.add(&field, Refusal::new("ends-before-start"));
            }
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }
}
