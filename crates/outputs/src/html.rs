//! A text as one page for a bad line: no script, no font, no picture, nothing to fetch.

use domain::{Lang, declaration::Authority, unit::UnitKind};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    carrier::{Carrier, Labels, Paragraph},
    sheet::EXERCISE,
};

const STYLE: &str = include_str!("../templates/text.css");

/// The page. One language, or several side by side on a wide window and below each other on a phone.
pub fn page(carrier: &Carrier, langs: &[Lang], labels: &Labels) -> String {
    let own = langs.first().copied().unwrap_or(Lang::En);
    let several = langs.len() > 1;
    let page = html! {
        (DOCTYPE)
        html lang=(own.tag()) dir=(own.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (carrier.reference()) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    @if carrier.exercise { p.exercise { (EXERCISE) } }
                    p.symbol { bdi { (carrier.reference()) } }
                    p lang=(labels.lang) { (labels.standing) }
                }
                main.several[several] {
                    @if several {
                        div.unit.heads { @for lang in langs { (head(carrier, *lang, labels)) } }
                    } @else {
                        (head(carrier, own, labels))
                    }
                    @for paragraph in &carrier.paragraphs {
                        div.unit #{ "u" (paragraph.id.0.simple()) } {
                            @for lang in langs { (one(paragraph, *lang, labels)) }
                        }
                    }
                }
                footer {
                    p lang=(labels.lang) { (labels.seal) " " bdi { (carrier.short_seal()) } }
                    @if carrier.exercise { p.exercise { (EXERCISE) } }
                }
            }
        }
    };
    page.into_string()
}

fn head(carrier: &Carrier, lang: Lang, labels: &Labels) -> Markup {
    let authentic = carrier.languages.get(&lang) == Some(&Authority::Authentic);
    let worth = if authentic { &labels.authentic } else { &labels.translation };
    html! {
        p.head {
            b lang=(lang.tag()) { (lang.own_name()) } " " span lang=(labels.lang) { (worth) }
        }
    }
}

fn one(paragraph: &Paragraph, lang: Lang, labels: &Labels) -> Markup {
    let text = paragraph.text(lang);
    html! {
        div.words lang=(lang.tag()) dir=(lang.dir()) {
            @if text.is_empty() {
                p.note lang=(labels.lang) { (labels.missing) }
            } @else {
                @match paragraph.kind {
                    UnitKind::Title => h1 { (lines(text)) },
                    UnitKind::Heading => h2 { (lines(text)) },
                    _ => p {
                        @if let Some(number) = &paragraph.number { bdi.number { (number) "." } " " }
                        (lines(text))
                    }
                }
                @if paragraph.stale.contains(&lang) {
                    p.note lang=(labels.lang) { (labels.stale) }
                }
            }
        }
    }
}

fn lines(text: &str) -> Markup {
    html! {
        @for (at, line) in text.split('\n').enumerate() {
            @if at > 0 { br; }
            (line)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::sample;

    #[test]
    fn the_page_needs_nothing_else_and_says_what_it_is() {
        let labels = sample::labels();
        let mut carrier = sample::carrier();
        carrier.paragraphs[3].words.insert(Lang::Ru, "<script src=\"x\">&".to_owned());
        carrier.paragraphs[4].stale.insert(Lang::Ru);
        let page = page(&carrier, &[Lang::Ru, Lang::Fa], &labels);
        for foreign in ["<script", "src=\"", "href=\"", "url(", "@import", "<link", "<img"] {
            assert!(!page.contains(foreign), "{foreign}");
        }
        assert!(page.contains("&lt;script src="));
        assert!(page.matches("УЧЕБНЫЙ ТЕКСТ").count() == 2);
        assert!(page.contains("dir=\"rtl\"") && page.contains("می\u{200C}گیرند"));
        assert!(page.contains(&labels.stale) && page.contains(&labels.missing));
        assert!(page.contains("<bdi class=\"number\">1 bis.</bdi>"), "{page}");
        assert!(page.contains(&carrier.short_seal()));
    }
}
