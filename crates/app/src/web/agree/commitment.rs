//! Commitments of an edition: the list, and the page of one. Three voices stand side by side and are never
//! mixed: what the owner says, what a reviewer says, and what the calendar says.
//!
//! Commitments are for those taking part; once their text is public, so are they.

use std::collections::BTreeMap;

use domain::{
    DeclarationId, DelegationId,
    access::{Action, Object, Visibility},
    city::Origin,
    commitment::{Commitment, Progress, Timeliness},
    delegation::Delegation,
    dossier::{Dossier, DossierKind},
    edition::Edition,
    instrument::{Instrument, Words},
    procedure::Phase,
    revision::Versioned,
    search,
    unit::Seal,
};
use jiff::civil::Date;
use maud::{Markup, html};
use outputs::sheet::{Cell, Column, Sheet};
use store::Conn;

use super::{commitment_claim, commitment_form};
use crate::{
    reading::Reading,
    web::{
        convene::delegation::ordered,
        layout::{self, Page},
        list::{self, Wish},
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        sheet, text, when,
    },
};

/// The addresses of commitments.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/commitments", Gate::Public, index),
        get("/editions/{edition}/commitments/export/{format}", Gate::Public, export),
        get("/editions/{edition}/commitments/{commitment}", Gate::Public, show),
    ]
}

/// The list's address.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/commitments", edition.id)
}

/// A text from which commitments are read, as this request finds it.
pub struct Source {
    /// What is kept beside it.
    pub dossier: Dossier,
    /// How far it has come.
    pub reading: Reading,
    /// As the access table sees it and all that follows from it.
    pub object: Object,
}

impl Source {
    /// Reads a text of an edition; an instrument's text is as visible as the instrument.
    pub fn read(
        req: &Req,
        c: &mut Conn,
        edition: &Edition,
        dossier: Dossier,
        instruments: &[Versioned<Instrument>],
    ) -> store::Result<Self> {
        let reading = req.app.readings.read(c, &dossier)?;
        let published = matches!(reading.negotiation.consensus.phase, Phase::Published(_));
        let of = |one: &&Versioned<Instrument>| one.value.words == Words::Dossier(dossier.id);
        let object = match (dossier.kind, instruments.iter().find(of)) {
            (DossierKind::Instrument, Some(one)) => one.value.object(edition),
            (DossierKind::Declaration | DossierKind::Consensus, _) if published => {
                Object { place: edition.place(), visibility: Visibility::Public }
            }
            _ => dossier.object(edition),
        };
        Ok(Self { dossier, reading, object })
    }
}

/// Everything that the pages of commitments name.
pub struct Board {
    /// The texts by identifier.
    pub sources: BTreeMap<DeclarationId, Source>,
    /// The delegations in the declared order.
    pub delegations: Vec<Delegation>,
    /// The commitments that the reader may see.
    pub commitments: Vec<Versioned<Commitment>>,
}

impl Board {
    /// Reads what the reader may see of an edition.
    pub fn load(req: &Req) -> Result<Self, Fault> {
        let edition = req.edition()?;
        let board = req.read(|c| {
            let instruments = store::instrument::of_edition(c, edition.id)?;
            let mut sources = BTreeMap::new();
            let commitments = store::commitment::of_edition(c, edition.id)?;
            for dossier in store::dossier::of_edition(c, edition.id)? {
                let dossier = dossier.value;
                // Only texts from which something was read are read again.
                if commitments.iter().any(|one| one.value.clause.dossier == dossier.id) {
                    let source = Source::read(req, c, edition, dossier, &instruments)?;
                    sources.insert(source.dossier.id, source);
                }
            }
            Ok(Self { sources, delegations: ordered(c, edition)?, commitments })
        })?;
        for (id, source) in &board.sources {
            req.app.readings.keep(*id, &source.reading);
        }
        let mine = |one: &Versioned<Commitment>| {
            let source = board.sources.get(&one.value.clause.dossier);
            source.is_some_and(|source| req.may(Action::Read, &source.object))
        };
        let commitments = board.commitments.iter().filter(|one| mine(one)).cloned().collect();
        Ok(Self { commitments, ..board })
    }

    /// The commitment of the path, if the reader may see it.
    pub fn named(&self, req: &Req) -> Result<&Versioned<Commitment>, Fault> {
        let hidden = || if req.account.is_none() { Fault::SignIn } else { Fault::Missing };
        let id = req.param("commitment").map_err(|_| hidden())?;
        self.commitments.iter().find(|one| one.value.id == id).ok_or_else(hidden)
    }

    /// What a page calls a delegation.
    pub fn name(&self, req: &Req, id: DelegationId) -> String {
        let found = self.delegations.iter().find(|d| d.id == id);
        found.map(|d| text::words(req.t, &d.name)).unwrap_or_default()
    }

