//! Writing an invitation: whom first, then the letter. The delegation is formed in the transaction
//! that stores its invitation.

use domain::{
    BodyId, CityId, Lang, Refusal, Text,
    access::Action,
    body::Body,
    clean,
    delegation::{Delegation, MOST_PEOPLE, Party, USUAL_QUOTA},
    edition::Edition,
    invitation::{Invitation, InvitationState},
    person::Styled,
    precedence::Rank,
    revision::Saved,
};
use jiff::{Span, civil::Date};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use super::{invitation, invitation_whom};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show},
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

const GATE: Gate = Gate::Secretariat(Action::Decide);
/// Days before the first day at which a new form asks for the answer.
const REPLY_DAYS: i64 = 30;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/invitations/new", GATE, invitation_whom::choose),
        post("/editions/{edition}/invitations/drafts", GATE, invitation_whom::drafts),
        post("/editions/{edition}/invitations", GATE, create),
        get("/editions/{edition}/invitations/{invitation}/edit", GATE, edit),
        post("/editions/{edition}/invitations/{invitation}/edit", GATE, save),
    ]
}

/// Who is invited, as the form names it.
pub enum Whom {
    /// A city of the register.
    City(CityId, Text),
    /// An organisation that is known.
    Body(BodyId, Text),
    /// An organisation whose name the form asks for.
    NewBody,
}

impl Whom {
    /// Reads `city` or `body` from an address or a form; `None` when neither is there.
    pub fn of(req: &Req, fields: &Fields) -> Result<Option<Self>, Fault> {
        let (city, body) = (fields.get("city"), fields.get("body"));
        if body == "new" {
            return Ok(Some(Self::NewBody));
        }
        if !city.is_empty() {
            let id = city.parse().map_err(|_| Fault::Missing)?;
            return Ok(Some(Self::City(id, req.read(|c| store::city::need(c, id))?.value.name)));
        }
        if !body.is_empty() {
            let id = body.parse().map_err(|_| Fault::Missing)?;
            return Ok(Some(Self::Body(id, req.read(|c| store::body::need(c, id))?.value.name)));
        }
        Ok(None)
    }

    fn field(&self) -> (&'static str, String) {
        match self {
            Whom::City(id, _) => ("city", id.to_string()),
            Whom::Body(id, _) => ("body", id.to_string()),
            Whom::NewBody => ("body", "new".to_owned()),
        }
    }
}

/// The last day for an answer that a new letter suggests: a month before, and not in the past.
pub fn reply_by(edition: &Edition, today: Date) -> Date {
    edition.first_day.saturating_sub(Span::new().days(REPLY_DAYS)).max(today)
}

/// The page of a new letter.
pub fn blank(req: &Req, whom: &Whom) -> Outcome {
    let edition = req.edition()?;
    let by = reply_by(edition, edition.day_of(req.now));
    let draft = Draft::of(
        Fields::default()
            .with("rank", Rank::Head.code())
            .with("lang", req.lang().code())
            .with("quota", USUAL_QUOTA.to_string())
            .with("reply_by", by.to_string()),
    );
    Ok(new_page(req, edition, whom).reply(req, &new_form(req, edition, &draft, whom)))
}

fn new_page<'a>(req: &Req, edition: &'a Edition, whom: &Whom) -> Page<'a> {
    let t = req.t;
    let title = match whom {
        Whom::City(_, name) | Whom::Body(_, name) => {
            t.with("invitation-to", &[("name", text::words(t, name).into())])
        }
        Whom::NewBody => t.get("invitation-to-new-body"),
    };
    let base = format!("/editions/{}/invitations", edition.id);
    let trail = vec![
        (base.clone(), t.get("edition-nav-invitations")),
        (format!("{base}/new"), t.get("invitation-write")),
    ];
    Page { title, trail, edition: Some(edition), ..Page::default() }
}

fn new_form(req: &Req, edition: &Edition, draft: &Draft, whom: &Whom) -> Markup {
    let show = Show::new(req, draft);
    let (name, value) = whom.field();
    let fields = html! {
        input type="hidden" name=(name) value=(value);
        @if matches!(whom, Whom::NewBody) { (show.text("name", "invitation-body-name", false)) }
        (letter_fields(req, &show))
    };
    let action = format!("/editions/{}/invitations", edition.id);
    show.form(&action, "invitation-save-draft", &fields)
}

