//! Earlier translations that may help with a new one: whole paragraphs, found again by likeness.
//!
//! Nothing is taken over by itself. A writer is shown what was once agreed for nearly the same words, and
//! how near they are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Lang, SegmentId, SeriesId, align::align, token::tokens};

/// The same paragraph in several languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Where it comes from: the unit of a text, or its number in the file it was read from.
    pub id: String,
    /// Its words by language.
    pub texts: BTreeMap<Lang, String>,
}

/// A paragraph as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// Its identifier.
    pub id: SegmentId,
    /// The series in which it helps; nothing for every series.
    pub series: Option<SeriesId>,
    /// The paragraph.
    pub segment: Segment,
    /// The file that it was read from.
    pub source: String,
}

/// A paragraph that is like the one being translated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'a> {
    /// The paragraph.
    pub segment: &'a Segment,
    /// How much of both is the same, in hundredths.
    pub likeness: u32,
    /// Its words in the language of the source.
    pub source: &'a str,
    /// Its words in the language being written.
    pub target: &'a str,
}

/// Below this many hundredths a paragraph is no help.
pub const LEAST: u32 = 60;

/// How many pieces two texts have in common, whatever their order: an upper bound of their likeness.
fn common(one: &[&str], two: &[&str]) -> usize {
    let (mut one, mut two) = (one.to_vec(), two.to_vec());
    one.sort_unstable();
    two.sort_unstable();
    let (mut a, mut b, mut count) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(a), two.get(b)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, count) = (a + 1, b + 1, count + 1),
        }
    }
    count
}

fn hundredths(same: usize, whole: usize) -> u32 {
    u32::try_from(same.saturating_mul(200) / whole.max(1)).unwrap_or(100).min(100)
}

/// How much of two texts is the same, in hundredths; 100 for the same words.
pub fn likeness(one: &str, two: &str) -> u32 {
    compare(&tokens(one), &tokens(two), 0)
}

/// The same, or 0 as soon as it cannot reach `least`.
fn compare(one: &[&str], two: &[&str], least: u32) -> u32 {
    let whole = one.len() + two.len();
    if whole == 0 {
        return 100;
    }
    let shorter = hundredths(one.len().min(two.len()), whole);
    if shorter < least || hundredths(common(one, two), whole) < least {
        return 0;
    }
    let differing: usize = align(one, two).iter().map(|hunk| hunk.old.len() + hunk.new.len()).sum();
    hundredths((whole - differing) / 2, whole)
}

/// The paragraphs most like these words that also have the wanted language, nearest first.
pub fn matches<'a>(
    memory: &'a [Segment],
    (text, from): (&str, Lang),
    to: Lang,
    most: usize,
) -> Vec<Match<'a>> {
    let pieces = tokens(text);
    let found = |segment: &'a Segment| {
        let (source, target) = (segment.texts.get(&from)?, segment.texts.get(&to)?);
        // A text a third as long in bytes cannot reach the least likeness; most are left out here.
        let (short, long) = (source.len().min(text.len()), source.len().max(text.len()));
        if short * 6 < long || pieces.is_empty() {
            return None;
        }
        let likeness = compare(&pieces, &tokens(source), LEAST);
        (likeness >= LEAST).then_some(Match { segment, likeness, source, target })
    };
    let mut all: Vec<Match<'a>> = memory.iter().filter_map(found).collect();
    all.sort_by_key(|found| (std::cmp::Reverse(found.likeness), found.segment.id.as_str()));
    // The same translation twice helps no more than once.
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|found| seen.insert(found.target));
    all.truncate(most);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn segment(id: &str, zh: &str, ru: &str) -> Segment {
        let texts = BTreeMap::from([(Lang::Zh, zh.to_owned()), (Lang::Ru, ru.to_owned())]);
        Segment { id: id.to_owned(), texts }
    }

    #[test]
    fn what_is_nearest_comes_first_and_what_is_far_not_at_all() {
        let memory = [
            segment("1", "各城市每年报告用水情况。", "Города ежегодно отчитываются о воде."),
            segment("2", "各城市每两年报告用水情况。", "Города отчитываются раз в два года."),
            segment("3", "理事会设秘书处。", "Совет имеет секретариат."),
            segment("4", "各城市每年报告用水情况。", "Города ежегодно отчитываются о воде."),
        ];
        let found = matches(&memory, ("各城市每年报告用水情况。", Lang::Zh), Lang::Ru, 5);
        let shown: Vec<_> = found.iter().map(|m| (m.segment.id.as_str(), m.likeness)).collect();
        assert_eq!(shown, [("1", 100), ("2", 96)]);
        assert_eq!(matches(&memory, ("各城市", Lang::Zh), Lang::En, 5), []);
    }

    proptest! {
        #[test]
        fn likeness_is_whole_for_the_same_words_alone(one in "[а-в ]{0,12}", two in "[а-в ]{0,12}") {
            prop_assert_eq!(likeness(&one, &one), 100);
            prop_assert_eq!(likeness(&one, &two) == 100, one == two);
        }
    }
}
