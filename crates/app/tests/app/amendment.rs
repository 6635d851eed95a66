//! Drafting, tabling, withdrawing and rebasing amendments, and who sees what of it.

use domain::{
    ConceptId, Lang,
    amendment::AmendmentState,
    glossary::{Concept, Entry, Term, TermStanding},
    proposal::Proposal,
};

use crate::harness::{
    Answer, Persona, TestApp,
    fixture::SERIES,
    negotiation::{ONE, TEXT, TWO, amend, at, lay, stands},
};

fn started() -> TestApp {
    let app = TestApp::new();
    lay(&app);
    app
}

fn proposals(app: &TestApp) -> Vec<Proposal> {
    let all = app.read(|c| store::amendment::of_dossier(c, TEXT));
    all.into_iter().map(|found| found.value).collect()
}

fn draft(app: &TestApp, who: Persona, text: &str, why: &str) -> Answer {
    let fields = [("do", "replace"), ("in", "zh"), ("text", text), ("explanation", why)];
    app.as_(who).post(&at(&format!("/units/{ONE}/amend")), &fields)
}

const SECRET: &str = "各城市愿意密切合作。";

#[test]
fn a_draft_is_seen_by_its_own_side_alone_until_it_is_tabled() {
    let app = started();
    let page = draft(&app, Persona::FocalA, SECRET, "石榴理由").location().to_owned();
    let places = [
        page.clone(),
        at(""),
        at("/amendments"),
        at("/wordings"),
        at("/wordings?view=marked"),
        at(&format!("/units/{ONE}")),
        at("/console"),
        at(&format!("/console/{ONE}")),
        at("/consensus"),
        at("/display"),
    ];
    app.as_(Persona::Chair).post(&at(&format!("/console/{ONE}/show")), &[]).location();
    for persona in Persona::ALL {
        let own = [Persona::FocalA, Persona::DelegateA].contains(&persona);
        for place in &places {
            let answer = app.as_(persona).get(place);
            let told = answer.text().contains("密切") || answer.text().contains("石榴理由");
            assert!(own || !told, "{persona:?} reads a draft at {place}");
        }
        assert_eq!(app.as_(persona).get(&page).status == 200, own, "{persona:?}");
    }
    let traces = app.read(|c| store::event::of_object(c, "amendment", &TEXT.to_string()));
    assert!(traces.is_empty(), "a draft leaves no trace: {traces:?}");
    // Nobody else tables, changes or discards it; not even the secretariat.
    for persona in [Persona::Secretariat, Persona::FocalB, Persona::Chair, Persona::DelegateA] {
        for act in ["table", "withdraw", "edit"] {
            let answer = app.as_(persona).post(&format!("{page}/{act}"), &[]);
            assert!([403, 404].contains(&answer.status), "{persona:?} {act}: {}", answer.status);
        }
    }
    app.as_(Persona::FocalA).post(&format!("{page}/table"), &[]).location();
    let seen = app.as_(Persona::FocalB).get(&at("/wordings?in=zh"));
    assert!(
        seen.text().contains("愿意密切") && seen.text().contains("Pomegrad"),
        "{}",
        seen.text()
    );
    assert_ne!(app.get(&page).status, 200, "the public sees nothing before publication");
    assert_eq!(proposals(&app)[0].number, Some(1));
}

#[test]
fn brackets_divide_no_agreed_term() {
    let app = started();
    let words = "各地市应合作。";
    let page = draft(&app, Persona::FocalA, words, "理由").location().to_owned();
    app.as_(Persona::FocalA).post(&format!("{page}/table"), &[]).location();
    let drawn = || app.as_(Persona::FocalB).get(&at("/wordings?in=zh")).text().into_owned();
    assert!(drawn().contains("<b>[</b>城<b> | </b>地"), "{}", drawn());
    let term = Term { text: "各城市".to_owned(), standing: TermStanding::Preferred };
    let terms = [(Lang::Zh, vec![term])].into();
    let concept = Concept { id: "cities".to_owned(), terms };
    let (id, series) = (ConceptId(uuid::Uuid::now_v7()), Some(SERIES));
    let entry = Entry { id, series, concept, note: String::new() };
    app.write(|c| store::glossary::insert(c, &entry));
    assert!(drawn().contains("<b>[</b>各城市<b> | </b>各地市"), "{}", drawn());
}

