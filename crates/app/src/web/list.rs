//! A list that can be searched, sorted and turned page by page, by address alone.

use maud::{Markup, html};

use super::{fields::Fields, request::Req};

/// Rows on one page.
pub const PAGE: usize = 50;

/// What the reader asked of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Words to find.
    pub q: String,
    /// The page, from 1.
    pub page: usize,
    /// Rows on a page.
    pub rows: usize,
}

impl Wish {
    /// Reads the wish from an address; anything unreadable is the first page.
    pub fn of(query: &Fields) -> Self {
        let page = query.get("page").parse().unwrap_or(1).clamp(1, 100_000);
        let q = query.get("q").trim().chars().take(100).collect();
        Self { q, page, rows: PAGE }
    }

    /// The same with other pages than lists have.
    #[must_use]
    pub fn by(self, rows: usize) -> Self {
        Self { rows, ..self }
    }

    /// The rows of the page.
    pub fn cut<'a, T>(&self, rows: &'a [T]) -> &'a [T] {
        let from = ((self.page - 1) * self.rows).min(rows.len());
        &rows[from..(from + self.rows).min(rows.len())]
    }
}

/// The address of the same list on another page.
fn address(req: &Req, page: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in req.query.0.iter().filter(|(n, _)| n != "page") {
        query.append_pair(name, value);
    }
    format!("{}?{}", req.path, query.append_pair("page", &page.to_string()).finish())
}

/// The search box of a list; the form keeps the other filters that `extra` renders.
pub fn search(req: &Req, label: &str, extra: &Markup) -> Markup {
    html! {
        form.search role="search" method="get" action=(req.path) {
            label for="q" { (label) }
            div.row {
                input #q type="search" name="q" value=(Wish::of(&req.query).q) maxlength="100";
                (extra)
                button type="submit" { (req.t.get("list-search")) }
            }
        }
    }
}

/// A choice beside the search box; without one the list is whole, which `all` says.
pub fn filter<V: AsRef<str>>(
    req: &Req,
    name: &str,
    all: &str,
    options: impl IntoIterator<Item = (V, String)>,
) -> Markup {
    let chosen = req.query.get(name);
    html! {
        select name=(name) aria-label=(all) {
            option value="" { (all) }
            @for (value, label) in options {
                option value=(value.as_ref()) selected[value.as_ref() == chosen] { (label) }
            }
        }
    }
}

/// Links to the previous and the next page; nothing when there is only one.
pub fn pager(req: &Req, wish: &Wish, rows: usize) -> Markup {
    let pages = rows.div_ceil(wish.rows).max(1);
    html! {
        @if pages > 1 {
            nav.pager aria-label=(req.t.get("list-pages")) {
                @if wish.page > 1 {
                    a rel="prev" href=(address(req, wish.page - 1)) { (req.t.get("list-previous")) }
                }
                span { (req.t.with("list-page-of", &[("page", wish.page.into()), ("pages", pages.into())])) }
                @if wish.page < pages {
                    a rel="next" href=(address(req, wish.page + 1)) { (req.t.get("list-next")) }
                }
            }
        }
    }
}
