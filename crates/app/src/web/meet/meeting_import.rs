//! Requests for meetings from a workbook as an office has it, of this summit or of the last: handed in, shown
//! with what it would do and where it clashes, then stored all at once.

use domain::{
    DelegationId, Lang, Refusal, Text,
    access::Action,
    edition::Edition,
    meeting::{Known, Meeting, MeetingState, Wish},
    workbook::{
        Grid,
        clash::{Clash, clashes},
        date::Around,
        party::Names,
        request::{self, recognise},
    },
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    meeting::{Sides, home, length, state},
    meeting_news::{self, News},
};
use crate::{
    chance,
    i18n::Messages,
    web::{
        layout::Page,
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, workbook,
    },
};

/// The message above the form.
const WHY: &str = "meeting-import-why";
/// Minutes of a meeting whose row says none.
const USUAL: i64 = 30;
/// Most clashes that are listed; the rest is told as a number.
const LISTED: usize = 50;

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/meetings/import", plan, ask),
        post("/editions/{edition}/meetings/import", plan, step),
    ]
}

/// What a list would do.
struct Look {
    /// The meetings that it adds; whether the list says how each stands.
    new: Vec<(Meeting, bool)>,
    /// Rows that ask for what there is already.
    known: Vec<(usize, Meeting)>,
    /// Rows that cannot be taken, with why.
    wrong: Vec<(usize, Refusal)>,
    /// Rows that ask for nothing, with their words.
    aside: Vec<(usize, String)>,
    /// Where two rows want one delegation at once.
    clashes: Vec<Clash>,
}

/// Reads a list beside the meetings that there are. `otherwise` is how a request stands of which the list
/// does not say it.
fn look(
    edition: &Edition,
    sides: &Sides,
    there: &[Meeting],
    grid: &Grid,
    otherwise: &MeetingState,
) -> Result<Look, Refusal> {
    let headed = recognise(grid).ok_or_else(|| Refusal::new("meetings-unreadable"))?;
    let around = Around { first: edition.first_day, last: edition.last_day };
    let list = request::read(grid, &headed, &Names::of(&sides.all), around);
    let (clashes, mut there) = (clashes(&list.asked, USUAL), Known::of(there));
    let (wrong, aside) = (list.unread, list.aside);
    let mut look = Look { new: Vec::new(), known: Vec::new(), wrong, aside, clashes };
    for (row, asked) in list.asked {
        let meeting = Meeting {
            id: chance::id(),
            edition: edition.id,
            from: asked.from,
            to: asked.to,
            purpose: asked.purpose.unwrap_or_else(purpose),
            wish: asked.wish,
            minutes: asked.minutes.unwrap_or(USUAL),
            state: asked.state.clone().unwrap_or_else(|| otherwise.clone()),
        };
        let gone = |id| sides.delegation(id).is_some_and(|d| d.withdrawn);
        if gone(meeting.from) || gone(meeting.to) {
            look.wrong.push((row, Refusal::new("delegation-withdrawn")));
            continue;
        }
        match there.admit(&meeting) {
            Ok(true) => look.new.push((meeting, asked.state.is_some())),
            Ok(false) => look.known.push((row, meeting)),
            Err(refusal) => look.wrong.push((row, refusal)),
        }
    }
    look.wrong.sort_by_key(|(row, _)| *row);
    Ok(look)
}

/// What a meeting is about of which the list does not say it.
fn purpose() -> Text {
    let said = |lang: Lang| (lang, Messages::of(lang).get("meeting-import-purpose"));
    Text::stated(Lang::COMPLETE.map(said)).unwrap_or_else(|| Text::new(Lang::En, "-"))
}

fn page<'a>(req: &Req, edition: &'a Edition) -> Page<'a> {
    let trail = vec![(home(edition), req.t.get("edition-nav-meetings"))];
    Page { title: req.t.get("meeting-import"), trail, edition: Some(edition), ..Page::default() }
}

fn ask(req: &Req) -> Outcome {
    Ok(page(req, req.edition()?).reply(req, &workbook::upload(req, WHY, &[], None)))
}

/// How requests stand of which the list does not say it: they wait, unless both sides are said to agree.
fn otherwise(req: &Req) -> MeetingState {
    if req.form.get("otherwise") == "accepted" {
        MeetingState::Accepted
    } else {
        MeetingState::Requested
    }
}

