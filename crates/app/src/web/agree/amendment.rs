//! Amendments to a text: all of them by unit, and those of one unit. A draft is seen by its own side alone.

use std::{cell::OnceCell, collections::BTreeMap};

use domain::{
    AmendmentId, DelegationId, Text, UnitId,
    access::{Action, Actor, Role, Scope},
    amendment::{AmendmentState, Operation},
    glossary::Concept,
    numbering::Numbers,
    proposal::Proposal,
    revision::Versioned,
};
use maud::{Markup, html};
use store::Conn;

use super::{
    amendment_view::{self, state_chip},
    declaration::Opened,
};
use crate::web::{
    layout,
    list::{self, Wish},
    marks::Marks,
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
    text,
};

/// The addresses of amendments.
pub fn routes() -> Vec<Route> {
    let read = Gate::Participants(Action::Read);
    vec![get("/editions/{edition}/declarations/{declaration}/amendments", read, index)]
}

/// The amendments to a text that this reader may know of, and what they are shown with.
pub struct Tabled {
    /// The amendments, in the order of their making.
    pub proposals: Vec<Versioned<Proposal>>,
    /// Names of the edition's delegations.
    pub names: BTreeMap<DelegationId, Text>,
    /// The delegations that the reader belongs to.
    pub sides: Vec<DelegationId>,
    /// The paragraph numbers.
    pub numbers: Numbers,
    /// The agreed terms, once somebody asks for them.
    pub concepts: OnceCell<Vec<Concept>>,
}

impl Tabled {
    /// Reads them.
    pub fn of(req: &Req, opened: &Opened) -> Result<Self, Fault> {
        let edition = opened.dossier.edition;
        let sides = sides(&req.actor, edition);
        let (proposals, names) = req.read(|c| {
            let proposals = store::amendment::of_dossier(c, opened.dossier.id)?;
            Ok((proposals, names(c, edition)?))
        })?;
        let known = |p: &Versioned<Proposal>| p.value.is_known_to(&sides);
        let proposals = proposals.into_iter().filter(known).collect();
        Ok(Self { proposals, names, sides, numbers: opened.numbers(), concepts: OnceCell::new() })
    }

    /// The agreed terms, which no bracket divides; brackets are drawn without them where they cannot be read.
    pub fn terms(&self, req: &Req) -> &[Concept] {
        self.concepts.get_or_init(|| {
            let Ok(series) = req.edition().map(|edition| edition.series) else { return Vec::new() };
            let entries = req.read(|c| store::glossary::of_series(c, series)).unwrap_or_default();
            entries.into_iter().map(|entry| entry.value.concept).collect()
        })
    }

    /// Those before the meeting.
    pub fn open(&self) -> impl Iterator<Item = &Proposal> {
        self.proposals.iter().map(|p| &p.value).filter(|p| p.is_open())
    }

    /// One of them.
    pub fn find(&self, id: AmendmentId) -> Option<&Versioned<Proposal>> {
        self.proposals.iter().find(|p| p.value.id == id)
    }

    /// A delegation's name for a reader.
    pub fn name(&self, req: &Req, id: DelegationId) -> String {
        self.names.get(&id).map(|name| text::words(req.t, name)).unwrap_or_default()
    }

    /// The proposer and whoever proposes it too.
    pub fn proposers(&self, req: &Req, proposal: &Proposal) -> Markup {
        let all = std::iter::once(proposal.amendment.by).chain(proposal.sponsors.iter().copied());
        html! {
            @for (at, name) in all.filter_map(|id| self.names.get(&id)).enumerate() {
                @if at > 0 { (Marks::of(req.lang()).item) }
                (text::text(req.t, name))
            }
        }
    }
}

/// The delegations of an edition that somebody belongs to, as their contact or as a member.
pub fn sides(actor: &Actor, edition: domain::EditionId) -> Vec<DelegationId> {
    let side = |grant: &domain::access::Grant| match (grant.role, grant.scope) {
        (Role::FocalPoint | Role::Delegate, Scope::Delegation(e, d)) if e == edition => Some(d),
        _ => None,
    };
    actor.grants.iter().filter_map(side).collect()
}

/// The names of the delegations of an edition.
pub fn names(
    c: &mut Conn,
    edition: domain::EditionId,
) -> store::Result<BTreeMap<DelegationId, Text>> {
    let all = store::delegation::of_edition(c, edition)?;
    Ok(all.into_iter().map(|v| (v.value.id, v.value.name)).collect())
}

/// Where an amendment stands.
pub fn address(opened: &Opened, id: AmendmentId) -> String {
    format!("{}/amendments/{id}", opened.address())
}

