//! Writers that meet: nothing is lost and nobody has to try again by hand.

use std::thread;

use domain::revision::Saved;

use crate::{engines, sample::World};

const EACH: i64 = 40;

#[test]
fn two_writers_lose_nothing() {
    for fresh in engines::each() {
        let world = World::new();
        let meeting = world.meeting();
        fresh
            .db
            .write(|c| {
                world.store(c)?;
                store::meeting::insert(c, &meeting)
            })
            .unwrap();
        let add = || {
            for _ in 0..EACH {
                let saved = fresh.db.write(|c| {
                    let mut now = store::meeting::need(c, meeting.id)?;
                    now.value.minutes += 1;
                    store::meeting::save(c, &now.value, now.version)
                });
                assert!(matches!(saved.unwrap(), Saved::Stored(_)));
            }
        };
        thread::scope(|s| {
            s.spawn(add);
            s.spawn(add);
        });
        let now = fresh.db.read(|c| store::meeting::need(c, meeting.id)).unwrap();
        assert_eq!(now.value.minutes, meeting.minutes + 2 * EACH);
        assert_eq!(i64::from(now.version), 1 + 2 * EACH);
    }
}

/// Each writer first reads what the other writes: exactly one of two people takes the last place.
#[test]
fn of_two_who_take_the_last_place_one_gets_it() {
    for fresh in engines::each() {
        let world = World::new();
        fresh.db.write(|c| world.store(c)).unwrap();
        for round in 1..=10 {
            let take = || {
                let delegate = world.delegate();
                fresh.db.write(|c| {
                    let there = store::delegate::of_delegation(c, delegate.delegation)?.len();
                    if there < round {
                        store::delegate::insert(c, &delegate)?;
                    }
                    Ok(there < round)
                })
            };
            let taken = thread::scope(|s| {
                let (one, two) = (s.spawn(take), s.spawn(take));
                [one.join().unwrap().unwrap(), two.join().unwrap().unwrap()]
            });
            assert_eq!(taken.iter().filter(|t| **t).count(), 1);
        }
    }
}
