//! A city as one row of a list: what was exported is read back, and a difference can be told.

use std::collections::BTreeMap;

use crate::{
    FieldRefusals, Lang, Refusal, Text,
    city::{City, language_tag},
    clean,
};

/// The columns, in the order of a list. A list may lack any of them; what it lacks stays as it is.
pub const KEYS: [&str; 13] = [
    "id",
    "geonames_id",
    "iso2",
    "name_zh",
    "name_ru",
    "name_en",
    "name_fa",
    "local_lang",
    "local_name",
    "north",
    "east",
    "population",
    "zone",
];

/// The columns that name the city and are never changed by a list.
pub const IDENTITY: [&str; 2] = ["id", "geonames_id"];

/// The cells of a row, by column. An unknown value is an empty text.
pub fn write(city: &City) -> BTreeMap<&'static str, String> {
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let degrees = |i: usize| city.position.map(|p| p[i].to_string()).unwrap_or_default();
    let named = |lang| city.name.get(lang).unwrap_or_default().to_owned();
    let (tag, own) = city.local.clone().unwrap_or_default();
    BTreeMap::from([
        ("id", city.id.to_string()),
        ("geonames_id", number(city.geonames)),
        ("iso2", city.iso2.clone().unwrap_or_default()),
        ("name_zh", named(Lang::Zh)),
        ("name_ru", named(Lang::Ru)),
        ("name_en", named(Lang::En)),
        ("name_fa", named(Lang::Fa)),
        ("local_lang", tag),
        ("local_name", own),
        ("north", degrees(0)),
        ("east", degrees(1)),
        ("population", number(city.population)),
        ("zone", city.zone.clone()),
    ])
}

/// What a row makes of a city: of a stored one, or of an empty one with a new identifier. `states`
/// are the codes that may be named.
pub fn read(
    row: &BTreeMap<String, String>,
    before: &City,
    states: &[String],
) -> Result<City, FieldRefusals> {
    let mut cells: BTreeMap<&str, String> = write(before);
    cells.extend(KEYS.iter().filter_map(|key| Some((*key, row.get(*key)?.trim().to_owned()))));
    let mut reader = Reader { cells, refused: FieldRefusals::default() };
    let city = City {
        id: before.id,
        geonames: before.geonames.or(reader.whole("geonames_id", 1, i64::MAX)),
        iso2: reader.one_of("iso2", states),
        name: reader.name(),
        local: reader.local(),
        position: reader.position(),
        population: reader.whole("population", 0, 100_000_000),
        zone: reader.line("zone"),
        traits: before.traits.clone(),
        origin: before.origin,
    };
    if let Err(refused) = city.check() {
        refused.0.into_iter().for_each(|(field, refusal)| reader.refused.add(&field, refusal));
    }
    if reader.refused.is_empty() { Ok(city) } else { Err(reader.refused) }
}

/// What differs between two states of a city: column, before, after.
pub fn differences(before: &City, after: &City) -> Vec<(&'static str, String, String)> {
    let (old, mut new) = (write(before), write(after));
    let changed = KEYS.iter().filter_map(|key| {
        let (old, new) = (old.get(key)?.clone(), new.remove(key)?);
        (old != new).then_some((*key, old, new))
    });
    changed.collect()
}

struct Reader {
    cells: BTreeMap<&'static str, String>,
    refused: FieldRefusals,
}

impl Reader {
    fn cell(&self, key: &str) -> &str {
        self.cells.get(key).map_or("", String::as_str)
    }

