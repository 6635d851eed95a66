//! Reading texts of fixed lines: every line ends in a newline, nothing else controls anything.

use crate::{Fault, Part};

/// Longest text that is read, in bytes: room for 64 large signatures.
const LONGEST: usize = 512 * 1024;

/// What is left to read, and where reading stands.
#[derive(Clone, Copy)]
pub(crate) struct Lines<'a> {
    part: Part,
    line: usize,
    rest: &'a str,
}

impl<'a> Lines<'a> {
    /// Takes UTF-8 without control characters other than newline, and with one at the end.
    pub(crate) fn new(part: Part, bytes: &'a [u8]) -> Result<Self, Fault> {
        let bad = Fault::form(part, 0);
        if bytes.len() > LONGEST {
            return Err(bad);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| bad.clone())?;
        let control = text.bytes().any(|byte| byte < b' ' && byte != b'\n');
        let whole = text.is_empty() || text.ends_with('\n');
        if control || !whole { Err(bad) } else { Ok(Lines { part, line: 0, rest: text }) }
    }

    /// The fault of the line read last.
    pub(crate) fn bad(&self) -> Fault {
        Fault::form(self.part, self.line)
    }

    /// The next line without its newline; nothing at the end.
    pub(crate) fn next(&mut self) -> Option<&'a str> {
        let (line, rest) = self.rest.split_once('\n')?;
        self.line += 1;
        self.rest = rest;
        Some(line)
    }

    /// The next line, which must be there.
    pub(crate) fn need(&mut self) -> Result<&'a str, Fault> {
        self.next().ok_or_else(|| Fault::form(self.part, self.line + 1))
    }

    /// What follows `word` and a space in the next line, which must begin so.
    pub(crate) fn after(&mut self, word: &str) -> Result<&'a str, Fault> {
        let line = self.need()?;
        line.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')).ok_or_else(|| self.bad())
    }

    /// What follows `word` and a space in the next line, if it begins so; otherwise nothing is read.
    pub(crate) fn maybe(&mut self, word: &str) -> Option<&'a str> {
        let mut ahead = *self;
        let found = ahead.after(word).ok()?;
        *self = ahead;
        Some(found)
    }

    /// Everything not yet read.
    pub(crate) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Nothing may be left.
    pub(crate) fn end(&self) -> Result<(), Fault> {
        if self.rest.is_empty() { Ok(()) } else { Err(Fault::form(self.part, self.line + 1)) }
    }
}
