//! What a list of people would do, before it does it: how its columns are read, whom it adds and
//! changes, which cells cannot be read and why, and what is not kept.

use std::collections::BTreeSet;

use domain::{
    Refusal,
    delegation::{Delegate, Delegation},
    person::PersonName,
    workbook::{change::Change, column::Column, header::headings, row::Unread},
};
use maud::{Markup, html};

use super::{
    delegate::{stay, task_name},
    delegate_import::{Handed, Look},
    delegation::{rank_name, tongues},
    delegation_form::ranks,
};
use crate::{
    i18n::Messages,
    web::{marks::Marks, request::Req},
};

/// The form that takes the file.
pub fn upload(req: &Req, delegation: &Delegation, refusal: Option<&Refusal>) -> Markup {
    let t = req.t;
    html! {
        @if let Some(refusal) = refusal {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (t.refusal(refusal)) } }
        }
        p { (t.get("delegate-import-why")) }
        ul {
            li { (t.get("delegate-import-dates")) }
            li { (t.get("delegate-import-again")) }
            li { (t.get("delegate-import-sensitive")) }
            li { (t.with("delegate-import-quota", &[("n", delegation.quota.into())])) }
        }
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

/// What a column is called.
pub fn column_name(t: Messages, column: Column) -> String {
    let name = t.get(&format!("delegate-column-{}", column.kind()));
    column.lang().map_or(name.clone(), |lang| format!("{name} · {}", lang.own_name()))
}

/// The whole preview, as one form.
pub fn view(req: &Req, handed: &Handed, look: &Look) -> Markup {
    let t = req.t;
    let ready = look.is_ready(&handed.left);
    let grid = serde_json::json!(handed.grid).to_string();
    let Handed { mapping, .. } = handed;
    html! {
        (figures(t, handed, look))
        form method="post" action=(req.path) novalidate {
            input type="hidden" name="grid" value=(grid);
            input type="hidden" name="heading" value={ (mapping.head) "-" (mapping.body) };
            input type="hidden" name="shown" value=(look.seal());
            (wrong_rows(req, handed, look))
            (people(t, look))
            (columns(req, handed, look))
            (not_kept(t, handed, look))
            div.actions {
                @if ready {
                    button.main type="submit" name="do" value="store" { (t.get("delegate-preview-store")) }
                }
                button.main[!ready] type="submit" name="do" value="check" {
                    (t.get("delegate-preview-check"))
                }
            }
            @if !ready { p.hint { (t.get("delegate-preview-not-ready")) } }
        }
    }
}

fn figures(t: Messages, handed: &Handed, look: &Look) -> Markup {
    let count = |of: fn(&Change) -> bool| {
        look.changes.iter().filter(|(_, c)| c.as_ref().is_ok_and(of)).count()
    };
    let unread = look.unread.iter().filter(|(at, _)| !handed.left.contains(at)).count();
    let refused = look.changes.iter().filter(|(_, c)| c.is_err()).count();
    let figures = [
        ("delegate-preview-added", count(|c| matches!(c, Change::Add(_)))),
        ("delegate-preview-changed", count(|c| matches!(c, Change::Alter { .. }))),
        ("delegate-preview-same", count(|c| matches!(c, Change::Same(_)))),
        ("delegate-preview-unread", unread + refused),
    ];
    html! {
        div.figures {
            @for (key, n) in figures {
                div.figure { strong { (n) } span { (t.with(key, &[("n", n.into())])) } }
            }
        }
    }
}

/// Rows that cannot be stored as they are: each cell with its sentence and a field to correct it.
fn wrong_rows(req: &Req, handed: &Handed, look: &Look) -> Markup {
    let t = req.t;
    let unread = |at: usize| look.unread.iter().find(|(row, _)| *row == at).map(|(_, cells)| cells);
    let refused = |at: usize| {
        look.changes.iter().find(|(row, _)| *row == at).and_then(|(_, c)| c.as_ref().err())
    };
    let rows: BTreeSet<usize> = look
        .unread
        .iter()
        .map(|(at, _)| *at)
        .chain(look.changes.iter().filter(|(_, c)| c.is_err()).map(|(at, _)| *at))
        .chain(handed.left.iter().copied())
        .collect();
    html! {
        @if !rows.is_empty() {
            h2 { (t.get("delegate-preview-wrong")) }
            @for at in rows {
                fieldset.field.wrongly[!handed.left.contains(&at)] {
                    (row_title(req, handed, at))
                    @if let Some(refusal) = refused(at) { p.wrong { (t.refusal(refusal)) } }
                    @for cell in unread(at).into_iter().flatten() { (correction(t, handed, at, cell)) }
                    (leave(t, handed, at))
                }
            }
        }
    }
}

