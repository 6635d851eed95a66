//! Choosing a city by typing its name: suggestions from the browser, and one reading of what was
//! typed in any language. Cities of one name are told apart by their state, then by number.

use std::collections::BTreeMap;

use domain::{
    CityId, Lang, Refusal,
    city::{City, State},
    search::{Collation, fold},
};
use maud::{Markup, html};
use store::Conn;

/// A city with what it may be called.
struct Choice {
    city: CityId,
    /// Its label in each complete language.
    labels: [String; 3],
    /// Every bare name, folded.
    names: Vec<String>,
}

/// The cities that can be chosen.
pub struct CityPick(Vec<Choice>);

/// Most cities that a refusal names.
const NAMED: usize = 5;

impl CityPick {
    /// Every city of the register.
    pub fn load(c: &mut Conn) -> store::Result<Self> {
        let cities: Vec<City> = store::city::all(c)?.into_iter().map(|v| v.value).collect();
        Ok(Self::new(&cities, &store::state::all(c)?))
    }

    /// Cities with the labels of their states.
    pub fn new(cities: &[City], states: &[State]) -> Self {
        let [zh, ru, en] = Lang::COMPLETE.map(|lang| labels(cities, states, lang));
        let labelled = zh.into_iter().zip(ru).zip(en).map(|((zh, ru), en)| [zh, ru, en]);
        let choices = cities.iter().zip(labelled).map(|(city, labels)| Choice {
            city: city.id,
            labels,
            names: names(city),
        });
        Self(choices.collect())
    }

    /// The label of a city, as it is suggested to a reader of `lang`.
    pub fn label(&self, lang: Lang, city: CityId) -> &str {
        let choice = self.0.iter().find(|c| c.city == city);
        choice.map_or("", |c| c.labels[place(lang)].as_str())
    }

    /// The city that was typed: a label, or a name that only one city has.
    pub fn find(&self, lang: Lang, typed: &str) -> Result<CityId, Refusal> {
        let typed = fold(typed);
        if typed.is_empty() {
            return Err(Refusal::new("missing"));
        }
        let labelled = |c: &&Choice| c.labels.iter().any(|label| fold(label) == typed);
        if let Some(choice) = self.0.iter().find(labelled) {
            return Ok(choice.city);
        }
        let named: Vec<&Choice> = self.0.iter().filter(|c| c.names.contains(&typed)).collect();
        match named[..] {
            [] => Err(Refusal::new("city-unknown")),
            [one] => Ok(one.city),
            _ => {
                let labels = named.iter().take(NAMED).map(|c| c.labels[place(lang)].as_str());
                let labels: Vec<&str> = labels.collect();
                Err(Refusal::new("city-several").with("labels", labels.join("; ")))
            }
        }
    }

    /// The suggestions, in the reader's order.
    pub fn suggestions(&self, lang: Lang, id: &str) -> Markup {
        let collation = Collation::of(lang);
        let mut labels: Vec<&str> = self.0.iter().map(|c| c.labels[place(lang)].as_str()).collect();
        labels.sort_by(|a, b| collation.compare(a, b));
        html! { datalist id=(id) { @for label in labels { option value=(label) {} } } }
    }
}

/// Where a language's label stands; readers of others are shown the English one.
fn place(lang: Lang) -> usize {
    Lang::COMPLETE.iter().position(|l| *l == lang).unwrap_or(2)
}

fn names(city: &City) -> Vec<String> {
    let stated = city.name.versions.values().map(|v| v.text.as_str());
    stated.chain(city.local.as_ref().map(|(_, name)| name.as_str())).map(fold).collect()
}

fn labels(cities: &[City], states: &[State], lang: Lang) -> Vec<String> {
    let states: BTreeMap<&str, &State> = states.iter().map(|s| (s.iso2.as_str(), s)).collect();
    let plain = |city: &City| {
        let name = city.name.shown(lang).text;
        match city.iso2.as_deref().and_then(|iso2| states.get(iso2)) {
            Some(state) => format!("{name} · {}", state.name.shown(lang).text),
            None => name.to_owned(),
        }
    };
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for city in cities {
        *times.entry(plain(city)).or_default() += 1;
    }
    let label = |city: &City| match (plain(city), city.geonames) {
        (plain, Some(number)) if times.get(&plain).is_some_and(|n| *n > 1) => {
            format!("{plain} · {number}")
        }
        (plain, _) => plain,
    };
    cities.iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Text, city::Origin};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn city(n: u128, en: &str, zh: &str) -> City {
        City {
            id: Uuid::from_u128(n).into(),
            geonames: i64::try_from(n).ok(),
            iso2: Some("CN".into()),
            name: Text::new(Lang::En, en).and(Lang::Zh, zh),
            local: None,
            position: None,
            population: None,
            zone: "Asia/Shanghai".into(),
            traits: Vec::new(),
            origin: Origin::Fact,
        }
    }

    fn pick() -> CityPick {
        let state = State {
            iso2: "CN".into(),
            name: Text::new(Lang::Zh, "中国").and(Lang::En, "China"),
            history: Vec::new(),
        };
        let cities =
            [city(1, "Suzhou", "苏州"), city(2, "Suzhou", "宿州"), city(3, "Jinan", "济南")];
        CityPick::new(&cities, &[state])
    }

    #[test]
    fn a_name_that_two_cities_share_is_told_apart() {
        let pick = pick();
        assert_eq!(pick.find(Lang::En, "  JINAN "), Ok(Uuid::from_u128(3).into()));
        assert_eq!(pick.find(Lang::Ru, "宿州"), Ok(Uuid::from_u128(2).into()));
        let several = pick.find(Lang::En, "suzhou").unwrap_err();
        assert_eq!(several.args["labels"], "Suzhou · China · 1; Suzhou · China · 2");
        assert_eq!(pick.find(Lang::Zh, "").unwrap_err().code, "missing");
        assert_eq!(pick.find(Lang::Zh, "<b>").unwrap_err().code, "city-unknown");
    }

    proptest! {
        #[test]
        fn every_label_leads_to_its_city(n in 1_u128..4, lang in 0..3_usize) {
            let (pick, lang) = (pick(), Lang::COMPLETE[lang]);
            let id = Uuid::from_u128(n).into();
            prop_assert_eq!(pick.find(Lang::En, pick.label(lang, id)), Ok(id));
        }
    }
}
