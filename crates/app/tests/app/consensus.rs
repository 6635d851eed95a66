//! From a draft to the published text by way of two silences; and the borders where somebody is refused.

use std::sync::atomic::AtomicBool;

use caravanserai::jobs;
use domain::{
    Lang,
    amendment::AmendmentState,
    negotiation::{Deed, Event},
    procedure::{End, Outcome, Phase, Step},
    unit::CellState,
};
use jiff::{SignedDuration, Timestamp};

use crate::harness::{
    Answer, Persona, TestApp,
    fixture::{DELEGATION_A, DELEGATION_B, EDITION, withdraw},
    negotiation::{ONE, TEXT, TWO, amend, at, dossier, lay, stands},
};
use Persona::{Chair, FocalA, FocalB, FocalC, Officer, Public, Secretariat};

fn post(app: &TestApp, who: Persona, path: &str, fields: &[(&str, &str)]) -> Answer {
    app.as_(who).post(&at(path), fields)
}

fn seal(app: &TestApp) -> String {
    stands(app).text.seal().hex().to_owned()
}

/// Agrees both paragraphs together, as the console's boxes send it.
fn agree_both(app: &TestApp) -> Answer {
    let state = stands(app);
    let chosen: Vec<String> =
        state.text.units.iter().map(|unit| format!("{}:{}", unit.id, unit.turn)).collect();
    let fields: Vec<(&str, &str)> = chosen.iter().map(|value| ("unit", value.as_str())).collect();
    post(app, Chair, "/console/agree", &fields)
}

/// A time on the edition's clocks, as a browser sends it.
fn typed(hours: i64) -> String {
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").expect("a zone");
    let until = Timestamp::now() + SignedDuration::from_hours(hours);
    zone.to_datetime(until).strftime("%Y-%m-%dT%H:%M").to_string()
}

fn silence(app: &TestApp, hours: i64) -> Answer {
    let (until, seal) = (typed(hours), seal(app));
    post(app, Chair, "/console/silence", &[("until", &until), ("seal", &seal)])
}

/// A silence that is over the moment it began: no test waits.
fn lapsed_silence(app: &TestApp) {
    let state = stands(app);
    let from = state.latest.max(Timestamp::now());
    let until = from + SignedDuration::from_micros(1);
    let step = Step::Silenced { seal: state.text.seal(), until };
    let event = Event { at: from, deed: Deed::Step(step) };
    app.write(|c| {
        app.app.readings.act(c, &dossier(), None, std::slice::from_ref(&event)).map(|_| ())
    });
}

fn object(app: &TestApp, who: Persona, by: &str) -> Answer {
    let fields =
        [("delegation", by), ("kind", "objection"), ("unit", ""), ("reason", "杏城不能接受")];
    post(app, who, "/consensus/object", &fields)
}

fn mails(app: &TestApp) -> usize {
    app.read(|c| store::mail::newest(c, 1_000)).len()
}

/// Writes, offers and signs one language, as the secretariat and the language officer do it.
fn translate(app: &TestApp, text: &str) {
    let unit = stands(app).text.unit(ONE).expect("a unit").clone();
    let (base, turn) = (unit.seal(Lang::Ru).hex().to_owned(), unit.turn.to_string());
    let path = format!("/units/{ONE}");
    let fields =
        [("lang", "ru"), ("text", text), ("manner", "follows"), ("base", &base), ("turn", &turn)];
    post(app, Secretariat, &format!("{path}/write"), &fields).location();
    for lang in [Lang::Zh, Lang::Ru] {
        let base = stands(app).text.unit(ONE).expect("a unit").seal(lang).hex().to_owned();
        let fields = [("lang", lang.code()), ("base", base.as_str())];
        post(app, Secretariat, &format!("{path}/offer"), &fields).location();
    }
    for lang in [Lang::Zh, Lang::Ru] {
        let base = stands(app).text.unit(ONE).expect("a unit").seal(lang).hex().to_owned();
        let fields = [("lang", lang.code()), ("base", base.as_str())];
        post(app, Officer, &format!("{path}/concord"), &fields).location();
    }
}

