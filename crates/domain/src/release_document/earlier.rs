//! Lines as documents before the shared lists wrote them: each with the names of its parts, its whole
//! company and team. They are read, and never written.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        MapAccess, SeqAccess, Visitor,
        value::{MapAccessDeserializer, SeqAccessDeserializer},
    },
};

use super::{Crew, Line, words::Words};
use crate::{
    Lang,
    programme::{Activity, Company},
};

/// A line in either form.
#[derive(Clone)]
pub(super) enum Written {
    Line(Line),
    Earlier(Box<Whole>),
}

/// A line that shares nothing but its hall.
#[derive(Clone, Deserialize)]
pub(super) struct Whole {
    activity: Activity,
    hall: usize,
    start: i64,
    minutes: i64,
    company: Company,
    title: Words,
    languages: Vec<Lang>,
    #[serde(default)]
    team: Option<Crew>,
}

impl Whole {
    /// The line, whose company, languages and crew stand beside it.
    pub(super) fn parts(self) -> (Line, Company, Vec<Lang>, Option<Crew>) {
        let Whole { activity, hall, start, minutes, company, title, languages, team } = self;
        (Line(activity, start, minutes, title, hall, 0, 0, None), company, languages, team)
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Written::Line(line) => line.serialize(to),
            Written::Earlier(_) => Err(serde::ser::Error::custom("an earlier line is not written")),
        }
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a line of a release")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Written, A::Error> {
                Line::deserialize(SeqAccessDeserializer::new(seq)).map(Written::Line)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Written, A::Error> {
                let whole = Whole::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Written::Earlier(Box::new(whole)))
            }
        }
        from.deserialize_any(Either)
    }
}
