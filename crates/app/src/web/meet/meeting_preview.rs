//! What a list of meetings would do, before it does it: the meetings it adds, where it clashes, what it says
//! of meetings that are there already.

use domain::{
    DelegationId, Refusal,
    meeting::{Meeting, MeetingState, Wish},
    workbook::{
        clash::Clash,
        header::{Holds, headings},
        party::Names,
        request::{self, column::Column},
    },
};
use maud::{Markup, html};

use super::{
    meeting::{Sides, home, length, state},
    meeting_import::{Look, Twin, otherwise},
};
use crate::{
    i18n::Messages,
    web::{
        marks::Marks,
        reply::Fault,
        request::Req,
        text,
        workbook::{
            handed::{Handed, LEAVE},
            row_said,
            view::{self, Kind},
        },
    },
};

/// Most clashes that are listed; the rest is told as a number.
const LISTED: usize = 50;

/// What a column is called.
fn column_name(t: Messages, column: Column) -> String {
    let name = t.get(&format!("meeting-column-{}", column.kind()));
    column.lang().map_or(name.clone(), |lang| format!("{name} · {}", lang.own_name()))
}

/// The whole preview.
pub fn view(req: &Req, sides: &Sides, list: &Handed<Column>, look: &Look) -> Result<Markup, Fault> {
    let t = req.t;
    let figures = [
        ("meeting-import-new", look.new.len()),
        ("meeting-import-known", look.known.len()),
        ("delegate-preview-unread", look.told.waiting(&list.left)),
        ("meeting-import-clashes", look.clashes.len()),
    ];
    let kind = Kind {
        name: &|column| column_name(t, column),
        choices: Column::all(),
        headed: request::names_sides(&list.mapping),
        lacks: "meeting-import-no-heading",
        asked: vec![Refusal::new("delegation-unknown")],
        questions: html! { (strangers(req, sides, list, look)) },
        beside: html! {},
    };
    let known = known(req, sides, look)?;
    let done = html! {
        (remarks(t, list))
        (clashing(req, sides, &look.clashes))
        @if !look.new.is_empty() { (table(req, sides, look)) (unsaid(req, look)) }
        (known)
    };
    let ready = (look.is_ready(&list.left), &*look.seal());
    Ok(html! {
        (view::figures(t, &figures))
        (view::form(req, (list, &look.told), &kind, ready, &done))
    })
}

