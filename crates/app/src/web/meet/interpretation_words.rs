//! What interpretation is called on pages and prints: pairs of languages, ways of interpreting, and what is
//! missing, in sentences.

use crate::{
    i18n::Messages,
    web::{marks::Marks, text, when},
};
use domain::{
    Lang,
    brief::Brief,
    coverage::Lack,
    interpretation::{Interpretation, Mode, Rule},
    interpreter::{Pair, Strength},
    session::Session,
};

/// A language in a reader's words.
pub fn language(t: Messages, lang: Lang) -> String {
    t.get(&format!("interpretation-language-{lang}"))
}

/// Languages in a row.
pub fn languages(t: Messages, langs: &[Lang]) -> String {
    let names: Vec<String> = langs.iter().map(|lang| language(t, *lang)).collect();
    names.join(Marks::of(t.lang).item)
}

/// Two languages: `Chinese – Russian`.
pub fn pair(t: Messages, pair: Pair) -> String {
    pair.map(|lang| language(t, lang)).join(" – ")
}

/// What a way of interpreting is called.
pub fn mode(t: Messages, mode: Mode) -> String {
    t.get(&format!("interpretation-mode-{mode}"))
}

/// What a rule is called.
pub fn rule(t: Messages, rule: Rule) -> String {
    t.get(&format!("interpretation-rule-{rule}"))
}

/// A class of language by its letter.
pub fn letter(strength: Strength) -> String {
    strength.code().to_uppercase()
}

/// What is missing, in a sentence: between which languages, how many, who, when.
pub fn lack(t: Messages, brief: &Brief, lack: &Lack) -> String {
    let zone = brief.edition.time_zone();
    let (from, until) = (zone.to_datetime(lack.from), zone.to_datetime(lack.until));
    let who = lack.interpreter.and_then(|id| brief.interpreter(id));
    let values = [
        ("pair", lack.pair.map_or(String::new(), |two| pair(t, two)).into()),
        ("n", lack.more.into()),
        ("who", who.map_or(String::new(), |one| text::called(t, &one.name)).into()),
        ("span", when::span(t.lang, from, until).into()),
    ];
    let edition = &brief.edition;
    let all = from.date() <= edition.first_day && until.date() > edition.last_day;
    let key = match (lack.rule, lack.pair, who) {
        (Rule::Team, Some(_), _) if all => "interpretation-lack-roster",
        (Rule::Team, Some(_), _) => "interpretation-lack-team",
        (Rule::Free, Some(_), _) => "interpretation-lack-busy",
        (Rule::Free, ..) => "interpretation-lack-free",
        (Rule::Rest, ..) => "interpretation-lack-rest",
        (Rule::Day, _, None) => "interpretation-lack-long",
        (Rule::Day, ..) => "interpretation-lack-day",
        (Rule::Booths, ..) => "interpretation-lack-booths",
        (Rule::Listeners, ..) => "interpretation-lack-listeners",
        _ => "interpretation-lack-other",
    };
    t.with(key, &values)
}

/// How a language reaches another in a session: direct, or through the language of the booths.
pub fn paths(rules: &Interpretation, session: &Session, mode: Mode) -> Vec<[Lang; 3]> {
    let pivot = rules.pivot;
    let langs = &session.languages;
    let hub = if langs.contains(&pivot) || mode == Mode::Simultaneous {
        pivot
    } else {
        langs.iter().min().copied().unwrap_or(pivot)
    };
    let others: Vec<Lang> = langs.iter().copied().filter(|lang| *lang != hub).collect();
    let mut paths = Vec::new();
    for (at, a) in others.iter().enumerate() {
        paths.extend(others[at + 1..].iter().map(|b| [*a, hub, *b]));
    }
    paths
}

/// A path as it is read: `Chinese → Russian → English`.
pub fn path(t: Messages, path: [Lang; 3]) -> String {
    path.map(|lang| language(t, lang)).join(" → ")
}
