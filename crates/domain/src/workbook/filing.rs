//! What a list of several delegations would file: delegations that are formed or changed, and their
//! people. It is worked out once for the preview and once more when it is stored, and both have to agree.

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use super::{
    answers::Lead,
    change::{Beside, Change, changes},
    delegation_list::{Facts, Filing, Whose},
    row::Stated,
    value,
};
use crate::{
    BodyId, DelegationId, Refusal, Text,
    delegation::{Delegate, Delegation, Party, Task, USUAL_QUOTA},
    edition::Edition,
    precedence::Rank,
    revision::Versioned,
    text::Lang,
};

/// What becomes of a delegation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Formed {
    /// It is formed; its identifier, and that of an organisation that becomes known with it, are still nil.
    New(Box<Delegation>),
    /// It is changed: as it stands, and as it will.
    Altered {
        /// As it stands, with its version.
        from: Box<Versioned<Delegation>>,
        /// As it will stand.
        to: Box<Delegation>,
    },
    /// It stays as it is.
    Same(Box<Delegation>),
}

impl Formed {
    /// The delegation as it will stand.
    pub fn delegation(&self) -> &Delegation {
        match self {
            Formed::New(delegation) | Formed::Same(delegation) => delegation,
            Formed::Altered { to, .. } => to,
        }
    }
}

/// A delegation of a list, with what becomes of it and of its people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What becomes of it.
    pub formed: Formed,
    /// What becomes of its people, row by row.
    pub people: Vec<(usize, Change)>,
    /// Rows that cannot be taken.
    pub refused: Vec<(usize, Refusal)>,
}

/// What stands before a list is filed.
pub struct There<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// Its delegations.
    pub delegations: &'a [Versioned<Delegation>],
    /// Their people.
    pub people: &'a [Versioned<Delegate>],
    /// The rank of people for whom none is stated and whose office says none.
    pub rank: Rank,
    /// What becomes of second leaders, by row.
    pub leads: &'a BTreeMap<usize, Lead>,
}

/// What the rows would file, delegation by delegation in the order of the list. `named` is what a party is
/// called.
pub fn groups(there: &There<'_>, filed: &[Filing], named: impl Fn(Party) -> Text) -> Vec<Group> {
    let mut order: Vec<&Whose> = Vec::new();
    for filing in filed {
        if !order.contains(&&filing.whose) {
            order.push(&filing.whose);
        }
    }
    let own = |whose: &Whose| filed.iter().filter(|f| f.whose == *whose).collect::<Vec<_>>();
    order.into_iter().map(|whose| group(there, whose, &own(whose), &named)).collect()
}

fn group(
    there: &There<'_>,
    whose: &Whose,
    rows: &[&Filing],
    named: impl Fn(Party) -> Text,
) -> Group {
    let standing = there.delegations.iter().find(|d| Whose::Known(d.value.party) == *whose);
    let people: Vec<(usize, Stated)> =
        rows.iter().filter_map(|f| Some((f.row, f.person.as_deref()?.clone()))).collect();
    if let Some(withdrawn) = standing.filter(|d| d.value.withdrawn) {
        let refused = rows.iter().map(|f| (f.row, Refusal::new("delegation-withdrawn"))).collect();
        let formed = Formed::Same(Box::new(withdrawn.value.clone()));
        return Group { formed, people: Vec::new(), refused };
    }
    let mut to = match standing {
        Some(standing) => standing.value.clone(),
        None => blank(there.edition, whose, &people, named, there.rank),
    };
    let size = rows.iter().rev().find_map(|f| f.facts.size);
    if let (None, Some(size)) = (standing, size) {
        to.quota = to.quota.max(size);
    }
    for filing in rows {
        tell(&mut to, &filing.facts);
    }
    let mine: Vec<Versioned<Delegate>> =
        there.people.iter().filter(|p| p.value.delegation == to.id).cloned().collect();
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    let beside = Beside {
        edition: there.edition,
        delegation: &to,
        there: &mine,
        rank: there.rank,
        leads: there.leads,
    };
    for (row, change) in changes(&beside, &people) {
        match change {
            Ok(change) => taken.push((row, change)),
            Err(refusal) => refused.push((row, refusal)),
        }
    }
    let added = taken.iter().filter(|(_, change)| matches!(change, Change::Add(_))).count();
    let crowded = i64::try_from(mine.len() + added).is_ok_and(|n| n > to.quota);
    let quota = Refusal::new("over-quota").with("most", to.quota);
    let sound = if crowded && refused.is_empty() { Err(quota) } else { to.check() };
    if let (Err(refusal), Some(last)) = (sound, rows.last()) {
        refused.push((last.row, refusal));
    }
    let formed = match standing {
        None => Formed::New(Box::new(to)),
        Some(standing) if standing.value == to => Formed::Same(Box::new(to)),
        Some(standing) => Formed::Altered { from: Box::new(standing.clone()), to: Box::new(to) },
    };
    Group { formed, people: taken, refused }
}

