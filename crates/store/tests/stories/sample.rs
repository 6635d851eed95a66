//! One value of each noun, all of one small invented edition.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Lang, PersonId, Text, UnitId,
    account::Account,
    amendment::{Amendment, AmendmentState, Operation},
    body::Body,
    city::{City, Offering, Origin, Side, Theme, Tie},
    commitment::{Clause, Commitment},
    declaration::Authority,
    delegation::{Delegate, Delegation, Party, Stay, Task},
    document::{Alignment, Paragraph},
    dossier::{Dossier, DossierKind},
    edition::{Edition, Mode, Series},
    instrument::{self, Ceremony, Instrument, InstrumentKind, PartyKind, Stage, Words},
    interpreter::{Consent, Interpreter, Strength},
    invitation::{Invitation, InvitationState},
    meeting::{Meeting, MeetingState, Wish},
    paper::{Media, Paper, PaperKind},
    person::{PersonName, Styled},
    precedence::{Among, Precedence, Rank},
    procedure::Rules,
    programme::Plan,
    proposal::Proposal,
    session::{Attendance, Session, SessionKind},
    statement::{Grouping, Statement},
    support_group::SupportGroup,
    text_import::TextImport,
    topic::{Proposer, Topic, TopicState},
    unit::{Seal, UnitKind},
    venue::{Hall, HallKind, Venue},
};
use jiff::{Timestamp, civil::date};
use store::{Conn, Result};
use uuid::Uuid;

/// A new identifier.
pub(crate) fn id<T: From<Uuid>>() -> T {
    T::from(Uuid::now_v7())
}

/// Words that any engine must give back as they were: scripts, quotes, an escape, a line break.
pub(crate) fn words() -> Text {
    Text::new(Lang::Zh, "样城“甲”").and(Lang::Ru, "Ёлка 'б'").and(Lang::En, "a \\ \"c\"\nd")
}

/// The edition that everything belongs to.
pub(crate) struct World {
    pub(crate) cities: [City; 2],
    pub(crate) body: Body,
    pub(crate) series: Series,
    pub(crate) edition: Edition,
    pub(crate) delegations: [Delegation; 2],
    pub(crate) venue: Venue,
}

impl World {
    pub(crate) fn new() -> Self {
        let cities = [city(Some(1_792_947)), city(None)];
        let body = Body { id: id(), name: words(), origin: Origin::Demonstration };
        let series = Series { id: id(), name: words() };
        let edition = edition(&series, &cities[0]);
        let delegations = [
            delegation(&edition, Party::City(cities[0].id)),
            delegation(&edition, Party::Body(body.id)),
        ];
        let venue = Venue { id: id(), edition: edition.id, name: words(), travel: BTreeMap::new() };
        Self { cities, body, series, edition, delegations, venue }
    }

    /// Stores all of it.
    pub(crate) fn store(&self, c: &mut Conn) -> Result<()> {
        for city in &self.cities {
            store::city::insert(c, city)?;
        }
        store::body::insert(c, &self.body)?;
        store::series::insert(c, &self.series)?;
        store::edition::insert(c, &self.edition)?;
        for delegation in &self.delegations {
            store::delegation::insert(c, delegation)?;
        }
        store::venue::insert(c, &self.venue)
    }

    pub(crate) fn offering(&self) -> Offering {
        Offering {
            id: id(),
            city: self.cities[0].id,
            side: Side::Need,
            theme: Theme::Water,
            text: words(),
            source: None,
            origin: Origin::Demonstration,
        }
    }

    pub(crate) fn tie(&self) -> Tie {
        Tie {
            id: id(),
            a: self.cities[0].id,
            b: self.cities[1].id,
            kind: None,
            since: "2023".to_owned(),
            note: None,
            source: words(),
        }
    }

    pub(crate) fn delegate(&self) -> Delegate {
        let styled =
            Styled { name: "Вымыслов Пример".to_owned(), ..Styled::default() };
        Delegate {
            id: id(),
            delegation: self.delegations[0].id,
            name: PersonName { styled: BTreeMap::from([(Lang::Ru, styled)]) },
            rank: Rank::Head,
            task: Task::Leader,
            email: "p@example.org".to_owned(),
            languages: vec![Lang::Ru],
            stay: Stay::default(),
            purge_on: date(2090, 12, 1),
        }
    }

