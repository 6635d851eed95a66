//! The fonts of printed documents: Noto as Debian packages it (`fonts-noto-core`, `fonts-noto-cjk`),
//! or the same files in a folder of one's own. Files are found once, and each is read when first used.

use std::{path::PathBuf, sync::Arc};

use domain::Lang;
#[cfg(feature = "pdf")]
use serde_json::Value;

/// Where Debian puts the two packages.
#[cfg(feature = "pdf")]
const FOLDERS: [&str; 2] = ["/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto"];

#[derive(Default)]
struct Inner {
    folders: Vec<PathBuf>,
    #[cfg(feature = "pdf")]
    shelf: std::sync::OnceLock<shelf::Shelf>,
}

/// The folders in which fonts are looked for, and what was found. Copies share what they found.
#[derive(Clone, Default)]
pub struct Fonts(Arc<Inner>);

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fonts(..)")
    }
}

impl Fonts {
    /// Fonts of these folders before those of the system.
    pub fn in_folders(folders: impl IntoIterator<Item = PathBuf>) -> Self {
        Self(Arc::new(Inner { folders: folders.into_iter().collect(), ..Inner::default() }))
    }

    /// The folders looked through before those of the system.
    pub fn folders(&self) -> &[PathBuf] {
        &self.0.folders
    }

    /// The languages among these that cannot be printed for want of a font; all of them in a build
    /// without a typesetter.
    pub fn missing(&self, langs: &[Lang]) -> Vec<Lang> {
        #[cfg(feature = "pdf")]
        return langs.iter().copied().filter(|l| !self.shelf().has(sample(*l))).collect();
        #[cfg(not(feature = "pdf"))]
        langs.to_vec()
    }

    /// No fonts at all, whatever the system has.
    #[cfg(all(test, feature = "pdf"))]
    pub(super) fn none() -> Self {
        let fonts = Self::default();
        fonts.0.shelf.get_or_init(|| shelf::Shelf::of(std::iter::empty()));
        fonts
    }

    /// The values with every letter that no font has written as its number, so that print and text tell of
    /// the same letters, and what is printed can be kept in archives. `marks` says whether a letter and its
    /// marks are set together where one font has them.
    #[cfg(feature = "pdf")]
    pub(super) fn legible(&self, data: &Value, marks: bool) -> Value {
        match data {
            Value::String(text) => Value::String(self.legible_text(text, marks)),
            Value::Array(all) => {
                Value::Array(all.iter().map(|one| self.legible(one, marks)).collect())
            }
            Value::Object(all) => {
                let one =
                    |(key, value): (&String, &Value)| (key.clone(), self.legible(value, marks));
                Value::Object(all.iter().map(one).collect())
            }
            other => other.clone(),
        }
    }

    #[cfg(feature = "pdf")]
    fn legible_text(&self, text: &str, marks: bool) -> String {
        use std::fmt::Write as _;
        let mut out = String::with_capacity(text.len());
        for seen in domain::token::seen(text) {
            // A letter and its marks are set with one font, or the marks stand by themselves.
            let whole = marks && self.shelf().has_together(seen);
            for (at, c) in seen.chars().enumerate() {
                let drawn = self.shelf().has(c) && (whole || at == 0) && !is_unprintable(c);
                if matches!(c, '\n' | '\t') || drawn {
                    out.push(c);
                } else if !chooses_a_form(c) {
                    let _ = write!(out, "[U+{:04X}]", u32::from(c));
                }
            }
        }
        out
    }

    #[cfg(feature = "pdf")]
    pub(super) fn shelf(&self) -> &shelf::Shelf {
        self.0.shelf.get_or_init(|| {
            let system = FOLDERS.iter().map(PathBuf::from);
            shelf::Shelf::of(self.0.folders.iter().cloned().chain(system))
        })
    }
}

/// What no document for archives may say that it holds, whatever a font has for it.
#[cfg(feature = "pdf")]
fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E000}'..='\u{F8FF}')
}

