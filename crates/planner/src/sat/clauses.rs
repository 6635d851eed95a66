//! Clauses one after the other in one array: two words of header, then the literals.

use super::lit::Lit;

/// Where a clause begins.
pub(super) type At = u32;

/// No clause.
pub(super) const NOWHERE: At = u32::MAX;

const HEADER: usize = 2;
const LEARNT: u32 = 1;
const DEAD: u32 = 2;
const VIVID: u32 = 4;
const USED: u32 = 3 << 3;
const GLUE: u32 = 8;

#[derive(Default)]
pub(super) struct Clauses {
    words: Vec<u32>,
    /// Words of clauses that were given up.
    waste: usize,
}

impl Clauses {
    pub(super) fn add(&mut self, literals: &[Lit], learnt: bool, glue: u32) -> At {
        let at = u32::try_from(self.words.len()).unwrap_or(NOWHERE);
        self.words.push(u32::try_from(literals.len()).unwrap_or(u32::MAX));
        self.words.push((u32::from(learnt) * LEARNT) | (glue.min(1 << 20) << GLUE));
        self.words.extend(literals.iter().map(|literal| literal.code()));
        at
    }

    pub(super) fn len(&self, at: At) -> usize {
        self.words[at as usize] as usize
    }

    /// The codes of the literals.
    pub(super) fn codes(&mut self, at: At) -> &mut [u32] {
        let from = at as usize + HEADER;
        let size = self.words[at as usize] as usize;
        &mut self.words[from..from + size]
    }

    pub(super) fn literal(&self, at: At, place: usize) -> Lit {
        Lit::from_code(self.words[at as usize + HEADER + place])
    }

    pub(super) fn literals(&self, at: At) -> impl Iterator<Item = Lit> + '_ {
        let from = at as usize + HEADER;
        self.words[from..from + self.len(at)].iter().map(|&code| Lit::from_code(code))
    }

    fn flags(&self, at: At) -> u32 {
        self.words[at as usize + 1]
    }

    fn flags_mut(&mut self, at: At) -> &mut u32 {
        &mut self.words[at as usize + 1]
    }

    pub(super) fn is_learnt(&self, at: At) -> bool {
        self.flags(at) & LEARNT != 0
    }

    pub(super) fn is_dead(&self, at: At) -> bool {
        self.flags(at) & DEAD != 0
    }

    pub(super) fn kill(&mut self, at: At) {
        if !self.is_dead(at) {
            self.waste += self.len(at) + HEADER;
            *self.flags_mut(at) |= DEAD;
        }
    }

    /// Levels that the literals came from when this was last looked at: the fewer, the more it is worth.
    pub(super) fn glue(&self, at: At) -> u32 {
        self.flags(at) >> GLUE
    }

    pub(super) fn set_glue(&mut self, at: At, glue: u32) {
        let flags = self.flags_mut(at);
        *flags = *flags & ((1 << GLUE) - 1) | glue << GLUE;
    }

    /// How recently it was used: 2 since the last cleaning, 1 before that one, 0 not lately.
    pub(super) fn used(&self, at: At) -> u32 {
        (self.flags(at) & USED) >> 3
    }

    pub(super) fn set_used(&mut self, at: At, used: u32) {
        let flags = self.flags_mut(at);
        *flags = *flags & !USED | used << 3;
    }

    /// Whether vivification has nothing more to say on it.
    pub(super) fn is_vivid(&self, at: At) -> bool {
        self.flags(at) & VIVID != 0
    }

    pub(super) fn set_vivid(&mut self, at: At) {
        *self.flags_mut(at) |= VIVID;
    }

    pub(super) fn is_wasteful(&self) -> bool {
        self.waste * 4 > self.words.len()
    }

    /// All clauses that live.
    pub(super) fn all(&self) -> impl Iterator<Item = At> + '_ {
        let mut next = 0;
        std::iter::from_fn(move || {
            while next < self.words.len() {
                let at = u32::try_from(next).unwrap_or(NOWHERE);
                next += self.len(at) + HEADER;
                if !self.is_dead(at) {
                    return Some(at);
                }
            }
            None
        })
    }

    /// Moves the living together; the first word of an old clause becomes its new place.
    pub(super) fn compact(&mut self) -> Moved {
        let mut words = Vec::with_capacity(self.words.len() - self.waste);
        let mut old = std::mem::take(&mut self.words);
        let mut from = 0;
        while from < old.len() {
            let size = old[from] as usize + HEADER;
            if old[from + 1] & DEAD == 0 {
                let at = u32::try_from(words.len()).unwrap_or(NOWHERE);
                words.extend_from_slice(&old[from..from + size]);
                old[from] = at;
            } else {
                old[from] = NOWHERE;
            }
            from += size;
        }
        self.words = words;
        self.waste = 0;
        Moved(old)
    }
}

/// Where clauses went.
pub(super) struct Moved(Vec<u32>);

impl Moved {
    pub(super) fn to(&self, at: At) -> At {
        self.0[at as usize]
    }
}