/// Draft, amend, bracket, agree, stale, concordance, silence, objection, silence again, adoption by two,
/// signatures, publication.
#[test]
fn a_text_goes_from_a_draft_to_its_publication() {
    let app = TestApp::new();
    lay(&app);
    let (a, b) = (DELEGATION_A.to_string(), DELEGATION_B.to_string());
    let earlier = seal(&app);
    // Amended: the text goes into brackets, and the chair accepts.
    let words =
        [("do", "replace"), ("in", "zh"), ("text", "各城市将合作。"), ("explanation", "更明确")];
    let page = post(&app, FocalA, &format!("/units/{ONE}/amend"), &words).location().to_owned();
    app.as_(FocalA).post(&format!("{page}/table"), &[]).location();
    let brackets = app.as_(FocalC).get(&at("/wordings?in=zh"));
    assert!(brackets.text().contains("<b>[</b>应<b> | </b>将"), "{}", brackets.text());
    assert_eq!(agree_both(&app).status, 303);
    let refused = silence(&app, 80);
    assert!(refused.status == 422 && refused.text().contains("not settled yet: 1"));
    let id = app.read(|c| store::amendment::of_dossier(c, TEXT))[0].value.id.to_string();
    let accept = [("amendment", id.as_str()), ("seen", "2"), ("outcome", "accepted")];
    post(&app, Chair, &format!("/console/{ONE}/decide"), &accept).location();
    let unit = stands(&app).text.unit(ONE).unwrap().clone();
    assert_eq!((unit.text(Lang::Zh), unit.state(Lang::Ru)), ("各城市将合作。", CellState::Stale));
    let found = app.read(|c| store::amendment::of_dossier(c, TEXT));
    assert_eq!(found[0].value.state(), AmendmentState::Accepted);
    // The other language is stale, and what was agreed is open again: no silence.
    let refused = silence(&app, 80);
    assert!(refused.status == 422, "{}", refused.status);
    translate(&app, "Города будут сотрудничать.");
    assert_eq!(agree_both(&app).status, 303);
    post(&app, Chair, "/console/revise", &[]).location();
    assert_eq!(stands(&app).consensus.revision, 2);
    // A silence: everyone is told, in the zone of the edition and in UTC.
    let before = mails(&app);
    silence(&app, 80).location();
    let told = mails(&app) - before;
    assert_eq!(told, 5, "three contacts, the chair and the secretariat");
    let told = app.as_(FocalC).get(&at("/consensus"));
    assert!(told.text().contains("UTC") && told.text().contains("Asia/Shanghai"));
    // Broken by an objection, which its own delegation alone takes back.
    object(&app, FocalB, &b).location();
    assert_eq!(stands(&app).consensus.past[0].end, End::Broken);
    let objection = stands(&app).consensus.objections.keys().next().unwrap().to_string();
    let resolve = [("objection", objection.as_str()), ("outcome", "reserved")];
    assert_eq!(post(&app, FocalA, "/consensus/resolve", &resolve).status, 409);
    post(&app, FocalB, "/consensus/resolve", &resolve).location();
    // Silent again; the objection after its end is late, and what was typed comes back.
    lapsed_silence(&app);
    let late = object(&app, FocalA, &a);
    assert_eq!(late.status, 422);
    assert!(late.text().contains("was not registered") && late.text().contains("杏城不能接受"));
    // Two people adopt.
    let hash = seal(&app);
    post(&app, Chair, "/console/gavel", &[("seal", &hash)]).location();
    assert_eq!(post(&app, Chair, "/consensus/record", &[("seal", &hash)]).status, 403);
    assert_eq!(post(&app, Secretariat, "/consensus/record", &[("seal", "0")]).status, 409);
    post(&app, Secretariat, "/consensus/record", &[("seal", &hash)]).location();
    assert!(matches!(stands(&app).consensus.phase, Phase::Adopted(_)));
    // A signature over another text is refused; each party signs for itself alone.
    let early = post(&app, Secretariat, "/consensus/publish", &[]);
    assert!(early.status == 409 && early.text().contains("Not all parties have signed"));
    let sign = |who, by: &str, seal: &str| {
        post(&app, who, "/consensus/sign", &[("delegation", by), ("seal", seal)])
    };
    let refused = sign(FocalA, &a, &earlier);
    assert!(refused.status == 409 && refused.text().contains("The text changed after you"));
    assert_eq!(sign(FocalA, &b, &hash).status, 403);
    sign(FocalA, &a, &hash).location();
    let view = [("delegation", a.as_str()), ("kind", "explanation"), ("lang", "zh")];
    let view = [&view[..], &[("text", "榴城理解为自愿合作。")]].concat();
    post(&app, FocalA, "/consensus/explain", &view).location();
    sign(FocalB, &b, &hash).location();
    let hidden = app.get(&at(""));
    assert_ne!(hidden.status, 200, "nobody outside reads it before publication");
    post(&app, Secretariat, "/consensus/publish", &[]).location();
    let object = TEXT.to_string();
    let kinds: Vec<String> = app
        .read(|c| store::leaf::of_object(c, &object))
        .into_iter()
        .filter_map(|leaf| leaf.act.map(|act| act.kind))
        .collect();
    assert_eq!(kinds.len(), 3, "the adoption and two signatures are in the register: {kinds:?}");
    // Anyone reads it now, with its reservation and its explanation, and not how it was negotiated.
    let public = app.as_(Public).get(&at(""));
    assert_eq!(public.status, 200);
    for words in
        ["Unchanged since it was adopted", "榴城理解为自愿合作。", "杏城不能接受", "EXERCISE"]
    {
        assert!(public.text().contains(words), "{words}: {}", public.text());
    }
    // Whoever presided still finds everything, and can do nothing.
    for path in ["/console".to_owned(), format!("/console/{ONE}")] {
        let console = app.as_(Chair).get(&at(&path));
        assert_eq!(console.status, 200, "{path}");
        assert!(
            !console.text().contains("method=\"post\" action=\"/editions"),
            "{}",
            console.text()
        );
        assert_eq!(app.as_(FocalA).get(&at(&path)).status, 403, "{path}");
    }
    assert!(app.as_(Chair).get(&at("/console")).text().contains("published and its procedure"));
    assert_eq!(post(&app, Chair, "/console/revise", &[]).status, 403);
    for path in ["/amendments", "/wordings", "/consensus", "/support", "/display"] {
        assert_ne!(app.as_(Public).get(&at(path)).status, 200, "{path}");
    }
    let late = post(&app, FocalB, "/consensus/explain", &view);
    assert!([403, 422].contains(&late.status));
}

