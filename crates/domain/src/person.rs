//! A person's name and office, per language as the owner states them: nothing here is derived.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Lang, coded};

coded! {
    /// Which part of a full name comes first.
    pub enum NameOrder {
        /// 范例明, Вымыслов Пример Образцович.
        FamilyFirst = "family_first",
        /// Given name, then family name.
        GivenFirst = "given_first",
        /// One name only.
        Single = "single",
    }
}

impl Default for NameOrder {
    /// The order that says least: the name is printed as it stands.
    fn default() -> Self {
        Self::Single
    }
}

/// How a person is called in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Styled {
    /// The full name, in the order in which it is to be printed.
    pub name: String,
    /// Which part comes first, as the person writes it in this language.
    #[serde(default)]
    pub order: NameOrder,
    /// The family name where there is one: badges, sorting.
    #[serde(default)]
    pub family: String,
    /// The office, as the city states it: 市长, глава, аким, хоким …
    #[serde(default)]
    pub office: String,
    /// How a letter begins: 尊敬的范例明女士, Уважаемый Пример Образцович.
    #[serde(default)]
    pub salutation: String,
}

/// A person's name in one or more languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// Per language, as stated.
    pub styled: BTreeMap<Lang, Styled>,
}

/// The language in which a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    /// The name and office.
    pub styled: &'a Styled,
    /// The language they are in.
    pub lang: Lang,
}

impl PersonName {
    /// The name for a reader: in that language as stated, else in English, else in any that is
    /// stated. `None` only for a person without any name.
    pub fn shown(&self, lang: Lang) -> Option<Named<'_>> {
        self.stated(lang, |styled| &styled.name)
    }

    /// The same by the office: a name may be stated in languages in which the office is not.
    pub fn in_office(&self, lang: Lang) -> Option<Named<'_>> {
        self.stated(lang, |styled| &styled.office)
    }

    fn stated(&self, lang: Lang, part: fn(&Styled) -> &String) -> Option<Named<'_>> {
        [lang, Lang::En].into_iter().chain(Lang::ALL).find_map(|l| {
            let styled = self.styled.get(&l).filter(|s| !part(s).is_empty())?;
            Some(Named { styled, lang: l })
        })
    }

    /// All names, for the search column.
    pub fn words(&self) -> String {
        let all: Vec<&str> = self.styled.values().map(|s| s.name.as_str()).collect();
        all.join(" ")
    }
}