    /// The owners in the declared order; nothing where every delegation is one.
    pub fn owners(&self, req: &Req, one: &Commitment) -> Vec<String> {
        let mine = self.delegations.iter().filter(|d| one.owners.contains(&d.id));
        mine.map(|d| text::words(req.t, &d.name)).collect()
    }
}

/// The delegations for which the reader can report on a commitment.
pub fn own(req: &Req, edition: &Edition, one: &Commitment) -> Vec<DelegationId> {
    let mine = req.actor.speaks_for(edition.id).into_iter();
    mine.filter(|id| one.binds(*id)).collect()
}

/// What the calendar says, as a mark that shames nobody.
pub fn calendar(req: &Req, timeliness: Timeliness) -> Markup {
    let class = match timeliness {
        Timeliness::Reported => "chip ok",
        Timeliness::Near | Timeliness::Past => "chip warn",
        Timeliness::Ahead | Timeliness::Undated => "chip",
    };
    html! { span class=(class) { (req.t.get(&format!("commitment-calendar-{timeliness}"))) } }
}

/// What a progress is called.
pub fn progress(req: &Req, progress: Progress) -> String {
    req.t.get(&format!("commitment-progress-{progress}"))
}

/// What the owners say, together: one word when they say the same.
fn claimed(req: &Req, one: &Commitment) -> String {
    let said: Vec<Progress> = one.claims.values().map(|claim| claim.progress).collect();
    match said.as_slice() {
        [] => req.t.get("commitment-not-claimed"),
        [first, rest @ ..] if rest.iter().all(|other| other == first) => progress(req, *first),
        _ => req.t.get("commitment-claims-differ"),
    }
}

/// What a reviewer says, once others may know.
fn assessed(req: &Req, one: &Commitment) -> String {
    let assessed = one.assessed(req.now);
    assessed.map_or_else(|| "—".to_owned(), |assessment| progress(req, assessment.progress))
}

fn found<'b>(req: &Req, board: &'b Board, today: Date) -> Vec<&'b Commitment> {
    let (owner, calendar) = (req.query.get("owner"), req.query.get("calendar"));
    let owner: Option<DelegationId> = owner.parse().ok();
    let q = Wish::of(&req.query).q;
    let said =
        |one: &Commitment| search::fold(&format!("{} {}", one.what.words(), one.clause.words));
    let all = board.commitments.iter().map(|one| &one.value);
    all.filter(|one| owner.is_none_or(|id| one.binds(id)))
        .filter(|one| calendar.is_empty() || one.timeliness(today).code() == calendar)
        .filter(|one| q.is_empty() || search::finds(&said(one), &q))
        .collect()
}

fn index(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let board = Board::load(req)?;
    let today = edition.day_of(req.now);
    let (wish, rows) = (Wish::of(&req.query), found(req, &board, today));
    let drafts = Gate::Participants(Action::Draft).lets(&req.actor, req.place());
    let none = if drafts { "commitment-none-office" } else { "commitment-none" };
    let sources = if drafts {
        commitment_form::sources(req)?
    } else {
        html! {}
    };
    let body = html! {
        @if board.commitments.is_empty() { (layout::empty(&t.get(none), None)) }
        @else {
            (figures(req, &board, today))
            (list::search(req, &t.get("commitment-search"), &filter(req, &board)))
            @if rows.is_empty() { (layout::empty(&t.get("commitment-none-found"), None)) }
            @else { (table(req, edition, &board, wish.cut(&rows))) }
            (list::pager(req, &wish, rows.len()))
            (sheet::links(req, &home(edition)))
        }
        (sources)
    };
    let page = Page {
        title: t.get("edition-nav-commitments"),
        lead: Some(html! { (t.get("commitment-lead")) }),
        edition: Some(edition),
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

fn figures(req: &Req, board: &Board, today: Date) -> Markup {
    let count = |what: Timeliness| {
        board.commitments.iter().filter(|one| one.value.timeliness(today) == what).count()
    };
    html! {
        div.figures {
            @for what in Timeliness::ALL.iter().filter(|what| count(**what) > 0) {
                a.figure href={ "?calendar=" (what) } {
                    strong { (count(*what)) }
                    span { (req.t.get(&format!("commitment-calendar-{what}"))) }
                }
            }
        }
    }
}

fn filter(req: &Req, board: &Board) -> Markup {
    let owner = |d: &Delegation| (d.id.to_string(), text::words(req.t, &d.name));
    let owners = board.delegations.iter().map(owner);
    list::filter(req, "owner", &req.t.get("commitment-owner-all"), owners)
}

fn owners(req: &Req, board: &Board, one: &Commitment) -> String {
    if one.owners.is_empty() {
        req.t.get("commitment-owner-everyone")
    } else {
        board.owners(req, one).join(" · ")
    }
}

const LABELS: [&str; 6] = [
    "commitment-what",
    "commitment-owners",
    "commitment-due",
    "commitment-calendar",
    "commitment-claimed",
    "commitment-assessed",
];

fn table(req: &Req, edition: &Edition, board: &Board, rows: &[&Commitment]) -> Markup {
    let (t, today) = (req.t, edition.day_of(req.now));
    let labels = LABELS.map(|key| t.get(key));
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for one in rows {
                        tr {
                            th scope="row" {
                                a href={ (home(edition)) "/" (one.id) } { (text::text(t, &one.what)) }
                            }
                            td data-label=(labels[1]) { (owners(req, board, one)) }
                            td data-label=(labels[2]) { (due(req, one)) }
                            td data-label=(labels[3]) { (calendar(req, one.timeliness(today))) }
                            td data-label=(labels[4]) { (claimed(req, one)) }
                            td data-label=(labels[5]) { (assessed(req, one)) }
                        }
                    }
                }
            }
        }
    }
}

