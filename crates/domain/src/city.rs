//! A city of the register: names as stated, dated standing of its state, traits, offers and needs.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::{CityId, FieldRefusals, Lang, OfferingId, Refusal, Text, TieId, coded, text::Shown};

coded! {
    /// Where a record comes from. A demonstration is marked on every page, print and export.
    pub enum Origin {
        /// A fact with a source.
        Fact = "fact",
        /// Written for the demonstration.
        Demonstration = "demonstration",
    }
}

coded! {
    /// What a state is to the organisation.
    pub enum Standing {
        /// A member state.
        Member = "member",
        /// An observer, until the standings were merged on 2025-09-01.
        Observer = "observer",
        /// A dialogue partner, until the standings were merged on 2025-09-01.
        DialoguePartner = "dialogue_partner",
        /// A partner, from 2025-09-01.
        Partner = "partner",
    }
}

/// A standing for a time. Dates are ISO 8601, of a day or of a year alone; an unknown end is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stood {
    /// What the state was.
    pub standing: Standing,
    /// First day or year; empty when the source gives none.
    pub from: String,
    /// First day or year on which it no longer held; empty while it holds.
    pub until: String,
    /// Where this is said, as a label for readers.
    pub source: Text,
}

/// The standing on a day, given as an ISO date. A year alone counts from its first day.
pub fn standing_on<'a>(history: &'a [Stood], day: &str) -> Option<&'a Stood> {
    history
        .iter()
        .filter(|s| s.from.as_str() <= day && (s.until.is_empty() || day < s.until.as_str()))
        .max_by(|a, b| a.from.cmp(&b.from))
}

/// A state, labelled as the inviting secretariat's list has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// ISO 3166-1 alpha-2 code.
    pub iso2: String,
    /// Its label.
    pub name: Text,
    /// Its standings, oldest first.
    pub history: Vec<Stood>,
}

coded! {
    /// What a city is known for.
    pub enum TraitKind {
        /// Has hosted a summit.
        SummitHost = "summit_host",
        /// Capital of its state.
        Capital = "capital",
        /// A hub of trade and transport.
        TradeHub = "trade_hub",
        /// A city of history and culture.
        Heritage = "heritage",
        /// A city of innovation.
        Innovation = "innovation",
        /// A seaport or river port.
        Port = "port",
    }
}

/// A trait with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    /// What kind.
    pub kind: TraitKind,
    /// The year it refers to, or empty.
    #[serde(default)]
    pub year: String,
    /// Where this is said, as a label for readers.
    pub source: Text,
}

/// A city.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct City {
    /// Its identifier.
    pub id: CityId,
    /// The `GeoNames` number, for real cities.
    pub geonames: Option<i64>,
    /// Its state's ISO 3166-1 alpha-2 code; `None` for an invented city.
    pub iso2: Option<String>,
    /// Its name, per language as chosen by an editor; a language without a chosen name is absent.
    pub name: Text,
    /// The tag (BCP 47) of its own language, and its name for itself.
    pub local: Option<(String, String)>,
    /// Degrees north and east; `None` for an invented city.
    pub position: Option<[f64; 2]>,
    /// Inhabitants.
    pub population: Option<i64>,
    /// IANA time zone.
    pub zone: String,
    /// What it is known for.
    pub traits: Vec<Trait>,
    /// Fact or demonstration.
    pub origin: Origin,
}

impl City {
    /// The name for a reader of `lang`: as chosen for that language, else the city's own when it is
    /// in that language, else the English one, which is then marked; never one that was derived.
    pub fn named(&self, lang: Lang) -> Shown<'_> {
        let own = self.local.as_ref().filter(|(tag, _)| tag.parse() == Ok(lang));
        match (self.name.get(lang), own) {
            (None, Some((_, text))) => Shown { text, lang, asked: true, stale: false },
            _ => self.name.label(lang),
        }
    }

    /// Checks what no single field can know.
    pub fn check(&self) -> Result<(), FieldRefusals> {
        let mut refused = FieldRefusals::default();
        if TimeZone::get(&self.zone).is_err() {
            refused.add("zone", Refusal::new("zone"));
        }
        if let Some([north, east]) = self.position {
            for (field, value, most) in [("north", north, 90.0), ("east", east, 180.0)] {
                if !(-most..=most).contains(&value) {
                    let refusal = Refusal::new("out-of-range");
                    refused.add(field, refusal.with("least", -most).with("most", most));
                }
            }
        }
        if refused.is_empty() { Ok(()) } else { Err(refused) }
    }
}

/// A language tag, in the form of BCP 47.
pub fn language_tag(raw: &str) -> Result<String, Refusal> {
    match raw.trim().parse::<icu::locale::LanguageIdentifier>() {
        Ok(tag) => Ok(tag.to_string()),
        Err(_) => Err(Refusal::new("language-tag")),
    }
}

