//! A list of people on its way in: what was handed in, how it is read, and what of it cannot be taken yet.
//!
//! Between the steps the list travels in the form itself, so that nothing is lost and nothing is kept.

use std::collections::BTreeSet;

use outputs::workbook;

use crate::{
    i18n::Messages,
    web::{
        fields::Fields,
        request::Req,
        workbook::{Brought, brought, row_said},
    },
};
use domain::{
    Refusal,
    precedence::Rank,
    workbook::{
        Grid,
        column::Column,
        delegation_list,
        header::{self, Mapping, TALL, headings},
        row::Unread,
    },
};

/// Whose people a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those of one delegation.
    Delegation,
    /// Those of all, with the delegations themselves.
    Edition,
}

impl Reach {
    /// Whether a column says anything in such a list.
    pub fn has(self, column: Column) -> bool {
        self == Reach::Edition || !column.is_of_delegation()
    }

    /// Whether a column says whom a row is about.
    fn names(self, column: Column) -> bool {
        column.names() || self == Reach::Edition && column == Column::Delegation
    }

    fn recognise(self, grid: &Grid) -> Option<Mapping> {
        match self {
            Reach::Delegation => header::recognise(grid),
            Reach::Edition => header::recognise_delegations(grid),
        }
    }

    fn column(self, column: Column) -> Column {
        if self.has(column) { column } else { Column::Aside }
    }
}

/// A list on its way: what was handed in, and what its reader says of it.
pub struct Handed {
    /// Whose people it holds.
    pub reach: Reach,
    /// The sheet, with what the reader has corrected in it.
    pub grid: Grid,
    /// How it is read.
    pub mapping: Mapping,
    /// The rank of people for whom no rank is stated.
    pub rank: Rank,
    /// Rows that the reader leaves out.
    pub left: BTreeSet<usize>,
}

impl Handed {
    /// The list that a request brings: in a file, or as the page that showed it.
    pub fn of(req: &Req, reach: Reach) -> Result<Self, Refusal> {
        match brought(req)? {
            Brought::File(sheets) => Self::of_sheets(sheets, reach),
            Brought::Page(grid) => Ok(Self::of_page(grid, &req.form, reach)),
        }
    }

    /// The sheet in which the most is recognised, with those that have the same heading where the list is of
    /// all; without a heading the first one, whose columns the reader has to name. What must not be kept is
    /// taken out at once.
    pub fn of_sheets(sheets: Vec<Grid>, reach: Reach) -> Result<Self, Refusal> {
        let known = |grid: &Grid| reach.recognise(grid).map_or(0, |m| m.known());
        let grid = match reach {
            Reach::Delegation => sheets.into_iter().rev().max_by_key(known).unwrap_or_default(),
            Reach::Edition => delegation_list::joined(sheets),
        };
        if grid.rows.is_empty() {
            return Err(Refusal::new("workbook-empty"));
        }
        if grid.rows.len() > workbook::ROWS {
            return Err(workbook::too_long());
        }
        let unknown = || Mapping { head: 0, body: 1, columns: vec![Column::Aside; grid.width()] };
        let mut mapping = reach.recognise(&grid).unwrap_or_else(unknown);
        for column in &mut mapping.columns {
            *column = reach.column(*column);
        }
        Ok(Self { reach, grid, mapping, rank: Rank::Official, left: BTreeSet::new() }.forgetful())
    }

    /// Without what must not be kept.
    fn forgetful(mut self) -> Self {
        self.grid.forget_sensitive(&self.mapping);
        self
    }

    /// Whether any column says whom the rows are about.
    pub fn is_headed(&self) -> bool {
        self.mapping.columns.iter().any(|column| self.reach.names(*column))
    }

    /// The list as its page brings it back, with what the reader has corrected and chosen there.
    fn of_page(mut grid: Grid, form: &Fields, reach: Reach) -> Self {
        let number = |name: &str| form.get(name).trim().parse::<usize>().ok();
        let rows = grid.rows.len();
        let head = number("head").unwrap_or(1).clamp(1, rows.max(1)) - 1;
        let most = rows.min(head + TALL).max(head + 1);
        let body = number("body").unwrap_or(1).clamp(head + 1, most);
        correct(&mut grid, form);
        let moved = form.get("heading") != format!("{head}-{body}");
        let columns = if moved {
            let found = |heading: &String| reach.column(Column::of(heading));
            headings(&grid, head, body).iter().map(found).collect()
        } else {
            let chosen = |at| form.get(&format!("column.{at}")).parse().unwrap_or(Column::Aside);
            (0..grid.width()).map(chosen).collect()
        };
        let left = form.all("leave").filter_map(|raw| raw.parse().ok());
        let left = left.filter(|row| *row < rows).collect();
        let rank = form.get("rank").parse().unwrap_or(Rank::Official);
        let mapping = Mapping { head, body, columns };
        Self { reach, grid, mapping, rank, left }.forgetful()
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
    /// Rows that are no people.
    pub aside: Vec<(usize, String)>,
    /// Rows in which a cell cannot be read.
    pub unread: Vec<(usize, Vec<Unread>)>,
    /// Rows that can be read and not be taken.
    pub refused: Vec<(usize, Refusal)>,
    /// What is known and not kept, by row.
    pub notes: Vec<(usize, Refusal)>,
}

impl Told {
    /// Rows that keep the list from being stored: neither taken nor left out.
    pub fn waiting(&self, left: &BTreeSet<usize>) -> usize {
        let unread = self.unread.iter().map(|(at, _)| at);
        let rows = unread.chain(self.refused.iter().map(|(at, _)| at));
        rows.filter(|at| !left.contains(at)).collect::<BTreeSet<_>>().len()
    }

    /// Why rows cannot be taken, a sentence for each cell or row.
    pub fn sentences(&self, t: Messages) -> Vec<String> {
        let cells =
            self.unread.iter().flat_map(|(row, cells)| cells.iter().map(|c| (*row, &c.refusal)));
        let all = cells.chain(self.refused.iter().map(|(row, why)| (*row, why)));
        all.map(|(row, why)| row_said(t, row, &t.refusal(why))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list travels in the form and comes back with its corrections.
    #[test]
    fn the_form_brings_the_list_back() {
        let table = "姓名,护照,抵达\n盛虚名,E123,下旬\n".as_bytes();
        let sheets = outputs::workbook::read(table).unwrap();
        let handed = Handed::of_sheets(sheets, Reach::Delegation).unwrap();
        assert_eq!(handed.grid.rows[1], ["盛虚名", "", "下旬"]);
        let form = Fields::default()
            .with("heading", "0-1")
            .with("head", "1")
            .with("body", "1")
            .with("column.0", "name")
            .with("column.2", "arrival")
            .with("fix.1.2", "5月17日")
            .with("fix.9.9", "x")
            .with("fix.1.77", "x");
        let back = Handed::of_page(handed.grid, &form, Reach::Delegation);
        assert_eq!(back.grid.rows, [["姓名", "护照", "抵达"], ["盛虚名", "", "5月17日"]]);
        assert_eq!(back.mapping.columns, [Column::Name(None), Column::Aside, Column::Arrival]);
    }
}
