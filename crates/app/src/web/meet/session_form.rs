//! The form of a session: its fields, its reading, and what can be chosen in it.

use domain::{
    DelegationId, EditionId, HallId, Lang, Refusal, SessionId, clean,
    delegation::Delegation,
    edition::Edition,
    session::{self, Attendance, MINUTES, Session, SessionKind},
    venue::Hall,
};
use maud::{Markup, html};
use store::Conn;

use super::session::kind_name;
use crate::web::{
    fields::Fields,
    form::{Draft, Show, text_fields},
    request::Req,
    text, when,
};

/// Most people at one session.
const MOST_PEOPLE: i64 = 100_000;

/// What can be chosen in the form.
pub struct Options {
    halls: Vec<Hall>,
    delegations: Vec<Delegation>,
    sessions: Vec<Session>,
}

impl Options {
    /// Reads what an edition has.
    pub fn load(c: &mut Conn, edition: EditionId) -> store::Result<Self> {
        let halls = store::hall::of_edition(c, edition)?;
        let delegations = store::delegation::of_edition(c, edition)?;
        let sessions = store::session::of_edition(c, edition)?;
        Ok(Self {
            halls: halls.into_iter().map(|v| v.value).collect(),
            delegations: delegations.into_iter().map(|v| v.value).collect(),
            sessions: sessions.into_iter().map(|v| v.value).collect(),
        })
    }

    /// A hall that can be chosen.
    pub fn hall(&self, id: HallId) -> Option<&Hall> {
        self.halls.iter().find(|h| h.id == id)
    }

    /// A delegation that can be chosen.
    pub fn delegation(&self, id: DelegationId) -> Option<&Delegation> {
        self.delegations.iter().find(|d| d.id == id)
    }

    /// A session that can be chosen.
    pub fn session(&self, id: SessionId) -> Option<&Session> {
        self.sessions.iter().find(|s| s.id == id)
    }
}

/// What a new session begins with.
pub fn usual(edition: &Edition) -> Fields {
    let fields = Fields::default()
        .with("kind", SessionKind::Forum.code())
        .with("minutes", "60")
        .with("attendance", "everyone");
    edition.languages.iter().fold(fields, |f, l| f.with("languages", l.code()))
}

/// The form as it stands for a session.
pub fn fields_of(session: &Session) -> Fields {
    let mut fields = text_fields(Fields::default(), "title", Some(&session.title))
        .with("kind", session.kind.code())
        .with("minutes", session.minutes.to_string())
        .with("people", session.people.to_string())
        .with("fixed", session.fixed.map(when::field).unwrap_or_default());
    let mut put = |name: &str, values: Vec<String>| {
        fields.0.extend(values.into_iter().map(|v| (name.to_owned(), v)));
    };
    put("halls", session.halls.iter().map(ToString::to_string).collect());
    put("languages", session.languages.iter().map(ToString::to_string).collect());
    put("days", session.days.iter().map(ToString::to_string).collect());
    put("after", session.after.iter().map(ToString::to_string).collect());
    match &session.attendance {
        Attendance::Everyone => put("attendance", vec!["everyone".to_owned()]),
        Attendance::Delegations(list) => {
            put("attendance", vec!["delegations".to_owned()]);
            put("delegations", list.iter().map(ToString::to_string).collect());
        }
    }
    fields
}

/// The ticked boxes of a name, each of which has to be known.
fn ticked<T: std::str::FromStr>(
    draft: &mut Draft,
    name: &str,
    known: impl Fn(&T) -> bool,
) -> Vec<T> {
    let parsed: Vec<Option<T>> =
        draft.typed.all(name).map(|raw| raw.parse().ok().filter(|v| known(v))).collect();
    if parsed.iter().any(Option::is_none) {
        draft.refuse(name, Refusal::new("choose"));
    }
    parsed.into_iter().flatten().collect()
}

fn attendance(draft: &mut Draft, options: &Options) -> Attendance {
    if draft.typed.get("attendance") != "delegations" {
        return Attendance::Everyone;
    }
    let list = ticked(draft, "delegations", |d: &DelegationId| options.delegation(*d).is_some());
    if list.is_empty() {
        draft.refuse("delegations", Refusal::new("choose"));
    }
    Attendance::Delegations(list)
}

