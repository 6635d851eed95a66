//! XML as we write it, and XML that somebody sent.
//!
//! What is read is hostile until read: a document that declares entities, nests too deep or holds too
//! much is refused before anything is kept. Nothing is ever fetched.

use domain::Refusal;
use quick_xml::{
    NsReader, XmlVersion,
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
};

/// Most bytes of a file.
pub(crate) const MOST: usize = 8 * 1024 * 1024;
/// Most bytes of a document within a package.
pub(crate) const UNPACKED: usize = 32 * 1024 * 1024;
/// Deepest nesting.
const DEEPEST: usize = 120;
/// Most elements.
const ELEMENTS: usize = 600_000;

/// The file is larger than can be read.
pub(crate) fn too_large() -> Refusal {
    Refusal::new("file-too-large").with("most", MOST / 1024 / 1024)
}

/// The file is not what it should be.
pub(crate) fn unreadable() -> Refusal {
    Refusal::new("file-unreadable")
}

/// What a document type declaration may do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doctype {
    /// There may be none.
    Refused,
    /// It may name a public definition, as older exchange files do. It is passed over.
    Named,
}

/// A part of an element.
#[derive(Debug)]
pub(crate) enum Part {
    /// An element.
    Node(Node),
    /// Text between elements.
    Text(String),
}

/// An element.
#[derive(Debug)]
pub(crate) struct Node {
    /// Its namespace, if it is one of those asked for; empty otherwise.
    pub(crate) space: &'static str,
    /// Its name without a prefix.
    pub(crate) name: String,
    /// Its attributes by their names without prefixes.
    attributes: Vec<(String, String)>,
    /// What is in it.
    pub(crate) parts: Vec<Part>,
}

impl Node {
    /// An attribute, if it is there.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements in it.
    pub(crate) fn nodes(&self) -> impl DoubleEndedIterator<Item = &Node> {
        self.parts.iter().filter_map(|part| match part {
            Part::Node(node) => Some(node),
            Part::Text(_) => None,
        })
    }

    /// The first element in it of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.nodes().find(|node| node.name == name)
    }

    /// The first element along a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// All elements of a name in it, however deep, in their order.
    pub(crate) fn all<'a>(&'a self, name: &str) -> Vec<&'a Node> {
        let mut found = Vec::new();
        let mut open: Vec<&Node> = self.nodes().rev().collect();
        while let Some(node) = open.pop() {
            if node.name == name {
                found.push(node);
            }
            open.extend(node.nodes().rev());
        }
        found
    }

    /// All text in it, in its order.
    pub(crate) fn text(&self) -> String {
        let part = |part: &Part| match part {
            Part::Node(node) => node.text(),
            Part::Text(text) => text.clone(),
        };
        self.parts.iter().map(part).collect()
    }
}

/// Reads a whole document. `spaces` are the namespaces that the caller tells apart.
pub(crate) fn read(
    bytes: &[u8],
    most: usize,
    doctype: Doctype,
    spaces: &[&'static str],
) -> Result<Node, Refusal> {
    if bytes.len() > most {
        return Err(too_large());
    }
    let text = crate::workbook::decoded(bytes).map_err(|_| unreadable())?;
    if !text.chars().all(is_char) {
        return Err(unreadable());
    }
    let mut reader = NsReader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut whole, mut count) = (Vec::<Node>::new(), None, 0_usize);
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| unreadable())?;
        match event {
            Event::Start(start) => {
                count += 1;
                if open.len() >= DEEPEST || count > ELEMENTS {
                    return Err(Refusal::new("file-too-deep"));
                }
                if whole.is_some() {
                    return Err(unreadable());
                }
                open.push(element(known(&space, spaces)?, &start)?);
            }
            Event::End(_) => {
                let node = open.pop().ok_or_else(unreadable)?;
                match open.last_mut() {
                    Some(above) => above.parts.push(Part::Node(node)),
                    None => whole = Some(node),
                }
            }
            Event::Text(words) => put(&mut open, &words.xml10_content())?,
            Event::CData(words) => put(&mut open, &words.xml10_content())?,
            Event::GeneralRef(entity) => {
                let letter = entity.resolve_char_ref().map_err(|_| unreadable())?;
                let letter = letter.or(match &*entity {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "apos" => Some('\''),
                    "quot" => Some('"'),
                    _ => None,
                });
                // Any other entity would have to be declared, and nothing may be.
                let letter = letter.ok_or(Refusal::new("file-entities"))?;
                put(&mut open, letter.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(words) => {
                if doctype == Doctype::Refused || words.contains('[') {
                    return Err(Refusal::new("file-entities"));
                }
            }
            Event::Eof => break,
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    whole.filter(|_| open.is_empty()).ok_or_else(unreadable)
}

fn known(space: &ResolveResult, spaces: &[&'static str]) -> Result<&'static str, Refusal> {
    match space {
        ResolveResult::Bound(Namespace(uri)) => {
            Ok(spaces.iter().find(|space| *space == uri).copied().unwrap_or_default())
        }
        ResolveResult::Unbound => Ok(""),
        ResolveResult::Unknown(_) => Err(unreadable()),
    }
}

fn element(space: &'static str, start: &BytesStart) -> Result<Node, Refusal> {
    let name = start.local_name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| unreadable())?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0);
        let value = value.map_err(|_| Refusal::new("file-entities"))?.into_owned();
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
    }
    Ok(Node { space, name, attributes, parts: Vec::new() })
}

/// Puts text into the innermost element. Outside of the whole there is only space.
fn put(open: &mut [Node], words: &str) -> Result<(), Refusal> {
    if !words.chars().all(is_char) {
        return Err(unreadable());
    }
    match open.last_mut() {
        Some(node) => match node.parts.last_mut() {
            Some(Part::Text(text)) => text.push_str(words),
            _ => node.parts.push(Part::Text(words.to_owned())),
        },
        None if words.trim_matches(['\u{FEFF}', ' ', '\n', '\t', '\r']).is_empty() => {}
        None => return Err(unreadable()),
    }
    Ok(())
}

/// What XML 1.0 can hold at all.
fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// A document being written: what is opened is closed, and every value is escaped.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    out: String,
    open: Vec<&'static str>,
}

