//! The words of mails. Each is written in its recipient's language and stored in the transaction of
//! what it tells of; [`crate::outbox`] lets it leave.

use domain::{account::Account, mail::Mail};

use crate::{chance, i18n::Messages};

/// The mail with the link and the code to sign in.
pub fn sign_in(account: &Account, address: &str, code: &str, minutes: i64) -> Mail {
    let t = Messages::of(account.lang);
    let values = [("address", address.into()), ("code", code.into()), ("minutes", minutes.into())];
    to_account(account, t.get("mail-sign-in-subject"), t.with("mail-sign-in", &values))
}

/// A mail to an account, in its language.
pub fn to_account(account: &Account, subject: String, body: String) -> Mail {
    Mail {
        id: chance::id(),
        person: Some(account.id),
        recipient: account.email.clone(),
        subject,
        body,
        lang: account.lang,
    }
}
