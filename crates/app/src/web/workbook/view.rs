//! What pages show of every list on its way in: rows that need the reader, questions that stand once for many
//! rows, how the columns are read, and what is not kept.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Refusal,
    workbook::{
        header::{Holds, headings},
        row::Unread,
    },
};
use maud::{Markup, html};

use super::{
    back,
    handed::{Handed, Told},
};
use crate::{
    i18n::Messages,
    web::{request::Req, when},
};

/// How a kind of list is shown.
pub struct Kind<'a, C> {
    /// What a column is called.
    pub name: &'a dyn Fn(C) -> String,
    /// The columns that can be chosen.
    pub choices: Vec<C>,
    /// Whether the columns that are needed are there.
    pub headed: bool,
    /// The message that says which are needed.
    pub lacks: &'static str,
    /// Refusals that are asked about once for all rows, in `questions`.
    pub asked: Vec<Refusal>,
    /// Those questions.
    pub questions: Markup,
    /// What else is asked beside the columns.
    pub beside: Markup,
}

/// A list's preview as one form: what it holds, how it is read, and what can be done with it. `shown`
/// stands for exactly what would be stored; `done` shows that.
pub fn form<C: Holds>(
    req: &Req,
    (handed, told): (&Handed<C>, &Told),
    kind: &Kind<'_, C>,
    (ready, shown): (bool, &str),
    done: &Markup,
) -> Markup {
    let (t, mapping) = (req.t, &handed.mapping);
    let waits = told.waiting(&handed.left) > 0;
    html! {
        form method="post" action=(req.path) novalidate {
            (back(&handed.grid))
            input type="hidden" name="heading" value={ (mapping.head) "-" (mapping.body) };
            input type="hidden" name="shown" value=(shown);
            @if !kind.headed { (columns(req, handed, told, kind)) }
            (kind.questions)
            (at_once(t, handed, told, kind))
            (wrong_rows(t, handed, told, kind))
            (cancelled(t, handed, told))
            (not_kept(t, handed, told))
            (done)
            @if kind.headed { (columns(req, handed, told, kind)) }
            (aside(t, told))
            div.actions {
                @if ready {
                    button.main type="submit" name="do" value="store" { (t.get("delegate-preview-store")) }
                }
                button.main[!ready] type="submit" name="do" value="check" {
                    (t.get("delegate-preview-check"))
                }
            }
            @if waits { p.hint { (t.get("delegate-preview-not-ready")) } }
            @else if !ready { p.hint { (t.get("delegate-preview-nothing")) } }
        }
        p { a href=(req.path) { (t.get("workbook-other-file")) } }
    }
}

