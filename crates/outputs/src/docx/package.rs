//! The parts of a Word file around its body: styles, lists, head and foot of every page, remarks.

use super::{
    Paper, SEAL, TEXT,
    write::{Found, W, document},
};
use crate::{archive, sheet::EXERCISE, xml::Writer};

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts that the body names, in the order of their relations.
const PARTS: [(&str, &str); 6] = [
    ("styles", "styles.xml"),
    ("settings", "settings.xml"),
    ("numbering", "numbering.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
    ("comments", "comments.xml"),
];

/// The whole file.
pub(super) fn whole(paper: &Paper) -> Result<Vec<u8>, std::io::Error> {
    let mut found = Found::default();
    let body = document(paper, &mut found);
    let parts = [
        ("[Content_Types].xml", types()),
        ("_rels/.rels", relations()),
        ("docProps/core.xml", core(paper)),
        ("docProps/custom.xml", custom(paper)),
        ("word/document.xml", body),
        ("word/_rels/document.xml.rels", of_body()),
        ("word/styles.xml", styles()),
        ("word/settings.xml", settings()),
        ("word/numbering.xml", numbering(&found)),
        ("word/header1.xml", header(paper)),
        ("word/footer1.xml", footer(paper)),
        ("word/comments.xml", comments(&found)),
    ];
    archive::pack(parts.iter().map(|(name, bytes)| (*name, bytes.as_slice())))
}

fn types() -> Vec<u8> {
    let mut out = Writer::new();
    out.open("Types", &[("xmlns", TYPES)]);
    let xml = [("Extension", "xml"), ("ContentType", "application/xml")];
    let rels = "application/vnd.openxmlformats-package.relationships+xml";
    out.empty("Default", &[("Extension", "rels"), ("ContentType", rels)]);
    out.empty("Default", &xml);
    let mut part = |name: &str, kind: &str| {
        out.empty("Override", &[("PartName", name), ("ContentType", kind)]);
    };
    part("/word/document.xml", &format!("{WORD}.document.main+xml"));
    for (kind, file) in PARTS {
        part(&format!("/word/{file}"), &format!("{WORD}.{kind}+xml"));
    }
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    let custom = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
    part("/docProps/custom.xml", custom);
    out.done()
}

fn relation(out: &mut Writer, number: usize, kind: &str, target: &str) {
    let id = format!("rId{number}");
    out.empty("Relationship", &[("Id", &*id), ("Type", kind), ("Target", target)]);
}

fn relations() -> Vec<u8> {
    let mut out = Writer::new();
    out.open("Relationships", &[("xmlns", RELATIONS)]);
    let office = format!("{OFFICE}/relationships");
    relation(&mut out, 1, &format!("{office}/officeDocument"), "word/document.xml");
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    relation(&mut out, 2, core, "docProps/core.xml");
    relation(&mut out, 3, &format!("{office}/custom-properties"), "docProps/custom.xml");
    out.done()
}

fn of_body() -> Vec<u8> {
    let mut out = Writer::new();
    out.open("Relationships", &[("xmlns", RELATIONS)]);
    for (number, (kind, file)) in (1..).zip(PARTS) {
        relation(&mut out, number, &format!("{OFFICE}/relationships/{kind}"), file);
    }
    out.done()
}

fn core(paper: &Paper) -> Vec<u8> {
    let mut out = Writer::new();
    let cp = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    let dc = "http://purl.org/dc/elements/1.1/";
    out.open("cp:coreProperties", &[("xmlns:cp", cp), ("xmlns:dc", dc)]);
    out.words("dc:title", &[], &paper.carrier.reference());
    out.words("dc:creator", &[], "Caravanserai");
    out.done()
}

fn custom(paper: &Paper) -> Vec<u8> {
    let mut out = Writer::new();
    let (own, vt) = (format!("{OFFICE}/custom-properties"), format!("{OFFICE}/docPropsVTypes"));
    out.open("Properties", &[("xmlns", &*own), ("xmlns:vt", &vt)]);
    let text = paper.carrier.id.to_string();
    for (number, (name, value)) in
        (2..).zip([(TEXT, text.as_str()), (SEAL, paper.carrier.seal.hex())])
    {
        let number = i32::to_string(&number);
        let format = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";
        out.open("property", &[("fmtid", format), ("pid", &number), ("name", name)]);
        out.words("vt:lpwstr", &[], value);
        out.close();
    }
    out.done()
}

fn part(name: &'static str) -> Writer {
    let mut out = Writer::new();
    out.open(name, &[("xmlns:w", W)]);
    out
}

/// Whoever opens the file tracks changes from the first letter on.
fn settings() -> Vec<u8> {
    let mut out = part("w:settings");
    out.empty("w:trackRevisions", &[]);
    out.done()
}

/// One list for each printed number: its label is the number itself, so that nothing is counted.
fn numbering(found: &Found) -> Vec<u8> {
    let mut out = part("w:numbering");
    for (number, list) in &found.lists {
        let list = list.to_string();
        out.open("w:abstractNum", &[("w:abstractNumId", &list)]);
        out.empty("w:multiLevelType", &[("w:val", "singleLevel")]);
        out.open("w:lvl", &[("w:ilvl", "0")]);
        out.empty("w:start", &[("w:val", "1")]);
        out.empty("w:numFmt", &[("w:val", "decimal")]);
        out.empty("w:suff", &[("w:val", "tab")]);
        out.empty("w:lvlText", &[("w:val", &format!("{}.", number.replace('%', "")))]);
        out.empty("w:lvlJc", &[("w:val", "left")]);
        out.open("w:pPr", &[]);
        out.empty("w:ind", &[("w:left", "850"), ("w:hanging", "850")]);
        (0..3).for_each(|_| out.close());
    }
    for list in 1..=found.lists.len() {
        let list = list.to_string();
        out.open("w:num", &[("w:numId", &list)]);
        out.empty("w:abstractNumId", &[("w:val", &list)]);
        out.close();
    }
    out.done()
}

fn comments(found: &Found) -> Vec<u8> {
    let mut out = part("w:comments");
    for (id, (author, at, words)) in found.remarks.iter().enumerate() {
        let (id, at) = (id.to_string(), at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        out.open("w:comment", &[("w:id", &*id), ("w:author", author), ("w:date", &at)]);
        words.split('\n').for_each(|words| line(&mut out, "Note", words));
        out.close();
    }
    out.done()
}

fn line(out: &mut Writer, style: &str, words: &str) {
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    out.empty("w:pStyle", &[("w:val", style)]);
    out.close();
    run(out, words);
    out.close();
}

fn run(out: &mut Writer, words: &str) {
    out.open("w:r", &[]);
    out.words("w:t", &[("xml:space", "preserve")], words);
    out.close();
}

fn header(paper: &Paper) -> Vec<u8> {
    let mut out = part("w:hdr");
    line(&mut out, "Header", &paper.carrier.reference());
    if paper.carrier.exercise {
        line(&mut out, "Exercise", EXERCISE);
    }
    out.done()
}

fn footer(paper: &Paper) -> Vec<u8> {
    let (carrier, labels) = (paper.carrier, paper.labels);
    let mut out = part("w:ftr");
    out.open("w:p", &[]);
    out.open("w:pPr", &[]);
    out.empty("w:pStyle", &[("w:val", "Footer")]);
    out.close();
    let seal = carrier.short_seal();
    let words =
        format!("{} · {} · {} {seal} · ", carrier.reference(), labels.standing, labels.seal);
    run(&mut out, &words);
    for (at, field) in ["PAGE", "NUMPAGES"].into_iter().enumerate() {
        if at > 0 {
            run(&mut out, " / ");
        }
        out.open("w:fldSimple", &[("w:instr", field)]);
        run(&mut out, "1");
        out.close();
    }
    out.done()
}

/// Fonts by script, and one style for each kind of paragraph. No italics: Han and Arabic have none.
fn styles() -> Vec<u8> {
    let mut out = part("w:styles");
    out.open("w:docDefaults", &[]);
    out.open("w:rPrDefault", &[]);
    out.open("w:rPr", &[]);
    let latin = "Times New Roman";
    let fonts = [("w:ascii", latin), ("w:hAnsi", latin), ("w:eastAsia", "SimSun"), ("w:cs", latin)];
    out.empty("w:rFonts", &fonts);
    out.empty("w:sz", &[("w:val", "24")]);
    out.empty("w:szCs", &[("w:val", "26")]);
    out.empty("w:lang", &[("w:val", "en-GB"), ("w:eastAsia", "zh-CN"), ("w:bidi", "fa-IR")]);
    (0..3).for_each(|_| out.close());
    // Name, after, line, alignment, size in half points, bold.
    let all = [
        ("Normal", 0, "left", 24, false),
        ("Title", 240, "center", 32, true),
        ("Heading1", 160, "left", 26, true),
        ("Preambular", 160, "left", 24, false),
        ("Operative", 160, "left", 24, false),
        ("Annex", 160, "left", 24, false),
        ("Note", 120, "left", 18, false),
        ("Header", 0, "right", 18, false),
        ("Exercise", 0, "center", 18, true),
        ("Footer", 0, "center", 16, false),
    ];
    for (name, after, side, size, bold) in all {
        style(
            &mut out,
            name,
            i32::to_string(&after).as_str(),
            side,
            i32::to_string(&size).as_str(),
            bold,
        );
    }
    out.done()
}

fn style(out: &mut Writer, name: &str, after: &str, side: &str, size: &str, bold: bool) {
    let default = if name == "Normal" { "1" } else { "0" };
    let shown = if name == "Heading1" { "heading 1" } else { name };
    out.open("w:style", &[("w:type", "paragraph"), ("w:default", default), ("w:styleId", name)]);
    out.empty("w:name", &[("w:val", shown)]);
    if name != "Normal" {
        out.empty("w:basedOn", &[("w:val", "Normal")]);
    }
    out.open("w:pPr", &[]);
    out.empty("w:spacing", &[("w:after", after), ("w:line", "320"), ("w:lineRule", "auto")]);
    out.empty("w:jc", &[("w:val", side)]);
    out.close();
    out.open("w:rPr", &[]);
    if bold {
        out.empty("w:b", &[]);
        out.empty("w:bCs", &[]);
    }
    out.empty("w:sz", &[("w:val", size)]);
    out.empty("w:szCs", &[("w:val", size)]);
    out.close();
    out.close();
}
