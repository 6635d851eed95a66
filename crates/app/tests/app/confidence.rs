//! What may not be learnt, asked as somebody would who means to learn it: whether there is such an act, a
//! draft, another agreement; what a small file gives away.

use std::collections::BTreeSet;

use ::register::manifest::Kind;
use caravanserai::register::{Act, record};
use domain::{
    DeclarationId, Lang, LeafId,
    access::Visibility,
    dossier::{Dossier, DossierKind},
};
use uuid::Uuid;

use crate::{
    declaration::publish,
    harness::{
        Answer, Persona, TestApp,
        declaration::{self, DECLARATION},
        fixture::{CONFIDENTIAL, DELEGATION_A, DELEGATION_B, EDITION},
        instrument::INSTRUMENT,
        negotiation::{ONE, STATEMENT, TEXT, at, lay},
    },
};

/// An answer without the identifier that was asked for.
fn told(answer: &Answer, id: &str) -> (u16, String, String) {
    let location = if answer.status == 303 { answer.location().to_owned() } else { String::new() };
    (answer.status, location.replace(id, ""), answer.text().replace(id, ""))
}

fn text() -> String {
    format!("/editions/{EDITION}/declarations/{DECLARATION}")
}

#[test]
fn an_act_of_an_unpublished_agreement_is_answered_as_if_there_were_none() {
    let app = TestApp::new();
    let act = Act {
        kind: Kind::Signature,
        object: INSTRUMENT.to_string(),
        revision: 0,
        edition: Some(EDITION),
        readers: Visibility::Parties(vec![DELEGATION_A, DELEGATION_B]),
        texts: [].into(),
        files: vec![("zxx".to_owned(), "state".to_owned(), CONFIDENTIAL.concat())],
        hashes: Vec::new(),
        record: None,
        at: "2027-05-18T09:00:00Z".parse().expect("an instant"),
    };
    let there = app.write(|c| record(c, &act)).to_string();
    let nowhere = LeafId(Uuid::now_v7()).to_string();
    let paths = ["", "/manifest", "/proof", "/bundle", "/documents/zxx/state"];
    for who in
        [Persona::FocalC, Persona::Chair, Persona::Officer, Persona::Stranger, Persona::Public]
    {
        let who = app.as_(who);
        for path in paths {
            let ask = |id: &str| told(&who.get(&format!("/register/acts/{id}{path}")), id);
            assert_eq!(ask(&there), ask(&nowhere), "{path}");
            assert_ne!(ask(&there).0, 200, "{path}");
        }
        let file = |id: &str| {
            told(&who.post(&format!("/register/acts/{id}/evidence"), &[("kind", "scan")]), id)
        };
        assert_eq!(file(&there), file(&nowhere));
        assert!(!who.get("/register").text().contains(&there));
    }
    for party in [Persona::FocalA, Persona::FocalB, Persona::Host] {
        let own = app.as_(party).get(&format!("/register/acts/{there}/documents/zxx/state"));
        assert_eq!(own.status, 200, "{party:?}");
    }
}

#[test]
fn a_draft_of_another_side_is_answered_as_if_there_were_none() {
    let app = TestApp::new();
    lay(&app);
    let words = [("do", "replace"), ("in", "zh"), ("text", "各城市将合作。"), ("explanation", "x")];
    let made = app.as_(Persona::FocalA).post(&at(&format!("/units/{ONE}/amend")), &words);
    let there = made.location().rsplit('/').next().unwrap().to_owned();
    let nowhere = Uuid::now_v7().to_string();
    for persona in Persona::ALL {
        if [Persona::FocalA, Persona::DelegateA].contains(&persona) {
            continue;
        }
        let who = app.as_(persona);
        for path in ["", "/edit"] {
            let ask = |id: &str| told(&who.get(&at(&format!("/amendments/{id}{path}"))), id);
            assert_eq!(ask(&there), ask(&nowhere), "{persona:?} {path}");
        }
        for path in ["/table", "/withdraw", "/sponsor", "/rebase", "/edit"] {
            let fields = [("delegation", "x"), ("seen", "1"), ("text", "各城市不合作。")];
            let ask =
                |id: &str| told(&who.post(&at(&format!("/amendments/{id}{path}")), &fields), id);
            assert_eq!(ask(&there), ask(&nowhere), "{persona:?} {path}");
        }
    }
    // Nor by the number that the next one gets, nor by what the chair is shown.
    let before = app.as_(Persona::Chair).get(&at("/console"));
    assert!(!before.text().contains(&there));
    app.as_(Persona::FocalB).post(&at(&format!("/units/{ONE}/amend")), &words);
    let mine = app.read(|c| store::amendment::of_dossier(c, TEXT));
    let mine = mine.iter().find(|p| p.value.amendment.by == DELEGATION_B).unwrap().value.id;
    app.as_(Persona::FocalB).post(&at(&format!("/amendments/{mine}/table")), &[]).location();
    let number = app.read(|c| store::amendment::need(c, mine)).value.number;
    assert_eq!(number, Some(1));
}

/// The text of an agreement of A and B, signed for in all its languages.
fn agreed(app: &TestApp) -> Dossier {
    let dossier = Dossier {
        id: DeclarationId(Uuid::now_v7()),
        kind: DossierKind::Instrument,
        parties: BTreeSet::from([DELEGATION_A, DELEGATION_B]),
        ..declaration::dossier()
    };
    app.write(|c| {
        store::dossier::insert(c, &dossier)?;
        app.app.readings.act(c, &dossier, None, &declaration::deeds()).map(|_| ())
    });
    dossier
}

#[test]
fn the_words_of_agreements_are_in_no_memory_of_translations() {
    let app = TestApp::new();
    let saved = |who| {
        let file = app.as_(who).get(&format!("/editions/{EDITION}/memory/export/tmx"));
        file.text().matches("<tu ").count() + file.text().matches("<tu>").count()
    };
    let before = [Persona::Secretariat, Persona::Officer].map(saved);
    assert!(before[0] > 0);
    let dossier = agreed(&app);
    let read = app
        .as_(Persona::Secretariat)
        .get(&text().replace(&DECLARATION.to_string(), &dossier.id.to_string()));
    assert_eq!(read.status, 200, "the secretariat reads it");
    assert_eq!([Persona::Secretariat, Persona::Officer].map(saved), before);
}

#[test]
fn a_published_text_hands_out_its_words_and_not_the_work_on_them() {
    let app = TestApp::new();
    publish(&app);
    let files = format!("{}/files", text());
    let public = app.get(&files);
    assert_eq!(public.status, 200);
    for name in ["all-glossary.tbx", "all-marked.docx", "ru-marked.docx"] {
        let path = format!("{files}/{name}");
        assert!(!public.text().contains(name), "{name} is linked");
        assert_eq!(app.get(&path).status, 404, "{name}");
        assert_eq!(app.as_(Persona::FocalC).get(&path).status, 200, "{name}");
    }
    for lang in Lang::COMPLETE {
        assert_eq!(app.get(&format!("{files}/{lang}.akn.xml")).status, 200);
    }
    let say = format!("{}/support/{STATEMENT}/say", text());
    let fields = [("delegation", DELEGATION_A.to_string()), ("stance", "agree".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let late = app.as_(Persona::FocalA).post(&say, &fields);
    assert!(late.status == 409 && late.text().contains("adopted"), "{}", late.text());
}