/// A new delegation: its level, languages and stay are those of whoever leads it, its quota is the usual one,
/// or the number of its people if that is larger.
fn blank(
    edition: &Edition,
    whose: &Whose,
    people: &[(usize, Stated)],
    named: impl Fn(Party) -> Text,
    rank: Rank,
) -> Delegation {
    let (party, name) = match whose {
        Whose::Known(party) => (*party, named(*party)),
        Whose::New(said) => {
            let lang = value::lang_of_letters(said).unwrap_or(Lang::En);
            (Party::Body(BodyId(Uuid::nil())), Text::new(lang, said.as_str()))
        }
    };
    let leader = people.iter().map(|(_, p)| p).find(|p| p.task == Some(Task::Leader));
    let at = |moment: Option<crate::delegation::Moment>| {
        moment.and_then(|moment| Some(moment.day.to_datetime(moment.time?)))
    };
    Delegation {
        id: DelegationId(Uuid::nil()),
        edition: edition.id,
        party,
        name,
        rank: leader.and_then(|l| l.rank.or(l.category.map(|said| said.rank))).unwrap_or(rank),
        quota: i64::try_from(people.len()).unwrap_or(0).max(USUAL_QUOTA),
        languages: leader.map(|l| l.languages.clone()).unwrap_or_default(),
        arrival: leader.and_then(|l| at(l.stay.arrival)),
        departure: leader.and_then(|l| at(l.stay.departure)),
        busy: Vec::new(),
        withdrawn: false,
        origin: edition.origin,
    }
}

/// The delegation with everything that a row states of it.
fn tell(delegation: &mut Delegation, facts: &Facts) {
    delegation.rank = facts.rank.unwrap_or(delegation.rank);
    delegation.quota = facts.quota.unwrap_or(delegation.quota);
    if !facts.languages.is_empty() {
        delegation.languages.clone_from(&facts.languages);
    }
    delegation.arrival = facts.arrival.or(delegation.arrival);
    delegation.departure = facts.departure.or(delegation.departure);
}