impl Writer {
    /// A document with its declaration.
    pub(crate) fn new() -> Self {
        let out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        Self { out, open: Vec::new() }
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            self.escape(value, true);
            self.out.push('"');
        }
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push('>');
        self.open.push(name);
    }

    /// Closes the element opened last.
    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
    }

    /// An element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    /// Words.
    pub(crate) fn text(&mut self, words: &str) {
        self.escape(words, false);
    }

    /// An element that holds words.
    pub(crate) fn words(&mut self, name: &'static str, attributes: &[(&str, &str)], words: &str) {
        self.open(name, attributes);
        self.text(words);
        self.close();
    }

    /// A line end between elements, for people who look into the file.
    pub(crate) fn line(&mut self) {
        self.out.push('\n');
    }

    /// The document; what is still open is closed.
    pub(crate) fn done(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.into_bytes()
    }

    /// What XML cannot hold is left out; what a reader would turn into something else is escaped.
    fn escape(&mut self, words: &str, quoted: bool) {
        for letter in words.chars().filter(|c| is_char(*c)) {
            match letter {
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '&' => self.out.push_str("&amp;"),
                '"' if quoted => self.out.push_str("&quot;"),
                '\r' => self.out.push_str("&#13;"),
                '\n' if quoted => self.out.push_str("&#10;"),
                '\t' if quoted => self.out.push_str("&#9;"),
                other => self.out.push(other),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str, doctype: Doctype) -> String {
        read(text.as_bytes(), MOST, doctype, &[]).map_or_else(|r| r.code, |_| "read".to_owned())
    }

    #[test]
    fn hostile_documents_are_refused() {
        let (no, named) = (Doctype::Refused, Doctype::Named);
        let bomb = "<!DOCTYPE a [<!ENTITY b \"cccc\">]><a>&b;</a>";
        let external = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
        for (text, doctype, expected) in [
            (bomb, no, "file-entities"),
            (bomb, named, "file-entities"),
            (external, named, "file-entities"),
            ("<!DOCTYPE a SYSTEM \"http://x.example/a.dtd\"><a/>", no, "file-entities"),
            ("<!DOCTYPE a SYSTEM \"a.dtd\"><a/>", named, "read"),
            ("<a>&b;</a>", no, "file-entities"),
            ("<a b=\"&c;\"/>", no, "file-entities"),
            ("<a>&#1;</a>", no, "file-unreadable"),
            ("<a", no, "file-unreadable"),
            ("<a><b></a>", no, "file-unreadable"),
            ("<a>", no, "file-unreadable"),
            ("<a/><b/>", no, "file-unreadable"),
            ("<x:a/>", no, "file-unreadable"),
            ("<a b=\"1\" b=\"2\"/>", no, "file-unreadable"),
            ("", no, "file-unreadable"),
            ("words", no, "file-unreadable"),
        ] {
            assert_eq!(code(text, doctype), expected, "{text}");
        }
        assert_eq!(code(&"<a>".repeat(200_000), no), "file-too-deep");
        let wide = format!("<a>{}</a>", "<b/>".repeat(ELEMENTS));
        assert_eq!(code(&wide, no), "file-too-deep");
        let large = vec![b' '; MOST + 1];
        assert_eq!(read(&large, MOST, no, &[]).unwrap_err().code, "file-too-large");
    }

    #[test]
    fn namespaces_are_told_apart() {
        let text = "<a xmlns='one' xmlns:p='two'><p:b p:c='&lt;&#x5E02;'/><q xmlns='three'/></a>";
        let node = read(text.as_bytes(), MOST, Doctype::Refused, &["one", "two"]).unwrap();
        let spaces: Vec<&str> = node.nodes().map(|node| node.space).collect();
        assert_eq!((node.space, spaces), ("one", vec!["two", ""]));
        assert_eq!(node.child("b").unwrap().attribute("c"), Some("<市"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(words in "\\PC{0,40}|[ \r\n\t<>&\"']{0,20}") {
            let mut writer = Writer::new();
            writer.words("a", &[("b", &words)], &words);
            let node = read(&writer.done(), MOST, Doctype::Refused, &[]).unwrap();
            prop_assert_eq!(node.text(), words.clone());
            prop_assert_eq!(node.attribute("b"), Some(&*words));
        }

        #[test]
        fn no_bytes_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes, MOST, Doctype::Named, &[]);
        }

        #[test]
        fn no_markup_brings_the_reader_down(text in "[<>/a-c:=\"'&;#! \\[\\]-]{0,80}") {
            let _ = read(text.as_bytes(), MOST, Doctype::Named, &[]);
        }
    }
}
