//! The register of cities: found, shown, filed, changed by two, saved and brought back.

use domain::{
    Lang, OfferingId, Text,
    city::{City, Offering, Origin, Side, Standing, State, Stood, Theme, Trait, TraitKind},
};
use uuid::Uuid;

use crate::harness::{
    Persona, TestApp,
    fixture::{CITY_A, CITY_B, text},
};

fn page(id: impl std::fmt::Display) -> String {
    format!("/cities/{id}")
}

fn stored(app: &TestApp) -> domain::revision::Versioned<City> {
    app.read(|c| store::city::need(c, CITY_A))
}

/// Gives city A a state with a history, a trait, and an own name.
fn told(app: &TestApp) {
    let source = Text::new(Lang::En, "The gazette");
    let stood = |standing, from: &str, until: &str| Stood {
        standing,
        from: from.into(),
        until: until.into(),
        source: source.clone(),
    };
    let history = vec![
        stood(Standing::Observer, "", "2025-09-01"),
        stood(Standing::Partner, "2025-09-01", ""),
    ];
    let state =
        State {
            iso2: "XA".into(), name: text("示例国", "Примерия", "Exampleland"), history
        };
    let mut city = stored(app);
    city.value.iso2 = Some("XA".into());
    city.value.local = Some(("uz-Latn".into(), "Anorshahar".into()));
    city.value.traits =
        vec![Trait { kind: TraitKind::Heritage, year: String::new(), source: source.clone() }];
    app.write(|c| {
        store::state::set(c, &state)?;
        store::city::save(c, &city.value, city.version)
    });
}

fn offering(app: &TestApp, source: Option<Text>) -> Offering {
    let offering = Offering {
        id: OfferingId(Uuid::from_u128(77)),
        city: CITY_A,
        side: Side::Offer,
        theme: Theme::Water,
        text: text("节水经验", "Опыт", "Saving experience"),
        source,
        origin: Origin::Demonstration,
    };
    app.write(|c| store::offering::insert(c, &offering));
    offering
}

#[test]
fn a_city_is_found_by_any_of_its_names_in_any_script() {
    let app = TestApp::new();
    told(&app);
    for q in ["榴城", "ГРАНАТ", "pome", "anorsh", "ｐｏｍｅ"] {
        let q: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
        let answer = app.get(&format!("/cities?q={q}"));
        assert!(answer.text().contains(&page(CITY_A)), "{q}");
        assert!(!answer.text().contains(&page(CITY_B)), "{q}");
    }
    assert!(app.get("/cities?q=nowhere").text().contains("No city is found"));
}

#[test]
fn the_filters_ask_about_a_date_a_trait_and_an_offer() {
    let app = TestApp::new();
    told(&app);
    offering(&app, None);
    let lists = |query: &str| app.get(&format!("/cities?{query}")).text().contains(&page(CITY_A));
    for yes in [
        "state=XA",
        "standing=observer&on=2025-08-31",
        "standing=partner&on=2025-09-01",
        "trait=heritage",
        "theme=water",
        "side=offer",
        "side=offer&theme=water",
        "page=x",
    ] {
        assert!(lists(yes), "{yes}");
    }
    for no in [
        "state=XB",
        "standing=partner&on=2025-08-31",
        "trait=port",
        "side=need",
        "side=need&theme=water",
    ] {
        assert!(!lists(no), "{no}");
    }
}

#[test]
fn the_page_tells_names_standing_as_on_a_date_and_sources() {
    let app = TestApp::new();
    told(&app);
    offering(&app, Some(text("公报", "Вестник", "The bulletin")));
    let before = app.get(&format!("{}?on=2025-08-31", page(CITY_A)));
    let after = app.get(&format!("{}?on=2025-09-01", page(CITY_A)));
    assert!(before.text().contains("<strong>Observer state</strong>"));
    assert!(after.text().contains("<strong>Partner</strong>"));
    for said in ["榴城", "Гранатовск", "Anorshahar", "The gazette", "The bulletin", "EXERCISE TEXT"]
    {
        assert!(after.text().contains(said), "{said}");
    }
    assert_eq!(app.get("/cities/nobody").status, 404);
    assert_eq!(app.get(&page(Uuid::nil())).status, 404);
}

