//! The offices of an edition that people hold for a time: who presides over its texts, who answers for their
//! languages, who interprets, who works for the host. The secretariat gives and ends them by e-mail address.

use domain::{
    Lang, Refusal,
    access::{Action, Grant, Role, Scope},
    account::{Account, Purpose},
    clean,
    delegation::KEEP_DAYS,
    edition::Edition,
};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde_json::json;
use store::{Conn, person::Held};

use crate::{
    chance, mailer,
    web::{
        fields::Fields,
        form::{Draft, Show, act},
        layout::{self, Page},
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        when,
    },
};

/// How long the link that comes with an office serves, in days.
const LINK_DAYS: i64 = 14;

const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// The offices that are given here.
pub const OFFICES: [Role; 4] = [Role::Chair, Role::LanguageOfficer, Role::Interpreter, Role::Host];

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let decide = Gate::Secretariat(Action::Decide);
    vec![
        get("/editions/{edition}/offices", decide, show),
        post("/editions/{edition}/offices", decide, give),
        post("/editions/{edition}/offices/end", decide, end),
    ]
}

fn home(edition: &Edition) -> String {
    format!("/editions/{}/offices", edition.id)
}

/// Who holds an office of an edition, those whose time is over or has not come among them.
fn held(c: &mut Conn, edition: &Edition) -> store::Result<Vec<Held>> {
    let all = store::person::held_in(c, Scope::Edition(edition.id))?;
    Ok(all.into_iter().filter(|held| OFFICES.contains(&held.grant.role)).collect())
}

fn show(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let draft = Draft::of(Fields::default().with("lang", req.lang().code()));
    let (page, body) = view(req, edition, &draft)?;
    Ok(page.reply(req, &body))
}

fn view<'a>(req: &Req, edition: &'a Edition, draft: &Draft) -> Result<(Page<'a>, Markup), Fault> {
    let t = req.t;
    let all = req.read(|c| held(c, edition))?;
    let body = html! {
        @if all.is_empty() { (layout::empty(&t.get("office-none"), None)) }
        @for role in OFFICES {
            @let holders: Vec<&Held> = all.iter().filter(|held| held.grant.role == role).collect();
            @if !holders.is_empty() {
                h2 { (t.get(&format!("office-role-{role}"))) }
                table.stack {
                    thead { tr {
                        th { (t.get("office-name")) } th { (t.get("office-from")) }
                        th { (t.get("office-until")) } th {}
                    } }
                    tbody { @for held in holders { (row(req, edition, held)) } }
                }
            }
        }
        (form(req, edition, draft))
    };
    let page = Page {
        title: t.get("office-title"),
        lead: Some(html! { (t.get("office-lead")) }),
        edition: Some(edition),
        ..Page::default()
    };
    Ok((page, body))
}

fn row(req: &Req, edition: &Edition, held: &Held) -> Markup {
    let t = req.t;
    let zone = edition.time_zone();
    let day = |at: Timestamp| when::date(t.lang, at.to_zoned(zone.clone()).date());
    let over = held.grant.until.is_some_and(|until| until <= req.now);
    html! {
        tr {
            td { bdi { (held.account.name) } " " bdi.soft { (held.account.email) } }
            td data-label=(t.get("office-from")) { (day(held.grant.from)) }
            td data-label=(t.get("office-until")) {
                // An office ends with its last day, which midnight already does not belong to.
                @match held.grant.until {
                    Some(until) => { (day(until.saturating_sub(SECOND).unwrap_or(until))) }
                    None => { "—" }
                }
            }
            td {
                @if over { span.chip { (t.get("office-over")) } }
                @else {
                    (act(&format!("{}/end", home(edition)), &t.get("office-end"), "",
                        &[("grant", &held.id.to_string())]))
                }
            }
        }
    }
}

fn form(req: &Req, edition: &Edition, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let roles = OFFICES.map(|r| (r.code().to_owned(), t.get(&format!("office-role-{r}"))));
    let langs = Lang::COMPLETE.map(|l| (l.code().to_owned(), l.own_name().to_owned()));
    let fields = html! {
        (show.choice("role", "office-role", &roles))
        (show.line("name", "office-name"))
        (show.input("email", "email", "office-email"))
        (show.choice("lang", "office-lang", &langs))
        (show.input("date", "until", "office-last-day"))
    };
    html! {
        h2 { (t.get("office-give-title")) }
        (show.form(&home(edition), "office-give", &fields))
    }
}

