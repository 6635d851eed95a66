//! The groups in which support is measured, as the secretariat declares them by hand: a name, and who belongs
//! to it. A statement keeps the groups as they stood when it was put, so nobody is regrouped after speaking.

use std::collections::BTreeSet;

use domain::{
    DelegationId, EditionId, Refusal, SupportGroupId,
    access::Action,
    clean,
    delegation::Delegation,
    edition::Edition,
    revision::{Saved, Versioned},
    support_group::SupportGroup,
};
use maud::{Markup, html};
use serde_json::json;
use store::Conn;

use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show, act, text_fields},
        layout::{self, Page},
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// Who declares groups.
pub const GATE: Gate = Gate::Secretariat(Action::Decide);

/// The addresses of this file.
pub fn routes() -> Vec<Route> {
    vec![
        get("/editions/{edition}/support-groups", GATE, index),
        get("/editions/{edition}/support-groups/new", GATE, blank),
        post("/editions/{edition}/support-groups/new", GATE, create),
        get("/editions/{edition}/support-groups/{group}", GATE, edit),
        post("/editions/{edition}/support-groups/{group}", GATE, save),
        post("/editions/{edition}/support-groups/{group}/remove", GATE, remove),
    ]
}

/// Where the groups of an edition are declared.
pub fn home(edition: &Edition) -> String {
    format!("/editions/{}/support-groups", edition.id)
}

/// The groups of an edition as they stand.
pub fn declared(c: &mut Conn, edition: EditionId) -> store::Result<Vec<SupportGroup>> {
    let groups = store::support_group::of_edition(c, edition)?;
    Ok(groups.into_iter().map(|group| group.value).collect())
}

/// The groups of an edition and the delegations that can belong to them.
struct Declared {
    groups: Vec<Versioned<SupportGroup>>,
    delegations: Vec<Delegation>,
}

impl Declared {
    fn load(c: &mut Conn, edition: &Edition) -> store::Result<Self> {
        let delegations = store::delegation::of_edition(c, edition.id)?;
        let there = |d: Versioned<Delegation>| (!d.value.withdrawn).then_some(d.value);
        Ok(Self {
            groups: store::support_group::of_edition(c, edition.id)?,
            delegations: delegations.into_iter().filter_map(there).collect(),
        })
    }

    fn names(&self, req: &Req, members: &BTreeSet<DelegationId>) -> String {
        let known = self.delegations.iter().filter(|d| members.contains(&d.id));
        let names: Vec<String> = known.map(|d| text::words(req.t, &d.name)).collect();
        names.join(Marks::of(req.lang()).item)
    }

    /// The delegations as options; who belongs to another group says so.
    fn options(&self, req: &Req, but: Option<SupportGroupId>) -> Vec<(String, String)> {
        let option = |delegation: &Delegation| {
            let name = text::words(req.t, &delegation.name);
            let elsewhere = self.groups.iter().map(|group| &group.value);
            let mut elsewhere = elsewhere.filter(|group| Some(group.id) != but);
            let label = match elsewhere.find(|group| group.members.contains(&delegation.id)) {
                Some(group) => format!("{name} · {}", text::words(req.t, &group.name)),
                None => name,
            };
            (delegation.id.to_string(), label)
        };
        self.delegations.iter().map(option).collect()
    }
}

fn page<'a>(req: &Req, edition: &'a Edition, title: &str) -> Page<'a> {
    let trail = vec![(home(edition), req.t.get("support-group-list"))];
    Page { title: req.t.get(title), trail, edition: Some(edition), ..Page::default() }
}

fn index(req: &Req) -> Outcome {
    let (t, edition) = (req.t, req.edition()?);
    let declared = req.read(|c| Declared::load(c, edition))?;
    let new = (format!("{}/new", home(edition)), t.get("support-group-new"));
    let body = html! {
        @if declared.groups.is_empty() {
            (layout::empty(&t.get("support-group-none"), Some(new.clone())))
        }
        @for Versioned { value: group, .. } in &declared.groups {
            section {
                h2 { a href={ (home(edition)) "/" (group.id) } { (text::text(t, &group.name)) } }
                p { bdi { (declared.names(req, &group.members)) } }
            }
        }
    };
    let mut page = page(req, edition, "support-group-list");
    page.trail.clear();
    page.lead = Some(html! { (t.get("support-group-lead")) });
    page.main = Some(new).filter(|_| !declared.groups.is_empty());
    Ok(page.reply(req, &body))
}

fn fields_of(group: &SupportGroup) -> Fields {
    let fields = text_fields(Fields::default(), "name", Some(&group.name));
    group.members.iter().fold(fields, |fields, member| fields.with("member", member.to_string()))
}

