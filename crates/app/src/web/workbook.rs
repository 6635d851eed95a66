//! A list handed in as a workbook: read, shown with what it would do, and handed back by the page that showed
//! it, so that nothing is stored before it was seen.

use domain::{Refusal, workbook::Grid};
use maud::{Markup, html};
use outputs::workbook;
use serde_json::json;

use super::request::Req;
use crate::i18n::Messages;

/// The sheet of a request: of the file, the one in which the most is known; or the one that a page handed
/// back.
pub fn handed(req: &Req, known: impl Fn(&Grid) -> usize) -> Result<Grid, Refusal> {
    let missing = || Refusal::new("file-missing");
    match req.files.iter().find(|file| file.field == "file") {
        Some(file) if file.bytes.is_empty() => Err(missing()),
        Some(file) => {
            let sheets = workbook::read(&file.bytes)?.into_iter().rev();
            let best = sheets.max_by_key(known).unwrap_or_default();
            if best.rows.is_empty() { Err(Refusal::new("workbook-empty")) } else { Ok(best) }
        }
        None if req.form.get("grid").is_empty() => Err(missing()),
        None => returned(req.form.get("grid")),
    }
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

/// The form that takes the file; `why` names the message above it.
pub fn upload(req: &Req, why: &str, refusal: Option<&Refusal>) -> Markup {
    let t = req.t;
    html! {
        @if let Some(refusal) = refusal {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (t.refusal(refusal)) } }
        }
        p { (t.get(why)) }
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

/// Rows that cannot be taken, each with why; rows are counted from 0.
pub fn wrong(req: &Req, rows: &[(usize, Refusal)]) -> Markup {
    let t = req.t;
    html! {
        @if !rows.is_empty() {
            section.notice.warn {
                ul {
                    @for (row, refusal) in rows {
                        li { (row_said(t, *row, &t.refusal(refusal))) }
                    }
                }
            }
        }
    }
}

/// What is said of a row of a sheet.
pub fn row_said(t: Messages, row: usize, said: &str) -> String {
    t.with("workbook-row", &[("n", row.saturating_add(1).into()), ("said", said.into())])
}
