//! One act of the register: unchanged since when, its documents, the package for checking it offline, and
//! what was filed beside it.

use ::register::{
    manifest::{Document, Manifest, Role},
    proof::Proof,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    DeclarationId, EvidenceId, Lang, LeafId, Refusal,
    access::Action,
    city::Origin,
    dossier::Dossier,
    edition::Edition,
    evidence::{Evidence, EvidenceKind},
};
use fluent_bundle::FluentValue;
use jiff::{Timestamp, tz::TimeZone};
use maud::{Markup, html};
use serde_json::json;
use store::{Conn, leaf::Leaf};

use super::register::{object, title};
use crate::{
    chance,
    i18n::Messages,
    register::{
        handout::{self, State},
        words,
    },
    web::{
        form::{Draft, Show},
        layout::Page,
        marks::Marks,
        reply::{Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text, when,
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/register/acts/{act}", Gate::Public, page),
        post("/register/acts/{act}/evidence", Gate::SignedIn, file),
    ]
}

/// The day of an act on the clocks of its edition.
pub(super) fn date(lang: Lang, zone: Option<TimeZone>, at: Timestamp) -> String {
    when::date(lang, at.to_zoned(zone.unwrap_or(TimeZone::UTC)).date())
}

/// What the page shows of an act.
struct Seen {
    leaf: Leaf,
    edition: Option<Edition>,
    manifest: Option<Manifest>,
    proof: Option<(Proof, State)>,
    documents: Vec<store::leaf::Document>,
    evidence: Vec<Evidence>,
    about: Option<Dossier>,
}

/// The act of the address, for those who may do this to it.
pub(super) fn allowed(
    req: &Req,
    c: &mut Conn,
    action: Action,
) -> store::Result<Result<(Leaf, Option<Edition>), crate::web::reply::Fault>> {
    let Ok(id) = req.param::<LeafId>("act") else { return Err(store::Error::Missing) };
    let leaf = store::leaf::need(c, id)?;
    let edition = match leaf.edition {
        Some(id) => Some(store::edition::need(c, id)?.value),
        None => None,
    };
    let may = req.require(action, &object(&leaf, edition.as_ref()));
    Ok(may.map(|()| (leaf, edition)))
}

fn seen(req: &Req, action: Action) -> Result<Seen, crate::web::reply::Fault> {
    req.read(|c| {
        let (leaf, edition) = match allowed(req, c, action)? {
            Ok(found) => found,
            Err(fault) => return Ok(Err(fault)),
        };
        let log = store::log::get(c)?;
        let proof = handout::proof(c, &log, &leaf)?;
        let manifest = leaf.act.as_ref().and_then(|act| act.manifest.parse::<Manifest>().ok());
        let about = leaf.act.as_ref().and_then(|act| act.object.parse::<DeclarationId>().ok());
        let about = match about {
            Some(id) => store::dossier::get(c, id)?.map(|dossier| dossier.value),
            None => None,
        };
        let documents = store::leaf::documents(c, leaf.id)?;
        let evidence = store::evidence::of_leaf(c, leaf.id)?;
        Ok(Ok(Seen { leaf, edition, manifest, proof, documents, evidence, about }))
    })?
}

fn page(req: &Req) -> Outcome {
    let seen = seen(req, Action::Read)?;
    Ok(frame(req, &seen).reply(req, &body(req, &seen, &Draft::default())))
}

fn frame<'a>(req: &Req, seen: &'a Seen) -> Page<'a> {
    let exercise = seen.edition.as_ref().is_some_and(|e| e.origin == Origin::Demonstration);
    let bundle = || format!("/register/acts/{}/bundle", seen.leaf.id);
    Page {
        title: title(req.t, &seen.leaf),
        trail: vec![("/register".to_owned(), req.t.get("register-title"))],
        main: seen.proof.as_ref().map(|_| (bundle(), req.t.get("register-proof-bundle"))),
        lead: Some(sentence(req, seen)),
        demonstration: exercise || seen.about.as_ref().is_some_and(|dossier| dossier.exercise),
        ..Page::default()
    }
}

/// The one sentence that most readers want.
fn sentence(req: &Req, seen: &Seen) -> Markup {
    let zone = seen.edition.as_ref().map(Edition::time_zone);
    let values = [("date", FluentValue::from(date(req.lang(), zone, seen.leaf.at)))];
    let words = match (&seen.leaf.act, &seen.proof) {
        (None, _) => req.t.with("register-erased", &values),
        (Some(_), None) => req.t.with("register-pending", &values),
        (Some(act), Some(_)) => req.t.with(&format!("register-unchanged-{}", act.kind), &values),
    };
    html! { (words) }
}

fn body(req: &Req, seen: &Seen, draft: &Draft) -> Markup {
    let (t, leaf) = (req.t, &seen.leaf);
    html! {
        @if let Some(about) = &seen.about {
            p {
                (text::text(t, &about.title)) " · "
                a href={ "/editions/" (about.edition) "/declarations/" (about.id) } {
                    (t.get("register-to-text"))
                }
            }
        }
        @if let Some(manifest) = &seen.manifest {
            (documents(t, seen, manifest))
            section {
                h2 { (t.get("register-proof")) }
                p { (t.get("register-proof-why")) }
                (facts(t, seen, manifest))
                ul {
                    li {
                        a href={ "/register/acts/" (leaf.id) "/manifest" } {
                            (t.get("register-proof-manifest"))
                        }
                    }
                    @if seen.proof.is_some() {
                        li {
                            a href={ "/register/acts/" (leaf.id) "/proof" } {
                                (t.get("register-proof-file"))
                            }
                        }
                    }
                }
            }
            (evidence(req, seen, draft))
        }
    }
}

