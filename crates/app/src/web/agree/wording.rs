//! Words of a text on a page: in their own language and direction, and where two wordings differ.

use domain::{Lang, align::align, token::tokens, unit::CellState};
use maud::{Markup, html};

use crate::i18n::Messages;

/// Words with their line breaks.
pub fn words(lang: Lang, text: &str) -> Markup {
    html! { div.words lang=(lang.tag()) dir=(lang.dir()) { (text) } }
}

/// What went out, struck through, and what came in, underlined: never by colour alone.
pub fn difference(lang: Lang, before: &str, after: &str) -> Markup {
    let (old, new) = (tokens(before), tokens(after));
    let hunks = align(&old, &new);
    // What stayed the same before each hunk, and behind the last one.
    let ends = std::iter::once(0).chain(hunks.iter().map(|hunk| hunk.old.end));
    let rest = hunks.last().map_or(0, |hunk| hunk.old.end);
    html! {
        div.words lang=(lang.tag()) dir=(lang.dir()) {
            @for (hunk, from) in hunks.iter().zip(ends) {
                (old[from..hunk.old.start].concat())
                @if !hunk.old.is_empty() { del { (old[hunk.old.clone()].concat()) } }
                @if !hunk.new.is_empty() { ins { (new[hunk.new.clone()].concat()) } }
            }
            (old[rest..].concat())
        }
    }
}

/// The names of all states of a cell for one reader, looked up once a page.
pub struct States([String; CellState::ALL.len()]);

impl States {
    /// In the reader's language.
    pub fn of(t: Messages) -> Self {
        let mut names = [const { String::new() }; CellState::ALL.len()];
        for (name, state) in names.iter_mut().zip(CellState::ALL) {
            *name = t.get(&format!("unit-state-{state}"));
        }
        Self(names)
    }

    /// The state in words.
    pub fn name(&self, state: CellState) -> &str {
        let place = CellState::ALL.iter().position(|other| *other == state);
        place.and_then(|place| self.0.get(place)).map_or("", String::as_str)
    }

    /// The state as a mark.
    pub fn chip(&self, state: CellState) -> Markup {
        let class = match state {
            CellState::Concordant => "chip ok",
            CellState::Missing | CellState::Stale | CellState::MachineDraft => "chip warn",
            CellState::InWork | CellState::Revised => "chip",
        };
        html! { span class=(class) { (self.name(state)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_marked_in_every_script() {
        for (lang, before, after, shown) in [
            (Lang::Zh, "各方应合作", "各方将合作", "各方<del>应</del><ins>将</ins>合作"),
            (
                Lang::Ru,
                "Города отчитываются.",
                "Города ежегодно отчитываются.",
                "Города <ins>ежегодно </ins>отчитываются.",
            ),
            (Lang::Fa, "شهرها گزارش", "شهرها برنامه", "شهرها <del>گزارش</del><ins>برنامه</ins>"),
            (Lang::En, "a <b>", "a <i>", "a &lt;<del>b</del><ins>i</ins>&gt;"),
        ] {
            let drawn = difference(lang, before, after).into_string();
            assert!(drawn.contains(shown), "{drawn}");
            assert!(drawn.contains(lang.dir()));
        }
    }
}
