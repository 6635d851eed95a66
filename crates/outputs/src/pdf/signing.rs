//! The signing run on paper: for every signing a plan of its table, and for everyone who signs a card
//! that says what to do, in a pocket.

use jiff::Timestamp;
use serde::Serialize;

use super::{Fonts, PdfError, Said};

const PLAN: &str = include_str!("../../templates/signing.typ");
const CARDS: &str = include_str!("../../templates/signing_card.typ");

/// The table plans of a run. Every word is in the plan's language or says in which it is.
#[derive(Clone, Debug, Serialize)]
pub struct TablePlan {
    /// The plan's language, as a two-letter code.
    pub lang: &'static str,
    /// The document's title.
    pub title: String,
    /// Whether it was made for the exercise.
    pub exercise: bool,
    /// The foot of every page.
    pub footer: String,
    /// The edition.
    pub edition: Said,
    /// The words of the drawing.
    pub labels: Labels,
    /// The signings in their order; at least one.
    pub signings: Vec<Table>,
}

/// Words of the drawing.
#[derive(Clone, Debug, Serialize)]
pub struct Labels {
    /// Where the people sit who watch.
    pub hall: String,
    /// The row behind the table.
    pub witnesses: String,
    /// The order of flags; printed only where protocol puts them.
    pub flags: String,
    /// What lies on the table.
    pub on_table: String,
    /// The originals and who keeps each.
    pub originals: String,
    /// What stands first in an original.
    pub first: String,
    /// Whose seat has no name yet.
    pub nobody: String,
}

/// One signing.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// Its turn.
    pub number: String,
    /// What is signed.
    pub title: Said,
    /// When, where and in which languages; empty ones are left out.
    pub facts: Vec<Said>,
    /// From left to right, as the hall sees it.
    pub seats: Vec<Seat>,
    /// The flags from left to right as the hall sees it; empty where there are none.
    pub flags: Vec<Said>,
    /// Originals, pens, folders.
    pub things: Vec<String>,
    /// Each original: who keeps it, and whose names stand in which order.
    pub originals: Vec<(Said, Vec<Said>)>,
    /// Name and office of each.
    pub witnesses: Vec<(Said, Said)>,
}

/// A seat at the table.
#[derive(Clone, Debug, Serialize)]
pub struct Seat {
    /// The party.
    pub party: Said,
    /// Who signs: name and office, where known.
    pub signer: Option<(Said, Said)>,
}

/// The cards of those who sign.
#[derive(Clone, Debug, Serialize)]
pub struct Cards {
    /// The cards' language, as a two-letter code.
    pub lang: &'static str,
    /// The document's title.
    pub title: String,
    /// Whether it was made for the exercise.
    pub exercise: bool,
    /// The foot of every page.
    pub footer: String,
    /// The edition.
    pub edition: Said,
    /// One for each who signs; at least one.
    pub cards: Vec<Card>,
}

/// A card.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The party.
    pub party: Said,
    /// Who signs: name and office, where known.
    pub signer: Option<(Said, Said)>,
    /// Its turn.
    pub number: String,
    /// What is signed.
    pub title: Said,
    /// When and where; empty ones are left out.
    pub facts: Vec<Said>,
    /// What to do, one after another.
    pub steps: Vec<String>,
}

impl TablePlan {
    /// The plans as a PDF, dated `at`.
    pub fn pdf(&self, fonts: &Fonts, at: Timestamp) -> Result<Vec<u8>, PdfError> {
        super::print(PLAN, self, fonts, at)
    }
}

impl Cards {
    /// The cards as a PDF, dated `at`.
    pub fn pdf(&self, fonts: &Fonts, at: Timestamp) -> Result<Vec<u8>, PdfError> {
        super::print(CARDS, self, fonts, at)
    }
}

#[cfg(all(test, feature = "pdf"))]
mod tests {
    use super::*;
    use domain::Lang;

    #[test]
    fn plans_and_cards_are_set_whatever_is_typed() {
        for (lang, words) in [
            (Lang::Zh, "虚构港"),
            (Lang::Ru, "Вымыслоград"),
            (Lang::En, "#panic() ] [ $ \\"),
            (Lang::Ru, ""),
        ] {
            let long = words.repeat(12);
            let said = || Said::new(long.as_str(), lang);
            let word = || words.to_owned();
            let seat = Seat { party: said(), signer: Some((said(), said())) };
            let bare = Seat { party: said(), signer: None };
            for seats in [2, 3, 9] {
                let seats: Vec<Seat> =
                    [&seat, &bare].into_iter().cycle().take(seats).cloned().collect();
                let table = Table {
                    number: word(),
                    title: said(),
                    facts: vec![said(), Said::new("", lang)],
                    flags: vec![said(); seats.len()],
                    things: vec![word(), word()],
                    originals: vec![(said(), vec![said(); seats.len()]); seats.len()],
                    witnesses: vec![(said(), said()); 4],
                    seats,
                };
                let labels = Labels {
                    hall: word(),
                    witnesses: word(),
                    flags: word(),
                    on_table: word(),
                    originals: word(),
                    first: word(),
                    nobody: word(),
                };
                let plan = TablePlan {
                    lang: lang.code(),
                    title: word(),
                    exercise: true,
                    footer: word(),
                    edition: said(),
                    labels,
                    signings: vec![table.clone(), table],
                };
                let pdf = plan.pdf(&Fonts::default(), Timestamp::UNIX_EPOCH);
                assert!(pdf.is_ok_and(|pdf| pdf.starts_with(b"%PDF-")), "{words}");
            }
            let card = Card {
                party: said(),
                signer: None,
                number: word(),
                title: said(),
                facts: vec![said()],
                steps: vec![word(), long.clone()],
            };
            let cards = Cards {
                lang: lang.code(),
                title: word(),
                exercise: false,
                footer: word(),
                edition: said(),
                cards: vec![card.clone(), card],
            };
            let pdf = cards.pdf(&Fonts::default(), Timestamp::UNIX_EPOCH);
            assert!(pdf.is_ok_and(|pdf| pdf.starts_with(b"%PDF-")), "{words}");
        }
    }
}
