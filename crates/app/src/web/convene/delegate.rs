//! The people of a delegation: their list, one person's form, removal, and the list as a file that can
//! be sent back. All of it is for the delegation's own side and the office.

use domain::{
    DelegateId, DelegationId, Lang,
    access::Action,
    city::Origin,
    delegation::{Delegate, Delegation, Moment, Task, admit},
    edition::Edition,
    person::Styled,
    revision::{Saved, Versioned},
};
use maud::{Markup, html};
use outputs::sheet::{Cell, Column, Sheet};
use serde_json::json;
use store::Conn;

use super::{
    delegate_form as fields,
    delegation::{address, home, own, rank_name, tongues},
};
use crate::{
    chance,
    i18n::Messages,
    web::{
        form::{Draft, act},
        layout::{self, Page},
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        sheet, text, when,
    },
};

/// The addresses of this file and of the import.
pub fn routes() -> Vec<Route> {
    let read = Gate::Participants(Action::Read);
    let file = Gate::Participants(Action::File);
    vec![
        get("/editions/{edition}/delegations/{delegation}/people/export/{format}", read, export),
        get("/editions/{edition}/delegations/{delegation}/people/new", file, blank),
        post("/editions/{edition}/delegations/{delegation}/people/new", file, create),
        get("/editions/{edition}/delegations/{delegation}/people/{delegate}", file, edit),
        post("/editions/{edition}/delegations/{delegation}/people/{delegate}", file, save),
        get("/editions/{edition}/delegations/{delegation}/people/{delegate}/remove", file, ask),
        post("/editions/{edition}/delegations/{delegation}/people/{delegate}/remove", file, remove),
    ]
}

/// What a task is called.
pub fn task_name(t: Messages, task: Task) -> String {
    t.get(&format!("delegate-task-{task}"))
}

/// A day, and a time when one is stated.
pub fn moment(lang: Lang, at: Moment) -> String {
    match at.time {
        Some(time) => when::clock(lang, at.day.to_datetime(time)),
        None => when::date(lang, at.day),
    }
}

/// The same as ISO 8601, for fields and files.
pub fn written(at: Moment) -> String {
    at.time.map_or_else(|| at.day.to_string(), |time| when::field(at.day.to_datetime(time)))
}

/// People as lists show them: the leader, then by rank, then as they were filed.
fn in_order(people: &[Delegate]) -> Vec<&Delegate> {
    let mut people: Vec<&Delegate> = people.iter().collect();
    people.sort_by_key(|p| (p.task != Task::Leader, p.rank, p.id));
    people
}

/// The people on the page of their delegation.
pub fn section(
    req: &Req,
    edition: &Edition,
    delegation: &Delegation,
    people: &[Delegate],
    files: bool,
) -> Markup {
    let t = req.t;
    let base = address(edition, delegation.id);
    let new = format!("{base}/people/new");
    html! {
        h2 { (t.get("delegation-people")) " · " (people.len()) " / " (delegation.quota) }
        @if people.is_empty() {
            (layout::empty(&t.get("delegate-none"), files.then(|| (new.clone(), t.get("delegate-new")))))
        } @else {
            (table(t, &base, &in_order(people), files))
            @if files { p { a.button href=(new) { (t.get("delegate-new")) } } }
            (sheet::links(req, &format!("{base}/people")))
            @if let Some(person) = people.first() {
                p.hint {
                    (t.with("delegate-purge", &[("day", when::date(t.lang, person.purge_on).into())]))
                }
            }
        }
    }
}

fn table(t: Messages, base: &str, people: &[&Delegate], files: bool) -> Markup {
    let labels = [
        "delegate-name",
        "delegate-office",
        "delegate-rank",
        "delegate-task",
        "delegate-languages",
        "delegate-stay",
        "delegate-email",
    ]
    .map(|key| t.get(key));
    html! {
        div.scroll {
            table.stack {
                thead { tr { @for label in &labels { th scope="col" { (label) } } } }
                tbody {
                    @for person in people {
                        tr {
                            th scope="row" {
                                @if files {
                                    a href={ (base) "/people/" (person.id) } { (text::name(t, &person.name)) }
                                } @else { (text::name(t, &person.name)) }
                            }
                            td data-label=(labels[1]) { (text::office(t, &person.name)) }
                            td data-label=(labels[2]) { (rank_name(t, person.rank)) }
                            td data-label=(labels[3]) { (task_name(t, person.task)) }
                            td data-label=(labels[4]) { (tongues(&person.languages, Marks::of(t.lang).item)) }
                            td data-label=(labels[5]) { (stay(t.lang, person)) }
                            td data-label=(labels[6]) { bdi { (person.email) } }
                        }
                    }
                }
            }
        }
    }
}

/// Coming and going, where it is stated for the person.
pub fn stay(lang: Lang, person: &Delegate) -> String {
    let shown = |at: Option<Moment>| at.map_or_else(|| "…".to_owned(), |at| moment(lang, at));
    match (person.stay.arrival, person.stay.departure) {
        (None, None) => "—".to_owned(),
        (from, to) => format!("{} – {}", shown(from), shown(to)),
    }
}

