//! C2SP tlog-policy: whom a verifier trusts, as a short text file.
//!
//! `log KEY`, `witness NAME KEY`, `group NAME any|all|K MEMBER…`, `quorum NAME|none`. Groups express
//! "two of three, from two countries": one group for each country, one over them.

use std::{collections::BTreeSet, str::FromStr};

use crate::{
    Fault, Part,
    key::{Algorithm, Key},
    tile::number,
};

/// Most lines of a policy.
const MOST_LINES: usize = 4_096;

/// A group of witnesses and groups named before it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    name: String,
    least: usize,
    members: Vec<String>,
}

/// The trusted logs and witnesses, and how many of the latter are enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<Key>,
    witnesses: Vec<(String, Key)>,
    groups: Vec<Group>,
    quorum: Option<String>,
}

impl Policy {
    /// The keys of the trusted logs; a key's name is the log's origin.
    pub fn logs(&self) -> &[Key] {
        &self.logs
    }

    /// The trusted witnesses by their names in the policy.
    pub fn witnesses(&self) -> &[(String, Key)] {
        &self.witnesses
    }

    /// Whether these witnesses are enough.
    pub fn suffices(&self, cosigned: &BTreeSet<&str>) -> bool {
        let mut met = cosigned.clone();
        // A group names only what stands above it, so one pass in order settles all.
        for group in &self.groups {
            let have = group.members.iter().filter(|m| met.contains(m.as_str())).count();
            if have >= group.least {
                met.insert(&group.name);
            }
        }
        self.quorum.as_ref().is_none_or(|quorum| met.contains(quorum.as_str()))
    }

    fn named(&self, name: &str) -> bool {
        self.witnesses.iter().any(|(n, _)| n == name) || self.groups.iter().any(|g| g.name == name)
    }

    /// A name not yet taken.
    fn fresh(&self, name: Option<&&str>) -> Option<String> {
        let name = name.filter(|name| **name != "none" && !self.named(name))?;
        Some((*name).to_owned())
    }

    fn log(&mut self, words: &[&str]) -> Result<(), Option<Fault>> {
        let ([key] | [key, _]) = words else { return Err(None) };
        let key: Key = key.parse().map_err(Some)?;
        let twice = self.logs.iter().any(|log| log.bytes() == key.bytes());
        if twice || key.algorithm() != Algorithm::Note {
            return Err(None);
        }
        self.logs.push(key);
        Ok(())
    }

    fn witness(&mut self, words: &[&str]) -> Result<(), Option<Fault>> {
        let ([_, key] | [_, key, _]) = words else { return Err(None) };
        let name = self.fresh(words.first()).ok_or(None)?;
        let key: Key = key.parse().map_err(Some)?;
        let twice = self.witnesses.iter().any(|(_, known)| known.bytes() == key.bytes());
        if twice || key.algorithm() != Algorithm::Cosignature {
            return Err(None);
        }
        self.witnesses.push((name, key));
        Ok(())
    }

    fn group(&mut self, words: &[&str]) -> Option<()> {
        let (name, [least, members @ ..]) = (self.fresh(words.first())?, words.get(1..)?) else {
            return None;
        };
        let least = match *least {
            "any" => 1,
            "all" => members.len(),
            number => self::number(number)?,
        };
        let taken: BTreeSet<&str> =
            self.groups.iter().flat_map(|g| &g.members).map(String::as_str).collect();
        let once: BTreeSet<&str> = members.iter().copied().collect();
        let sound = members.iter().all(|m| self.named(m) && !taken.contains(m));
        if !sound || once.len() != members.len() || !(1..=members.len()).contains(&least) {
            return None;
        }
        let members = members.iter().map(|m| (*m).to_owned()).collect();
        self.groups.push(Group { name, least, members });
        Some(())
    }
}

impl FromStr for Policy {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let mut policy = Policy::default();
        let mut quorum = None;
        for (at, line) in text.split('\n').enumerate() {
            let bad = Fault::form(Part::Policy, at + 1);
            if at >= MOST_LINES || line.contains(|c: char| c.is_ascii_control() && c != '\t') {
                return Err(bad);
            }
            let words: Vec<&str> =
                line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
            let read = match words.as_slice() {
                [] => Ok(()),
                [first, ..] if first.starts_with('#') => Ok(()),
                ["log", rest @ ..] => policy.log(rest),
                ["witness", rest @ ..] => policy.witness(rest),
                ["group", rest @ ..] => policy.group(rest).ok_or(None),
                ["quorum", name] if quorum.is_none() && (*name == "none" || policy.named(name)) => {
                    quorum = Some((*name).to_owned());
                    Ok(())
                }
                _ => Err(None),
            };
            read.map_err(|fault| fault.unwrap_or(bad))?;
        }
        let quorum = quorum.ok_or(Fault::form(Part::Policy, 0))?;
        policy.quorum = Some(quorum).filter(|name| name != "none");
        Ok(policy)
    }
}
