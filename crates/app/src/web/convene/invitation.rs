//! Invitations: the states of all of them at a glance, and the pages of each.

use std::collections::BTreeMap;

use domain::{
    DelegationId,
    access::Action,
    city::Origin,
    delegation::Delegation,
    edition::Edition,
    invitation::{Invitation, InvitationState},
    revision::Versioned,
    search,
};
use maud::{Markup, html};
use outputs::sheet::{Cell, Column, Sheet};

use crate::web::{
    layout::{self, Page},
    list::{self, Wish},
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
    sheet, text, when,
};

/// The addresses of this file and of everything that is done with invitations.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    vec![
        get("/editions/{edition}/invitations", read, index),
        get("/editions/{edition}/invitations/export/{format}", read, index),
    ]
}

/// The address of an invitation's page.
pub fn address(invitation: &Invitation) -> String {
    format!("/editions/{}/invitations/{}", invitation.edition, invitation.id)
}

/// The invitation that the path names, if it belongs to the edition that the path names.
pub fn load(req: &Req) -> Result<Versioned<Invitation>, Fault> {
    let id = req.param("invitation")?;
    let edition = req.edition()?.id;
    let found = req.read(|c| store::invitation::get(c, id))?;
    found.filter(|v| v.value.edition == edition).ok_or(Fault::Missing)
}

/// The state as a mark.
pub fn state(req: &Req, state: &InvitationState) -> Markup {
    let class = match state.code() {
        "accepted" | "substituted" => "chip ok",
        "accepted_subject" => "chip warn",
        _ => "chip",
    };
    html! { span class=(class) { (req.t.get(&format!("invitation-state-{}", state.code()))) } }
}

/// How many people come, as far as anybody has said.
pub fn people(invitation: &Invitation) -> Option<i64> {
    match &invitation.state {
        InvitationState::Answered { reply, .. } => Some(reply.people),
        _ => None,
    }
}

/// What the reader asked to see: a state's code, or those to be reminded.
fn wanted(edition: &Edition, invitation: &Invitation, req: &Req) -> bool {
    match req.query.get("state") {
        "" => true,
        "due" => invitation.reminder_due(edition, req.now),
        code => invitation.state.code() == code,
    }
}

type Names = BTreeMap<DelegationId, Delegation>;

