//! A formal invitation and its answer, as a protocol office keeps them.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    DelegationId, EditionId, InvitationId, Lang, Refusal, coded, edition::Edition, person::Styled,
};

coded! {
    /// How an answer came in.
    pub enum Channel {
        /// By the link in the letter.
        Link = "link",
        /// By letter or note, entered by the secretariat.
        Letter = "letter",
        /// By telephone, entered by the secretariat.
        Telephone = "telephone",
    }
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer")]
pub enum Answer {
    /// The invited person comes.
    Accepted {
        /// "Subject to approval of …"; empty when it is final.
        subject_to: String,
    },
    /// Somebody else comes.
    Substituted {
        /// Who, as the city states it.
        name: String,
        /// In which office.
        office: String,
    },
    /// Nobody comes.
    Regrets,
}

impl Answer {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Answer::Accepted { subject_to } if subject_to.is_empty() => "accepted",
            Answer::Accepted { .. } => "accepted_subject",
            Answer::Substituted { .. } => "substituted",
            Answer::Regrets => "regrets",
        }
    }
}

/// An answer as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// What was answered.
    pub answer: Answer,
    /// How many people come.
    pub people: i64,
    /// A word to the secretariat.
    pub note: String,
    /// How it came.
    pub channel: Channel,
    /// The number of the incoming letter, when it came by letter.
    pub incoming: String,
    /// When it was recorded.
    pub at: Timestamp,
}

/// Where an invitation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum InvitationState {
    /// Being written.
    Draft,
    /// Gone.
    Sent {
        /// When.
        at: Timestamp,
    },
    /// Answered; a later answer replaces an earlier one, and both stay in the record.
    Answered {
        /// When it was sent.
        sent: Timestamp,
        /// The newest answer.
        reply: Reply,
    },
}

impl InvitationState {
    /// The stable code, that of the answer once there is one.
    pub fn code(&self) -> &'static str {
        match self {
            InvitationState::Draft => "draft",
            InvitationState::Sent { .. } => "sent",
            InvitationState::Answered { reply, .. } => reply.answer.code(),
        }
    }

    /// Every code that [`InvitationState::code`] gives, in the order of the overview.
    pub const CODES: [&'static str; 6] =
        ["draft", "sent", "accepted", "accepted_subject", "substituted", "regrets"];
}

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its identifier.
    pub id: InvitationId,
    /// For which edition.
    pub edition: EditionId,
    /// To which delegation.
    pub delegation: DelegationId,
    /// The outgoing number, counted within the edition.
    pub number: i32,
    /// The language of the letter.
    pub lang: Lang,
    /// To whom, as the city states it in that language.
    pub addressee: Styled,
    /// Where the link is sent; may be empty when the letter goes by post.
    pub email: String,
    /// Most people that the delegation may bring, as the letter says; what counts is the
    /// delegation's own quota, which may be raised later.
    pub quota: i64,
    /// The last day for an answer, in the edition's zone.
    pub reply_by: Date,
    /// When a reminder last went.
    #[serde(default)]
    pub reminded: Option<Timestamp>,
    /// Where it stands.
    pub state: InvitationState,
}

/// Days before the last day for an answer from which a reminder is due.
pub const REMIND_BEFORE: i32 = 7;
/// Days between two reminders.
pub const REMIND_EVERY: i32 = 3;

impl Invitation {
    /// The outgoing number as printed: edition's year, stroke, running number.
    pub fn reference(&self, edition: &Edition) -> String {
        format!("{}/{:03}", edition.first_day.year(), self.number)
    }

    /// Sends it. A letter goes once; sending again is a reminder and changes nothing here.
    pub fn send(&mut self, now: Timestamp) -> Result<(), Refusal> {
        if self.addressee.name.is_empty() {
            return Err(Refusal::new("addressee-missing"));
        }
        if self.addressee.salutation.is_empty() {
            return Err(Refusal::new("salutation-missing"));
        }
        match self.state {
            InvitationState::Draft => {
                self.state = InvitationState::Sent { at: now };
                Ok(())
            }
            _ => Err(Refusal::new("already-sent")),
        }
    }

