//! One small edition, the same in every test: invented cities A and B meet in confidence, C must not
//! know, and whatever must not leak carries words that occur nowhere else.

use std::collections::BTreeMap;

use caravanserai::{chance, web::meet::feed};
use diesel::RunQueryDsl as _;
use domain::{
    BodyId, CityId, DelegateId, DelegationId, EditionId, GrantId, HallId, InterpreterId,
    InvitationId, Lang, MeetingId, OfferingId, PersonId, PlanId, ReleaseId, SeriesId, SessionId,
    Text, TopicId, VenueId,
    access::{Grant, Role, Scope},
    account::{Account, Purpose},
    body::Body,
    city::{City, Offering, Origin, Side, Theme},
    delegation::{Delegate, Delegation, Party, Stay, Task},
    edition::{Call, Edition, Mode, Series},
    invitation::{Invitation, InvitationState},
    meeting::{Meeting, MeetingState, Wish},
    person::{NameOrder, PersonName, Styled},
    precedence::{Among, Precedence, Rank},
    programme::{Activity, Company, Entry, Plan, Slot},
    release::{Listed, Release},
    session::{Attendance, Session, SessionKind},
    topic::{Proposer, Topic, TopicState},
    venue::{Hall, HallKind, Venue},
};
use jiff::{SignedDuration, Timestamp, civil::date};
use store::{Conn, Result};
use uuid::Uuid;

use super::{Persona, roster};

