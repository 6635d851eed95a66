//! Text in several languages, and which of them is the source.
//!
//! Chinese and Russian are equal and official; English is a working language and never stands
//! unmarked where an official text is missing: [`Text::shown`] says which language it found.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A language of pages and content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese in simplified characters, official.
    Zh,
    /// Russian, official.
    Ru,
    /// English, a working language.
    En,
    /// Persian, right to left.
    Fa,
}

impl Lang {
    /// Every language, official ones first.
    pub const ALL: [Lang; 4] = [Lang::Zh, Lang::Ru, Lang::En, Lang::Fa];
    /// The languages that must be complete on every page.
    pub const COMPLETE: [Lang; 3] = [Lang::Zh, Lang::Ru, Lang::En];

    /// The BCP 47 tag for `lang` attributes.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-Hans",
            Lang::Ru => "ru",
            Lang::En => "en",
            Lang::Fa => "fa",
        }
    }

    /// The two-letter code (ISO 639-1) used in addresses and columns.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::Ru => "ru",
            Lang::En => "en",
            Lang::Fa => "fa",
        }
    }

    /// The writing direction for `dir` attributes.
    pub fn dir(self) -> &'static str {
        if self == Lang::Fa { "rtl" } else { "ltr" }
    }

    /// The language's name in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::Zh => "中文",
            Lang::Ru => "Русский",
            Lang::En => "English",
            Lang::Fa => "فارسی",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = ();

    /// Reads a code or a tag such as `zh-CN`; only the first subtag counts.
    fn from_str(s: &str) -> Result<Self, ()> {
        match s.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "zh" => Ok(Lang::Zh),
            "ru" => Ok(Lang::Ru),
            "en" => Ok(Lang::En),
            "fa" => Ok(Lang::Fa),
            _ => Err(()),
        }
    }
}

/// How far a translation can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Stated by the owner in this language, or checked by a person.
    Stated,
    /// The source changed after this was written.
    Stale,
}

/// One language's version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Version {
    /// The words.
    pub text: String,
    /// Whether they still say what the source says.
    pub standing: Standing,
}

/// The versions of a text, one a language, in the order of [`Lang`]. A page holds hundreds of texts of two
/// or three languages each, so they stand side by side and not in a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Versions(Vec<(Lang, Version)>);

impl Versions {
    /// The version in a language.
    pub fn get(&self, lang: Lang) -> Option<&Version> {
        self.0.iter().find(|(l, _)| *l == lang).map(|(_, version)| version)
    }

    /// Puts a version in the place of what that language said before.
    pub fn insert(&mut self, lang: Lang, version: Version) {
        match self.0.binary_search_by_key(&lang, |(l, _)| *l) {
            Ok(at) => self.0[at].1 = version,
            Err(at) => self.0.insert(at, (lang, version)),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each language with its version.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Lang, &Version)> {
        self.0.iter().map(|(lang, version)| (*lang, version))
    }

    /// The same, to change the versions.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Lang, &mut Version)> {
        self.0.iter_mut().map(|(lang, version)| (*lang, version))
    }

    /// The versions alone.
    pub fn values(&self) -> impl Iterator<Item = &Version> {
        self.0.iter().map(|(_, version)| version)
    }
}

impl FromIterator<(Lang, Version)> for Versions {
    fn from_iter<I: IntoIterator<Item = (Lang, Version)>>(versions: I) -> Self {
        let mut all = Self::default();
        for (lang, version) in versions {
            all.insert(lang, version);
        }
        all
    }
}

/// Written as a map from language to version.
impl Serialize for Versions {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Versions {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(BTreeMap::<Lang, Version>::deserialize(from)?.into_iter().collect())
    }
}

/// What a reader is shown: the words, and the language they are really in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The words.
    pub text: &'a str,
    /// Their language.
    pub lang: Lang,
    /// Whether this is the language that was asked for.
    pub asked: bool,
    /// Whether the source changed since.
    pub stale: bool,
}