    /// Records an answer within the delegation's quota. By link until the edition ends; staff may
    /// enter late letters at any time.
    pub fn answer(&mut self, edition: &Edition, quota: i64, reply: Reply) -> Result<(), Refusal> {
        let sent = match &self.state {
            InvitationState::Draft => return Err(Refusal::new("not-sent")),
            InvitationState::Sent { at } => *at,
            InvitationState::Answered { sent, .. } => *sent,
        };
        if reply.channel == Channel::Link && edition.day_of(reply.at) > edition.last_day {
            return Err(Refusal::new("edition-over"));
        }
        let coming = reply.answer != Answer::Regrets;
        if coming && !(1..=quota).contains(&reply.people) {
            return Err(Refusal::new("over-quota").with("most", quota));
        }
        self.state = InvitationState::Answered { sent, reply };
        Ok(())
    }

    /// Whether a reminder is due: sent, unanswered, near the last day for an answer or past it, and
    /// not reminded these days.
    pub fn reminder_due(&self, edition: &Edition, now: Timestamp) -> bool {
        let today = edition.day_of(now);
        let days = |from: Date, to: Date| (to - from).get_days();
        let quiet = self.reminded.is_none_or(|at| days(edition.day_of(at), today) >= REMIND_EVERY);
        matches!(self.state, InvitationState::Sent { .. })
            && quiet
            && days(today, self.reply_by) <= REMIND_BEFORE
            && today <= edition.last_day
    }
}

