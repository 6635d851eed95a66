//! Who takes part: cities and bodies, delegations with their people, invitations, personas.

use std::collections::BTreeMap;

use domain::{
    CityId, Lang, Text,
    access::{Grant, Role, Scope},
    account::Account,
    body::Body,
    city::{City, Offering, Origin, Side},
    delegation::{Delegate, Delegation, Party, Stay, Task, purge_on},
    invitation::{Answer, Channel, Invitation, InvitationState, Reply},
    person::{PersonName, Styled},
    precedence::Rank,
};
use jiff::{SignedDuration, Timestamp};
use store::{Conn, Result};

use super::{Written, file, unknown};
use crate::chance;

/// The party and the name of every delegation, by key.
pub(super) struct Parties<'a>(BTreeMap<&'a str, (Party, Text)>);

impl Parties<'_> {
    fn get(&self, key: &str) -> Result<&(Party, Text)> {
        self.0.get(key).ok_or_else(|| unknown(key))
    }

    /// The city of a delegation that has one.
    pub(super) fn city(&self, key: &str) -> Result<CityId> {
        match self.get(key)? {
            (Party::City(id), _) => Ok(*id),
            (Party::Body(_), _) => Err(unknown(key)),
        }
    }
}

/// Finds the real cities and writes the invented cities and bodies, each with its offers and needs.
pub(super) fn parties<'a>(c: &mut Conn, files: &'a file::Files) -> Result<Parties<'a>> {
    let mut parties = BTreeMap::new();
    for file in &files.delegations {
        let (party, name) = party(c, file)?;
        if let Party::City(city) = party {
            let sides = [(Side::Offer, &file.offers), (Side::Need, &file.needs)];
            for (side, themed) in sides {
                for one in themed {
                    store::offering::insert(c, &offering(city, side, one))?;
                }
            }
        }
        parties.insert(file.key.as_str(), (party, name));
    }
    Ok(Parties(parties))
}

fn party(c: &mut Conn, file: &file::Delegation) -> Result<(Party, Text)> {
    if let Some(number) = &file.geonames_id {
        let number = number.parse().map_err(|_| unknown(number))?;
        let city = store::city::of_geonames(c, number)?.ok_or_else(|| unknown(&file.key))?.value;
        return Ok((Party::City(city.id), city.name));
    }
    if let Some(invented) = &file.invented_city {
        let city = City {
            id: chance::id(),
            geonames: None,
            iso2: None,
            name: invented.names.text(),
            local: invented.name_local.as_ref().map(|l| (l.lang.clone(), l.text.clone())),
            position: None,
            population: Some(invented.population),
            zone: "UTC".to_owned(),
            traits: Vec::new(),
            origin: Origin::Demonstration,
        };
        store::city::insert(c, &city)?;
        return Ok((Party::City(city.id), city.name));
    }
    let names = file.body.as_ref().ok_or_else(|| unknown(&file.key))?.names.text();
    let body = Body { id: chance::id(), name: names, origin: Origin::Demonstration };
    store::body::insert(c, &body)?;
    Ok((Party::Body(body.id), body.name))
}

fn offering(city: CityId, side: Side, themed: &file::Themed) -> Offering {
    Offering {
        id: chance::id(),
        city,
        side,
        theme: themed.theme,
        text: themed.text.text(),
        source: None,
        origin: Origin::Demonstration,
    }
}

/// Writes the delegations and their people.
pub(super) fn delegations(
    c: &mut Conn,
    written: &mut Written<'_>,
    parties: &Parties<'_>,
) -> Result<()> {
    for file in &written.files.delegations {
        let (party, name) = parties.get(&file.key)?;
        let delegation = Delegation {
            id: chance::id(),
            edition: written.edition.id,
            party: *party,
            name: name.clone(),
            rank: rank(&file.level),
            quota: written.files.edition.edition.quota,
            languages: known(&file.languages),
            arrival: file.arrival,
            departure: file.departure,
            busy: Vec::new(),
            withdrawn: false,
            origin: Origin::Demonstration,
        };
        store::delegation::insert(c, &delegation)?;
        for person in &file.delegates {
            store::delegate::insert(c, &delegate(written, &delegation, person))?;
        }
        written.delegations.insert(&file.key, delegation);
    }
    Ok(())
}

/// The rank of whoever leads a delegation: invented cities send their mayors, real cities are
/// represented by officials that do not exist.
fn rank(level: &str) -> Rank {
    match level {
        "mayor" => Rank::Head,
        "representative" => Rank::Official,
        "editor" => Rank::Media,
        _ => Rank::Expert,
    }
}

