//! A list on its way in: what was handed in, how it is read, what its reader has said of it, and what of it
//! cannot be taken yet. One shape for lists of people, of delegations and of meetings.
//!
//! Between the steps the list travels in the form itself, so that nothing is lost and nothing is kept.

use std::collections::BTreeSet;

use domain::{
    Refusal,
    workbook::{
        Grid,
        answers::Answers,
        header::{Headed, Holds, TALL, headings},
        row::Unread,
    },
};
use outputs::workbook;

use super::row_said;
use crate::{i18n::Messages, web::fields::Fields};

/// What an unknown name means when its rows are to be left out.
pub const LEAVE: &str = "leave";

/// A list on its way.
pub struct Handed<C> {
    /// The sheet, with what the reader has corrected in it.
    pub grid: Grid,
    /// How it is read.
    pub mapping: Headed<C>,
    /// Rows that the reader leaves out.
    pub left: BTreeSet<usize>,
    /// What the reader has said of many rows at once.
    pub answers: Answers,
}

impl<C: Holds> Handed<C> {
    /// A list as it was handed in, with its heading if one was recognised; else the reader has to name the
    /// columns.
    pub fn new(grid: Grid, recognised: Option<Headed<C>>) -> Result<Self, Refusal> {
        if grid.rows.is_empty() {
            return Err(Refusal::new("workbook-empty"));
        }
        if grid.rows.len() > workbook::ROWS {
            return Err(workbook::too_long());
        }
        let unknown = || Headed { head: 0, body: 1, columns: vec![C::ASIDE; grid.width()] };
        let mapping = recognised.unwrap_or_else(unknown);
        Ok(Self { grid, mapping, left: BTreeSet::new(), answers: Answers::default() })
    }

    /// The list as its page brings it back, with what the reader has corrected and chosen there.
    pub fn of_page(mut grid: Grid, form: &Fields) -> Self {
        let number = |name: &str| form.get(name).trim().parse::<usize>().ok();
        let rows = grid.rows.len();
        let head = number("head").unwrap_or(1).clamp(1, rows.max(1)) - 1;
        let most = rows.min(head + TALL).max(head + 1);
        let body = number("body").unwrap_or(1).clamp(head + 1, most);
        correct(&mut grid, form);
        let moved = form.get("heading") != format!("{head}-{body}");
        let columns = if moved {
            headings(&grid, head, body).iter().map(|heading| C::of(heading)).collect()
        } else {
            let chosen = |at| form.get(&format!("column.{at}")).parse().unwrap_or(C::ASIDE);
            (0..grid.width()).map(chosen).collect()
        };
        let left = places(form, "leave").filter(|row| *row < rows).collect();
        let mapping = Headed { head, body, columns };
        Self { grid, mapping, left, answers: answers(form) }
    }

    /// Applies what the reader has said of all rows of a kind: that those that wait are left out, or those
    /// with an unknown name, and what becomes of second leaders. Whether anything was said.
    pub fn settle(&mut self, form: &Fields, told: &Told) -> bool {
        let before = (self.left.len(), self.answers.leads.len());
        if let Ok(lead) = form.get("lead-all").parse() {
            let second = told.refused.iter().filter(|(_, why)| why.code == "second-leader");
            self.answers.leads.extend(second.map(|(row, _)| (*row, lead)));
        }
        let named = |cell: &Unread| {
            let said = cell.refusal.args.get("said");
            said.and_then(|said| self.answers.means.get(said)).is_some_and(|meant| meant == LEAVE)
        };
        let unread = told.unread.iter().filter(|(_, cells)| cells.iter().any(named));
        self.left.extend(unread.map(|(row, _)| *row).collect::<Vec<_>>());
        if !form.get("leave-all").is_empty() {
            self.left.extend(told.rows());
        }
        before != (self.left.len(), self.answers.leads.len())
    }
}

fn places<'a>(form: &'a Fields, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    form.all(name).filter_map(|raw| raw.parse().ok())
}

