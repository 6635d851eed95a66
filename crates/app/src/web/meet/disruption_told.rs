//! What happened, in words: the sentence above the ways to go on.

use domain::{
    brief::Brief,
    disruption::{Disruption, DisruptionKind},
    edition::Edition,
    programme::Activity,
};
use jiff::civil::{Date, DateTime};
use maud::{Markup, html};

use super::disruption::{Stand, open};
use crate::web::{request::Req, text, when};

/// Whoever is ill for several days may be well again after one: the same for each day by itself.
pub fn days(req: &Req, edition: &Edition, brief: &Brief, news: &Disruption) -> Markup {
    let Disruption::Interpreter { interpreter, away } = news else { return html! {} };
    let midnight = |day: Date| when::field(day.at(0, 0, 0, 0));
    let whole = |day: &Date| {
        let next = day.tomorrow().unwrap_or(*day);
        away.from <= day.at(0, 0, 0, 0) && next.at(0, 0, 0, 0) <= away.until
    };
    let days: Vec<Date> = brief.edition.days().into_iter().filter(whole).collect();
    html! {
        @if days.len() > 1 {
            p {
                (req.t.get("disruption-only-on"))
                @for day in &days {
                    @let until = day.tomorrow().unwrap_or(*day);
                    @let fields = [
                        ("interpreter", interpreter.to_string()),
                        ("from", midnight(*day)),
                        ("until", midnight(until)),
                    ];
                    " " a href=(open(edition, DisruptionKind::Interpreter, false, &fields)) {
                        (when::short_day(req.lang(), *day))
                    }
                }
            }
        }
    }
}

/// What happened, in a sentence.
pub fn told(req: &Req, stand: &Stand, news: &Disruption) -> String {
    let (t, brief) = (req.t, stand.brief());
    let delegation =
        |id| brief.delegation(id).map_or(String::new(), |d| text::words(t, &d.name)).into();
    // What it was before shows a delay that was told twice.
    let moved = |key: &str, id, at, before: Option<DateTime>| {
        let clock = |at| when::clock(t.lang, at);
        let before = before.filter(|before| *before != at).map_or(String::new(), clock);
        let known = if before.is_empty() { "no" } else { "yes" };
        let fields = [
            ("name", delegation(id)),
            ("at", clock(at).into()),
            ("known", known.into()),
            ("before", before.into()),
        ];
        t.with(key, &fields)
    };
    match news {
        Disruption::Late { delegation: id, arrival, .. } => {
            let before = brief.delegation(*id).and_then(|d| d.arrival);
            moved("disruption-told-late", *id, *arrival, before)
        }
        Disruption::Leaving { delegation: id, departure } => {
            let before = brief.delegation(*id).and_then(|d| d.departure);
            moved("disruption-told-leaving", *id, *departure, before)
        }
        Disruption::Hall { hall, closed } => {
            let name = brief.hall(*hall).map_or(String::new(), |h| text::words(t, &h.name));
            let span = when::span(t.lang, closed.from, closed.until);
            t.with("disruption-told-hall", &[("name", name.into()), ("span", span.into())])
        }
        Disruption::Busy { delegation: id, busy } => {
            let span = when::span(t.lang, busy.from, busy.until);
            t.with("disruption-told-busy", &[("name", delegation(*id)), ("span", span.into())])
        }
        Disruption::Withdrawn { delegation: id } => {
            t.with("disruption-told-withdrawn", &[("name", delegation(*id))])
        }
        Disruption::Longer { session, minutes } => {
            let found = brief.session(*session);
            let name = found.map_or(String::new(), |s| text::words(t, &s.title));
            let before = found.map_or(0, |s| s.minutes);
            let fields =
                [("name", name.into()), ("n", (*minutes).into()), ("before", before.into())];
            t.with("disruption-told-longer", &fields)
        }
        Disruption::CalledOff { activity, by } => {
            let side = match activity {
                Activity::Meeting(_) => *by,
                Activity::Session(_) => None,
            };
            let fields = [
                ("what", stand.board.words(t, *activity).into()),
                ("by", side.map_or("no", |_| "yes").into()),
                ("name", side.map_or_else(|| "".into(), delegation)),
            ];
            t.with("disruption-told-called-off", &fields)
        }
        Disruption::Meeting(meeting) => t.with(
            "disruption-told-meeting",
            &[("name", delegation(meeting.from)), ("other", delegation(meeting.to))],
        ),
        Disruption::Interpreter { interpreter, away } => {
            let found = brief.interpreter(*interpreter);
            let name = found.map_or(String::new(), |one| text::called(t, &one.name));
            let span = when::span(t.lang, away.from, away.until);
            t.with("disruption-told-interpreter", &[("name", name.into()), ("span", span.into())])
        }
    }
}
