//! The newest draft with everything that its pages name: one reading of the store for all of them.

use std::collections::BTreeSet;

use domain::{
    DelegationId, HallId, Text,
    brief::{Brief, Clash},
    edition::Edition,
    programme::{Activity, Opening, Plan, Reason, Slot, Unplaced},
    revision::Versioned,
};
use jiff::civil::{Date, DateTime};
use maud::{Markup, html};
use store::job::Job;

use super::interpretation_words;
use crate::{
    i18n::Messages,
    jobs::{self, Order},
    web::{marks::Marks, reply::Fault, request::Req, text, when},
};

/// What the pages of the draft show.
pub struct Board {
    /// What is to be planned.
    pub brief: Brief,
    /// The newest draft.
    pub plan: Option<Versioned<Plan>>,
    /// The newest run.
    pub job: Option<Job>,
}

impl Board {
    /// Reads the board of the edition that the path names.
    pub fn load(req: &Req) -> Result<Self, Fault> {
        let edition: &Edition = req.edition()?;
        req.read(|c| {
            let (brief, plan) = store::brief::load(c, edition)?;
            let job = store::job::newest(c, jobs::PLAN, edition.id)?;
            Ok(Self { brief, plan, job })
        })
    }

    /// The order of the newest run, whose hours the next one begins with.
    pub fn order(&self) -> Order {
        Order::of(self.job.as_ref())
    }

    /// Whether a run waits or goes on.
    pub fn runs(&self) -> bool {
        self.job.as_ref().is_some_and(|j| matches!(j.state.as_str(), "waiting" | "running"))
    }

    /// The draft's places.
    pub fn slots(&self) -> &[Slot] {
        self.plan.as_ref().map_or(&[], |p| &p.value.slots)
    }

    /// The places on a day, by start.
    pub fn on(&self, day: Date) -> Vec<&Slot> {
        self.slots().iter().filter(|s| self.from(s).date() == day).collect()
    }

    /// The days of the draft, and of the edition.
    pub fn days(&self) -> BTreeSet<Date> {
        let drafted = self.slots().iter().map(|s| self.from(s).date());
        self.brief.edition.days().into_iter().chain(drafted).collect()
    }

    /// When a place begins, on the edition's clocks.
    pub fn from(&self, slot: &Slot) -> DateTime {
        self.brief.civil(slot.start)
    }

    /// What no longer fits, because something was changed after the draft was made.
    pub fn clashes(&self) -> Vec<Clash> {
        let teams = self.plan.as_ref().map_or(&[][..], |p| &p.value.teams);
        self.brief.clashes_of(self.slots(), teams)
    }

    /// Where and when, for a draft's place: `09:00–10:00`.
    pub fn time(&self, slot: &Slot) -> String {
        let until = self.brief.civil(slot.end());
        format!("{}–{}", self.from(slot).strftime("%H:%M"), until.strftime("%H:%M"))
    }

    fn names(&self, activity: Activity) -> Vec<&Text> {
        match activity {
            Activity::Session(id) => self.brief.session(id).iter().map(|s| &s.title).collect(),
            Activity::Meeting(id) => {
                let sides = self.brief.meeting(id).map(|m| [m.from, m.to]);
                let sides = sides.into_iter().flatten();
                sides.filter_map(|d| self.brief.delegation(d)).map(|d| &d.name).collect()
            }
        }
    }

    /// What an activity is called: a session's title, or the two sides of a meeting.
    pub fn title(&self, t: Messages, activity: Activity) -> Markup {
        let names = self.names(activity);
        html! {
            @if names.is_empty() { (t.get("plan-gone")) }
            @for (at, name) in names.iter().enumerate() {
                @if at > 0 { " — " }
                (text::text(t, name))
            }
        }
    }

    /// The same as words alone.
    pub fn words(&self, t: Messages, activity: Activity) -> String {
        let names: Vec<String> =
            self.names(activity).iter().map(|name| text::words(t, name)).collect();
        if names.is_empty() { t.get("plan-gone") } else { names.join(" — ") }
    }

