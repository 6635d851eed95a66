//! The exercise edition: real cities as places and guests, everything else invented and marked.
//!
//! Whatever could be read as a political position belongs to invented cities; the test below holds
//! the files to it.

mod amendment;
mod declaration;
mod file;
mod instrument;
mod interpreters;
mod people;
mod programme;

use std::collections::BTreeMap;

use domain::{
    DelegationId, EditionId, HallId, SeriesId, SessionId, UnitId,
    city::Origin,
    delegation::Delegation,
    dossier::Dossier,
    edition::{Call, Edition, Mode, Series},
    precedence::{Among, Override, Precedence},
};
use jiff::Timestamp;
use store::{Conn, Db, Error, Result};

use crate::chance;

/// Writes the exercise edition into a database that has the register; gives its identifier.
pub fn demo(db: &Db) -> anyhow::Result<EditionId> {
    let files = file::Files::read()?;
    let now = chance::now();
    Ok(db.write(|c| write(c, &files, now))?)
}

/// What has been written so far, by the keys of the files.
struct Written<'a> {
    files: &'a file::Files,
    edition: Edition,
    delegations: BTreeMap<&'a str, Delegation>,
    halls: BTreeMap<&'a str, HallId>,
    sessions: BTreeMap<&'a str, SessionId>,
    /// The accounts of the personas.
    people: declaration::People<'a>,
    /// The exercise text, and its units by the keys of its file.
    declaration: Option<Dossier>,
    units: BTreeMap<&'a str, UnitId>,
    now: Timestamp,
}

impl Written<'_> {
    fn delegation(&self, key: &str) -> Result<DelegationId> {
        Ok(found(&self.delegations, key)?.id)
    }
}

fn found<'m, T>(map: &'m BTreeMap<&str, T>, key: &str) -> Result<&'m T> {
    map.get(key).ok_or_else(|| unknown(key))
}

fn unknown(key: &str) -> Error {
    Error::Unusable(format!("the demonstration names an unknown {key}"))
}

fn write(c: &mut Conn, files: &file::Files, now: Timestamp) -> Result<EditionId> {
    let parties = people::parties(c, files)?;
    let edition = edition(files, &parties)?;
    store::series::insert(c, &series(files, edition.series))?;
    store::edition::insert(c, &edition)?;
    let mut written = Written {
        files,
        edition,
        delegations: BTreeMap::new(),
        halls: BTreeMap::new(),
        sessions: BTreeMap::new(),
        people: BTreeMap::new(),
        declaration: None,
        units: BTreeMap::new(),
        now,
    };
    people::delegations(c, &mut written, &parties)?;
    host_first(c, &mut written)?;
    people::invitations(c, &written)?;
    people::personas(c, &mut written)?;
    programme::topics(c, &written)?;
    programme::venues(c, &mut written)?;
    programme::sessions(c, &mut written)?;
    let meetings = programme::meetings(c, &written)?;
    interpreters::write(c, &written, &meetings)?;
    instrument::instruments(c, &written)?;
    declaration::write(c, &mut written)?;
    amendment::amendments(c, &written)?;
    Ok(written.edition.id)
}

fn series(files: &file::Files, id: SeriesId) -> Series {
    Series { id, name: files.edition.series.names.text() }
}

fn edition(files: &file::Files, parties: &people::Parties<'_>) -> Result<Edition> {
    let file = &files.edition.edition;
    Ok(Edition {
        id: chance::id(),
        series: chance::id(),
        title: file.titles.text(),
        host: parties.city(&file.host)?,
        mode: Mode::InPerson,
        zone: file.zone.clone(),
        first_day: file.first_day,
        last_day: file.last_day,
        initiators: file.initiators.iter().map(file::Words::text).collect(),
        languages: file.languages.clone(),
        precedence: Precedence {
            among: Among::Alphabet { lang: file.alphabet },
            overrides: Vec::new(),
        },
        call: Some(Call {
            brief: file.call.brief.text(),
            opens: file.call.opens,
            closes: file.call.closes,
        }),
        origin: Origin::Demonstration,
    })
}

/// Gives the host the first place, with its reason, as a secretariat would by hand.
fn host_first(c: &mut Conn, written: &mut Written<'_>) -> Result<()> {
    let file = &written.files.edition.edition;
    let delegation = written.delegation(&file.host)?;
    let host = Override { delegation, place: 1, reason: file.host_first.clone() };
    written.edition.precedence.overrides.push(host);
    store::edition::save(c, &written.edition, 1)?;
    Ok(())
}

#[cfg(test)]
mod tests;
