//! Translation memories as TMX 1.4: the same paragraph in several languages.

use std::collections::BTreeMap;

use domain::{Lang, Refusal, memory::Segment};

use crate::{
    carrier::Carrier,
    xml::{self, Doctype, MOST, Node, Part, Writer},
};

/// Most segments of a file.
const SEGMENTS: usize = 100_000;

/// The paragraphs of a text that stand in at least two languages, none of them stale.
pub fn of(carrier: &Carrier) -> Vec<Segment> {
    let segment = |paragraph: &crate::carrier::Paragraph| {
        let current = |(lang, words): &(&Lang, &String)| {
            !paragraph.stale.contains(lang) && !words.trim().is_empty()
        };
        let words = paragraph.words.iter().filter(current);
        let texts = words.map(|(lang, words)| (*lang, words.clone())).collect();
        Segment { id: paragraph.id.to_string(), texts }
    };
    let segments = carrier.paragraphs.iter().map(segment);
    segments.filter(|segment| segment.texts.len() > 1).collect()
}

/// A memory as a file. `source` is the language that it was mostly written in.
pub fn write(segments: &[Segment], source: Lang) -> Vec<u8> {
    let mut out = Writer::new();
    out.open("tmx", &[("version", "1.4")]);
    out.empty(
        "header",
        &[
            ("creationtool", "Caravanserai"),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", "paragraph"),
            ("o-tmf", "Caravanserai"),
            ("adminlang", "en"),
            ("srclang", source.tag()),
            ("datatype", "plaintext"),
        ],
    );
    out.open("body", &[]);
    for segment in segments {
        out.line();
        let id = [("tuid", segment.id.as_str())];
        out.open("tu", if segment.id.is_empty() { &[] } else { &id });
        for (lang, words) in &segment.texts {
            out.open("tuv", &[("xml:lang", lang.tag())]);
            out.words("seg", &[], words);
            out.close();
        }
        out.close();
    }
    out.line();
    out.done()
}

/// A memory from a file. Languages that are not ours are passed over; of two variants in one language
/// the first counts.
pub fn read(bytes: &[u8]) -> Result<Vec<Segment>, Refusal> {
    let root = xml::read(bytes, MOST, Doctype::Named, &[])?;
    let Some(body) = root.child("body").filter(|_| root.name == "tmx") else {
        return Err(Refusal::new("file-other-kind").with("kind", "TMX"));
    };
    let segments: Vec<Segment> = body.nodes().filter(|n| n.name == "tu").map(segment).collect();
    if segments.len() > SEGMENTS { Err(xml::too_large()) } else { Ok(segments) }
}

fn segment(unit: &Node) -> Segment {
    let mut texts = BTreeMap::new();
    for variant in unit.nodes().filter(|n| n.name == "tuv") {
        let lang = variant.attribute("lang").map(str::parse::<Lang>);
        if let (Some(Ok(lang)), Some(seg)) = (lang, variant.child("seg")) {
            texts.entry(lang).or_insert_with(|| spoken(seg));
        }
    }
    Segment { id: unit.attribute("tuid").unwrap_or_default().to_owned(), texts }
}

/// The words of a segment without the codes of the program that it came from.
fn spoken(seg: &Node) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Node(node) if node.name == "hi" => spoken(node),
        Part::Node(_) => String::new(),
    };
    seg.parts.iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn codes_of_other_programs_are_left_out() {
        let file = r#"<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="en"/>
            <body><tu><tuv xml:lang="EN-US"><seg>the <bpt i="1">&lt;b></bpt><hi>city</hi><ept i="1">
            &lt;/b></ept></seg></tuv><tuv lang="zh_CN"><seg>城市</seg></tuv>
            <tuv xml:lang="de"><seg>Stadt</seg></tuv></tu></body></tmx>"#;
        let texts =
            BTreeMap::from([(Lang::En, "the city".to_owned()), (Lang::Zh, "城市".to_owned())]);
        assert_eq!(read(file.as_bytes()).unwrap(), [Segment { id: String::new(), texts }]);
    }

    #[test]
    fn a_huge_memory_is_refused_before_it_is_read() {
        let huge = vec![b'<'; 100 * 1024 * 1024];
        let refusal = read(&huge).unwrap_err();
        assert_eq!((&*refusal.code, &*refusal.args["most"]), ("file-too-large", "8"));
        assert_eq!(read(b"<tbx/>").unwrap_err().code, "file-other-kind");
    }

    fn any_segment() -> impl Strategy<Value = Segment> {
        let words = "\\PC{0,20}|می\u{200C}رود|क्\u{200D}ष|[<&>\"' \r\n]{1,6}";
        let lang = prop::sample::select(Lang::ALL.to_vec());
        let texts = prop::collection::btree_map(lang, words, 0..4);
        ("\\PC{0,8}", texts).prop_map(|(id, texts)| Segment { id, texts })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(segments in prop::collection::vec(any_segment(), 0..4)) {
            prop_assert_eq!(read(&write(&segments, Lang::Ru)).unwrap(), segments);
        }
    }
}
