//! How an edition is interpreted: the rules in force with their sources, whether plans assign interpreters,
//! and what the chief interpreter arranges for one activity. A rule of the house has a reason.

use domain::{
    InterpreterId, Lang, Refusal,
    access::Action,
    brief::Brief,
    clean,
    edition::Edition,
    interpretation::{Arrangement, By, House, Interpretation, Mode, Norm, Rule, Waiver},
    programme::Activity,
    revision::{Saved, Versioned},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    board::Board,
    coverage, interpretation_words as words,
    interpreter::{below, home, tabs},
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let read = Gate::Office(Action::Read);
    let plan = Gate::Office(Action::Plan);
    vec![
        get("/editions/{edition}/interpreters/rules", read, show),
        post("/editions/{edition}/interpreters/rules", plan, save),
        get("/editions/{edition}/interpreters/of/{activity}", plan, arranged),
        post("/editions/{edition}/interpreters/of/{activity}", plan, arrange),
    ]
}

/// The page of one activity's interpretation.
pub fn address(edition: &Edition, activity: Activity) -> String {
    format!("{}/of/{activity}", home(edition))
}

fn stands(req: &Req) -> Result<Versioned<Interpretation>, Fault> {
    let edition = req.edition()?.id;
    req.read(|c| store::interpretation::of(c, edition))
}

fn fields_of(rules: &Interpretation) -> Fields {
    let fields = Fields::default()
        .with("planned", if rules.planned { "yes" } else { "no" })
        .with("pivot", rules.pivot.code());
    Norm::ALL.iter().fold(fields, |fields, norm| {
        let house = rules.house.get(norm);
        fields
            .with(format!("value.{norm}"), house.map(|h| h.value.to_string()).unwrap_or_default())
            .with(format!("reason.{norm}"), house.map(|h| h.reason.clone()).unwrap_or_default())
    })
}

fn show(req: &Req) -> Outcome {
    let (edition, found) = (req.edition()?, stands(req)?);
    let draft = Draft::of(fields_of(&found.value).with("seen", found.version.to_string()));
    Ok(page(req, edition).reply(req, &view(req, edition, &draft)))
}

fn page<'a>(req: &Req, edition: &'a Edition) -> crate::web::layout::Page<'a> {
    below(req, edition, req.t.get("interpretation-rules"))
}

fn view(req: &Req, edition: &Edition, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let yes = ["no", "yes"].map(|v| (v.to_owned(), t.get(&format!("interpretation-planned-{v}"))));
    let langs = Lang::ALL.map(|l| (l.code().to_owned(), l.own_name().to_owned()));
    let fields = html! {
        (show.choice("planned", "interpretation-planned", &yes))
        (show.choice("pivot", "interpretation-pivot", &langs))
        h2 { (t.get("interpretation-norms")) }
        p { (t.get("interpretation-norms-why")) }
        @for norm in Norm::ALL { (one(req, &show, *norm)) }
    };
    html! {
        (tabs(req, edition, "/rules"))
        (show.form(&format!("{}/rules", home(edition)), "interpretation-save", &fields))
    }
}

/// One number: what the profession says and where, and what the house puts in its place.
fn one(req: &Req, show: &Show<'_>, norm: Norm) -> Markup {
    let t = req.t;
    let name = t.get(&format!("interpretation-norm-{norm}"));
    html! {
        fieldset.field {
            legend { (name) }
            p.hint {
                (t.with("interpretation-norm-strict", &[("n", norm.strict().into())])) " · "
                span lang="en" { (norm.source()) }
            }
            div.row {
                (show.input("number", &format!("value.{norm}"), "interpretation-house"))
                (show.line(&format!("reason.{norm}"), "interpretation-reason"))
            }
        }
    }
}

/// The rules that were typed, over those that stand; notes what was wrong in the draft.
fn read(draft: &mut Draft, old: &Interpretation) -> Option<Interpretation> {
    let planned = draft.read("planned", |raw| match raw {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Refusal::new("choose")),
    });
    let pivot = draft.code::<Lang>("pivot");
    let mut house = std::collections::BTreeMap::new();
    for norm in Norm::ALL {
        let (value_field, reason_field) = (format!("value.{norm}"), format!("reason.{norm}"));
        let reason = draft.read(&reason_field, clean::line).unwrap_or_default();
        if draft.typed.get(&value_field).trim().is_empty() {
            continue;
        }
        let range = norm.range();
        let value =
            draft.read(&value_field, |raw| clean::number(raw, *range.start(), *range.end()));
        match value {
            Some(value) if value != norm.strict() && reason.is_empty() => {
                draft.refuse(&reason_field, Refusal::new("house-reason"));
            }
            Some(value) if value != norm.strict() => {
                house.insert(*norm, House { value, reason });
            }
            _ => {}
        }
    }
    let rules = Interpretation { planned: planned?, pivot: pivot?, house, ..old.clone() };
    draft.is_sound().then_some(rules)
}