/// What the reader has said of many rows at once.
fn answers(form: &Fields) -> Answers {
    let under = |field: &'static str| {
        let named = form
            .0
            .iter()
            .filter_map(move |(name, said)| Some((name.strip_prefix(field)?, said.trim())));
        named.filter(|(_, said)| !said.is_empty())
    };
    let coded = |field| {
        let all =
            under(field).filter_map(|(key, said)| Some((Answers::key(key), said.parse().ok()?)));
        all.collect()
    };
    let lead = |(row, said): (&str, &str)| Some((row.parse().ok()?, said.parse().ok()?));
    Answers {
        new: form.all("new").map(str::to_owned).collect(),
        means: under("means.").map(|(name, said)| (name.to_owned(), said.to_owned())).collect(),
        ranks: coded("rank."),
        offices: coded("office."),
        blank: places(form, "blank").collect(),
        taken: places(form, "take").collect(),
        leads: under("lead.").filter_map(lead).collect(),
    }
}

/// Puts the reader's corrections, `fix.ROW.COLUMN`, into the sheet.
fn correct(grid: &mut Grid, form: &Fields) {
    for (name, value) in &form.0 {
        let place = name.strip_prefix("fix.").and_then(|place| place.split_once('.'));
        let Some((Ok(row), Ok(column))) = place.map(|(r, c)| (r.parse(), c.parse())) else {
            continue;
        };
        let (row, column): (usize, usize) = (row, column);
        let width = grid.width();
        let Some(cells) = grid.rows.get_mut(row).filter(|_| column < width) else { continue };
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column].clone_from(value);
    }
}

/// What of a list is no change yet.
#[derive(Debug, Default)]
pub struct Told {
    /// Rows that say nothing: sections, totals, the heading once more.
    pub aside: Vec<(usize, String)>,
    /// Rows in which a cell cannot be read.
    pub unread: Vec<(usize, Vec<Unread>)>,
    /// Rows that can be read and not be taken.
    pub refused: Vec<(usize, Refusal)>,
    /// Rows that say themselves that they are cancelled, with the words: not taken, and waiting for nobody.
    pub cancelled: Vec<(usize, String)>,
    /// What is known and not kept, or read in another way than it is said, by row.
    pub notes: Vec<(usize, Refusal)>,
}

impl Told {
    /// Rows that cannot be taken.
    pub fn rows(&self) -> BTreeSet<usize> {
        let unread = self.unread.iter().map(|(at, _)| *at);
        unread.chain(self.refused.iter().map(|(at, _)| *at)).collect()
    }

    /// Rows that keep the list from being stored: neither taken nor left out.
    pub fn waiting(&self, left: &BTreeSet<usize>) -> usize {
        self.rows().difference(left).count()
    }

    /// Why rows cannot be taken, a sentence for each cell or row.
    pub fn sentences(&self, t: Messages) -> Vec<String> {
        let cells =
            self.unread.iter().flat_map(|(row, cells)| cells.iter().map(|c| (*row, &c.refusal)));
        let all = cells.chain(self.refused.iter().map(|(row, why)| (*row, why)));
        all.map(|(row, why)| row_said(t, row, &t.refusal(why))).collect()
    }

    /// What is not taken as it stands though the list can be stored, a sentence for each row.
    pub fn left_aside(&self, t: Messages) -> Vec<String> {
        let cancelled = self.cancelled.iter().map(|(row, said)| {
            (*row, t.with("workbook-cancelled-row", &[("said", said.as_str().into())]))
        });
        let notes = self.notes.iter().map(|(row, note)| (*row, t.refusal(note)));
        cancelled.chain(notes).map(|(row, said)| row_said(t, row, &said)).collect()
    }

    /// What a cell of a kind is said to be, with the number of its rows: each once, however often it stands.
    pub fn said(&self, like: &Refusal) -> Vec<(String, usize)> {
        let mut all: Vec<(String, usize)> = Vec::new();
        let cells = self.unread.iter().flat_map(|(_, cells)| cells.iter().map(|c| &c.refusal));
        for said in cells.filter(|why| why.code == like.code).filter_map(|why| why.args.get("said"))
        {
            match all.iter_mut().find(|(one, _)| Answers::key(one) == Answers::key(said)) {
                Some((_, n)) => *n += 1,
                None => all.push((said.clone(), 1)),
            }
        }
        all
    }
}