/// The languages that pages and letters have.
pub(super) fn known(tags: &[String]) -> Vec<Lang> {
    tags.iter().filter_map(|tag| tag.parse().ok()).collect()
}

fn delegate(written: &Written<'_>, delegation: &Delegation, file: &file::Delegate) -> Delegate {
    let leads = file.rank == Rank::Head;
    let task = match (leads, file.interpreter) {
        (true, _) => Task::Leader,
        (false, true) => Task::Interpreter,
        (false, false) => Task::Member,
    };
    Delegate {
        id: chance::id(),
        delegation: delegation.id,
        name: name(file),
        rank: if leads { delegation.rank } else { file.rank },
        task,
        email: format!("{}@demo.example", file.key),
        languages: known(&file.languages),
        stay: Stay::default(),
        purge_on: purge_on(written.edition.last_day),
    }
}

/// A person's names as stated.
pub(super) fn name(file: &file::Delegate) -> PersonName {
    let mut styled: BTreeMap<Lang, Styled> = file
        .names
        .iter()
        .map(|(lang, name)| {
            let styled = Styled {
                name: name.full.clone(),
                order: name.order,
                family: name.family.clone().unwrap_or_default(),
                office: file.office.get(*lang).to_owned(),
                salutation: file.salutation.get(*lang).to_owned(),
            };
            (*lang, styled)
        })
        .collect();
    if let Some(local) = &file.name_local
        && let Ok(lang) = local.lang.parse()
    {
        let own = Styled { name: local.text.clone(), ..Styled::default() };
        styled.entry(lang).or_insert(own);
    }
    PersonName { styled }
}

/// Writes the invitations in their states.
pub(super) fn invitations(c: &mut Conn, written: &Written<'_>) -> Result<()> {
    for (number, file) in (1..).zip(&written.files.invitations) {
        let delegation = super::found(&written.delegations, &file.delegation)?;
        let people = written.files.delegations.iter().find(|d| d.key == file.delegation);
        let people = people.ok_or_else(|| unknown(&file.delegation))?;
        let lang = delegation.languages.first().copied().unwrap_or(Lang::En);
        let leader = people.delegates.first().and_then(|d| name(d).styled.remove(&lang));
        let coming = i64::try_from(people.delegates.len()).unwrap_or(0);
        let invitation = Invitation {
            id: chance::id(),
            edition: written.edition.id,
            delegation: delegation.id,
            number,
            lang,
            addressee: file.addressee.clone().or(leader).unwrap_or_default(),
            email: format!("{}@demo.example", file.delegation),
            quota: delegation.quota,
            reply_by: written.files.edition.edition.reply_by,
            reminded: None,
            state: state(file, coming, written.now)?,
        };
        store::invitation::insert(c, &invitation)?;
    }
    Ok(())
}

fn state(file: &file::Invitation, people: i64, now: Timestamp) -> Result<InvitationState> {
    let ago = |days: i64| now.saturating_sub(SignedDuration::from_hours(24 * days)).unwrap_or(now);
    let answer = match file.answer.as_str() {
        "draft" => return Ok(InvitationState::Draft),
        "sent" => return Ok(InvitationState::Sent { at: ago(21) }),
        "accepted" | "accepted_subject" => Answer::Accepted { subject_to: file.subject_to.clone() },
        "substituted" => {
            Answer::Substituted { name: file.name.clone(), office: file.office.clone() }
        }
        "regrets" => Answer::Regrets,
        other => return Err(unknown(other)),
    };
    let reply = Reply {
        answer,
        people,
        note: String::new(),
        channel: file.channel.unwrap_or(Channel::Link),
        incoming: file.incoming.clone(),
        at: ago(7),
    };
    Ok(InvitationState::Answered { sent: ago(21), reply })
}

/// Writes the accounts that can be chosen in the demonstration.
pub(super) fn personas(c: &mut Conn, written: &mut Written<'_>) -> Result<()> {
    let files = written.files;
    for file in &files.personas {
        let scope = match (file.role, &file.delegation) {
            (Role::Secretariat, _) => Scope::Platform,
            (_, Some(key)) => Scope::Delegation(written.edition.id, written.delegation(key)?),
            (_, None) => Scope::Edition(written.edition.id),
        };
        let account = Account {
            id: chance::id(),
            email: file.email.clone(),
            name: file.name.clone(),
            lang: file.lang,
        };
        store::person::insert(c, &account)?;
        let grant = Grant { role: file.role, scope, from: written.now, until: None };
        store::person::grant(c, chance::id(), account.id, &grant)?;
        written.people.insert(&file.key, account.id);
    }
    Ok(())
}
