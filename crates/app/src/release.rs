//! How a draft becomes a release: every word that the programme needs is copied, so that the release
//! reads the same for ever. Pure; what the draft names and nobody planned any longer is left out.

use domain::{
    Lang, Text,
    brief::Brief,
    delegation::Delegation,
    precedence,
    presence::Presence,
    programme::{Activity, Company, Entry, Plan, Slot},
    release::{Head, Listed, Release},
};

/// The release that a draft gives. Meetings that a side took back since, and sessions and halls that
/// are gone, are not in it.
pub fn assemble(brief: &Brief, plan: &Plan, head: Head) -> Release {
    let mut entries: Vec<Entry> = plan.slots.iter().filter_map(|slot| entry(brief, slot)).collect();
    for entry in &mut entries {
        let team = plan.teams.iter().find(|team| team.activity == entry.slot.activity);
        entry.team = team.cloned();
    }
    entries.sort_by_key(|e| (e.slot.start, e.slot.hall, e.slot.activity));
    let Head { id, number, at, note } = head;
    let delegations = listed(brief, &entries);
    Release { id, edition: brief.edition.id, number, at, note, delegations, entries }
}

fn entry(brief: &Brief, slot: &Slot) -> Option<Entry> {
    let hall = brief.hall(slot.hall)?;
    let venue = brief.venues.iter().find(|v| v.id == hall.venue)?;
    let (company, title, languages) = content(brief, slot.activity)?;
    let (hall, venue) = (hall.name.clone().into(), venue.name.clone().into());
    let (company, languages) = (company.into(), languages.into());
    Some(Entry { slot: *slot, company, title, hall, venue, languages, team: None })
}

fn content(brief: &Brief, activity: Activity) -> Option<(Company, Text, Vec<Lang>)> {
    brief.minutes(activity)?;
    match activity {
        Activity::Session(id) => {
            let session = brief.session(id)?;
            let company = Company::Session(session.kind, session.attendance.clone());
            Some((company, session.title.clone(), session.languages.clone()))
        }
        Activity::Meeting(id) => {
            let meeting = brief.meeting(id)?;
            let sides = [meeting.from, meeting.to];
            // Each side speaks the language it prefers.
            let preferred = |d| brief.delegation(d).and_then(|d| d.languages.first().copied());
            let mut languages: Vec<Lang> = sides.into_iter().filter_map(preferred).collect();
            languages.dedup();
            Some((Company::Bilateral(sides), meeting.purpose.clone(), languages))
        }
    }
}

/// The delegations in the declared order. One that no longer takes part is listed while an entry names it.
fn listed(brief: &Brief, entries: &[Entry]) -> Vec<Listed> {
    let named = |d: &Delegation| {
        entries
            .iter()
            .any(|e| matches!(&*e.company, Company::Bilateral(sides) if sides.contains(&d.id)))
    };
    let entries: Vec<precedence::Entry<'_>> = brief
        .delegations
        .iter()
        .filter(|d| !d.withdrawn || named(d))
        .map(|d| precedence::Entry { delegation: d.id, rank: d.rank, name: &d.name })
        .collect();
    let order = brief.edition.precedence.order(&entries);
    let named = |id| {
        let found = brief.delegation(id)?;
        Some(Listed { id, name: found.name.clone(), presence: Some(Presence::of(found)) })
    };
    order.into_iter().filter_map(named).collect()
}
