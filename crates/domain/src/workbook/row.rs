//! A row as a person, or one refusal for each cell that cannot be read.

use std::collections::BTreeMap;

use super::{
    Grid,
    answers::Answers,
    cancelled,
    category::{self, Category},
    column::{self, Column},
    date::Around,
    header::{self, Holds, Mapping},
    journey, value,
};
use crate::{
    DelegateId, Lang, Refusal, clean,
    delegation::{Moment, Stay, Task},
    person::{NameOrder, PersonName, Styled},
    precedence::Rank,
};

/// A person as a row states it. What the row leaves blank is not stated and keeps what stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Whom the row means, in a list that was exported here.
    pub id: Option<DelegateId>,
    /// Names, offices and forms of address.
    pub name: PersonName,
    /// Rank class.
    pub rank: Option<Rank>,
    /// What the office says of somebody for whom no rank class is stated.
    pub category: Option<Category>,
    /// Task.
    pub task: Option<Task>,
    /// Address.
    pub email: Option<String>,
    /// Languages.
    pub languages: Vec<Lang>,
    /// Coming and going.
    pub stay: Stay,
}

/// Why a cell cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its column; beyond the last when no cell of the row is at fault.
    pub column: usize,
    /// The sentence.
    pub refusal: Refusal,
}

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A section, a total, a heading once more: no person. With its words.
    Aside(String),
    /// A person who does not come, as the row says in these words.
    Cancelled(String),
    /// A person, and what of the row is not kept.
    Person(Box<Stated>, Vec<Refusal>),
    /// A person that cannot be read.
    Unread(Vec<Unread>),
}

/// Every row below the heading that is not blank, with its place in the sheet.
pub fn read(
    grid: &Grid,
    mapping: &Mapping,
    around: Around,
    answers: &Answers,
) -> Vec<(usize, Row)> {
    let headings = header::headings(grid, mapping.head, mapping.body);
    let of = |line: Line<'_>| {
        let cancelled = || line.cancelled(answers).map(Row::Cancelled);
        let other = line.aside().map(Row::Aside).or_else(cancelled);
        (line.row, other.unwrap_or_else(|| line.person(around, answers)))
    };
    lines(grid, mapping, &headings).map(of).collect()
}

/// Every row below the heading that is not blank.
pub(super) fn lines<'a>(
    grid: &'a Grid,
    mapping: &'a Mapping,
    headings: &'a [String],
) -> impl Iterator<Item = Line<'a>> {
    let rows = mapping.body..grid.rows.len();
    let filled = rows.filter(|row| grid.rows[*row].iter().any(|c| !c.trim().is_empty()));
    filled.map(|row| Line { grid, mapping, headings, row })
}

/// A moment of a journey, if one is said, and a note of what is said beside it.
type Journey = Result<(Option<Moment>, Option<Refusal>), Refusal>;

/// One row under its headings.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    grid: &'a Grid,
    mapping: &'a Mapping,
    headings: &'a [String],
    /// Its place in the sheet.
    pub(super) row: usize,
}

