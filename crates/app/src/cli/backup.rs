//! `backup` and `restore`.

use std::{
    fs::{self, File, OpenOptions},
    io::{BufReader, BufWriter},
    os::unix::fs::OpenOptionsExt as _,
    path::PathBuf,
};

use anyhow::Context as _;
use clap::Args;

use super::{database::Database, serve::RegisterKey};
use crate::chance;

/// `backup`
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to write; it holds personal data and is made readable by its owner alone
    file: PathBuf,
    #[command(flatten)]
    database: Database,
}

/// Writes beside the file, and takes its name only when everything is on the disk.
pub(super) fn backup(args: &Backup) -> anyhow::Result<()> {
    let db = args.database.ready()?;
    let part = args.file.with_extension("part");
    let open = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part);
    let out = open.with_context(|| format!("cannot write {}", part.display()))?;
    let mut out = BufWriter::new(out);
    let rows = store::backup::write(&db, chance::now(), &mut out)?;
    out.into_inner().context("cannot write the copy")?.sync_all()?;
    fs::rename(&part, &args.file)
        .with_context(|| format!("cannot write {}", args.file.display()))?;
    println!("{} rows in {}", rows.values().sum::<u64>(), args.file.display());
    Ok(())
}

/// `restore`
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// A file that `backup` wrote
    file: PathBuf,
    #[command(flatten)]
    key: RegisterKey,
    #[command(flatten)]
    database: Database,
}

/// Makes the schema of the copy, gives everything back in one transaction, or nothing, and brings the
/// schema up to date. What the register's key remembers as erased is erased again.
pub(super) fn restore(args: &Restore) -> anyhow::Result<()> {
    let db = args.database.open()?;
    let rows =
        store::backup::restore(&db, chance::now(), || File::open(&args.file).map(BufReader::new))?;
    println!("{} rows from {}", rows.values().sum::<u64>(), args.file.display());
    let erased = args.key.forget(&db)?;
    if erased > 0 {
        println!("{erased} acts of the register were erased again");
    }
    Ok(())
}
