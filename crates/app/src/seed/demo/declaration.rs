//! The exercise text: its dossier, its units in their languages with most of them signed, its glossary.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    EditionId, Lang, PersonId, UnitId,
    change::Change,
    declaration::Authority,
    dossier::{Dossier, DossierKind},
    glossary::{Concept, Entry},
    negotiation::{Deed, Event, Negotiation},
    procedure::{Rules, Step},
    unit::Manner,
};
use jiff::{SignedDuration, Timestamp};
use store::{Conn, Result};

use super::{Written, file, found, unknown};
use crate::{chance, reading::Readings};

/// Everything done so far, each thing a little later than the one before.
struct Desk {
    state: Negotiation,
    done: Vec<Event>,
    at: Timestamp,
}

impl Desk {
    fn act(&mut self, deed: Deed) -> Result<()> {
        self.at = self.at.saturating_add(SignedDuration::from_secs(40)).unwrap_or(self.at);
        let event = Event { at: self.at, deed };
        self.state.act(&event)?;
        self.done.push(event);
        Ok(())
    }

    fn write(
        &mut self,
        unit: UnitId,
        lang: Lang,
        text: &str,
        manner: Manner,
        by: PersonId,
    ) -> Result<()> {
        let there = self.state.text.unit(unit).ok_or(store::Error::Missing)?;
        let (base, turn, at) = (there.seal(lang), there.turn, self.at);
        let (text, second) = (text.to_owned(), None);
        self.act(Deed::Text(Change::Wrote { unit, lang, text, manner, base, turn, by, second, at }))
    }

    fn sign(&mut self, unit: UnitId, lang: Lang, by: PersonId) -> Result<()> {
        let there = self.state.text.unit(unit).ok_or(store::Error::Missing)?;
        let (base, at) = (there.seal(lang), self.at);
        self.act(Deed::Text(Change::Concorded { unit, lang, base, by, at }))
    }
}

/// Writes the text and its glossary.
pub(super) fn write(c: &mut Conn, written: &mut Written<'_>) -> Result<()> {
    let file = &written.files.declaration;
    let began = written.now.saturating_sub(SignedDuration::from_hours(24 * 5));
    let began = began.unwrap_or(written.now);
    let who = |office: &BTreeMap<Lang, String>, lang: Lang| {
        let key = office.get(&lang).ok_or_else(|| unknown(lang.code()))?;
        found(&written.people, key).copied()
    };
    let opener = who(&file.writers, Lang::Zh)?;
    let dossier = dossier(file, written.edition.id, opener, began);
    let mut desk = Desk { state: dossier.begin()?, done: Vec::new(), at: began };
    let (mut after, mut units) = (None, BTreeMap::new());
    for unit in &file.units {
        let (id, kind): (UnitId, _) = (chance::id(), unit.kind);
        desk.act(Deed::Text(Change::Added { unit: id, kind, after }))?;
        after = Some(id);
        units.insert(unit.key.as_str(), id);
        let langs = || dossier.languages.keys().copied().filter(|l| unit.words(*l).is_some());
        for (at, lang) in langs().enumerate() {
            let manner = if at == 0 { Manner::Leads } else { Manner::Follows };
            let text = unit.words(lang).unwrap_or_default();
            desk.write(id, lang, text, manner, who(&file.writers, lang)?)?;
            if !unit.work.contains(&lang) {
                desk.act(Deed::Text(Change::Offered { unit: id, lang }))?;
            }
        }
        for lang in langs().filter(|l| !unit.work.contains(l) && !unit.offered.contains(l)) {
            desk.sign(id, lang, who(&file.officers, lang)?)?;
        }
    }
    desk.act(Deed::Step(Step::Revised))?;
    for unit in &file.units {
        if let Some(later) = &unit.later {
            let (id, by) = (*found(&units, &unit.key)?, who(&file.writers, later.lang)?);
            desk.write(id, later.lang, &later.text, Manner::Leads, by)?;
        }
    }
    store::dossier::insert(c, &dossier)?;
    Readings::default().act(c, &dossier, Some(opener), &desk.done)?;
    written.declaration = Some(dossier);
    written.units = units;
    glossary(c, written)
}

fn dossier(
    file: &file::Declaration,
    edition: EditionId,
    by: PersonId,
    opened: Timestamp,
) -> Dossier {
    let authentic = file.authentic.iter().map(|lang| (*lang, Authority::Authentic));
    let translations = file.translations.iter().map(|lang| (*lang, Authority::Translation));
    Dossier {
        id: chance::id(),
        edition,
        kind: DossierKind::Declaration,
        title: file.titles.text(),
        symbol: file.symbol.clone(),
        languages: authentic.chain(translations).collect(),
        rules: Rules::house(),
        parties: BTreeSet::new(),
        officers: BTreeSet::new(),
        settled: None,
        exercise: true,
        opened,
        by,
    }
}

fn glossary(c: &mut Conn, written: &Written<'_>) -> Result<()> {
    for concept in &written.files.concepts {
        let entry = Entry {
            id: chance::id(),
            series: Some(written.edition.series),
            concept: Concept { id: concept.key.clone(), terms: concept.terms.clone() },
            note: concept.note.clone(),
        };
        store::glossary::insert(c, &entry)?;
    }
    Ok(())
}

/// The accounts of the personas, by key.
pub(super) type People<'a> = BTreeMap<&'a str, PersonId>;

impl file::Unit {
    /// The words of a language.
    fn words(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Zh => self.zh.as_deref(),
            Lang::Ru => self.ru.as_deref(),
            Lang::En => self.en.as_deref(),
            Lang::Fa => None,
        }
    }
}