/// What a paragraph is called: its number, or what it is.
pub fn paragraph(req: &Req, opened: &Opened, numbers: &Numbers, unit: Option<UnitId>) -> String {
    let Some(id) = unit else { return req.t.get("amendment-beginning") };
    if let Some(number) = numbers.0.get(&id) {
        return req.t.with("amendment-paragraph", &[("number", number.as_str().into())]);
    }
    match opened.text().unit(id) {
        None => req.t.get("amendment-paragraph-gone"),
        Some(unit) => {
            let of_kind = opened.text().units.iter().filter(|u| u.kind == unit.kind);
            let at = of_kind.take_while(|u| u.id != id).count() + 1;
            let key = format!("amendment-unit-{}", unit.kind);
            req.t.with(&key, &[("n", at.into())])
        }
    }
}

/// What something is about: a paragraph, or the whole text.
pub fn about(req: &Req, opened: &Opened, numbers: &Numbers, unit: Option<UnitId>) -> String {
    match unit {
        None => req.t.get("consensus-whole"),
        unit => paragraph(req, opened, numbers, unit),
    }
}

/// The whole text and each of its paragraphs, as options of a form.
pub fn whole_or_paragraph(req: &Req, opened: &Opened, numbers: &Numbers) -> Vec<(String, String)> {
    let whole = (String::new(), req.t.get("consensus-whole"));
    let ids = opened.text().units.iter().map(|unit| unit.id);
    let one = |id: UnitId| (id.to_string(), paragraph(req, opened, numbers, Some(id)));
    std::iter::once(whole).chain(ids.map(one)).collect()
}

/// What an amendment is called: its number, or that it is a draft.
pub fn title(req: &Req, proposal: &Proposal) -> String {
    match proposal.number {
        Some(number) => req.t.with("amendment-number", &[("number", number.into())]),
        None => req.t.get("amendment-draft"),
    }
}

fn index(req: &Req) -> Outcome {
    let (t, opened) = (req.t, Opened::of(req)?);
    let tabled = Tabled::of(req, &opened)?;
    let (wish, state) = (Wish::of(&req.query), req.query.get("state"));
    let by: Option<DelegationId> = req.query.get("by").parse().ok();
    let place: BTreeMap<UnitId, usize> =
        opened.text().units.iter().enumerate().map(|(at, unit)| (unit.id, at + 1)).collect();
    let at = |p: &Proposal| {
        let unit = p.amendment.operation.place();
        unit.map_or(0, |unit| place.get(&unit).copied().unwrap_or(usize::MAX))
    };
    let mut found: Vec<&Proposal> = tabled
        .proposals
        .iter()
        .map(|p| &p.value)
        .filter(|p| state.is_empty() || p.state().code() == state)
        .filter(|p| by.is_none_or(|by| p.amendment.by == by || p.sponsors.contains(&by)))
        .collect();
    found.sort_by_key(|p| (at(p), p.number.unwrap_or(u32::MAX), p.id));
    let body = html! {
        (filters(req, &tabled, state, by))
        @if found.is_empty() { (nothing(req, &opened, tabled.proposals.is_empty())) }
        (rows(req, &opened, &tabled, wish.cut(&found)))
        (list::pager(req, &wish, found.len()))
    };
    let mut page = opened.below(req, t.get("amendment-list"))?;
    page.lead = Some(html! { (t.get("amendment-lead")) });
    page.main = Some((format!("{}/wordings", opened.address()), t.get("amendment-views")));
    Ok(page.reply(req, &body))
}

fn nothing(req: &Req, opened: &Opened, none: bool) -> Markup {
    let key = match (none, req.actor.speaks_for(opened.dossier.edition).is_empty()) {
        (false, _) => "amendment-none-found",
        (true, true) => "amendment-none",
        (true, false) => "amendment-none-yours",
    };
    layout::empty(&req.t.get(key), Some((opened.address(), req.t.get("amendment-to-text"))))
}