/// A text in one or more languages.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    /// The language it was first written in.
    pub source: Lang,
    /// Its versions.
    pub versions: Versions,
}

impl Text {
    /// A text stated in one language.
    pub fn new(source: Lang, text: impl Into<String>) -> Self {
        let version = Version { text: text.into(), standing: Standing::Stated };
        Self { source, versions: Versions(vec![(source, version)]) }
    }

    /// A text stated in several languages; the first one that is not empty is the source.
    /// `None` when all are empty.
    pub fn stated<S: Into<String>>(parts: impl IntoIterator<Item = (Lang, S)>) -> Option<Self> {
        let mut text: Option<Text> = None;
        for (lang, words) in parts {
            let words = words.into();
            if words.is_empty() {
                continue;
            }
            text = Some(match text {
                None => Text::new(lang, words),
                Some(text) => text.and(lang, words),
            });
        }
        text
    }

    /// The same text with one more language, stated by a person.
    #[must_use]
    pub fn and(mut self, lang: Lang, text: impl Into<String>) -> Self {
        let version = Version { text: text.into(), standing: Standing::Stated };
        self.versions.insert(lang, version);
        self
    }

    /// The words in exactly this language.
    pub fn get(&self, lang: Lang) -> Option<&str> {
        self.versions.get(lang).map(|v| v.text.as_str())
    }

    /// What a reader of `lang` sees: that language, else the source, else any version.
    pub fn shown(&self, lang: Lang) -> Shown<'_> {
        self.first_of(lang, [lang, self.source])
    }

    /// What a reader of `lang` sees of a name or a label of the register, where no language is the
    /// source of the others: that language, else English, else any version.
    pub fn label(&self, lang: Lang) -> Shown<'_> {
        self.first_of(lang, [lang, Lang::En])
    }

    fn first_of(&self, lang: Lang, order: [Lang; 2]) -> Shown<'_> {
        let found =
            order.into_iter().chain(Lang::ALL).find_map(|l| self.versions.get(l).map(|v| (l, v)));
        match found {
            Some((l, v)) => Shown {
                text: &v.text,
                lang: l,
                asked: l == lang,
                stale: v.standing == Standing::Stale,
            },
            None => Shown { text: "", lang, asked: false, stale: false },
        }
    }

    /// Takes new words per language. When the source's words change, versions that were not
    /// rewritten at the same time become stale; none is thrown away.
    #[must_use]
    pub fn revised(&self, new: &Text) -> Text {
        let source_moved = self.get(self.source) != new.get(self.source);
        let mut versions = new.versions.clone();
        for (lang, version) in versions.iter_mut() {
            if let Some(old) = self.versions.get(lang).filter(|old| old.text == version.text) {
                let stale = source_moved && lang != self.source;
                version.standing = if stale { Standing::Stale } else { old.standing };
            }
        }
        let source = if versions.get(self.source).is_some() { self.source } else { new.source };
        Text { source, versions }
    }

    /// All words of all versions, for the search column.
    pub fn words(&self) -> String {
        let all: Vec<&str> = self.versions.values().map(|v| v.text.as_str()).collect();
        all.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_is_marked() {
        let text = Text::new(Lang::En, "Harbour");
        let shown = text.shown(Lang::Zh);
        assert_eq!((shown.text, shown.lang, shown.asked), ("Harbour", Lang::En, false));
    }

    #[test]
    fn a_changed_source_makes_the_other_languages_stale() {
        let old = Text::new(Lang::Zh, "旧").and(Lang::Ru, "старый").and(Lang::En, "old");
        let new = Text::new(Lang::Zh, "新").and(Lang::Ru, "старый").and(Lang::En, "new");
        let text = old.revised(&new);
        assert!(text.shown(Lang::Ru).stale);
        assert!(!text.shown(Lang::En).stale);
        assert!(!text.shown(Lang::Zh).stale);
    }
}
