//! Where two wordings differ: the fewest differing pieces in the fewest places.
//!
//! The cost of a comparison is one for every piece that differs on either side, and [`PLACE`] for every
//! place. So a single word between two changes is drawn into them: it reads better as one change.

use std::ops::Range;

/// What one more place of difference costs, in pieces. An unchanged stretch between two changes is drawn
/// in when it costs less on both sides together, that is, when it is one piece long.
pub const PLACE: u32 = 3;

/// Above this many cells only the common beginning and end are found: one large change.
const LARGEST: usize = 4_000_000;

/// A place where the two differ; one of the ranges may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Pieces of the old wording.
    pub old: Range<usize>,
    /// Pieces of the new wording.
    pub new: Range<usize>,
}

/// The places where two sequences differ, in order, never touching each other.
pub fn align<T: PartialEq>(old: &[T], new: &[T]) -> Vec<Hunk> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tails = old[head..].iter().rev().zip(new[head..].iter().rev());
    let tail = tails.take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let inner = if a.is_empty() && b.is_empty() {
        Vec::new()
    } else if a.is_empty() || b.is_empty() {
        whole(a, b)
    } else {
        cheapest(a, b)
    };
    let shift = |range: Range<usize>| range.start + head..range.end + head;
    inner.into_iter().map(|hunk| Hunk { old: shift(hunk.old), new: shift(hunk.new) }).collect()
}

/// How the pieces before a point were last compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Both pieces are the same and lie outside of any difference.
    Same,
    /// An old piece lies in a difference.
    Old,
    /// A new piece lies in a difference.
    New,
    /// A difference began here.
    Open,
}

fn whole<T>(a: &[T], b: &[T]) -> Vec<Hunk> {
    vec![Hunk { old: 0..a.len(), new: 0..b.len() }]
}

/// Compares within a band around the diagonal, and widens it until no way outside could be cheaper.
/// What people change is little, so the first bands are enough.
fn cheapest<T: PartialEq>(a: &[T], b: &[T]) -> Vec<Hunk> {
    let (n, m) = (a.len(), b.len());
    let mut reach = 4;
    loop {
        let width = n.abs_diff(m) + 2 * reach + 1;
        if (n + 1).saturating_mul(width) > LARGEST {
            return whole(a, b);
        }
        let left = n.saturating_sub(m) + reach;
        let band = Band::fill(a, b, left, width);
        // A way outside of the band goes out and comes back, one piece for each step.
        let outside = n.abs_diff(m) + 2 * (reach + 1);
        let least = u32::try_from(outside).unwrap_or(u32::MAX).saturating_add(PLACE);
        if band.plain[band.at(n, m)] <= least || reach >= n.max(m) {
            return band.back(n, m);
        }
        reach *= 2;
    }
}

/// Larger than any cost, and safe to add to.
const NEVER: u32 = u32::MAX / 2;

/// Two tables of costs, of the cells up to `left` below and `width - left - 1` above the diagonal.
struct Band {
    left: usize,
    width: usize,
    /// The cheapest way to a cell that ends outside of a difference.
    plain: Vec<u32>,
    /// The cheapest that ends within one.
    inside: Vec<u32>,
    /// The last step of the latter.
    into: Vec<Step>,
}

impl Band {
    fn at(&self, i: usize, j: usize) -> usize {
        i * self.width + (j + self.left - i)
    }

    fn fill<T: PartialEq>(a: &[T], b: &[T], left: usize, width: usize) -> Self {
        let size = (a.len() + 1) * width;
        let (plain, inside) = (vec![NEVER; size], vec![NEVER; size]);
        let mut band = Band { left, width, plain, inside, into: vec![Step::Open; size] };
        for i in 0..=a.len() {
            let highest = (i + width - 1 - left).min(b.len());
            for j in i.saturating_sub(left)..=highest {
                band.cell(i, j, i > 0 && j > 0 && a[i - 1] == b[j - 1]);
            }
        }
        band
    }

    /// Fills one cell from those above, before and diagonally before it.
    fn cell(&mut self, i: usize, j: usize, same: bool) {
        let at = self.at(i, j);
        let across = at % self.width;
        let mut best = (NEVER, Step::Open);
        if i > 0 && across + 1 < self.width {
            best = (self.inside[at + 1 - self.width] + 1, Step::Old);
        }
        if j > 0 && across > 0 && self.inside[at - 1] + 1 < best.0 {
            best = (self.inside[at - 1] + 1, Step::New);
        }
        let mut plain = if i == 0 && j == 0 { 0 } else { NEVER };
        if same {
            plain = self.plain[at - self.width];
        }
        // A difference closes without cost, so being plain is never dearer than being inside.
        plain = plain.min(best.0);
        if plain + PLACE < best.0 {
            best = (plain + PLACE, Step::Open);
        }
        self.plain[at] = plain.min(NEVER);
        (self.inside[at], self.into[at]) = (best.0.min(NEVER), best.1);
    }

