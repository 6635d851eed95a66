//! Who interprets the exercise: the pool, the delegations' own, and what is arranged for single meetings.

use domain::{
    Lang,
    delegation::purge_on,
    interpretation::{Arrangement, By, Interpretation, Waiver},
    interpreter::{Consent, Interpreter, Strength},
    meeting::Meeting,
    person::{PersonName, Styled},
    programme::Activity,
    venue::Closed,
};
use store::{Conn, Result};

use super::{Written, file, people, unknown};
use crate::chance;

/// Writes the roster and the arrangements.
pub(super) fn write(c: &mut Conn, written: &Written<'_>, meetings: &[Meeting]) -> Result<()> {
    let file = &written.files.interpreters;
    for one in &file.people {
        store::interpreter::insert(c, &pool(written, one))?;
    }
    for delegation in &written.files.delegations {
        for person in delegation.delegates.iter().filter(|d| d.interpreter) {
            let of = written.delegation(&delegation.key)?;
            let known = people::known(&person.languages).into_iter();
            let class =
                |(n, lang)| (lang, if n == 0 { Strength::Native } else { Strength::Active });
            let one = Interpreter {
                of: Some(of),
                languages: known.enumerate().map(class).collect(),
                email: format!("{}@demo.example", person.key),
                ..blank(written, people::name(person))
            };
            store::interpreter::insert(c, &one)?;
        }
    }
    let mut rules = Interpretation {
        planned: file.planned,
        pivot: file.pivot,
        ..Interpretation::of(written.edition.id)
    };
    for file in &file.arrangements {
        let (from, to) = (written.delegation(&file.from)?, written.delegation(&file.to)?);
        let meeting = meetings.iter().find(|m| (m.from, m.to) == (from, to));
        let meeting = meeting.ok_or_else(|| unknown(&file.to))?;
        let waive = file.waive.iter();
        let waive = waive.map(|(rule, why)| Waiver { rule: *rule, reason: why.clone() });
        rules.arrange(Arrangement {
            by: By::OneSide(written.delegation(&file.by)?),
            waivers: waive.collect(),
            version: 1,
            ..Arrangement::usual(Activity::Meeting(meeting.id))
        });
    }
    store::interpretation::insert(c, &rules)
}

fn blank(written: &Written<'_>, name: PersonName) -> Interpreter {
    Interpreter {
        id: chance::id(),
        edition: written.edition.id,
        name,
        languages: std::collections::BTreeMap::new(),
        of: None,
        presence: Vec::new(),
        away: Vec::new(),
        email: String::new(),
        contact: String::new(),
        recording: Consent::Unasked,
        purge_on: purge_on(written.edition.last_day),
    }
}

fn pool(written: &Written<'_>, file: &file::Interpreter) -> Interpreter {
    let styled = |lang: &Lang, name: &file::Name| Styled {
        name: name.full.clone(),
        order: name.order,
        family: name.family.clone().unwrap_or_default(),
        office: String::new(),
        salutation: file.salutation.get(*lang).to_owned(),
    };
    let styled = file.names.iter().map(|(lang, name)| (*lang, styled(lang, name))).collect();
    let span = |c: &file::Closed| Closed { from: c.from, until: c.to };
    Interpreter {
        languages: file.languages.clone(),
        presence: file.availability.iter().map(span).collect(),
        email: format!("{}@demo.example", file.key),
        contact: file.contact.clone(),
        recording: file.recording,
        ..blank(written, PersonName { styled })
    }
}
