//! Opening an edition and changing it.

use domain::{
    FieldRefusals, Lang, Refusal, SeriesId, Text,
    access::Action,
    city::{City, Origin},
    clean,
    edition::{Edition, Mode, Series},
    precedence::{Among, Precedence},
    revision::{Saved, Versioned},
};
use maud::{Markup, html};
use serde_json::json;

use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, id, text_fields},
        layout::Page,
        network::city_pick::CityPick,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// Most lines of the letterhead.
const INITIATORS: usize = 8;

const GATE: Gate = Gate::Secretariat(Action::Decide);

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/new", GATE, blank),
        post("/editions/new", GATE, open),
        get("/editions/{edition}/edit", GATE, edit),
        post("/editions/{edition}/edit", GATE, save),
    ]
}

/// What the form chooses from.
struct Known {
    series: Vec<Versioned<Series>>,
    cities: CityPick,
}

fn known(req: &Req) -> Result<Known, Fault> {
    req.read(|c| Ok(Known { series: store::series::all(c)?, cities: CityPick::load(c)? }))
}

fn blank(req: &Req) -> Outcome {
    let known = known(req)?;
    let series = known.series.last().map_or("new".to_owned(), |s| s.value.id.to_string());
    let draft = Draft::of(
        Fields::default()
            .with("series", series)
            .with("mode", Mode::InPerson.code())
            .with("languages", Lang::Zh.code())
            .with("languages", Lang::Ru.code())
            .with("languages", Lang::En.code())
            .with("order", Lang::Ru.code()),
    );
    Ok(new_page(req).reply(req, &form(req, &draft, &known, "/editions/new", true)))
}

fn new_page<'a>(req: &Req) -> Page<'a> {
    Page {
        title: req.t.get("edition-open"),
        trail: vec![("/editions".to_owned(), req.t.get("nav-editions"))],
        demonstration: req.app.config.demo,
        ..Page::default()
    }
}

fn open(req: &Req) -> Outcome {
    let known = known(req)?;
    let mut draft = Draft::of(req.form.clone());
    let series = read_series(&mut draft, &known);
    let edition = read(req, &mut draft, &known, None)?;
    let (Some(series), Some(mut edition), true) = (series, edition, draft.is_sound()) else {
        return Ok(new_page(req).again(req, &form(req, &draft, &known, "/editions/new", true)));
    };
    edition.series = series.id;
    let known_series = known.series.iter().any(|s| s.value.id == series.id);
    req.write(|c| {
        if !known_series {
            store::series::insert(c, &series)?;
        }
        store::edition::insert(c, &edition)?;
        let mut event = req.event("edition", edition.id, "opened", json!({}));
        event.edition = Some(edition.id);
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(format!("/editions/{}", edition.id)))
}

fn edit(req: &Req) -> Outcome {
    let known = known(req)?;
    let now = req.edition.as_ref().ok_or(Fault::Missing)?;
    let draft = Draft::of(fields_of(req, &now.value, &known)).seeing(now.version);
    let page = edit_page(req, &now.value);
    Ok(page.reply(req, &form(req, &draft, &known, &req.path, false)))
}

fn edit_page<'a>(req: &Req, edition: &'a Edition) -> Page<'a> {
    let home = (format!("/editions/{}", edition.id), text::words(req.t, &edition.title));
    Page {
        title: req.t.get("edition-edit"),
        trail: vec![("/editions".to_owned(), req.t.get("nav-editions")), home],
        edition: Some(edition),
        ..Page::default()
    }
}

fn save(req: &Req) -> Outcome {
    let known = known(req)?;
    let old = req.edition()?;
    let mut draft = Draft::of(req.form.clone());
    if let (Some(edition), true) = (read(req, &mut draft, &known, Some(old))?, draft.is_sound()) {
        let saved = req.write(|c| {
            let saved = store::edition::save(c, &edition, draft.seen())?;
            if matches!(saved, Saved::Stored(_)) {
                let event = req.event("edition", edition.id, "changed", json!({}));
                store::event::append(c, chance::id(), &event)?;
            }
            Ok(saved)
        })?;
        match saved {
            Saved::Stored(_) => return Ok(Reply::See(format!("/editions/{}", old.id))),
            Saved::Moved(now) => {
                draft = draft.moved(fields_of(req, &now.value, &known), now.version);
            }
        }
    }
    Ok(edit_page(req, old).again(req, &form(req, &draft, &known, &req.path, false)))
}

