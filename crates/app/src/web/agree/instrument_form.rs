//! Opening an instrument and changing its draft: what it is, who its parties are, in which languages.

use domain::{
    DelegationId, Lang, Refusal,
    access::Action,
    city::Origin,
    clean,
    delegation::{self, Delegation},
    instrument::{
        Ceremony, Instrument, InstrumentKind, MOST_ORIGINALS, Party, PartyKind, Stage, Words,
    },
    revision::Saved,
};
use maud::{Markup, html};
use serde_json::json;

use super::instrument::{Opened, home, kind_name};
use crate::{
    chance,
    web::{
        convene::delegation::ordered,
        fields::Fields,
        form::{Draft, Show, act, text_fields},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// Who may open one: contacts for their own delegations, and the office.
pub const GATE: Gate = Gate::Participants(Action::File);

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let parties = "/editions/{edition}/instruments/{instrument}/parties";
    vec![
        get("/editions/{edition}/instruments/new", GATE, blank),
        post("/editions/{edition}/instruments/new", GATE, create),
        get("/editions/{edition}/instruments/{instrument}/edit", GATE, edit),
        post("/editions/{edition}/instruments/{instrument}/edit", GATE, save),
        get(parties, GATE, party),
        post(parties, GATE, add),
        post("/editions/{edition}/instruments/{instrument}/parties/{party}/remove", GATE, remove),
    ]
}

fn languages(draft: &mut Draft) -> Option<Vec<Lang>> {
    let mut chosen: Vec<Lang> =
        draft.typed.all("languages").filter_map(|raw| raw.parse().ok()).collect();
    chosen.sort_unstable();
    chosen.dedup();
    if chosen.is_empty() {
        draft.refuse("languages", Refusal::new("instrument-languages"));
    }
    (!chosen.is_empty()).then_some(chosen)
}

fn originals(draft: &mut Draft) -> Option<u32> {
    let read = |raw: &str| clean::number(raw, 1, i64::from(MOST_ORIGINALS));
    draft.read("originals", read).and_then(|n| u32::try_from(n).ok())
}

/// Puts a refusal beside the field that it is about.
fn refuse(draft: &mut Draft, refusal: Refusal) {
    let field = match refusal.code.strip_prefix("instrument-") {
        Some("originals") => "originals",
        Some("languages") => "languages",
        Some("cities-only") => "kind",
        _ => "parties",
    };
    draft.refuse(field, refusal);
}

/// The party that a delegation is.
fn party_of(delegation: &Delegation, languages: &[Lang]) -> Party {
    let own = delegation.languages.iter().find(|lang| languages.contains(lang));
    let lang = own.or(languages.first()).copied().unwrap_or(Lang::Zh);
    let (kind, city) = match delegation.party {
        delegation::Party::City(city) => (PartyKind::City, Some(city)),
        delegation::Party::Body(_) => (PartyKind::University, None),
    };
    let party = Party::new(kind, delegation.name.clone(), lang);
    Party { delegation: Some(delegation.id), city, ..party }
}

fn kinds(req: &Req) -> Vec<(String, String)> {
    InstrumentKind::ALL.iter().map(|k| (k.code().to_owned(), kind_name(req, *k))).collect()
}

/// The fields that a new instrument and its draft share.
fn common(req: &Req, show: &Show<'_>) -> Markup {
    let tongues = Lang::ALL.map(|lang| (lang.code().to_owned(), lang.own_name().to_owned()));
    html! {
        (show.choice("kind", "instrument-kind", &kinds(req)))
        (show.text("title", "instrument-title", false))
        (show.boxes("languages", "instrument-languages", &tongues))
        (show.input("number", "originals", "instrument-originals"))
    }
}

fn opening(req: &Req, draft: &Draft, delegations: &[Delegation]) -> Markup {
    let show = Show::new(req, draft);
    let name = |d: &Delegation| (d.id.to_string(), text::words(req.t, &d.name));
    let parties: Vec<_> = delegations.iter().filter(|d| !d.withdrawn).map(name).collect();
    let fields = html! {
        (common(req, &show))
        (show.boxes("parties", "instrument-parties", &parties))
        p.hint { (req.t.get("instrument-confidential")) }
    };
    show.form(&req.path, "instrument-open", &fields)
}

fn page<'a>(req: &'a Req, title: &str) -> Result<Page<'a>, Fault> {
    let edition = req.edition()?;
    let trail = vec![(home(edition), req.t.get("edition-nav-instruments"))];
    Ok(Page { title: req.t.get(title), trail, edition: Some(edition), ..Page::default() })
}

fn blank(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let delegations = req.read(|c| ordered(c, edition))?;
    let mut typed = Fields::default()
        .with("kind", InstrumentKind::Memorandum.code())
        .with("languages", Lang::Zh.code())
        .with("languages", Lang::Ru.code())
        .with("originals", "2");
    for own in req.actor.speaks_for(edition.id) {
        typed = typed.with("parties", own.to_string());
    }
    let body = opening(req, &Draft::of(typed), &delegations);
    Ok(page(req, "instrument-open")?.reply(req, &body))
}

