//! Bilateral meetings as a delegation sees its own: what it asked, what it was asked, what it can do
//! now, and whom it might meet. The office sees all of them; nobody else sees anything.
//!
//! Every row is put to the access table by itself, so a third delegation never learns that there is one.

use std::collections::BTreeMap;

use domain::{
    DelegationId,
    access::Action,
    city::Origin,
    delegation::Delegation,
    edition::Edition,
    meeting::{Meeting, MeetingState},
    revision::Versioned,
    search,
};
use maud::{Markup, html};
use outputs::sheet::{Cell, Column, Sheet};

use super::{meeting_import, meeting_proposal, meeting_suggest};
use crate::web::{
    convene::delegation::{in_office, ordered},
    layout::{self, Page},
    list::{self, Wish},
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
    sheet, text,
};

/// The addresses of meetings.
pub fn routes() -> Vec<Route> {
    let read = Gate::Participants(Action::Read);
    vec![
        get("/editions/{edition}/meetings", read, index),
        get("/editions/{edition}/meetings/export/{format}", read, export),
    ]
}

/// The list's address.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/meetings", edition.id)
}

/// The delegations of an edition in their order, and what the reader is to them.
pub struct Sides {
    /// All of them.
    pub all: Vec<Delegation>,
    /// Those whose meetings the reader may see.
    pub read: Vec<DelegationId>,
    /// Those for which the reader may ask and answer.
    pub file: Vec<DelegationId>,
    /// Whose meetings are looked at; `None` shows the office all of them.
    pub side: Option<DelegationId>,
}

impl Sides {
    /// What the reader may see; `?as=` chooses among several.
    pub fn of(req: &Req, asked: &str) -> Result<Self, Fault> {
        let edition = req.edition()?;
        let all = req.read(|c| ordered(c, edition))?;
        let may = |action: Action| -> Vec<DelegationId> {
            all.iter().filter(|d| req.may(action, &d.object(edition))).map(|d| d.id).collect()
        };
        let (read, file) = (may(Action::Read), may(Action::File));
        let asked = asked.parse().ok().filter(|id| read.contains(id));
        let speaks = req.actor.speaks_for(edition.id);
        let first = || speaks.first().or(read.first()).copied().filter(|_| !in_office(req));
        let side = asked.or_else(first);
        Ok(Self { all, read, file, side })
    }

    /// The delegation of an identifier.
    pub fn delegation(&self, id: DelegationId) -> Option<&Delegation> {
        self.all.iter().find(|d| d.id == id)
    }

    /// What a page calls a delegation.
    pub fn name(&self, req: &Req, id: DelegationId) -> Markup {
        html! { @if let Some(found) = self.delegation(id) { (text::text(req.t, &found.name)) } }
    }
}

/// The meetings of the edition that the reader may see.
pub fn readable(req: &Req) -> Result<Vec<Versioned<Meeting>>, Fault> {
    let edition = req.edition()?;
    let all = req.read(|c| store::meeting::of_edition(c, edition.id))?;
    let mine = |m: &Versioned<Meeting>| req.may(Action::Read, &m.value.object(edition));
    Ok(all.into_iter().filter(mine).collect())
}

/// Where a meeting stands, for one of its sides or for the office.
pub fn state(req: &Req, meeting: &Meeting, side: Option<DelegationId>) -> Markup {
    let class = match meeting.state {
        MeetingState::Proposed | MeetingState::Requested | MeetingState::Countered { .. } => {
            "chip warn"
        }
        MeetingState::Accepted => "chip ok",
        MeetingState::Declined | MeetingState::Dropped | MeetingState::Withdrawn => "chip",
    };
    let key = match (&meeting.state, side) {
        (MeetingState::Requested | MeetingState::Countered { .. }, Some(side)) => {
            if meeting.waits_for(side) { "us".to_owned() } else { "them".to_owned() }
        }
        (state, _) => state.code().to_owned(),
    };
    html! { span class=(class) { (req.t.get(&format!("meeting-state-{key}"))) } }
}

/// The length, and the one proposed instead of it.
pub fn length(req: &Req, meeting: &Meeting) -> String {
    match meeting.state {
        MeetingState::Countered { minutes } => {
            let values = [("asked", meeting.minutes.into()), ("proposed", minutes.into())];
            req.t.with("meeting-minutes-countered", &values)
        }
        _ => req.t.with("meeting-minutes-n", &[("n", meeting.minutes.into())]),
    }
}