#[test]
fn a_name_not_chosen_in_a_language_is_the_english_one_with_a_mark() {
    let app = TestApp::new();
    let mut city = stored(&app);
    city.value.name = Text::new(Lang::Zh, "榴城").and(Lang::En, "Pomegrad");
    app.write(|c| store::city::save(c, &city.value, city.version));
    let russian = app.as_(Persona::Public).in_(Lang::Ru).get("/cities");
    let marked = "<bdi lang=\"en\" dir=\"ltr\">Pomegrad</bdi> <span class=\"mark\"";
    assert!(russian.text().contains(marked), "{}", russian.text());
    assert!(!app.get("/cities").text().contains(marked));
}

#[test]
fn only_the_citys_own_focal_point_files_for_it() {
    let app = TestApp::new();
    let path = format!("{}/offerings/new", page(CITY_A));
    let fields = [
        ("side", "need"),
        ("theme", "air_quality"),
        ("text.ru", "Ищем опыт"),
        ("source.ru", "Чужой источник"),
    ];
    for other in [Persona::FocalB, Persona::FocalC, Persona::DelegateA, Persona::Stranger] {
        assert_eq!(app.as_(other).post(&path, &fields).status, 403, "{other:?}");
    }
    assert!(app.post(&path, &fields).location().starts_with("/sign-in"));
    assert_eq!(app.as_(Persona::FocalA).post(&path, &fields).location(), page(CITY_A));
    let filed = app.read(|c| store::offering::of_city(c, CITY_A)).remove(1).value;
    assert_eq!((filed.side, filed.theme, filed.source), (Side::Need, Theme::AirQuality, None));
    assert!(app.get(&page(CITY_A)).text().contains("Ищем опыт"));
}

#[test]
fn what_a_source_states_is_not_the_focal_points_to_change() {
    let app = TestApp::new();
    let sourced = offering(&app, Some(text("公报", "Вестник", "The bulletin")));
    let path = format!("{}/offerings/{}", page(CITY_A), sourced.id);
    assert_eq!(app.as_(Persona::FocalA).get(&path).status, 403);
    assert_eq!(app.as_(Persona::Secretariat).get(&path).status, 200);
    let elsewhere = format!("{}/offerings/{}", page(CITY_B), sourced.id);
    assert_eq!(app.as_(Persona::Secretariat).get(&elsewhere).status, 404);
}

#[test]
fn a_wrong_form_comes_back_with_what_was_typed() {
    let app = TestApp::new();
    let path = format!("{}/offerings/new", page(CITY_A));
    let fields = [("side", "gift"), ("theme", "water"), ("text.en", "kept words")];
    let answer = app.as_(Persona::FocalA).post(&path, &fields);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("kept words") && answer.text().contains("Choose one"));
    assert_eq!(app.read(|c| store::offering::of_city(c, CITY_A)).len(), 1);
    let long = "x".repeat(201);
    let names = [("name.zh", long.as_str()), ("zone", "Mars/One"), ("north", "up"), ("seen", "1")];
    let answer = app.as_(Persona::Secretariat).post(&format!("{}/edit", page(CITY_A)), &names);
    assert_eq!(answer.status, 422);
    for said in [long.as_str(), "Mars/One", "There is no such time zone", "At most 200"] {
        assert!(answer.text().contains(said), "{said}");
    }
    assert_eq!(stored(&app).version, 1);
}

#[test]
fn the_second_of_two_editors_sees_the_difference() {
    let app = TestApp::new();
    let path = format!("{}/edit", page(CITY_A));
    let typed = |zh, seen| [("name.zh", zh), ("zone", "Asia/Shanghai"), ("seen", seen)];
    let office = app.as_(Persona::Secretariat);
    assert_eq!(office.post(&path, &typed("甲城", "1")).location(), page(CITY_A));
    let second = office.post(&path, &typed("乙城", "1"));
    assert_eq!(second.status, 422);
    assert!(second.text().contains("甲城") && second.text().contains("乙城"));
    assert_eq!(stored(&app).value.name.get(Lang::Zh), Some("甲城"));
    office.post(&path, &typed("乙城", "2")).location();
    assert_eq!(stored(&app).value.name.get(Lang::Zh), Some("乙城"));
}

