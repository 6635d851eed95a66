//! What a list would change in a delegation: who is added, who is changed, who stays as is. It is
//! worked out once for the preview and once more when it is stored, and both have to agree.

use std::collections::BTreeSet;

use serde::Serialize;
use uuid::Uuid;

use super::row::Stated;
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

/// What rows would change, taken one after another.
pub fn changes(
    edition: &Edition,
    delegation: &Delegation,
    there: &[Versioned<Delegate>],
    rows: &[(usize, Stated)],
    rank: Rank,
) -> Outcome {
    let mut people: Vec<Delegate> = there.iter().map(|d| d.value.clone()).collect();
    let mut met = BTreeSet::new();
    let mut outcome = Vec::new();
    for (at, stated) in rows {
        let change = one(edition, delegation, there, (&mut people, &mut met), stated, rank);
        outcome.push((*at, change));
    }
    outcome
}

fn one(
    edition: &Edition,
    delegation: &Delegation,
    there: &[Versioned<Delegate>],
    (people, met): (&mut Vec<Delegate>, &mut BTreeSet<DelegateId>),
    stated: &Stated,
    rank: Rank,
) -> Result<Change, Refusal> {
    let known = whom(there, stated)?;
    let base = known.map_or_else(|| blank(edition, delegation, rank), |k| k.value.clone());
    let to = told(base, stated);
    if known.is_some_and(|k| !met.insert(k.value.id)) || known.is_none() && twice(people, &to) {
        return Err(Refusal::new("person-twice"));
    }
    let others: Vec<&Delegate> =
        people.iter().filter(|p| p.id != to.id || known.is_none()).collect();
    admit(delegation, &others, &to)?;
    people.retain(|p| known.is_none() || p.id != to.id);
    people.push(to.clone());
    Ok(match known {
        None => Change::Add(Box::new(to)),
        Some(k) if k.value == to => Change::Same(to.id),
        Some(k) => Change::Alter { from: Box::new(k.clone()), to: Box::new(to) },
    })
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

fn blank(edition: &Edition, delegation: &Delegation, rank: Rank) -> Delegate {
    Delegate {
        id: DelegateId(Uuid::nil()),
        delegation: delegation.id,
        name: PersonName::default(),
        rank,
        task: Task::Member,
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
        let value = told(blank(&edition(), &delegation(9), Rank::Expert), &stated(zh, ""));
        Versioned { value: Delegate { id: id(n), ..value }, version: 3 }
    }

    fn codes(there: &[Versioned<Delegate>], rows: &[Stated], quota: i64) -> Vec<String> {
        let rows: Vec<_> = rows.iter().cloned().enumerate().collect();
        let outcome = changes(&edition(), &delegation(quota), there, &rows, Rank::Official);
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
        let outcome = changes(&edition(), &delegation(9), &[there], &[(0, row)], Rank::Official);
        let Ok(Change::Alter { from, to }) = &outcome[0].1 else { panic!("{outcome:?}") };
        assert_eq!(from.version, 3);
        assert_eq!((to.email.as_str(), &to.languages[..]), ("a@example.org", &[Lang::Zh][..]));
        assert_eq!(to.rank, Rank::Deputy);
    }
}
