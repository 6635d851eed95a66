//! What stands between words: each language has marks of its own, and a Chinese line with the commas of
//! another looks like a machine's.

use domain::Lang;

/// The marks of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Between the items of a row: 中文、俄文.
    pub item: &'static str,
    /// Between a name and what is said of it.
    pub pause: &'static str,
    /// Between parts that hold rows of their own.
    pub part: &'static str,
    /// Before what explains.
    pub colon: &'static str,
    /// Around what is added.
    pub around: [&'static str; 2],
}

impl Marks {
    /// The marks of a language.
    pub fn of(lang: Lang) -> Self {
        match lang {
            Lang::Zh => {
                Self {
                    item: "、", pause: "，", part: "；", colon: "：", around: ["（", "）"]
                }
            }
            Lang::Fa => {
                Self { item: "، ", pause: "، ", part: "؛ ", colon: ": ", around: [" (", ")"] }
            }
            Lang::Ru | Lang::En => {
                Self { item: ", ", pause: ", ", part: "; ", colon: ": ", around: [" (", ")"] }
            }
        }
    }
}
