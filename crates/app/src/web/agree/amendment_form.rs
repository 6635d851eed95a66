//! The form of an amendment: one paragraph, one operation, the difference beside it. What is kept is a draft
//! of the reader's own side.

use domain::{
    AmendmentId, DelegationId, Lang, Refusal, UnitId,
    access::Action,
    amendment::{Amendment, AmendmentState, Operation},
    clean,
    proposal::{Proposal, first_level},
    safety,
    unit::{Seal, Unit, UnitKind},
};
use maud::{Markup, html};
use serde_json::json;

use super::{
    amendment::{self, Tabled, address, paragraph},
    amendment_view,
    declaration::Opened,
    wording::words,
};
use crate::{
    chance,
    web::{
        fields::Fields,
        form::{Draft, Show},
        marks::Marks,
        reply::{Fault, Outcome, Reply},
        request::Req,
        route::{Gate, Route, get, post},
        text,
    },
};

/// The addresses of this file.
pub(super) fn routes() -> Vec<Route> {
    let file = Gate::Participants(Action::File);
    vec![
        get("/editions/{edition}/declarations/{declaration}/units/{unit}/amend", file, blank),
        post("/editions/{edition}/declarations/{declaration}/units/{unit}/amend", file, create),
        get(
            "/editions/{edition}/declarations/{declaration}/amendments/{amendment}/edit",
            file,
            edit,
        ),
        post(
            "/editions/{edition}/declarations/{declaration}/amendments/{amendment}/edit",
            file,
            save,
        ),
    ]
}

/// The operations, in the order in which they are offered.
const OPERATIONS: [&str; 6] = ["replace", "insert", "delete", "move", "split", "merge"];

/// What the form is about.
struct Subject<'a> {
    opened: &'a Opened,
    tabled: &'a Tabled,
    unit: &'a Unit,
    operation: &'static str,
    lang: Lang,
    /// The amendment that is changed; nothing where it is new.
    known: Option<&'a Proposal>,
}

fn operation_of(fields: &Fields) -> &'static str {
    let asked = fields.get("do");
    OPERATIONS.into_iter().find(|code| *code == asked).unwrap_or(OPERATIONS[0])
}

fn lang_of(opened: &Opened, fields: &Fields, reader: Lang) -> Lang {
    opened.read_in(fields.get("in").parse().unwrap_or(reader))
}

/// The unit of the path; a unit that is itself only proposed is refused in plain words.
fn subject_unit<'a>(req: &Req, opened: &'a Opened, tabled: &Tabled) -> Result<&'a Unit, Fault> {
    let id: UnitId = req.param("unit")?;
    first_level(tabled.open(), id)?;
    opened.text().unit(id).ok_or(Fault::Missing)
}

fn blank(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    opened.drafting(req)?;
    let tabled = Tabled::of(req, &opened)?;
    let unit = subject_unit(req, &opened, &tabled)?;
    let lang = lang_of(&opened, &req.query, req.lang());
    let operation = operation_of(&req.query);
    let subject = Subject { opened: &opened, tabled: &tabled, unit, operation, lang, known: None };
    let draft = Draft::of(subject.fresh());
    Ok(subject.page(req)?.reply(req, &subject.view(req, &draft, &html! {})))
}

fn create(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    let mine = opened.drafting(req)?;
    let tabled = Tabled::of(req, &opened)?;
    let unit = subject_unit(req, &opened, &tabled)?;
    let lang = lang_of(&opened, &req.form, req.lang());
    let operation = operation_of(&req.form);
    let subject = Subject { opened: &opened, tabled: &tabled, unit, operation, lang, known: None };
    let mut draft = Draft::of(req.form.clone());
    let by = draft.read("delegation", |raw| {
        let named = raw.parse().ok().or((mine.len() == 1).then(|| mine[0]));
        named.filter(|id| mine.contains(id)).ok_or_else(|| Refusal::new("choose"))
    });
    let found = subject.read(&mut draft, chance::id(), by.unwrap_or(mine[0]));
    if let Some(again) = subject.again(req, &mut draft, found.as_ref())? {
        return Ok(again);
    }
    let (Some((amendment, explanation)), Some(author)) = (found, req.actor.person) else {
        return Err(Fault::Forbidden);
    };
    let proposal = Proposal::draft(opened.dossier.id, amendment, explanation, author);
    req.write(|c| store::amendment::insert(c, &proposal))?;
    Ok(Reply::See(address(&opened, proposal.id)))
}

