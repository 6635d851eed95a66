//! Requests for meetings from a workbook as an office has it, of this summit or of the last: handed in, shown
//! with what it would do and where it clashes, then stored all at once.

use std::collections::BTreeSet;

use domain::{
    Lang, MeetingId, Refusal, Text,
    access::Action,
    edition::Edition,
    meeting::{Known, Meeting, MeetingState},
    workbook::{
        Grid,
        clash::{Clash, clashes},
        date::Around,
        header::Headed,
        party::Names,
        request::{self, column::Column, recognise},
    },
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    meeting::{Sides, home},
    meeting_news::{self, News},
    meeting_preview,
};
use crate::{
    chance,
    i18n::Messages,
    web::{
        layout::Page,
        reply::{Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        workbook::{
            self, Brought,
            handed::{Handed, Told},
        },
    },
};

/// The message above the form.
const WHY: &str = "meeting-import-why";
/// Minutes of a meeting whose row says none.
const USUAL: i64 = 30;

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/meetings/import", plan, ask),
        post("/editions/{edition}/meetings/import", plan, step),
    ]
}

/// What a row repeats.
pub enum Twin {
    /// A row above it.
    Row(usize),
    /// A meeting that was there before.
    There(Box<Meeting>),
}

/// What a list would do.
pub struct Look {
    /// The meetings that it adds, by row; whether the list says how each stands.
    pub new: Vec<(usize, Meeting, bool)>,
    /// Rows that ask for what there is already.
    pub known: Vec<(usize, Meeting, Twin)>,
    /// What is no meeting yet.
    pub told: Told,
    /// Where two rows want one delegation at once.
    pub clashes: Vec<Clash>,
}

impl Look {
    /// Reads a list beside the meetings that there are. `otherwise` is how a request stands of which the list
    /// does not say it.
    fn at(
        edition: &Edition,
        sides: &Sides,
        there: &[Meeting],
        handed: &Handed<Column>,
        otherwise: &MeetingState,
    ) -> Self {
        let around = Around { first: edition.first_day, last: edition.last_day };
        let names = names(sides, handed);
        let mut list =
            request::read(&handed.grid, &handed.mapping, &names, around, &handed.answers);
        list.asked.retain(|(row, _)| !handed.left.contains(row));
        list.notes.retain(|(row, _)| !handed.left.contains(row));
        let clashes = clashes(&list.asked, USUAL);
        let told = Told {
            aside: list.aside,
            unread: list.unread,
            refused: Vec::new(),
            cancelled: list.cancelled,
            notes: list.notes,
        };
        let mut look = Self { new: Vec::new(), known: Vec::new(), told, clashes };
        let mut known = Known::of(there);
        for (row, asked) in list.asked {
            let stated = asked.state.is_some();
            let meeting = Meeting {
                id: chance::id(),
                edition: edition.id,
                from: asked.from,
                to: asked.to,
                purpose: asked.purpose.unwrap_or_else(purpose),
                wish: asked.wish,
                minutes: asked.minutes.unwrap_or(USUAL),
                state: asked.state.unwrap_or_else(|| otherwise.clone()),
                remark: asked.remark,
            };
            let gone = |id| sides.delegation(id).is_some_and(|d| d.withdrawn);
            if gone(meeting.from) || gone(meeting.to) {
                look.told.refused.push((row, Refusal::new("delegation-withdrawn")));
                continue;
            }
            match known.admit(&meeting) {
                Ok(None) => look.new.push((row, meeting, stated)),
                Ok(Some(id)) => {
                    let twin = look.twin(there, id);
                    look.known.extend(twin.map(|twin| (row, meeting, twin)));
                }
                Err(refusal) => look.told.refused.push((row, refusal)),
            }
        }
        look
    }

    fn twin(&self, there: &[Meeting], id: MeetingId) -> Option<Twin> {
        let row = self.new.iter().find(|(_, meeting, _)| meeting.id == id);
        let there = || there.iter().find(|meeting| meeting.id == id).cloned();
        row.map(|(row, ..)| Twin::Row(*row)).or_else(|| Some(Twin::There(Box::new(there()?))))
    }

    /// Whether every row is understood or left out, and something is to be done.
    pub fn is_ready(&self, left: &BTreeSet<usize>) -> bool {
        self.told.waiting(left) == 0 && !self.new.is_empty()
    }

    /// Stands for exactly these meetings, however those stand of which the list does not say it.
    pub fn seal(&self) -> String {
        let of = |(row, m, stated): &(usize, Meeting, bool)| {
            let state = stated.then(|| m.state.code());
            json!([row, m.from, m.to, m.purpose, m.wish, m.minutes, m.remark, state])
        };
        chance::hash(&json!(self.new.iter().map(of).collect::<Vec<_>>()).to_string())
    }
}

