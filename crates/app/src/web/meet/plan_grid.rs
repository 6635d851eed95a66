//! One day of the draft as a table: halls beside each other, time downwards. What begins in a row
//! spans its rows; on a narrow screen the same table reads as a list (style sheet, `table.grid`).

use std::collections::BTreeMap;

use domain::{HallId, programme::Slot, venue::Hall};
use jiff::civil::{Date, DateTime, Time};
use maud::{Markup, html};

use super::board::Board;
use crate::web::{request::Req, text};

/// Minutes of a row, and of a row of a day with a start that is not on a quarter of an hour.
const STEPS: (i64, i64) = (15, 5);

/// Things side by side in one hall: a column, each thing with its first row and its number of rows.
type Lane<'a> = BTreeMap<usize, (&'a Slot, usize)>;

struct Day<'a> {
    board: &'a Board,
    date: Date,
    /// Minutes of a row.
    step: i64,
    /// Minutes from midnight to the first row.
    from: i64,
    rows: usize,
    halls: Vec<(&'a Hall, Vec<Lane<'a>>)>,
}

fn minute(at: DateTime) -> i64 {
    i64::from(at.hour()) * 60 + i64::from(at.minute())
}

impl<'a> Day<'a> {
    fn new(board: &'a Board, date: Date) -> Self {
        let slots = board.on(date);
        let hours = board.order().hours;
        let clock = |time: Time| minute(date.to_datetime(time));
        let starts = || slots.iter().map(|s| minute(board.from(s)));
        let ends = slots.iter().map(|s| minute(board.from(s)) + s.minutes);
        let (coarse, fine) = STEPS;
        let step = if starts().all(|m| m % coarse == 0) { coarse } else { fine };
        let from = starts().chain([clock(hours.from)]).min().unwrap_or(0) / step * step;
        let until = ends.chain([clock(hours.until)]).max().unwrap_or(0).min(24 * 60);
        let rows = rows_of(until - from, step);
        let mut day = Self { board, date, step, from, rows, halls: Vec::new() };
        let used = |h: &&Hall| slots.iter().any(|s| s.hall == h.id) || h.takes_meetings();
        let halls: Vec<&Hall> = board.brief.halls.iter().filter(used).collect();
        day.halls = halls.into_iter().map(|h| (h, day.lanes(h.id, &slots))).collect();
        day
    }

    /// Puts the things of a hall into as few columns as need be.
    fn lanes(&self, hall: HallId, slots: &[&'a Slot]) -> Vec<Lane<'a>> {
        let mut lanes: Vec<Lane<'a>> = Vec::new();
        for slot in slots.iter().filter(|s| s.hall == hall) {
            let row = rows_of(minute(self.board.from(slot)) - self.from + 1, self.step) - 1;
            let end = minute(self.board.from(slot)) + slot.minutes - self.from;
            let span = (rows_of(end, self.step).min(self.rows)).saturating_sub(row).max(1);
            let free = |lane: &&mut Lane<'_>| {
                lane.last_key_value().is_none_or(|(at, (_, rows))| at + rows <= row)
            };
            match lanes.iter_mut().find(free) {
                Some(lane) => {
                    lane.insert(row, (slot, span));
                }
                None => lanes.push(Lane::from([(row, (*slot, span))])),
            }
        }
        if lanes.is_empty() {
            lanes.push(Lane::new());
        }
        lanes
    }

    fn time(&self, row: usize) -> DateTime {
        let minutes = self.from + i64::try_from(row).unwrap_or(0) * self.step;
        self.date.at(0, 0, 0, 0).saturating_add(jiff::Span::new().minutes(minutes))
    }
}

fn rows_of(minutes: i64, step: i64) -> usize {
    usize::try_from((minutes + step - 1).max(0) / step).unwrap_or(0)
}

/// The table of a day.
pub fn grid(req: &Req, board: &Board, date: Date) -> Markup {
    let day = Day::new(board, date);
    html! {
        div.scroll {
            table.grid data-pins={ "/editions/" (board.brief.edition.id) "/pins/" } {
                caption { (crate::web::when::day(req.lang(), date)) }
                thead {
                    tr {
                        th scope="col" { (req.t.get("plan-column-from")) }
                        @for (hall, lanes) in &day.halls {
                            th scope="col" colspan=(lanes.len()) { (text::text(req.t, &hall.name)) }
                        }
                    }
                }
                tbody { @for row in 0..day.rows { (one(req, &day, row)) } }
            }
        }
    }
}

fn one(req: &Req, day: &Day<'_>, row: usize) -> Markup {
    let at = day.time(row);
    let begins = day.halls.iter().flat_map(|(_, lanes)| lanes).any(|lane| lane.contains_key(&row));
    html! {
        tr.bare[!begins].hour[at.minute() == 0] {
            th scope="row" { (at.strftime("%H:%M")) }
            @for (hall, lanes) in &day.halls {
                @for lane in lanes {
                    @if let Some((slot, rows)) = lane.get(&row) {
                        (cell(req, day, hall, slot, *rows))
                    } @else if !covered(lane, row) {
                        td.free data-hall=(hall.id) data-start=(crate::web::when::field(at)) {}
                    }
                }
            }
        }
    }
}

/// Whether something that began earlier still runs in this row.
fn covered(lane: &Lane<'_>, row: usize) -> bool {
    lane.range(..row).next_back().is_some_and(|(at, (_, rows))| at + rows > row)
}

fn cell(req: &Req, day: &Day<'_>, hall: &Hall, slot: &Slot, rows: usize) -> Markup {
    let (t, board) = (req.t, day.board);
    let pinned = board.brief.pin(slot.activity).is_some();
    html! {
        td.taken rowspan=(rows) data-hall=(hall.id) data-start=(crate::web::when::field(board.from(slot)))
            data-label=(board.hall(t, hall.id)) {
            div.thing.kept[pinned] draggable="true" data-activity=(slot.activity) {
                span.time { (board.time(slot)) }
                " " a href=(board.pin_address(slot.activity)) draggable="false" {
                    (board.title(t, slot.activity))
                }
                @if pinned { " " span.chip { (t.get("plan-pinned")) } }
            }
        }
    }
}
