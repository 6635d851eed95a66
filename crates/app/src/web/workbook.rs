//! A list handed in as a workbook: read, shown with what it would do, and handed back by the page that showed
//! it, so that nothing is stored before it was seen.

pub mod handed;
pub mod view;

use domain::{Refusal, workbook::Grid};
use maud::{Markup, html};
use outputs::workbook;
use serde_json::json;

use super::request::Req;
use crate::i18n::Messages;

/// What a request brings.
pub enum Brought {
    /// The sheets of a file.
    File(Vec<Grid>),
    /// The sheet that a page handed back.
    Page(Grid),
}

/// What a request brings, if it is anything that can be read.
pub fn brought(req: &Req) -> Result<Brought, Refusal> {
    let missing = || Refusal::new("file-missing");
    match req.files.iter().find(|file| file.field == "file") {
        Some(file) if file.bytes.is_empty() => Err(missing()),
        Some(file) => workbook::read(&file.bytes).map(Brought::File),
        None if req.form.get("grid").is_empty() => Err(missing()),
        None => returned(req.form.get("grid")).map(Brought::Page),
    }
}

/// The sheet in which the most is known, with the names of the others that hold anything.
pub fn best(sheets: Vec<Grid>, known: impl Fn(&Grid) -> usize) -> Result<Grid, Refusal> {
    let filled = |grid: &Grid| grid.rows.iter().flatten().any(|cell| !cell.trim().is_empty());
    let mut sheets: Vec<Grid> = sheets.into_iter().filter(filled).collect();
    let best = (0..sheets.len()).rev().max_by_key(|at| known(&sheets[*at]));
    let mut grid =
        best.map(|at| sheets.remove(at)).ok_or_else(|| Refusal::new("workbook-empty"))?;
    grid.others.extend(sheets.into_iter().map(|sheet| sheet.name));
    Ok(grid)
}

/// Anything else than what a page sent is refused.
fn returned(raw: &str) -> Result<Grid, Refusal> {
    let broken = || Refusal::new("body-unreadable");
    let grid: Grid = serde_json::from_str(raw).map_err(|_| broken())?;
    let small = grid.rows.len() <= workbook::ROWS && grid.width() <= workbook::COLUMNS;
    if small { Ok(grid) } else { Err(broken()) }
}

/// The sheet in a form that hands it back.
pub fn back(grid: &Grid) -> Markup {
    html! { input type="hidden" name="grid" value=(json!(grid).to_string()); }
}

/// The form that takes the file; `why` is the message above it, `hints` stand below that.
pub fn upload(req: &Req, why: &str, hints: &[String], refusal: Option<&Refusal>) -> Markup {
    let t = req.t;
    html! {
        @if let Some(refusal) = refusal {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (t.refusal(refusal)) } }
        }
        p { (t.get(why)) }
        @if !hints.is_empty() { ul { @for hint in hints { li { (hint) } } } }
        form method="post" action=(req.path) enctype="multipart/form-data" {
            div.field.wrongly[refusal.is_some()] {
                label for="f-file" { (t.get("delegate-import-file")) }
                p.hint id="f-file-hint" { (t.get("delegate-import-file-hint")) }
                input #f-file type="file" name="file" aria-describedby="f-file-hint"
                    accept=".xlsx,.csv,.tsv,.txt";
            }
            div.actions { button.main type="submit" { (t.get("delegate-import-read")) } }
        }
    }
}

/// What is said of a row of a sheet.
pub fn row_said(t: Messages, row: usize, said: &str) -> String {
    t.with("workbook-row", &[("n", row.saturating_add(1).into()), ("said", said.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_hands_back_a_sheet_and_nothing_else() {
        let grid =
            Grid {
                name: "名单".to_owned(), rows: vec![vec!["<b>".to_owned()]], ..Grid::default()
            };
        assert_eq!(returned(&json!(grid).to_string()), Ok(grid));
        let wide = json!({ "name": "", "rows": [vec![""; workbook::COLUMNS + 1]] }).to_string();
        for wild in ["[]", "{\"name\":\"\",\"rows\":[[1]]}", "", wide.as_str()] {
            assert_eq!(returned(wild).unwrap_err().code, "body-unreadable", "{wild}");
        }
    }
}