fn letter_fields(req: &Req, show: &Show<'_>) -> Markup {
    let t = req.t;
    let tongue = |l: Lang| (l.code().to_owned(), l.own_name().to_owned());
    html! {
        (show.choice("lang", "invitation-lang", &Lang::COMPLETE.map(tongue)))
        (show.line("addressee", "invitation-addressee"))
        (show.line("office", "invitation-office"))
        (show.line("salutation", "invitation-salutation"))
        (show.input("email", "email", "invitation-email"))
        (show.choice("rank", "invitation-rank", &ranks(req)))
        div.row {
            (show.input("number", "quota", "invitation-quota"))
            (show.input("date", "reply_by", "invitation-reply-by"))
        }
        p.hint { (t.get("invitation-draft-hint")) }
    }
}

fn ranks(req: &Req) -> Vec<(String, String)> {
    let label = |r: &Rank| (r.code().to_owned(), req.t.get(&format!("invitation-rank-{r}")));
    Rank::ALL.iter().map(label).collect()
}

/// What the form says of a letter.
struct Typed {
    lang: Lang,
    addressee: Styled,
    email: String,
    rank: Rank,
    quota: i64,
    reply_by: Date,
}

/// An address that may be left out.
pub fn optional_email(raw: &str) -> Result<String, Refusal> {
    if raw.trim().is_empty() { Ok(String::new()) } else { clean::email(raw) }
}

fn read(draft: &mut Draft, edition: &Edition, old: Option<&Styled>) -> Option<Typed> {
    let lang = draft.read("lang", |raw| {
        let known = Lang::COMPLETE.into_iter().find(|l| l.code() == raw);
        known.ok_or_else(|| Refusal::new("choose"))
    });
    let name = draft.read("addressee", clean::line);
    let office = draft.read("office", clean::line);
    let salutation = draft.read("salutation", clean::line);
    let email = draft.read("email", optional_email);
    let rank = draft.code("rank");
    let quota = draft.read("quota", |raw| clean::number(raw, 1, MOST_PEOPLE));
    let reply_by = draft.read("reply_by", clean::day);
    if reply_by.is_some_and(|day| day > edition.last_day) {
        draft.refuse("reply_by", Refusal::new("reply-after-end"));
    }
    let kept = old.cloned().unwrap_or_default();
    let addressee = Styled { name: name?, office: office?, salutation: salutation?, ..kept };
    let typed = Typed {
        lang: lang?,
        addressee,
        email: email?,
        rank: rank?,
        quota: quota?,
        reply_by: reply_by?,
    };
    draft.is_sound().then_some(typed)
}

fn create(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let whom = Whom::of(req, &req.form)?.ok_or_else(|| Refusal::new("choose"))?;
    let mut draft = Draft::of(req.form.clone());
    let body_name = match whom {
        Whom::NewBody => draft.text("name", clean::line),
        _ => None,
    };
    let typed = read(&mut draft, edition, None);
    let (Some(typed), true) = (typed, draft.is_sound()) else {
        let form = new_form(req, edition, &draft, &whom);
        return Ok(new_page(req, edition, &whom).again(req, &form));
    };
    let (party, name) = match &whom {
        Whom::City(id, name) => (Party::City(*id), name.clone()),
        Whom::Body(id, name) => (Party::Body(*id), name.clone()),
        Whom::NewBody => (Party::Body(chance::id()), body_name.ok_or(Fault::Missing)?),
    };
    let made = req.write(|c| {
        if let (Whom::NewBody, Party::Body(id)) = (&whom, party) {
            let body = Body { id, name: name.clone(), origin: edition.origin };
            store::body::insert(c, &body)?;
        }
        let delegation = delegation_of(c, edition, party, &name, &typed)?;
        let mut invitation = new_letter(&delegation, &typed);
        store_new(c, req, edition, &mut invitation)?;
        Ok(invitation)
    })?;
    Ok(Reply::See(invitation::address(&made)))
}

/// The delegation of a party in an edition: the one there is, or a new one.
fn delegation_of(
    c: &mut Conn,
    edition: &Edition,
    party: Party,
    name: &Text,
    typed: &Typed,
) -> store::Result<Delegation> {
    let all = store::delegation::of_edition(c, edition.id)?;
    if let Some(mut found) = all.into_iter().find(|v| v.value.party == party) {
        found.value.rank = typed.rank;
        found.value.quota = typed.quota;
        store::delegation::save(c, &found.value, found.version)?;
        return Ok(found.value);
    }
    let delegation = Delegation {
        id: chance::id(),
        edition: edition.id,
        party,
        name: name.clone(),
        rank: typed.rank,
        quota: typed.quota,
        languages: vec![typed.lang],
        arrival: None,
        departure: None,
        busy: Vec::new(),
        withdrawn: false,
        origin: edition.origin,
    };
    store::delegation::insert(c, &delegation)?;
    Ok(delegation)
}

