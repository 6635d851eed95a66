//! Amendments: applied to the words they were written for, rebased in the open when those moved.

use domain::{
    AmendmentId, Lang,
    amendment::{Amendment, AmendmentState, Operation, Rebased, chosen_order, furthest_first},
    merge::Piece,
    unit::{Manner, UnitKind},
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::desk::{Desk, city, code, person, unit};

fn amendment(desk: &Desk, n: u8, operation: Operation) -> Amendment {
    let id = AmendmentId(Uuid::from_u128(u128::from(n)));
    Amendment::new(id, city(1), Lang::Ru, operation, &desk.now.text).expect("sound")
}

fn accept(desk: &mut Desk, amendment: &Amendment) -> String {
    match amendment.changes(&desk.now.text, person(4), desk.at) {
        Ok(changes) => changes.into_iter().map(|change| code(desk.text(change))).collect(),
        Err(refusal) => refusal.code,
    }
}

fn replace(n: u8, text: &str) -> Operation {
    Operation::Replace { unit: unit(n), text: text.to_owned() }
}

fn order(desk: &Desk) -> Vec<(u128, String)> {
    let units = desk.now.text.units.iter();
    units.map(|unit| (unit.id.0.as_u128(), unit.text(Lang::Ru).to_owned())).collect()
}

#[test]
fn every_operation_does_what_it_says() {
    let (one, two) = ("Стороны сотрудничают.".to_owned(), "Отчёт ежегодный.".to_owned());
    let done = |operation| {
        let mut desk = Desk::ready();
        let amendment = amendment(&desk, 1, operation);
        assert_eq!(accept(&mut desk, &amendment), "");
        order(&desk)
    };
    assert_eq!(done(replace(1, "Иначе.")), [(1, "Иначе.".to_owned()), (2, two.clone())]);
    let (kind, text) = (UnitKind::Operative, "Новое.".to_owned());
    let insert = Operation::Insert { new: unit(5), kind, after: Some(unit(1)), text: text.clone() };
    assert_eq!(done(insert), [(1, one.clone()), (5, text), (2, two.clone())]);
    assert_eq!(done(Operation::Delete { unit: unit(1) }), [(2, two.clone())]);
    let back = Operation::Move { unit: unit(1), after: Some(unit(2)) };
    assert_eq!(done(back), [(2, two.clone()), (1, one.clone())]);
    let parts = ("Стороны".to_owned(), "сотрудничают.".to_owned());
    let split = Operation::Split { unit: unit(1), new: unit(5), parts: parts.clone() };
    assert_eq!(done(split), [(1, parts.0), (5, parts.1), (2, two.clone())]);
    let merge = Operation::Merge { unit: unit(1), next: unit(2) };
    assert_eq!(done(merge), [(1, format!("{one} {two}"))]);
}

#[test]
fn an_amendment_to_other_words_is_refused_and_rebased_in_the_open() {
    let mut desk = Desk::ready();
    let far = amendment(&desk, 1, replace(1, "Все стороны сотрудничают."));
    let near = amendment(&desk, 2, replace(1, "Стороны дружат."));
    let strike = amendment(&desk, 3, Operation::Delete { unit: unit(1) });
    let parts = ("Стороны".to_owned(), "сотрудничают.".to_owned());
    let split = Operation::Split { unit: unit(1), new: unit(5), parts };
    let split = amendment(&desk, 4, split);
    let shift = amendment(&desk, 5, Operation::Move { unit: unit(1), after: Some(unit(2)) });
    desk.write(1, Lang::Ru, "Стороны сотрудничают ежегодно.", Manner::Leads).unwrap();
    for late in [&far, &near, &strike, &split, &shift] {
        assert_eq!(accept(&mut desk, late), "declaration-moved");
    }
    let rebased = |amendment: &Amendment| amendment.rebased(&desk.now.text).unwrap();
    let Rebased::Fits(next, pieces) = rebased(&far) else { panic!() };
    assert_eq!(next.operation, replace(1, "Все стороны сотрудничают ежегодно."));
    assert!(pieces.iter().any(|piece| matches!(piece, Piece::Theirs { .. })));
    assert!(matches!(rebased(&near), Rebased::Conflict(_)));
    assert!(matches!(rebased(&strike), Rebased::Conflict(_)));
    assert!(matches!(rebased(&shift), Rebased::Fits(..)));
    let Rebased::Fits(next, _) = rebased(&split) else { panic!() };
    let mut split = desk.clone();
    assert_eq!(accept(&mut split, &next), "");
    assert_eq!(order(&split)[1], (5, "сотрудничают ежегодно.".to_owned()));
    desk.text(domain::change::Change::Removed { unit: unit(1) }).unwrap();
    assert_eq!(code(far.rebased(&desk.now.text)), "declaration-unit-gone");
    let settled = Amendment { state: AmendmentState::Rejected, ..far };
    assert_eq!(accept(&mut desk, &settled), "amendment-settled");
}

#[test]
fn what_goes_furthest_is_decided_first() {
    let desk = Desk::ready();
    let (kind, text) = (UnitKind::Operative, "Новое.".to_owned());
    let all = [
        amendment(&desk, 1, Operation::Insert { new: unit(5), kind, after: None, text }),
        amendment(&desk, 2, replace(1, "Стороны сотрудничают!")),
        amendment(&desk, 3, Operation::Move { unit: unit(1), after: None }),
        amendment(&desk, 4, replace(1, "Каждый город сам за себя.")),
        amendment(&desk, 5, Operation::Delete { unit: unit(1) }),
    ];
    let order = furthest_first(&all, &desk.now.text);
    let numbers: Vec<u128> = order.iter().map(|id| id.0.as_u128()).collect();
    assert_eq!(numbers, [5, 4, 2, 3, 1]);
    let mut chosen = order.clone();
    chosen.reverse();
    assert_eq!(code(chosen_order(&order, &order, "")), "");
    assert_eq!(code(chosen_order(&order, &chosen, " ")), "missing");
    assert_eq!(code(chosen_order(&order, &chosen, "by the rules")), "");
    assert_eq!(code(chosen_order(&order, &chosen[1..], "by the rules")), "amendment-order");
}

fn wording() -> impl Strategy<Value = String> {
    let pool = ["города ", "и ", "сёла ", "1,000 ", "отчёт ", "ежегодно ", ", ", "成员国", ". "];
    let pieces = prop::collection::vec(prop::sample::select(pool.to_vec()), 0..10);
    pieces.prop_map(|pieces| format!("а {}", pieces.concat()))
}

proptest! {
    #[test]
    fn a_rebase_loses_no_word(base in wording(), theirs in wording(), ours in wording()) {
        let mut desk = Desk::ready();
        desk.write(1, Lang::Ru, &base, Manner::Leads).unwrap();
        let late = amendment(&desk, 1, replace(1, &ours));
        desk.write(1, Lang::Ru, &theirs, Manner::Leads).unwrap();
        let rebased = late.rebased(&desk.now.text).unwrap();
        let (Rebased::Fits(_, pieces) | Rebased::Conflict(pieces)) = &rebased;
        let all = |of: fn(&Piece) -> &str| -> String { pieces.iter().map(of).collect() };
        prop_assert_eq!(all(Piece::base), base);
        prop_assert_eq!(all(Piece::theirs), theirs);
        prop_assert_eq!(all(Piece::ours), ours);
        if let Rebased::Fits(next, _) = &rebased {
            prop_assert!(next.fits(&desk.now.text));
            prop_assert_eq!(accept(&mut desk, next), "");
        }
    }
}
