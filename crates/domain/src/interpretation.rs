//! How the activities of an edition are interpreted: the rules in force, what is arranged for a single
//! activity, and the seats that this asks for.
//!
//! The rules are those of the profession, the stricter one where sources differ. A *house rule* replaces one
//! for the whole edition, a *waiver* lets one rest for a single activity; each has a reason, and is shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, EditionId, FieldRefusals, InterpreterId, Lang, Refusal, coded,
    interpreter::{Pair, pair},
    programme::Activity,
    session::{Session, SessionKind},
    team::Seat,
};

coded! {
    /// How it is interpreted.
    pub enum Mode {
        /// From booths, while the speaker speaks.
        Simultaneous = "simultaneous",
        /// After the speaker.
        Consecutive = "consecutive",
        /// Whispered to very few listeners.
        Whispered = "whispered",
        /// One interpreter goes along.
        Escort = "escort",
        /// Not at all: everyone understands each other.
        Unneeded = "unneeded",
    }
}

/// Who brings the interpreters of a meeting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The edition's pool.
    #[default]
    Pool,
    /// Each of the two sides, in equal number.
    EachSide,
    /// One side brings all of them.
    OneSide(DelegationId),
}

coded! {
    /// A rule of interpretation.
    pub enum Rule {
        /// The team is as large as its work needs.
        Team = "team",
        /// No conversation goes through a third language.
        Relay = "relay",
        /// Whispering serves few listeners.
        Listeners = "listeners",
        /// One booth for every language but one.
        Booths = "booths",
        /// Long work is followed by a rest.
        Rest = "rest",
        /// A day's work has an end.
        Day = "day",
        /// Everyone is there, in one place at a time, with time for the way.
        Free = "free",
    }
}

impl Rule {
    /// The rules that the chief interpreter may waive for one activity.
    pub const WAIVABLE: [Rule; 6] =
        [Rule::Team, Rule::Relay, Rule::Listeners, Rule::Booths, Rule::Rest, Rule::Day];
}

coded! {
    /// A number that a rule goes by.
    pub enum Norm {
        /// Interpreters in a two-way booth.
        Booth = "booth",
        /// The same when it works longer than six hours.
        LongBooth = "long_booth",
        /// Interpreters of a pair in consecutive work.
        Consecutive = "consecutive",
        /// Interpreters of a whispering pair.
        Whispered = "whispered",
        /// Most listeners of a whispering pair.
        Listeners = "listeners",
        /// Whether conversations may go through a third language: 1 for yes.
        Relay = "relay",
        /// Most minutes of work in a day.
        Day = "day",
        /// Work of so many minutes is followed by a rest.
        LongWork = "long_work",
        /// The rest, in minutes.
        Rest = "rest",
        /// Most minutes at the microphone in a row.
        Turn = "turn",
    }
}

/// A booth works long beyond so many minutes.
pub const LONG: i64 = 360;

impl Norm {
    /// The profession's number, the stricter one where sources differ.
    pub const fn strict(self) -> i64 {
        match self {
            Norm::Booth => 3,
            Norm::LongBooth => 4,
            Norm::Consecutive | Norm::Whispered | Norm::Listeners => 2,
            Norm::Relay => 0,
            Norm::Day => 360,
            Norm::LongWork => 60,
            Norm::Rest => 15,
            Norm::Turn => 30,
        }
    }

    /// Where that number comes from, as the profession cites it.
    pub const fn source(self) -> &'static str {
        match self {
            Norm::Booth => "AIIC Professional Standards, art. 6; AIIC Canada, working conditions",
            Norm::LongBooth => "AIIC Canada, working conditions",
            Norm::Consecutive | Norm::Whispered | Norm::Listeners | Norm::Relay => {
                "AIIC Professional Standards, art. 6"
            }
            Norm::Day => "AIIC Canada, working conditions: normal six-hour day",
            Norm::LongWork | Norm::Rest | Norm::Turn => "practice of the profession",
        }
    }

    /// What a house rule may set.
    pub const fn range(self) -> std::ops::RangeInclusive<i64> {
        match self {
            Norm::Booth | Norm::LongBooth | Norm::Consecutive | Norm::Whispered => 1..=6,
            Norm::Listeners => 1..=20,
            Norm::Relay => 0..=1,
            Norm::Day => 60..=720,
            Norm::LongWork => 15..=600,
            Norm::Rest => 0..=120,
            Norm::Turn => 10..=60,
        }
    }
}

/// A number of the house, in place of the profession's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct House {
    /// The number.
    pub value: i64,
    /// Why; never empty.
    pub reason: String,
}

