//! Jobs, mails and tokens: leased once, taken over when silent, used once.

use domain::{Lang, account::Purpose, mail::Mail};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    engines,
    sample::{World, account, id},
};

const HOLD: SignedDuration = SignedDuration::from_secs(60);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("an instant")
}

#[test]
fn a_job_is_leased_once_and_taken_over_when_its_node_is_silent() {
    for fresh in engines::each() {
        let world = World::new();
        let job = id();
        fresh
            .db
            .write(|c| {
                world.store(c)?;
                store::job::enqueue(c, job, "plan", world.edition.id, json!({"a": 1}), at(0))
            })
            .unwrap();
        let lease = |second| fresh.db.write(|c| store::job::lease(c, at(second), HOLD)).unwrap();
        assert_eq!(lease(1).unwrap().detail, json!({"a": 1}));
        assert!(lease(2).is_none());
        assert_eq!(lease(62).unwrap().id, job);
        fresh.db.write(|c| store::job::progress(c, job, Value::Null, at(100), HOLD)).unwrap();
        assert!(lease(123).is_none());
        assert_eq!(lease(161).unwrap().id, job);
        assert!(lease(300).is_none(), "after three tries it is left for a person");
        let states = fresh.db.read(store::job::by_state).unwrap();
        assert_eq!(states, [("dead".to_owned(), 1)]);
    }
}

#[test]
fn a_mail_leaves_once_its_turn_has_come() {
    for fresh in engines::each() {
        let mail = Mail {
            id: id(),
            person: None,
            recipient: "a@example.org".to_owned(),
            subject: "通知".to_owned(),
            body: "Текст\n".to_owned(),
            lang: Lang::Zh,
        };
        fresh.db.write(|c| store::mail::enqueue(c, &mail, at(10))).unwrap();
        let lease = |second| fresh.db.write(|c| store::mail::lease(c, at(second), HOLD)).unwrap();
        assert!(lease(9).is_none());
        assert_eq!(lease(10), Some(mail.clone()));
        assert!(lease(11).is_none());
        fresh.db.write(|c| store::mail::failed(c, mail.id, at(20))).unwrap();
        assert!(lease(21).is_none());
        assert_eq!(lease(20 + 120), Some(mail.clone()));
        fresh.db.write(|c| store::mail::sent(c, mail.id)).unwrap();
        assert!(lease(9_999_999).is_none());
        assert_eq!(fresh.db.read(store::mail::by_state).unwrap(), [("sent".to_owned(), 1)]);
    }
}

#[test]
fn a_token_serves_one_purpose_once_and_a_code_five_tries() {
    for fresh in engines::each() {
        let db = &fresh.db;
        let who = account();
        db.write(|c| {
            store::person::insert(c, &who)?;
            store::token::insert(c, "hash", Purpose::Login, "subject", at(100))?;
            store::token::set_code(c, who.id, "code", at(100))
        })
        .unwrap();
        let subject =
            |purpose, now| db.read(|c| store::token::subject(c, "hash", purpose, at(now))).unwrap();
        assert_eq!(subject(Purpose::Login, 99).as_deref(), Some("subject"));
        assert_eq!(subject(Purpose::Reply, 99), None);
        assert_eq!(subject(Purpose::Login, 100), None);
        let used = || db.write(|c| store::token::use_up(c, "hash", at(50))).unwrap();
        assert_eq!([used(), used()], [true, false]);
        let code =
            |typed: &str| db.write(|c| store::token::try_code(c, who.id, typed, at(50))).unwrap();
        for _ in 0..store::token::CODE_TRIES {
            assert!(!code("wrong"));
        }
        assert!(!code("code"));
        assert_eq!(db.write(|c| store::token::purge(c, at(100))).unwrap(), 2);
    }
}
