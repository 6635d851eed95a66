//! Support measured without deciding: delegations say whether they can live with a statement, and the page
//! tells how far the declared groups agree. Below fifteen voices the number of them is told and no more; who
//! cannot live with it is shown to the chair and to nobody else.

use std::collections::BTreeMap;

use domain::{
    CityId, DelegationId, Refusal, StatementId, Text, UnitId,
    access::Action,
    city::City,
    delegation::{Delegation, Party},
    revision::{Saved, Versioned},
    statement::{Grouping, Size, Statement},
    support::{ALONE, Count, FEWEST, Measure, Stance, Support, support},
    support_group::SupportGroup,
};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::{
    amendment::{Tabled, about, whole_or_paragraph},
    declaration::Opened,
    support_group,
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, act},
        layout::{self, Page},
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let preside = Gate::Participants(Action::Preside);
    let (read, file) = (Gate::Participants(Action::Read), Gate::Participants(Action::File));
    vec![
        get("/editions/{edition}/declarations/{declaration}/support", read, show),
        post("/editions/{edition}/declarations/{declaration}/support", preside, create),
        post("/editions/{edition}/declarations/{declaration}/support/{statement}/say", file, say),
        post(
            "/editions/{edition}/declarations/{declaration}/support/{statement}/close",
            preside,
            close,
        ),
    ]
}

fn address(opened: &Opened) -> String {
    format!("{}/support", opened.address())
}

/// Everything that the page tells.
struct Board {
    statements: Vec<Versioned<Statement>>,
    stances: Vec<(StatementId, DelegationId, Stance)>,
    declared: Vec<SupportGroup>,
    delegations: BTreeMap<DelegationId, Delegation>,
    cities: BTreeMap<CityId, City>,
    states: BTreeMap<String, Text>,
}

impl Board {
    fn load(c: &mut Conn, opened: &Opened) -> store::Result<Self> {
        let edition = opened.dossier.edition;
        let delegations = store::delegation::of_edition(c, edition)?;
        let cities = store::city::all(c)?;
        let states = store::state::all(c)?;
        Ok(Board {
            statements: store::statement::of_dossier(c, opened.dossier.id)?,
            stances: store::statement::stances(c, opened.dossier.id)?,
            declared: support_group::declared(c, edition)?,
            delegations: delegations.into_iter().map(|v| (v.value.id, v.value)).collect(),
            cities: cities.into_iter().map(|v| (v.value.id, v.value)).collect(),
            states: states.into_iter().map(|state| (state.iso2, state.name)).collect(),
        })
    }

    /// The group of a delegation: a state's code, a size, or the identifier of a declared group; empty where
    /// it belongs to none.
    fn group(&self, by: DelegationId, grouping: Grouping, declared: &[SupportGroup]) -> String {
        let city = match self.delegations.get(&by).map(|d| d.party) {
            Some(Party::City(id)) => self.cities.get(&id),
            _ => None,
        };
        match grouping {
            Grouping::State => city.and_then(|c| c.iso2.clone()).unwrap_or_default(),
            Grouping::Size => Size::of(city.and_then(|c| c.population)).code().to_owned(),
            Grouping::Declared => {
                let group = declared.iter().find(|group| group.members.contains(&by));
                group.map(|group| group.id.to_string()).unwrap_or_default()
            }
        }
    }

    /// Every group with its delegations, as declared before anybody speaks.
    fn groups(
        &self,
        grouping: Grouping,
        declared: &[SupportGroup],
    ) -> BTreeMap<String, Vec<DelegationId>> {
        let mut groups: BTreeMap<String, Vec<DelegationId>> = BTreeMap::new();
        for delegation in self.delegations.values().filter(|delegation| !delegation.withdrawn) {
            let group = self.group(delegation.id, grouping, declared);
            groups.entry(group).or_default().push(delegation.id);
        }
        groups
    }

    fn support(&self, statement: &Statement, alone: usize) -> Support {
        let said = self.stances.iter().filter(|(to, _, _)| *to == statement.id);
        let voice = |(_, by, what): &(StatementId, DelegationId, Stance)| {
            (*by, (self.group(*by, statement.grouping, &statement.groups), *what))
        };
        support(&said.map(voice).collect(), alone)
    }

    fn said(&self, to: StatementId, by: DelegationId) -> Option<Stance> {
        let found = self.stances.iter().find(|(t, d, _)| *t == to && *d == by);
        found.map(|(_, _, what)| *what)
    }

    fn group_name(&self, req: &Req, statement: &Statement, group: &str) -> String {
        let name = match statement.grouping {
            Grouping::State => self.states.get(group),
            Grouping::Size => {
                let size: Size = group.parse().unwrap_or(Size::Other);
                return req.t.get(&format!("support-size-{size}"));
            }
            Grouping::Declared => {
                let declared = statement.groups.iter().find(|known| known.id.to_string() == group);
                declared.map(|known| &known.name)
            }
        };
        name.map_or_else(|| req.t.get("support-size-other"), |name| text::words(req.t, name))
    }
}

