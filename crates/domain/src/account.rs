//! Somebody who can sign in, and the tokens that let them.

use serde::{Deserialize, Serialize};

use crate::{Lang, PersonId, coded};

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its identifier.
    pub id: PersonId,
    /// The address that links and codes are sent to, lower-cased.
    pub email: String,
    /// How pages call the person.
    pub name: String,
    /// The language of mails and of pages until another is chosen.
    pub lang: Lang,
}

coded! {
    /// What a token is for; it serves nothing else.
    pub enum Purpose {
        /// To sign in, once.
        Login = "login",
        /// To answer an invitation.
        Reply = "reply",
        /// To read one delegation's calendar feed.
        Feed = "feed",
        /// To read one interpreter's calendar feed.
        Assignments = "assignments",
    }
}
