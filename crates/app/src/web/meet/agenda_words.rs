//! What agendas, cards, notices and calendars say alike: from what a delegation is excused, and who leads
//! the other side of a bilateral.

use std::collections::BTreeMap;

use domain::{
    DelegationId, Lang,
    delegation::{Delegate, Task},
    presence::{Excuse, Presence},
    release::Release,
};
use jiff::civil::{Date, DateTime};

use crate::{
    i18n::Messages,
    web::{marks::Marks, when},
};

/// A moment on a day that is told already: its time alone, unless it lies on another day.
fn moment(t: Messages, day: Date, at: DateTime) -> String {
    if at.date() == day { at.strftime("%H:%M").to_string() } else { when::clock(t.lang, at) }
}

/// Why a delegation is not expected on a day, in a sentence.
pub fn excused(t: Messages, why: Option<Excuse>, presence: &Presence, day: Date) -> String {
    let (key, at, by) = match why {
        Some(Excuse::Later) => ("agenda-excused-later", presence.arrival, presence.ready()),
        Some(Excuse::Leaves) => ("agenda-excused-leaves", presence.departure, presence.leaves()),
        Some(Excuse::Busy) => return t.get("agenda-excused-busy"),
        None => return t.get("agenda-excused"),
    };
    let said = |at: Option<DateTime>| at.map_or(String::new(), |at| moment(t, day, at));
    t.with(key, &[("at", said(at).into()), ("by", said(by).into())])
}

/// Who leads each delegation: name and office as they are stated in a language. Whoever is not stated in it
/// is not named: nothing is derived.
pub fn heads(delegates: &[Delegate], lang: Lang) -> BTreeMap<DelegationId, String> {
    let named = |d: &Delegate| {
        let styled = d.name.styled.get(&lang).filter(|styled| !styled.name.is_empty())?;
        let words = [styled.name.as_str(), styled.office.as_str()];
        let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
        Some((d.delegation, words.join(Marks::of(lang).pause)))
    };
    delegates.iter().filter(|d| d.task == Task::Leader).filter_map(named).collect()
}

/// That an arrival or a departure was noted after the release that the reader holds.
pub fn since(
    t: Messages,
    release: &Release,
    (own, now): (DelegationId, &Presence),
    pick: fn(&Presence) -> Option<DateTime>,
) -> Option<String> {
    let told = release.presence_of(own)?;
    let number = [("number", release.number.into())];
    (pick(told) != pick(now)).then(|| t.with("agenda-since", &number))
}
