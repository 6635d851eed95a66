//! Stories of the store, each told on SQLite and, when `TEST_POSTGRES` holds the address of a server
//! (`postgres://user@127.0.0.1:5499/postgres`), on PostgreSQL too.

mod backup;
mod engines;
mod kill;
mod leaf;
mod leases;
mod nouns;
mod race;
mod sample;
mod schema;
mod text;
mod upgrade;