fn new_letter(delegation: &Delegation, typed: &Typed) -> Invitation {
    Invitation {
        id: chance::id(),
        edition: delegation.edition,
        delegation: delegation.id,
        number: 0,
        lang: typed.lang,
        addressee: typed.addressee.clone(),
        email: typed.email.clone(),
        quota: typed.quota,
        reply_by: typed.reply_by,
        reminded: None,
        state: InvitationState::Draft,
    }
}

/// Numbers and stores a new invitation; a delegation has one.
pub fn store_new(
    c: &mut Conn,
    req: &Req,
    edition: &Edition,
    invitation: &mut Invitation,
) -> store::Result<()> {
    if !store::invitation::of_delegation(c, invitation.delegation)?.is_empty() {
        return Err(Refusal::new("already-invited").into());
    }
    invitation.number = store::invitation::next_number(c, edition.id)?;
    store::invitation::insert(c, invitation)?;
    store::event::append(
        c,
        chance::id(),
        &req.event("invitation", invitation.id, "drafted", json!({})),
    )
}

fn fields_of(invitation: &Invitation, rank: Rank) -> Fields {
    Fields::default()
        .with("lang", invitation.lang.code())
        .with("addressee", &invitation.addressee.name)
        .with("office", &invitation.addressee.office)
        .with("salutation", &invitation.addressee.salutation)
        .with("email", &invitation.email)
        .with("rank", rank.code())
        .with("quota", invitation.quota.to_string())
        .with("reply_by", invitation.reply_by.to_string())
}

fn edit_page<'a>(req: &Req, edition: &'a Edition, invitation: &Invitation) -> Page<'a> {
    let base = format!("/editions/{}/invitations", edition.id);
    Page {
        title: req.t.get("invitation-edit"),
        trail: vec![
            (base, req.t.get("edition-nav-invitations")),
            (invitation::address(invitation), invitation.reference(edition)),
        ],
        edition: Some(edition),
        ..Page::default()
    }
}

fn edit_form(req: &Req, draft: &Draft) -> Markup {
    let show = Show::new(req, draft);
    show.form(&req.path, "invitation-save-draft", &letter_fields(req, &show))
}

fn edit(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let now = invitation::load(req)?;
    if now.value.state != InvitationState::Draft {
        return Err(Refusal::new("already-sent").into());
    }
    let rank = req.read(|c| store::delegation::need(c, now.value.delegation))?.value.rank;
    let draft = Draft::of(fields_of(&now.value, rank)).seeing(now.version);
    Ok(edit_page(req, edition, &now.value).reply(req, &edit_form(req, &draft)))
}

fn save(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let old = invitation::load(req)?.value;
    if old.state != InvitationState::Draft {
        return Err(Refusal::new("already-sent").into());
    }
    let mut draft = Draft::of(req.form.clone());
    if let Some(typed) = read(&mut draft, edition, Some(&old.addressee)) {
        let seen = draft.seen();
        let (saved, rank) = req.write(|c| change(c, req, &old, &typed, seen))?;
        match saved {
            Saved::Stored(_) => return Ok(Reply::See(invitation::address(&old))),
            Saved::Moved(now) => draft = draft.moved(fields_of(&now.value, rank), now.version),
        }
    }
    Ok(edit_page(req, edition, &old).again(req, &edit_form(req, &draft)))
}

/// Stores a changed draft, and rank and quota with its delegation.
fn change(
    c: &mut Conn,
    req: &Req,
    old: &Invitation,
    typed: &Typed,
    seen: i32,
) -> store::Result<(Saved<Invitation>, Rank)> {
    let new = Invitation {
        lang: typed.lang,
        addressee: typed.addressee.clone(),
        email: typed.email.clone(),
        quota: typed.quota,
        reply_by: typed.reply_by,
        ..old.clone()
    };
    let mut delegation = store::delegation::need(c, old.delegation)?;
    let saved = store::invitation::save(c, &new, seen)?;
    if matches!(saved, Saved::Stored(_)) {
        delegation.value.rank = typed.rank;
        delegation.value.quota = typed.quota;
        store::delegation::save(c, &delegation.value, delegation.version)?;
        let event = req.event("invitation", old.id, "changed", json!({}));
        store::event::append(c, chance::id(), &event)?;
    }
    Ok((saved, delegation.value.rank))
}