fn show(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let (page, body) = view(req, &opened, &Draft::of(Fields::default()))?;
    Ok(page.reply(req, &body))
}

fn view<'a>(req: &'a Req, opened: &Opened, draft: &Draft) -> Result<(Page<'a>, Markup), Fault> {
    let t = req.t;
    let board = req.read(|c| Board::load(c, opened))?;
    let tabled = Tabled::of(req, opened)?;
    let presides = req.may(Action::Preside, &opened.object);
    let body = html! {
        p.notice { strong { (t.get("support-advice")) } }
        @if support_group::GATE.lets(&req.actor, req.place()) {
            p { a href=(support_group::home(req.edition()?)) { (t.get("support-group-declare")) } }
        }
        @if board.statements.is_empty() && !presides {
            (layout::empty(&t.get("support-none"), Some((opened.address(), t.get("amendment-to-text")))))
        }
        @for statement in &board.statements {
            (card(req, opened, &tabled, &board, &statement.value, presides))
        }
        @if presides { (form(req, opened, &tabled, &board, draft)) }
    };
    let mut page = opened.below(req, t.get("support-title"))?;
    page.lead = Some(html! { (t.get("support-lead")) });
    Ok((page, body))
}

fn card(
    req: &Req,
    opened: &Opened,
    tabled: &Tabled,
    board: &Board,
    statement: &Statement,
    presides: bool,
) -> Markup {
    // The chair sees every group; to others, a small one is told together with further ones.
    let t = req.t;
    let found = board.support(statement, if presides { 1 } else { ALONE });
    let voices = found.all.voices();
    html! {
        section.amendment {
            h2 { (text::text(t, &statement.text)) }
            p.soft {
                (about(req, opened, &tabled.numbers, statement.unit))
                " · " (t.get(&format!("support-grouping-{}", statement.grouping)))
                @if statement.closed.is_some() { " · " span.chip { (t.get("support-closed")) } }
            }
            (measure(req, board, statement, found.measure.as_ref(), voices))
            @if voices > 0 && (presides || found.measure.is_some()) {
                (groups(req, board, statement, &found))
            }
            (declared(req, board, statement))
            @if presides && !found.objecting.is_empty() {
                p { (t.get("support-objecting")) " "
                    @for (at, by) in found.objecting.iter().enumerate() {
                        @if at > 0 { (Marks::of(req.lang()).item) }
                        bdi { (tabled.name(req, *by)) }
                    }
                }
            }
            @if statement.closed.is_none() {
                (stances(req, opened, tabled, board, statement))
                @if presides {
                    @let close = format!("{}/{}/close", address(opened), statement.id);
                    (act(&close, &t.get("support-close"), "", &[]))
                }
            }
        }
    }
}

/// The measure in words; below fifteen voices it is said that there is none.
fn measure(
    req: &Req,
    board: &Board,
    statement: &Statement,
    found: Option<&Measure>,
    voices: usize,
) -> Markup {
    let t = req.t;
    html! {
        @match found {
            None => { p { (t.with("support-few", &[("n", voices.into()), ("fewest", FEWEST.into())])) } }
            Some(measure) => {
                p { (t.with("support-measure", &[
                    ("share", percent(measure.mean).into()), ("n", voices.into()),
                    ("least", percent(measure.least.1).into()),
                    ("group", match &measure.least.0 {
                        Some(group) => board.group_name(req, statement, group),
                        None => t.get("support-smaller"),
                    }.into()),
                ])) }
            }
        }
    }
}

/// A share as a whole number of hundredths.
fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn groups(req: &Req, board: &Board, statement: &Statement, found: &Support) -> Markup {
    let t = req.t;
    let row = |name: String, count: &Count| {
        html! {
            tr {
                th scope="row" { (name) }
                td.number { (count.agree) } td.number { (count.disagree) } td.number { (count.pass) }
            }
        }
    };
    html! {
        div.scroll {
            table {
                thead { tr {
                    th { (t.get("support-group")) }
                    @for stance in Stance::ALL { th.number { (t.get(&format!("support-stance-{stance}"))) } }
                } }
                tbody {
                    @for (group, count) in &found.groups {
                        (row(board.group_name(req, statement, group), count))
                    }
                    @if found.smaller.voices() > 0 && !found.groups.is_empty() {
                        (row(t.get("support-smaller"), &found.smaller))
                    }
                    (row(t.get("support-all"), &found.all))
                }
            }
        }
    }
}

