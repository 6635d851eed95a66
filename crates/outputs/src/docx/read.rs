//! A Word file that came back, from whatever program: its paragraphs by their bookmarks, with tracked
//! changes and remarks.

use std::collections::BTreeMap;

use domain::{Lang, Refusal, UnitId};

use super::{Place, Remark, Reply, Returned, SEAL, Span, TEXT, named, write::W};
use crate::{
    archive,
    xml::{self, Doctype, Node, Part, UNPACKED},
};

const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const BODY: &str = "word/document.xml";
const REMARKS: &str = "word/comments.xml";
const PROPERTIES: &str = "docProps/custom.xml";
/// Most paragraphs of a file.
const PARAGRAPHS: usize = 40_000;

/// What came back. Refused when no paragraph can be known again.
pub fn read(bytes: &[u8]) -> Result<Reply, Refusal> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Refusal::new("word-old-format"));
    }
    let mut parts = archive::unpack(bytes, &[BODY, REMARKS, PROPERTIES])?;
    let parse = |part: Vec<u8>| xml::read(&part, UNPACKED, Doctype::Refused, &[W, STRICT]);
    let body = parts.remove(BODY).ok_or(Refusal::new("file-other-kind").with("kind", "Word"))?;
    let root = parse(body)?;
    let remarks = parts.remove(REMARKS).map(parse).transpose()?;
    let properties = parts.remove(PROPERTIES).map(parse).transpose()?;
    let property = |name: &str| {
        let all = properties.iter().flat_map(Node::nodes);
        all.into_iter().find(|n| n.attribute("name") == Some(name)).map(Node::text)
    };
    let mut reader = Reader { remarks: said(remarks.as_ref()), ..Reader::default() };
    let body = root.child("body").filter(|_| root.name == "document");
    let body = body.ok_or(Refusal::new("file-other-kind").with("kind", "Word"))?;
    reader.container(body)?;
    reader.settle();
    if !reader.done.iter().any(|p| matches!(p.place, Place::Unit(_))) {
        return Err(Refusal::new("word-no-marks"));
    }
    Ok(Reply {
        text: property(TEXT).and_then(|id| id.trim().parse().ok()),
        seal: property(SEAL),
        paragraphs: reader.done,
    })
}

/// The remarks by their numbers.
fn said(root: Option<&Node>) -> BTreeMap<String, Remark> {
    let remark = |node: &Node| {
        let paragraphs: Vec<String> = node.all("p").into_iter().map(words).collect();
        let author = node.attribute("author").unwrap_or_default().trim().to_owned();
        Some((node.attribute("id")?.to_owned(), Remark { author, text: paragraphs.join("\n") }))
    };
    root.into_iter().flat_map(Node::nodes).filter_map(remark).collect()
}

fn words(paragraph: &Node) -> String {
    paragraph.all("t").into_iter().map(Node::text).collect()
}

/// Who changed what is being read.
#[derive(Clone, Default)]
struct Change {
    inserted: Option<String>,
    deleted: Option<String>,
}

#[derive(Default)]
struct Reader {
    remarks: BTreeMap<String, Remark>,
    /// The unit paragraph that is being read.
    open: Option<Returned>,
    /// The number of its bookmark, until that ends.
    range: Option<String>,
    /// The line end between two paragraphs of one unit, and who put it in.
    line: Option<String>,
    /// The last unit in this column, behind which new paragraphs stand.
    last: Option<(UnitId, Lang)>,
    done: Vec<Returned>,
    seen: usize,
}

impl Reader {
    fn settle(&mut self) {
        self.done.extend(self.open.take());
        self.range = None;
    }

