//! One line of a released programme. A programme has hundreds, so a line is written straight into its
//! page: a string for each part of each line would be most of what the page costs.

use std::{collections::BTreeMap, fmt::Write as _};

use domain::{
    DelegationId,
    programme::{Company, Entry},
    release::Release,
    session::SessionKind,
};
use jiff::{Timestamp, tz::TimeZone};
use maud::{Markup, Render, html};

use crate::{
    i18n::Messages,
    web::{
        layout::Straight,
        text::{self, Told},
        when,
    },
};

/// The words that many lines share, found once a page.
pub struct Labels {
    /// The reader's messages.
    pub t: Messages,
    kinds: BTreeMap<SessionKind, String>,
    bilateral: String,
}

impl Labels {
    /// The words in a reader's language.
    pub fn new(t: Messages) -> Self {
        let kind = |k: &SessionKind| (*k, t.get(&format!("session-kind-{k}")));
        let kinds = SessionKind::ALL.iter().map(kind).collect();
        Self { t, kinds, bilateral: t.get("programme-bilateral") }
    }

    /// What kind of activity an entry is.
    pub fn kind(&self, entry: &Entry) -> &str {
        entry.kind().and_then(|k| self.kinds.get(&k)).unwrap_or(&self.bilateral)
    }
}

/// The time of an entry.
pub fn time<'a>(zone: &'a TimeZone, entry: &'a Entry) -> impl Render + 'a {
    Straight(move |page: &mut String| {
        page.push_str("<time datetime=\"");
        // A string takes whatever is written to it.
        let _ = write!(page, "{}", entry.slot.start);
        page.push_str("\">");
        when::hours_to(page, zone, entry.slot.start, entry.slot.end());
        page.push_str("</time>");
    })
}

/// Whether an entry is going on.
pub fn runs(entry: &Entry, now: Timestamp) -> bool {
    (entry.slot.start..entry.slot.end()).contains(&now)
}

/// Where an entry is, and in which languages.
pub fn place(t: Messages, entry: &Entry) -> impl Render + '_ {
    Straight(move |page: &mut String| {
        page.push_str("<span class=\"where\">");
        Told(t, &entry.hall).render_to(page);
        page.push_str(" · ");
        Told(t, &entry.venue).render_to(page);
        page.push_str("</span>");
        for (n, lang) in entry.languages.iter().enumerate() {
            page.push_str(if n == 0 {
                "<span class=\"where\"> · <bdi lang=\""
            } else {
                " / <bdi lang=\""
            });
            page.push_str(lang.tag());
            page.push_str("\">");
            page.push_str(lang.own_name());
            page.push_str("</bdi>");
        }
        if !entry.languages.is_empty() {
            page.push_str("</span>");
        }
    })
}

/// A line of the programme, its title in full.
pub fn line<'a>(
    labels: &'a Labels,
    zone: &'a TimeZone,
    now: Timestamp,
    release: &'a Release,
    entry: &'a Entry,
) -> impl Render + 'a {
    Straight(move |page: &mut String| {
        page.push_str(if runs(entry, now) { "<li class=\"now\">" } else { "<li>" });
        time(zone, entry).render_to(page);
        page.push_str("<div><strong>");
        match &*entry.company {
            Company::Bilateral(sides) => sides_named(labels.t, release, sides).render_to(page),
            Company::Session(..) => Told(labels.t, &entry.title).render_to(page),
        }
        page.push_str("</strong> <span class=\"chip\">");
        labels.kind(entry).render_to(page);
        page.push_str("</span><br>");
        place(labels.t, entry).render_to(page);
        page.push_str("</div></li>");
    })
}

/// The two sides of a bilateral, for those who may know.
pub fn sides_named(t: Messages, release: &Release, sides: &[DelegationId; 2]) -> Markup {
    html! {
        @for (n, side) in sides.iter().enumerate() {
            @if n > 0 { " – " }
            @if let Some(name) = release.name_of(*side) { (text::text(t, name)) }
        }
    }
}
