//! What happened, by a plain form: one for each kind. Asking changes nothing, so the form's answer has an
//! address of its own that can be sent to a colleague.

use std::fmt::Display;

use domain::{
    DelegationId, FieldRefusals, MeetingId, Refusal, Text,
    brief::Brief,
    clean,
    delegation::Delegation,
    disruption::{Disruption, DisruptionKind, held},
    edition::Edition,
    meeting::{self, Meeting, MeetingState, Wish},
    programme::{Activity, Slot},
    session,
    venue::Closed,
};
use jiff::{Timestamp, ToSpan, civil::DateTime};
use maud::{Markup, html};

use super::{
    disruption::{Stand, home, nothing, page, waiting},
    disruption_way,
};
use crate::{
    chance,
    i18n::Messages,
    web::{
        fields::Fields,
        form::{Draft, Show},
        reply::Outcome,
        request::Req,
        text, when,
    },
};

/// Shortest and longest delay, in minutes.
const DELAY: std::ops::RangeInclusive<i64> = 5..=72 * 60;

/// What was asked: what happened, and by when what has begun stays.
pub struct Asked {
    /// What happened.
    pub news: Disruption,
    /// What began before stays as it was.
    pub at: Timestamp,
}

/// The form, and below it the answer once something was asked.
pub fn show(req: &Req) -> Outcome {
    let (edition, kind) = (req.edition()?, req.param::<DisruptionKind>("kind")?);
    let page = page(req, edition, Some(kind));
    let Some(stand) = Stand::load(req)? else {
        return Ok(page.reply(req, &nothing(req, edition)));
    };
    if req.query.0.iter().all(|(name, _)| name == "lang") {
        let draft = Draft::of(usual(req, edition, kind));
        return Ok(page.reply(req, &view(req, edition, &stand, kind, &draft)));
    }
    if req.query.has("fill", "1") {
        let known = req.query.0.iter().chain(&usual(req, edition, kind).0).cloned().collect();
        let body = html! {
            p.notice { (req.t.get("disruption-rest")) }
            (view(req, edition, &stand, kind, &Draft::of(Fields(known))))
        };
        return Ok(page.reply(req, &body));
    }
    let mut draft = Draft::of(req.query.clone());
    let Some(asked) = read(req, &mut draft, &stand, kind) else {
        return Ok(page.again(req, &view(req, edition, &stand, kind, &draft)));
    };
    let body = html! {
        (disruption_way::answer(req, edition, &stand, &asked, &draft)?)
        details {
            summary { (req.t.get("disruption-again")) }
            (view(req, edition, &stand, kind, &draft))
        }
    };
    Ok(page.reply(req, &body))
}

/// What the form begins with.
fn usual(req: &Req, edition: &Edition, kind: DisruptionKind) -> Fields {
    let mut fields = Fields::default();
    let now = req.now.to_zoned(edition.time_zone()).datetime();
    if edition.days().contains(&now.date()) {
        fields = fields.with("at", when::field(now));
    }
    if kind == DisruptionKind::Meeting {
        fields =
            fields.with("minutes", "30").with("meeting", chance::id::<MeetingId>().to_string());
    }
    fields
}

/// Options by name, with an empty one before them.
fn options<T: Display>(
    t: Messages,
    all: impl Iterator<Item = (T, String)>,
) -> Vec<(String, String)> {
    let mut options: Vec<(String, String)> = all.map(|(id, name)| (id.to_string(), name)).collect();
    let collation = domain::search::Collation::of(t.lang);
    options.sort_by(|a, b| collation.compare(&a.1, &b.1));
    options.insert(0, (String::new(), t.get("disruption-pick")));
    options
}

