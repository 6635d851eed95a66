use std::collections::BTreeSet;

use super::*;
use crate::scratch;
use domain::{city::City, invitation::InvitationState, meeting::MeetingState, topic::TopicState};

fn seeded() -> (scratch::Folder, Db, EditionId) {
    let (folder, db) = scratch::database();
    db.write(crate::seed::real).unwrap();
    let edition = demo(&db).unwrap();
    (folder, db, edition)
}

#[test]
fn the_exercise_is_whole_and_marked() {
    let (_folder, db, edition) = seeded();
    db.read(|c| {
        let held = store::edition::need(c, edition)?.value;
        assert!(held.check().is_ok());
        assert_eq!(held.origin, Origin::Demonstration);
        assert!(held.title.shown(domain::Lang::Ru).text.starts_with("УЧЕБНЫЙ"));
        let delegations = store::delegation::of_edition(c, edition)?;
        assert!(delegations.iter().all(|d| d.value.origin == Origin::Demonstration));
        assert_eq!(store::delegate::of_edition(c, edition)?.len(), 120);
        let sessions = store::session::of_edition(c, edition)?;
        assert!(sessions.iter().all(|s| s.value.check().is_ok()));
        assert_eq!(sessions.len(), 27);
        let meetings = store::meeting::of_edition(c, edition)?;
        assert!(meetings.iter().all(|m| m.value.check().is_ok()));
        assert_eq!(meetings.len(), 80);
        assert_eq!(store::hall::of_edition(c, edition)?.len(), 16);
        Ok(())
    })
    .unwrap();
}

