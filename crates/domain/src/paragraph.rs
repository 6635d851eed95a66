//! Plain texts on their way in: their paragraphs, and which of them belong together in several languages.
//!
//! Paragraphs are laid side by side by their length and their numbers, in their order; a person looks at
//! the result before anything is kept. A paragraph that is a lone dash stands for "not in this language".

use std::collections::BTreeMap;

use crate::{Lang, figures::figures, unit::UnitKind};

/// One paragraph in the languages that have it.
pub type Row = BTreeMap<Lang, String>;

/// What having no counterpart costs; two paragraphs that differ by more are not laid side by side.
const ALONE: u32 = 45;
/// Above this many cells paragraphs are only counted off.
const LARGEST: usize = 4_000_000;

/// The paragraphs of a text: parted by empty lines if there are any, or else by lines.
pub fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let parted = lines.iter().skip_while(|line| line.is_empty()).any(|line| line.is_empty());
    let blocks: Vec<String> = if parted {
        let blocks = lines.split(|line| line.is_empty());
        blocks.map(|block| block.join("\n")).collect()
    } else {
        lines.iter().map(|line| (*line).to_owned()).collect()
    };
    blocks.into_iter().filter(|block| !block.trim().is_empty()).collect()
}

/// Whether a paragraph says that this language has none here.
pub(crate) fn is_dash(text: &str) -> bool {
    matches!(text.trim(), "-" | "–" | "—")
}

/// How much a paragraph says, whatever the script: a Han character says about as much as three letters.
fn weight(text: &str) -> u32 {
    let one = |c: char| if ('\u{2E80}'..='\u{9FFF}').contains(&c) { 3 } else { 1 };
    text.chars().map(one).fold(0, u32::saturating_add)
}

/// What laying two paragraphs side by side costs, from 0 to about 100.
fn apart(
    one: &(u32, Vec<crate::figures::Figure>),
    two: &(u32, Vec<crate::figures::Figure>),
) -> u32 {
    let (short, long) = (one.0.min(two.0), one.0.max(two.0).max(1));
    let length = 100 - 100_u32.saturating_mul(short) / long;
    // Different numbers are the surest sign of different paragraphs.
    length * 6 / 10 + if one.1 == two.1 { 0 } else { 40 }
}

/// Pairs of places, each of which may have no counterpart, in order.
fn pairs(
    one: &[String],
    from: Lang,
    two: &[String],
    to: Lang,
) -> Vec<(Option<usize>, Option<usize>)> {
    let (n, m) = (one.len(), two.len());
    if (n + 1).saturating_mul(m + 1) > LARGEST {
        let at = |len: usize, i: usize| (i < len).then_some(i);
        return (0..n.max(m)).map(|i| (at(n, i), at(m, i))).collect();
    }
    let measured = |texts: &[String], lang| -> Vec<_> {
        texts.iter().map(|text| (weight(text), figures(text, lang))).collect()
    };
    let (first, second) = (measured(one, from), measured(two, to));
    let dash = |i: usize, j: usize| is_dash(&one[i]) || is_dash(&two[j]);
    let width = m + 1;
    let mut cost = vec![0_u32; (n + 1) * width];
    for i in (0..=n).rev() {
        for j in (0..=m).rev() {
            let at = |i: usize, j: usize| i * width + j;
            let mut best = if i == n && j == m { 0 } else { u32::MAX };
            if i < n && j < m {
                let here = if dash(i, j) { 0 } else { apart(&first[i], &second[j]) };
                best = best.min(cost[at(i + 1, j + 1)].saturating_add(here));
            }
            if i < n {
                best = best.min(cost[at(i + 1, j)].saturating_add(ALONE));
            }
            if j < m {
                best = best.min(cost[at(i, j + 1)].saturating_add(ALONE));
            }
            cost[at(i, j)] = best;
        }
    }
    let (mut i, mut j, mut all) = (0, 0, Vec::new());
    while i < n || j < m {
        let at = |i: usize, j: usize| cost[i * width + j];
        let here = |i: usize, j: usize| if dash(i, j) { 0 } else { apart(&first[i], &second[j]) };
        if i < n && j < m && at(i, j) == at(i + 1, j + 1).saturating_add(here(i, j)) {
            all.push((Some(i), Some(j)));
            (i, j) = (i + 1, j + 1);
        } else if i < n && at(i, j) == at(i + 1, j).saturating_add(ALONE) {
            all.push((Some(i), None));
            i += 1;
        } else {
            all.push((None, Some(j)));
            j += 1;
        }
    }
    all
}

