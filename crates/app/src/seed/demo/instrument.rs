//! Instruments of the exercise, between invented cities alone: one in force and public, with what it
//! obliges its parties to do; one ready to be signed; one that waits for a clearance.

use std::collections::BTreeMap;

use domain::{
    DelegationId, Lang, PersonId, Text,
    commitment::{Claim, Clause, Commitment, Progress},
    delegation::{self, Task},
    dossier::Dossier,
    instrument::{
        Ceremony, Clearance, Consent, Instrument, InstrumentKind, Party, PartyKind, Signature,
        Stage, Step, Words,
    },
    person::PersonName,
    session::SessionKind,
    undertaking,
    unit::UnitKind,
};
use jiff::{Span, civil::Date};
use store::{Conn, Result};

use super::{Written, found};
use crate::{chance, reading::Readings, template, web::convene::delegation::ordered};

/// What the exercise says of an instrument.
struct Sketch {
    kind: InstrumentKind,
    title: [&'static str; 3],
    parties: &'static [&'static str],
    turn: u32,
}

const SKETCHES: [Sketch; 3] = [
    Sketch {
        kind: InstrumentKind::SisterCity,
        title: [
            "【演示】建立友好城市关系协议书",
            "[учебный пример] Соглашение об установлении побратимских связей",
            "[exercise] Agreement on the Establishment of Sister-City Relations",
        ],
        parties: &["xugou-harbour", "primerovsk"],
        turn: 0,
    },
    Sketch {
        kind: InstrumentKind::FriendlyExchange,
        title: [
            "【演示】建立友好交流关系协议书",
            "[учебный пример] Соглашение об установлении отношений дружественного обмена",
            "[exercise] Agreement on the Establishment of Friendly-Exchange Relations",
        ],
        parties: &["vymyslograd", "namunaobod"],
        turn: 1,
    },
    Sketch {
        kind: InstrumentKind::LetterOfIntent,
        title: [
            "【演示】城市运营数据合作意向书",
            "[учебный пример] Письмо о намерениях: данные городских служб",
            "[exercise] Letter of Intent on the data of city services",
        ],
        parties: &["mysalkala", "jisheekhot", "operators-association"],
        turn: 2,
    },
];

fn text([zh, ru, en]: [&str; 3]) -> Text {
    Text::new(Lang::Zh, zh).and(Lang::Ru, ru).and(Lang::En, en)
}

/// Writes the three, each as far as it has come.
pub(super) fn instruments(c: &mut Conn, written: &Written<'_>) -> Result<()> {
    let by = store::person::all(c)?.first().map_or_else(chance::id, |person| person.value.id);
    let [force, ready, waiting] = SKETCHES;
    let mut first = opened(c, written, &force, by)?;
    clear(&mut first, written, by, usize::MAX)?;
    sign(c, &mut first, written, by)?;
    store::instrument::insert(c, &first)?;
    store::instrument::hold_text(c, &first)?;
    commitments(c, &first, written, by)?;
    let mut second = opened(c, written, &ready, by)?;
    clear(&mut second, written, by, usize::MAX)?;
    settle(c, &mut second, written)?;
    store::instrument::insert(c, &second)?;
    store::instrument::hold_text(c, &second)?;
    let mut third = opened(c, written, &waiting, by)?;
    clear(&mut third, written, by, 2)?;
    store::instrument::insert(c, &third)?;
    entrust(c, &third, written)
}

/// A language officer is appointed for the text that is still written.
fn entrust(c: &mut Conn, one: &Instrument, written: &Written<'_>) -> Result<()> {
    let Words::Dossier(id) = one.words else { return Ok(()) };
    let found = store::dossier::need(c, id)?;
    let officers = written.people.get("officer-ru").copied().into_iter().collect();
    let dossier = Dossier { officers, ..found.value };
    store::dossier::save(c, &dossier, found.version).map(|_| ())
}

fn today(written: &Written<'_>) -> Date {
    written.edition.day_of(written.now)
}

fn party(written: &Written<'_>, key: &str) -> Result<Party> {
    let delegation = found(&written.delegations, key)?;
    let (kind, city) = match delegation.party {
        delegation::Party::City(city) => (PartyKind::City, Some(city)),
        delegation::Party::Body(_) => (PartyKind::Chamber, None),
    };
    let spoken = [Lang::Zh, Lang::Ru].into_iter().find(|lang| delegation.languages.contains(lang));
    let name = delegation.name.clone();
    let party = Party::new(kind, name, spoken.unwrap_or(Lang::Ru));
    Ok(Party { delegation: Some(delegation.id), city, ..party })
}

/// The people of a delegation, its leader first.
fn people(c: &mut Conn, id: DelegationId) -> Result<Vec<PersonName>> {
    let people = store::delegate::of_delegation(c, id)?;
    let mut people: Vec<_> = people.into_iter().map(|person| person.value).collect();
    people.sort_by_key(|person| person.task != Task::Leader);
    Ok(people.into_iter().map(|person| person.name).collect())
}

