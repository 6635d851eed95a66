//! Texts under negotiation: the list of an edition's texts, and what every page about one needs.
//!
//! Before a text is published it is for those taking part, or for its parties alone; afterwards anyone
//! reads it. Whoever is not signed in is asked to sign in, whether there is such a text or not.

use domain::{
    DeclarationId, DelegationId, Lang, Refusal, UnitId,
    access::{Action, Object, Visibility},
    consensus::Consensus,
    declaration::Declaration,
    dossier::Dossier,
    negotiation::{Deed, Event},
    numbering::{Numbers, anew, kept},
    procedure::Phase,
    unit::{CellState, Unit},
};
use maud::{Markup, html};
use serde_json::Value;
use store::Conn;

use super::{consensus_news, declaration_form, declaration_text};
use crate::{
    chance,
    reading::Reading,
    web::{
        layout::{self, Page},
        list::{self, Wish},
        reply::{Fault, Outcome},
        request::Req,
        route::{Gate, Route, get},
        text,
    },
};

/// The addresses of texts, their units and what is done with both.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/declarations", Gate::Public, index),
        get("/editions/{edition}/declarations/{declaration}", Gate::Public, declaration_text::show),
    ]
}

/// A text as this request finds it.
pub struct Opened {
    /// What is kept beside it.
    pub dossier: Dossier,
    /// How far it has come.
    pub reading: Reading,
    /// As the access table sees it.
    pub object: Object,
}

impl Opened {
    /// The text of the path, if the reader may read it.
    pub fn of(req: &Req) -> Result<Self, Fault> {
        // Whoever is not signed in learns nothing of what exists.
        let hidden = || if req.account.is_none() { Fault::SignIn } else { Fault::Missing };
        let id: DeclarationId = req.param("declaration").map_err(|_| hidden())?;
        let edition = req.edition()?;
        let found = req.read(|c| {
            let found = store::dossier::get(c, id)?.map(|dossier| dossier.value);
            let found = found.filter(|dossier| dossier.edition == edition.id);
            found.map(|dossier| Self::read(req, c, dossier)).transpose()
        })?;
        let opened = found.filter(|opened| req.may(Action::Read, &opened.object));
        let opened = opened.ok_or_else(hidden)?;
        req.app.readings.keep(id, &opened.reading);
        Ok(opened)
    }

    /// Every text of the edition that the reader may read.
    pub fn all(req: &Req) -> Result<Vec<Self>, Fault> {
        let edition = req.edition()?.id;
        let all: Vec<Opened> = req.read(|c| {
            let all = store::dossier::of_edition(c, edition)?;
            all.into_iter().map(|dossier| Opened::read(req, c, dossier.value)).collect()
        })?;
        for opened in &all {
            req.app.readings.keep(opened.dossier.id, &opened.reading);
        }
        Ok(all.into_iter().filter(|opened| req.may(Action::Read, &opened.object)).collect())
    }

    /// The same, for those who may do something to it.
    pub fn to(req: &Req, action: Action) -> Result<Self, Fault> {
        let opened = Self::of(req)?;
        req.require(action, &opened.object)?;
        Ok(opened)
    }

    /// Whether the reader presides over it, or did until it was published.
    pub fn presides(&self, req: &Req) -> bool {
        req.edition().is_ok_and(|edition| req.may(Action::Preside, &self.dossier.object(edition)))
    }

    /// The text of the path, for whoever presides over it or did.
    pub fn presided(req: &Req) -> Result<Self, Fault> {
        Some(Self::of(req)?).filter(|opened| opened.presides(req)).ok_or(Fault::Forbidden)
    }

    /// The delegations that the reader speaks for; whoever speaks for none is turned away.
    pub fn speaking(&self, req: &Req) -> Result<Vec<DelegationId>, Fault> {
        let mine = req.actor.speaks_for(self.dossier.edition);
        if mine.is_empty() { Err(Fault::Forbidden) } else { Ok(mine) }
    }

    /// The same while amendments can be drafted.
    pub fn drafting(&self, req: &Req) -> Result<Vec<DelegationId>, Fault> {
        let mine = self.speaking(req)?;
        self.may_change()?;
        for by in &mine {
            self.present(req, *by)?;
        }
        Ok(mine)
    }

    /// The delegations that the reader speaks for and that still take part.
    pub fn here(&self, req: &Req) -> Vec<DelegationId> {
        let mine = req.actor.speaks_for(self.dossier.edition).into_iter();
        mine.filter(|by| self.present(req, *by).is_ok()).collect()
    }

