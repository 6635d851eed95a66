//! Whether interpreters are where they are needed: every rule of interpretation that a programme breaks, with
//! the rule and what is missing. Nothing here looks at how the teams were found.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, InterpreterId, Lang,
    brief::{Brief, Clash},
    interpretation::{self, Mode, Norm, Rule, Work},
    interpreter::{Interpreter, Pair, pair},
    meeting::MeetingState,
    programme::{Activity, Hindrance, Reason, Slot},
    team::{Team, seat, taken},
};

/// What is missing, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Lack {
    /// The rule that is not kept.
    pub rule: Rule,
    /// Between which languages.
    pub pair: Option<Pair>,
    /// Who is concerned.
    pub interpreter: Option<InterpreterId>,
    /// How many more it would take.
    pub more: i64,
    /// From.
    pub from: Timestamp,
    /// Until.
    pub until: Timestamp,
}

impl Lack {
    /// As a reason among others.
    pub fn reason(self) -> Reason {
        Reason { lack: Some(self), ..Reason::alone(Hindrance::Interpreters) }
    }
}

impl Brief {
    /// Somebody of the roster.
    pub fn interpreter(&self, id: InterpreterId) -> Option<&Interpreter> {
        self.interpreters.iter().find(|i| i.id == id)
    }

    /// The languages that have to understand each other: of a session those that it names, of a meeting
    /// the one that each side prefers; the one in which both work where nobody on a complete roster
    /// interprets between those. None where a side has stated no language.
    pub fn spoken(&self, activity: Activity) -> Vec<Lang> {
        match activity {
            Activity::Session(id) => self.session(id).map_or(Vec::new(), |s| s.languages.clone()),
            Activity::Meeting(id) => {
                let Some(meeting) = self.meeting(id) else { return Vec::new() };
                let sides = [meeting.from, meeting.to].map(|d| self.delegation(d));
                let [Some(from), Some(to)] = sides else { return Vec::new() };
                let (Some(a), Some(b)) = (from.languages.first(), to.languages.first()) else {
                    return Vec::new();
                };
                let between = pair(*a, *b);
                let covered = self.interpreters.iter().any(|one| one.pairs().contains(&between));
                let shared = from.languages.iter().find(|lang| to.languages.contains(lang));
                match shared {
                    Some(lang) if self.interpretation.planned && !covered => vec![*lang],
                    _ => vec![*a, *b],
                }
            }
        }
    }

    /// Delegations with meetings that have stated no language: nobody knows who would have to interpret.
    pub fn silent(&self) -> Vec<DelegationId> {
        let meets = |id| self.accepted().any(|meeting| meeting.concerns(id));
        let silent = self.delegations.iter().filter(|d| d.languages.is_empty() && !d.withdrawn);
        silent.map(|d| d.id).filter(|id| meets(*id)).collect()
    }

    /// What an activity would ask of interpreters, whether plans assign them or not.
    pub fn work(&self, activity: Activity) -> Option<Work> {
        let minutes = self.minutes(activity)?;
        let (usual, sides) = match activity {
            Activity::Session(id) => (interpretation::usual(self.session(id)?), Vec::new()),
            Activity::Meeting(id) => {
                let meeting = self.meeting(id).filter(|m| m.state == MeetingState::Accepted)?;
                (Mode::Consecutive, vec![meeting.from, meeting.to])
            }
        };
        let spoken = self.spoken(activity);
        self.interpretation.work(activity, (usual, minutes), &spoken, &sides)
    }

    /// What an activity asks of the plan.
    pub fn needs(&self, activity: Activity) -> Option<Work> {
        if self.interpretation.planned { self.work(activity) } else { None }
    }

    /// Every rule of interpretation that these places and teams break; none while plans assign nobody.
    pub fn lacks(&self, slots: &[Slot], teams: &[Team]) -> Vec<(Activity, Lack)> {
        if !self.interpretation.planned {
            return Vec::new();
        }
        let teams: BTreeMap<Activity, &Team> = teams.iter().map(|t| (t.activity, t)).collect();
        let mut found = Vec::new();
        let mut duties: BTreeMap<InterpreterId, Vec<&Slot>> = BTreeMap::new();
        for slot in slots {
            let team = teams.get(&slot.activity).copied();
            if let Some(work) = self.work(slot.activity) {
                self.team(slot, &work, team, &mut found);
            }
            for one in team.iter().flat_map(|t| t.members()) {
                duties.entry(one).or_default().push(slot);
            }
        }
        for (one, mut duties) in duties {
            duties.sort_by_key(|s| (s.start, s.activity));
            self.duties(one, &duties, &mut found);
        }
        found.sort();
        found.dedup();
        found
    }

