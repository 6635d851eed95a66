//! What happens to an instrument, and in which order: cleared by every party's authority, then its words
//! are final, then every party signs them, then it is in force until it ends.

use jiff::civil::Date;

use crate::{
    Refusal,
    instrument::{Clearance, Confirmation, Consent, Instrument, Party, Signature, Stage},
    unit::Seal,
};

/// What happens; parties are named by their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A party's authority has cleared it.
    Cleared(usize, Clearance),
    /// A clearance is taken back.
    Uncleared(usize),
    /// The words are final.
    Settled(Seal),
    /// The words are opened again; nobody has signed them. What was agreed about them is void.
    Reopened,
    /// A party has signed by pen.
    Signed(usize, Signature),
    /// It enters into force.
    Entered {
        /// From which day.
        since: Date,
        /// Until before which day.
        until: Option<Date>,
    },
    /// It is renewed.
    Renewed {
        /// Until before which day; nothing for no end.
        until: Option<Date>,
    },
    /// It is ended.
    Terminated {
        /// The first day on which it no longer counts.
        on: Date,
        /// As the parties put it.
        reason: String,
    },
    /// A party's contact confirms the words.
    Confirmed(usize, Confirmation),
    /// A party agrees that it is public.
    Consented(usize, Consent),
    /// A party takes that back, while not all have agreed.
    Withdrew(usize),
}

/// Whatever needs a later stage than the present one.
fn early(stage: &Stage) -> Refusal {
    match stage {
        Stage::Draft => Refusal::new("instrument-not-cleared"),
        Stage::Cleared => Refusal::new("instrument-not-negotiated"),
        Stage::Negotiated { .. } => Refusal::new("instrument-not-signed"),
        _ => Refusal::new("instrument-not-in-force"),
    }
}

/// Whatever could only be done at an earlier stage.
fn late(stage: &Stage) -> Refusal {
    match stage {
        Stage::Draft | Stage::Cleared | Stage::Negotiated { .. } => {
            Refusal::new("instrument-settled")
        }
        Stage::Signed { .. } => Refusal::new("instrument-signed"),
        Stage::InForce { .. } => Refusal::new("instrument-in-force"),
        Stage::Terminated { .. } => Refusal::new("instrument-ended"),
    }
}

fn after(first: Date, second: Option<Date>) -> Result<(), Refusal> {
    match second {
        Some(second) if second <= first => Err(Refusal::new("ends-before-start")),
        _ => Ok(()),
    }
}

fn come(day: Date, today: Date) -> Result<(), Refusal> {
    if day > today { Err(Refusal::new("instrument-day-ahead")) } else { Ok(()) }
}

impl Instrument {
    fn party(&mut self, at: usize) -> Result<&mut Party, Refusal> {
        self.parties.get_mut(at).ok_or_else(|| Refusal::new("instrument-party"))
    }

    fn all(&self, done: fn(&Party) -> bool) -> bool {
        self.parties.iter().all(done)
    }

    /// Takes a step on a day, or refuses it and changes nothing.
    pub fn act(&mut self, step: Step, today: Date) -> Result<(), Refusal> {
        match step {
            Step::Cleared(..) | Step::Uncleared(_) | Step::Settled(_) | Step::Reopened => {
                self.prepare(step, today)
            }
            Step::Signed(at, signature) => self.sign(at, signature, today),
            Step::Entered { .. } | Step::Renewed { .. } | Step::Terminated { .. } => self.run(step),
            Step::Confirmed(..) | Step::Consented(..) | Step::Withdrew(_) => self.say(step),
        }
    }

