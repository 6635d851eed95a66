//! What surrounds the text of an instrument: who is told and asked, who signs for its languages, when it is
//! held, how it is printed, and when the register opens.

use domain::{
    DeclarationId, DelegationId, Lang,
    access::{Grant, Role, Scope},
    delegation::Delegation,
    instrument::Words,
    mail::Mail,
    unit::{CellState, Unit},
};

use crate::{
    harness::{
        Answer, Persona, TestApp,
        fixture::{DELEGATION_A, DELEGATION_B, EDITION, person},
        instrument::INSTRUMENT,
    },
    instrument::{address, post, prepared, read, say, signature},
};
use Persona::{FocalA, FocalB, FocalC, Host, Officer, Public, Secretariat, Stranger};

fn text(app: &TestApp) -> DeclarationId {
    let Words::Dossier(id) = read(app, INSTRUMENT).0.words else { panic!("a text") };
    id
}

fn at(app: &TestApp, path: &str) -> String {
    format!("/editions/{EDITION}/declarations/{}{path}", text(app))
}

fn stage(app: &TestApp, what: &str) -> u16 {
    post(app, Secretariat, INSTRUMENT, "/stage", &[("what", what)]).status
}

/// The mails since so many of them, and how many there are now.
fn since(app: &TestApp, before: usize) -> (Vec<Mail>, usize) {
    let all = app.read(|c| store::mail::newest(c, 1_000));
    let new = all.len() - before;
    (all.into_iter().take(new).map(|(mail, _)| mail).collect(), before + new)
}

/// Every mail goes to a contact of a party, and names no party but the reader's own.
fn for_parties(app: &TestApp, mails: &[Mail]) {
    let name =
        |id: DelegationId| -> Delegation { app.read(|c| store::delegation::need(c, id)).value };
    for mail in mails {
        let own = if mail.person == Some(person(FocalA)) { DELEGATION_A } else { DELEGATION_B };
        assert!(own == DELEGATION_A || mail.person == Some(person(FocalB)), "{}", mail.recipient);
        let other = name(if own == DELEGATION_A { DELEGATION_B } else { DELEGATION_A });
        for named in other.name.versions.values() {
            let said = format!("{}\n{}", mail.subject, mail.body);
            assert!(!said.contains(&named.text), "{said}");
        }
        assert!(mail.body.contains("EXERCISE") && !mail.body.contains('⟦'), "{}", mail.body);
    }
}

#[test]
fn each_step_is_told_to_those_whom_it_asks_and_to_nobody_else() {
    let app = TestApp::new();
    let (_, start) = since(&app, 0);
    assert_eq!(stage(&app, "reopen"), 303);
    let (read_again, now) = since(&app, start);
    assert_eq!(read_again.len(), 2, "the words are open again");
    for_parties(&app, &read_again);
    let template = [("what", "template"), ("template", "sister-city")];
    assert_eq!(post(&app, Host, INSTRUMENT, "/words", &template).status, 303);
    assert_eq!(stage(&app, "settle"), 303);
    let (sign, now) = since(&app, now);
    assert_eq!(sign.len(), 2);
    for_parties(&app, &sign);
    assert_eq!(signature(&app, INSTRUMENT, 1, "2026-01-05").status, 303);
    assert_eq!(since(&app, now).0.len(), 0, "a signature of one asks nothing of anybody");
    assert_eq!(signature(&app, INSTRUMENT, 2, "2026-01-05").status, 303);
    let (confirm, now) = since(&app, now);
    assert_eq!(confirm.len(), 2, "confirm and publish, in one mail for each");
    for_parties(&app, &confirm);
    assert_eq!(say(&app, FocalA, 1, "consent"), 303);
    assert_eq!(since(&app, now).0.len(), 0);
    assert_eq!(say(&app, FocalB, 2, "consent"), 303);
    let (public, _) = since(&app, now);
    for_parties(&app, &public);
    assert_eq!(public.len(), 1, "whoever did it knows");
    assert_eq!(public[0].person, Some(person(FocalA)));
}

#[test]
fn final_words_are_held_until_they_are_taken_back() {
    let app = TestApp::new();
    prepared(&app);
    let unit = unit(&app);
    let write = |app: &TestApp, unit: &Unit| {
        let (base, turn) = (unit.seal(Lang::Zh).hex().to_owned(), unit.turn.to_string());
        let fields = [
            ("lang", "zh"),
            ("text", "本文件一式两份。"),
            ("manner", "leads"),
            ("base", base.as_str()),
            ("turn", turn.as_str()),
        ];
        app.as_(Secretariat).post(&at(app, &format!("/units/{}/write", unit.id)), &fields)
    };
    let held = write(&app, &unit);
    assert!(
        held.status >= 400 && held.text().contains("made these words final"),
        "{}",
        held.text()
    );
    let page = app.as_(FocalA).get(&at(&app, ""));
    assert!(page.text().contains("Nothing changes until they take them back"), "{}", page.text());
    assert!(page.text().contains(&address(INSTRUMENT)), "the way to the instrument");
    assert_eq!(stage(&app, "reopen"), 303);
    assert_eq!(write(&app, &unit).status, 303);
}

/// The last paragraph of the text, as it stands.
fn unit(app: &TestApp) -> Unit {
    let id = text(app);
    let reading = app.read(|c| {
        let dossier = store::dossier::need(c, id)?.value;
        app.app.readings.read(c, &dossier)
    });
    reading.negotiation.text.units.last().expect("a paragraph").clone()
}

