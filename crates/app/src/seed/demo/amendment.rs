//! What delegations of invented cities propose to change in the exercise text, what they can live with, and
//! the objections that two of them turned into reservations. What nobody contests is agreed already.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AmendmentId, DelegationId, Lang, PersonId, UnitId,
    access::Role,
    amendment::{Amendment, AmendmentState, Operation},
    declaration::Declaration,
    document,
    dossier::Dossier,
    negotiation::{Deed, Event},
    procedure::{ObjectionKind, Outcome, Step},
    proposal::{Decision, Proposal},
    statement::{Grouping, Statement},
    support::Stance,
    support_group::SupportGroup,
    text_import::TextImport,
    unit::{CellState, Unit, UnitKind},
};
use serde::Deserialize;
use store::{Conn, Result};

use super::{Written, file, unknown};
use crate::{chance, reading::Readings};

#[derive(Deserialize)]
struct Whole {
    symbol: String,
    parties: Vec<String>,
    least_hours: i64,
    amendments: Vec<Line>,
    objections: Vec<Objection>,
    statements: Vec<Put>,
    groups: Vec<Group>,
    brought: Brought,
}

/// A group in which support is measured.
#[derive(Deserialize)]
struct Group {
    #[serde(flatten)]
    names: file::Words,
    members: Vec<String>,
}

/// Paragraphs that a language officer has brought from elsewhere and not taken in yet.
#[derive(Deserialize)]
struct Brought {
    by: String,
    paragraphs: Vec<Paragraph>,
}

#[derive(Deserialize)]
struct Paragraph {
    kind: UnitKind,
    #[serde(flatten)]
    words: BTreeMap<Lang, String>,
}

/// A statement on which support is measured, and what the delegations say.
#[derive(Deserialize)]
struct Put {
    unit: String,
    #[serde(flatten)]
    words: file::Words,
    grouping: Grouping,
    stances: BTreeMap<String, Stance>,
}

#[derive(Deserialize)]
struct Line {
    by: String,
    with: Vec<String>,
    unit: String,
    lang: Lang,
    #[serde(rename = "do")]
    operation: String,
    text: Option<String>,
    explanation: String,
    state: AmendmentState,
    #[serde(default)]
    reason: String,
}

/// As much of the file of the text as is needed to find its units.
#[derive(Deserialize)]
struct Keys {
    units: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    key: String,
    zh: Option<String>,
}

#[derive(Deserialize)]
struct Objection {
    by: String,
    unit: String,
    reason: String,
    outcome: Outcome,
}

/// Writes the amendments and objections to the exercise text, and agrees what nobody contests.
pub(super) fn amendments(c: &mut Conn, written: &Written<'_>) -> Result<()> {
    let whole: Whole = file::amendments()?;
    let dossiers = store::dossier::of_edition(c, written.edition.id)?.into_iter();
    let texts = dossiers.map(|found| found.value).filter(|dossier| dossier.symbol == whole.symbol);
    texts.into_iter().try_for_each(|dossier| lay(c, written, &whole, dossier))
}

/// Two invented cities are to sign it, and a silence may be as short as whoever tries it has patience.
fn lay(c: &mut Conn, written: &Written<'_>, whole: &Whole, mut dossier: Dossier) -> Result<()> {
    let parties = whole.parties.iter().map(|key| written.delegation(key));
    dossier.parties = parties.collect::<Result<_>>()?;
    dossier.rules.least_hours = whole.least_hours;
    store::dossier::save(c, &dossier, 1)?;
    let readings = Readings::default();
    let text = readings.read(c, &dossier)?.negotiation.text.clone();
    let chair = chair(c, written)?;
    let units = keys(&text)?;
    let unit = |key: &str| units.get(key).copied().ok_or_else(|| unknown(key));
    let mut contested = BTreeSet::new();
    let mut number = 0;
    for line in &whole.amendments {
        let operation = operation(line, &unit)?;
        let by = written.delegation(&line.by)?;
        let id: AmendmentId = chance::id();
        let made = Amendment::new(id, by, line.lang, operation, &text)?;
        let author = dossier.by;
        let mut proposal = Proposal::draft(dossier.id, made, line.explanation.clone(), author);
        if line.state != AmendmentState::Draft {
            number += 1;
            proposal.table(number, &text, written.now)?;
        }
        for other in &line.with {
            proposal.sponsor(written.delegation(other)?, true)?;
        }
        let decision = Decision { by: chair, at: written.now, reason: line.reason.clone() };
        match line.state {
            AmendmentState::Draft => {}
            AmendmentState::Tabled => contested.extend(proposal.amendment.operation.place()),
            AmendmentState::Withdrawn => proposal.withdraw(author, written.now)?,
            settled => proposal.decide(settled, decision)?,
        }
        store::amendment::insert(c, &proposal)?;
    }
    for put in &whole.statements {
        let statement = Statement {
            id: chance::id(),
            declaration: dossier.id,
            unit: Some(unit(&put.unit)?),
            text: put.words.text(),
            grouping: put.grouping,
            groups: Vec::new(),
            by: chair,
            at: written.now,
            closed: None,
        };
        store::statement::insert(c, &statement)?;
        for (key, stance) in &put.stances {
            store::statement::say(c, statement.id, written.delegation(key)?, *stance)?;
        }
    }
    groups(c, written, &whole.groups)?;
    bring(c, written, &dossier, &whole.brought)?;
    object(c, written, &dossier, &readings, (&whole.objections, &unit))?;
    agree(c, written, &dossier, &readings, (chair, &contested))
}