fn edit(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    opened.drafting(req)?;
    let tabled = Tabled::of(req, &opened)?;
    let found = amendment::own(req, &opened, &tabled)?;
    need_draft(&found.value)?;
    let subject = Subject::of(&opened, &tabled, &found.value)?;
    let draft = Draft::of(subject.fields_of(&found.value)).seeing(found.version);
    Ok(subject.page(req)?.reply(req, &subject.view(req, &draft, &html! {})))
}

fn save(req: &Req) -> Outcome {
    let opened = Opened::of(req)?;
    opened.drafting(req)?;
    let tabled = Tabled::of(req, &opened)?;
    let found = amendment::own(req, &opened, &tabled)?;
    need_draft(&found.value)?;
    let subject = Subject::of(&opened, &tabled, &found.value)?;
    let mut draft = Draft::of(req.form.clone());
    let read = subject.read(&mut draft, found.value.id, found.value.amendment.by);
    if let Some(again) = subject.again(req, &mut draft, read.as_ref())? {
        return Ok(again);
    }
    let Some((amendment, explanation)) = read else { return Err(Fault::Forbidden) };
    let mut proposal = found.value.clone();
    proposal.redraft(amendment, explanation)?;
    let seen = draft.seen();
    match req.write(|c| store::amendment::save(c, &proposal, seen))? {
        domain::revision::Saved::Stored(_) => Ok(Reply::See(address(&opened, proposal.id))),
        domain::revision::Saved::Moved(now) => {
            let draft = draft.moved(subject.fields_of(&now.value), now.version);
            Ok(subject.page(req)?.again(req, &subject.view(req, &draft, &html! {})))
        }
    }
}

fn need_draft(proposal: &Proposal) -> Result<(), Fault> {
    match proposal.state() {
        AmendmentState::Draft => Ok(()),
        AmendmentState::Tabled => Err(Refusal::new("amendment-tabled").into()),
        _ => Err(Refusal::new("amendment-settled").into()),
    }
}

impl<'a> Subject<'a> {
    fn of(opened: &'a Opened, tabled: &'a Tabled, proposal: &'a Proposal) -> Result<Self, Fault> {
        let operation = &proposal.amendment.operation;
        let place = operation.place().ok_or(Fault::Missing)?;
        let unit = opened.text().unit(place).ok_or(Refusal::new("declaration-unit-gone"))?;
        let (operation, lang) = (operation.code(), proposal.amendment.lang);
        Ok(Subject { opened, tabled, unit, operation, lang, known: Some(proposal) })
    }

    /// The form before anything was typed: the words that stand there.
    fn fresh(&self) -> Fields {
        let stands = match self.operation {
            "replace" | "split" => self.unit.text(self.lang),
            _ => "",
        };
        self.hidden(Fields::default())
            .with("text", stands)
            .with("kind", self.unit.kind.code())
            .with("explanation", "")
    }

    fn hidden(&self, fields: Fields) -> Fields {
        fields
            .with("do", self.operation)
            .with("in", self.lang.code())
            .with("base", self.unit.seal(self.lang).hex())
    }

    fn fields_of(&self, proposal: &Proposal) -> Fields {
        let fields = self.hidden(Fields::default()).with("explanation", &proposal.explanation);
        match &proposal.amendment.operation {
            Operation::Replace { text, .. } => fields.with("text", text),
            Operation::Insert { kind, text, .. } => {
                fields.with("text", text).with("kind", kind.code())
            }
            Operation::Move { after, .. } => {
                fields.with("after", after.map(|id| id.to_string()).unwrap_or_default())
            }
            Operation::Split { parts, .. } => {
                fields.with("text", format!("{}\n\n{}", parts.0, parts.1))
            }
            Operation::Delete { .. } | Operation::Merge { .. } => fields,
        }
    }

    /// Reads an amendment to the text as it stands.
    fn read(
        &self,
        draft: &mut Draft,
        id: AmendmentId,
        by: DelegationId,
    ) -> Option<(Amendment, String)> {
        let operation = self.operation(draft);
        let explanation = draft.read("explanation", clean::paragraph);
        let (operation, explanation) = (operation?, explanation?);
        match Amendment::new(id, by, self.lang, operation, self.opened.text()) {
            Ok(amendment) => Some((amendment, explanation)),
            Err(refusal) => {
                draft.refuse("text", refusal);
                None
            }
        }
    }

