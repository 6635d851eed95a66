//! The register's own forms: a city's names and place, and what it is known for.

use domain::{
    Lang, Refusal,
    city::{City, Origin, State, Trait, TraitKind},
    city_row, clean,
    revision::{Saved, Versioned},
};
use maud::{Markup, html};
use outputs::sheet::Cell;
use serde_json::json;

use super::city::{self, EDITORS};
use crate::{
    chance,
    i18n::Messages,
    web::{
        fields::Fields,
        form::{Draft, Show, act, text_fields},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Route, get, post},
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/cities/new", EDITORS, new),
        post("/cities/new", EDITORS, add),
        get("/cities/{city}/edit", EDITORS, ask),
        post("/cities/{city}/edit", EDITORS, change),
        get("/cities/{city}/traits", EDITORS, traits),
        post("/cities/{city}/traits", EDITORS, add_trait),
        post("/cities/{city}/traits/remove", EDITORS, remove_trait),
    ]
}

/// What is written while a demonstration runs is no fact, even about a real city.
pub(super) fn origin(req: &Req) -> Origin {
    if req.app.config.demo { Origin::Demonstration } else { Origin::Fact }
}

/// A city as the cells of a list, numbers as numbers.
pub(super) fn cells(city: &City) -> Vec<Cell> {
    let mut row = city_row::write(city);
    let cells = city_row::KEYS.iter().map(|key| match *key {
        "geonames_id" => city.geonames.into(),
        "population" => city.population.into(),
        "north" => city.position.map(|p| p[0]).into(),
        "east" => city.position.map(|p| p[1]).into(),
        key => row.remove(key).unwrap_or_default().into(),
    });
    cells.collect()
}

pub(super) fn blank(req: &Req) -> City {
    City {
        id: chance::id(),
        geonames: None,
        iso2: None,
        name: domain::Text::new(Lang::Zh, ""),
        local: None,
        position: None,
        population: None,
        zone: String::new(),
        traits: Vec::new(),
        origin: origin(req),
    }
}

fn fields_of(city: &City) -> Fields {
    let mut fields = text_fields(Fields::default(), "name", Some(&city.name));
    fields = fields.with("name.fa", city.name.get(Lang::Fa).unwrap_or_default());
    let row = city_row::write(city);
    for key in ["iso2", "local_lang", "local_name", "north", "east", "population", "zone"] {
        fields = fields.with(key, row.get(key).cloned().unwrap_or_default());
    }
    fields
}

/// Reads the form over a city; `None` when something was wrong.
fn read(draft: &mut Draft, before: &City, states: &[State]) -> Option<City> {
    let mut name = draft.text("name", clean::line);
    let persian = draft.read("name.fa", clean::line);
    if let Some(persian) = persian.filter(|p| !p.is_empty()) {
        name = name.map(|name| name.and(Lang::Fa, persian));
    }
    let typed = |key: &str| Some((key.to_owned(), draft.typed.get(key).to_owned()));
    let keys = ["iso2", "local_lang", "local_name", "north", "east", "population", "zone"];
    let mut row: std::collections::BTreeMap<String, String> =
        keys.into_iter().filter_map(typed).collect();
    let named = name.clone().unwrap_or_else(|| domain::Text::new(Lang::En, "-"));
    for (lang, key) in Lang::ALL.into_iter().zip(["name_zh", "name_ru", "name_en", "name_fa"]) {
        row.insert(key.to_owned(), named.get(lang).unwrap_or_default().to_owned());
    }
    let codes: Vec<String> = states.iter().map(|s| s.iso2.clone()).collect();
    match city_row::read(&row, before, &codes) {
        Ok(city) => name.filter(|_| draft.is_sound()).map(|_| city),
        Err(refused) => {
            refused.0.into_iter().for_each(|(field, refusal)| draft.refuse(&field, refusal));
            None
        }
    }
}

fn form(req: &Req, draft: &Draft, action: &str, states: &[State]) -> Markup {
    let t = req.t;
    let show = Show::new(req, draft);
    let mut named: Vec<(String, String)> =
        states.iter().map(|s| (s.iso2.clone(), s.name.label(t.lang).text.to_owned())).collect();
    named.insert(0, (String::new(), t.get("city-no-state")));
    show.form(
        action,
        "city-save",
        &html! {
            (show.text("name", "city-name", false))
            (show.tongue("name.fa", Lang::Fa, false))
            (show.line("local_name", "city-local"))
            (show.line("local_lang", "city-local-lang"))
            (show.choice("iso2", "city-state", &named))
            (show.input("text", "population", "city-population"))
            (show.line("zone", "city-zone"))
            (show.line("north", "city-north"))
            (show.line("east", "city-east"))
        },
    )
}

fn page<'a>(t: Messages, title: &str, city: Option<&City>) -> Page<'a> {
    let mut trail = vec![("/cities".to_owned(), t.get("nav-cities"))];
    trail.extend(city.map(|c| (format!("/cities/{}", c.id), city::plain_name(t, c))));
    Page { title: t.get(title), trail, ..Page::default() }
}

fn new(req: &Req) -> Outcome {
    let states = req.read(store::state::all)?;
    let draft = Draft::of(fields_of(&blank(req)));
    Ok(page(req.t, "city-new", None).reply(req, &form(req, &draft, "/cities/new", &states)))
}

