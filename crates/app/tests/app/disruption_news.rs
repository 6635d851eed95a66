//! News that takes something out of the programme, and news of an arrival that is told again, was false, or
//! moves nothing: what is offered, what is stored, and who is told.

use domain::{
    Lang,
    meeting::{Meeting, MeetingState},
    programme::Activity,
};
use jiff::civil::date;

use super::{
    disruption::{answered, at, entry, hidden, mails, newest, world},
    sheet::printed,
};
use crate::harness::{
    Answer, Persona, TestApp,
    fixture::{CONFIDENTIAL, DELEGATION_A, DELEGATION_B, DELEGATION_C, MEETING, PERSONAL, SESSION},
};

/// Where a message leads.
fn leads(app: &TestApp, words: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("said", words);
    let page = app.as_(Persona::Secretariat).get(&at(&format!("/disruptions?{}", query.finish())));
    page.location().to_owned()
}

/// What is seen of the last way that a page offers.
fn last_sight(page: &Answer) -> String {
    let text = page.text();
    let last = text.rsplit("name=\"sight\" value=\"").next().expect("a way");
    last.split('"').next().unwrap_or_default().to_owned()
}

fn told(app: &TestApp, before: usize) -> Vec<String> {
    mails(app, before).into_iter().map(|(to, _)| to).collect()
}

fn count(app: &TestApp) -> usize {
    app.read(|c| store::mail::newest(c, 100)).len()
}

