//! Inviting, answering by link and by hand, reminding, naming contacts.

use domain::{
    Lang,
    access::{Role, Scope},
    account::Purpose,
    delegation::Party,
    invitation::{Channel, Invitation, InvitationState},
};
use jiff::{Timestamp, civil::date};

use crate::harness::{
    Answer, Persona, TestApp,
    fixture::{CITY_A, CITY_B, DELEGATION_A, DELEGATION_C, EDITION, INVITATION, REPLY_SECRET},
};

fn base() -> String {
    format!("/editions/{EDITION}/invitations")
}

fn letter(app: &TestApp) -> Invitation {
    app.read(|c| store::invitation::need(c, INVITATION)).value
}

fn letters(app: &TestApp) -> Vec<Invitation> {
    let all = app.read(|c| store::invitation::of_edition(c, EDITION));
    all.into_iter().map(|v| v.value).collect()
}

/// The newest mail: to whom, and its words.
fn mail(app: &TestApp) -> (String, String) {
    let mails = app.read(|c| store::mail::newest(c, 1));
    mails.first().map(|(m, _)| (m.recipient.clone(), m.body.clone())).expect("a mail")
}

fn mails(app: &TestApp) -> usize {
    app.read(|c| store::mail::newest(c, 100)).len()
}

fn link(app: &TestApp) -> String {
    let (_, body) = mail(app);
    let address = body.split_whitespace().find(|w| w.contains("/reply/")).expect("a link");
    address.trim_start_matches("http://localhost").to_owned()
}

fn write(app: &TestApp, changes: &[(&str, &str)]) -> Answer {
    let city = CITY_A.to_string();
    let mut fields = vec![
        ("city", city.as_str()),
        ("lang", "zh"),
        ("addressee", "范例明"),
        ("office", "市长"),
        ("salutation", "尊敬的范例明市长"),
        ("email", "Mayor@Example.ORG"),
        ("rank", "head"),
        ("quota", "9"),
        ("reply_by", "2090-04-01"),
    ];
    for (name, value) in changes {
        fields.retain(|(n, _)| n != name);
        fields.push((name, value));
    }
    app.as_(Persona::Secretariat).post(&base(), &fields)
}

fn reply(app: &TestApp, changes: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("answer", "accepted"), ("people", "3"), ("seen", "1")];
    for (name, value) in changes {
        fields.retain(|(n, _)| n != name);
        fields.push((name, value));
    }
    app.post(&format!("/reply/{REPLY_SECRET}?lang=en"), &fields)
}

#[test]
fn a_letter_is_written_sent_once_and_answered_by_its_link() {
    let app = TestApp::new();
    let page = write(&app, &[]).location().to_owned();
    assert!(app.as_(Persona::Secretariat).get(&page).text().contains("尊敬的范例明市长"));
    let made = letters(&app).into_iter().find(|i| i.delegation == DELEGATION_A).unwrap();
    assert_eq!((made.number, made.email.as_str()), (2, "mayor@example.org"));
    let delegation = app.read(|c| store::delegation::need(c, DELEGATION_A)).value;
    assert_eq!(delegation.quota, 9);
    assert_eq!(mails(&app), 0);
    let send = format!("{page}/send");
    app.as_(Persona::Secretariat).post(&send, &[]).location();
    assert_eq!(app.as_(Persona::Secretariat).post(&send, &[]).status, 409);
    assert_eq!(mails(&app), 1);
    let (to, words) = mail(&app);
    assert_eq!(to, "mayor@example.org");
    assert!(words.starts_with("尊敬的范例明市长："), "{words}");
    let link = link(&app);
    assert!(link.ends_with("?lang=zh"));
    let shown = app.get(&link);
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("lang=\"zh-Hans\"") && shown.text().contains("提交答复"));
}

