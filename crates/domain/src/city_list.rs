//! A list of cities that comes back: what it would add and change, and which rows cannot be read.
//!
//! A row names its city by identifier or by `GeoNames` number; a row that names none is a new city.
//! All or nothing: a list with one row that cannot be read changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::{CityId, FieldRefusals, Refusal, city::City, city_row};

/// A row of a list: its number as its readers count, and its cells by column.
pub type Row = (usize, BTreeMap<String, String>);

/// What a row would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The row's number.
    pub row: usize,
    /// The city after it.
    pub after: City,
    /// Whether the city is new.
    pub new: bool,
    /// Column, before, after.
    pub told: Vec<(&'static str, String, String)>,
}

/// What a list would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// Rows that add or change a city.
    pub changes: Vec<Change>,
    /// Rows that say what stands already.
    pub same: usize,
    /// Rows that cannot be read, by number.
    pub unread: Vec<(usize, FieldRefusals)>,
}

impl Preview {
    /// Whether anything is left to be stored, and nothing stands in the way.
    pub fn is_ready(&self) -> bool {
        self.unread.is_empty() && !self.changes.is_empty()
    }
}

/// Compares a list with the register. `blank` gives an empty city with a new identifier.
pub fn preview(
    rows: &[Row],
    cities: &[City],
    states: &[String],
    mut blank: impl FnMut() -> City,
) -> Preview {
    let known = Known::of(cities);
    let mut met = BTreeSet::new();
    let mut preview = Preview::default();
    for (row, cells) in rows {
        let read = known.find(cells).and_then(|found| {
            if found.is_some_and(|city| !met.insert(city.id)) {
                return Err(("id", Refusal::new("city-twice")).into());
            }
            let before = found.cloned().unwrap_or_else(&mut blank);
            let after = city_row::read(cells, &before, states)?;
            let mut told = city_row::differences(&before, &after);
            told.retain(|(key, ..)| *key != "id");
            Ok(Change { row: *row, after, new: found.is_none(), told })
        });
        match read {
            Err(refused) => preview.unread.push((*row, refused)),
            Ok(change) if change.told.is_empty() => preview.same += 1,
            Ok(change) => preview.changes.push(change),
        }
    }
    preview
}

struct Known<'a> {
    by_id: BTreeMap<CityId, &'a City>,
    by_number: BTreeMap<i64, &'a City>,
}

impl<'a> Known<'a> {
    fn of(cities: &'a [City]) -> Self {
        let by_id = cities.iter().map(|c| (c.id, c)).collect();
        let by_number = cities.iter().filter_map(|c| Some((c.geonames?, c))).collect();
        Self { by_id, by_number }
    }

    /// The city that a row names; `None` for a new one.
    fn find(&self, cells: &BTreeMap<String, String>) -> Result<Option<&'a City>, FieldRefusals> {
        let cell = |key: &str| cells.get(key).map(|v| v.trim()).filter(|v| !v.is_empty());
        let unknown = |key: &str| FieldRefusals::from((key, Refusal::new("unknown-city")));
        let number = match cell("geonames_id") {
            Some(raw) => Some(
                raw.parse::<i64>()
                    .map_err(|_| FieldRefusals::from(("geonames_id", Refusal::new("number"))))?,
            ),
            None => None,
        };
        let Some(raw) = cell("id") else {
            return Ok(number.and_then(|n| self.by_number.get(&n).copied()));
        };
        let id: CityId = raw.parse().map_err(|_| unknown("id"))?;
        let city = self.by_id.get(&id).copied().ok_or_else(|| unknown("id"))?;
        match number {
            Some(n) if city.geonames.is_some_and(|own| own != n) => Err(unknown("geonames_id")),
            Some(n) if city.geonames.is_none() && self.by_number.contains_key(&n) => {
                Err(unknown("geonames_id"))
            }
            _ => Ok(Some(city)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, Text, city::Origin};
    use uuid::Uuid;

    fn city(n: u128, geonames: Option<i64>, zh: &str) -> City {
        City {
            id: Uuid::from_u128(n).into(),
            geonames,
            iso2: None,
            name: Text::new(Lang::Zh, zh),
            local: None,
            position: None,
            population: None,
            zone: "UTC".into(),
            traits: Vec::new(),
            origin: Origin::Fact,
        }
    }

    fn blank() -> City {
        City { zone: String::new(), ..city(99, None, "") }
    }

    fn row(number: usize, cells: &[(&str, &str)]) -> Row {
        (number, cells.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    fn told(rows: &[Row]) -> Preview {
        preview(rows, &[city(1, Some(7), "甲"), city(2, None, "乙")], &[], blank)
    }

    #[test]
    fn a_list_as_it_was_exported_changes_nothing() {
        let cities = [city(1, Some(7), "甲"), city(2, None, "乙")];
        let exported: Vec<Row> = cities
            .iter()
            .enumerate()
            .map(|(n, c)| {
                let cells = city_row::write(c).into_iter().map(|(k, v)| (k.to_owned(), v));
                (n + 2, cells.collect())
            })
            .collect();
        assert_eq!(told(&exported), Preview { same: 2, ..Preview::default() });
    }

    #[test]
    fn rows_add_and_change() {
        let rows = [
            row(2, &[("geonames_id", "7"), ("name_ru", "Первый")]),
            row(3, &[("name_zh", "丙"), ("zone", "Asia/Almaty")]),
        ];
        let preview = told(&rows);
        assert!(preview.is_ready());
        let [changed, added] = preview.changes.as_slice() else { panic!("{preview:?}") };
        assert_eq!(changed.told, [("name_ru", String::new(), "Первый".to_owned())]);
        assert!(added.new && !changed.new);
        assert_eq!(added.after.name.get(Lang::Zh), Some("丙"));
    }

    #[test]
    fn a_row_that_names_no_single_city_is_told() {
        let id = |n| Uuid::from_u128(n).to_string();
        let wrong = [
            row(2, &[("id", "nobody")]),
            row(3, &[("id", &id(5))]),
            row(4, &[("id", &id(1)), ("geonames_id", "8")]),
            row(5, &[("id", &id(2)), ("geonames_id", "7")]),
            row(6, &[("geonames_id", "seven")]),
            row(7, &[("id", &id(1))]),
            row(8, &[("geonames_id", "7")]),
        ];
        let preview = told(&wrong);
        let rows: Vec<usize> = preview.unread.iter().map(|(row, _)| *row).collect();
        assert_eq!((rows, preview.same), (vec![2, 3, 4, 5, 6, 8], 1));
        assert!(!preview.is_ready());
    }
}
