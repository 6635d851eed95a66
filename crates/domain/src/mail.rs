//! A message to one person, in that person's language.

use crate::{Lang, MailId, PersonId};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its identifier, from which the Message-ID is made.
    pub id: MailId,
    /// The account it goes to, when there is one.
    pub person: Option<PersonId>,
    /// The address.
    pub recipient: String,
    /// The subject line.
    pub subject: String,
    /// The words, as plain text.
    pub body: String,
    /// Their language.
    pub lang: Lang,
}
