//! The files of `data/demo`, in their own shape. `data/demo/README.md` says what each field means.

use std::collections::BTreeMap;

use domain::{
    Lang, Text,
    access::Role,
    city::Theme,
    glossary::Term,
    interpretation::Rule,
    interpreter::{Consent, Strength},
    invitation::Channel,
    meeting::Wish,
    person::{NameOrder, Styled},
    precedence::Rank,
    unit::UnitKind,
};
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, de::DeserializeOwned};
use store::{Error, Result};

macro_rules! data {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/demo/", $path))
    };
}

/// Every file of the exercise.
pub(super) struct Files {
    pub(super) edition: EditionFile,
    pub(super) delegations: Vec<Delegation>,
    pub(super) interpreters: Interpreters,
    pub(super) invitations: Vec<Invitation>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) personas: Vec<Persona>,
    pub(super) declaration: Declaration,
    pub(super) concepts: Vec<Concept>,
    pub(super) sessions: Vec<Session>,
    pub(super) sites: Vec<Site>,
    pub(super) travel: Vec<Travel>,
    pub(super) topics: Vec<Topic>,
}

impl Files {
    /// Reads them all.
    pub(super) fn read() -> Result<Self> {
        let delegations: Delegations = parsed("delegations.json", data!("delegations.json"))?;
        let invitations: Invitations = parsed("invitations.json", data!("invitations.json"))?;
        let meetings: Meetings = parsed("meetings.json", data!("meetings.json"))?;
        let personas: Personas = parsed("personas.json", data!("personas.json"))?;
        let sessions: Sessions = parsed("sessions.json", data!("sessions.json"))?;
        let venues: Venues = parsed("venues.json", data!("venues.json"))?;
        let glossary: Glossary = parsed("glossary.json", data!("glossary.json"))?;
        let topics: Topics = parsed("topics.json", data!("topics.json"))?;
        Ok(Self {
            edition: parsed("edition.json", data!("edition.json"))?,
            delegations: delegations.delegations,
            interpreters: parsed("interpreters.json", data!("interpreters.json"))?,
            invitations: invitations.invitations,
            meetings: meetings.meetings,
            personas: personas.personas,
            declaration: parsed("declaration.json", data!("declaration.json"))?,
            concepts: glossary.concepts,
            sessions: sessions.sessions,
            sites: venues.sites,
            travel: venues.travel,
            topics: topics.topics,
        })
    }
}

/// The amendments to the exercise text.
pub(super) fn amendments<T: DeserializeOwned>() -> Result<T> {
    parsed("amendments.json", data!("amendments.json"))
}

/// The exercise text, as far as somebody needs it who looks for its units.
pub(super) fn keys<T: DeserializeOwned>() -> Result<T> {
    parsed("declaration.json", data!("declaration.json"))
}

fn parsed<T: DeserializeOwned>(name: &str, text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|e| Error::Unusable(format!("the data file demo/{name} cannot be read: {e}")))
}

/// A trilingual text, each language written by hand.
#[derive(Clone, Deserialize)]
pub(super) struct Words {
    zh: String,
    ru: String,
    en: String,
}

impl Words {
    pub(super) fn text(&self) -> Text {
        Text::new(Lang::Zh, &self.zh).and(Lang::Ru, &self.ru).and(Lang::En, &self.en)
    }

    /// The words in a language; in English for one that the files do not have.
    pub(super) fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::Ru => &self.ru,
            Lang::En | Lang::Fa => &self.en,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct EditionFile {
    pub(super) series: Series,
    pub(super) edition: Edition,
}

#[derive(Deserialize)]
pub(super) struct Series {
    pub(super) names: Words,
}

#[derive(Deserialize)]
pub(super) struct Edition {
    pub(super) titles: Words,
    pub(super) host: String,
    pub(super) zone: String,
    pub(super) first_day: Date,
    pub(super) last_day: Date,
    pub(super) initiators: Vec<Words>,
    pub(super) languages: Vec<Lang>,
    pub(super) alphabet: Lang,
    pub(super) host_first: String,
    pub(super) call: Call,
    pub(super) reply_by: Date,
    pub(super) quota: i64,
}

#[derive(Deserialize)]
pub(super) struct Call {
    pub(super) brief: Words,
    pub(super) opens: Date,
    pub(super) closes: Date,
}

#[derive(Deserialize)]
struct Delegations {
    delegations: Vec<Delegation>,
}

#[derive(Deserialize)]
pub(super) struct Delegation {
    pub(super) key: String,
    pub(super) geonames_id: Option<String>,
    pub(super) invented_city: Option<InventedCity>,
    pub(super) body: Option<InventedBody>,
    pub(super) level: String,
    pub(super) languages: Vec<String>,
    pub(super) arrival: Option<DateTime>,
    pub(super) departure: Option<DateTime>,
    pub(super) offers: Vec<Themed>,
    pub(super) needs: Vec<Themed>,
    pub(super) delegates: Vec<Delegate>,
}

#[derive(Deserialize)]
pub(super) struct InventedCity {
    pub(super) names: Words,
    pub(super) name_local: Option<Local>,
    pub(super) population: i64,
}

#[derive(Deserialize)]
pub(super) struct InventedBody {
    pub(super) names: Words,
}

#[derive(Deserialize)]
pub(super) struct Local {
    pub(super) lang: String,
    pub(super) text: String,
}

#[derive(Deserialize)]
pub(super) struct Themed {
    pub(super) theme: Theme,
    pub(super) text: Words,
}

#[derive(Deserialize)]
pub(super) struct Delegate {
    pub(super) key: String,
    pub(super) names: BTreeMap<Lang, Name>,
    pub(super) name_local: Option<Local>,
    pub(super) office: Words,
    pub(super) salutation: Words,
    pub(super) rank: Rank,
    pub(super) languages: Vec<String>,
    pub(super) interpreter: bool,
}

#[derive(Deserialize)]
pub(super) struct Name {
    pub(super) full: String,
    pub(super) order: NameOrder,
    pub(super) family: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Interpreters {
    pub(super) planned: bool,
    pub(super) pivot: Lang,
    #[serde(rename = "interpreters")]
    pub(super) people: Vec<Interpreter>,
    pub(super) arrangements: Vec<Arrangement>,
}

#[derive(Deserialize)]
pub(super) struct Interpreter {
    pub(super) key: String,
    pub(super) names: BTreeMap<Lang, Name>,
    pub(super) salutation: Words,
    pub(super) languages: BTreeMap<Lang, Strength>,
    pub(super) availability: Vec<Closed>,
    pub(super) recording: Consent,
    pub(super) contact: String,
}

#[derive(Deserialize)]
pub(super) struct Arrangement {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) by: String,
    pub(super) waive: BTreeMap<Rule, String>,
}

#[derive(Deserialize)]
struct Invitations {
    invitations: Vec<Invitation>,
}

#[derive(Deserialize)]
pub(super) struct Invitation {
    pub(super) delegation: String,
    pub(super) answer: String,
    pub(super) channel: Option<Channel>,
    pub(super) incoming: String,
    #[serde(default)]
    pub(super) subject_to: String,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) office: String,
    pub(super) addressee: Option<Styled>,
}