/// The parties that were ticked, in the declared order.
fn chosen(draft: &mut Draft, delegations: &[Delegation], langs: &[Lang]) -> Vec<Party> {
    let ticked: Vec<Option<DelegationId>> =
        draft.typed.all("parties").map(|raw| raw.parse().ok()).collect();
    let known = |id: &Option<DelegationId>| delegations.iter().any(|d| Some(d.id) == *id);
    if ticked.is_empty() || !ticked.iter().all(known) {
        draft.refuse("parties", Refusal::new("choose"));
    }
    let mine = delegations.iter().filter(|d| ticked.contains(&Some(d.id)));
    mine.map(|d| party_of(d, langs)).collect()
}

fn create(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let delegations = req.read(|c| ordered(c, edition))?;
    let mut draft = Draft::of(req.form.clone());
    let kind = draft.code::<InstrumentKind>("kind");
    let title = draft.text("title", clean::line);
    let langs = languages(&mut draft);
    let count = originals(&mut draft);
    let parties = chosen(&mut draft, &delegations, langs.as_deref().unwrap_or_default());
    let read = (kind, title, langs, count, req.actor.person, draft.is_sound());
    if let (Some(kind), Some(title), Some(languages), Some(originals), Some(by), true) = read {
        let instrument = Instrument {
            id: chance::id(),
            edition: edition.id,
            kind,
            title,
            parties,
            languages,
            words: Words::None,
            originals,
            witnesses: Vec::new(),
            flags: false,
            ceremony: Ceremony::default(),
            stage: Stage::Draft,
            exercise: edition.origin == Origin::Demonstration,
            opened: req.now,
            by,
        };
        // A contact opens what its own delegation is a party to.
        if !req.may(Action::File, &instrument.inner(edition)) {
            draft.refuse("parties", Refusal::new("instrument-own-party"));
        } else if let Err(refusal) = instrument.check() {
            refuse(&mut draft, refusal);
        } else {
            req.write(|c| {
                store::instrument::insert(c, &instrument)?;
                let event = req.event("instrument", instrument.id, "opened", json!({}));
                store::event::append(c, chance::id(), &event)
            })?;
            return Ok(Reply::See(format!("{}/{}", home(edition), instrument.id)));
        }
    }
    Ok(page(req, "instrument-open")?.again(req, &opening(req, &draft, &delegations)))
}

fn fields_of(instrument: &Instrument) -> Fields {
    let fields = text_fields(Fields::default(), "title", Some(&instrument.title))
        .with("kind", instrument.kind.code())
        .with("originals", instrument.originals.to_string());
    instrument.languages.iter().fold(fields, |f, lang| f.with("languages", lang.code()))
}

/// The instrument of the path while its parties and languages may still change.
fn draft_of(req: &Req) -> Result<Opened<'_>, Fault> {
    let opened = Opened::inner(req, Action::File)?;
    match opened.value().stage {
        Stage::Draft => Ok(opened),
        _ => Err(Refusal::new("instrument-cleared").into()),
    }
}

fn editing(req: &Req, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    show.form(&req.path, "instrument-save", &common(req, &show))
}

fn edit(req: &Req) -> Outcome {
    let opened = draft_of(req)?;
    let draft = Draft::of(fields_of(opened.value())).seeing(opened.found.version);
    let page = opened.below(req, req.t.get("instrument-edit"));
    Ok(page.reply(req, &editing(req, &draft)))
}

fn save(req: &Req) -> Outcome {
    let opened = draft_of(req)?;
    let mut draft = Draft::of(req.form.clone());
    let kind = draft.code::<InstrumentKind>("kind");
    let title = draft.text("title", clean::line);
    let langs = languages(&mut draft);
    let count = originals(&mut draft);
    let read = (kind, title, langs, count, draft.is_sound());
    if let (Some(kind), Some(title), Some(languages), Some(originals), true) = read {
        let title = opened.value().title.revised(&title);
        let new = Instrument { kind, title, languages, originals, ..opened.value().clone() };
        match new.check() {
            Err(refusal) => refuse(&mut draft, refusal),
            Ok(()) => match stored(req, &new, draft.seen())? {
                Saved::Stored(_) => return Ok(Reply::See(opened.address())),
                Saved::Moved(now) => draft = draft.moved(fields_of(&now.value), now.version),
            },
        }
    }
    let page = opened.below(req, req.t.get("instrument-edit"));
    Ok(page.again(req, &editing(req, &draft)))
}