pub(super) const fn n(number: u128) -> Uuid {
    Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub(crate) const SERIES: SeriesId = SeriesId(n(1));
pub(crate) const EDITION: EditionId = EditionId(n(2));
pub(crate) const CITY_A: CityId = CityId(n(3));
pub(crate) const CITY_B: CityId = CityId(n(4));
pub(crate) const BODY_C: BodyId = BodyId(n(5));
pub(crate) const DELEGATION_A: DelegationId = DelegationId(n(6));
pub(crate) const DELEGATION_B: DelegationId = DelegationId(n(7));
pub(crate) const DELEGATION_C: DelegationId = DelegationId(n(8));
/// Leads delegation A.
pub(crate) const LEADER_A: DelegateId = DelegateId(n(9));
/// A's bilateral with B.
pub(crate) const MEETING: MeetingId = MeetingId(n(10));
/// Proposed by A, not yet decided.
pub(crate) const TOPIC: TopicId = TopicId(n(11));
/// To C: sent, not yet answered.
pub(crate) const INVITATION: InvitationId = InvitationId(n(12));
pub(crate) const VENUE: VenueId = VenueId(n(13));
pub(crate) const HALL: HallId = HallId(n(14));
pub(crate) const SESSION: SessionId = SessionId(n(15));
pub(crate) const PLAN: PlanId = PlanId(n(16));
pub(crate) const RELEASE: ReleaseId = ReleaseId(n(17));

/// Offered by city A.
pub(crate) const OFFERING: OfferingId = OfferingId(n(18));

/// Interprets the opening; signs in as the persona of that name.
pub(crate) const INTERPRETER: InterpreterId = InterpreterId(n(20));
/// Interprets the bilateral of A and B.
pub(crate) const CONFIDANT: InterpreterId = InterpreterId(n(21));

/// The secret in a sign-in link of the focal point of A.
pub(crate) const LINK_SECRET: &str = "link-secret";
/// The secret in the link of [`INVITATION`].
pub(crate) const REPLY_SECRET: &str = "reply-secret";
/// The secret in the calendar address of delegation A.
pub(crate) const FEED_SECRET: &str = "feed-secret";
/// The secret in the calendar address of [`INTERPRETER`].
pub(crate) const ASSIGNMENTS_SECRET: &str = "assignments-secret";
/// The same of delegation C.
pub(crate) const FEED_SECRET_C: &str = "feed-secret-of-c";

/// What nobody but A, B and the office may ever be sent: the purpose of the bilateral.
pub(crate) const CONFIDENTIAL: [&str; 3] = ["密谈石榴", "Гранатовый секрет", "pomegranate secret"];
/// What nobody but A and the office may ever be sent: the address of one of A's people.
pub(crate) const PERSONAL: &str = "leader.of.a@example.org";

/// A text in the three languages.
pub(crate) fn text(zh: &str, ru: &str, en: &str) -> Text {
    Text::new(Lang::Zh, zh).and(Lang::Ru, ru).and(Lang::En, en)
}

fn instant(written: &str) -> Timestamp {
    written.parse().expect("an instant")
}

/// Stores the edition and everyone in it.
pub(crate) fn fill(c: &mut Conn) -> Result<()> {
    let series = text("示例城市对话", "Пример диалога городов", "Example city dialogue");
    store::series::insert(c, &Series { id: SERIES, name: series })?;
    for city in [
        city(CITY_A, "榴城", "Гранатовск", "Pomegrad"),
        city(CITY_B, "杏城", "Абрикосово", "Apricot"),
    ] {
        store::city::insert(c, &city)?;
    }
    let offering = Offering {
        id: OFFERING,
        city: CITY_A,
        side: Side::Offer,
        theme: Theme::ALL[0],
        text: text("漏损探测", "Поиск утечек", "Leak detection"),
        source: None,
        origin: Origin::Demonstration,
    };
    store::offering::insert(c, &offering)?;
    let name = text("桑园研究所", "Институт шелковицы", "Mulberry Institute");
    store::body::insert(c, &Body { id: BODY_C, name, origin: Origin::Demonstration })?;
    store::edition::insert(c, &edition())?;
    delegations(c)?;
    people(c)?;
    roster::fill(c)?;
    convening(c)?;
    programme(c)?;
    super::declaration::fill(c)?;
    super::negotiation::fill(c)?;
    super::register::fill(c)?;
    super::instrument::fill(c)
}

/// Takes a delegation out of the edition.
pub(crate) fn withdraw(c: &mut Conn, delegation: DelegationId) -> Result<()> {
    let mut away = store::delegation::need(c, delegation)?;
    away.value.withdrawn = true;
    store::delegation::save(c, &away.value, away.version).map(|_| ())
}

fn city(id: CityId, zh: &str, ru: &str, en: &str) -> City {
    City {
        id,
        geonames: None,
        iso2: None,
        name: text(zh, ru, en),
        local: None,
        position: None,
        population: None,
        zone: "Asia/Shanghai".to_owned(),
        traits: Vec::new(),
        origin: Origin::Demonstration,
    }
}

/// Its days lie far ahead, so that no test depends on the day it runs.
pub(crate) fn edition() -> Edition {
    Edition {
        id: EDITION,
        series: SERIES,
        title: text("第一届示例对话", "Первый пример диалога", "First example dialogue"),
        host: CITY_A,
        mode: Mode::InPerson,
        zone: "Asia/Shanghai".to_owned(),
        first_day: date(2090, 5, 17),
        last_day: date(2090, 5, 19),
        initiators: vec![text("示例秘书处", "Секретариат примера", "Example secretariat")],
        languages: vec![Lang::Zh, Lang::Ru, Lang::En],
        precedence: Precedence { among: Among::Alphabet { lang: Lang::Ru }, overrides: Vec::new() },
        call: Some(Call {
            brief: text("请提出议题。", "Предложите тему.", "Propose a topic."),
            opens: date(2026, 1, 1),
            closes: date(2090, 3, 1),
        }),
        origin: Origin::Demonstration,
    }
}

/// The delegations, in the declared order.
fn named() -> [(DelegationId, Party, Text); 3] {
    [
        (DELEGATION_A, Party::City(CITY_A), text("榴城", "Гранатовск", "Pomegrad")),
        (DELEGATION_B, Party::City(CITY_B), text("杏城", "Абрикосово", "Apricot")),
        (
            DELEGATION_C,
            Party::Body(BODY_C),
            text("桑园研究所", "Институт шелковицы", "Mulberry Institute"),
        ),
    ]
}

fn delegations(c: &mut Conn) -> Result<()> {
    for (id, party, name) in named() {
        let delegation = Delegation {
            id,
            edition: EDITION,
            party,
            name,
            rank: Rank::Head,
            quota: 6,
            languages: vec![Lang::Ru, Lang::Zh],
            arrival: Some(date(2090, 5, 16).at(15, 0, 0, 0)),
            departure: Some(date(2090, 5, 20).at(9, 0, 0, 0)),
            busy: Vec::new(),
            withdrawn: false,
            origin: Origin::Demonstration,
        };
        store::delegation::insert(c, &delegation)?;
    }
    let leader = Delegate {
        id: LEADER_A,
        delegation: DELEGATION_A,
        name: leader_name(),
        rank: Rank::Head,
        task: Task::Leader,
        email: PERSONAL.to_owned(),
        languages: vec![Lang::Ru],
        stay: Stay::default(),
        purge_on: date(2090, 12, 1),
    };
    store::delegate::insert(c, &leader)
}

fn leader_name() -> PersonName {
    let styled = |name: &str, family: &str, office: &str, salutation: &str| Styled {
        name: name.to_owned(),
        order: NameOrder::FamilyFirst,
        family: family.to_owned(),
        office: office.to_owned(),
        salutation: salutation.to_owned(),
    };
    let ru = styled(
        "Вымыслов Пример Образцович",
        "Вымыслов",
        "глава города",
        "Уважаемый Пример Образцович!",
    );
    let zh = styled("范例明", "范", "市长", "尊敬的范例明市长：");
    PersonName { styled: BTreeMap::from([(Lang::Ru, ru), (Lang::Zh, zh)]) }
}

/// The account of a persona.
pub(crate) const fn person(persona: Persona) -> PersonId {
    PersonId(n(100 + persona as u128))
}

fn people(c: &mut Conn) -> Result<()> {
    for persona in Persona::ALL {
        let grant = match persona {
            Persona::Public => continue,
            Persona::Stranger => None,
            Persona::Secretariat => Some((Role::Secretariat, Scope::Platform)),
            Persona::Host => Some((Role::Host, Scope::Edition(EDITION))),
            Persona::Chair => Some((Role::Chair, Scope::Edition(EDITION))),
            Persona::Officer => Some((Role::LanguageOfficer, Scope::Edition(EDITION))),
            Persona::Interpreter => Some((Role::Interpreter, Scope::Edition(EDITION))),
            Persona::FocalA => Some((Role::FocalPoint, Scope::Delegation(EDITION, DELEGATION_A))),
            Persona::FocalB => Some((Role::FocalPoint, Scope::Delegation(EDITION, DELEGATION_B))),
            Persona::FocalC => Some((Role::FocalPoint, Scope::Delegation(EDITION, DELEGATION_C))),
            Persona::DelegateA => Some((Role::Delegate, Scope::Delegation(EDITION, DELEGATION_A))),
        };
        let id = person(persona);
        let email = format!("{persona:?}@example.org").to_lowercase();
        let account = Account { id, email, name: format!("{persona:?}"), lang: Lang::En };
        store::person::insert(c, &account)?;
        if let Some((role, scope)) = grant {
            let grant = Grant { role, scope, from: Timestamp::UNIX_EPOCH, until: None };
            store::person::grant(c, GrantId(n(200 + persona as u128)), id, &grant)?;
        }
        let until = instant("2100-01-01T00:00:00Z");
        store::person::sign_in(c, &chance::hash(&persona.secret()), id, until)?;
    }
    Ok(())
}

fn convening(c: &mut Conn) -> Result<()> {
    let topic = Topic {
        id: TOPIC,
        edition: EDITION,
        title: text("节水", "Бережём воду", "Saving water"),
        summary: None,
        proposer: Proposer::Delegation(DELEGATION_A),
        state: TopicState::Proposed,
    };
    store::topic::insert(c, &topic)?;
    let invitation = Invitation {
        id: INVITATION,
        edition: EDITION,
        delegation: DELEGATION_C,
        number: 1,
        lang: Lang::Ru,
        addressee: Styled {
            name: "Шелковицын Образец".to_owned(), ..Styled::default()
        },
        email: "institute@example.org".to_owned(),
        quota: 6,
        reply_by: date(2090, 4, 1),
        reminded: None,
        state: InvitationState::Sent { at: instant("2026-01-01T00:00:00Z") },
    };
    store::invitation::insert(c, &invitation)?;
    let until = instant("2100-01-01T00:00:00Z");
    let subjects = [
        (LINK_SECRET, Purpose::Login, person(Persona::FocalA).to_string()),
        (REPLY_SECRET, Purpose::Reply, INVITATION.to_string()),
        (FEED_SECRET, Purpose::Feed, feed::subject(DELEGATION_A, person(Persona::FocalA))),
        (
            ASSIGNMENTS_SECRET,
            Purpose::Assignments,
            feed::subject(INTERPRETER, person(Persona::Interpreter)),
        ),
        (FEED_SECRET_C, Purpose::Feed, feed::subject(DELEGATION_C, person(Persona::FocalC))),
    ];
    for (secret, purpose, subject) in subjects {
        store::token::insert(c, &chance::hash(secret), purpose, &subject, until)?;
    }
    let [zh, ru, en] = CONFIDENTIAL;
    let meeting = Meeting {
        id: MEETING,
        edition: EDITION,
        from: DELEGATION_A,
        to: DELEGATION_B,
        purpose: text(zh, ru, en),
        wish: Wish::Must,
        minutes: 30,
        state: MeetingState::Accepted,
        remark: String::new(),
    };
    store::meeting::insert(c, &meeting)
}

fn programme(c: &mut Conn) -> Result<()> {
    let (venue_name, hall_name) = (
        text("会展中心", "Выставочный центр", "Exhibition centre"),
        text("一号厅", "Зал 1", "Hall 1"),
    );
    let venue =
        Venue { id: VENUE, edition: EDITION, name: venue_name.clone(), travel: BTreeMap::new() };
    store::venue::insert(c, &venue)?;
    let hall = Hall {
        id: HALL,
        edition: EDITION,
        venue: VENUE,
        name: hall_name.clone(),
        kind: HallKind::Hall,
        capacity: 200,
        booths: 2,
        parallel: 1,
        closed: Vec::new(),
    };
    store::hall::insert(c, &hall)?;
    let session = session();
    store::session::insert(c, &session)?;
    let slot = |activity, start| Slot { activity, hall: HALL, start: instant(start), minutes: 30 };
    let slots = vec![
        slot(Activity::Session(SESSION), "2090-05-17T01:00:00Z"),
        slot(Activity::Meeting(MEETING), "2090-05-17T02:00:00Z"),
    ];
    let at = instant("2026-01-02T00:00:00Z");
    let plan = Plan {
        id: PLAN,
        edition: EDITION,
        at,
        slots: slots.clone(),
        unplaced: Vec::new(),
        teams: slots.iter().filter_map(|slot| roster::team(slot.activity)).collect(),
        terms: BTreeMap::new(),
    };
    store::plan::insert(c, &plan)?;
    let [zh, ru, en] = CONFIDENTIAL;
    let lines = [
        (
            Company::Session(session.kind, session.attendance.clone()),
            session.title.clone(),
            session.languages.clone(),
        ),
        (Company::Bilateral([DELEGATION_A, DELEGATION_B]), text(zh, ru, en), vec![Lang::Ru]),
    ];
    let entries = slots.into_iter().zip(lines).map(|(slot, (company, title, languages))| Entry {
        slot,
        company: company.into(),
        title,
        hall: hall_name.clone().into(),
        venue: venue_name.clone().into(),
        languages: languages.into(),
        team: roster::team(slot.activity),
    });
    let entries = entries.collect();
    let listed = |(id, _, name)| Listed { id, name, presence: None };
    let release = Release {
        id: RELEASE,
        edition: EDITION,
        number: 1,
        at,
        note: None,
        delegations: named().into_iter().map(listed).collect(),
        entries,
    };
    store::release::insert(c, &release)
}

pub(crate) fn session() -> Session {
    Session {
        id: SESSION,
        edition: EDITION,
        kind: SessionKind::Opening,
        title: text("开幕式", "Открытие", "Opening"),
        minutes: 30,
        people: 120,
        halls: vec![HALL],
        languages: vec![Lang::Zh, Lang::Ru],
        attendance: Attendance::Everyone,
        days: Vec::new(),
        after: Vec::new(),
        fixed: None,
    }
}

/// The same edition with other secrets. The release gets another identifier, because a process
/// keeps releases by it.
pub(crate) fn change_secrets(c: &mut Conn) -> Result<()> {
    let [zh, ru, en] = CONFIDENTIAL;
    let others = [
        (zh, "另有安排"),
        (ru, "Иной предмет"),
        (en, "another matter"),
        (PERSONAL, "another.address@example.org"),
    ];
    for (old, new) in others {
        for table in ["meeting", "release", "delegate", "instrument"] {
            let change = format!("update {table} set doc = replace(doc, '{old}', '{new}')");
            diesel::sql_query(change).execute(c)?;
        }
    }
    let (old, new) = (RELEASE, ReleaseId(n(19)));
    let moved = format!("update release set id = '{new}', doc = replace(doc, '{old}', '{new}')");
    diesel::sql_query(moved).execute(c)?;
    Ok(())
}

/// Further releases, from number 2, of so many lines each.
pub(crate) fn releases(c: &mut Conn, count: i32, lines: usize) -> Result<()> {
    let first = store::release::need(c, RELEASE)?;
    let line = first.entries.first().expect("a line").clone();
    for number in 2..2 + count {
        let mut release = first.clone();
        release.id = ReleaseId(Uuid::now_v7());
        release.number = number;
        release.entries = (0..lines).map(|at| later(&line, at)).collect();
        store::release::insert(c, &release)?;
    }
    Ok(())
}

/// The same line as another session, some minutes later: a day holds about 130.
fn later(line: &Entry, at: usize) -> Entry {
    let mut line = line.clone();
    let minutes = i64::try_from((at / 130) * 24 * 60 + (at % 130) * 4).unwrap_or_default();
    line.slot.activity = Activity::Session(SessionId(Uuid::now_v7()));
    line.slot.start += SignedDuration::from_mins(minutes);
    for (_, version) in line.title.versions.iter_mut() {
        version.text = format!("{} {at}", version.text);
    }
    line
}

/// Many more of everything that an edition's lists show.
pub(crate) fn grow(c: &mut Conn, count: usize) -> Result<()> {
    let delegation = store::delegation::need(c, DELEGATION_B)?.value;
    let topic = store::topic::need(c, TOPIC)?.value;
    let hall = store::hall::need(c, HALL)?.value;
    for _ in 0..count {
        let city = city(CityId(Uuid::now_v7()), "梨城", "Грушевск", "Peartown");
        store::city::insert(c, &city)?;
        let id = DelegationId(Uuid::now_v7());
        let party = Party::City(city.id);
        store::delegation::insert(c, &Delegation { id, party, ..delegation.clone() })?;
        store::topic::insert(c, &Topic { id: TopicId(Uuid::now_v7()), ..topic.clone() })?;
        store::hall::insert(c, &Hall { id: HallId(Uuid::now_v7()), ..hall.clone() })?;
        let id = SessionId(Uuid::now_v7());
        store::session::insert(c, &Session { id, ..session() })?;
    }
    releases(c, 1, count)
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

/// How many events, mails and jobs there are.
pub(crate) fn traces(c: &mut Conn) -> Result<i64> {
    let mut traces = 0;
    for table in ["event", "mail", "job", "login", "token"] {
        let count = format!("select count(*) as n from {table}");
        traces += diesel::sql_query(count).get_result::<Count>(c)?.n;
    }
    Ok(traces)
}
