//! Who hears of a release, and in what words: exactly the contacts and members of the delegations for
//! whom something changed, each of that alone, in the reader's language; of bilaterals only those who may
//! know of them. Pure.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DelegationId, Lang, MailId, PersonId,
    access::{Grant, Role, Scope},
    account::Account,
    brief::Brief,
    city::Origin,
    delegation::Delegate,
    edition::Edition,
    mail::Mail,
    notice::{Fate, Notice, Told},
    programme::Entry,
    release::{ChangeKind, Release},
};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::{
    i18n::Messages,
    web::{text, when},
};

/// Most lines in a mail; the rest is told as a number.
const LINES: usize = 40;

/// An arrival or a departure at another time than was told: the sentence, and when.
type Stay = (&'static str, DateTime);
const ARRIVAL: &str = "mail-release-arrival";
const DEPARTURE: &str = "mail-release-departure";

/// Somebody who may hear of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The account, when there is one.
    pub person: Option<PersonId>,
    /// The language of the mail.
    pub lang: Lang,
    /// The delegations that the reader belongs to, and whether their bilaterals are the reader's to know.
    pub sides: BTreeMap<DelegationId, bool>,
}

impl Reader {
    fn new(person: Option<PersonId>, lang: Lang) -> Self {
        Self { person, lang, sides: BTreeMap::new() }
    }

    fn add(&mut self, side: DelegationId, knows_meetings: bool) {
        *self.sides.entry(side).or_default() |= knows_meetings;
    }
}

/// Readers by address: holders of a role in a delegation, and people filed with an address. Somebody
/// who is both gets one mail, in the language of the account.
pub fn readers(
    brief: &Brief,
    accounts: &[Account],
    grants: &[(PersonId, Grant)],
    delegates: &[Delegate],
    now: Timestamp,
) -> BTreeMap<String, Reader> {
    let mut readers: BTreeMap<String, Reader> = BTreeMap::new();
    for (person, grant) in grants.iter().filter(|(_, g)| g.counts(now)) {
        let side = match (grant.role, grant.scope) {
            (Role::FocalPoint | Role::Delegate, Scope::Delegation(e, d))
                if e == brief.edition.id =>
            {
                d
            }
            _ => continue,
        };
        let Some(account) = accounts.iter().find(|a| a.id == *person) else { continue };
        let new = || Reader::new(Some(*person), account.lang);
        readers.entry(account.email.clone()).or_insert_with(new).add(side, true);
    }
    for delegate in delegates.iter().filter(|d| !d.email.is_empty()) {
        let spoken = delegate.languages.first().copied();
        let theirs = || brief.delegation(delegate.delegation)?.languages.first().copied();
        let lang = spoken.or_else(theirs).unwrap_or(Lang::Zh);
        let reader =
            readers.entry(delegate.email.to_lowercase()).or_insert_with(|| Reader::new(None, lang));
        reader.add(delegate.delegation, delegate.knows_meetings());
    }
    readers
}

/// The mails of a release. `id` makes an identifier for each.
pub fn mails(
    edition: &Edition,
    old: Option<&Release>,
    new: &Release,
    readers: &BTreeMap<String, Reader>,
    public_url: &str,
    mut id: impl FnMut() -> MailId,
) -> Vec<Mail> {
    let zone = edition.time_zone();
    let sides: BTreeSet<DelegationId> =
        readers.values().flat_map(|r| r.sides.keys()).copied().collect();
    let notices: BTreeMap<DelegationId, Notice<'_>> =
        sides.into_iter().map(|side| (side, Notice::of(old, new, side, &zone))).collect();
    let mut mails = Vec::new();
    for (address, reader) in readers {
        let mut told: Vec<(DelegationId, &Told<'_>)> = reader
            .sides
            .iter()
            .filter_map(|(side, knows)| Some((*side, *knows, notices.get(side)?)))
            .flat_map(|(side, knows, notice)| {
                let open = move |told: &&Told<'_>| knows || !is_bilateral(told);
                notice.told.iter().filter(open).map(move |told| (side, told))
            })
            // Who interprets is said where they meet, and in no mail.
            .filter(|(_, told)| told.fate != Fate::Changed(ChangeKind::Restaffed))
            .collect();
        told.sort_by_key(|(_, told)| told.change.entry().map(|e| (e.slot.start, e.slot.activity)));
        let own = || reader.sides.keys().filter_map(|side| notices.get(side));
        let arrivals = own().filter_map(|notice| Some((ARRIVAL, notice.arrival?.1)));
        let departures = own().filter_map(|notice| Some((DEPARTURE, notice.departure?.1)));
        let stays: Vec<Stay> = arrivals.chain(departures).collect();
        if !told.is_empty() || !stays.is_empty() {
            let words =
                Words { t: Messages::of(reader.lang), zone: edition.time_zone(), release: new };
            let (subject, body) = words.mail(edition, reader, (&stays, &told), public_url);
            let (person, lang) = (reader.person, reader.lang);
            mails.push(Mail { id: id(), person, recipient: address.clone(), subject, body, lang });
        }
    }
    mails
}

fn is_bilateral(told: &Told<'_>) -> bool {
    told.change.entry().is_some_and(|entry| entry.kind().is_none())
}

struct Words<'a> {
    t: Messages,
    zone: TimeZone,
    release: &'a Release,
}

