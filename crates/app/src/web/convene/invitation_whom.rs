//! Whom to invite: cities and organisations found by name, and drafts at once for every delegation
//! that has no letter yet.

use std::collections::BTreeSet;

use domain::{
    Lang, Text,
    body::Body,
    city::City,
    clean,
    delegation::{Delegate, Delegation, Party, Task},
    invitation::{Invitation, InvitationState},
    search::{self, Collation},
};
use jiff::civil::Date;
use maud::{Markup, html};

use super::invitation_form::{self, Whom};
use crate::{
    chance,
    web::{
        form::{Draft, Show},
        layout::{self, Page},
        list::{self, Wish},
        reply::{Outcome, Reply},
        request::Req,
        text,
    },
};

/// One that can be invited.
struct Candidate<'a> {
    name: &'a Text,
    /// How the form's address names it.
    query: String,
    party: Party,
}

/// The page on which a city or an organisation is chosen; with one chosen, the letter.
pub fn choose(req: &Req) -> Outcome {
    if let Some(whom) = Whom::of(req, &req.query)? {
        return invitation_form::blank(req, &whom);
    }
    show(req, &Draft::default(), false)
}

fn show(req: &Req, draft: &Draft, again: bool) -> Outcome {
    let edition = req.edition()?;
    let (cities, bodies, delegations, letters) = req.read(|c| {
        Ok((
            store::city::all(c)?,
            store::body::all(c)?,
            store::delegation::of_edition(c, edition.id)?,
            store::invitation::of_edition(c, edition.id)?,
        ))
    })?;
    let written: BTreeSet<_> = letters.iter().map(|v| v.value.delegation).collect();
    let unwritten = delegations.iter().filter(|v| !written.contains(&v.value.id)).count();
    let invited: Vec<Party> = delegations
        .iter()
        .filter(|v| written.contains(&v.value.id))
        .map(|v| v.value.party)
        .collect();
    let wish = Wish::of(&req.query);
    let mut found: Vec<Candidate<'_>> = cities
        .iter()
        .map(|v| city(&v.value))
        .chain(bodies.iter().map(|v| body(&v.value)))
        .filter(|candidate| !invited.contains(&candidate.party))
        .filter(|candidate| search::finds(&search::fold(&candidate.name.words()), &wish.q))
        .collect();
    let order = Collation::of(req.lang());
    let shown = |candidate: &Candidate<'_>| candidate.name.shown(req.lang()).text.to_owned();
    found.sort_by(|a, b| order.compare(&shown(a), &shown(b)));
    let body = html! {
        @if unwritten > 0 || again { (for_all(req, draft, unwritten)) }
        (list::search(req, &req.t.get("invitation-whom-search"), &html! {}))
        @if found.is_empty() { (layout::empty(&req.t.get("invitation-whom-none"), None)) }
        ul.cards {
            @for candidate in wish.cut(&found) {
                li { a href={ "?" (candidate.query) } { (text::text(req.t, candidate.name)) } }
            }
        }
        (list::pager(req, &wish, found.len()))
        p { a.button href="?body=new" { (req.t.get("invitation-to-new-body")) } }
    };
    let list =
        (format!("/editions/{}/invitations", edition.id), req.t.get("edition-nav-invitations"));
    let page = Page {
        title: req.t.get("invitation-whom"),
        trail: vec![list],
        edition: Some(edition),
        ..Page::default()
    };
    Ok(if again { page.again(req, &body) } else { page.reply(req, &body) })
}

fn city(city: &City) -> Candidate<'_> {
    Candidate { name: &city.name, query: format!("city={}", city.id), party: Party::City(city.id) }
}

fn body(body: &Body) -> Candidate<'_> {
    Candidate { name: &body.name, query: format!("body={}", body.id), party: Party::Body(body.id) }
}

/// Drafts at once for delegations that were filed before they were invited.
fn for_all(req: &Req, draft: &Draft, n: usize) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! { (show.input("date", "reply_by", "invitation-reply-by")) };
    let action = req.path.trim_end_matches("/new").trim_end_matches("/drafts");
    html! {
        details.notice open[!draft.is_sound()] {
            summary { (req.t.with("invitation-drafts", &[("n", n.into())])) }
            p { (req.t.get("invitation-drafts-why")) }
            (show.form(&format!("{action}/drafts"), "invitation-drafts-make", &fields))
        }
    }
}

/// Writes a draft for every delegation without a letter.
pub fn drafts(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let mut draft = Draft::of(req.form.clone());
    let Some(reply_by) = draft.read("reply_by", clean::day) else {
        return show(req, &draft, true);
    };
    req.write(|c| {
        let people = store::delegate::of_edition(c, edition.id)?;
        for delegation in store::delegation::of_edition(c, edition.id)? {
            let delegation = delegation.value;
            if !store::invitation::of_delegation(c, delegation.id)?.is_empty() {
                continue;
            }
            let led = |d: &&Delegate| d.delegation == delegation.id && d.task == Task::Leader;
            let leader = people.iter().map(|v| &v.value).find(led);
            let mut invitation = drafted(&delegation, leader, reply_by);
            invitation_form::store_new(c, req, edition, &mut invitation)?;
        }
        Ok(())
    })?;
    Ok(Reply::See(format!("/editions/{}/invitations?state=draft", edition.id)))
}

/// A draft in the first of the delegation's languages that letters are written in, to its leader as
/// stated in that language; what is not stated stays empty.
fn drafted(delegation: &Delegation, leader: Option<&Delegate>, reply_by: Date) -> Invitation {
    let written = |l: &&Lang| Lang::COMPLETE.contains(l);
    let lang = delegation.languages.iter().find(written).copied().unwrap_or(Lang::En);
    let addressee = leader.and_then(|d| d.name.styled.get(&lang)).cloned().unwrap_or_default();
    Invitation {
        id: chance::id(),
        edition: delegation.edition,
        delegation: delegation.id,
        number: 0,
        lang,
        addressee,
        email: leader.map(|d| d.email.clone()).unwrap_or_default(),
        quota: delegation.quota,
        reply_by,
        reminded: None,
        state: InvitationState::Draft,
    }
}
