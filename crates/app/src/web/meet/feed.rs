//! The address of a personal calendar: whoever knows it reads the calendar, so it is shown once, only its
//! hash is kept, and it ends with the role of its holder. What is in a calendar is for its noun to say.

use std::{str::FromStr, sync::Arc};

use domain::{EditionId, account::Purpose, edition::Edition, release::Release};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use crate::{
    chance,
    shelf::Shelf,
    web::{
        assets,
        form::act,
        layout::Page,
        reply::{Fault, Outcome, Reply},
        request::Req,
    },
};

/// Days after an edition during which its calendars can be read.
const KEPT_DAYS: i64 = 60;

/// One person's calendar.
pub struct Feed<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// What its address is good for.
    pub purpose: Purpose,
    /// Whose it is, as the token keeps it.
    pub subject: String,
    /// Whose it is, as the trail says it.
    pub owner: String,
    /// Where it is made; `/end` behind it ends it.
    pub base: String,
    /// The page that it belongs to, and the words that lead back there.
    pub back: (String, String),
    /// What its address begins with.
    pub path: &'static str,
}

impl Feed<'_> {
    /// The part of its page where the address is made, made anew and ended.
    pub fn section(&self, req: &Req) -> Result<Markup, Fault> {
        let (t, base) = (req.t, &self.base);
        let stands = req.read(|c| store::token::stands(c, self.purpose, &self.subject, req.now))?;
        let (why, label) = if stands {
            ("agenda-feed-stands", "agenda-feed-renew")
        } else {
            ("agenda-feed-why", "agenda-feed-new")
        };
        Ok(html! {
            section {
                h2 { (t.get("agenda-feed")) }
                p { (t.get(why)) }
                div.row {
                    (act(base, &t.get(label), "", &[]))
                    @if stands { (act(&format!("{base}/end"), &t.get("agenda-feed-end"), "", &[])) }
                }
            }
        })
    }

    /// Makes an address, in place of an earlier one, and shows it this once.
    pub fn create(&self, req: &Req) -> Outcome {
        let secret = chance::secret()?;
        let keep = SignedDuration::from_hours(24 * KEPT_DAYS);
        let until = self.edition.ends().max(req.now).saturating_add(keep).unwrap_or(Timestamp::MAX);
        req.write(|c| {
            store::token::revoke(c, self.purpose, &self.subject)?;
            store::token::insert(c, &chance::hash(&secret), self.purpose, &self.subject, until)?;
            store::event::append(
                c,
                chance::id(),
                &req.event("feed", &self.owner, "made", json!({})),
            )
        })?;
        let address = format!("{}{}/{secret}.ics", req.app.config.public_url, self.path);
        let (t, (page, back)) = (req.t, &self.back);
        let body = html! {
            p { (t.get("agenda-feed-once")) }
            div.field {
                label for="address" { (t.get("agenda-feed-address")) }
                input #address type="text" readonly value=(address) dir="ltr"
                    data-copy=(t.get("agenda-feed-copy"));
            }
            p { (t.get("agenda-feed-how")) }
            p { a.button href=(page) { (back) } }
            script type="module" src=(assets::address("copy.js")) {}
        };
        let title = t.get("agenda-feed");
        Ok(Page { title, edition: Some(self.edition), ..Page::default() }.reply(req, &body))
    }

    /// Ends the address.
    pub fn end(&self, req: &Req) -> Outcome {
        req.write(|c| {
            store::token::revoke(c, self.purpose, &self.subject)?;
            store::event::append(
                c,
                chance::id(),
                &req.event("feed", &self.owner, "ended", json!({})),
            )
        })?;
        Ok(Reply::See(self.back.0.clone()))
    }
}

/// Whose calendar a token opens, as [`Feed::subject`] has it: something of an edition, for a person.
pub fn subject(of: impl std::fmt::Display, person: domain::PersonId) -> String {
    format!("{of}/{person}")
}

/// The two parts of a subject.
pub fn parts<A: FromStr, B: FromStr>(subject: &str) -> Option<(A, B)> {
    let (of, person) = subject.split_once('/')?;
    Some((of.parse().ok()?, person.parse().ok()?))
}

/// The secret of the address that is asked for.
pub fn secret(req: &Req) -> &str {
    let token = req.params.get("token").map_or("", String::as_str);
    token.strip_suffix(".ics").unwrap_or(token)
}

/// All releases of an edition, the first one first.
pub fn releases(
    c: &mut Conn,
    shelf: &Shelf,
    edition: EditionId,
) -> store::Result<Vec<Arc<Release>>> {
    let heads = store::release::heads(c, edition)?;
    heads.iter().rev().map(|head| shelf.release(c, head.id)).collect()
}
