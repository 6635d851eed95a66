//! `check`: every document is read, and whatever one names has to be there.

use std::collections::BTreeSet;

use clap::Args as ClapArgs;
use domain::{
    DelegationId, EditionId, HallId, SessionId, VenueId,
    access::{Grant, Scope},
    brief::Brief,
    precedence::Among,
    session::Attendance,
};

use super::database::Database;

/// `check`
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(flatten)]
    database: Database,
}

/// Names every fault, and fails when there is one.
pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let (mut faults, rows) = args.database.ready()?.read(|c| {
        let (mut faults, rows) = store::check::documents(c);
        if !faults.is_empty() {
            return Ok((faults, rows));
        }
        let mut delegations = BTreeSet::new();
        for edition in store::edition::all(c)? {
            let edition = edition.value;
            let (brief, _) = store::brief::load(c, &edition)?;
            delegations.extend(brief.delegations.iter().map(|d| (edition.id, d.id)));
            let found = dangling(&brief).into_iter().chain(store::check::releases(c, edition.id)?);
            faults.extend(found.map(|fault| format!("edition {}: {fault}", edition.id)));
        }
        faults.extend(crate::register::faults(c)?);
        let grants = store::person::all_grants(c)?;
        faults.extend(homeless(grants.iter().map(|(_, grant)| grant), &delegations));
        Ok((faults, rows))
    })?;
    faults.sort();
    for fault in &faults {
        println!("{fault}");
    }
    anyhow::ensure!(faults.is_empty(), "{} faults in {rows} documents", faults.len());
    println!("{rows} documents, no fault");
    Ok(())
}

/// What the parts of an edition name and nobody has.
fn dangling(brief: &Brief) -> Vec<String> {
    let halls: BTreeSet<HallId> = brief.halls.iter().map(|h| h.id).collect();
    let venues: BTreeSet<VenueId> = brief.venues.iter().map(|v| v.id).collect();
    let sessions: BTreeSet<SessionId> = brief.sessions.iter().map(|s| s.id).collect();
    let here: BTreeSet<DelegationId> = brief.delegations.iter().map(|d| d.id).collect();
    let mut faults = Vec::new();
    let mut need = |there: bool, who: String, what: String| {
        if !there {
            faults.push(format!("{who} names {what}, which is not there"));
        }
    };
    for session in &brief.sessions {
        let who = || format!("session {}", session.id);
        for hall in &session.halls {
            need(halls.contains(hall), who(), format!("hall {hall}"));
        }
        for before in &session.after {
            need(sessions.contains(before), who(), format!("session {before}"));
        }
        if let Attendance::Delegations(list) = &session.attendance {
            for one in list {
                need(here.contains(one), who(), format!("delegation {one}"));
            }
        }
    }
    for venue in &brief.venues {
        for other in venue.travel.keys() {
            need(venues.contains(other), format!("venue {}", venue.id), format!("venue {other}"));
        }
    }
    let order = &brief.edition.precedence;
    let drawn = match &order.among {
        Among::Lots { drawn } => drawn.as_slice(),
        Among::Alphabet { .. } => &[],
    };
    for one in order.overrides.iter().map(|o| &o.delegation).chain(drawn) {
        need(here.contains(one), "the declared order".to_owned(), format!("delegation {one}"));
    }
    faults
}

/// Offices held in a delegation that is not there.
fn homeless<'a>(
    grants: impl Iterator<Item = &'a Grant>,
    delegations: &BTreeSet<(EditionId, DelegationId)>,
) -> Vec<String> {
    let lost = grants.filter_map(|grant| match grant.scope {
        Scope::Delegation(edition, id) if !delegations.contains(&(edition, id)) => Some(id),
        _ => None,
    });
    lost.map(|id| format!("an office is held in delegation {id}, which is not there")).collect()
}
