//! The delegations of an edition in the declared order, and the page of one. Everyone who takes part
//! sees what an official list shows; people and stays are for their own side and the office.

use std::collections::BTreeMap;

use domain::{
    DelegationId, Lang,
    access::{Action, Object, Visibility},
    city::Origin,
    delegation::{Delegate, Delegation, Party, Task},
    edition::Edition,
    precedence::{Entry, Rank},
    revision::Versioned,
};
use jiff::civil::DateTime;
use maud::{Markup, html};
use outputs::sheet::{Cell, Column, Sheet};
use store::Conn;

use super::delegate;
use crate::{
    i18n::Messages,
    web::{
        layout::{self, Page},
        marks::Marks,
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        sheet, text, when,
    },
};

/// The addresses of this file, of the form and of the order.
pub fn routes() -> Vec<Route> {
    let (read, office) = (Gate::Participants(Action::Read), Gate::Office(Action::Read));
    vec![
        get("/editions/{edition}/delegations", read, index),
        get("/editions/{edition}/delegations/export/{format}", read, export),
        get("/editions/{edition}/delegations/people/export/{format}", office, everybody),
        get("/editions/{edition}/delegations/{delegation}", read, show),
    ]
}

/// The list's address.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/delegations", edition.id)
}

/// The address of one.
pub fn address(edition: &Edition, id: DelegationId) -> String {
    format!("{}/{id}", home(edition))
}

/// The delegation that the path names, if it belongs to the edition that the path names.
pub fn named(req: &Req) -> Result<Versioned<Delegation>, Fault> {
    let id: DelegationId = req.param("delegation")?;
    let found = req.read(|c| store::delegation::need(c, id))?;
    if found.value.edition == req.edition()?.id { Ok(found) } else { Err(Fault::Missing) }
}

/// The same, for what its own side and the office may read or file.
pub fn own(req: &Req, action: Action) -> Result<Versioned<Delegation>, Fault> {
    let found = named(req)?;
    req.require(action, &found.value.object(req.edition()?))?;
    Ok(found)
}

/// Whether the reader belongs to the office of the edition.
pub fn in_office(req: &Req) -> bool {
    req.may(Action::Read, &Object { place: req.place(), visibility: Visibility::Office })
}

/// The delegations of an edition in its declared order.
pub fn ordered(c: &mut Conn, edition: &Edition) -> store::Result<Vec<Delegation>> {
    let all = store::delegation::of_edition(c, edition.id)?;
    let mut all: BTreeMap<DelegationId, Delegation> =
        all.into_iter().map(|v| (v.value.id, v.value)).collect();
    let entry = |d: &'_ Delegation| (d.id, d.rank, d.name.clone());
    let keys: Vec<_> = all.values().map(entry).collect();
    let entries: Vec<Entry<'_>> =
        keys.iter().map(|(id, rank, name)| Entry { delegation: *id, rank: *rank, name }).collect();
    let order = edition.precedence.order(&entries);
    Ok(order.into_iter().filter_map(|id| all.remove(&id)).collect())
}

/// What a rank is called.
pub fn rank_name(t: Messages, rank: Rank) -> String {
    t.get(&format!("delegation-rank-{rank}"))
}

/// Languages by their own names, with a mark between them.
pub fn tongues(languages: &[Lang], between: &str) -> String {
    languages.iter().map(|l| l.own_name()).collect::<Vec<_>>().join(between)
}

/// Whoever leads each delegation.
fn leaders(people: &[Delegate]) -> BTreeMap<DelegationId, &Delegate> {
    let leads = people.iter().filter(|p| p.task == Task::Leader);
    leads.map(|p| (p.delegation, p)).collect()
}

struct Listed {
    delegations: Vec<Delegation>,
    people: Vec<Delegate>,
}

impl Listed {
    fn load(req: &Req, edition: &Edition) -> Result<Self, Fault> {
        req.read(|c| {
            let people = store::delegate::of_edition(c, edition.id)?;
            let people = people.into_iter().map(|p| p.value).collect();
            Ok(Self { delegations: ordered(c, edition)?, people })
        })
    }

    fn count(&self, id: DelegationId) -> usize {
        self.people.iter().filter(|p| p.delegation == id).count()
    }
}