#[test]
fn any_edit_voids_a_silence_and_everyone_is_told() {
    let app = TestApp::new();
    lay(&app);
    agree_both(&app).location();
    silence(&app, 2).location();
    let before = mails(&app);
    let unit = stands(&app).text.unit(TWO).unwrap().clone();
    let (base, turn) = (unit.seal(Lang::Zh).hex().to_owned(), unit.turn.to_string());
    let fields = [("lang", "zh"), ("text", "各城市每两年报告。"), ("manner", "leads")];
    let fields = [&fields[..], &[("base", &base), ("turn", &turn)]].concat();
    post(&app, Secretariat, &format!("/units/{TWO}/write"), &fields).location();
    let state = stands(&app).consensus;
    assert_eq!((state.past[0].end, &state.phase), (End::Voided, &Phase::Open));
    assert_eq!(mails(&app), before + 5);
    let told = app.as_(FocalC).get(&at("/consensus"));
    assert!(told.text().contains("ended because the text was changed"));
}

#[test]
fn an_amendment_breaks_a_silence_as_an_objection_does() {
    let app = TestApp::new();
    lay(&app);
    agree_both(&app).location();
    silence(&app, 2).location();
    let words =
        [("do", "replace"), ("in", "zh"), ("text", "各城市将合作。"), ("explanation", "更明确")];
    let page = post(&app, FocalA, &format!("/units/{ONE}/amend"), &words).location().to_owned();
    assert!(matches!(stands(&app).consensus.phase, Phase::Silence(_)), "a draft breaks nothing");
    let warned = app.as_(FocalA).get(&page);
    assert!(warned.text().contains("Tabling this amendment breaks it"));
    app.as_(FocalA).post(&format!("{page}/table"), &[]).location();
    let open = |app: &TestApp| stands(app).consensus.open_objections().count();
    assert_eq!((open(&app), &stands(&app).consensus.phase), (1, &Phase::Open));
    app.as_(FocalA).post(&format!("{page}/withdraw"), &[]).location();
    assert_eq!(open(&app), 0, "whoever takes the amendment back takes the objection back");
}

