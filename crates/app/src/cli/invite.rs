//! `invite`: the first account of a platform, another of its secretariat, or an office of an edition.

use clap::Args as ClapArgs;
use domain::{
    EditionId, Lang,
    access::{Grant, Role, Scope},
    account::{Account, Purpose},
    clean,
    delegation::KEEP_DAYS,
};
use jiff::{SignedDuration, Timestamp};

use super::{database::Database, serve::Public};
use crate::{chance, mailer};

const HOURS: i64 = 24;

/// `invite`
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    /// The address of the person
    email: String,
    /// The office: the secretariat's is held everywhere, the others in one edition
    #[arg(long, default_value = "secretariat",
        value_parser = ["secretariat", "host", "chair", "language_officer", "interpreter"])]
    role: String,
    /// The edition in which the office is held: its identifier, as its pages have it in their address
    #[arg(long)]
    edition: Option<EditionId>,
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
    let db = args.database.ready()?;
    let grant = office(args, &db, now)?;
    db.write(|c| {
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

/// The office asked for. One of an edition ends when the personal data of the edition is deleted.
fn office(args: &Args, db: &store::Db, now: Timestamp) -> anyhow::Result<Grant> {
    let role: Role = args.role.parse().map_err(|_| anyhow::anyhow!("{}: unknown", args.role))?;
    match (role, args.edition) {
        (Role::Secretariat, None) => {
            Ok(Grant { role, scope: Scope::Platform, from: now, until: None })
        }
        (Role::Secretariat, Some(_)) => {
            anyhow::bail!("the secretariat's office is held everywhere: leave --edition out")
        }
        (_, None) => anyhow::bail!("the office {role} is held in an edition: name it by --edition"),
        (_, Some(id)) => {
            let edition = db.read(|c| store::edition::get(c, id))?;
            let edition = edition.ok_or_else(|| anyhow::anyhow!("{id}: no such edition"))?.value;
            let keep = SignedDuration::from_hours(24 * i64::from(KEEP_DAYS));
            let until = edition.ends().saturating_add(keep)?;
            Ok(Grant { role, scope: Scope::Edition(id), from: now, until: Some(until) })
        }
    }
}
