//! Texts to files and back from the command line, for checks by other programs:
//! `exchange write TEXT.json FOLDER`, `exchange read FILE`.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
    process::ExitCode,
};

use domain::{
    DeclarationId, Lang, Text, UnitId, amendment::Operation, declaration::Authority, unit::Seal,
};
use jiff::Timestamp;
use outputs::{
    akn, answer,
    carrier::{Carrier, Labels, Landmark, Paragraph},
    docx::{self, Mark, Paper, Place},
    html, pdf, tmx,
};
use serde_json::{Value, json};
use uuid::Uuid;

type Done<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["write", text, folder] => write(text, Path::new(folder)),
        ["read", file] => read(file),
        _ => Err("exchange write TEXT.json FOLDER, or exchange read FILE".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The unit at a place in the text, from 0.
fn unit(place: u64) -> UnitId {
    UnitId(Uuid::from_u128(u128::from(place) + 1))
}

fn place(unit: UnitId) -> u128 {
    unit.0.as_u128().wrapping_sub(1)
}

fn words(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn lang(value: &Value) -> Done<Lang> {
    words(value, "lang").parse().map_err(|()| "no such language".into())
}

fn carrier(text: &Value) -> Done<Carrier> {
    let mut languages = BTreeMap::new();
    for (code, authority) in text["languages"].as_object().ok_or("languages are missing")? {
        let lang: Lang = code.parse().map_err(|()| "no such language")?;
        let authentic = authority == "authentic";
        let authority = if authentic { Authority::Authentic } else { Authority::Translation };
        languages.insert(lang, authority);
    }
    let mut paragraphs = Vec::new();
    for (n, paragraph) in (0..).zip(text["paragraphs"].as_array().into_iter().flatten()) {
        let of = |lang: &Lang| Some((*lang, paragraph["words"][lang.code()].as_str()?.to_owned()));
        paragraphs.push(Paragraph {
            id: unit(n),
            kind: words(paragraph, "kind").parse().map_err(|_| "no such kind")?,
            number: paragraph["number"].as_str().map(str::to_owned),
            words: languages.keys().filter_map(of).collect(),
            stale: BTreeSet::new(),
        });
    }
    Ok(Carrier {
        id: DeclarationId(Uuid::from_u128(1)),
        title: Text::new(Lang::En, words(text, "symbol")),
        symbol: words(text, "symbol"),
        revision: 1,
        seal: Seal::of(&text.to_string()),
        languages,
        paragraphs,
        landmarks: vec![
            (Landmark::Opened, Timestamp::UNIX_EPOCH),
            (Landmark::Adopted, Timestamp::UNIX_EPOCH),
        ],
        exercise: text["exercise"] == true,
    })
}

fn marks(text: &Value) -> Done<Vec<Mark>> {
    let mark = |mark: &Value| {
        let about = unit(mark["unit"].as_u64().unwrap_or_default());
        let note = words(mark, "note");
        // What has a note is an amendment that only a remark can show.
        let operation = if note.is_empty() {
            Operation::Replace { unit: about, text: words(mark, "text") }
        } else {
            Operation::Move { unit: about, after: None }
        };
        let (author, at) = (words(mark, "author"), Timestamp::UNIX_EPOCH);
        Ok(Mark { author, at, lang: lang(mark)?, operation, note })
    };
    text["marks"].as_array().into_iter().flatten().map(mark).collect()
}

fn write(text: &str, folder: &Path) -> Done<()> {
    let text: Value = serde_json::from_str(&fs::read_to_string(text)?)?;
    let (carrier, marks) = (carrier(&text)?, marks(&text)?);
    let said = |words: &str| words.to_owned();
    let labels = Labels {
        lang: "en",
        standing: said("Revision 1"),
        seal: said("Hash"),
        stale: said("Changed since"),
        missing: said("No words yet"),
        authentic: said("authentic"),
        translation: said("translation"),
    };
    let langs: Vec<Lang> = carrier.languages.keys().copied().collect();
    let save = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes);
    let word = |langs: &[Lang], marks: &[Mark]| {
        Paper { carrier: &carrier, langs, marks, labels: &labels }.docx()
    };
    let fonts = pdf::Fonts::default();
    let began = std::time::Instant::now();
    let printed = |langs: &[Lang]| {
        let lines = pdf::declaration::Lines::Page;
        pdf::declaration::pdf(&carrier, langs, &labels, lines, &fonts, Timestamp::UNIX_EPOCH)
    };
    for lang in &langs {
        save(&format!("{lang}.akn.xml"), &akn::write(&carrier, *lang))?;
        save(&format!("{lang}.html"), html::page(&carrier, &[*lang], &labels).as_bytes())?;
        save(&format!("{lang}.docx"), &word(&[*lang], &[])?)?;
        save(&format!("{lang}-marked.docx"), &word(&[*lang], &marks)?)?;
        let headings = [(); 7].map(|()| said("…"));
        let sheet = answer::sheet(&carrier, *lang, &headings).map_err(|refusal| refusal.code)?;
        save(&format!("{lang}.csv"), &sheet.csv()?)?;
        if pdf::BUILT {
            save(&format!("{lang}.pdf"), &printed(&[*lang])?)?;
        }
    }
    save("all.docx", &word(&langs, &marks)?)?;
    save("memory.tmx", &tmx::write(&tmx::of(&carrier), carrier.source()))?;
    if pdf::BUILT {
        save("all.pdf", &printed(&langs)?)?;
        println!("all files after {:?}", began.elapsed());
        for _ in 0..5 {
            let began = std::time::Instant::now();
            let bytes = printed(&langs)?.len();
            println!(
                "{} languages side by side: {:?}, {bytes} bytes",
                langs.len(),
                began.elapsed()
            );
        }
    }
    Ok(())
}

fn read(file: &str) -> Done<()> {
    let bytes = fs::read(file)?;
    let refused = |refusal: domain::Refusal| format!("{} {:?}", refusal.code, refusal.args);
    let found = if bytes.starts_with(b"PK") {
        let reply = docx::read(&bytes).map_err(refused)?;
        let one = |paragraph: &docx::Returned| {
            let (kind, unit) = match paragraph.place {
                Place::Unit(unit) => ("unit", Some(unit)),
                Place::Rival(unit) => ("rival", Some(unit)),
                Place::Proposed(unit) => ("proposed", Some(unit)),
                Place::After(unit) => ("after", unit),
            };
            json!({
                "place": kind,
                "unit": unit.map(|unit| u64::try_from(place(unit)).unwrap_or(u64::MAX)),
                "lang": paragraph.lang.code(),
                "before": paragraph.before(),
                "after": paragraph.with(|_| true),
                "authors": paragraph.authors(),
                "remarks": paragraph.remarks.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(),
            })
        };
        reply.paragraphs.iter().map(one).collect::<Vec<_>>()
    } else {
        let document = akn::read(&bytes).map_err(refused)?;
        let one = |passage: &akn::Passage| json!({ "text": passage.text, "kind": passage.kind });
        document.passages.iter().map(one).collect()
    };
    println!("{}", Value::from(found));
    Ok(())
}