/// The form of one kind.
pub fn view(
    req: &Req,
    edition: &Edition,
    stand: &Stand,
    kind: DisruptionKind,
    draft: &Draft,
) -> Markup {
    let (t, show, brief) = (req.t, Show::new(req, draft), stand.brief());
    let here = brief.delegations.iter().filter(|d| !d.withdrawn);
    let delegations = options(t, here.map(|d| (d.id, text::words(t, &d.name))));
    let span = || {
        html! {
            (show.input("datetime-local", "from", "disruption-from"))
            (show.input("datetime-local", "until", "disruption-until"))
        }
    };
    let fields = html! {
        @match kind {
            DisruptionKind::Late => {
                (show.choice("delegation", "disruption-delegation", &delegations))
                @if let Ok(id) = draft.typed.get("delegation").parse() { (declared(req, stand, id)) }
                (show.line("hours", "disruption-hours"))
                (show.input("datetime-local", "arrival", "disruption-arrival"))
            }
            DisruptionKind::Leaving => {
                (show.choice("delegation", "disruption-delegation", &delegations))
                (show.input("datetime-local", "departure", "disruption-departure"))
            }
            DisruptionKind::Hall => {
                @let halls = brief.halls.iter().map(|h| (h.id, text::words(t, &h.name)));
                (show.choice("hall", "disruption-hall", &options(t, halls)))
                p.hint { (t.get("disruption-hall-when")) }
                (span())
            }
            DisruptionKind::Busy => {
                (show.choice("delegation", "disruption-delegation", &delegations))
                (span())
            }
            DisruptionKind::Withdrawn => {
                (show.choice("delegation", "disruption-delegation", &delegations))
            }
            DisruptionKind::Longer => {
                @let released = stand.released();
                @let sessions = brief.sessions.iter().filter(|s| held(&released, s));
                @let sessions = sessions.map(|s| (s.id, text::words(t, &s.title)));
                (show.choice("session", "disruption-session", &options(t, sessions)))
                (show.input("number", "minutes", "disruption-minutes"))
            }
            DisruptionKind::CalledOff => { (called_off(req, stand, draft, &delegations)) }
            DisruptionKind::Interpreter => {
                @let people = brief.interpreters.iter().map(|i| (i.id, text::called(t, &i.name)));
                (show.choice("interpreter", "disruption-interpreter", &options(t, people)))
                p.hint { (t.get("disruption-interpreter-when")) }
                (span())
            }
            DisruptionKind::Meeting => {
                input type="hidden" name="meeting" value=(draft.typed.get("meeting"));
                (show.choice("side", "disruption-side", &delegations))
                (show.choice("to", "disruption-to", &delegations))
                (show.text("purpose", "meeting-purpose", false))
                (show.input("number", "minutes", "meeting-minutes"))
            }
        }
        details open[!draft.typed.get("at").is_empty()] {
            summary { (t.get("disruption-begun")) }
            (show.input("datetime-local", "at", "disruption-at"))
        }
    };
    html! {
        (waiting(req, edition, stand))
        p { (t.get(&format!("disruption-about-{kind}"))) }
        (show.asking(&format!("{}/{kind}", home(edition)), "disruption-show", &fields))
    }
}

/// What can be called off, and by which side; of a session nobody asks that.
fn called_off(req: &Req, stand: &Stand, draft: &Draft, delegations: &[(String, String)]) -> Markup {
    let (t, brief, show) = (req.t, stand.brief(), Show::new(req, draft));
    let typed = draft.typed.get("activity").parse::<Activity>().ok();
    let mut slots = stand.released();
    slots.retain(|slot| {
        let ahead = slot.start >= req.now && brief.minutes(slot.activity).is_some();
        ahead || typed == Some(slot.activity)
    });
    let option = |slot: &Slot| {
        let at = when::moment(t.lang, &brief.edition.time_zone(), slot.start);
        (slot.activity.to_string(), format!("{at} · {}", stand.board.words(t, slot.activity)))
    };
    let mut all = vec![(String::new(), t.get("disruption-pick"))];
    all.extend(slots.iter().map(option));
    let meeting = match typed {
        Some(Activity::Meeting(id)) => brief.meeting(id),
        _ => None,
    };
    let side = |(id, _): &&(String, String)| {
        let parsed = id.parse().ok();
        meeting.is_none_or(|m| parsed.is_some_and(|id| m.concerns(id)))
    };
    let mut sides = vec![(String::new(), t.get("disruption-by-both"))];
    sides.extend(delegations.iter().skip(1).filter(side).cloned());
    html! {
        (show.choice("activity", "disruption-activity", &all))
        @if !matches!(typed, Some(Activity::Session(_))) {
            (show.choice("by", "disruption-by", &sides))
        }
    }
}

