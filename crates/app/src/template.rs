//! Templates of instruments, in three languages: the files of `data/instruments`. A template becomes the
//! text of one instrument, with its parties named as they state their names; what nobody has stated yet
//! stands in square brackets.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Lang, PersonId, Refusal, UnitId, alternat,
    change::Change,
    declaration::Authority,
    dossier::{Dossier, DossierKind},
    instrument::{Instrument, InstrumentKind},
    negotiation::{Deed, Event},
    procedure::Rules,
    unit::{Manner, UnitKind},
};
use jiff::Timestamp;
use serde::Deserialize;

use crate::chance;

/// One unit of a template.
#[derive(Debug, Deserialize)]
struct Paragraph {
    kind: UnitKind,
    #[serde(flatten)]
    words: BTreeMap<Lang, String>,
}

#[derive(Debug, Deserialize)]
struct Template {
    units: Vec<Paragraph>,
}

/// The file of a kind.
fn source(kind: InstrumentKind) -> Option<&'static str> {
    macro_rules! file {
        ($name:literal) => {
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/instruments/", $name))
        };
    }
    Some(match kind {
        InstrumentKind::Memorandum => file!("memorandum.json"),
        InstrumentKind::SisterCity => file!("sister-city.json"),
        InstrumentKind::FriendlyExchange => file!("friendly-exchange.json"),
        InstrumentKind::LetterOfIntent => file!("letter-of-intent.json"),
        InstrumentKind::Training => file!("training.json"),
        InstrumentKind::Project | InstrumentKind::Contract => return None,
    })
}

/// Whether there is a template of a kind.
pub fn exists(kind: InstrumentKind) -> bool {
    source(kind).is_some()
}

/// The symbol of an instrument's text. It counts nothing: from a number, its parties would learn how many
/// others there are of which they may not know.
fn symbol(instrument: &Instrument, year: i16) -> String {
    let digits = instrument.id.to_string().to_uppercase();
    let (_, last) = digits.split_at(digits.len().saturating_sub(6));
    format!("{year}/I.{last}")
}

/// The dossier of an instrument's text: all its languages are authentic.
pub fn dossier(
    instrument: &Instrument,
    year: i16,
    at: Timestamp,
    by: PersonId,
) -> Result<Dossier, Refusal> {
    if instrument.languages.is_empty() {
        return Err(Refusal::new("instrument-languages"));
    }
    let authentic = |lang: &Lang| (*lang, Authority::Authentic);
    Ok(Dossier {
        id: chance::id(),
        edition: instrument.edition,
        kind: DossierKind::Instrument,
        title: instrument.title.clone(),
        symbol: symbol(instrument, year),
        languages: instrument.languages.iter().map(authentic).collect(),
        rules: Rules::house(),
        parties: instrument.parties.iter().filter_map(|party| party.delegation).collect(),
        officers: BTreeSet::new(),
        settled: None,
        exercise: instrument.exercise,
        opened: at,
        by,
    })
}

/// A name in a language as it was stated, or a place for it.
pub fn stated(instrument: &Instrument, at: usize, lang: Lang) -> String {
    let name = instrument.parties.get(at).and_then(|party| party.name.get(lang));
    let place = match lang {
        Lang::Zh => "【名称待定】",
        Lang::Ru => "[название]",
        Lang::En => "[name]",
        Lang::Fa => "[نام]",
    };
    name.unwrap_or(place).to_owned()
}

/// What a language is called in a closing clause.
fn called(lang: Lang, within: Lang) -> &'static str {
    match (lang, within) {
        (Lang::Zh, Lang::Zh) => "中文",
        (Lang::Ru, Lang::Zh) => "俄文",
        (Lang::En, Lang::Zh) => "英文",
        (Lang::Fa, Lang::Zh) => "波斯文",
        (Lang::Zh, Lang::Ru) => "китайский",
        (Lang::Ru, Lang::Ru) => "русский",
        (Lang::En, Lang::Ru) => "английский",
        (Lang::Fa, Lang::Ru) => "персидский",
        (Lang::Zh, _) => "Chinese",
        (Lang::Ru, _) => "Russian",
        (Lang::En, _) => "English",
        (Lang::Fa, _) => "Persian",
    }
}

