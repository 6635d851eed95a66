//! Every sentence stands in Chinese, Russian and English, in its own script, and is used.

use std::collections::{BTreeMap, BTreeSet};

use caravanserai::i18n;
use domain::Lang;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::harness::sources::{files, literals};

/// Messages that are rightly the same in two languages, or have no word of their own script.
const SAME: [&str; 0] = [];

/// Messages that quote words of another language.
const QUOTING: [&str; 1] = ["delegate-import-dates"];

/// Strings of the sources that look like keys and are none: media types, classes, file names.
const NOT_KEYS: [&str; 1] = ["demo-data"];

/// A message: its words without the values, and the names of the values.
#[derive(Debug, Default)]
struct Message {
    words: String,
    values: BTreeSet<String>,
}

impl Message {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.words.push_str(value),
                PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                    self.inline(inline);
                }
                PatternElement::Placeable {
                    expression: Expression::Select { selector, variants },
                } => {
                    self.inline(selector);
                    for variant in variants {
                        self.read(&variant.value);
                    }
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.values.insert(id.name.to_owned());
            }
            InlineExpression::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|argument| self.inline(argument));
            }
            _ => {}
        }
    }
}

/// The messages of a language; a broken or repeated one is noted in `wrong`.
fn messages(lang: Lang, wrong: &mut Vec<String>) -> BTreeMap<String, Message> {
    let mut all = BTreeMap::new();
    for (file, source) in i18n::sources(lang) {
        let resource = fluent_syntax::parser::parse(source).unwrap_or_else(|(whole, errors)| {
            wrong.extend(errors.iter().map(|e| format!("{lang}/{file}: {e}")));
            whole
        });
        for entry in resource.body {
            let Entry::Message(entry) = entry else { continue };
            let mut message = Message::default();
            if let Some(pattern) = &entry.value {
                message.read(pattern);
            }
            if all.insert(entry.id.name.to_owned(), message).is_some() {
                wrong.push(format!("{lang}/{file}: {} stands twice", entry.id.name));
            }
        }
    }
    all
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} found:\n{}", wrong.len(), wrong.join("\n"));
}

/// What the sources ask for.
#[derive(Default)]
struct Asked {
    /// Whole keys, with the file that names them.
    keys: BTreeMap<String, String>,
    /// Beginnings of keys whose end is a code.
    beginnings: BTreeSet<String>,
    /// Ends of keys that are put behind another key.
    ends: BTreeSet<String>,
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
}

/// Reads what the sources ask for. A key is a literal given to `get` or `with`, or one that begins
/// like a known key; codes of refusals are keys too.
fn asked(nouns: &BTreeSet<&str>) -> Asked {
    let mut asked = Asked::default();
    for file in files(&[".rs"]) {
        if !file.path.contains("/src/") {
            continue;
        }
        let ours = file.path.starts_with("crates/app/");
        for literal in literals(file.product()) {
            let text = literal.text;
            let before = literal.before.trim_end().trim_end_matches('&');
            let note = |asked: &mut Asked, key: String| {
                asked.keys.entry(key).or_insert_with(|| file.path.clone());
            };
            if before.ends_with("Refusal::new(") {
                note(&mut asked, format!("refusal-{text}"));
            } else if ours && before.ends_with("format!(") {
                read_format(text, nouns, &mut asked);
            } else if ours && is_key(text) {
                let noun = text.split('-').next().unwrap_or_default();
                let given = before.ends_with("t.get(") || before.ends_with("t.with(");
                let like = text.contains('-') && nouns.contains(noun);
                if (given || like) && !NOT_KEYS.contains(&text) {
                    note(&mut asked, text.to_owned());
                }
            }
        }
    }
    asked
}

/// Keys made by `format!`: `topic-state-{code}`, `{key}-hint`.
fn read_format(text: &str, nouns: &BTreeSet<&str>, asked: &mut Asked) {
    if let Some((beginning, rest)) = text.split_once('{')
        && beginning.ends_with('-')
        && beginning.split('-').next().is_some_and(|noun| nouns.contains(noun))
        && rest.ends_with('}')
    {
        asked.beginnings.insert(beginning.to_owned());
    }
    if let Some((value, end)) = text.split_once("}-")
        && value.starts_with('{')
        && is_key(end)
    {
        asked.ends.insert(format!("-{end}"));
    }
}

