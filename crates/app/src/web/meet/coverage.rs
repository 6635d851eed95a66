//! The coverage report: for every activity its languages, booths, team and relay, what is missing by which
//! rule, and what is waived and why. For the office.

use std::collections::BTreeMap;

use domain::{
    DelegationId, Lang,
    access::Action,
    brief::Brief,
    city::Origin,
    coverage::Lack,
    edition::Edition,
    interpretation::{By, Mode, Norm, Rule, Work},
    interpreter::Pair,
    programme::{Activity, Slot},
    session::Session,
    team::Team,
};
use maud::{Markup, html};
use outputs::sheet::{Column, Sheet};

use super::{
    board::Board,
    interpretation, interpretation_words as words,
    interpreter::{below, home, tabs},
    plan,
};
use crate::{
    i18n::Messages,
    web::{
        layout,
        marks::Marks,
        reply::Outcome,
        request::Req,
        route::{Gate, Route, get},
        sheet, text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    vec![
        get("/editions/{edition}/interpreters/coverage", read, show),
        get("/editions/{edition}/interpreters/coverage/export/{format}", read, export),
    ]
}

/// The report's address.
pub fn address(edition: &Edition) -> String {
    format!("{}/coverage", home(edition))
}

/// What an activity needs: `同声传译 · 中文 – Русский: 3`.
pub fn needs(t: Messages, brief: &Brief, activity: Activity) -> String {
    let Some(work) = brief.work(activity) else { return t.get("interpretation-mode-unneeded") };
    let marks = Marks::of(t.lang);
    let counts = counts(work.alternatives.first().map_or(&[][..], Vec::as_slice));
    let counts = counts.into_iter().map(|((pair, of), n)| {
        let of = of.and_then(|id| brief.delegation(id)).map(|d| text::words(t, &d.name));
        let of = of
            .map_or(String::new(), |name| format!("{}{name}{}", marks.around[0], marks.around[1]));
        format!("{}{}{n}{of}", words::pair(t, pair), marks.colon)
    });
    let counts: Vec<String> = counts.collect();
    format!("{} · {}", words::mode(t, work.mode), counts.join(marks.part))
}

fn counts(seats: &[domain::team::Seat]) -> BTreeMap<(Pair, Option<DelegationId>), usize> {
    let mut counts = BTreeMap::new();
    for seat in seats {
        *counts.entry((seat.pair, seat.of)).or_insert(0) += 1;
    }
    counts
}

/// One line of the report.
struct Row<'a> {
    activity: Activity,
    slot: Option<&'a Slot>,
    work: Option<Work>,
    team: Option<&'a Team>,
    lacks: Vec<Lack>,
}

/// What the report is made from.
struct Report<'a> {
    board: &'a Board,
    rows: Vec<Row<'a>>,
}

impl<'a> Report<'a> {
    /// Every activity that has a place or needs interpreters, by time; those without a place last.
    fn of(board: &'a Board) -> Self {
        let (brief, slots) = (&board.brief, board.slots());
        let teams = board.plan.as_ref().map_or(&[][..], |p| &p.value.teams);
        let mut lacks: BTreeMap<Activity, Vec<Lack>> = BTreeMap::new();
        for (activity, lack) in brief.lacks(slots, teams) {
            lacks.entry(activity).or_default().push(lack);
        }
        for unplaced in board.plan.iter().flat_map(|p| &p.value.unplaced) {
            let found = unplaced.reasons.iter().filter_map(|reason| reason.lack);
            lacks.entry(unplaced.activity).or_default().extend(found);
        }
        let row = |activity: Activity| Row {
            activity,
            slot: slots.iter().find(|s| s.activity == activity),
            work: brief.work(activity),
            team: teams.iter().find(|team| team.activity == activity),
            lacks: lacks.get(&activity).cloned().unwrap_or_default(),
        };
        let mut rows: Vec<Row<'a>> = brief.activities().into_iter().map(row).collect();
        rows.retain(|row| {
            row.work.is_some() || !brief.interpretation.arrangement(row.activity).waivers.is_empty()
        });
        rows.sort_by_key(|row| (row.slot.is_none(), row.slot.map(|s| s.start), row.activity));
        Self { board, rows }
    }