fn index(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let listed = Listed::load(req, edition)?;
    let decides = Gate::Secretariat(Action::Decide).lets(&req.actor, req.place());
    let mine = req.actor.speaks_for(edition.id);
    let main = match mine.first() {
        Some(own) => Some((address(edition, *own), t.get("delegation-mine"))),
        None if decides && !listed.delegations.is_empty() => {
            Some((format!("{}/order", home(edition)), t.get("delegation-order")))
        }
        None => None,
    };
    let invite = format!("/editions/{}/invitations", edition.id);
    let invite = in_office(req).then(|| (invite, t.get("edition-nav-invitations")));
    let body = html! {
        (list_notice(req))
        @if listed.delegations.is_empty() {
            (layout::empty(&t.get("delegation-none"), invite))
        } @else {
            p { (order_words(t, edition)) }
            (table(req, edition, &listed))
            (sheet::links(req, &home(edition)))
        }
        @if in_office(req) {
            section {
                h2 { (t.get("delegation-lists")) }
                p { (t.get("delegation-lists-why")) }
                div.actions {
                    a.button href={ (home(edition)) "/import" } { (t.get("delegation-import")) }
                }
                @if !listed.people.is_empty() { (sheet::links(req, &format!("{}/people", home(edition)))) }
            }
        }
    };
    let title = t.get("edition-nav-delegations");
    Ok(Page { title, main, edition: Some(edition), ..Page::default() }.reply(req, &body))
}

/// What a list of everybody that was just stored has done.
fn list_notice(req: &Req) -> Markup {
    let count = |name: &str| req.query.get(name).parse::<i64>().ok().filter(|n| *n >= 0);
    let counts = ["formed", "altered", "added", "changed"].map(count);
    html! {
        @if let [Some(formed), Some(altered), Some(added), Some(changed)] = counts {
            section.notice.ok role="status" {
                p {
                    (req.t.with("delegation-import-done", &[
                        ("formed", formed.into()),
                        ("altered", altered.into()),
                        ("added", added.into()),
                        ("changed", changed.into()),
                    ]))
                }
            }
        }
    }
}

/// The rule of the order in one sentence.
pub fn order_words(t: Messages, edition: &Edition) -> String {
    use domain::precedence::Among;
    match &edition.precedence.among {
        Among::Alphabet { lang } => {
            let within = t.get(&format!("delegate-in-{lang}"));
            t.with("delegation-order-alphabet", &[("lang", within.into())])
        }
        Among::Lots { .. } => t.get("delegation-order-lots"),
    }
}

