//! One unit in its languages: who leads, who follows, what is stale, who may sign.

use std::collections::BTreeMap;

use domain::{
    Lang, UnitId,
    change::Change,
    declaration::{Authority, Declaration},
    token::words,
    undertaking::suggestion,
    unit::{CellState, Manner, UnitKind},
};

use proptest::prelude::*;

use crate::desk::{Desk, OFFICER, WRITER, code, person, unit};

fn states(desk: &Desk, n: u8) -> [CellState; 3] {
    let unit = desk.now.text.unit(unit(n)).expect("sound");
    [Lang::Zh, Lang::Ru, Lang::En].map(|lang| unit.state(lang))
}

#[test]
fn a_leading_change_makes_every_other_language_stale_at_once() {
    let mut desk = Desk::ready();
    desk.write(1, Lang::En, "The parties cooperate.", Manner::Follows).unwrap();
    desk.write(1, Lang::Ru, "Стороны тесно сотрудничают.", Manner::Leads).unwrap();
    assert_eq!(states(&desk, 1), [CellState::Stale, CellState::InWork, CellState::Stale]);
    assert_eq!(states(&desk, 2)[0], CellState::Concordant);
    let one = desk.now.text.unit(unit(1)).unwrap();
    let changes = one.source_changes(Lang::Zh);
    assert_eq!(changes, [(Lang::Ru, "Стороны сотрудничают.", "Стороны тесно сотрудничают.")]);
    assert!(one.source_changes(Lang::Ru).is_empty());
    // Following brings a language in line and leaves the leading one alone.
    desk.write(1, Lang::Zh, "双方密切合作。", Manner::Follows).unwrap();
    assert_eq!(states(&desk, 1), [CellState::InWork, CellState::InWork, CellState::Stale]);
    desk.sign(1);
    assert!(desk.now.text.unready().is_empty());
}

#[test]
fn what_was_signed_is_signed_again_when_the_other_side_changes_its_words() {
    let mut desk = Desk::ready();
    desk.write(1, Lang::Zh, "双方开展合作。", Manner::Follows).unwrap();
    assert_eq!(states(&desk, 1)[..2], [CellState::InWork, CellState::Revised]);
}

#[test]
fn nobody_signs_for_their_own_words_or_over_a_gap() {
    let mut desk = Desk::ready();
    desk.write(1, Lang::Zh, "双方密切合作。", Manner::Leads).unwrap();
    assert_eq!(code(desk.concord(1, Lang::Zh, OFFICER)), "declaration-wrong-state");
    desk.offer(1, Lang::Zh).unwrap();
    assert_eq!(code(desk.offer(1, Lang::Zh)), "declaration-wrong-state");
    assert_eq!(code(desk.concord(1, Lang::Zh, WRITER)), "declaration-own-wording");
    let refusal = desk.concord(1, Lang::Zh, OFFICER).unwrap_err();
    assert_eq!((&*refusal.code, &*refusal.args["lang"]), ("declaration-languages-apart", "ru"));
    desk.write(1, Lang::Ru, "Стороны сотрудничают\u{200B}.", Manner::Follows).unwrap();
    desk.offer(1, Lang::Ru).unwrap();
    assert_eq!(code(desk.concord(1, Lang::Ru, OFFICER)), "unsafe-text");
    desk.concord(1, Lang::Zh, OFFICER).unwrap();
    let base = desk.now.text.unit(unit(2)).unwrap().seal(Lang::Ru);
    let (lang, by, at) = (Lang::Ru, person(OFFICER), desk.at);
    let other = Change::Concorded { unit: unit(1), lang, base, by, at };
    assert_eq!(code(desk.text(other)), "declaration-moved");
}

#[test]
fn a_machine_covers_no_human_words_and_is_never_concordant() {
    let mut desk = Desk::ready();
    assert_eq!(
        code(desk.write(1, Lang::Ru, "Машина.", Manner::Machine)),
        "declaration-wrong-state"
    );
    desk.write(1, Lang::En, "Machine.", Manner::Machine).unwrap();
    assert_eq!(states(&desk, 1)[2], CellState::MachineDraft);
    assert_eq!(code(desk.offer(1, Lang::En)), "declaration-wrong-state");
    assert_eq!(code(desk.concord(1, Lang::En, OFFICER)), "declaration-wrong-state");
    desk.write(1, Lang::En, "A person.", Manner::Follows).unwrap();
    assert_eq!(states(&desk, 1)[2], CellState::InWork);
}

