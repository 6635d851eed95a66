//! `mirror` and `witness`: what another city runs. Neither needs a database, nor trusts what it fetches.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ::register::{Fault, checkpoint::Checkpoint, key::Algorithm, witness::Declined};
use clap::{Args, Subcommand};
use domain::Lang;

use crate::{
    chance,
    i18n::Messages,
    register::{copy, key, source::Source, watch, words},
};

/// `mirror`
#[derive(Debug, Args)]
pub(super) struct Mirror {
    /// The register's address, such as `https://dialogue.example.org/register`, or a folder that was
    /// carried here
    source: Source,
    /// The folder of the copy
    folder: PathBuf,
    /// Whom to trust; the first time, what the register says of itself is kept and trusted from then on
    #[arg(long)]
    policy: Option<PathBuf>,
    /// Read the whole copy afterwards and check that everything follows from the entries
    #[arg(long)]
    audit: bool,
}

/// Brings the copy up to date.
pub(super) fn mirror(args: &Mirror) -> anyhow::Result<()> {
    let copied = copy::copy(&args.source, &args.folder, args.policy.as_deref()).map_err(plainly)?;
    println!("{} entries, {} of them new", copied.size, copied.size - copied.before);
    if args.audit {
        let checkpoint = copy::audit(&args.folder).map_err(plainly)?;
        println!("all {} entries lead to what was signed", checkpoint.size);
    }
    Ok(())
}

/// A fault of the register in the words that pages use.
pub(super) fn plainly(error: anyhow::Error) -> anyhow::Error {
    let declined = error.downcast_ref::<Declined>().and_then(|declined| match declined {
        Declined::Malformed(fault)
        | Declined::Unknown(fault)
        | Declined::Forbidden(fault)
        | Declined::Inconsistent(fault) => Some(fault),
        Declined::Conflict { .. } => None,
    });
    match error.downcast_ref::<Fault>().or(declined) {
        Some(fault) => anyhow::anyhow!(words::fault(Messages::of(Lang::En), fault)),
        None => error,
    }
}

/// `witness`
#[derive(Debug, Subcommand)]
pub(super) enum Witness {
    /// Make the witness's key in a folder, and print what the secretariat has to know of it
    New(New),
    /// Look at the newest state, and vouch for it if the register only grew
    Look(Look),
    /// Sign again, with the present time, what the witness holds: a restored register asks for it
    Held(HeldBy),
}

/// `witness held`
#[derive(Debug, Args)]
pub(super) struct HeldBy {
    /// The witness's folder
    folder: PathBuf,
}

/// `witness new`
#[derive(Debug, Args)]
pub(super) struct New {
    /// The witness's name, such as `city.example/witness`
    name: String,
    /// Its folder
    folder: PathBuf,
}

/// `witness look`
#[derive(Debug, Args)]
pub(super) struct Look {
    /// The register's address, or a folder that was carried here
    source: Source,
    /// The witness's folder, with its key and its memory
    folder: PathBuf,
    /// Whom to trust; the first time, what the register says of itself is kept and trusted from then on
    #[arg(long)]
    policy: Option<PathBuf>,
    /// Only write the signed state to the witness's folder, to be carried to the secretariat
    #[arg(long)]
    keep: bool,
}

fn key_file(folder: &Path) -> PathBuf {
    folder.join("witness.key")
}

/// Makes a key, or looks at a register.
pub(super) fn witness(what: &Witness) -> anyhow::Result<()> {
    match what {
        Witness::New(args) => {
            fs::create_dir_all(&args.folder)?;
            let signer = key::make(&key_file(&args.folder), &args.name, Algorithm::Cosignature)?;
            println!("{}", signer.key());
            Ok(())
        }
        Witness::Look(args) => look(args),
        Witness::Held(args) => {
            let signer = key::read(&key_file(&args.folder))?;
            watch::again(&args.folder, &signer, chance::now())?;
            println!("{}", args.folder.join("cosigned").display());
            Ok(())
        }
    }
}

fn look(args: &Look) -> anyhow::Result<()> {
    let signer = key::read(&key_file(&args.folder))?;
    anyhow::ensure!(
        signer.key().algorithm() == Algorithm::Cosignature,
        "this is a register's key: make a witness's own with `witness new`"
    );
    let policy = args.policy.as_deref();
    let looked = watch::look(&args.source, &args.folder, &signer, policy, chance::now());
    let note = looked.map_err(plainly)?;
    let size = Checkpoint::parse(&note.text)?.size;
    println!("vouched for {size} entries");
    let carried = args.keep || matches!(args.source, Source::Folder(_));
    if carried {
        println!("{}", args.folder.join("cosigned").display());
    } else {
        println!("{}", args.source.send(&note.to_string())?);
    }
    Ok(())
}
