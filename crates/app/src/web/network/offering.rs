//! Offers and needs: filed by the city's own focal point, or by the secretariat with a source.

use domain::{
    CityId, Text,
    city::{City, Offering, Side, Theme},
    clean,
    revision::{Saved, Versioned},
};
use maud::{Markup, html};
use serde_json::json;

use super::{city, city_edit, city_page::Filing};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, act, text_fields},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/cities/{city}/offerings/new", Gate::SignedIn, new),
        post("/cities/{city}/offerings/new", Gate::SignedIn, add),
        get("/cities/{city}/offerings/{offering}", Gate::SignedIn, ask),
        post("/cities/{city}/offerings/{offering}", Gate::SignedIn, change),
        post("/cities/{city}/offerings/{offering}/remove", Gate::SignedIn, remove),
    ]
}

/// What the form is about: whose, by whom, and which one when it is there already.
struct About {
    city: City,
    files: Filing,
    before: Option<Versioned<Offering>>,
}

impl About {
    /// Reads it, and refuses whoever may not file it.
    fn of(req: &Req) -> Result<Self, Fault> {
        let id: CityId = req.param("city")?;
        let offering = match req.params.get("offering") {
            Some(_) => Some(req.param("offering")?),
            None => None,
        };
        let about = req.read(|c| {
            let city = store::city::need(c, id)?.value;
            let files = Filing::of(req, c, &city)?;
            let before = offering.map(|id| store::offering::need(c, id)).transpose()?;
            Ok(Self { city, files, before })
        })?;
        match &about.before {
            Some(before) if before.value.city != id => Err(Fault::Missing),
            Some(before) if !about.files.lets(&before.value) => Err(Fault::Forbidden),
            None if about.files == Filing::Nothing => Err(Fault::Forbidden),
            _ => Ok(about),
        }
    }

    fn page<'a>(&self, req: &Req) -> Page<'a> {
        let t = req.t;
        let city = (format!("/cities/{}", self.city.id), city::plain_name(t, &self.city));
        let title = if self.before.is_some() { "city-file-change" } else { "city-file" };
        let trail = vec![("/cities".to_owned(), t.get("nav-cities")), city];
        Page { title: t.get(title), trail, ..Page::default() }
    }

    fn form(&self, req: &Req, draft: &Draft) -> Markup {
        let t = req.t;
        let show = Show::new(req, draft);
        let sides = codes(Side::ALL, |s| (s.code(), t.get(&city::side_key(s))));
        let themes = codes(Theme::ALL, |s| (s.code(), t.get(&city::theme_key(s))));
        let fields = html! {
            (show.choice("side", "city-side", &sides))
            (show.choice("theme", "city-theme", &themes))
            (show.text("text", "city-offering-text", true))
            @if self.files == Filing::Any { (show.text("source", "city-offering-source", false)) }
        };
        html! {
            (show.form(&req.path, "city-save", &fields))
            @if let Some(before) = &self.before {
                (act(&format!("{}/remove", req.path), &t.get("city-file-remove"), "link",
                     &[("seen", &before.version.to_string())]))
            }
        }
    }

    /// What the form says; the source only from those who may name one.
    fn read(&self, req: &Req, draft: &mut Draft) -> Option<Offering> {
        let side = draft.code("side");
        let theme = draft.code("theme");
        let text = draft.text("text", clean::paragraph);
        let source = match self.files {
            Filing::Any => draft.optional_text("source"),
            _ => None,
        };
        if !draft.is_sound() {
            return None;
        }
        let before = self.before.as_ref().map(|b| &b.value);
        let text: Text = text?;
        Some(Offering {
            id: before.map_or_else(chance::id, |b| b.id),
            city: self.city.id,
            side: side?,
            theme: theme?,
            text: before.map_or(text.clone(), |b| b.text.revised(&text)),
            source,
            origin: city_edit::origin(req),
        })
    }
}

fn codes<T: Copy>(all: &[T], of: impl Fn(T) -> (&'static str, String)) -> Vec<(String, String)> {
    all.iter().map(|v| of(*v)).map(|(code, label)| (code.to_owned(), label)).collect()
}

fn fields_of(offering: Option<&Offering>) -> Fields {
    let fields = text_fields(Fields::default(), "text", offering.map(|o| &o.text));
    let fields = text_fields(fields, "source", offering.and_then(|o| o.source.as_ref()));
    match offering {
        Some(o) => fields.with("side", o.side.code()).with("theme", o.theme.code()),
        None => fields,
    }
}

fn new(req: &Req) -> Outcome {
    let about = About::of(req)?;
    let draft = Draft::of(fields_of(None));
    Ok(about.page(req).reply(req, &about.form(req, &draft)))
}

fn add(req: &Req) -> Outcome {
    let about = About::of(req)?;
    let mut draft = Draft::of(req.form.clone());
    let Some(offering) = about.read(req, &mut draft) else {
        return Ok(about.page(req).again(req, &about.form(req, &draft)));
    };
    req.write(|c| {
        store::offering::insert(c, &offering)?;
        tell(req, c, &offering, "filed")
    })?;
    Ok(back(&about))
}

fn back(about: &About) -> Reply {
    Reply::See(format!("/cities/{}", about.city.id))
}

fn tell(req: &Req, c: &mut store::Conn, of: &Offering, verb: &'static str) -> store::Result<()> {
    let detail = json!({ "city": of.city, "side": of.side, "theme": of.theme, "text": of.text });
    store::event::append(c, chance::id(), &req.event("offering", of.id, verb, detail))
}

fn ask(req: &Req) -> Outcome {
    let about = About::of(req)?;
    let before = about.before.as_ref().ok_or(Fault::Missing)?;
    let fields = fields_of(Some(&before.value)).with("seen", before.version.to_string());
    Ok(about.page(req).reply(req, &about.form(req, &Draft::of(fields))))
}

fn change(req: &Req) -> Outcome {
    let about = About::of(req)?;
    let mut draft = Draft::of(req.form.clone());
    let Some(offering) = about.read(req, &mut draft) else {
        return Ok(about.page(req).again(req, &about.form(req, &draft)));
    };
    let saved = req.write(|c| {
        let saved = store::offering::save(c, &offering, draft.seen())?;
        if let Saved::Stored(_) = saved {
            tell(req, c, &offering, "changed")?;
        }
        Ok(saved)
    })?;
    let Saved::Moved(now) = saved else {
        return Ok(back(&about));
    };
    let draft = draft.moved(fields_of(Some(&now.value)), now.version);
    let about = About { before: Some(now), ..about };
    Ok(about.page(req).again(req, &about.form(req, &draft)))
}

/// Takes it back. When somebody changed it in between, the form shows what stands now.
fn remove(req: &Req) -> Outcome {
    let about = About::of(req)?;
    let before = about.before.as_ref().ok_or(Fault::Missing)?;
    let seen = Draft::of(req.form.clone()).seen();
    let gone = req.write(|c| {
        let gone = store::offering::delete(c, before.value.id, seen)?;
        if gone {
            tell(req, c, &before.value, "taken_back")?;
        }
        Ok(gone)
    })?;
    let base = format!("/cities/{}/offerings/{}", about.city.id, before.value.id);
    Ok(if gone { back(&about) } else { Reply::See(base) })
}