fn stored(req: &Req, new: &Instrument, seen: i32) -> Result<Saved<Instrument>, Fault> {
    req.write(|c| {
        let saved = store::instrument::save(c, new, seen)?;
        if matches!(saved, Saved::Stored(_)) {
            let event = req.event("instrument", new.id, "changed", json!({}));
            store::event::append(c, chance::id(), &event)?;
        }
        Ok(saved)
    })
}

fn party_form(req: &Req, opened: &Opened<'_>, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let kind = |k: &PartyKind| (k.code().to_owned(), t.get(&format!("instrument-party-{k}")));
    let kinds: Vec<_> = PartyKind::ALL.iter().map(kind).collect();
    let tongue = |l: &Lang| (l.code().to_owned(), l.own_name().to_owned());
    let tongues: Vec<_> = opened.value().languages.iter().map(tongue).collect();
    let name = |d: &Delegation| (d.id.to_string(), text::words(t, &d.name));
    let mut through = vec![(String::new(), t.get("instrument-through-nobody"))];
    through.extend(opened.delegations.iter().filter(|d| !d.withdrawn).map(name));
    let fields = html! {
        (show.choice("kind", "instrument-party-kind", &kinds))
        (show.text("name", "instrument-party-name", false))
        (show.choice("lang", "instrument-party-lang", &tongues))
        (show.choice("through", "instrument-through", &through))
    };
    show.form(&req.path, "instrument-party-add", &fields)
}

fn party(req: &Req) -> Outcome {
    let opened = draft_of(req)?;
    let draft = Draft::of(Fields::default().with("kind", PartyKind::Firm.code()));
    let body = html! {
        (party_form(req, &opened, &draft))
        (listed(req, &opened))
    };
    Ok(opened.below(req, req.t.get("instrument-party-new")).reply(req, &body))
}

/// The parties that there are, each with the button that takes it out.
fn listed(req: &Req, opened: &Opened<'_>) -> Markup {
    let (t, seen) = (req.t, opened.found.version.to_string());
    html! {
        h2 { (t.get("instrument-parties")) }
        ul {
            @for (n, party) in (1_usize..).zip(&opened.value().parties) {
                @let address = format!("{}/parties/{n}/remove", opened.address());
                li {
                    (text::text(t, &party.name)) " "
                    (act(&address, &t.get("instrument-party-remove"), "link", &[("seen", &seen)]))
                }
            }
        }
    }
}

fn add(req: &Req) -> Outcome {
    let opened = draft_of(req)?;
    let mut draft = Draft::of(req.form.clone());
    let kind = draft.code::<PartyKind>("kind");
    let name = draft.text("name", clean::line);
    let lang = draft.read("lang", |raw| {
        let lang = raw.parse().ok().filter(|lang| opened.value().languages.contains(lang));
        lang.ok_or_else(|| Refusal::new("choose"))
    });
    let through = draft.read("through", |raw| match raw {
        "" => Ok(None),
        raw => {
            let id = raw.parse().ok();
            let known = opened.delegations.iter().find(|d| Some(d.id) == id);
            known.map(Some).ok_or_else(|| Refusal::new("choose"))
        }
    });
    let read = (kind, name, lang, through);
    if let (Some(kind), Some(name), Some(lang), Some(through)) = read {
        let delegation = through.map(|d| d.id);
        let party = Party { delegation, ..Party::new(kind, name, lang) };
        let added = req.write(|c| {
            let mut now = store::instrument::need(c, opened.value().id)?;
            if now.value.stage != Stage::Draft {
                return Err(Refusal::new("instrument-cleared").into());
            }
            now.value.parties.push(party.clone());
            let least = u32::try_from(now.value.parties.len()).unwrap_or(u32::MAX);
            now.value.originals = now.value.originals.max(least);
            if let Err(refusal) = now.value.check() {
                return Ok(Some(refusal));
            }
            opened.keep(req, c, &now, ("party-added", &json!({})))?;
            Ok(None)
        })?;
        match added {
            None => return Ok(Reply::See(opened.address())),
            Some(refusal) => draft.refuse("kind", refusal),
        }
    }
    let body = html! { (party_form(req, &opened, &draft)) (listed(req, &opened)) };
    Ok(opened.below(req, req.t.get("instrument-party-new")).again(req, &body))
}

fn remove(req: &Req) -> Outcome {
    let opened = draft_of(req)?;
    let (at, _) = opened.party(req)?;
    opened.unmoved(req)?;
    req.write(|c| {
        let mut now = store::instrument::need(c, opened.value().id)?;
        if now.version != opened.found.version {
            return Err(Refusal::new("instrument-changed").into());
        }
        now.value.parties.remove(at);
        // A contact that takes its own delegation out would no longer see what it has done.
        let object = now.value.inner(opened.edition);
        if !req.may(Action::File, &object) {
            return Err(Refusal::new("instrument-own-party").into());
        }
        opened.keep(req, c, &now, ("party-removed", &json!({})))
    })?;
    Ok(Reply::See(format!("{}/parties", opened.address())))
}