/// What arrival a delegation had declared, and what was noted of it since.
pub fn declared(req: &Req, stand: &Stand, delegation: DelegationId) -> Markup {
    let t = req.t;
    let clock = |at: Option<DateTime>| at.map_or(String::new(), |at| when::clock(t.lang, at));
    let declared = clock(stand.declared(delegation));
    let known = if declared.is_empty() { "no" } else { "yes" };
    let said = [("known", known.into()), ("at", declared.into())];
    html! {
        p.hint {
            (t.with("disruption-declared", &said))
            @if let Some((when, noted)) = stand.noted(delegation) {
                @let zone = stand.brief().edition.time_zone();
                @let values = [
                    ("when", when::moment(t.lang, &zone, when).into()),
                    ("at", clock(Some(noted.arrival)).into()),
                ];
                " " (t.with("disruption-declared-noted", &values))
            }
        }
    }
}

/// What was asked, or what is wrong with it, field by field.
pub fn read(req: &Req, draft: &mut Draft, stand: &Stand, kind: DisruptionKind) -> Option<Asked> {
    let brief = stand.brief();
    let at = draft.read("at", when::typed_or_none);
    let news = match kind {
        DisruptionKind::Late => late(draft, stand),
        DisruptionKind::Leaving => {
            let (delegation, at) = (draft.code("delegation"), draft.read("departure", when::typed));
            let both = delegation.zip(at);
            both.map(|(delegation, departure)| Disruption::Leaving { delegation, departure })
        }
        DisruptionKind::Hall => {
            let hall = draft.code("hall");
            let closed = absence(req, draft, brief);
            hall.zip(closed).map(|(hall, closed)| Disruption::Hall { hall, closed })
        }
        DisruptionKind::Busy => {
            let delegation = draft.code("delegation");
            let busy = span(draft);
            let both = delegation.zip(busy);
            both.map(|(delegation, busy)| Disruption::Busy { delegation, busy })
        }
        DisruptionKind::Withdrawn => {
            draft.code("delegation").map(|delegation| Disruption::Withdrawn { delegation })
        }
        DisruptionKind::Longer => {
            let session = draft.code("session");
            let minutes = minutes(draft, &session::MINUTES);
            let both = session.zip(minutes);
            both.map(|(session, minutes)| Disruption::Longer { session, minutes })
        }
        DisruptionKind::CalledOff => {
            let choose = || Refusal::new("choose");
            let activity = draft.read("activity", |raw| raw.parse().map_err(|_| choose()));
            let by = draft.read("by", |raw| match raw.trim() {
                "" => Ok(None),
                raw => raw.parse().map(Some).map_err(|_| choose()),
            });
            activity.zip(by).map(|(activity, by)| Disruption::CalledOff { activity, by })
        }
        DisruptionKind::Meeting => meeting(draft, stand).map(Disruption::Meeting),
        DisruptionKind::Interpreter => {
            let interpreter = draft.code("interpreter");
            let away = absence(req, draft, brief);
            interpreter
                .zip(away)
                .map(|(interpreter, away)| Disruption::Interpreter { interpreter, away })
        }
    };
    let news = news.filter(|_| draft.is_sound())?;
    let at = at?.map_or(req.now, |at| brief.instant(at));
    if let Err(FieldRefusals(refused)) = news.check(brief, &stand.released(), at) {
        for (field, refusal) in refused {
            draft.refuse(&field, refusal);
        }
    }
    draft.is_sound().then_some(Asked { news, at })
}

fn minutes(draft: &mut Draft, range: &std::ops::RangeInclusive<i64>) -> Option<i64> {
    draft.read("minutes", |raw| clean::number(raw, *range.start(), *range.end()))
}

fn span(draft: &mut Draft) -> Option<Closed> {
    let (from, until) = (draft.read("from", when::typed), draft.read("until", when::typed));
    Some(Closed { from: from?, until: until? })
}