/// Nobody does anything at the end of a silence: a job tells of it, and only once, whoever takes it.
#[test]
fn the_end_of_a_silence_is_told_once() {
    let app = TestApp::new();
    lay(&app);
    agree_both(&app).location();
    lapsed_silence(&app);
    let watched = |number| {
        let (now, past) = (Timestamp::now(), Timestamp::UNIX_EPOCH);
        app.write(|c| {
            caravanserai::web::agree::consensus_silence::watch(c, &dossier(), number, now, past)
        });
    };
    let turn = || jobs::turn(&app.app, &AtomicBool::new(false)).expect("a turn");
    // Two processes look at the same moment.
    watched(1);
    let before = mails(&app);
    let done = std::thread::scope(|scope| {
        [scope.spawn(turn), scope.spawn(turn)].map(|one| one.join().expect("no panic"))
    });
    assert!(done.contains(&true) && !turn());
    assert_eq!(mails(&app), before + 5, "three contacts, the chair and the secretariat, once each");
    let last = app.read(|c| store::mail::newest(c, 5));
    assert!(last.iter().all(|(mail, _)| mail.subject.contains("合作宣言")
        || mail.subject.contains("сотрудничестве")
        || mail.subject.contains("cooperation")));
    // Where the gavel was quicker than the job, the end is told all the same.
    post(&app, Chair, "/console/gavel", &[("seal", &seal(&app))]).location();
    watched(1);
    assert!(turn());
    assert_eq!(mails(&app), before + 10);
    // A silence that an edit ended was told of then, and its job says nothing more.
    let app = TestApp::new();
    lay(&app);
    agree_both(&app).location();
    silence(&app, 2).location();
    object(&app, FocalA, &DELEGATION_A.to_string()).location();
    let before = mails(&app);
    app.write(|c| {
        caravanserai::web::agree::consensus_silence::watch(
            c,
            &dossier(),
            1,
            Timestamp::now(),
            Timestamp::UNIX_EPOCH,
        )
    });
    assert!(jobs::turn(&app.app, &AtomicBool::new(false)).expect("a turn"));
    assert_eq!(mails(&app), before);
    assert!(
        !jobs::turn(&app.app, &AtomicBool::new(false)).expect("a turn"),
        "nobody waits in vain"
    );
}

/// Two delegations object in the same moment, each with a process of its own: both are recorded.
#[test]
fn who_has_withdrawn_from_the_meeting_objects_no_more_and_may_take_back() {
    let app = TestApp::new();
    lay(&app);
    agree_both(&app).location();
    silence(&app, 2).location();
    let b = DELEGATION_B.to_string();
    object(&app, FocalB, &b).location();
    app.write(|c| withdraw(c, DELEGATION_B));
    let refused = object(&app, FocalB, &b);
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("no longer takes part"));
    let open = stands(&app).consensus.open_objections().map(|(id, _)| id.to_string()).next();
    let open = open.expect("an objection");
    let fields = [("objection", open.as_str()), ("outcome", "withdrawn")];
    post(&app, FocalB, "/consensus/resolve", &fields).location();
    assert_eq!(stands(&app).consensus.open_objections().count(), 0);
}

#[test]
fn two_objectors_at_once_are_both_heard() {
    let app = TestApp::new();
    lay(&app);
    agree_both(&app).location();
    silence(&app, 2).location();
    let db = app.app.db.clone();
    let barrier = std::sync::Barrier::new(2);
    std::thread::scope(|scope| {
        for by in [DELEGATION_A, DELEGATION_B] {
            let (db, barrier) = (&db, &barrier);
            scope.spawn(move || {
                let readings = caravanserai::reading::Readings::default();
                let step = Step::Objected {
                    id: domain::ObjectionId(uuid::Uuid::now_v7()),
                    by,
                    kind: domain::procedure::ObjectionKind::Objection,
                    unit: None,
                    reason: "不能接受".to_owned(),
                };
                let event = Event { at: Timestamp::now(), deed: Deed::Step(step) };
                barrier.wait();
                let events = std::slice::from_ref(&event);
                db.write(|c| readings.act(c, &dossier(), None, events).map(|_| ())).expect("heard");
            });
        }
    });
    let state = stands(&app).consensus;
    let all: Vec<_> = state.objections.values().map(|o| (o.by, o.outcome)).collect();
    assert_eq!(all.len(), 2);
    assert!(all.contains(&(DELEGATION_A, Outcome::Open)));
    assert!(all.contains(&(DELEGATION_B, Outcome::Open)));
    assert_eq!(state.objections.values().filter(|o| o.broke.is_some()).count(), 1);
}

