//! One act in the register, the same in every test: those taking part may read it, and a scan lies beside it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use ::register::{
    Hash,
    key::{Algorithm, Signer},
    manifest::{self, Document, Kind, Manifest, Role},
    note::Note,
    tile::{Content, Tile},
    witness::Declined,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use caravanserai::{
    chance,
    i18n::Messages,
    register::{
        Act,
        key::Keyholder,
        offline, record,
        sequencer::{self, Turn},
        source::Source,
        watch, words,
    },
};
use domain::{
    EvidenceId, Lang, LeafId,
    access::Visibility,
    declaration::Authority,
    evidence::{Evidence, EvidenceKind},
};
use jiff::Timestamp;
use store::{
    Conn, Result,
    leaf::{self, Leaf},
};
use uuid::Uuid;

use super::{TestApp, fixture::EDITION};

const fn n(number: u128) -> Uuid {
    Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub(crate) const LEAF: LeafId = LeafId(n(600));
pub(crate) const EVIDENCE: EvidenceId = EvidenceId(n(601));
/// What the act is about.
pub(crate) const OBJECT: &str = "exercise-text";

const SALT: [u8; 32] = [7; 32];

/// The key that signs the register in tests.
pub(crate) fn register_key() -> Signer {
    Signer::new("test.example/register", Algorithm::Note, [3; 32]).expect("a key")
}

/// Records the act and signs it, long before any test runs.
pub(crate) fn fill(c: &mut Conn) -> Result<()> {
    let at: Timestamp = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let texts = ["en", "ru", "zh"].map(|lang| {
        let (lang, body) = (lang.to_owned(), format!("unit 1 title 1\n{lang}\n"));
        leaf::Document { lang, format: String::new(), body }
    });
    let documents = texts.iter().map(|text| {
        let (lang, role) = (text.lang.clone(), Role::Authentic);
        (Document::Text { lang, role }, Hash::of(&[text.body.as_bytes()]))
    });
    let manifest = Manifest {
        kind: Kind::Adopted,
        object: OBJECT.to_owned(),
        revision: 1,
        documents: documents.collect(),
        record: None,
        time: at.to_string(),
    };
    let manifest = manifest.checked().expect("a manifest").to_string();
    let leaf = Leaf {
        id: LEAF,
        number: None,
        hash: Hash(manifest::entry(manifest.as_bytes(), &SALT)).hex(),
        act: Some(leaf::Act {
            kind: Kind::Adopted.code().to_owned(),
            object: OBJECT.to_owned(),
            manifest,
            salt: STANDARD.encode(SALT),
        }),
        edition: Some(EDITION),
        readers: Visibility::Participants,
        at,
    };
    leaf::insert(c, &leaf, &texts)?;
    let scan = b"a scan";
    let filed = Evidence {
        id: EVIDENCE,
        leaf: LEAF,
        kind: EvidenceKind::Scan,
        name: "scan.pdf".to_owned(),
        bytes: 6,
        sha256: Hash::of(&[scan]).hex(),
        at,
        by: None,
    };
    store::evidence::insert(c, &filed, &STANDARD.encode(scan))?;
    sequencer::advance(c, &Keyholder::new(register_key()), at).map(|_| ())
}

/// A folder that goes with its test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("register-{}", Uuid::now_v7().simple()));
        fs::create_dir(&folder).expect("a folder");
        Self(folder)
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

/// An act that anyone may read.
pub(crate) fn act(number: usize) -> Act {
    let text = |words: &str| (Authority::Authentic, format!("unit {number} title 1\n{words}\n"));
    Act {
        kind: Kind::Adopted,
        object: format!("text-{number}"),
        revision: 3,
        edition: Some(EDITION),
        readers: Visibility::Public,
        texts: [(Lang::Zh, text("桑城宣言")), (Lang::Ru, text("Декларация"))].into(),
        files: vec![("zh".to_owned(), "html".to_owned(), "<!DOCTYPE html>\n".to_owned())],
        hashes: Vec::new(),
        record: None,
        at: "2027-05-18T09:00:00Z".parse().expect("an instant"),
    }
}

/// Records acts, numbers and signs them.
pub(crate) fn grow(app: &TestApp, acts: std::ops::Range<usize>) -> Vec<LeafId> {
    let ids = acts.map(|n| app.write(|c| record(c, &act(n)))).collect();
    let holder = app.app.signer.as_ref().expect("a key");
    let turn = sequencer::turn(&app.app.db, holder).expect("a turn");
    assert!(matches!(turn, Turn::Signed(_)), "{turn:?}");
    ids
}

/// What anybody can fetch of the register, in a folder.
pub(crate) fn carried(app: &TestApp, folder: &Path) -> Source {
    let save = |name: &str| {
        let answer = app.get(&format!("/register/{name}"));
        if answer.status == 200 {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            fs::write(file, &answer.body).expect("a file");
        }
        answer.status == 200
    };
    assert!(save("policy"));
    for n in 1.. {
        if !save(&format!("rotations/{n}")) {
            break;
        }
    }
    assert!(save("checkpoint"));
    let source = Source::Folder(folder.to_owned());
    let (checkpoint, _) = source.newest().expect("a state");
    for level in 0..3 {
        for index in 0.. {
            let Some(tile) = Tile::within(level, index, checkpoint.size) else { break };
            assert!(save(&tile.to_string()), "{tile}");
            if level == 0 {
                let bundle = Tile { content: Content::Entries, ..tile };
                assert!(save(&bundle.to_string()), "{bundle}");
            }
        }
    }
    source
}

/// The key of a witness of this name.
pub(crate) fn witness(name: &str) -> Signer {
    let seed = ::register::Hash::of(&[name.as_bytes()]).0;
    Signer::new(name, Algorithm::Cosignature, seed).expect("a key")
}

/// The register asks these witnesses, all of them.
pub(crate) fn ask(app: &TestApp, names: &[&str]) {
    let lines = names.iter().map(|name| format!("witness {name} {}\n", witness(name).key()));
    let lines: String = lines.collect();
    let lines = format!("{lines}group all all {}\nquorum all\n", names.join(" "));
    app.write(|c| {
        let mut log = store::log::get(c)?;
        log.witnesses.clone_from(&lines);
        store::log::save(c, &log)
    });
}

/// Lets a witness look and sends what it signed.
pub(crate) fn vouch(
    app: &TestApp,
    source: &Source,
    folder: &Path,
    name: &str,
) -> anyhow::Result<Note> {
    fs::create_dir_all(folder)?;
    let note = watch::look(source, folder, &witness(name), None, chance::now())?;
    let answer = app.post("/register/cosignatures", &[("note", &note.to_string())]);
    anyhow::ensure!(answer.status == 200, "{}", answer.text());
    Ok(note)
}

/// What an error says to its reader.
pub(crate) fn english(error: &anyhow::Error) -> String {
    let t = Messages::of(Lang::En);
    match (error.downcast_ref(), error.downcast_ref()) {
        (Some(fault), _) | (_, Some(Declined::Inconsistent(fault))) => words::fault(t, fault),
        _ => format!("{error:#}"),
    }
}

/// The verdict on a package, by the keys that came with it.
pub(crate) fn check(bundle: Vec<u8>, lang: Lang) -> offline::Verdict {
    offline::verify(Messages::of(lang), vec![("act.zip".to_owned(), bundle)], None)
}
