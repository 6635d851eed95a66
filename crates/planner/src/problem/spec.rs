//! The description of a problem as callers write it and as it stands in JSON.
//!
//! Times are slots of one grid, counted from the start of the first day; a span `[from, to)` leaves out its
//! end. Nothing here is trusted: [`Problem::new`](crate::Problem::new) checks it.

use serde::{Deserialize, Serialize};

use crate::problem::{
    id::{ActivityId, DelegationId, HallId, InterpreterId, Language, PersonId, SiteId},
    interpretation::{Need, Profile, Waiver},
    rule::Rule,
};

/// A number of slots, or the number of a slot.
pub type Slot = u32;

/// `[from, to)`.
pub type Span = (Slot, Slot);

/// A whole problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Days and slots.
    pub grid: Grid,
    /// Sites; travel between `a` and `b` takes `a.access + b.access` unless `travel` says otherwise.
    pub sites: Vec<Site>,
    /// Exceptions to the rule of access, both ways. They hold between any two activities of a day, so that a
    /// long road is not shortened by a stop on the way.
    #[serde(default)]
    pub travel: Vec<Travel>,
    /// Halls and zones.
    pub halls: Vec<Hall>,
    /// Delegations.
    pub delegations: Vec<Delegation>,
    /// People.
    pub people: Vec<Person>,
    /// Interpreters.
    #[serde(default)]
    pub interpreters: Vec<Interpreter>,
    /// Activities.
    pub activities: Vec<Activity>,
    /// Delegations that never share a hall in small activities.
    #[serde(default)]
    pub keep_apart: Vec<(DelegationId, DelegationId)>,
    /// The language through which booths and relay work.
    #[serde(default = "pivot")]
    pub pivot: Language,
    /// The rules for interpreters; the stricter ones when left out.
    #[serde(default)]
    pub profile: Option<Profile>,
    /// Limits for people.
    #[serde(default)]
    pub limits: Limits,
    /// What a better plan is.
    #[serde(default)]
    pub weights: Weights,
}

fn pivot() -> Language {
    Language::from("en")
}

/// Days of equal length; the last may be short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grid {
    /// Minutes in a slot.
    pub slot_minutes: u32,
    /// Slots in a day.
    pub slots_per_day: Slot,
    /// Slots in all.
    pub slots: Slot,
    /// Slots of every day kept free for lunch.
    #[serde(default)]
    pub lunch: Option<Span>,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Its key.
    pub id: SiteId,
    /// Slots from the hub.
    #[serde(default)]
    pub access: Slot,
}

/// Travel between two sites, both ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Travel {
    /// The two sites.
    pub between: (SiteId, SiteId),
    /// Slots it takes.
    pub slots: Slot,
}

/// A hall, or a zone of tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hall {
    /// Its key.
    pub id: HallId,
    /// Where it is.
    pub site: SiteId,
    /// Most people in one activity.
    pub capacity: u32,
    /// Activities that can run at once.
    #[serde(default = "one")]
    pub units: u32,
    /// Interpreters' booths.
    #[serde(default)]
    pub booths: u32,
    /// When it cannot be used.
    #[serde(default)]
    pub closed: Vec<Span>,
}

fn one() -> u32 {
    1
}

/// A delegation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    /// Its key.
    pub id: DelegationId,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Their key.
    pub id: PersonId,
    /// Their delegation.
    pub delegation: DelegationId,
    /// How much their idle time weighs: higher for higher office.
    #[serde(default = "one")]
    pub rank: u32,
    /// First slot present.
    #[serde(default)]
    pub arrive: Slot,
    /// First slot no longer present; the end when left out.
    #[serde(default)]
    pub depart: Option<Slot>,
    /// When they have other things to do.
    #[serde(default)]
    pub busy: Vec<Span>,
}

/// An interpreter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interpreter {
    /// Their key.
    pub id: InterpreterId,
    /// Pairs between which they work, in both directions.
    pub pairs: Vec<[Language; 2]>,
    /// Days off, from 0.
    #[serde(default)]
    pub off: Vec<u32>,
    /// When they have other things to do.
    #[serde(default)]
    pub busy: Vec<Span>,
    /// The delegation that brings them; the host's pool when left out.
    #[serde(default)]
    pub of: Option<DelegationId>,
}

/// What kind of thing an activity is. The kind decides the defaults named with each method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Everybody together.
    Plenary,
    /// A parallel session.
    Forum,
    /// Heads around one table.
    Roundtable,
    /// Two sides.
    Bilateral,
    /// Business matching.
    Matching,
    /// A signing ceremony.
    Signing,
    /// A cultural event or a meal together.
    Culture,
    /// A visit to a place.
    Visit,
}

