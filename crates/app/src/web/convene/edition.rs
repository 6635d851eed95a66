//! Editions: opened by the secretariat, read by everyone. The overview tells the public facts; whoever
//! runs the edition also sees how far the work has come and what is next.

use domain::{
    access::Action,
    edition::{Call, Edition},
    invitation::InvitationState,
    precedence::Among,
    topic::TopicState,
};
use maud::{Markup, html};

use crate::{
    i18n::Messages,
    web::{
        layout::{self, Page},
        list::{self, Wish},
        marks::Marks,
        reply::Outcome,
        request::Req,
        route::{Gate, Route, get},
        text, when,
    },
};

/// The addresses of this file and of its forms.
pub fn routes() -> Vec<Route> {
    vec![get("/editions", Gate::Public, index), get("/editions/{edition}", Gate::Public, show)]
}

/// The languages of the meeting, each in itself.
fn languages(t: Messages, edition: &Edition) -> Markup {
    html! {
        @for (i, lang) in edition.languages.iter().enumerate() {
            @if i > 0 { (Marks::of(t.lang).item) }
            bdi lang=(lang.tag()) { (lang.own_name()) }
        }
    }
}

fn index(req: &Req) -> Outcome {
    let t = req.t;
    let wish = Wish::of(&req.query);
    let (editions, cities) = req.read(|c| Ok((store::edition::all(c)?, store::city::all(c)?)))?;
    let host = |e: &Edition| cities.iter().find(|c| c.value.id == e.host).map(|c| &c.value.name);
    let said = |e: &Edition| {
        let host = host(e).map(domain::Text::words).unwrap_or_default();
        domain::search::fold(&format!("{} {host}", e.title.words()))
    };
    let mut found: Vec<&Edition> = editions
        .iter()
        .map(|e| &e.value)
        .filter(|e| domain::search::finds(&said(e), &wish.q))
        .collect();
    found.sort_by_key(|e| (std::cmp::Reverse(e.first_day), e.id));
    let opens = Gate::Secretariat(Action::Decide).lets(&req.actor, req.place());
    let body = html! {
        @if editions.len() > 1 { (list::search(req, &t.get("edition-search"), &html! {})) }
        ul.cards {
            @for edition in wish.cut(&found) {
                li {
                    a href={ "/editions/" (edition.id) } { (text::text(t, &edition.title)) }
                    p { (when::days(t.lang, edition)) }
                    @if let Some(host) = host(edition) { p { (text::text(t, host)) } }
                    @if edition.takes_topics(req.now) { p { span.chip.ok { (t.get("edition-call-open")) } } }
                }
            }
        }
        @if found.is_empty() { (layout::empty(&t.get("edition-none"), None)) }
        (list::pager(req, &wish, found.len()))
    };
    let main = opens.then(|| ("/editions/new".to_owned(), t.get("edition-open")));
    Ok(Page { title: t.get("edition-list"), main, ..Page::default() }.reply(req, &body))
}