fn save(req: &Req) -> Outcome {
    let (edition, old) = (req.edition()?, stands(req)?);
    let mut draft = Draft::of(req.form.clone());
    let Some(rules) = read(&mut draft, &old.value) else {
        return Ok(page(req, edition).again(req, &view(req, edition, &draft)));
    };
    let seen = draft.seen();
    let saved = req.write(|c| {
        let saved = store::interpretation::keep(c, &rules, seen)?;
        if matches!(saved, Saved::Stored(_)) {
            let house: Vec<_> = rules.house.keys().map(ToString::to_string).collect();
            let detail = json!({ "planned": rules.planned, "house": house });
            let event = req.event("interpretation", edition.id, "ruled", detail);
            store::event::append(c, chance::id(), &event)?;
        }
        Ok(saved)
    })?;
    match saved {
        Saved::Stored(_) => Ok(Reply::See(coverage::address(edition))),
        Saved::Moved(now) => {
            let draft = draft.moved(fields_of(&now.value), now.version);
            Ok(page(req, edition).again(req, &view(req, edition, &draft)))
        }
    }
}

/// The activity that the path names, when it is planned in this edition.
fn named(req: &Req, board: &Board) -> Result<Activity, Fault> {
    let activity: Activity = req.param("activity")?;
    board.brief.minutes(activity).map(|_| activity).ok_or(Fault::Missing)
}

fn arrangement_fields(arranged: &Arrangement, sides: &[domain::DelegationId]) -> Fields {
    let by = match arranged.by {
        By::Pool => "pool".to_owned(),
        By::EachSide => "each".to_owned(),
        By::OneSide(side) if sides.contains(&side) => side.to_string(),
        By::OneSide(_) => String::new(),
    };
    let mut fields = Fields::default()
        .with("mode", arranged.mode.map_or("usual", Mode::code))
        .with("by", by)
        .with("listeners", arranged.listeners.to_string());
    for rule in Rule::WAIVABLE {
        let reason = arranged.waivers.iter().find(|w| w.rule == rule);
        let reason = reason.map(|w| w.reason.clone()).unwrap_or_default();
        fields = fields.with(format!("waive.{rule}"), reason);
    }
    if arranged.team.is_some() {
        fields = fields.with("decided", "yes");
    }
    let team = arranged.team.iter().flatten();
    team.fold(fields, |fields, id| fields.with("team", id.to_string()))
}

fn sides(brief: &Brief, activity: Activity) -> Vec<domain::DelegationId> {
    match activity {
        Activity::Session(_) => Vec::new(),
        Activity::Meeting(_) => brief.company(activity),
    }
}

fn arranged(req: &Req) -> Outcome {
    let (edition, board) = (req.edition()?, Board::load(req)?);
    let activity = named(req, &board)?;
    let arranged = board.brief.interpretation.arrangement(activity);
    let fields = arrangement_fields(&arranged, &sides(&board.brief, activity));
    let draft = Draft::of(fields.with("seen", arranged.version.to_string()));
    let body = form(req, edition, &board, activity, &draft);
    Ok(below(req, edition, board.words(req.t, activity)).reply(req, &body))
}

fn form(req: &Req, edition: &Edition, board: &Board, activity: Activity, draft: &Draft) -> Markup {
    let (t, show, brief) = (req.t, Show::new(req, draft), &board.brief);
    let mut modes = vec![("usual".to_owned(), t.get("interpretation-mode-usual"))];
    modes.extend(Mode::ALL.iter().map(|m| (m.code().to_owned(), words::mode(t, *m))));
    let mut by: Vec<(String, String)> =
        ["pool", "each"].map(|v| (v.to_owned(), t.get(&format!("interpretation-by-{v}")))).into();
    by.extend(sides(brief, activity).into_iter().map(|id| {
        let name = board.delegation(t, id);
        (id.to_string(), t.with("interpretation-by-one", &[("name", name.into())]))
    }));
    let mut people: Vec<(String, String)> =
        brief.interpreters.iter().map(|i| (i.id.to_string(), text::called(t, &i.name))).collect();
    let collation = domain::search::Collation::of(t.lang);
    people.sort_by(|a, b| collation.compare(&a.1, &b.1));
    let decided = [("yes".to_owned(), t.get("interpretation-decided"))];
    let meeting = matches!(activity, Activity::Meeting(_));
    let fields = html! {
        (show.choice("mode", "interpretation-mode", &modes))
        (show.input("number", "listeners", "interpretation-listeners"))
        @if meeting { (show.choice("by", "interpretation-by", &by)) }
        fieldset.field {
            legend { (t.get("interpretation-waivers")) }
            p.hint { (t.get("interpretation-waivers-why")) }
            @for rule in Rule::WAIVABLE {
                (show.labelled("text", &format!("waive.{rule}"), &words::rule(t, rule), None))
            }
        }
        details open[!draft.typed.get("decided").is_empty()] {
            summary { (t.get("interpretation-team-decide")) }
            p.hint { (t.get("interpretation-team-why")) }
            (show.boxes("decided", "interpretation-decided-title", &decided))
            (show.boxes("team", "interpretation-team", &people))
        }
    };
    html! {
        dl.facts {
            dt { (t.get("session-kind")) } dd { (board.kind(t, activity)) }
            dt { (t.get("session-minutes")) } dd { (brief.minutes(activity).unwrap_or(0)) }
            dt { (t.get("session-languages")) }
            dd { (words::languages(t, &brief.spoken(activity))) }
            dt { (t.get("interpretation-needs")) } dd { (coverage::needs(t, brief, activity)) }
        }
        (show.form(&address(edition, activity), "interpretation-arrange", &fields))
    }
}

