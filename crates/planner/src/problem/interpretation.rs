//! Interpretation: what an activity needs, who may provide it, and the profile of the profession's rules.
//!
//! Every need becomes *seats*: one interpreter each, with a language pair and a provider. A need has one or
//! more alternatives (direct, or relay through the pivot); a team is right when it fills the seats of one
//! alternative exactly, with nobody to spare.

use serde::{Deserialize, Serialize};

use crate::problem::{
    id::{DelegationId, Language},
    rule::Rule,
};

/// Who brings the interpreters of a two-sided meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// The host's pool.
    #[default]
    Pool,
    /// Each of the two delegations brings its own, in equal number.
    EachSide,
    /// One delegation brings all of them.
    OneSide(DelegationId),
}

/// One interpretation need of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Need {
    /// From booths: one booth and one team between each language and the pivot.
    Simultaneous {
        /// The languages besides the pivot.
        languages: Vec<Language>,
    },
    /// After the speaker, between two languages.
    Consecutive {
        /// The two languages.
        pair: [Language; 2],
        /// Who brings the interpreters.
        #[serde(default)]
        by: Provider,
    },
    /// Whispered to very few listeners.
    Whispered {
        /// The two languages.
        pair: [Language; 2],
        /// How many listen.
        listeners: u32,
        /// Who brings the interpreters.
        #[serde(default)]
        by: Provider,
    },
    /// One interpreter who accompanies guests.
    Escort {
        /// The two languages.
        pair: [Language; 2],
        /// Who brings the interpreter.
        #[serde(default)]
        by: Provider,
    },
}

impl Need {
    /// Who brings the interpreters, where that may differ: those in booths are the host's.
    pub(crate) const fn by(&self) -> Option<&Provider> {
        match self {
            Self::Simultaneous { .. } => None,
            Self::Consecutive { by, .. } | Self::Whispered { by, .. } | Self::Escort { by, .. } => {
                Some(by)
            }
        }
    }

    /// The same, to change it.
    pub(crate) const fn by_mut(&mut self) -> Option<&mut Provider> {
        match self {
            Self::Simultaneous { .. } => None,
            Self::Consecutive { by, .. } | Self::Whispered { by, .. } | Self::Escort { by, .. } => {
                Some(by)
            }
        }
    }
}

/// A rule that the chief interpreter waives for one activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// The waived rule; see [`Rule::waivable`].
    pub rule: Rule,
    /// Why, in the chief interpreter's words; never empty.
    pub reason: String,
}

/// A value of a profile with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Norm<T> {
    /// The value in force.
    pub value: T,
    /// Where it comes from.
    pub source: String,
}

/// From this duration on a team has this size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamSize {
    /// Shortest duration, in slots, to which the size applies.
    pub from: u32,
    /// Interpreters per booth, or per pair.
    pub size: u32,
}

/// The rules for interpreters, in slots of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What the profile is called.
    pub name: String,
    /// Team of a booth by duration.
    pub simultaneous: Norm<Vec<TeamSize>>,
    /// Team of a consecutive pair by duration.
    pub consecutive: Norm<Vec<TeamSize>>,
    /// Team of a whispering pair by duration.
    pub whispered: Norm<Vec<TeamSize>>,
    /// Most listeners of a whispering pair.
    pub listeners: Norm<u32>,
    /// Whether consecutive and whispered work may go by relay through the pivot (one hop).
    pub relay: Norm<bool>,
    /// Most slots assigned in a day.
    pub day: Norm<u32>,
    /// An assignment this long is followed by a rest.
    pub rest_after: Norm<u32>,
    /// The rest, in slots.
    pub rest: Norm<u32>,
}

fn norm<T>(value: T, source: &str) -> Norm<T> {
    Norm { value, source: source.to_owned() }
}

impl Profile {
    /// The profession's stricter rules, for slots of `minutes`: three to a two-way booth and four
    /// beyond six hours, two for consecutive and whispered work, no relay, six hours a day.
    pub fn strict(minutes: u32) -> Self {
        let slots = |of: u32| of.div_ceil(minutes.max(1));
        let pair = || vec![TeamSize { from: 0, size: 2 }];
        let booth =
            vec![TeamSize { from: 0, size: 3 }, TeamSize { from: slots(361).max(1), size: 4 }];
        Self {
            name: "strict".to_owned(),
            simultaneous: norm(booth, "AIIC Professional Standards art. 6; AIIC Canada conditions"),
            consecutive: norm(pair(), "AIIC Professional Standards art. 6"),
            whispered: norm(pair(), "AIIC Professional Standards art. 6"),
            listeners: norm(2, "AIIC Professional Standards art. 6"),
            relay: norm(false, "AIIC Professional Standards art. 6: no systematic relay"),
            day: norm(360 / minutes.max(1), "AIIC Canada: normal six-hour day"),
            rest_after: norm(slots(60), "industry practice: turns of 30 minutes"),
            rest: norm(slots(15), "industry practice: turns of 30 minutes"),
        }
    }
}