fn index(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let sides = Sides::of(req, req.query.get("as"))?;
    let meetings = readable(req)?;
    let body = if let Some(side) = sides.side {
        one_side(req, edition, &sides, side, &meetings)?
    } else {
        html! {
            (meeting_proposal::done(req))
            (meeting_import::done(req))
            @if !sides.all.is_empty() { (office(req, edition, &sides)) }
            (all(req, edition, &sides, &meetings))
        }
    };
    let asks = sides.side.filter(|side| sides.file.contains(side));
    let new = asks.map(|side| (format!("{}/new?as={side}", home(edition)), t.get("meeting-ask")));
    let plans = Gate::Office(Action::Plan).lets(&req.actor, edition.place());
    let list = (format!("{}/import", home(edition)), t.get("meeting-import"));
    let page = Page {
        title: t.get("edition-nav-meetings"),
        main: new.or((plans && sides.side.is_none()).then_some(list)),
        edition: Some(edition),
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

/// The office looks at one delegation's side, to record what it says by letter or telephone.
fn office(req: &Req, edition: &Edition, sides: &Sides) -> Markup {
    html! {
        form.search method="get" action=(home(edition)) {
            label for="f-as" { (req.t.get("meeting-as")) }
            div.row {
                select #f-as name="as" {
                    @for delegation in &sides.all {
                        option value=(delegation.id) { (text::words(req.t, &delegation.name)) }
                    }
                }
                button type="submit" { (req.t.get("meeting-as-show")) }
            }
        }
        @if Gate::Office(Action::Plan).lets(&req.actor, edition.place()) {
            p { a href={ (home(edition)) "/proposals" } { (req.t.get("meeting-proposal")) } }
        }
    }
}

fn all(req: &Req, edition: &Edition, sides: &Sides, meetings: &[Versioned<Meeting>]) -> Markup {
    let t = req.t;
    if meetings.is_empty() {
        return layout::empty(&t.get("meeting-none"), None);
    }
    let (wish, asked) = (Wish::of(&req.query), req.query.get("state"));
    let names: BTreeMap<DelegationId, String> =
        sides.all.iter().map(|d| (d.id, d.name.words())).collect();
    let said = |m: &Meeting| {
        let [from, to] = [m.from, m.to].map(|id| names.get(&id).map_or("", String::as_str));
        search::fold(&format!("{from} {to} {}", m.purpose.words()))
    };
    let wanted = |m: &Meeting| asked.is_empty() || m.state.code() == asked;
    let found: Vec<&Versioned<Meeting>> = meetings
        .iter()
        .filter(|m| wanted(&m.value))
        .filter(|m| wish.q.is_empty() || search::finds(&said(&m.value), &wish.q))
        .collect();
    let kept = html! { @if !asked.is_empty() { input type="hidden" name="state" value=(asked); } };
    html! {
        (figures(req, edition, meetings))
        (list::search(req, &t.get("meeting-search"), &kept))
        @if found.is_empty() { (layout::empty(&t.get("meeting-none-found"), None)) }
        @else { (table(req, edition, sides, None, wish.cut(&found))) }
        (list::pager(req, &wish, found.len()))
        (sheet::links(req, &home(edition)))
    }
}

/// How many stand where; each number leads to those it counts.
fn figures(req: &Req, edition: &Edition, meetings: &[Versioned<Meeting>]) -> Markup {
    let count = |code: &str| meetings.iter().filter(|m| m.value.state.code() == code).count();
    let figure = |code: &str, n: usize, label: &str| {
        let here = req.query.get("state") == code;
        html! {
            a.figure href={ (home(edition)) "?state=" (code) } aria-current=[here.then_some("true")] {
                strong { (n) } span { (req.t.get(label)) }
            }
        }
    };
    html! {
        div.figures {
            (figure("", meetings.len(), "meeting-as-all"))
            @for code in MeetingState::CODES {
                (figure(code, count(code), &format!("meeting-state-{code}")))
            }
        }
    }
}

fn one_side(
    req: &Req,
    edition: &Edition,
    sides: &Sides,
    side: DelegationId,
    meetings: &[Versioned<Meeting>],
) -> Result<Markup, Fault> {
    let t = req.t;
    let own: Vec<&Versioned<Meeting>> =
        meetings.iter().filter(|m| m.value.concerns(side)).collect();
    let part = |of: fn(&Meeting, DelegationId) -> bool| -> Vec<&Versioned<Meeting>> {
        own.iter().copied().filter(|m| of(&m.value, side)).collect()
    };
    let waiting = part(Meeting::waits_for);
    let received =
        part(|m, side| !m.waits_for(side) && m.asker().is_some_and(|asker| asker != side));
    let asked = part(|m, side| !m.waits_for(side) && m.asker() == Some(side));
    let dropped = part(|m, side| !m.waits_for(side) && m.asker().is_none());
    let suggested = if sides.file.contains(&side) {
        meeting_suggest::section(req, edition, sides, side, &own)?
    } else {
        html! {}
    };
    Ok(html! {
        (choose(req, edition, sides, side))
        p.hint { (t.get("meeting-confidential")) }
        @if own.is_empty() { (layout::empty(&t.get("meeting-none-own"), None)) }
        @for (key, rows) in [
            ("meeting-waiting", waiting),
            ("meeting-received", received),
            ("meeting-asked", asked),
            ("meeting-dropped", dropped),
        ] {
            @if !rows.is_empty() {
                h2 { (t.get(key)) " · " (rows.len()) }
                (table(req, edition, sides, Some(side), &rows))
            }
        }
        @if !own.is_empty() { (sheet::links(req, &home(edition))) }
        (suggested)
    })
}

/// Whose meetings are shown, when the reader can look at several.
fn choose(req: &Req, edition: &Edition, sides: &Sides, side: DelegationId) -> Markup {
    let back = in_office(req);
    let several = sides.read.len() > 1 && !back;
    html! {
        @if several || back {
            nav.tabs aria-label=(req.t.get("meeting-as")) {
                @if back { a href=(home(edition)) { (req.t.get("meeting-as-all")) } }
                @for id in sides.read.iter().filter(|id| several || **id == side) {
                    a href={ (home(edition)) "?as=" (id) } aria-current=[(*id == side).then_some("page")] {
                        (sides.name(req, *id))
                    }
                }
            }
        }
    }
}

fn table(
    req: &Req,
    edition: &Edition,
    sides: &Sides,
    side: Option<DelegationId>,
    meetings: &[&Versioned<Meeting>],
) -> Markup {
    let t = req.t;
    let labels =
        ["meeting-with", "meeting-purpose", "meeting-wish", "meeting-lasts", "meeting-state"]
            .map(|key| t.get(key));
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for meeting in meetings.iter().map(|m| &m.value) {
                        tr {
                            th scope="row" {
                                a href={ (home(edition)) "/" (meeting.id) } {
                                    @match side {
                                        Some(side) => { (sides.name(req, meeting.other(side))) }
                                        None => {
                                            (sides.name(req, meeting.from))
                                            @if meeting.asker().is_some() { " → " } @else { " – " }
                                            (sides.name(req, meeting.to))
                                        }
                                    }
                                }
                            }
                            td data-label=(labels[1]) { (text::text(t, &meeting.purpose)) }
                            td data-label=(labels[2]) { (t.get(&format!("meeting-wish-{}", meeting.wish))) }
                            td data-label=(labels[3]) { (length(req, meeting)) }
                            td data-label=(labels[4]) { (state(req, meeting, side)) }
                        }
                    }
                }
            }
        }
    }
}

