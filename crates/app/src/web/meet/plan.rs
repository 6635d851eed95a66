//! Planning the programme: begin a run, watch it, stop it, and see what has no place and why.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use domain::{
    FieldRefusals, Refusal,
    access::Action,
    edition::Edition,
    interpreter::Pair,
    programme::{Activity, Hindrance, Hours, Reason, Unplaced},
    release::Release,
};
use jiff::civil::Time;
use maud::{Markup, html};
use serde_json::json;
use store::job::Job;

use super::{board::Board, interpretation_words, plan_files, plan_view};
use crate::{
    chance,
    i18n::Messages,
    jobs::{self, End, Order, Standing},
    web::{
        assets,
        fields::Fields,
        form::{Draft, Show, act},
        layout::Page,
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        when,
    },
};

/// Clashes that are shown at once; the number of all stands above.
const MOST_CLASHES: usize = 20;
/// Most activities without a place that are seen at one look.
const SHORT: usize = 8;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/plan", read, show),
        post("/editions/{edition}/plan", plan, start),
        get("/editions/{edition}/plan/progress", read, progress),
        post("/editions/{edition}/plan/wish", plan, wish),
    ]
}

/// Where the draft stands.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/plan", edition.id)
}

fn page<'a>(req: &Req, edition: &'a Edition, board: &Board) -> Page<'a> {
    Page {
        title: req.t.get("plan-title"),
        edition: Some(edition),
        refresh: board.runs().then_some(3),
        ..Page::default()
    }
}

fn show(req: &Req) -> Outcome {
    let (edition, board) = (req.edition()?, Board::load(req)?);
    let draft = Draft::of(fields_of(&board.order()));
    Ok(page(req, edition, &board).reply(req, &body(req, edition, &board, &draft)?))
}

fn body(req: &Req, edition: &Edition, board: &Board, draft: &Draft) -> Result<Markup, Fault> {
    let t = req.t;
    let release = req.read(|c| store::release::newest(c, edition.id))?;
    Ok(html! {
        @if let Some(job) = board.job.as_ref().filter(|_| board.runs()) {
            (running(req, edition, job))
        } @else {
            @if let Some(job) = &board.job { (ended(req, job)) }
            @if board.plan.is_none() { p.lead { (t.get("plan-none")) } }
            (begin(req, edition, board, (draft, release.is_some())))
        }
        @if let Some(plan) = &board.plan {
            (plan_view::tabs(req, edition, ""))
            (figures(req, board, plan.value.slots.len(), plan.value.unplaced.len()))
            @if let Some(release) = &release { (lost(req, board, release)) }
            (silent(req, board))
            (outdated(req, board))
            (unplaced(req, board))
        }
        (plan_files::links(req, edition, board))
    })
}

/// What was released and has no place in the draft: people have it in their pockets.
fn lost(req: &Req, board: &Board, release: &Release) -> Markup {
    let t = req.t;
    let here: BTreeSet<Activity> = board.slots().iter().map(|s| s.activity).collect();
    let released = release.entries.iter().map(|entry| entry.slot.activity);
    let lost: Vec<Activity> =
        released.filter(|a| !here.contains(a) && board.brief.minutes(*a).is_some()).collect();
    html! {
        @if !lost.is_empty() {
            section.notice.warn {
                h2 { (t.with("plan-lost", &[("n", lost.len().into()), ("number", release.number.into())])) }
                ul {
                    @for activity in lost {
                        li { a href=(board.pin_address(activity)) { (board.title(t, activity)) } }
                    }
                }
            }
        }
    }
}

/// Whose meetings nobody can be found for, because nobody knows in what language they are held.
fn silent(req: &Req, board: &Board) -> Markup {
    let (t, silent) = (req.t, board.brief.silent());
    let names: Vec<String> = silent.iter().map(|id| board.delegation(t, *id)).collect();
    let values = [("n", silent.len().into()), ("names", names.join(Marks::of(t.lang).item).into())];
    html! {
        @if !silent.is_empty() { p.notice.warn { (t.with("plan-silent", &values)) } }
    }
}

fn figures(req: &Req, board: &Board, placed: usize, unplaced: usize) -> Markup {
    let t = req.t;
    let zone = board.brief.edition.time_zone();
    let made = board.plan.as_ref().map(|p| when::moment(t.lang, &zone, p.value.at));
    html! {
        div.figures {
            div.figure { strong { (placed) } span { (t.get("plan-placed")) } }
            div.figure { strong { (unplaced) } span { (t.get("plan-unplaced")) } }
            div.figure { strong { (board.brief.pins.len()) } span { (t.get("plan-pins")) } }
        }
        @if let Some(made) = made { p { (t.with("plan-made", &[("at", made.into())])) } }
    }
}

