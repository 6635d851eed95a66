//! What a list of people would do, before it does it: whom it adds, whom it changes, who stays.

use domain::{
    Refusal,
    delegation::{Delegate, Delegation},
    person::PersonName,
    workbook::change::Change,
};
use maud::{Markup, html};

use super::{
    delegate::{stay, task_name},
    delegate_import::Look,
    delegation::{rank_name, tongues},
    people_list::People,
    people_list_view as list,
};
use crate::{
    i18n::Messages,
    web::{
        marks::Marks,
        request::Req,
        workbook::{self, view},
    },
};

/// The form that takes the file.
pub fn upload(req: &Req, delegation: &Delegation, refusal: Option<&Refusal>) -> Markup {
    let t = req.t;
    let hints = [
        t.get("delegate-import-dates"),
        t.get("delegate-import-again"),
        t.get("delegate-import-sensitive"),
        t.with("delegate-import-quota", &[("n", delegation.quota.into())]),
    ];
    workbook::upload(req, "delegate-import-why", &hints, refusal)
}

/// The whole preview.
pub fn view(req: &Req, handed: &People, look: &Look) -> Markup {
    let t = req.t;
    let count = |of: fn(&Change) -> bool| look.changes.iter().filter(|(_, c)| of(c)).count();
    let figures = [
        ("delegate-preview-added", count(|c| matches!(c, Change::Add(_)))),
        ("delegate-preview-changed", count(|c| matches!(c, Change::Alter { .. }))),
        ("delegate-preview-same", count(|c| matches!(c, Change::Same(_)))),
        ("delegate-preview-unread", look.told.waiting(&handed.list.left)),
    ];
    let ready = (look.is_ready(&handed.list.left), &*look.seal());
    let done = html! {
        @if !look.changes.is_empty() {
            h2 { (t.get("delegate-preview-people")) }
            (people(t, &look.changes))
        }
    };
    html! {
        (view::figures(t, &figures))
        (list::form(req, handed, (&look.told, &look.unranked), ready, &done))
    }
}

/// What becomes of people, row by row.
pub fn people(t: Messages, changes: &[(usize, Change)]) -> Markup {
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
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody { @for (at, change) in changes { (person(t, &labels, *at, change)) } }
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
