//! A list of people on its way in: whose it is, and the sheet in which it stands.

use domain::{
    Refusal,
    precedence::Rank,
    workbook::{
        Grid,
        column::Column,
        delegation_list,
        header::{self, Headed, Holds, Mapping},
    },
};

use crate::web::{
    fields::Fields,
    request::Req,
    workbook::{Brought, best, brought, handed::Handed},
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
}

/// A list of people on its way.
pub struct People {
    /// Whose people it holds.
    pub reach: Reach,
    /// The sheet, how it is read, and what its reader has said.
    pub list: Handed<Column>,
    /// The rank of people for whom no rank is stated and whose office says none.
    pub rank: Rank,
}

impl People {
    /// The list that a request brings: in a file, or as the page that showed it.
    pub fn of(req: &Req, reach: Reach) -> Result<Self, Refusal> {
        match brought(req)? {
            Brought::File(sheets) => Self::of_sheets(sheets, reach),
            Brought::Page(grid) => Ok(Self::of_page(grid, &req.form, reach)),
        }
    }

    /// The sheet in which the most is recognised, with those that have the same heading where the list is of
    /// all; without a heading the first one, whose columns the reader has to name.
    pub fn of_sheets(sheets: Vec<Grid>, reach: Reach) -> Result<Self, Refusal> {
        let grid = match reach {
            Reach::Delegation => {
                best(sheets, |grid| reach.recognise(grid).map_or(0, |m| m.known()))?
            }
            Reach::Edition => delegation_list::joined(sheets),
        };
        let mapping = reach.recognise(&grid);
        Ok(Self { reach, list: Handed::new(grid, mapping)?, rank: Rank::Official }.narrowed())
    }

    fn of_page(grid: Grid, form: &Fields, reach: Reach) -> Self {
        let rank = form.get("rank").parse().unwrap_or(Rank::Official);
        Self { reach, list: Handed::of_page(grid, form), rank }.narrowed()
    }

    /// Without columns of other lists, and without what must not be kept: it is taken out at once.
    fn narrowed(mut self) -> Self {
        let Headed { columns, .. } = &mut self.list.mapping;
        for column in columns.iter_mut().filter(|column| !self.reach.has(**column)) {
            *column = Column::ASIDE;
        }
        self.list.grid.forget_sensitive(&self.list.mapping);
        self
    }

    /// Whether any column says whom the rows are about.
    pub fn is_headed(&self) -> bool {
        self.list.mapping.columns.iter().any(|column| self.reach.names(*column))
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
        let handed = People::of_sheets(sheets, Reach::Delegation).unwrap().list;
        assert_eq!(handed.grid.rows[1], ["盛虚名", "", "下旬"]);
        let form = Fields::default()
            .with("heading", "0-1")
            .with("head", "1")
            .with("body", "1")
            .with("column.0", "name")
            .with("column.2", "arrival")
            .with("fix.1.2", "5月17日")
            .with("fix.9.9", "x")
            .with("fix.1.77", "x")
            .with("rank.正市级", "head")
            .with("lead.1", "replace")
            .with("lead.x", "replace")
            .with("blank", "2");
        let back = People::of_page(handed.grid, &form, Reach::Delegation).list;
        assert_eq!(back.grid.rows, [["姓名", "护照", "抵达"], ["盛虚名", "", "5月17日"]]);
        assert_eq!(back.mapping.columns, [Column::Name(None), Column::Aside, Column::Arrival]);
        assert_eq!(back.answers.rank("正市级"), Ok(Rank::Head));
        assert_eq!((back.answers.leads.len(), back.answers.blank), (1, [2].into()));
    }
}