    /// Walks from the end to the beginning along the cheapest way.
    fn back(&self, mut i: usize, mut j: usize) -> Vec<Hunk> {
        let mut hunks = Vec::new();
        let mut end = None;
        while i > 0 || j > 0 || end.is_some() {
            let at = self.at(i, j);
            let step = match end {
                Some(_) => self.into[at],
                None if self.plain[at] == self.inside[at] && self.into[at] != Step::Open => {
                    end = Some((i, j));
                    continue;
                }
                None => Step::Same,
            };
            match step {
                Step::Same => (i, j) = (i.saturating_sub(1), j.saturating_sub(1)),
                Step::Old => i = i.saturating_sub(1),
                Step::New => j = j.saturating_sub(1),
                Step::Open => {
                    if let Some((old, new)) = end.take() {
                        hunks.push(Hunk { old: i..old, new: j..new });
                    }
                    // Before a difference lies an unchanged piece, or the beginning.
                    (i, j) = (i.saturating_sub(1), j.saturating_sub(1));
                }
            }
        }
        hunks.reverse();
        hunks
    }
}

/// What a comparison costs.
pub fn cost(hunks: &[Hunk]) -> u32 {
    let one = |hunk: &Hunk| {
        let pieces = hunk.old.len() + hunk.new.len();
        PLACE.saturating_add(u32::try_from(pieces).unwrap_or(u32::MAX))
    };
    hunks.iter().map(one).fold(0, u32::saturating_add)
}

/// The new sequence, made of the old one and the differing pieces: for checking and for views.
pub fn rebuilt<T: Clone>(old: &[T], new: &[T], hunks: &[Hunk]) -> Vec<T> {
    let (mut out, mut at) = (Vec::new(), 0);
    for hunk in hunks {
        out.extend_from_slice(&old[at..hunk.old.start]);
        out.extend_from_slice(&new[hunk.new.clone()]);
        at = hunk.old.end;
    }
    out.extend_from_slice(&old[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokens;
    use proptest::prelude::*;

    fn changes(old: &str, new: &str) -> Vec<(String, String)> {
        let (a, b) = (tokens(old), tokens(new));
        let of = |hunk: Hunk| (a[hunk.old].concat(), b[hunk.new].concat());
        align(&a, &b).into_iter().map(of).collect()
    }

    fn pair(old: &str, new: &str) -> (String, String) {
        (old.to_owned(), new.to_owned())
    }

    #[test]
    fn changes_read_as_people_made_them() {
        let zh = changes(
            "成员国应加强交通合作并每年报告进展",
            "成员国将加强公共交通合作并每两年报告进展",
        );
        assert_eq!(zh, [pair("应", "将"), pair("", "公共"), pair("", "两")]);
        let ru = changes("Стороны будут ежегодно отчитываться.", "Стороны отчитываются раз в год.");
        assert_eq!(ru, [pair("будут ежегодно отчитываться", "отчитываются раз в год")]);
        assert_eq!(changes("same", "same"), []);
        assert_eq!(changes("", "new"), [pair("", "new")]);
    }

    /// The least cost, by trying every way.
    fn least(a: &[u8], b: &[u8], inside: bool) -> u32 {
        let mut best = u32::MAX;
        if a.is_empty() && b.is_empty() {
            return 0;
        }
        if inside {
            if let [_, rest @ ..] = a {
                best = best.min(1 + least(rest, b, true));
            }
            if let [_, rest @ ..] = b {
                best = best.min(1 + least(a, rest, true));
            }
        } else {
            best = best.min(PLACE + least(a, b, true));
        }
        if let ([x, left @ ..], [y, right @ ..]) = (a, b)
            && x == y
        {
            best = best.min(least(left, right, false));
        }
        best
    }

    proptest! {
        #[test]
        fn a_comparison_rebuilds_and_is_the_cheapest(
            a in prop::collection::vec(0_u8..4, 0..7), b in prop::collection::vec(0_u8..4, 0..7),
        ) {
            let hunks = align(&a, &b);
            prop_assert_eq!(rebuilt(&a, &b, &hunks), b.clone());
            prop_assert_eq!(cost(&hunks), least(&a, &b, false));
            for two in hunks.windows(2) {
                prop_assert!(two[0].old.end < two[1].old.start && two[0].new.end < two[1].new.start);
            }
        }

        #[test]
        fn little_changes_of_long_texts_are_found(
            places in prop::collection::vec((0_usize..9_000, 0_u32..3), 0..12),
        ) {
            let a: Vec<u32> = (0..9_000).map(|i| i * i % 997).collect();
            let mut b = a.clone();
            for (place, what) in &places {
                match what {
                    0 => drop(b.remove(*place % b.len())),
                    1 => b.insert(*place, 5_000),
                    _ => b[*place % 8_900] = 6_000,
                }
            }
            let hunks = align(&a, &b);
            prop_assert_eq!(rebuilt(&a, &b, &hunks), b);
            prop_assert!(usize::try_from(cost(&hunks)).unwrap() <= places.len() * 5);
        }

        #[test]
        fn a_band_is_as_cheap_as_the_whole_table(
            a in prop::collection::vec(0_u8..5, 1..60), b in prop::collection::vec(0_u8..5, 1..60),
        ) {
            let table = Band::fill(&a, &b, a.len(), a.len() + b.len() + 1);
            let least = table.plain[table.at(a.len(), b.len())];
            prop_assert_eq!(cost(&align(&a, &b)), least);
        }

        #[test]
        fn long_comparisons_rebuild(
            a in prop::collection::vec(0_u8..20, 0..200), b in prop::collection::vec(0_u8..20, 0..200),
        ) {
            prop_assert_eq!(rebuilt(&a, &b, &align(&a, &b)), b);
        }
    }
}
