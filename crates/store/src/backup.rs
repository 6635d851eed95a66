//! A copy of everything, as JSON lines that either engine reads.
//!
//! The first line names the format and the schema, the last one the number of rows of each table and
//! the SHA-256 (FIPS 180-4) of every byte before it. A copy is taken in one read transaction and
//! given back in one write transaction, into a database without rows.

use std::{
    collections::BTreeMap,
    io::{BufRead, Write},
};

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    db::{Conn, Db},
    error::{Error, Result},
};

/// The layout of the lines.
const FORMAT: u32 = 1;
/// Rows read or written by one statement.
const CHUNK: usize = 500;

/// A table: its key, then its other columns.
struct Table {
    name: &'static str,
    key: &'static [&'static str],
    rest: &'static [&'static str],
}

const fn noun(name: &'static str, rest: &'static [&'static str]) -> Table {
    Table { name, key: &["id"], rest }
}

/// Every table, after those that it refers to. A story test compares it with the schema.
const TABLES: &[Table] = &[
    noun("city", &["geonames", "iso2", "search", "version", "doc"]),
    noun("state", &["version", "doc"]),
    noun("offering", &["city_id", "version", "doc"]),
    noun("tie", &["a_id", "b_id", "version", "doc"]),
    noun("body", &["version", "doc"]),
    noun("series", &["version", "doc"]),
    noun("edition", &["series_id", "host_id", "version", "doc"]),
    noun("delegation", &["edition_id", "city_id", "body_id", "version", "doc"]),
    noun("delegate", &["delegation_id", "purge_on", "version", "doc"]),
    noun("topic", &["edition_id", "version", "doc"]),
    Table { name: "topic_support", key: &["topic_id", "delegation_id"], rest: &["at"] },
    noun("invitation", &["edition_id", "delegation_id", "number", "version", "doc"]),
    noun("meeting", &["edition_id", "from_id", "to_id", "version", "doc"]),
    noun("venue", &["edition_id", "version", "doc"]),
    noun("hall", &["edition_id", "venue_id", "version", "doc"]),
    noun("session", &["edition_id", "version", "doc"]),
    Table { name: "pin", key: &["edition_id", "activity"], rest: &["doc"] },
    noun("plan", &["edition_id", "version", "doc"]),
    noun("release", &["edition_id", "number", "at", "note", "doc"]),
    noun("person", &["email", "version", "doc"]),
    noun("access_grant", &["person_id", "version", "doc"]),
    Table { name: "login", key: &["token_hash"], rest: &["person_id", "until"] },
    Table { name: "token", key: &["token_hash"], rest: &["purpose", "subject", "until", "used"] },
    Table { name: "login_code", key: &["person_id"], rest: &["code_hash", "until", "tries"] },
    noun("event", &["at", "person_id", "edition_id", "noun", "object", "verb", "detail"]),
    noun(
        "mail",
        &[
            "person_id",
            "recipient",
            "subject",
            "body",
            "lang",
            "state",
            "tries",
            "due",
            "lease_until",
        ],
    ),
    noun(
        "job",
        &[
            "kind",
            "edition_id",
            "state",
            "wish",
            "detail",
            "progress",
            "tries",
            "lease_until",
            "at",
        ],
    ),
    noun("dossier", &["edition_id", "version", "doc"]),
    Table { name: "deed", key: &["dossier_id", "number"], rest: &["person_id", "doc"] },
    noun("amendment", &["dossier_id", "delegation_id", "version", "doc"]),
    noun("glossary", &["series_id", "version", "doc"]),
    noun("memory", &["series_id", "version", "doc"]),
    noun("correction", &["dossier_id", "version", "doc"]),
    noun(
        "leaf",
        &["number", "hash", "kind", "object", "edition_id", "readers", "salt", "manifest", "at"],
    ),
    Table { name: "leaf_document", key: &["leaf_id", "lang", "format"], rest: &["body"] },
    noun("evidence", &["leaf_id", "doc", "body"]),
    Table { name: "tile", key: &["level", "place"], rest: &["hashes"] },
    // A copy walks tables by keys that are texts, which a single number is not.
    Table { name: "checkpoint", key: &["size", "at"], rest: &["note"] },
    Table { name: "cosignature", key: &["size", "signer"], rest: &["line", "at"] },
    noun("log", &["version", "holder", "lease_until", "doc"]),
    noun("sitting", &["version", "doc"]),
    noun("statement", &["dossier_id", "version", "doc"]),
    Table { name: "stance", key: &["statement_id", "delegation_id"], rest: &["said"] },
    noun("interpreter", &["edition_id", "purge_on", "version", "doc"]),
    noun("interpretation", &["version", "doc"]),
    noun("instrument", &["edition_id", "a_id", "b_id", "version", "doc"]),
    noun("paper", &["instrument_id", "version", "doc"]),
    Table { name: "paper_part", key: &["paper_id", "number"], rest: &["data"] },
    noun("commitment", &["edition_id", "dossier_id", "version", "doc"]),
    noun("text_import", &["dossier_id", "person_id", "at", "version", "doc"]),
    Table {
        name: "text_import_row",
        key: &["import_id", "number"],
        rest: &["kind", "apart", "doc"],
    },
    noun("support_group", &["edition_id", "version", "doc"]),
];

/// The tables and their columns, keys first.
pub fn tables() -> BTreeMap<&'static str, Vec<&'static str>> {
    TABLES.iter().map(|t| (t.name, t.columns().collect())).collect()
}

/// Rows by table.
pub type Counts = BTreeMap<String, u64>;

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    caravanserai_backup: u32,
    schema: String,
    at: Timestamp,
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    table: String,
    row: Value,
}

