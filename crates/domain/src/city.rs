//! A city of the register: names as stated, dated standing of its state, traits, offers and needs.

use serde::{Deserialize, Serialize};

use crate::{CityId, OfferingId, Text, TieId, coded};

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
    /// Its own name for itself and that language's tag.
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

coded! {
    /// Whether something is offered or needed.
    pub enum Side {
        /// The city can give it.
        Offer = "offer",
        /// The city looks for it.
        Need = "need",
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
    /// The theme's code, one of the closed list of the data files.
    pub theme: String,
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