#[test]
fn an_editorial_change_needs_two_people_and_keeps_concordance() {
    let mut desk = Desk::ready();
    let edit = |desk: &Desk, by, with: Option<u8>, text| {
        let mut change = desk.wording(1, Lang::Ru, text, Manner::Editorial, by);
        if let Change::Wrote { second, .. } = &mut change {
            *second = with.map(person);
        }
        change
    };
    let text = "Стороны сотрудничают!";
    for with in [None, Some(2)] {
        let change = edit(&desk, 2, with, text);
        assert_eq!(code(desk.text(change)), "declaration-second-person");
    }
    let hidden = edit(&desk, 2, Some(3), "Стороны\u{202E}.");
    assert_eq!(code(desk.text(hidden)), "unsafe-text");
    let before = desk.seal();
    let change = edit(&desk, 2, Some(3), text);
    desk.text(change).unwrap();
    assert_eq!(states(&desk, 1)[..2], [CellState::Concordant, CellState::Concordant]);
    assert_ne!(desk.seal(), before);
}

#[test]
fn drafting_starts_in_any_language_and_then_only_authentic_ones_lead() {
    let mut desk = Desk::new();
    let added = Change::Added { unit: unit(1), kind: UnitKind::Title, after: None };
    desk.text(added.clone()).unwrap();
    assert_eq!(code(desk.text(added)), "declaration-unit-known");
    assert_eq!(code(desk.write(1, Lang::Ru, "Раньше", Manner::Follows)), "declaration-wrong-state");
    desk.write(1, Lang::En, "A title", Manner::Leads).unwrap();
    desk.write(1, Lang::Ru, "Название", Manner::Follows).unwrap();
    let refused = code(desk.write(1, Lang::En, "Another", Manner::Leads));
    assert_eq!(refused, "declaration-translation-leads");
    assert_eq!(code(desk.write(1, Lang::Fa, "عنوان", Manner::Follows)), "declaration-language");
    assert_eq!(code(desk.write(1, Lang::Ru, " … ", Manner::Follows)), "missing");
    let long = "а".repeat(20_001);
    assert_eq!(code(desk.write(1, Lang::Ru, &long, Manner::Follows)), "too-long");
    let only = BTreeMap::from([(Lang::En, Authority::Translation)]);
    assert_eq!(code(Declaration::new(only)), "declaration-no-authentic");
}

#[test]
fn nobody_writes_over_what_they_never_saw() {
    let mut desk = Desk::ready();
    let late = desk.wording(1, Lang::Ru, "Позже.", Manner::Leads, 2);
    let elsewhere = desk.wording(1, Lang::Zh, "稍后。", Manner::Leads, 3);
    desk.write(1, Lang::Ru, "Раньше.", Manner::Leads).unwrap();
    assert_eq!(code(desk.text(late)), "declaration-moved");
    assert_eq!(code(desk.text(elsewhere)), "declaration-moved");
}