impl Kind {
    /// Plenaries, culture and visits may run over lunch.
    pub const fn over_lunch(self) -> bool {
        matches!(self, Self::Plenary | Self::Culture | Self::Visit)
    }

    /// In small activities delegations can be kept apart: two of them can share a hall unseen otherwise.
    pub const fn small(self) -> bool {
        matches!(self, Self::Roundtable | Self::Bilateral | Self::Matching | Self::Signing)
    }

    /// Who lands late is excused from plenaries and culture.
    pub const fn excuses(self) -> bool {
        matches!(self, Self::Plenary | Self::Culture)
    }
}

/// An activity to place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Its key.
    pub id: ActivityId,
    /// Its kind.
    pub kind: Kind,
    /// Slots it takes.
    pub duration: Slot,
    /// Who must be there.
    pub people: Vec<PersonId>,
    /// Halls allowed, best first.
    pub halls: Vec<HallId>,
    /// When it may take place; any time when left out.
    #[serde(default)]
    pub window: Option<Span>,
    /// What leaving it out costs, when it is not mandatory.
    #[serde(default = "one")]
    pub weight: u32,
    /// Whether every plan must place it.
    #[serde(default)]
    pub mandatory: bool,
    /// Activities that end before it begins.
    #[serde(default)]
    pub after: Vec<ActivityId>,
    /// Head count for the hall; the number of people when left out.
    #[serde(default)]
    pub head: Option<u32>,
    /// Interpretation it needs.
    #[serde(default)]
    pub interpretation: Vec<Need>,
    /// Rules that the chief interpreter waives here.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    /// Whether it may run over lunch; by kind when left out.
    #[serde(default)]
    pub over_lunch: Option<bool>,
    /// What is decided already.
    #[serde(default)]
    pub pin: Pin,
}

impl Activity {
    /// The head count for the hall.
    pub fn heads(&self) -> u32 {
        self.head.unwrap_or_else(|| u32::try_from(self.people.len()).unwrap_or(u32::MAX))
    }

    /// Whether the chief interpreter waives a rule here.
    pub fn waives(&self, rule: Rule) -> bool {
        self.waivers.iter().any(|waiver| waiver.rule == rule)
    }

    /// The booths that the hall has to have.
    pub(crate) fn booths(&self) -> u32 {
        if self.waives(Rule::Booths) {
            return 0;
        }
        let booths = self.interpretation.iter().map(|need| match need {
            Need::Simultaneous { languages } => languages.len(),
            _ => 0,
        });
        u32::try_from(booths.sum::<usize>()).unwrap_or(u32::MAX)
    }

    /// The largest number that listens to whispering, where a rule sets a limit to it.
    pub(crate) fn listeners(&self) -> u32 {
        if self.waives(Rule::Whisper) {
            return 0;
        }
        let listeners = self.interpretation.iter().map(|need| match need {
            Need::Whispered { listeners, .. } => *listeners,
            _ => 0,
        });
        listeners.max().unwrap_or(0)
    }

    /// Slots that count towards its interpreters' day.
    pub(crate) fn day_slots(&self) -> Slot {
        if self.waives(Rule::InterpreterDay) { 0 } else { self.duration }
    }

    /// The rest that its interpreters need afterwards.
    pub(crate) fn rest(&self, profile: &Profile) -> Slot {
        let long = self.duration >= profile.rest_after.value;
        if long && !self.waives(Rule::InterpreterRest) { profile.rest.value } else { 0 }
    }

    /// Whether it may run over lunch.
    pub fn runs_over_lunch(&self) -> bool {
        self.over_lunch.unwrap_or(self.kind.over_lunch())
    }
}

/// What is decided already: each part by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pin {
    /// The start.
    pub start: Option<Slot>,
    /// The hall.
    pub hall: Option<HallId>,
    /// The whole team of interpreters.
    pub interpreters: Option<Vec<InterpreterId>>,
}

/// Limits for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Most activity slots of a person in a day.
    pub person_day: Option<Slot>,
    /// Most by which the breaks of two people may differ.
    pub break_spread: Option<u32>,
}

/// What one unit of each term costs: nothing, or from a thousandth to a thousand million.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// One unit of weight of an optional activity not placed.
    pub unplaced: f64,
    /// One idle slot of a person of rank 1 between two activities of a day.
    pub idle: f64,
    /// One run of idle slots.
    pub breaks: f64,
    /// One change of hall of a person within a day.
    pub hall_moves: f64,
    /// One slot of one interpreter.
    pub interpreting: f64,
    /// The whole distance between the largest and the smallest share of weight that delegations got.
    pub unfairness: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            unplaced: 100.0,
            idle: 1.0,
            breaks: 0.0,
            hall_moves: 2.0,
            interpreting: 1.0,
            unfairness: 5000.0,
        }
    }
}