fn read_series(draft: &mut Draft, known: &Known) -> Option<Series> {
    if draft.typed.get("series") == "new" {
        let name = draft.text("series_name", clean::line)?;
        return Some(Series { id: chance::id(), name });
    }
    let id: SeriesId = draft.code("series")?;
    let found = known.series.iter().find(|s| s.value.id == id).map(|s| s.value.clone());
    if found.is_none() {
        draft.refuse("series", Refusal::new("choose"));
    }
    found
}

/// Reads the form into an edition; what it does not ask is taken from `old`.
fn read(
    req: &Req,
    draft: &mut Draft,
    known: &Known,
    old: Option<&Edition>,
) -> Result<Option<Edition>, Fault> {
    let title = draft.text("title", clean::line);
    let host = draft.read("host", |raw| known.cities.find(req.lang(), raw));
    let mode: Option<Mode> = draft.code("mode");
    let first_day = draft.read("first_day", clean::day);
    let last_day = draft.read("last_day", clean::day);
    let initiators = read_initiators(draft, old);
    let languages: Vec<Lang> =
        Lang::ALL.into_iter().filter(|l| draft.typed.has("languages", l.code())).collect();
    let among = read_order(draft, old);
    let city = match host {
        Some(host) => Some(req.read(|c| store::city::need(c, host))?.value),
        None => None,
    };
    let zone = city.as_ref().and_then(|city| draft.read("zone", |raw| zone_or(raw, city)));
    let edition = (|| {
        Some(Edition {
            id: old.map_or_else(chance::id, |o| o.id),
            series: old.map_or_else(chance::id, |o| o.series),
            title: revised(old.map(|o| &o.title), &title?),
            host: host?,
            mode: mode?,
            zone: zone?,
            first_day: first_day?,
            last_day: last_day?,
            initiators: initiators?,
            languages,
            precedence: Precedence {
                among: among?,
                overrides: old.map(|o| o.precedence.overrides.clone()).unwrap_or_default(),
            },
            call: old.and_then(|o| o.call.clone()),
            origin: old.map_or_else(|| origin(req, city.as_ref()), |o| o.origin),
        })
    })();
    if let Some(Err(refused)) = edition.as_ref().map(Edition::check) {
        note(draft, refused);
    }
    Ok(edition)
}

/// Notes refusals of the whole beside the fields that they are about.
fn note(draft: &mut Draft, refused: FieldRefusals) {
    for (field, refusal) in refused.0 {
        let field = if field == "initiators" { "initiators.0.zh" } else { &field };
        draft.refuse(field, refusal);
    }
}

/// The host's own zone when none was typed.
fn zone_or(raw: &str, host: &City) -> Result<String, Refusal> {
    let typed = clean::line(raw)?;
    Ok(if typed.is_empty() { host.zone.clone() } else { typed })
}

/// In the demonstration, and at an invented host, everything is an exercise.
fn origin(req: &Req, host: Option<&City>) -> Origin {
    let invented = host.is_some_and(|city| city.origin == Origin::Demonstration);
    if req.app.config.demo || invented { Origin::Demonstration } else { Origin::Fact }
}

fn revised(old: Option<&Text>, new: &Text) -> Text {
    old.map_or_else(|| new.clone(), |old| old.revised(new))
}

fn typed_lines(draft: &Draft) -> Vec<usize> {
    let typed = |i: &usize| {
        let given = |l: &Lang| !draft.typed.get(&format!("initiators.{i}.{l}")).trim().is_empty();
        Lang::COMPLETE.iter().any(given)
    };
    (0..INITIATORS).filter(typed).collect()
}

fn read_initiators(draft: &mut Draft, old: Option<&Edition>) -> Option<Vec<Text>> {
    let mut lines = Vec::new();
    for i in typed_lines(draft) {
        let line = draft.text(&format!("initiators.{i}"), clean::line)?;
        lines.push(revised(old.and_then(|o| o.initiators.get(i)), &line));
    }
    Some(lines)
}