/// What was arranged, over what stands; notes what was wrong in the draft.
fn read_arrangement(draft: &mut Draft, brief: &Brief, old: &Arrangement) -> Option<Arrangement> {
    let sides = sides(brief, old.activity);
    let mode = draft.read("mode", |raw| match raw {
        "" | "usual" => Ok(None),
        code => code.parse().map(Some).map_err(|_| Refusal::new("choose")),
    });
    let by = draft.read("by", |raw| match (raw, raw.parse()) {
        ("" | "pool", _) => Ok(By::Pool),
        ("each", _) => Ok(By::EachSide),
        (_, Ok(side)) if sides.contains(&side) => Ok(By::OneSide(side)),
        _ => Err(Refusal::new("choose")),
    });
    let listeners = draft.read("listeners", |raw| {
        if raw.trim().is_empty() { Ok(1) } else { clean::number(raw, 1, 100) }
    });
    let mut waivers = Vec::new();
    for rule in Rule::WAIVABLE {
        let reason = draft.read(&format!("waive.{rule}"), clean::line).unwrap_or_default();
        if !reason.is_empty() {
            waivers.push(Waiver { rule, reason });
        }
    }
    let mut team = Vec::new();
    for raw in draft.typed.clone().all("team") {
        match raw.parse::<InterpreterId>().ok().filter(|id| brief.interpreter(*id).is_some()) {
            Some(id) => team.push(id),
            None => draft.refuse("team", Refusal::new("choose")),
        }
    }
    let decided = draft.typed.has("decided", "yes");
    if decided && team.is_empty() {
        draft.refuse("team", Refusal::new("choose"));
    }
    let arranged = Arrangement {
        activity: old.activity,
        version: old.version + 1,
        mode: mode?,
        by: by?,
        listeners: listeners?,
        waivers,
        team: decided.then_some(team),
    };
    for (field, refusal) in arranged.check().err().into_iter().flat_map(|r| r.0) {
        draft.refuse(&field, refusal);
    }
    draft.is_sound().then_some(arranged)
}

fn arrange(req: &Req) -> Outcome {
    let (edition, board) = (req.edition()?, Board::load(req)?);
    let activity = named(req, &board)?;
    let page = below(req, edition, board.words(req.t, activity));
    let old = board.brief.interpretation.arrangement(activity);
    let mut draft = Draft::of(req.form.clone());
    let Some(arranged) = read_arrangement(&mut draft, &board.brief, &old) else {
        return Ok(page.again(req, &form(req, edition, &board, activity, &draft)));
    };
    let seen = draft.seen();
    let moved = req.write(|c| {
        let stands = store::interpretation::of(c, edition.id)?;
        let now = stands.value.arrangement(activity);
        if now.version != seen {
            return Ok(Some(now));
        }
        let mut rules = stands.value;
        rules.arrange(Arrangement { version: seen + 1, ..arranged.clone() });
        store::interpretation::keep(c, &rules, stands.version)?;
        let waived: Vec<_> = arranged.waivers.iter().map(|w| w.rule.code()).collect();
        let event = req.event("interpretation", activity, "arranged", json!({ "waived": waived }));
        store::event::append(c, chance::id(), &event)?;
        Ok(None)
    })?;
    match moved {
        None => Ok(Reply::See(coverage::address(edition))),
        Some(now) => {
            let fields = arrangement_fields(&now, &sides(&board.brief, activity));
            let draft = draft.moved(fields, now.version);
            Ok(page.again(req, &form(req, edition, &board, activity, &draft)))
        }
    }
}
