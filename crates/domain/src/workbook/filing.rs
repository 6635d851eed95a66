//! What a list of several delegations would file: delegations that are formed or changed, and their
//! people. It is worked out once for the preview and once more when it is stored, and both have to agree.

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use super::{
    answers::Lead,
    change::{Beside, Change, changes},
    delegation_list::{Facts, Filing, Whose},
    following::{Followed, follow, head},
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
    /// What it does not take as its rows say it.
    #[serde(skip)]
    pub followed: Followed,
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
        let followed = Followed::default();
        return Group { formed, people: Vec::new(), refused, followed };
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
    let led = head(&people, &taken, &mine);
    let followed = follow(&mut to, standing.is_some(), rows, led.as_ref());
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
    Group { formed, people: taken, refused, followed }
}

/// A new delegation before it follows its head: its languages are those of whoever leads it, its quota is the
/// usual one, or the number of its people if that is larger.
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
    Delegation {
        id: DelegationId(Uuid::nil()),
        edition: edition.id,
        party,
        name,
        rank,
        quota: i64::try_from(people.len()).unwrap_or(0).max(USUAL_QUOTA),
        languages: leader.map(|l| l.languages.clone()).unwrap_or_default(),
        arrival: None,
        departure: None,
        busy: Vec::new(),
        withdrawn: false,
        origin: edition.origin,
    }
}

/// The delegation with what a row states of its size and its languages.
fn tell(delegation: &mut Delegation, facts: &Facts) {
    delegation.quota = facts.quota.unwrap_or(delegation.quota);
    if !facts.languages.is_empty() {
        delegation.languages.clone_from(&facts.languages);
    }
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
        delegation::{Moment, Stay},
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
        let facts = Facts { stay: stay(None, Some((17, Some(9)))), ..Facts::default() };
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

    fn stay(arrival: Option<(i8, Option<i8>)>, departure: Option<(i8, Option<i8>)>) -> Stay {
        let moment = |(day, hour): (i8, Option<i8>)| {
            let time = hour.map(|hour| jiff::civil::time(hour, 0, 0, 0));
            Moment { day: date(2027, 5, day), time }
        };
        Stay { arrival: arrival.map(moment), departure: departure.map(moment) }
    }

    fn own(row: usize, stay: Stay) -> Filing {
        let facts = Facts { stay, ..Facts::default() };
        Filing { row, whose: Whose::Known(PARTY), facts, person: None }
    }

    fn codes(remarks: &[crate::workbook::following::Remark]) -> Vec<(usize, &str)> {
        remarks.iter().map(|(row, _, why)| (*row, &*why.code)).collect()
    }

    #[test]
    fn a_delegation_comes_and_goes_as_its_row_or_its_head_does() {
        let (delegations, people) = stored(&look(&[], &[], &led()));
        let mut leader = led().remove(1);
        let person = leader.person.as_mut().expect("a person");
        person.stay = stay(Some((18, Some(9))), Some((20, Some(18))));
        let group = look(&delegations, &people, &[leader.clone()]);
        let Formed::Altered { from, to } = &group.formed else { panic!("{group:?}") };
        assert_eq!(from.value.arrival, Some(date(2027, 5, 17).at(20, 10, 0, 0)));
        assert_eq!(to.arrival, Some(date(2027, 5, 18).at(9, 0, 0, 0)));
        assert_eq!(to.departure, Some(date(2027, 5, 20).at(18, 0, 0, 0)));
        // The delegation's own row says the same without an hour, or something else.
        let same = own(1, stay(Some((18, None)), None));
        assert_eq!(look(&delegations, &people, &[same, leader.clone()]).formed, group.formed);
        for other in [stay(Some((17, None)), None), stay(Some((18, Some(8))), None)] {
            let group = look(&delegations, &people, &[own(1, other), leader.clone()]);
            assert_eq!(codes(&group.followed.asked), [(3, "stay-differs")]);
            assert_eq!(group.formed.delegation().arrival, from.value.arrival);
        }
        // A member's journey is the member's alone.
        let mut member = row(2, "余想象", None);
        member.person.as_mut().expect("a person").stay = stay(Some((19, Some(7))), None);
        let group = look(&delegations, &people, &[member]);
        assert!(matches!(group.formed, Formed::Same(_)), "{group:?}");
    }

    #[test]
    fn an_hour_is_asked_for_and_never_made_up() {
        let (delegations, people) = stored(&look(&[], &[], &led()));
        let of = |arrival| look(&delegations, &people, &[own(1, stay(Some(arrival), None))]);
        assert_eq!(codes(&of((16, None)).followed.asked), [(1, "stay-hour")]);
        assert!(matches!(of((16, None)).formed, Formed::Same(_)));
        let agrees = of((17, None));
        assert_eq!((&agrees.followed, agrees.does_something()), (&Followed::default(), false));
        let departure = look(&delegations, &people, &[own(1, stay(None, Some((20, None))))]);
        assert_eq!(codes(&departure.followed.notes), [(1, "day-without-time")]);
        assert_eq!(departure.formed.delegation().departure, None);
    }

    #[test]
    fn the_level_is_that_of_whoever_leads() {
        let (delegations, people) = stored(&look(&[], &[], &led()));
        let leads = BTreeMap::from([(5, Lead::Replace)]);
        let of = |filed: &[Filing]| {
            let (edition, rank) = (edition(), Rank::Official);
            let (delegations, people) = (&delegations[..], &people[..]);
            let there = There { edition: &edition, delegations, people, rank, leads: &leads };
            groups(&there, filed, |_| Text::new(Lang::Zh, "梨城")).remove(0)
        };
        let head = |office: &str| {
            let mut head = row(5, "盛虚名", Some(Task::Leader));
            let person = head.person.as_mut().expect("a person");
            person.category = crate::workbook::category::of_office(office);
            head
        };
        assert_eq!(delegations[0].value.rank, Rank::Deputy);
        assert_eq!(of(&[head("市长")]).formed.delegation().rank, Rank::Head);
        // An office that says nothing leaves the level as it is, and that is said.
        let unsaid = of(&[head("主任")]);
        assert_eq!(unsaid.formed.delegation().rank, Rank::Deputy);
        assert_eq!(codes(&unsaid.followed.notes), [(5, "level-unsaid")]);
        // Somebody filed before brings the rank along.
        let mut member = row(5, "余想象", Some(Task::Leader));
        assert_eq!(of(&[member.clone()]).formed.delegation().rank, Rank::Official);
        member.person.as_mut().expect("a person").rank = Some(Rank::Head);
        assert_eq!(of(&[member.clone()]).formed.delegation().rank, Rank::Head);
        let facts = Facts { rank: Some(Rank::Expert), ..Facts::default() };
        let line = Filing { row: 1, whose: Whose::Known(PARTY), facts, person: None };
        assert_eq!(of(std::slice::from_ref(&line)).formed.delegation().rank, Rank::Expert);
        let both = of(&[line, member]);
        assert_eq!(codes(&both.followed.asked), [(5, "level-differs")]);
    }

    #[test]
    fn a_list_that_was_saved_here_is_no_news() {
        let (mut delegations, people) = stored(&look(&[], &[], &led()));
        delegations[0].value.arrival = None;
        delegations[0].value.rank = Rank::Official;
        let mut leader = led().remove(1);
        assert!(look(&delegations, &people, &[leader.clone()]).does_something());
        let filed = people.iter().find(|p| p.value.task == Task::Leader).expect("a leader");
        leader.person.as_mut().expect("a person").id = Some(filed.value.id);
        assert!(!look(&delegations, &people, &[leader]).does_something());
    }
}
