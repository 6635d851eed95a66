//! Instruments: who knows of them, in which order they come about, and what is refused on the way.

use domain::{
    InstrumentId, Lang,
    access::{Grant, Role, Scope},
    instrument::{Instrument, InstrumentKind, Stage, Words},
    unit::{Manner, Seal},
};

use crate::harness::{
    Answer, Persona, TestApp,
    fixture::{CITY_A, CONFIDENTIAL, DELEGATION_A, DELEGATION_B, EDITION},
    instrument::{FILED, INSTRUMENT, PAPER},
};

pub(crate) fn home() -> String {
    format!("/editions/{EDITION}/instruments")
}

pub(crate) fn address(id: InstrumentId) -> String {
    format!("{}/{id}", home())
}

pub(crate) fn read(app: &TestApp, id: InstrumentId) -> (Instrument, i32) {
    let found = app.read(|c| store::instrument::need(c, id));
    (found.value, found.version)
}

/// Sends a form about an instrument on the version that stands.
pub(crate) fn post(
    app: &TestApp,
    by: Persona,
    id: InstrumentId,
    path: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let seen = read(app, id).1.to_string();
    let mut all = vec![("seen", seen.as_str())];
    all.extend(fields);
    app.as_(by).post(&format!("{}{path}", address(id)), &all)
}

pub(crate) fn say(app: &TestApp, by: Persona, party: usize, what: &str) -> u16 {
    post(app, by, INSTRUMENT, &format!("/parties/{party}/say"), &[("what", what)]).status
}

pub(crate) fn signature(app: &TestApp, id: InstrumentId, party: usize, on: &str) -> Answer {
    let fields = [("name.ru", "Вымыслов Пример"), ("office.ru", "глава города"), ("on", on)];
    post(app, Persona::Host, id, &format!("/parties/{party}/signature"), &fields)
}

fn shows(app: &TestApp, who: Persona, path: &str) -> bool {
    let page = app.as_(who).get(path);
    page.status == 200 && CONFIDENTIAL.iter().any(|word| page.text().contains(word))
}

#[test]
fn nobody_else_learns_of_it_until_every_party_agrees() {
    let app = TestApp::new();
    let own = address(INSTRUMENT);
    let strangers = [Persona::FocalC, Persona::Public, Persona::Stranger, Persona::Officer];
    let hidden = |app: &TestApp| {
        for who in strangers {
            assert!(!shows(app, who, &home()), "{who:?}");
            assert!(!shows(app, who, &own), "{who:?}");
            let file = app.as_(who).get(&format!("{}/export/csv", home()));
            assert!(!file.text().contains(CONFIDENTIAL[2]), "{who:?}");
        }
    };
    hidden(&app);
    assert!(shows(&app, Persona::DelegateA, &home()));
    assert_eq!(say(&app, Persona::Secretariat, 1, "consent"), 403, "a party speaks for itself");
    assert_eq!(say(&app, Persona::FocalB, 1, "consent"), 403);
    assert_eq!(say(&app, Persona::FocalA, 1, "consent"), 303);
    hidden(&app);
    assert_eq!(say(&app, Persona::FocalB, 2, "consent"), 303);
    for who in strangers {
        assert!(shows(&app, who, &home()) && shows(&app, who, &own), "{who:?}");
        let paper = app.as_(who).get(&format!("{own}/papers/{PAPER}"));
        assert_ne!(paper.status, 200, "{who:?}: documents stay with the parties");
        assert!(!app.as_(who).get(&own).text().contains("EX-1"), "{who:?}: clearances too");
    }
    // Everybody may have read it by now.
    let back = post(&app, Persona::FocalB, INSTRUMENT, "/parties/2/say", &[("what", "withdraw")]);
    assert!(back.status == 409 && back.text().contains("may have read it"), "{}", back.text());
    let reopen = [("what", "reopen")];
    assert_eq!(post(&app, Persona::Secretariat, INSTRUMENT, "/stage", &reopen).status, 409);
    assert!(shows(&app, Persona::Public, &own));
}

#[test]
fn until_all_agree_a_consent_is_taken_back() {
    let app = TestApp::new();
    assert_eq!(say(&app, Persona::FocalA, 1, "consent"), 303);
    assert_eq!(say(&app, Persona::FocalA, 1, "withdraw"), 303);
    assert_eq!(say(&app, Persona::FocalB, 2, "consent"), 303);
    assert!(!shows(&app, Persona::Public, &address(INSTRUMENT)));
}