/// A rule that rests for one activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Which.
    pub rule: Rule,
    /// Why, in the chief interpreter's words; never empty.
    pub reason: String,
}

/// What is arranged for one activity; what is not is as usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangement {
    /// For which.
    pub activity: Activity,
    /// Counts the changes: who saw an older version is shown the newer one.
    pub version: i32,
    /// How it is interpreted; the usual way of its kind when not said.
    pub mode: Option<Mode>,
    /// Who brings the interpreters.
    #[serde(default)]
    pub by: By,
    /// How many listen, where it is whispered.
    #[serde(default)]
    pub listeners: i64,
    /// Rules that rest.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    /// The whole team, where it is decided.
    #[serde(default)]
    pub team: Option<Vec<InterpreterId>>,
}

impl Arrangement {
    /// Nothing out of the usual.
    pub fn usual(activity: Activity) -> Self {
        let (mode, by, listeners) = (None, By::Pool, 1);
        Self { activity, version: 0, mode, by, listeners, waivers: Vec::new(), team: None }
    }

    /// Checks what no single field can know: a waiver has a reason.
    pub fn check(&self) -> Result<(), FieldRefusals> {
        let mut refused = FieldRefusals::default();
        for waiver in &self.waivers {
            if waiver.reason.trim().is_empty() || !Rule::WAIVABLE.contains(&waiver.rule) {
                refused.add(&format!("waive.{}", waiver.rule), Refusal::new("missing"));
            }
        }
        if matches!(self.activity, Activity::Session(_)) && self.by != By::Pool {
            refused.add("by", Refusal::new("choose"));
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }

    /// Whether a rule rests here.
    pub fn waives(&self, rule: Rule) -> bool {
        self.waivers.iter().any(|waiver| waiver.rule == rule)
    }
}

/// How an edition is interpreted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpretation {
    /// The edition.
    pub id: EditionId,
    /// Whether plans assign interpreters: from the day on which the roster is complete.
    pub planned: bool,
    /// The language through which booths work.
    pub pivot: Lang,
    /// Numbers of the house.
    #[serde(default)]
    pub house: BTreeMap<Norm, House>,
    /// What is arranged, by activity.
    #[serde(default)]
    pub arranged: Vec<Arrangement>,
}

impl Interpretation {
    /// As an edition begins: the profession's rules, and no plan assigns anyone.
    pub fn of(id: EditionId) -> Self {
        let (house, arranged) = (BTreeMap::new(), Vec::new());
        Self { id, planned: false, pivot: Lang::Ru, house, arranged }
    }

    /// The number in force.
    pub fn norm(&self, norm: Norm) -> i64 {
        self.house.get(&norm).map_or(norm.strict(), |house| house.value)
    }

    /// What is arranged for an activity.
    pub fn arrangement(&self, activity: Activity) -> Arrangement {
        let found = self.arranged.iter().find(|a| a.activity == activity);
        found.cloned().unwrap_or_else(|| Arrangement::usual(activity))
    }

    /// Puts an arrangement in the place of the one before it.
    pub fn arrange(&mut self, new: Arrangement) {
        self.arranged.retain(|a| a.activity != new.activity);
        self.arranged.push(new);
        self.arranged.sort_by_key(|a| a.activity);
    }

    /// Interpreters per pair for work of a kind and length.
    fn size(&self, mode: Mode, minutes: i64) -> i64 {
        match mode {
            Mode::Simultaneous if minutes > LONG => self.norm(Norm::LongBooth),
            Mode::Simultaneous => self.norm(Norm::Booth),
            Mode::Consecutive => self.norm(Norm::Consecutive),
            Mode::Whispered => self.norm(Norm::Whispered),
            Mode::Escort => 1,
            Mode::Unneeded => 0,
        }
    }

    /// What an activity asks for in which these languages are spoken; nothing when one is enough.
    pub fn work(
        &self,
        activity: Activity,
        (usual, minutes): (Mode, i64),
        languages: &[Lang],
        sides: &[DelegationId],
    ) -> Option<Work> {
        let arranged = self.arrangement(activity);
        let mode = arranged.mode.unwrap_or(usual);
        let mut languages = languages.to_vec();
        languages.sort_unstable();
        languages.dedup();
        if mode == Mode::Unneeded || languages.len() < 2 {
            return None;
        }
        let pairs = pairs(&languages, self.pivot, mode);
        let size = if arranged.waives(Rule::Team) { 1 } else { self.size(mode, minutes) };
        let seats = |pairs: &[Pair]| -> Vec<Seat> {
            pairs.iter().flat_map(|pair| seated(*pair, size, arranged.by, sides)).collect()
        };
        let mut alternatives = vec![seats(&pairs)];
        let spoken = matches!(mode, Mode::Consecutive | Mode::Whispered);
        let relay = self.norm(Norm::Relay) == 1 || arranged.waives(Rule::Relay);
        if let [only] = pairs.as_slice()
            && spoken
            && relay
            && !only.contains(&self.pivot)
        {
            let halves = only.map(|lang| pair(lang, self.pivot));
            alternatives.push(seats(&halves));
        }
        let booths = if mode == Mode::Simultaneous { pairs.len() } else { 0 };
        let booths = i64::try_from(booths).unwrap_or(i64::MAX);
        Some(Work { mode, pairs, alternatives, booths, arranged })
    }
}

