//! Typed names of the objects of a problem. The text is the caller's own key and is never interpreted.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize, Serializer};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        #[serde(from = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Wraps the caller's key.
            pub fn new(key: impl Into<String>) -> Self {
                Self(Arc::from(key.into()))
            }

            /// The caller's key.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(key: &str) -> Self {
                Self(Arc::from(key))
            }
        }

        impl From<String> for $name {
            fn from(key: String) -> Self {
                Self(Arc::from(key))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// Something that happens once, somewhere, with people: a session, a meeting, a visit.
    ActivityId
    /// A delegation: the unit between which the plan is fair.
    DelegationId
    /// A person who takes part.
    PersonId
    /// A hall, room or zone of tables.
    HallId
    /// A place one has to travel to.
    SiteId
    /// An interpreter.
    InterpreterId
    /// A language, by the caller's code.
    Language
}

/// Any object of a problem, as named in faults, violations and reasons.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Object {
    /// The problem as a whole.
    Problem,
    /// An activity.
    Activity(ActivityId),
    /// A delegation.
    Delegation(DelegationId),
    /// A person.
    Person(PersonId),
    /// A hall.
    Hall(HallId),
    /// A site.
    Site(SiteId),
    /// An interpreter.
    Interpreter(InterpreterId),
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem => f.write_str("problem"),
            Self::Activity(id) => write!(f, "activity {id}"),
            Self::Delegation(id) => write!(f, "delegation {id}"),
            Self::Person(id) => write!(f, "person {id}"),
            Self::Hall(id) => write!(f, "hall {id}"),
            Self::Site(id) => write!(f, "site {id}"),
            Self::Interpreter(id) => write!(f, "interpreter {id}"),
        }
    }
}
