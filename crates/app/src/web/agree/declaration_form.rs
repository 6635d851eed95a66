//! Opening a text: what it is to become, its symbol, its languages and the rules of its procedure.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DelegationId, Lang, PersonId, Refusal,
    access::Action,
    city::Origin,
    clean,
    declaration::{Authority, Declaration},
    delegation::Delegation,
    dossier::{Dossier, DossierKind},
    edition::Edition,
    procedure::Rules,
    revision::Versioned,
};
use maud::{Markup, html};
use serde_json::json;

use super::declaration;
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, id},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// Who opens a text.
pub(super) const GATE: Gate = Gate::Secretariat(Action::Decide);

/// What can be opened here; the texts of instruments begin with their instrument.
const KINDS: [DossierKind; 2] = [DossierKind::Declaration, DossierKind::Consensus];
/// The houses whose rules can be chosen.
const HOUSES: [&str; 3] = ["house", "osce", "sco"];
/// Longest symbol, in characters.
const SYMBOL: usize = 40;
/// Longest silence that can be made the shortest one: 30 days.
const MOST_HOURS: i64 = 24 * 30;

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/declarations/new", GATE, blank),
        post("/editions/{edition}/declarations/new", GATE, create),
    ]
}

fn rules_of(house: &str) -> Option<Rules> {
    match house {
        "house" => Some(Rules::house()),
        "osce" => Some(Rules::osce()),
        "sco" => Some(Rules::sco()),
        _ => None,
    }
}

fn page<'a>(req: &Req, edition: &'a Edition) -> Page<'a> {
    let list = (declaration::home(edition.id), req.t.get("edition-nav-declarations"));
    let title = req.t.get("declaration-open");
    Page { title, trail: vec![list], edition: Some(edition), ..Page::default() }
}

fn parties(req: &Req) -> Result<Vec<Delegation>, Fault> {
    let edition = req.edition()?.id;
    let found = req.read(|c| store::delegation::of_edition(c, edition))?;
    let taking_part = |v: Versioned<Delegation>| (!v.value.withdrawn).then_some(v.value);
    Ok(found.into_iter().filter_map(taking_part).collect())
}

fn blank(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let mut typed = Fields::default().with("kind", KINDS[0].code()).with("house", HOUSES[0]);
    for lang in Lang::ALL {
        let authority = match lang {
            Lang::Zh | Lang::Ru => Authority::Authentic.code(),
            Lang::En => Authority::Translation.code(),
            Lang::Fa => "",
        };
        typed = typed.with(format!("authority.{lang}"), authority);
    }
    let draft = Draft::of(typed);
    Ok(page(req, edition).reply(req, &form(req, &draft, &parties(req)?)))
}

fn form(req: &Req, draft: &Draft, parties: &[Delegation]) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let kinds =
        KINDS.map(|k| (k.code().to_owned(), t.get(&format!("declaration-kind-{}", k.code()))));
    let authorities = |lang: Lang| {
        let none = (String::new(), t.get("declaration-authority-none"));
        let some = Authority::ALL
            .iter()
            .map(|a| (a.code().to_owned(), t.get(&format!("declaration-authority-{a}"))));
        let options: Vec<_> = std::iter::once(none).chain(some).collect();
        html! {
            div.tongue {
                @let name = format!("authority.{lang}");
                label for=(id(&name)) { bdi lang=(lang.tag()) { (lang.own_name()) } }
                (show.notes_among(&name, &options))
                select id=(id(&name)) name=(name) {
                    @for (value, shown) in &options {
                        option value=(value) selected[*value == draft.typed.get(&name)] { (shown) }
                    }
                }
            }
        }
    };
    let houses =
        HOUSES.map(|house| (house.to_owned(), t.get(&format!("declaration-rules-{house}"))));
    let signing: Vec<_> = parties
        .iter()
        .map(|delegation| (delegation.id.to_string(), text::words(t, &delegation.name)))
        .collect();
    let exercise = [("yes".to_owned(), t.get("declaration-exercise-yes"))];
    let always = req.edition().is_ok_and(|e| e.origin == Origin::Demonstration);
    let fields = html! {
        (show.choice("kind", "declaration-kind", &kinds))
        (show.text("title", "declaration-title", false))
        (show.line("symbol", "declaration-symbol"))
        fieldset.field.tongues {
            legend { (t.get("declaration-languages")) }
            p.hint { (t.get("declaration-languages-hint")) }
            @for lang in Lang::ALL { (authorities(lang)) }
        }
        (show.choice("house", "declaration-rules", &houses))
        (show.input("number", "hours", "declaration-hours"))
        @if !signing.is_empty() { (show.boxes("party", "declaration-parties", &signing)) }
        @if always { p.hint { (t.get("declaration-exercise-always")) } }
        @else { (show.boxes("exercise", "declaration-exercise", &exercise)) }
    };
    show.form(&req.path, "declaration-open-button", &fields)
}

