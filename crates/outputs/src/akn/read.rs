//! Akoma Ntoso that somebody sent, ours or another house's: its language and its passages.

use domain::{Lang, Refusal, UnitId, unit::UnitKind};
use uuid::Uuid;

use super::{Document, OURS, Passage, SPACE};
use crate::xml::{self, Doctype, MOST, Node, Part};

/// Most passages of a document.
const PASSAGES: usize = domain::declaration::MOST_UNITS;

/// What a document holds, whatever its type: its front, its recitals and its body.
pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let root = xml::read(bytes, MOST, Doctype::Refused, &[SPACE])?;
    let other = || Refusal::new("file-other-kind").with("kind", "Akoma Ntoso 3.0");
    let whole = root.nodes().next().filter(|_| root.name == "akomaNtoso" && root.space == SPACE);
    let whole = whole.ok_or_else(other)?;
    let meta = whole.child("meta").ok_or_else(other)?;
    let mut reader = Reader { passages: Vec::new(), exact: is_ours(meta) };
    for part in whole.nodes() {
        match part.name.as_str() {
            "preface" | "coverPage" => reader.preface(part),
            "preamble" => reader.preamble(part),
            "body" | "mainBody" | "conclusions" => reader.body(part, UnitKind::Operative),
            "attachments" | "components" => {
                let bodies = part.all("mainBody").into_iter().chain(part.all("body"));
                bodies.for_each(|body| reader.body(body, UnitKind::Annex));
            }
            _ => {}
        }
    }
    let said = |path: &[&str], name| meta.at(path).and_then(|node| node.attribute(name));
    let expression = ["identification", "FRBRExpression"];
    let lang = said(&[&expression[..], &["FRBRlanguage"]].concat(), "language");
    let lang = lang.and_then(language).ok_or(Refusal::new("file-language"))?;
    if reader.passages.is_empty() && !reader.exact {
        return Err(Refusal::new("file-empty"));
    }
    if reader.passages.len() > PASSAGES {
        return Err(Refusal::new("declaration-too-long").with("most", PASSAGES));
    }
    let revision = said(&[&expression[..], &["FRBRversionNumber"]].concat(), "value");
    let work = said(&["identification", "FRBRWork", "FRBRthis"], "value").filter(|_| reader.exact);
    let work = work.and_then(|address| address.rsplit('/').next());
    let symbol = said(&["identification", "FRBRWork", "FRBRalias"], "value");
    Ok(Document {
        lang,
        text: work.and_then(|id| id.parse().ok()),
        symbol: symbol.unwrap_or_default().to_owned(),
        revision: revision.and_then(|number| number.parse().ok()),
        passages: reader.passages,
    })
}

fn is_ours(meta: &Node) -> bool {
    meta.child("identification").and_then(|node| node.attribute("source")) == Some(OURS)
}

/// A language by its code of three letters or of two.
fn language(code: &str) -> Option<Lang> {
    match code.to_ascii_lowercase().as_str() {
        "zho" | "chi" => Some(Lang::Zh),
        "rus" => Some(Lang::Ru),
        "eng" => Some(Lang::En),
        "fas" | "per" => Some(Lang::Fa),
        other => other.parse().ok(),
    }
}

struct Reader {
    passages: Vec<Passage>,
    /// Whether every space counts, because we wrote it.
    exact: bool,
}

impl Reader {
    fn preface(&mut self, preface: &Node) {
        for block in preface.nodes().filter(|n| n.attribute("class") != Some("exercise")) {
            self.take(block, UnitKind::Title, None, self.words(block));
        }
    }

    fn preamble(&mut self, preamble: &Node) {
        for block in preamble.nodes() {
            match block.name.as_str() {
                "recitals" | "citations" => {
                    for recital in block.nodes() {
                        let words = self.words(recital);
                        self.take(recital, UnitKind::Preambular, number(recital), words);
                    }
                }
                _ if block.attribute("class") == Some("heading") => {
                    self.take(block, UnitKind::Heading, None, self.words(block));
                }
                _ => self.take(block, UnitKind::Preambular, None, self.words(block)),
            }
        }
    }

    /// The passages of a hierarchy: what has a heading is one, and so is everything that has words.
    fn body(&mut self, container: &Node, kind: UnitKind) {
        for node in container.nodes() {
            let named = node.attribute("name").and_then(|name| name.parse::<UnitKind>().ok());
            let kind = named.filter(|_| node.name == "hcontainer").unwrap_or(kind);
            match node.name.as_str() {
                "num" | "heading" | "subheading" => {}
                "content" | "intro" | "wrapUp" | "p" | "block" => {
                    self.take(node, kind, None, self.words(node));
                }
                _ => {
                    let below = if kind == UnitKind::Heading { UnitKind::Operative } else { kind };
                    if let Some(heading) = node.child("heading") {
                        let kind = UnitKind::Heading;
                        self.take(node, kind, number(node), self.words(heading));
                    } else if let Some(content) = node.child("content") {
                        self.take(node, below, number(node), self.words(content));
                        continue;
                    }
                    self.body(node, below);
                }
            }
        }
    }

    fn take(&mut self, node: &Node, kind: UnitKind, number: Option<String>, text: String) {
        let name = node.attribute("eId").map(str::to_owned);
        let unit = name.as_deref().filter(|_| self.exact).and_then(unit);
        if unit.is_some() || !text.is_empty() {
            self.passages.push(Passage { unit, name, kind, number, text });
        }
    }

    /// The words of a block, line by line; numbers stand elsewhere.
    fn words(&self, block: &Node) -> String {
        let mut out = String::new();
        self.gather(block, &mut out);
        if self.exact {
            return out;
        }
        let tidy = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = out.split('\u{B}').map(tidy).filter(|l| !l.is_empty()).collect();
        lines.join("\n")
    }

    fn gather(&self, block: &Node, out: &mut String) {
        // In other houses' files a line end is only a space, so ours get a sign of their own.
        let line = if self.exact { '\n' } else { '\u{B}' };
        let block_of = |name: &str| matches!(name, "p" | "item" | "li" | "tr" | "point");
        for part in &block.parts {
            match part {
                Part::Text(text) => {
                    // Between our blocks stands nothing but line ends for people.
                    let between =
                        self.exact && !matches!(&*block.name, "p" | "heading" | "docTitle");
                    if !between {
                        out.push_str(text);
                    }
                }
                Part::Node(node) => match node.name.as_str() {
                    "num" | "authorialNote" | "remark" => {}
                    "eol" => out.push(line),
                    name => {
                        if block_of(name) && !out.trim().is_empty() {
                            out.push(line);
                        }
                        self.gather(node, out);
                    }
                },
            }
        }
    }
}

fn number(node: &Node) -> Option<String> {
    node.child("num").map(|num| num.text().trim().to_owned()).filter(|num| !num.is_empty())
}

/// The unit that an `eId` of ours names.
fn unit(name: &str) -> Option<UnitId> {
    let (_, id) = name.split_once('_')?;
    Uuid::try_parse(id).ok().map(UnitId)
}