#[test]
fn a_new_delegation_is_formed_with_its_letter_and_a_second_letter_is_refused() {
    let app = TestApp::new();
    let before = app.read(|c| store::delegation::of_edition(c, EDITION)).len();
    let new_body = [("city", ""), ("body", "new"), ("name.ru", "Институт слив")];
    assert_eq!(write(&app, &new_body[..2]).status, 422);
    assert_eq!(app.read(|c| store::delegation::of_edition(c, EDITION)).len(), before);
    write(&app, &new_body).location();
    let all = app.read(|c| store::delegation::of_edition(c, EDITION));
    assert_eq!(all.len(), before + 1);
    assert!(all.iter().any(|d| d.value.name.get(Lang::Ru) == Some("Институт слив")
        && matches!(d.value.party, Party::Body(_))));
    let b = CITY_B.to_string();
    write(&app, &[("city", &b)]).location();
    assert_eq!(write(&app, &[("city", &b)]).status, 409);
    assert_eq!(app.read(|c| store::delegation::of_edition(c, EDITION)).len(), before + 1);
}

#[test]
fn what_cannot_be_read_comes_back_and_no_delegation_is_left_behind() {
    let app = TestApp::new();
    let long = "名".repeat(201);
    let cases = [
        ("addressee", "a\u{202E}b", "U+202E"),
        ("office", long.as_str(), "201"),
        ("email", "nobody", "whole address"),
        ("quota", "0", "from 1 to 500"),
        ("quota", "12 people", "whole number"),
        ("lang", "fa", "Choose one"),
        ("rank", "emperor", "Choose one"),
        ("reply_by", "soon", "year-month-day"),
        ("reply_by", "2090-06-01", "over by then"),
    ];
    for (field, value, sentence) in cases {
        let answer = write(&app, &[(field, value)]);
        assert_eq!(answer.status, 422, "{field}");
        assert!(answer.text().contains(sentence), "{field}: {sentence}");
        assert!(answer.text().contains("尊敬的范例明市长"));
    }
    assert_eq!(write(&app, &[("city", "0198")]).status, 404);
    assert_eq!(letters(&app).len(), 1);
}

#[test]
fn opening_a_link_changes_nothing_and_it_serves_nothing_else() {
    let app = TestApp::new();
    let path = format!("/reply/{REPLY_SECRET}");
    assert_eq!(app.get(&path).location(), format!("{path}?lang=ru"));
    for _ in 0..3 {
        assert_eq!(app.get(&format!("{path}?lang=ru")).status, 200);
    }
    assert!(matches!(letter(&app).state, InvitationState::Sent { .. }));
    for other in ["/reply/feed-secret?lang=en", "/reply/x", "/reply/%00", "/reply/../../etc"] {
        assert!(matches!(app.get(other).status, 404 | 409), "{other}");
    }
    assert_ne!(app.get(&format!("/sign-in/{REPLY_SECRET}")).status, 200);
    assert_eq!(app.post("/reply/x", &[("answer", "accepted"), ("people", "1")]).status, 409);
}

#[test]
fn an_answer_is_changed_by_the_same_link_and_both_stay_in_the_record() {
    let app = TestApp::new();
    reply(&app, &[]).location();
    assert_eq!(letter(&app).state.code(), "accepted");
    let stale = reply(&app, &[("answer", "regrets")]);
    assert_eq!(stale.status, 422, "the second to answer sees the first");
    assert!(stale.text().contains("Stands now"));
    let named = [("answer", "substituted"), ("name", "Сливин Пример"), ("office", "директор")];
    reply(&app, &[named[0], ("seen", "2")]);
    assert_eq!(letter(&app).state.code(), "accepted", "a name and an office are needed");
    reply(&app, &[named[0], named[1], named[2], ("seen", "2")]).location();
    assert_eq!(letter(&app).state.code(), "substituted");
    let trail = app.read(|c| store::event::of_object(c, "invitation", &INVITATION.to_string()));
    let answers: Vec<_> = trail.iter().filter(|l| l.verb == "answered").collect();
    assert_eq!(answers.len(), 2);
    assert!(trail.iter().all(|l| !l.detail.to_string().contains("Сливин")), "no personal data");
}

