//! `import` and `export`: the same lists that the pages read and write.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use axum::http::Method;
use clap::{Args, ValueEnum};
use domain::EditionId;
use outputs::pdf::Fonts;

use super::{database::Database, desk};
use crate::{
    app::{App, Config},
    seed,
    web::{
        convene::delegation_import::{self, Counts},
        fields::Fields,
        network::city_import,
        reply::Reply,
        request::Req,
    },
};

/// What can be read in.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Source {
    /// The register that comes with the platform: states with their standing, cities, ties
    Register,
    /// A workbook or CSV file of cities, as `export cities` writes it
    Cities,
    /// A workbook or CSV file of delegations and their people, as an office has it
    Delegations,
}

/// `import`
#[derive(Debug, Args)]
pub(super) struct Import {
    /// What is read
    #[arg(value_enum)]
    what: Source,
    /// The file; none for the register
    #[arg(required_if_eq_any([("what", "cities"), ("what", "delegations")]))]
    file: Option<PathBuf>,
    /// The edition, by the identifier in its address
    #[arg(long, required_if_eq("what", "delegations"))]
    edition: Option<EditionId>,
    #[command(flatten)]
    database: Database,
}

/// Reads all of a file, or nothing.
pub(super) fn import(args: &Import) -> anyhow::Result<()> {
    let app = app(&args.database)?;
    match (args.what, &args.file) {
        (Source::Register, _) => {
            let there = app.db.read(store::state::all)?;
            anyhow::ensure!(there.is_empty(), "the register is there already");
            app.db.write(seed::real)?;
            println!("{} cities", app.db.read(store::city::all)?.len());
        }
        (list, Some(file)) => {
            let bytes =
                fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
            let req = desk::request(&app, args.edition)?;
            if let Source::Delegations = list {
                delegations(&req, &bytes)?;
            } else {
                cities(&req, &bytes)?;
            }
        }
        (_, None) => anyhow::bail!("name the file"),
    }
    Ok(())
}

fn delegations(req: &Req, bytes: &[u8]) -> anyhow::Result<()> {
    match delegation_import::from_file(req, bytes).map_err(|fault| desk::told(req, fault))? {
        Ok((Counts { formed, altered, added, changed }, untaken)) => {
            for sentence in &untaken {
                println!("{sentence}");
            }
            println!(
                "{formed} delegations formed, {altered} changed, \
                 {added} people added, {changed} changed"
            );
            Ok(())
        }
        Err(sentences) => {
            for sentence in &sentences {
                println!("{sentence}");
            }
            anyhow::bail!("{} cells or rows cannot be taken; nothing was stored", sentences.len())
        }
    }
}

fn cities(req: &Req, bytes: &[u8]) -> anyhow::Result<()> {
    let preview = city_import::take(req, bytes).map_err(|fault| desk::told(req, fault))?;
    for (row, refused) in &preview.unread {
        for (column, refusal) in &refused.0 {
            println!("row {row}, {column}: {}", req.t.refusal(refusal));
        }
    }
    let unread = preview.unread.len();
    anyhow::ensure!(unread == 0, "{unread} rows cannot be read; nothing was stored");
    let new = preview.changes.iter().filter(|c| c.new).count();
    let changed = preview.changes.len() - new;
    println!("{new} new, {changed} changed, {} as they were", preview.same);
    Ok(())
}

/// What can be written out.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum List {
    /// The cities of the register
    Cities,
    /// The delegations of an edition
    Delegations,
    /// The people of an edition under their delegations
    People,
    /// What is to be planned in an edition, as `plan` reads it
    Problem,
    /// The newest draft of an edition's programme, as `plan` reads it
    Draft,
}

/// `export`
#[derive(Debug, Args)]
pub(super) struct Export {
    /// What is written
    #[arg(value_enum)]
    what: List,
    /// The file; for lists its ending .csv or .xlsx says how
    file: PathBuf,
    /// The edition, by the identifier in its address
    #[arg(long, required_if_eq_any([
        ("what", "delegations"),
        ("what", "people"),
        ("what", "problem"),
        ("what", "draft"),
    ]))]
    edition: Option<EditionId>,
    #[command(flatten)]
    database: Database,
}

/// Writes a list as the pages would save it.
pub(super) fn export(args: &Export) -> anyhow::Result<()> {
    let app = app(&args.database)?;
    let mut req = desk::request(&app, args.edition)?;
    let format = args.file.extension().and_then(|e| e.to_str()).unwrap_or_default();
    req.params.insert("format".to_owned(), format.to_owned());
    req.query = Fields::default().with("format", format);
    let path = match args.what {
        List::Cities => "/cities/export/{format}",
        List::Delegations => "/editions/{edition}/delegations/export/{format}",
        List::People => "/editions/{edition}/delegations/people/export/{format}",
        List::Problem => "/editions/{edition}/plan/problem/json",
        List::Draft => "/editions/{edition}/plan/draft/json",
    };
    let Reply::Bytes { bytes, .. } = desk::ask(&req, &Method::GET, path)? else {
        anyhow::bail!("give the file the ending .csv or .xlsx");
    };
    fs::write(&args.file, bytes)
        .with_context(|| format!("cannot write {}", args.file.display()))?;
    println!("{}", args.file.display());
    Ok(())
}

fn app(database: &Database) -> anyhow::Result<App> {
    let config = Config {
        public_url: String::new(),
        demo: false,
        trusted_proxy: None,
        smtp: None,
        mail_from: String::new(),
    };
    Ok(App::new(database.ready()?, config, Fonts::default()))
}