/// What was changed after the draft was made and no longer fits.
fn outdated(req: &Req, board: &Board) -> Markup {
    let clashes = board.clashes();
    html! {
        @if !clashes.is_empty() {
            section.notice.warn {
                h2 { (req.t.with("plan-clashes", &[("n", clashes.len().into())])) }
                p { (req.t.get("plan-clashes-why")) }
                ul { @for clash in clashes.iter().take(MOST_CLASHES) { li { (board.clash(req.t, clash)) } } }
            }
        }
    }
}

fn unplaced(req: &Req, board: &Board) -> Markup {
    let t = req.t;
    let list = board.plan.as_ref().map_or(&[][..], |p| &p.value.unplaced);
    html! {
        section {
            h2 { (t.get("plan-unplaced-title")) }
            @if list.is_empty() { p.notice.ok { (t.get("plan-unplaced-none")) } } @else {
                p { (t.get("plan-unplaced-why")) }
                (most_often(t, list))
                ul.slots {
                    @for unplaced in list {
                        li {
                            span { (board.kind(t, unplaced.activity)) }
                            div {
                                a href=(board.pin_address(unplaced.activity)) {
                                    (board.title(t, unplaced.activity))
                                }
                                @for line in board.why(t, unplaced) { div.where { (line) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What stands in the way of most of them, as one look at a long list.
fn most_often(t: Messages, list: &[Unplaced]) -> Markup {
    let mut counts: BTreeMap<(Hindrance, Option<Pair>), usize> = BTreeMap::new();
    for unplaced in list {
        let kind = |r: &Reason| (r.hindrance, r.lack.and_then(|lack| lack.pair));
        let kinds: BTreeSet<_> = unplaced.reasons.iter().map(kind).collect();
        for kind in kinds {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| Reverse(*n));
    html! {
        @if list.len() > SHORT {
            dl.facts {
                @for ((kind, pair), n) in counts {
                    dt {
                        (t.get(&format!("plan-reason-{kind}")))
                        @if let Some(pair) = pair { " · " (interpretation_words::pair(t, pair)) }
                    }
                    dd { (n) }
                }
            }
        }
    }
}

/// How the last run ended, when that needs a word.
fn ended(req: &Req, job: &Job) -> Markup {
    let end = Standing::of(job).end;
    let dead = job.state == "dead";
    html! {
        @match end {
            Some(End::Cancelled) => { p.notice { (req.t.get("plan-cancelled")) } }
            Some(End::Failed) => { p.notice.error { (req.t.get("plan-failed")) } }
            None if dead => { p.notice.error { (req.t.get("plan-failed")) } }
            _ => {}
        }
    }
}

fn begin(req: &Req, edition: &Edition, board: &Board, (draft, released): (&Draft, bool)) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let keep = [("yes".to_owned(), t.get("plan-keep-released"))];
    let again = if board.plan.is_some() { "plan-again" } else { "plan-begin" };
    let what = board.brief.activities().len();
    let fields = html! {
        p { (t.with("plan-what", &[("n", what.into()), ("pins", board.brief.pins.len().into())])) }
        @if released { (show.boxes("keep", "plan-keep", &keep)) }
        details open[!draft.is_sound()] {
            summary { (t.get("plan-hours")) }
            p.hint { (t.get("plan-hours-why")) }
            div.row {
                (show.input("time", "from", "plan-from"))
                (show.input("time", "until", "plan-until"))
                (show.input("time", "lunch_from", "plan-lunch-from"))
                (show.input("time", "lunch_until", "plan-lunch-until"))
            }
        }
    };
    show.form(&home(edition), again, &fields)
}

fn running(req: &Req, edition: &Edition, job: &Job) -> Markup {
    let (t, standing) = (req.t, Standing::of(job));
    let address = home(edition);
    let to = format!("{address}/wish");
    html! {
        section.notice data-progress={ (address) "/progress" } {
            h2 { (t.get("plan-running")) }
            progress max="100" value=(standing.percent) aria-label=(t.get("plan-running")) {}
            p role="status" data-words { (words(req, &standing)) }
            div.actions {
                @if standing.total > 0 {
                    (act(&to, &t.get("plan-enough"), "main", &[("wish", "enough")]))
                }
                (act(&to, &t.get("plan-cancel"), "", &[("wish", "cancel")]))
            }
            (curve(req, &standing))
        }
        script type="module" src=(assets::address("plan.js")) {}
    }
}

/// How the run got better, in numbers.
fn curve(req: &Req, standing: &Standing) -> Markup {
    let t = req.t;
    let labels = ["plan-curve-seconds", "plan-curve-placed", "plan-curve-score"].map(|k| t.get(k));
    html! {
        details {
            summary { (t.get("plan-curve")) }
            div.scroll {
                table {
                    thead { tr { @for label in &labels { th.number scope="col" { (label) } } } }
                    tbody data-curve {
                        @for (at, placed, score) in &standing.curve {
                            tr {
                                td.number { (seconds(*at)) }
                                td.number { (placed) }
                                td.number { (format!("{score:.0}")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn seconds(milliseconds: i64) -> String {
    format!("{}.{}", milliseconds / 1000, milliseconds % 1000 / 100)
}

fn words(req: &Req, standing: &Standing) -> String {
    if standing.total == 0 {
        return req.t.get("plan-waiting");
    }
    let values = [("placed", standing.placed.into()), ("total", standing.total.into())];
    req.t.with("plan-so-far", &values)
}

fn progress(req: &Req) -> Outcome {
    let edition = req.edition()?.id;
    let job = req.read(|c| store::job::newest(c, jobs::PLAN, edition))?;
    let Some(job) = job else { return Ok(Reply::Json(json!({ "over": true }))) };
    let standing = Standing::of(&job);
    let rows = standing.curve.iter();
    let rows: Vec<_> =
        rows.map(|(at, placed, score)| json!([seconds(*at), placed, score.round()])).collect();
    Ok(Reply::Json(json!({
        "over": !matches!(job.state.as_str(), "waiting" | "running"),
        "percent": standing.percent,
        "placed": standing.placed,
        "total": standing.total,
        "score": standing.score,
        "words": words(req, &standing),
        "curve": rows,
    })))
}

fn fields_of(order: &Order) -> Fields {
    let hours = &order.hours;
    let time = |at: Time| at.strftime("%H:%M").to_string();
    let keep = if order.keep { Fields::default().with("keep", "yes") } else { Fields::default() };
    keep.with("from", time(hours.from))
        .with("until", time(hours.until))
        .with("lunch_from", time(hours.lunch.0))
        .with("lunch_until", time(hours.lunch.1))
}

/// The hours that were typed.
fn read(draft: &mut Draft) -> Option<Hours> {
    let time = |raw: &str| -> Result<Time, Refusal> {
        let time = Time::strptime("%H:%M", raw.trim()).map_err(|_| Refusal::new("time"))?;
        if time.minute() % 5 == 0 { Ok(time) } else { Err(Refusal::new("five-minutes")) }
    };
    let [from, until, lunch_from, lunch_until] =
        ["from", "until", "lunch_from", "lunch_until"].map(|name| draft.read(name, time));
    let hours = Hours { from: from?, until: until?, lunch: (lunch_from?, lunch_until?) };
    let FieldRefusals(refused) = hours.check().err().unwrap_or_default();
    for (field, refusal) in refused {
        draft.refuse(&field, refusal);
    }
    draft.is_sound().then_some(hours)
}

/// Begins a run, unless one goes on already.
fn start(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let mut draft = Draft::of(req.form.clone());
    let Some(hours) = read(&mut draft) else {
        let board = Board::load(req)?;
        return Ok(page(req, edition, &board).again(req, &body(req, edition, &board, &draft)?));
    };
    let ticked = req.form.has("keep", "yes");
    req.write(|c| {
        let (brief, _) = store::brief::load(c, edition)?;
        if brief.activities().is_empty() {
            return Err(Refusal::new("nothing-to-plan").into());
        }
        let last = store::job::newest(c, jobs::PLAN, edition.id)?;
        if last.is_some_and(|j| matches!(j.state.as_str(), "waiting" | "running")) {
            return Ok(());
        }
        // Whoever plans before the first release is not asked, and will want to keep it afterwards.
        let keep = ticked || store::release::newest(c, edition.id)?.is_none();
        let (id, order) = (chance::id(), json!(Order { hours, keep }));
        store::job::enqueue(c, id, jobs::PLAN, edition.id, order, req.now)?;
        let event = req.event("plan", id, "begun", json!({}));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(home(edition)))
}

/// "Good enough, stop" or "cancel".
fn wish(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let wish = req.form.get("wish");
    if !["enough", "cancel"].contains(&wish) {
        return Err(Refusal::new("choose").into());
    }
    req.write(|c| match store::job::newest(c, jobs::PLAN, edition.id)? {
        Some(job) if job.state == "waiting" || job.state == "running" => {
            store::job::wish(c, job.id, wish)
        }
        _ => Ok(()),
    })?;
    Ok(Reply::See(home(edition)))
}