fn filled(words: &str, instrument: &Instrument, declared: &[usize], lang: Lang) -> String {
    let names: Vec<String> = declared.iter().map(|at| stated(instrument, *at, lang)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let tongues: Vec<&str> = instrument.languages.iter().map(|l| called(*l, lang)).collect();
    words
        .replace("{parties}", &alternat::joined(&names, lang))
        .replace("{languages}", &alternat::joined(&tongues, lang))
        .replace("{originals}", &instrument.originals.to_string())
}

/// The deeds that write the text. The first language leads, the others say the same; a language that the
/// template does not have is left to be written.
pub fn fill(
    kind: InstrumentKind,
    instrument: &Instrument,
    declared: &[usize],
    dossier: &Dossier,
) -> Result<Vec<Event>, Refusal> {
    let unusable = || Refusal::new("choose");
    let template: Template =
        serde_json::from_str(source(kind).ok_or_else(unusable)?).map_err(|_| unusable())?;
    let mut state = dossier.begin()?;
    let (mut events, mut after) = (Vec::new(), None);
    let at = dossier.opened;
    let mut act = |state: &mut domain::negotiation::Negotiation, change: Change| {
        let event = Event { at, deed: Deed::Text(change) };
        state.act(&event)?;
        events.push(event);
        Ok::<(), Refusal>(())
    };
    for paragraph in template.units {
        let unit: UnitId = chance::id();
        act(&mut state, Change::Added { unit, kind: paragraph.kind, after })?;
        after = Some(unit);
        let mut manner = Manner::Leads;
        for lang in Lang::COMPLETE.into_iter().filter(|l| instrument.languages.contains(l)) {
            let Some(words) = paragraph.words.get(&lang) else { continue };
            let there = state.text.unit(unit).ok_or_else(unusable)?;
            let change = Change::Wrote {
                unit,
                lang,
                text: filled(words, instrument, declared, lang),
                manner,
                base: there.seal(lang),
                turn: there.turn,
                by: dossier.by,
                second: None,
                at,
            };
            act(&mut state, change)?;
            manner = Manner::Follows;
        }
    }
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        Text, figures,
        instrument::{Ceremony, Party, PartyKind, Stage, Words},
        undertaking,
    };

    fn instrument(kind: InstrumentKind) -> Instrument {
        let party = |zh: &str, ru: &str, en: &str| {
            let name = Text::new(Lang::Zh, zh).and(Lang::Ru, ru).and(Lang::En, en);
            Party::new(PartyKind::City, name, Lang::Ru)
        };
        Instrument {
            id: chance::id(),
            edition: chance::id(),
            kind,
            title: Text::new(Lang::En, "An exercise"),
            parties: vec![
                party("普里梅罗夫斯克", "Примеровск", "Primerovsk"),
                party("虚构港", "Сюйгоуган", "Xugou Harbour"),
            ],
            languages: Lang::COMPLETE.to_vec(),
            words: Words::None,
            originals: 2,
            witnesses: Vec::new(),
            flags: false,
            ceremony: Ceremony::default(),
            stage: Stage::Draft,
            exercise: true,
            opened: Timestamp::UNIX_EPOCH,
            by: chance::id(),
        }
    }

    /// Every template is safe to sign as it stands, names its parties in each language, gives the same
    /// figures in all three, and binds equally in all three.
    #[test]
    fn a_symbol_tells_nothing_but_its_own_instrument() {
        let one = instrument(InstrumentKind::SisterCity);
        let of = symbol(&one, 2027);
        assert!(of.starts_with("2027/I.") && of.len() == 13, "{of}");
        assert_ne!(of, symbol(&Instrument { id: chance::id(), ..one }, 2027));
    }

    #[test]
    fn every_template_says_the_same_in_three_languages() {
        for kind in InstrumentKind::ALL.iter().copied().filter(|kind| exists(*kind)) {
            let one = instrument(kind);
            let dossier = dossier(&one, 2027, Timestamp::UNIX_EPOCH, one.by).unwrap();
            let events = fill(kind, &one, &[1, 0], &dossier).unwrap();
            let text = dossier.begin().unwrap().replay(&events).unwrap().text;
            assert!(one.complete(&text).is_ok(), "{kind}");
            let named =
                |lang: Lang, row: &str| text.units.iter().any(|u| u.text(lang).contains(row));
            assert!(named(Lang::Zh, "虚构港和普里梅罗夫斯克"), "{kind}");
            assert!(named(Lang::Ru, "Сюйгоуган и Примеровск"), "{kind}");
            assert!(named(Lang::En, "Xugou Harbour and Primerovsk"), "{kind}");
            for unit in &text.units {
                for lang in Lang::COMPLETE {
                    assert!(!unit.text(lang).contains('{'), "{kind}: {}", unit.text(lang));
                }
                for other in [Lang::Ru, Lang::En] {
                    let pair = [Lang::Zh, other].map(|lang| (unit.text(lang), lang));
                    let (more, less) = figures::differing(pair[0], pair[1]);
                    assert!(more.is_empty() && less.is_empty(), "{kind}: {}", unit.text(other));
                }
                let suggested = undertaking::suggestion(unit, &Lang::COMPLETE);
                let uneven = suggested.filter(|suggestion| suggestion.uneven);
                assert!(uneven.is_none(), "{kind}: {uneven:?}");
            }
        }
    }
}
