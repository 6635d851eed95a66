//! A text in several languages at once, as units in an order, and every change of it.
//!
//! A change is accepted or refused as a whole. What was accepted is the history: given again in the same
//! order, it makes the same text. Nothing here tells who may do what (see [`crate::access`]), except
//! where two acts must be done by two people.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Lang, PersonId, Refusal, UnitId,
    change::Change,
    coded, safety,
    token::words,
    unit::{CellState, Manner, Seal, Stage, Unit, Wording},
};

/// Most units of one text.
pub const MOST_UNITS: usize = 5_000;
/// Longest wording of one unit, in characters.
pub const LONGEST: usize = 20_000;

coded! {
    /// What a language version is worth.
    pub enum Authority {
        /// Equally binding with every other authentic one.
        Authentic = "authentic",
        /// For information.
        Translation = "translation",
    }
}

/// A text under negotiation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Its languages.
    pub languages: BTreeMap<Lang, Authority>,
    /// The units in their order.
    pub units: Vec<Unit>,
    /// The units that went out.
    pub removed: Vec<Unit>,
    /// By a unit that went out by merging: the unit that took it in, as it stood before.
    pub merged: BTreeMap<UnitId, Unit>,
}

impl Declaration {
    /// A text without units. At least one language must be authentic.
    pub fn new(languages: BTreeMap<Lang, Authority>) -> Result<Self, Refusal> {
        if languages.values().any(|authority| *authority == Authority::Authentic) {
            let (units, removed, merged) = (Vec::new(), Vec::new(), BTreeMap::new());
            Ok(Declaration { languages, units, removed, merged })
        } else {
            Err(Refusal::new("declaration-no-authentic"))
        }
    }

    /// The authentic languages.
    pub fn authentic(&self) -> impl Iterator<Item = Lang> {
        let authentic = self.languages.iter().filter(|(_, a)| **a == Authority::Authentic);
        authentic.map(|(lang, _)| *lang)
    }

