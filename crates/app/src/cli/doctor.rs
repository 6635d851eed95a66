//! `doctor`: one line for each thing that the platform needs of its machine.

use clap::Args as ClapArgs;
use domain::{Lang, Text, edition::Series};
use jiff::{civil, tz::TimeZone};
use store::Db;

use super::{
    database::Database,
    serve::{FontFolders, RegisterKey},
};
use crate::{
    app::Config,
    chance,
    i18n::Messages,
    outbox,
    register::{sequencer, words},
};

/// `doctor`
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    fonts: FontFolders,
    #[command(flatten)]
    key: RegisterKey,
    /// The mail server to look for, as given to serve
    #[arg(long, env = "CARAVANSERAI_SMTP", hide_env_values = true)]
    smtp: Option<String>,
    /// The sender of mails, as given to serve
    #[arg(long, env = "CARAVANSERAI_MAIL_FROM", default_value = "caravanserai@localhost")]
    mail_from: String,
}

type Found = anyhow::Result<String>;

/// Looks at everything, and fails when something is not well.
pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let db = args.database.open();
    let looked: [(&str, Found); 8] = [
        ("database", db.as_ref().map(|db| format!("{:?}", db.engine())).map_err(restate)),
        ("schema", db.as_ref().map_err(restate).and_then(schema)),
        ("writing", db.as_ref().map_err(restate).and_then(writing)),
        ("fonts", fonts(&args.fonts)),
        ("mail", mail(args)),
        ("register", db.as_ref().map_err(restate).and_then(|db| register(db, &args.key))),
        ("clock", clock()),
        ("zones", zones()),
    ];
    let mut unwell = 0;
    for (what, found) in looked {
        match found {
            Ok(words) => println!("well    {what:<9} {words}"),
            Err(error) => {
                unwell += 1;
                println!("UNWELL  {what:<9} {error:#}");
            }
        }
    }
    anyhow::ensure!(unwell == 0, "{unwell} of these need attention");
    Ok(())
}

fn restate(error: &anyhow::Error) -> anyhow::Error {
    anyhow::anyhow!("{error:#}")
}

fn schema(db: &Db) -> Found {
    let pending = db.pending()?;
    anyhow::ensure!(pending.is_empty(), "not up to date: run `caravanserai migrate`");
    Ok(db.schema()?.unwrap_or_default())
}

/// Stores a row and takes it back, so that a full disk or a read-only folder shows.
fn writing(db: &Db) -> Found {
    let probe = Series { id: chance::id(), name: Text::new(Lang::En, "doctor") };
    let tried = db.write(|c| {
        store::series::insert(c, &probe)?;
        Err::<(), _>(domain::Refusal::new("missing").into())
    });
    match tried {
        Err(store::Error::Refused(_)) => Ok("a row can be written".to_owned()),
        Err(error) => Err(error.into()),
        Ok(()) => anyhow::bail!("a refused row was stored"),
    }
}

fn fonts(folders: &FontFolders) -> Found {
    let missing = folders.find().missing(&Lang::ALL);
    let names: Vec<&str> = missing.iter().map(|lang| lang.code()).collect();
    anyhow::ensure!(
        names.is_empty(),
        "documents cannot be printed in {}: install fonts-noto-core and fonts-noto-cjk",
        names.join(", ")
    );
    Ok("every language can be printed".to_owned())
}

fn mail(args: &Args) -> Found {
    let Some(address) = &args.smtp else { return Ok("not looked for: give --smtp".to_owned()) };
    let config = Config {
        public_url: String::new(),
        demo: false,
        trusted_proxy: None,
        smtp: Some(address.clone()),
        mail_from: args.mail_from.clone(),
    };
    outbox::check(&config)?;
    anyhow::ensure!(outbox::answers(address)?, "the mail server does not answer");
    Ok("the mail server answers".to_owned())
}

/// Whether formal acts that wait can be signed.
fn register(db: &Db, key: &RegisterKey) -> Found {
    let holder = key.open()?;
    let (waiting, why) = db.read(|c| {
        let log = store::log::get(c)?;
        let why = match &holder {
            Some(holder) => {
                sequencer::may_sign(c, &log, holder.signer(), holder.seen().as_ref())?.err()
            }
            None => None,
        };
        Ok((store::leaf::waiting(c)?, why))
    })?;
    if let Some(why) = why {
        anyhow::bail!(words::why(Messages::of(Lang::En), &why));
    }
    let looked = holder.is_some();
    anyhow::ensure!(looked || waiting == 0, "{waiting} acts wait: give --register-key");
    Ok(if looked { "acts are signed" } else { "not looked for: give --register-key" }.to_owned())
}

/// A clock that was never set shows a day before this release.
fn clock() -> Found {
    let now = chance::now();
    let today = now.to_zoned(TimeZone::UTC).date();
    anyhow::ensure!(today >= civil::date(2026, 1, 1), "it is {today} here: set the clock");
    Ok(now.to_string())
}

fn zones() -> Found {
    for name in ["Asia/Shanghai", "Europe/Moscow", "Asia/Bishkek"] {
        TimeZone::get(name)?;
    }
    Ok("time zones are known".to_owned())
}
