//! What the register found, in the reader's words.

use ::register::{
    Fault, Part,
    manifest::{Document, Role},
    verify::Fact,
};
use domain::Lang;
use fluent_bundle::FluentValue;
use jiff::{Timestamp, tz::TimeZone};

use super::sequencer::Why;
use crate::{i18n::Messages, web::when};

type Value<'a> = (&'a str, FluentValue<'a>);

fn text<'a>(name: &'a str, value: &'a str) -> Value<'a> {
    (name, FluentValue::from(value))
}

fn number(name: &str, n: u64) -> Value<'_> {
    (name, FluentValue::from(n.to_string()))
}

/// A day of the register, by the world's clock.
pub fn day(lang: Lang, at: Timestamp) -> String {
    when::date(lang, at.to_zoned(TimeZone::UTC).date())
}

/// A moment of the register, by the world's clock.
pub fn moment(lang: Lang, at: Timestamp) -> String {
    format!("{} UTC", when::moment(lang, &TimeZone::UTC, at))
}

/// A moment that is told in seconds since 1970.
pub fn second(lang: Lang, seconds: u64) -> String {
    let at = i64::try_from(seconds).ok().and_then(|s| Timestamp::from_second(s).ok());
    at.map_or_else(|| seconds.to_string(), |at| moment(lang, at))
}

/// A language by its own name, or by its code when we do not know it.
pub fn language(code: &str) -> String {
    code.parse().map_or_else(|()| code.to_owned(), |lang: Lang| lang.own_name().to_owned())
}

/// What a document of a manifest is.
pub fn document(t: Messages, document: &Document) -> String {
    match document {
        Document::Text { lang, .. } => {
            t.with("register-document-text", &[text("lang", &language(lang))])
        }
        Document::File { format, .. } => match format.as_str() {
            "party" => t.get("register-document-party"),
            "rotation" => t.get("register-document-rotation"),
            "state" => t.get("register-document-state"),
            _ => t.with("register-document-file", &[text("format", format)]),
        },
    }
}

/// Whether a text binds or informs.
pub fn role(t: Messages, role: Role) -> String {
    match role {
        Role::Authentic => t.get("register-role-authentic"),
        Role::Translation => t.get("register-role-translation"),
    }
}

/// Something that was shown about the file of this name.
pub fn fact(t: Messages, name: &str, witnesses_asked: bool, fact: &Fact) -> String {
    match fact {
        Fact::Signed { origin, size, .. } => {
            t.with("register-fact-signed", &[text("origin", origin), number("size", *size)])
        }
        Fact::Witnessed { name, time } => {
            let date = second(t.lang, *time);
            t.with("register-fact-witnessed", &[text("name", name), text("date", &date)])
        }
        Fact::Enough if witnesses_asked => t.get("register-fact-enough"),
        Fact::Enough => t.get("register-fact-enough-none"),
        Fact::Recorded { index } => {
            t.with("register-fact-recorded", &[number("n", index.saturating_add(1))])
        }
        Fact::Act { kind, revision, time, .. } => {
            let kind = t.get(&format!("register-kind-{}", kind.code()));
            let date = time.parse().map_or_else(|_| time.clone(), |at| moment(t.lang, at));
            let values =
                [text("kind", &kind), number("revision", (*revision).into()), text("date", &date)];
            t.with("register-fact-act", &values)
        }
        Fact::Unchanged(Document::Text { lang, role: r }) => {
            let (lang, role) = (language(lang), role(t, *r));
            let values = [text("name", name), text("lang", &lang), text("role", &role)];
            t.with("register-fact-text", &values)
        }
        Fact::Unchanged(Document::File { format, .. }) => {
            t.with("register-fact-file", &[text("name", name), text("format", format)])
        }
    }
}

fn part(t: Messages, part: Part) -> String {
    t.get(match part {
        Part::Bundle => "register-part-bundle",
        Part::Checkpoint => "register-part-checkpoint",
        Part::Key => "register-part-key",
        Part::Manifest => "register-part-manifest",
        Part::Note => "register-part-note",
        Part::Policy => "register-part-policy",
        Part::Proof => "register-part-proof",
        Part::Request => "register-part-request",
        Part::Rotation => "register-part-rotation",
        Part::Tile => "register-part-tile",
    })
}

/// What does not hold.
pub fn fault(t: Messages, fault: &Fault) -> String {
    match fault {
        Fault::Form { part: p, line: 0 } => {
            t.with("register-fault-form-whole", &[text("part", &part(t, *p))])
        }
        Fault::Form { part: p, line } => {
            let (part, line) = (part(t, *p), line.to_string());
            t.with("register-fault-form", &[text("part", &part), text("line", &line)])
        }
        Fault::Algorithm(_) => t.get("register-fault-algorithm"),
        Fault::Key { name } => t.with("register-fault-key", &[text("name", name)]),
        Fault::Signature { name } => t.with("register-fault-signature", &[text("name", name)]),
        Fault::Unsigned { origin, .. } => {
            t.with("register-fault-unsigned", &[text("origin", origin)])
        }
        Fault::UnknownLog { origin } => {
            t.with("register-fault-unknown-log", &[text("origin", origin)])
        }
        Fault::Quorum { cosigned } if cosigned.is_empty() => t.get("register-fault-quorum-none"),
        Fault::Quorum { cosigned } => {
            t.with("register-fault-quorum", &[text("names", &cosigned.join(", "))])
        }
        Fault::Index { .. } => t.get("register-fault-index"),
        Fault::Sizes { old, new } => {
            t.with("register-fault-sizes", &[number("old", *old), number("new", *new)])
        }
        Fault::Inclusion => t.get("register-fault-inclusion"),
        Fault::Forked { old, new } => {
            t.with("register-fault-forked", &[number("old", *old), number("new", *new)])
        }
        Fault::Behind { own, held } => {
            t.with("register-fault-behind", &[number("own", *own), number("held", *held)])
        }
        Fault::MissingTile { level, index } => {
            let values = [number("level", (*level).into()), number("index", *index)];
            t.with("register-fault-missing-tile", &values)
        }
        Fault::WrongTile { level, index } => {
            let values = [number("level", (*level).into()), number("index", *index)];
            t.with("register-fault-wrong-tile", &values)
        }
        Fault::EntryTooLong { .. } => t.get("register-fault-too-long"),
        Fault::NoSalt => t.get("register-fault-no-salt"),
        Fault::OtherDocument => t.get("register-fault-other-document"),
        Fault::Rotation { name, size } => {
            t.with("register-fault-rotation", &[text("name", name), number("size", *size)])
        }
    }
}

/// Why nothing is signed.
pub fn why(t: Messages, why: &Why) -> String {
    match why {
        Why::HeldBack(_) => t.get("register-why-held-back"),
        Why::OtherKey => t.get("register-why-other-key"),
        Why::Altered => t.get("register-why-altered"),
        Why::Behind(fault) => format!("{} {}", t.get("register-why-behind"), self::fault(t, fault)),
    }
}