    pub(crate) fn interpreter(&self) -> Interpreter {
        let Delegate { name, email, purge_on, .. } = self.delegate();
        Interpreter {
            id: id(),
            edition: self.edition.id,
            name,
            languages: BTreeMap::from([(Lang::Ru, Strength::Native), (Lang::Zh, Strength::Active)]),
            of: None,
            presence: Vec::new(),
            away: Vec::new(),
            email,
            contact: String::new(),
            recording: Consent::Unasked,
            purge_on,
        }
    }

    pub(crate) fn topic(&self) -> Topic {
        Topic {
            id: id(),
            edition: self.edition.id,
            title: words(),
            summary: None,
            proposer: Proposer::Delegation(self.delegations[0].id),
            state: TopicState::Proposed,
        }
    }

    pub(crate) fn invitation(&self) -> Invitation {
        Invitation {
            id: id(),
            edition: self.edition.id,
            delegation: self.delegations[1].id,
            number: 1,
            lang: Lang::Ru,
            addressee: Styled::default(),
            email: String::new(),
            quota: 5,
            reply_by: date(2090, 4, 1),
            reminded: None,
            state: InvitationState::Draft,
        }
    }

    pub(crate) fn meeting(&self) -> Meeting {
        Meeting {
            id: id(),
            edition: self.edition.id,
            from: self.delegations[0].id,
            to: self.delegations[1].id,
            purpose: words(),
            wish: Wish::Must,
            minutes: 30,
            state: MeetingState::Countered { minutes: 20 },
            remark: "=+@ сначала".to_owned(),
        }
    }

    pub(crate) fn hall(&self) -> Hall {
        Hall {
            id: id(),
            edition: self.edition.id,
            venue: self.venue.id,
            name: words(),
            kind: HallKind::Tables,
            capacity: 40,
            booths: 2,
            parallel: 4,
            closed: Vec::new(),
        }
    }

    pub(crate) fn session(&self) -> Session {
        Session {
            id: id(),
            edition: self.edition.id,
            kind: SessionKind::Forum,
            title: words(),
            minutes: 60,
            people: 30,
            halls: Vec::new(),
            languages: vec![Lang::Zh, Lang::Ru],
            attendance: Attendance::Everyone,
            days: vec![date(2090, 5, 17)],
            after: Vec::new(),
            fixed: Some(date(2090, 5, 17).at(9, 0, 0, 0)),
        }
    }

    pub(crate) fn dossier(&self) -> Dossier {
        Dossier {
            id: id(),
            edition: self.edition.id,
            kind: DossierKind::Declaration,
            title: words(),
            symbol: "EX/2090/L.1".to_owned(),
            languages: BTreeMap::from([(Lang::Zh, Authority::Authentic)]),
            rules: Rules::house(),
            parties: BTreeSet::new(),
            officers: BTreeSet::new(),
            settled: None,
            exercise: true,
            opened: Timestamp::UNIX_EPOCH,
            by: id(),
        }
    }

    pub(crate) fn proposal(&self, dossier: &Dossier) -> Proposal {
        let (new, kind, after) = (id(), UnitKind::Operative, None);
        let operation = Operation::Insert { new, kind, after, text: "文".to_owned() };
        let amendment = Amendment {
            id: id(),
            by: self.delegations[0].id,
            lang: Lang::Zh,
            operation,
            base: BTreeMap::new(),
            state: AmendmentState::Tabled,
        };
        Proposal::draft(dossier.id, amendment, "说明".to_owned(), id())
    }

    pub(crate) fn instrument(&self) -> Instrument {
        let party = |at: usize| instrument::Party {
            delegation: Some(self.delegations[at].id),
            city: Some(self.cities[at].id),
            ..instrument::Party::new(PartyKind::City, words(), Lang::Ru)
        };
        Instrument {
            id: id(),
            edition: self.edition.id,
            kind: InstrumentKind::SisterCity,
            title: words(),
            parties: vec![party(0), party(1)],
            languages: vec![Lang::Zh, Lang::Ru],
            words: Words::Filed,
            originals: 2,
            witnesses: Vec::new(),
            flags: false,
            ceremony: Ceremony::default(),
            stage: Stage::Negotiated { seal: Seal::of("words") },
            exercise: true,
            opened: Timestamp::UNIX_EPOCH,
            by: id(),
        }
    }

    pub(crate) fn support_group(&self) -> SupportGroup {
        let members = [self.delegations[0].id].into();
        SupportGroup { id: id(), edition: self.edition.id, name: words(), members }
    }

