//! The fixture's instrument: a sister-city agreement of A and B whose words are final and which nobody
//! has signed. That it exists is a secret of the two, as their meeting is.

use std::collections::BTreeMap;

use domain::{
    CityId, CommitmentId, DelegationId, InstrumentId, Lang, PaperId,
    commitment::{Clause, Commitment},
    instrument::{Ceremony, Clearance, Instrument, InstrumentKind, Party, PartyKind, Stage, Words},
    paper::{self, Media, Paper, PaperKind},
    undertaking::Strength,
    unit::{Seal, Unit, UnitKind},
};
use jiff::{Timestamp, civil::date};
use store::{Conn, Result};

use super::{
    Persona,
    declaration::{DECLARATION, UNIT},
    fixture::{CITY_A, CITY_B, CONFIDENTIAL, DELEGATION_A, DELEGATION_B, EDITION, n, person, text},
};

/// Between A and B.
pub(crate) const INSTRUMENT: InstrumentId = InstrumentId(n(4060));
/// Of A, from a paragraph of the declaration.
pub(crate) const COMMITMENT: CommitmentId = CommitmentId(n(4063));
/// Its words in Chinese.
pub(crate) const PAPER: PaperId = PaperId(n(4061));
const PAPER_RU: PaperId = PaperId(n(4062));

/// What the filed documents hold.
pub(crate) const FILED: &[u8] = b"%PDF-1.7 an exercise";

fn at() -> Timestamp {
    "2026-01-03T00:00:00Z".parse().expect("an instant")
}

fn party(id: DelegationId, city: CityId, [zh, ru, en]: [&str; 3]) -> Party {
    let clearance = Clearance {
        authority: text("示例外办", "Ведомство примера", "Example authority"),
        on: date(2026, 1, 2),
        reference: "EX-1".to_owned(),
        by: person(Persona::Secretariat),
    };
    Party {
        delegation: Some(id),
        city: Some(city),
        clearance: Some(clearance),
        ..Party::new(PartyKind::City, text(zh, ru, en), Lang::Ru)
    }
}

fn filed(id: PaperId, lang: Lang) -> Paper {
    Paper {
        id,
        instrument: INSTRUMENT,
        kind: PaperKind::Text,
        scheme: None,
        lang: Some(lang),
        note: String::new(),
        media: Media::Pdf,
        size: FILED.len() as u64,
        seal: Seal::of_bytes(FILED),
        at: at(),
        by: person(Persona::Secretariat),
    }
}

pub(super) fn fill(c: &mut Conn) -> Result<()> {
    let [zh, ru, en] = CONFIDENTIAL;
    let papers = [filed(PAPER, Lang::Zh), filed(PAPER_RU, Lang::Ru)];
    let mut instrument = Instrument {
        id: INSTRUMENT,
        edition: EDITION,
        kind: InstrumentKind::SisterCity,
        title: text(zh, ru, en),
        parties: vec![
            party(DELEGATION_A, CITY_A, ["榴城", "Гранатовск", "Pomegrad"]),
            party(DELEGATION_B, CITY_B, ["杏城", "Абрикосово", "Apricot"]),
        ],
        languages: vec![Lang::Zh, Lang::Ru],
        words: Words::Filed,
        originals: 2,
        witnesses: Vec::new(),
        flags: false,
        ceremony: Ceremony::default(),
        stage: Stage::Cleared,
        exercise: true,
        opened: at(),
        by: person(Persona::Secretariat),
    };
    let words = paper::words(&papers, &instrument.languages).expect("both languages");
    instrument.stage = Stage::Negotiated { seal: instrument.seal_of(&words) };
    store::instrument::insert(c, &instrument)?;
    for paper in papers {
        store::paper::insert(c, &paper)?;
        store::paper::fill(c, paper.id, FILED)?;
    }
    store::commitment::insert(c, &commitment())
}

fn commitment() -> Commitment {
    let words = "各城市决定设立市长理事会，每年举行1次会议。";
    Commitment {
        id: COMMITMENT,
        edition: EDITION,
        clause: Clause {
            dossier: DECLARATION,
            unit: UNIT,
            lang: Lang::Zh,
            seal: Unit::new(UNIT, UnitKind::Operative).seal_of(Lang::Zh, words),
            words: words.to_owned(),
        },
        strength: Strength::Binding,
        owners: vec![DELEGATION_A],
        what: text("设立市长理事会", "Учредить совет мэров", "Establish a council of mayors"),
        measure: None,
        due: Some(date(2091, 1, 1)),
        claims: BTreeMap::new(),
        assessment: None,
        by: person(Persona::Secretariat),
        at: at(),
    }
}