fn due(req: &Req, one: &Commitment) -> String {
    one.due.map_or_else(|| "—".to_owned(), |due| when::date(req.lang(), due))
}

fn export(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let board = Board::load(req)?;
    let today = edition.day_of(req.now);
    let keys = ["what", "owners", "due", "calendar", "claimed", "assessed"];
    let row = |one: &&Commitment| -> Vec<Cell> {
        let timeliness = one.timeliness(today);
        vec![
            text::words(t, &one.what).into(),
            owners(req, &board, one).into(),
            one.due.map(|due| due.to_string()).into(),
            t.get(&format!("commitment-calendar-{timeliness}")).into(),
            claimed(req, one).into(),
            one.assessed(req.now).map(|assessment| progress(req, assessment.progress)).into(),
            one.measure.as_ref().map(|measure| text::words(t, measure)).into(),
            one.clause.words.clone().into(),
            one.clause.seal.hex().into(),
        ]
    };
    let more = [
        ("measure", "commitment-measure"),
        ("clause", "commitment-clause"),
        ("sha256", "commitment-hash"),
    ];
    let columns = keys.into_iter().zip(LABELS).chain(more);
    let file = Sheet {
        title: t.get("edition-nav-commitments"),
        lang: req.lang(),
        columns: columns.map(|(key, label)| Column { key, label: t.get(label) }).collect(),
        rows: found(req, &board, today).iter().map(row).collect(),
        exercise: edition.origin == Origin::Demonstration,
    };
    sheet::reply(req, "commitments", &file)
}

fn show(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let board = Board::load(req)?;
    let one = &board.named(req)?.value;
    let today = edition.day_of(req.now);
    let source = board.sources.get(&one.clause.dossier);
    let body = html! {
        dl.facts {
            dt { (t.get("commitment-owners")) }
            dd { (owners(req, &board, one)) }
            dt { (t.get("commitment-due")) }
            dd { (due(req, one)) }
            @if let Some(measure) = &one.measure {
                dt { (t.get("commitment-measure")) }
                dd { (text::text(t, measure)) }
            }
            dt { (t.get("commitment-strength")) }
            dd { (t.get(&format!("commitment-strength-{}", one.strength))) }
        }
        div.figures {
            div.figure {
                strong { (calendar(req, one.timeliness(today))) } span { (t.get("commitment-calendar")) }
            }
        }
        @if let Some(source) = source { (clause(req, edition, one, source)) }
        (commitment_claim::section(req, edition, &board, one))
    };
    let page = Page {
        title: text::words(t, &one.what),
        trail: vec![(home(edition), t.get("edition-nav-commitments"))],
        edition: Some(edition),
        demonstration: source.is_some_and(|source| source.dossier.exercise),
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

/// The words from which it was read, and whether they still stand.
fn clause(req: &Req, edition: &Edition, one: &Commitment, source: &Source) -> Markup {
    let (t, clause) = (req.t, &one.clause);
    let unit = source.reading.negotiation.text.unit(clause.unit);
    let stands: Option<Seal> = unit.map(|unit| unit.seal(clause.lang));
    html! {
        section {
            h2 { (t.get("commitment-clause")) }
            blockquote lang=(clause.lang.tag()) dir=(clause.lang.dir()) { (clause.words) }
            p {
                a href={ "/editions/" (edition.id) "/declarations/" (source.dossier.id) } {
                    (text::text(t, &source.dossier.title))
                }
                " · " bdi { (source.dossier.symbol) }
            }
            @if stands.as_ref() == Some(&clause.seal) { p.hint { (t.get("commitment-words-stand")) } }
            @else { p.notice.warn { (t.get("commitment-words-moved")) } }
        }
    }
}