/// The paragraphs of several languages laid side by side. Nothing is lost: each stands in one row.
pub fn rows(texts: &[(Lang, Vec<String>)]) -> Vec<Row> {
    let mut texts = texts.iter();
    let Some((first, paragraphs)) = texts.next() else { return Vec::new() };
    let mut rows: Vec<Row> =
        paragraphs.iter().map(|text| Row::from([(*first, text.clone())])).collect();
    for (lang, paragraphs) in texts {
        // Compared with the first language where there is one, or with whatever else the row has.
        let mains: Vec<String> =
            rows.iter().map(|row| row.values().next().cloned().unwrap_or_default()).collect();
        let mut next = Vec::new();
        for (row, paragraph) in pairs(&mains, *first, paragraphs, *lang) {
            let mut row = row.map_or_else(Row::new, |at| rows[at].clone());
            if let Some(at) = paragraph {
                row.insert(*lang, paragraphs[at].clone());
            }
            next.push(row);
        }
        rows = next;
    }
    for row in &mut rows {
        row.retain(|_, text| !is_dash(text));
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// What a paragraph seems to be, by its place and its end; a person decides.
pub fn kind(row: &Row, place: usize, seen: &[UnitKind]) -> UnitKind {
    let text = row.values().next().map_or("", |text| text.trim());
    let short = weight(text) < 90 && !text.contains('\n');
    let ends = |marks: &[char]| text.ends_with(marks);
    if place == 0 {
        return UnitKind::Title;
    }
    if short && !ends(&['.', '。', ';', '；', ',', '，', ':', '：', '؛', '،']) {
        return UnitKind::Heading;
    }
    let begun = seen.contains(&UnitKind::Operative);
    if ends(&[',', '，', '،']) && !begun { UnitKind::Preambular } else { UnitKind::Operative }
}

#[cfg(test)]
mod tests {
    use super::*;
    use UnitKind::{Heading, Operative, Preambular, Title};
    use proptest::prelude::*;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_text_is_parted_by_empty_lines_or_by_lines() {
        assert_eq!(paragraphs("\na\nb\n\nc\n"), ["a\nb", "c"]);
        assert_eq!(paragraphs("a\nb\n"), ["a", "b"]);
        assert_eq!(paragraphs(" \n"), Vec::<String>::new());
    }

    #[test]
    fn a_paragraph_that_one_language_lacks_stands_alone() {
        let zh =
            owned(&["标题", "各城市每年报告2次用水情况。", "各城市在2030年前培训300名公务人员。"]);
        let ru = owned(&["Заголовок", "Города до 2030 года обучают 300 служащих."]);
        let en = owned(&["Title", "—", "By 2030, the cities train 300 officials."]);
        let rows = rows(&[(Lang::Zh, zh), (Lang::Ru, ru), (Lang::En, en)]);
        let has: Vec<Vec<Lang>> = rows.iter().map(|row| row.keys().copied().collect()).collect();
        let all = Lang::COMPLETE.to_vec();
        assert_eq!(has, [all.clone(), vec![Lang::Zh], all]);
    }

    #[test]
    fn kinds_are_guessed_by_place_and_end() {
        let row = |text: &str| Row::from([(Lang::En, text.to_owned())]);
        let mut seen = Vec::new();
        for (place, text) in
            ["Title", "Recalling that,", "Water", "Decide to act;", "note,"].into_iter().enumerate()
        {
            seen.push(kind(&row(text), place, &seen));
        }
        assert_eq!(seen, [Title, Preambular, Heading, Operative, Operative]);
    }

    proptest! {
        #[test]
        fn every_paragraph_stands_in_one_row_in_its_order(
            zh in prop::collection::vec("[一-三0-9]{1,6}", 0..8),
            ru in prop::collection::vec("[а-в0-9]{1,9}", 0..8),
            en in prop::collection::vec("[a-c0-9]{1,9}", 0..8),
        ) {
            let texts = [(Lang::Zh, zh), (Lang::Ru, ru), (Lang::En, en)];
            let rows = rows(&texts);
            for (lang, paragraphs) in &texts {
                let there: Vec<&String> = rows.iter().filter_map(|row| row.get(lang)).collect();
                prop_assert_eq!(there, paragraphs.iter().collect::<Vec<_>>());
            }
        }
    }
}
