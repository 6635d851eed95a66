//! `invite`: the first account of a platform, or another of its secretariat.

use clap::Args as ClapArgs;
use domain::{
    Lang,
    access::{Grant, Role, Scope},
    account::{Account, Purpose},
    clean,
};
use jiff::SignedDuration;

use super::{database::Database, serve::Public};
use crate::{chance, mailer};

const HOURS: i64 = 24;

/// `invite`
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The address of the person
    email: String,
    /// The office, held everywhere; other offices are given on the pages of an edition
    #[arg(long, default_value = "secretariat", value_parser = ["secretariat"])]
    role: String,
    /// How pages call the person; the address when not given
    #[arg(long)]
    name: Option<String>,
    /// The language of mails and pages: zh, ru or en
    #[arg(long, default_value = "zh", value_parser = ["zh", "ru", "en"])]
    lang: String,
    /// Send the link by mail too; it leaves when the platform serves
    #[arg(long)]
    mail: bool,
    #[command(flatten)]
    public: Public,
    #[command(flatten)]
    database: Database,
}

/// Makes the account unless there is one, gives the office, and prints a one-time link.
pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let refused = |r: domain::Refusal| anyhow::anyhow!("{}: {}", args.email, r.code);
    let email = clean::email(&args.email).map_err(refused)?;
    let name = clean::line(args.name.as_deref().unwrap_or(&email)).map_err(refused)?;
    let lang: Lang = args.lang.parse().unwrap_or(Lang::Zh);
    let (secret, code, now) = (chance::secret()?, chance::code()?, chance::now());
    let until = now.saturating_add(SignedDuration::from_hours(HOURS))?;
    let address = format!("{}/sign-in/{secret}", args.public.url()?);
    let grant = Grant { role: Role::Secretariat, scope: Scope::Platform, from: now, until: None };
    args.database.ready()?.write(|c| {
        let account = if let Some(account) = store::person::of_email(c, &email)? {
            account.value
        } else {
            let (email, name) = (email.clone(), name.clone());
            let account = Account { id: chance::id(), email, name, lang };
            store::person::insert(c, &account)?;
            account
        };
        let held = store::person::grants(c, account.id)?;
        if !held.iter().any(|g| g.role == grant.role && g.scope == grant.scope && g.counts(now)) {
            store::person::grant(c, chance::id(), account.id, &grant)?;
        }
        let subject = account.id.to_string();
        store::token::insert(c, &chance::hash(&secret), Purpose::Login, &subject, until)?;
        if args.mail {
            store::token::set_code(c, account.id, &chance::hash(&code), until)?;
            let mail = mailer::sign_in(&account, &address, &code, HOURS * 60);
            store::mail::enqueue(c, &mail, now)?;
        }
        Ok(())
    })?;
    println!("{address}");
    println!("The link serves once, within {HOURS} hours.");
    Ok(())
}
