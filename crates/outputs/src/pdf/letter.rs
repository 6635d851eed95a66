//! The letter of invitation, as a protocol office writes one in Chinese, Russian or English.
//!
//! The sentences come from the caller in the letter's language; here is only their arrangement: where
//! the number, the addressee and the signature stand in each of the three traditions.

use domain::{Lang, Text};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Fonts, PdfError, render};

const TEMPLATE: &str = include_str!("../../templates/letter.typ");

/// What stands in a letter. Every string is in `lang` unless it is a [`Text`].
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// The language of the letter.
    pub lang: Lang,
    /// What the document is called: the heading in Chinese, the document's title everywhere.
    pub title: String,
    /// The outgoing number, as the tradition writes it.
    pub reference: String,
    /// The day of the letter.
    pub date: String,
    /// A word that says that this is not the letter yet; empty once it has gone.
    pub draft: String,
    /// Whose letter it is.
    pub initiators: &'a [Text],
    /// Office and name, as the city states them.
    pub addressee: Vec<String>,
    /// The salutation.
    pub opening: String,
    /// The paragraphs before the facts.
    pub before: Vec<String>,
    /// What, where, when: label and value.
    pub facts: Vec<(String, String)>,
    /// The paragraphs after them.
    pub after: Vec<String>,
    /// The complimentary close.
    pub closing: String,
    /// Whether it was written for the demonstration.
    pub exercise: bool,
}

impl Letter<'_> {
    fn data(&self) -> Value {
        let line = |text: &Text| {
            let shown = text.shown(self.lang);
            json!({ "text": shown.text, "lang": shown.lang })
        };
        let initiators: Vec<Value> = self.initiators.iter().map(line).collect();
        json!({
            "lang": self.lang,
            "title": self.title,
            "exercise": self.exercise,
            "footer": self.reference,
            "letterhead": initiators,
            "reference": self.reference,
            "date": self.date,
            "draft": self.draft,
            "addressee": self.addressee,
            "opening": self.opening,
            "before": self.before,
            "facts": self.facts,
            "after": self.after,
            "closing": self.closing,
        })
    }

    /// The letter as PDF, dated `at`.
    pub fn pdf(&self, fonts: &Fonts, at: Timestamp) -> Result<Vec<u8>, PdfError> {
        render(TEMPLATE, &self.data(), fonts, at)
    }
}

#[cfg(all(test, feature = "pdf"))]
mod tests {
    use super::*;

    fn letter(lang: Lang, initiators: &[Text], words: &str) -> Vec<u8> {
        let letter = Letter {
            lang,
            title: words.into(),
            reference: words.into(),
            date: "18.05.2027".into(),
            draft: words.into(),
            initiators,
            addressee: vec![words.into(), words.into()],
            opening: words.into(),
            before: vec![words.into()],
            facts: vec![(words.into(), words.into())],
            after: vec![words.into(), words.into()],
            closing: words.into(),
            exercise: true,
        };
        letter.pdf(&Fonts::default(), Timestamp::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn it_is_set_in_every_tradition_whatever_is_typed() {
        let initiators = [Text::new(Lang::Zh, "秘书处").and(Lang::Ru, "Секретариат")];
        for lang in Lang::ALL {
            for words in ["", "#panic()", "Уважаемый Пример Образцович!", "尊敬的范例明市长："]
            {
                assert!(letter(lang, &initiators, words).starts_with(b"%PDF-"));
            }
            assert!(letter(lang, &[], &"слово ".repeat(400)).starts_with(b"%PDF-"));
        }
    }
}
