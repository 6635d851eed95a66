//! The words of mails. Each is written in its recipient's language and stored in the transaction of
//! what it tells of; [`crate::outbox`] lets it leave.

use domain::{
    Lang, Text, account::Account, city::Origin, edition::Edition, invitation::Invitation,
    mail::Mail,
};

use crate::{chance, i18n::Messages, web::when};

/// The salutation as it opens a letter or a mail: with the mark that the language puts behind it, unless the
/// city stated one.
pub fn opening(lang: Lang, salutation: &str) -> String {
    let mark = match lang {
        Lang::Zh => "：",
        Lang::Ru => "!",
        Lang::En => ",",
        Lang::Fa => "،",
    };
    if salutation.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != ')' && c != '.') {
        salutation.to_owned()
    } else {
        format!("{salutation}{mark}")
    }
}

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

/// The mail that brings an invitation and the link to answer it, in the language of the letter.
pub fn invitation(edition: &Edition, host: &Text, letter: &Invitation, link: &str) -> Mail {
    let t = Messages::of(letter.lang);
    let values = [
        ("opening", opening(letter.lang, &letter.addressee.salutation).into()),
        ("title", edition.title.shown(letter.lang).text.into()),
        ("days", when::days(letter.lang, edition).into()),
        ("place", host.shown(letter.lang).text.into()),
        ("day", when::date(letter.lang, letter.reply_by).into()),
        ("reference", letter.reference(edition).into()),
        ("link", link.into()),
        ("initiators", signature(edition, letter.lang).into()),
    ];
    to_addressee(
        edition,
        letter,
        t.with("mail-invitation-subject", &values),
        t.with("mail-invitation", &values),
    )
}

/// The mail that asks once more for an answer.
pub fn reminder(edition: &Edition, letter: &Invitation, link: &str) -> Mail {
    let t = Messages::of(letter.lang);
    let values = [
        ("opening", opening(letter.lang, &letter.addressee.salutation).into()),
        ("title", edition.title.shown(letter.lang).text.into()),
        ("day", when::date(letter.lang, letter.reply_by).into()),
        ("reference", letter.reference(edition).into()),
        ("link", link.into()),
        ("initiators", signature(edition, letter.lang).into()),
    ];
    to_addressee(
        edition,
        letter,
        t.with("mail-reminder-subject", &values),
        t.with("mail-reminder", &values),
    )
}

/// The mail that tells somebody that they are a delegation's contact now.
pub fn contact(account: &Account, edition: &Edition, delegation: &Text, address: &str) -> Mail {
    let t = Messages::of(account.lang);
    let values = [
        ("name", account.name.as_str().into()),
        ("title", edition.title.shown(account.lang).text.into()),
        ("delegation", delegation.shown(account.lang).text.into()),
        ("email", account.email.as_str().into()),
        ("address", address.into()),
    ];
    let subject = marked(edition, t.with("mail-contact-subject", &values));
    to_account(account, subject, t.with("mail-contact", &values))
}

/// The mail that tells somebody that they stand in the roster of interpreters.
pub fn interpreter(account: &Account, edition: &Edition, address: &str) -> Mail {
    let t = Messages::of(account.lang);
    let values = [
        ("name", account.name.as_str().into()),
        ("title", edition.title.shown(account.lang).text.into()),
        ("email", account.email.as_str().into()),
        ("address", address.into()),
    ];
    let subject = marked(edition, t.with("mail-interpreter-subject", &values));
    to_account(account, subject, t.with("mail-interpreter", &values))
}

fn signature(edition: &Edition, lang: Lang) -> String {
    let lines: Vec<&str> = edition.initiators.iter().map(|i| i.shown(lang).text).collect();
    lines.join("\n")
}

/// A subject that says when all of it is an exercise.
pub fn marked(edition: &Edition, subject: String) -> String {
    match edition.origin {
        Origin::Fact => subject,
        Origin::Demonstration => format!("[演示 · УЧЕБНЫЙ · EXERCISE] {subject}"),
    }
}

fn to_addressee(edition: &Edition, letter: &Invitation, subject: String, body: String) -> Mail {
    Mail {
        id: chance::id(),
        person: None,
        recipient: letter.email.clone(),
        subject: marked(edition, subject),
        body,
        lang: letter.lang,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_salutation_keeps_its_own_mark() {
        assert_eq!(opening(Lang::Zh, "尊敬的范例明市长"), "尊敬的范例明市长：");
        assert_eq!(opening(Lang::Zh, "尊敬的范例明市长："), "尊敬的范例明市长：");
        assert_eq!(
            opening(Lang::Ru, "Уважаемый Пример Образцович"),
            "Уважаемый Пример Образцович!"
        );
        assert_eq!(opening(Lang::En, "Dear Mr Fan,"), "Dear Mr Fan,");
        assert_eq!(opening(Lang::En, ""), "");
    }
}
