//! Where a list's heading is, and what each column under it holds.

use std::{collections::BTreeSet, fmt::Display, str::FromStr};

use super::{Grid, column::Column, plain};

/// What columns of a kind of list hold: of people, of meetings. It is written as its stable code.
pub trait Holds: Copy + PartialEq + Display + FromStr {
    /// Nothing that is kept.
    const ASIDE: Self;

    /// Every one that a reader can choose, in the order of a list.
    fn all() -> Vec<Self>;

    /// The column under a heading; headings above each other are given as one text.
    fn of(heading: &str) -> Self;

    /// Whether what stands in it is kept.
    fn kept(self) -> bool;

    /// Whether a cell in it that cannot be read can be left empty.
    fn may_be_empty(self) -> bool;
}

/// A heading: where it stands, and what each column below it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headed<C> {
    /// The first row of the heading; `body` when there is none.
    pub head: usize,
    /// The first row below the heading.
    pub body: usize,
    /// What each column holds.
    pub columns: Vec<C>,
}

/// How a list of people is to be read.
pub type Mapping = Headed<Column>;

impl<C: Holds> Headed<C> {
    /// How many different things are recognised.
    pub fn known(&self) -> usize {
        let kinds = self.columns.iter().filter(|c| c.kept()).map(ToString::to_string);
        kinds.collect::<BTreeSet<_>>().len()
    }

    /// Columns that are not kept, by their place, and how many cells below the heading stand in each.
    pub fn unused(&self, grid: &Grid) -> Vec<(usize, usize)> {
        let cells = |at: usize| {
            let rows =
                (self.body..grid.rows.len()).filter(|row| !grid.cell(*row, at).trim().is_empty());
            rows.count()
        };
        let aside = self.columns.iter().enumerate().filter(|(_, column)| **column == C::ASIDE);
        aside.map(|(at, _)| (at, cells(at))).filter(|(_, n)| *n > 0).collect()
    }
}

impl Grid {
    /// Empties, below the heading, what must not be kept: passports, birth dates, health.
    pub fn forget_sensitive(&mut self, mapping: &Mapping) {
        for row in self.rows.iter_mut().skip(mapping.body) {
            for (cell, column) in row.iter_mut().zip(&mapping.columns) {
                if *column == Column::Sensitive {
                    cell.clear();
                }
            }
        }
    }
}

/// Rows in which a heading is looked for.
const LOOK: usize = 30;
/// Most rows of a heading.
pub const TALL: usize = 3;

/// The heading of a list of people under which the most is recognised; `None` when no column names a
/// person.
pub fn recognise(grid: &Grid) -> Option<Mapping> {
    naming(grid, Column::names)
}

/// The same for a list of delegations, or of people of several.
pub fn recognise_delegations(grid: &Grid) -> Option<Mapping> {
    naming(grid, |column| column.names() || column == Column::Delegation)
}

fn naming(grid: &Grid, names: fn(Column) -> bool) -> Option<Mapping> {
    let known = |mapping: &Mapping| {
        if mapping.columns.iter().any(|c| names(*c)) { mapping.known() } else { 0 }
    };
    find(grid, Column::of, known)
}

/// The heading under which the most is `known`, the shortest and earliest of several; `None` when under
/// none anything is.
pub fn find<C>(
    grid: &Grid,
    of: impl Fn(&str) -> C,
    known: impl Fn(&Headed<C>) -> usize,
) -> Option<Headed<C>> {
    let starts = 0..grid.rows.len().min(LOOK);
    let every = starts.flat_map(|head| (1..=TALL).map(move |tall| (head, head + tall)));
    let sound = |(head, body): &(usize, usize)| {
        *body <= grid.rows.len()
            && !is_title(grid, *head)
            && (head + 1..*body).all(|row| may_be_heading(grid, *head, row))
    };
    let mapped = every.filter(sound).map(|(head, body)| {
        let columns = headings(grid, head, body).iter().map(|h| of(h)).collect();
        Headed { head, body, columns }
    });
    let counted = mapped.map(|headed| (known(&headed), headed)).filter(|(known, _)| *known > 0);
    let place = |h: &Headed<C>| (usize::MAX - (h.body - h.head), usize::MAX - h.head);
    counted.max_by_key(|(known, headed)| (*known, place(headed))).map(|(_, headed)| headed)
}

/// A title stands over several columns with one text.
fn is_title(grid: &Grid, row: usize) -> bool {
    let mut filled = grid.rows[row].iter().filter(|cell| !cell.trim().is_empty());
    let (first, rest) = (filled.next(), filled.collect::<Vec<_>>());
    rest.len() > 1 && rest.iter().all(|cell| Some(*cell) == first)
}