#[test]
fn it_comes_about_in_its_order() {
    let app = TestApp::new();
    let (a, b) = (DELEGATION_A.to_string(), DELEGATION_B.to_string());
    let fields = [
        ("kind", "friendly-exchange"),
        ("title.zh", "友好交流示例"),
        ("title.ru", "Пример обмена"),
        ("languages", "zh"),
        ("languages", "ru"),
        ("originals", "2"),
        ("parties", a.as_str()),
        ("parties", b.as_str()),
    ];
    let opened = app.as_(Persona::FocalA).post(&format!("{}/new", home()), &fields);
    let id: InstrumentId = opened.location().rsplit('/').next().unwrap().parse().unwrap();
    // By someone who is no party, it cannot be opened.
    let foreign = app.as_(Persona::FocalC).post(&format!("{}/new", home()), &fields);
    assert_eq!(foreign.status, 422);
    assert!(foreign.text().contains("友好交流示例"), "what was typed comes back");

    let template = [("what", "template"), ("template", "friendly-exchange")];
    assert_eq!(post(&app, Persona::FocalA, id, "/words", &template).status, 303);
    let page = app.as_(Persona::FocalB).in_(Lang::Zh).get(&format!("{}/text", address(id)));
    assert!(page.text().contains("杏城和榴城"), "named in the declared order: {}", page.text());
    assert_eq!(app.as_(Persona::FocalC).get(&format!("{}/text", address(id))).status, 404);

    let early = signature(&app, id, 1, "2026-01-05");
    assert_eq!(early.status, 422);
    assert!(early.text().contains("Not every party is cleared"), "{}", early.text());
    assert_eq!(post(&app, Persona::Secretariat, id, "/stage", &[("what", "settle")]).status, 409);
    // The parties stand in the declared order: B before A.
    let clear = |by, party: usize| {
        let fields =
            [("authority.zh", "示例外办"), ("on", "2026-01-04"), ("reference", "外〔2026〕1号")];
        post(&app, by, id, &format!("/parties/{party}/clearance"), &fields).status
    };
    assert_eq!(clear(Persona::FocalA, 1), 403, "each for its own party");
    assert_eq!(clear(Persona::FocalB, 1), 303);
    assert_eq!(clear(Persona::FocalA, 2), 303);
    assert_eq!(read(&app, id).0.stage, Stage::Cleared);
    assert_eq!(post(&app, Persona::FocalA, id, "/stage", &[("what", "settle")]).status, 403);
    assert_eq!(post(&app, Persona::Secretariat, id, "/stage", &[("what", "settle")]).status, 303);

    let ahead = signature(&app, id, 1, "2099-01-05");
    assert!(ahead.status == 422 && ahead.text().contains("has not come"), "{}", ahead.text());
    assert_eq!(signature(&app, id, 1, "2026-01-05").status, 303);
    assert!(matches!(read(&app, id).0.stage, Stage::Negotiated { .. }));
    assert_eq!(signature(&app, id, 2, "2026-01-06").status, 303);
    assert_eq!(read(&app, id).0.stage.signed().unwrap().to_string(), "2026-01-06");

    let force = |since: &str| {
        let fields = [("what", "enter"), ("since", since), ("until", "")];
        post(&app, Persona::Secretariat, id, "/stage", &fields)
    };
    let before = force("2026-01-05");
    assert!(before.status == 422 && before.text().contains("last signature"));
    assert_eq!(force("2026-01-06").status, 303);

    let acts = app.read(|c| store::leaf::of_object(c, &id.to_string()));
    let kinds: Vec<String> = acts.into_iter().filter_map(|leaf| leaf.act).map(|a| a.kind).collect();
    let formal = ["signature", "signature", "instrument", "instrument"];
    assert_eq!(kinds, formal, "both signatures, signed, in force");

    let city = format!("/cities/{CITY_A}");
    assert!(!app.get(&city).text().contains("Пример обмена"), "in force, but not public");
    for (by, party) in [(Persona::FocalB, 1), (Persona::FocalA, 2)] {
        for what in ["confirm", "consent"] {
            let path = format!("/parties/{party}/say");
            assert_eq!(post(&app, by, id, &path, &[("what", what)]).status, 303, "{what}");
        }
    }
    let page = app.as_(Persona::Public).in_(Lang::Ru).get(&city);
    assert!(page.text().contains("Город дружественных обменов"), "{}", page.text());
    assert!(page.text().contains("Пример обмена") && page.text().contains("УЧЕБНЫЙ ТЕКСТ"));
    let text = app.as_(Persona::Public).in_(Lang::Ru).get(&format!("{}/text", address(id)));
    assert!(text.status == 200 && text.text().contains("Не менялся"), "{}", text.text());
    let fields = [("what", "terminate"), ("on", "2026-02-01"), ("reason", "По соглашению")];
    assert_eq!(post(&app, Persona::Secretariat, id, "/stage", &fields).status, 303);
    assert!(!app.get(&city).text().contains("Пример обмена"), "ended");
}

