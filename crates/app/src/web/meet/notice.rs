//! The notice of change: what a release changes since the one before it. One for everyone with the sessions
//! alone, to be put up; and one for each delegation with its own appointments, its coming and going, and what
//! it is excused from.

use std::collections::BTreeMap;

use domain::{
    DelegationId,
    access::Action,
    delegation::Delegate,
    edition::Edition,
    interpreter::Interpreter,
    notice::{Fate, Notice, Told},
    presence::Presence,
    programme::Entry,
    release::{Change, ChangeKind, Release, differences},
};
use jiff::civil::{Date, DateTime};
use outputs::pdf::{
    Said,
    day_sheet::{DaySheet, Official, Part, Row},
};

use super::{
    agenda, agenda_words,
    day_sheet::{messages, pair, printed, sheet},
    interpretation_words::languages,
};
use crate::{
    i18n::Messages,
    web::{
        marks::Marks,
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let own = Gate::Participants(Action::Read);
    vec![
        get("/editions/{edition}/programme/{number}/notice", Gate::Public, everyone),
        get("/editions/{edition}/programme/{number}/notice/{delegation}", own, delegation),
    ]
}

/// A notice on the paper of those who convene: its number is that of the release.
fn paper(t: Messages, edition: &Edition, release: &Release, heading: String) -> DaySheet {
    let number = format!("{}/{}", edition.first_day.year(), release.number);
    let official = Official {
        letterhead: edition.initiators.iter().map(|i| Said::of(i, t.lang)).collect(),
        reference: t.with("sheet-notice-number", &[("n", number.into())]),
        date: when::date(t.lang, edition.day_of(release.at)),
        signature: t.get("sheet-signature"),
    };
    DaySheet { official: Some(official), ..sheet(t, edition, release, heading) }
}

/// Lines by day, under the name of whom they concern.
fn parts(t: Messages, subject: &Said, days: BTreeMap<Date, Vec<Row>>) -> Vec<Part> {
    if days.is_empty() {
        return vec![Part::new(subject.clone(), "", Vec::new())];
    }
    let part = |(day, lines)| Part::new(subject.clone(), when::day(t.lang, day), lines);
    days.into_iter().map(part).collect()
}

fn everyone(req: &Req) -> Outcome {
    let (edition, t) = (req.edition()?, messages(req));
    let (release, before) = pair(req)?;
    let none: &[Entry] = &[];
    let changes = differences(before.as_ref().map_or(none, |b| &b.entries), &release.entries);
    let told = changes.iter().filter_map(|change| change.told(|entry| entry.kind().is_some()));
    let writer = Writer { t, edition, sides: None };
    let mut days: BTreeMap<Date, Vec<Row>> = BTreeMap::new();
    for change in told {
        let told = Told { fate: Fate::Changed(change.kind()), change };
        writer.add(&mut days, &told);
    }
    let mut paper = paper(t, edition, &release, t.get("sheet-notice-public"));
    paper.none = t.get("sheet-notice-public-none");
    // The edition stands above it already.
    paper.parts = parts(t, &Said::new(t.get("sheet-notice"), t.lang), days);
    printed(req, edition, (&release, paper), "notice")
}

fn delegation(req: &Req) -> Outcome {
    let (edition, own) = (req.edition()?, req.param::<DelegationId>("delegation")?);
    agenda::require(req, edition, own)?;
    let t = messages(req);
    let (release, before) = pair(req)?;
    let name = release.name_of(own).or(before.as_ref().and_then(|b| b.name_of(own)));
    let subject = Said::of(name.ok_or(Fault::Missing)?, t.lang);
    let (roster, delegates) = req.read(|c| {
        let roster = store::interpreter::of_edition(c, edition.id)?;
        Ok((roster, store::delegate::of_edition(c, edition.id)?))
    })?;
    let delegates: Vec<Delegate> = delegates.into_iter().map(|d| d.value).collect();
    let sides = Sides {
        own,
        releases: [Some(&*release), before.as_deref()],
        presence: release.presence_of(own).cloned().unwrap_or_default(),
        heads: agenda_words::heads(&delegates, t.lang),
        roster: roster.into_iter().map(|i| i.value).collect(),
    };
    let writer = Writer { t, edition, sides: Some(sides) };
    let notice = Notice::of(before.as_deref(), &release, own, &edition.time_zone());
    let mut days: BTreeMap<Date, Vec<Row>> = BTreeMap::new();
    writer.stay(&mut days, "sheet-arrival", notice.arrival);
    for told in &notice.told {
        writer.add(&mut days, told);
    }
    writer.stay(&mut days, "sheet-departure", notice.departure);
    let mut paper = paper(t, edition, &release, t.get("sheet-notice"));
    paper.none = t.get("sheet-notice-own-none");
    paper.parts = parts(t, &subject, days);
    printed(req, edition, (&release, paper), "notice-own")
}

/// What a delegation may know of its own meetings.
struct Sides<'a> {
    own: DelegationId,
    releases: [Option<&'a Release>; 2],
    presence: Presence,
    heads: BTreeMap<DelegationId, String>,
    roster: Vec<Interpreter>,
}

struct Writer<'a> {
    t: Messages,
    edition: &'a Edition,
    sides: Option<Sides<'a>>,
}