fn facts(t: Messages, seen: &Seen, manifest: &Manifest) -> Markup {
    html! {
        dl.facts {
            dt { (t.get("register-revision")) } dd { (manifest.revision) }
            @if let (Some(number), Some((_, state))) = (seen.leaf.number, &seen.proof) {
                @let n = number.saturating_add(1).to_string();
                @let size = state.checkpoint.size.to_string();
                dt { (t.get("register-number")) }
                dd { (t.with("register-number-of", &[("n", n.into()), ("size", size.into())])) }
                @for (name, time) in &state.witnesses {
                    dt { (t.get("register-witness-name")) }
                    dd { bdi { (name) } (Marks::of(t.lang).pause) (words::second(t.lang, *time)) }
                }
            }
        }
    }
}

fn documents(t: Messages, seen: &Seen, manifest: &Manifest) -> Markup {
    html! {
        section {
            h2 { (t.get("register-documents")) }
            table.stack {
                thead { tr {
                    th scope="col" { (t.get("register-document")) }
                    th scope="col" { (t.get("register-hash")) }
                } }
                tbody {
                    @for (document, hash) in &manifest.documents {
                        tr {
                            td data-label=(t.get("register-document")) { (named(t, seen, document)) }
                            td data-label=(t.get("register-hash")) { code.hash dir="ltr" { (hash.hex()) } }
                        }
                    }
                }
            }
        }
    }
}

/// What a document is, with a way to it where it is kept here.
fn named(t: Messages, seen: &Seen, document: &Document) -> Markup {
    let (lang, format, role): (&str, &str, Option<Role>) = match document {
        Document::Text { lang, role } => (lang, "", Some(*role)),
        Document::File { lang, format } => (lang, format, None),
    };
    let kept = seen.documents.iter().any(|kept| kept.lang == lang && kept.format == format);
    let ending = if format.is_empty() { "txt" } else { format };
    html! {
        @if kept {
            a href={ "/register/acts/" (seen.leaf.id) "/documents/" (lang) "/" (ending) } {
                (words::document(t, document))
            }
        } @else { (words::document(t, document)) }
        @if let Some(role) = role { (Marks::of(t.lang).pause) (words::role(t, role)) }
    }
}

fn evidence(req: &Req, seen: &Seen, draft: &Draft) -> Markup {
    let t = req.t;
    let mine = req.may(Action::Decide, &object(&seen.leaf, seen.edition.as_ref()));
    html! {
        section {
            h2 { (t.get("register-evidence")) }
            p { (t.get("register-evidence-why")) }
            @if seen.evidence.is_empty() { p { (t.get("register-evidence-none")) } }
            ul {
                @for one in &seen.evidence {
                    li {
                        a href={ "/register/evidence/" (one.id) } { bdi { (one.name) } } " · "
                        (t.get(&format!("register-evidence-kind-{}", one.kind))) " · "
                        (t.get("register-evidence-unverified")) br;
                        code.hash dir="ltr" { (one.sha256) }
                    }
                }
            }
            @if mine { (filing(req, seen, draft)) }
        }
    }
}

fn filing(req: &Req, seen: &Seen, draft: &Draft) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let kinds: Vec<(String, String)> = EvidenceKind::ALL
        .iter()
        .map(|kind| (kind.to_string(), t.get(&format!("register-evidence-kind-{kind}"))))
        .collect();
    html! {
        (show.summary())
        form method="post" enctype="multipart/form-data" novalidate
            action={ "/register/acts/" (seen.leaf.id) "/evidence" } {
            (show.choice("kind", "register-evidence-kind", &kinds))
            (show.input("file", "file", "register-evidence-file"))
            div.actions { button type="submit" { (t.get("register-evidence-add")) } }
        }
    }
}

/// The secretariat files a scan or a signature of another kind.
fn file(req: &Req) -> Outcome {
    let seen = seen(req, Action::Decide)?;
    let mut draft = Draft::of(req.form.clone());
    let kind: Option<EvidenceKind> = draft.code("kind");
    let upload = req.files.iter().find(|file| file.field == "file");
    let name = match upload {
        Some(upload) => Evidence::name(&upload.name, upload.bytes.len()),
        None => Err(Refusal::new("missing")),
    };
    let name = name.map_err(|refusal| draft.refuse("file", refusal)).ok();
    let (Some(kind), Some(name), Some(upload)) = (kind, name, upload) else {
        return Ok(frame(req, &seen).again(req, &body(req, &seen, &draft)));
    };
    let filed = Evidence {
        id: chance::id::<EvidenceId>(),
        leaf: seen.leaf.id,
        kind,
        name,
        bytes: u64::try_from(upload.bytes.len()).unwrap_or(u64::MAX),
        sha256: ::register::Hash::of(&[&upload.bytes]).hex(),
        at: req.now,
        by: req.actor.person,
    };
    let content = STANDARD.encode(&upload.bytes);
    req.write(|c| {
        store::evidence::insert(c, &filed, &content)?;
        let detail = json!({ "kind": filed.kind, "sha256": filed.sha256 });
        let event = req.event("leaf", filed.leaf, "evidence-filed", detail);
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(format!("/register/acts/{}", seen.leaf.id)))
}
