//! The words of ours that stand beside a text in a file: in the file's language, where ours are complete in
//! it.

use domain::Lang;
use jiff::{Timestamp, tz::TimeZone};
use outputs::carrier::{Carrier, Labels};

use crate::{i18n::Messages, web::when};

/// The words for a text as it stands at an instant, with the days of a time zone.
pub fn labels(carrier: &Carrier, lang: Lang, zone: &TimeZone, now: Timestamp) -> Labels {
    let lang = if Lang::COMPLETE.contains(&lang) { lang } else { Lang::En };
    let t = Messages::of(lang);
    let date = |at: Timestamp| when::date(lang, zone.to_datetime(at).date());
    let standing = if let Some(at) = carrier.adopted() {
        t.with("file-adopted", &[("date", date(at).into())])
    } else {
        let revision = match carrier.revision {
            0 => t.get("declaration-zero"),
            n => t.with("declaration-revision", &[("n", n.into())]),
        };
        let values = [("revision", revision.into()), ("date", date(now).into())];
        t.with("file-stands", &values)
    };
    Labels {
        lang: lang.code(),
        standing,
        seal: t.get("file-seal"),
        stale: t.get("file-stale"),
        missing: t.get("file-missing-words"),
        authentic: t.get("declaration-authority-authentic"),
        translation: t.get("declaration-authority-translation"),
    }
}