#[derive(Debug, Serialize, Deserialize)]
struct End {
    rows: Counts,
    sha256: String,
}

impl Table {
    fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.key.iter().chain(self.rest).copied()
    }

    /// The key as one text, to walk the table in pieces.
    fn key_text(&self) -> String {
        self.key.join(" || '/' || ")
    }

    /// The statement that gives a piece of the table, each row as a JSON object.
    fn select(&self, postgres: bool) -> String {
        let pairs: Vec<String> = self.columns().map(|c| format!("'{c}', {c}")).collect();
        let (object, bind) =
            if postgres { ("json_build_object", "$1") } else { ("json_object", "?1") };
        let (key, name) = (self.key_text(), self.name);
        format!(
            "select {key} as key, cast({object}({}) as text) as row from {name} \
             where {key} > {bind} order by {key} limit {CHUNK}",
            pairs.join(", ")
        )
    }

    /// The statement that stores a JSON array of rows. What a copy of an earlier schema does not have is
    /// left to the later migrations.
    fn insert(&self, postgres: bool, row: &Value) -> String {
        let columns: Vec<&str> = self.columns().filter(|c| row.get(c).is_some()).collect();
        let (name, list) = (self.name, columns.join(", "));
        if postgres {
            return format!(
                "insert into {name} ({list}) \
                 select {list} from json_populate_recordset(null::{name}, $1::json)"
            );
        }
        let values: Vec<String> =
            columns.iter().map(|c| format!("json_extract(value, '$.{c}')")).collect();
        format!("insert into {name} ({list}) select {} from json_each(?1)", values.join(", "))
    }
}

#[derive(QueryableByName)]
struct Piece {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = Text)]
    row: String,
}

fn is_postgres(c: &Conn) -> bool {
    matches!(c, Conn::Postgres(_))
}

fn piece(c: &mut Conn, table: &Table, after: &str) -> Result<Vec<Piece>> {
    let query = table.select(is_postgres(c));
    Ok(match c {
        Conn::Postgres(c) => sql_query(query).bind::<Text, _>(after).load(c)?,
        Conn::Sqlite(c) => sql_query(query).bind::<Text, _>(after).load(c)?,
    })
}

fn store(c: &mut Conn, table: &Table, rows: &[Value]) -> Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let (query, rows) = (table.insert(is_postgres(c), first), serde_json::to_string(rows)?);
    match c {
        Conn::Postgres(c) => sql_query(query).bind::<Text, _>(rows).execute(c)?,
        Conn::Sqlite(c) => sql_query(query).bind::<Text, _>(rows).execute(c)?,
    };
    Ok(())
}

/// Bytes on their way out, and their digest.
struct Sealed<W> {
    out: W,
    digest: Sha256,
}

impl<W: Write> Sealed<W> {
    fn line(&mut self, value: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.digest.update(&line);
        self.out.write_all(&line).map_err(|e| unusable("the copy cannot be written", e))
    }
}

fn unusable(what: &str, why: impl std::fmt::Display) -> Error {
    Error::Unusable(format!("{what}: {why}"))
}

fn hex(digest: Sha256) -> String {
    format!("{:x}", digest.finalize())
}

/// Writes everything as of one instant, while others go on reading and writing.
pub fn write(db: &Db, at: Timestamp, out: impl Write) -> Result<Counts> {
    let schema = db.schema()?.ok_or_else(|| Error::Unusable("the database is empty".into()))?;
    let mut sealed = Sealed { out, digest: Sha256::new() };
    sealed.line(&Head { caravanserai_backup: FORMAT, schema, at })?;
    let rows = db.read(|c| {
        let mut rows = Counts::new();
        for table in TABLES {
            let count = copy(c, table, &mut sealed)?;
            rows.insert(table.name.to_owned(), count);
        }
        Ok(rows)
    })?;
    let sha256 = hex(sealed.digest.clone());
    sealed.line(&End { rows: rows.clone(), sha256 })?;
    sealed.out.flush().map_err(|e| unusable("the copy cannot be written", e))?;
    Ok(rows)
}

