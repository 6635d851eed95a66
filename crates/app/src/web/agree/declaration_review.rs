//! The look at an import before any of it is in the text: its paragraphs side by side, page by page, each
//! with its kind. Whoever brought it says what each paragraph is, one by one or many at once, and takes it in
//! as a whole or not at all.

use domain::{
    Lang, PersonId, Refusal, TextImportId, UnitId,
    access::Action,
    change::Change,
    clean,
    declaration::{Authority, Declaration},
    document::Paragraph,
    negotiation::Deed,
    paragraph::Row,
    text_import::TextImport,
    unit::{Manner, Unit, UnitKind},
};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::{declaration::Opened, declaration_import, wording::words};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, act},
        list::{self, Wish},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
    },
};

/// Paragraphs on one page.
const SHOWN: usize = 100;

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let draft = Gate::Participants(Action::Draft);
    vec![
        get("/editions/{edition}/declarations/{declaration}/import/{import}", draft, show),
        post("/editions/{edition}/declarations/{declaration}/import/{import}", draft, say_kinds),
        post("/editions/{edition}/declarations/{declaration}/import/{import}/range", draft, range),
        post("/editions/{edition}/declarations/{declaration}/import/{import}/take", draft, take),
        post("/editions/{edition}/declarations/{declaration}/import/{import}/drop", draft, drop),
    ]
}

/// Where an import is looked at.
pub(super) fn address(opened: &Opened, import: &TextImport) -> String {
    format!("{}/{}", declaration_import::address(opened), import.id)
}

/// The same page of the same list of it.
fn place(req: &Req, opened: &Opened, import: &TextImport, page: usize) -> String {
    let apart = if req.query.has("apart", "yes") { "&apart=yes" } else { "" };
    format!("{}?page={page}{apart}", address(opened, import))
}

/// The import of the path: its text may change, and the reader has brought it.
fn own(req: &Req) -> Result<(Opened, TextImport), Fault> {
    let opened = Opened::to(req, Action::Draft)?;
    opened.may_change()?;
    let id: TextImportId = req.param("import")?;
    let import = req.read(|c| store::text_import::get(c, id))?.map(|import| import.value);
    let import = import.filter(|import| {
        import.declaration == opened.dossier.id && Some(import.by) == req.actor.person
    });
    Ok((opened, import.ok_or(Fault::Missing)?))
}

fn show(req: &Req) -> Outcome {
    let (opened, import) = own(req)?;
    let body = view(req, &opened, &import, &Draft::default())?;
    Ok(opened.below(req, req.t.get("declaration-import"))?.reply(req, &body))
}

fn view(req: &Req, opened: &Opened, import: &TextImport, draft: &Draft) -> Result<Markup, Fault> {
    let (t, wish) = (req.t, Wish::of(&req.query).by(SHOWN));
    let apart = req.query.has("apart", "yes");
    let all = if apart { import.apart } else { import.paragraphs };
    let from = (wish.page - 1) * SHOWN;
    let shown = req.read(|c| store::text_import::page(c, import.id, apart, (from, SHOWN)))?;
    let own = address(opened, import);
    Ok(html! {
        p { (t.with("declaration-import-found", &[("n", import.paragraphs.into())])) }
        @if let Some(by) = import.alignment.filter(|_| import.langs.len() > 1) {
            p { (t.get(&format!("declaration-import-by-{by}"))) }
        }
        @if import.apart > 0 {
            section.notice.warn {
                p { (t.with("declaration-import-alone", &[("n", import.apart.into())])) }
                @if apart { p { a href=(own) { (t.get("declaration-import-all")) } } }
                @else { p { a href={ (own) "?apart=yes" } { (t.get("declaration-import-apart")) } } }
            }
        }
        form method="post" action=(place(req, opened, import, wish.page)) {
            (paragraphs(req, import, &shown))
            div.actions {
                button.main type="submit" formaction={ (own) "/take" } {
                    (t.get("declaration-import-take"))
                }
                button type="submit" { (t.get("declaration-import-kinds")) }
                @if wish.page * SHOWN < all {
                    button type="submit" name="next" value=(wish.page + 1) {
                        (t.get("declaration-import-next"))
                    }
                }
            }
        }
        (list::pager(req, &wish, all))
        @if import.paragraphs > 1 { (many(req, &own, draft)) }
        div.actions {
            a href={ (declaration_import::address(opened)) "?of=last" } {
                (t.get("declaration-import-back"))
            }
            (act(&format!("{own}/drop"), &t.get("declaration-import-drop"), "", &[]))
        }
    })
}

/// The kinds as options of a form.
fn kinds(req: &Req) -> Vec<(String, String)> {
    let option = |kind: &UnitKind| (kind.to_string(), req.t.get(&format!("unit-kind-{kind}")));
    UnitKind::ALL.iter().map(option).collect()
}

fn paragraphs(req: &Req, import: &TextImport, shown: &[(usize, Paragraph)]) -> Markup {
    let (label, missing) = (req.t.get("unit-kind"), req.t.get("unit-state-missing"));
    let kinds = kinds(req);
    html! {
        div class={ "text of-" (import.langs.len()) } {
            @if import.langs.len() > 1 {
                div.unit.heads aria-hidden="true" {
                    span {}
                    @for lang in &import.langs { strong lang=(lang.tag()) { (lang.own_name()) } }
                }
            }
            @for (number, paragraph) in shown {
                section.unit {
                    span.number { (number) }
                    @for lang in &import.langs {
                        div.cell {
                            span.tongue-name lang=(lang.tag()) { (lang.own_name()) }
                            @match paragraph.words.get(lang) {
                                Some(text) => { (words(*lang, text)) }
                                None => { span.chip.warn { (missing) } }
                            }
                        }
                    }
                    select.kind name={ "kind." (number) } aria-label={ (label) " " (number) } {
                        @for (kind, name) in &kinds {
                            option value=(kind) selected[*kind == paragraph.kind.to_string()] { (name) }
                        }
                    }
                }
            }
        }
    }
}