/// When an interpreter is away or a hall closed: as typed; without a beginning from today on, without an end
/// until the edition is over.
fn absence(req: &Req, draft: &mut Draft, brief: &Brief) -> Option<Closed> {
    let edition = &brief.edition;
    let today = brief.civil(req.now).date().max(edition.first_day).min(edition.last_day);
    let over = edition.last_day.tomorrow().unwrap_or(edition.last_day);
    let midnight = |day: jiff::civil::Date| day.at(0, 0, 0, 0);
    let from = draft.read("from", when::typed_or_none)?.unwrap_or_else(|| midnight(today));
    let until = draft.read("until", when::typed_or_none)?.unwrap_or_else(|| midnight(over));
    Some(Closed { from, until })
}

/// The new arrival: as typed, or so many hours after the one that was declared before any news of it.
fn late(draft: &mut Draft, stand: &Stand) -> Option<Disruption> {
    let found: Option<Delegation> = draft.read("delegation", |raw| {
        let found = raw.parse().ok().and_then(|id| stand.brief().delegation(id).cloned());
        found.ok_or_else(|| Refusal::new("choose"))
    });
    let declared = found.as_ref().and_then(|d| stand.declared(d.id));
    let typed: Option<DateTime> = draft.read("arrival", when::typed_or_none)?;
    let arrival = if let Some(arrival) = typed {
        arrival
    } else {
        let minutes = draft.read("hours", delay)?;
        let later = declared.and_then(|at| at.checked_add(minutes.minutes()).ok());
        if found.is_some() && later.is_none() {
            draft.refuse("arrival", Refusal::new("arrival-unknown"));
        }
        later?
    };
    let delegation = found?.id;
    let earlier = stand.noted(delegation).map(|(_, noted)| noted.clone());
    Some(Disruption::Late { delegation, arrival, earlier })
}

/// Hours as typed: `3`, `2.5`, `2,5`, `3:20`; `0` is in time after all. In minutes.
fn delay(raw: &str) -> Result<i64, Refusal> {
    let raw = raw.trim().replace(',', ".");
    let read = || {
        if let Some((hours, minutes)) = raw.split_once(':') {
            let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
            return hours
                .checked_mul(60)?
                .checked_add(minutes)
                .filter(|_| (0..60).contains(&minutes));
        }
        let hours: f64 = raw.parse().ok().filter(|n: &f64| n.is_finite())?;
        #[expect(clippy::cast_possible_truncation, reason = "at most a few days")]
        Some((hours.clamp(-1.0, 1000.0) * 60.0).round() as i64)
    };
    read()
        .filter(|minutes| *minutes == 0 || DELAY.contains(minutes))
        .ok_or_else(|| Refusal::new("delay"))
}

/// A meeting to which both sides agreed by word of mouth.
fn meeting(draft: &mut Draft, stand: &Stand) -> Option<Meeting> {
    let known = |raw: &str| {
        let found = raw.parse().ok().filter(|id| stand.brief().delegation(*id).is_some());
        found.ok_or_else(|| Refusal::new("choose"))
    };
    let (from, to) = (draft.read("side", known), draft.read("to", known));
    let purpose: Option<Text> = draft.text("purpose", clean::line);
    let minutes = minutes(draft, &meeting::MINUTES);
    let id = draft.code::<MeetingId>("meeting").filter(|id| stand.brief().meeting(*id).is_none());
    Some(Meeting {
        id: id?,
        edition: stand.brief().edition.id,
        from: from?,
        to: to?,
        purpose: purpose?,
        wish: Wish::Must,
        minutes: minutes?,
        state: MeetingState::Accepted,
        remark: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::delay;

    #[test]
    fn hours_are_read_as_people_type_them() {
        for (raw, minutes) in [
            ("3", 180),
            ("2.5", 150),
            (" 2,5 ", 150),
            ("3:20", 200),
            ("0:30", 30),
            ("0", 0),
            ("0:00", 0),
        ] {
            assert_eq!(delay(raw), Ok(minutes), "{raw}");
        }
        for raw in ["", "x", "0:01", "-1", "73", "1:70", "9999999999999999999:1", "nan", "inf"] {
            assert_eq!(delay(raw).map_err(|r| r.code), Err("delay".to_owned()), "{raw}");
        }
    }
}