#[test]
fn the_form_shows_the_difference_and_keeps_what_was_typed() {
    let app = started();
    let form = at(&format!("/units/{ONE}/amend"));
    let blank = app.as_(Persona::FocalA).get(&format!("{form}?do=replace&in=ru"));
    assert!(blank.text().contains("Города сотрудничают."));
    let preview = [("do", "replace"), ("in", "zh"), ("text", "各城市将合作。"), ("preview", "1")];
    let shown = app.as_(Persona::FocalA).post(&form, &preview);
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("<del>应</del><ins>将</ins>"), "{}", shown.text());
    assert!(proposals(&app).is_empty());
    let wrong: [(&str, &str, &str, &str); 6] = [
        ("replace", "zh", "", "Fill this in"),
        ("replace", "zh", "各城市应合作。", "words that stand there already"),
        ("replace", "zh", "各城市\u{202E}合作。", "U+202E"),
        ("split", "zh", "各城市应合作。", "one empty line"),
        ("split", "zh", "各城市\n\n合作。", "every word"),
        ("move", "zh", "", "Choose one"),
    ];
    for (what, lang, text, sentence) in wrong {
        let fields = [("do", what), ("in", lang), ("text", text), ("explanation", "很想改")];
        let answer = app.as_(Persona::FocalA).post(&form, &fields);
        assert_eq!(answer.status, 422, "{what} {text}");
        assert!(answer.text().contains(sentence), "{what}: {sentence}");
        assert!(answer.text().contains("很想改"), "what was typed came back");
    }
    assert!(proposals(&app).is_empty());
    let ops: [(&str, [(&str, String); 2]); 5] = [
        ("insert", [("text", "新段。".to_owned()), ("kind", "operative".to_owned())]),
        ("delete", [("text", String::new()), ("kind", String::new())]),
        ("move", [("after", TWO.to_string()), ("kind", String::new())]),
        ("split", [("text", "各城市\r\n\r\n应合作。".to_owned()), ("kind", String::new())]),
        ("merge", [("text", String::new()), ("kind", String::new())]),
    ];
    for (what, [one, two]) in &ops {
        let fields =
            [("do", *what), ("in", "zh"), (one.0, one.1.as_str()), (two.0, two.1.as_str())];
        let made = app.as_(Persona::FocalA).post(&form, &fields).location().to_owned();
        assert_eq!(app.as_(Persona::FocalA).get(&made).status, 200, "{what}");
    }
    let kinds: Vec<&str> = proposals(&app).iter().map(|p| p.amendment.operation.code()).collect();
    assert_eq!(kinds, ["insert", "delete", "move", "split", "merge"]);
}

#[test]
fn there_are_no_amendments_to_amendments() {
    let app = started();
    let fields = [("do", "insert"), ("in", "zh"), ("text", "新段。"), ("kind", "operative")];
    let fields = [&fields[..], &[("explanation", "理由")]].concat();
    let page = app.as_(Persona::FocalA).post(&at(&format!("/units/{ONE}/amend")), &fields);
    let page = page.location().to_owned();
    app.as_(Persona::FocalA).post(&format!("{page}/table"), &[]).location();
    let new = proposals(&app)[0].amendment.operation.brings().unwrap();
    let answer = app.as_(Persona::FocalB).get(&at(&format!("/units/{new}/amend")));
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("no amendments to amendments"), "{}", answer.text());
    let shown = app.as_(Persona::FocalB).get(&page);
    assert!(shown.text().contains("Table a rival"));
}

