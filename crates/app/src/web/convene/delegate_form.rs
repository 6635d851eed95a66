//! The form of one person: names, offices and forms of address per language, as stated.

use domain::{
    DelegateId, Lang, Refusal, clean,
    delegation::{Delegate, Delegation, Moment, Stay, Task, purge_on},
    edition::Edition,
    person::{NameOrder, PersonName, Styled},
    precedence::Rank,
    workbook::date::{self, Around},
};
use maud::{Markup, html};

use super::{
    delegate::{task_name, written},
    delegation_form::{languages, ranks, ticked},
};
use crate::web::{
    fields::Fields,
    form::{Draft, Show},
    request::Req,
};

/// The texts of a person in one language, by the names of their fields.
type Part = (&'static str, fn(&Styled) -> &String, fn(&mut Styled) -> &mut String);

const PARTS: [Part; 4] = [
    ("name", |s| &s.name, |s| &mut s.name),
    ("office", |s| &s.office, |s| &mut s.office),
    ("salutation", |s| &s.salutation, |s| &mut s.salutation),
    ("family", |s| &s.family, |s| &mut s.family),
];

/// What the form of a new person begins with.
pub fn usual() -> Fields {
    let fields =
        Fields::default().with("rank", Rank::Official.code()).with("task", Task::Member.code());
    let order = |f: Fields, l: &Lang| f.with(format!("order.{l}"), NameOrder::default().code());
    Lang::COMPLETE.iter().fold(fields, order)
}

/// A person of whom nothing is known yet.
pub fn new(edition: &Edition, delegation: &Delegation, id: DelegateId) -> Delegate {
    Delegate {
        id,
        delegation: delegation.id,
        name: PersonName::default(),
        rank: Rank::Official,
        task: Task::Member,
        email: String::new(),
        languages: Vec::new(),
        stay: Stay::default(),
        purge_on: purge_on(edition.last_day),
    }
}

/// The form as it stands for a person.
pub fn fields_of(person: &Delegate) -> Fields {
    let mut fields = Fields::default();
    let none = Styled::default();
    for lang in Lang::COMPLETE {
        let styled = person.name.styled.get(&lang).unwrap_or(&none);
        for (name, get, _) in PARTS {
            fields = fields.with(format!("{name}.{lang}"), get(styled));
        }
        fields = fields.with(format!("order.{lang}"), styled.order.code());
    }
    let at = |at: Option<Moment>| at.map(written).unwrap_or_default();
    fields = fields
        .with("rank", person.rank.code())
        .with("task", person.task.code())
        .with("email", person.email.clone())
        .with("arrival", at(person.stay.arrival))
        .with("departure", at(person.stay.departure));
    person.languages.iter().fold(fields, |f, l| f.with("languages", l.code()))
}

/// The field that shows a refusal of the delegation's rules.
pub fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.code.as_str() {
        "second-leader" => "task",
        "ends-before-start" => "departure",
        _ => "name.zh",
    }
}

/// The person that was typed, over the one that was there; notes what was wrong in the draft.
pub fn read(draft: &mut Draft, edition: &Edition, old: &Delegate) -> Option<Delegate> {
    let name = names(draft, old.name.clone());
    let email = draft.read("email", |raw| {
        if raw.trim().is_empty() { Ok(String::new()) } else { clean::email(raw) }
    });
    let arrival = draft.read("arrival", |raw| moment(edition, raw));
    let departure = draft.read("departure", |raw| moment(edition, raw));
    let languages = ticked(draft, "languages");
    let (rank, task) = (draft.code("rank"), draft.code("task"));
    let person = Delegate {
        name,
        rank: rank?,
        task: task?,
        email: email?,
        languages,
        stay: Stay { arrival: arrival?, departure: departure? },
        ..old.clone()
    };
    if let Err(refusal) = person.stay.check() {
        draft.refuse("departure", refusal);
    }
    draft.is_sound().then_some(person)
}

/// Names in other languages than those of the form stay as they are.
fn names(draft: &mut Draft, mut name: PersonName) -> PersonName {
    for lang in Lang::COMPLETE {
        let mut styled = Styled::default();
        for (part, _, set) in PARTS {
            if let Some(text) = draft.read(&format!("{part}.{lang}"), clean::line) {
                *set(&mut styled) = text;
            }
        }
        if !draft.typed.get(&format!("order.{lang}")).is_empty() {
            styled.order = draft.code::<NameOrder>(&format!("order.{lang}")).unwrap_or_default();
        }
        name.styled.remove(&lang);
        let order = styled.order;
        if styled != (Styled { order, ..Styled::default() }) {
            name.styled.insert(lang, styled);
        }
    }
    if name.shown(Lang::Zh).is_none() {
        draft.refuse("name.zh", Refusal::new("one-language"));
    }
    name
}

/// A day, or a day and a time, in any style that people type; may be left out.
fn moment(edition: &Edition, raw: &str) -> Result<Option<Moment>, Refusal> {
    let around = Around { first: edition.first_day, last: edition.last_day };
    if raw.trim().is_empty() { Ok(None) } else { date::read(raw, around).map(Some) }
}

/// The form. What is asked for seldom stands folded below.
pub fn view(req: &Req, draft: &Draft) -> Markup {
    let t = req.t;
    let show = Show::new(req, draft);
    let task = |task: &Task| (task.code().to_owned(), task_name(t, *task));
    let tasks: Vec<_> = Task::ALL.iter().map(task).collect();
    let wrong = draft.refused.0.keys().any(|f| f.starts_with("family.") || f.starts_with("order."));
    let fields = html! {
        (show.text("name", "delegate-name", false))
        (show.text("office", "delegate-office", false))
        (show.text("salutation", "delegate-salutation", false))
        div.two {
            (show.choice("rank", "delegate-rank", &ranks(t)))
            (show.choice("task", "delegate-task", &tasks))
        }
        (show.boxes("languages", "delegate-languages", &languages()))
        (show.input("email", "email", "delegate-email"))
        div.two {
            (show.line("arrival", "delegate-arrival"))
            (show.line("departure", "delegate-departure"))
        }
        details open[wrong] {
            summary { (t.get("delegate-parts")) }
            (show.text("family", "delegate-family", false))
            (orders(req, &show))
        }
    };
    show.form(&req.path, "delegate-save", &fields)
}

/// Which part of the name comes first, per language.
fn orders(req: &Req, show: &Show<'_>) -> Markup {
    let t = req.t;
    let order = |o: &NameOrder| (o.code().to_owned(), t.get(&format!("delegate-order-{o}")));
    let orders: Vec<(String, String)> = NameOrder::ALL.iter().map(order).collect();
    html! {
        @for lang in Lang::COMPLETE {
            (show.choice(&format!("order.{lang}"), &format!("delegate-order-in-{lang}"), &orders))
        }
    }
}