fn index(req: &Req) -> Outcome {
    let t = req.t;
    let edition = req.edition()?;
    let (all, delegations) = req.read(|c| {
        let delegations = store::delegation::of_edition(c, edition.id)?;
        Ok((store::invitation::of_edition(c, edition.id)?, delegations))
    })?;
    let names: Names = delegations.into_iter().map(|v| (v.value.id, v.value)).collect();
    let wish = Wish::of(&req.query);
    let said = |i: &Invitation| {
        let name = names.get(&i.delegation).map(|d| d.name.words()).unwrap_or_default();
        search::fold(&format!("{} {name} {}", i.reference(edition), i.addressee.name))
    };
    let mut found: Vec<&Invitation> = all
        .iter()
        .map(|v| &v.value)
        .filter(|i| wanted(edition, i, req) && search::finds(&said(i), &wish.q))
        .collect();
    found.sort_by_key(|i| i.number);
    if sheet::asked(req) {
        return sheet::reply(req, "invitations", &table(req, edition, &found, &names));
    }
    let decides = Gate::Secretariat(Action::Decide).lets(&req.actor, req.place());
    let body = html! {
        @if all.is_empty() {
            (layout::empty(&t.get("invitation-none"), None))
        } @else {
            (figures(req, edition, &all))
            @if decides { (outgoing(req, edition, &all)) }
            (search_box(req))
            @if found.is_empty() { (layout::empty(&t.get("invitation-none-found"), None)) }
            @else { (rows(req, edition, wish.cut(&found), &names)) }
            (list::pager(req, &wish, found.len()))
            (sheet::links(req, &req.path))
        }
    };
    let page = Page {
        title: t.get("invitation-list"),
        main: decides.then(|| (format!("{}/new", req.path), t.get("invitation-write"))),
        edition: Some(edition),
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

/// How many stand where; each number leads to those it counts.
fn figures(req: &Req, edition: &Edition, all: &[Versioned<Invitation>]) -> Markup {
    let t = req.t;
    let count = |code: &str| all.iter().filter(|v| v.value.state.code() == code).count();
    let due = all.iter().filter(|v| v.value.reminder_due(edition, req.now)).count();
    let coming: i64 = all.iter().filter_map(|v| people(&v.value)).sum();
    let figure = |code: &str, n: usize, label: String| {
        let to = format!("{}?state={code}", req.path);
        let here = req.query.get("state") == code;
        html! {
            a.figure href=(to) aria-current=[here.then_some("true")] { strong { (n) } span { (label) } }
        }
    };
    html! {
        div.figures {
            (figure("", all.len(), t.get("invitation-all")))
            @for code in InvitationState::CODES {
                (figure(code, count(code), t.get(&format!("invitation-state-{code}"))))
            }
            (figure("due", due, t.get("invitation-due")))
            div.figure { strong { (coming) } span { (t.get("invitation-coming")) } }
        }
    }
}

/// What waits to leave.
fn outgoing(req: &Req, edition: &Edition, all: &[Versioned<Invitation>]) -> Markup {
    let drafts = all.iter().filter(|v| v.value.state == InvitationState::Draft).count();
    let due = all.iter().filter(|v| v.value.reminder_due(edition, req.now)).count();
    html! {
        p.row {
            @if drafts > 0 {
                a.button href={ (req.path) "/send" } {
                    (req.t.with("invitation-send-many", &[("n", drafts.into())]))
                }
            }
            @if due > 0 {
                a.button href={ (req.path) "/remind" } {
                    (req.t.with("invitation-remind-many", &[("n", due.into())]))
                }
            }
        }
    }
}

fn search_box(req: &Req) -> Markup {
    let state = req.query.get("state");
    let kept = html! {
        @if !state.is_empty() { input type="hidden" name="state" value=(state); }
    };
    list::search(req, &req.t.get("invitation-search"), &kept)
}

fn rows(req: &Req, edition: &Edition, shown: &[&Invitation], names: &Names) -> Markup {
    let t = req.t;
    let columns = ["number", "delegation", "addressee", "state", "people", "reply_by"]
        .map(|key| t.get(&format!("invitation-column-{key}")));
    let due = |i: &Invitation| i.reminder_due(edition, req.now);
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for column in &columns { th scope="col" { (column) } } } }
                tbody {
                    @for i in shown {
                        tr {
                            td data-label=(columns[0]) { (i.reference(edition)) }
                            td data-label=(columns[1]) { a href=(address(i)) { (named(req, names, i)) } }
                            td data-label=(columns[2]) {
                                bdi lang=(i.lang.tag()) { (i.addressee.name) }
                            }
                            td data-label=(columns[3]) { (state(req, &i.state)) }
                            td data-label=(columns[4]) { (of_quota(i, names)) }
                            td data-label=(columns[5]) {
                                (when::date(t.lang, i.reply_by))
                                @if due(i) { " " span.mark { (t.get("invitation-due")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn named(req: &Req, names: &Names, invitation: &Invitation) -> Markup {
    names.get(&invitation.delegation).map(|d| text::text(req.t, &d.name)).unwrap_or_default()
}

fn of_quota(invitation: &Invitation, names: &Names) -> String {
    let quota = names.get(&invitation.delegation).map_or(invitation.quota, |d| d.quota);
    let people = people(invitation).map_or_else(|| "–".to_owned(), |n| n.to_string());
    format!("{people} / {quota}")
}

fn table(req: &Req, edition: &Edition, shown: &[&Invitation], names: &Names) -> Sheet {
    let t = req.t;
    let keys = ["number", "delegation", "addressee", "office", "lang", "state", "people", "quota"];
    let late = ["reply_by", "email"];
    let row = |i: &&Invitation| -> Vec<Cell> {
        let delegation = names.get(&i.delegation);
        vec![
            i.reference(edition).into(),
            delegation.map(|d| text::words(t, &d.name)).into(),
            i.addressee.name.clone().into(),
            i.addressee.office.clone().into(),
            i.lang.own_name().into(),
            t.get(&format!("invitation-state-{}", i.state.code())).into(),
            people(i).into(),
            delegation.map(|d| d.quota).into(),
            i.reply_by.to_string().into(),
            i.email.clone().into(),
        ]
    };
    let column = |key| Column { key, label: t.get(&format!("invitation-column-{key}")) };
    Sheet {
        title: t.get("invitation-list"),
        lang: req.lang(),
        columns: keys.into_iter().chain(late).map(column).collect(),
        rows: shown.iter().map(row).collect(),
        exercise: edition.origin == Origin::Demonstration,
    }
}
