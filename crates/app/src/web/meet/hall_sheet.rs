//! The sheet of a hall for a day. A bilateral is only that: neither its sides nor what it is about is told,
//! and nothing that would give them away.

use std::collections::BTreeMap;

use domain::{
    DelegationId, HallId, Lang,
    access::Action,
    agenda,
    brief::Brief,
    delegation::Delegate,
    edition::Edition,
    meeting::SEATS,
    presence::Presence,
    programme::{Activity, Entry, Slot},
    release::{Change, ChangeKind, differences},
    session::{Attendance, Session},
};
use jiff::civil::Date;
use outputs::pdf::{
    Said,
    day_sheet::{Part, Row},
};

use super::{
    day_sheet::{messages, pair, printed, sheet},
    interpretation_words::languages,
    programme_line::Labels,
};
use crate::web::{
    marks::Marks,
    reply::{Fault, Outcome},
    request::Req,
    route::{Gate, Route, get},
    when,
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    vec![get("/editions/{edition}/programme/{number}/halls/{hall}/{day}", read, hall)]
}

/// The day that the path names, which has to be one of the edition's.
pub fn day(req: &Req, edition: &Edition) -> Result<Date, Fault> {
    let day = req.param("day")?;
    if edition.days().contains(&day) { Ok(day) } else { Err(Fault::Missing) }
}

fn hall(req: &Req) -> Outcome {
    let (edition, id) = (req.edition()?, req.param::<HallId>("hall")?);
    let (day, t) = (day(req, edition)?, messages(req));
    let (release, before) = pair(req)?;
    let (brief, delegates) = req.read(|c| {
        let delegates = store::delegate::of_edition(c, edition.id)?;
        Ok((store::brief::load(c, edition)?.0, delegates))
    })?;
    let delegates: Vec<Delegate> = delegates.into_iter().map(|d| d.value).collect();
    let named = release.entries.iter().find(|e| e.slot.hall == id).map(|e| &*e.hall);
    let named = named.or(brief.hall(id).map(|h| &h.name));
    let subject = Said::of(named.ok_or(Fault::Missing)?, t.lang);
    let title = format!("{} · {}", t.get("sheet-hall"), when::day(t.lang, day));
    let mut sheet = sheet(t, edition, &release, title);
    // Of a first release nothing is marked: all of it is new.
    let old = before.as_ref().map_or(&release.entries, |b| &b.entries);
    let changes = differences(old, &release.entries);
    let labels = Labels::new(t);
    let board = Board { labels, edition, brief: &brief, delegates: &delegates, hall: id, day };
    sheet.parts.push(Part::new(subject, "", board.rows(&release.entries, &changes)));
    printed(req, edition, (&release, sheet), &format!("hall-{day}"))
}

/// What a sheet is written from.
struct Board<'a> {
    labels: Labels,
    edition: &'a Edition,
    brief: &'a Brief,
    delegates: &'a [Delegate],
    hall: HallId,
    day: Date,
}

