//! The register of formal acts: what is recorded, by whom the log is signed, and what is handed out.
//!
//! [`record`] writes an act as a leaf in the transaction that does it. The [`sequencer`] numbers leaves
//! and publishes the tree; [`handout`] gives each act its proof. The crate `register` knows the rules.

pub mod bundle;
pub mod copy;
pub mod cosign;
pub mod erased;
pub mod guard;
pub mod handout;
pub mod key;
pub mod offline;
pub mod rotate;
pub mod sequencer;
pub mod source;
pub mod tiles;
mod tls;
mod trusted;
pub mod watch;
pub mod words;

use std::collections::BTreeMap;

use ::register::{
    Hash,
    manifest::{self, Kind, Manifest, Role},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    DelegationId, EditionId, Lang, LeafId,
    access::Visibility,
    declaration::{Authority, Declaration},
    dossier::{Dossier, DossierKind},
    negotiation::{Deed, Event, Negotiation},
    procedure::Step,
};
use jiff::{Timestamp, tz::TimeZone};
use outputs::{carrier::Carrier, html};
use store::{
    Conn, Error, Result,
    leaf::{self, Document, Leaf},
};

use crate::{chance, labels::labels};

/// The language code of a document that no language is written in (ISO 639-2).
const NO_LANGUAGE: &str = "zxx";

/// A formal act, as whoever does it describes it. No person is named in it.
#[derive(Clone, Debug)]
pub struct Act {
    /// What was done.
    pub kind: Kind,
    /// To what: an identifier, up to 64 of `A-Z a-z 0-9 . _ -`.
    pub object: String,
    /// Which revision of it.
    pub revision: u32,
    /// The edition that it belongs to; acts of the platform belong to none.
    pub edition: Option<EditionId>,
    /// Who may read the act until it is made public. The log itself never tells what it was.
    pub readers: Visibility,
    /// The canonical texts that the act is about.
    pub texts: BTreeMap<Lang, (Authority, String)>,
    /// Further documents that are kept with the act, as language, format and content.
    pub files: Vec<(String, String, String)>,
    /// The hashes of files that are kept elsewhere, as language, format and hash.
    pub hashes: Vec<(String, String, Hash)>,
    /// The hash of the record of how it came about.
    pub record: Option<Hash>,
    /// When it was done.
    pub at: Timestamp,
}

impl Act {
    /// An act on a text as it stands, to be read by those who may read its dossier.
    pub fn on(kind: Kind, dossier: &Dossier, negotiation: &Negotiation, at: Timestamp) -> Self {
        let readers = match dossier.kind {
            DossierKind::Instrument => {
                Visibility::Parties(dossier.parties.iter().copied().collect())
            }
            DossierKind::Declaration | DossierKind::Consensus => Visibility::Participants,
        };
        Self {
            kind,
            object: dossier.id.to_string(),
            revision: negotiation.consensus.revision,
            edition: Some(dossier.edition),
            readers,
            texts: texts(&negotiation.text),
            files: Vec::new(),
            hashes: Vec::new(),
            record: None,
            at,
        }
    }

    /// The adoption of a text: the texts, and beside each a page for reading, with the days of a time zone.
    pub fn adopted(
        dossier: &Dossier,
        negotiation: &Negotiation,
        zone: &TimeZone,
        at: Timestamp,
    ) -> Self {
        let carrier = Carrier::of(dossier, negotiation);
        let page = |lang: &Lang| {
            let labels = labels(&carrier, *lang, zone, at);
            let page = html::page(&carrier, &[*lang], &labels);
            (lang.code().to_owned(), "html".to_owned(), page)
        };
        let files = negotiation.text.languages.keys().map(page).collect();
        Self { files, ..Self::on(Kind::Adopted, dossier, negotiation, at) }
    }

    /// The signature of a party under a text: the texts, and a statement of which party signed which.
    pub fn signed(
        dossier: &Dossier,
        negotiation: &Negotiation,
        party: DelegationId,
        at: Timestamp,
    ) -> Self {
        let seal = negotiation.text.seal();
        let (object, seal) = (dossier.id, seal.hex());
        let statement =
            format!("caravanserai-signature/v1\nobject {object}\nparty {party}\nseal {seal}\n");
        let mut act = Self::on(Kind::Signature, dossier, negotiation, at);
        act.files.push((NO_LANGUAGE.to_owned(), "party".to_owned(), statement));
        act
    }
}

/// The canonical texts of a declaration in all its languages.
pub fn texts(text: &Declaration) -> BTreeMap<Lang, (Authority, String)> {
    let languages = text.languages.iter();
    languages.map(|(lang, authority)| (*lang, (*authority, text.canonical(*lang)))).collect()
}

fn role(authority: Authority) -> Role {
    match authority {
        Authority::Authentic => Role::Authentic,
        Authority::Translation => Role::Translation,
    }
}

/// The one form in which an act is described.
fn described(act: &Act) -> Result<Manifest> {
    use manifest::Document::{File, Text};
    let texts = act.texts.iter().map(|(lang, (authority, text))| {
        (Text { lang: lang.code().to_owned(), role: role(*authority) }, hash(text))
    });
    let file = |lang: &String, format: &String| File { lang: lang.clone(), format: format.clone() };
    let files = act.files.iter().map(|(lang, format, body)| (file(lang, format), hash(body)));
    let others = act.hashes.iter().map(|(lang, format, hash)| (file(lang, format), *hash));
    let manifest = Manifest {
        kind: act.kind,
        object: act.object.clone(),
        revision: act.revision,
        documents: texts.chain(files).chain(others).collect(),
        record: act.record,
        time: second(act.at),
    };
    manifest.checked().map_err(|fault| unusable(&fault))
}