impl Words<'_> {
    fn mail(
        &self,
        edition: &Edition,
        reader: &Reader,
        (stays, told): (&[Stay], &[(DelegationId, &Told<'_>)]),
        public_url: &str,
    ) -> (String, String) {
        let t = self.t;
        let values = [
            ("edition", text::words(t, &edition.title).into()),
            ("number", self.release.number.into()),
            ("n", (stays.len() + told.len()).into()),
        ];
        let exercise = edition.origin == Origin::Demonstration;
        let subject = t.with("mail-release-subject", &values);
        let mut body = vec![t.with("mail-release", &values), String::new()];
        let stay = |(key, at): &Stay| t.with(key, &[("at", when::clock(t.lang, *at).into())]);
        body.extend(stays.iter().map(stay));
        body.extend(told.iter().take(LINES).map(|(side, told)| self.line(*side, told)));
        if told.len() > LINES {
            body.push(t.with("mail-release-more", &[("n", (told.len() - LINES).into())]));
        }
        let page = if reader.person.is_some() { "agenda" } else { "programme" };
        let address = format!("{public_url}/editions/{}/{page}", edition.id);
        if told.iter().any(|(_, told)| is_bilateral(told)) {
            body.extend([String::new(), t.get("mail-release-confidential")]);
        }
        body.extend([String::new(), t.with("mail-release-see", &[("address", address.into())])]);
        if exercise {
            body.extend([String::new(), outputs::sheet::EXERCISE.to_owned()]);
        }
        (subject, body.join("\n"))
    }

    fn line(&self, side: DelegationId, told: &Told<'_>) -> String {
        let change = &told.change;
        let key = match told.fate {
            Fate::Changed(kind) => format!("mail-release-{kind}"),
            Fate::Excused(_) => "mail-release-excused".to_owned(),
        };
        let now = change.entry().map_or(String::new(), |e| self.entry(side, e));
        let was = change.before.map_or(String::new(), |e| self.place(e));
        self.t.with(&key, &[("what", now.into()), ("was", was.into())])
    }

    fn entry(&self, side: DelegationId, entry: &Entry) -> String {
        let title = match entry.partner_of(side).and_then(|d| self.release.name_of(d)) {
            Some(name) => {
                let name = text::words(self.t, name);
                self.t.with("agenda-bilateral", &[("name", name.into())])
            }
            None if entry.kind().is_none() => self.t.get("programme-bilateral"),
            None => text::words(self.t, &entry.title),
        };
        self.t.with(
            "mail-release-entry",
            &[("title", title.into()), ("place", self.place(entry).into())],
        )
    }

    fn place(&self, entry: &Entry) -> String {
        let t = self.t;
        let day = when::date(t.lang, entry.slot.start.to_zoned(self.zone.clone()).date());
        let values = [
            ("day", day.into()),
            ("time", when::hours(&self.zone, entry.slot.start, entry.slot.end()).into()),
            ("hall", text::words(t, &entry.hall).into()),
            ("venue", text::words(t, &entry.venue).into()),
        ];
        t.with("mail-release-place", &values)
    }
}
