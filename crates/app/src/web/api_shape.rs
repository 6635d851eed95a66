//! What the values of the public interface share: texts, lists, closed lists of codes.

use domain::{
    Lang, Refusal, Text,
    city::{Origin, Side, Standing, Theme, TieKind, TraitKind},
    clean,
    edition::Mode,
    session::SessionKind,
    text,
};
use jiff::civil::Date;
use outputs::sheet::EXERCISE;
use serde::Serialize;
use utoipa::{
    IntoParams, ToSchema,
    openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, OneOfBuilder, Schema, Type},
};

use super::{api_answer::asked, reply::Fault, request::Req};

/// Most items of a page.
const MOST: i64 = 500;
/// Items of a page when nothing is asked.
const USUAL: i64 = 100;
/// Last page that can be asked for.
const LAST: i64 = 10_000;

fn codes(all: impl Iterator<Item = &'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(all)).build()
}

macro_rules! code_lists {
    ($($name:ident = $list:ty),+ $(,)?) => {$(
        pub(super) fn $name() -> Object {
            codes(<$list>::ALL.iter().map(|code| code.code()))
        }
    )+};
}

code_lists! {
    lang = Lang,
    mode = Mode,
    origin = Origin,
    session_kind = SessionKind,
    side = Side,
    standing = Standing,
    theme = Theme,
    tie_kind = TieKind,
    trait_kind = TraitKind,
}

/// One of a closed list, or nothing.
pub(super) fn nullable(one: Object) -> Schema {
    let null = ObjectBuilder::new().schema_type(Type::Null);
    Schema::OneOf(OneOfBuilder::new().item(null).item(one).build())
}

/// Several languages.
pub(super) fn langs() -> Array {
    ArrayBuilder::new().items(lang()).build()
}

/// The states of a topic.
pub(super) fn topic_state() -> Object {
    codes(["proposed", "chosen", "set_aside"].into_iter())
}

/// A text in the languages in which it was stated. A missing language is absent, never derived.
#[derive(Serialize, ToSchema)]
pub(super) struct Words {
    /// The language that the others were made from.
    #[schema(schema_with = lang)]
    source: Lang,
    /// Chinese, official.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    zh: Option<String>,
    /// Russian, official.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    ru: Option<String>,
    /// English.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    en: Option<String>,
    /// Persian.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    fa: Option<String>,
    /// Languages whose source has changed since they were written.
    #[schema(schema_with = langs)]
    stale: Vec<Lang>,
}

impl From<&Text> for Words {
    fn from(text: &Text) -> Self {
        let said = |lang| text.get(lang).map(str::to_owned);
        let stale = text.versions.iter().filter(|(_, v)| v.standing == text::Standing::Stale);
        Self {
            source: text.source,
            zh: said(Lang::Zh),
            ru: said(Lang::Ru),
            en: said(Lang::En),
            fa: said(Lang::Fa),
            stale: stale.map(|(lang, _)| lang).collect(),
        }
    }
}

/// Which page of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters that `Paging` reads")]
pub(super) struct PageParams {
    /// The page, from 1.
    #[param(minimum = 1, maximum = 10000, default = 1)]
    page: Option<u32>,
    /// Items of a page.
    #[param(minimum = 1, maximum = 500, default = 100)]
    per_page: Option<u32>,
}

/// The page that is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paging {
    page: usize,
    per_page: usize,
}

impl Paging {
    pub(super) fn of(req: &Req) -> Result<Self, Fault> {
        let number = |name, usual, most| -> Result<usize, Fault> {
            let asked = asked(req, name, |raw| clean::number(raw, 1, most))?;
            Ok(usize::try_from(asked.unwrap_or(usual)).unwrap_or(1))
        };
        Ok(Self { page: number("page", 1, LAST)?, per_page: number("per_page", USUAL, MOST)? })
    }

    /// The items of the page out of all of them.
    pub(super) fn cut<S, T>(self, all: &[S], shape: impl Fn(&S) -> T, exercise: bool) -> List<T> {
        let from = ((self.page - 1) * self.per_page).min(all.len());
        let until = (from + self.per_page).min(all.len());
        List {
            items: all[from..until].iter().map(shape).collect(),
            page: self.page,
            per_page: self.per_page,
            total: all.len(),
            mark: mark(exercise),
        }
    }
}

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct List<T> {
    /// The items.
    items: Vec<T>,
    /// The page, from 1.
    #[schema(minimum = 1)]
    page: usize,
    /// Most items of a page.
    #[schema(minimum = 1)]
    per_page: usize,
    /// Items in all.
    #[schema(minimum = 0)]
    total: usize,
    /// The mark of a demonstration, to be shown wherever these items are shown.
    mark: Option<&'static str>,
}

/// The mark of what was written for a demonstration.
pub(super) fn mark(exercise: bool) -> Option<&'static str> {
    exercise.then_some(EXERCISE)
}

/// A day in the form of ISO 8601, all ten characters of it.
pub(super) fn day(raw: &str) -> Result<Date, Refusal> {
    let whole = raw.len() == 10 && raw.as_bytes().get(4) == Some(&b'-');
    raw.parse().ok().filter(|_| whole).ok_or_else(|| Refusal::new("date"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_in_one_way() {
        assert!(day("2027-05-18").is_ok());
        for bad in ["", "20270518", "2027-05-18T10:00", "2027-5-018", "2027-02-30"] {
            assert!(day(bad).is_err(), "{bad}");
        }
    }
}
