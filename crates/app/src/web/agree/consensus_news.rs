//! Deeds on a text and the news of them, in one transaction: when a silence begins, breaks or becomes void,
//! when somebody objects, and when a text is adopted, every contact of its delegations is told, and so are
//! the secretariat and whoever presides. A silence that nobody breaks ends by the clock: see
//! [`consensus_silence`](super::consensus_silence). Formal acts go into the register with their deed.

use std::collections::BTreeMap;

use domain::{
    DelegationId, PersonId, Text,
    access::{Action, Actor, Role, may},
    account::Account,
    consensus::Consensus,
    dossier::Dossier,
    edition::Edition,
    mail::Mail,
    negotiation::Event,
    procedure::{End, Phase},
};
use jiff::Timestamp;
use store::Conn;

use super::{amendment, consensus_silence};
use crate::{
    app::App,
    i18n::Messages,
    mailer,
    reading::Reading,
    web::{request::Req, text, when},
};

/// One piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A silence began and ends at this instant.
    Began(Timestamp),
    /// A silence ended before its time.
    Ended(End),
    /// A silence that ended at this instant, and nobody had objected.
    Lapsed(Timestamp),
    /// A delegation objected.
    Objected(DelegationId),
    /// The text is adopted.
    Adopted,
}

/// What happened between two states of a procedure.
pub fn news(before: &Consensus, after: &Consensus) -> Vec<News> {
    let mut all = Vec::new();
    for (id, objection) in &after.objections {
        if !before.objections.contains_key(id) {
            all.push(News::Objected(objection.by));
        }
    }
    let ended = after.past.iter().skip(before.past.len()).map(|ended| ended.end);
    all.extend(ended.filter(|end| *end != End::Lapsed).map(News::Ended));
    if let Phase::Silence(silence) = &after.phase
        && silence.number > before.silences
    {
        all.push(News::Began(silence.until));
    }
    if after.adoption().is_some() && before.adoption().is_none() {
        all.push(News::Adopted);
    }
    all
}

/// Takes deeds in a write transaction and puts the news of them into the outbox.
pub fn act(c: &mut Conn, req: &Req, dossier: &Dossier, events: &[Event]) -> store::Result<Reading> {
    // Settled since the page was shown, perhaps.
    store::dossier::need(c, dossier.id)?.value.may_change()?;
    let before = req.app.readings.read(c, dossier)?;
    let after = req.app.readings.act(c, dossier, req.actor.person, events)?;
    let told = news(&before.negotiation.consensus, &after.negotiation.consensus);
    let Some(edition) = req.edition.as_ref().map(|e| &e.value) else { return Ok(after) };
    tell(c, &req.app, edition, dossier, &told, req.now)?;
    for one in &told {
        if let News::Began(until) = one {
            let number = after.negotiation.consensus.silences;
            consensus_silence::watch(c, dossier, number, req.now, *until)?;
        }
    }
    Ok(after)
}

/// Puts news of a text into the outbox, for everyone whom it concerns, each in their language.
pub fn tell(
    c: &mut Conn,
    app: &App,
    edition: &Edition,
    dossier: &Dossier,
    told: &[News],
    now: Timestamp,
) -> store::Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let names = amendment::names(c, edition.id)?;
    let readers = readers(c, dossier, edition, now)?;
    for (account, one) in readers.values().flat_map(|a| told.iter().map(move |n| (a, n))) {
        let mail = mail(account, one, dossier, edition, &names, &app.config.public_url);
        store::mail::enqueue(c, &mail, now)?;
    }
    Ok(())
}

/// Who is told: the contacts of the delegations that negotiate the text, the secretariat, and whoever
/// presides; nobody who may not read it.
fn readers(
    c: &mut Conn,
    dossier: &Dossier,
    edition: &Edition,
    now: Timestamp,
) -> store::Result<BTreeMap<PersonId, Account>> {
    let object = dossier.object(edition);
    let grants = store::person::all_grants(c)?;
    let told = grants.iter().filter(|(_, grant)| grant.counts(now)).filter(|(person, grant)| {
        let actor = Actor { person: Some(*person), grants: vec![*grant] };
        matches!(grant.role, Role::FocalPoint | Role::Secretariat | Role::Chair)
            && may(&actor, Action::Read, &object)
    });
    let told: Vec<PersonId> = told.map(|(person, _)| *person).collect();
    let accounts = store::person::all(c)?.into_iter().map(|v| v.value);
    Ok(accounts.filter(|a| told.contains(&a.id)).map(|a| (a.id, a)).collect())
}

fn mail(
    account: &Account,
    news: &News,
    dossier: &Dossier,
    edition: &Edition,
    names: &BTreeMap<DelegationId, Text>,
    public_url: &str,
) -> Mail {
    let t = Messages::of(account.lang);
    let title = format!("{} ({})", text::words(t, &dossier.title), dossier.symbol);
    let key = match news {
        News::Began(_) => "began",
        News::Ended(End::Voided) => "voided",
        News::Ended(_) => "broken",
        News::Lapsed(_) => "lapsed",
        News::Objected(_) => "objected",
        News::Adopted => "adopted",
    };
    let until = match news {
        News::Began(until) | News::Lapsed(until) => both_clocks(t, edition, *until),
        _ => String::new(),
    };
    let who = match news {
        News::Objected(by) => names.get(by).map(|name| text::words(t, name)).unwrap_or_default(),
        _ => String::new(),
    };
    let address =
        format!("{public_url}/editions/{}/declarations/{}/consensus", edition.id, dossier.id);
    let values = [
        ("title", title.as_str().into()),
        ("until", until.as_str().into()),
        ("who", who.as_str().into()),
    ];
    let subject = t.with(&format!("consensus-mail-subject-{key}"), &values);
    let words = t.with(&format!("consensus-mail-{key}"), &values);
    let see = t.with("consensus-mail-see", &[("address", address.into())]);
    let mut body = format!("{words}\n\n{see}");
    if dossier.exercise {
        body = format!("{body}\n\n{}", outputs::sheet::EXERCISE);
    }
    mailer::to_account(account, subject, body)
}

/// An instant on the edition's clocks and in UTC, so that nobody has to reckon.
pub fn both_clocks(t: Messages, edition: &Edition, at: Timestamp) -> String {
    let here = when::moment(t.lang, &edition.time_zone(), at);
    let utc = at.strftime("%Y-%m-%d %H:%M UTC");
    t.with(
        "consensus-both-clocks",
        &[
            ("here", here.into()),
            ("zone", edition.zone.as_str().into()),
            ("utc", utc.to_string().into()),
        ],
    )
}