fn hash(text: &str) -> Hash {
    Hash::of(&[text.as_bytes()])
}

/// An instant to the second, as manifests write it.
fn second(at: Timestamp) -> String {
    let whole = Timestamp::from_second(at.as_second()).unwrap_or(Timestamp::UNIX_EPOCH);
    whole.to_string()
}

/// Something of the register that should not have happened, as an error of the store.
fn unusable(why: &dyn std::fmt::Display) -> Error {
    Error::Unusable(format!("register: {why}"))
}

/// Records an act in the transaction that does it. It gets its number in the log afterwards; until then
/// it waits, and nothing else has to be done for it.
pub fn record(c: &mut Conn, act: &Act) -> Result<LeafId> {
    let manifest = described(act)?.to_string();
    let salt = chance::bytes().map_err(|error| unusable(&error))?;
    let id: LeafId = chance::id();
    let leaf = Leaf {
        id,
        number: None,
        hash: Hash(manifest::entry(manifest.as_bytes(), &salt)).hex(),
        act: Some(leaf::Act {
            kind: act.kind.code().to_owned(),
            object: act.object.clone(),
            manifest,
            salt: STANDARD.encode(salt),
        }),
        edition: act.edition,
        readers: act.readers.clone(),
        at: act.at,
    };
    let texts = act.texts.iter().map(|(lang, (_, body))| Document {
        lang: lang.code().to_owned(),
        format: String::new(),
        body: body.clone(),
    });
    let files = act.files.iter().map(|(lang, format, body)| Document {
        lang: lang.clone(),
        format: format.clone(),
        body: body.clone(),
    });
    let documents: Vec<Document> = texts.chain(files).collect();
    leaf::insert(c, &leaf, &documents)?;
    Ok(id)
}

/// Records what a deed makes formal, in the transaction of the deed: the adoption of a text, a signature
/// under it. A text that is published takes its acts with it. So no page can adopt without recording.
pub fn follow(
    c: &mut Conn,
    dossier: &Dossier,
    negotiation: &Negotiation,
    event: &Event,
) -> Result<()> {
    match &event.deed {
        Deed::Step(Step::Recorded { .. }) => {
            let zone = store::edition::need(c, dossier.edition)?.value.time_zone();
            record(c, &Act::adopted(dossier, negotiation, &zone, event.at)).map(|_| ())
        }
        Deed::Step(Step::Signed { by, .. }) => {
            record(c, &Act::signed(dossier, negotiation, *by, event.at)).map(|_| ())
        }
        Deed::Step(Step::Published) => publish(c, dossier.id),
        _ => Ok(()),
    }
}

/// Lets everyone read the acts done to an object: in the transaction that makes it public.
pub fn publish(c: &mut Conn, object: impl std::fmt::Display) -> Result<()> {
    leaf::publish(c, &object.to_string()).map(|_| ())
}

/// What is wrong with what is stored: acts that are not what their entries say, tiles that do not lead to
/// what was signed.
pub fn faults(c: &mut Conn) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for leaf in leaf::newest(c, i64::MAX)? {
        let Some(act) = &leaf.act else { continue };
        let salt = STANDARD.decode(&act.salt).ok().and_then(|salt| salt.try_into().ok());
        let entry = salt.map(|salt| Hash(manifest::entry(act.manifest.as_bytes(), &salt)).hex());
        if entry.as_deref() != Some(&leaf.hash) {
            faults.push(format!("act {} is not what its entry in the register says", leaf.id));
        }
    }
    let (size, root) = sequencer::last(c)?;
    let stored = tiles::Stored::new(c);
    if let Err(fault) = stored.checked(::register::mirror::audit(&stored, size, root))? {
        faults.push(format!("the register: {fault}"));
    }
    Ok(faults)
}

/// How a document stands to what the register holds of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The act that fixed it.
    pub leaf: LeafId,
    /// When that was.
    pub at: Timestamp,
    /// Whether the act has its place in the log; otherwise it waits for the next signature.
    pub numbered: bool,
    /// Whether the texts are those of the act, byte for byte.
    pub unchanged: bool,
}

/// Compares the texts of an object with what was recorded when it was adopted; nothing when no adoption
/// was recorded.
pub fn standing(
    c: &mut Conn,
    object: impl std::fmt::Display,
    texts: &BTreeMap<Lang, (Authority, String)>,
) -> Result<Option<Standing>> {
    let leaves = leaf::of_object(c, &object.to_string())?;
    let adopted = leaves.into_iter().rev().find_map(|leaf| {
        let act = leaf.act.clone().filter(|act| act.kind == Kind::Adopted.code())?;
        Some((leaf, act))
    });
    let Some((leaf, act)) = adopted else { return Ok(None) };
    let manifest: Manifest = act.manifest.parse().map_err(|fault| unusable(&fault))?;
    let named = |lang: &Lang, text: &str| {
        manifest.documents.iter().any(|(document, named)| match document {
            manifest::Document::Text { lang: l, .. } => l == lang.code() && *named == hash(text),
            manifest::Document::File { .. } => false,
        })
    };
    let unchanged = !texts.is_empty() && texts.iter().all(|(lang, (_, text))| named(lang, text));
    let numbered = leaf.number.is_some();
    Ok(Some(Standing { leaf: leaf.id, at: leaf.at, numbered, unchanged }))
}