/// The states with their numbers, and the choice of a delegation.
fn filters(req: &Req, tabled: &Tabled, state: &str, by: Option<DelegationId>) -> Markup {
    let t = req.t;
    let count =
        |s: AmendmentState| tabled.proposals.iter().filter(|p| p.value.state() == s).count();
    let whose = by.map(|by| format!("&by={by}")).unwrap_or_default();
    let proposers: std::collections::BTreeSet<DelegationId> =
        tabled.proposals.iter().map(|p| p.value.amendment.by).collect();
    html! {
        nav.tabs aria-label=(t.get("amendment-states")) {
            a href={ (req.path) "?state=" (whose) } aria-current=[state.is_empty().then_some("page")] {
                (t.get("amendment-all")) " " (tabled.proposals.len())
            }
            @for s in AmendmentState::ALL.iter().filter(|s| count(**s) > 0) {
                a href={ (req.path) "?state=" (s) (whose) }
                    aria-current=[(state == s.code()).then_some("page")] {
                    (t.get(&format!("amendment-state-{s}"))) " " (count(*s))
                }
            }
        }
        @if proposers.len() > 1 {
            form.search method="get" action=(req.path) {
                input type="hidden" name="state" value=(state);
                label for="by" { (t.get("amendment-by")) }
                div.row {
                    select #by name="by" {
                        option value="" { (t.get("amendment-by-all")) }
                        @for id in &proposers {
                            option value=(id) selected[by == Some(*id)] { (tabled.name(req, *id)) }
                        }
                    }
                    button type="submit" { (t.get("amendment-filter")) }
                }
            }
        }
    }
}

/// Amendments under headings of their units.
fn rows(req: &Req, opened: &Opened, tabled: &Tabled, shown: &[&Proposal]) -> Markup {
    let of_one_unit = |a: &&Proposal, b: &&Proposal| {
        a.amendment.operation.place() == b.amendment.operation.place()
    };
    html! {
        @for unit in shown.chunk_by(of_one_unit) {
            @if let Some(first) = unit.first() {
                h2 { (paragraph(req, opened, &tabled.numbers, first.amendment.operation.place())) }
            }
            @for proposal in unit { (row(req, opened, tabled, proposal)) }
        }
    }
}

/// One amendment in a list: whose it is, where it stands, and what it would do.
pub fn row(req: &Req, opened: &Opened, tabled: &Tabled, proposal: &Proposal) -> Markup {
    let moved = proposal.is_open() && !proposal.amendment.fits(opened.text());
    html! {
        section.amendment {
            p {
                a href=(address(opened, proposal.id)) { (title(req, proposal)) } " · "
                (tabled.proposers(req, proposal)) " "
                (state_chip(req.t, proposal.state()))
                @if moved { " " span.chip.warn { (req.t.get("amendment-moved")) } }
            }
            (amendment_view::change(req, opened, &tabled.numbers, &proposal.amendment))
        }
    }
}

/// The amendments to one unit, for the page of the unit.
pub fn of_unit(req: &Req, opened: &Opened, unit: UnitId) -> Result<Markup, Fault> {
    // A published text is read by anyone; how it was negotiated is not.
    if !Gate::Participants(Action::Read).lets(&req.actor, req.place()) {
        return Ok(html! {});
    }
    let (t, tabled) = (req.t, Tabled::of(req, opened)?);
    let here = |p: &&Versioned<Proposal>| {
        let settled = !matches!(p.value.state(), AmendmentState::Draft | AmendmentState::Tabled);
        !settled && p.value.amendment.operation.place() == Some(unit)
    };
    let found: Vec<&Proposal> = tabled.proposals.iter().filter(here).map(|p| &p.value).collect();
    let mine = !req.actor.speaks_for(opened.dossier.edition).is_empty();
    let bracketed = amendment_view::bracketed_unit(req, opened, &tabled, unit);
    Ok(html! {
        h2 #amendments { (t.get("amendment-list")) }
        @if found.is_empty() { p { (t.get("amendment-unit-none")) } }
        @else { (bracketed) }
        @for proposal in &found { (row(req, opened, &tabled, proposal)) }
        @if mine && opened.may_change().is_ok() {
            div.actions {
                a.button href={ (opened.unit_address(unit)) "/amend" } { (t.get("amendment-propose")) }
            }
        }
    })
}

/// The amendment that the path names, if the reader may know of it.
pub fn named(req: &Req, tabled: &Tabled) -> Result<Versioned<Proposal>, Fault> {
    let id: AmendmentId = req.param("amendment")?;
    tabled.find(id).cloned().ok_or(Fault::Missing)
}

/// The same, if the reader is a contact of its own side.
pub fn own(req: &Req, opened: &Opened, tabled: &Tabled) -> Result<Versioned<Proposal>, Fault> {
    let found = named(req, tabled)?;
    let mine = req.actor.speaks_for(opened.dossier.edition);
    if mine.contains(&found.value.amendment.by) { Ok(found) } else { Err(Fault::Forbidden) }
}

/// Whether an operation has words of its own, written in a language.
pub fn is_worded(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::Replace { .. } | Operation::Insert { .. } | Operation::Split { .. }
    )
}
