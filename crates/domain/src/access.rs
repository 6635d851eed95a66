//! Who may do what: a role held in a scope, an object's visibility, and one finite table.
//!
//! A person holds *grants*; an object has a *place* (the edition it belongs to) and a *visibility*.
//! [`may`] is the only answer to "is this allowed?"; pages, feeds, exports and the API all ask it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, EditionId, PersonId, SeriesId, coded, delegation::KEEP_DAYS, edition::Edition,
};

coded! {
    /// An office in the running of a dialogue.
    pub enum Role {
        /// Runs the dialogue: invitations, decisions, releases.
        Secretariat = "secretariat",
        /// The host city's office: halls, sessions, programme.
        Host = "host",
        /// A delegation's contact: files its people, asks for meetings.
        FocalPoint = "focal_point",
        /// A member of a delegation: reads its own agenda.
        Delegate = "delegate",
        /// Presides over a text: notes agreement, starts a silence, strikes the gavel.
        Chair = "chair",
        /// Writes a text in its languages and signs that they say the same.
        LanguageOfficer = "language_officer",
        /// Interprets: reads its own assignments.
        Interpreter = "interpreter",
    }
}

/// Where a role is held. A wider scope contains the narrower ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everywhere.
    Platform,
    /// In every edition of a series.
    Series(SeriesId),
    /// In one edition.
    Edition(EditionId),
    /// In one delegation of one edition.
    Delegation(EditionId, DelegationId),
}

/// One role, in one scope, for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The office held.
    pub role: Role,
    /// Where.
    pub scope: Scope,
    /// First instant at which it counts.
    pub from: Timestamp,
    /// First instant at which it no longer counts.
    pub until: Option<Timestamp>,
}

impl Grant {
    /// The grant of a delegation's contact, until the personal data of its edition is deleted.
    pub fn contact(edition: &Edition, delegation: DelegationId, from: Timestamp) -> Self {
        let keep = SignedDuration::from_hours(24 * i64::from(KEEP_DAYS));
        Self {
            role: Role::FocalPoint,
            scope: Scope::Delegation(edition.id, delegation),
            from,
            until: Some(edition.ends().saturating_add(keep).unwrap_or(Timestamp::MAX)),
        }
    }

    /// The grant of somebody of the roster of interpreters, for as long.
    pub fn interpreter(edition: &Edition, from: Timestamp) -> Self {
        let keep = SignedDuration::from_hours(24 * i64::from(KEEP_DAYS));
        Self {
            role: Role::Interpreter,
            scope: Scope::Edition(edition.id),
            from,
            until: Some(edition.ends().saturating_add(keep).unwrap_or(Timestamp::MAX)),
        }
    }

    /// Whether the grant counts at an instant.
    pub fn counts(&self, now: Timestamp) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Whoever asks: nobody in particular, or a person with the grants that count now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The account, when signed in.
    pub person: Option<PersonId>,
    /// The grants that count now.
    pub grants: Vec<Grant>,
}

impl Actor {
    /// The delegations of an edition that the actor speaks for as its contact.
    pub fn speaks_for(&self, edition: EditionId) -> Vec<DelegationId> {
        let mut mine: Vec<DelegationId> = self
            .grants
            .iter()
            .filter(|grant| grant.role == Role::FocalPoint)
            .filter_map(|grant| match grant.scope {
                Scope::Delegation(e, delegation) if e == edition => Some(delegation),
                _ => None,
            })
            .collect();
        mine.sort_unstable();
        mine.dedup();
        mine
    }
}

impl Actor {
    /// Whether the actor belongs to a delegation of an edition.
    pub fn belongs(&self, edition: EditionId) -> bool {
        let own = |scope| matches!(scope, Scope::Delegation(e, _) if e == edition);
        self.grants.iter().any(|grant| own(grant.scope))
    }

    /// Whether the actor interprets in an edition.
    pub fn interprets(&self, edition: &Edition) -> bool {
        let object = Object { place: edition.place(), visibility: Visibility::Participants };
        let here = |g: &Grant| standing(g.scope, &object) == Standing::Over;
        self.grants.iter().any(|grant| grant.role == Role::Interpreter && here(grant))
    }
}

/// Where an object belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// To the platform: cities, states.
    Platform,
    /// To a series.
    Series(SeriesId),
    /// To an edition of a series.
    Edition(SeriesId, EditionId),
}

/// Who an object is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Anyone.
    Public,
    /// Whoever takes part in its edition.
    Participants,
    /// The named delegations, the secretariat and the host office: bilaterals, delegation files.
    Parties(Vec<DelegationId>),
    /// The same, and the language officers who were appointed for this one text.
    Entrusted {
        /// The delegations that are parties.
        parties: Vec<DelegationId>,
        /// The accounts appointed; the office alone, without an appointment, opens nothing.
        officers: Vec<PersonId>,
    },
    /// The secretariat and the host office.
    Office,
    /// The secretariat alone.
    Secretariat,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See it.
    Read,
    /// File or change what belongs to one's own side.
    File,
    /// Plan: halls, sessions, programme.
    Plan,
    /// Decide: open, invite, release.
    Decide,
    /// Write a text and change its words.
    Draft,
    /// Sign that the languages of a text say the same.
    Concord,
    /// Preside over a text: agreement, silence, gavel. Whoever records the adoption is another person.
    Preside,
}

