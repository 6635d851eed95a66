//! The register of formal acts: what is recorded, by whom the log is signed, and what is handed out.
//!
//! [`record`] writes an act as a leaf in the transaction that does it. The [`sequencer`] numbers leaves
//! and publishes the tree; [`handout`] gives each act its proof. The crate `register` knows the rules.

pub mod cosign;
pub mod handout;
pub mod key;
pub mod sequencer;
pub mod tiles;

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
    negotiation::Negotiation,
};
use jiff::Timestamp;
use store::{
    Conn, Error, Result,
    leaf::{self, Document, Leaf},
};

use crate::chance;

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

    /// The adoption of a text.
    pub fn adopted(dossier: &Dossier, negotiation: &Negotiation, at: Timestamp) -> Self {
        Self::on(Kind::Adopted, dossier, negotiation, at)
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

/// Lets everyone read the acts done to an object: in the transaction that makes it public.
pub fn publish(c: &mut Conn, object: impl std::fmt::Display) -> Result<()> {
    leaf::publish(c, &object.to_string()).map(|_| ())
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
        let of = |document: &manifest::Document| matches!(document, manifest::Document::Text { lang: l, .. } if l == lang.code());
        manifest.documents.iter().any(|(document, h)| of(document) && *h == hash(text))
    };
    let unchanged = !texts.is_empty() && texts.iter().all(|(lang, (_, text))| named(lang, text));
    let numbered = leaf.number.is_some();
    Ok(Some(Standing { leaf: leaf.id, at: leaf.at, numbered, unchanged }))
}