fn show(req: &Req) -> Outcome {
    let t = req.t;
    let edition = req.edition()?;
    let staff = Gate::Office(Action::Read).lets(&req.actor, req.place());
    let decides = Gate::Secretariat(Action::Decide).lets(&req.actor, req.place());
    let (host, series) = req.read(|c| {
        Ok((store::city::need(c, edition.host)?, store::series::need(c, edition.series)?))
    })?;
    let steps = if staff { steps(req, edition)? } else { Vec::new() };
    let base = format!("/editions/{}", edition.id);
    let body = html! {
        @if let Some(call) = &edition.call { (call_notice(req, edition, call)) }
        dl.facts {
            dt { (t.get("edition-host")) }
            dd { a href={ "/cities/" (host.value.id) } { (text::text(t, &host.value.name)) } }
            dt { (t.get("edition-days")) }
            dd { (when::days(t.lang, edition)) }
            dt { (t.get("edition-mode")) }
            dd { (t.get(&format!("edition-mode-{}", edition.mode))) }
            dt { (t.get("edition-languages")) }
            dd { (languages(t, edition)) }
            dt { (t.get("edition-initiators")) }
            dd { @for line in &edition.initiators { p { (text::text(t, line)) } } }
            dt { (t.get("edition-precedence")) }
            dd { (order(req, edition)) }
            dt { (t.get("edition-zone")) }
            dd { bdi { (when::zone(edition)) } }
            dt { (t.get("edition-series")) }
            dd { (text::text(t, &series.value.name)) }
        }
        @if staff { (work(req, &base, &steps)) }
        @if decides {
            div.actions {
                a.button href={ (base) "/edit" } { (t.get("edition-edit")) }
                a.button href={ (base) "/call" } {
                    (t.get(if edition.call.is_some() { "edition-call-edit" } else { "edition-call-make" }))
                }
            }
        }
        @if !staff { (mine(req, edition, &base)) }
    };
    let next = steps.iter().find(|s| !s.done);
    // Before anything is proposed there is nothing to decide: cities are called upon first.
    let call = next.filter(|s| s.noun == "topics" && edition.call.is_none());
    let main = match (call, next) {
        (Some(_), _) if decides => Some((format!("{base}/call"), t.get("edition-call-make"))),
        (_, Some(s)) => {
            Some((format!("{base}{}", s.path), t.get(&format!("edition-next-{}", s.noun))))
        }
        (_, None) => None,
    };
    let page = Page {
        title: text::words(t, &edition.title),
        trail: vec![("/editions".to_owned(), t.get("nav-editions"))],
        main,
        edition: Some(edition),
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

fn order(req: &Req, edition: &Edition) -> Markup {
    let rule = match &edition.precedence.among {
        Among::Alphabet { lang } => format!("edition-order-{lang}"),
        Among::Lots { .. } => "edition-order-lots".to_owned(),
    };
    html! { (req.t.with("edition-order", &[("rule", req.t.get(&rule).into())])) }
}

fn call_notice(req: &Req, edition: &Edition, call: &Call) -> Markup {
    let t = req.t;
    let open = edition.takes_topics(req.now);
    let early = edition.day_of(req.now) < call.opens;
    let day = if early { call.opens } else { call.closes };
    let state = match (open, early) {
        (true, _) => "edition-call-until",
        (_, true) => "edition-call-from",
        _ => "edition-call-over",
    };
    html! {
        section.notice.ok[open] {
            h2 { (t.get("edition-call")) }
            p { (text::text(t, &call.brief)) }
            p { strong { (t.with(state, &[("day", when::date(t.lang, day).into())])) } }
            p { a href={ "/editions/" (edition.id) "/topics" } { (t.get("edition-call-topics")) } }
        }
    }
}

/// What a participant does here.
fn mine(req: &Req, edition: &Edition, base: &str) -> Markup {
    let t = req.t;
    let delegations = req.actor.speaks_for(edition.id);
    html! {
        @if !delegations.is_empty() {
            h2 { (t.get("edition-yours")) }
            ul.cards {
                @for delegation in &delegations {
                    li {
                        a href={ (base) "/delegations/" (delegation) } { (t.get("edition-your-delegation")) }
                        p { (t.get("edition-your-delegation-why")) }
                    }
                }
                @if edition.takes_topics(req.now) {
                    li {
                        a href={ (base) "/topics/new" } { (t.get("topic-propose")) }
                        p { (t.get("edition-your-topic-why")) }
                    }
                }
                li {
                    a href={ (base) "/meetings" } { (t.get("edition-nav-meetings")) }
                    p { (t.get("edition-your-meetings-why")) }
                }
            }
        }
    }
}

/// One step of the cycle.
struct Step {
    noun: &'static str,
    path: &'static str,
    /// What there is, in words.
    words: String,
    done: bool,
}

fn steps(req: &Req, edition: &Edition) -> Result<Vec<Step>, crate::web::reply::Fault> {
    let (topics, invitations, tally) = req.read(|c| {
        Ok((
            store::topic::of_edition(c, edition.id)?,
            store::invitation::of_edition(c, edition.id)?,
            store::edition::tally(c, edition.id)?,
        ))
    })?;
    let undecided = topics.iter().filter(|v| v.value.state == TopicState::Proposed).count();
    let answered = |s: &InvitationState| matches!(s, InvitationState::Answered { .. });
    let drafts = invitations.iter().filter(|v| v.value.state == InvitationState::Draft).count();
    let answers = invitations.iter().filter(|v| answered(&v.value.state)).count();
    let step = |noun: &'static str, path, counts: &[(&str, i64)], done| {
        let values: Vec<_> = counts.iter().map(|(name, n)| (*name, (*n).into())).collect();
        Step { noun, path, words: req.t.with(&format!("edition-step-{noun}"), &values), done }
    };
    let n = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let t = &tally;
    let topic_counts = [("all", n(topics.len())), ("undecided", n(undecided))];
    let sent = n(invitations.len() - drafts);
    let letters = [("all", n(invitations.len())), ("sent", sent), ("answered", n(answers))];
    let everyone_answered = answers > 0 && answers == invitations.len();
    let people = [("delegations", t.delegations), ("people", t.delegates)];
    Ok(vec![
        step("topics", "/topics", &topic_counts, !topics.is_empty() && undecided == 0),
        step("invitations", "/invitations", &letters, everyone_answered),
        step("delegations", "/delegations", &people, t.delegates > 0),
        step("meetings", "/meetings", &[("n", t.meetings)], t.meetings > 0),
        step("venues", "/venues", &[("n", t.halls)], t.halls > 0),
        step("sessions", "/sessions", &[("n", t.sessions)], t.sessions > 0),
        step("plan", "/plan", &[("n", t.plans)], t.plans > 0),
        step("programme", "/programme", &[("n", t.releases)], t.releases > 0),
    ])
}

/// The work on the edition, as a list of tasks.
fn work(req: &Req, base: &str, steps: &[Step]) -> Markup {
    let t = req.t;
    let next = steps.iter().position(|s| !s.done);
    html! {
        h2 { (t.get("edition-work")) }
        ol.steps {
            @for (i, step) in steps.iter().enumerate() {
                li.done[step.done] aria-current=[(next == Some(i)).then_some("step")] {
                    div {
                        a href={ (base) (step.path) } { (t.get(&format!("edition-nav-{}", step.noun))) }
                        div.hint { (step.words) }
                    }
                }
            }
        }
    }
}
