//! The world that typst sees: three files in memory, the fonts that were found, and one date.

use std::sync::LazyLock;

use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{Fonts, PdfError, fonts::shelf::Shelf};

const STYLE: &str = include_str!("../../templates/style.typ");
/// Settings after which what typst remembered of earlier ones is forgotten.
const REMEMBERED: usize = 8;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

struct Print<'a> {
    main: Source,
    style: Source,
    data: (FileId, Bytes),
    shelf: &'a Shelf,
    date: Option<Datetime>,
}

impl World for Print<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shelf.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = [&self.main, &self.style].into_iter().find(|s| s.id() == id);
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.date
    }
}

pub(super) fn render(
    template: &str,
    data: &Value,
    fonts: &Fonts,
    at: Timestamp,
    archives: bool,
) -> Result<Vec<u8>, PdfError> {
    let date = datetime(at);
    let print = Print {
        main: Source::new(file("/main.typ")?, template.to_owned()),
        style: Source::new(file("/style.typ")?, STYLE.to_owned()),
        data: (file("/data.json")?, Bytes::from_string(data.to_string())),
        shelf: fonts.shelf(),
        date,
    };
    let document = typst::compile::<PagedDocument>(&print).output.map_err(|e| told(&e))?;
    let options = |standards| PdfOptions {
        creator: Smart::Custom(Some("Caravanserai".to_owned())),
        timestamp: date.map(typst_pdf::Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    let kept: &[PdfStandard] = if archives { &[PdfStandard::A_2b] } else { &[] };
    let standards =
        PdfStandards::new(kept).map_err(|e| PdfError::Template(e.message().to_string()))?;
    let bytes = typst_pdf::pdf(&document, &options(standards));
    typst::comemo::evict(REMEMBERED);
    bytes.map_err(|errors| match told(&errors) {
        PdfError::Template(why) if archives => PdfError::NotForArchives(why),
        error => error,
    })
}

fn file(path: &str) -> Result<FileId, PdfError> {
    let path = VirtualPath::new(path).map_err(|e| PdfError::Template(format!("{e:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn told(errors: &[SourceDiagnostic]) -> PdfError {
    let messages: Vec<&str> = errors.iter().map(|e| e.message.as_str()).collect();
    PdfError::Template(messages.join("; "))
}

fn datetime(at: Timestamp) -> Option<Datetime> {
    let utc = at.to_zoned(TimeZone::UTC);
    let part = |n: i8| u8::try_from(n).ok();
    Datetime::from_ymd_hms(
        i32::from(utc.year()),
        part(utc.month())?,
        part(utc.day())?,
        part(utc.hour())?,
        part(utc.minute())?,
        part(utc.second())?,
    )
}
