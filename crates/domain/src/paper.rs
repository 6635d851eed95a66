//! Documents filed beside an instrument: its text where it is written elsewhere, the scan of what was
//! signed by pen, and signatures of other kinds, which are kept as they came and not verified here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{InstrumentId, Lang, PaperId, PersonId, Refusal, coded, unit::Seal};

coded! {
    /// What a document is.
    pub enum PaperKind {
        /// The words, in one language.
        Text = "text",
        /// What was signed by pen.
        Scan = "scan",
        /// A digital signature of another kind.
        Signature = "signature",
    }
}

coded! {
    /// Kinds of digital signature that are kept without being verified here.
    pub enum Scheme {
        /// SM2 (GB/T 32918).
        Sm2 = "sm2",
        /// GOST R 34.10.
        Gost = "gost",
        /// In a PDF (ETSI EN 319 142).
        Pades = "pades",
        /// Beside the file (ETSI EN 319 122).
        Cades = "cades",
    }
}

coded! {
    /// What a file holds, told by its first bytes.
    pub enum Media {
        /// PDF.
        Pdf = "application/pdf",
        /// JPEG.
        Jpeg = "image/jpeg",
        /// PNG.
        Png = "image/png",
        /// Anything else.
        Other = "application/octet-stream",
    }
}

impl Media {
    /// What these bytes are.
    pub fn of(bytes: &[u8]) -> Self {
        let begins = |with: &[u8]| bytes.starts_with(with);
        if begins(b"%PDF-") {
            Media::Pdf
        } else if begins(&[0xFF, 0xD8, 0xFF]) {
            Media::Jpeg
        } else if begins(b"\x89PNG\r\n\x1a\n") {
            Media::Png
        } else {
            Media::Other
        }
    }

    /// The ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Media::Pdf => "pdf",
            Media::Jpeg => "jpg",
            Media::Png => "png",
            Media::Other => "bin",
        }
    }
}

/// Most bytes of one document.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Most documents of one instrument.
pub const MOST_PAPERS: usize = 60;

/// A document as it was filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its identifier.
    pub id: PaperId,
    /// Beside which instrument.
    pub instrument: InstrumentId,
    /// What it is.
    pub kind: PaperKind,
    /// The kind of a digital signature.
    pub scheme: Option<Scheme>,
    /// The language of a text.
    pub lang: Option<Lang>,
    /// What whoever filed it says of it; may be empty.
    pub note: String,
    /// What it holds.
    pub media: Media,
    /// How many bytes.
    pub size: u64,
    /// The SHA-256 of the bytes.
    pub seal: Seal,
    /// When it was filed.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
}

/// What a file holds, if it may be filed as this.
pub fn admit(kind: PaperKind, bytes: &[u8]) -> Result<Media, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new("file-missing"));
    }
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::new("paper-too-large").with("most", MOST_BYTES / 1024 / 1024));
    }
    let media = Media::of(bytes);
    if kind != PaperKind::Signature && media == Media::Other {
        return Err(Refusal::new("paper-media"));
    }
    Ok(media)
}

/// The hash of words that were filed, one document for each language; nothing while one is missing.
pub fn words(papers: &[Paper], languages: &[Lang]) -> Option<Seal> {
    let newest = |lang: &Lang| {
        let of = |paper: &&Paper| paper.kind == PaperKind::Text && paper.lang == Some(*lang);
        let paper = papers.iter().filter(of).max_by_key(|paper| (paper.at, paper.id))?;
        Some(format!("{lang} {}\n", paper.seal.hex()))
    };
    let mut languages = languages.to_vec();
    languages.sort_unstable();
    let lines: Option<String> = languages.iter().map(newest).collect();
    lines.filter(|lines| !lines.is_empty()).map(|lines| Seal::of(&lines))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn paper(n: u128, lang: Lang, words: &str) -> Paper {
        Paper {
            id: PaperId(Uuid::from_u128(n)),
            instrument: InstrumentId(Uuid::nil()),
            kind: PaperKind::Text,
            scheme: None,
            lang: Some(lang),
            note: String::new(),
            media: Media::Pdf,
            size: 1,
            seal: Seal::of(words),
            at: Timestamp::UNIX_EPOCH,
            by: PersonId(Uuid::nil()),
        }
    }

    #[test]
    fn only_pictures_and_pdf_are_filed_as_scans() {
        assert_eq!(admit(PaperKind::Scan, b"%PDF-1.7"), Ok(Media::Pdf));
        assert_eq!(admit(PaperKind::Scan, b"").unwrap_err().code, "file-missing");
        assert_eq!(admit(PaperKind::Scan, b"<html>").unwrap_err().code, "paper-media");
        assert_eq!(admit(PaperKind::Signature, b"\x30\x82"), Ok(Media::Other));
        let large = vec![0; MOST_BYTES + 1];
        assert_eq!(admit(PaperKind::Signature, &large).unwrap_err().code, "paper-too-large");
    }

    #[test]
    fn filed_words_count_when_every_language_is_there_and_the_newest_counts() {
        let (zh, ru) = (paper(1, Lang::Zh, "一"), paper(2, Lang::Ru, "один"));
        let both = [Lang::Ru, Lang::Zh];
        assert_eq!(words(std::slice::from_ref(&zh), &both), None);
        let first = words(&[zh.clone(), ru.clone()], &both);
        assert_eq!(first, words(&[ru.clone(), zh.clone()], &[Lang::Zh, Lang::Ru]));
        assert_ne!(first, words(&[zh, ru, paper(3, Lang::Ru, "два")], &both));
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            for kind in PaperKind::ALL {
                let _ = admit(*kind, &bytes);
            }
        }
    }
}