#[test]
fn splitting_and_merging_keep_every_word() {
    let mut desk = Desk::ready();
    desk.write(1, Lang::En, "The parties cooperate.", Manner::Follows).unwrap();
    let split = |desk: &Desk, first: &str, second: &str| Change::Split {
        unit: unit(1),
        new: unit(7),
        lang: Lang::Ru,
        base: desk.now.text.unit(unit(1)).unwrap().seal(Lang::Ru),
        parts: (first.to_owned(), second.to_owned()),
        by: person(WRITER),
        at: desk.at,
    };
    let lost = split(&desk, "Стороны", "дружат.");
    assert_eq!(code(desk.text(lost)), "declaration-words-lost");
    let empty = split(&desk, "Стороны сотрудничают.", " ");
    assert_eq!(code(desk.text(empty)), "missing");
    let sound = split(&desk, "Стороны:", "сотрудничают.");
    desk.text(sound).unwrap();
    let all = |desk: &Desk, lang| -> Vec<String> {
        let units = desk.now.text.units.iter();
        units.flat_map(|unit| words(unit.text(lang)).into_iter().map(str::to_owned)).collect()
    };
    assert_eq!(all(&desk, Lang::Ru), ["Стороны", "сотрудничают", "Отчёт", "ежегодный"]);
    assert_eq!(all(&desk, Lang::En), ["The", "parties", "cooperate"]);
    assert_eq!(states(&desk, 1), [CellState::Stale, CellState::InWork, CellState::Stale]);
    assert_eq!(states(&desk, 7), [CellState::Missing, CellState::InWork, CellState::Missing]);
    assert_eq!(desk.now.text.unit(unit(7)).unwrap().from, [unit(1)]);

    let mut merged = Desk::ready();
    let merge = |unit, next, desk: &Desk| Change::Merged { unit, next, by: person(1), at: desk.at };
    let apart = merge(unit(2), unit(1), &merged);
    assert_eq!(code(merged.text(apart)), "declaration-not-neighbours");
    let near = merge(unit(1), unit(2), &merged);
    merged.text(near).unwrap();
    let one = merged.now.text.unit(unit(1)).unwrap();
    assert_eq!(one.text(Lang::Zh), "双方合作。每年报告。");
    assert_eq!(one.text(Lang::Ru), "Стороны сотрудничают. Отчёт ежегодный.");
    assert_eq!(states(&merged, 1)[..2], [CellState::InWork, CellState::InWork]);
    assert_eq!(merged.now.text.removed.len(), 1);
}

/// Words that imitate the lines of the canonical form do not make another text with the same seal.
#[test]
fn the_canonical_form_cannot_be_imitated() {
    let mut one = Desk::new();
    one.add(1, None, ["甲", "А"]);
    one.add(2, Some(1), ["乙", "Б"]);
    let imitation = format!("甲\nunit {} operative 1\n乙", unit(2));
    let mut other = Desk::new();
    other.add(1, None, [&imitation, "А"]);
    let (a, b) = (one.now.text.canonical(Lang::Zh), other.now.text.canonical(Lang::Zh));
    assert_ne!(a, b);
    assert_eq!(a, format!("unit {} operative 1\n甲\nunit {} operative 1\n乙\n", unit(1), unit(2)));
}

#[test]
fn a_paragraph_that_binds_unevenly_is_a_hint() {
    let mut desk = Desk::new();
    desk.add(
        1,
        None,
        ["双方应于2027年5月18日前报告。", "Стороны обязуются отчитаться до 18 мая 2027 года."],
    );
    desk.add(2, Some(1), ["双方应报告。", "Стороны намерены отчитаться."]);
    desk.add(3, Some(2), ["双方报告。", "Отчёт."]);
    let read =
        |n| suggestion(desk.now.text.unit(unit(n)).unwrap(), &[Lang::Zh, Lang::Ru, Lang::En]);
    let even = read(1).unwrap();
    assert_eq!((even.uneven, even.deadline), (false, Some(jiff::civil::date(2027, 5, 18))));
    assert!(read(2).unwrap().uneven);
    assert_eq!(read(3), None);
}

#[test]
fn what_went_out_comes_back_with_its_words_and_is_agreed_anew() {
    let mut desk = Desk::ready();
    let before = desk.now.text.unit(unit(1)).unwrap().clone();
    assert_eq!(
        code(desk.text(Change::Restored { unit: unit(1), after: None })),
        "declaration-unit-gone",
        "it is there"
    );
    desk.text(Change::Removed { unit: unit(1) }).unwrap();
    let behind_itself = Change::Restored { unit: unit(1), after: Some(unit(1)) };
    assert_eq!(code(desk.text(behind_itself)), "declaration-unit-gone");
    desk.text(Change::Restored { unit: unit(1), after: Some(unit(2)) }).unwrap();
    assert_eq!(desk.now.text.units.last(), Some(&before));
    assert!(desk.now.text.removed.is_empty());
    assert!(!desk.now.consensus.is_agreed(&desk.now.text, unit(1)));
    assert!(desk.now.consensus.is_agreed(&desk.now.text, unit(2)));
}

