//! What a list would change in a delegation: who is added, who is changed, who stays as is. It is
//! worked out once for the preview and once more when it is stored, and both have to agree.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use uuid::Uuid;

use super::{answers::Lead, row::Stated};
use crate::{
    DelegateId, Refusal,
    delegation::{Delegate, Delegation, Task, admit, purge_on},
    edition::Edition,
    person::{PersonName, Styled},
    precedence::Rank,
    revision::Versioned,
    search,
};

/// What one row does. Nobody is ever removed by a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A new person, whose identifier is still nil.
    Add(Box<Delegate>),
    /// Somebody filed before, as they stand and as they will.
    Alter {
        /// As they stand, with their version.
        from: Box<Versioned<Delegate>>,
        /// As they will stand.
        to: Box<Delegate>,
    },
    /// Somebody filed before, stated as they stand.
    Same(DelegateId),
}

/// A change or a refusal for each row, by its place in the sheet.
pub type Outcome = Vec<(usize, Result<Change, Refusal>)>;

/// What a list is held against: the delegation as it will stand, its people, and what its reader said.
pub struct Beside<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// The delegation.
    pub delegation: &'a Delegation,
    /// Its people.
    pub there: &'a [Versioned<Delegate>],
    /// The rank of people for whom none is stated and whose office says none.
    pub rank: Rank,
    /// What becomes of second leaders, by row.
    pub leads: &'a BTreeMap<usize, Lead>,
}

/// What rows would change, taken one after another.
pub fn changes(beside: &Beside<'_>, rows: &[(usize, Stated)]) -> Outcome {
    let people = beside.there.iter().map(|d| d.value.clone()).collect();
    let mut list = List { beside, people, met: BTreeSet::new(), outcome: Vec::new() };
    for (at, stated) in rows {
        let change = list.take(*at, stated);
        list.outcome.push((*at, change));
    }
    list.outcome
}

struct List<'a> {
    beside: &'a Beside<'a>,
    /// Everybody as they stand after the rows before.
    people: Vec<Delegate>,
    met: BTreeSet<DelegateId>,
    outcome: Outcome,
}

impl List<'_> {
    fn take(&mut self, at: usize, stated: &Stated) -> Result<Change, Refusal> {
        let Beside { edition, delegation, there, rank, leads } = *self.beside;
        let known = whom(there, stated)?;
        let stands = |k: &Versioned<Delegate>| self.people.iter().find(|p| p.id == k.value.id);
        let base = known.and_then(stands).cloned();
        let mut to = told(base.unwrap_or_else(|| blank(edition, delegation, stated, rank)), stated);
        if known.is_some_and(|k| !self.met.insert(k.value.id))
            || known.is_none() && twice(&self.people, &to)
        {
            return Err(Refusal::new("person-twice"));
        }
        let mut admitted = self.admit(known, &to);
        if admitted.as_ref().is_err_and(|refusal| refusal.code == "second-leader") {
            match leads.get(&at) {
                Some(Lead::Member) => to.task = Task::Member,
                Some(Lead::Replace) => self.step_back(at),
                None => {}
            }
            admitted = self.admit(known, &to);
        }
        admitted?;
        if known.is_some() {
            // Somebody who stepped back before and is named only now: one change says both.
            let same =
                |done: &Change| matches!(done, Change::Alter { to: one, .. } if one.id == to.id);
            self.outcome.retain(|(_, done)| !done.as_ref().is_ok_and(same));
        }
        self.people.retain(|p| known.is_none() || p.id != to.id);
        self.people.push(to.clone());
        Ok(match known {
            None => Change::Add(Box::new(to)),
            Some(k) if k.value == to => Change::Same(to.id),
            Some(k) => Change::Alter { from: Box::new(k.clone()), to: Box::new(to) },
        })
    }

    fn admit(&self, known: Option<&Versioned<Delegate>>, to: &Delegate) -> Result<(), Refusal> {
        let others = self.people.iter().filter(|p| p.id != to.id || known.is_none());
        admit(self.beside.delegation, &others.collect::<Vec<_>>(), to)
    }

    /// Whoever leads becomes a member: in what a row before does, or as a change of its own beside `at`.
    fn step_back(&mut self, at: usize) {
        let Some(leader) = self.people.iter_mut().find(|p| p.task == Task::Leader) else { return };
        leader.task = Task::Member;
        let (id, member) = (leader.id, leader.clone());
        let there = self.beside.there.iter().find(|d| d.value.id == id);
        let change = match there {
            Some(from) => Change::Alter { from: Box::new(from.clone()), to: Box::new(member) },
            None => Change::Add(Box::new(member)),
        };
        let same = |done: &Change| match done {
            Change::Add(person) => person.id == id && person.task == Task::Leader,
            Change::Alter { to, .. } => to.id == id,
            Change::Same(same) => *same == id,
        };
        let before = self.outcome.iter_mut().find(|(_, done)| done.as_ref().is_ok_and(same));
        match before {
            Some((_, done)) => *done = Ok(change),
            None => self.outcome.push((at, Ok(change))),
        }
    }
}

