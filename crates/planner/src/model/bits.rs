//! Sets of slots as words of bits.

/// A set of slots of fixed length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    pub(crate) fn empty(slots: u32) -> Self {
        Self(vec![0; slots.div_ceil(64) as usize])
    }

    pub(crate) fn copy(&mut self, other: &Self) {
        self.0.clear();
        self.0.extend_from_slice(&other.0);
    }

    pub(crate) fn clear(&mut self) {
        self.0.fill(0);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    pub(crate) fn has(&self, slot: u32) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    pub(crate) fn add(&mut self, slot: u32) {
        self.0[slot as usize / 64] |= 1 << (slot % 64);
    }

    pub(crate) fn remove(&mut self, slot: u32) {
        self.0[slot as usize / 64] &= !(1 << (slot % 64));
    }

    /// Calls `f` with each word that `[from, to)` touches and the bits of the span in it.
    fn words(&mut self, from: u32, to: u32, f: impl Fn(&mut u64, u64)) {
        let to = to.min(u32::try_from(self.0.len() * 64).unwrap_or(u32::MAX));
        if from >= to {
            return;
        }
        let (first, last) = (from as usize / 64, (to as usize - 1) / 64);
        let head = u64::MAX << (from % 64);
        let tail = u64::MAX >> (63 - (to - 1) % 64);
        if first == last {
            f(&mut self.0[first], head & tail);
            return;
        }
        f(&mut self.0[first], head);
        self.0[first + 1..last].iter_mut().for_each(|word| f(word, u64::MAX));
        f(&mut self.0[last], tail);
    }

    /// Removes `[from, to)`; what lies beyond the end is ignored.
    pub(crate) fn remove_span(&mut self, from: u32, to: u32) {
        self.words(from, to, |word, mask| *word &= !mask);
    }

    /// Adds `[from, to)`; what lies beyond the end is ignored.
    pub(crate) fn add_span(&mut self, from: u32, to: u32) {
        self.words(from, to, |word, mask| *word |= mask);
    }

    pub(crate) fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    pub(crate) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| a & !b == 0)
    }

    pub(crate) fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// Adds the slots of `one` and leaves in `one` those that were there before.
    pub(crate) fn carry(&mut self, one: &mut Self) {
        for (a, b) in self.0.iter_mut().zip(&mut one.0) {
            (*a, *b) = (*a | *b, *a & *b);
        }
    }

    pub(crate) fn and_not(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= !b);
    }

    /// Adds every slot from which `[slot, slot + length)` meets `other`.
    pub(crate) fn add_blocked(&mut self, other: &Self, length: u32) {
        for shift in 0..length {
            let (words, bits) = (shift as usize / 64, shift % 64);
            for i in 0..self.0.len().saturating_sub(words) {
                let low = other.0[i + words] >> bits;
                let high = match other.0.get(i + words + 1) {
                    Some(next) if bits > 0 => next << (64 - bits),
                    _ => 0,
                };
                self.0[i] |= low | high;
            }
        }
    }

    pub(crate) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.0.iter().zip(0_u32..).flat_map(|(&word, i)| Ones(word).map(move |bit| i * 64 + bit))
    }
}

struct Ones(u64);

impl Iterator for Ones {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.0 == 0 {
            return None;
        }
        let bit = self.0.trailing_zeros();
        self.0 &= self.0 - 1;
        Some(bit)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::Bits;

    const SLOTS: u32 = 150;

    fn bits(set: &BTreeSet<u32>) -> Bits {
        let mut bits = Bits::empty(SLOTS);
        for &slot in set {
            bits.add(slot);
        }
        bits
    }

    proptest! {
        #[test]
        fn spans_act_like_sets(
            set in prop::collection::btree_set(0..SLOTS, 0..40),
            from in 0..SLOTS + 10,
            length in 0..SLOTS,
        ) {
            let mut less = bits(&set);
            less.remove_span(from, from + length);
            let kept = set.iter().copied().filter(|&s| s < from || s >= from + length);
            prop_assert_eq!(less.iter().collect::<Vec<_>>(), kept.collect::<Vec<_>>());
        }

        #[test]
        fn a_start_is_blocked_when_its_stay_meets_the_set(
            set in prop::collection::btree_set(0..SLOTS, 0..10),
            length in 1..70_u32,
        ) {
            let mut blocked = Bits::empty(SLOTS);
            blocked.add_blocked(&bits(&set), length);
            for start in 0..SLOTS {
                let meets = set.range(start..start + length).next().is_some();
                prop_assert_eq!(blocked.has(start), meets);
            }
        }
    }
}