fn groups(c: &mut Conn, written: &Written<'_>, groups: &[Group]) -> Result<()> {
    for group in groups {
        let members = group.members.iter().map(|key| written.delegation(key));
        let (edition, members) = (written.edition.id, members.collect::<Result<_>>()?);
        let group = SupportGroup { id: chance::id(), edition, name: group.names.text(), members };
        store::support_group::insert(c, &group)?;
    }
    Ok(())
}

fn bring(c: &mut Conn, written: &Written<'_>, to: &Dossier, brought: &Brought) -> Result<()> {
    let by = store::person::of_email(c, &brought.by)?.ok_or_else(|| unknown(&brought.by))?;
    let paragraph =
        |one: &Paragraph| document::Paragraph { kind: one.kind, words: one.words.clone() };
    let paragraphs: Vec<_> = brought.paragraphs.iter().map(paragraph).collect();
    let import = TextImport {
        id: chance::id(),
        declaration: to.id,
        by: by.value.id,
        at: written.now,
        langs: Lang::COMPLETE.to_vec(),
        paragraphs: paragraphs.len(),
        apart: paragraphs.iter().filter(|p| p.words.len() < Lang::COMPLETE.len()).count(),
        alignment: None,
    };
    store::text_import::insert(c, &import)?;
    store::text_import::fill(c, &import, &paragraphs)
}

/// The units by the keys of the file, found by the words with which they began.
fn keys(text: &Declaration) -> Result<BTreeMap<String, UnitId>> {
    let file: Keys = file::keys()?;
    let began = |unit: &Unit| {
        let first = unit.chains.get(&Lang::Zh).and_then(|chain| chain.wordings.first());
        first.map(|wording| (wording.text.clone(), unit.id))
    };
    let began: BTreeMap<String, UnitId> = text.units.iter().filter_map(began).collect();
    let key = |unit: Key| Some((unit.key, *began.get(unit.zh.as_deref()?)?));
    Ok(file.units.into_iter().filter_map(key).collect())
}

/// Whoever presides in the exercise.
fn chair(c: &mut Conn, written: &Written<'_>) -> Result<PersonId> {
    let scope = domain::access::Scope::Edition(written.edition.id);
    let held = store::person::held_in(c, scope)?;
    let chair = held.iter().find(|held| held.grant.role == Role::Chair);
    chair.map(|held| held.account.id).ok_or_else(|| unknown("chair"))
}

fn operation(line: &Line, find: &impl Fn(&str) -> Result<UnitId>) -> Result<Operation> {
    let unit = find(&line.unit)?;
    let text = || line.text.clone().ok_or_else(|| unknown("text"));
    Ok(match line.operation.as_str() {
        "replace" => Operation::Replace { unit, text: text()? },
        "insert" => Operation::Insert {
            new: chance::id(),
            kind: UnitKind::Operative,
            after: Some(unit),
            text: text()?,
        },
        "delete" => Operation::Delete { unit },
        "move" => Operation::Move { unit, after: Some(find(&text()?)?) },
        "split" => {
            let whole = text()?;
            let (first, second) = whole.split_once("\n\n").ok_or_else(|| unknown("split"))?;
            let parts = (first.to_owned(), second.to_owned());
            Operation::Split { unit, new: chance::id(), parts }
        }
        other => return Err(unknown(other)),
    })
}

fn object(
    c: &mut Conn,
    written: &Written<'_>,
    dossier: &Dossier,
    readings: &Readings,
    (objections, find): (&[Objection], &impl Fn(&str) -> Result<UnitId>),
) -> Result<()> {
    for objection in objections {
        let by: DelegationId = written.delegation(&objection.by)?;
        let (id, unit) = (chance::id(), Some(find(&objection.unit)?));
        let (kind, reason) = (ObjectionKind::Objection, objection.reason.clone());
        let steps = [
            Step::Objected { id, by, kind, unit, reason },
            Step::Resolved { id, by, outcome: objection.outcome },
        ];
        let events = steps.map(|step| Event { at: written.now, deed: Deed::Step(step) });
        readings.act(c, dossier, None, &events)?;
    }
    Ok(())
}

/// Agrees every unit that is concordant and that no open amendment would change.
fn agree(
    c: &mut Conn,
    written: &Written<'_>,
    dossier: &Dossier,
    readings: &Readings,
    (chair, contested): (PersonId, &BTreeSet<UnitId>),
) -> Result<()> {
    let reading = readings.read(c, dossier)?;
    let text = &reading.negotiation.text;
    let events: Vec<Event> = text
        .units
        .iter()
        .filter(|unit| !contested.contains(&unit.id))
        .filter(|unit| text.authentic().all(|lang| unit.state(lang) == CellState::Concordant))
        .map(|unit| {
            let (unit, turn) = (unit.id, unit.turn);
            let step = Step::Agreed { unit, turn, ad_referendum: None };
            Event { at: written.now, deed: Deed::Step(step) }
        })
        .collect();
    readings.act(c, dossier, Some(chair), &events)?;
    Ok(())
}
