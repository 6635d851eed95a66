//! A file that came back, held against the text as it stands: which amendments it would be.
//!
//! A Word file or an answer sheet was written for the words of its day. Where those moved on, the proposal is
//! rebased in the open or left to a person; nothing is merged, and nothing is tabled from here.

use std::collections::BTreeMap;

use domain::{
    AmendmentId, DelegationId, Lang, Refusal, UnitId,
    amendment::{Amendment, AmendmentState, Operation, Rebased},
    clean, coded,
    declaration::Declaration,
    proposal::Proposal,
    unit::{Unit, UnitKind},
};
use outputs::{
    answer::Answer,
    docx::{Place, Remark, Reply, Returned},
};

coded! {
    /// What a person should know of a proposal before it becomes a draft.
    pub enum Note {
        /// The words moved on since; the proposal was fitted to them.
        Moved = "moved",
        /// The words moved on in the same place; a person has to write it anew.
        Conflict = "conflict",
        /// Words were changed without a trace, so it is not known what was meant.
        Untracked = "untracked",
        /// The paragraph is no longer in the text.
        Gone = "gone",
        /// The words are written in another script than the language's own.
        Script = "script",
        /// There is no proposal, only a remark.
        Remark = "remark",
        /// The words hold something that a text may not hold.
        Unsound = "unsound",
    }
}

/// What was found in one place of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The paragraph it is about, or behind which a new one would stand.
    pub unit: Option<UnitId>,
    /// The language.
    pub lang: Lang,
    /// The words that stand there now; empty for a new paragraph.
    pub stands: String,
    /// The words that are proposed; empty where the paragraph would go.
    pub words: String,
    /// Who wrote them, as the file says.
    pub authors: Vec<String>,
    /// Remarks in the margin.
    pub remarks: Vec<Remark>,
    /// What to know of it.
    pub notes: Vec<Note>,
    /// What it would be; nothing where a person has to write it.
    pub amendment: Option<Amendment>,
}

/// What a file is held against.
pub struct Against<'a> {
    /// The text.
    pub text: &'a Declaration,
    /// The delegation that sends the file.
    pub by: DelegationId,
    /// Amendments that the file may show as tracked changes of others.
    pub tabled: &'a [&'a Proposal],
}

/// Makes an identifier that was never used.
pub type Fresh<'a> = &'a mut dyn FnMut() -> uuid::Uuid;