/// An object as the table sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Where it belongs.
    pub place: Place,
    /// Who it is for.
    pub visibility: Visibility,
}

/// How a grant stands to an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The grant's scope contains the object.
    Over,
    /// The grant is held in a delegation that is a party.
    Party,
    /// The grant is held in a delegation of the same edition that is no party.
    Neighbour,
    /// The grant has nothing to do with the object.
    Stranger,
}

fn standing(scope: Scope, object: &Object) -> Standing {
    match (scope, object.place) {
        (Scope::Platform, _) => Standing::Over,
        (Scope::Series(s), Place::Series(t) | Place::Edition(t, _)) if s == t => Standing::Over,
        (Scope::Edition(e), Place::Edition(_, f)) if e == f => Standing::Over,
        (Scope::Delegation(e, d), Place::Edition(_, f)) if e == f => match &object.visibility {
            Visibility::Parties(parties) | Visibility::Entrusted { parties, .. }
                if parties.contains(&d) =>
            {
                Standing::Party
            }
            _ => Standing::Neighbour,
        },
        _ => Standing::Stranger,
    }
}

/// What one grant of a person allows. This is the whole table; a row not written here is a no.
fn allows(
    me: Option<PersonId>,
    role: Role,
    standing: Standing,
    visibility: &Visibility,
    action: Action,
) -> bool {
    use Action::{Concord, Draft, File, Plan, Preside, Read};
    match (role, standing, visibility) {
        // Two offices are not the secretariat's own, so that two people are needed.
        (Role::Secretariat, Standing::Over, _) => !matches!(action, Concord | Preside),
        (Role::Host, Standing::Over, Visibility::Secretariat) => false,
        (Role::Host, Standing::Over, _) => matches!(action, Read | File | Plan),
        (Role::FocalPoint, Standing::Party, _)
        | (Role::FocalPoint, Standing::Neighbour, Visibility::Participants) => {
            matches!(action, Read | File)
        }
        (Role::Chair, Standing::Over, Visibility::Participants) => matches!(action, Read | Preside),
        (Role::LanguageOfficer, Standing::Over, Visibility::Participants) => {
            matches!(action, Read | Draft | Concord)
        }
        // Whoever is appointed for a confidential text reads it and signs for its languages; its words are
        // for its parties and the secretariat to write.
        (Role::LanguageOfficer, Standing::Over, Visibility::Entrusted { officers, .. }) => {
            me.is_some_and(|me| officers.contains(&me)) && matches!(action, Read | Concord)
        }
        (Role::Interpreter, Standing::Over, Visibility::Participants)
        | (Role::Delegate, Standing::Party, _)
        | (Role::Delegate, Standing::Neighbour, Visibility::Participants) => action == Read,
        _ => false,
    }
}

