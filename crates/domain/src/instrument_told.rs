//! What the parties of an instrument are told: what is asked of each as it stands, and that everybody may
//! read it from now on. News is what a party is told now and was not told before.

use std::collections::BTreeSet;

use crate::{
    coded,
    instrument::{Instrument, Stage, Words},
};

coded! {
    /// One thing that a party is told.
    pub enum Told {
        /// Its authority is asked to clear it.
        Clear = "clear",
        /// All are cleared, and the words are open: it is asked to read them.
        Read = "read",
        /// The words are final: it is asked to sign.
        Sign = "sign",
        /// All have signed: its contact is asked to confirm the words.
        Confirm = "confirm",
        /// All have signed: it is asked whether everybody may read it.
        Publish = "publish",
        /// All have agreed to that, and it cannot be taken back.
        Public = "public",
    }
}

impl Instrument {
    /// What a party is told as the instrument stands, besides what it has given already.
    pub fn tells(&self, at: usize) -> BTreeSet<Told> {
        let Some(party) = self.parties.get(at) else { return BTreeSet::new() };
        let signed = matches!(self.stage, Stage::Signed { .. } | Stage::InForce { .. });
        let prepared = self.words != Words::None && self.parties.len() > 1;
        let all = [
            (Told::Clear, self.stage == Stage::Draft && prepared && party.clearance.is_none()),
            (Told::Read, self.stage == Stage::Cleared),
            (
                Told::Sign,
                matches!(self.stage, Stage::Negotiated { .. }) && party.signature.is_none(),
            ),
            (Told::Confirm, signed && party.delegation.is_some() && party.confirmation.is_none()),
            (Told::Publish, signed && party.consent.is_none()),
            (Told::Public, self.is_public()),
        ];
        all.into_iter().filter(|(_, holds)| *holds).map(|(told, _)| told).collect()
    }

    /// What is new for each party since an earlier state, by its place.
    pub fn news(&self, before: &Instrument) -> Vec<(usize, Vec<Told>)> {
        let new = |at: usize| {
            let was = before.parties.iter().position(|party| party.same(&self.parties[at]));
            let known = was.map(|was| before.tells(was)).unwrap_or_default();
            (at, self.tells(at).difference(&known).copied().collect::<Vec<_>>())
        };
        (0..self.parties.len()).map(new).filter(|(_, told)| !told.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::tests::two;
    use crate::{
        Lang, PersonId, Text,
        instrument::{Clearance, Consent, Signature, Step},
        person::{PersonName, Styled},
        unit::Seal,
    };
    use jiff::{Timestamp, civil::date};
    use uuid::Uuid;

    /// What a step tells: `party told` in a row.
    fn after(one: &mut Instrument, step: Step) -> String {
        let before = one.clone();
        one.act(step, date(2027, 5, 20)).expect("a step that is due");
        let said = |(at, told): &(usize, Vec<Told>)| {
            let told: Vec<&str> = told.iter().map(|told| told.code()).collect();
            format!("{at} {}", told.join("+"))
        };
        one.news(&before).iter().map(said).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn each_step_asks_those_whom_it_waits_for_and_nobody_twice() {
        let by = PersonId(Uuid::nil());
        let clear = |at| {
            let authority = Text::new(Lang::Ru, "Ведомство");
            let on = date(2027, 5, 1);
            Step::Cleared(at, Clearance { authority, on, reference: "1".to_owned(), by })
        };
        let sign = |at| {
            let styled = Styled { name: "Вымыслов".to_owned(), ..Styled::default() };
            let signer = PersonName { styled: [(Lang::Ru, styled)].into() };
            Step::Signed(at, Signature { on: date(2027, 5, 18), signer, by })
        };
        let consent = |at| {
            let (at_now, reference) = (Timestamp::UNIX_EPOCH, String::new());
            Step::Consented(at, Consent { at: at_now, by, reference })
        };
        let mut one = two();
        let mut bare = one.clone();
        bare.words = Words::None;
        let asked = one.news(&bare);
        assert_eq!(asked, [(0, vec![Told::Clear]), (1, vec![Told::Clear])], "the words are there");
        assert_eq!(after(&mut one, clear(0)), "");
        assert_eq!(after(&mut one, clear(1)), "0 read, 1 read");
        assert_eq!(after(&mut one, Step::Settled(Seal::of("words"))), "0 sign, 1 sign");
        assert_eq!(after(&mut one, Step::Reopened), "0 read, 1 read", "taken back");
        assert_eq!(after(&mut one, Step::Settled(Seal::of("words"))), "0 sign, 1 sign");
        assert_eq!(after(&mut one, sign(1)), "");
        assert_eq!(after(&mut one, sign(0)), "0 confirm+publish, 1 confirm+publish");
        assert_eq!(after(&mut one, consent(0)), "");
        assert_eq!(after(&mut one, consent(1)), "0 public, 1 public");
        let entered = Step::Entered { since: date(2027, 5, 19), until: None };
        assert_eq!(after(&mut one, entered), "");
    }
}
