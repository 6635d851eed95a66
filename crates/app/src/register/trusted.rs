//! Whom a mirror or a witness trusts: what it was given at its first visit, and what that key handed over to.

use std::{fs, path::Path};

use ::register::{
    policy::Policy,
    rotation::{Rotation, Trust},
};
use anyhow::Context as _;

use super::{key, source::Source};

/// The name of the policy in a folder.
const POLICY: &str = "policy";

/// Trusts the policy of a folder; at the first visit the given one, or what the register says of itself.
/// Then follows each hand-over of the key that the register publishes.
pub(super) fn pinned(
    source: &Source,
    folder: &Path,
    given: Option<&Path>,
) -> anyhow::Result<Trust> {
    let pinned = folder.join(POLICY);
    if let Some(given) = given {
        let shown = given.display();
        let text = fs::read_to_string(given).with_context(|| format!("cannot read {shown}"))?;
        let _: Policy = text.parse()?;
        key::replace(&pinned, &text)?;
    } else if !pinned.exists() {
        let text = String::from_utf8(source.need(POLICY)?)?;
        let _: Policy = text.parse()?;
        key::replace(&pinned, &text)?;
    }
    let mut trust = base(folder)?;
    for n in 1.. {
        let name = format!("rotations/{n}");
        let Some(note) = source.file(&name)? else { break };
        trust.rotate(&Rotation::parse(&note)?)?;
        fs::create_dir_all(folder.join("rotations"))?;
        key::replace(&folder.join(name), &String::from_utf8(note)?)?;
    }
    Ok(trust)
}

fn base(folder: &Path) -> anyhow::Result<Trust> {
    let pinned = folder.join(POLICY);
    let shown = pinned.display();
    let text = fs::read_to_string(&pinned).with_context(|| format!("cannot read {shown}"))?;
    Ok(Trust::new(text.parse()?))
}

/// Trusts what a folder has, without asking anybody.
pub(super) fn kept(folder: &Path) -> anyhow::Result<Trust> {
    let mut trust = base(folder)?;
    let source = Source::Folder(folder.to_owned());
    for n in 1.. {
        let Some(note) = source.file(&format!("rotations/{n}"))? else { break };
        trust.rotate(&Rotation::parse(&note)?)?;
    }
    Ok(trust)
}
