//! What an amendment changes in a paragraph, as stretches with their authors.

use domain::{align::align, token::tokens};

use super::Span;

/// A paragraph that nobody changed.
pub(super) fn plain(text: &str) -> Vec<Span> {
    span(text, None, None).into_iter().collect()
}

/// A paragraph that somebody put in as a whole.
pub(super) fn inserted(text: &str, author: &str) -> Vec<Span> {
    span(text, Some(author), None).into_iter().collect()
}

/// A paragraph that somebody struck out.
pub(super) fn deleted(text: &str, author: &str) -> Vec<Span> {
    span(text, None, Some(author)).into_iter().collect()
}

/// The fewest words struck out and put in that turn one wording into the other.
pub(super) fn replaced(old: &str, new: &str, author: &str) -> Vec<Span> {
    let (old, new) = (tokens(old), tokens(new));
    let (mut spans, mut at) = (Vec::new(), 0);
    for hunk in align(&old, &new) {
        spans.extend(span(&old[at..hunk.old.start].concat(), None, None));
        spans.extend(span(&old[hunk.old.clone()].concat(), None, Some(author)));
        spans.extend(span(&new[hunk.new.clone()].concat(), Some(author), None));
        at = hunk.old.end;
    }
    spans.extend(span(&old[at..].concat(), None, None));
    spans
}

fn span(text: &str, inserted: Option<&str>, deleted: Option<&str>) -> Option<Span> {
    let owned = |name: Option<&str>| name.map(str::to_owned);
    let (inserted, deleted) = (owned(inserted), owned(deleted));
    (!text.is_empty()).then(|| Span { text: text.to_owned(), inserted, deleted })
}
