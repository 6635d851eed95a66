//! What is printed for a day says what is so: nobody is driven to what begins before the aircraft lands, and
//! agenda, card, calendar and notice agree. The sheets are read as `pdftotext` reads them.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use domain::{
    DelegationId, Lang,
    presence::Presence,
    programme::Activity,
    release::Release,
    team::{Filled, Team},
};
use jiff::civil::{DateTime, date};

use crate::harness::{
    Persona, TestApp,
    fixture::{
        self, CONFIDENTIAL, DELEGATION_A, DELEGATION_B, DELEGATION_C, EDITION, FEED_SECRET, HALL,
        INTERPRETER,
    },
};

const DAY: &str = "2090-05-17";

fn at(path: &str) -> String {
    format!("/editions/{EDITION}{path}")
}

fn arrives(day: i8, hour: i8, minute: i8) -> DateTime {
    date(2090, 5, day).at(hour, minute, 0, 0)
}

fn presence(arrival: DateTime) -> Presence {
    Presence { arrival: Some(arrival), departure: Some(arrives(20, 9, 0)), busy: Vec::new() }
}

/// One more release, changed.
fn release(app: &TestApp, change: impl FnOnce(&mut Release)) {
    let mut next: Release = app.read(|c| store::release::newest(c, EDITION)).expect("a release");
    next.id = caravanserai::chance::id();
    next.number += 1;
    change(&mut next);
    app.write(|c| store::release::insert(c, &next));
}

fn arrival(release: &mut Release, own: DelegationId, arrival: DateTime) {
    for listed in release.delegations.iter_mut().filter(|listed| listed.id == own) {
        listed.presence = Some(presence(arrival));
    }
}

/// Release 2 has A come on the day before. Then it turns out that A lands at half past two, and release 3
/// has its meeting with B at four, with another interpreter.
fn late() -> TestApp {
    let app = TestApp::new();
    release(&app, |release| arrival(release, DELEGATION_A, arrives(16, 15, 0)));
    release(&app, |release| {
        arrival(release, DELEGATION_A, arrives(17, 14, 30));
        for entry in release.entries.iter_mut().filter(|e| e.kind().is_none()) {
            entry.slot.start = "2090-05-17T08:00:00Z".parse().expect("an instant");
            let Some(Team { activity, mode, .. }) = entry.team.clone() else { continue };
            let seats = vec![Filled { interpreter: INTERPRETER, pair: [Lang::Zh, Lang::Ru] }];
            entry.team = Some(Team { activity, mode, seats });
        }
    });
    let mut own = app.read(|c| store::delegation::need(c, DELEGATION_A));
    own.value.arrival = Some(arrives(17, 14, 30));
    app.write(|c| store::delegation::save(c, &own.value, own.version));
    app
}

