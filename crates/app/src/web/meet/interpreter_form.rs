//! The form of an interpreter: names as stated, languages by class, who brings the person, presence.

use domain::{
    DelegationId, InterpreterId, Lang, Refusal, clean,
    delegation::{Delegation, purge_on},
    edition::Edition,
    interpreter::{Consent, Interpreter, MOST_SPANS, Strength},
    person::{NameOrder, PersonName, Styled},
    venue::Closed,
};
use maud::{Markup, html};

use super::interpretation_words as words;
use crate::{
    i18n::Messages,
    web::{
        convene::delegation::ordered,
        fields::Fields,
        form::{Draft, Show},
        reply::Fault,
        request::Req,
        text, when,
    },
};

/// Empty rows of presence below those that are filled.
const SPARE: usize = 2;

/// What can be chosen in the form.
pub struct Options {
    delegations: Vec<Delegation>,
}

impl Options {
    /// Reads what the edition has.
    pub fn load(req: &Req) -> Result<Self, Fault> {
        let edition = req.edition()?;
        Ok(Self { delegations: req.read(|c| ordered(c, edition))? })
    }

    fn delegation(&self, id: DelegationId) -> Option<&Delegation> {
        self.delegations.iter().find(|d| d.id == id)
    }

    /// Who brings somebody, in words.
    pub fn of(&self, t: Messages, one: &Interpreter) -> String {
        let found = one.of.and_then(|id| self.delegation(id));
        found.map_or_else(|| t.get("interpreter-pool"), |d| text::words(t, &d.name))
    }
}

/// What the form of a new interpreter begins with.
pub fn usual() -> Fields {
    Fields::default().with("recording", Consent::Unasked.code())
}

/// Somebody of whom nothing is known yet.
pub fn new(edition: &Edition, id: InterpreterId) -> Interpreter {
    Interpreter {
        id,
        edition: edition.id,
        name: PersonName::default(),
        languages: std::collections::BTreeMap::new(),
        of: None,
        presence: Vec::new(),
        away: Vec::new(),
        email: String::new(),
        contact: String::new(),
        recording: Consent::Unasked,
        purge_on: purge_on(edition.last_day),
    }
}

fn spans(fields: Fields, name: &str, spans: &[Closed]) -> Fields {
    (0..).zip(spans).fold(fields, |fields, (at, span): (usize, _)| {
        fields
            .with(format!("{name}.{at}.from"), when::field(span.from))
            .with(format!("{name}.{at}.until"), when::field(span.until))
    })
}

/// The form as it stands for somebody.
pub fn fields_of(one: &Interpreter) -> Fields {
    let mut fields = Fields::default();
    let none = Styled::default();
    for lang in Lang::COMPLETE {
        let styled = one.name.styled.get(&lang).unwrap_or(&none);
        fields = fields
            .with(format!("name.{lang}"), styled.name.clone())
            .with(format!("family.{lang}"), styled.family.clone());
    }
    for (lang, strength) in &one.languages {
        fields = fields.with(format!("strength.{lang}"), strength.code());
    }
    fields = fields
        .with("of", one.of.map(|id| id.to_string()).unwrap_or_default())
        .with("email", one.email.clone())
        .with("contact", one.contact.clone())
        .with("recording", one.recording.code());
    spans(spans(fields, "presence", &one.presence), "away", &one.away)
}

fn names(draft: &mut Draft, mut name: PersonName) -> PersonName {
    for lang in Lang::COMPLETE {
        let full = draft.read(&format!("name.{lang}"), clean::line).unwrap_or_default();
        let family = draft.read(&format!("family.{lang}"), clean::line).unwrap_or_default();
        let order = name.styled.get(&lang).map_or(NameOrder::default(), |s| s.order);
        let old = name.styled.remove(&lang).unwrap_or_default();
        if !full.is_empty() {
            name.styled.insert(lang, Styled { name: full, family, order, ..old });
        }
    }
    name
}

/// How many rows of spans were typed.
fn rows(fields: &Fields, name: &str) -> usize {
    let typed = |at: &usize| {
        ["from", "until"].iter().any(|end| !fields.get(&format!("{name}.{at}.{end}")).is_empty())
    };
    (0..MOST_SPANS).filter(typed).max().map_or(0, |last| last + 1)
}