fn add(req: &Req) -> Outcome {
    let states = req.read(store::state::all)?;
    let mut draft = Draft::of(req.form.clone());
    let Some(city) = read(&mut draft, &blank(req), &states) else {
        let form = form(req, &draft, "/cities/new", &states);
        return Ok(page(req.t, "city-new", None).again(req, &form));
    };
    req.write(|c| {
        store::city::insert(c, &city)?;
        let event = req.event("city", city.id, "added", json!({ "name": city.name }));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(format!("/cities/{}", city.id)))
}

fn stored(req: &Req) -> Result<(Versioned<City>, Vec<State>), Fault> {
    let id = req.param("city")?;
    req.read(|c| Ok((store::city::need(c, id)?, store::state::all(c)?)))
}

fn seen(fields: Fields, version: i32) -> Draft {
    Draft::of(fields.with("seen", version.to_string()))
}

fn ask(req: &Req) -> Outcome {
    let (city, states) = stored(req)?;
    let draft = seen(fields_of(&city.value), city.version);
    let form = form(req, &draft, &req.path, &states);
    Ok(page(req.t, "city-edit", Some(&city.value)).reply(req, &form))
}

fn change(req: &Req) -> Outcome {
    let (before, states) = stored(req)?;
    let mut draft = Draft::of(req.form.clone());
    let Some(mut city) = read(&mut draft, &before.value, &states) else {
        let form = form(req, &draft, &req.path, &states);
        return Ok(page(req.t, "city-edit", Some(&before.value)).again(req, &form));
    };
    let told = city_row::differences(&before.value, &city);
    if !told.is_empty() {
        city.origin = origin(req);
    }
    let saved = req.write(|c| save(req, c, &city, draft.seen(), &told))?;
    let Saved::Moved(now) = saved else {
        return Ok(Reply::See(format!("/cities/{}", city.id)));
    };
    let draft = draft.moved(fields_of(&now.value), now.version);
    let form = form(req, &draft, &req.path, &states);
    Ok(page(req.t, "city-edit", Some(&now.value)).again(req, &form))
}

fn save(
    req: &Req,
    c: &mut store::Conn,
    city: &City,
    seen: i32,
    told: &impl serde::Serialize,
) -> store::Result<Saved<City>> {
    let saved = store::city::save(c, city, seen)?;
    if let Saved::Stored(_) = saved {
        let event = req.event("city", city.id, "changed", json!(told));
        store::event::append(c, chance::id(), &event)?;
    }
    Ok(saved)
}

fn traits(req: &Req) -> Outcome {
    let (city, _) = stored(req)?;
    let draft = seen(text_fields(Fields::default(), "source", None), city.version);
    let body = traits_form(req, &draft, &city);
    Ok(page(req.t, "city-edit-traits", Some(&city.value)).reply(req, &body))
}

fn traits_form(req: &Req, draft: &Draft, city: &Versioned<City>) -> Markup {
    let t = req.t;
    let show = Show::new(req, draft);
    let version = city.version.to_string();
    let kinds: Vec<(String, String)> = TraitKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), t.get(&city::trait_key(*kind))))
        .collect();
    html! {
        ul {
            @for (n, known) in city.value.traits.iter().enumerate() {
                @let (n, kind) = (n.to_string(), t.get(&city::trait_key(known.kind)));
                li {
                    (kind) " " bdi { (known.year) } " · " (city::label(t, &known.source)) " "
                    (act(&format!("{}/remove", address(&city.value)),
                         &t.with("city-trait-remove", &[("kind", kind.as_str().into())]), "link",
                         &[("n", &n), ("seen", &version)]))
                }
            }
        }
        (show.form(&address(&city.value), "city-trait-add", &html! {
            (show.choice("kind", "city-trait", &kinds))
            (show.line("year", "city-year"))
            (show.text("source", "city-trait-source", false))
        }))
    }
}

fn address(city: &City) -> String {
    format!("/cities/{}/traits", city.id)
}

/// A year of four digits, or nothing.
fn year(raw: &str) -> Result<String, Refusal> {
    match clean::line(raw)?.as_str() {
        "" => Ok(String::new()),
        year => clean::number(year, 1000, 2999).map(|year| year.to_string()),
    }
}

fn add_trait(req: &Req) -> Outcome {
    let (before, _) = stored(req)?;
    let mut draft = Draft::of(req.form.clone());
    let kind = draft.code::<TraitKind>("kind");
    let year = draft.read("year", year);
    let source = draft.text("source", clean::line);
    let (Some(kind), Some(year), Some(source)) = (kind, year, source) else {
        let body = traits_form(req, &draft, &before);
        return Ok(page(req.t, "city-edit-traits", Some(&before.value)).again(req, &body));
    };
    let mut city = before.value;
    city.traits.push(Trait { kind, year, source });
    save_traits(req, city, draft)
}

fn remove_trait(req: &Req) -> Outcome {
    let (before, _) = stored(req)?;
    let draft = Draft::of(req.form.clone());
    let mut city = before.value;
    let n = req.form.get("n").parse().unwrap_or(usize::MAX);
    if before.version == draft.seen() && n < city.traits.len() {
        city.traits.remove(n);
    }
    save_traits(req, city, draft)
}

/// Stores the traits, or shows what stands now and keeps what was typed.
fn save_traits(req: &Req, mut city: City, draft: Draft) -> Outcome {
    city.origin = origin(req);
    let saved = req.write(|c| save(req, c, &city, draft.seen(), &city.traits))?;
    let Saved::Moved(now) = saved else {
        return Ok(Reply::See(address(&city)));
    };
    let typed = draft.typed.clone();
    let body = traits_form(req, &draft.moved(typed, now.version), &now);
    Ok(page(req.t, "city-edit-traits", Some(&now.value)).again(req, &body))
}

#[cfg(test)]
mod tests {
    use super::year;

    #[test]
    fn years() {
        assert_eq!(year(" 2018 ").unwrap(), "2018");
        assert_eq!(year("").unwrap(), "");
        assert!(year("18").is_err() && year("last year").is_err());
    }
}
