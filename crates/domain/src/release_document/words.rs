//! How a text is written down in a release.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor, value::SeqAccessDeserializer},
    ser::SerializeSeq,
};

use crate::{
    Lang, Text,
    text::{Standing, Version, Versions},
};

/// A text as its versions, the source first: a language and what it says, in turn. A language whose
/// source moved on ends in `*`. Earlier documents keep each version in a list of three; both are read.
#[derive(Clone)]
pub(super) struct Words(pub Text);

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Words(text) = self;
        let mut versions: Vec<_> = text.versions.iter().collect();
        versions.sort_by_key(|(lang, _)| *lang != text.source);
        let mut list = to.serialize_seq(Some(2 * versions.len()))?;
        for (lang, version) in versions {
            match version.standing {
                Standing::Stated => list.serialize_element(lang.code())?,
                Standing::Stale => list.serialize_element(&format!("{lang}*"))?,
            }
            list.serialize_element(&version.text)?;
        }
        list.end()
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Turns;
        impl<'de> Visitor<'de> for Turns {
            type Value = Words;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the versions of a text")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Words, A::Error> {
                let mut text = Text { source: Lang::Zh, versions: Versions::default() };
                while let Some(said) = seq.next_element()? {
                    let (lang, version) = match said {
                        Said::Whole(lang, text, standing) => (lang, Version { text, standing }),
                        Said::Lang(lang, standing) => {
                            let text = seq.next_element()?;
                            let text =
                                text.ok_or_else(|| Error::custom("a language without words"))?;
                            (lang, Version { text, standing })
                        }
                    };
                    if text.versions.is_empty() {
                        text.source = lang;
                    }
                    text.versions.insert(lang, version);
                }
                Ok(Words(text))
            }
        }
        from.deserialize_seq(Turns)
    }
}

/// What begins a version: its language, or all of it.
enum Said {
    Lang(Lang, Standing),
    Whole(Lang, String, Standing),
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Beginning;
        impl<'de> Visitor<'de> for Beginning {
            type Value = Said;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a language")
            }

            fn visit_str<E: Error>(self, code: &str) -> Result<Said, E> {
                let (code, standing) = match code.strip_suffix('*') {
                    Some(code) => (code, Standing::Stale),
                    None => (code, Standing::Stated),
                };
                let lang = Lang::ALL.into_iter().find(|lang| lang.code() == code);
                Ok(Said::Lang(lang.ok_or_else(|| E::custom("an unknown language"))?, standing))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Said, A::Error> {
                let (lang, text, standing) =
                    Deserialize::deserialize(SeqAccessDeserializer::new(seq))?;
                Ok(Said::Whole(lang, text, standing))
            }
        }
        from.deserialize_any(Beginning)
    }
}