impl<'a> Line<'a> {
    pub(super) fn cell(&self, column: usize) -> &'a str {
        self.grid.cell(self.row, column).trim()
    }

    /// Whether a person is named.
    pub(super) fn names_somebody(&self) -> bool {
        let columns = self.mapping.columns.iter().enumerate();
        columns.filter(|(_, column)| column.names()).any(|(at, _)| !self.cell(at).is_empty())
    }

    pub(super) fn columns(&self, wanted: Column) -> impl Iterator<Item = usize> + '_ {
        let columns = self.mapping.columns.iter().enumerate();
        columns.filter(move |(_, column)| **column == wanted).map(|(at, _)| at)
    }

    /// The words of a row that is no person: a section, a total, a heading once more.
    pub(super) fn aside(&self) -> Option<String> {
        let filled: Vec<&str> =
            (0..self.grid.width()).map(|c| self.cell(c)).filter(|c| !c.is_empty()).collect();
        let first = *filled.first()?;
        let places = (0..self.grid.width()).filter(|at| !self.cell(*at).is_empty());
        let beside = places.clone().next_back().unwrap_or(0) - places.min().unwrap_or(0);
        let alike = filled.iter().all(|c| *c == first);
        let merged = filled.len() > 1 && beside + 1 == filled.len() && alike;
        let kept = self.mapping.columns.iter().enumerate().filter(|(_, column)| column.kept());
        let states = kept.filter(|(at, _)| !self.cell(*at).is_empty()).count();
        (merged || states == 0 || self.is_counted()).then(|| {
            let mut words = filled.clone();
            words.dedup();
            words.join(" · ")
        })
    }

    /// Whether it is a total, or the heading once more.
    pub(super) fn is_counted(&self) -> bool {
        let cells = (0..self.grid.width()).map(|at| self.cell(at));
        let first = cells.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default();
        let names = |(at, column): (usize, &Column)| {
            let cell = self.cell(at);
            column.names() && !cell.is_empty() && cell != first && value::person(cell).is_ok()
        };
        let named = self.mapping.columns.iter().enumerate().any(names);
        let sums = !named && value::is_total(first);
        sums || header::repeats(self.grid, self.mapping, self.row)
    }

    /// The words by which a row says that it is not to be taken, unless the reader takes it all the same.
    pub(super) fn cancelled(&self, answers: &Answers) -> Option<String> {
        if answers.taken.contains(&self.row) {
            return None;
        }
        let says = |at: &usize| {
            let cell = self.cell(*at);
            match self.mapping.columns.get(*at) {
                Some(Column::Leader(_)) | None => cancelled::says(cell),
                Some(column) if column.names() => cancelled::names_nobody(cell),
                Some(Column::Office(_)) => cancelled::says_only(cell),
                _ => cancelled::says(cell),
            }
        };
        (0..self.grid.width()).find(says).map(|at| self.cell(at).to_owned())
    }

    pub(super) fn person(&self, around: Around, answers: &Answers) -> Row {
        let mut stated = Stated::default();
        let (mut unread, mut notes) = (Vec::new(), Vec::new());
        let mut keep = |column: usize, done: Result<(), Refusal>| {
            if let Err(refusal) = done {
                unread.push(Unread { column, refusal });
            }
        };
        for (at, done) in self.names(&mut stated.name) {
            keep(at, done);
        }
        for (at, column) in self.mapping.columns.iter().enumerate() {
            let raw = self.cell(at);
            if !raw.is_empty() {
                keep(at, plain_value(&mut stated, &mut notes, (*column, raw), answers));
            }
        }
        for (wanted, moment) in [
            (Column::Arrival, &mut stated.stay.arrival),
            (Column::Departure, &mut stated.stay.departure),
        ] {
            if let Some((at, read)) = self.moment(wanted, around) {
                keep(
                    at,
                    read.map(|(read, beside)| {
                        *moment = read;
                        notes.extend(beside);
                    }),
                );
            }
        }
        if let Err(refusal) = stated.stay.check() {
            keep(self.columns(Column::Departure).next().unwrap_or(0), Err(refusal));
        }
        if stated.rank.is_none() {
            stated.category = category::of(&stated.name, answers);
        }
        self.left_empty(&mut unread, &mut notes, answers);
        if unread.is_empty() { Row::Person(Box::new(stated), notes) } else { Row::Unread(unread) }
    }

    /// Cells that the reader leaves empty where they cannot be read become notes.
    pub(super) fn left_empty(
        &self,
        unread: &mut Vec<Unread>,
        notes: &mut Vec<Refusal>,
        answers: &Answers,
    ) {
        unread.retain(|cell| {
            let column = self.mapping.columns.get(cell.column);
            let may = column.is_some_and(|column| column.may_be_empty());
            let left = may && answers.blank.contains(&cell.column);
            if left {
                notes.push(Refusal::new("cell-left").with("said", self.cell(cell.column)));
            }
            !left
        });
    }

    /// The date of one or two columns: a day, and a time beside it; with a note of words that say neither.
    pub(super) fn moment(&self, wanted: Column, around: Around) -> Option<(usize, Journey)> {
        let at = self.columns(wanted).find(|at| !self.cell(*at).is_empty())?;
        let parts: Vec<&str> =
            self.columns(wanted).map(|c| self.cell(c)).filter(|c| !c.is_empty()).collect();
        let whole = parts.join(" ");
        let read = journey::cell(&whole, around).map(|said| {
            let note = |words| {
                let hour = said.moment.is_some_and(|moment| moment.time.is_some());
                let code = if hour { "words-not-kept" } else { "word-beside-day" };
                Refusal::new(code).with("said", &whole).with("words", words)
            };
            // A dash is a way to leave a cell empty.
            let asks = said.moment.is_none() && whole.contains(|c: char| !"—–-−/ ".contains(c));
            let pending = asks.then(|| Refusal::new("date-pending").with("said", &whole));
            (said.moment, said.beside.map(note).or(pending))
        });
        Some((at, read))
    }

    /// Reads names, offices and forms of address; a name is needed in one language at least.
    fn names(&self, name: &mut PersonName) -> Vec<(usize, Result<(), Refusal>)> {
        let mut done = Vec::new();
        let mut parts: BTreeMap<Lang, Parts> = BTreeMap::new();
        for (at, column) in self.mapping.columns.iter().enumerate() {
            let raw = self.cell(at);
            let part = parts_kind(*column);
            if raw.is_empty() || (part.is_none() && !is_styled(*column)) {
                continue;
            }
            if part.is_some() && value::is_pending(raw) {
                done.push((at, Err(Refusal::new("name-pending").with("said", raw))));
                continue;
            }
            let Some(lang) = column.lang().or_else(|| value::lang_of_letters(raw)) else {
                done.push((at, Err(Refusal::new("no-letters").with("said", raw))));
                continue;
            };
            let read = match part {
                Some(part) => value::person(raw).and_then(|text| {
                    let of_lang = parts.entry(lang).or_default();
                    of_lang.first |= column::family_first(&self.headings[at]);
                    of_lang.say(part, text)
                }),
                None => value::name(raw)
                    .map(|text| put(name.styled.entry(lang).or_default(), *column, text)),
            };
            done.push((at, read));
        }
        for (lang, parts) in parts {
            parts.style(name.styled.entry(lang).or_default());
        }
        let at = self.mapping.columns.iter().position(|c| c.names()).unwrap_or(0);
        if name.shown(Lang::En).is_none() && done.iter().all(|(_, read)| read.is_ok()) {
            done.push((at, Err(Refusal::new("name-missing"))));
        }
        done
    }
}