impl Asked {
    fn uses(&self, key: &str) -> bool {
        self.keys.contains_key(key)
            || self.beginnings.iter().any(|b| key.starts_with(b.as_str()))
            || self.ends.iter().any(|e| key.strip_suffix(e.as_str()).is_some_and(|k| self.uses(k)))
    }
}

fn nouns(messages: &BTreeMap<String, Message>) -> BTreeSet<&str> {
    messages.keys().filter_map(|key| key.split('-').next()).collect()
}

#[test]
fn every_file_is_sound_fluent() {
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        messages(lang, &mut wrong);
    }
    assert_none(&wrong);
}

#[test]
fn every_key_asked_for_stands_in_the_three_languages() {
    let english = messages(Lang::En, &mut Vec::new());
    let asked = asked(&nouns(&english));
    let mut wrong = Vec::new();
    for lang in Lang::COMPLETE {
        let there = messages(lang, &mut Vec::new());
        let missing = asked.keys.iter().filter(|(key, _)| !there.contains_key(*key));
        wrong.extend(missing.map(|(key, file)| format!("{lang} lacks {key}, asked for in {file}")));
        for beginning in &asked.beginnings {
            if !there.keys().any(|key| key.starts_with(beginning.as_str())) {
                wrong.push(format!("{lang} has no key that begins with {beginning}"));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn the_three_languages_have_the_same_keys_and_values() {
    let english = messages(Lang::En, &mut Vec::new());
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        let there = messages(lang, &mut Vec::new());
        for (key, message) in &there {
            match english.get(key) {
                None => wrong.push(format!("{lang} has {key}, which English lacks")),
                // A count is always given; whether it is said depends on the language.
                Some(m) if message.values.iter().any(|v| v != "n" && !m.values.contains(v)) => {
                    wrong.push(format!(
                        "{lang} {key} uses {:?}, not {:?}",
                        message.values, m.values
                    ));
                }
                Some(_) => {}
            }
        }
        if Lang::COMPLETE.contains(&lang) {
            let missing = english.keys().filter(|key| !there.contains_key(*key));
            wrong.extend(missing.map(|key| format!("{lang} lacks {key}")));
        }
    }
    assert_none(&wrong);
}

/// Whether a character is a letter of a script.
type Letters = fn(char) -> bool;

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn is_cyrillic(c: char) -> bool {
    ('\u{0400}'..='\u{04FF}').contains(&c)
}

fn is_arabic(c: char) -> bool {
    ('\u{0600}'..='\u{06FF}').contains(&c)
}

#[test]
fn every_language_is_written_in_its_own_script() {
    let english = messages(Lang::En, &mut Vec::new());
    let scripts: [(Lang, Letters); 3] =
        [(Lang::Zh, is_han), (Lang::Ru, is_cyrillic), (Lang::Fa, is_arabic)];
    let mut wrong = Vec::new();
    for (lang, own) in scripts {
        for (key, message) in messages(lang, &mut Vec::new()) {
            let lettered = message.words.chars().any(char::is_alphabetic);
            if SAME.contains(&key.as_str()) || !lettered {
                continue;
            }
            if !message.words.chars().any(own) {
                wrong.push(format!("{lang} {key} has no word of its own: {}", message.words));
            }
            if english.get(&key).is_some_and(|m| m.words == message.words) {
                wrong.push(format!("{lang} {key} is the English one: {}", message.words));
            }
            for (other, foreign) in scripts {
                let quotes = QUOTING.contains(&key.as_str());
                if other != lang && !quotes && message.words.chars().any(foreign) {
                    wrong.push(format!("{lang} {key} has words in {other}: {}", message.words));
                }
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_key_is_used() {
    let english = messages(Lang::En, &mut Vec::new());
    let asked = asked(&nouns(&english));
    let unused = english.keys().filter(|key| !asked.uses(key));
    assert_none(&unused.map(|key| format!("{key} is used nowhere")).collect::<Vec<_>>());
}

#[test]
fn the_reader_of_sources_sees_what_a_compiler_sees() {
    let code = "get(\"a-b\") // \"no\"\n'\"' r#\"raw \"x\" end\"# \"q\\\"uoted\"";
    let found: Vec<_> = literals(code).into_iter().map(|l| l.text).collect();
    assert_eq!(found, ["a-b", "raw \"x\" end", "q\\\"uoted"]);
}