    fn take<T>(&mut self, key: &str, parse: impl FnOnce(&str) -> Result<T, Refusal>) -> Option<T> {
        match parse(self.cell(key)) {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.refused.add(key, refusal);
                None
            }
        }
    }

    fn line(&mut self, key: &str) -> String {
        self.take(key, clean::line).unwrap_or_default()
    }

    fn whole(&mut self, key: &str, least: i64, most: i64) -> Option<i64> {
        if self.cell(key).is_empty() {
            return None;
        }
        self.take(key, |raw| clean::number(raw, least, most))
    }

    fn one_of(&mut self, key: &str, known: &[String]) -> Option<String> {
        let code = self.cell(key).to_owned();
        if !code.is_empty() && !known.contains(&code) {
            self.refused.add(key, Refusal::new("unknown-state").with("code", &code));
        }
        Some(code).filter(|code| !code.is_empty())
    }

    fn name(&mut self) -> Text {
        let columns = [
            (Lang::Zh, "name_zh"),
            (Lang::Ru, "name_ru"),
            (Lang::En, "name_en"),
            (Lang::Fa, "name_fa"),
        ];
        let parts: Vec<(Lang, String)> =
            columns.into_iter().map(|(lang, key)| (lang, self.line(key))).collect();
        Text::stated(parts).unwrap_or_else(|| {
            self.refused.add("name_zh", Refusal::new("one-language"));
            Text::new(Lang::Zh, "")
        })
    }

    fn local(&mut self) -> Option<(String, String)> {
        let own = self.line("local_name");
        if own.is_empty() {
            return None;
        }
        Some((self.take("local_lang", language_tag)?, own))
    }

    fn position(&mut self) -> Option<[f64; 2]> {
        if self.cell("north").is_empty() && self.cell("east").is_empty() {
            return None;
        }
        let north = self.take("north", clean::decimal);
        let east = self.take("east", clean::decimal);
        Some([north?, east?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::city::Origin;
    use proptest::prelude::*;

    fn city() -> City {
        City {
            id: uuid::Uuid::nil().into(),
            geonames: Some(7),
            iso2: Some("CN".into()),
            name: Text::new(Lang::Zh, "样城").and(Lang::En, "Sampleton"),
            local: Some(("zh-Hans".into(), "样城".into())),
            position: Some([39.142_22, 117.176_67]),
            population: Some(11_000_000),
            zone: "Asia/Shanghai".into(),
            traits: Vec::new(),
            origin: Origin::Fact,
        }
    }

    fn row(cells: &[(&str, &str)]) -> BTreeMap<String, String> {
        cells.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn what_a_list_lacks_stays_and_what_it_empties_goes() {
        let states = ["CN".to_owned()];
        let after = read(&row(&[("name_ru", "Примерск"), ("population", "")]), &city(), &states);
        let after = after.unwrap();
        let told = differences(&city(), &after);
        assert_eq!(told.iter().map(|d| d.0).collect::<Vec<_>>(), ["name_ru", "population"]);
        assert_eq!(after.name.get(Lang::Zh), Some("样城"));
    }

    #[test]
    fn every_wrong_cell_is_told() {
        let wrong = [
            ("name_zh", "a\u{202E}b"),
            ("iso2", "ZZ"),
            ("local_lang", "a language"),
            ("north", "north"),
            ("population", "many"),
            ("zone", "Mars/One"),
        ];
        let refused = read(&row(&wrong), &city(), &["CN".to_owned()]).unwrap_err();
        let fields: Vec<&str> = refused.0.keys().map(String::as_str).collect();
        assert_eq!(fields, ["iso2", "local_lang", "name_zh", "north", "population", "zone"]);
        let empty = [("name_zh", ""), ("name_en", "")];
        assert!(read(&row(&empty), &city(), &["CN".to_owned()]).is_err());
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(
            names in prop::array::uniform4("[一-龥а-яA-Za-z]{1,8}"),
            position in prop::option::of((-90.0..=90.0_f64, -180.0..=180.0_f64)),
            population in prop::option::of(0..100_000_000_i64),
            local in prop::option::of("[一-龥ا-ي]{1,8}"),
        ) {
            let [zh, ru, en, fa] = names;
            let parts = [(Lang::Zh, zh), (Lang::Ru, ru), (Lang::En, en), (Lang::Fa, fa)];
            let parts = parts.map(|(lang, name)| (lang, clean::line(&name).unwrap()));
            let local = local.map(|own| ("uz-Latn".to_owned(), clean::line(&own).unwrap()));
            let changed = City {
                name: Text::stated(parts).unwrap(),
                position: position.map(|(north, east)| [north, east]),
                population,
                local: local.filter(|(_, own)| !own.is_empty()),
                ..city()
            };
            let cells = write(&changed).into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
            prop_assert_eq!(read(&cells, &city(), &["CN".to_owned()]).unwrap(), changed);
        }
    }
}