#[test]
fn words_that_changed_after_they_were_final_are_not_signed() {
    let app = TestApp::new();
    let id = prepared(&app);
    assert_eq!(signature(&app, id, 1, "2026-01-05").status, 303);
    let Words::Dossier(text) = read(&app, id).0.words else { panic!("a text") };
    app.write(|c| {
        let dossier = store::dossier::need(c, text)?.value;
        let there = app.app.readings.read(c, &dossier)?.negotiation;
        let unit = there.text.units.last().expect("a paragraph");
        let change = domain::change::Change::Wrote {
            unit: unit.id,
            lang: Lang::Zh,
            text: "本文件一式两份。".to_owned(),
            manner: Manner::Leads,
            base: unit.seal(Lang::Zh),
            turn: unit.turn,
            by: dossier.by,
            second: None,
            at: dossier.opened,
        };
        let deed = domain::negotiation::Deed::Text(change);
        let event = domain::negotiation::Event { at: dossier.opened, deed };
        app.app.readings.act(c, &dossier, None, &[event]).map(|_| ())
    });
    let refused = signature(&app, id, 2, "2026-01-05");
    assert!(refused.status == 422 && refused.text().contains("differs"), "{}", refused.text());
    let page = app.as_(Persona::FocalA).get(&format!("{}/text", address(id)));
    assert!(page.text().contains("has changed since"), "{}", page.text());
}

/// The fixture's instrument with a text written here, cleared and final.
pub(crate) fn prepared(app: &TestApp) -> InstrumentId {
    assert_eq!(
        post(app, Persona::Secretariat, INSTRUMENT, "/stage", &[("what", "reopen")]).status,
        303
    );
    let template = [("what", "template"), ("template", "sister-city")];
    assert_eq!(post(app, Persona::Host, INSTRUMENT, "/words", &template).status, 303);
    let settle = [("what", "settle")];
    assert_eq!(post(app, Persona::Secretariat, INSTRUMENT, "/stage", &settle).status, 303);
    INSTRUMENT
}

#[test]
fn documents_come_back_byte_for_byte_and_others_are_refused() {
    let app = TestApp::new();
    let papers = format!("{}/papers", address(INSTRUMENT));
    let own = app.as_(Persona::DelegateA).get(&format!("{papers}/{PAPER}"));
    assert_eq!((own.status, own.body.as_slice()), (200, FILED));
    assert_eq!(own.header("content-type"), "application/pdf");
    assert!(own.header("content-disposition").starts_with("attachment"));
    let file = |fields: &[(&str, &str)], bytes: &[u8]| {
        app.as_(Persona::FocalA).upload(&papers, fields, ("file", "../../x.html", bytes))
    };
    let html = file(&[("kind", "scan")], b"<script>alert(1)</script>");
    assert!(html.status == 422 && html.text().contains("PDF, JPEG or PNG"), "{}", html.text());
    let none = file(&[("kind", "scan")], b"");
    assert_eq!(none.status, 422);
    let late = file(&[("kind", "text"), ("lang", "zh")], FILED);
    assert!(late.status == 422 && late.text().contains("final"), "words that are final stay");
    let mut large = b"%PDF-".to_vec();
    large.resize(10 * 1024 * 1024 + 1, 0);
    let large = file(&[("kind", "scan")], &large);
    assert!(large.status == 422 && large.text().contains("10 MB"), "{}", large.text());

    // Longer than one part of its storage.
    let mut scan = b"%PDF-".to_vec();
    scan.extend((0..200_000_u32).flat_map(u32::to_le_bytes));
    assert_eq!(file(&[("kind", "scan")], &scan).status, 303);
    assert_eq!(file(&[("kind", "signature"), ("scheme", "sm2")], b"\x30\x82").status, 303);
    let all = app.read(|c| store::paper::of_instrument(c, INSTRUMENT));
    let filed = all.iter().find(|paper| paper.value.size == scan.len() as u64).expect("the scan");
    assert_eq!(filed.value.seal, Seal::of_bytes(&scan));
    let back = app.as_(Persona::FocalB).get(&format!("{papers}/{}", filed.value.id));
    assert!(back.body == scan);
    let page = app.as_(Persona::FocalB).get(&address(INSTRUMENT));
    assert!(page.text().contains("not verified by us") && page.text().contains("SM2"));
}

