//! Forms: what was typed, what was wrong with it, and one way to show both.
//!
//! A [`Draft`] holds the raw fields. Reading it either gives a value or notes one refusal per field;
//! showing it again loses nothing. When somebody else saved in between, the draft also holds what
//! stands now, and each differing field shows it beside what was typed.

use domain::{FieldRefusals, Lang, Refusal, Text, clean};
use maud::{Markup, html};

use super::{fields::Fields, request::Req};
use crate::i18n::Messages;

/// A form on its way.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// What is in the fields.
    pub typed: Fields,
    /// What was wrong.
    pub refused: FieldRefusals,
    /// What stands in the store, when somebody else saved in between.
    pub stands: Option<Fields>,
}

impl Draft {
    /// A form filled with values.
    pub fn of(typed: Fields) -> Self {
        Self { typed, ..Self::default() }
    }

    /// Reads one field, or notes why not.
    pub fn read<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Option<T> {
        match parse(self.typed.get(name)) {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.refused.add(name, refusal);
                None
            }
        }
    }

    /// Reads a closed list's code.
    pub fn code<T: std::str::FromStr>(&mut self, name: &str) -> Option<T> {
        self.read(name, |raw| raw.parse().map_err(|_| Refusal::new("choose")))
    }

    /// Reads a text given per language in `name.zh`, `name.ru` and `name.en`; at least one has to
    /// be there, and the first one given is the source.
    pub fn text(&mut self, name: &str, parse: fn(&str) -> Result<String, Refusal>) -> Option<Text> {
        let mut parts = Vec::new();
        for lang in Lang::COMPLETE {
            let field = format!("{name}.{lang}");
            parts.push((lang, self.read(&field, parse)?));
        }
        let text = Text::stated(parts);
        if text.is_none() {
            self.refused.add(&format!("{name}.zh"), Refusal::new("one-language"));
        }
        text
    }

    /// Reads a text that may be left out.
    pub fn optional_text(&mut self, name: &str) -> Option<Text> {
        let given = Lang::COMPLETE
            .iter()
            .any(|l| !self.typed.get(&format!("{name}.{l}")).trim().is_empty());
        if given { self.text(name, clean::paragraph) } else { None }
    }

    /// Notes a refusal of a rule that concerns one field.
    pub fn refuse(&mut self, name: &str, refusal: Refusal) {
        self.refused.add(name, refusal);
    }

    /// Whether nothing was wrong so far.
    pub fn is_sound(&self) -> bool {
        self.refused.is_empty()
    }

    /// The same form for a value of this version.
    #[must_use]
    pub fn seeing(mut self, version: i32) -> Self {
        self.typed = self.typed.with("seen", version.to_string());
        self
    }

    /// The version that the reader saw.
    pub fn seen(&self) -> i32 {
        self.typed.get("seen").parse().unwrap_or(0)
    }

    /// The same draft beside what somebody else has stored; saving again is then meant.
    #[must_use]
    pub fn moved(mut self, stands: Fields, version: i32) -> Self {
        self.typed.0.retain(|(name, _)| name != "seen");
        self.typed = self.typed.with("seen", version.to_string());
        self.stands = Some(stands);
        self
    }
}

/// Puts a text into fields `name.zh`, `name.ru`, `name.en`.
pub fn text_fields(mut fields: Fields, name: &str, text: Option<&Text>) -> Fields {
    for lang in Lang::COMPLETE {
        let words = text.and_then(|t| t.get(lang)).unwrap_or_default();
        fields = fields.with(format!("{name}.{lang}"), words);
    }
    fields
}

/// A form being shown.
#[derive(Clone, Copy)]
pub struct Show<'a> {
    /// The reader's messages.
    pub t: Messages,
    /// What is in it.
    pub draft: &'a Draft,
}

impl<'a> Show<'a> {
    /// A form for the reader of a request.
    pub fn new(req: &Req, draft: &'a Draft) -> Self {
        Self { t: req.t, draft }
    }

    /// The whole form: summary of what is wrong, fields, the button, the version seen.
    pub fn form(&self, action: &str, button: &str, fields: &Markup) -> Markup {
        html! {
            (self.summary())
            form method="post" action=(action) novalidate {
                @if !self.draft.typed.get("seen").is_empty() {
                    input type="hidden" name="seen" value=(self.draft.typed.get("seen"));
                }
                (fields)
                div.actions { button.main type="submit" { (self.t.get(button)) } }
            }
        }
    }

