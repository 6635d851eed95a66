//! Pins: an activity that the office puts at a place and a time by hand. Dragging in the grid and
//! the plain form send the same thing.

use domain::{
    HallId, Refusal,
    access::Action,
    brief::Clash,
    edition::Edition,
    programme::{Activity, Hindrance, Pin},
};
use maud::{Markup, html};
use serde_json::json;

use super::{board::Board, plan};
use crate::{
    chance, planning,
    web::{
        fields::Fields,
        form::{Draft, Show, act},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/pins/{activity}", plan, show),
        post("/editions/{edition}/pins/{activity}", plan, set),
        post("/editions/{edition}/pins/{activity}/remove", plan, remove),
    ]
}

/// The activity that the path names, when it is planned in this edition.
fn named(req: &Req, board: &Board) -> Result<Activity, Fault> {
    let activity: Activity = req.param("activity")?;
    board.brief.minutes(activity).map(|_| activity).ok_or(Fault::Missing)
}

fn page<'a>(req: &Req, edition: &'a Edition, board: &Board, activity: Activity) -> Page<'a> {
    Page {
        title: board.words(req.t, activity),
        trail: vec![(plan::home(edition), req.t.get("edition-nav-plan"))],
        edition: Some(edition),
        ..Page::default()
    }
}

fn show(req: &Req) -> Outcome {
    let (edition, board) = (req.edition()?, Board::load(req)?);
    let activity = named(req, &board)?;
    let here = board.slots().iter().find(|s| s.activity == activity).map(|s| (s.hall, s.start));
    let place = board.brief.pin(activity).map(|p| (p.hall, p.start)).or(here);
    let fields = place.map_or(Fields::default(), |(hall, start)| {
        let start = when::field(board.brief.civil(start));
        Fields::default().with("hall", hall.to_string()).with("start", start)
    });
    let body = view(req, &board, activity, &Draft::of(fields), &[]);
    Ok(page(req, edition, &board, activity).reply(req, &body))
}

fn view(req: &Req, board: &Board, activity: Activity, draft: &Draft, clashes: &[Clash]) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let slot = board.slots().iter().find(|s| s.activity == activity);
    let suitable = board.brief.halls_for(activity).unwrap_or_default();
    let halls: Vec<(String, String)> =
        suitable.iter().map(|h| (h.id.to_string(), text::words(t, &h.name))).collect();
    let mut unplaced = board.plan.iter().flat_map(|p| &p.value.unplaced);
    let why = unplaced.find(|u| u.activity == activity).map(|u| board.why(t, u));
    let fields = html! {
        (show.choice("hall", "plan-pin-hall", &halls))
        (show.input("datetime-local", "start", "plan-pin-start"))
    };
    html! {
        @if !clashes.is_empty() {
            section.notice.error role="alert" {
                h2 { (t.get("plan-pin-clash")) }
                ul { @for clash in clashes { li { (board.clash(t, clash)) } } }
            }
        }
        dl.facts {
            dt { (t.get("session-kind")) } dd { (board.kind(t, activity)) }
            dt { (t.get("session-minutes")) } dd { (board.brief.minutes(activity).unwrap_or(0)) }
            dt { (t.get("plan-place")) }
            dd {
                @match slot {
                    Some(slot) => {
                        (when::date(t.lang, board.from(slot).date())) " " (board.time(slot))
                        ", " (board.hall(t, slot.hall))
                    }
                    None => {
                        (t.get("plan-place-none"))
                        @for line in why.iter().flatten() { div.where { (line) } }
                    }
                }
            }
        }
        h2 { (t.get("plan-pin-title")) }
        p { (t.get("plan-pin-why")) }
        (show.form(&board.pin_address(activity), "plan-pin-save", &fields))
        @if board.brief.pin(activity).is_some() {
            (act(&format!("{}/remove", board.pin_address(activity)), &t.get("plan-unpin"), "", &[]))
        }
    }
}

