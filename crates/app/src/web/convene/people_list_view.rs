//! What pages show of every list of people on its way in: rows that need the reader, how the columns are
//! read, and what is not kept.

use std::collections::BTreeSet;

use domain::workbook::{column::Column, header::headings, row::Unread};
use maud::{Markup, html};

use super::{
    delegation_form::ranks,
    people_list::{Handed, Told},
};
use crate::{
    i18n::Messages,
    web::{request::Req, workbook},
};

/// A list's preview as one form: what it holds, how it is read, and what can be done with it. `shown`
/// stands for exactly what would be stored; `done` shows that.
pub fn form(
    req: &Req,
    handed: &Handed,
    told: &Told,
    (ready, shown): (bool, &str),
    done: &Markup,
) -> Markup {
    let t = req.t;
    html! {
        form method="post" action=(req.path) novalidate {
            (workbook::back(&handed.grid))
            input type="hidden" name="heading" value={ (handed.mapping.head) "-" (handed.mapping.body) };
            input type="hidden" name="shown" value=(shown);
            (wrong_rows(req, handed, told))
            (done)
            (columns(req, handed, told))
            (not_kept(t, handed, told))
            div.actions {
                @if ready {
                    button.main type="submit" name="do" value="store" { (t.get("delegate-preview-store")) }
                }
                button.main[!ready] type="submit" name="do" value="check" {
                    (t.get("delegate-preview-check"))
                }
            }
            @if told.waiting(&handed.left) > 0 {
                p.hint { (t.get("delegate-preview-not-ready")) }
            } @else if !ready {
                p.hint { (t.get("delegate-preview-nothing")) }
            }
        }
    }
}

/// Numbers over the words for them.
pub fn figures(t: Messages, figures: &[(&str, usize)]) -> Markup {
    html! {
        div.figures {
            @for (key, n) in figures {
                div.figure { strong { (n) } span { (t.with(key, &[("n", (*n).into())])) } }
            }
        }
    }
}

/// What a column is called.
pub fn column_name(t: Messages, column: Column) -> String {
    let name = t.get(&format!("delegate-column-{}", column.kind()));
    column.lang().map_or(name.clone(), |lang| format!("{name} · {}", lang.own_name()))
}

/// Rows that cannot be stored as they are: each cell with its sentence and a field to correct it.
fn wrong_rows(req: &Req, handed: &Handed, told: &Told) -> Markup {
    let t = req.t;
    let unread = |at: usize| {
        told.unread.iter().filter(move |(row, _)| *row == at).flat_map(|(_, cells)| cells)
    };
    let refused = |at: usize| told.refused.iter().find(|(row, _)| *row == at).map(|(_, why)| why);
    let rows: BTreeSet<usize> = (told.unread.iter().map(|(at, _)| *at))
        .chain(told.refused.iter().map(|(at, _)| *at))
        .chain(handed.left.iter().copied())
        .collect();
    html! {
        @if !rows.is_empty() {
            h2 { (t.get("delegate-preview-wrong")) }
            @for at in rows {
                fieldset.field.wrongly[!handed.left.contains(&at)] {
                    (row_title(req, handed, at))
                    @if let Some(refusal) = refused(at) { p.wrong { (t.refusal(refusal)) } }
                    @for cell in unread(at) { (correction(t, handed, at, cell)) }
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
    let Some(column) = handed.mapping.columns.get(cell.column) else {
        return html! { p.wrong { (t.refusal(&cell.refusal)) } };
    };
    let id = format!("f-fix-{at}-{}", cell.column);
    html! {
        div.field {
            label for=(id) { (column_name(t, *column)) }
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

/// How each column is read, which the reader can correct.
fn columns(req: &Req, handed: &Handed, told: &Told) -> Markup {
    let t = req.t;
    let mapping = &handed.mapping;
    let heads = headings(&handed.grid, mapping.head, mapping.body);
    let known = handed.is_headed();
    let sample = |at: usize| {
        let people = (mapping.body..handed.grid.rows.len())
            .filter(|row| told.aside.iter().all(|(aside, _)| aside != row));
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
                                td { (choice(t, at, handed)) }
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

fn choice(t: Messages, at: usize, handed: &Handed) -> Markup {
    let chosen = handed.mapping.columns[at];
    html! {
        select name={ "column." (at) } aria-labelledby={ "h-" (at) } {
            @for column in Column::all().into_iter().filter(|column| handed.reach.has(*column)) {
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
fn not_kept(t: Messages, handed: &Handed, told: &Told) -> Markup {
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
        details open[!handed.grid.others.is_empty()] {
            summary { (t.get("delegate-preview-aside")) }
            @if !aside.is_empty() {
                p { (t.get("delegate-preview-aside-columns")) " " bdi { (aside.join(" · ")) } }
            }
            @if !handed.grid.others.is_empty() {
                p { (t.get("delegate-preview-sheets")) " " bdi { (handed.grid.others.join(" · ")) } }
            }
            ul {
                @for (at, note) in &told.notes {
                    li { (t.with("delegate-preview-row", &[("row", (at + 1).into())])) " " (t.refusal(note)) }
                }
                @for (at, words) in &told.aside {
                    li {
                        (t.with("delegate-preview-row", &[("row", (at + 1).into())])) " " bdi { (words) }
                    }
                }
            }
        }
    }
}
