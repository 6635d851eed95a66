//! The files of the register, in the formats of <https://c2sp.org>: anyone may fetch and keep them.

use ::register::tile::{Tile, WIDTH};
use axum::{
    body::Body,
    http::{HeaderValue, Response, header},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    EvidenceId,
    access::{Action, Visibility},
};
use store::leaf::Leaf;

use super::{register::object, register_act};
use crate::{
    register::{bundle, handout},
    web::{
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get},
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/register/checkpoint", Gate::Public, checkpoint),
        get("/register/policy", Gate::Public, policy),
        get("/register/rotations/{number}", Gate::Public, rotation),
        get("/register/tile/{*path}", Gate::Public, tile),
        get("/register/acts/{act}/manifest", Gate::Public, manifest),
        get("/register/acts/{act}/proof", Gate::Public, proof),
        get("/register/acts/{act}/bundle", Gate::Public, package),
        get("/register/acts/{act}/documents/{lang}/{format}", Gate::Public, document),
        get("/register/evidence/{evidence}", Gate::Public, evidence),
    ]
}

const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";
/// What never changes under its address.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// What has to be asked for again each time.
const NOW: &str = "public, no-cache";

/// A file of the log, which holds nothing that anybody could not read.
fn open(media: &'static str, bytes: Vec<u8>, keep: &'static str) -> Reply {
    let mut response: Response<Body> = Reply::Bytes { media, name: None, bytes }.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    let everyone = HeaderValue::from_static("*");
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, everyone);
    Reply::Raw(Box::new(response))
}

fn checkpoint(req: &Req) -> Outcome {
    let state = req.read(|c| {
        let log = store::log::get(c)?;
        handout::newest(c, &log)
    })?;
    let note = state.ok_or(Fault::Missing)?.note.to_string();
    Ok(open(TEXT, note.into_bytes(), NOW))
}

fn policy(req: &Req) -> Outcome {
    let policy = handout::policy(&req.read(store::log::get)?).ok_or(Fault::Missing)?;
    Ok(open(TEXT, policy.into_bytes(), NOW))
}

fn rotation(req: &Req) -> Outcome {
    let number: usize = req.param("number")?;
    let log = req.read(store::log::get)?;
    let note = number.checked_sub(1).and_then(|at| log.rotations.get(at)).ok_or(Fault::Missing)?;
    Ok(open(TEXT, note.clone().into_bytes(), FOR_EVER))
}

fn tile(req: &Req) -> Outcome {
    let path = req.params.get("path").ok_or(Fault::Missing)?;
    let tile: Tile = format!("tile/{path}").parse().map_err(|_| Fault::Missing)?;
    if tile.index > u64::MAX / WIDTH - 1 {
        return Err(Fault::Missing);
    }
    let bytes = req.read(|c| handout::tile(c, tile))?.ok_or(Fault::Missing)?;
    Ok(open(BYTES, bytes, FOR_EVER))
}

/// The act of the address, for those who may read it.
fn act(req: &Req) -> Result<Leaf, Fault> {
    let (leaf, _) = req.read(|c| register_act::allowed(req, c, Action::Read))??;
    Ok(leaf)
}

fn manifest(req: &Req) -> Outcome {
    let leaf = act(req)?;
    let manifest = leaf.act.ok_or(Fault::Missing)?.manifest;
    let name = Some(format!("{}.manifest", leaf.id));
    Ok(Reply::Bytes { media: TEXT, name, bytes: manifest.into_bytes() })
}

fn proof(req: &Req) -> Outcome {
    let leaf = act(req)?;
    let proof = req.read(|c| {
        let log = store::log::get(c)?;
        handout::proof(c, &log, &leaf)
    })?;
    let (proof, _) = proof.ok_or(Fault::Missing)?;
    let name = Some(format!("{}.{}", leaf.id, ::register::proof::ENDING));
    Ok(Reply::Bytes { media: TEXT, name, bytes: proof.to_string().into_bytes() })
}

fn package(req: &Req) -> Outcome {
    let leaf = act(req)?;
    let bytes = req.read(|c| bundle::bundle(c, &leaf))?.ok_or(Fault::Missing)?;
    Ok(Reply::Bytes { media: "application/zip", name: Some(format!("{}.zip", leaf.id)), bytes })
}

fn document(req: &Req) -> Outcome {
    let leaf = act(req)?;
    let asked = |name: &str| req.params.get(name).map_or("", String::as_str);
    let (lang, ending) = (asked("lang"), asked("format"));
    let format = if ending == "txt" { "" } else { ending };
    let documents = req.read(|c| store::leaf::documents(c, leaf.id))?;
    let found = documents.into_iter().find(|kept| kept.lang == lang && kept.format == format);
    let bytes = found.ok_or(Fault::Missing)?.body.into_bytes();
    // Saved, never shown as a page of ours.
    Ok(Reply::Bytes { media: TEXT, name: Some(format!("{}-{lang}.{ending}", leaf.id)), bytes })
}

/// A scan bears names and hands: whoever takes part may see it, the public may not.
fn evidence(req: &Req) -> Outcome {
    let id: EvidenceId = req.param("evidence")?;
    let (evidence, body, object) = req.read(|c| {
        let (evidence, body) = store::evidence::need(c, id)?;
        let leaf = store::leaf::need(c, evidence.leaf)?;
        let edition = match leaf.edition {
            Some(id) => Some(store::edition::need(c, id)?.value),
            None => None,
        };
        Ok((evidence, body, object(&leaf, edition.as_ref())))
    })?;
    let narrowed = match object.visibility {
        Visibility::Public => {
            domain::access::Object { visibility: Visibility::Participants, ..object }
        }
        _ => object,
    };
    req.require(Action::Read, &narrowed)?;
    let bytes = STANDARD.decode(body).map_err(|error| Fault::Broken(error.into()))?;
    Ok(Reply::Bytes { media: BYTES, name: Some(evidence.name), bytes })
}
