//! How a [`Text`] and a person's name stand on a page: in their own language and direction, marked
//! when that is not the reader's, or when the source has moved on.

use domain::{Lang, Text, person::PersonName, text::Shown};
use icu::decimal::{DecimalFormatter, input::Decimal, options::DecimalFormatterOptions};
use maud::{Markup, Render, html};

use crate::i18n::Messages;

/// A text for a reader.
pub fn text(t: Messages, text: &Text) -> Markup {
    html! { (Told(t, text)) }
}

/// A text for a reader, written straight into its page: long lists keep no strings in between.
pub struct Told<'a>(pub Messages, pub &'a Text);

impl Render for Told<'_> {
    fn render_to(&self, page: &mut String) {
        let Told(t, text) = *self;
        let found = text.shown(t.lang);
        if found.asked && !found.stale {
            page.push_str("<bdi>");
            found.text.render_to(page);
            page.push_str("</bdi>");
        } else {
            shown(t, found).render_to(page);
        }
    }
}

/// The version of a text that was found for a reader.
pub fn shown(t: Messages, shown: Shown<'_>) -> Markup {
    html! {
        @if shown.asked {
            bdi { (shown.text) }
        } @else {
            bdi lang=(shown.lang.tag()) dir=(shown.lang.dir()) { (shown.text) }
            " " (language_mark(t, shown.lang))
        }
        @if shown.stale { " " span.mark.stale { (t.get("text-stale")) } }
    }
}

/// A sentence with commands between backquotes, as terminals show it.
pub fn with_commands(sentence: &str) -> Markup {
    html! {
        @for (at, part) in sentence.split('`').enumerate() {
            @if at % 2 == 1 { code dir="ltr" { (part) } } @else { (part) }
        }
    }
}

/// The words alone, for titles and attributes.
pub fn words(t: Messages, text: &Text) -> String {
    text.shown(t.lang).text.to_owned()
}

/// The small mark that says in which language something stands.
pub fn language_mark(t: Messages, lang: Lang) -> Markup {
    html! { span.mark title=(t.get("text-only-in")) { (lang.own_name()) } }
}

/// A person's name for a reader, marked when it is stated in another language only.
pub fn name(t: Messages, name: &PersonName) -> Markup {
    html! {
        @match name.shown(t.lang) {
            None => { "—" }
            Some(named) if named.lang == t.lang => { bdi { (named.styled.name) } }
            Some(named) => {
                bdi lang=(named.lang.tag()) dir=(named.lang.dir()) { (named.styled.name) }
                " " (language_mark(t, named.lang))
            }
        }
    }
}

/// The name alone, for sentences and files.
pub fn called(t: Messages, name: &PersonName) -> String {
    name.shown(t.lang).map_or_else(|| "—".to_owned(), |named| named.styled.name.clone())
}

/// A person's office for a reader, as the city states it, marked when it does so in another language only.
pub fn office(t: Messages, name: &PersonName) -> Markup {
    html! {
        @match name.in_office(t.lang) {
            None => {}
            Some(named) if named.lang == t.lang => { bdi { (named.styled.office) } }
            Some(named) => {
                bdi lang=(named.lang.tag()) dir=(named.lang.dir()) { (named.styled.office) }
                " " (language_mark(t, named.lang))
            }
        }
    }
}

/// A count as readers of a language group its digits: `11 090 314`, `11,090,314`.
pub fn number(lang: Lang, n: i64) -> String {
    let locale = super::when::locale_of(lang);
    let formatter = DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default());
    formatter.map_or_else(|_| n.to_string(), |f| f.format(&Decimal::from(n)).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        assert_eq!(number(Lang::En, 11_090_314), "11,090,314");
        assert_eq!(number(Lang::Ru, 11_090_314), "11\u{a0}090\u{a0}314");
        assert_eq!(number(Lang::Zh, 900), "900");
    }
}
