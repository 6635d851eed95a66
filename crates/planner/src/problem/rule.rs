//! The hard rules, each with a stable code that faults, violations and reasons share.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal)*) => {
        /// A rule that every plan keeps.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Rule {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl Rule {
            /// Every rule, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable code, for message keys and logs.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

rules! {
    /// What a plan names exists in the problem.
    Known = "plan.known"
    /// A mandatory activity is placed.
    Mandatory = "activity.mandatory"
    /// An activity lies inside the horizon and inside one day.
    Horizon = "activity.horizon"
    /// An activity lies inside its own window.
    Window = "activity.window"
    /// A pinned start, hall or team is kept.
    Pin = "activity.pin"
    /// An activity that does not run over lunch keeps out of the lunch slots.
    Lunch = "activity.lunch"
    /// An activity begins after every predecessor has ended, and all of them are placed.
    After = "activity.after"
    /// The hall is one of those allowed.
    HallAllowed = "hall.allowed"
    /// The hall is open throughout.
    HallClosed = "hall.closed"
    /// The hall holds the head count.
    HallCapacity = "hall.capacity"
    /// No more activities at once than the hall has units.
    HallUnits = "hall.units"
    /// One booth for every simultaneous language.
    Booths = "hall.booths"
    /// Everybody is there: arrived, not departed, not busy.
    Presence = "person.presence"
    /// Nobody is in two activities at once.
    Overlap = "person.overlap"
    /// Everybody has time to travel between the sites of any two activities of a day.
    Travel = "person.travel"
    /// Nobody has more activity slots in a day than the limit.
    PersonDay = "person.day"
    /// Delegations to be kept apart never share a hall in small activities.
    KeepApart = "delegation.apart"
    /// Breaks of any two people differ by no more than the limit.
    BreakSpread = "person.break_spread"
    /// The interpreters are exactly those that the needs ask for, by pair, number and provider.
    Team = "interpreter.team"
    /// No relay where the profile excludes it.
    Relay = "interpreter.relay"
    /// Whispering serves no more listeners than the profile says.
    Whisper = "interpreter.whisper"
    /// An interpreter is not assigned on a day off or when busy.
    InterpreterOff = "interpreter.off"
    /// An interpreter is in one place at a time, with time to travel between any two of a day.
    InterpreterOverlap = "interpreter.overlap"
    /// An interpreter rests after a long assignment.
    InterpreterRest = "interpreter.rest"
    /// An interpreter has no more slots in a day than the profile says.
    InterpreterDay = "interpreter.day"
}

impl Rule {
    /// Whether the chief interpreter may waive the rule for one activity, with a reason.
    pub const fn waivable(self) -> bool {
        matches!(
            self,
            Self::Booths
                | Self::Team
                | Self::Relay
                | Self::Whisper
                | Self::InterpreterRest
                | Self::InterpreterDay
        )
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