    /// The same as clashes, beside those of places.
    pub fn clashes_of(&self, slots: &[Slot], teams: &[Team]) -> Vec<Clash> {
        let mut all = self.clashes(slots);
        let clash = |(activity, lack): (Activity, Lack)| Clash {
            activity,
            other: None,
            reason: lack.reason(),
        };
        all.extend(self.lacks(slots, teams).into_iter().map(clash));
        all
    }

    /// What one team lacks by itself.
    fn team(
        &self,
        slot: &Slot,
        work: &Work,
        team: Option<&Team>,
        found: &mut Vec<(Activity, Lack)>,
    ) {
        let members = team.map_or(Vec::new(), Team::members);
        let here: Vec<&Interpreter> =
            members.iter().filter_map(|id| self.interpreter(*id)).collect();
        let mut add = |rule, pair, more| {
            let (from, until) = (slot.start, slot.end());
            let lack = Lack { rule, pair, interpreter: None, more, from, until };
            found.push((slot.activity, lack));
        };
        let right = here.len() == members.len()
            && work.alternatives.iter().any(|seats| seat(seats, &here).is_some());
        if !right {
            let seats = work.alternatives.first().map_or(&[][..], Vec::as_slice);
            let held = taken(seats, &here);
            let mut missing: BTreeMap<Pair, i64> = BTreeMap::new();
            for (at, _) in seats.iter().enumerate().filter(|(at, _)| held[*at].is_none()) {
                *missing.entry(seats[at].pair).or_default() += 1;
            }
            if missing.is_empty() {
                add(Rule::Team, None, 0);
            }
            for (pair, more) in missing {
                add(Rule::Team, Some(pair), more);
            }
        }
        let arranged = &work.arranged;
        let booths = self.hall(slot.hall).map_or(0, |hall| hall.booths);
        if work.booths > booths && !arranged.waives(Rule::Booths) {
            add(Rule::Booths, None, work.booths - booths);
        }
        let most = self.interpretation.norm(Norm::Listeners);
        let whispered = work.mode == Mode::Whispered && arranged.listeners > most;
        if whispered && !arranged.waives(Rule::Listeners) {
            add(Rule::Listeners, None, arranged.listeners - most);
        }
    }

    /// What one person's duties, by time, break.
    fn duties(&self, one: InterpreterId, duties: &[&Slot], found: &mut Vec<(Activity, Lack)>) {
        let mut add = |slot: &Slot, rule, more| {
            let (from, until) = (slot.start, slot.end());
            let lack = Lack { rule, pair: None, interpreter: Some(one), more, from, until };
            found.push((slot.activity, lack));
        };
        let rules = &self.interpretation;
        let waives = |slot: &Slot, rule| rules.arrangement(slot.activity).waives(rule);
        let mut days = BTreeMap::new();
        for (at, slot) in duties.iter().enumerate() {
            let (from, until) = (self.civil(slot.start), self.civil(slot.end()));
            if !self.interpreter(one).is_some_and(|i| i.is_there(from, until)) {
                add(slot, Rule::Free, 0);
            }
            if !waives(slot, Rule::Day) {
                let day: &mut i64 = days.entry(from.date()).or_default();
                *day += slot.minutes;
                if *day > rules.norm(Norm::Day) {
                    add(slot, Rule::Day, *day - rules.norm(Norm::Day));
                }
            }
            let Some(before) = at.checked_sub(1).map(|b| duties[b]) else { continue };
            if self.civil(before.start).date() != from.date() {
                continue;
            }
            let long = before.minutes >= rules.norm(Norm::LongWork) && !waives(before, Rule::Rest);
            let rest = if long { rules.norm(Norm::Rest) } else { 0 };
            let road = match (self.hall(before.hall), self.hall(slot.hall)) {
                (Some(a), Some(b)) => self.travel(a.venue, b.venue),
                _ => 0,
            };
            let after = |minutes| before.end().saturating_add(SignedDuration::from_mins(minutes));
            if after(road).is_ok_and(|ready| ready > slot.start) {
                add(slot, Rule::Free, 0);
            } else if after(rest).is_ok_and(|ready| ready > slot.start) {
                add(slot, Rule::Rest, rest);
            }
        }
    }
}