/// Whoever an unknown name may mean, as an answer that is one tick away: its value, and what it is called.
pub fn suggested(t: Messages, name: &str, (value, called): (&str, &str)) -> Markup {
    html! {
        label.box {
            input type="checkbox" name={ "means." (name) } value=(value);
            " " (t.with("workbook-suggest", &[("name", called.into())]))
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

/// Rows that cannot be stored as they are: each cell with its sentence and a field to correct it. What is
/// asked about once for all rows is not asked again here.
fn wrong_rows<C: Holds>(
    t: Messages,
    handed: &Handed<C>,
    told: &Told,
    kind: &Kind<'_, C>,
) -> Markup {
    let own = |code: &str| kind.asked.iter().all(|one| one.code != code);
    let cells = |at: usize| {
        let cells =
            told.unread.iter().filter(move |(row, _)| *row == at).flat_map(|(_, cells)| cells);
        cells.filter(|cell| own(&cell.refusal.code))
    };
    let refused = |at: usize| {
        told.refused.iter().find(|(row, why)| *row == at && own(&why.code)).map(|(_, why)| why)
    };
    let wrong = |at: &usize| refused(*at).is_some() || cells(*at).next().is_some();
    let rows: BTreeSet<usize> =
        told.rows().into_iter().filter(wrong).chain(handed.left.iter().copied()).collect();
    html! {
        @if !rows.is_empty() {
            h2 { (t.get("delegate-preview-wrong")) }
            @for at in rows {
                fieldset.field.wrongly[!handed.left.contains(&at)] {
                    (row_title(t, handed, at))
                    @if let Some(refusal) = refused(at) { p.wrong { (t.refusal(refusal)) } }
                    @for cell in cells(at) { (correction(t, handed, kind, at, cell)) }
                    (leave(t, handed, at))
                }
            }
        }
    }
}

/// What can be said of many rows at once: to leave cells of a column empty, to leave all rows out.
fn at_once<C: Holds>(t: Messages, handed: &Handed<C>, told: &Told, kind: &Kind<'_, C>) -> Markup {
    let mut columns: BTreeMap<usize, usize> =
        handed.answers.blank.iter().map(|at| (*at, 0)).collect();
    for cell in told.unread.iter().flat_map(|(_, cells)| cells) {
        *columns.entry(cell.column).or_default() += 1;
    }
    let may = |at: &usize| handed.mapping.columns.get(*at).filter(|column| column.may_be_empty());
    let columns: Vec<_> = columns.iter().filter_map(|(at, n)| Some((at, n, may(at)?))).collect();
    html! {
        div.field {
            @for (at, n, column) in columns {
                label.box {
                    input type="checkbox" name="blank" value=(at)
                        checked[handed.answers.blank.contains(at)];
                    " " (t.with("workbook-blank", &[
                        ("column", (kind.name)(*column).into()),
                        ("n", (*n).into()),
                    ]))
                }
            }
            @if told.waiting(&handed.left) > 1 {
                label.box {
                    input type="checkbox" name="leave-all" value="yes";
                    " " (t.get("workbook-leave-all"))
                }
            }
        }
    }
}

/// A cell as its reader writes it: what is a date in the workbook stands there in figures of ISO 8601.
fn stated(t: Messages, cell: &str) -> String {
    let day = || cell.parse().ok().filter(|_| cell.len() == "2027-05-18".len());
    let moment = || cell.parse().ok().filter(|_| cell.len() >= "2027-05-18 09:30".len());
    let day = || day().map(|day| when::date(t.lang, day));
    day().or_else(|| moment().map(|at| when::clock(t.lang, at))).unwrap_or_else(|| cell.to_owned())
}

/// The number of a row and its words.
pub fn row_title<C>(t: Messages, handed: &Handed<C>, at: usize) -> Markup {
    let cells = handed.grid.rows.get(at).map(Vec::as_slice).unwrap_or_default();
    let cells = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let mut words: Vec<String> = cells.map(|cell| stated(t, cell)).collect();
    words.dedup();
    html! {
        legend { (t.with("delegate-preview-row", &[("row", (at + 1).into())])) }
        p.hint { bdi { (words.join(" · ")) } }
    }
}

fn correction<C: Holds>(
    t: Messages,
    handed: &Handed<C>,
    kind: &Kind<'_, C>,
    at: usize,
    cell: &Unread,
) -> Markup {
    let Some(column) = handed.mapping.columns.get(cell.column) else {
        return html! { p.wrong { (t.refusal(&cell.refusal)) } };
    };
    let id = format!("f-fix-{at}-{}", cell.column);
    html! {
        div.field {
            label for=(id) { ((kind.name)(*column)) }
            p.wrong id={ (id) "-wrong" } { (t.refusal(&cell.refusal)) }
            input id=(id) type="text" name={ "fix." (at) "." (cell.column) }
                value=(handed.grid.cell(at, cell.column))
                aria-invalid="true" aria-describedby={ (id) "-wrong" };
        }
    }
}

/// The box that leaves a row out.
pub fn leave<C>(t: Messages, handed: &Handed<C>, at: usize) -> Markup {
    html! {
        label.box {
            input type="checkbox" name="leave" value=(at) checked[handed.left.contains(&at)];
            " " (t.get("delegate-preview-leave"))
        }
    }
}

/// Rows that say themselves that they are cancelled: each is taken only if the reader says so.
fn cancelled<C>(t: Messages, handed: &Handed<C>, told: &Told) -> Markup {
    let words: BTreeMap<usize, &str> =
        told.cancelled.iter().map(|(at, said)| (*at, &**said)).collect();
    let rows: BTreeSet<usize> = words.keys().chain(&handed.answers.taken).copied().collect();
    html! {
        @if !rows.is_empty() {
            h2 { (t.get("workbook-cancelled")) }
            p.hint { (t.get("workbook-cancelled-why")) }
            @for at in rows {
                fieldset.field {
                    (row_title(t, handed, at))
                    label.box {
                        input type="checkbox" name="take" value=(at)
                            checked[handed.answers.taken.contains(&at)];
                        " "
                        @match words.get(&at) {
                            Some(said) => (t.with("workbook-cancelled-take", &[("said", (*said).into())])),
                            None => (t.get("workbook-cancelled-taken")),
                        }
                    }
                }
            }
        }
    }
}

/// How each column is read, which the reader can correct.
fn columns<C: Holds>(req: &Req, handed: &Handed<C>, told: &Told, kind: &Kind<'_, C>) -> Markup {
    let (t, mapping) = (req.t, &handed.mapping);
    let heads = headings(&handed.grid, mapping.head, mapping.body);
    let sample = |at: usize| {
        let rows = (mapping.body..handed.grid.rows.len())
            .filter(|row| told.aside.iter().all(|(aside, _)| aside != row));
        let mut cells = rows.map(|row| handed.grid.cell(row, at).trim());
        let first = cells.find(|cell| !cell.is_empty()).unwrap_or_default();
        stated(t, first).chars().take(40).collect::<String>()
    };
    let named = [("name", handed.grid.name.as_str().into())];
    html! {
        details open[!kind.headed] {
            summary { (t.get("delegate-preview-columns")) }
            @if !kind.headed { p.wrong { (t.get(kind.lacks)) } }
            p.hint { (t.with("delegate-preview-sheet", &named)) }
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
                                td { (choice(at, mapping.columns[at], kind)) }
                            }
                        }
                    }
                }
            }
            (kind.beside)
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

fn choice<C: Holds>(at: usize, chosen: C, kind: &Kind<'_, C>) -> Markup {
    html! {
        select name={ "column." (at) } aria-labelledby={ "h-" (at) } {
            @for column in &kind.choices {
                option value=(column) selected[*column == chosen] { ((kind.name)(*column)) }
            }
        }
    }
}

/// The letter of a column in a spreadsheet: A … Z, AA …
fn letter(at: usize) -> String {
    let one = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    if at < 26 { one(at).to_string() } else { format!("{}{}", one(at / 26 - 1), one(at)) }
}

/// Columns, sheets and words that are not stored, or stored in another way than they are said: open, so that
/// nothing is left out in silence.
pub fn not_kept<C: Holds>(t: Messages, handed: &Handed<C>, told: &Told) -> Markup {
    let mapping = &handed.mapping;
    let heads = headings(&handed.grid, mapping.head, mapping.body);
    let unused = mapping.unused(&handed.grid);
    let head =
        |at: usize| heads.get(at).filter(|head| !head.is_empty()).map_or("…", String::as_str);
    let others = &handed.grid.others;
    html! {
        @if !unused.is_empty() || !others.is_empty() {
            section.notice.warn {
                @if !unused.is_empty() {
                    p { (t.get("workbook-unused")) }
                    ul {
                        @for (at, n) in &unused {
                            li {
                                (letter(*at)) " " bdi { (head(*at)) } " · "
                                (t.with("workbook-cells", &[("n", (*n).into())]))
                            }
                        }
                    }
                }
                @if !others.is_empty() {
                    p { (t.get("delegate-preview-sheets")) " " bdi { (others.join(" · ")) } }
                }
            }
        }
        @if !told.notes.is_empty() {
            details open {
                summary { (t.with("workbook-notes", &[("n", told.notes.len().into())])) }
                ul {
                    @for (at, note) in &told.notes {
                        li { (super::row_said(t, *at, &t.refusal(note))) }
                    }
                }
            }
        }
    }
}

/// Rows that say nothing of their own.
pub fn aside(t: Messages, told: &Told) -> Markup {
    html! {
        @if !told.aside.is_empty() {
            details {
                summary { (t.with("workbook-aside", &[("n", told.aside.len().into())])) }
                ul {
                    @for (at, words) in &told.aside {
                        li { (super::row_said(t, *at, words)) }
                    }
                }
            }
        }
    }
}
