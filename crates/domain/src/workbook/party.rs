//! Delegations as lists name them: `г. Уфа`, `天津市代表团`, `City of Almaty`.

use std::collections::{BTreeMap, BTreeSet};

use super::plain;
use crate::{DelegationId, Refusal, Text, delegation::Delegation};

/// Who is called how, without what lists put around a name: delegations, or whose they are.
#[derive(Clone, Debug)]
pub struct Names<T>(BTreeMap<String, BTreeSet<T>>);

/// Words before a name that are no part of it.
const BEFORE: [&str; 9] = [
    "делегация города ",
    "делегация г ",
    "делегация ",
    "город ",
    "г ",
    "delegation of ",
    "the city of ",
    "city of ",
    "city ",
];
/// Words behind a name that are no part of it.
const BEHIND: [&str; 4] = ["代表团", "市", " delegation", " city"];

impl Names<DelegationId> {
    /// The names of these delegations in every language.
    pub fn of(delegations: &[Delegation]) -> Self {
        delegations.iter().map(|delegation| (delegation.id, &delegation.name)).collect()
    }
}

impl<'a, T: Copy + Ord> FromIterator<(T, &'a Text)> for Names<T> {
    fn from_iter<I: IntoIterator<Item = (T, &'a Text)>>(named: I) -> Self {
        named.into_iter().fold(Self(BTreeMap::new()), |names, (whom, name)| names.and(whom, name))
    }
}

impl<T: Copy + Ord> Names<T> {
    /// The same with one more.
    #[must_use]
    pub fn and(mut self, whom: T, name: &Text) -> Self {
        for version in name.versions.values() {
            self.0.entry(bare(&version.text)).or_default().insert(whom);
        }
        self
    }

    /// Whoever is meant.
    pub fn find(&self, said: &str) -> Result<T, Refusal> {
        let said = said.trim();
        let found = self.0.get(&bare(said)).into_iter().flatten().collect::<Vec<_>>();
        match found[..] {
            [one] => Ok(*one),
            [] => Err(Refusal::new("delegation-unknown").with("said", said)),
            _ => Err(Refusal::new("delegation-several").with("said", said)),
        }
    }

    /// Everyone whom a cell names: one, or several with marks between them.
    pub fn all(&self, said: &str) -> Result<Vec<T>, Refusal> {
        if let Ok(one) = self.find(said) {
            return Ok(vec![one]);
        }
        let parts = said.split(['、', ',', '，', ';', '；', '/', '\n']).map(str::trim);
        let found: BTreeSet<T> = parts
            .filter(|part| !part.is_empty())
            .map(|part| self.find(part))
            .collect::<Result<_, _>>()?;
        // Marks alone name nobody.
        if found.is_empty() {
            self.find(said)?;
        }
        Ok(found.into_iter().collect())
    }
}

/// A name folded, without the words around it.
pub(super) fn bare(said: &str) -> String {
    let plain = plain(said);
    let mut name = plain.as_str();
    while let Some(rest) = BEFORE.iter().find_map(|word| name.strip_prefix(word)) {
        name = rest;
    }
    while let Some(rest) = BEHIND.iter().find_map(|word| name.strip_suffix(word)) {
        if rest.is_empty() {
            break;
        }
        name = rest;
    }
    name.to_owned()
}