    /// What kind of thing it is.
    pub fn kind(&self, t: Messages, activity: Activity) -> String {
        match activity {
            Activity::Meeting(_) => t.get("plan-bilateral"),
            Activity::Session(id) => match self.brief.session(id) {
                Some(session) => t.get(&format!("session-kind-{}", session.kind)),
                None => t.get("plan-gone"),
            },
        }
    }

    /// A hall's name.
    pub fn hall(&self, t: Messages, id: HallId) -> String {
        self.brief.hall(id).map_or_else(|| t.get("plan-gone"), |h| text::words(t, &h.name))
    }

    /// A delegation's name.
    pub fn delegation(&self, t: Messages, id: DelegationId) -> String {
        self.brief.delegation(id).map_or_else(|| t.get("plan-gone"), |d| text::words(t, &d.name))
    }

    /// A reason as a plain sentence, with the delegation or the hall that it is about.
    pub fn reason(&self, t: Messages, reason: &Reason) -> String {
        self.reasons(t, std::slice::from_ref(reason)).concat()
    }

    /// Reasons as plain sentences; those of one kind are one sentence with all names.
    fn reasons(&self, t: Messages, reasons: &[Reason]) -> Vec<String> {
        let same = |a: &Reason, b: &Reason| (a.hindrance, a.lack) == (b.hindrance, b.lack);
        let said = |alike: &[Reason]| {
            let sentence = match &alike[0].lack {
                Some(lack) => interpretation_words::lack(t, &self.brief, lack),
                None => t.get(&format!("plan-reason-{}", alike[0].hindrance)),
            };
            let name = |reason: &Reason| {
                let who = reason.delegation.map(|id| self.delegation(t, id));
                let name = who.or_else(|| reason.hall.map(|id| self.hall(t, id)));
                let by = reason.by.map(|activity| self.words(t, activity));
                match (name, by) {
                    (Some(name), Some(by)) => {
                        Some(t.with("plan-reason-by", &[("name", name.into()), ("by", by.into())]))
                    }
                    (name, by) => name.or(by),
                }
            };
            let names: Vec<String> = alike.iter().filter_map(name).collect();
            if names.is_empty() {
                return sentence;
            }
            let names = names.join(Marks::of(t.lang).item);
            t.with("plan-reason-of", &[("reason", sentence.into()), ("name", names.into())])
        };
        reasons.chunk_by(same).map(said).collect()
    }

    /// What stands in the way of an activity without a place: where it could be if what gave way.
    pub fn why(&self, t: Messages, unplaced: &Unplaced) -> Vec<String> {
        let and = Marks::of(t.lang).part;
        let opening = |opening: &Opening| {
            let from = self.brief.civil(opening.start);
            let when = format!("{} {}", when::date(t.lang, from.date()), from.strftime("%H:%M"));
            let values = [
                ("when", when.into()),
                ("hall", self.hall(t, opening.hall).into()),
                ("reasons", self.reasons(t, &opening.reasons).join(and).into()),
            ];
            t.with("plan-opening", &values)
        };
        match (&unplaced.openings[..], &unplaced.reasons[..]) {
            ([], []) => vec![t.get("plan-reason-many")],
            ([], reasons) => self.reasons(t, reasons),
            (openings, _) => openings.iter().map(opening).collect(),
        }
    }

    /// A clash as a line: what, why, with what.
    pub fn clash(&self, t: Messages, clash: &Clash) -> Markup {
        html! {
            strong { (self.title(t, clash.activity)) } " · " (self.reason(t, &clash.reason))
            @if let Some(other) = clash.other {
                " · " (t.get("plan-clash-with")) " " (self.title(t, other))
            }
        }
    }

    /// The address of the page that pins an activity.
    pub fn pin_address(&self, activity: Activity) -> String {
        format!("/editions/{}/pins/{activity}", self.brief.edition.id)
    }
}
