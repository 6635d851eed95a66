//! Alternat: in the original that a party keeps, that party comes first. With two parties this holds for
//! the preamble, the flags, the place of signature and the column of its language; with more, every
//! original has the declared order of the edition.

use crate::Lang;

/// One original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Original {
    /// The party that keeps it; nobody for one that is kept elsewhere.
    pub holder: Option<usize>,
    /// The parties in the order of this original: the first is named first, its flag and its signature
    /// stand on the left, and its language in the first column.
    pub order: Vec<usize>,
}

/// The originals of an instrument, from the declared order of its parties: one for each, and then those
/// that are kept elsewhere.
pub fn originals(declared: &[usize], count: u32) -> Vec<Original> {
    let count = usize::try_from(count).unwrap_or(usize::MAX).max(declared.len());
    let of = |at: usize| {
        let holder = declared.get(at).copied();
        let order = match (holder, declared) {
            (Some(holder), [a, b]) if holder == *b => vec![*b, *a],
            _ => declared.to_vec(),
        };
        Original { holder, order }
    };
    (0..count).map(of).collect()
}

/// Names in a row, as each language joins them.
pub fn joined(names: &[&str], lang: Lang) -> String {
    let (between, last) = match lang {
        Lang::Zh => ("、", "和"),
        Lang::Ru => (", ", " и "),
        Lang::En => (", ", " and "),
        Lang::Fa => ("، ", " و "),
    };
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., end] => format!("{}{last}{end}", rest.join(between)),
    }
}

/// A text in the order of one original: where two parties are named in a row, the first of the original is
/// named first, in whatever order the text was written. Nothing else changes; of more than two parties all
/// originals say the same.
pub fn turned(text: &str, names: &[&str], order: &[usize], lang: Lang) -> String {
    let [first, second] = order else { return text.to_owned() };
    let (Some(first), Some(second)) = (names.get(*first), names.get(*second)) else {
        return text.to_owned();
    };
    text.replace(&joined(&[second, first], lang), &joined(&[first, second], lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_turned_in_the_preamble_and_nowhere_else() {
        let names = ["Примеровск", "Вымыслоград"];
        let text = "Стороны: Примеровск и Вымыслоград. Примеровск принимает первую встречу.";
        assert_eq!(
            turned(text, &names, &[1, 0], Lang::Ru),
            "Стороны: Вымыслоград и Примеровск. Примеровск принимает первую встречу."
        );
        assert_eq!(joined(&["甲", "乙", "丙"], Lang::Zh), "甲、乙和丙");
    }

    proptest! {
        /// Whatever the declared order: each party keeps one original; of two, each is first in its own;
        /// of more, all originals have the declared order.
        #[test]
        fn each_party_comes_first_in_its_own_original(
            declared in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle(),
            parties in 2..9_usize,
            extra in 0..4_u32,
        ) {
            let declared: Vec<usize> = declared.into_iter().filter(|at| *at < parties).collect();
            let all = originals(&declared, u32::try_from(parties).unwrap() + extra);
            let mut holders: Vec<usize> = all.iter().filter_map(|one| one.holder).collect();
            holders.sort_unstable();
            prop_assert_eq!(holders, (0..parties).collect::<Vec<_>>());
            prop_assert_eq!(all.iter().filter(|one| one.holder.is_none()).count(), extra as usize);
            for one in &all {
                let mut named = one.order.clone();
                named.sort_unstable();
                prop_assert_eq!(named, (0..parties).collect::<Vec<_>>());
                match one.holder {
                    Some(holder) if parties == 2 => prop_assert_eq!(one.order[0], holder),
                    _ => prop_assert_eq!(&one.order, &declared),
                }
            }
        }

        #[test]
        fn turning_twice_gives_the_text_back(before in "[а-я ]{0,20}", after in "[а-я ]{0,20}") {
            let names = ["Альфа", "Бета"];
            let text = format!("{before}Альфа и Бета{after}");
            let there = turned(&text, &names, &[1, 0], Lang::Ru);
            prop_assert_eq!(turned(&there, &names, &[0, 1], Lang::Ru), text);
        }
    }
}