#[test]
fn nobody_acts_for_another_and_wrong_input_comes_back() {
    let app = TestApp::new();
    lay(&app);
    let (a, b) = (DELEGATION_A.to_string(), DELEGATION_B.to_string());
    assert_eq!(object(&app, FocalA, &b).status, 403);
    assert_eq!(object(&app, Secretariat, &a).status, 403);
    let empty = [("delegation", a.as_str()), ("kind", "x"), ("unit", "y"), ("reason", "")];
    let answer = post(&app, FocalA, "/consensus/object", &empty);
    assert!(answer.status == 422 && answer.text().contains("Fill this in"));
    let until = typed(1);
    let gone = [("until", until.as_str()), ("seal", "0")];
    let early = post(&app, Chair, "/console/silence", &gone);
    assert!(early.status == 422 && early.text().contains("The text changed"));
    for until in ["", "2090-05-17", "soon"] {
        let fields = [("until", until), ("seal", "0")];
        let answer = post(&app, Chair, "/console/silence", &fields);
        assert_eq!(answer.status, 422, "{until}");
        assert!(answer.text().contains("Give date and time"), "{}", answer.text());
    }
    assert_eq!(post(&app, Chair, "/console/agree", &[]).status, 409);
    assert_eq!(post(&app, Chair, "/console/agree", &[("unit", "x:y")]).status, 409);
    let owner = [("turn", "1"), ("owner", a.as_str()), ("whom", ""), ("until", "2026-01-01T00:00")];
    let answer = post(&app, Chair, &format!("/console/{ONE}/agree"), &owner);
    assert!(answer.status == 422 && answer.text().contains("Fill this in"));
    assert!(stands(&app).consensus.agreed.is_empty());
    let until = typed(48);
    let owner = [("turn", "1"), ("owner", a.as_str()), ("whom", "市议会"), ("until", &until)];
    post(&app, Chair, &format!("/console/{ONE}/agree"), &owner).location();
    let page = app.as_(FocalB).get(&at("/consensus"));
    assert!(page.text().contains("市议会"));
    let unit = ONE.to_string();
    let confirm = |who, by: &str| {
        post(&app, who, "/consensus/confirm", &[("unit", &unit), ("delegation", by)])
    };
    assert_eq!(confirm(FocalB, &b).status, 409);
    confirm(FocalA, &a).location();
    assert!(stands(&app).consensus.is_agreed(&stands(&app).text, ONE));
    post(&app, Chair, &format!("/console/{ONE}/reopen"), &[]).location();
    assert!(stands(&app).consensus.agreed.is_empty());
}

#[test]
fn the_hall_sees_what_the_chair_put_up_in_every_language() {
    let app = TestApp::new();
    lay(&app);
    let none = app.as_(FocalC).get(&at("/display"));
    assert!(none.text().contains("not put a paragraph"));
    amend(&app, 3);
    assert_eq!(post(&app, FocalA, &format!("/console/{ONE}/show"), &[]).status, 403);
    post(&app, Chair, &format!("/console/{ONE}/show"), &[]).location();
    let shown = app.as_(FocalC).get(&at("/display"));
    for words in ["Города сотрудничают.", "lang=\"ru\"", "<b>[</b>", "EXERCISE TEXT", "refresh"]
    {
        assert!(shown.text().contains(words), "{words}");
    }
    for confidential in crate::harness::fixture::CONFIDENTIAL {
        assert!(!shown.text().contains(confidential));
    }
    assert_eq!(app.get(&format!("/editions/{EDITION}/declarations/x/display")).status, 303);
}
