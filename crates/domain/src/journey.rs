//! The journeys of a delegation's day, which follow from what it attends while it is there: from the airport
//! or the station, from site to site, back, and away. What is not known (flight, hotel, car) is not said.

use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::{agenda::Step, brief::Brief, programme::Entry};

/// One end of a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// The airport or the station.
    Terminal,
    /// Where the delegation stays.
    Lodging,
    /// The site of an entry.
    Site(&'a Entry),
}

/// One journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Journey<'a> {
    /// From where.
    pub from: Place<'a>,
    /// To where.
    pub to: Place<'a>,
    /// From when on the delegation is ready for it: it has landed, or what it attended is over.
    pub ready: Option<Timestamp>,
    /// When it has to leave; known where the road is.
    pub leave: Option<Timestamp>,
    /// When it has to be there: something begins, or its aircraft or train leaves.
    pub due: Option<Timestamp>,
    /// Minutes on the road, where they are stated.
    pub road: Option<i64>,
}

impl Journey<'_> {
    /// By which time it stands in a list: when the delegation lands, leaves, has to be there, or is free.
    pub fn at(&self) -> Option<Timestamp> {
        let lands = self.ready.filter(|_| self.from == Place::Terminal);
        lands.or(self.leave).or(self.due).or(self.ready)
    }
}

/// Whoever has less time than this between a journey and the programme does not go to the hotel.
const STRAIGHT: SignedDuration = SignedDuration::from_hours(3);

/// The journeys of a day, in the order of time.
pub fn journeys<'a>(brief: &Brief, steps: &[Step<'a>], day: Date) -> Vec<Journey<'a>> {
    let zone = brief.edition.time_zone();
    let today: Vec<&Step<'a>> = steps.iter().filter(|step| step.at(&zone).date() == day).collect();
    let find = |pick: fn(&Step<'a>) -> bool| {
        today.iter().find(|step| pick(step)).map(|step| brief.instant(step.at(&zone)))
    };
    let arrival = find(|step| matches!(step, Step::Arrival(_)));
    let departure = find(|step| matches!(step, Step::Departure(_)));
    let attended: Vec<&'a Entry> = today.iter().filter_map(|step| step.attended()).collect();
    let soon = |from: Timestamp, to: Timestamp| to.duration_since(from) < STRAIGHT;

    let mut all: Vec<Journey<'a>> = Vec::new();
    let mut at = (Place::Lodging, None);
    if let Some(landed) = arrival {
        let first = attended.first().map(|entry| entry.slot.start);
        if first.is_some_and(|start| soon(landed, start)) {
            at = (Place::Terminal, arrival);
        } else {
            let (from, to) = (Place::Terminal, Place::Lodging);
            all.push(Journey { from, to, ready: arrival, leave: None, due: None, road: None });
        }
    }
    for entry in attended {
        if !same_site(brief, at.0, entry) {
            all.push(to_site(brief, at, entry));
        }
        let over = at.1.filter(|_| matches!(at.0, Place::Site(_))).max(Some(entry.slot.end()));
        at = (Place::Site(entry), over);
    }
    let straight = match (at, departure) {
        ((Place::Site(_), Some(over)), Some(leaves)) => soon(over, leaves),
        ((Place::Terminal, _), _) => true,
        _ => false,
    };
    if let (Place::Site(_), false) = (at.0, straight) {
        let (from, ready) = at;
        all.push(Journey { from, to: Place::Lodging, ready, leave: None, due: None, road: None });
        at = (Place::Lodging, None);
    }
    if departure.is_some() {
        let ((from, ready), to) = (at, Place::Terminal);
        all.push(Journey { from, to, ready, leave: None, due: departure, road: None });
    }
    all
}

fn same_site(brief: &Brief, place: Place<'_>, entry: &Entry) -> bool {
    let venue = |entry: &Entry| brief.hall(entry.slot.hall).map(|hall| hall.venue);
    matches!(place, Place::Site(before) if venue(before) == venue(entry))
}

/// The way to an entry. Whoever has no time for the road leaves as soon as the last thing is over.
fn to_site<'a>(
    brief: &Brief,
    (from, ready): (Place<'a>, Option<Timestamp>),
    entry: &'a Entry,
) -> Journey<'a> {
    let venue = |entry: &Entry| brief.hall(entry.slot.hall).map(|hall| hall.venue);
    let road = match from {
        Place::Site(before) => venue(before).zip(venue(entry)),
        _ => None,
    };
    let road = road.map(|(a, b)| brief.travel(a, b)).filter(|minutes| *minutes > 0);
    let due = entry.slot.start;
    let leave = road
        .and_then(|minutes| due.checked_sub(SignedDuration::from_mins(minutes)).ok())
        .map(|leave| ready.map_or(leave, |ready| leave.max(ready)));
    Journey { from, to: Place::Site(entry), ready, leave, due: Some(due), road }
}

#[cfg(test)]
mod tests;