impl Writer<'_> {
    fn said(&self, words: impl Into<String>) -> Said {
        Said::new(words, self.t.lang)
    }

    /// A time of arrival or departure that is another one.
    fn stay(
        &self,
        days: &mut BTreeMap<Date, Vec<Row>>,
        key: &str,
        told: Option<(Option<DateTime>, DateTime)>,
    ) {
        let Some((was, now)) = told else { return };
        let mut row = Row::new(now.strftime("%H:%M").to_string(), self.said(self.t.get(key)));
        row.mark = self.t.get("sheet-stay-changed");
        let was = was.map(|was| when::clock(self.t.lang, was));
        row.notes.extend(was.map(|was| self.said(self.was(&was))));
        days.entry(now.date()).or_default().push(row);
    }

    fn was(&self, words: &str) -> String {
        format!("{} {words}", self.t.get("programme-change-was"))
    }

    fn add(&self, days: &mut BTreeMap<Date, Vec<Row>>, told: &Told<'_>) {
        if let Some(entry) = told.change.entry() {
            let day = self.edition.time_zone().to_datetime(entry.slot.start).date();
            days.entry(day).or_default().push(self.row(entry, day, told));
        }
    }

    fn hours(&self, entry: &Entry) -> String {
        when::hours(&self.edition.time_zone(), entry.slot.start, entry.slot.end())
    }

    fn place(&self, entry: &Entry) -> String {
        [&entry.hall, &entry.venue].map(|words| words.shown(self.t.lang).text).join(" · ")
    }

    /// One change: as it is now, and what was otherwise.
    fn row(&self, entry: &Entry, day: Date, told: &Told<'_>) -> Row {
        let t = self.t;
        let mut row = Row::new(self.hours(entry), self.title(entry));
        let partner = self.sides.as_ref().and_then(|sides| entry.partner_of(sides.own));
        let head = partner.and_then(|id| self.sides.as_ref()?.heads.get(&id));
        row.notes.extend(head.map(|head| self.said(head.as_str())));
        match told.fate {
            Fate::Excused(why) => {
                row.gone = true;
                if let Some(sides) = &self.sides {
                    row.mark = agenda_words::excused(t, why, &sides.presence, day);
                }
            }
            Fate::Changed(kind) => {
                row.mark = t.get(&format!("programme-change-{kind}"));
                row.gone = kind == ChangeKind::Dropped;
                if let Some(was) = told.change.before.filter(|_| told.change.after.is_some()) {
                    let was = self.otherwise(kind, was, entry);
                    row.notes.extend(was.into_iter().map(|words| self.said(words)));
                }
                row.notes.extend(self.teams(&told.change).map(|words| self.said(words)));
            }
        }
        if !row.gone {
            let other = [ChangeKind::Moved, ChangeKind::Relocated].map(Fate::Changed);
            let place = self.said(self.place(entry));
            // Where it is now stands before where it was.
            if other.contains(&told.fate) {
                row.strong.push(place);
            } else {
                row.facts.push(place);
            }
            row.facts.push(self.said(languages(t, &entry.languages)));
        }
        row
    }

    fn title(&self, entry: &Entry) -> Said {
        let partner = self.sides.as_ref().and_then(|sides| {
            let partner = entry.partner_of(sides.own)?;
            sides.releases.iter().flatten().find_map(|release| release.name_of(partner))
        });
        Said::of(partner.unwrap_or(&entry.title), self.t.lang)
    }

    /// What was otherwise, of what the reader sees.
    fn otherwise(&self, kind: ChangeKind, was: &Entry, now: &Entry) -> Vec<String> {
        let (t, zone) = (self.t, self.edition.time_zone());
        let day = when::date(t.lang, zone.to_datetime(was.slot.start).date());
        let mut said = Vec::new();
        match kind {
            ChangeKind::Moved => {
                let words = format!("{day} {} · {}", self.hours(was), self.place(was));
                said.push(self.was(&words));
            }
            _ if self.place(was) != self.place(now) => said.push(self.was(&self.place(was))),
            _ => {}
        }
        if self.title(was) != self.title(now) {
            said.push(self.was(&self.title(was).text));
        }
        if was.languages != now.languages {
            let was = languages(t, &was.languages);
            said.push(t.with("sheet-languages-were", &[("was", was.into())]));
        }
        said
    }

    /// Who interprets instead of whom in the reader's own meeting: those of the pool and of its own side.
    fn teams(&self, change: &Change<'_>) -> Option<String> {
        let sides = self.sides.as_ref()?;
        let (was, now) = (change.before?, change.after.filter(|e| e.kind().is_none())?);
        let names = |entry: &Entry| -> Vec<String> {
            let ids = entry.team.as_ref().map_or(Vec::new(), domain::team::Team::members);
            let known = ids.iter().filter_map(|id| sides.roster.iter().find(|one| one.id == *id));
            let shown = known.filter(|one| one.of.is_none_or(|of| of == sides.own));
            shown.map(|one| text::called(self.t, &one.name)).collect()
        };
        let (was, now) = (names(was), names(now));
        if was == now || now.is_empty() {
            return None;
        }
        let item = Marks::of(self.t.lang).item;
        let values = [("now", now.join(item).into()), ("was", was.join(item).into())];
        let key = if was.is_empty() { "sheet-interpreter-new" } else { "programme-change-teams" };
        Some(self.t.with(key, &values))
    }
}