fn read_order(draft: &mut Draft, old: Option<&Edition>) -> Option<Among> {
    if draft.typed.get("order") == "lots" {
        return Some(match old.map(|o| &o.precedence.among) {
            Some(Among::Lots { drawn }) => Among::Lots { drawn: drawn.clone() },
            _ => Among::Lots { drawn: Vec::new() },
        });
    }
    let lang = draft.read("order", |raw| {
        Lang::COMPLETE.into_iter().find(|l| l.code() == raw).ok_or_else(|| Refusal::new("choose"))
    });
    lang.map(|lang| Among::Alphabet { lang })
}

fn fields_of(req: &Req, edition: &Edition, known: &Known) -> Fields {
    let order = match &edition.precedence.among {
        Among::Alphabet { lang } => lang.code(),
        Among::Lots { .. } => "lots",
    };
    let mut fields = text_fields(Fields::default(), "title", Some(&edition.title))
        .with("host", known.cities.label(req.lang(), edition.host))
        .with("mode", edition.mode.code())
        .with("zone", &edition.zone)
        .with("first_day", edition.first_day.to_string())
        .with("last_day", edition.last_day.to_string())
        .with("order", order);
    for lang in &edition.languages {
        fields = fields.with("languages", lang.code());
    }
    for (i, line) in edition.initiators.iter().enumerate() {
        fields = text_fields(fields, &format!("initiators.{i}"), Some(line));
    }
    fields
}

fn form(req: &Req, draft: &Draft, known: &Known, action: &str, new: bool) -> Markup {
    let t = req.t;
    let show = Show::new(req, draft);
    let option = |value: &str, key: &str| (value.to_owned(), t.get(key));
    let mode = |m: &Mode| option(m.code(), &format!("edition-mode-{m}"));
    let modes: Vec<_> = Mode::ALL.iter().map(mode).collect();
    let orders = ["zh", "ru", "en", "lots"].map(|o| option(o, &format!("edition-order-{o}")));
    let tongue = |l: Lang| (l.code().to_owned(), l.own_name().to_owned());
    let fields = html! {
        @if new { (series_fields(req, &show, known)) }
        (show.text("title", "edition-title", false))
        (show.suggested("host", "edition-host", "cities"))
        (known.cities.suggestions(t.lang, "cities"))
        (show.choice("mode", "edition-mode", &modes))
        div.row {
            (show.input("date", "first_day", "edition-first-day"))
            (show.input("date", "last_day", "edition-last-day"))
        }
        (show.line("zone", "edition-zone"))
        (initiators(req, &show))
        (show.boxes("languages", "edition-languages", &Lang::ALL.map(tongue)))
        (show.choice("order", "edition-precedence", &orders))
    };
    show.form(action, if new { "edition-open" } else { "edition-save" }, &fields)
}

fn series_fields(req: &Req, show: &Show<'_>, known: &Known) -> Markup {
    let mut options: Vec<_> = known
        .series
        .iter()
        .map(|s| (s.value.id.to_string(), text::words(req.t, &s.value.name)))
        .collect();
    options.push(("new".to_owned(), req.t.get("edition-series-new")));
    html! {
        (show.choice("series", "edition-series", &options))
        details open[show.draft.typed.get("series") == "new"] {
            summary { (req.t.get("edition-series-new")) }
            (show.text("series_name", "edition-series-name", false))
        }
    }
}

/// The lines of the letterhead: those typed, and room for one more.
fn initiators(req: &Req, show: &Show<'_>) -> Markup {
    let typed = typed_lines(show.draft).last().map_or(0, |last| last + 1);
    let shown = (typed + 1).clamp(2, INITIATORS);
    html! {
        fieldset.field id=(id("initiators")) {
            legend { (req.t.get("edition-initiators")) }
            p.hint { (req.t.get("edition-initiators-hint")) }
            @for i in 0..shown {
                fieldset.field.tongues {
                    legend { (req.t.with("edition-initiator", &[("n", (i + 1).into())])) }
                    @for lang in Lang::COMPLETE {
                        (show.tongue(&format!("initiators.{i}.{lang}"), lang, false))
                    }
                }
            }
        }
    }
}
