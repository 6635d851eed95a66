//! Signing in by one-time link or six-digit code, choosing a persona in the demonstration, signing
//! out, and the reader's language. There are no passwords.
//!
//! Opening a link changes nothing, because mail scanners open links: it shows a button that does.

use axum::{
    body::Body,
    http::{HeaderValue, Response, header},
};
use domain::{
    Refusal,
    access::Action,
    account::{Account, Purpose},
    clean,
    edition::Edition,
};
use jiff::SignedDuration;
use maud::html;

use super::{
    form::{Draft, Show, act},
    layout::Page,
    reply::{Fault, Outcome, Reply},
    request::Req,
    route::{Gate, Route, get, post},
};
use crate::{chance, mailer};

/// The sign-in cookie.
pub const COOKIE: &str = "caravanserai";
const LINK_MINUTES: i64 = 30;
const LOGIN_DAYS: i64 = 14;

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/sign-in", Gate::Public, ask),
        post("/sign-in", Gate::Public, send),
        post("/sign-in/code", Gate::Public, by_code),
        get("/sign-in/{token}", Gate::Token, confirm),
        post("/sign-in/{token}", Gate::Token, by_link),
        post("/sign-out", Gate::SignedIn, out),
        get("/me", Gate::SignedIn, me),
        get("/demo/personas", Gate::Demo, personas),
        post("/demo/personas", Gate::Demo, be_persona),
        get("/demo/mail", Gate::Demo, mailbox),
    ]
}

/// Keeps a language that was chosen by address.
pub fn remember_language(req: &Req, response: &mut Response<Body>) {
    if !req.query.get("lang").is_empty() {
        let cookie = format!("lang={}; Path=/; Max-Age=31536000; SameSite=Lax", req.lang().code());
        if let Ok(value) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}

/// Where to go after signing in: only ever a path of our own.
fn back(typed: &str) -> &str {
    let own =
        typed.starts_with('/') && !typed.starts_with("//") && !typed.contains(['\\', '\r', '\n']);
    if own { typed } else { "/me" }
}

fn ask(req: &Req) -> Outcome {
    let draft = Draft::of(req.query.clone());
    Ok(Page { title: req.t.get("sign-in-title"), ..Page::default() }
        .reply(req, &ask_form(req, &draft)))
}

fn ask_form(req: &Req, draft: &Draft) -> maud::Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        input type="hidden" name="back" value=(back(draft.typed.get("back")));
        (show.input("email", "email", "sign-in-email"))
    };
    html! {
        (show.form("/sign-in", "sign-in-send", &fields))
        @if req.app.config.demo {
            p { a href="/demo/personas" { (req.t.get("home-personas")) } }
        }
    }
}

/// Sends a link and a code. The answer is the same whether the address is known or not.
fn send(req: &Req) -> Outcome {
    let mut draft = Draft::of(req.form.clone());
    let Some(email) = draft.read("email", clean::email) else {
        let page = Page { title: req.t.get("sign-in-title"), ..Page::default() };
        return Ok(page.again(req, &ask_form(req, &draft)));
    };
    let (secret, code) = (chance::secret()?, chance::code()?);
    let until = req.now.saturating_add(SignedDuration::from_mins(LINK_MINUTES)).unwrap_or(req.now);
    let address = format!("{}/sign-in/{secret}", req.app.config.public_url);
    req.write(|c| {
        let Some(account) = store::person::of_email(c, &email)?.map(|a| a.value) else {
            return Ok(());
        };
        let subject = account.id.to_string();
        store::token::insert(c, &chance::hash(&secret), Purpose::Login, &subject, until)?;
        store::token::set_code(c, account.id, &chance::hash(&code), until)?;
        let mail = mailer::sign_in(&account, &address, &code, LINK_MINUTES);
        store::mail::enqueue(c, &mail, req.now)
    })?;
    let draft = Draft::of(req.form.clone());
    let page = Page { title: req.t.get("sign-in-sent-title"), ..Page::default() };
    Ok(page.reply(req, &code_form(req, &draft)))
}

fn code_form(req: &Req, draft: &Draft) -> maud::Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        input type="hidden" name="email" value=(draft.typed.get("email"));
        input type="hidden" name="back" value=(back(draft.typed.get("back")));
        (show.line("code", "sign-in-code"))
    };
    html! {
        p { (req.t.get("sign-in-sent")) }
        (show.form("/sign-in/code", "sign-in-enter", &fields))
        @if req.app.config.demo { p { a href="/demo/mail" { (req.t.get("demo-mail")) } } }
    }
}

fn by_code(req: &Req) -> Outcome {
    let mut draft = Draft::of(req.form.clone());
    let code = chance::hash(req.form.get("code").trim());
    let email = req.form.get("email").trim().to_lowercase();
    let account = req.write(|c| {
        let Some(account) = store::person::of_email(c, &email)? else {
            return Ok(None);
        };
        let right = store::token::try_code(c, account.value.id, &code, req.now)?;
        Ok(right.then_some(account.value))
    })?;
    if let Some(account) = account {
        return enter(req, &account, back(req.form.get("back")));
    }
    draft.refuse("code", Refusal::new("code-wrong"));
    let page = Page { title: req.t.get("sign-in-sent-title"), ..Page::default() };
    Ok(page.again(req, &code_form(req, &draft)))
}

fn link_owner(req: &Req) -> Result<Account, Fault> {
    let hash = chance::hash(req.params.get("token").map_or("", String::as_str));
    let account = req.read(|c| {
        let subject = store::token::subject(c, &hash, Purpose::Login, req.now)?;
        let id = subject.and_then(|s| s.parse().ok());
        id.map_or(Ok(None), |id| store::person::get(c, id))
    })?;
    Ok(account.ok_or_else(|| Refusal::new("link-over"))?.value)
}

