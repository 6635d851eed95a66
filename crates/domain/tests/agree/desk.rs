//! A negotiation with its people, driven as a secretariat would.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DelegationId, Lang, ObjectionId, PersonId, Refusal, UnitId,
    change::Change,
    declaration::Authority,
    negotiation::{Deed, Event, Negotiation},
    procedure::{ObjectionKind, Rules, Step},
    unit::{Manner, Seal, UnitKind},
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

pub(crate) fn unit(n: u8) -> UnitId {
    UnitId(Uuid::from_u128(u128::from(n)))
}

pub(crate) fn person(n: u8) -> PersonId {
    PersonId(Uuid::from_u128(u128::from(n)))
}

pub(crate) fn city(n: u8) -> DelegationId {
    DelegationId(Uuid::from_u128(u128::from(n)))
}

pub(crate) const WRITER: u8 = 1;
pub(crate) const OFFICER: u8 = 9;

/// A negotiation and the present instant.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) now: Negotiation,
    pub(crate) at: Timestamp,
}

impl Desk {
    /// Chinese and Russian authentic, English for information; two cities sign.
    pub(crate) fn new() -> Self {
        let languages = BTreeMap::from([
            (Lang::Zh, Authority::Authentic),
            (Lang::Ru, Authority::Authentic),
            (Lang::En, Authority::Translation),
        ]);
        let parties = BTreeSet::from([city(1), city(2)]);
        let now = Negotiation::new(languages, Rules::house(), parties).expect("authentic");
        Desk { now, at: "2027-05-18T09:00:00Z".parse().expect("an instant") }
    }

    /// Two operative units, concordant and agreed, in the first printed revision.
    pub(crate) fn ready() -> Self {
        let mut desk = Desk::new();
        desk.add(1, None, ["双方合作。", "Стороны сотрудничают."]);
        desk.add(2, Some(1), ["每年报告。", "Отчёт ежегодный."]);
        desk.step(Step::Revised).expect("revised");
        for n in [1, 2] {
            desk.agree(n).expect("agreed");
        }
        desk
    }

    pub(crate) fn text(&mut self, change: Change) -> Result<(), Refusal> {
        self.now.act(&Event { at: self.at, deed: Deed::Text(change) })
    }

    pub(crate) fn step(&mut self, step: Step) -> Result<(), Refusal> {
        self.now.act(&Event { at: self.at, deed: Deed::Step(step) })
    }

    /// The change that this writing would be.
    pub(crate) fn wording(&self, n: u8, lang: Lang, text: &str, manner: Manner, by: u8) -> Change {
        let unit = self.now.text.unit(unit(n)).expect("a unit");
        Change::Wrote {
            unit: unit.id,
            lang,
            text: text.to_owned(),
            manner,
            base: unit.seal(lang),
            turn: unit.turn,
            by: person(by),
            second: None,
            at: self.at,
        }
    }

    pub(crate) fn write(
        &mut self,
        n: u8,
        lang: Lang,
        text: &str,
        manner: Manner,
    ) -> Result<(), Refusal> {
        self.text(self.wording(n, lang, text, manner, WRITER))
    }

    pub(crate) fn offer(&mut self, n: u8, lang: Lang) -> Result<(), Refusal> {
        self.text(Change::Offered { unit: unit(n), lang })
    }

    pub(crate) fn concord(&mut self, n: u8, lang: Lang, by: u8) -> Result<(), Refusal> {
        let base = self.now.text.unit(unit(n)).expect("a unit").seal(lang);
        self.text(Change::Concorded { unit: unit(n), lang, base, by: person(by), at: self.at })
    }

    /// Adds a unit that is concordant in both authentic languages.
    pub(crate) fn add(&mut self, n: u8, after: Option<u8>, [zh, ru]: [&str; 2]) {
        let after = after.map(unit);
        let added = Change::Added { unit: unit(n), kind: UnitKind::Operative, after };
        self.text(added).expect("added");
        self.write(n, Lang::Zh, zh, Manner::Leads).expect("written");
        self.write(n, Lang::Ru, ru, Manner::Follows).expect("written");
        self.sign(n);
    }

    /// Offers and signs both authentic languages.
    pub(crate) fn sign(&mut self, n: u8) {
        for lang in [Lang::Zh, Lang::Ru] {
            self.offer(n, lang).expect("offered");
        }
        for lang in [Lang::Zh, Lang::Ru] {
            self.concord(n, lang, OFFICER).expect("concordant");
        }
    }

    pub(crate) fn agree(&mut self, n: u8) -> Result<(), Refusal> {
        let turn = self.now.text.unit(unit(n)).expect("a unit").turn;
        self.step(Step::Agreed { unit: unit(n), turn, ad_referendum: None })
    }

    pub(crate) fn seal(&self) -> Seal {
        self.now.text.seal()
    }

    pub(crate) fn silence(&mut self, hours: i64) -> Result<Timestamp, Refusal> {
        let until = self.at + SignedDuration::from_hours(hours);
        self.step(Step::Silenced { seal: self.seal(), until }).map(|()| until)
    }

    pub(crate) fn object(&mut self, n: u8, by: u8) -> Result<(), Refusal> {
        let id = ObjectionId(Uuid::from_u128(u128::from(n)));
        let (kind, reason) = (ObjectionKind::Objection, "not so".to_owned());
        self.step(Step::Objected { id, by: city(by), kind, unit: None, reason })
    }

    pub(crate) fn gavel(&mut self, by: u8) -> Result<(), Refusal> {
        self.step(Step::Gavelled { seal: self.seal(), by: person(by) })
    }

    pub(crate) fn record(&mut self, by: u8) -> Result<(), Refusal> {
        self.step(Step::Recorded { seal: self.seal(), by: person(by) })
    }
}

/// The code of a refusal; nothing if there was none.
pub(crate) fn code<T>(result: Result<T, Refusal>) -> String {
    result.err().map(|refusal| refusal.code).unwrap_or_default()
}