/// Whom a row means: by identifier, else by the same name in one of the languages.
fn whom<'a>(
    there: &'a [Versioned<Delegate>],
    stated: &Stated,
) -> Result<Option<&'a Versioned<Delegate>>, Refusal> {
    if let Some(id) = stated.id {
        let known = there.iter().find(|d| d.value.id == id);
        return known.map(Some).ok_or_else(|| Refusal::new("person-unknown").with("said", id));
    }
    Ok(there.iter().find(|d| same_name(&d.value.name, &stated.name)))
}

/// Whether two people are called the same in every language in which both have a name.
fn same_name(a: &PersonName, b: &PersonName) -> bool {
    let pairs = a.styled.iter().filter_map(|(lang, one)| {
        let other = b.styled.get(lang)?;
        let both = !one.name.is_empty() && !other.name.is_empty();
        both.then(|| search::fold(&one.name) == search::fold(&other.name))
    });
    let same: Vec<bool> = pairs.collect();
    !same.is_empty() && same.into_iter().all(|s| s)
}

fn twice(people: &[Delegate], new: &Delegate) -> bool {
    people.iter().any(|p| p.id == new.id && same_name(&p.name, &new.name))
}

/// Somebody new: as the list says, else as the office says, else of this rank.
fn blank(edition: &Edition, delegation: &Delegation, stated: &Stated, rank: Rank) -> Delegate {
    let category = stated.category;
    Delegate {
        id: DelegateId(Uuid::nil()),
        delegation: delegation.id,
        name: PersonName::default(),
        rank: category.map_or(rank, |category| category.rank),
        task: category.and_then(|category| category.task).unwrap_or(Task::Member),
        email: String::new(),
        languages: Vec::new(),
        stay: crate::delegation::Stay::default(),
        purge_on: purge_on(edition.last_day),
    }
}

/// The person with everything that the row states.
fn told(mut person: Delegate, stated: &Stated) -> Delegate {
    for (lang, styled) in &stated.name.styled {
        restyle(person.name.styled.entry(*lang).or_default(), styled);
    }
    person.rank = stated.rank.unwrap_or(person.rank);
    person.task = stated.task.unwrap_or(person.task);
    if let Some(email) = &stated.email {
        person.email.clone_from(email);
    }
    if !stated.languages.is_empty() {
        person.languages.clone_from(&stated.languages);
    }
    person.stay.arrival = stated.stay.arrival.or(person.stay.arrival);
    person.stay.departure = stated.stay.departure.or(person.stay.departure);
    person
}