impl Against<'_> {
    /// What a Word file proposes.
    pub fn word(&self, reply: &Reply, fresh: Fresh) -> Result<Vec<Found>, Refusal> {
        let known = |p: &Returned| match p.place {
            Place::Unit(id) => self.text.unit(id).is_some() || self.was(id),
            _ => false,
        };
        if !reply.paragraphs.iter().any(known) {
            return Err(Refusal::new("word-other-text"));
        }
        Ok(reply.paragraphs.iter().filter_map(|p| self.paragraph(p, fresh)).collect())
    }

    /// What an answer sheet proposes.
    pub fn sheet(&self, answers: &[Answer], fresh: Fresh) -> Result<Vec<Found>, Refusal> {
        if !answers.is_empty() && !answers.iter().any(|a| self.text.unit(a.unit).is_some()) {
            return Err(Refusal::new("word-other-text"));
        }
        let one = |answer: &Answer| {
            let unit = self.text.unit(answer.unit);
            let base = |unit: &Unit| wording(unit, answer.lang, |_, seal| seal == answer.base);
            let author = (!answer.reason.is_empty())
                .then(|| Remark { author: String::new(), text: answer.reason.clone() });
            let found = Found {
                unit: Some(answer.unit),
                lang: answer.lang,
                stands: unit.map_or("", |unit| unit.text(answer.lang)).to_owned(),
                words: answer.text.clone(),
                authors: Vec::new(),
                remarks: author.into_iter().collect(),
                notes: Vec::new(),
                amendment: None,
            };
            self.replace(found, unit.and_then(base), fresh)
        };
        Ok(answers.iter().filter_map(one).collect())
    }

    fn was(&self, id: UnitId) -> bool {
        self.text.removed.iter().any(|unit| unit.id == id)
    }

    fn paragraph(&self, returned: &Returned, fresh: Fresh) -> Option<Found> {
        let lang = returned.lang;
        let authors: Vec<String> = returned
            .authors()
            .into_iter()
            .filter(|author| !self.is_tabled(returned, author))
            .map(str::to_owned)
            .collect();
        let words = returned.with(|author| authors.iter().any(|own| own == author));
        let (unit, after) = match returned.place {
            Place::Unit(id) => (Some(id), None),
            Place::Rival(id) if !authors.is_empty() => (Some(id), None),
            Place::After(after) => (after, Some(after)),
            Place::Proposed(id) if !authors.is_empty() => {
                let brings = |p: &&&Proposal| match &p.amendment.operation {
                    Operation::Insert { new, after, .. } => (*new == id).then_some(*after),
                    _ => None,
                };
                let after = self.tabled.iter().find_map(|p| brings(&p)).flatten();
                (after, Some(after))
            }
            Place::Rival(_) | Place::Proposed(_) => return None,
        };
        // Whoever changes another's proposal proposes their own words, with all that stands there.
        let rival = matches!(returned.place, Place::Rival(_) | Place::Proposed(_));
        let words = if rival { returned.with(|_| true) } else { words };
        let there = unit.and_then(|id| self.text.unit(id));
        let mut found = Found {
            unit,
            lang,
            stands: there.filter(|_| after.is_none()).map_or("", |u| u.text(lang)).to_owned(),
            words,
            authors,
            remarks: returned.remarks.clone(),
            notes: Vec::new(),
            amendment: None,
        };
        if let Some(after) = after {
            if found.words.trim().is_empty() {
                return None;
            }
            let kind = there.map_or(UnitKind::Operative, |unit| match unit.kind {
                UnitKind::Title | UnitKind::Heading => UnitKind::Operative,
                kind => kind,
            });
            let text = self.sound(&mut found)?;
            let new = UnitId(fresh());
            return Some(self.insert(found, Operation::Insert { new, kind, after, text }, fresh));
        }
        if rival {
            let base = there.map(|unit| unit.text(lang).to_owned());
            return self.replace(found, base, fresh);
        }
        let before = returned.before();
        let base = there.and_then(|unit| wording(unit, lang, |text, _| text == before));
        if base.is_some() && found.words == before {
            if found.remarks.is_empty() {
                return None;
            }
            found.notes.push(Note::Remark);
            return Some(found);
        }
        self.replace(found, base, fresh)
    }

    /// Whether what an author changed is an amendment that the meeting knows already.
    fn is_tabled(&self, returned: &Returned, author: &str) -> bool {
        let alone = returned.with(|other| other == author);
        self.tabled.iter().any(|proposal| {
            let same = |id: UnitId, words: &str| match returned.place {
                Place::Unit(unit) | Place::Rival(unit) | Place::Proposed(unit) => {
                    unit == id && words == alone
                }
                Place::After(_) => false,
            };
            let amendment = &proposal.amendment;
            amendment.lang == returned.lang
                && match &amendment.operation {
                    Operation::Replace { unit, text } => same(*unit, text),
                    Operation::Insert { new, text, .. } => same(*new, text),
                    Operation::Delete { unit } => same(*unit, ""),
                    _ => false,
                }
        })
    }

    /// The proposed words as they may stand in a text; a note where they may not.
    fn sound(&self, found: &mut Found) -> Option<String> {
        if looks_foreign(&found.words, found.lang) {
            found.notes.push(Note::Script);
        }
        match clean::required_paragraph(&found.words) {
            Ok(text) if self.text.languages.contains_key(&found.lang) => Some(text),
            _ => {
                found.notes.push(Note::Unsound);
                None
            }
        }
    }

    fn insert(&self, mut found: Found, operation: Operation, fresh: Fresh) -> Found {
        let id = AmendmentId(fresh());
        match Amendment::new(id, self.by, found.lang, operation, self.text) {
            Ok(amendment) => found.amendment = Some(amendment),
            Err(_) => found.notes.push(Note::Gone),
        }
        found
    }

    /// Other words for a unit, or none; `base` is what they were written for, if that is known.
    fn replace(&self, mut found: Found, base: Option<String>, fresh: Fresh) -> Option<Found> {
        let Some(unit) = found.unit.and_then(|id| self.text.unit(id)) else {
            found.notes.push(Note::Gone);
            return Some(found);
        };
        if found.words == found.stands && found.remarks.is_empty() {
            return None;
        }
        let operation = if found.words.trim().is_empty() {
            if base.is_none() {
                // A paragraph that lost its words without a trace is more likely a slip.
                found.notes.push(Note::Untracked);
                return Some(found);
            }
            Operation::Delete { unit: unit.id }
        } else {
            match self.sound(&mut found) {
                Some(text) => Operation::Replace { unit: unit.id, text },
                None => return Some(found),
            }
        };
        let Some(base) = base else {
            found.notes.push(Note::Untracked);
            return Some(self.insert(found, operation, fresh));
        };
        if base == found.stands {
            return Some(self.insert(found, operation, fresh));
        }
        let amendment = Amendment {
            id: AmendmentId(fresh()),
            by: self.by,
            lang: found.lang,
            operation,
            base: BTreeMap::from([(unit.id, unit.seal_of(found.lang, &base))]),
            state: AmendmentState::Tabled,
        };
        match amendment.rebased(self.text) {
            Ok(Rebased::Fits(next, _)) => {
                if let Operation::Replace { text, .. } = &next.operation {
                    if *text == found.stands {
                        return None;
                    }
                    found.words.clone_from(text);
                }
                found.notes.push(Note::Moved);
                found.amendment = Some(next);
            }
            Ok(Rebased::Conflict(_)) | Err(_) => found.notes.push(Note::Conflict),
        }
        Some(found)
    }
}

/// The wording of a unit in a language, among all that ever stood there, that is the one meant.
fn wording(unit: &Unit, lang: Lang, is: impl Fn(&str, &str) -> bool) -> Option<String> {
    let all = unit.chains.get(&lang).map(|chain| chain.wordings.as_slice()).unwrap_or_default();
    let texts = all.iter().rev().map(|w| w.text.as_str()).chain([""]);
    let meant = |text: &&str| is(text, unit.seal_of(lang, text).hex());
    texts.into_iter().find(meant).map(str::to_owned)
}

/// Whether words are written in another script than their language's own: a slip of the column.
fn looks_foreign(words: &str, lang: Lang) -> bool {
    let own = |c: char| match lang {
        Lang::Zh => matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}'),
        Lang::Ru => matches!(c, '\u{0400}'..='\u{052F}'),
        Lang::En => c.is_ascii_alphabetic(),
        Lang::Fa => matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}'),
    };
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    letters > 3 && !words.chars().any(own)
}