    fn brief(&self) -> &'a Brief {
        &self.board.brief
    }

    /// The team by name, booth by booth.
    fn team(&self, t: Messages, row: &Row<'_>) -> Vec<String> {
        let Some(team) = row.team else { return Vec::new() };
        let marks = Marks::of(t.lang);
        let mut booths: BTreeMap<Pair, Vec<String>> = BTreeMap::new();
        for seat in &team.seats {
            let one = self.brief().interpreter(seat.interpreter);
            let name = one.map_or_else(|| "—".to_owned(), |one| text::called(t, &one.name));
            booths.entry(seat.pair).or_default().push(name);
        }
        let booth = |(pair, names): (Pair, Vec<String>)| {
            format!("{}{}{}", words::pair(t, pair), marks.colon, names.join(marks.item))
        };
        booths.into_iter().map(booth).collect()
    }

    fn session(&self, row: &Row<'_>) -> Option<&'a Session> {
        match row.activity {
            Activity::Session(id) => self.brief().session(id),
            Activity::Meeting(_) => None,
        }
    }

    /// Which languages reach each other through a third.
    fn relay(&self, t: Messages, row: &Row<'_>) -> Vec<String> {
        let mode = row.work.as_ref().map_or(Mode::Unneeded, |work| work.mode);
        let rules = &self.brief().interpretation;
        let through = self.session(row).map_or(Vec::new(), |s| words::paths(rules, s, mode));
        let mut said: Vec<String> = through.into_iter().map(|path| words::path(t, path)).collect();
        if let (Activity::Meeting(_), Some(team)) = (row.activity, row.team) {
            let spoken = self.brief().spoken(row.activity);
            let direct = spoken.len() < 2
                || team.seats.iter().all(|s| spoken.iter().all(|lang| s.pair.contains(lang)));
            if let (false, [a, b]) = (direct, spoken.as_slice()) {
                said.push(words::path(t, [*a, rules.pivot, *b]));
            }
        }
        said
    }

    /// What is waived here, and why.
    fn waivers(&self, t: Messages, row: &Row<'_>) -> Vec<String> {
        let arranged = self.brief().interpretation.arrangement(row.activity);
        let said = |w: &domain::interpretation::Waiver| {
            format!("{}{}{}", words::rule(t, w.rule), Marks::of(t.lang).colon, w.reason)
        };
        arranged.waivers.iter().map(said).collect()
    }

    fn by(&self, t: Messages, row: &Row<'_>) -> Option<String> {
        match self.brief().interpretation.arrangement(row.activity).by {
            By::Pool => None,
            By::EachSide => Some(t.get("interpretation-by-each")),
            By::OneSide(side) => {
                let name = self.board.delegation(t, side);
                Some(t.with("interpretation-by-one", &[("name", name.into())]))
            }
        }
    }

    /// Whether somebody in the team is not to be recorded.
    fn unrecorded(&self, row: &Row<'_>) -> usize {
        use domain::interpreter::Consent::Given;
        let members = row.team.map_or(Vec::new(), Team::members);
        let known = members.into_iter().filter_map(|id| self.brief().interpreter(id));
        known.filter(|one| one.recording != Given).count()
    }

    fn lacks(&self, t: Messages, row: &Row<'_>) -> Vec<String> {
        let said = |lack: &Lack| {
            format!("{} ({}; {})", words::lack(t, self.brief(), lack), lack.rule, source(lack.rule))
        };
        row.lacks.iter().map(said).collect()
    }
}

/// Where a rule comes from.
fn source(rule: Rule) -> &'static str {
    match rule {
        Rule::Team => Norm::Booth.source(),
        Rule::Relay => Norm::Relay.source(),
        Rule::Listeners => Norm::Listeners.source(),
        Rule::Booths => "ISO 2603, ISO 4043",
        Rule::Rest => Norm::Rest.source(),
        Rule::Day => Norm::Day.source(),
        Rule::Free => "—",
    }
}

fn show(req: &Req) -> Outcome {
    let (t, edition, board) = (req.t, req.edition()?, Board::load(req)?);
    let report = Report::of(&board);
    let planned = board.brief.interpretation.planned;
    let short = report.rows.iter().filter(|row| !row.lacks.is_empty()).count();
    let waived = report.rows.iter().filter(|row| !report.waivers(t, row).is_empty()).count();
    let staffed = report.rows.iter().filter(|row| row.team.is_some()).count();
    let only = req.query.get("only") == "short";
    let shown = report.rows.iter().filter(|row| !only || !row.lacks.is_empty());
    let body = html! {
        (tabs(req, edition, "/coverage"))
        @if board.brief.interpreters.is_empty() {
            @let action = (format!("{}/new", home(edition)), t.get("interpreter-new"));
            (layout::empty(&t.get("coverage-no-roster"), Some(action)))
        } @else if !planned {
            @let action = (format!("{}/rules", home(edition)), t.get("interpreter-view-rules"));
            (layout::empty(&t.get("coverage-not-planned"), Some(action)))
        } @else if board.plan.is_none() {
            (layout::empty(&t.get("coverage-no-plan"), Some((plan::home(edition), t.get("plan-begin")))))
        }
        div.figures {
            div.figure { strong { (report.rows.len()) } span { (t.get("coverage-all")) } }
            div.figure { strong { (staffed) } span { (t.get("coverage-staffed")) } }
            a.figure href={ (address(edition)) "?only=short" } aria-current=[only.then_some("true")] {
                strong { (short) } span { (t.get("coverage-short")) }
            }
            div.figure { strong { (waived) } span { (t.get("coverage-waived")) } }
        }
        @if only { p { a href=(address(edition)) { (t.get("coverage-show-all")) } } }
        (table(req, edition, &report, shown))
        (sheet::links(req, &address(edition)))
    };
    Ok(below(req, edition, t.get("coverage-title")).reply(req, &body))
}