fn view(req: &Req, draft: &Draft, declared: &Declared, own: Option<SupportGroupId>) -> Markup {
    let show = Show::new(req, draft);
    let fields = html! {
        (show.text("name", "support-group-name", false))
        (show.boxes("member", "support-group-members", &declared.options(req, own)))
    };
    html! {
        (show.form(&req.path, "support-group-save", &fields))
        @if own.is_some() {
            (act(&format!("{}/remove", req.path), &req.t.get("support-group-remove"), "", &[]))
        }
    }
}

/// The group that was typed, if it may stand beside the others.
fn read(
    draft: &mut Draft,
    id: SupportGroupId,
    edition: &Edition,
    declared: &Declared,
) -> Option<SupportGroup> {
    let name = draft.text("name", clean::line);
    let known = |raw: &str| {
        let id: Option<DelegationId> = raw.parse().ok();
        id.filter(|id| declared.delegations.iter().any(|delegation| delegation.id == *id))
    };
    let members: Option<BTreeSet<DelegationId>> = draft.typed.all("member").map(known).collect();
    let Some(members) = members else {
        draft.refuse("member", Refusal::new("choose"));
        return None;
    };
    let group = SupportGroup { id, edition: edition.id, name: name?, members };
    let others: Vec<SupportGroup> = declared.groups.iter().map(|g| g.value.clone()).collect();
    if let Err(refusal) = group.beside(&others) {
        draft.refuse("member", refusal);
        return None;
    }
    Some(group)
}

fn blank(req: &Req) -> Outcome {
    let edition = req.edition()?;
    let declared = req.read(|c| Declared::load(c, edition))?;
    let body = view(req, &Draft::default(), &declared, None);
    Ok(page(req, edition, "support-group-new").reply(req, &body))
}

/// What became of a group that was typed.
enum Done {
    Stored,
    Refused(Draft),
    Moved(Versioned<SupportGroup>),
}

/// Stores what was typed, judged by the groups that stand in the same transaction.
fn keep(req: &Req, edition: &Edition, own: Option<SupportGroupId>) -> Result<Done, Fault> {
    req.write(|c| {
        let declared = Declared::load(c, edition)?;
        let mut draft = Draft::of(req.form.clone());
        let id = own.unwrap_or_else(chance::id);
        let Some(mut group) = read(&mut draft, id, edition, &declared) else {
            return Ok(Done::Refused(draft));
        };
        let verb = match own {
            None => {
                store::support_group::insert(c, &group)?;
                "declared"
            }
            Some(id) => {
                let old = store::support_group::need(c, id)?.value;
                group.name = old.name.revised(&group.name);
                if let Saved::Moved(now) = store::support_group::save(c, &group, draft.seen())? {
                    return Ok(Done::Moved(now));
                }
                "changed"
            }
        };
        let event = req.event("support_group", group.id, verb, json!({}));
        store::event::append(c, chance::id(), &event)?;
        Ok(Done::Stored)
    })
}

fn done(req: &Req, edition: &Edition, own: Option<SupportGroupId>, title: &str) -> Outcome {
    let draft = match keep(req, edition, own)? {
        Done::Stored => return Ok(Reply::See(home(edition))),
        Done::Refused(draft) => draft,
        Done::Moved(now) => Draft::of(req.form.clone()).moved(fields_of(&now.value), now.version),
    };
    let declared = req.read(|c| Declared::load(c, edition))?;
    Ok(page(req, edition, title).again(req, &view(req, &draft, &declared, own)))
}

fn create(req: &Req) -> Outcome {
    done(req, req.edition()?, None, "support-group-new")
}

/// The group that the path names, of the edition that the path names.
fn named(req: &Req) -> Result<Versioned<SupportGroup>, Fault> {
    let (edition, id) = (req.edition()?, req.param("group")?);
    let found = req.read(|c| store::support_group::get(c, id))?;
    found.filter(|group| group.value.edition == edition.id).ok_or(Fault::Missing)
}

fn edit(req: &Req) -> Outcome {
    let (edition, group) = (req.edition()?, named(req)?);
    let declared = req.read(|c| Declared::load(c, edition))?;
    let draft = Draft::of(fields_of(&group.value)).seeing(group.version);
    let body = view(req, &draft, &declared, Some(group.value.id));
    Ok(page(req, edition, "support-group-edit").reply(req, &body))
}

fn save(req: &Req) -> Outcome {
    let own = named(req)?.value.id;
    done(req, req.edition()?, Some(own), "support-group-edit")
}

fn remove(req: &Req) -> Outcome {
    let (edition, group) = (req.edition()?, named(req)?.value);
    req.write(|c| {
        store::support_group::remove(c, group.id)?;
        let event = req.event("support_group", group.id, "removed", json!({}));
        store::event::append(c, chance::id(), &event)
    })?;
    Ok(Reply::See(home(edition)))
}