fn read(draft: &mut Draft, board: &Board, activity: Activity) -> Option<Pin> {
    let brief = &board.brief;
    let hall = draft.code::<HallId>("hall").filter(|id| brief.hall(*id).is_some());
    if hall.is_none() {
        draft.refuse("hall", Refusal::new("choose"));
    }
    let start = draft.read("start", when::typed);
    if start.is_some_and(|at| at.minute() % 5 != 0 || at.second() != 0) {
        draft.refuse("start", Refusal::new("five-minutes"));
    }
    if start.is_some_and(|at| !brief.edition.days().contains(&at.date())) {
        draft.refuse("start", Refusal::new("outside-edition"));
    }
    let pin = Pin { activity, hall: hall?, start: brief.instant(start?) };
    draft.is_sound().then_some(pin)
}

/// What a new pin breaks: a rule, another pin, or a session whose time is given. What is not given
/// gives way, and so does the hall of a session whose time alone is given.
fn broken(board: &Board, pin: Pin) -> Vec<Clash> {
    let mut brief = board.brief.clone();
    brief.pins.retain(|p| p.activity != pin.activity);
    brief.pins.push(pin);
    let brief = brief.sorted();
    let timed = |activity: Activity| match activity {
        Activity::Session(id) => {
            brief.pin(activity).is_none() && brief.session(id).is_some_and(|s| s.fixed.is_some())
        }
        Activity::Meeting(_) => false,
    };
    let mut slots = planning::given(&brief);
    slots.extend(board.slots().iter().filter(|s| timed(s.activity)));
    let own = |c: &Clash| c.activity == pin.activity || c.other == Some(pin.activity);
    let hall = |c: &Clash| c.reason.hindrance == Hindrance::HallTaken;
    let gives_way = |c: &Clash| hall(c) && (timed(c.activity) || c.other.is_some_and(timed));
    let clashes = brief.clashes(&slots).into_iter();
    clashes.filter(|c| own(c) && !gives_way(c)).collect()
}

/// Pins, and fits the draft to the new pin at once.
fn set(req: &Req) -> Outcome {
    let (edition, mut board) = (req.edition()?, Board::load(req)?);
    let activity = named(req, &board)?;
    let mut draft = Draft::of(req.form.clone());
    let pin = read(&mut draft, &board, activity);
    let clashes = pin.map_or(Vec::new(), |pin| broken(&board, pin));
    let Some(pin) = pin.filter(|_| clashes.is_empty()) else {
        let body = view(req, &board, activity, &draft, &clashes);
        return Ok(page(req, edition, &board, activity).again(req, &body));
    };
    let hours = board.order().hours;
    board.brief.pins.retain(|p| p.activity != activity);
    board.brief.pins.push(pin);
    let brief = board.brief.clone().sorted();
    let refit = |old: &domain::programme::Plan| planning::refit(&brief, &hours, old, req.now);
    let fitted = board.plan.as_ref().map(|old| refit(&old.value)).transpose();
    let fitted = fitted.map_err(|faults| Fault::Broken(anyhow::anyhow!("{faults}")))?;
    let seen = board.plan.as_ref().map(|old| (old.value.id, old.version));
    req.write(|c| {
        let newest = store::plan::newest(c, edition.id)?;
        if newest.map(|p| (p.value.id, p.version)) != seen {
            return Err(Refusal::new("plan-moved").into());
        }
        store::pin::set(c, edition.id, &pin)?;
        if let (Some(new), Some((_, version))) = (&fitted, seen) {
            store::plan::save(c, new, version)?;
        }
        let event =
            req.event("pin", activity, "set", json!({ "hall": pin.hall, "start": pin.start }));
        store::event::append(c, chance::id(), &event)
    })?;
    let day = board.brief.civil(pin.start).date();
    Ok(Reply::See(format!("{}/halls?day={day}", plan::home(edition))))
}

fn remove(req: &Req) -> Outcome {
    let (edition, board) = (req.edition()?, Board::load(req)?);
    let activity = named(req, &board)?;
    req.write(|c| {
        store::pin::remove(c, edition.id, activity)?;
        store::event::append(c, chance::id(), &req.event("pin", activity, "removed", json!({})))
    })?;
    Ok(Reply::See(board.pin_address(activity)))
}
