//! Sites and halls.

use domain::Lang;

use crate::harness::{
    Persona, TestApp,
    fixture::{EDITION, HALL, VENUE},
};

fn halls() -> String {
    format!("/editions/{EDITION}/venues/{VENUE}/halls")
}

#[test]
fn the_office_adds_a_hall_and_finds_it_in_every_language() {
    let app = TestApp::new();
    let host = app.as_(Persona::Host);
    let fields = [
        ("name.zh", "竹室"),
        ("name.ru", "Комната «Бамбук»"),
        ("kind", "tables"),
        ("capacity", "40"),
        ("booths", "0"),
        ("parallel", "8"),
        ("closed.1.from", "2090-05-17T08:00"),
        ("closed.1.until", "2090-05-17T10:00"),
    ];
    assert!(host.post(&format!("{}/new", halls()), &fields).location().ends_with("/venues"));
    let list = format!("/editions/{EDITION}/venues");
    assert!(host.in_(Lang::Zh).get(&list).text().contains("竹室"));
    assert!(host.in_(Lang::Ru).get(&list).text().contains("Комната «Бамбук»"));
    let file = host.get(&format!("{list}/export/csv"));
    assert!(file.text().contains("2090-05-17T08:00:00/2090-05-17T10:00:00"), "{}", file.text());
}

#[test]
fn a_wrong_hall_comes_back_with_what_was_typed() {
    let app = TestApp::new();
    let before = app.read(|c| store::hall::of_edition(c, EDITION)).len();
    let fields = [
        ("name.en", "Bamboo Room"),
        ("kind", "room"),
        ("capacity", "many"),
        ("booths", "0"),
        ("parallel", "3"),
        ("closed.0.from", "2090-05-17T10:00"),
        ("closed.0.until", "2090-05-17T08:00"),
    ];
    let answer = app.as_(Persona::Host).post(&format!("{}/new", halls()), &fields);
    assert_eq!(answer.status, 422);
    let text = answer.text();
    assert!(text.contains("Bamboo Room") && text.contains("many"), "{text}");
    assert!(text.contains("Give a whole number"), "{text}");
    assert_eq!(app.read(|c| store::hall::of_edition(c, EDITION)).len(), before);
    let fields = fields.map(|(n, v)| (n, if n == "capacity" { "12" } else { v }));
    let text = app.as_(Persona::Host).post(&format!("{}/new", halls()), &fields);
    assert!(text.text().contains("It ends before it begins"), "{}", text.text());
    assert!(text.text().contains("Only a block of tables"), "{}", text.text());
}

#[test]
fn who_saves_second_sees_what_the_first_saved() {
    let app = TestApp::new();
    let (host, path) = (app.as_(Persona::Host), format!("{}/{HALL}", halls()));
    let fields = |capacity| {
        [
            ("seen", "1"),
            ("name.en", "Hall"),
            ("kind", "hall"),
            ("capacity", capacity),
            ("booths", "2"),
            ("parallel", "1"),
        ]
    };
    host.post(&path, &fields("150")).location();
    let second = host.post(&path, &fields("90"));
    assert_eq!(second.status, 422);
    let text = second.text();
    assert!(text.contains("150") && text.contains("value=\"90\""), "{text}");
    let hall = app.read(|c| store::hall::need(c, HALL));
    assert_eq!((hall.value.capacity, hall.version), (150, 2));
}
