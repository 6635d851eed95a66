//! A person who interprets: of the edition's pool, or brought by a delegation.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, EditionId, FieldRefusals, InterpreterId, Lang, Refusal, coded,
    person::PersonName, venue::Closed,
};

coded! {
    /// How well a language is worked with, as the profession classifies it.
    pub enum Strength {
        /// The mother tongue: worked into.
        Native = "a",
        /// An active language: worked into, too.
        Active = "b",
        /// A passive language: worked from only.
        Passive = "c",
    }
}

coded! {
    /// Whether the person may be recorded or streamed at work (AIIC Professional Standards, art. 2).
    pub enum Consent {
        /// Nobody has asked.
        Unasked = "unasked",
        /// Agreed.
        Given = "given",
        /// Not agreed: a recording carries the floor alone.
        Refused = "refused",
    }
}

/// Two languages between which somebody works in both directions, in order.
pub type Pair = [Lang; 2];

/// Two languages in the one order in which pairs are compared.
pub fn pair(a: Lang, b: Lang) -> Pair {
    if a <= b { [a, b] } else { [b, a] }
}

/// An interpreter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpreter {
    /// The identifier.
    pub id: InterpreterId,
    /// In which edition.
    pub edition: EditionId,
    /// The name, per language as stated.
    pub name: PersonName,
    /// Languages, and how well.
    pub languages: BTreeMap<Lang, Strength>,
    /// The delegation that brings the person; the edition's pool when there is none.
    pub of: Option<DelegationId>,
    /// When the person is there, in the edition's zone; empty means throughout.
    pub presence: Vec<Closed>,
    /// When the person cannot be counted on, in the edition's zone.
    #[serde(default)]
    pub away: Vec<Closed>,
    /// Where links and news go; may be empty.
    pub email: String,
    /// The agency, or how to reach the person; may be empty.
    pub contact: String,
    /// Whether the person may be recorded.
    pub recording: Consent,
    /// When this record is deleted: purpose and end go with the data.
    pub purge_on: Date,
}

/// Most spans of presence.
pub const MOST_SPANS: usize = 14;

impl Interpreter {
    /// The pairs of languages between which the person works both ways: the mother tongue and an active
    /// language. From a passive language one works in one direction only, which no two-way booth and no
    /// conversation can do with.
    pub fn pairs(&self) -> Vec<Pair> {
        let active = |s: &Strength| *s != Strength::Passive;
        let known: Vec<(Lang, Strength)> =
            self.languages.iter().filter(|(_, s)| active(s)).map(|(l, s)| (*l, *s)).collect();
        let mut pairs = Vec::new();
        for (at, (a, first)) in known.iter().enumerate() {
            for (b, second) in &known[at + 1..] {
                if *first == Strength::Native || *second == Strength::Native {
                    pairs.push(pair(*a, *b));
                }
            }
        }
        pairs
    }

    /// Whether the person is there from the one moment to the other, on the edition's clocks. Spans that
    /// touch are one.
    pub fn is_there(&self, from: DateTime, until: DateTime) -> bool {
        let mut spans = self.presence.clone();
        spans.sort_by_key(|span| span.from);
        let on =
            |at: DateTime, span: &Closed| if span.from <= at { at.max(span.until) } else { at };
        (spans.is_empty() || spans.iter().fold(from, on) >= until)
            && !self.away.iter().any(|span| span.meets(from, until))
    }

    /// Checks what no single field can know. Spans are named `presence.0.until` and so on.
    pub fn check(&self) -> Result<(), FieldRefusals> {
        let mut refused = FieldRefusals::default();
        if self.name.shown(Lang::Zh).is_none() {
            refused.add("name.zh", Refusal::new("one-language"));
        }
        if self.pairs().is_empty() {
            refused.add("languages", Refusal::new("no-pair"));
        }
        for (at, span) in self.presence.iter().enumerate() {
            if span.until <= span.from {
                let field = format!("presence.{at}.until");
                refused.add(&field, Refusal::new("ends-before-start"));
            }
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }
}

/// Whether an address is nobody else's in the roster: by the address a person is known when signing in.
pub fn admit(roster: &[Interpreter], new: &Interpreter) -> Result<(), Refusal> {
    let same = |i: &Interpreter| i.id != new.id && !new.email.is_empty() && i.email == new.email;
    if roster.iter().any(same) { Err(Refusal::new("address-taken")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn interpreter(languages: &[(Lang, Strength)]) -> Interpreter {
        Interpreter {
            id: InterpreterId(Uuid::nil()),
            edition: EditionId(Uuid::nil()),
            name: PersonName::default(),
            languages: languages.iter().copied().collect(),
            of: None,
            presence: Vec::new(),
            away: Vec::new(),
            email: String::new(),
            contact: String::new(),
            recording: Consent::Unasked,
            purge_on: date(2027, 12, 1),
        }
    }

    #[test]
    fn a_passive_language_and_two_active_ones_make_no_pair() {
        use Strength::{Active, Native, Passive};
        let of = |languages: &[(Lang, Strength)]| interpreter(languages).pairs();
        let all = [(Lang::Zh, Native), (Lang::Ru, Active), (Lang::En, Active)];
        assert_eq!(of(&all), [pair(Lang::Zh, Lang::Ru), pair(Lang::Zh, Lang::En)]);
        assert_eq!(of(&[(Lang::Zh, Native), (Lang::Ru, Passive)]), [[Lang::Zh; 2]; 0]);
        assert_eq!(of(&[(Lang::En, Native), (Lang::Ru, Native)]), [pair(Lang::Ru, Lang::En)]);
    }

    #[test]
    fn presence_is_whole_and_absence_counts_by_the_minute() {
        let at = |hour: i8| date(2027, 5, 18).at(hour, 0, 0, 0);
        let span = |from, until| Closed { from: at(from), until: at(until) };
        let always = interpreter(&[]);
        assert!(always.is_there(at(0), at(23)));
        let some = Interpreter { presence: vec![span(8, 12), span(14, 18)], ..always };
        assert!(some.is_there(at(8), at(12)) && some.is_there(at(15), at(16)));
        assert!(!some.is_there(at(11), at(15)) && !some.is_there(at(7), at(9)));
        let halves = vec![span(12, 14), span(8, 12)];
        let split = Interpreter { presence: halves, ..some.clone() };
        assert!(split.is_there(at(11), at(13)) && !split.is_there(at(13), at(15)));
        let ill = Interpreter { away: vec![span(9, 10)], ..some };
        assert!(ill.is_there(at(8), at(9)) && !ill.is_there(at(8), at(10)));
    }
}