#[test]
fn a_session_that_is_called_off_is_taken_out_and_all_else_stays() {
    let app = world(true);
    let office = app.as_(Persona::Secretariat);
    let session = Activity::Session(SESSION).to_string();
    for words in ["The opening is called off", "Церемония открытия отменена", "开幕式取消"]
    {
        let asked = leads(&app, words);
        assert!(asked.ends_with(&format!("/called-off?activity={session}")), "{words}: {asked}");
    }
    let before = newest(&app);
    let page = office.get(&leads(&app, "The opening is called off"));
    for words in ["Called off: Opening.", "drops 1 session"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    assert!(!page.text().contains("Fewer cancellations"), "{}", page.text());
    let begun = at(&format!("/disruptions/called-off?activity={session}&at=2090-05-19T10:00"));
    let page = office.get(&begun);
    assert_eq!(page.status, 422);
    assert!(page.text().contains("has begun already"), "{}", page.text());
    let mailed = count(&app);
    let fields = [("activity", session.as_str())];
    let done = answered(&app, Persona::Secretariat, "called-off", &fields);
    assert_eq!(done.location(), at("/programme/3/sheets"));
    let after = newest(&app);
    assert!(entry(&after, Activity::Session(SESSION)).is_none());
    let others = before.entries.iter().filter(|e| e.slot.activity != Activity::Session(SESSION));
    assert!(others.eq(&after.entries), "everything else stays");
    assert!(app.read(|c| store::session::get(c, SESSION)).is_none(), "as on its own page");
    for to in ["focala@example.org", "focalb@example.org", "focalc@example.org"] {
        assert!(told(&app, mailed).iter().any(|told| told == to), "{to}");
    }
    let page = office.get(&at("/disruptions"));
    for words in ["A session or a meeting is called off", "Opening", "Release 3"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let page = office.get(&at(&format!("/disruptions/called-off?activity={session}")));
    assert_eq!(page.status, 422);
    assert!(page.text().contains("not in the released programme"), "{}", page.text());
}

#[test]
fn a_meeting_that_is_called_off_ends_as_by_its_side_and_is_told_to_both_sides_alone() {
    let app = world(true);
    let office = app.as_(Persona::Secretariat);
    let meeting = Activity::Meeting(MEETING).to_string();
    let by = DELEGATION_B.to_string();
    for words in [
        "Apricot refuses to meet Pomegrad",
        "Абрикосово отказывается от встречи с Гранатовском",
        "杏城取消与榴城的会见",
    ] {
        let asked = leads(&app, words);
        assert!(asked.ends_with(&format!("?activity={meeting}&by={by}")), "{words}: {asked}");
    }
    let asked = leads(&app, "The meeting of Pomegrad and Apricot is cancelled");
    assert!(asked.ends_with(&format!("?activity={meeting}&fill=1")), "{asked}");
    let page = office.get(&asked);
    let third = format!("value=\"{DELEGATION_C}\"");
    assert!(page.status == 200 && !page.text().contains(&third), "its two sides: {}", page.text());
    let third = at(&format!("/disruptions/called-off?activity={meeting}&by={DELEGATION_C}"));
    let page = office.get(&third);
    assert_eq!(page.status, 422);
    assert!(page.text().contains("one of the two sides"), "{}", page.text());
    let mailed = count(&app);
    let fields = [("activity", meeting.as_str()), ("by", by.as_str())];
    answered(&app, Persona::Secretariat, "called-off", &fields).location();
    let stored = app.read(|c| store::meeting::need(c, MEETING)).value;
    assert_eq!(stored.state, MeetingState::Declined, "as if it had answered so");
    assert!(entry(&newest(&app), Activity::Meeting(MEETING)).is_none());
    let both = ["delegatea@example.org", "focala@example.org", "focalb@example.org", PERSONAL];
    assert_eq!(told(&app, mailed), both);
    for (persona, path) in [
        (Persona::FocalC, at("/agenda")),
        (Persona::FocalC, at("/programme")),
        (Persona::Public, at("/programme/changes?from=2&to=3")),
    ] {
        let page = app.as_(persona).get(&path);
        for words in [CONFIDENTIAL[2], "Bilateral meeting", &meeting] {
            assert!(!page.text().contains(words), "{persona:?} {path} {words}");
        }
    }
    let page = office.get(&at(&format!("/meetings/{MEETING}")));
    assert!(page.text().contains("not taking place"), "{}", page.text());
}

#[test]
fn what_had_no_place_is_offered_the_time_of_what_is_called_off() {
    let app = world(true);
    let id = domain::MeetingId(uuid::Uuid::from_u128(99));
    let meeting = app.read(|c| store::meeting::need(c, MEETING)).value;
    let waits = Meeting { id, from: DELEGATION_C, to: DELEGATION_A, ..meeting };
    app.write(|c| store::meeting::insert(c, &waits));
    let freed = entry(&newest(&app), Activity::Meeting(MEETING)).expect("a meeting").slot;
    let activity = Activity::Meeting(MEETING).to_string();
    let asked = at(&format!("/disruptions/called-off?activity={activity}&by="));
    let page = app.as_(Persona::Secretariat).get(&asked);
    for words in ["Option 2", "adds 1 meeting", "Called off: "] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let sight = last_sight(&page);
    let fields = [("activity", activity.as_str()), ("by", ""), ("sight", &sight)];
    app.as_(Persona::Secretariat).post(&at("/disruptions/called-off"), &fields).location();
    let placed = entry(&newest(&app), Activity::Meeting(id)).expect("a place").slot;
    assert!(placed.start < freed.end() && freed.start < placed.end(), "{placed:?}");
    let stored = app.read(|c| store::meeting::need(c, MEETING)).value;
    assert_eq!(stored.state, MeetingState::Withdrawn, "nobody has refused anything");
}

#[test]
fn a_delay_told_twice_counts_once_and_a_false_alarm_takes_it_back() {
    let app = world(true);
    let office = app.as_(Persona::Secretariat);
    let delegation = DELEGATION_A.to_string();
    let arrival = || app.read(|c| store::delegation::need(c, DELEGATION_A)).value.arrival;
    let place = || entry(&newest(&app), Activity::Meeting(MEETING)).expect("a meeting").slot;
    let stood = place();
    let (declared, later) = (arrival(), Some(date(2090, 5, 17).at(15, 0, 0, 0)));
    let late = [("delegation", delegation.as_str()), ("hours", "24")];
    let page = office.get(&at(&format!("/disruptions/late?delegation={delegation}&fill=1")));
    assert!(page.text().contains("Declared arrival: 16 May 2090 15:00"), "{}", page.text());
    answered(&app, Persona::Secretariat, "late", &late).location();
    assert_eq!((arrival(), newest(&app).number), (later, 3));
    let page = office.get(&leads(&app, "Pomegrad lands 24 hours late"));
    for words in [
        "Pomegrad: arrival 17 May 2090 15:00.",
        "Declared arrival: 16 May 2090 15:00",
        "Noted on",
        "nothing has to move",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let done = answered(&app, Persona::Secretariat, "late", &late);
    assert_eq!((done.location(), arrival()), (at("/disruptions").as_str(), later), "told twice");
    for words in ["Pomegrad is on time after all", "Гранатовск прилетает вовремя", "榴城准点到达"]
    {
        let asked = leads(&app, words);
        assert!(asked.ends_with(&format!("late?delegation={delegation}&hours=0%3A00")), "{asked}");
    }
    let page = office.get(&leads(&app, "Pomegrad is on time after all"));
    let back = "Pomegrad: arrival 16 May 2090 15:00 (before: 17 May 2090 15:00)";
    for words in [back, "nothing has to move", "Option 2", "moves 1 meeting"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let (mailed, sight) = (count(&app), last_sight(&page));
    let in_time = [("delegation", delegation.as_str()), ("hours", "0:00"), ("sight", &sight)];
    office.post(&at("/disruptions/late"), &in_time).location();
    assert_eq!((arrival(), newest(&app).number, place()), (declared, 4, stood));
    assert!(told(&app, mailed).contains(&"focala@example.org".to_owned()));
    let further = leads(&app, "Pomegrad is another two hours late");
    assert!(further.ends_with("arrival=2090-05-16T17%3A00"), "{further}");
}

/// Cards and journeys are printed with it, so it is a release of its own.
#[test]
fn an_arrival_that_moves_nothing_is_released_and_told_to_its_own_side_alone() {
    let app = world(true);
    let delegation = DELEGATION_A.to_string();
    let fields = [("delegation", delegation.as_str()), ("hours", "1")];
    let office = app.as_(Persona::Secretariat);
    let page = office.get(&at(&format!("/disruptions/late?delegation={delegation}&hours=1")));
    for words in ["nothing has to move · concerns 1 delegation", "release it"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    let (before, mailed) = (newest(&app), count(&app));
    let done = answered(&app, Persona::Secretariat, "late", &fields);
    assert_eq!(done.location(), at("/programme/3/sheets"));
    assert_eq!(newest(&app).entries, before.entries);
    let mails = mails(&app, mailed);
    let to: Vec<&str> = mails.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["delegatea@example.org", "focala@example.org", PERSONAL]);
    let english = mails.iter().find(|(_, words)| words.contains("Arrival of your delegation"));
    assert!(english.is_none_or(|(_, words)| words.contains("16 May 2090 16:00")), "{english:?}");
    for lang in Lang::COMPLETE {
        let page = app.as_(Persona::Host).in_(lang).get(&at("/programme/3/sheets"));
        let own = page.text().contains(&format!("/notice/{DELEGATION_A}"));
        assert!(page.status == 200 && own == outputs::pdf::BUILT, "{}", page.text());
    }
    let done = answered(&app, Persona::Secretariat, "late", &fields);
    assert_eq!((done.location(), newest(&app).number), (at("/disruptions").as_str(), 3));
}

#[test]
fn an_arrival_that_the_host_office_notes_waits_for_its_release_and_the_card_says_so() {
    let app = world(true);
    let (delegation, office) = (DELEGATION_A.to_string(), app.as_(Persona::Secretariat));
    let fields = [("delegation", delegation.as_str()), ("arrival", "2090-05-17T07:00")];
    let done = answered(&app, Persona::Host, "late", &fields);
    assert_eq!((done.location(), newest(&app).number), (at("/plan").as_str(), 2));
    let agenda = at(&format!("/agenda?delegation={DELEGATION_A}"));
    let since = |number: i32| {
        let page = app.as_(Persona::FocalA).in_(Lang::En).get(&agenda);
        assert_eq!(page.status, 200);
        page.text().contains(&format!("Noted after release {number}"))
    };
    assert!(since(2), "its card is not the released one");
    let day = "2090-05-17";
    for path in [
        format!("/programme/2/transfers/{day}?in=en"),
        format!("/programme/2/dispatch/{day}?in=en"),
    ] {
        let Some(words) = printed(&app, Persona::Host, &path) else { continue };
        assert!(words.contains("07:00") && words.contains("Noted after release 2"), "{words}");
    }
    assert!(office.get(&at("/disruptions")).text().contains("not been released"));
    let page = office.get(&at("/programme/release"));
    for words in ["No entry differs", "Pomegrad"] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    assert!(!page.text().contains("Apricot"), "{}", page.text());
    let mailed = count(&app);
    let sight = hidden(&page, "sight");
    office.post(&at("/programme/release"), &[("sight", &sight)]).location();
    assert_eq!(newest(&app).number, 3);
    assert!(!since(2) && !since(3), "released as noted");
    assert_eq!(told(&app, mailed), ["delegatea@example.org", "focala@example.org", PERSONAL]);
}