#[test]
fn tabling_needs_a_reason_and_the_proposer_alone_withdraws() {
    let app = started();
    let page = draft(&app, Persona::FocalA, SECRET, "").location().to_owned();
    let refused = app.as_(Persona::FocalA).post(&format!("{page}/table"), &[]);
    assert_eq!(refused.status, 409);
    let fields = [("do", "replace"), ("in", "zh"), ("text", SECRET), ("explanation", "理由")];
    let fields = [&fields[..], &[("seen", "1")]].concat();
    app.as_(Persona::FocalA).post(&format!("{page}/edit"), &fields).location();
    let late = app.as_(Persona::FocalA).post(&format!("{page}/edit"), &fields);
    assert_eq!(late.status, 422, "the second writer sees what the first one stored");
    app.as_(Persona::FocalA).post(&format!("{page}/table"), &[]).location();
    let again = app.as_(Persona::FocalA).post(&format!("{page}/edit"), &fields);
    assert_eq!(again.status, 409, "a tabled amendment no longer changes");
    let own = app.as_(Persona::FocalA).post(&format!("{page}/sponsor"), &[("on", "1")]);
    assert_eq!(own.status, 403);
    let b = crate::harness::fixture::DELEGATION_B.to_string();
    let join = [("delegation", b.as_str()), ("on", "1")];
    app.as_(Persona::FocalB).post(&format!("{page}/sponsor"), &join).location();
    assert!(app.as_(Persona::FocalC).get(&page).text().contains("Apricot"));
    assert_eq!(app.as_(Persona::FocalB).post(&format!("{page}/withdraw"), &[]).status, 403);
    app.as_(Persona::FocalA).post(&format!("{page}/withdraw"), &[]).location();
    assert_eq!(proposals(&app)[0].state(), AmendmentState::Withdrawn);
}

#[test]
fn an_amendment_whose_words_moved_is_tabled_anew_by_a_person() {
    let app = started();
    let page = draft(&app, Persona::FocalA, "各城市将密切合作。", "理由").location().to_owned();
    app.as_(Persona::FocalA).post(&format!("{page}/table"), &[]).location();
    let other = draft(&app, Persona::FocalB, "各城市应合作并报告。", "理由").location().to_owned();
    app.as_(Persona::FocalB).post(&format!("{other}/table"), &[]).location();
    let second = proposals(&app)[1].id.to_string();
    let version = app.read(|c| store::amendment::of_dossier(c, TEXT))[1].version.to_string();
    let decide = at(&format!("/console/{ONE}/decide"));
    let accept = [("amendment", second.as_str()), ("seen", &version), ("outcome", "accepted")];
    app.as_(Persona::Chair).post(&decide, &accept).location();
    let (state, all) = (stands(&app), proposals(&app));
    assert_eq!(state.text.unit(ONE).unwrap().text(Lang::Zh), "各城市应合作并报告。");
    assert_eq!(all[1].state(), AmendmentState::Accepted);
    // The first was written for the earlier words: it cannot be accepted, and both changes are shown.
    let first = all[0].id.to_string();
    let accept = [("amendment", first.as_str()), ("seen", "2"), ("outcome", "accepted")];
    let refused = app.as_(Persona::Chair).post(&decide, &accept);
    assert_eq!(refused.status, 422);
    assert_eq!(stands(&app), state, "nothing changed");
    let shown = app.as_(Persona::FocalA).get(&page);
    assert!(shown.text().contains("The paragraph has changed since"));
    assert!(shown.text().contains("各城市将密切合作并报告。"), "{}", shown.text());
    let base = state.text.unit(ONE).unwrap().seal(Lang::Zh);
    let anew = [("text", "各城市将密切合作并报告。"), ("base", base.hex()), ("seen", "2")];
    let stale = [("text", "各城市将合作。"), ("base", "0"), ("seen", "2")];
    let rebase = format!("{page}/rebase");
    assert_eq!(app.as_(Persona::FocalA).post(&rebase, &stale).status, 422);
    assert_eq!(app.as_(Persona::FocalB).post(&rebase, &anew).status, 403);
    app.as_(Persona::FocalA).post(&rebase, &anew).location();
    let now = &proposals(&app)[0];
    assert!(now.amendment.fits(&stands(&app).text) && now.earlier.len() == 1);
}