/// An instrument with its text, written from the template.
fn opened(
    c: &mut Conn,
    written: &Written<'_>,
    sketch: &Sketch,
    by: PersonId,
) -> Result<Instrument> {
    let parties: Result<Vec<Party>> =
        sketch.parties.iter().map(|key| party(written, key)).collect();
    let sessions = store::session::of_edition(c, written.edition.id)?;
    let signing = sessions.iter().find(|s| s.value.kind == SessionKind::Signing);
    let witnesses = people(c, written.delegation("example-institute")?)?;
    let place = text(["演示大厅", "Учебный зал", "Exercise hall"]);
    let (parties, id) = (parties?, chance::id());
    let mut one = Instrument {
        id,
        edition: written.edition.id,
        kind: sketch.kind,
        title: text(sketch.title),
        originals: u32::try_from(parties.len()).unwrap_or(2),
        parties,
        languages: vec![Lang::Zh, Lang::Ru, Lang::En],
        words: Words::None,
        witnesses: witnesses.into_iter().take(2).collect(),
        flags: false,
        ceremony: Ceremony {
            place: Some(place),
            at: None,
            session: signing.map(|session| session.value.id).filter(|_| sketch.turn > 0),
            turn: sketch.turn,
        },
        stage: Stage::Draft,
        exercise: true,
        opened: written.now,
        by,
    };
    let dossier = template::dossier(&one, written.edition.first_day.year(), written.now, by)?;
    let order: Vec<DelegationId> =
        ordered(c, &written.edition)?.into_iter().map(|delegation| delegation.id).collect();
    let declared = one.declared(&order);
    let events = template::fill(sketch.kind, &one, &declared, &dossier)?;
    store::dossier::insert(c, &dossier)?;
    Readings::default().act(c, &dossier, None, &events)?;
    one.words = Words::Dossier(dossier.id);
    Ok(one)
}

fn clear(one: &mut Instrument, written: &Written<'_>, by: PersonId, most: usize) -> Result<()> {
    let on = today(written).saturating_sub(Span::new().days(20));
    for at in (0..one.parties.len()).take(most) {
        let authority = text(["演示外事办公室", "Учебное ведомство", "Exercise authority"]);
        let reference = format!("EX-{}", at + 1);
        one.act(Step::Cleared(at, Clearance { authority, on, reference, by }), today(written))?;
    }
    Ok(())
}

fn settle(c: &mut Conn, one: &mut Instrument, written: &Written<'_>) -> Result<()> {
    let Words::Dossier(id) = one.words else { return Ok(()) };
    let dossier = store::dossier::need(c, id)?.value;
    let reading = Readings::default().read(c, &dossier)?;
    let words = one.complete(&reading.negotiation.text)?;
    Ok(one.act(Step::Settled(one.seal_of(&words)), today(written))?)
}

/// Signed by those who lead, in force, and public by the word of all.
fn sign(c: &mut Conn, one: &mut Instrument, written: &Written<'_>, by: PersonId) -> Result<()> {
    settle(c, one, written)?;
    let on = today(written).saturating_sub(Span::new().days(10));
    for at in 0..one.parties.len() {
        let Some(delegation) = one.parties[at].delegation else { continue };
        let signer = people(c, delegation)?.into_iter().next().unwrap_or_default();
        one.act(Step::Signed(at, Signature { on, signer, by }), today(written))?;
        let reference = String::new();
        one.act(Step::Consented(at, Consent { at: written.now, by, reference }), today(written))?;
    }
    Ok(one.act(Step::Entered { since: on, until: None }, today(written))?)
}

/// What the agreement obliges its parties to do, from its first two binding paragraphs.
fn commitments(c: &mut Conn, one: &Instrument, written: &Written<'_>, by: PersonId) -> Result<()> {
    let Words::Dossier(id) = one.words else { return Ok(()) };
    let dossier = store::dossier::need(c, id)?.value;
    let reading = Readings::default().read(c, &dossier)?;
    let units = reading.negotiation.text.units.iter().filter(|u| u.kind == UnitKind::Operative);
    let binding = units.filter_map(|unit| {
        let (strength, _) = undertaking::strength(unit.text(Lang::Zh), Lang::Zh)?;
        Some((unit, strength))
    });
    let owners: Vec<DelegationId> = one.parties.iter().filter_map(|p| p.delegation).collect();
    for (n, (unit, strength)) in binding.take(3).enumerate() {
        let days = [20, 300, 400][n];
        let mut commitment = Commitment {
            id: chance::id(),
            edition: one.edition,
            clause: Clause {
                dossier: id,
                unit: unit.id,
                lang: Lang::Zh,
                seal: unit.seal(Lang::Zh),
                words: unit.text(Lang::Zh).to_owned(),
            },
            strength,
            owners: owners.clone(),
            what: text([unit.text(Lang::Zh), unit.text(Lang::Ru), unit.text(Lang::En)]),
            measure: None,
            due: Some(today(written).saturating_add(Span::new().days(days))),
            claims: BTreeMap::new(),
            assessment: None,
            by,
            at: written.now,
        };
        if let (0, Some(owner)) = (n, owners.first()) {
            let note = text([
                "【演示】已互派联络人。",
                "[учебный пример] Стороны обменялись контактными лицами.",
                "[exercise] Both sides have named their contacts.",
            ]);
            let (progress, evidence) = (Progress::InProgress, "EX-7".to_owned());
            commitment.claim(*owner, Claim { progress, note, evidence, at: written.now, by })?;
        }
        store::commitment::insert(c, &commitment)?;
    }
    Ok(())
}
