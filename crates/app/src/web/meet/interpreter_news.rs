//! Whose work a release changes, and in what words interpreters hear of it: each of the own assignments
//! alone, in the language of the account. Pure.

use domain::{
    MailId,
    account::Account,
    city::Origin,
    edition::Edition,
    interpreter::Interpreter,
    mail::Mail,
    programme::{Company, Entry},
    release::{Change, Release, differences},
};

use super::{interpretation_words as words, interpreter_account as account};
use crate::{
    i18n::Messages,
    web::{text, when},
};

/// Most lines in a mail; the rest is told as a number.
const LINES: usize = 40;

/// The mails of a release to the interpreters whose work it changes. `id` makes an identifier for each.
pub fn mails(
    edition: &Edition,
    (old, new): (Option<&Release>, &Release),
    roster: &[Interpreter],
    accounts: &[Account],
    public_url: &str,
    mut id: impl FnMut() -> MailId,
) -> Vec<Mail> {
    let before: &[Entry] = old.map_or(&[], |release| &release.entries);
    let changes = differences(before, &new.entries);
    let mut mails = Vec::new();
    for one in roster.iter().filter(|one| !one.email.is_empty()) {
        let told: Vec<Change<'_>> =
            changes.iter().filter_map(|change| change.told_to_interpreter(one.id)).collect();
        if told.is_empty() {
            continue;
        }
        let known = accounts.iter().find(|who| who.email == one.email);
        let lang = known.map_or(account::tongue(one), |who| who.lang);
        let t = Messages::of(lang);
        let values = [
            ("edition", text::words(t, &edition.title).into()),
            ("number", new.number.into()),
            ("n", told.len().into()),
        ];
        let mut body = vec![t.with("mail-assignment", &values), String::new()];
        let lines = told.iter().take(LINES).map(|c| line(t, edition, [Some(new), old], one, c));
        body.extend(lines);
        if told.len() > LINES {
            body.push(t.with("mail-release-more", &[("n", (told.len() - LINES).into())]));
        }
        let address = format!("{public_url}/editions/{}/assignments", edition.id);
        body.extend([String::new(), t.with("mail-release-see", &[("address", address.into())])]);
        if edition.origin == Origin::Demonstration {
            body.extend([String::new(), outputs::sheet::EXERCISE.to_owned()]);
        }
        mails.push(Mail {
            id: id(),
            person: known.map(|who| who.id),
            recipient: one.email.clone(),
            subject: t.with("mail-assignment-subject", &values),
            body: body.join("\n"),
            lang,
        });
    }
    mails
}

fn line(
    t: Messages,
    edition: &Edition,
    names: [Option<&Release>; 2],
    one: &Interpreter,
    change: &Change<'_>,
) -> String {
    let Some(entry) = change.entry() else { return String::new() };
    let zone = edition.time_zone();
    let place = |entry: &Entry| {
        let day = when::date(t.lang, zone.to_datetime(entry.slot.start).date());
        let values = [
            ("day", day.into()),
            ("time", when::hours(&zone, entry.slot.start, entry.slot.end()).into()),
            ("hall", text::words(t, &entry.hall).into()),
            ("venue", text::words(t, &entry.venue).into()),
        ];
        t.with("mail-release-place", &values)
    };
    let title = match &*entry.company {
        Company::Session(..) => text::words(t, &entry.title),
        Company::Bilateral(sides) => {
            let name = |side| names.iter().flatten().find_map(|release| release.name_of(side));
            let named: Vec<String> =
                sides.iter().filter_map(|side| name(*side)).map(|n| text::words(t, n)).collect();
            t.with("agenda-bilateral", &[("name", named.join(" – ").into())])
        }
    };
    let duty = entry.team.as_ref().map_or(String::new(), |team| {
        let pair = team.pair_of(one.id).map(|pair| words::pair(t, pair)).unwrap_or_default();
        format!("{} · {pair}", words::mode(t, team.mode))
    });
    let what = t.with(
        "mail-release-entry",
        &[("title", format!("{title} · {duty}").into()), ("place", place(entry).into())],
    );
    let was = change.before.map_or(String::new(), place);
    let key = format!("mail-release-{}", change.kind());
    t.with(&key, &[("what", what.into()), ("was", was.into())])
}