fn row_title(req: &Req, handed: &Handed, at: usize) -> Markup {
    let cells = handed.grid.rows.get(at).map(Vec::as_slice).unwrap_or_default();
    let mut words: Vec<&str> = cells.iter().map(|c| c.trim()).filter(|c| !c.is_empty()).collect();
    words.dedup();
    html! {
        legend { (req.t.with("delegate-preview-row", &[("row", (at + 1).into())])) }
        p.hint { bdi { (words.join(" · ")) } }
    }
}

fn correction(t: Messages, handed: &Handed, at: usize, cell: &Unread) -> Markup {
    let id = format!("f-fix-{at}-{}", cell.column);
    let column = handed.mapping.columns.get(cell.column).copied().unwrap_or(Column::Aside);
    html! {
        div.field {
            label for=(id) { (column_name(t, column)) }
            p.wrong id={ (id) "-wrong" } { (t.refusal(&cell.refusal)) }
            input id=(id) type="text" name={ "fix." (at) "." (cell.column) }
                value=(handed.grid.cell(at, cell.column))
                aria-invalid="true" aria-describedby={ (id) "-wrong" };
        }
    }
}

fn leave(t: Messages, handed: &Handed, at: usize) -> Markup {
    html! {
        label.box {
            input type="checkbox" name="leave" value=(at) checked[handed.left.contains(&at)];
            " " (t.get("delegate-preview-leave"))
        }
    }
}

fn people(t: Messages, look: &Look) -> Markup {
    let labels = [
        "delegate-preview-what",
        "delegate-name",
        "delegate-office",
        "delegate-rank",
        "delegate-task",
        "delegate-languages",
        "delegate-stay",
    ]
    .map(|key| t.get(key));
    let rows: Vec<(usize, &Change)> =
        look.changes.iter().filter_map(|(at, c)| Some((*at, c.as_ref().ok()?))).collect();
    html! {
        @if !rows.is_empty() {
            h2 { (t.get("delegate-preview-people")) }
            div.scroll {
                table.stack {
                    thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                    tbody { @for (at, change) in rows { (person(t, &labels, at, change)) } }
                }
            }
        }
    }
}

fn person(t: Messages, labels: &[String; 7], at: usize, change: &Change) -> Markup {
    let row = t.with("delegate-preview-row", &[("row", (at + 1).into())]);
    let (what, class, shown, before) = match change {
        Change::Add(new) => ("add", "ok", Some(new), None),
        Change::Alter { from, to } => ("alter", "warn", Some(to), Some(&from.value)),
        Change::Same(_) => ("same", "", None, None),
    };
    html! {
        tr {
            td data-label=(labels[0]) {
                span class={ "chip " (class) } { (t.get(&format!("delegate-preview-{what}"))) } " "
                span.hint { (row) }
            }
            @if let Some(new) = shown {
                td data-label=(labels[1]) { (names(&new.name)) }
                td data-label=(labels[2]) { (offices(&new.name)) }
                @let cells = plain(t, new);
                @let old = before.map(|old| plain(t, old));
                @for (at, cell) in cells.iter().enumerate() {
                    td data-label=(labels[at + 3]) {
                        (cell)
                        @if let Some(was) = old.as_ref().map(|o| &o[at]).filter(|was| *was != cell) {
                            br; del { (was) }
                        }
                    }
                }
            } @else {
                td colspan="6" { (t.get("delegate-preview-same-why")) }
            }
        }
    }
}

fn plain(t: Messages, person: &Delegate) -> [String; 4] {
    [
        rank_name(t, person.rank),
        task_name(t, person.task),
        tongues(&person.languages, Marks::of(t.lang).item),
        stay(t.lang, person),
    ]
}

/// A name in every language in which it is stated.
fn names(name: &PersonName) -> Markup {
    html! {
        @for (lang, styled) in name.styled.iter().filter(|(_, s)| !s.name.is_empty()) {
            div lang=(lang.tag()) dir=(lang.dir()) { bdi { (styled.name) } }
        }
    }
}