#[test]
fn bringing_back_what_was_merged_undoes_the_merging() {
    let mut desk = Desk::ready();
    desk.write(1, Lang::En, "The parties cooperate.", Manner::Follows).unwrap();
    desk.write(1, Lang::Zh, "双方密切合作。", Manner::Leads).unwrap();
    let before = desk.now.text.clone();
    let merged = Change::Merged { unit: unit(1), next: unit(2), by: person(1), at: desk.at };
    desk.text(merged.clone()).unwrap();
    let back = Change::Restored { unit: unit(2), after: Some(unit(1)) };
    let mut changed = desk.clone();
    changed.write(1, Lang::Zh, "双方密切合作，每年报告。", Manner::Leads).unwrap();
    assert_eq!(code(changed.text(back.clone())), "declaration-merge-changed");
    let mut gone = desk.clone();
    gone.text(Change::Removed { unit: unit(1) }).unwrap();
    let alone = Change::Restored { unit: unit(2), after: None };
    assert_eq!(code(gone.text(alone)), "declaration-merge-gone");
    desk.text(back).unwrap();
    for lang in [Lang::Zh, Lang::Ru, Lang::En] {
        assert_eq!(desk.now.text.canonical(lang), before.canonical(lang));
    }
    assert_eq!(states(&desk, 1), [CellState::InWork, CellState::Stale, CellState::Stale]);
    assert_eq!(states(&desk, 2)[..2], [CellState::Concordant, CellState::Concordant]);
    assert!(!desk.now.consensus.is_agreed(&desk.now.text, unit(2)));
    assert!(desk.now.text.merged.is_empty() && desk.now.text.removed.is_empty());
    desk.text(merged).unwrap();
    assert_eq!(desk.now.text.unit(unit(1)).unwrap().text(Lang::Zh), "双方密切合作。每年报告。");
    // What was signed for is signed for anew, by somebody who wrote neither.
    let mut signed = Desk::ready();
    let merged = Change::Merged { unit: unit(1), next: unit(2), by: person(5), at: signed.at };
    signed.text(merged).unwrap();
    signed.text(Change::Restored { unit: unit(2), after: Some(unit(1)) }).unwrap();
    assert_eq!(states(&signed, 1)[..2], [CellState::Revised, CellState::Revised]);
    assert_eq!(code(signed.concord(1, Lang::Zh, WRITER)), "declaration-own-wording");
    signed.concord(1, Lang::Zh, OFFICER).unwrap();
}

proptest! {
    /// Whatever is merged, removed, moved and brought back in whatever order.
    #[test]
    fn no_word_stands_twice(acts in prop::collection::vec((0_u8..4, 1_u8..6, 0_u8..6), 0..60)) {
        let mut desk = Desk::new();
        for n in 1..6_u8 {
            let (zh, ru) = (format!("第{n}"), format!("пункт{n}"));
            desk.add(n, n.checked_sub(1).filter(|before| *before > 0), [&zh, &ru]);
        }
        for (what, n, m) in acts {
            let (id, after) = (unit(n), Some(unit(m)).filter(|_| m > 0));
            let change = match what {
                0 => Change::Removed { unit: id },
                1 => Change::Shifted { unit: id, after },
                2 => Change::Restored { unit: id, after },
                _ => {
                    let all: Vec<UnitId> = desk.now.text.units.iter().map(|u| u.id).collect();
                    let at = all.iter().position(|other| *other == id).unwrap_or(all.len());
                    let next = all.get(at + 1).copied().unwrap_or(id);
                    Change::Merged { unit: id, next, by: person(m), at: desk.at }
                }
            };
            let before = desk.now.text.clone();
            if desk.text(change).is_err() {
                prop_assert_eq!(&desk.now.text, &before);
            }
            for lang in [Lang::Zh, Lang::Ru] {
                let all: String = desk.now.text.units.iter().map(|u| u.text(lang)).collect();
                for n in 1..6_u8 {
                    prop_assert!(all.matches(&n.to_string()).count() <= 1, "{}", all);
                }
            }
            // Once everything that went out is back, every word is there again.
            if desk.now.text.removed.is_empty() {
                prop_assert_eq!(desk.now.text.units.len(), 5);
            }
        }
    }
}
