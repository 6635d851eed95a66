//! Paragraph numbers that stay while delegates hold paper.
//!
//! Numbers are frozen with every printed revision. A paragraph that comes in between takes the number of
//! the one before it with *bis*, *ter* and so on; one that goes out leaves a gap. The next revision
//! numbers anew.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{UnitId, bracket::rival_number, declaration::Declaration, unit::UnitKind};

/// The numbers of a printed revision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Numbers(pub BTreeMap<UnitId, String>);

fn numbered(kind: UnitKind) -> bool {
    matches!(kind, UnitKind::Operative | UnitKind::Annex)
}

/// Operative paragraphs and parts of annexes, each counted from 1.
pub fn anew(text: &Declaration) -> Numbers {
    let mut counts: BTreeMap<UnitKind, u32> = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    for unit in text.units.iter().filter(|unit| numbered(unit.kind)) {
        let count = counts.entry(unit.kind).or_default();
        *count += 1;
        numbers.insert(unit.id, count.to_string());
    }
    Numbers(numbers)
}

/// The numbers of the text as it stands, with those of the last printed revision kept.
pub fn kept(frozen: &Numbers, text: &Declaration) -> Numbers {
    let mut last: BTreeMap<UnitKind, (String, usize)> = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    for unit in text.units.iter().filter(|unit| numbered(unit.kind)) {
        let before = last.entry(unit.kind).or_insert_with(|| ("0".to_owned(), 0));
        let number = if let Some(number) = frozen.0.get(&unit.id) {
            *before = (number.clone(), 0);
            number.clone()
        } else {
            before.1 += 1;
            rival_number(&before.0, before.1)
        };
        numbers.insert(unit.id, number);
    }
    Numbers(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lang, change::Change, declaration::Authority};
    use uuid::Uuid;

    #[test]
    fn numbers_stay_while_paragraphs_come_and_go() {
        let id = |n| UnitId(Uuid::from_u128(n));
        let mut text =
            Declaration::new(BTreeMap::from([(Lang::Zh, Authority::Authentic)])).unwrap();
        let add = |text: &mut Declaration, n, kind, after: Option<u128>| {
            text.act(&Change::Added { unit: id(n), kind, after: after.map(id) }).unwrap();
        };
        add(&mut text, 1, UnitKind::Title, None);
        add(&mut text, 2, UnitKind::Operative, Some(1));
        add(&mut text, 3, UnitKind::Operative, Some(2));
        add(&mut text, 4, UnitKind::Annex, Some(3));
        let frozen = anew(&text);
        add(&mut text, 5, UnitKind::Operative, Some(2));
        add(&mut text, 6, UnitKind::Operative, Some(5));
        add(&mut text, 7, UnitKind::Operative, Some(1));
        text.act(&Change::Removed { unit: id(2) }).unwrap();
        let of = |numbers: &Numbers| -> Vec<String> {
            text.units.iter().filter_map(|unit| numbers.0.get(&unit.id).cloned()).collect()
        };
        let now = kept(&frozen, &text);
        assert_eq!(of(&now), ["0 bis", "0 ter", "0 quater", "2", "1"]);
        assert_eq!(of(&anew(&text)), ["1", "2", "3", "4", "1"]);
    }
}
