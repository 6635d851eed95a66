//! What the list of everybody would do, before it does it: delegations that are formed and changed, their
//! people, and names that mean nobody known.

use std::collections::BTreeSet;

use domain::{
    Refusal,
    delegation::Delegation,
    workbook::{
        answers::Answers,
        change::Change,
        filing::{Formed, Group},
    },
};
use maud::{Markup, html};

use super::{
    delegate_preview::people,
    delegation::{rank_name, tongues},
    delegation_import::Look,
    people_list::People,
    people_list_view,
};
use crate::{
    i18n::Messages,
    web::{
        marks::Marks,
        request::Req,
        text, when,
        workbook::{self, view},
    },
};

/// The form that takes the file.
pub fn upload(req: &Req, refusal: Option<&Refusal>) -> Markup {
    let t = req.t;
    let hints = [
        "delegation-import-shapes",
        "delegation-import-new",
        "delegate-import-dates",
        "delegate-import-again",
        "delegate-import-sensitive",
    ];
    workbook::upload(req, "delegate-import-why", &hints.map(|hint| t.get(hint)), refusal)
}

/// The whole preview.
pub fn view(req: &Req, handed: &People, look: &Look) -> Markup {
    let (t, list) = (req.t, &handed.list);
    let formed = look.groups.iter().filter(|group| matches!(group.formed, Formed::New(_))).count();
    let altered = |group: &&Group| matches!(group.formed, Formed::Altered { .. });
    let altered = look.groups.iter().filter(altered).count();
    let changes = || look.groups.iter().flat_map(|group| &group.people);
    let count = |of: fn(&Change) -> bool| changes().filter(|(_, change)| of(change)).count();
    let figures = [
        ("delegation-import-formed", formed),
        ("delegation-import-altered", altered),
        ("delegation-import-added", count(|c| matches!(c, Change::Add(_)))),
        ("delegation-import-changed", count(|c| matches!(c, Change::Alter { .. }))),
        ("delegate-preview-unread", look.told.waiting(&list.left)),
    ];
    let ready = (look.is_ready(&list.left), &*look.seal());
    let done = html! {
        (strangers(t, look, &list.answers))
        (delegations(t, &look.groups))
    };
    html! {
        (view::figures(t, &figures))
        (people_list_view::form(req, handed, (&look.told, &look.unranked), ready, &done))
    }
}

/// Names that mean nobody known: each may become an organisation, or is somebody under another name.
fn strangers(t: Messages, look: &Look, answers: &Answers) -> Markup {
    let Answers { new, means, .. } = answers;
    let all: BTreeSet<&String> = look.strangers.keys().chain(new).chain(means.keys()).collect();
    html! {
        @if !all.is_empty() {
            h2 { (t.get("delegation-import-strangers")) }
            p.hint { (t.get("delegation-import-strangers-hint")) }
            @for (at, name) in all.into_iter().enumerate() {
                fieldset.field {
                    legend { bdi { (name) } }
                    @if let (None, Some(Some(near))) = (means.get(name), look.strangers.get(name)) {
                        (view::suggested(t, name, (&text::words(t, near), &text::words(t, near))))
                    }
                    div.field {
                        label for={ "f-means-" (at) } { (t.get("delegation-import-means")) }
                        input id={ "f-means-" (at) } type="text" name={ "means." (name) }
                            value=[means.get(name)];
                    }
                    label.box {
                        input type="checkbox" name="new" value=(name) checked[new.contains(name)];
                        " " (t.get("delegation-import-new-body"))
                    }
                }
            }
        }
    }
}

fn delegations(t: Messages, groups: &[Group]) -> Markup {
    let labels = [
        "delegate-preview-what",
        "delegation-party",
        "delegation-rank",
        "delegation-quota",
        "delegation-languages",
        "delegate-stay",
        "delegation-people",
    ]
    .map(|key| t.get(key));
    html! {
        @if !groups.is_empty() {
            h2 { (t.get("delegation-import-delegations")) }
            div.scroll {
                table.stack {
                    thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                    tbody { @for group in groups { (delegation(t, &labels, group)) } }
                }
            }
            h2 { (t.get("delegate-preview-people")) }
            @for group in groups.iter().filter(|group| !group.people.is_empty()) {
                details {
                    summary {
                        (text::text(t, &group.formed.delegation().name)) " · "
                        (t.with("delegation-import-people", &[("n", group.people.len().into())]))
                    }
                    (people(t, &group.people))
                }
            }
        }
    }
}

fn delegation(t: Messages, labels: &[String; 7], group: &Group) -> Markup {
    let (what, class, before) = match &group.formed {
        Formed::New(_) => ("new-one", "ok", None),
        Formed::Altered { from, .. } => ("alter", "warn", Some(&from.value)),
        Formed::Same(_) => ("stays", "", None),
    };
    let now = group.formed.delegation();
    let (cells, old) = (facts(t, now), before.map(|before| facts(t, before)));
    html! {
        tr {
            td data-label=(labels[0]) {
                span class={ "chip " (class) } { (t.get(&format!("delegation-import-{what}"))) }
            }
            th scope="row" data-label=(labels[1]) { (text::text(t, &now.name)) }
            @for (at, cell) in cells.iter().enumerate() {
                td data-label=(labels[at + 2]) {
                    (cell)
                    @if let Some(was) = old.as_ref().map(|old| &old[at]).filter(|was| *was != cell) {
                        br; del { (was) }
                    }
                }
            }
            td data-label=(labels[6]) { (group.people.len()) }
        }
    }
}

fn facts(t: Messages, delegation: &Delegation) -> [String; 4] {
    let at = |at: Option<_>| at.map_or_else(|| "…".to_owned(), |at| when::clock(t.lang, at));
    let stay = match (delegation.arrival, delegation.departure) {
        (None, None) => "—".to_owned(),
        (from, until) => format!("{} – {}", at(from), at(until)),
    };
    [
        rank_name(t, delegation.rank),
        delegation.quota.to_string(),
        tongues(&delegation.languages, Marks::of(t.lang).item),
        stay,
    ]
}