fn is_styled(column: Column) -> bool {
    matches!(column, Column::Office(_) | Column::Salutation(_))
}

fn put(styled: &mut Styled, column: Column, text: String) {
    match column {
        Column::Office(_) => styled.office = text,
        _ => styled.salutation = text,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Full,
    Family,
    Given,
}

fn parts_kind(column: Column) -> Option<Part> {
    match column {
        Column::Name(_) | Column::Leader(_) => Some(Part::Full),
        Column::Family(_) => Some(Part::Family),
        Column::Given(_) | Column::Patronymic(_) => Some(Part::Given),
        _ => None,
    }
}

/// The parts of a name in one language, in the order of their columns.
#[derive(Default)]
struct Parts {
    said: Vec<(Part, String)>,
    /// Whether the heading says that the family name stands first.
    first: bool,
}

impl Parts {
    /// One more part; a second full name is somebody else's.
    fn say(&mut self, part: Part, text: String) -> Result<(), Refusal> {
        let other = |(kind, said): &(Part, String)| *kind == Part::Full && *said != text;
        if part == Part::Full && self.said.iter().any(other) {
            return Err(Refusal::new("name-second").with("said", text));
        }
        self.said.push((part, text));
        Ok(())
    }

    /// Puts the parts together in the order of their columns; nothing is added or turned round.
    fn style(&self, styled: &mut Styled) {
        let part = |wanted: Part| self.said.iter().find(|(p, _)| *p == wanted).map(|(_, t)| t);
        let words: Vec<&str> = self.said.iter().map(|(_, text)| text.as_str()).collect();
        let apart = if words.iter().all(|w| w.chars().all(super::is_han)) { "" } else { " " };
        styled.name = part(Part::Full).cloned().unwrap_or_else(|| words.join(apart));
        let headed =
            || styled.name.split_once(' ').filter(|_| self.first).map(|(f, _)| f.to_owned());
        let Some(family) = part(Part::Family).cloned().or_else(headed) else { return };
        styled.order = match &styled.name {
            name if *name == family => NameOrder::Single,
            name if name.starts_with(&family) => NameOrder::FamilyFirst,
            name if name.ends_with(&family) => NameOrder::GivenFirst,
            _ => NameOrder::Single,
        };
        styled.family = family;
    }
}

/// Reads a cell that concerns neither the name nor the stay.
fn plain_value(
    stated: &mut Stated,
    notes: &mut Vec<Refusal>,
    (column, raw): (Column, &str),
    answers: &Answers,
) -> Result<(), Refusal> {
    match column {
        Column::Id => {
            let unknown = |_| Refusal::new("person-unknown").with("said", raw);
            stated.id = Some(raw.parse().map_err(unknown)?);
        }
        Column::Rank if value::is_pending(raw) => {}
        Column::Rank => {
            stated.rank = Some(answers.rank(raw)?);
            stated.task = stated.task.or(value::task_of_rank(raw));
        }
        Column::Task => stated.task = Some(value::task(raw)?),
        Column::Leader(_) => stated.task = stated.task.or(Some(Task::Leader)),
        Column::Email => stated.email = Some(clean::email(raw)?),
        Column::Languages => {
            let (known, others) = value::languages(raw);
            stated.languages = known;
            let note = |other| Refusal::new("language-not-kept").with("said", other);
            notes.extend(others.into_iter().map(note));
        }
        _ => {}
    }
    Ok(())
}