/// Names that no delegation has: each is asked about once, whatever the number of its rows.
fn strangers(req: &Req, sides: &Sides, list: &Handed<Column>, look: &Look) -> Markup {
    let t = req.t;
    let asked = look.told.said(&Refusal::new("delegation-unknown"));
    let means = &list.answers.means;
    let names = Names::of(&sides.all);
    let near = |said: &String| names.nearly(said).and_then(|id| sides.delegation(id));
    let before = means.keys().filter(|name| asked.iter().all(|(one, _)| one != *name));
    let all: Vec<(&String, usize)> =
        asked.iter().map(|(name, n)| (name, *n)).chain(before.map(|name| (name, 0))).collect();
    let chosen = |name: &String, id: DelegationId| {
        means.get(name).is_some_and(|said| *said == id.to_string())
    };
    html! {
        @if !all.is_empty() {
            h2 { (t.get("delegation-import-strangers")) }
            p.hint { (t.get("meeting-import-strangers-hint")) }
            @for (at, (name, n)) in all.into_iter().enumerate() {
                div.field.wrongly[n > 0] {
                    label for={ "f-means-" (at) } {
                        bdi { (name) }
                        @if n > 0 { " · " (t.with("workbook-rows", &[("n", n.into())])) }
                    }
                    @if let Some(near) = near(name).filter(|_| !means.contains_key(name)) {
                        (view::suggested(t, name, (&near.id.to_string(), &text::words(t, &near.name))))
                    }
                    select id={ "f-means-" (at) } name={ "means." (name) } {
                        option value="" { (t.get("workbook-choose")) }
                        option value=(LEAVE) selected[means.get(name).is_some_and(|said| said == LEAVE)] {
                            (t.get("workbook-leave-named"))
                        }
                        @for delegation in &sides.all {
                            option value=(delegation.id) selected[chosen(name, delegation.id)] {
                                (text::words(t, &delegation.name))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Which columns go into the remark of the office, and who is shown that.
fn remarks(t: Messages, list: &Handed<Column>) -> Markup {
    let mapping = &list.mapping;
    let heads = headings(&list.grid, mapping.head, mapping.body);
    let of = |column: &Column| matches!(column, Column::Remark | Column::Start);
    let pairs = heads.iter().zip(&mapping.columns).filter(|(_, column)| of(column));
    let heads: Vec<&str> = pairs.map(|(head, _)| head.as_str()).collect();
    html! {
        @if !heads.is_empty() {
            p.hint { (t.get("meeting-import-remarks")) " " bdi { (heads.join(" · ")) } }
        }
    }
}

fn clashing(req: &Req, sides: &Sides, clashes: &[Clash]) -> Markup {
    let t = req.t;
    let rows = |clash: &Clash| {
        let [first, second] = [clash.first, clash.second].map(|row| row.saturating_add(1));
        t.with("meeting-import-clash", &[("first", first.into()), ("second", second.into())])
    };
    html! {
        @if !clashes.is_empty() {
            section.notice {
                h2 { (t.get("meeting-import-clashes-title")) }
                p { (t.get("meeting-import-clashes-why")) }
                ul {
                    @for clash in clashes.iter().take(LISTED) {
                        li {
                            (sides.name(req, clash.delegation)) (Marks::of(t.lang).colon) (rows(clash))
                        }
                    }
                }
                @if let Some(rest @ 1..) = clashes.len().checked_sub(LISTED) {
                    p { (t.with("meeting-import-more", &[("n", rest.into())])) }
                }
            }
        }
    }
}

fn table(req: &Req, sides: &Sides, look: &Look) -> Markup {
    let t = req.t;
    let labels = [
        "meeting-from",
        "meeting-to",
        "meeting-purpose",
        "meeting-wish",
        "meeting-lasts",
        "meeting-state",
        "meeting-remark",
    ]
    .map(|key| t.get(key));
    let name = |id: DelegationId| sides.name(req, id);
    let wish = |wish: Wish| t.get(&format!("meeting-wish-{wish}"));
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for (_, meeting, stated) in &look.new {
                        tr {
                            th scope="row" { (name(meeting.from)) }
                            td data-label=(labels[1]) { (name(meeting.to)) }
                            td data-label=(labels[2]) { (text::text(t, &meeting.purpose)) }
                            td.brief data-label=(labels[3]) { (wish(meeting.wish)) }
                            td.brief data-label=(labels[4]) { (length(req, meeting)) }
                            td.brief data-label=(labels[5]) {
                                @if *stated { (state(req, meeting, None)) }
                                @else { (t.get("meeting-import-unsaid")) }
                            }
                            td data-label=(labels[6]) { bdi { (meeting.remark) } }
                        }
                    }
                }
            }
        }
    }
}

/// Asks how requests stand of which the list does not say it.
fn unsaid(req: &Req, look: &Look) -> Markup {
    let t = req.t;
    let chosen = otherwise(req);
    html! {
        @if look.new.iter().any(|(_, _, stated)| !stated) {
            fieldset {
                legend { (t.get("meeting-import-otherwise")) }
                @for state in [MeetingState::Requested, MeetingState::Accepted] {
                    label.box {
                        input type="radio" name="otherwise" value=(state.code()) checked[state == chosen];
                        span { (t.get(&format!("meeting-import-{}", state.code()))) }
                    }
                }
            }
        }
    }
}

/// Rows that ask for what there is already, each with what it repeats.
fn known(req: &Req, sides: &Sides, look: &Look) -> Result<Markup, Fault> {
    let (t, edition) = (req.t, req.edition()?);
    let name = |id| sides.delegation(id).map_or_else(String::new, |d| text::words(t, &d.name));
    let pair = |meeting: &Meeting| format!("{} – {}", name(meeting.from), name(meeting.to));
    Ok(html! {
        @if !look.known.is_empty() {
            details open {
                summary { (t.get("meeting-import-known-title")) }
                ul {
                    @for (row, meeting, twin) in &look.known {
                        li {
                            (row_said(t, *row, &pair(meeting)))
                            @if !meeting.remark.is_empty() { " · " bdi { (meeting.remark) } }
                            " → "
                            @match twin {
                                Twin::Row(row) => (t.with("meeting-import-twin", &[
                                    ("row", row.saturating_add(1).into()),
                                ])),
                                Twin::There(there) => {
                                    a href={ (home(edition)) "/" (there.id) } {
                                        (t.get("meeting-import-there")) " "
                                        (text::text(t, &there.purpose))
                                    }
                                    " " (state(req, there, None))
                                }
                            }
                        }
                    }
                }
            }
        }
    })
}
