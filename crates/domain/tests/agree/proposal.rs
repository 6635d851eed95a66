//! Random orders of what sides, sponsors and the chair do with amendments while the text moves: a draft
//! stays unknown until it is tabled, nothing enters the text but what was accepted, and only for the words
//! that it was written for.

use domain::{
    AmendmentId, DeclarationId, Lang, Refusal,
    amendment::{Amendment, AmendmentState, Operation},
    proposal::{Decision, Proposal, first_level, in_place, next_number, rivals},
    unit::{Manner, UnitKind},
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::desk::{Desk, city, code, person, unit};

fn made(desk: &Desk, n: u8, operation: Operation) -> Result<Amendment, Refusal> {
    let id = AmendmentId(Uuid::from_u128(u128::from(n)));
    Amendment::new(id, city(n % 3), Lang::Ru, operation, &desk.now.text)
}

fn replace(n: u8, text: &str) -> Operation {
    Operation::Replace { unit: unit(n), text: text.to_owned() }
}

fn drafted(desk: &Desk, n: u8, operation: Operation) -> Result<Proposal, Refusal> {
    let text = DeclarationId(Uuid::nil());
    made(desk, n, operation).map(|made| Proposal::draft(text, made, "why".to_owned(), person(1)))
}

fn decision(desk: &Desk, reason: &str) -> Decision {
    Decision { by: person(4), at: desk.at, reason: reason.to_owned() }
}

/// What somebody does: which, to which amendment, with which words.
fn acts() -> impl Strategy<Value = Vec<(u8, u8, u8)>> {
    prop::collection::vec((0_u8..8, 0_u8..5, 0_u8..6), 1..60)
}

/// Does one thing; gives the state of the amendment when it was done.
fn act(
    desk: &mut Desk,
    all: &mut Vec<Proposal>,
    (what, at, words): (u8, u8, u8),
) -> Result<(), Refusal> {
    let text = format!("Стороны сотрудничают {words} раз.");
    let (number, now) = (next_number(all), desk.at);
    let place = usize::from(at) % all.len().max(1);
    match (what, all.get_mut(place)) {
        (0, _) => {
            let n = u8::try_from(all.len()).unwrap_or(u8::MAX);
            let drafted = drafted(desk, n, replace(1 + at % 2, &text))?;
            all.push(drafted);
        }
        (1, _) => desk.write(1 + at % 2, Lang::Ru, &text, Manner::Leads)?,
        (2, Some(one)) => one.table(number, &desk.now.text, now)?,
        (3, Some(one)) => one.withdraw(person(1), now)?,
        (4, Some(one)) => one.sponsor(city(words % 3), words % 2 == 0)?,
        (5, Some(one)) => {
            let next = made(desk, at, replace(1 + at % 2, &text))?;
            one.retable(next, &desk.now.text, now)?;
        }
        (6, Some(one)) => {
            let changes = one.amendment.changes(&desk.now.text, person(4), now)?;
            one.decide(AmendmentState::Accepted, decision(desk, ""))?;
            changes.into_iter().try_for_each(|change| desk.text(change))?;
        }
        (_, Some(one)) => {
            let outcome = AmendmentState::ALL[usize::from(words)];
            if outcome == AmendmentState::Accepted {
                return Err(Refusal::new("choose"));
            }
            let reason = if at == 0 { "" } else { "so it was" };
            one.decide(outcome, decision(desk, reason))?;
        }
        _ => return Err(Refusal::new("choose")),
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_enters_the_text_but_what_was_accepted(acts in acts()) {
        let (mut desk, mut all) = (Desk::ready(), Vec::new());
        for one in acts {
            let (before, known) = (desk.now.text.clone(), all.clone());
            let done = act(&mut desk, &mut all, one);
            if done.is_err() {
                prop_assert_eq!(&all, &known, "a refused act changed something");
            }
            let accepted = |all: &[Proposal]| {
                all.iter().filter(|p| p.state() == AmendmentState::Accepted).count()
            };
            let written = one.0 == 1 && done.is_ok();
            let entered = accepted(&all) > accepted(&known);
            prop_assert!(entered || written || before == desk.now.text);
            let numbers: Vec<u32> = all.iter().filter_map(|p| p.number).collect();
            let mut distinct = numbers.clone();
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert_eq!(distinct.len(), numbers.len(), "a number given twice");
            for proposal in &all {
                let stranger = city(proposal_side(proposal) + 1);
                prop_assert!(proposal.number.is_some() || !proposal.is_known_to(&[stranger]));
                prop_assert!(proposal.is_known_to(&[proposal.amendment.by]));
                let settled = matches!(proposal.state(), AmendmentState::Rejected | AmendmentState::Moot);
                let reason = proposal.decision.as_ref().map_or("", |d| d.reason.as_str());
                prop_assert!(!settled || !reason.is_empty(), "settled without a reason");
                prop_assert!(!proposal.sponsors.contains(&proposal.amendment.by));
            }
            for (proposal, _) in rivals(&all, &desk.now.text, unit(1), Lang::Ru) {
                prop_assert!(proposal.is_open() && proposal.amendment.fits(&desk.now.text));
            }
            let kept = serde_json::to_string(&all).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Vec<Proposal>>(&kept).unwrap(), &all);
        }
    }
}

fn proposal_side(proposal: &Proposal) -> u8 {
    u8::try_from(proposal.amendment.by.0.as_u128()).unwrap_or_default()
}

#[test]
fn there_are_no_amendments_to_amendments() {
    let desk = Desk::ready();
    let (kind, text) = (UnitKind::Operative, "Новое.".to_owned());
    let insert = Operation::Insert { new: unit(7), kind, after: Some(unit(1)), text };
    let mut one = drafted(&desk, 1, insert).unwrap();
    assert_eq!(code(first_level([&one], unit(7))), "", "a draft is known to nobody");
    one.table(1, &desk.now.text, desk.at).unwrap();
    assert_eq!(code(first_level([&one], unit(7))), "amendment-second-level");
    assert_eq!(code(first_level([&one], unit(1))), "");
    assert_eq!(code(made(&desk, 2, replace(7, "Иначе."))), "declaration-unit-gone");
}

#[test]
fn what_the_text_would_not_take_cannot_be_tabled() {
    let desk = Desk::ready();
    let parts = ("Стороны".to_owned(), "дружат.".to_owned());
    let split = Operation::Split { unit: unit(1), new: unit(7), parts };
    let mut one = drafted(&desk, 1, split).unwrap();
    assert_eq!(code(one.table(1, &desk.now.text, desk.at)), "declaration-words-lost");
    assert_eq!((one.state(), one.number), (AmendmentState::Draft, None));
    let english = AmendmentId(Uuid::from_u128(3));
    let words = replace(1, "The parties meet.");
    let made = Amendment::new(english, city(1), Lang::En, words, &desk.now.text).unwrap();
    let text = DeclarationId(Uuid::nil());
    let mut one = Proposal::draft(text, made, "why".to_owned(), person(1));
    let refused = code(one.table(1, &desk.now.text, desk.at));
    assert_eq!(refused, "declaration-translation-leads");
}

#[test]
fn neighbours_come_in_as_they_were_written_whatever_the_chair_takes_first() {
    for (behind, order) in
        [(Some(1), [0, 1, 2]), (Some(1), [2, 0, 1]), (None, [1, 2, 0]), (None, [2, 1, 0])]
    {
        let mut desk = Desk::ready();
        let mut all: Vec<Proposal> = Vec::new();
        for n in 0..3 {
            let (new, kind) = (unit(10 + n), UnitKind::Operative);
            let text = "Стороны обмениваются опытом.".to_owned();
            let insert = Operation::Insert { new, kind, after: behind.map(unit), text };
            let mut one = drafted(&desk, n, insert).unwrap();
            one.table(next_number(&all), &desk.now.text, desk.at).unwrap();
            all.push(one);
        }
        for at in order {
            let placed = in_place(&all[at].amendment, &all, &desk.now.text);
            for change in placed.changes(&desk.now.text, person(4), desk.at).unwrap() {
                desk.text(change).unwrap();
            }
            all[at].decide(AmendmentState::Accepted, decision(&desk, "")).unwrap();
        }
        let there: Vec<_> = desk.now.text.units.iter().map(|unit| unit.id).collect();
        let new = [unit(10), unit(11), unit(12)];
        let (first, last) = (vec![unit(1)], vec![unit(2)]);
        let expected = match behind {
            Some(_) => [first, new.to_vec(), last].concat(),
            None => [new.to_vec(), first, last].concat(),
        };
        assert_eq!(there, expected, "{behind:?} {order:?}");
    }
}