    /// Up to the final words.
    fn prepare(&mut self, step: Step, today: Date) -> Result<(), Refusal> {
        match (step, &self.stage) {
            (Step::Cleared(at, clearance), Stage::Draft | Stage::Cleared) => {
                self.ready()?;
                come(clearance.on, today)?;
                self.party(at)?.clearance = Some(clearance);
                if self.all(|party| party.clearance.is_some()) {
                    self.stage = Stage::Cleared;
                }
            }
            (Step::Uncleared(at), Stage::Draft | Stage::Cleared) => {
                self.party(at)?.clearance = None;
                self.stage = Stage::Draft;
            }
            (Step::Settled(seal), Stage::Cleared) => {
                self.ready()?;
                self.stage = Stage::Negotiated { seal };
            }
            (Step::Reopened, Stage::Negotiated { .. }) => {
                if !self.all(|party| party.signature.is_none()) {
                    return Err(Refusal::new("instrument-signatures-stand"));
                }
                self.unread()?;
                for party in &mut self.parties {
                    (party.consent, party.confirmation) = (None, None);
                }
                self.stage = Stage::Cleared;
            }
            (Step::Settled(_), Stage::Draft) | (Step::Reopened, Stage::Draft | Stage::Cleared) => {
                return Err(early(&self.stage));
            }
            _ => return Err(late(&self.stage)),
        }
        Ok(())
    }

    /// What everybody has read cannot be made unread: neither a consent nor the words are taken back.
    fn unread(&self) -> Result<(), Refusal> {
        if self.is_public() { Err(Refusal::new("instrument-public")) } else { Ok(()) }
    }

    fn sign(&mut self, at: usize, signature: Signature, today: Date) -> Result<(), Refusal> {
        let seal = match &self.stage {
            Stage::Draft | Stage::Cleared => return Err(early(&self.stage)),
            Stage::Negotiated { seal } => seal.clone(),
            _ => return Err(late(&self.stage)),
        };
        come(signature.on, today)?;
        if signature.signer.shown(crate::Lang::En).is_none() {
            return Err(Refusal::new("missing"));
        }
        self.party(at)?.signature = Some(signature);
        let days: Option<Vec<Date>> =
            self.parties.iter().map(|party| party.signature.as_ref().map(|s| s.on)).collect();
        if let Some(on) = days.and_then(|days| days.into_iter().max()) {
            self.stage = Stage::Signed { seal, on };
        }
        Ok(())
    }

    /// From the signature on.
    fn run(&mut self, step: Step) -> Result<(), Refusal> {
        self.stage = match (step, &self.stage) {
            (_, Stage::Draft | Stage::Cleared | Stage::Negotiated { .. }) => {
                return Err(early(&self.stage));
            }
            (_, Stage::Terminated { .. }) | (Step::Entered { .. }, Stage::InForce { .. }) => {
                return Err(late(&self.stage));
            }
            (Step::Entered { since, until }, Stage::Signed { seal, on }) => {
                if since < *on {
                    return Err(Refusal::new("instrument-before-signature"));
                }
                after(since, until)?;
                let (seal, signed) = (seal.clone(), *on);
                Stage::InForce { seal, signed, since, until, renewals: 0 }
            }
            (
                Step::Renewed { until: next },
                Stage::InForce { seal, signed, since, until, renewals },
            ) => {
                match until {
                    None => return Err(Refusal::new("instrument-no-end")),
                    Some(until) => after(*until, next)?,
                }
                let (seal, renewals) = (seal.clone(), renewals.saturating_add(1));
                Stage::InForce { seal, signed: *signed, since: *since, until: next, renewals }
            }
            (
                Step::Terminated { on, reason },
                Stage::InForce { seal, signed, .. } | Stage::Signed { seal, on: signed },
            ) => ended(seal, *signed, on, reason)?,
            _ => return Err(early(&self.stage)),
        };
        Ok(())
    }

    /// What parties say about the words.
    fn say(&mut self, step: Step) -> Result<(), Refusal> {
        let Some(seal) = self.stage.seal().cloned() else {
            return Err(Refusal::new("instrument-not-negotiated"));
        };
        match step {
            Step::Confirmed(at, confirmation) => {
                if confirmation.seal != seal {
                    return Err(Refusal::new("instrument-moved"));
                }
                self.party(at)?.confirmation = Some(confirmation);
            }
            Step::Consented(at, consent) => self.party(at)?.consent = Some(consent),
            Step::Withdrew(at) => {
                self.unread()?;
                self.party(at)?.consent = None;
            }
            _ => return Err(late(&self.stage)),
        }
        Ok(())
    }
}