    /// A form that only asks: its answer has an address of its own.
    pub fn asking(&self, action: &str, button: &str, fields: &Markup) -> Markup {
        html! {
            (self.summary())
            form method="get" action=(action) novalidate {
                (fields)
                div.actions { button.main type="submit" { (self.t.get(button)) } }
            }
        }
    }

    /// What is wrong, with links to the fields; or that somebody else saved in between.
    pub fn summary(&self) -> Markup {
        html! {
            @if self.draft.stands.is_some() {
                section.notice.warn role="alert" tabindex="-1" {
                    h2 { (self.t.get("form-moved-title")) }
                    p { (self.t.get("form-moved")) }
                }
            }
            @if !self.draft.refused.is_empty() {
                section.notice.error role="alert" tabindex="-1" autofocus {
                    h2 { (self.t.get("form-errors")) }
                    ul {
                        @for (field, refusal) in &self.draft.refused.0 {
                            li { a href={ "#" (id(field)) } { (self.t.refusal(refusal)) } }
                        }
                    }
                }
            }
        }
    }

    /// What is wrong with one field, and what stands now.
    fn notes(&self, name: &str) -> Markup {
        self.notes_among(name, &[])
    }

    /// The same for a field with options: what stands now is told by its labels.
    pub fn notes_among(&self, name: &str, options: &[(String, String)]) -> Markup {
        let of = |fields: &Fields| {
            let mut values: Vec<String> = fields.all(name).map(str::to_owned).collect();
            values.sort();
            values
        };
        let label = |value: String| {
            let option = options.iter().find(|(v, _)| *v == value);
            option.map_or(value, |(_, label)| label.clone())
        };
        let typed = of(&self.draft.typed);
        let stands = self.draft.stands.as_ref().map(of).filter(|s| s.concat() != typed.concat());
        let stands = stands.map(|s| s.into_iter().map(label).collect::<Vec<_>>().join(" · "));
        html! {
            @if let Some(refusal) = self.draft.refused.get(name) {
                p.wrong id={ (id(name)) "-wrong" } { (self.t.refusal(refusal)) }
            }
            @if let Some(stands) = stands {
                p.stands {
                    (self.t.get("form-stands")) " "
                    @if stands.is_empty() { "—" } @else { bdi { (stands) } }
                }
            }
        }
    }

