//! A formal invitation and its answer, as a protocol office keeps them.

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
    /// Most people that the delegation may bring.
    pub quota: i64,
    /// The last day for an answer, in the edition's zone.
    pub reply_by: Date,
    /// Where it stands.
    pub state: InvitationState,
}

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
        match self.state {
            InvitationState::Draft => {
                self.state = InvitationState::Sent { at: now };
                Ok(())
            }
            _ => Err(Refusal::new("already-sent")),
        }
    }

    /// Records an answer. By link until the edition ends; staff may enter late letters at any time.
    pub fn answer(&mut self, edition: &Edition, reply: Reply) -> Result<(), Refusal> {
        let sent = match &self.state {
            InvitationState::Draft => return Err(Refusal::new("not-sent")),
            InvitationState::Sent { at } => *at,
            InvitationState::Answered { sent, .. } => *sent,
        };
        if reply.channel == Channel::Link && edition.day_of(reply.at) > edition.last_day {
            return Err(Refusal::new("edition-over"));
        }
        let coming = reply.answer != Answer::Regrets;
        if coming && !(1..=self.quota).contains(&reply.people) {
            return Err(Refusal::new("over-quota").with("most", self.quota));
        }
        self.state = InvitationState::Answered { sent, reply };
        Ok(())
    }

    /// Whether a reminder is due: sent, unanswered, and a week or less from the last day.
    pub fn reminder_due(&self, edition: &Edition, now: Timestamp) -> bool {
        let left = (self.reply_by - edition.day_of(now)).get_days();
        matches!(self.state, InvitationState::Sent { .. }) && left <= 7
    }
}