#[derive(Deserialize)]
struct Meetings {
    meetings: Vec<Meeting>,
}

#[derive(Deserialize)]
pub(super) struct Meeting {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) purpose: Words,
    pub(super) priority: Wish,
    pub(super) state: String,
    pub(super) minutes: i64,
    pub(super) counter: Option<Counter>,
    pub(super) pin: Option<Pin>,
}

#[derive(Deserialize)]
pub(super) struct Pin {
    pub(super) hall: String,
    pub(super) start: DateTime,
}

#[derive(Deserialize)]
pub(super) struct Counter {
    pub(super) minutes: i64,
}

#[derive(Deserialize)]
struct Personas {
    personas: Vec<Persona>,
}

#[derive(Deserialize)]
pub(super) struct Persona {
    pub(super) key: String,
    pub(super) email: String,
    pub(super) lang: Lang,
    pub(super) role: Role,
    pub(super) delegation: Option<String>,
    pub(super) name: String,
}

#[derive(Deserialize)]
struct Sessions {
    sessions: Vec<Session>,
}

#[derive(Deserialize)]
pub(super) struct Session {
    pub(super) key: String,
    pub(super) kind: String,
    pub(super) titles: Words,
    pub(super) minutes: i64,
    pub(super) halls: Vec<String>,
    pub(super) languages: Vec<Lang>,
    pub(super) speakers: Vec<String>,
    pub(super) participants: Vec<String>,
    pub(super) everyone: bool,
    pub(super) days: Vec<Date>,
    pub(super) start: Option<DateTime>,
    pub(super) after: Vec<String>,
}

#[derive(Deserialize)]
struct Venues {
    sites: Vec<Site>,
    travel: Vec<Travel>,
}

#[derive(Deserialize)]
pub(super) struct Site {
    pub(super) key: String,
    pub(super) names: Words,
    pub(super) halls: Vec<Hall>,
}

#[derive(Deserialize)]
pub(super) struct Hall {
    pub(super) key: String,
    pub(super) names: Words,
    pub(super) kind: String,
    pub(super) capacity: i64,
    pub(super) booths: i64,
    pub(super) closed: Vec<Closed>,
}

#[derive(Deserialize)]
pub(super) struct Closed {
    pub(super) from: DateTime,
    pub(super) to: DateTime,
}

#[derive(Deserialize)]
pub(super) struct Travel {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) minutes: i64,
}

#[derive(Deserialize)]
struct Topics {
    topics: Vec<Topic>,
}

#[derive(Deserialize)]
pub(super) struct Topic {
    pub(super) titles: Words,
    pub(super) proposer: Proposer,
    pub(super) source: Option<String>,
    pub(super) supports: Vec<String>,
    pub(super) state: String,
    pub(super) reason: Option<Words>,
}

#[derive(Deserialize)]
pub(super) struct Proposer {
    pub(super) delegation: Option<String>,
    pub(super) text: Option<Words>,
}

#[derive(Deserialize)]
pub(super) struct Declaration {
    pub(super) symbol: String,
    pub(super) titles: Words,
    pub(super) authentic: Vec<Lang>,
    pub(super) translations: Vec<Lang>,
    pub(super) writers: BTreeMap<Lang, String>,
    pub(super) officers: BTreeMap<Lang, String>,
    pub(super) units: Vec<Unit>,
}

#[derive(Deserialize)]
pub(super) struct Unit {
    pub(super) key: String,
    pub(super) kind: UnitKind,
    pub(super) zh: Option<String>,
    pub(super) ru: Option<String>,
    pub(super) en: Option<String>,
    pub(super) later: Option<Later>,
    pub(super) work: Vec<Lang>,
    pub(super) offered: Vec<Lang>,
}

#[derive(Deserialize)]
pub(super) struct Later {
    pub(super) lang: Lang,
    pub(super) text: String,
}

#[derive(Deserialize)]
struct Glossary {
    concepts: Vec<Concept>,
}

#[derive(Deserialize)]
pub(super) struct Concept {
    pub(super) key: String,
    pub(super) note: String,
    pub(super) terms: BTreeMap<Lang, Vec<Term>>,
}
