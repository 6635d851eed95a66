//! The three places that name columns agree: the migrations, Diesel's view, the backup.

use std::collections::BTreeMap;

use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection, sql_query,
    sql_types::{Bool, Text},
};
use store::{Db, Engine, Error};

use crate::engines::{self, Fresh};

/// Tables, their columns, and whether each is a number and may be absent.
type Shape = BTreeMap<String, BTreeMap<String, (bool, bool)>>;

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

const ON_SQLITE: &str = "select t.name as \"of\", c.name, c.type as kind, \
    c.\"notnull\" = 0 and c.pk = 0 as nullable \
    from sqlite_master t join pragma_table_info(t.name) c where t.type = 'table'";
const ON_POSTGRES: &str = "select table_name::text as \"of\", \
    column_name::text as name, data_type::text as kind, \
    is_nullable = 'YES' as nullable \
    from information_schema.columns where table_schema = 'public'";

fn of_database(fresh: &Fresh) -> Shape {
    let columns: Vec<Column> = match fresh.db.engine() {
        Engine::Sqlite => {
            let mut c = SqliteConnection::establish(&fresh.address).expect("SQLite");
            sql_query(ON_SQLITE).load(&mut c).expect("columns")
        }
        Engine::Postgres => {
            let mut c = PgConnection::establish(&fresh.address).expect("PostgreSQL");
            sql_query(ON_POSTGRES).load(&mut c).expect("columns")
        }
    };
    let mut shape = Shape::new();
    for c in columns.into_iter().filter(|c| !c.of.starts_with('_')) {
        let number = matches!(c.kind.to_lowercase().as_str(), "integer" | "bigint");
        shape.entry(c.of).or_default().insert(c.name, (number, c.nullable));
    }
    shape
}

/// Reads `diesel::table!` blocks: a name before ` (`, then `column -> Type,` lines.
fn of_diesel() -> Shape {
    let mut shape = Shape::new();
    let files = [include_str!("../../src/schema.rs"), include_str!("../../src/schema/agree.rs")];
    for block in files.iter().flat_map(|file| file.split("diesel::table! {").skip(1)) {
        let block = block.split("\n}").next().unwrap_or_default();
        let (name, rest) = block.split_once(" (").expect("a table");
        let columns =
            rest.lines().filter_map(|l| l.trim().trim_end_matches(',').split_once(" -> "));
        let read = columns.map(|(column, kind)| {
            let number = kind.contains("Integer") || kind.contains("BigInt");
            (column.to_owned(), (number, kind.starts_with("Nullable")))
        });
        shape.insert(name.trim().to_owned(), read.collect());
    }
    shape
}

#[test]
fn diesel_sees_what_the_migrations_make() {
    for fresh in engines::each() {
        assert_eq!(of_database(&fresh), of_diesel());
    }
}

#[test]
fn the_backup_names_every_column() {
    let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, columns) in of_diesel() {
        expected.insert(table, columns.into_keys().collect());
    }
    let mut named: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, columns) in store::backup::tables() {
        let mut columns: Vec<String> = columns.into_iter().map(str::to_owned).collect();
        columns.sort();
        named.insert(table.to_owned(), columns);
    }
    assert_eq!(named, expected);
}

#[test]
fn an_older_binary_refuses_a_newer_schema() {
    for fresh in engines::each() {
        assert!(fresh.db.pending().unwrap().is_empty());
        let newer = "insert into __diesel_schema_migrations (version) values ('99990101000000')";
        match fresh.db.engine() {
            Engine::Sqlite => {
                let mut c = SqliteConnection::establish(&fresh.address).unwrap();
                sql_query(newer).execute(&mut c).unwrap();
            }
            Engine::Postgres => {
                let mut c = PgConnection::establish(&fresh.address).unwrap();
                sql_query(newer).execute(&mut c).unwrap();
            }
        }
        let again = Db::open(&fresh.address, 1).unwrap();
        assert!(matches!(again.migrate(), Err(Error::Unusable(why)) if why.contains("newer")));
        assert!(matches!(again.pending(), Err(Error::Unusable(_))));
    }
}
