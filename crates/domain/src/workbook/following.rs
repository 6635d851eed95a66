//! What a delegation takes from the rows of a list: when it comes and goes, as its own row or whoever leads
//! it does, and its level, which is that of whoever leads it. Nothing is guessed: an hour that is not stated,
//! and rows that say different things, are asked about.

use jiff::civil::DateTime;

use super::{change::Change, column::Column, delegation_list::Filing, row::Stated};
use crate::{
    Refusal,
    delegation::{Delegate, Delegation, Moment, Stay, Task},
    precedence::Rank,
    revision::Versioned,
};

/// A sentence about a cell: its row, what its column holds, and the sentence.
pub type Remark = (usize, Column, Refusal);

/// Whoever leads the delegation, as a row of the list says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    row: usize,
    stay: Stay,
    /// The rank, unless neither the list nor the office says one.
    rank: Option<Rank>,
    /// Whether the person has not led it before.
    new: bool,
}

/// The row of whoever leads once the list is stored. A list that was exported here and says what stands is
/// no news of the delegation.
pub(super) fn head(
    people: &[(usize, Stated)],
    taken: &[(usize, Change)],
    there: &[Versioned<Delegate>],
) -> Option<Head> {
    let (row, change, stands) = taken.iter().find_map(|(row, change)| {
        let (id, now) = match change {
            Change::Add(now) => (now.id, Some(&**now)),
            Change::Alter { to, .. } => (to.id, Some(&**to)),
            Change::Same(id) => (*id, None),
        };
        let before = there.iter().map(|d| &d.value).find(|d| d.id == id);
        let leads = now.or(before).is_some_and(|person| person.task == Task::Leader);
        leads.then_some((*row, change, before))
    })?;
    let stated = people.iter().find(|(at, _)| *at == row).map(|(_, stated)| stated)?;
    let exported = stated.id.is_some() && matches!(change, Change::Same(_));
    let new = stands.is_none_or(|before| before.task != Task::Leader);
    let said = stated.rank.is_some() || stated.category.is_some() || new && stands.is_some();
    let rank = match change {
        Change::Add(now) => now.rank,
        Change::Alter { to, .. } => to.rank,
        Change::Same(_) => stands?.rank,
    };
    let head = Head { row, stay: stated.stay, rank: said.then_some(rank), new };
    (!exported).then_some(head)
}

/// What of the rows a delegation does not take as they say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// What has to be answered before the list is stored.
    pub asked: Vec<Remark>,
    /// What is to be known.
    pub notes: Vec<Remark>,
}

/// Tells the delegation what its rows and its head say. `stands` is whether it was formed before.
pub(super) fn follow(
    to: &mut Delegation,
    stands: bool,
    rows: &[&Filing],
    head: Option<&Head>,
) -> Followed {
    let mut followed = Followed::default();
    let mut journey = |column, of: fn(&Stay) -> Option<Moment>, standing: &mut Option<DateTime>| {
        let own = rows.iter().filter_map(|f| Some((f.row, of(&f.facts.stay)?)));
        let led = head.and_then(|head| Some((head.row, of(&head.stay)?)));
        let mut said: Vec<(usize, Moment)> = own.chain(led).collect();
        said.sort_unstable_by_key(|(row, _)| *row);
        said.dedup_by_key(|(row, _)| *row);
        match one(&said, *standing) {
            Ok(Some(Taken::At(at))) => *standing = Some(at),
            Ok(Some(Taken::NoHour(row))) => {
                followed.notes.push((row, column, Refusal::new("day-without-time")));
            }
            Ok(None) => {}
            Err((row, refusal)) => followed.asked.push((row, column, refusal)),
        }
    };
    journey(Column::Arrival, |stay| stay.arrival, &mut to.arrival);
    journey(Column::Departure, |stay| stay.departure, &mut to.departure);
    let own = rows.iter().rev().find_map(|f| Some((f.row, f.facts.rank?)));
    let led = head.and_then(|head| Some((head.row, head.rank?)));
    match (own, led) {
        (Some((other, own)), Some((row, led))) if own != led => {
            let refusal = Refusal::new("level-differs").with("row", other + 1);
            followed.asked.push((row, Column::Rank, refusal));
        }
        (Some((_, rank)), _) | (None, Some((_, rank))) => to.rank = rank,
        (None, None) => {
            if let Some(head) = head.filter(|head| head.new && stands) {
                followed.notes.push((head.row, Column::Rank, Refusal::new("level-unsaid")));
            }
        }
    }
    followed
}

/// What several rows say of one journey.
enum Taken {
    /// The day and the hour.
    At(DateTime),
    /// A day without an hour, where nothing is known yet.
    NoHour(usize),
}

/// The one moment that rows name, beside what stands. A day alone agrees with every hour of it; another day
/// than the one that stands is asked for its hour.
fn one(
    said: &[(usize, Moment)],
    stands: Option<DateTime>,
) -> Result<Option<Taken>, (usize, Refusal)> {
    let Some((first, moment)) = said.first() else { return Ok(None) };
    let timed = said.iter().find(|(_, moment)| moment.time.is_some());
    let other = |(_, other): &&(usize, Moment)| {
        let hour = timed.and_then(|(_, timed)| timed.time);
        other.day != moment.day || other.time.is_some() && other.time != hour
    };
    if let Some((row, _)) = said.iter().find(other) {
        let against = if row == first { timed.map_or(*first, |(row, _)| *row) } else { *first };
        return Err((*row, Refusal::new("stay-differs").with("row", against + 1)));
    }
    match (timed.and_then(|(_, timed)| timed.time), stands) {
        (Some(time), _) => Ok(Some(Taken::At(moment.day.to_datetime(time)))),
        (None, Some(at)) if at.date() == moment.day => Ok(None),
        (None, Some(_)) => Err((*first, Refusal::new("stay-hour"))),
        (None, None) => Ok(Some(Taken::NoHour(*first))),
    }
}