    /// A unit of the text.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    fn place(&self, id: UnitId) -> Result<usize, Refusal> {
        let place = self.units.iter().position(|unit| unit.id == id);
        place.ok_or_else(|| Refusal::new("declaration-unit-gone"))
    }

    /// The place right behind a unit, or the beginning.
    fn behind(&self, after: Option<UnitId>) -> Result<usize, Refusal> {
        after.map_or(Ok(0), |unit| self.place(unit).map(|place| place + 1))
    }

    /// An identifier that was never used, and room for one more unit.
    fn fresh(&self, id: UnitId) -> Result<(), Refusal> {
        if self.units.iter().chain(&self.removed).any(|unit| unit.id == id) {
            return Err(Refusal::new("declaration-unit-known"));
        }
        self.room()
    }

    fn room(&self) -> Result<(), Refusal> {
        if self.units.len() >= MOST_UNITS {
            return Err(Refusal::new("declaration-too-long").with("most", MOST_UNITS));
        }
        Ok(())
    }

    /// One language as canonical text: for every unit one line with its identifier, kind and number of
    /// lines, then its words. This is what is hashed and signed.
    pub fn canonical(&self, lang: Lang) -> String {
        let unit = |unit: &Unit| {
            let text = unit.text(lang);
            let lines = text.split('\n').count();
            format!("unit {} {} {lines}\n{text}\n", unit.id, unit.kind)
        };
        self.units.iter().map(unit).collect()
    }

    /// The hash over all languages and their authority: what a silence and an adoption are bound to.
    pub fn seal(&self) -> Seal {
        let line = |(lang, authority): (&Lang, &Authority)| {
            format!("{lang} {authority} {}\n", Seal::of(&self.canonical(*lang)).hex())
        };
        Seal::of(&self.languages.iter().map(line).collect::<String>())
    }

    /// The cells of authentic languages that are not concordant.
    pub fn unready(&self) -> Vec<(UnitId, Lang, CellState)> {
        let cells = self.units.iter().flat_map(|unit| self.authentic().map(move |l| (unit, l)));
        let states = cells.map(|(unit, lang)| (unit.id, lang, unit.state(lang)));
        states.filter(|(_, _, state)| *state != CellState::Concordant).collect()
    }

    /// Takes a change, or refuses it and changes nothing.
    pub fn act(&mut self, change: &Change) -> Result<(), Refusal> {
        match change {
            Change::Added { unit, kind, after } => {
                self.fresh(*unit)?;
                let place = self.behind(*after)?;
                self.units.insert(place, Unit::new(*unit, *kind));
            }
            Change::Removed { unit } => {
                let unit = self.units.remove(self.place(*unit)?);
                self.removed.push(unit);
            }
            Change::Restored { unit, after } => {
                self.room()?;
                let place = self.behind(*after)?;
                let gone = self.removed.iter().position(|gone| gone.id == *unit);
                let gone = gone.ok_or_else(|| Refusal::new("declaration-unit-gone"))?;
                self.part(*unit, &self.removed[gone].clone())?;
                self.units.insert(place, self.removed.remove(gone));
            }
            Change::Shifted { unit, after } => {
                let from = self.place(*unit)?;
                self.behind(*after)?;
                if *after == Some(*unit) {
                    return Err(Refusal::new("declaration-behind-itself"));
                }
                let unit = self.units.remove(from);
                // The place behind the other unit is looked up after this one has left.
                let place = self.behind(*after).unwrap_or(from);
                self.units.insert(place, unit);
            }
            Change::Wrote { .. } => self.write(change)?,
            Change::Offered { unit, lang } => {
                let place = self.place(*unit)?;
                let unit = &mut self.units[place];
                let state = unit.state(*lang);
                match unit.chains.get_mut(lang).filter(|_| state == CellState::InWork) {
                    Some(chain) => chain.stage = Stage::Offered,
                    None => return Err(wrong_state(state)),
                }
            }
            Change::Concorded { unit, lang, base, by, at } => {
                let place = self.place(*unit)?;
                self.concordable(&self.units[place], *lang, base, *by)?;
                if let Some(chain) = self.units[place].chains.get_mut(lang) {
                    chain.stage = Stage::Concordant { by: *by, at: *at };
                }
            }
            Change::Split { .. } => self.split(change)?,
            Change::Merged { unit, next, by, at } => self.merge(*unit, *next, *by, *at)?,
        }
        Ok(())
    }

    /// A language officer who did not write may sign what was offered, once every authentic language
    /// stands in the same turn, and only safe text.
    fn concordable(
        &self,
        unit: &Unit,
        lang: Lang,
        base: &Seal,
        by: PersonId,
    ) -> Result<(), Refusal> {
        let state = unit.state(lang);
        if state != CellState::Revised {
            return Err(wrong_state(state));
        }
        if *base != unit.seal(lang) {
            return Err(Refusal::new("declaration-moved"));
        }
        if unit.wrote(lang, by) {
            return Err(Refusal::new("declaration-own-wording"));
        }
        let behind = |lang: &Lang| {
            let state = unit.state(*lang);
            matches!(state, CellState::Missing | CellState::Stale | CellState::MachineDraft)
        };
        if let Some(behind) = self.authentic().find(behind) {
            return Err(Refusal::new("declaration-languages-apart").with("lang", behind));
        }
        safety::check(unit.text(lang), lang)
    }

    fn write(&mut self, change: &Change) -> Result<(), Refusal> {
        let Change::Wrote { unit, lang, text, manner, base, turn, by, second, at } = change else {
            return Ok(());
        };
        let place = self.place(*unit)?;
        let unit = &self.units[place];
        let authority = *self.languages.get(lang).ok_or(Refusal::new("declaration-language"))?;
        let state = unit.state(*lang);
        if *base != unit.seal(*lang) || *turn != unit.turn {
            return Err(Refusal::new("declaration-moved"));
        }
        let length = text.chars().count();
        if length > LONGEST {
            return Err(Refusal::new("too-long").with("most", LONGEST).with("have", length));
        }
        if words(text).is_empty() {
            return Err(Refusal::new("missing"));
        }
        let sole = !self.authentic().any(|authentic| unit.chains.contains_key(&authentic));
        let stage = match manner {
            // Drafting starts in any language; once an authentic one exists, only those lead.
            Manner::Leads if authority == Authority::Authentic || sole => Stage::Work,
            Manner::Leads => return Err(Refusal::new("declaration-translation-leads")),
            Manner::Follows if unit.turn > 0 => Stage::Work,
            Manner::Machine if unit.turn > 0 && machine_may(state) => Stage::Machine,
            Manner::Editorial if settled(state) && second.is_some_and(|second| second != *by) => {
                unit.chains.get(lang).map_or(Stage::Work, |chain| chain.stage)
            }
            Manner::Editorial if settled(state) => {
                return Err(Refusal::new("declaration-second-person"));
            }
            _ => return Err(wrong_state(state)),
        };
        if *manner == Manner::Editorial && matches!(stage, Stage::Concordant { .. }) {
            safety::check(text, *lang)?;
        }
        let turn = if *manner == Manner::Leads { turn.saturating_add(1) } else { *turn };
        let wording = Wording { text: text.clone(), by: *by, at: *at, manner: *manner, turn };
        let unit = &mut self.units[place];
        unit.turn = turn;
        unit.push(*lang, wording, stage);
        if authority == Authority::Authentic && *manner != Manner::Editorial {
            unit.withdraw_concordance(*lang);
        }
        Ok(())
    }

    fn split(&mut self, change: &Change) -> Result<(), Refusal> {
        let Change::Split { unit, new, lang, base, parts, by, at } = change else { return Ok(()) };
        self.fresh(*new)?;
        let place = self.place(*unit)?;
        let old = &self.units[place];
        if self.languages.get(lang) != Some(&Authority::Authentic) {
            return Err(Refusal::new("declaration-translation-leads"));
        }
        if *base != old.seal(*lang) || old.state(*lang) == CellState::Stale {
            return Err(Refusal::new("declaration-moved"));
        }
        let (first, second) = (words(&parts.0), words(&parts.1));
        if first.is_empty() || second.is_empty() {
            return Err(Refusal::new("missing"));
        }
        if [first, second].concat() != words(old.text(*lang)) {
            return Err(Refusal::new("declaration-words-lost"));
        }
        let turn = old.turn.saturating_add(1);
        let wording = |text: &String| Wording {
            text: text.clone(),
            by: *by,
            at: *at,
            manner: Manner::Leads,
            turn,
        };
        let mut added = Unit::new(*new, old.kind);
        added.from.push(*unit);
        added.turn = turn;
        added.push(*lang, wording(&parts.1), Stage::Work);
        self.units[place].turn = turn;
        self.units[place].push(*lang, wording(&parts.0), Stage::Work);
        self.units.insert(place + 1, added);
        Ok(())
    }

    fn merge(
        &mut self,
        unit: UnitId,
        next: UnitId,
        by: PersonId,
        at: Timestamp,
    ) -> Result<(), Refusal> {
        let place = self.place(unit)?;
        if self.units.get(place + 1).map(|unit| unit.id) != Some(next) {
            return Err(Refusal::new("declaration-not-neighbours"));
        }
        let gone = self.units.remove(place + 1);
        let kept = &mut self.units[place];
        let turn = kept.turn.max(gone.turn).saturating_add(1);
        self.merged.insert(next, kept.clone());
        for lang in Lang::ALL {
            let text = joined(kept, &gone, lang);
            if text.is_empty() {
                continue;
            }
            // Only languages in which both parts were in line go on together.
            let level = [&*kept, &gone].iter().all(|u| settled(u.state(lang)));
            let turn = if level { turn } else { 0 };
            kept.push(lang, Wording { text, by, at, manner: Manner::Leads, turn }, Stage::Work);
        }
        kept.turn = turn;
        kept.from.push(next);
        self.removed.push(gone);
        Ok(())
    }

    /// Undoes the merging by which a unit went out, so that no word stands twice: the unit that took it in
    /// has its former words again. Refused once those words are no longer what the merging made.
    fn part(&mut self, unit: UnitId, gone: &Unit) -> Result<(), Refusal> {
        let Some(before) = self.merged.get(&unit) else { return Ok(()) };
        let now = self.units.iter_mut().find(|now| now.id == before.id);
        let now = now.ok_or_else(|| Refusal::new("declaration-merge-gone"))?;
        if Lang::ALL.iter().any(|lang| now.text(*lang) != joined(before, gone, *lang)) {
            return Err(Refusal::new("declaration-merge-changed"));
        }
        let turn = now.turn.saturating_add(1);
        now.turn = turn;
        if let Some(at) = now.from.iter().rposition(|from| *from == unit) {
            now.from.remove(at);
        }
        now.chains.retain(|lang, _| before.chains.contains_key(lang));
        for (lang, chain) in &before.chains {
            let Some(last) = chain.last() else { continue };
            // What was in line is in line, and what was stale stays so; it is signed for anew.
            let turn = if last.turn == before.turn { turn } else { last.turn };
            let stage = match chain.stage {
                Stage::Concordant { .. } => Stage::Offered,
                stage => stage,
            };
            now.push(*lang, Wording { turn, ..last.clone() }, stage);
        }
        self.merged.remove(&unit);
        Ok(())
    }
}

/// The words of two units as one.
fn joined(first: &Unit, second: &Unit, lang: Lang) -> String {
    let parts = [first.text(lang), second.text(lang)];
    let parts: Vec<&str> = parts.into_iter().filter(|text| !text.is_empty()).collect();
    parts.join(if lang == Lang::Zh { "" } else { " " })
}

fn wrong_state(state: CellState) -> Refusal {
    Refusal::new("declaration-wrong-state").with("state", state)
}

/// A machine writes only where no person's current words would be covered.
fn machine_may(state: CellState) -> bool {
    matches!(state, CellState::Missing | CellState::Stale | CellState::MachineDraft)
}

/// Whether a person's words stand there and are current.
fn settled(state: CellState) -> bool {
    matches!(state, CellState::InWork | CellState::Revised | CellState::Concordant)
}