fn give(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let mut draft = Draft::of(req.form.clone());
    let role = draft.read("role", |raw| {
        let role: Option<Role> = raw.parse().ok();
        role.filter(|role| OFFICES.contains(role)).ok_or_else(|| Refusal::new("choose"))
    });
    let name = draft.read("name", clean::required_line);
    let email = draft.read("email", clean::email);
    let lang = draft.read("lang", |raw| raw.parse::<Lang>().map_err(|()| Refusal::new("choose")));
    let until = draft.read("until", |raw| last_instant(raw, edition, req.now));
    let (Some(role), Some(name), Some(email), Some(lang), Some(until)) =
        (role, name, email, lang, until)
    else {
        let (page, body) = view(req, edition, &draft)?;
        return Ok(page.again(req, &body));
    };
    let secret = chance::secret()?;
    let grant =
        Grant { role, scope: Scope::Edition(edition.id), from: req.now, until: Some(until) };
    req.write(|c| {
        let account = account(c, &email, &name, lang)?;
        let holders = store::person::holders(c, role, grant.scope, req.now)?;
        if holders.iter().any(|held| held.account.id == account.id) {
            return Ok(());
        }
        store::person::grant(c, chance::id(), account.id, &grant)?;
        invite(c, req, edition, &account, (role, &secret))?;
        let event = req.event("office", account.id, "given", json!({ "role": role }));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(home(edition)))
}

/// The end of the last day that was typed; until the personal data of the edition goes, if none was.
fn last_instant(raw: &str, edition: &Edition, now: Timestamp) -> Result<Timestamp, Refusal> {
    if raw.trim().is_empty() {
        let keep = SignedDuration::from_hours(24 * i64::from(KEEP_DAYS));
        return Ok(edition.ends().saturating_add(keep).unwrap_or(Timestamp::MAX));
    }
    let next = clean::day(raw)?.tomorrow().map_err(|_| Refusal::new("date"))?;
    let end = next.to_zoned(edition.time_zone()).map_err(|_| Refusal::new("date"))?.timestamp();
    if end <= now { Err(Refusal::new("consensus-expiry")) } else { Ok(end) }
}

/// The account of an address, or a new one.
fn account(c: &mut Conn, email: &str, name: &str, lang: Lang) -> store::Result<Account> {
    if let Some(known) = store::person::of_email(c, email)? {
        return Ok(known.value);
    }
    let account =
        Account { id: chance::id(), email: email.to_owned(), name: name.to_owned(), lang };
    store::person::insert(c, &account)?;
    Ok(account)
}

/// Writes to whoever holds an office now, with a link that serves once.
fn invite(
    c: &mut Conn,
    req: &Req,
    edition: &Edition,
    account: &Account,
    (role, secret): (Role, &str),
) -> store::Result<()> {
    let until = req.now.saturating_add(SignedDuration::from_hours(24 * LINK_DAYS));
    let until = until.unwrap_or(req.now);
    let subject = account.id.to_string();
    store::token::insert(c, &chance::hash(secret), Purpose::Login, &subject, until)?;
    let address = format!("{}/sign-in/{secret}", req.app.config.public_url);
    let t = crate::i18n::Messages::of(account.lang);
    let office = t.get(&format!("office-role-{role}"));
    let values = [
        ("name", account.name.as_str().into()),
        ("edition", edition.title.shown(account.lang).text.into()),
        ("office", office.into()),
        ("address", address.into()),
        ("days", LINK_DAYS.into()),
    ];
    let mail = mailer::to_account(
        account,
        mailer::marked(edition, t.with("office-mail-subject", &values)),
        t.with("office-mail", &values),
    );
    store::mail::enqueue(c, &mail, req.now)
}

fn end(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let named = req.form.get("grant");
    req.write(|c| {
        let all = held(c, edition)?;
        let found = all.iter().find(|held| held.id.to_string() == named);
        let found = found.ok_or_else(|| Refusal::new("choose"))?;
        if found.grant.until.is_some_and(|until| until <= req.now) {
            return Ok(());
        }
        store::person::end_grant(c, found, req.now)?;
        let detail = json!({ "role": found.grant.role });
        let event = req.event("office", found.account.id, "ended", detail);
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(home(edition)))
}