fn ended(seal: &Seal, signed: Date, on: Date, reason: String) -> Result<Stage, Refusal> {
    if on < signed {
        return Err(Refusal::new("instrument-before-signature"));
    }
    if reason.is_empty() {
        return Err(Refusal::new("reason-missing"));
    }
    Ok(Stage::Terminated { seal: seal.clone(), signed, on, reason })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        CityId, DelegationId, EditionId, InstrumentId, Lang, PersonId, Text,
        instrument::{Ceremony, InstrumentKind, PartyKind, Standing, Words},
        person::{PersonName, Styled},
    };
    use jiff::{Timestamp, civil::date};
    use proptest::prelude::*;
    use uuid::Uuid;

    const TODAY: Date = date(2027, 5, 20);
    const BY: PersonId = PersonId(Uuid::nil());

    fn instrument(parties: usize) -> Instrument {
        let party = |n: usize| Party {
            city: Some(CityId(Uuid::from_u128(n as u128))),
            delegation: Some(DelegationId(Uuid::from_u128(n as u128))),
            ..Party::new(PartyKind::City, Text::new(Lang::Ru, format!("Город {n}")), Lang::Ru)
        };
        Instrument {
            id: InstrumentId(Uuid::nil()),
            edition: EditionId(Uuid::nil()),
            kind: InstrumentKind::FriendlyExchange,
            title: Text::new(Lang::Ru, "Соглашение"),
            parties: (0..parties).map(party).collect(),
            languages: vec![Lang::Ru],
            words: Words::Filed,
            originals: 4,
            witnesses: Vec::new(),
            flags: false,
            ceremony: Ceremony::default(),
            stage: Stage::Draft,
            exercise: true,
            opened: Timestamp::UNIX_EPOCH,
            by: BY,
        }
    }

    fn signer() -> PersonName {
        let styled =
            Styled { name: "Вымыслов Пример".to_owned(), ..Styled::default() };
        PersonName { styled: BTreeMap::from([(Lang::Ru, styled)]) }
    }

    fn step(what: usize, party: usize, day: i8, other: bool) -> Step {
        let on = date(2027, 5, day);
        let seal = Seal::of(if other { "other words" } else { "words" });
        let reference = String::new();
        match what {
            0 => {
                let authority = Text::new(Lang::Ru, "Ведомство");
                Step::Cleared(party, Clearance { authority, on, reference, by: BY })
            }
            1 => Step::Uncleared(party),
            2 => Step::Settled(seal),
            3 => Step::Reopened,
            4 => Step::Signed(party, Signature { on, signer: signer(), by: BY }),
            5 => Step::Entered { since: on, until: other.then(|| date(2030, 1, 1)) },
            6 => Step::Renewed { until: Some(date(2033, 1, 1)) },
            7 => {
                Step::Terminated { on, reason: "По соглашению сторон".to_owned() }
            }
            8 => Step::Confirmed(party, Confirmation { seal, at: Timestamp::UNIX_EPOCH, by: BY }),
            9 => Step::Consented(party, Consent { at: Timestamp::UNIX_EPOCH, by: BY, reference }),
            _ => Step::Withdrew(party),
        }
    }

    /// What must hold after any history.
    fn holds(instrument: &Instrument) {
        let all = |done: fn(&Party) -> bool| instrument.parties.iter().all(done);
        let any = |done: fn(&Party) -> bool| instrument.parties.iter().any(done);
        let draft = instrument.stage == Stage::Draft;
        assert_eq!(draft, !all(|p| p.clearance.is_some()), "cleared by all is past the draft");
        let seal = instrument.stage.seal();
        if seal.is_none() {
            assert!(!any(|p| p.signature.is_some()), "nobody signs before the words are final");
            assert!(!any(|p| p.consent.is_some() || p.confirmation.is_some()));
            assert!(!instrument.is_public());
        }
        assert_eq!(instrument.stage.signed().is_some(), all(|p| p.signature.is_some()));
        assert_eq!(instrument.is_public(), seal.is_some() && all(|p| p.consent.is_some()));
        let confirmed = instrument.parties.iter().filter_map(|p| p.confirmation.as_ref());
        assert!(confirmed.map(|c| &c.seal).all(|sealed| Some(sealed) == seal));
        assert!(instrument.tie(TODAY).is_none_or(|tie| instrument.is_public() && tie.a != tie.b));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Whatever is tried in whatever order: nothing is signed that was not cleared by all, nothing
        /// is public without all, and what is refused changes nothing.
        #[test]
        fn no_order_of_steps_signs_or_shows_what_was_not_agreed(
            parties in 2..4_usize,
            steps in prop::collection::vec((0..11_usize, 0..5_usize, 1..28_i8, any::<bool>()), 0..60),
        ) {
            let mut instrument = instrument(parties);
            for (what, party, day, other) in steps {
                let before = instrument.clone();
                if instrument.act(step(what, party, day, other), TODAY).is_err() {
                    prop_assert_eq!(&instrument, &before);
                }
                let hidden = before.is_public() && !instrument.is_public();
                prop_assert!(!hidden, "what was public stays so");
                holds(&instrument);
            }
        }
    }

    fn through(steps: &[(usize, usize, i8)]) -> Instrument {
        let mut instrument = instrument(2);
        for (what, party, day) in steps {
            instrument.act(step(*what, *party, *day, false), TODAY).unwrap();
        }
        instrument
    }

    const SIGNED: [(usize, usize, i8); 5] =
        [(0, 0, 1), (0, 1, 2), (2, 0, 3), (4, 0, 18), (4, 1, 19)];

    #[test]
    fn from_draft_to_its_end() {
        let mut instrument = through(&SIGNED);
        assert_eq!(instrument.standing(TODAY), Standing::Signed);
        instrument.act(step(5, 0, 19, true), TODAY).unwrap();
        assert_eq!(instrument.standing(TODAY), Standing::InForce);
        assert_eq!(instrument.standing(date(2030, 1, 1)), Standing::Expired);
        assert_eq!(instrument.tie(TODAY), None, "not public yet");
        for party in 0..2 {
            instrument.act(step(9, party, 1, false), TODAY).unwrap();
        }
        assert!(instrument.tie(TODAY).is_some());
        instrument.act(step(6, 0, 1, false), TODAY).unwrap();
        assert_eq!(instrument.standing(date(2030, 1, 1)), Standing::Renewed);
        instrument.act(step(7, 0, 20, false), TODAY).unwrap();
        assert_eq!(instrument.standing(TODAY), Standing::Terminated);
        assert_eq!(instrument.tie(TODAY), None);
    }

    #[test]
    fn each_no_has_its_own_reason() {
        let code = |instrument: &Instrument, what, party, day, other| {
            instrument.clone().act(step(what, party, day, other), TODAY).unwrap_err().code
        };
        let draft = through(&[(0, 0, 1)]);
        assert_eq!(code(&draft, 2, 0, 1, false), "instrument-not-cleared");
        assert_eq!(code(&draft, 4, 0, 1, false), "instrument-not-cleared");
        assert_eq!(code(&draft, 9, 0, 1, false), "instrument-not-negotiated");
        assert_eq!(code(&draft, 0, 7, 1, false), "instrument-party");
        assert_eq!(code(&draft, 0, 1, 27, false), "instrument-day-ahead");
        let half = through(&SIGNED[..4]);
        assert_eq!(code(&half, 3, 0, 1, false), "instrument-signatures-stand");
        assert_eq!(code(&half, 5, 0, 1, false), "instrument-not-signed");
        assert_eq!(code(&half, 1, 0, 1, false), "instrument-settled");
        assert_eq!(code(&half, 8, 0, 1, true), "instrument-moved");
        let public = through(&[&SIGNED[..3], &[(9, 0, 3), (9, 1, 3)]].concat());
        assert_eq!(code(&public, 10, 0, 1, false), "instrument-public");
        assert_eq!(code(&public, 3, 0, 1, false), "instrument-public");
        let signed = through(&SIGNED);
        assert_eq!(code(&signed, 4, 0, 1, false), "instrument-signed");
        assert_eq!(code(&signed, 5, 0, 18, false), "instrument-before-signature");
        assert_eq!(code(&signed, 6, 0, 18, false), "instrument-not-in-force");
    }
}