fn read_spans(draft: &mut Draft, name: &str) -> Vec<Closed> {
    let mut spans = Vec::new();
    for at in 0..rows(&draft.typed, name) {
        let [from, until] = ["from", "until"].map(|end| format!("{name}.{at}.{end}"));
        if draft.typed.get(&from).is_empty() && draft.typed.get(&until).is_empty() {
            continue;
        }
        if let (Some(start), Some(end)) =
            (draft.read(&from, when::typed), draft.read(&until, when::typed))
        {
            if end <= start {
                draft.refuse(&until, Refusal::new("ends-before-start"));
            }
            spans.push(Closed { from: start, until: end });
        }
    }
    spans
}

/// The interpreter that was typed, over the one that was there; notes what was wrong in the draft.
pub fn read(draft: &mut Draft, old: &Interpreter, options: &Options) -> Option<Interpreter> {
    let name = names(draft, old.name.clone());
    let mut languages = std::collections::BTreeMap::new();
    for lang in Lang::ALL {
        let field = format!("strength.{lang}");
        if !draft.typed.get(&field).is_empty()
            && let Some(strength) = draft.code::<Strength>(&field)
        {
            languages.insert(lang, strength);
        }
    }
    let of = draft.read("of", |raw| {
        let known = |id: &DelegationId| options.delegation(*id).is_some();
        match raw.parse::<DelegationId>().ok().filter(known) {
            found if raw.is_empty() || found.is_some() => Ok(found),
            _ => Err(Refusal::new("choose")),
        }
    });
    let (presence, away) = (read_spans(draft, "presence"), read_spans(draft, "away"));
    let email = draft.read("email", |raw| {
        if raw.trim().is_empty() { Ok(String::new()) } else { clean::email(raw) }
    });
    let contact = draft.read("contact", clean::line);
    let recording = draft.code("recording");
    let one = Interpreter {
        name,
        languages,
        of: of?,
        presence,
        away,
        email: email?,
        contact: contact?,
        recording: recording?,
        ..old.clone()
    };
    for (field, refusal) in one.check().err().into_iter().flat_map(|r| r.0) {
        let field = if field == "languages" { "strength.zh".to_owned() } else { field };
        if !field.starts_with("presence") {
            draft.refuse(&field, refusal);
        }
    }
    draft.is_sound().then_some(one)
}

/// The form.
pub fn view(req: &Req, draft: &Draft, options: &Options) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let mut of = vec![(String::new(), t.get("interpreter-pool"))];
    of.extend(options.delegations.iter().map(|d| (d.id.to_string(), text::words(t, &d.name))));
    let consent = |c: &Consent| (c.code().to_owned(), t.get(&format!("interpreter-recording-{c}")));
    let consents: Vec<_> = Consent::ALL.iter().map(consent).collect();
    let fields = html! {
        (show.text("name", "interpreter-name", false))
        (show.text("family", "interpreter-family", false))
        (strengths(req, &show))
        (show.choice("of", "interpreter-of", &of))
        (show.input("email", "email", "interpreter-email"))
        (show.line("contact", "interpreter-contact"))
        (show.choice("recording", "interpreter-recording", &consents))
        (times(req, &show, "presence", "interpreter-presence"))
        (times(req, &show, "away", "interpreter-absence"))
    };
    show.form(&req.path, "interpreter-save", &fields)
}

fn strengths(req: &Req, show: &Show<'_>) -> Markup {
    let t = req.t;
    let mut options = vec![(String::new(), "—".to_owned())];
    options.extend(Strength::ALL.iter().map(|s| {
        let name = t.get(&format!("interpreter-strength-{s}"));
        (s.code().to_owned(), format!("{} · {name}", words::letter(*s)))
    }));
    html! {
        fieldset.field {
            legend { (t.get("interpreter-languages")) }
            p.hint { (t.get("interpreter-languages-hint")) }
            div.row {
                @for lang in Lang::ALL {
                    (show.choice(&format!("strength.{lang}"), &format!("interpreter-in-{lang}"), &options))
                }
            }
        }
    }
}

fn times(req: &Req, show: &Show<'_>, name: &str, legend: &str) -> Markup {
    let t = req.t;
    let rows = (rows(&show.draft.typed, name) + SPARE).min(MOST_SPANS);
    html! {
        fieldset.field {
            legend { (t.get(legend)) }
            p.hint { (t.get(&format!("{legend}-hint"))) }
            @for at in 0..rows {
                div.row {
                    (show.input("datetime-local", &format!("{name}.{at}.from"), "interpreter-from"))
                    (show.input("datetime-local", &format!("{name}.{at}.until"), "interpreter-until"))
                }
            }
        }
    }
}