fn confirm(req: &Req) -> Outcome {
    let account = link_owner(req)?;
    let body = html! {
        p { (req.t.get("sign-in-as")) " " bdi { (account.name) } " · " bdi { (account.email) } }
        (act(&req.path, &req.t.get("sign-in-enter"), "main", &[]))
    };
    Ok(Page { title: req.t.get("sign-in-title"), ..Page::default() }.reply(req, &body))
}

fn by_link(req: &Req) -> Outcome {
    let account = link_owner(req)?;
    let hash = chance::hash(req.params.get("token").map_or("", String::as_str));
    if !req.write(|c| store::token::use_up(c, &hash, req.now))? {
        return Err(Refusal::new("link-over").into());
    }
    enter(req, &account, "/me")
}

fn enter(req: &Req, account: &Account, to: &str) -> Outcome {
    let secret = chance::secret()?;
    let until =
        req.now.saturating_add(SignedDuration::from_hours(24 * LOGIN_DAYS)).unwrap_or(req.now);
    req.write(|c| store::person::sign_in(c, &chance::hash(&secret), account.id, until))?;
    let secure = if req.app.config.public_url.starts_with("https://") { "; Secure" } else { "" };
    let age = LOGIN_DAYS * 86_400;
    let cookie =
        format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    Ok(with_cookie(to, &cookie))
}

fn with_cookie(to: &str, cookie: &str) -> Reply {
    let mut response = Reply::See(to.to_owned()).into_response();
    if let Ok(value) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Reply::Raw(Box::new(response))
}

fn out(req: &Req) -> Outcome {
    if let Some(secret) = &req.login {
        req.write(|c| store::person::sign_out(c, &chance::hash(secret)))?;
    }
    Ok(with_cookie("/", &format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")))
}

/// What the signed-in person can do, by edition.
fn me(req: &Req) -> Outcome {
    let t = req.t;
    let Some(account) = &req.account else {
        return Err(Fault::SignIn);
    };
    let editions = req.read(store::edition::all)?;
    let mine: Vec<_> = editions
        .iter()
        .rev()
        .map(|e| &e.value)
        .filter(|e| Gate::Participants(Action::Read).lets(&req.actor, e.place()))
        .collect();
    let body = html! {
        p { bdi { (account.email) } }
        @if mine.is_empty() { (super::layout::empty(&t.get("me-none"), None)) }
        ul.cards {
            @for edition in mine {
                li {
                    a href={ "/editions/" (edition.id) } { (super::text::text(t, &edition.title)) }
                    p { (super::when::date(t.lang, edition.first_day)) }
                    @for (path, key) in own_pages(req, edition) {
                        p { a href={ "/editions/" (edition.id) (path) } { (t.get(key)) } }
                    }
                }
            }
        }
        (act("/sign-out", &t.get("sign-out"), "", &[]))
    };
    Ok(Page { title: account.name.clone(), ..Page::default() }.reply(req, &body))
}

/// What somebody has of their own in an edition: path and message of each page, the first the most needed.
fn own_pages(req: &Req, edition: &Edition) -> Vec<(&'static str, &'static str)> {
    let office = Gate::Office(Action::Read).lets(&req.actor, edition.place());
    let speaks = !req.actor.speaks_for(edition.id).is_empty();
    let pages = [
        (req.actor.interprets(edition), "/assignments", "edition-nav-assignments"),
        (req.actor.belongs(edition.id), "/agenda", "edition-nav-agenda"),
        (speaks, "/meetings", "edition-nav-meetings"),
        (office, "/plan", "edition-nav-plan"),
        (office, "/disruptions", "edition-nav-disruptions"),
        (true, "/programme", "edition-nav-programme"),
    ];
    pages.into_iter().filter(|(has, ..)| *has).map(|(_, path, key)| (path, key)).collect()
}

fn personas(req: &Req) -> Outcome {
    let t = req.t;
    let accounts = req.read(store::person::all)?;
    let body = html! {
        p { (t.get("personas-why")) }
        ul.cards {
            @for account in accounts.iter().map(|a| &a.value) {
                li {
                    (act("/demo/personas", &account.name, "link", &[("person", &account.id.to_string())]))
                    p { bdi { (account.email) } }
                }
            }
        }
        p { a href="/demo/mail" { (t.get("demo-mail")) } }
    };
    let page = Page { title: t.get("personas-title"), demonstration: true, ..Page::default() };
    Ok(page.reply(req, &body))
}

fn be_persona(req: &Req) -> Outcome {
    let id = req.form.get("person").parse().map_err(|_| Fault::Missing)?;
    let account = req.read(|c| store::person::need(c, id))?;
    enter(req, &account.value, "/me")
}

fn mailbox(req: &Req) -> Outcome {
    let mails = req.read(|c| store::mail::newest(c, 100))?;
    let body = html! {
        p { (req.t.get("demo-mail-why")) }
        @for (mail, _) in &mails {
            details.mail {
                summary { bdi { (mail.recipient) } " · " bdi lang=(mail.lang.tag()) { (mail.subject) } }
                pre lang=(mail.lang.tag()) dir=(mail.lang.dir()) { (mail.body) }
            }
        }
        @if mails.is_empty() { (super::layout::empty(&req.t.get("demo-mail-none"), None)) }
    };
    let page = Page { title: req.t.get("demo-mail"), demonstration: true, ..Page::default() };
    Ok(page.reply(req, &body))
}