#[test]
fn traits_are_added_with_their_source_and_removed() {
    let app = TestApp::new();
    let path = format!("{}/traits", page(CITY_A));
    let office = app.as_(Persona::Secretariat);
    assert_eq!(office.post(&path, &[("kind", "port"), ("seen", "1")]).status, 422);
    let fields = [("kind", "port"), ("year", "2020"), ("source.zh", "公报"), ("seen", "1")];
    assert_eq!(office.post(&path, &fields).location(), path);
    assert_eq!(stored(&app).value.traits.len(), 1);
    let remove = format!("{path}/remove");
    assert_eq!(office.post(&remove, &[("n", "0"), ("seen", "1")]).status, 422);
    assert_eq!(office.post(&remove, &[("n", "0"), ("seen", "2")]).location(), path);
    assert!(stored(&app).value.traits.is_empty());
}

#[test]
fn what_was_exported_changes_nothing_when_it_comes_back() {
    let app = TestApp::new();
    told(&app);
    let office = app.as_(Persona::Secretariat);
    for format in ["csv", "xlsx"] {
        for lang in Lang::COMPLETE {
            let file = app.as_(Persona::Public).in_(lang).get(&format!("/cities/export/{format}"));
            assert_eq!(file.status, 200);
            let preview = office.upload("/cities/import", &[], ("file", "c", &file.body));
            assert_eq!(preview.status, 200, "{}", preview.text());
            assert!(preview.text().contains("nothing to store"), "{format} {lang}");
        }
    }
}

/// The hidden fields of the page that asks for confirmation.
fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a field");
    let value = rest.split('"').next().unwrap_or_default();
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn a_list_is_shown_before_it_is_stored() {
    let app = TestApp::new();
    let office = app.as_(Persona::Secretariat);
    let list =
        format!("id,name_ru,zone\n{CITY_A},Новое имя,Asia/Almaty\n,Примерск,Asia/Tashkent\n");
    let preview = office.upload("/cities/import", &[], ("file", "c.csv", list.as_bytes()));
    assert_eq!(preview.status, 200);
    for said in ["Гранатовск", "Новое имя", "Asia/Almaty", "Примерск"] {
        assert!(preview.text().contains(said), "{said}");
    }
    assert_eq!(stored(&app).version, 1);
    let fields = ["rows", "shown"].map(|name| (name, hidden(&preview.text(), name)));
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(office.post("/cities/import/confirm", &fields).location(), "/cities");
    assert_eq!(stored(&app).value.name.get(Lang::Ru), Some("Новое имя"));
    assert_eq!(app.read(store::city::all).len(), 3);
    // The same confirmation again meets a register that has moved: nothing more is stored.
    assert_eq!(office.post("/cities/import/confirm", &fields).status, 422);
    assert_eq!((stored(&app).version, app.read(store::city::all).len()), (2, 3));
}

#[test]
fn one_unreadable_row_stops_the_whole_list() {
    let app = TestApp::new();
    let office = app.as_(Persona::Secretariat);
    let list = format!("id,name_zh,zone\n{CITY_A},好,Asia/Almaty\n,坏,Mars/One\n");
    let answer = office.upload("/cities/import", &[], ("file", "c.csv", list.as_bytes()));
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Row 3") && !answer.text().contains("/cities/import/confirm"));
    let bad: [&[u8]; 3] = [b"", b"PK\x03\x04 broken", b"x,y\n1,2\n"];
    for file in bad {
        assert_eq!(office.upload("/cities/import", &[], ("file", "c", file)).status, 422);
    }
    assert_eq!(office.post("/cities/import/confirm", &[("rows", "[[")]).status, 409);
    for other in [Persona::FocalA, Persona::Host, Persona::Stranger] {
        let answer = app.as_(other).upload("/cities/import", &[], ("file", "c.csv", b"id\n"));
        assert_eq!(answer.status, 403, "{other:?}");
    }
}

#[test]
fn hostile_words_stay_words_on_the_page_and_in_the_file() {
    let app = TestApp::new();
    let mut city = stored(&app);
    city.value.name = Text::new(Lang::En, "=cmd|'<script>alert(1)</script>");
    city.value.position = Some([39.0, 117.0]);
    app.write(|c| store::city::save(c, &city.value, city.version));
    for path in ["/cities".to_owned(), page(CITY_A)] {
        assert!(!app.get(&path).text().contains("<script>alert"));
    }
    let csv = app.get("/cities/export/csv").text().into_owned();
    assert!(csv.contains("'=cmd|"), "{csv}");
    assert!(csv.contains("EXERCISE TEXT"));
}