fn restyle(now: &mut Styled, stated: &Styled) {
    let renamed = !stated.name.is_empty() && stated.name != now.name;
    let parted = !stated.family.is_empty() && stated.family != now.family;
    if renamed || parted {
        now.order = stated.order;
        now.family.clone_from(&stated.family);
    }
    for (to, from) in [
        (&mut now.name, &stated.name),
        (&mut now.office, &stated.office),
        (&mut now.salutation, &stated.salutation),
    ] {
        if !from.is_empty() {
            to.clone_from(from);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        CityId, DelegationId, EditionId, Lang, SeriesId, Text,
        city::Origin,
        delegation::Party,
        edition::Mode,
        precedence::{Among, Precedence},
    };
    use jiff::civil::date;

    fn id<T: From<Uuid>>(n: u128) -> T {
        T::from(Uuid::from_u128(n))
    }

    fn edition() -> Edition {
        Edition {
            id: id::<EditionId>(1),
            series: id::<SeriesId>(1),
            title: Text::new(Lang::Zh, "示例"),
            host: id::<CityId>(1),
            mode: Mode::InPerson,
            zone: "Asia/Shanghai".to_owned(),
            first_day: date(2027, 5, 18),
            last_day: date(2027, 5, 20),
            initiators: Vec::new(),
            languages: vec![Lang::Zh, Lang::Ru],
            precedence: Precedence {
                among: Among::Alphabet { lang: Lang::Ru },
                overrides: Vec::new(),
            },
            call: None,
            origin: Origin::Demonstration,
        }
    }

    fn delegation(quota: i64) -> Delegation {
        Delegation {
            id: id::<DelegationId>(1),
            edition: id(1),
            party: Party::City(id(1)),
            name: Text::new(Lang::Zh, "虚构港"),
            rank: Rank::Head,
            quota,
            languages: Vec::new(),
            arrival: None,
            departure: None,
            busy: Vec::new(),
            withdrawn: false,
            origin: Origin::Demonstration,
        }
    }

    fn stated(zh: &str, ru: &str) -> Stated {
        let mut stated = Stated::default();
        for (lang, name) in [(Lang::Zh, zh), (Lang::Ru, ru)] {
            let styled = Styled { name: name.to_owned(), ..Styled::default() };
            stated.name.styled.insert(lang, styled);
        }
        stated
    }

    fn filed(n: u128, zh: &str) -> Versioned<Delegate> {
        let stated = stated(zh, "");
        let value = told(blank(&edition(), &delegation(9), &stated, Rank::Expert), &stated);
        Versioned { value: Delegate { id: id(n), ..value }, version: 3 }
    }

    fn outcome(
        there: &[Versioned<Delegate>],
        rows: &[Stated],
        quota: i64,
        leads: &BTreeMap<usize, Lead>,
    ) -> Outcome {
        let rows: Vec<_> = rows.iter().cloned().enumerate().collect();
        let (edition, delegation, rank) = (&edition(), &delegation(quota), Rank::Official);
        changes(&Beside { edition, delegation, there, rank, leads }, &rows)
    }

    fn codes(there: &[Versioned<Delegate>], rows: &[Stated], quota: i64) -> Vec<String> {
        let outcome = outcome(there, rows, quota, &BTreeMap::new());
        let code = |change: Result<Change, Refusal>| match change {
            Ok(Change::Add(_)) => "add".to_owned(),
            Ok(Change::Alter { .. }) => "alter".to_owned(),
            Ok(Change::Same(_)) => "same".to_owned(),
            Err(refusal) => refusal.code,
        };
        outcome.into_iter().map(|(_, change)| code(change)).collect()
    }

    #[test]
    fn a_list_sent_twice_adds_nobody_twice() {
        let there = [filed(7, "盛虚名")];
        assert_eq!(codes(&there, &[stated("盛虚名", "")], 9), ["same"]);
        assert_eq!(codes(&there, &[stated("盛虚名", "Шэн Сюймин")], 9), ["alter"]);
        let twice = [
            stated("余想象", ""),
            stated("余想象", ""),
            stated("盛虚名", ""),
            stated("盛虚名", ""),
        ];
        assert_eq!(codes(&there, &twice, 9), ["add", "person-twice", "same", "person-twice"]);
    }

    #[test]
    fn an_identifier_means_one_of_the_delegation() {
        let by_id = |n| Stated { id: Some(id(n)), ..stated("改名", "") };
        assert_eq!(
            codes(&[filed(7, "盛虚名")], &[by_id(7), by_id(8)], 9),
            ["alter", "person-unknown"]
        );
    }

    #[test]
    fn the_quota_holds_for_the_whole_list() {
        let rows = [stated("甲", ""), stated("乙", ""), stated("丙", "")];
        assert_eq!(codes(&[filed(7, "盛虚名")], &rows, 3), ["add", "add", "over-quota"]);
    }

    #[test]
    fn what_a_row_leaves_blank_keeps_what_stands() {
        let mut there = filed(7, "盛虚名");
        there.value.email = "a@example.org".to_owned();
        there.value.languages = vec![Lang::Zh];
        let row = Stated { rank: Some(Rank::Deputy), ..stated("盛虚名", "") };
        let outcome = outcome(&[there], &[row], 9, &BTreeMap::new());
        let Ok(Change::Alter { from, to }) = &outcome[0].1 else { panic!("{outcome:?}") };
        assert_eq!(from.version, 3);
        assert_eq!((to.email.as_str(), &to.languages[..]), ("a@example.org", &[Lang::Zh][..]));
        assert_eq!(to.rank, Rank::Deputy);
    }

    /// The tasks of everybody whom a list changes, in its order; a refusal by its code.
    fn tasks(there: &[Versioned<Delegate>], rows: &[Stated], lead: Option<Lead>) -> Vec<String> {
        let leads = lead.map(|lead| (1, lead)).into_iter().collect();
        let told = |(row, change): (usize, Result<Change, Refusal>)| match change {
            Ok(Change::Add(to) | Change::Alter { to, .. }) => format!("{row} {}", to.task),
            Ok(Change::Same(_)) => format!("{row} same"),
            Err(refusal) => format!("{row} {}", refusal.code),
        };
        outcome(there, rows, 9, &leads).into_iter().map(told).collect()
    }

    #[test]
    fn a_second_leader_replaces_the_first_or_is_a_member() {
        let led = |zh: &str| Stated { task: Some(Task::Leader), ..stated(zh, "") };
        let mut old = filed(7, "盛虚名");
        old.value.task = Task::Leader;
        let there = [old];
        let (other, new) = (stated("梅想好", ""), led("范例明"));
        let rows = [other.clone(), new.clone()];
        assert_eq!(tasks(&there, &rows, None), ["0 member", "1 second-leader"]);
        assert_eq!(tasks(&there, &rows, Some(Lead::Member)), ["0 member", "1 member"]);
        assert_eq!(tasks(&there, &rows, Some(Lead::Replace)), ["0 member", "1 member", "1 leader"]);
        // Whoever led is changed once, before, behind or not in the list at all.
        let before = [stated("盛虚名", ""), new.clone()];
        assert_eq!(tasks(&there, &before, Some(Lead::Replace)), ["0 member", "1 leader"]);
        let behind = [other, new.clone(), stated("盛虚名", "Шэн Сюймин")];
        let expected = ["0 member", "1 leader", "2 member"];
        assert_eq!(tasks(&there, &behind, Some(Lead::Replace)), expected);
        let both = [led("余想象"), new];
        assert_eq!(tasks(&[], &both, None), ["0 leader", "1 second-leader"]);
        assert_eq!(tasks(&[], &both, Some(Lead::Replace)), ["0 member", "1 leader"]);
    }
}
