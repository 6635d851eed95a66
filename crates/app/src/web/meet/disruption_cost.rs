//! What a way to go on costs: what moves, what is dropped, and whom it concerns.

use std::collections::BTreeSet;

use domain::{
    DelegationId, InterpreterId,
    brief::Brief,
    notice::concerned,
    programme::{Activity, Entry},
    release::{ChangeKind, Release, differences},
};
use jiff::{Timestamp, tz::TimeZone};

use crate::web::{request::Req, text};

/// Most delegations that are named in one line.
const MOST_NAMES: usize = 6;

/// What a way costs, as counts.
#[derive(Default)]
pub struct Tally {
    moved: [i64; 2],
    dropped: [i64; 2],
    added: [i64; 2],
    /// Sessions that some delegations are excused from.
    amended: i64,
    /// Sessions that expect a delegation again.
    returned: i64,
    restaffed: i64,
    /// Pins that are taken back.
    pub unpinned: i64,
    /// Whose own sheets change, in what is still to come.
    pub concerned: BTreeSet<DelegationId>,
    /// Whose work changes.
    pub interpreters: BTreeSet<InterpreterId>,
}

impl Tally {
    /// What a release costs after another one, in what begins from a moment on.
    pub fn of(old: &Release, next: &Release, zone: &TimeZone, now: Timestamp) -> Self {
        let concerned = concerned(Some(old), next, zone, now);
        let mut tally = Self { concerned, ..Self::default() };
        let listed = || next.delegations.iter().chain(&old.delegations).map(|d| d.id);
        for change in differences(&old.entries, &next.entries) {
            let Some(entry) = change.entry() else { continue };
            let kind = usize::from(matches!(entry.slot.activity, Activity::Session(_)));
            match change.kind() {
                ChangeKind::Moved | ChangeKind::Relocated => tally.moved[kind] += 1,
                ChangeKind::Dropped => tally.dropped[kind] += 1,
                ChangeKind::Added => tally.added[kind] += 1,
                ChangeKind::Amended => {
                    let (before, after) = (change.before, change.after);
                    let expects = |entry: Option<&Entry>, id| entry.is_some_and(|e| e.expects(id));
                    let back = |id| expects(after, id) && !expects(before, id);
                    *(if listed().any(back) { &mut tally.returned } else { &mut tally.amended }) +=
                        1;
                }
                ChangeKind::Restaffed => tally.restaffed += 1,
            }
            tally.interpreters.extend(change.interpreters());
            tally.concerned.extend(listed().filter(|id| change.told_to(*id).is_some()));
        }
        tally
    }

    /// Whether nothing has to move.
    pub fn holds(&self) -> bool {
        let several = [self.moved, self.dropped, self.added].into_iter().flatten();
        let single = [self.amended, self.returned, self.restaffed];
        several.chain(single).sum::<i64>() == 0
    }

    /// Whether nobody's sheets change either, so that there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.holds() && self.concerned.is_empty()
    }

    /// Whether anything is not held.
    pub fn drops(&self) -> bool {
        self.dropped.iter().any(|n| *n > 0)
    }

    /// "moves 3 meetings, drops 1 meeting, concerns 5 delegations".
    pub fn words(&self, req: &Req) -> String {
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (concerned, interpreters) =
            (count(self.concerned.len()), count(self.interpreters.len()));
        let counts = [
            ("disruption-moves-meetings", self.moved[0]),
            ("disruption-moves-sessions", self.moved[1]),
            ("disruption-drops-meetings", self.dropped[0]),
            ("disruption-drops-sessions", self.dropped[1]),
            ("disruption-adds", self.added[0]),
            ("disruption-adds-sessions", self.added[1]),
            ("disruption-amends", self.amended),
            ("disruption-returns", self.returned),
            ("disruption-restaffs", self.restaffed),
            ("disruption-unpins", self.unpinned),
            ("disruption-concerns", concerned),
            ("disruption-interpreters", interpreters),
        ];
        let told = counts.iter().filter(|(_, n)| *n > 0);
        let told = told.map(|(key, n)| req.t.with(key, &[("n", (*n).into())]));
        let holds = self.holds().then(|| req.t.get("disruption-holds"));
        holds.into_iter().chain(told).collect::<Vec<_>>().join(" · ")
    }
}

/// The delegations concerned, by name and in the declared order.
pub fn names(
    req: &Req,
    next: &Release,
    old: &Release,
    concerned: &BTreeSet<DelegationId>,
) -> String {
    let listed = next.delegations.iter();
    let gone = old.delegations.iter().filter(|d| next.name_of(d.id).is_none());
    let names: Vec<String> = listed
        .chain(gone)
        .filter(|d| concerned.contains(&d.id))
        .map(|d| text::words(req.t, &d.name))
        .collect();
    let more = names.len().saturating_sub(MOST_NAMES);
    let shown = names[..names.len() - more].join(" · ");
    if more == 0 {
        return shown;
    }
    format!("{shown} · {}", req.t.with("disruption-more", &[("n", more.into())]))
}

/// The interpreters whose work changes, by name.
pub fn interpreters(req: &Req, brief: &Brief, changed: &BTreeSet<InterpreterId>) -> String {
    let named = changed.iter().filter_map(|id| brief.interpreter(*id));
    let names: Vec<String> = named.map(|one| text::called(req.t, &one.name)).collect();
    names.join(" · ")
}
