//! Search columns and sort keys, computed here because SQL engines disagree about human text
//! (`lower('Ж')` is `'Ж'` in SQLite).

use icu::{
    casemap::CaseMapper,
    collator::{CollatorBorrowed, options::CollatorOptions},
    locale::locale,
    normalizer::ComposingNormalizerBorrowed,
};

use crate::Lang;

/// Folds case, width and compatibility forms: what is typed finds what is stored.
pub fn fold(text: &str) -> String {
    let wide = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    let folded = CaseMapper::new().fold_string(&wide);
    folded.replace('ё', "е").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether every word of `asked` occurs in the folded column.
pub fn finds(folded: &str, asked: &str) -> bool {
    fold(asked).split(' ').all(|word| folded.contains(word))
}

/// Orders texts as readers of a language expect: pinyin for Chinese, the alphabet elsewhere.
pub struct Collation(CollatorBorrowed<'static>);

impl Collation {
    /// The usual order of a language. Falls back to the root order, which every build carries.
    pub fn of(lang: Lang) -> Self {
        let wanted = match lang {
            Lang::Zh => locale!("zh-u-co-pinyin"),
            Lang::Ru => locale!("ru"),
            Lang::En => locale!("en"),
            Lang::Fa => locale!("fa"),
        };
        let collator = CollatorBorrowed::try_new(wanted.into(), CollatorOptions::default())
            .or_else(|_| {
                CollatorBorrowed::try_new(locale!("und").into(), CollatorOptions::default())
            });
        match collator {
            Ok(collator) => Self(collator),
            Err(_) => unreachable!("the root collation is compiled in"),
        }
    }

    /// Compares two texts.
    pub fn compare(&self, a: &str, b: &str) -> std::cmp::Ordering {
        self.0.compare(a, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_script_and_width_is_found() {
        assert!(finds(&fold("ТЯНЬЦЗИНЬ Tianjin 天津"), "тяньцз"));
        assert!(finds(&fold("ＴＩＡＮＪＩＮ"), "tianjin"));
        assert!(finds(&fold("Орёл"), "орел"));
        assert!(!finds(&fold("天津"), "北京"));
    }

    #[test]
    fn chinese_is_ordered_by_pinyin() {
        let mut cities = ["天津", "北京", "上海", "乌法"];
        cities.sort_by(|a, b| Collation::of(Lang::Zh).compare(a, b));
        assert_eq!(cities, ["北京", "上海", "天津", "乌法"]);
    }
}