/// The delegations from which nobody comes: they were invited, and whoever answered sent regrets.
pub fn regretting(invitations: &[Invitation]) -> BTreeSet<DelegationId> {
    let of = |regrets: bool| {
        let gone = invitations.iter().filter(|it| it.state != InvitationState::Draft);
        let is = |it: &&Invitation| (it.state.code() == Answer::Regrets.code()) == regrets;
        gone.filter(is).map(|it| it.delegation).collect::<BTreeSet<_>>()
    };
    &of(true) - &of(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Text,
        city::Origin,
        edition::Mode,
        precedence::{Among, Precedence},
    };
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn edition() -> Edition {
        Edition {
            id: Uuid::from_u128(1).into(),
            series: Uuid::from_u128(1).into(),
            title: Text::new(Lang::Zh, "演练"),
            host: Uuid::from_u128(1).into(),
            mode: Mode::InPerson,
            zone: "Asia/Shanghai".into(),
            first_day: date(2027, 5, 18),
            last_day: date(2027, 5, 20),
            initiators: vec![Text::new(Lang::Zh, "秘书处")],
            languages: vec![Lang::Zh, Lang::Ru],
            precedence: Precedence {
                among: Among::Alphabet { lang: Lang::Ru },
                overrides: Vec::new(),
            },
            call: None,
            origin: Origin::Demonstration,
        }
    }

    fn invitation() -> Invitation {
        Invitation {
            id: Uuid::from_u128(1).into(),
            edition: Uuid::from_u128(1).into(),
            delegation: Uuid::from_u128(1).into(),
            number: 7,
            lang: Lang::Ru,
            addressee: Styled {
                name: "Вымыслов Пример".into(),
                salutation: "Уважаемый господин Вымыслов".into(),
                ..Styled::default()
            },
            email: String::new(),
            quota: 5,
            reply_by: date(2027, 4, 20),
            reminded: None,
            state: InvitationState::Draft,
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn reply(answer: Answer, people: i64, channel: Channel, at: Timestamp) -> Reply {
        Reply { answer, people, note: String::new(), channel, incoming: String::new(), at }
    }

    const COMING: Answer = Answer::Accepted { subject_to: String::new() };

    #[test]
    fn a_letter_goes_once_and_only_to_somebody() {
        let mut unnamed = invitation();
        unnamed.addressee.name.clear();
        assert_eq!(unnamed.send(at("2027-03-01T00:00:00Z")).unwrap_err().code, "addressee-missing");
        let mut unaddressed = invitation();
        unaddressed.addressee.salutation.clear();
        let refused = unaddressed.send(at("2027-03-01T00:00:00Z")).unwrap_err();
        assert_eq!(refused.code, "salutation-missing");
        let mut invitation = invitation();
        let early = reply(COMING, 2, Channel::Letter, at("2027-03-01T00:00:00Z"));
        assert_eq!(invitation.answer(&edition(), 5, early).unwrap_err().code, "not-sent");
        invitation.send(at("2027-03-01T00:00:00Z")).unwrap();
        let again = invitation.send(at("2027-03-02T00:00:00Z"));
        assert_eq!(again.unwrap_err().code, "already-sent");
        assert_eq!(invitation.reference(&edition()), "2027/007");
    }

    #[test]
    fn a_reminder_is_due_near_the_last_day_and_not_twice_within_three_days() {
        let edition = edition();
        let mut invitation = invitation();
        invitation.send(at("2027-03-01T00:00:00Z")).unwrap();
        // In Tianjin it is the 13th already: seven days before the 20th.
        assert!(!invitation.reminder_due(&edition, at("2027-04-12T15:59:00Z")));
        assert!(invitation.reminder_due(&edition, at("2027-04-12T16:00:00Z")));
        invitation.reminded = Some(at("2027-04-13T00:00:00Z"));
        assert!(!invitation.reminder_due(&edition, at("2027-04-15T15:00:00Z")));
        assert!(invitation.reminder_due(&edition, at("2027-04-15T16:00:00Z")));
        assert!(!invitation.reminder_due(&edition, at("2027-05-20T16:00:00Z")));
        let regrets = reply(Answer::Regrets, 0, Channel::Letter, at("2027-04-16T00:00:00Z"));
        invitation.answer(&edition, 5, regrets).unwrap();
        assert!(!invitation.reminder_due(&edition, at("2027-04-20T00:00:00Z")));
    }

    proptest! {
        /// By link: within the quota and until the last day ends in the edition's zone; staff later.
        #[test]
        fn an_answer_counts_within_quota_and_time(
            people in -2_i64..12, quota in 1_i64..10, hours in -48_i64..48, by_link: bool,
            regrets: bool,
        ) {
            let edition = edition();
            let now = edition.ends() + jiff::SignedDuration::from_hours(hours);
            let mut invitation = invitation();
            invitation.send(at("2027-03-01T00:00:00Z")).unwrap();
            let channel = if by_link { Channel::Link } else { Channel::Telephone };
            let answer = if regrets { Answer::Regrets } else { COMING };
            let done = invitation.answer(&edition, quota, reply(answer, people, channel, now));
            let fits = regrets || (1..=quota).contains(&people);
            let in_time = !by_link || hours < 0;
            prop_assert_eq!(done.is_ok(), fits && in_time);
            prop_assert_eq!(matches!(invitation.state, InvitationState::Answered { .. }), done.is_ok());
        }
    }

    #[test]
    fn nobody_comes_where_all_who_were_invited_send_regrets() {
        let to = |delegation: u128, answer: Option<Answer>| {
            let at = Timestamp::UNIX_EPOCH;
            let reply = |answer| Reply {
                answer,
                people: 0,
                note: String::new(),
                channel: Channel::Link,
                incoming: String::new(),
                at,
            };
            let state = match answer {
                None => InvitationState::Sent { at },
                Some(answer) => InvitationState::Answered { sent: at, reply: reply(answer) },
            };
            Invitation { delegation: Uuid::from_u128(delegation).into(), state, ..invitation() }
        };
        let accepted = || Answer::Accepted { subject_to: String::new() };
        let all = [
            to(1, Some(Answer::Regrets)),
            to(2, Some(Answer::Regrets)),
            to(2, None),
            to(3, Some(Answer::Regrets)),
            to(3, Some(accepted())),
            to(4, Some(accepted())),
        ];
        assert_eq!(regretting(&all), BTreeSet::from([Uuid::from_u128(1).into()]));
    }
}
