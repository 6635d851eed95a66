//! Mails leave under one Message-ID, are tried again, and never carry a header that a person typed.

use caravanserai::{chance, outbox};
use domain::{Lang, mail::Mail};
use jiff::{SignedDuration, Timestamp};

use crate::harness::TestApp;

fn mail() -> Mail {
    Mail {
        id: chance::id(),
        person: None,
        recipient: "a@example.org".to_owned(),
        subject: "日程第二版".to_owned(),
        body: "改期：开幕式\n".to_owned(),
        lang: Lang::Zh,
    }
}

fn holding(mail: &Mail) -> TestApp {
    let app = TestApp::new();
    app.write(|c| store::mail::enqueue(c, mail, Timestamp::UNIX_EPOCH));
    app
}

fn later(minutes: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH.saturating_add(SignedDuration::from_mins(minutes)).expect("an instant")
}

fn letter(mail: &Mail) -> anyhow::Result<String> {
    let app = TestApp::new();
    let config = caravanserai::app::Config {
        mail_from: "Диалог <secretariat@dialogue.example.org>".to_owned(),
        ..app.app.config.as_ref().clone()
    };
    Ok(String::from_utf8(outbox::message(mail, &config, later(0))?.formatted())?)
}

#[test]
fn a_letter_is_plain_utf8_under_a_stable_identifier() {
    let mail = mail();
    let text = letter(&mail).expect("a letter");
    assert!(text.contains(&format!("Message-ID: <{}@dialogue.example.org>", mail.id)), "{text}");
    assert!(text.contains("text/plain; charset=utf-8"), "{text}");
    assert!(text.contains("Auto-Submitted: auto-generated"), "{text}");
}

#[test]
fn a_hostile_recipient_or_subject_adds_no_header() {
    let bad = Mail { recipient: "a@example.org\r\nBcc: x@example.org".to_owned(), ..mail() };
    assert!(letter(&bad).is_err());
    let bad = Mail { subject: "x\r\nBcc: x@example.org".to_owned(), ..mail() };
    assert!(!letter(&bad).expect("a letter").contains("\nBcc:"));
}

#[test]
fn what_fails_is_tried_later_and_what_left_never_again() {
    let mail = mail();
    let app = holding(&mail);
    let db = &app.app.db;
    let due = |at, send: fn(&Mail) -> anyhow::Result<()>| {
        outbox::deliver(db, at, send).expect("a database")
    };
    assert!(due(later(0), |_| anyhow::bail!("down")));
    assert!(!due(later(0), |_| panic!("not due yet")));
    assert!(due(later(3), |_| Ok(())));
    assert!(!due(later(9_999), |_| panic!("left already")));
}

#[test]
fn a_mail_that_never_leaves_is_left_to_a_person() {
    let app = holding(&mail());
    for n in 0..=store::mail::TRIES {
        let tried =
            outbox::deliver(&app.app.db, later(i64::from(n) * 3_000), |_| anyhow::bail!("down"));
        assert_eq!(tried.expect("a database"), n < store::mail::TRIES);
    }
    assert_eq!(app.read(|c| store::mail::newest(c, 1))[0].1, "dead");
}
