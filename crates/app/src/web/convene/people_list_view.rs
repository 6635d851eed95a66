//! What pages show of every list of people on its way in, beside what all lists have: grades of offices that
//! are not known, second leaders, people for whom no category is stated.

use std::collections::BTreeSet;

use domain::{
    Refusal,
    workbook::{
        answers::{Answers, Lead},
        category::Unranked,
        column::Column,
        header::{Holds, headings},
    },
};
use maud::{Markup, html};

use super::{delegation::rank_name, delegation_form::ranks, people_list::People};
use crate::{
    i18n::Messages,
    web::{
        request::Req,
        workbook::{
            handed::{Handed, Told},
            view::{self, Kind},
        },
    },
};

/// A list's preview as one form. `shown` stands for exactly what would be stored; `done` shows that.
pub fn form(
    req: &Req,
    people: &People,
    (told, unranked): (&Told, &[Unranked]),
    ready: (bool, &str),
    done: &Markup,
) -> Markup {
    let t = req.t;
    let questions = html! {
        (grades(t, people, told))
        (leaders(t, people, told))
        (sensitive(t, &people.list))
        (categories(t, people, unranked))
    };
    let kind = Kind {
        name: &|column| column_name(t, column),
        choices: Column::all().into_iter().filter(|column| people.reach.has(*column)).collect(),
        headed: people.is_headed(),
        lacks: "delegate-preview-no-heading",
        asked: vec![Refusal::new("rank-unread"), Refusal::new("second-leader")],
        questions,
        beside: html! {},
    };
    view::form(req, (&people.list, told), &kind, ready, done)
}

/// Columns that are never stored.
pub fn sensitive(t: Messages, list: &Handed<Column>) -> Markup {
    let mapping = &list.mapping;
    let heads = headings(&list.grid, mapping.head, mapping.body);
    let own =
        heads.iter().zip(&mapping.columns).filter(|(_, column)| **column == Column::Sensitive);
    let heads: Vec<&str> = own.map(|(head, _)| head.as_str()).collect();
    html! {
        @if !heads.is_empty() {
            section.notice.warn {
                p { (t.get("delegate-preview-sensitive")) " " bdi { (heads.join(" · ")) } }
            }
        }
    }
}

/// What a column is called.
pub fn column_name(t: Messages, column: Column) -> String {
    let name = t.get(&format!("delegate-column-{}", column.kind()));
    column.lang().map_or(name.clone(), |lang| format!("{name} · {}", lang.own_name()))
}

/// Words of a column of categories that are not known: one question for all rows that have them.
fn grades(t: Messages, people: &People, told: &Told) -> Markup {
    let asked = told.said(&Refusal::new("rank-unread"));
    let answered = &people.list.answers.ranks;
    let known: BTreeSet<String> = asked.iter().map(|(said, _)| Answers::key(said)).collect();
    let before = answered.keys().filter(|key| !known.contains(*key)).map(|key| (key.clone(), 0));
    let all: Vec<(String, usize)> = before.chain(asked).collect();
    html! {
        @if !all.is_empty() {
            h2 { (t.get("workbook-grades")) }
            p.hint { (t.get("workbook-grades-why")) }
            @for (at, (said, n)) in all.iter().enumerate() {
                div.field.wrongly[*n > 0] {
                    label for={ "f-grade-" (at) } {
                        bdi { (said) }
                        @if *n > 0 { " · " (t.with("workbook-rows", &[("n", (*n).into())])) }
                    }
                    @let chosen = answered.get(&Answers::key(said)).map(|rank| rank.code());
                    (rank(t, &format!("f-grade-{at}"), &format!("rank.{said}"), chosen))
                }
            }
        }
    }
}

/// A choice of a category, or of none.
fn rank(t: Messages, id: &str, name: &str, chosen: Option<&str>) -> Markup {
    html! {
        select id=(id) name=(name) {
            option value="" selected[chosen.is_none()] { (t.get("workbook-choose")) }
            @for (value, shown) in ranks(t) {
                option value=(value) selected[Some(value.as_str()) == chosen] { (shown) }
            }
        }
    }
}

/// Rows that name a leader of a delegation that has one.
fn leaders(t: Messages, people: &People, told: &Told) -> Markup {
    let list = &people.list;
    let second = told.refused.iter().filter(|(_, why)| why.code == "second-leader");
    let rows: BTreeSet<usize> =
        second.map(|(at, _)| *at).chain(list.answers.leads.keys().copied()).collect();
    let rows: Vec<usize> = rows.difference(&list.left).copied().collect();
    html! {
        @if !rows.is_empty() {
            h2 { (t.get("workbook-leaders")) }
            @if rows.len() > 1 {
                div.field {
                    label for="f-lead-all" { (t.get("workbook-lead-all")) }
                    select #f-lead-all name="lead-all" {
                        option value="" { (t.get("workbook-choose")) }
                        @for lead in Lead::ALL {
                            option value=(lead.code()) { (t.get(&format!("workbook-lead-{}", lead.code()))) }
                        }
                    }
                }
            }
            @for at in rows {
                @let chosen = list.answers.leads.get(&at);
                fieldset.field.wrongly[chosen.is_none()] {
                    (view::row_title(t, list, at))
                    @for lead in Lead::ALL {
                        label.box {
                            input type="radio" name={ "lead." (at) } value=(lead.code())
                                checked[chosen == Some(lead)];
                            " " (t.get(&format!("workbook-lead-{}", lead.code())))
                        }
                    }
                    (view::leave(t, list, at))
                }
            }
        }
    }
}

/// People for whom the list states no category: what their office says of them, and as what the others are
/// filed.
fn categories(t: Messages, people: &People, unranked: &[Unranked]) -> Markup {
    let count =
        |said: bool| unranked.iter().filter(|one| one.said == said).map(|one| one.people).sum();
    let (read, rest): (usize, usize) = (count(true), count(false));
    html! {
        @if !unranked.is_empty() {
            section.notice.warn {
                h2 { (t.get("workbook-unranked")) }
                @if rest > 0 {
                    p { (t.with("workbook-unranked-rest", &[
                        ("n", rest.into()),
                        ("rank", rank_name(t, people.rank).into()),
                    ])) }
                }
                @if read > 0 { p { (t.with("workbook-unranked-read", &[("n", read.into())])) } }
                ul {
                    @for one in unranked {
                        li {
                            @if one.office.is_empty() { (t.get("workbook-no-office")) }
                            @else { bdi { (one.office) } }
                            " · " (rank_name(t, one.rank)) " · " (one.people)
                        }
                    }
                }
            }
            details {
                summary { (t.get("workbook-unranked-change")) }
                @for (at, one) in unranked.iter().filter(|one| !one.office.is_empty()).enumerate() {
                    @let chosen = people.list.answers.offices.get(&Answers::key(&one.office));
                    div.field {
                        label for={ "f-office-" (at) } { bdi { (one.office) } }
                        (rank(t, &format!("f-office-{at}"), &format!("office.{}", one.office),
                            chosen.map(|rank| rank.code())))
                    }
                }
            }
        }
        div.field {
            label for="f-rank" { (t.get("delegate-preview-rank")) }
            select #f-rank name="rank" {
                @for (value, shown) in ranks(t) {
                    option value=(value) selected[value == people.rank.code()] { (shown) }
                }
            }
        }
    }
}
