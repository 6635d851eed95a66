//! Who interprets the fixture's edition.

use std::collections::BTreeMap;

use domain::{
    Lang,
    interpretation::Mode as Interpreting,
    interpreter::{Consent, Interpreter, Strength},
    person::{PersonName, Styled},
    programme::Activity,
    team::{Filled, Team},
};
use jiff::civil::date;
use store::{Conn, Result};

use super::fixture::{CONFIDANT, EDITION, INTERPRETER};

/// Two interpreters of the pool. No plan assigns them, but the first release does.
pub(crate) fn fill(c: &mut Conn) -> Result<()> {
    for (id, name, email) in [
        (INTERPRETER, ("易词", "И Цы", "Yi Ci"), "interpreter@example.org"),
        (CONFIDANT, ("文过河", "Вэнь Гохэ", "Wen Guohe"), "confidant@example.org"),
    ] {
        let styled = [(Lang::Zh, name.0), (Lang::Ru, name.1), (Lang::En, name.2)];
        let styled = styled
            .map(|(lang, name)| (lang, Styled { name: name.to_owned(), ..Styled::default() }));
        let interpreter = Interpreter {
            id,
            edition: EDITION,
            name: PersonName { styled: BTreeMap::from(styled) },
            languages: BTreeMap::from([(Lang::Zh, Strength::Native), (Lang::Ru, Strength::Active)]),
            of: None,
            presence: Vec::new(),
            away: Vec::new(),
            email: email.to_owned(),
            contact: String::new(),
            recording: Consent::Given,
            purge_on: date(2090, 12, 1),
        };
        store::interpreter::insert(c, &interpreter)?;
    }
    Ok(())
}

/// Who interprets an activity of the first release.
pub(crate) fn team(activity: Activity) -> Option<Team> {
    let (interpreter, mode) = match activity {
        Activity::Session(_) => (INTERPRETER, Interpreting::Simultaneous),
        Activity::Meeting(_) => (CONFIDANT, Interpreting::Consecutive),
    };
    let seats = vec![Filled { interpreter, pair: [Lang::Zh, Lang::Ru] }];
    Some(Team { activity, mode, seats })
}