/// The session that was typed; notes what was wrong in the draft.
pub fn read(
    draft: &mut Draft,
    id: SessionId,
    edition: &Edition,
    options: &Options,
) -> Option<Session> {
    let title = draft.text("title", clean::line);
    let kind = draft.code::<SessionKind>("kind");
    let minutes = draft.read("minutes", |raw| clean::number(raw, *MINUTES.start(), *MINUTES.end()));
    let people = draft.read("people", |raw| clean::number(raw, 1, MOST_PEOPLE));
    let halls = ticked(draft, "halls", |h: &HallId| options.hall(*h).is_some());
    let languages = ticked(draft, "languages", |l: &Lang| Lang::ALL.contains(l));
    let days = ticked(draft, "days", |d| edition.days().contains(d));
    let after = ticked(draft, "after", |s: &SessionId| options.session(*s).is_some());
    let attendance = attendance(draft, options);
    let fixed = draft.read("fixed", when::typed_or_none).flatten();
    if fixed.is_some_and(|at| !edition.days().contains(&at.date())) {
        draft.refuse("fixed", Refusal::new("outside-edition"));
    }
    let edition = edition.id;
    let (title, kind, minutes, people) = (title?, kind?, minutes?, people?);
    let session = Session {
        id,
        edition,
        kind,
        title,
        minutes,
        people,
        halls,
        languages,
        attendance,
        days,
        after,
        fixed,
    };
    rules(draft, &session, options);
    draft.is_sound().then_some(session)
}

/// What no single field can know.
fn rules(draft: &mut Draft, session: &Session, options: &Options) {
    if let Err(refusal) = session.check() {
        let field = if refusal.code == "five-minutes" { "fixed" } else { "after" };
        draft.refuse(field, refusal);
    }
    let mut sessions = options.sessions.clone();
    sessions.retain(|s| s.id != session.id);
    sessions.push(session.clone());
    if session::circular(&sessions, session.id) {
        draft.refuse("after", Refusal::new("after-circle"));
    }
    let large = |id: &HallId| options.hall(*id).is_some_and(|h| session.people <= h.capacity);
    if !session.halls.is_empty() && !session.halls.iter().any(large) {
        draft.refuse("halls", Refusal::new("halls-too-small"));
    }
    let wired = |id: &HallId| options.hall(*id).is_some_and(|h| session.booths() <= h.booths);
    if !session.halls.is_empty() && !session.halls.iter().any(wired) {
        draft.refuse("halls", Refusal::new("halls-lack-booths").with("need", session.booths()));
    }
}

/// The form.
pub fn view(
    req: &Req,
    edition: &Edition,
    draft: &Draft,
    options: &Options,
    own: Option<SessionId>,
) -> Markup {
    let (t, show) = (req.t, Show::new(req, draft));
    let kinds: Vec<(String, String)> =
        SessionKind::ALL.iter().map(|k| (k.code().to_owned(), kind_name(req, *k))).collect();
    let who = ["everyone", "delegations"]
        .map(|v| (v.to_owned(), t.get(&format!("session-attendance-{v}"))));
    let capacity = |h: &Hall| t.with("session-hall-capacity", &[("n", h.capacity.into())]);
    let halls = options
        .halls
        .iter()
        .map(|h| (h.id.to_string(), format!("{} {}", text::words(t, &h.name), capacity(h))));
    let delegations =
        options.delegations.iter().map(|d| (d.id.to_string(), text::words(t, &d.name)));
    let others = options.sessions.iter().filter(|s| Some(s.id) != own);
    let after = others.map(|s| (s.id.to_string(), text::words(t, &s.title)));
    let languages = Lang::ALL.map(|l| (l.code().to_owned(), l.own_name().to_owned()));
    let days = edition.days().into_iter().map(|d| (d.to_string(), when::day(t.lang, d)));
    let fields = html! {
        (show.text("title", "session-title", false))
        (show.choice("kind", "session-kind", &kinds))
        (show.input("number", "minutes", "session-minutes"))
        (show.input("number", "people", "session-people"))
        (show.choice("attendance", "session-attendance", &who))
        (show.boxes("delegations", "session-delegations", &delegations.collect::<Vec<_>>()))
        (show.boxes("languages", "session-languages", &languages))
        (show.boxes("halls", "session-halls", &halls.collect::<Vec<_>>()))
        (show.boxes("days", "session-days", &days.collect::<Vec<_>>()))
        (show.input("datetime-local", "fixed", "session-fixed"))
        (show.boxes("after", "session-after", &after.collect::<Vec<_>>()))
    };
    show.form(&req.path, "session-save", &fields)
}