fn languages(draft: &mut Draft) -> Option<BTreeMap<Lang, Authority>> {
    let mut languages = BTreeMap::new();
    for lang in Lang::ALL {
        let name = format!("authority.{lang}");
        if !draft.typed.get(&name).is_empty() {
            languages.insert(lang, draft.code(&name)?);
        }
    }
    // The text's own rule says what is too few.
    if let Err(refusal) = Declaration::new(languages.clone()) {
        draft.refuse("authority.zh", refusal);
        return None;
    }
    Some(languages)
}

/// The symbol as it was typed.
pub(super) fn symbol(raw: &str) -> Result<String, Refusal> {
    let line = clean::required_line(raw)?;
    let have = line.chars().count();
    if have > SYMBOL {
        return Err(Refusal::new("too-long").with("most", SYMBOL).with("have", have));
    }
    Ok(line)
}

/// The dossier that was typed, opened by somebody now.
fn read(
    req: &Req,
    edition: &Edition,
    by: PersonId,
    draft: &mut Draft,
    parties: &[Delegation],
) -> Option<Dossier> {
    let kind = draft.read("kind", |raw| {
        let kind = raw.parse().ok().filter(|kind| KINDS.contains(kind));
        kind.ok_or_else(|| Refusal::new("choose"))
    });
    let title = draft.text("title", clean::line);
    let symbol = draft.read("symbol", symbol);
    let languages = languages(draft);
    let rules = draft.read("house", |raw| rules_of(raw).ok_or_else(|| Refusal::new("choose")));
    let hours = draft.read("hours", |raw| match raw.trim() {
        "" => Ok(None),
        raw => clean::number(raw, 1, MOST_HOURS).map(Some),
    });
    let known = |raw: &str| {
        let id: Option<DelegationId> = raw.parse().ok();
        id.filter(|id| parties.iter().any(|delegation| delegation.id == *id))
    };
    let signing: Option<BTreeSet<DelegationId>> = draft.typed.all("party").map(known).collect();
    if signing.is_none() {
        draft.refuse("party", Refusal::new("choose"));
    }
    let mut rules = rules?;
    rules.least_hours = hours?.unwrap_or(rules.least_hours);
    let exercise = draft.typed.has("exercise", "yes") || edition.origin == Origin::Demonstration;
    Some(Dossier {
        id: chance::id(),
        edition: edition.id,
        kind: kind?,
        title: title?,
        symbol: symbol?,
        languages: languages?,
        rules,
        parties: signing?,
        officers: BTreeSet::new(),
        settled: None,
        exercise,
        opened: req.now,
        by,
    })
}

fn create(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let parties = parties(req)?;
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let mut draft = Draft::of(req.form.clone());
    let Some(dossier) = read(req, edition, by, &mut draft, &parties) else {
        return Ok(page(req, edition).again(req, &form(req, &draft, &parties)));
    };
    req.write(|c| {
        store::dossier::insert(c, &dossier)?;
        let event = req.event("declaration", dossier.id, "opened", json!({}));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(format!("{}/{}", declaration::home(edition.id), dossier.id)))
}