fn copy(c: &mut Conn, table: &Table, sealed: &mut Sealed<impl Write>) -> Result<u64> {
    let (mut after, mut count) = (String::new(), 0);
    loop {
        let pieces = piece(c, table, &after)?;
        let Some(last) = pieces.last() else { return Ok(count) };
        after.clone_from(&last.key);
        for Piece { row, .. } in pieces {
            let line = Line { table: table.name.to_owned(), row: serde_json::from_str(&row)? };
            sealed.line(&line)?;
            count += 1;
        }
    }
}

/// Checks a copy against its own digest and counts; gives its schema and how many rows it has.
pub fn check(input: impl BufRead) -> Result<(String, Counts)> {
    let damaged = |what: &str| Error::Unusable(format!("the copy is damaged: {what}"));
    let mut lines = input.split(b'\n').map(|line| {
        let mut line = line.map_err(|e| unusable("the copy cannot be read", e))?;
        line.push(b'\n');
        Ok::<_, Error>(line)
    });
    let first = lines.next().ok_or_else(|| damaged("it is empty"))??;
    let head: Head = serde_json::from_slice(&first).map_err(|_| damaged("it has no head"))?;
    if head.caravanserai_backup > FORMAT {
        return Err(newer(&head.schema));
    }
    let mut digest = Sha256::new_with_prefix(&first);
    let mut counts = Counts::new();
    while let Some(line) = lines.next().transpose()? {
        if let Ok(end) = serde_json::from_slice::<End>(&line) {
            if lines.next().is_some() {
                return Err(damaged("something follows its end"));
            }
            let mut rows = end.rows;
            rows.retain(|_, n| *n > 0);
            let whole = rows == counts && end.sha256 == hex(digest);
            let checked = || (head.schema, counts);
            return whole.then(checked).ok_or_else(|| damaged("it is not what was written"));
        }
        let read: Line = serde_json::from_slice(&line).map_err(|_| damaged("a line is broken"))?;
        if !TABLES.iter().any(|t| t.name == read.table) {
            return Err(damaged("it has an unknown table"));
        }
        *counts.entry(read.table).or_default() += 1;
        digest.update(&line);
    }
    Err(damaged("it has no end"))
}

fn newer(schema: &str) -> Error {
    Error::Unusable(format!(
        "the copy has schema {schema}, which is newer than this binary: upgrade it"
    ))
}

/// Gives a copy back into an empty database, and brings it up to this binary's schema. A copy that an
/// earlier release wrote is given to the schema of that release first. `open` begins to read the copy
/// anew: it is read once to check it, and again for each try to store it. A register that had begun signs
/// nothing after `now` before somebody has reconciled it.
pub fn restore<R: BufRead>(
    db: &Db,
    now: Timestamp,
    open: impl Fn() -> std::io::Result<R>,
) -> Result<Counts> {
    let begin = || open().map_err(|e| unusable("the copy cannot be read", e));
    let (schema, counts) = check(begin()?)?;
    db.migrate_to(&schema)?;
    match db.schema()? {
        Some(here) if here == schema => {}
        Some(here) if here > schema => {
            return Err(Error::Unusable(format!(
                "the copy has schema {schema} and the database {here}: name a database that is not there yet"
            )));
        }
        _ => return Err(newer(&schema)),
    }
    db.write(|c| {
        // Only the tables that the copy speaks of are sure to be there.
        for table in TABLES.iter().filter(|t| counts.contains_key(t.name)) {
            if !piece(c, table, "")?.is_empty() {
                return Err(Error::Unusable(format!("the table {} is not empty", table.name)));
            }
        }
        let mut held: (&str, Vec<Value>) = ("", Vec::new());
        for line in begin()?.split(b'\n') {
            let line = line.map_err(|e| unusable("the copy cannot be read", e))?;
            let Ok(Line { table, row }) = serde_json::from_slice(&line) else { continue };
            let known = TABLES.iter().find(|t| t.name == table).map_or("", |t| t.name);
            if held.0 != known || held.1.len() >= CHUNK {
                give(c, &held)?;
                held = (known, Vec::new());
            }
            held.1.push(row);
        }
        give(c, &held)?;
        if counts.contains_key("log") { crate::log::hold_back(c, now) } else { Ok(()) }
    })?;
    db.migrate()?;
    Ok(counts)
}

/// Stores many rows of one table, in pieces of one statement each; Diesel has no such insert for both
/// engines.
pub(crate) fn insert(
    c: &mut Conn,
    table: &'static str,
    rows: impl IntoIterator<Item = Value>,
) -> Result<()> {
    let mut held = (table, Vec::new());
    for row in rows {
        held.1.push(row);
        if held.1.len() >= CHUNK {
            give(c, &held)?;
            held.1.clear();
        }
    }
    give(c, &held)
}

fn give(c: &mut Conn, (name, rows): &(&str, Vec<Value>)) -> Result<()> {
    match TABLES.iter().find(|t| t.name == *name) {
        Some(table) => store(c, table, rows),
        None => Ok(()),
    }
}