    fn operation(&self, draft: &mut Draft) -> Option<Operation> {
        let unit = self.unit.id;
        let new = || match self.known.and_then(|p| p.amendment.operation.brings()) {
            Some(known) => known,
            None => chance::id(),
        };
        let text = |draft: &mut Draft| draft.read("text", |raw| wording(raw, self.lang));
        match self.operation {
            "insert" => {
                let (text, kind) = (text(draft), draft.code::<UnitKind>("kind"));
                let (new, after) = (new(), Some(unit));
                Some(Operation::Insert { new, kind: kind?, after, text: text? })
            }
            "delete" => Some(Operation::Delete { unit }),
            "move" => {
                let after = draft.read("after", |raw| {
                    let id: UnitId = raw.parse().map_err(|_| Refusal::new("choose"))?;
                    Some(id).filter(|id| *id != unit).ok_or(Refusal::new("choose"))
                })?;
                Some(Operation::Move { unit, after: Some(after) })
            }
            "split" => {
                let parts = draft.read("text", |raw| {
                    let text = wording(raw, self.lang)?;
                    let cut = text.split_once("\n\n").ok_or(Refusal::new("amendment-no-cut"))?;
                    Ok((cut.0.trim().to_owned(), cut.1.trim().to_owned()))
                })?;
                Some(Operation::Split { unit, new: new(), parts })
            }
            "merge" => {
                let units = self.opened.text().units.iter();
                let next = units.skip_while(|u| u.id != unit).nth(1).map(|u| u.id);
                if next.is_none() {
                    draft.refuse("text", Refusal::new("declaration-not-neighbours"));
                }
                Some(Operation::Merge { unit, next: next? })
            }
            _ => Some(Operation::Replace { unit, text: text(draft)? }),
        }
    }

    /// The form again: to show the difference, because something was wrong, or because the words that
    /// it was written for have moved on meanwhile.
    fn again(
        &self,
        req: &Req,
        draft: &mut Draft,
        read: Option<&(Amendment, String)>,
    ) -> Result<Option<Reply>, Fault> {
        let person = req.actor.person.ok_or(Fault::Forbidden)?;
        if let Some((amendment, _)) = read
            && let Err(refusal) = amendment.try_on(self.opened.text(), person, req.now)
        {
            draft.refuse("text", refusal);
        }
        if let Some((amendment, _)) = read
            && matches!(&amendment.operation, Operation::Replace { text, .. }
                if text == self.unit.text(self.lang))
        {
            draft.refuse("text", Refusal::new("amendment-same"));
        }
        let base: &Seal = &self.unit.seal(self.lang);
        if !draft.typed.get("base").is_empty() && draft.typed.get("base") != base.hex() {
            draft.refuse("text", Refusal::new("declaration-moved"));
            draft.typed.0.retain(|(name, _)| name != "base");
            draft.typed = draft.typed.clone().with("base", base.hex());
        }
        let preview = !req.form.get("preview").is_empty();
        if draft.is_sound() && !preview {
            return Ok(None);
        }
        let shown = html! {
            @if let Some((amendment, _)) = read {
                h2 { (req.t.get("amendment-difference")) }
                (amendment_view::change(req, self.opened, &self.tabled.numbers, amendment))
            }
        };
        let body = self.view(req, draft, &shown);
        let page = self.page(req)?;
        let sound = draft.is_sound();
        Ok(Some(if sound { page.reply(req, &body) } else { page.again(req, &body) }))
    }