/// A lower row of a heading has short words, neither numbers nor addresses, and most of them head a column on
/// their own, name a language or a part of a date, or are merged with the cell above.
fn may_be_heading(grid: &Grid, head: usize, row: usize) -> bool {
    let short = |cell: &String| {
        cell.chars().count() < 40 && !cell.contains('@') && !cell.contains(char::is_numeric)
    };
    let heads = |at: &usize| {
        let cell = grid.cell(row, *at);
        let text = plain(cell);
        let parts = ["日期", "时间", "дата", "время", "date", "time", "day"];
        Column::of(cell).kept()
            || super::column::lang_of(&text).is_some()
            || super::has(&text, &parts)
            || plain(grid.cell(head, *at)) == text
    };
    let filled = (0..grid.rows[row].len()).filter(|at| !grid.cell(row, *at).trim().is_empty());
    let (all, heading) = (filled.clone().count(), filled.filter(heads).count());
    grid.rows[row].iter().all(short) && 2 * heading > all
}

/// The text above each column: the cells of the heading from top to bottom, each once. A blank cell
/// above a filled one belongs to the group on its left.
pub fn headings(grid: &Grid, head: usize, body: usize) -> Vec<String> {
    let width = grid.width();
    (0..width)
        .map(|column| {
            let mut parts: Vec<&str> = Vec::new();
            for row in head..body {
                let below = (row + 1..body).any(|r| !grid.cell(r, column).trim().is_empty());
                let part = match grid.cell(row, column).trim() {
                    "" if below => (0..column)
                        .rev()
                        .map(|c| grid.cell(row, c).trim())
                        .find(|text| !text.is_empty())
                        .unwrap_or_default(),
                    own => own,
                };
                if !part.is_empty() && parts.last() != Some(&part) {
                    parts.push(part);
                }
            }
            parts.join(" ")
        })
        .collect()
}

/// Whether a row below is the heading once more, as on a second page, or the rest of it where its cells are
/// merged over two rows: most of what stands in it stands above it in the heading, too.
pub(crate) fn repeats<C>(grid: &Grid, mapping: &Headed<C>, row: usize) -> bool {
    (mapping.head..mapping.body).any(|head| {
        let filled = (0..mapping.columns.len()).filter(|c| !grid.cell(row, *c).trim().is_empty());
        let same = |c: &usize| plain(grid.cell(head, *c)) == plain(grid.cell(row, *c));
        let (all, again) = (filled.clone().count(), filled.filter(same).count());
        again > 0 && 2 * again > all
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;
    use proptest::prelude::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let row = |r: &&[&str]| r.iter().map(|c| (*c).to_owned()).collect();
        Grid { name: String::new(), rows: rows.iter().map(row).collect(), ..Grid::default() }
    }

    #[test]
    fn a_heading_of_two_rows_below_a_title() {
        let sheet = grid(&[
            &["代表团回执", "代表团回执", "代表团回执", "代表团回执"],
            &[],
            &["序号", "姓名", "姓名", "职务"],
            &["序号", "中文", "俄文", "职务"],
            &["1", "盛虚名", "Шэн Сюймин", "副市长"],
        ]);
        let mapping = recognise(&sheet).unwrap();
        assert_eq!((mapping.head, mapping.body), (2, 4));
        let name = |lang| Column::Name(Some(lang));
        let expected = [Column::Aside, name(Lang::Zh), name(Lang::Ru), Column::Office(None)];
        assert_eq!(mapping.columns, expected);
    }

    #[test]
    fn groups_that_lost_their_merging_are_understood() {
        let sheet = grid(&[
            &["№", "ФИО", "", "Должность"],
            &["", "по-русски", "по-китайски", ""],
            &["1", "Вымыслов", "范例明", "глава"],
        ]);
        let mapping = recognise(&sheet).unwrap();
        assert_eq!(mapping.body, 2);
        assert_eq!(mapping.columns[2], Column::Name(Some(Lang::Zh)));
        assert_eq!(mapping.columns[3], Column::Office(None));
    }

    #[test]
    fn what_a_merged_heading_leaves_below_is_no_row() {
        let sheet = grid(&[
            &["№", "ФИО", "Должность", "Прибытие", "Прибытие"],
            &["№", "ФИО", "Должность", "дата", "время"],
            &["1", "Вымыслов", "глава", "17.05.2027", "20:10"],
        ]);
        let mapping = recognise(&sheet).unwrap();
        assert!(mapping.body == 2 || repeats(&sheet, &mapping, 1));
        assert!(!repeats(&sheet, &mapping, 2));
    }

    #[test]
    fn a_sheet_without_names_has_no_heading() {
        assert_eq!(recognise(&grid(&[&["日期请写北京时间。"]])), None);
        assert_eq!(recognise(&Grid::default()), None);
    }

    proptest! {
        /// Whatever stands above the heading: it is found, and its columns are the same.
        #[test]
        fn titles_above_do_not_matter(titles in prop::collection::vec("[а-я]{1,9}", 0..6)) {
            let mut sheet = grid(&[
                &["ФИО", "Должность", "Прибытие"],
                &["Вымыслов Пример", "глава", "17.05.2027"],
            ]);
            for title in &titles {
                sheet.rows.insert(0, vec![title.clone(); 3]);
            }
            let mapping = recognise(&sheet).unwrap();
            prop_assert_eq!(mapping.head, titles.len());
            prop_assert_eq!(mapping.columns, [Column::Name(None), Column::Office(None), Column::Arrival]);
        }
    }
}