#[test]
fn an_answer_stays_within_the_quota_and_says_so_in_the_readers_language() {
    let app = TestApp::new();
    for people in ["7", "0", "-1", "", "9999999999999999999", "three"] {
        let answer = reply(&app, &[("people", people)]);
        assert_eq!(answer.status, 422, "{people}");
    }
    assert!(reply(&app, &[("people", "7")]).text().contains("quota is 6"));
    assert_eq!(reply(&app, &[("answer", "perhaps")]).status, 422);
    let long = "я".repeat(4001);
    assert_eq!(reply(&app, &[("note", &long)]).status, 422);
    assert_eq!(reply(&app, &[("note", "a\u{2067}b")]).status, 422);
    assert!(matches!(letter(&app).state, InvitationState::Sent { .. }));
    reply(&app, &[("answer", "regrets"), ("people", "x")]).location();
    assert_eq!(letter(&app).state.code(), "regrets");
}

#[test]
fn a_link_ends_with_the_edition_and_with_a_new_address() {
    let app = TestApp::new();
    let terms = [("quota", "4"), ("email", "other@example.org"), ("seen", "1")];
    let path = format!("{}/{INVITATION}", base());
    app.as_(Persona::Secretariat).post(&format!("{path}/terms"), &terms).location();
    assert_eq!(app.as_(Persona::Secretariat).post(&format!("{path}/terms"), &terms).status, 422);
    assert_eq!(reply(&app, &[]).status, 409, "the old link is void");
    app.as_(Persona::Secretariat).post(&format!("{path}/link"), &[]).location();
    let fresh = link(&app);
    assert_eq!(app.get(&fresh).status, 200);
    let over = [("answer", "accepted"), ("people", "5"), ("seen", "2")];
    assert_eq!(app.post(&fresh, &over).status, 422, "the new quota counts");
    app.write(|c| {
        let mut edition = store::edition::need(c, EDITION)?;
        (edition.value.first_day, edition.value.last_day) = (date(2020, 5, 1), date(2020, 5, 2));
        store::edition::save(c, &edition.value, edition.version)?;
        Ok(())
    });
    let late = [("answer", "accepted"), ("people", "2"), ("seen", "2")];
    assert_eq!(app.post(&fresh, &late).status, 409);
    let staff = [("channel", "letter"), ("incoming", "117-р"), late[0], late[1], late[2]];
    app.as_(Persona::Host).post(&format!("{path}/answer"), &staff).location();
    let InvitationState::Answered { reply, .. } = letter(&app).state else { panic!("answered") };
    assert_eq!((reply.channel, reply.incoming.as_str()), (Channel::Letter, "117-р"));
}

#[test]
fn staff_enter_what_came_by_letter_and_never_as_a_link() {
    let app = TestApp::new();
    let path = format!("{}/{INVITATION}/answer", base());
    let fields = |channel| [("channel", channel), ("answer", "regrets"), ("seen", "1")];
    assert_eq!(app.as_(Persona::Secretariat).post(&path, &fields("link")).status, 422);
    assert_eq!(app.as_(Persona::FocalC).post(&path, &fields("letter")).status, 403);
    app.as_(Persona::Secretariat).post(&path, &fields("telephone")).location();
    assert_eq!(letter(&app).state.code(), "regrets");
}

#[test]
fn a_contact_named_in_the_answer_can_file_for_that_delegation() {
    let app = TestApp::new();
    let half = [("contact_email", "new.contact@example.org")];
    assert_eq!(reply(&app, &half).status, 422, "a name is needed");
    reply(&app, &[half[0], ("contact_name", "Образцова")]).location();
    let account = app.read(|c| store::person::of_email(c, "new.contact@example.org"));
    let account = account.expect("an account").value;
    assert_eq!(account.lang, Lang::Ru);
    let grants = app.read(|c| store::person::grants(c, account.id));
    assert_eq!(grants.len(), 1);
    assert_eq!(grants[0].role, Role::FocalPoint);
    assert_eq!(grants[0].scope, Scope::Delegation(EDITION, DELEGATION_C));
    assert!(grants[0].until.is_some());
    assert_eq!(mail(&app).0, "new.contact@example.org");
    // Named again, nothing is added; ended, the part is gone.
    let before = mails(&app);
    reply(&app, &[half[0], ("contact_name", "Образцова"), ("seen", "2")]).location();
    assert_eq!(mails(&app), before);
    let scope = Scope::Delegation(EDITION, DELEGATION_C);
    let held = app.read(|c| store::person::holders(c, Role::FocalPoint, scope, Timestamp::now()));
    let grant = held.iter().find(|h| h.account.id == account.id).unwrap().id.to_string();
    let end = format!("{}/{INVITATION}/contacts/end", base());
    assert_eq!(app.as_(Persona::FocalA).post(&end, &[("grant", &grant)]).status, 403);
    app.as_(Persona::Secretariat).post(&end, &[("grant", &grant)]).location();
    let left = app.read(|c| store::person::holders(c, Role::FocalPoint, scope, Timestamp::now()));
    assert_eq!(left.len(), held.len() - 1);
}

