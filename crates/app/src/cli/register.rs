//! `register`: its key, whom it asks to vouch for it, and what is done after a restore.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use ::register::{checkpoint::Checkpoint, key::Algorithm, note::Note, policy::Policy};
use anyhow::Context as _;
use clap::{Args, Subcommand};
use domain::{Lang, LeafId, event::Event};

use super::{database::Database, mirror::plainly, serve::RegisterKey};
use crate::{
    chance,
    i18n::Messages,
    register::{
        cosign, erased,
        guard::{self, Doubt, Held},
        handout, key, rotate, sequencer,
        source::Source,
        words,
    },
};

/// `register`
#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// The key that signs
    #[command(subcommand)]
    Key(Key),
    /// Show or set the witnesses: lines `witness`, `group` and `quorum` of a policy file
    Witnesses(Witnesses),
    /// Take in what a witness sent as a file
    Cosign(Cosign),
    /// Erase what an act stands for; the log goes on saying that something was recorded
    Erase(Erase),
    /// After a restore: compare with what witnesses and mirrors hold, and sign again
    Reconcile(Reconcile),
}

/// `register key`
#[derive(Debug, Subcommand)]
pub(super) enum Key {
    /// Make a key in a new file
    New(New),
    /// Hand over from the key in force to a new one of the same name
    Rotate(Rotate),
    /// Print the public part
    Show(Show),
}

/// `register key new`
#[derive(Debug, Args)]
pub(super) struct New {
    /// The file to make; keep it outside of backups of the database, and keep a copy in a safe
    file: PathBuf,
    /// The register's name for ever, such as `dialogue.example.org/register`
    #[arg(long)]
    name: String,
}

/// `register key show`
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The key's file
    file: PathBuf,
}

/// `register key rotate`
#[derive(Debug, Args)]
pub(super) struct Rotate {
    /// The file of the key in force
    old: PathBuf,
    /// The file of the new key, which is made if it is not there
    new: PathBuf,
    #[command(flatten)]
    database: Database,
}

/// `register witnesses`
#[derive(Debug, Args)]
pub(super) struct Witnesses {
    /// A file with the lines; without one, those in force are printed
    file: Option<PathBuf>,
    #[command(flatten)]
    database: Database,
}

/// `register cosign`
#[derive(Debug, Args)]
pub(super) struct Cosign {
    /// The file that the witness wrote; - for standard input
    file: PathBuf,
    #[command(flatten)]
    database: Database,
}

/// `register erase`
#[derive(Debug, Args)]
pub(super) struct Erase {
    /// The act's identifier, as its address has it
    act: LeafId,
    /// Why; kept in the trail
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    key: RegisterKey,
    #[command(flatten)]
    database: Database,
}

/// `register reconcile`
#[derive(Debug, Args)]
pub(super) struct Reconcile {
    /// States that others hold: files, folders of mirrors, or addresses
    held: Vec<String>,
    /// Ask nobody, for this reason, which is kept: no witness and no mirror was ever there
    #[arg(long)]
    alone: Option<String>,
    #[command(flatten)]
    database: Database,
}

/// Does what is asked.
pub(super) fn run(what: &What) -> anyhow::Result<()> {
    match what {
        What::Key(Key::New(args)) => {
            println!("{}", key::make(&args.file, &args.name, Algorithm::Note)?.key());
            Ok(())
        }
        What::Key(Key::Show(args)) => {
            println!("{}", key::read(&args.file)?.key());
            Ok(())
        }
        What::Key(Key::Rotate(args)) => rotate(args),
        What::Witnesses(args) => witnesses(args),
        What::Cosign(args) => cosign(args),
        What::Erase(args) => erase(args),
        What::Reconcile(args) => reconcile(args),
    }
}

fn rotate(args: &Rotate) -> anyhow::Result<()> {
    let db = args.database.ready()?;
    let old = key::read(&args.old)?;
    let new = if args.new.exists() {
        key::read(&args.new)?
    } else {
        key::make(&args.new, old.key().name(), Algorithm::Note)?
    };
    db.write(|c| rotate::rotate(c, &old, &new, chance::now()))?;
    erased::remember(&args.new, erased::known(&args.old)?)?;
    println!("{}\nServe with the new key from now on.", new.key());
    Ok(())
}