#[test]
fn no_position_is_taken_in_the_name_of_a_real_city() {
    let (_folder, db, edition) = seeded();
    db.read(|c| {
        let invented: BTreeSet<domain::CityId> = store::city::all(c)?
            .into_iter()
            .filter(|city| city.value.origin == Origin::Demonstration)
            .map(|city| city.value.id)
            .collect();
        let real: BTreeSet<DelegationId> = store::delegation::of_edition(c, edition)?
            .into_iter()
            .filter(|d| match d.value.party {
                domain::delegation::Party::City(id) => !invented.contains(&id),
                domain::delegation::Party::Body(_) => false,
            })
            .map(|d| d.value.id)
            .collect();
        assert_eq!(real.len(), 14);
        for meeting in store::meeting::of_edition(c, edition)? {
            let neutral =
                matches!(meeting.value.state, MeetingState::Requested | MeetingState::Accepted);
            let sides = [meeting.value.from, meeting.value.to];
            assert!(neutral || sides.iter().all(|side| !real.contains(side)));
        }
        for invitation in store::invitation::of_edition(c, edition)? {
            let accepted = invitation.value.state.code() == "accepted";
            let open = !matches!(invitation.value.state, InvitationState::Answered { .. });
            assert!(accepted || open || !real.contains(&invitation.value.delegation));
        }
        let instruments = store::instrument::of_edition(c, edition)?;
        assert_eq!(instruments.len(), 3);
        for instrument in instruments {
            assert!(instrument.value.exercise && instrument.value.ready().is_ok());
            let mut sides = instrument.value.parties.iter().filter_map(|party| party.delegation);
            assert!(sides.all(|side| !real.contains(&side)));
        }
        for commitment in store::commitment::of_edition(c, edition)? {
            assert!(commitment.value.owners.iter().all(|owner| !real.contains(owner)));
        }
        for (_, by) in store::topic::supports(c, edition)? {
            assert!(!real.contains(&by));
        }
        for topic in store::topic::of_edition(c, edition)? {
            if let domain::topic::Proposer::Delegation(by) = topic.value.proposer {
                assert!(!real.contains(&by));
            }
            let reason = match &topic.value.state {
                TopicState::Proposed => continue,
                TopicState::Chosen { reason, .. } | TopicState::SetAside { reason, .. } => reason,
            };
            assert!(!reason.versions.is_empty());
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn amendments_and_objections_belong_to_invented_cities() {
    let (_folder, db, edition) = seeded();
    db.read(|c| {
        let cities = store::city::all(c)?.into_iter().map(|city| city.value);
        let made_up = cities.filter(|city| city.origin == Origin::Demonstration);
        let made_up: BTreeSet<domain::CityId> = made_up.map(|city| city.id).collect();
        let delegations = store::delegation::of_edition(c, edition)?.into_iter().map(|d| d.value);
        let invented: BTreeSet<DelegationId> = delegations
            .filter(|d| match d.party {
                domain::delegation::Party::City(id) => made_up.contains(&id),
                domain::delegation::Party::Body(_) => false,
            })
            .map(|d| d.id)
            .collect();
        let groups = store::support_group::of_edition(c, edition)?;
        assert!(groups.len() == 2 && groups.iter().all(|g| g.value.members.is_subset(&invented)));
        let texts = store::dossier::of_edition(c, edition)?.into_iter();
        for dossier in texts.filter(|dossier| dossier.value.symbol == "EX/2027/L.1") {
            let brought = store::text_import::of_dossier(c, dossier.value.id)?;
            let [brought] = brought.as_slice() else { panic!("{brought:?}") };
            assert_eq!((brought.value.paragraphs, brought.value.apart), (3, 1));
            let brought = store::text_import::paragraphs(c, brought.value.id)?;
            for (lang, text) in brought.iter().flat_map(|paragraph| &paragraph.words) {
                domain::safety::check(text, *lang).unwrap();
            }
            assert!(dossier.value.exercise && dossier.value.parties.is_subset(&invented));
            let all = store::amendment::of_dossier(c, dossier.value.id)?;
            for proposal in all.iter().map(|found| &found.value) {
                assert!(invented.contains(&proposal.amendment.by));
                assert!(proposal.sponsors.is_subset(&invented));
            }
            let open = all.iter().filter(|found| found.value.is_open()).count();
            let reading = crate::reading::Readings::default().read(c, &dossier.value)?;
            let consensus = &reading.negotiation.consensus;
            assert!(consensus.objections.values().all(|one| invented.contains(&one.by)));
            let left = consensus.open_objections().count();
            assert_eq!((all.len(), open, consensus.objections.len(), left), (13, 6, 3, 0));
        }
        Ok(())
    })
    .unwrap();
}

#[test]
fn the_exercise_text_is_signed_but_for_what_its_file_says() {
    use domain::{Lang, unit::CellState};
    let (_folder, db, edition) = seeded();
    let (dossier, reading, entries) = db
        .read(|c| {
            let all = store::dossier::of_edition(c, edition)?;
            let mine = all.into_iter().find(|v| v.value.symbol == "EX/2027/L.1");
            let dossier = mine.expect("the exercise text").value;
            let reading = crate::reading::Readings::default().read(c, &dossier)?;
            let series = store::edition::need(c, edition)?.value.series;
            Ok((dossier, reading, store::glossary::of_series(c, series)?))
        })
        .unwrap();
    assert!(dossier.exercise);
    let text = &reading.negotiation.text;
    assert_eq!((text.units.len(), reading.negotiation.consensus.revision), (32, 1));
    let count = |lang, state| text.units.iter().filter(|u| u.state(lang) == state).count();
    let concordant = |lang| count(lang, CellState::Concordant);
    assert_eq!((count(Lang::Zh, CellState::Stale), count(Lang::Ru, CellState::Stale)), (1, 1));
    assert_eq!((count(Lang::En, CellState::Missing), count(Lang::En, CellState::Stale)), (1, 2));
    // One was never handed over, the other led since.
    assert_eq!((count(Lang::Ru, CellState::InWork), count(Lang::Ru, CellState::Revised)), (2, 1));
    assert!(concordant(Lang::Zh) > 25 && concordant(Lang::Ru) > 25 && concordant(Lang::En) > 25);
    // No city and no state is named in it.
    let cities = db.read(store::city::all).unwrap();
    let concepts: Vec<_> = entries.into_iter().map(|entry| entry.value.concept).collect();
    for unit in &text.units {
        for lang in Lang::COMPLETE {
            let words = unit.text(lang);
            let name = |city: &City| city.name.get(lang).is_some_and(|name| words.contains(name));
            assert!(!cities.iter().any(|city| name(&city.value)), "{words}");
            domain::safety::check(words, lang).unwrap();
            let same = unit.state(lang) == CellState::Concordant;
            if same && unit.state(Lang::Zh) == CellState::Concordant {
                let (zh, here) = ((unit.text(Lang::Zh), Lang::Zh), (words, lang));
                assert_eq!(domain::figures::differing(zh, here), (vec![], vec![]), "{words}");
                assert_eq!(domain::glossary::check(&concepts, zh, here), [], "{words}");
            }
        }
    }
}