    /// Who no longer takes part neither amends nor objects nor is asked; what it did before stays.
    pub fn present(&self, req: &Req, by: DelegationId) -> Result<(), Fault> {
        let delegation = req.read(|c| store::delegation::need(c, by))?.value;
        if delegation.withdrawn { Err(Refusal::new("delegation-gone").into()) } else { Ok(()) }
    }

    /// The delegation that the form names, if the reader is its contact: nobody acts for another.
    pub fn side(&self, req: &Req) -> Result<DelegationId, Fault> {
        let named: Option<DelegationId> = req.form.get("delegation").parse().ok();
        let mine = self.speaking(req)?;
        named.filter(|by| mine.contains(by)).ok_or(Fault::Forbidden)
    }

    fn read(req: &Req, c: &mut Conn, dossier: Dossier) -> store::Result<Self> {
        let reading = req.app.readings.read(c, &dossier)?;
        let mut object = dossier.object(&req.edition().map_err(|_| store::Error::Missing)?.clone());
        if matches!(reading.negotiation.consensus.phase, Phase::Published(_)) {
            object.visibility = Visibility::Public;
        }
        Ok(Self { dossier, reading, object })
    }

    /// The same text in another of its states.
    #[must_use]
    pub fn in_state(&self, reading: Reading) -> Self {
        Self { dossier: self.dossier.clone(), reading, object: self.object.clone() }
    }

    /// The text itself.
    pub fn text(&self) -> &Declaration {
        &self.reading.negotiation.text
    }

    /// Its procedure.
    pub fn consensus(&self) -> &Consensus {
        &self.reading.negotiation.consensus
    }

    /// Whether anything may still be done to it: neither adopted, nor the final words of an instrument.
    pub fn may_change(&self) -> Result<(), Refusal> {
        self.dossier.may_change().and_then(|()| self.consensus().may_change())
    }

    /// Its languages, authentic ones first.
    pub fn languages(&self) -> Vec<Lang> {
        let mut langs: Vec<Lang> = self.dossier.languages.keys().copied().collect();
        langs.sort_by_key(|lang| (self.dossier.languages.get(lang).copied(), *lang));
        langs
    }

    /// The language that a reader reads it in: their own, or else its first authentic one.
    pub fn read_in(&self, lang: Lang) -> Lang {
        let first = self.languages().first().copied().unwrap_or(lang);
        if self.dossier.languages.contains_key(&lang) { lang } else { first }
    }

    /// The paragraph numbers: those of the last printed revision stay.
    pub fn numbers(&self) -> Numbers {
        match self.consensus().revision {
            0 => anew(self.text()),
            _ => kept(&self.consensus().numbers, self.text()),
        }
    }

    /// Where a unit stands in the text: on its page, where the text has several.
    pub fn place_address(&self, unit: UnitId) -> String {
        let at = self.text().units.iter().position(|other| other.id == unit).unwrap_or_default();
        let page = match at / declaration_text::UNITS {
            0 => String::new(),
            before => format!("?page={}", before + 1),
        };
        format!("{}{page}#u-{unit}", self.address())
    }

    /// The unit that the path names.
    pub fn unit(&self, req: &Req) -> Result<&Unit, Fault> {
        let id: UnitId = req.param("unit")?;
        self.text().unit(id).ok_or(Fault::Missing)
    }

    /// Whether this reader may change its words now.
    pub fn takes_changes(&self, req: &Req) -> bool {
        req.may(Action::Draft, &self.object) && self.may_change().is_ok()
    }

    /// Where it stands.
    pub fn address(&self) -> String {
        format!("{}/{}", home(self.dossier.edition), self.dossier.id)
    }

    /// Where a unit of it stands.
    pub fn unit_address(&self, unit: UnitId) -> String {
        format!("{}/units/{unit}", self.address())
    }

