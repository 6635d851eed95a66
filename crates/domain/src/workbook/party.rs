//! Delegations as lists name them: `г. Уфа`, `天津市代表团`, `City of Almaty`.

use std::collections::{BTreeMap, BTreeSet};

use super::plain;
use crate::{
    DelegationId, Refusal, Text,
    delegation::Delegation,
    disruption::name::{slipped, spoken},
};

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

    /// The only one whose name this may be: with a slip of the keyboard, shortened, or as people say it. That
    /// is a question to whoever reads the list, never an answer.
    pub fn nearly(&self, said: &str) -> Option<T> {
        let said = bare(stem(said.trim()));
        let words = |name: &str| name.split(' ').count();
        let all = self.0.iter().flat_map(|(name, whom)| whom.iter().map(move |one| (*one, name)));
        let alike: Vec<(T, String)> = all
            .clone()
            .filter(|(_, name)| words(name) == words(&said))
            .map(|(one, name)| (one, name.clone()))
            .collect();
        let other =
            |name: &str| is_short(&said, name) || spoken(name.replace(' ', "-")).contains(&said);
        let short: BTreeSet<T> = all.filter(|(_, name)| other(name)).map(|(one, _)| one).collect();
        let mut short = short.into_iter();
        match (short.next(), short.next()) {
            (Some(one), None) => Some(one),
            (None, _) => slipped(&said, &alike).map(|(one, _)| one),
            _ => None,
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

/// Whether a name of several words has some of them cut to their first letters: `С.-Петербург`.
fn is_short(said: &str, name: &str) -> bool {
    let (said, name): (Vec<&str>, Vec<&str>) =
        (said.split(' ').collect(), name.split(' ').collect());
    let cut = |(short, whole): (&&str, &&str)| short == whole || whole.starts_with(*short);
    said.len() == name.len()
        && said.len() > 1
        && said.last() == name.last()
        && said.iter().zip(&name).all(cut)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lang;

    #[test]
    fn a_slip_is_a_question_and_never_an_answer() {
        let all = ["Исламабад", "Душанбе", "Санкт-Петербург", "Минск", "Уфа", "乌兰巴托"];
        let named = all.map(|name| Text::new(Lang::Ru, name));
        let names: Names<usize> = named.iter().enumerate().collect();
        let cases = [
            ("Исламобад", Some(0)),
            ("г. Душамбе", Some(1)),
            ("С.-Петербург", Some(2)),
            ("Питер", Some(2)),
            ("Минсск", Some(3)),
            ("乌兰巴脱", Some(5)),
            ("Уфы-2", None),
            ("Лондон", None),
            ("Институт Исламобада", None),
            ("", None),
        ];
        for (said, expected) in cases {
            assert_eq!(names.nearly(said), expected, "{said}");
            assert!(names.find(said).is_err(), "{said}");
        }
    }
}
