//! `verify`: the check of a document without network and database.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::Args as ClapArgs;
use domain::Lang;

use crate::{i18n::Messages, register::offline};

/// `verify`
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// A package as the register hands it out, or a document with its manifest and proof
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Whom to trust, in the format of <https://c2sp.org/tlog-policy>; otherwise the package's own
    #[arg(long)]
    policy: Option<PathBuf>,
    /// The language of the answer: zh, ru or en
    #[arg(long, default_value = "en", value_parser = language)]
    lang: Lang,
}

fn language(raw: &str) -> Result<Lang, String> {
    raw.parse().map_err(|()| "zh, ru or en".to_owned())
}

/// Says what holds and what does not; fails when something does not.
pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let read =
        |file: &PathBuf| fs::read(file).with_context(|| format!("cannot read {}", file.display()));
    let mut files = Vec::new();
    for file in &args.files {
        files.push((file.display().to_string(), read(file)?));
    }
    let policy = args.policy.as_ref().map(read).transpose()?;
    let verdict = offline::verify(Messages::of(args.lang), files, policy);
    for line in &verdict.lines {
        println!("{line}");
    }
    Ok(if verdict.sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