/// Signs that a language of the last paragraph agrees with the others.
fn concord(app: &TestApp, who: Persona, lang: Lang) -> Answer {
    let unit = unit(app);
    let (base, path) = (unit.seal(lang).hex().to_owned(), format!("/units/{}", unit.id));
    if unit.state(lang) != CellState::Revised {
        let fields = [("lang", lang.code()), ("base", base.as_str())];
        app.as_(Secretariat).post(&at(app, &format!("{path}/offer")), &fields);
    }
    let fields = [("lang", lang.code()), ("base", base.as_str())];
    app.as_(who).post(&at(app, &format!("{path}/concord")), &fields)
}

#[test]
fn an_appointed_language_officer_signs_for_the_languages_and_learns_nothing_else() {
    let app = TestApp::new();
    assert_eq!(stage(&app, "reopen"), 303);
    let template = [("what", "template"), ("template", "sister-city")];
    assert_eq!(post(&app, Host, INSTRUMENT, "/words", &template).status, 303);
    // Another officer of the same edition.
    app.write(|c| {
        let scope = Scope::Edition(EDITION);
        let from = jiff::Timestamp::UNIX_EPOCH;
        let grant = Grant { role: Role::LanguageOfficer, scope, from, until: None };
        store::person::grant(c, caravanserai::chance::id(), person(Stranger), &grant)
    });
    let page = at(&app, "");
    let reads = |who| app.as_(who).get(&page).status;
    assert_eq!([reads(Officer), reads(Stranger)], [404, 404]);
    let id = person(Officer).to_string();
    let change = |who, what: &str| {
        let fields = [("what", what), ("person", id.as_str())];
        post(&app, who, INSTRUMENT, "/officers", &fields).status
    };
    assert_eq!([change(FocalA, "appoint"), change(Host, "appoint")], [403, 403]);
    assert_eq!(change(FocalC, "end"), 404);
    let (_, before) = since(&app, 0);
    assert_eq!(change(Secretariat, "appoint"), 303);
    let (told, _) = since(&app, before);
    let to = |who: Persona| told.iter().filter(|mail| mail.person == Some(person(who))).count();
    assert_eq!((told.len(), to(FocalA), to(FocalB), to(Officer)), (3, 1, 1, 1));
    assert_eq!([reads(Officer), reads(Stranger)], [200, 404]);
    assert_eq!(app.as_(Officer).get(&address(INSTRUMENT)).status, 404, "the text and nothing else");
    let last = unit(&app);
    let write = app.as_(Officer).get(&at(&app, &format!("/units/{}/write?in=zh", last.id)));
    assert_eq!(write.status, 403, "the words are for others to write");
    assert_eq!(concord(&app, Stranger, Lang::Zh).status, 404);
    let signed = concord(&app, Officer, Lang::Zh);
    assert_eq!(signed.status, 303, "{}", signed.text());
    assert_eq!(unit(&app).state(Lang::Zh), CellState::Concordant);
    // A party ends it, and the officer is a stranger again.
    assert_eq!(change(FocalB, "end"), 303);
    assert_eq!(reads(Officer), 404);
}

#[test]
fn each_party_has_an_original_of_its_own() {
    let app = TestApp::new();
    prepared(&app);
    let original =
        |who, n: usize| app.as_(who).get(&format!("{}/originals/{n}", address(INSTRUMENT)));
    assert_eq!(original(FocalC, 1).status, 404);
    assert_eq!(original(Public, 1).status, 303);
    assert_eq!(original(FocalA, 3).status, 404, "two are signed");
    if outputs::pdf::BUILT {
        let both = [1, 2].map(|n| original(FocalA, n));
        for one in &both {
            assert!(one.status == 200 && one.body.starts_with(b"%PDF-"), "{}", one.status);
        }
        assert_ne!(both[0].body, both[1].body, "the order differs");
    }
    let page = app.as_(FocalA).get(&address(INSTRUMENT));
    assert!(page.text().contains("/originals/2"), "{}", page.text());
}

#[test]
fn what_the_register_holds_opens_when_all_agree() {
    let app = TestApp::new();
    prepared(&app);
    for party in [1, 2] {
        assert_eq!(signature(&app, INSTRUMENT, party, "2026-01-05").status, 303);
    }
    let acts = app.read(|c| store::leaf::of_object(c, &INSTRUMENT.to_string()));
    assert_eq!(acts.len(), 3, "two signatures, and that it is signed");
    let seen = |who| -> Vec<bool> {
        let page = |id| app.as_(who).get(&format!("/register/acts/{id}")).status == 200;
        acts.iter().map(|leaf| page(leaf.id)).collect()
    };
    assert_eq!([seen(Public), seen(FocalC)], [vec![false; 3], vec![false; 3]]);
    assert_eq!(seen(FocalA), [true; 3]);
    assert_eq!([say(&app, FocalA, 1, "consent"), say(&app, FocalB, 2, "consent")], [303, 303]);
    assert_eq!([seen(Public), seen(FocalC)], [vec![true; 3], vec![true; 3]]);
    // What is recorded from now on is open from the start.
    let fields = [("what", "enter"), ("since", "2026-01-06"), ("until", "")];
    assert_eq!(post(&app, Secretariat, INSTRUMENT, "/stage", &fields).status, 303);
    let last = app.read(|c| store::leaf::of_object(c, &INSTRUMENT.to_string())).pop();
    let last = last.expect("that it is in force").id;
    assert_eq!(app.get(&format!("/register/acts/{last}")).status, 200);
}
