//! Everything a programme is made from, and the newest draft, in one statement whatever the rows.

use diesel::{QueryableByName, RunQueryDsl, sql_types};
use domain::{
    brief::Brief, edition::Edition, interpretation::Interpretation, programme::Plan,
    revision::Versioned,
};
use serde::de::DeserializeOwned;

use crate::{db::Conn, error::Result};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = sql_types::Text)]
    noun: String,
    #[diesel(sql_type = sql_types::Integer)]
    version: i32,
    #[diesel(sql_type = sql_types::Text)]
    doc: String,
}

fn read<T: DeserializeOwned>(row: &Row) -> Result<T> {
    Ok(serde_json::from_str(&row.doc)?)
}

/// The brief of an edition and the newest draft made from it.
pub fn load(c: &mut Conn, edition: &Edition) -> Result<(Brief, Option<Versioned<Plan>>)> {
    // The identifier is a UUID by type, so it is safe to write it into the statement; the engines
    // disagree on how a bound value is marked.
    let id = edition.id;
    let nouns = ["venue", "hall", "session", "meeting", "delegation", "interpreter"];
    let mut parts = nouns
        .map(|n| format!("select '{n}' as noun, version, doc from {n} where edition_id = '{id}'"))
        .to_vec();
    parts.push(format!("select 'pin', 1, doc from pin where edition_id = '{id}'"));
    parts.push(format!(
        "select 'interpretation', version, doc from interpretation where id = '{id}'"
    ));
    parts.push(format!(
        "select 'plan', version, doc from plan where id = \
         (select max(id) from plan where edition_id = '{id}')"
    ));
    let rows: Vec<Row> = diesel::sql_query(parts.join(" union all ")).load(c)?;
    let mut brief = Brief {
        edition: edition.clone(),
        venues: Vec::new(),
        halls: Vec::new(),
        sessions: Vec::new(),
        meetings: Vec::new(),
        delegations: Vec::new(),
        pins: Vec::new(),
        interpreters: Vec::new(),
        interpretation: Interpretation::of(id),
    };
    let mut plan = None;
    for row in &rows {
        match row.noun.as_str() {
            "venue" => brief.venues.push(read(row)?),
            "hall" => brief.halls.push(read(row)?),
            "session" => brief.sessions.push(read(row)?),
            "meeting" => brief.meetings.push(read(row)?),
            "delegation" => brief.delegations.push(read(row)?),
            "pin" => brief.pins.push(read(row)?),
            "interpreter" => brief.interpreters.push(read(row)?),
            "interpretation" => brief.interpretation = read(row)?,
            _ => plan = Some(Versioned { value: read(row)?, version: row.version }),
        }
    }
    Ok((brief.sorted(), plan))
}