impl Group {
    /// Whether it would store anything.
    pub fn does_something(&self) -> bool {
        !matches!(self.formed, Formed::Same(_))
            || self.people.iter().any(|(_, change)| !matches!(change, Change::Same(_)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        CityId, EditionId, SeriesId,
        city::Origin,
        delegation::Moment,
        edition::Mode,
        person::Styled,
        precedence::{Among, Precedence},
    };

    const PARTY: Party = Party::City(CityId(Uuid::from_u128(1)));

    fn edition() -> Edition {
        Edition {
            id: EditionId(Uuid::from_u128(1)),
            series: SeriesId(Uuid::from_u128(1)),
            title: Text::new(Lang::Zh, "示例"),
            host: CityId(Uuid::from_u128(9)),
            mode: Mode::InPerson,
            zone: "Asia/Shanghai".to_owned(),
            first_day: date(2027, 5, 18),
            last_day: date(2027, 5, 20),
            initiators: Vec::new(),
            languages: vec![Lang::Zh],
            precedence: Precedence {
                among: Among::Alphabet { lang: Lang::Ru },
                overrides: Vec::new(),
            },
            call: None,
            origin: Origin::Demonstration,
        }
    }

    fn row(row: usize, name: &str, task: Option<Task>) -> Filing {
        let mut person = Stated { task, ..Stated::default() };
        let styled = Styled { name: name.to_owned(), ..Styled::default() };
        person.name.styled.insert(Lang::Zh, styled);
        let whose = Whose::Known(PARTY);
        Filing { row, whose, facts: Facts::default(), person: Some(Box::new(person)) }
    }

    fn look(
        delegations: &[Versioned<Delegation>],
        people: &[Versioned<Delegate>],
        filed: &[Filing],
    ) -> Group {
        let edition = edition();
        let (rank, leads) = (Rank::Official, &BTreeMap::new());
        let there = There { edition: &edition, delegations, people, rank, leads };
        let mut groups = groups(&there, filed, |_| Text::new(Lang::Zh, "梨城"));
        assert_eq!(groups.len(), 1);
        groups.remove(0)
    }

    fn led() -> Vec<Filing> {
        let mut leader = row(3, "范例明", Some(Task::Leader));
        let person = leader.person.as_mut().expect("a person");
        person.rank = Some(Rank::Deputy);
        person.languages = vec![Lang::Ru];
        let time = Some(jiff::civil::time(20, 10, 0, 0));
        person.stay.arrival = Some(Moment { day: date(2027, 5, 17), time });
        vec![row(2, "余想象", None), leader]
    }

    /// What was looked at, as it stands once it is stored.
    fn stored(group: &Group) -> (Vec<Versioned<Delegation>>, Vec<Versioned<Delegate>>) {
        let id = DelegationId(Uuid::from_u128(7));
        let delegation = Delegation { id, ..group.formed.delegation().clone() };
        let people = group.people.iter().zip(20..).map(|((_, change), n)| match change {
            Change::Add(person) => Versioned {
                value: Delegate {
                    id: crate::DelegateId(Uuid::from_u128(n)),
                    delegation: id,
                    ..(**person).clone()
                },
                version: 1,
            },
            other => panic!("{other:?}"),
        });
        (vec![Versioned { value: delegation, version: 1 }], people.collect())
    }

    #[test]
    fn a_new_delegation_is_as_its_leader_is() {
        let group = look(&[], &[], &led());
        let Formed::New(formed) = &group.formed else { panic!("{group:?}") };
        assert_eq!((formed.rank, formed.quota, formed.party), (Rank::Deputy, 8, PARTY));
        assert_eq!(formed.arrival, Some(date(2027, 5, 17).at(20, 10, 0, 0)));
        assert_eq!((&formed.languages[..], formed.departure), (&[Lang::Ru][..], None));
        assert_eq!(group.people.len(), 2);
    }

    #[test]
    fn a_list_filed_twice_changes_nothing() {
        let (delegations, people) = stored(&look(&[], &[], &led()));
        let again = look(&delegations, &people, &led());
        assert!(!again.does_something(), "{again:?}");
    }

    #[test]
    fn what_a_row_states_of_a_delegation_is_changed_and_nothing_else() {
        let (delegations, people) = stored(&look(&[], &[], &led()));
        let facts = Facts { quota: Some(9), size: Some(40), ..Facts::default() };
        let line = Filing { row: 1, whose: Whose::Known(PARTY), facts, person: None };
        let group = look(&delegations, &people, &[line]);
        let Formed::Altered { from, to } = &group.formed else { panic!("{group:?}") };
        assert_eq!(**to, Delegation { quota: 9, ..from.value.clone() });
        assert_eq!(group.people, []);
    }

    #[test]
    fn a_withdrawn_delegation_and_a_stay_that_ends_early_are_refused() {
        let (mut delegations, people) = stored(&look(&[], &[], &led()));
        let facts = Facts { departure: Some(date(2027, 5, 17).at(9, 0, 0, 0)), ..Facts::default() };
        let line = Filing { row: 1, whose: Whose::Known(PARTY), facts, person: None };
        let codes = |group: &Group| {
            group.refused.iter().map(|(row, why)| (*row, why.code.clone())).collect::<Vec<_>>()
        };
        let group = look(&delegations, &people, &[line]);
        assert_eq!(codes(&group), [(1, "ends-before-start".to_owned())]);
        let facts = Facts { quota: Some(1), ..Facts::default() };
        let line = Filing { row: 4, whose: Whose::Known(PARTY), facts, person: None };
        let group = look(&delegations, &people, &[line]);
        assert_eq!(codes(&group), [(4, "over-quota".to_owned())]);
        delegations[0].value.withdrawn = true;
        let refused = codes(&look(&delegations, &people, &led()));
        assert_eq!(refused.len(), 2);
        assert!(refused.iter().all(|(_, code)| code == "delegation-withdrawn"));
    }
}