/// The delegations by their names, and by what the reader says that others mean.
fn names(sides: &Sides, handed: &Handed<Column>) -> Names<domain::DelegationId> {
    let meant = handed.answers.means.iter().filter_map(|(said, id)| {
        let id = id.parse().ok()?;
        Some((said, sides.delegation(id)?.id))
    });
    meant.fold(Names::of(&sides.all), |names, (said, id)| names.called(said, id))
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
pub fn otherwise(req: &Req) -> MeetingState {
    if req.form.get("otherwise") == "accepted" {
        MeetingState::Accepted
    } else {
        MeetingState::Requested
    }
}

/// The list that a request brings: in a file, or as the page that showed it.
fn handed(req: &Req) -> Result<Handed<Column>, Refusal> {
    let known = |grid: &Grid| recognise(grid).map_or(0, |headed: Headed<Column>| headed.known());
    match workbook::brought(req)? {
        Brought::Page(grid) => Ok(Handed::of_page(grid, &req.form)),
        Brought::File(sheets) => {
            let grid = workbook::best(sheets, known)?;
            let mapping = recognise(&grid).or_else(|| request::recognise_any(&grid));
            Handed::new(grid, mapping)
        }
    }
}

fn step(req: &Req) -> Outcome {
    let edition = req.edition()?;
    match handed(req) {
        Err(refusal) => {
            let body = workbook::upload(req, WHY, &[], Some(&refusal));
            Ok(page(req, edition).again(req, &body))
        }
        Ok(mut list) if req.form.get("do") == "store" => store(req, edition, &mut list),
        Ok(mut list) => preview(req, edition, &mut list, None),
    }
}

/// Shows what the list would do; `why` says why it was not stored.
fn preview(req: &Req, edition: &Edition, list: &mut Handed<Column>, why: Option<&str>) -> Outcome {
    let sides = Sides::of(req, "")?;
    let there = req.read(|c| store::meeting::of_edition(c, edition.id))?;
    let there: Vec<Meeting> = there.into_iter().map(|m| m.value).collect();
    let mut look = Look::at(edition, &sides, &there, list, &otherwise(req));
    if list.settle(&req.form, &look.told) {
        look = Look::at(edition, &sides, &there, list, &otherwise(req));
    }
    let body = html! {
        @if let Some(why) = why {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (req.t.get(why)) } }
        }
        (meeting_preview::view(req, &sides, list, &look)?)
    };
    let page = page(req, edition);
    Ok(if why.is_some() { page.again(req, &body) } else { page.reply(req, &body) })
}

/// Stores what the list adds, worked out again beside the meetings as they are now. Whoever is asked and has
/// not answered yet is told.
fn store(req: &Req, edition: &Edition, list: &mut Handed<Column>) -> Outcome {
    let sides = Sides::of(req, "")?;
    let done = req.write(|c| {
        let there = store::meeting::of_edition(c, edition.id)?;
        let there: Vec<Meeting> = there.into_iter().map(|m| m.value).collect();
        let look = Look::at(edition, &sides, &there, list, &otherwise(req));
        if look.told.waiting(&list.left) > 0 {
            return Ok(Err("delegate-preview-not-ready"));
        }
        if look.new.is_empty() {
            return Ok(Err("delegate-preview-nothing"));
        }
        if look.seal() != req.form.get("shown") {
            return Ok(Err("delegate-preview-differs"));
        }
        for (_, meeting, _) in &look.new {
            store::meeting::insert(c, meeting)?;
            let detail = json!({ "state": meeting.state.code() });
            let event = req.event("meeting", meeting.id, "listed", detail);
            store::event::append(c, chance::id(), &event)?;
            if meeting.state == MeetingState::Requested {
                let (to, from) = (meeting.to, meeting.from);
                meeting_news::tell(req, c, &sides, &News { meeting, to, from, key: "requested" })?;
            }
        }
        let untaken = look.told.cancelled.len() + list.left.len();
        Ok(Ok((look.new.len(), look.known.len(), untaken)))
    })?;
    match done {
        Ok((added, known, untaken)) => {
            let counts = format!("stored={added}&known={known}&untaken={untaken}");
            Ok(Reply::See(format!("{}?{counts}", home(edition))))
        }
        Err(why) => preview(req, edition, list, Some(why)),
    }
}

/// What a list that was just stored has done.
pub(super) fn done(req: &Req) -> Markup {
    let count = |name: &str| req.query.get(name).parse::<i64>().ok().filter(|n| *n >= 0);
    html! {
        @if let [Some(added), Some(known), Some(untaken)] = ["stored", "known", "untaken"].map(count) {
            section.notice.ok role="status" {
                p {
                    (req.t.with("meeting-import-done", &[
                        ("added", added.into()),
                        ("known", known.into()),
                        ("untaken", untaken.into()),
                    ]))
                }
            }
        }
    }
}