fn table<'a>(
    req: &Req,
    edition: &Edition,
    report: &'a Report<'a>,
    rows: impl Iterator<Item = &'a Row<'a>>,
) -> Markup {
    let (t, board) = (req.t, report.board);
    let labels = [
        "coverage-activity",
        "coverage-when",
        "coverage-languages",
        "coverage-needs",
        "coverage-team",
        "coverage-missing",
    ]
    .map(|key| t.get(key));
    html! {
        div.scroll {
            table.stack.coverage {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" {
                                a href=(interpretation::address(edition, row.activity)) {
                                    (board.title(t, row.activity))
                                }
                                div.where { (board.kind(t, row.activity)) }
                            }
                            td data-label=(labels[1]) { (place(t, board, row)) }
                            td data-label=(labels[2]) {
                                (words::languages(t, &board.brief.spoken(row.activity)))
                                @for path in report.relay(t, row) {
                                    div.where { (t.with("coverage-relay", &[("path", path.into())])) }
                                }
                            }
                            td data-label=(labels[3]) {
                                (needs(t, &board.brief, row.activity))
                                @if let Some(by) = report.by(t, row) { div.where { (by) } }
                            }
                            td data-label=(labels[4]) { (team(t, report, row)) }
                            td data-label=(labels[5]) { (missing(t, report, row)) }
                        }
                    }
                }
            }
        }
    }
}

fn place(t: Messages, board: &Board, row: &Row<'_>) -> Markup {
    html! {
        @match row.slot {
            None => { (t.get("coverage-unplaced")) }
            Some(slot) => {
                (when::date(t.lang, board.from(slot).date())) " " (board.time(slot))
                div.where {
                    (board.hall(t, slot.hall))
                    @if let Some(work) = row.work.as_ref().filter(|work| work.booths > 0) {
                        " · " (t.with("sheet-booths", &[("n", work.booths.into())]))
                    }
                }
            }
        }
    }
}

fn team(t: Messages, report: &Report<'_>, row: &Row<'_>) -> Markup {
    let unrecorded = report.unrecorded(row);
    html! {
        @for booth in report.team(t, row) { div { (booth) } }
        @if row.team.is_none() { "—" }
        @if unrecorded > 0 {
            div.where { (t.with("coverage-unrecorded", &[("n", unrecorded.into())])) }
        }
    }
}

fn missing(t: Messages, report: &Report<'_>, row: &Row<'_>) -> Markup {
    let lacks = report.lacks(t, row);
    let waivers = report.waivers(t, row);
    html! {
        @if lacks.is_empty() && row.team.is_some() { span.chip.ok { (t.get("coverage-whole")) } }
        @for lack in &lacks { div { span.chip.warn { (t.get("coverage-lack")) } " " (lack) } }
        @for waiver in &waivers { div { span.chip { (t.get("coverage-waiver")) } " " (waiver) } }
        @if lacks.is_empty() && waivers.is_empty() && row.team.is_none() { "—" }
    }
}

fn export(req: &Req) -> Outcome {
    let (t, edition, board) = (req.t, req.edition()?, Board::load(req)?);
    let part = Marks::of(t.lang).part;
    let report = Report::of(&board);
    let keys = [
        ("kind", "session-kind"),
        ("activity", "coverage-activity"),
        ("when", "coverage-when"),
        ("hall", "hall-name"),
        ("languages", "coverage-languages"),
        ("needs", "coverage-needs"),
        ("booths", "hall-booths"),
        ("by", "interpretation-by"),
        ("team", "coverage-team"),
        ("relay", "coverage-relays"),
        ("missing", "coverage-missing"),
        ("waived", "interpretation-waivers"),
        ("unrecorded", "coverage-unrecorded-title"),
    ];
    let row = |row: &Row<'_>| {
        let when = row.slot.map(|slot| format!("{} {}", board.from(slot).date(), board.time(slot)));
        let codes: Vec<&str> =
            board.brief.spoken(row.activity).into_iter().map(Lang::code).collect();
        vec![
            board.kind(t, row.activity).into(),
            board.words(t, row.activity).into(),
            when.into(),
            row.slot.map(|slot| board.hall(t, slot.hall)).into(),
            codes.join(" ").into(),
            needs(t, &board.brief, row.activity).into(),
            row.work.as_ref().map(|work| work.booths).into(),
            report.by(t, row).into(),
            report.team(t, row).join(part).into(),
            report.relay(t, row).join(part).into(),
            report.lacks(t, row).join(part).into(),
            report.waivers(t, row).join(part).into(),
            i64::try_from(report.unrecorded(row)).unwrap_or(0).into(),
        ]
    };
    let file = Sheet {
        title: t.get("coverage-title"),
        lang: req.lang(),
        columns: keys.map(|(key, label)| Column { key, label: t.get(label) }).to_vec(),
        rows: report.rows.iter().map(row).collect(),
        exercise: edition.origin == Origin::Demonstration,
    };
    sheet::reply(req, "coverage", &file)
}