    fn page<'r>(&self, req: &'r Req) -> Result<crate::web::layout::Page<'r>, Fault> {
        let name = paragraph(req, self.opened, &self.tabled.numbers, Some(self.unit.id));
        let title = req.t.with("amendment-form-title", &[("what", name.clone().into())]);
        let mut page = self.opened.below(req, title)?;
        page.trail.push((self.opened.unit_address(self.unit.id), name));
        Ok(page)
    }

    fn view(&self, req: &Req, draft: &Draft, preview: &Markup) -> Markup {
        let (t, show) = (req.t, Show::new(req, draft));
        let action = match self.known {
            Some(known) => format!("{}/edit", address(self.opened, known.id)),
            None => format!("{}/amend", self.opened.unit_address(self.unit.id)),
        };
        html! {
            @if self.known.is_none() { (self.choices(req)) }
            h2 { (t.get("amendment-stands")) }
            (words(self.lang, self.unit.text(self.lang)))
            (show.summary())
            form method="post" action=(action) data-preview="difference" novalidate {
                @for name in ["do", "in", "base", "seen"] {
                    @if !draft.typed.get(name).is_empty() {
                        input type="hidden" name=(name) value=(draft.typed.get(name));
                    }
                }
                (self.fields(req, &show))
                div.actions {
                    button.main type="submit" { (t.get("amendment-keep")) }
                    button type="submit" name="preview" value="1" { (t.get("amendment-preview")) }
                }
            }
            section #difference aria-live="polite" { (preview) }
        }
    }

    /// What to do and in which language: links, so that the form asks only what it needs.
    fn choices(&self, req: &Req) -> Markup {
        let t = req.t;
        let link = |operation: &str, lang: Lang| {
            format!("{}/amend?do={operation}&in={lang}", self.opened.unit_address(self.unit.id))
        };
        html! {
            nav.tabs aria-label=(t.get("amendment-operation")) {
                @for code in OPERATIONS {
                    a href=(link(code, self.lang)) aria-current=[(code == self.operation).then_some("page")] {
                        (t.get(&format!("amendment-op-{code}")))
                    }
                }
            }
            nav.tabs aria-label=(t.get("amendment-language")) {
                @for lang in self.opened.languages() {
                    a href=(link(self.operation, lang)) lang=(lang.tag())
                        aria-current=[(lang == self.lang).then_some("true")] { (lang.own_name()) }
                }
            }
        }
    }

    fn fields(&self, req: &Req, show: &Show<'_>) -> Markup {
        let t = req.t;
        let mine = req.actor.speaks_for(self.opened.dossier.edition);
        let sides: Vec<(String, String)> = mine
            .iter()
            .map(|id| {
                let name = self.tabled.names.get(id).map(|name| text::words(t, name));
                (id.to_string(), name.unwrap_or_default())
            })
            .collect();
        let kinds: Vec<(String, String)> = UnitKind::ALL
            .iter()
            .map(|kind| (kind.code().to_owned(), t.get(&format!("amendment-kind-{kind}"))))
            .collect();
        let label = match self.operation {
            "insert" => "amendment-text-new",
            "split" => "amendment-text-split",
            _ => "amendment-text",
        };
        html! {
            @if self.known.is_none() && sides.len() > 1 {
                (show.choice("delegation", "amendment-for", &sides))
            }
            @match self.operation {
                "delete" => { p { (t.get("amendment-delete-why")) } }
                "merge" => { p { (t.get("amendment-merge-why")) } }
                "move" => { (show.choice("after", "amendment-after", &self.places(req))) }
                "insert" => {
                    (show.choice("kind", "amendment-kind", &kinds))
                    (self.area(req, show, label))
                }
                _ => (self.area(req, show, label)),
            }
            (show.area("explanation", "amendment-explanation"))
        }
    }

    /// The words, in their own language and direction.
    fn area(&self, req: &Req, show: &Show<'_>, label: &str) -> Markup {
        html! {
            div.field {
                label for="f-text" { (req.t.get(label)) }
                @if self.operation == "split" { p.hint { (req.t.get("amendment-split-why")) } }
                (show.notes_among("text", &[]))
                textarea #f-text name="text" rows="6" lang=(self.lang.tag()) dir=(self.lang.dir()) {
                    (show.draft.typed.get("text"))
                }
            }
        }
    }

    /// The units behind which it could stand.
    fn places(&self, req: &Req) -> Vec<(String, String)> {
        let units = self.opened.text().units.iter().filter(|unit| unit.id != self.unit.id);
        let one = |unit: &Unit| {
            let name = paragraph(req, self.opened, &self.tabled.numbers, Some(unit.id));
            let start: String = unit.text(self.lang).chars().take(40).collect();
            (unit.id.to_string(), format!("{name}{}{start}", Marks::of(req.lang()).colon))
        };
        let none = std::iter::once((String::new(), req.t.get("amendment-choose")));
        none.chain(units.map(one)).collect()
    }
}

/// Words for a text, as they are typed.
pub(super) fn wording(raw: &str, lang: Lang) -> Result<String, Refusal> {
    let text = safety::typed(raw, lang)?;
    if text.trim().is_empty() { Err(Refusal::new("missing")) } else { Ok(text) }
}

/// The trail's note of a tabled amendment: which, and nothing of its words.
pub(super) fn note(proposal: &Proposal) -> serde_json::Value {
    json!({ "amendment": proposal.id, "number": proposal.number })
}