/// A mark that chooses among forms of the letter before it, which is printed in any case.
#[cfg(feature = "pdf")]
fn chooses_a_form(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// A letter that only a font for this language has.
#[cfg(feature = "pdf")]
fn sample(lang: Lang) -> char {
    match lang {
        Lang::Zh => '市',
        Lang::Ru => 'Ж',
        Lang::En => 'A',
        Lang::Fa => 'پ',
    }
}

/// Whether a letter belongs to the script of a language.
#[cfg(feature = "pdf")]
pub(super) fn written(lang: Lang, letter: char) -> bool {
    match lang {
        Lang::Zh => matches!(letter, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}'),
        Lang::Ru => matches!(letter, '\u{0400}'..='\u{052F}'),
        Lang::En => letter.is_ascii_alphabetic(),
        Lang::Fa => matches!(letter, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}'),
    }
}

#[cfg(feature = "pdf")]
pub(super) mod shelf {
    use std::{
        collections::BTreeSet,
        fs,
        path::{Path, PathBuf},
        sync::OnceLock,
    };

    use typst::{
        foundations::Bytes,
        text::{Font, FontBook, FontInfo},
        utils::LazyHash,
    };

    /// Families in use, by the beginning of their files' names. The first three set the languages of
    /// the pages; the others are for names that a city states in its own script.
    const STEMS: [&str; 12] = [
        "NotoSans",
        "NotoSansCJK",
        "NotoNaskhArabic",
        "NotoSansSC",
        "NotoSansArmenian",
        "NotoSansBengali",
        "NotoSansDevanagari",
        "NotoSansGeorgian",
        "NotoSansKhmer",
        "NotoSansMyanmar",
        "NotoSansSinhala",
        "NotoSansThaana",
    ];

    /// One face in a file.
    struct Face {
        path: PathBuf,
        index: u32,
        font: OnceLock<Option<Font>>,
    }

    /// Every face that was found.
    pub(in crate::pdf) struct Shelf {
        faces: Vec<Face>,
        pub(in crate::pdf) book: LazyHash<FontBook>,
        /// A bit for each letter that some face has.
        letters: Vec<u64>,
    }

    /// Where the bit of a letter stands.
    fn bit(letter: u32) -> (usize, u64) {
        (letter as usize / 64, 1 << (letter % 64))
    }

    impl Shelf {
        /// Looks through folders; a file of the same name counts once, in the first folder.
        pub(super) fn of(folders: impl Iterator<Item = PathBuf>) -> Self {
            let (mut faces, mut book) = (Vec::new(), FontBook::new());
            let mut seen = BTreeSet::new();
            for path in folders.flat_map(|f| files(&f)) {
                if seen.insert(path.file_name().map(ToOwned::to_owned)) {
                    add(&path, &mut faces, &mut book);
                }
            }
            let mut letters = vec![0; bit(u32::from(char::MAX)).0 + 1];
            for letter in
                (0..faces.len()).filter_map(|i| book.info(i)).flat_map(|i| i.coverage.iter())
            {
                let (place, mask) = bit(letter);
                if let Some(word) = letters.get_mut(place) {
                    *word |= mask;
                }
            }
            Self { faces, book: LazyHash::new(book), letters }
        }

        /// Whether some face has this letter.
        pub(super) fn has(&self, letter: char) -> bool {
            let (place, mask) = bit(u32::from(letter));
            self.letters.get(place).is_some_and(|word| word & mask != 0)
        }

        /// Whether one face has all of what is seen as one character.
        pub(super) fn has_together(&self, seen: &str) -> bool {
            let letters = || seen.chars().filter(|c| !super::chooses_a_form(*c));
            let infos = (0..self.faces.len()).filter_map(|i| self.book.info(i));
            let has = |info: &FontInfo| letters().all(|c| info.coverage.contains(u32::from(c)));
            letters().nth(1).is_none() || infos.into_iter().any(has)
        }

        /// A face, read when first asked for.
        pub(in crate::pdf) fn font(&self, index: usize) -> Option<Font> {
            let face = self.faces.get(index)?;
            let read = || Font::new(Bytes::new(fs::read(&face.path).ok()?), face.index);
            face.font.get_or_init(read).clone()
        }
    }

    fn add(path: &Path, faces: &mut Vec<Face>, book: &mut FontBook) {
        let Ok(bytes) = fs::read(path) else { return };
        for (index, info) in (0..).zip(FontInfo::iter(&bytes)) {
            // A collection also has the forms of other regions, which would print other glyphs.
            if info.family.contains("CJK") && info.family != "Noto Sans CJK SC" {
                continue;
            }
            book.push(info);
            faces.push(Face { path: path.to_owned(), index, font: OnceLock::new() });
        }
    }

    /// The files in use in a folder and the folders below it, by name.
    fn files(folder: &Path) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
        paths.sort();
        paths.iter().flat_map(|p| if p.is_dir() { files(p) } else { wanted(p) }).collect()
    }

    fn wanted(path: &Path) -> Vec<PathBuf> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let weight =
            |stem: &str| name.strip_prefix(stem).is_some_and(|w| matches!(w, "-Regular" | "-Bold"));
        if STEMS.iter().any(|s| weight(s)) { vec![path.to_owned()] } else { Vec::new() }
    }
}