fn table(req: &Req, edition: &Edition, listed: &Listed) -> Markup {
    let t = req.t;
    let office = in_office(req);
    let leaders = leaders(&listed.people);
    let labels = ["delegation-party", "delegation-rank", "delegation-head", "delegation-people"]
        .map(|key| t.get(key));
    html! {
        div.scroll {
            table.stack {
                thead {
                    tr {
                        th.number scope="col" { (t.get("delegation-place")) }
                        @for label in &labels[..if office { 4 } else { 3 }] { th scope="col" { (label) } }
                    }
                }
                tbody {
                    @for (place, delegation) in (1..).zip(&listed.delegations) {
                        tr {
                            td.number { (place) }
                            th scope="row" {
                                a href=(address(edition, delegation.id)) { (text::text(t, &delegation.name)) }
                                (by_hand(req, edition, delegation.id))
                            }
                            td data-label=(labels[1]) { (rank_name(t, delegation.rank)) }
                            td data-label=(labels[2]) {
                                @let knows = req.may(Action::Read, &delegation.object(edition));
                                (head(t, leaders.get(&delegation.id).copied(), knows))
                            }
                            @if office {
                                td data-label=(labels[3]) {
                                    (listed.count(delegation.id)) " / " (delegation.quota)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Who leads it. That nobody is filed yet is for its own side and the office to know.
fn head(t: Messages, leader: Option<&Delegate>, knows: bool) -> Markup {
    html! {
        @match leader.filter(|l| l.name.styled.values().any(|s| !s.office.is_empty())) {
            Some(leader) => { (text::office(t, &leader.name)) }
            None => { @if knows { (t.get("delegation-head-open")) } }
        }
    }
}

/// The mark of a place given by hand, for the office, with its reason.
fn by_hand(req: &Req, edition: &Edition, id: DelegationId) -> Markup {
    let given = edition.precedence.overrides.iter().find(|o| o.delegation == id);
    html! {
        @if let Some(given) = given.filter(|_| in_office(req)) {
            " " span.mark title=(given.reason) { (req.t.get("delegation-by-hand")) }
        }
    }
}

fn export(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let listed = Listed::load(req, edition)?;
    let leaders = leaders(&listed.people);
    let office = in_office(req);
    let mut keys = vec![
        ("place", "delegation-place"),
        ("name", "delegation-party"),
        ("rank", "delegation-rank"),
        ("head", "delegation-head"),
    ];
    if office {
        keys.extend([
            ("people", "delegation-people"),
            ("quota", "delegation-quota"),
            ("languages", "delegation-languages"),
            ("arrival", "delegation-arrival"),
            ("departure", "delegation-departure"),
        ]);
    }
    let row = |(place, d): (i64, &Delegation)| -> Vec<Cell> {
        let leader = leaders.get(&d.id).and_then(|l| l.name.shown(t.lang));
        let mut cells = vec![
            place.into(),
            text::words(t, &d.name).into(),
            rank_name(t, d.rank).into(),
            leader.map(|l| l.styled.office.clone()).into(),
        ];
        if office {
            let people = i64::try_from(listed.count(d.id)).unwrap_or(i64::MAX);
            cells.extend([people.into(), d.quota.into(), tongues(&d.languages, ", ").into()]);
            cells.extend([d.arrival, d.departure].map(|at| at.map(when::field).into()));
        }
        cells
    };
    let file = Sheet {
        title: t.get("edition-nav-delegations"),
        lang: req.lang(),
        columns: keys.iter().map(|(key, label)| Column { key, label: t.get(label) }).collect(),
        rows: (1..).zip(&listed.delegations).map(row).collect(),
        exercise: edition.origin == Origin::Demonstration,
    };
    sheet::reply(req, "delegations", &file)
}

/// Everybody, delegation by delegation in the declared order, as a list that the import reads back.
fn everybody(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let listed = Listed::load(req, edition)?;
    let exercise = edition.origin == Origin::Demonstration;
    let people = |d: &Delegation| {
        let own = listed.people.iter().filter(|p| p.delegation == d.id).cloned().collect();
        (text::words(t, &d.name), own)
    };
    let all: Vec<(String, Vec<Delegate>)> = listed.delegations.iter().map(people).collect();
    sheet::reply(req, "people", &delegate::list_of_all(t, &all, exercise))
}

fn show(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let delegation = named(req)?.value;
    let (people, order) = req.read(|c| {
        let people = store::delegate::of_delegation(c, delegation.id)?;
        Ok((people, ordered(c, edition)?))
    })?;
    let people: Vec<Delegate> = people.into_iter().map(|p| p.value).collect();
    let object = delegation.object(edition);
    let (reads, files) = (req.may(Action::Read, &object), req.may(Action::File, &object));
    let place = order.iter().position(|d| d.id == delegation.id).map_or(0, |at| at + 1);
    let base = address(edition, delegation.id);
    let body = html! {
        @if reads { (filed_notice(req)) }
        (facts(req, edition, &delegation, &people, place))
        @if reads {
            (stay(req, &delegation, files.then_some(&base)))
            (delegate::section(req, edition, &delegation, &people, files))
        } @else {
            p.hint { (t.get("delegation-not-yours")) }
        }
    };
    let page = Page {
        title: text::words(t, &delegation.name),
        trail: vec![(home(edition), t.get("edition-nav-delegations"))],
        main: files.then(|| (format!("{base}/import"), t.get("delegate-import"))),
        edition: Some(edition),
        demonstration: delegation.origin == Origin::Demonstration,
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

/// What a list that was just stored has done.
fn filed_notice(req: &Req) -> Markup {
    let count = |name: &str| req.query.get(name).parse::<i64>().ok().filter(|n| *n >= 0);
    html! {
        @if let (Some(added), Some(changed)) = (count("added"), count("changed")) {
            section.notice.ok role="status" {
                p { (req.t.with("delegate-filed", &[("added", added.into()), ("changed", changed.into())])) }
            }
        }
    }
}

fn facts(
    req: &Req,
    edition: &Edition,
    delegation: &Delegation,
    people: &[Delegate],
    place: usize,
) -> Markup {
    let t = req.t;
    html! {
        dl.facts {
            @if let Party::City(city) = delegation.party {
                dt { (t.get("delegation-city")) }
                dd { a href={ "/cities/" (city) } { (text::text(t, &delegation.name)) } }
            }
            dt { (t.get("delegation-place")) }
            dd { (place) }
            dt { (t.get("delegation-rank")) }
            dd { (rank_name(t, delegation.rank)) }
            @let leader = leaders(people).get(&delegation.id).copied();
            @let knows = req.may(Action::Read, &delegation.object(edition));
            @if leader.is_some() || knows {
                dt { (t.get("delegation-head")) }
                dd { (head(t, leader, knows)) }
            }
        }
    }
}

fn stay(req: &Req, delegation: &Delegation, files: Option<&String>) -> Markup {
    let t = req.t;
    let shown = |at: Option<DateTime>| at.map_or("—".to_owned(), |at| when::clock(t.lang, at));
    html! {
        h2 { (t.get("delegation-stay")) }
        dl.facts {
            dt { (t.get("delegation-arrival")) }
            dd { (shown(delegation.arrival)) }
            dt { (t.get("delegation-departure")) }
            dd { (shown(delegation.departure)) }
            dt { (t.get("delegation-languages")) }
            dd { (tongues(&delegation.languages, Marks::of(t.lang).item)) }
            @for busy in &delegation.busy {
                dt { (t.get("delegation-busy")) }
                dd { (when::span(t.lang, busy.from, busy.until)) }
            }
        }
        @if delegation.withdrawn { p.notice { (t.get("delegation-attends-no")) } }
        @if let Some(base) = files {
            p { a.button href={ (base) "/edit" } { (t.get("delegation-edit")) } }
        }
    }
}