fn step(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let sides = Sides::of(req, "")?;
    let there = req.read(|c| store::meeting::of_edition(c, edition.id))?;
    let there: Vec<Meeting> = there.into_iter().map(|m| m.value).collect();
    let known = |grid: &Grid| recognise(grid).map_or(0, |headed| headed.columns.len());
    let read = workbook::handed(req, known).and_then(|grid| {
        look(edition, &sides, &there, &grid, &otherwise(req)).map(|look| (grid, look))
    });
    match read {
        Err(refusal) => {
            let body = workbook::upload(req, WHY, &[], Some(&refusal));
            Ok(page(req, edition).again(req, &body))
        }
        Ok((grid, look)) if req.form.get("do") == "store" && !look.new.is_empty() => {
            store(req, edition, &sides, &grid)
        }
        Ok((grid, look)) => Ok(page(req, edition).reply(req, &preview(req, &sides, &grid, &look))),
    }
}

fn preview(req: &Req, sides: &Sides, grid: &Grid, look: &Look) -> Markup {
    let t = req.t;
    let name = |id| sides.delegation(id).map_or_else(String::new, |d| text::words(t, &d.name));
    let pair = |meeting: &Meeting| format!("{} – {}", name(meeting.from), name(meeting.to));
    let figures = [
        (look.new.len(), "meeting-import-new"),
        (look.known.len(), "meeting-import-known"),
        (look.wrong.len(), "meeting-import-wrong"),
        (look.clashes.len(), "meeting-import-clashes"),
    ];
    html! {
        div.figures {
            @for (n, label) in figures { div.figure { strong { (n) } span { (t.get(label)) } } }
        }
        (workbook::wrong(req, &look.wrong))
        (clashing(req, sides, &look.clashes))
        @if !look.new.is_empty() {
            (table(req, sides, &look.new))
            (store_form(req, grid, look))
        }
        @if !look.known.is_empty() {
            details {
                summary { (t.get("meeting-import-known-title")) }
                ul {
                    @for (row, meeting) in &look.known {
                        li { (workbook::row_said(t, *row, &pair(meeting))) }
                    }
                }
            }
        }
        @if !look.aside.is_empty() {
            details {
                summary { (t.with("meeting-import-aside", &[("n", look.aside.len().into())])) }
                ul {
                    @for (row, words) in &look.aside {
                        li { (workbook::row_said(t, *row, words)) }
                    }
                }
            }
        }
        p { a href=(req.path) { (t.get("interpreter-import-other")) } }
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

fn table(req: &Req, sides: &Sides, new: &[(Meeting, bool)]) -> Markup {
    let t = req.t;
    let labels = [
        "meeting-from",
        "meeting-to",
        "meeting-purpose",
        "meeting-wish",
        "meeting-lasts",
        "meeting-state",
    ]
    .map(|key| t.get(key));
    let name = |id: DelegationId| sides.name(req, id);
    let wish = |wish: Wish| t.get(&format!("meeting-wish-{wish}"));
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for (meeting, stated) in new {
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
                        }
                    }
                }
            }
        }
    }
}

/// The form that stores what is shown, and asks how requests stand of which the list does not say it.
fn store_form(req: &Req, grid: &Grid, look: &Look) -> Markup {
    let t = req.t;
    let unsaid = look.new.iter().any(|(_, stated)| !stated);
    let chosen = otherwise(req);
    html! {
        form method="post" action=(req.path) {
            (workbook::back(grid))
            @if unsaid {
                fieldset {
                    legend { (t.get("meeting-import-otherwise")) }
                    @for state in [MeetingState::Requested, MeetingState::Accepted] {
                        label.box {
                            input type="radio" name="otherwise" value=(state.code())
                                checked[state == chosen];
                            span { (t.get(&format!("meeting-import-{}", state.code()))) }
                        }
                    }
                }
            }
            div.actions {
                button.main type="submit" name="do" value="store" { (t.get("meeting-import-store")) }
            }
        }
    }
}

/// Stores what the list adds, worked out again beside the meetings as they are now. Whoever is asked and has
/// not answered yet is told.
fn store(req: &Req, edition: &Edition, sides: &Sides, grid: &Grid) -> Result<Reply, Fault> {
    req.write(|c| {
        let there = store::meeting::of_edition(c, edition.id)?;
        let there: Vec<Meeting> = there.into_iter().map(|m| m.value).collect();
        let look = look(edition, sides, &there, grid, &otherwise(req))?;
        for (meeting, _) in &look.new {
            store::meeting::insert(c, meeting)?;
            let detail = json!({ "state": meeting.state.code() });
            let event = req.event("meeting", meeting.id, "listed", detail);
            store::event::append(c, chance::id(), &event)?;
            if meeting.state == MeetingState::Requested {
                let (to, from) = (meeting.to, meeting.from);
                meeting_news::tell(req, c, sides, &News { meeting, to, from, key: "requested" })?;
            }
        }
        Ok(())
    })?;
    Ok(Reply::See(home(edition)))
}
