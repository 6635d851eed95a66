//! What differs between two states of a text, unit by unit.

use std::collections::BTreeSet;

use crate::{Lang, UnitId, declaration::Declaration, unit::Unit};

/// A unit that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<'a> {
    /// As it was; nothing if it came in.
    pub before: Option<&'a Unit>,
    /// As it is; nothing if it went out.
    pub after: Option<&'a Unit>,
    /// Whether it stands in another place among those that stayed.
    pub moved: bool,
}

impl Changed<'_> {
    /// Its words in a language, before and after.
    pub fn words(&self, lang: Lang) -> (&str, &str) {
        (
            self.before.map_or("", |unit| unit.text(lang)),
            self.after.map_or("", |unit| unit.text(lang)),
        )
    }
}

/// The units that differ in one of these languages, in the order of the new state; one that went out stands
/// where it would follow the unit that it followed.
pub fn differences<'a>(
    old: &'a Declaration,
    new: &'a Declaration,
    langs: &[Lang],
) -> Vec<Changed<'a>> {
    let was: Vec<UnitId> = old.units.iter().map(|unit| unit.id).collect();
    let stayed = |unit: &Unit| was.iter().position(|id| *id == unit.id).map(|at| (at, unit.id));
    let places: Vec<(usize, UnitId)> = new.units.iter().filter_map(stayed).collect();
    let in_place = rising(&places);
    let mut all = Vec::new();
    let gone = |after: Option<UnitId>, all: &mut Vec<Changed<'a>>| {
        let place = after.map_or(0, |id| was.iter().position(|w| *w == id).map_or(0, |at| at + 1));
        let rest = old.units.get(place..).unwrap_or_default();
        for unit in rest.iter().take_while(|unit| new.unit(unit.id).is_none()) {
            all.push(Changed { before: Some(unit), after: None, moved: false });
        }
    };
    gone(None, &mut all);
    for unit in &new.units {
        let before = old.unit(unit.id);
        let moved = before.is_some() && !in_place.contains(&unit.id);
        let other = before.is_none_or(|b| langs.iter().any(|l| b.text(*l) != unit.text(*l)));
        if moved || other {
            all.push(Changed { before, after: Some(unit), moved });
        }
        if before.is_some() {
            gone(Some(unit.id), &mut all);
        }
    }
    all
}

/// As many units as can be said to have kept their places: a longest rising run of former places. All
/// others moved.
fn rising(places: &[(usize, UnitId)]) -> BTreeSet<UnitId> {
    // For each length, where the run of that length with the lowest end ends; and what precedes each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(places.len());
    for (at, (place, _)) in places.iter().enumerate() {
        let length = ends.partition_point(|end| places[*end].0 < *place);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let last = ends.last().copied();
    std::iter::successors(last, |at| before[*at]).map(|at| places[at].1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{change::Change, declaration::Authority, unit::UnitKind};
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    fn id(n: u128) -> UnitId {
        UnitId(Uuid::from_u128(n))
    }

    fn text(order: &[u128]) -> Declaration {
        let languages = BTreeMap::from([(Lang::Zh, Authority::Authentic)]);
        let mut text = Declaration::new(languages).unwrap();
        let mut after = None;
        for n in order {
            let (unit, kind) = (id(*n), UnitKind::Operative);
            text.act(&Change::Added { unit, kind, after }).unwrap();
            after = Some(unit);
        }
        text
    }

    #[test]
    fn what_came_went_and_moved_is_told() {
        let (old, new) = (text(&[1, 2, 3, 4, 5]), text(&[1, 4, 6, 3, 5]));
        let told: Vec<_> = differences(&old, &new, &[Lang::Zh])
            .iter()
            .map(|c| (c.before.map(|u| u.id), c.after.map(|u| u.id), c.moved))
            .collect();
        let went = (Some(id(2)), None, false);
        assert!(told.contains(&went), "{told:?}");
        assert!(told.contains(&(None, Some(id(6)), false)));
        assert_eq!(told.iter().filter(|(_, _, moved)| *moved).count(), 1);
    }

    proptest! {
        #[test]
        fn every_unit_that_came_or_went_is_told_once(
            old in prop::collection::btree_set(1_u128..12, 0..8),
            new in prop::collection::vec(1_u128..12, 0..8),
        ) {
            let old: Vec<u128> = old.into_iter().collect();
            let mut seen = BTreeSet::new();
            let new: Vec<u128> = new.into_iter().filter(|n| seen.insert(*n)).collect();
            let (old, new) = (text(&old), text(&new));
            let told = differences(&old, &new, &[Lang::Zh]);
            let came = told.iter().filter(|c| c.before.is_none()).count();
            let went = told.iter().filter(|c| c.after.is_none()).count();
            let only = |a: &Declaration, b: &Declaration| {
                a.units.iter().filter(|unit| b.unit(unit.id).is_none()).count()
            };
            prop_assert_eq!(came, only(&new, &old));
            prop_assert_eq!(went, only(&old, &new));
            prop_assert_eq!(differences(&old, &old, &[Lang::Zh]), vec![]);
        }
    }
}