    /// A page about it, one step below the text.
    pub fn below<'a>(&self, req: &'a Req, title: String) -> Result<Page<'a>, Fault> {
        let edition = req.edition()?;
        let list = (home(edition.id), req.t.get("edition-nav-declarations"));
        let own = (self.address(), text::words(req.t, &self.dossier.title));
        Ok(Page {
            title,
            trail: vec![list, own],
            edition: Some(edition),
            demonstration: self.dossier.exercise,
            ..Page::default()
        })
    }

    /// Does something to the text: all deeds and their line in the trail, or nothing.
    pub fn act(
        &self,
        req: &Req,
        line: (&'static str, &Value),
        deeds: &[Deed],
    ) -> Result<Reading, Fault> {
        self.act_made(req, line, |_, _| Ok(deeds.to_vec()))
    }

    /// The same, if nothing at all was done to the text since this request found it: for deeds that
    /// name no words.
    pub fn act_unmoved(
        &self,
        req: &Req,
        line: (&'static str, &Value),
        deeds: &[Deed],
    ) -> Result<Reading, Fault> {
        self.act_made(req, line, |_, now| {
            if now.deeds == self.reading.deeds {
                Ok(deeds.to_vec())
            } else {
                Err(Refusal::new("declaration-moved").into())
            }
        })
    }

    /// The same with deeds that are made of what stands in the transaction, which may do more in it.
    pub fn act_made(
        &self,
        req: &Req,
        (verb, detail): (&'static str, &Value),
        deeds: impl Fn(&mut Conn, &Reading) -> store::Result<Vec<Deed>>,
    ) -> Result<Reading, Fault> {
        let reading = req.write(|c| {
            let now = req.app.readings.read(c, &self.dossier)?;
            let event = |deed| Event { at: req.now, deed };
            let events: Vec<Event> = deeds(c, &now)?.into_iter().map(event).collect();
            let reading = consensus_news::act(c, req, &self.dossier, &events)?;
            let event = req.event("declaration", self.dossier.id, verb, detail.clone());
            store::event::append(c, chance::id(), &event)?;
            Ok(reading)
        })?;
        req.app.readings.keep(self.dossier.id, &reading);
        Ok(reading)
    }
}

/// Where the texts of an edition are listed.
pub fn home(edition: domain::EditionId) -> String {
    format!("/editions/{edition}/declarations")
}

/// The revision in words: the zero draft, or the number of the last printed one.
pub fn revision(req: &Req, revision: u32) -> String {
    match revision {
        0 => req.t.get("declaration-zero"),
        n => req.t.with("declaration-revision", &[("n", n.into())]),
    }
}

/// Where the procedure stands, as a mark.
pub fn phase(req: &Req, phase: &Phase) -> Markup {
    let (code, class) = match phase {
        Phase::Open => ("open", "chip"),
        Phase::Silence(_) => ("silence", "chip warn"),
        Phase::Gavelled(_) => ("gavelled", "chip warn"),
        Phase::Adopted(_) => ("adopted", "chip ok"),
        Phase::Signed(_) => ("signed", "chip ok"),
        Phase::Published(_) => ("published", "chip ok"),
    };
    html! { span class=(class) { (req.t.get(&format!("declaration-phase-{code}"))) } }
}

/// What a refusal of a change says to whoever typed: other faults go on.
pub fn refused<T>(outcome: Result<T, Fault>) -> Result<Result<T, Refusal>, Fault> {
    match outcome {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(fault) => Err(fault),
    }
}

fn index(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let mine = Opened::all(req)?;
    let wish = Wish::of(&req.query);
    let opens = declaration_form::GATE.lets(&req.actor, req.place());
    let main = opens.then(|| (format!("{}/new", home(edition.id)), t.get("declaration-open")));
    let inside = Gate::Participants(Action::Read).lets(&req.actor, req.place());
    let none = if inside { "declaration-none" } else { "declaration-none-public" };
    let body = html! {
        @if mine.is_empty() { (layout::empty(&t.get(none), main.clone())) }
        @else {
            ul.cards { @for opened in wish.cut(&mine) { (card(req, opened)) } }
            (list::pager(req, &wish, mine.len()))
        }
    };
    let page = Page {
        title: t.get("declaration-list"),
        lead: Some(html! { (t.get("declaration-lead")) }),
        main: main.filter(|_| !mine.is_empty()),
        edition: Some(edition),
        ..Page::default()
    };
    Ok(page.reply(req, &body))
}

fn card(req: &Req, opened: &Opened) -> Markup {
    let (t, dossier) = (req.t, &opened.dossier);
    let cells = opened.text().units.len() * opened.text().authentic().count();
    let ready = cells - opened.text().unready().len();
    html! {
        li {
            a href=(opened.address()) { (text::text(t, &dossier.title)) }
            p { bdi { (dossier.symbol) } " · " (revision(req, opened.consensus().revision)) }
            p { (phase(req, &opened.consensus().phase)) }
            p { (t.with("declaration-progress", &[("ready", ready.into()), ("all", cells.into())])) }
        }
    }
}

/// How many cells of a language are in each state that still asks for work.
pub fn waiting(text: &Declaration, lang: Lang) -> Vec<(CellState, usize)> {
    let count = |state: &CellState| {
        let n = text.units.iter().filter(|unit| unit.state(lang) == *state).count();
        (n > 0 && *state != CellState::Concordant).then_some((*state, n))
    };
    CellState::ALL.iter().filter_map(count).collect()
}