fn witnesses(args: &Witnesses) -> anyhow::Result<()> {
    let db = args.database.ready()?;
    let Some(file) = &args.file else {
        print!("{}", db.read(store::log::get)?.witnesses);
        return Ok(());
    };
    let lines =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let own = lines.lines().any(|line| line.trim_start().starts_with("log "));
    anyhow::ensure!(!own, "leave out the line `log`: this register writes its own");
    db.write(|c| {
        let mut log = store::log::get(c)?;
        let tried = store::log::Log { witnesses: lines.clone(), ..log.clone() };
        let text = handout::policy(&tried).unwrap_or_else(|| lines.clone());
        if let Err(fault) = text.parse::<Policy>() {
            return Err(store::Error::Unusable(words::fault(english(), &fault)));
        }
        log.witnesses.clone_from(&lines);
        store::log::save(c, &log)
    })?;
    println!("stored");
    Ok(())
}

fn english() -> Messages {
    Messages::of(Lang::En)
}

fn cosign(args: &Cosign) -> anyhow::Result<()> {
    let db = args.database.ready()?;
    let bytes = read(&args.file)?;
    match db.write(|c| cosign::receive(c, &bytes, chance::now()))? {
        Ok(received) => {
            println!("{} vouched for {} entries", received.names.join(", "), received.size);
            Ok(())
        }
        Err(refusal) => anyhow::bail!(english().refusal(&refusal)),
    }
}

fn erase(args: &Erase) -> anyhow::Result<()> {
    let key = args.key.path().context(
        "nothing was erased: name the register's key with --register-key. What is erased is remembered \
         beside it, so that no restore of an older copy brings the act back",
    )?;
    // Beside a file that is no key, nobody would look.
    key::read(key)?;
    let db = args.database.ready()?;
    let leaf = db.read(|c| store::leaf::need(c, args.act))?;
    erased::remember(key, [leaf.hash])?;
    db.write(|c| {
        store::leaf::erase(c, args.act)?;
        let event = Event {
            at: chance::now(),
            by: None,
            edition: None,
            noun: "leaf",
            object: args.act.to_string(),
            verb: "erased",
            detail: serde_json::json!({ "reason": args.reason }),
        };
        store::event::append(c, chance::id(), &event)
    })?;
    println!("erased; copies of the database that were taken before still hold it");
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().take(1024 * 1024).read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    fs::read(file).with_context(|| format!("cannot read {}", file.display()))
}

/// What somebody holds: one signed state, or a whole copy.
fn held(source: &str, own: u64) -> anyhow::Result<Held> {
    if Path::new(source).is_file() {
        return Ok(Held { note: Note::parse(&read(Path::new(source))?)?, entries: None });
    }
    let source: Source = source.parse()?;
    let note = match source.file("cosigned")? {
        Some(bytes) => Note::parse(&bytes)?,
        None => source.newest()?.1,
    };
    let size = Checkpoint::parse(&note.text)?.size;
    let entries = if size > own { source.entries(own, size).ok() } else { None };
    Ok(Held { note, entries: entries.map(|entries| (own, entries)) })
}

fn reconcile(args: &Reconcile) -> anyhow::Result<()> {
    let db = args.database.ready()?;
    let (own, _) = db.read(sequencer::last)?;
    let mut others = Vec::new();
    for source in &args.held {
        let held = held(source, own).map_err(plainly).with_context(|| source.clone())?;
        others.push(held);
    }
    let alone = args.alone.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    match db.write(|c| guard::reconcile(c, &others, alone, chance::now()))? {
        Ok(done) => {
            println!("the register has {} entries and may be signed again", done.size);
            if done.returned > 0 {
                println!(
                    "{} entries came back; {} of them are of acts that this database does not know",
                    done.returned, done.unknown
                );
            }
            Ok(())
        }
        Err(Doubt::Fault(fault)) => anyhow::bail!(words::fault(english(), &fault)),
        Err(Doubt::NobodyAsked) => anyhow::bail!(
            "name what a witness or a mirror holds; where nobody ever held anything, say why with --alone"
        ),
        Err(Doubt::NotAsked(names)) => anyhow::bail!(
            "these witnesses have not vouched since the restore: {}. Let them run `witness held`, and name \
             the file that it writes",
            names.join(", ")
        ),
    }
}
