//! Problems and plans in files, as the commands of `plan` read and write them.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use clap::Args;
use planner::{
    Plan,
    formats::{self, Case},
};

/// A problem in a file.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// The problem: own JSON, summit-1 JSON or a B2B `.dzn`
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// Most by which the breaks of two people may differ, in B2B files; -1 for any
    #[arg(long, value_name = "D", default_value_t = 2, allow_negative_numbers = true)]
    fairness: i64,
}

impl Input {
    /// The problem, its market and its events.
    pub(super) fn case(&self) -> anyhow::Result<Case> {
        let bytes = read(&self.input)?;
        formats::read(&bytes, u32::try_from(self.fairness).ok()).map_err(|faults| {
            anyhow::anyhow!("{}: {}", self.input.display(), one_line(&faults.to_string()))
        })
    }
}

/// Reads a file of bearable length; what is longer is refused by the reader of its format.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let cannot = || format!("cannot read {}", path.display());
    let file = File::open(path).with_context(cannot)?;
    let mut bytes = Vec::new();
    let most = formats::LARGEST as u64 + 1;
    file.take(most).read_to_end(&mut bytes).with_context(cannot)?;
    Ok(bytes)
}

/// A plan of a case, in the format of the case.
pub(super) fn read_plan(case: &Case, path: &Path) -> anyhow::Result<Plan> {
    let plan = formats::read_plan(case, &read(path)?);
    plan.map_err(|faults| anyhow::anyhow!("{}: {}", path.display(), one_line(&faults.to_string())))
}

/// Writes a file whole.
pub(super) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