/// The pairs that several languages need. Booths all work through the pivot, even where nobody speaks it;
/// elsewhere the first language stands in for a pivot that nobody speaks.
fn pairs(languages: &[Lang], pivot: Lang, mode: Mode) -> Vec<Pair> {
    let spoken = languages.contains(&pivot) || mode == Mode::Simultaneous;
    let hub = if spoken { pivot } else { languages.first().copied().unwrap_or(pivot) };
    languages.iter().filter(|l| **l != hub).map(|l| pair(*l, hub)).collect()
}

fn seated(pair: Pair, size: i64, by: By, sides: &[DelegationId]) -> Vec<Seat> {
    let count = usize::try_from(size).unwrap_or(0);
    match by {
        By::Pool => vec![Seat { pair, of: None }; count],
        By::OneSide(side) => vec![Seat { pair, of: Some(side) }; count],
        By::EachSide => {
            let each =
                |side: &DelegationId| vec![Seat { pair, of: Some(*side) }; count.div_ceil(2)];
            sides.iter().flat_map(each).collect()
        }
    }
}

/// How a session is usually interpreted: where people sit and listen, from booths; the press is answered
/// sentence by sentence; on visits and at table somebody goes along.
pub fn usual(session: &Session) -> Mode {
    match session.kind {
        SessionKind::Press => Mode::Consecutive,
        SessionKind::Matching | SessionKind::Culture | SessionKind::Visit | SessionKind::Meal => {
            Mode::Escort
        }
        _ => Mode::Simultaneous,
    }
}

/// What an activity asks of interpreters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// How it is done.
    pub mode: Mode,
    /// The pairs, one booth or team each.
    pub pairs: Vec<Pair>,
    /// Seats that have to be filled exactly: of one of these lists, the first direct.
    pub alternatives: Vec<Vec<Seat>>,
    /// Booths that it takes.
    pub booths: i64,
    /// What is arranged.
    pub arranged: Arrangement,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn three_languages_take_two_booths_of_three_and_a_talk_takes_two_people() {
        let rules = Interpretation::of(Uuid::nil().into());
        let activity = Activity::Session(Uuid::nil().into());
        let langs = [Lang::Zh, Lang::Ru, Lang::En];
        let seats = |mode, minutes, langs: &[Lang]| {
            let work = rules.work(activity, (mode, minutes), langs, &[])?;
            Some((work.pairs.len(), work.alternatives[0].len()))
        };
        assert_eq!(seats(Mode::Simultaneous, 90, &langs), Some((2, 6)));
        assert_eq!(seats(Mode::Simultaneous, 400, &langs), Some((2, 8)));
        assert_eq!(seats(Mode::Consecutive, 30, &langs[..2]), Some((1, 2)));
        assert_eq!(seats(Mode::Escort, 30, &langs), Some((2, 2)));
        assert_eq!(seats(Mode::Simultaneous, 90, &langs[..1]), None);
        assert_eq!(seats(Mode::Unneeded, 90, &langs), None);
    }

    #[test]
    fn a_waiver_needs_a_reason_and_lets_one_work_alone() {
        let mut rules = Interpretation::of(Uuid::nil().into());
        let activity = Activity::Meeting(Uuid::nil().into());
        let waiver = |reason: &str| Waiver { rule: Rule::Team, reason: reason.to_owned() };
        let arranged = |reason: &str| Arrangement {
            waivers: vec![waiver(reason)],
            ..Arrangement::usual(activity)
        };
        assert!(arranged(" ").check().is_err());
        rules.arrange(arranged("ten minutes only"));
        let work = rules.work(activity, (Mode::Consecutive, 30), &[Lang::Zh, Lang::En], &[]);
        let work = work.expect("two languages");
        assert_eq!((work.alternatives.len(), work.alternatives[0].len()), (1, 1));
    }
}
