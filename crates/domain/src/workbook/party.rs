//! Delegations as lists name them: `г. Уфа`, `天津市代表团`, `City of Almaty`.

use std::collections::{BTreeMap, BTreeSet};

use super::plain;
use crate::{DelegationId, Refusal, Text, delegation::Delegation};

/// Who is called how, without what lists put around a name: delegations, or whose they are.
#[derive(Clone, Debug)]
pub struct Names<T>(BTreeMap<String, BTreeSet<T>>);

/// Words before a name that are no part of it.
const BEFORE: [&str; 13] = [
    "делегация ",
    "мэрия ",
    "администрация ",
    "правительство ",
    "хокимият ",
    "акимат ",
    "города ",
    "город ",
    "г ",
    "delegation of ",
    "the city of ",
    "city of ",
    "city ",
];
/// Words behind a name that are no part of it.
const BEHIND: [&str; 5] = ["代表团", "人民政府", "市", " delegation", " city"];
/// Endings of the Russian genitive, and what a name may end in that has them: `делегация Уфы`.
const GENITIVE: [(char, &[&str]); 4] =
    [('ы', &["а"]), ('и', &["ь", "а", "я"]), ('а', &[""]), ('я', &["ь", "й"])];

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

    /// The same with what somebody is called beside the register. Known names keep their meaning.
    #[must_use]
    pub fn called(mut self, said: &str, whom: T) -> Self {
        self.0.entry(bare(stem(said.trim()))).or_insert_with(|| [whom].into());
        self
    }

    /// Whoever is meant.
    pub fn find(&self, said: &str) -> Result<T, Refusal> {
        let said = said.trim();
        let name = bare(stem(said));
        let stated = self.0.get(&name).cloned().unwrap_or_default();
        let found = if stated.is_empty() { self.declined(&name) } else { stated };
        let found: Vec<T> = found.into_iter().collect();
        match found[..] {
            [one] => Ok(one),
            [] => Err(Refusal::new("delegation-unknown").with("said", said)),
            _ => Err(Refusal::new("delegation-several").with("said", said)),
        }
    }

    /// Those of whose names this is the genitive.
    fn declined(&self, name: &str) -> BTreeSet<T> {
        let ending = name.chars().next_back();
        let endings = GENITIVE.iter().filter(|(last, _)| Some(*last) == ending);
        let names = endings.flat_map(|(last, all)| {
            let stem = name.strip_suffix(*last).unwrap_or(name);
            all.iter().map(move |end| format!("{stem}{end}"))
        });
        names.filter_map(|name| self.0.get(&name)).flatten().copied().collect()
    }

    /// Everyone whom a cell names: one, or several with marks between them; or why not, for each that is not
    /// known.
    pub fn all(&self, said: &str) -> Result<Vec<T>, Vec<Refusal>> {
        let whole = match self.find(said) {
            Ok(one) => return Ok(vec![one]),
            Err(refusal) => refusal,
        };
        let marks = ['、', ',', '，', ';', '；', '/', '\n'];
        let parts = said.split(marks).map(str::trim).filter(|part| !part.is_empty());
        let (mut found, mut refused) = (BTreeSet::new(), Vec::new());
        for part in parts {
            match self.find(part) {
                Ok(one) => _ = found.insert(one),
                Err(refusal) => refused.push(refusal),
            }
        }
        match refused.is_empty() {
            // Marks alone name nobody.
            true if found.is_empty() => Err(vec![whole]),
            true => Ok(found.into_iter().collect()),
            false => Err(refused),
        }
    }
}

/// A name without the number before it and the count behind it: `一、天津市代表团（5人）`.
pub(super) fn stem(said: &str) -> &str {
    let numeral = |c: char| c.is_numeric() || "一二三四五六七八九十".contains(c);
    let mut stem = said.trim();
    let rest = stem.trim_start_matches(['(', '（']).trim_start_matches(numeral);
    if rest.len() < stem.len()
        && let Some(behind) = rest.strip_prefix(['.', '．', '、', ')', '）', ':', '：'])
    {
        stem = behind.trim();
    }
    if let Some((name, count)) = stem.rsplit_once(['(', '（'])
        && count.contains(char::is_numeric)
    {
        stem = name.trim();
    }
    if stem.is_empty() { said } else { stem }
}

/// A name folded, without the words around it.
fn bare(said: &str) -> String {
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