/// The columns of the file: its headings are read back by the import in every language.
fn columns(t: Messages) -> Vec<Column> {
    let named = [
        ("name", ["name.zh", "name.ru", "name.en"]),
        ("family", ["family.zh", "family.ru", "family.en"]),
        ("office", ["office.zh", "office.ru", "office.en"]),
        ("salutation", ["salutation.zh", "salutation.ru", "salutation.en"]),
    ];
    let of_lang = |(kind, keys): &(&str, [&'static str; 3])| {
        let label = |lang: Lang| {
            let within = t.get(&format!("delegate-in-{lang}"));
            t.with(&format!("delegate-sheet-{kind}"), &[("in", within.into())])
        };
        let pair = |(key, lang)| Column { key, label: label(lang) };
        keys.iter().copied().zip(Lang::COMPLETE).map(pair).collect::<Vec<_>>()
    };
    let plain = |key: &'static str| Column { key, label: t.get(&format!("delegate-sheet-{key}")) };
    let rest = ["rank", "task", "email", "languages", "arrival", "departure"];
    let head = std::iter::once(plain("id"));
    head.chain(named.iter().flat_map(of_lang)).chain(rest.map(plain)).collect()
}

/// The texts of a name in the file, in the order of its columns.
const TEXTS: [fn(&Styled) -> &String; 4] =
    [|s| &s.name, |s| &s.family, |s| &s.office, |s| &s.salutation];

fn row(t: Messages, person: &Delegate) -> Vec<Cell> {
    let styled = |of: fn(&Styled) -> &String| {
        let one = move |lang: &Lang| {
            person.name.styled.get(lang).map(of).cloned().unwrap_or_default().into()
        };
        Lang::COMPLETE.iter().map(one).collect::<Vec<Cell>>()
    };
    let mut cells: Vec<Cell> = vec![person.id.to_string().into()];
    for of in TEXTS {
        cells.extend(styled(of));
    }
    cells.extend([
        rank_name(t, person.rank).into(),
        task_name(t, person.task).into(),
        person.email.clone().into(),
        tongues(&person.languages, ", ").into(),
        person.stay.arrival.map(written).into(),
        person.stay.departure.map(written).into(),
    ]);
    cells
}

/// A delegation's people as a list that the import reads back.
pub fn list(t: Messages, people: &[Delegate], exercise: bool) -> Sheet {
    Sheet {
        title: t.get("delegation-people"),
        lang: t.lang,
        columns: columns(t),
        rows: in_order(people).into_iter().map(|person| row(t, person)).collect(),
        exercise,
    }
}

/// The people of several delegations, each under the name of theirs.
pub fn list_of_all(t: Messages, all: &[(String, Vec<Delegate>)], exercise: bool) -> Sheet {
    let mut columns = columns(t);
    columns.insert(1, Column { key: "delegation", label: t.get("delegation-party") });
    let rows = all.iter().flat_map(|(name, people)| {
        in_order(people).into_iter().map(move |person| {
            let mut cells = row(t, person);
            cells.insert(1, name.clone().into());
            cells
        })
    });
    let rows = rows.collect();
    Sheet { title: t.get("delegation-people"), lang: t.lang, columns, rows, exercise }
}

fn export(req: &Req) -> Outcome {
    let delegation = own(req, Action::Read)?.value;
    let people = people_of(req, delegation.id)?;
    let people: Vec<Delegate> = people.into_iter().map(|p| p.value).collect();
    let exercise = Origin::Demonstration;
    let exercise = delegation.origin == exercise || req.edition()?.origin == exercise;
    sheet::reply(req, "delegation", &list(req.t, &people, exercise))
}

/// The people of a delegation.
pub fn people_of(req: &Req, id: DelegationId) -> Result<Vec<Versioned<Delegate>>, Fault> {
    req.read(|c| store::delegate::of_delegation(c, id))
}

/// A page below that of the delegation.
pub fn below<'a>(
    req: &Req,
    edition: &'a Edition,
    delegation: &Delegation,
    title: String,
) -> Page<'a> {
    let trail = vec![
        (home(edition), req.t.get("edition-nav-delegations")),
        (address(edition, delegation.id), text::words(req.t, &delegation.name)),
    ];
    let demonstration = delegation.origin == Origin::Demonstration;
    Page { title, trail, edition: Some(edition), demonstration, ..Page::default() }
}

/// The person that the path names, if the path's delegation is theirs.
fn named(req: &Req, delegation: &Delegation) -> Result<Versioned<Delegate>, Fault> {
    let id: DelegateId = req.param("delegate")?;
    let found = req.read(|c| store::delegate::need(c, id))?;
    if found.value.delegation == delegation.id { Ok(found) } else { Err(Fault::Missing) }
}

fn person_title(req: &Req, person: &Delegate) -> String {
    let named = person.name.shown(req.lang());
    named.map_or_else(|| req.t.get("delegate-one"), |n| n.styled.name.clone())
}