/// Many paragraphs at once, by their numbers.
fn many(req: &Req, own: &str, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let fields = html! {
        (show.input("number", "from", "declaration-import-from"))
        (show.input("number", "to", "declaration-import-to"))
        (show.choice("kind", "unit-kind", &kinds(req)))
    };
    html! {
        details open[!draft.is_sound()] {
            summary { (t.get("declaration-import-many")) }
            (show.form(&format!("{own}/range"), "declaration-import-say", &fields))
        }
    }
}

/// The kinds that were chosen on the page, by the numbers of the paragraphs.
fn chosen(form: &Fields) -> Vec<(usize, UnitKind)> {
    let one = |(name, value): &(String, String)| {
        let number = name.strip_prefix("kind.")?.parse().ok()?;
        Some((number, value.parse().ok()?))
    };
    form.0.iter().filter_map(one).take(SHOWN).collect()
}

fn keep(c: &mut Conn, import: &TextImport, chosen: &[(usize, UnitKind)]) -> store::Result<()> {
    for (number, kind) in chosen {
        store::text_import::say_kind(c, import.id, &(*number..=*number), *kind)?;
    }
    Ok(())
}

fn say_kinds(req: &Req) -> Outcome {
    let (opened, import) = own(req)?;
    let chosen = chosen(&req.form);
    req.write(|c| keep(c, &import, &chosen))?;
    let page = req.form.get("next").parse().unwrap_or(Wish::of(&req.query).page);
    Ok(Reply::See(place(req, &opened, &import, page)))
}

fn range(req: &Req) -> Outcome {
    let (opened, import) = own(req)?;
    let mut draft = Draft::of(req.form.clone());
    let most = i64::try_from(import.paragraphs).unwrap_or(i64::MAX);
    let place = |raw: &str| {
        let number = clean::number(raw, 1, most)?;
        usize::try_from(number).map_err(|_| Refusal::new("number"))
    };
    let (from, to) = (draft.read("from", place), draft.read("to", place));
    let kind: Option<UnitKind> = draft.code("kind");
    let (Some(from), Some(to), Some(kind)) = (from, to, kind) else {
        let body = view(req, &opened, &import, &draft)?;
        return Ok(opened.below(req, req.t.get("declaration-import"))?.again(req, &body));
    };
    let numbers = from.min(to)..=from.max(to);
    req.write(|c| store::text_import::say_kind(c, import.id, &numbers, kind))?;
    let page = numbers.start().div_ceil(SHOWN);
    Ok(Reply::See(format!("{}?page={page}", address(&opened, &import))))
}

fn drop(req: &Req) -> Outcome {
    let (opened, import) = own(req)?;
    req.write(|c| store::text_import::remove(c, import.id))?;
    Ok(Reply::See(declaration_import::address(&opened)))
}

fn take(req: &Req) -> Outcome {
    let (opened, import) = own(req)?;
    let by = req.actor.person.ok_or(Fault::SignIn)?;
    let chosen = chosen(&req.form);
    let detail = json!({ "units": import.paragraphs });
    opened.act_made(req, ("imported", &detail), |c, now| {
        keep(c, &import, &chosen)?;
        let paragraphs = store::text_import::paragraphs(c, import.id)?;
        store::text_import::remove(c, import.id)?;
        Ok(deeds(&opened, &now.negotiation.text, paragraphs, (by, req.now)))
    })?;
    Ok(Reply::See(opened.address()))
}

/// New units behind those that are there.
fn deeds(
    opened: &Opened,
    text: &Declaration,
    paragraphs: Vec<Paragraph>,
    by: (PersonId, jiff::Timestamp),
) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let mut after = text.units.last().map(|unit| unit.id);
    for Paragraph { kind, words } in paragraphs {
        let unit: UnitId = chance::id();
        deeds.push(Deed::Text(Change::Added { unit, kind, after }));
        after = Some(unit);
        deeds.extend(worded(opened, &Unit::new(unit, kind), words, by));
    }
    deeds
}

/// The wordings of a new unit: the first authentic one leads, the others follow it.
fn worded(
    opened: &Opened,
    unit: &Unit,
    row: Row,
    (by, at): (PersonId, jiff::Timestamp),
) -> Vec<Deed> {
    let mut row: Vec<(Lang, String)> = row.into_iter().collect();
    let order = opened.languages();
    let authentic = |lang: &Lang| opened.dossier.languages.get(lang) == Some(&Authority::Authentic);
    row.sort_by_key(|(lang, _)| (!authentic(lang), order.iter().position(|other| other == lang)));
    let wrote = |(place, (lang, text)): (usize, (Lang, String))| {
        let (manner, turn) = if place == 0 { (Manner::Leads, 0) } else { (Manner::Follows, 1) };
        let (base, unit, second) = (unit.seal(lang), unit.id, None);
        Deed::Text(Change::Wrote { unit, lang, text, manner, base, turn, by, second, at })
    };
    row.into_iter().enumerate().map(wrote).collect()
}
