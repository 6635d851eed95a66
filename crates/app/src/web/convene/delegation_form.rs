//! The form of a delegation: its stay and languages, filed by its own side; its rank and quota, set by
//! the office.

use domain::{
    Lang, Refusal,
    access::Action,
    clean,
    delegation::{Delegation, MOST_PEOPLE},
    edition::Edition,
    precedence::Rank,
    revision::Saved,
    workbook::date::{self, Around},
};
use jiff::civil::DateTime;
use maud::{Markup, html};
use serde_json::json;

use super::delegation::{address, home, in_office, own, rank_name};
use crate::{
    chance,
    i18n::Messages,
    web::{
        fields::Fields,
        form::{Draft, Show},
        layout::Page,
        reply::{Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, when,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let file = Gate::Participants(Action::File);
    vec![
        get("/editions/{edition}/delegations/{delegation}/edit", file, edit),
        post("/editions/{edition}/delegations/{delegation}/edit", file, save),
    ]
}

/// The languages that pages and sessions have, as choices.
pub fn languages() -> Vec<(String, String)> {
    Lang::ALL.iter().map(|l| (l.code().to_owned(), l.own_name().to_owned())).collect()
}

/// Every rank as a choice.
pub fn ranks(t: Messages) -> Vec<(String, String)> {
    Rank::ALL.iter().map(|r| (r.code().to_owned(), rank_name(t, *r))).collect()
}

/// The ticked languages of a field.
pub fn ticked(draft: &mut Draft, name: &str) -> Vec<Lang> {
    let read: Vec<Option<Lang>> = draft.typed.all(name).map(|raw| raw.parse().ok()).collect();
    if read.contains(&None) {
        draft.refuse(name, Refusal::new("choose"));
    }
    read.into_iter().flatten().collect()
}

/// A date and time in any style that people type, within reach of the edition; may be left out.
fn moment(edition: &Edition, raw: &str) -> Result<Option<DateTime>, Refusal> {
    if raw.trim().is_empty() {
        return Ok(None);
    }
    let around = Around { first: edition.first_day, last: edition.last_day };
    let read = date::read(raw, around)?;
    let time = read.time.ok_or_else(|| Refusal::new("moment"))?;
    Ok(Some(read.day.to_datetime(time)))
}

fn fields_of(delegation: &Delegation) -> Fields {
    let at = |at: Option<DateTime>| at.map(when::field).unwrap_or_default();
    let fields = Fields::default()
        .with("rank", delegation.rank.code())
        .with("quota", delegation.quota.to_string())
        .with("arrival", at(delegation.arrival))
        .with("departure", at(delegation.departure))
        .with("attends", if delegation.withdrawn { "no" } else { "yes" });
    let fields = (0..delegation.busy.len()).fold(fields, |f, at| f.with("busy", at.to_string()));
    delegation.languages.iter().fold(fields, |f, l| f.with("languages", l.code()))
}

fn page<'a>(req: &Req, edition: &'a Edition, delegation: &Delegation) -> Page<'a> {
    let t = req.t;
    let name = text::words(t, &delegation.name);
    let trail = vec![
        (home(edition), t.get("edition-nav-delegations")),
        (address(edition, delegation.id), name),
    ];
    Page { title: t.get("delegation-edit"), trail, edition: Some(edition), ..Page::default() }
}

fn view(req: &Req, draft: &Draft, old: &Delegation) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let busy: Vec<(String, String)> = (0..)
        .zip(&old.busy)
        .map(|(at, busy): (usize, _)| (at.to_string(), when::span(t.lang, busy.from, busy.until)))
        .collect();
    let attends = ["yes", "no"].map(|a| (a.to_owned(), t.get(&format!("delegation-attends-{a}"))));
    let fields = html! {
        (show.line("arrival", "delegation-arrival"))
        (show.line("departure", "delegation-departure"))
        (show.boxes("languages", "delegation-languages", &languages()))
        @if in_office(req) {
            (show.choice("rank", "delegation-rank", &ranks(t)))
            (show.input("number", "quota", "delegation-quota"))
            (show.choice("attends", "delegation-attends", &attends))
            @if !busy.is_empty() { (show.boxes("busy", "delegation-busy", &busy)) }
        }
    };
    show.form(&req.path, "delegation-save", &fields)
}

fn edit(req: &Req) -> Outcome {
    let found = own(req, Action::File)?;
    let draft = Draft::of(fields_of(&found.value).with("seen", found.version.to_string()));
    Ok(page(req, req.edition()?, &found.value).reply(req, &view(req, &draft, &found.value)))
}

fn read(req: &Req, edition: &Edition, draft: &mut Draft, old: &Delegation) -> Option<Delegation> {
    let arrival = draft.read("arrival", |raw| moment(edition, raw));
    let departure = draft.read("departure", |raw| moment(edition, raw));
    let languages = ticked(draft, "languages");
    let mut filed = old.clone();
    let (rank, quota) = if in_office(req) {
        let quota = draft.read("quota", |raw| clean::number(raw, 1, MOST_PEOPLE));
        filed.withdrawn = draft.typed.get("attends") == "no";
        let ticked = |at: usize| draft.typed.has("busy", &at.to_string());
        let kept = (0..).zip(&old.busy).filter(|(at, _)| ticked(*at));
        filed.busy = kept.map(|(_, busy)| *busy).collect();
        (draft.code("rank"), quota)
    } else {
        (Some(old.rank), Some(old.quota))
    };
    let delegation = Delegation {
        arrival: arrival?,
        departure: departure?,
        languages,
        rank: rank?,
        quota: quota?,
        ..filed
    };
    if let Err(refusal) = delegation.check() {
        draft.refuse("departure", refusal);
    }
    draft.is_sound().then_some(delegation)
}

fn save(req: &Req) -> Outcome {
    let (edition, old) = (req.edition()?, own(req, Action::File)?.value);
    let mut draft = Draft::of(req.form.clone());
    let Some(delegation) = read(req, edition, &mut draft, &old) else {
        return Ok(page(req, edition, &old).again(req, &view(req, &draft, &old)));
    };
    let seen = draft.seen();
    let saved = req.write(|c| {
        let saved = store::delegation::save(c, &delegation, seen)?;
        if matches!(saved, Saved::Stored(_)) {
            let event = req.event("delegation", delegation.id, "changed", json!({}));
            store::event::append(c, chance::id(), &event)?;
        }
        Ok(saved)
    })?;
    match saved {
        Saved::Stored(_) => Ok(Reply::See(address(edition, old.id))),
        Saved::Moved(now) => {
            let draft = draft.moved(fields_of(&now.value), now.version);
            Ok(page(req, edition, &old).again(req, &view(req, &draft, &old)))
        }
    }
}