fn offices(name: &PersonName) -> Markup {
    html! {
        @for (lang, styled) in name.styled.iter().filter(|(_, s)| !s.office.is_empty()) {
            div lang=(lang.tag()) dir=(lang.dir()) { bdi { (styled.office) } }
        }
    }
}

/// How each column is read, which the reader can correct.
fn columns(req: &Req, handed: &Handed, look: &Look) -> Markup {
    let t = req.t;
    let mapping = &handed.mapping;
    let heads = headings(&handed.grid, mapping.head, mapping.body);
    let known = mapping.columns.iter().any(|c| c.names());
    let sample = |at: usize| {
        let people = (mapping.body..handed.grid.rows.len())
            .filter(|row| look.aside.iter().all(|(aside, _)| aside != row));
        let mut cells = people.map(|row| handed.grid.cell(row, at).trim());
        let first = cells.find(|cell| !cell.is_empty()).unwrap_or_default();
        first.chars().take(40).collect::<String>()
    };
    html! {
        details open[!known] {
            summary { (t.get("delegate-preview-columns")) }
            @if !known { p.wrong { (t.get("delegate-preview-no-heading")) } }
            p.hint { (t.with("delegate-preview-sheet", &[("name", handed.grid.name.as_str().into())])) }
            div.row {
                (number(t, "head", "delegate-preview-head", mapping.head + 1))
                (number(t, "body", "delegate-preview-body", mapping.body))
            }
            div.scroll {
                table.stack {
                    thead {
                        tr {
                            th scope="col" { (t.get("delegate-preview-heading")) }
                            th scope="col" { (t.get("delegate-preview-sample")) }
                            th scope="col" { (t.get("delegate-preview-read-as")) }
                        }
                    }
                    tbody {
                        @for (at, head) in heads.iter().enumerate() {
                            tr {
                                th scope="row" id={ "h-" (at) } { (letter(at)) " " bdi { (head) } }
                                td { bdi { (sample(at)) } }
                                td { (choice(t, at, mapping.columns[at])) }
                            }
                        }
                    }
                }
            }
            div.field {
                label for="f-rank" { (t.get("delegate-preview-rank")) }
                select #f-rank name="rank" {
                    @for (value, shown) in ranks(t) {
                        option value=(value) selected[value == handed.rank.code()] { (shown) }
                    }
                }
            }
        }
    }
}

fn number(t: Messages, name: &str, label: &str, value: usize) -> Markup {
    html! {
        div.field {
            label for={ "f-" (name) } { (t.get(label)) }
            input id={ "f-" (name) } type="number" name=(name) min="1" value=(value);
        }
    }
}

fn choice(t: Messages, at: usize, chosen: Column) -> Markup {
    html! {
        select name={ "column." (at) } aria-labelledby={ "h-" (at) } {
            @for column in Column::all() {
                option value=(column) selected[column == chosen] { (column_name(t, column)) }
            }
        }
    }
}

/// The letter of a column in a spreadsheet: A … Z, AA …
fn letter(at: usize) -> String {
    let one = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    if at < 26 { one(at).to_string() } else { format!("{}{}", one(at / 26 - 1), one(at)) }
}

/// Columns, cells and rows that are not stored, so that nothing is left out in silence.
fn not_kept(t: Messages, handed: &Handed, look: &Look) -> Markup {
    let mapping = &handed.mapping;
    let heads = headings(&handed.grid, mapping.head, mapping.body);
    let of = |kind: Column| -> Vec<&str> {
        let pairs = heads.iter().zip(&mapping.columns);
        let own = pairs.filter(|(head, column)| **column == kind && !head.is_empty());
        own.map(|(head, _)| head.as_str()).collect()
    };
    let (aside, sensitive) = (of(Column::Aside), of(Column::Sensitive));
    html! {
        @if !sensitive.is_empty() {
            section.notice.warn {
                p { (t.get("delegate-preview-sensitive")) " " bdi { (sensitive.join(" · ")) } }
            }
        }
        details {
            summary { (t.get("delegate-preview-aside")) }
            @if !aside.is_empty() {
                p { (t.get("delegate-preview-aside-columns")) " " bdi { (aside.join(" · ")) } }
            }
            ul {
                @for (at, note) in &look.notes {
                    li { (t.with("delegate-preview-row", &[("row", (at + 1).into())])) " " (t.refusal(note)) }
                }
                @for (at, words) in &look.aside {
                    li {
                        (t.with("delegate-preview-row", &[("row", (at + 1).into())])) " " bdi { (words) }
                    }
                }
            }
        }
    }
}