impl Board<'_> {
    fn here(&self, slot: &Slot) -> bool {
        let day = self.edition.time_zone().to_datetime(slot.start).date();
        slot.hall == self.hall && day == self.day
    }

    /// What takes place here, what no longer does, and where the one follows upon the other at once.
    fn rows(&self, entries: &[Entry], changes: &[Change<'_>]) -> Vec<Row> {
        let changed: BTreeMap<Activity, &Change<'_>> =
            changes.iter().filter_map(|c| Some((c.entry()?.slot.activity, c))).collect();
        let mut groups: BTreeMap<_, Vec<&Entry>> = BTreeMap::new();
        for entry in entries.iter().filter(|e| self.here(&e.slot)) {
            // Bilaterals side by side are one line.
            let session = Some(entry.slot.activity).filter(|_| entry.kind().is_some());
            let (start, end) = (entry.slot.start, entry.slot.end());
            groups.entry((start, end, session)).or_default().push(entry);
        }
        let blocks = groups.keys().filter(|(.., session)| session.is_none()).count();
        let ends: Vec<_> = groups.keys().map(|(_, end, _)| *end).collect();
        let (mut rows, mut block) = (Vec::new(), 0);
        for ((start, _, session), group) in &groups {
            let mut row = if session.is_some() {
                self.session(group[0])
            } else {
                block += 1;
                self.bilaterals(group, (block, blocks))
            };
            let t = self.labels.t;
            if ends.contains(start) {
                row.facts.push(self.said(t.get("sheet-at-once")));
            }
            for change in group.iter().filter_map(|e| changed.get(&e.slot.activity)) {
                self.mark(&mut row, change);
            }
            rows.push((*start, row));
        }
        rows.extend(changes.iter().filter_map(|change| {
            let was = change.before.filter(|was| self.here(&was.slot))?;
            let gone = change.after.is_none_or(|now| !self.here(&now.slot));
            gone.then(|| (was.slot.start, self.gone(was, change.kind())))
        }));
        rows.sort_by_key(|(start, _)| *start);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn said(&self, words: String) -> Said {
        Said::new(words, self.labels.t.lang)
    }

    fn hours(&self, entry: &Entry) -> String {
        when::hours(&self.edition.time_zone(), entry.slot.start, entry.slot.end())
    }

    /// A session: for how many it was planned, how many are filed, in which languages with which booths.
    fn session(&self, entry: &Entry) -> Row {
        let (t, labels) = (self.labels.t, &self.labels);
        let mut row = Row::new(self.hours(entry), Said::of(&entry.title, t.lang));
        row.facts.push(self.said(labels.kind(entry).to_owned()));
        let Activity::Session(id) = entry.slot.activity else { return row };
        if let Some(session) = self.brief.session(id) {
            row.notes.extend(self.people(entry, session));
            if session.booths() > 0 {
                let booths = t.with("sheet-booths", &[("n", session.booths().into())]);
                row.facts.push(self.said(booths));
            }
        }
        row.facts.push(self.said(languages(t, &entry.languages)));
        row
    }

    /// The number planned, and the number filed by those who can be there.
    fn people(&self, entry: &Entry, session: &Session) -> Vec<Said> {
        let (t, zone) = (self.labels.t, self.edition.time_zone());
        let comes = |id: DelegationId| {
            let found = self.brief.delegation(id).filter(|d| !d.withdrawn && entry.expects(id));
            found.is_some_and(|d| agenda::excuse(entry, &Presence::of(d), &zone).is_none())
        };
        let filed = self.delegates.iter().filter(|d| comes(d.delegation)).count();
        let filed = i64::try_from(filed).unwrap_or(i64::MAX);
        let sides = self.brief.delegations.iter().filter(|d| comes(d.id)).count();
        let planned = t.with("sheet-planned", &[("n", session.people.into())]);
        let sides = t.with("sheet-of-delegations", &[("n", sides.into())]);
        let counted = t.with("sheet-filed", &[("n", filed.into()), ("sides", sides.into())]);
        let mut said = vec![self.said(format!("{planned} · {counted}"))];
        let capacity = self.brief.hall(self.hall).map_or(i64::MAX, |hall| hall.capacity);
        if filed > capacity {
            let words = t.with("sheet-over-capacity", &[("n", capacity.into())]);
            said.push(self.said(words));
        } else if session.attendance == Attendance::Everyone && filed > session.people {
            // Elsewhere a delegation sends one or two of those whom it filed.
            said.push(self.said(t.get("sheet-over-plan")));
        }
        said
    }

    /// One bilateral, or several side by side: how many, in which languages.
    fn bilaterals(&self, group: &[&Entry], (number, of): (usize, usize)) -> Row {
        let t = self.labels.t;
        let title = match group.len() {
            1 => t.get("programme-bilateral"),
            n => t.with("sheet-side-by-side", &[("n", n.into())]),
        };
        let mut row = Row::new(self.hours(group[0]), self.said(title));
        if of > 1 {
            let words = t.with("sheet-number-of", &[("number", number.into()), ("of", of.into())]);
            row.facts.push(self.said(words));
        }
        row.facts.push(self.said(t.with("sheet-seats", &[("n", SEATS.into())])));
        let mut spoken: Vec<Vec<Lang>> = group
            .iter()
            .map(|e| {
                let mut langs = e.languages.to_vec();
                langs.sort_unstable();
                langs
            })
            .collect();
        spoken.sort();
        spoken.dedup();
        let spoken: Vec<String> = spoken.iter().map(|langs| languages(t, langs)).collect();
        row.facts.push(self.said(spoken.join(Marks::of(t.lang).part)));
        row
    }

    /// What is new here since the release before. Of a bilateral only time and place can be: anything else
    /// would tell of its sides.
    fn mark(&self, row: &mut Row, change: &Change<'_>) {
        let (t, zone) = (self.labels.t, self.edition.time_zone());
        let bare =
            matches!(change.kind(), ChangeKind::Added | ChangeKind::Moved | ChangeKind::Relocated);
        let told = change.told(|e| e.kind().is_some()).or(bare.then_some(*change));
        let Some(kind) = told.map(|told| told.kind()) else { return };
        let word = match (kind, change.before.is_some_and(|was| was.slot.hall == self.hall)) {
            (ChangeKind::Moved | ChangeKind::Relocated, false) => ChangeKind::Added,
            (kind, _) => kind,
        };
        row.mark = t.get(&format!("programme-change-{word}"));
        let was = change.before.filter(|was| was.slot.hall == self.hall);
        if let (ChangeKind::Moved, Some(was)) = (kind, was) {
            let day = when::date(t.lang, zone.to_datetime(was.slot.start).date());
            let was = format!("{} {day} {}", t.get("programme-change-was"), self.hours(was));
            row.notes.push(self.said(was));
        }
    }

    /// What was here and is not any more.
    fn gone(&self, was: &Entry, kind: ChangeKind) -> Row {
        let t = self.labels.t;
        let title = match was.kind() {
            None => self.said(t.get("programme-bilateral")),
            Some(_) => Said::of(&was.title, t.lang),
        };
        let mut row = Row::new(self.hours(was), title);
        row.mark = match kind {
            ChangeKind::Dropped => t.get("programme-change-dropped"),
            _ => t.get("sheet-moved-away"),
        };
        row.gone = true;
        row
    }
}
