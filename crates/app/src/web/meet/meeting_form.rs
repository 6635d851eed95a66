//! Asking for a meeting: with whom, about what, how long.

use domain::{
    DelegationId, Lang, Refusal,
    access::Action,
    city::Theme,
    clean,
    edition::Edition,
    meeting::{MINUTES, Meeting, MeetingState, Wish},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    meeting::{Sides, home},
    meeting_news::{self, News},
};
use crate::{
    chance,
    i18n::Messages,
    web::{
        fields::Fields,
        form::{Draft, Show},
        layout::Page,
        network::city::theme_key,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let file = Gate::Participants(Action::File);
    vec![
        get("/editions/{edition}/meetings/new", file, blank),
        post("/editions/{edition}/meetings/new", file, create),
    ]
}

fn page<'a>(req: &Req, edition: &'a Edition) -> Page<'a> {
    let trail = vec![(home(edition), req.t.get("edition-nav-meetings"))];
    Page { title: req.t.get("meeting-ask"), trail, edition: Some(edition), ..Page::default() }
}

/// The side that asks, for which the reader has to speak.
fn asking(req: &Req, asked: &str) -> Result<(Sides, DelegationId), Fault> {
    let sides = Sides::of(req, asked)?;
    let wanted = asked.parse::<DelegationId>().ok();
    let side = wanted.or(sides.side).or(sides.file.first().copied()).ok_or(Fault::Missing)?;
    if sides.file.contains(&side) { Ok((sides, side)) } else { Err(Fault::Missing) }
}

fn blank(req: &Req) -> Outcome {
    let (sides, side) = asking(req, req.query.get("as"))?;
    let mut typed = Fields::default()
        .with("as", side.to_string())
        .with("to", req.query.get("to"))
        .with("wish", Wish::Nice.code())
        .with("minutes", "30");
    if let Ok(theme) = req.query.get("theme").parse::<Theme>() {
        for lang in Lang::COMPLETE {
            typed = typed.with(format!("purpose.{lang}"), about(theme, lang));
        }
    }
    Ok(page(req, req.edition()?).reply(req, &view(req, &Draft::of(typed), &sides, side)))
}

/// What a meeting on a theme is about.
pub fn about(theme: Theme, lang: Lang) -> String {
    let t = Messages::of(lang);
    t.with("meeting-purpose-theme", &[("theme", t.get(&theme_key(theme)).into())])
}

fn view(req: &Req, draft: &Draft, sides: &Sides, side: DelegationId) -> Markup {
    let t = req.t;
    let show = Show::new(req, draft);
    let others = sides.all.iter().filter(|d| d.id != side && !d.withdrawn);
    let mut choices = vec![(String::new(), t.get("meeting-choose"))];
    choices.extend(others.map(|d| (d.id.to_string(), text::words(t, &d.name))));
    let wish = |w: &Wish| (w.code().to_owned(), t.get(&format!("meeting-wish-{w}")));
    let wishes: Vec<_> = Wish::ALL.iter().map(wish).collect();
    let fields = html! {
        p { (t.get("meeting-on-behalf")) " " strong { (sides.name(req, side)) } }
        input type="hidden" name="as" value=(side);
        (show.choice("to", "meeting-to", &choices))
        (show.text("purpose", "meeting-purpose", false))
        (show.choice("wish", "meeting-wish", &wishes))
        (show.input("number", "minutes", "meeting-minutes"))
    };
    show.form(&req.path, "meeting-send", &fields)
}

fn read(
    draft: &mut Draft,
    edition: &Edition,
    sides: &Sides,
    from: DelegationId,
) -> Option<Meeting> {
    let to = draft.read("to", |raw| {
        let found = raw.parse().ok().and_then(|id| sides.delegation(id));
        let found = found.ok_or_else(|| Refusal::new("choose"))?;
        let here =
            [Some(found), sides.delegation(from)].into_iter().flatten().all(|d| !d.withdrawn);
        if here { Ok(found.id) } else { Err(Refusal::new("delegation-gone")) }
    });
    let purpose = draft.text("purpose", clean::line);
    let wish = draft.code::<Wish>("wish");
    let minutes = draft.read("minutes", |raw| clean::number(raw, *MINUTES.start(), *MINUTES.end()));
    Some(Meeting {
        id: chance::id(),
        edition: edition.id,
        from,
        to: to?,
        purpose: purpose?,
        wish: wish?,
        minutes: minutes?,
        state: MeetingState::Requested,
        remark: String::new(),
    })
}

fn create(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let (sides, side) = asking(req, req.form.get("as"))?;
    let mut draft = Draft::of(req.form.clone());
    let Some(meeting) = read(&mut draft, edition, &sides, side) else {
        return Ok(page(req, edition).again(req, &view(req, &draft, &sides, side)));
    };
    let refused = req.write(|c| {
        let there = store::meeting::of_edition(c, edition.id)?;
        let there: Vec<Meeting> = there.into_iter().map(|m| m.value).collect();
        if let Err(refusal) = meeting.ask(&there) {
            return Ok(Some(refusal));
        }
        store::meeting::insert(c, &meeting)?;
        store::event::append(
            c,
            chance::id(),
            &req.event("meeting", meeting.id, "requested", json!({})),
        )?;
        let news = News { meeting: &meeting, to: meeting.to, from: side, key: "requested" };
        meeting_news::tell(req, c, &sides, &news)?;
        Ok(None)
    })?;
    match refused {
        Some(refusal) => {
            draft.refuse("to", refusal);
            Ok(page(req, edition).again(req, &view(req, &draft, &sides, side)))
        }
        None => Ok(Reply::See(format!("{}?as={side}", home(edition)))),
    }
}