    fn container(&mut self, container: &Node) -> Result<(), Refusal> {
        for node in container.nodes().filter(|n| matches!(n.space, W | STRICT)) {
            match node.name.as_str() {
                "p" => self.paragraph(node)?,
                "tc" => {
                    // A cell is a column of its own; what was open ends with the cell before.
                    self.settle();
                    self.container(node)?;
                    self.settle();
                }
                "tbl" | "tr" | "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => {
                    self.container(node)?;
                }
                // A bookmark may end between two paragraphs.
                "bookmarkEnd" => self.ended(node),
                _ => {}
            }
        }
        Ok(())
    }

    fn ended(&mut self, node: &Node) {
        if self.range.as_deref() == node.attribute("id") {
            self.range = None;
        }
    }

    fn paragraph(&mut self, node: &Node) -> Result<(), Refusal> {
        self.seen += 1;
        if self.seen > PARAGRAPHS {
            return Err(xml::too_large());
        }
        let starts = node.all("bookmarkStart");
        let mark = starts.into_iter().find_map(|start| {
            let (place, lang) = named(start.attribute("name")?)?;
            Some((place, lang, start.attribute("id").unwrap_or_default().to_owned()))
        });
        let inside = mark.is_none() && self.range.is_some();
        if let Some((place, lang, id)) = mark {
            self.settle();
            self.open = Some(Returned { place, lang, spans: Vec::new(), remarks: Vec::new() });
            self.range = Some(id);
            if let Place::Unit(unit) = place {
                self.last = Some((unit, lang));
            }
        } else if inside {
            let inserted = self.line.take();
            self.push("\n", &Change { inserted, deleted: None });
        } else {
            self.settle();
            let lang = self.last.map_or(Lang::Zh, |(_, lang)| lang);
            let place = Place::After(self.last.map(|(unit, _)| unit));
            self.open = Some(Returned { place, lang, spans: Vec::new(), remarks: Vec::new() });
        }
        self.inline(node, &Change::default());
        let ends = node.at(&["pPr", "rPr", "ins"]);
        self.line = ends.map(author);
        // A paragraph without a bookmark counts only if somebody wrote it.
        let open = self.open.as_ref();
        let new = open.is_some_and(|p| matches!(p.place, Place::After(_)));
        if new {
            let written = open.is_some_and(|p| p.spans.iter().any(|s| s.inserted.is_some()));
            let mut open = self.open.take();
            if let Some(paragraph) = open.as_mut().filter(|_| written) {
                // What stood there before belongs to nobody's paragraph.
                paragraph.spans.retain(|span| span.inserted.is_some());
                self.done.extend(open);
            }
        }
        Ok(())
    }

    fn inline(&mut self, node: &Node, change: &Change) {
        for part in node.nodes().filter(|n| matches!(n.space, W | STRICT)) {
            match part.name.as_str() {
                "ins" | "moveTo" => {
                    let inserted = Some(author(part));
                    self.inline(part, &Change { inserted, ..change.clone() });
                }
                "del" | "moveFrom" => {
                    let deleted = Some(author(part));
                    self.inline(part, &Change { deleted, ..change.clone() });
                }
                "r" => self.run(part, change),
                "hyperlink" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "bdo" | "dir" => {
                    self.inline(part, change);
                }
                "bookmarkEnd" => self.ended(part),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: &Node, change: &Change) {
        for part in run.nodes().filter(|n| matches!(n.space, W | STRICT)) {
            match part.name.as_str() {
                "t" | "delText" => {
                    for words in &part.parts {
                        if let Part::Text(words) = words {
                            self.push(words, change);
                        }
                    }
                }
                "br" | "cr" => self.push("\n", change),
                "tab" => self.push("\t", change),
                "noBreakHyphen" => self.push("\u{2011}", change),
                "commentReference" => {
                    let id = part.attribute("id").unwrap_or_default();
                    if let (Some(open), Some(remark)) = (&mut self.open, self.remarks.get(id)) {
                        open.remarks.push(remark.clone());
                    }
                }
                _ => {}
            }
        }
    }

    fn push(&mut self, words: &str, change: &Change) {
        let Some(open) = &mut self.open else { return };
        let Change { inserted, deleted } = change.clone();
        match open.spans.last_mut() {
            Some(last) if last.inserted == inserted && last.deleted == deleted => {
                last.text.push_str(words);
            }
            _ if words.is_empty() => {}
            _ => open.spans.push(Span { text: words.to_owned(), inserted, deleted }),
        }
    }
}

fn author(node: &Node) -> String {
    node.attribute("author").unwrap_or_default().trim().to_owned()
}
