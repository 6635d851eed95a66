//! Silence and adoption at their borders: one second early, one second late, one person short.

use domain::{
    Lang, ObjectionId,
    procedure::{Outcome, Phase, Step},
    unit::Manner,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::desk::{Desk, city, code, person, unit};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn silent() -> (Desk, Timestamp) {
    let mut desk = Desk::ready();
    let until = desk.silence(72).expect("sound");
    (desk, until)
}

#[test]
fn an_objection_is_heard_until_the_last_second_and_no_longer() {
    let (desk, until) = silent();
    let object = |at| {
        let mut desk = desk.clone();
        desk.at = at;
        let refused = code(desk.object(1, 1));
        (refused, desk.now.consensus.phase == Phase::Open)
    };
    assert_eq!(object(until - SECOND), (String::new(), true));
    assert_eq!(object(until), ("consensus-objection-late".to_owned(), false));
    assert_eq!(object(until + SECOND), ("consensus-objection-late".to_owned(), false));
    let gavel = |at| {
        let mut desk = desk.clone();
        desk.at = at;
        code(desk.gavel(1))
    };
    assert_eq!(gavel(until - SECOND), "consensus-silence");
    assert_eq!(gavel(until), "");
}

#[test]
fn two_objectors_in_one_second_are_both_heard() {
    let (mut desk, until) = silent();
    desk.at = until - SECOND;
    desk.object(1, 1).unwrap();
    desk.object(2, 2).unwrap();
    assert_eq!(desk.now.consensus.open_objections().count(), 2);
    let broke: Vec<_> = desk.now.consensus.objections.values().map(|o| o.broke).collect();
    assert_eq!(broke, [Some(1), None]);
    desk.at = until;
    assert_eq!(code(desk.gavel(1)), "consensus-objections");
    let resolve = |desk: &mut Desk, n: u8, by, outcome| {
        let id = ObjectionId(Uuid::from_u128(u128::from(n)));
        desk.step(Step::Resolved { id, by: city(by), outcome })
    };
    assert_eq!(code(resolve(&mut desk, 1, 2, Outcome::Withdrawn)), "consensus-not-yours");
    resolve(&mut desk, 1, 1, Outcome::Withdrawn).unwrap();
    assert_eq!(code(desk.silence(72)), "consensus-objections");
    resolve(&mut desk, 2, 2, Outcome::Reserved).unwrap();
    assert_eq!(code(resolve(&mut desk, 2, 2, Outcome::Withdrawn)), "consensus-resolved");
    desk.silence(72).unwrap();
    assert_eq!(desk.now.consensus.silences, 2);
}

#[test]
fn any_edit_voids_a_silence() {
    let (mut desk, until) = silent();
    let before = desk.seal();
    desk.write(1, Lang::En, "The parties cooperate.", Manner::Follows).unwrap();
    assert_eq!(desk.now.consensus.phase, Phase::Open);
    assert_ne!(desk.seal(), before);
    desk.at = until;
    let seal = before;
    assert_eq!(code(desk.step(Step::Gavelled { seal, by: person(1) })), "declaration-moved");
    // The new text needs a silence of its own; in the hall, a gavel would do.
    let (mut desk, until) = silent();
    desk.write(1, Lang::Ru, "Стороны не сотрудничают.", Manner::Leads).unwrap();
    desk.at = until;
    assert_eq!(code(desk.gavel(1)), "consensus-not-concordant");
    assert_eq!(code(desk.silence(72)), "consensus-not-concordant");
}

#[test]
fn a_silence_needs_a_whole_text() {
    let mut desk = Desk::ready();
    assert_eq!(code(desk.silence(71)), "consensus-expiry-early");
    assert_eq!(code(desk.silence(-1)), "consensus-expiry-early");
    desk.step(Step::Reopened { unit: unit(2) }).unwrap();
    assert_eq!(code(desk.silence(72)), "consensus-not-agreed");
    let until = desk.at + SignedDuration::from_hours(100);
    let asked = Some((city(1), "the council".to_owned(), until));
    desk.step(Step::Agreed { unit: unit(2), turn: 1, ad_referendum: asked }).unwrap();
    assert_eq!(code(desk.silence(72)), "consensus-not-agreed");
    let confirm = |desk: &mut Desk, by| desk.step(Step::Confirmed { unit: unit(2), by: city(by) });
    assert_eq!(code(confirm(&mut desk, 2)), "consensus-not-yours");
    let mut late = desk.clone();
    late.at = until;
    assert_eq!(code(confirm(&mut late, 1)), "consensus-expiry");
    confirm(&mut desk, 1).unwrap();
    desk.silence(72).unwrap();
    assert_eq!(code(desk.silence(72)), "consensus-silence");
    assert_eq!(code(desk.step(Step::Revised)), "consensus-silence");
    let mut hall = Desk::ready();
    hall.now.consensus.rules.correspondence = false;
    assert_eq!(code(hall.silence(72)), "consensus-no-correspondence");
    let mut letters = Desk::ready();
    letters.now.consensus.rules.hall = false;
    assert_eq!(code(letters.gavel(1)), "consensus-no-hall");
    let mut fresh = Desk::new();
    assert_eq!(code(fresh.silence(72)), "consensus-no-revision");
}

#[test]
fn two_people_adopt_and_all_parties_sign() {
    let (mut desk, until) = silent();
    desk.at = until + SECOND;
    assert_eq!(code(desk.record(2)), "consensus-no-gavel");
    desk.gavel(1).unwrap();
    assert_eq!(code(desk.object(1, 1)), "consensus-objection-late");
    assert_eq!(code(desk.record(1)), "consensus-second-person");
    desk.record(2).unwrap();
    let adoption = desk.now.consensus.adoption().unwrap();
    assert_eq!((adoption.gavel.silence, adoption.recorded_by), (Some(1), person(2)));
    assert_eq!(code(desk.write(1, Lang::Zh, "改", Manner::Leads)), "consensus-adopted");
    let sign = |desk: &mut Desk, by| {
        let seal = desk.seal();
        desk.step(Step::Signed { by: city(by), seal })
    };
    assert_eq!(code(desk.step(Step::Published)), "consensus-not-signed");
    sign(&mut desk, 1).unwrap();
    assert_eq!(code(sign(&mut desk, 1)), "consensus-not-yours");
    assert_eq!(code(sign(&mut desk, 3)), "consensus-not-yours");
    sign(&mut desk, 2).unwrap();
    desk.step(Step::Published).unwrap();
}

#[test]
fn in_the_hall_hands_are_seen_until_the_record_is_written() {
    let mut desk = Desk::ready();
    desk.gavel(1).unwrap();
    desk.object(1, 2).unwrap();
    assert_eq!(code(desk.record(2)), "consensus-no-gavel");
    assert_eq!(code(desk.gavel(1)), "consensus-objections");
    let mut desk = Desk::ready();
    desk.gavel(1).unwrap();
    desk.record(2).unwrap();
    assert_eq!(desk.now.consensus.adoption().unwrap().gavel.silence, None);
}

/// Two nodes whose clocks differ cannot bring an objection back before the end.
#[test]
fn time_never_runs_back() {
    let (mut desk, until) = silent();
    desk.at = until;
    desk.gavel(1).unwrap();
    desk.at = until - SECOND;
    assert_eq!(code(desk.object(1, 1)), "consensus-objection-late");
    desk.record(2).unwrap();
    assert_eq!(desk.now.consensus.adoption().unwrap().at, until);
}