coded! {
    /// Whether something is offered or needed.
    pub enum Side {
        /// The city can give it.
        Offer = "offer",
        /// The city looks for it.
        Need = "need",
    }
}

coded! {
    /// What an offer or a need is about; the two sides of a match share one.
    pub enum Theme {
        /// Digital services and management.
        SmartCity = "smart_city",
        /// Ecology and low carbon.
        Green = "green",
        /// Roads, transit and logistics.
        Transport = "transport",
        /// Heritage, culture and tourism.
        HeritageTourism = "heritage_tourism",
        /// Trade and investment.
        Trade = "trade",
        /// Education and training.
        Education = "education",
        /// Air and exhaust.
        AirQuality = "air_quality",
        /// Water supply and water bodies.
        Water = "water",
        /// Waste.
        Waste = "waste",
        /// Energy.
        Energy = "energy",
        /// Governance and the quality of city life.
        Governance = "governance",
        /// Withstanding disasters.
        Resilience = "resilience",
    }
}

/// Something a city offers or needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offering {
    /// Its identifier.
    pub id: OfferingId,
    /// Whose.
    pub city: CityId,
    /// Offer or need.
    pub side: Side,
    /// What it is about.
    pub theme: Theme,
    /// What exactly.
    pub text: Text,
    /// Where this is said; `None` when the city's own focal point filed it.
    pub source: Option<Text>,
    /// Fact or demonstration.
    pub origin: Origin,
}

coded! {
    /// The two kinds of tie, counted apart.
    pub enum TieKind {
        /// A sister city, 友好城市.
        Sister = "sister",
        /// A friendly-exchange city, 友好交流城市.
        FriendlyExchange = "friendly_exchange",
    }
}

/// A lasting tie between two cities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// Its identifier.
    pub id: TieId,
    /// One city.
    pub a: CityId,
    /// The other.
    pub b: CityId,
    /// Which of the two kinds, when a source says so.
    pub kind: Option<TieKind>,
    /// The year it was concluded, or empty.
    pub since: String,
    /// What is known of it.
    pub note: Option<Text>,
    /// Where this is said, as a label for readers.
    pub source: Text,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn city(local: Option<(&str, &str)>) -> City {
        City {
            id: uuid::Uuid::nil().into(),
            geonames: None,
            iso2: None,
            name: Text::new(Lang::Zh, "样城").and(Lang::En, "Sampleton"),
            local: local.map(|(tag, name)| (tag.to_owned(), name.to_owned())),
            position: None,
            population: None,
            zone: "UTC".to_owned(),
            traits: Vec::new(),
            origin: Origin::Demonstration,
        }
    }

    #[test]
    fn a_name_not_chosen_in_a_language_is_the_marked_english_one() {
        let plain = city(None);
        assert_eq!(plain.named(Lang::Zh).text, "样城");
        let shown = plain.named(Lang::Ru);
        assert_eq!((shown.text, shown.lang, shown.asked), ("Sampleton", Lang::En, false));
        let own = city(Some(("fa", "نمونه‌شهر")));
        assert_eq!((own.named(Lang::Fa).text, own.named(Lang::Fa).asked), ("نمونه‌شهر", true));
        let uzbek = city(Some(("uz-Latn", "Namunashahar")));
        assert_eq!(uzbek.named(Lang::Ru).text, "Sampleton");
    }

    #[test]
    fn zone_and_position_are_real() {
        let wrong = City { zone: "Mars/One".into(), position: Some([91.0, 200.0]), ..city(None) };
        let refused: Vec<String> = wrong.check().unwrap_err().0.into_keys().collect();
        assert_eq!(refused, ["east", "north", "zone"]);
        assert_eq!(city(None).check(), Ok(()));
        assert_eq!(language_tag(" zh-hans ").unwrap(), "zh-Hans");
        assert!(language_tag("a language").is_err());
    }

    #[test]
    fn standing_is_as_on_a_date() {
        let stood = |standing, from: &str, until: &str| Stood {
            standing,
            from: from.into(),
            until: until.into(),
            source: Text::new(crate::Lang::En, "test"),
        };
        let history = [
            stood(Standing::Observer, "2012", "2025-09-01"),
            stood(Standing::Partner, "2025-09-01", ""),
        ];
        let on = |day| standing_on(&history, day).map(|s| s.standing);
        assert_eq!(on("2011-12-31"), None);
        assert_eq!(on("2012-01-01"), Some(Standing::Observer));
        assert_eq!(on("2025-08-31"), Some(Standing::Observer));
        assert_eq!(on("2025-09-01"), Some(Standing::Partner));
    }
}