#[test]
fn of_two_who_change_it_the_second_sees_the_difference() {
    let app = TestApp::new();
    app.write(|c| {
        let mut found = store::instrument::need(c, INSTRUMENT)?;
        found.value.stage = Stage::Draft;
        found.value.parties.iter_mut().for_each(|party| party.clearance = None);
        store::instrument::save(c, &found.value, found.version).map(|_| ())
    });
    let seen = read(&app, INSTRUMENT).1.to_string();
    let edit = |by: Persona, title: &str| {
        let fields = [
            ("seen", seen.as_str()),
            ("kind", "sister-city"),
            ("title.en", title),
            ("languages", "zh"),
            ("originals", "2"),
        ];
        app.as_(by).post(&format!("{}/edit", address(INSTRUMENT)), &fields)
    };
    assert_eq!(edit(Persona::FocalA, "First title").status, 303);
    let second = edit(Persona::FocalB, "Second title");
    assert_eq!(second.status, 422);
    assert!(second.text().contains("First title") && second.text().contains("Second title"));
    let hidden = edit(Persona::FocalB, "a\u{202E}b");
    assert_eq!(hidden.status, 422);
    let stale = app
        .as_(Persona::FocalA)
        .post(&format!("{}/words", address(INSTRUMENT)), &[("what", "filed"), ("seen", "1")]);
    assert!(stale.status == 409 && stale.text().contains("meanwhile"), "{}", stale.text());
    assert_eq!(read(&app, INSTRUMENT).0.kind, InstrumentKind::SisterCity);
}

#[test]
fn a_guest_without_a_delegation_is_spoken_for_by_its_letter() {
    let app = TestApp::new();
    app.write(|c| {
        let mut found = store::instrument::need(c, INSTRUMENT)?;
        found.value.kind = InstrumentKind::Project;
        found.value.parties[1].delegation = None;
        store::instrument::save(c, &found.value, found.version).map(|_| ())
    });
    let path = "/parties/2/say";
    assert_eq!(post(&app, Persona::FocalA, INSTRUMENT, path, &[("what", "consent")]).status, 403);
    let bare = post(&app, Persona::Secretariat, INSTRUMENT, path, &[("what", "consent")]);
    assert_eq!(bare.status, 422, "without its letter it has not agreed");
    let letter = [("what", "consent"), ("reference", "Letter 7")];
    assert_eq!(post(&app, Persona::Secretariat, INSTRUMENT, path, &letter).status, 303);
    assert_eq!(say(&app, Persona::FocalA, 1, "consent"), 303);
    assert!(shows(&app, Persona::Public, &home()));
}

#[test]
fn a_contact_of_another_edition_is_a_stranger() {
    let app = TestApp::new();
    app.write(|c| {
        let id = caravanserai::chance::id();
        let other = caravanserai::chance::id();
        let grant = Grant {
            role: Role::FocalPoint,
            scope: Scope::Delegation(other, DELEGATION_A),
            from: jiff::Timestamp::UNIX_EPOCH,
            until: None,
        };
        store::person::grant(c, id, crate::harness::fixture::person(Persona::Stranger), &grant)
    });
    assert_eq!(app.as_(Persona::Stranger).get(&address(INSTRUMENT)).status, 404);
}

#[test]
fn the_run_is_ordered_and_printed() {
    let app = TestApp::new();
    let run = format!("{}/run", home());
    let field = format!("turn.{INSTRUMENT}");
    let wrong = app.as_(Persona::Host).post(&run, &[(field.as_str(), "first")]);
    assert!(wrong.status == 422 && wrong.text().contains("first"));
    assert_eq!(app.as_(Persona::Host).post(&run, &[(field.as_str(), "7")]).status, 303);
    assert_eq!(read(&app, INSTRUMENT).0.ceremony.turn, 1);
    if outputs::pdf::BUILT {
        for lang in Lang::COMPLETE {
            for what in ["plan", "cards"] {
                let printed = app.as_(Persona::Host).get(&format!("{run}/{what}?in={lang}"));
                assert!(printed.body.starts_with(b"%PDF-"), "{what} {lang}");
            }
        }
    }
}