/// The words of a sheet, or nothing in a build without them.
pub(crate) fn printed(app: &TestApp, persona: Persona, path: &str) -> Option<String> {
    let answer = app.as_(persona).get(&at(path));
    if !outputs::pdf::BUILT {
        return None;
    }
    assert_eq!(answer.status, 200, "{path} {}", answer.text());
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext of poppler-utils");
    reader.stdin.take().expect("an input").write_all(&answer.body).expect("written");
    let output = reader.wait_with_output().expect("read");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn assert_has(words: &str, wanted: &[&str]) {
    for one in wanted {
        assert!(words.contains(one), "lacks {one}:\n{words}");
    }
}

fn assert_lacks(words: &str, unwanted: &[&str]) {
    for one in unwanted {
        assert!(!words.contains(one), "has {one}:\n{words}");
    }
}

#[test]
fn a_car_meets_the_aircraft_and_goes_to_nothing_before_it() {
    let app = late();
    let own = |id| format!("/programme/3/transfers/{DAY}/{id}?in=en");
    let Some(words) = printed(&app, Persona::Host, &own(DELEGATION_A)) else { return };
    assert_has(
        &words,
        &["Pomegrad", "14:30", "airport or station → Exhibition centre", "there by 16:00"],
    );
    assert_has(&words, &["Flight or train:", "Hotel:", "Driver, telephone:", "16:30"]);
    assert_lacks(&words, &["09:00", "10:00", "Apricot"]);
    let other = printed(&app, Persona::Host, &own(DELEGATION_B)).expect("built");
    assert_has(&other, &["there by 09:00", "hotel → Exhibition centre"]);
    assert_lacks(&other, &["airport", "Pomegrad"]);
    // On the last day it only leaves.
    let away =
        printed(&app, Persona::Host, "/programme/3/transfers/2090-05-19?in=en").expect("built");
    assert_has(&away, &["Nothing is scheduled"]);
    let path = format!("/programme/3/dispatch/{DAY}?in=en");
    let table = printed(&app, Persona::Host, &path).expect("built");
    let order: Vec<Option<usize>> =
        ["there by 09:00", "14:30", "16:30"].map(|time| table.find(time)).to_vec();
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{table}");
    assert_has(&table, &["Pomegrad", "Apricot", "Mulberry", "Car, driver"]);
    // An earlier release is printed as it was known then.
    let path = format!("/programme/2/transfers/{DAY}/{DELEGATION_A}?in=en");
    assert_has(&printed(&app, Persona::Host, &path).expect("built"), &["there by 09:00"]);
    let path = at(&format!("/programme/3/transfers/{DAY}/{}?in=en", fixture::MEETING));
    assert_eq!(app.as_(Persona::Host).get(&path).status, 404);
}

#[test]
fn who_lands_on_the_eve_is_met_then() {
    let app = late();
    let eve = "/programme/3/transfers/2090-05-15";
    assert_eq!(app.as_(Persona::Host).get(&at(eve)).status, 404, "nobody comes or goes");
    let mut own = app.read(|c| store::delegation::need(c, DELEGATION_B));
    own.value.arrival = Some(arrives(15, 21, 15));
    app.write(|c| store::delegation::save(c, &own.value, own.version));
    let page = app.as_(Persona::Host).get(&at("/programme/3/sheets")).text().into_owned();
    assert_has(&page, &[eve, "/programme/3/dispatch/2090-05-15"]);
    let Some(words) = printed(&app, Persona::Host, &format!("{eve}?in=en")) else { return };
    assert_has(&words, &["Apricot", "21:15", "airport or station → hotel"]);
    assert_lacks(&words, &["Pomegrad"]);
}

#[test]
fn agenda_card_calendar_and_notice_tell_the_same_of_who_lands_later() {
    let app = late();
    let page = app.as_(Persona::FocalA).get(&at("/agenda"));
    let excused = "arrives 14:30 and can attend from 15:30";
    assert_has(&page.text(), &[excused, ">14:30</time>", "Arrival", "Departure", "16:00–16:30"]);
    assert_lacks(&app.as_(Persona::FocalB).get(&at("/agenda")).text(), &["Excused", "14:30"]);
    let calendar = app.get(&format!("/feed/{FEED_SECRET}.ics")).text().replace("\r\n ", "");
    let event = |words: &str| {
        let found = calendar.split("BEGIN:VEVENT").find(|event| event.contains(words));
        found.unwrap_or_else(|| panic!("no {words} in {calendar}")).to_owned()
    };
    assert_has(&event(":Opening"), &["STATUS:CANCELLED", "SEQUENCE:3"]);
    assert_has(&event(":Arrival"), &["20900517T143000", "STATUS:CONFIRMED"]);
    assert_has(&event("Apricot"), &["20900517T160000", "STATUS:CONFIRMED"]);
    let card = format!("/agenda/{DELEGATION_A}/{DAY}/card?in=en");
    let Some(card) = printed(&app, Persona::FocalA, &card) else { return };
    assert_has(&card, &[excused, "Arrival", "Apricot", "16:00–16:30"]);
    assert!(
        card.find("Opening") < card.find("Arrival") && card.find("Arrival") < card.find("Apricot")
    );
    let notice = format!("/programme/3/notice/{DELEGATION_A}?in=en");
    let notice = printed(&app, Persona::FocalA, &notice).expect("built");
    assert_has(&notice, &["14:30", "16 May 2090 15:00", excused, "16:00–16:30", "10:00–10:30"]);
    assert_has(&notice, &["Interpreters: Yi Ci (were: Wen Guohe)"]);
    assert_has(&notice, &["Example secretariat", "Notice No. 2090/3", "Signed:"]);
    assert_lacks(&notice, &["Cancelled", "Amended"]);
}

#[test]
fn the_other_side_is_named_with_its_leader_as_stated_and_to_nobody_else() {
    let app = late();
    let leader = "Вымыслов Пример Образцович, глава города";
    let notice = |own, lang| format!("/programme/3/notice/{own}?in={lang}");
    let Some(words) = printed(&app, Persona::FocalB, &notice(DELEGATION_B, "ru")) else { return };
    assert_has(&words, &["Гранатовск", leader, "Перенесено", "русский"]);
    assert_lacks(&words, &["14:30", "中文"]);
    let words = printed(&app, Persona::FocalB, &notice(DELEGATION_B, "en")).expect("built");
    assert_lacks(&words, &["Вымыслов", "范例明"]);
    let card = format!("/agenda/{DELEGATION_B}/{DAY}/card?in=zh");
    let words = printed(&app, Persona::FocalB, &card).expect("built");
    assert_has(&words, &["范例明，市长", "俄语"]);
    let words = printed(&app, Persona::FocalC, &notice(DELEGATION_C, "ru")).expect("built");
    assert_lacks(&words, &["Вымыслов", "Гранатовск", "16:00"]);
    assert_has(&words, &["изменений нет"]);
    let words = printed(&app, Persona::Public, "/programme/3/notice?in=en").expect("built");
    assert_lacks(&words, &["Pomegrad", "16:00", CONFIDENTIAL[2]]);
    assert_has(&words, &["nothing has changed", "Example secretariat"]);
}

#[test]
fn a_hall_is_told_how_many_are_filed_and_what_moved_and_not_who_meets() {
    let app = late();
    let path = |number: i32| format!("/programme/{number}/halls/{HALL}/{DAY}?in=en");
    let Some(words) = printed(&app, Persona::Host, &path(3)) else { return };
    // The one person filed is of the delegation that lands after the opening.
    assert_has(&words, &["planned for 120 people · 0 people filed (2 delegations)"]);
    assert_has(&words, &["Bilateral meeting", "Moved", "17 May 2090 10:00–10:30"]);
    assert_lacks(&words, &["Pomegrad", "Apricot", CONFIDENTIAL[2]]);
    let before = printed(&app, Persona::Host, &path(2)).expect("built");
    assert_lacks(&before, &["Moved"]);
    release(&app, |release| release.entries.retain(|entry| entry.kind().is_some()));
    let after = printed(&app, Persona::Host, &path(4)).expect("built");
    assert_has(&after, &["16:00–16:30", "Cancelled"]);
    // Several bilaterals side by side are one line, those after each other are counted.
    release(&app, |release| {
        let opening = release.entries[0].clone();
        for (n, hour) in [(1, 6), (2, 6), (3, 7)] {
            let mut entry = opening.clone();
            let id = domain::MeetingId(uuid::Uuid::from_u128(n));
            entry.slot.activity = Activity::Meeting(id);
            entry.slot.start = format!("2090-05-17T0{hour}:00:00Z").parse().expect("an instant");
            entry.slot.minutes = 60;
            entry.company =
                domain::programme::Company::Bilateral([DELEGATION_A, DELEGATION_C]).into();
            release.entries.push(entry);
        }
    });
    let words = printed(&app, Persona::Host, &path(5)).expect("built");
    assert_has(&words, &["2 bilateral meetings side by side", "1 of 2", "2 of 2"]);
    assert_has(&words, &["directly after the previous one"]);
}

#[test]
fn everyone_is_offered_what_he_or_she_has() {
    let app = TestApp::new();
    let me = |persona| app.as_(persona).get("/me").text().into_owned();
    let [own, assignments] = ["/agenda\"", "/assignments\""].map(at);
    assert_has(&me(Persona::Interpreter), &[&assignments]);
    assert_lacks(&me(Persona::Interpreter), &[&own]);
    assert_has(&me(Persona::FocalA), &[&own]);
    assert_lacks(&me(Persona::FocalA), &[&assignments]);
    assert_has(&me(Persona::Host), &[&at("/plan\""), &at("/disruptions\"")]);
    assert_lacks(&me(Persona::Chair), &[&own, &assignments, &at("/plan\"")]);
    let page = app.as_(Persona::Interpreter).get(&at("/agenda"));
    assert_has(&page.text(), &["Your work is under", &assignments]);
    assert_lacks(&page.text(), &["You belong to no delegation"]);
    // The first of the edition's pages.
    let text = page.text().into_owned();
    let bar = text.split("class=\"edition\"").nth(1).expect("a bar");
    let first = bar.split("href=\"").nth(1).expect("a link");
    assert!(first.starts_with(&assignments), "{first}");
}

#[test]
fn what_nobody_filed_yet_is_known_to_the_office_and_to_its_own_side() {
    let app = TestApp::new();
    let told = |persona| {
        let page = app.as_(persona).get(&at("/delegations"));
        page.text().matches("Not yet stated").count()
    };
    assert_eq!([Persona::Host, Persona::Secretariat].map(told), [2, 2], "B and C have no leader");
    assert_eq!([Persona::FocalA, Persona::FocalB, Persona::FocalC].map(told), [0, 1, 1]);
    let page = |persona| app.as_(persona).get(&at(&format!("/delegations/{DELEGATION_B}")));
    assert_lacks(&page(Persona::FocalA).text(), &["Not yet stated"]);
    assert_has(&page(Persona::FocalB).text(), &["Not yet stated"]);
}