    pub(crate) fn plan(&self) -> Plan {
        Plan {
            id: id(),
            edition: self.edition.id,
            at: Timestamp::UNIX_EPOCH,
            slots: Vec::new(),
            unplaced: Vec::new(),
            teams: Vec::new(),
            terms: BTreeMap::from([("idle".to_owned(), 3)]),
        }
    }
}

/// A text on its way in, of so many paragraphs.
pub(crate) fn text_import(
    of: &Dossier,
    by: PersonId,
    count: usize,
) -> (TextImport, Vec<Paragraph>) {
    let words = |n: usize| [(Lang::Zh, "第'段\\".to_owned()), (Lang::Ru, format!("Пункт {n}"))];
    let row = |n: usize| words(n).into_iter().take(if n == 1 { 1 } else { 2 }).collect();
    let paragraph = |n| Paragraph { kind: UnitKind::Operative, words: row(n) };
    let import = TextImport {
        id: id(),
        declaration: of.id,
        by,
        at: Timestamp::UNIX_EPOCH,
        langs: vec![Lang::Zh, Lang::Ru],
        paragraphs: count,
        apart: 1,
        alignment: Some(Alignment::Names),
    };
    (import, (1..=count).map(paragraph).collect())
}

pub(crate) fn statement(dossier: &Dossier) -> Statement {
    Statement {
        id: id(),
        declaration: dossier.id,
        unit: None,
        text: words(),
        grouping: Grouping::State,
        groups: Vec::new(),
        by: id(),
        at: Timestamp::UNIX_EPOCH,
        closed: None,
    }
}

pub(crate) fn paper(of: &Instrument) -> Paper {
    Paper {
        id: id(),
        instrument: of.id,
        kind: PaperKind::Scan,
        scheme: None,
        lang: None,
        note: String::new(),
        media: Media::Pdf,
        size: 5,
        seal: Seal::of("%PDF-"),
        at: Timestamp::UNIX_EPOCH,
        by: id(),
    }
}

pub(crate) fn commitment(of: &Dossier) -> Commitment {
    let unit: UnitId = id();
    Commitment {
        id: id(),
        edition: of.edition,
        clause: Clause {
            dossier: of.id,
            unit,
            lang: Lang::Zh,
            seal: Seal::of("words"),
            words: "各方应每年报告。".to_owned(),
        },
        strength: domain::undertaking::Strength::Binding,
        owners: of.parties.iter().copied().collect(),
        what: words(),
        measure: None,
        due: Some(date(2091, 1, 1)),
        claims: BTreeMap::new(),
        assessment: None,
        by: id(),
        at: Timestamp::UNIX_EPOCH,
    }
}

pub(crate) fn account() -> Account {
    let id: PersonId = id();
    Account { id, email: format!("{id}@example.org"), name: "范例".to_owned(), lang: Lang::Zh }
}

pub(crate) fn city(geonames: Option<i64>) -> City {
    City {
        id: id(),
        geonames,
        iso2: geonames.map(|_| "CN".to_owned()),
        name: words(),
        local: Some(("zh-Hans".to_owned(), "样城".to_owned())),
        position: Some([39.14222, 117.17667]),
        population: Some(11_090_314),
        zone: "Asia/Shanghai".to_owned(),
        traits: Vec::new(),
        origin: Origin::Fact,
    }
}

fn edition(series: &Series, host: &City) -> Edition {
    Edition {
        id: id(),
        series: series.id,
        title: words(),
        host: host.id,
        mode: Mode::InPerson,
        zone: "Asia/Shanghai".to_owned(),
        first_day: date(2090, 5, 17),
        last_day: date(2090, 5, 19),
        initiators: vec![words()],
        languages: vec![Lang::Zh, Lang::Ru],
        precedence: Precedence { among: Among::Lots { drawn: Vec::new() }, overrides: Vec::new() },
        call: None,
        origin: Origin::Demonstration,
    }
}

fn delegation(edition: &Edition, party: Party) -> Delegation {
    Delegation {
        id: id(),
        edition: edition.id,
        party,
        name: words(),
        rank: Rank::Head,
        quota: 6,
        languages: vec![Lang::Ru],
        arrival: Some(date(2090, 5, 16).at(15, 0, 0, 0)),
        departure: None,
        busy: Vec::new(),
        withdrawn: false,
        origin: Origin::Demonstration,
    }
}