    fn described(&self, name: &str, hint: bool) -> Option<String> {
        let wrong = self.draft.refused.get(name).map(|_| format!("{}-wrong", id(name)));
        let hint = hint.then(|| format!("{}-hint", id(name)));
        let both: Vec<String> = [hint, wrong].into_iter().flatten().collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    /// One line. `kind` is the input's type; the label's key with `-hint` is shown when it exists.
    pub fn input(&self, kind: &str, name: &str, label: &str) -> Markup {
        self.one_line(kind, name, &self.t.get(label), self.hint(label).as_deref(), None)
    }

    /// One line whose label is not a message, such as the name of a site.
    pub fn labelled(&self, kind: &str, name: &str, label: &str, hint: Option<&str>) -> Markup {
        self.one_line(kind, name, label, hint, None)
    }

    /// One line of text with the suggestions of the `datalist` of this identifier.
    pub fn suggested(&self, name: &str, label: &str, list: &str) -> Markup {
        self.one_line("text", name, &self.t.get(label), self.hint(label).as_deref(), Some(list))
    }

    fn one_line(
        &self,
        kind: &str,
        name: &str,
        label: &str,
        hint: Option<&str>,
        list: Option<&str>,
    ) -> Markup {
        let wrong = self.draft.refused.get(name).is_some();
        html! {
            div.field.wrongly[wrong] {
                label for=(id(name)) { (label) }
                @if let Some(hint) = &hint { p.hint id={ (id(name)) "-hint" } { (hint) } }
                (self.notes(name))
                input id=(id(name)) type=(kind) name=(name) value=(self.draft.typed.get(name))
                    list=[list] autocomplete=[list.map(|_| "off")]
                    aria-invalid=[wrong.then_some("true")]
                    aria-describedby=[self.described(name, hint.is_some())];
            }
        }
    }

    /// One line of text.
    pub fn line(&self, name: &str, label: &str) -> Markup {
        self.input("text", name, label)
    }

    /// Several lines.
    pub fn area(&self, name: &str, label: &str) -> Markup {
        let hint = self.hint(label);
        let wrong = self.draft.refused.get(name).is_some();
        html! {
            div.field.wrongly[wrong] {
                label for=(id(name)) { (self.t.get(label)) }
                @if let Some(hint) = &hint { p.hint id={ (id(name)) "-hint" } { (hint) } }
                (self.notes(name))
                textarea id=(id(name)) name=(name) rows="4"
                    aria-invalid=[wrong.then_some("true")]
                    aria-describedby=[self.described(name, hint.is_some())] {
                    (self.draft.typed.get(name))
                }
            }
        }
    }

    /// One of several, as `(value, label)`.
    pub fn choice(&self, name: &str, label: &str, options: &[(String, String)]) -> Markup {
        let hint = self.hint(label);
        let typed = self.draft.typed.get(name);
        let wrong = self.draft.refused.get(name).is_some();
        html! {
            div.field.wrongly[wrong] {
                label for=(id(name)) { (self.t.get(label)) }
                @if let Some(hint) = &hint { p.hint id={ (id(name)) "-hint" } { (hint) } }
                (self.notes_among(name, options))
                select id=(id(name)) name=(name) aria-invalid=[wrong.then_some("true")]
                    aria-describedby=[self.described(name, hint.is_some())] {
                    @for (value, shown) in options {
                        option value=(value) selected[value == typed] { (shown) }
                    }
                }
            }
        }
    }

    /// Several of several, as boxes.
    pub fn boxes(&self, name: &str, label: &str, options: &[(String, String)]) -> Markup {
        let hint = self.hint(label);
        html! {
            fieldset.field.wrongly[self.draft.refused.get(name).is_some()] id=(id(name)) {
                legend { (self.t.get(label)) }
                @if let Some(hint) = &hint { p.hint { (hint) } }
                (self.notes_among(name, options))
                div.boxes {
                    @for (value, shown) in options {
                        label.box {
                            input type="checkbox" name=(name) value=(value)
                                checked[self.draft.typed.has(name, value)];
                            " " (shown)
                        }
                    }
                }
            }
        }
    }

    /// One text in the three languages, each field in its own language.
    pub fn text(&self, name: &str, label: &str, long: bool) -> Markup {
        let hint = self.hint(label);
        html! {
            fieldset.field.tongues {
                legend { (self.t.get(label)) }
                @if let Some(hint) = &hint { p.hint { (hint) } }
                @for lang in Lang::COMPLETE { (self.tongue(&format!("{name}.{lang}"), lang, long)) }
            }
        }
    }

    /// One language's field.
    pub fn tongue(&self, name: &str, lang: Lang, long: bool) -> Markup {
        let wrong = self.draft.refused.get(name).is_some();
        let typed = self.draft.typed.get(name);
        html! {
            div.tongue.wrongly[wrong] {
                label for=(id(name)) { bdi lang=(lang.tag()) { (lang.own_name()) } }
                (self.notes(name))
                @if long {
                    textarea id=(id(name)) name=(name) rows="3" lang=(lang.tag()) dir=(lang.dir())
                        aria-describedby=[self.described(name, false)] { (typed) }
                } @else {
                    input id=(id(name)) type="text" name=(name) value=(typed) lang=(lang.tag())
                        dir=(lang.dir()) aria-describedby=[self.described(name, false)];
                }
            }
        }
    }

    fn hint(&self, label: &str) -> Option<String> {
        let key = format!("{label}-hint");
        let hint = self.t.get(&key);
        (!hint.starts_with('⟦')).then_some(hint)
    }
}

/// A field's identifier in the page.
pub fn id(name: &str) -> String {
    format!("f-{}", name.replace(['.', '[', ']'], "-"))
}

/// A button that does one thing by itself, such as "support": a form without fields.
pub fn act(action: &str, label: &str, class: &str, hidden: &[(&str, &str)]) -> Markup {
    html! {
        form.act method="post" action=(action) {
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            button class=(class) type="submit" { (label) }
        }
    }
}