/// Whether `actor` may do `action` to `object`.
pub fn may(actor: &Actor, action: Action, object: &Object) -> bool {
    (object.visibility == Visibility::Public && action == Action::Read)
        || actor.grants.iter().any(|grant| {
            let standing = standing(grant.scope, object);
            allows(actor.person, grant.role, standing, &object.visibility, action)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn grant(role: Role, scope: Scope) -> Actor {
        let grant = Grant { role, scope, from: Timestamp::UNIX_EPOCH, until: None };
        Actor { person: None, grants: vec![grant] }
    }

    fn id<T: From<Uuid>>(n: u128) -> T {
        T::from(Uuid::from_u128(n))
    }

    #[test]
    fn a_language_officer_works_on_a_confidential_text_only_when_appointed_for_it() {
        let place = Place::Edition(id(1), id(1));
        let text = |officers: &[u128]| Object {
            place,
            visibility: Visibility::Entrusted {
                parties: vec![id(1), id(2)],
                officers: officers.iter().map(|n| id(*n)).collect(),
            },
        };
        let person = |role, scope| Actor { person: Some(id(7)), ..grant(role, scope) };
        let officer = person(Role::LanguageOfficer, Scope::Edition(id(1)));
        let all = [Action::Read, Action::Concord, Action::Draft, Action::File, Action::Preside];
        let allowed = |actor: &Actor, object: &Object| all.map(|what| may(actor, what, object));
        assert_eq!(allowed(&officer, &text(&[7])), [true, true, false, false, false]);
        assert_eq!(allowed(&officer, &text(&[8])), [false; 5], "somebody else is appointed");
        assert_eq!(allowed(&officer, &text(&[])), [false; 5]);
        // An appointment without the office is nothing, and neither is the office of another edition.
        let elsewhere = person(Role::LanguageOfficer, Scope::Edition(id(9)));
        assert_eq!(allowed(&elsewhere, &text(&[7])), [false; 5]);
        let delegate = person(Role::Interpreter, Scope::Edition(id(1)));
        assert_eq!(allowed(&delegate, &text(&[7])), [false; 5]);
        let third = person(Role::FocalPoint, Scope::Delegation(id(1), id(3)));
        assert_eq!(allowed(&third, &text(&[8])), [false; 5]);
        let party = person(Role::FocalPoint, Scope::Delegation(id(1), id(2)));
        assert_eq!(allowed(&party, &text(&[8])), [true, false, false, true, false]);
    }

    /// The table as a reader would check it: who may do what to a bilateral between 1 and 2.
    #[test]
    fn a_bilateral_is_known_to_its_sides_and_the_office() {
        let place = Place::Edition(id(1), id(1));
        let bilateral = Object { place, visibility: Visibility::Parties(vec![id(1), id(2)]) };
        let in_delegation = |role, n| grant(role, Scope::Delegation(id(1), id(n)));
        let cases = [
            (grant(Role::Secretariat, Scope::Platform), [true, true, true]),
            (grant(Role::Secretariat, Scope::Edition(id(9))), [false, false, false]),
            (grant(Role::Host, Scope::Edition(id(1))), [true, true, false]),
            (in_delegation(Role::FocalPoint, 1), [true, true, false]),
            (in_delegation(Role::FocalPoint, 2), [true, true, false]),
            (in_delegation(Role::FocalPoint, 3), [false, false, false]),
            (in_delegation(Role::Delegate, 1), [true, false, false]),
            (in_delegation(Role::Delegate, 3), [false, false, false]),
            (Actor::default(), [false, false, false]),
        ];
        for (actor, [read, file, decide]) in cases {
            assert_eq!(may(&actor, Action::Read, &bilateral), read, "{actor:?}");
            assert_eq!(may(&actor, Action::File, &bilateral), file, "{actor:?}");
            assert_eq!(may(&actor, Action::Decide, &bilateral), decide, "{actor:?}");
        }
    }

    #[test]
    fn a_contact_speaks_for_its_own_delegations_of_one_edition() {
        let mut actor = grant(Role::FocalPoint, Scope::Delegation(id(1), id(2)));
        actor.grants.extend(grant(Role::FocalPoint, Scope::Delegation(id(9), id(3))).grants);
        actor.grants.extend(grant(Role::Delegate, Scope::Delegation(id(1), id(4))).grants);
        actor.grants.extend(actor.grants.clone());
        assert_eq!(actor.speaks_for(id(1)), [id(2)]);
    }

    /// A text is written, compared and presided over by three offices; a bilateral is none of theirs.
    #[test]
    fn the_offices_of_a_text_are_kept_apart() {
        let place = Place::Edition(id(1), id(1));
        let text = Object { place, visibility: Visibility::Participants };
        let bilateral = Object { place, visibility: Visibility::Parties(vec![id(1), id(2)]) };
        let here = Scope::Edition(id(1));
        let cases = [
            (Role::Secretariat, [true, false, false]),
            (Role::LanguageOfficer, [true, true, false]),
            (Role::Chair, [false, false, true]),
            (Role::Interpreter, [false, false, false]),
            (Role::Host, [false, false, false]),
        ];
        for (role, [draft, concord, preside]) in cases {
            let actor = grant(role, here);
            assert!(may(&actor, Action::Read, &text), "{role}");
            assert_eq!(may(&actor, Action::Draft, &text), draft, "{role}");
            assert_eq!(may(&actor, Action::Concord, &text), concord, "{role}");
            assert_eq!(may(&actor, Action::Preside, &text), preside, "{role}");
            let office = matches!(role, Role::Secretariat | Role::Host);
            assert_eq!(may(&actor, Action::Read, &bilateral), office, "{role}");
        }
    }

    #[test]
    fn nobody_but_the_secretariat_decides() {
        let place = Place::Edition(id(1), id(1));
        let all = [
            Visibility::Public,
            Visibility::Participants,
            Visibility::Parties(vec![id(1)]),
            Visibility::Office,
            Visibility::Secretariat,
        ];
        for visibility in all {
            let object = Object { place, visibility };
            for &role in Role::ALL {
                for scope in [
                    Scope::Platform,
                    Scope::Series(id(1)),
                    Scope::Edition(id(1)),
                    Scope::Delegation(id(1), id(1)),
                ] {
                    let over = !matches!(scope, Scope::Delegation(..));
                    let expected = role == Role::Secretariat && over;
                    assert_eq!(may(&grant(role, scope), Action::Decide, &object), expected);
                }
            }
        }
    }
}