/// Who belongs to which group.
fn declared(req: &Req, board: &Board, statement: &Statement) -> Markup {
    let (t, marks) = (req.t, Marks::of(req.lang()));
    let name = |id: &DelegationId| board.delegations.get(id).map(|d| text::words(t, &d.name));
    html! {
        details {
            summary { (t.get("support-groups")) }
            dl.facts {
                @for (group, ids) in board.groups(statement.grouping, &statement.groups) {
                    @let names: Vec<String> = ids.iter().filter_map(name).collect();
                    dt { (board.group_name(req, statement, &group)) }
                    dd { bdi { (names.join(marks.item)) } }
                }
            }
        }
    }
}

/// What those of the reader's delegations that still take part say, and can say.
fn stances(
    req: &Req,
    opened: &Opened,
    tabled: &Tabled,
    board: &Board,
    statement: &Statement,
) -> Markup {
    let t = req.t;
    let action = format!("{}/{}/say", address(opened), statement.id);
    let mine = opened.here(req);
    html! {
        @for by in mine {
            @let said = board.said(statement.id, by);
            p {
                bdi { (tabled.name(req, by)) } (Marks::of(t.lang).colon)
                @if let Some(said) = said { strong { (t.get(&format!("support-stance-{said}"))) } }
                @else { (t.get("support-unsaid")) }
            }
            @for stance in Stance::ALL.iter().filter(|stance| said != Some(**stance)) {
                (act(&action, &t.get(&format!("support-say-{stance}")), "",
                    &[("delegation", &by.to_string()), ("stance", stance.code())]))
            }
        }
    }
}

fn form(req: &Req, opened: &Opened, tabled: &Tabled, board: &Board, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let units = whole_or_paragraph(req, opened, &tabled.numbers);
    // What puts everybody into one group measures nothing.
    let parts = |g: &&Grouping| board.groups(**g, &board.declared).len() > 1;
    let groupings: Vec<(String, String)> = Grouping::ALL
        .iter()
        .filter(parts)
        .map(|g| (g.code().to_owned(), t.get(&format!("support-grouping-{g}"))))
        .collect();
    let fields = html! {
        (show.text("text", "support-text", true))
        (show.choice("unit", "consensus-unit", &units))
        (show.choice("grouping", "support-grouping", &groupings))
    };
    html! {
        h2 { (t.get("support-new")) }
        (show.form(&address(opened), "support-put", &fields))
    }
}

fn create(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    let mut draft = Draft::of(req.form.clone());
    let words = draft.text("text", domain::clean::paragraph);
    let grouping = draft.code::<Grouping>("grouping");
    let unit = draft.read("unit", |raw| match raw {
        "" => Ok(None),
        raw => {
            let id: Option<UnitId> = raw.parse().ok();
            let known = id.filter(|id| opened.text().unit(*id).is_some());
            known.map(Some).ok_or_else(|| Refusal::new("choose"))
        }
    });
    let (Some(words), Some(grouping), Some(unit), Some(by)) =
        (words, grouping, unit, req.actor.person)
    else {
        let (page, body) = view(req, &opened, &draft)?;
        return Ok(page.again(req, &body));
    };
    let statement = Statement {
        id: chance::id(),
        declaration: opened.dossier.id,
        unit,
        text: words,
        grouping,
        groups: Vec::new(),
        by,
        at: req.now,
        closed: None,
    };
    req.write(|c| {
        let mut statement = statement.clone();
        if grouping == Grouping::Declared {
            statement.groups = support_group::declared(c, opened.dossier.edition)?;
        }
        store::statement::insert(c, &statement)?;
        let event = req.event("statement", statement.id, "put", json!({}));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(address(&opened)))
}

/// The statement that the path names, on the text that the path names.
fn named(req: &Req, c: &mut Conn, opened: &Opened) -> store::Result<Versioned<Statement>> {
    let id: StatementId = req.param("statement").map_err(|_| store::Error::Missing)?;
    let found = store::statement::need(c, id)?;
    if found.value.declaration == opened.dossier.id {
        Ok(found)
    } else {
        Err(store::Error::Missing)
    }
}

fn say(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let by = opened.side(req)?;
    opened.present(req, by)?;
    opened.may_change()?;
    let what: Stance = req.form.get("stance").parse().map_err(|_| Refusal::new("choose"))?;
    req.write(|c| {
        let statement = named(req, c, &opened)?.value;
        statement.takes_stances()?;
        store::statement::say(c, statement.id, by, what)
    })?;
    Ok(Reply::See(address(&opened)))
}

fn close(req: &Req) -> Outcome {
    let opened = Opened::to(req, Action::Preside)?;
    req.write(|c| {
        let mut found = named(req, c, &opened)?;
        found.value.close(req.now)?;
        match store::statement::save(c, &found.value, found.version)? {
            Saved::Stored(_) => {
                let event = req.event("statement", found.value.id, "closed", json!({}));
                store::event::append(c, chance::id(), &event)
            }
            Saved::Moved(_) => Err(Refusal::new("support-closed").into()),
        }
    })?;
    Ok(Reply::See(address(&opened)))
}