#[test]
fn reminders_go_once_to_those_who_are_due() {
    let app = TestApp::new();
    let remind = format!("{}/remind", base());
    let ticked = [("invitation", INVITATION.to_string())];
    let ticked: Vec<(&str, &str)> = ticked.iter().map(|(n, v)| (*n, v.as_str())).collect();
    app.as_(Persona::Secretariat).post(&remind, &ticked).location();
    assert_eq!(mails(&app), 0, "the last day is far");
    app.write(|c| {
        let mut now = store::invitation::need(c, INVITATION)?;
        now.value.reply_by = date(2026, 1, 10);
        store::invitation::save(c, &now.value, now.version)?;
        Ok(())
    });
    assert!(app.as_(Persona::Secretariat).get(&remind).text().contains("institute@example.org"));
    for _ in 0..2 {
        app.as_(Persona::Secretariat).post(&remind, &ticked).location();
    }
    assert_eq!(mails(&app), 1);
    assert_eq!(app.get(&link(&app)).status, 200);
}

#[test]
fn only_complete_drafts_go_and_a_forged_tick_is_nothing() {
    let app = TestApp::new();
    write(&app, &[("salutation", "")]).location();
    let id = letters(&app).into_iter().find(|i| i.delegation == DELEGATION_A).unwrap().id;
    let send = format!("{}/send", base());
    let (id, forged) = (id.to_string(), EDITION.to_string());
    assert_eq!(app.as_(Persona::Secretariat).post(&send, &[("invitation", &id)]).status, 409);
    assert_eq!(app.as_(Persona::Secretariat).post(&send, &[("invitation", &forged)]).status, 404);
    app.as_(Persona::Secretariat).post(&send, &[("invitation", "<b>")]).location();
    assert_eq!(app.as_(Persona::Host).post(&send, &[]).status, 403);
    assert_eq!(mails(&app), 0);
}

#[test]
fn drafts_are_made_at_once_for_delegations_without_a_letter() {
    let app = TestApp::new();
    let path = format!("{}/drafts", base());
    assert_eq!(app.as_(Persona::Secretariat).post(&path, &[("reply_by", "x")]).status, 422);
    for _ in 0..2 {
        app.as_(Persona::Secretariat).post(&path, &[("reply_by", "2090-04-01")]).location();
    }
    let all = letters(&app);
    assert_eq!(all.len(), 3);
    let made = all.iter().find(|i| i.delegation == DELEGATION_A).unwrap();
    assert_eq!((made.lang, made.addressee.office.as_str()), (Lang::Ru, "глава города"));
    let numbers: Vec<i32> = all.iter().map(|i| i.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
}

#[test]
fn invitations_are_between_the_office_and_the_invited() {
    let app = TestApp::new();
    for persona in Persona::ALL {
        let office = matches!(persona, Persona::Secretariat | Persona::Host);
        for path in [base(), format!("{}/{INVITATION}", base()), format!("{}/export/csv", base())] {
            let status = app.as_(persona).get(&path).status;
            assert_eq!(status == 200, office, "{persona:?} {path}: {status}");
        }
    }
    let secret = app.read(|c| {
        let hash = caravanserai::chance::hash(REPLY_SECRET);
        store::token::subject(c, &hash, Purpose::Reply, Timestamp::now())
    });
    assert_eq!(secret, Some(INVITATION.to_string()));
}