/// The size that a table of team sizes gives for a duration.
pub(crate) fn team_size(table: &[TeamSize], duration: u32) -> u32 {
    table.iter().filter(|step| step.from <= duration).map(|step| step.size).max().unwrap_or(1)
}

/// Where the interpreter of a seat comes from: the pool, or a delegation.
pub(crate) type Source = Option<DelegationId>;

/// One interpreter's place in a team.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Seat {
    /// Sorted pair.
    pub(crate) pair: [Language; 2],
    pub(crate) source: Source,
}

impl Seat {
    /// Whether somebody of `source` with these pairs of languages can take it.
    pub(crate) fn suits(&self, source: &Source, pairs: &[[Language; 2]]) -> bool {
        let [x, y] = &self.pair;
        let same = |[a, b]: &[Language; 2]| (a == x && b == y) || (a == y && b == x);
        self.source == *source && pairs.iter().any(same)
    }
}

/// A pair in the one order in which pairs are compared.
pub(crate) fn sorted(pair: &[Language; 2]) -> [Language; 2] {
    let [a, b] = pair.clone();
    if a <= b { [a, b] } else { [b, a] }
}

/// What of an activity its seats depend on.
pub(crate) struct Setting<'a> {
    pub(crate) duration: u32,
    pub(crate) delegations: &'a dyn Fn() -> Vec<DelegationId>,
    pub(crate) waived: &'a dyn Fn(Rule) -> bool,
    pub(crate) pivot: &'a Language,
}

impl Profile {
    /// The alternatives of seats that fill all `needs`; the first are direct.
    pub(crate) fn alternatives(&self, needs: &[Need], at: &Setting<'_>) -> Vec<Vec<Seat>> {
        let mut all = vec![Vec::new()];
        for need in needs {
            let options = self.options(need, at);
            all = options
                .iter()
                .flat_map(|more| all.iter().map(|have| [have.as_slice(), more].concat()))
                .collect();
        }
        all
    }

    fn options(&self, need: &Need, at: &Setting<'_>) -> Vec<Vec<Seat>> {
        let size = |table: &Norm<Vec<TeamSize>>| {
            if (at.waived)(Rule::Team) { 1 } else { team_size(&table.value, at.duration) }
        };
        match need {
            Need::Simultaneous { languages } => {
                let team = size(&self.simultaneous);
                let seats = languages
                    .iter()
                    .flat_map(|language| {
                        seats(&[language.clone(), at.pivot.clone()], team, &Provider::Pool, at)
                    })
                    .collect();
                vec![seats]
            }
            Need::Consecutive { pair, by } => self.spoken(pair, size(&self.consecutive), by, at),
            Need::Whispered { pair, by, .. } => self.spoken(pair, size(&self.whispered), by, at),
            Need::Escort { pair, by } => vec![seats(pair, 1, by, at)],
        }
    }

    fn spoken(
        &self,
        pair: &[Language; 2],
        team: u32,
        by: &Provider,
        at: &Setting<'_>,
    ) -> Vec<Vec<Seat>> {
        let mut options = vec![seats(pair, team, by, at)];
        let relay = self.relay.value || (at.waived)(Rule::Relay);
        if relay && !pair.contains(at.pivot) {
            let half = |side: &Language| seats(&[side.clone(), at.pivot.clone()], team, by, at);
            options.push([half(&pair[0]), half(&pair[1])].concat());
        }
        options
    }
}

fn seats(pair: &[Language; 2], team: u32, by: &Provider, at: &Setting<'_>) -> Vec<Seat> {
    let pair = sorted(pair);
    let sources: Vec<Source> = match by {
        Provider::Pool => vec![None; team as usize],
        Provider::OneSide(delegation) => vec![Some(delegation.clone()); team as usize],
        Provider::EachSide => {
            let each = team.div_ceil(2) as usize;
            let of = |d: &DelegationId| vec![Some(d.clone()); each];
            (at.delegations)().iter().flat_map(of).collect()
        }
    };
    sources.into_iter().map(|source| Seat { pair: pair.clone(), source }).collect()
}
