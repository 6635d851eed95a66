//! What is discussed, where, and with whom: topics, venues, sessions, bilateral meetings.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DelegationId, HallId, SessionId, VenueId,
    meeting::{Meeting, MeetingState},
    programme::{Activity, Pin},
    session::{Attendance, Session, SessionKind},
    topic::{Proposer, Topic, TopicState},
    venue::{Closed, Hall, HallKind, Venue},
};
use jiff::SignedDuration;
use store::{Conn, Result};

use super::{Written, file, found, unknown};
use crate::{chance, seed::real};

/// Writes the proposed topics with their proposers, and the supports.
pub(super) fn topics(c: &mut Conn, written: &Written<'_>) -> Result<()> {
    let labels = real::labels()?;
    let week = SignedDuration::from_hours(24 * 7);
    let at = written.now.saturating_sub(week).unwrap_or(written.now);
    for file in &written.files.topics {
        let proposer = match (&file.proposer.delegation, &file.proposer.text, &file.source) {
            (Some(key), _, _) => Proposer::Delegation(written.delegation(key)?),
            (None, Some(who), Some(source)) => Proposer::Quoted {
                who: who.text(),
                source: labels.get(source).cloned().ok_or_else(|| unknown(source))?,
            },
            _ => return Err(unknown("proposer")),
        };
        let reason = file.reason.as_ref().map(file::Words::text);
        let state = match (file.state.as_str(), reason) {
            ("proposed", _) => TopicState::Proposed,
            ("selected", Some(reason)) => TopicState::Chosen { reason, at },
            ("not_selected", Some(reason)) => TopicState::SetAside { reason, at },
            (other, _) => return Err(unknown(other)),
        };
        let topic = Topic {
            id: chance::id(),
            edition: written.edition.id,
            title: file.titles.text(),
            summary: None,
            proposer,
            state,
        };
        store::topic::insert(c, &topic)?;
        for key in &file.supports {
            store::topic::support(c, topic.id, written.delegation(key)?, at)?;
        }
    }
    Ok(())
}

/// Writes the sites, their distances and their halls.
pub(super) fn venues(c: &mut Conn, written: &mut Written<'_>) -> Result<()> {
    let sites = &written.files.sites;
    let ids: BTreeMap<&str, VenueId> =
        sites.iter().map(|s| (s.key.as_str(), chance::id())).collect();
    for site in sites {
        let mut travel = BTreeMap::new();
        for way in &written.files.travel {
            for (from, to) in [(&way.from, &way.to), (&way.to, &way.from)] {
                if *from == site.key {
                    travel.insert(*found(&ids, to)?, way.minutes);
                }
            }
        }
        let venue = Venue {
            id: *found(&ids, &site.key)?,
            edition: written.edition.id,
            name: site.names.text(),
            travel,
        };
        store::venue::insert(c, &venue)?;
        for file in &site.halls {
            let hall = hall(file, &venue);
            store::hall::insert(c, &hall)?;
            written.halls.insert(&file.key, hall.id);
        }
    }
    Ok(())
}

fn hall(file: &file::Hall, venue: &Venue) -> Hall {
    let closed = |c: &file::Closed| Closed { from: c.from, until: c.to };
    Hall {
        id: chance::id(),
        edition: venue.edition,
        venue: venue.id,
        name: file.names.text(),
        kind: match file.kind.as_str() {
            "bilateral" => HallKind::Room,
            "visit" => HallKind::Site,
            _ => HallKind::Hall,
        },
        capacity: file.capacity,
        booths: file.booths,
        parallel: 1,
        closed: file.closed.iter().map(closed).collect(),
    }
}

/// Writes the sessions. A block kept free for bilaterals binds nobody and is no session.
pub(super) fn sessions(c: &mut Conn, written: &mut Written<'_>) -> Result<()> {
    let files = written.files;
    for file in files.sessions.iter().filter(|s| s.kind != "bilateral_block") {
        let session = session(file, written)?;
        store::session::insert(c, &session)?;
        written.sessions.insert(&file.key, session.id);
    }
    Ok(())
}

fn session(file: &file::Session, written: &Written<'_>) -> Result<Session> {
    let listed = file.speakers.iter().chain(&file.participants);
    let named = listed.clone().count();
    let everybody = written.files.delegations.iter().map(|d| d.delegates.len()).sum();
    let people = if file.everyone { everybody } else { named };
    let attendance = if file.everyone {
        Attendance::Everyone
    } else {
        let delegations: Result<BTreeSet<DelegationId>> =
            listed.map(|person| delegation_of(person, written)).collect();
        Attendance::Delegations(delegations?.into_iter().collect())
    };
    let halls: Result<Vec<HallId>> =
        file.halls.iter().map(|key| found(&written.halls, key).copied()).collect();
    let after: Result<Vec<SessionId>> =
        file.after.iter().map(|key| found(&written.sessions, key).copied()).collect();
    Ok(Session {
        id: chance::id(),
        edition: written.edition.id,
        kind: kind(&file.kind)?,
        title: file.titles.text(),
        minutes: file.minutes,
        people: i64::try_from(people).unwrap_or(0),
        halls: halls?,
        languages: file.languages.clone(),
        attendance,
        days: file.days.clone(),
        after: after?,
        fixed: file.start,
    })
}

/// The delegation of a person: keys of people are `<delegation>-<n>`.
fn delegation_of(person: &str, written: &Written<'_>) -> Result<DelegationId> {
    let (key, _) = person.rsplit_once('-').ok_or_else(|| unknown(person))?;
    written.delegation(key)
}

fn kind(code: &str) -> Result<SessionKind> {
    Ok(match code {
        "opening" => SessionKind::Opening,
        "plenary" => SessionKind::Plenary,
        "parallel_forum" => SessionKind::Forum,
        "mayors_roundtable" => SessionKind::Roundtable,
        "business_matching" => SessionKind::Matching,
        "cultural_event" => SessionKind::Culture,
        "city_visit" => SessionKind::Visit,
        "working_lunch" => SessionKind::Meal,
        "signing" => SessionKind::Signing,
        "press" => SessionKind::Press,
        "closing" => SessionKind::Closing,
        other => return Err(unknown(other)),
    })
}

/// Writes the requests for bilateral meetings in their states, and where the office has put some by hand.
pub(super) fn meetings(c: &mut Conn, written: &Written<'_>) -> Result<Vec<Meeting>> {
    let mut meetings = Vec::new();
    for file in &written.files.meetings {
        let state = match (file.state.as_str(), &file.counter) {
            ("requested", _) => MeetingState::Requested,
            ("accepted", _) => MeetingState::Accepted,
            ("declined", _) => MeetingState::Declined,
            ("countered", Some(counter)) => MeetingState::Countered { minutes: counter.minutes },
            (other, _) => return Err(unknown(other)),
        };
        let meeting = Meeting {
            id: chance::id(),
            edition: written.edition.id,
            from: written.delegation(&file.from)?,
            to: written.delegation(&file.to)?,
            purpose: file.purpose.text(),
            wish: file.priority,
            minutes: file.minutes,
            state,
            remark: String::new(),
        };
        store::meeting::insert(c, &meeting)?;
        if let Some(file) = &file.pin {
            let start = file.start.to_zoned(written.edition.time_zone());
            let start = start.map_err(|_| unknown("pin"))?.timestamp();
            let hall = *found(&written.halls, &file.hall)?;
            let pin = Pin { activity: Activity::Meeting(meeting.id), hall, start };
            store::pin::set(c, written.edition.id, &pin)?;
        }
        meetings.push(meeting);
    }
    Ok(meetings)
}