fn export(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let sides = Sides::of(req, req.query.get("as"))?;
    let names: BTreeMap<DelegationId, String> =
        sides.all.iter().map(|d| (d.id, text::words(t, &d.name))).collect();
    let meetings = readable(req)?;
    let chosen = |m: &&Versioned<Meeting>| sides.side.is_none_or(|side| m.value.concerns(side));
    let keys = [
        ("from", "meeting-from"),
        ("to", "meeting-to"),
        ("purpose", "meeting-purpose"),
        ("wish", "meeting-wish"),
        ("minutes", "meeting-minutes"),
        ("state", "meeting-state"),
        ("remark", "meeting-remark"),
    ];
    // What the office noted is the office's own.
    let plans = Gate::Office(Action::Plan).lets(&req.actor, edition.place());
    let shown = keys.len() - usize::from(!plans);
    let row = |m: &Meeting| -> Vec<Cell> {
        let mut cells: Vec<Cell> = vec![
            names.get(&m.from).cloned().into(),
            names.get(&m.to).cloned().into(),
            text::words(t, &m.purpose).into(),
            t.get(&format!("meeting-wish-{}", m.wish)).into(),
            m.minutes.into(),
            t.get(&format!("meeting-state-{}", m.state.code())).into(),
            m.remark.clone().into(),
        ];
        cells.truncate(shown);
        cells
    };
    let file = Sheet {
        title: t.get("edition-nav-meetings"),
        lang: req.lang(),
        columns: keys[..shown]
            .iter()
            .map(|(key, label)| Column { key, label: t.get(label) })
            .collect(),
        rows: meetings.iter().filter(chosen).map(|m| row(&m.value)).collect(),
        exercise: edition.origin == Origin::Demonstration,
    };
    sheet::reply(req, "meetings", &file)
}

#[cfg(test)]
mod tests {
    use crate::i18n::Messages;
    use domain::{Lang, workbook::wish};

    use super::*;

    /// So it does with how much they are wished.
    #[test]
    fn what_pages_call_a_wish_is_read_back() {
        for lang in Lang::COMPLETE {
            for wish in domain::meeting::Wish::ALL {
                let said = Messages::of(lang).get(&format!("meeting-wish-{wish}"));
                assert_eq!(wish::read(&said), Some(*wish), "{lang}: {said}");
            }
        }
    }

    /// A list that is saved says how meetings stand in words that an uploaded list is understood by.
    #[test]
    fn what_pages_call_a_state_is_read_back() {
        for lang in Lang::COMPLETE {
            for code in MeetingState::CODES {
                let said = Messages::of(lang).get(&format!("meeting-state-{code}"));
                let read = wish::state(&said).map(|state| state.code());
                let waits = ["requested", "countered"].contains(&code);
                assert_eq!(read, (!waits).then_some(code), "{lang}: {said}");
            }
        }
    }
}