#[test]
fn lists_are_filtered_paged_and_sent_with_few_statements() {
    let app = started();
    let count = |path: &str| {
        let before = store::statements();
        assert_eq!(app.as_(Persona::Chair).get(path).status, 200, "{path}");
        store::statements() - before
    };
    let pages =
        [at("/amendments"), at("/wordings"), at("/console"), at(&format!("/console/{ONE}"))];
    let few: Vec<u64> = pages.iter().map(|path| count(path)).collect();
    amend(&app, 120);
    for (path, few) in pages.iter().zip(few) {
        let many = count(path);
        // Where there are brackets, the terms that none of them divides are read too, once.
        assert!(many <= few.max(17) + 4, "{path}: {few} statements for none, {many} for 120");
    }
    let page = app.as_(Persona::FocalC).get(&at("/amendments?state=tabled"));
    assert!(page.text().contains("Page 1 of 3"));
    let a = crate::harness::fixture::DELEGATION_A;
    let own = app.as_(Persona::FocalC).get(&at(&format!("/amendments?by={a}")));
    assert!(own.text().contains("Page 1 of 2"));
    let none = app.as_(Persona::FocalC).get(&at("/amendments?state=withdrawn"));
    assert!(none.text().contains("No amendment matches"));
    for bad in ["?state=%3Cb%3E", "?by=x", "?page=0", "?page=99999999999999999999"] {
        assert_eq!(app.as_(Persona::FocalC).get(&at(&format!("/amendments{bad}"))).status, 200);
    }
}

#[test]
fn the_chair_takes_the_furthest_first_or_says_why_not() {
    let app = started();
    amend(&app, 2);
    let ids: Vec<String> = proposals(&app).iter().map(|p| p.id.to_string()).collect();
    let order = at(&format!("/console/{TWO}/order"));
    let fields = |reason: &'static str| {
        vec![
            (format!("place.{}", ids[0]), "2"),
            (format!("place.{}", ids[1]), "1"),
            ("reason".to_owned(), reason),
        ]
    };
    let send = |who: Persona, reason: &'static str| {
        let fields = fields(reason);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), *v)).collect();
        app.as_(who).post(&order, &fields)
    };
    assert_eq!(send(Persona::Secretariat, "因为").status, 403);
    let first = |page: &Answer| {
        let text = page.text().into_owned();
        text.find("1 次").unwrap_or(usize::MAX) < text.find("2 次").unwrap_or(usize::MAX)
    };
    let console = at(&format!("/console/{TWO}"));
    let before = first(&app.as_(Persona::Chair).get(&console));
    let without = send(Persona::Chair, "");
    assert!(without.status == 422 || without.status == 303);
    if without.status == 422 {
        send(Persona::Chair, "两个代表团的请求").location();
        let page = app.as_(Persona::Chair).get(&console);
        assert!(page.text().contains("两个代表团的请求"));
        let _ = before;
    }
    let reject = [("amendment", ids[0].as_str()), ("seen", "1"), ("outcome", "rejected")];
    let decide = at(&format!("/console/{TWO}/decide"));
    assert_eq!(app.as_(Persona::Chair).post(&decide, &reject).status, 422, "a reason is needed");
    let reject = [&reject[..], &[("reason", "未获支持")]].concat();
    app.as_(Persona::Chair).post(&decide, &reject).location();
    assert_eq!(proposals(&app)[0].state(), AmendmentState::Rejected);
}
