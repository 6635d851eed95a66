//! A list of people from a workbook: handed in, shown with what it would do, stored as it was shown.
//!
//! What is stored is worked out again in the same transaction; if it differs from what was shown, it
//! is shown once more instead.

use std::collections::BTreeSet;

use domain::{
    DelegateId, Refusal,
    access::Action,
    delegation::{Delegate, Delegation},
    edition::Edition,
    revision::{Saved, Versioned},
    workbook::{
        category::{Unranked, unranked},
        change::{Beside, Change, changes},
        date::Around,
        row::{self, Row},
    },
};
use maud::html;
use serde_json::json;

use super::{
    delegate::{below, people_of},
    delegate_preview,
    delegation::{address, own},
    people_list::{People, Reach},
};
use crate::{
    chance,
    web::{
        reply::{Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        workbook::handed::Told,
    },
};

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    let file = Gate::Participants(Action::File);
    vec![
        get("/editions/{edition}/delegations/{delegation}/import", file, ask),
        post("/editions/{edition}/delegations/{delegation}/import", file, step),
    ]
}

/// What a list would do, row by row.
pub struct Look {
    /// What is no change yet.
    pub told: Told,
    /// What the rows that can be taken would change.
    pub changes: Vec<(usize, Change)>,
    /// Whom it adds without saying of what category they are.
    pub unranked: Vec<Unranked>,
}

impl Look {
    /// Reads the list against what stands now.
    pub fn at(
        edition: &Edition,
        delegation: &Delegation,
        there: &[Versioned<Delegate>],
        people: &People,
    ) -> Self {
        let around = Around { first: edition.first_day, last: edition.last_day };
        let (list, mut told, mut stated) = (&people.list, Told::default(), Vec::new());
        for (at, row) in row::read(&list.grid, &list.mapping, around, &list.answers) {
            match row {
                Row::Aside(words) => told.aside.push((at, words)),
                Row::Cancelled(words) => told.cancelled.push((at, words)),
                Row::Unread(cells) => told.unread.push((at, cells)),
                Row::Person(person, known) => {
                    if !list.left.contains(&at) {
                        told.notes.extend(known.into_iter().map(|note| (at, note)));
                        stated.push((at, *person));
                    }
                }
            }
        }
        let leads = &list.answers.leads;
        let beside = Beside { edition, delegation, there, rank: people.rank, leads };
        let mut taken = Vec::new();
        for (at, change) in changes(&beside, &stated) {
            match change {
                Ok(change) => taken.push((at, change)),
                Err(refusal) => told.refused.push((at, refusal)),
            }
        }
        let added = |at: &usize| {
            taken.iter().any(|(row, change)| row == at && matches!(change, Change::Add(_)))
        };
        let new = stated.iter().filter(|(at, _)| added(at)).map(|(_, person)| person);
        let unranked = unranked(new, people.rank);
        Self { told, changes: taken, unranked }
    }

    /// Whether every row is understood or left out, and something is to be done.
    pub fn is_ready(&self, left: &BTreeSet<usize>) -> bool {
        let any = self.changes.iter().any(|(_, change)| !matches!(change, Change::Same(_)));
        any && self.told.waiting(left) == 0
    }

    /// Stands for exactly these changes.
    pub fn seal(&self) -> String {
        let changes: Vec<&Change> = self.changes.iter().map(|(_, change)| change).collect();
        chance::hash(&json!(changes).to_string())
    }
}

fn ask(req: &Req) -> Outcome {
    let (edition, delegation) = (req.edition()?, own(req, Action::File)?.value);
    let page = below(req, edition, &delegation, req.t.get("delegate-import"));
    Ok(page.reply(req, &delegate_preview::upload(req, &delegation, None)))
}

fn step(req: &Req) -> Outcome {
    let (edition, delegation) = (req.edition()?, own(req, Action::File)?.value);
    let mut people = match People::of(req, Reach::Delegation) {
        Ok(people) => people,
        Err(refusal) => {
            let page = below(req, edition, &delegation, req.t.get("delegate-import"));
            return Ok(page.again(req, &delegate_preview::upload(req, &delegation, Some(&refusal))));
        }
    };
    if req.form.get("do") == "store" {
        store(req, edition, &delegation, &mut people)
    } else {
        preview(req, edition, &delegation, &mut people, None)
    }
}

/// Shows what the list would do; `why` says why it was not stored.
fn preview(
    req: &Req,
    edition: &Edition,
    delegation: &Delegation,
    people: &mut People,
    why: Option<&str>,
) -> Outcome {
    let there = people_of(req, delegation.id)?;
    let mut look = Look::at(edition, delegation, &there, people);
    if people.list.settle(&req.form, &look.told) {
        look = Look::at(edition, delegation, &there, people);
    }
    let page = below(req, edition, delegation, req.t.get("delegate-preview"));
    let body = html! {
        @if let Some(why) = why {
            section.notice.error role="alert" tabindex="-1" autofocus { p { (req.t.get(why)) } }
        }
        (delegate_preview::view(req, people, &look))
    };
    Ok(if why.is_some() { page.again(req, &body) } else { page.reply(req, &body) })
}