fn blank(req: &Req) -> Outcome {
    let (edition, delegation) = (req.edition()?, own(req, Action::File)?.value);
    let draft = Draft::of(fields::usual());
    let page = below(req, edition, &delegation, req.t.get("delegate-new"));
    Ok(page.reply(req, &fields::view(req, &draft)))
}

/// What became of filing a person.
enum Filed {
    Done,
    Refused(domain::Refusal),
    Moved(Box<Versioned<Delegate>>),
}

/// Whether the rules of the delegation let the person in, beside the others filed by now.
fn admitted(
    c: &mut Conn,
    delegation: &Delegation,
    person: &Delegate,
) -> store::Result<Result<(), domain::Refusal>> {
    let all = store::delegate::of_delegation(c, delegation.id)?;
    let others: Vec<&Delegate> =
        all.iter().map(|p| &p.value).filter(|p| p.id != person.id).collect();
    Ok(admit(delegation, &others, person))
}

fn create(req: &Req) -> Outcome {
    let (edition, delegation) = (req.edition()?, own(req, Action::File)?.value);
    let mut draft = Draft::of(req.form.clone());
    let new = fields::new(edition, &delegation, chance::id());
    let Some(person) = fields::read(&mut draft, edition, &new) else {
        let page = below(req, edition, &delegation, req.t.get("delegate-new"));
        return Ok(page.again(req, &fields::view(req, &draft)));
    };
    let filed = req.write(|c| {
        if let Err(refusal) = admitted(c, &delegation, &person)? {
            return Ok(Filed::Refused(refusal));
        }
        store::delegate::insert(c, &person)?;
        let event =
            req.event("delegate", person.id, "filed", json!({ "delegation": delegation.id }));
        store::event::append(c, chance::id(), &event)?;
        Ok(Filed::Done)
    })?;
    let page = below(req, edition, &delegation, req.t.get("delegate-new"));
    answer(req, edition, &delegation, (draft, page), filed)
}

fn answer(
    req: &Req,
    edition: &Edition,
    delegation: &Delegation,
    (mut draft, page): (Draft, Page<'_>),
    filed: Filed,
) -> Outcome {
    match filed {
        Filed::Done => return Ok(Reply::See(address(edition, delegation.id))),
        Filed::Refused(refusal) => draft.refuse(fields::field_of(&refusal), refusal),
        Filed::Moved(now) => draft = draft.moved(fields::fields_of(&now.value), now.version),
    }
    Ok(page.again(req, &fields::view(req, &draft)))
}

fn edit(req: &Req) -> Outcome {
    let (edition, delegation) = (req.edition()?, own(req, Action::File)?.value);
    let found = named(req, &delegation)?;
    let typed = fields::fields_of(&found.value).with("seen", found.version.to_string());
    let body = html! {
        (fields::view(req, &Draft::of(typed)))
        p { a href={ (req.path) "/remove" } { (req.t.get("delegate-remove")) } }
    };
    let title = person_title(req, &found.value);
    Ok(below(req, edition, &delegation, title).reply(req, &body))
}

fn save(req: &Req) -> Outcome {
    let (edition, delegation) = (req.edition()?, own(req, Action::File)?.value);
    let old = named(req, &delegation)?.value;
    let title = person_title(req, &old);
    let mut draft = Draft::of(req.form.clone());
    let Some(person) = fields::read(&mut draft, edition, &old) else {
        let page = below(req, edition, &delegation, title);
        return Ok(page.again(req, &fields::view(req, &draft)));
    };
    let seen = draft.seen();
    let filed = req.write(|c| {
        if let Err(refusal) = admitted(c, &delegation, &person)? {
            return Ok(Filed::Refused(refusal));
        }
        if let Saved::Moved(now) = store::delegate::save(c, &person, seen)? {
            return Ok(Filed::Moved(Box::new(now)));
        }
        let event =
            req.event("delegate", person.id, "changed", json!({ "delegation": delegation.id }));
        store::event::append(c, chance::id(), &event)?;
        Ok(Filed::Done)
    })?;
    let page = below(req, edition, &delegation, title);
    answer(req, edition, &delegation, (draft, page), filed)
}

fn ask(req: &Req) -> Outcome {
    let (edition, delegation) = (req.edition()?, own(req, Action::File)?.value);
    let found = named(req, &delegation)?;
    let back = format!("{}/people/{}", address(edition, delegation.id), found.value.id);
    let body = html! {
        p { (text::name(req.t, &found.value.name)) " · " (text::office(req.t, &found.value.name)) }
        p { (req.t.get("delegate-remove-why")) }
        div.actions {
            (act(&req.path, &req.t.get("delegate-remove-yes"), "main", &[]))
            a.button href=(back) { (req.t.get("delegate-remove-no")) }
        }
    };
    Ok(below(req, edition, &delegation, req.t.get("delegate-remove")).reply(req, &body))
}

fn remove(req: &Req) -> Outcome {
    let (edition, delegation) = (req.edition()?, own(req, Action::File)?.value);
    let person = named(req, &delegation)?.value;
    req.write(|c| {
        store::delegate::delete(c, person.id)?;
        let event =
            req.event("delegate", person.id, "removed", json!({ "delegation": delegation.id }));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(address(edition, delegation.id)))
}