fn store(req: &Req, edition: &Edition, delegation: &Delegation, people: &mut People) -> Outcome {
    let shown = req.form.get("shown");
    let counts = req.write(|c| {
        let there = store::delegate::of_delegation(c, delegation.id)?;
        let look = Look::at(edition, delegation, &there, people);
        if !look.is_ready(&people.list.left) || look.seal() != shown {
            return Ok(Err(look.is_ready(&people.list.left)));
        }
        let mut counts = (0, 0);
        for (_, change) in look.changes {
            match change {
                Change::Add(person) => {
                    let id: DelegateId = chance::id();
                    store::delegate::insert(c, &Delegate { id, ..*person })?;
                    counts.0 += 1;
                }
                Change::Alter { from, to } => {
                    let saved = store::delegate::save(c, &to, from.version)?;
                    if matches!(saved, Saved::Moved(_)) {
                        return Err(Refusal::new("person-moved").into());
                    }
                    counts.1 += 1;
                }
                Change::Same(_) => {}
            }
        }
        let detail = json!({ "added": counts.0, "changed": counts.1 });
        let event = req.event("delegation", delegation.id, "list_filed", detail);
        store::event::append(c, chance::id(), &event)?;
        Ok(Ok(counts))
    })?;
    match counts {
        Ok((added, changed)) => {
            let base = address(edition, delegation.id);
            Ok(Reply::See(format!("{base}?added={added}&changed={changed}")))
        }
        Err(true) => preview(req, edition, delegation, people, Some("delegate-preview-differs")),
        Err(false) => preview(req, edition, delegation, people, Some("delegate-preview-not-ready")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        i18n::Messages,
        web::convene::{delegate, delegate_form, delegation::rank_name},
    };
    use domain::{
        Lang, Text,
        city::Origin,
        delegation::{Party, Task},
        edition::Mode,
        person::{NameOrder, Styled},
        precedence::{Among, Precedence, Rank},
        workbook::value,
    };
    use jiff::civil::date;
    use outputs::workbook;

    fn edition() -> Edition {
        Edition {
            id: chance::id(),
            series: chance::id(),
            title: Text::new(Lang::Zh, "示例"),
            host: chance::id(),
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

    fn delegation(edition: &Edition) -> Delegation {
        Delegation {
            id: chance::id(),
            edition: edition.id,
            party: Party::City(chance::id()),
            name: Text::new(Lang::Zh, "虚构港"),
            rank: Rank::Head,
            quota: 20,
            languages: Vec::new(),
            arrival: None,
            departure: None,
            busy: Vec::new(),
            withdrawn: false,
            origin: Origin::Demonstration,
        }
    }

    /// Somebody of each rank, with a name in each order.
    fn people(edition: &Edition, delegation: &Delegation) -> Vec<Versioned<Delegate>> {
        let person = |(at, rank): (usize, &Rank)| {
            let mut person = delegate_form::new(edition, delegation, chance::id());
            person.rank = *rank;
            person.task = if at == 0 { Task::Leader } else { Task::ALL[1 + at % 2] };
            person.email = format!("person{at}@example.org");
            person.languages = vec![Lang::Zh, Lang::Ru, Lang::Fa];
            person.stay.arrival = domain::workbook::date::read(
                if at % 2 == 0 { "17.05.2027 20:10" } else { "17.05.2027" },
                Around { first: edition.first_day, last: edition.last_day },
            )
            .ok();
            let styled = |name: &str, family: &str, order| Styled {
                name: format!("{name}{}", "甲".repeat(at)),
                order,
                family: family.to_owned(),
                office: "=副市长（演示角色）".to_owned(),
                salutation: "尊敬的范例明女士".to_owned(),
            };
            let zh = styled("范例明", "范", NameOrder::FamilyFirst);
            let en = styled("Liming Fan", "", NameOrder::Single);
            person.name.styled.extend([(Lang::Zh, zh), (Lang::En, en)]);
            Versioned { value: person, version: 2 }
        };
        Rank::ALL.iter().enumerate().map(person).collect()
    }

    /// The list that a delegation saves is the list that it can send back, in every language and
    /// format: nothing in it would be changed, and a changed cell changes that person.
    #[test]
    fn a_saved_list_comes_back_as_it_is() {
        let edition = edition();
        let delegation = delegation(&edition);
        let there = people(&edition, &delegation);
        let plain: Vec<Delegate> = there.iter().map(|p| p.value.clone()).collect();
        for lang in Lang::COMPLETE {
            let sheet = delegate::list(Messages::of(lang), &plain, true);
            let at = "2027-01-01T00:00:00Z".parse().unwrap();
            for bytes in [sheet.csv().unwrap(), sheet.xlsx(at).unwrap()] {
                let mut handed =
                    People::of_sheets(workbook::read(&bytes).unwrap(), Reach::Delegation).unwrap();
                let look = Look::at(&edition, &delegation, &there, &handed);
                let Told { aside, unread, refused, cancelled, notes } = look.told;
                assert_eq!((unread, notes, aside, refused), (vec![], vec![], vec![], vec![]));
                assert_eq!(cancelled, []);
                let same = |(_, c): &(usize, Change)| matches!(c, Change::Same(_));
                assert!(look.changes.iter().all(same), "{lang}: {:?}", look.changes);
                assert_eq!(look.changes.len(), there.len());
                let name = handed.list.mapping.columns.iter().position(|c| c.names()).unwrap();
                handed.list.grid.rows[1][name] = "改名".to_owned();
                let look = Look::at(&edition, &delegation, &there, &handed);
                let first = &look.changes[0].1;
                let Change::Alter { from, to } = first else { panic!("{first:?}") };
                assert_eq!((from.value.id, from.version), (to.id, 2));
                assert!(look.changes[1..].iter().all(same));
            }
        }
    }

    #[test]
    fn what_pages_call_ranks_and_tasks_is_read_back() {
        for lang in Lang::COMPLETE {
            let t = Messages::of(lang);
            for rank in Rank::ALL {
                assert_eq!(value::rank(&rank_name(t, *rank)), Ok(*rank), "{lang}");
            }
            for task in Task::ALL {
                assert_eq!(value::task(&delegate::task_name(t, *task)), Ok(*task), "{lang}");
            }
        }
    }
}
