//! The register as its readers, keepers and attackers meet it.

use std::{fs, path::Path, process::Command};

use ::register::{
    Fault,
    key::{Algorithm, Signer},
    note::Note,
};
use caravanserai::{
    chance,
    i18n::Messages,
    register::{
        copy, cosign,
        guard::{self, Doubt, Held},
        key::Keyholder,
        offline, record, rotate,
        sequencer::{self, Turn, Why},
        source::Source,
        watch,
    },
};
use domain::{Lang, LeafId};
use jiff::Timestamp;

use crate::harness::{
    Persona, TestApp,
    register::{
        Folder, LEAF, OBJECT, act, ask, carried, check, english, grow, register_key, vouch, witness,
    },
};

#[test]
fn an_act_waits_is_signed_and_is_checked_without_us() {
    let app = TestApp::new();
    let id = app.write(|c| record(c, &act(1)));
    let page = format!("/register/acts/{id}");
    let waits = app.get(&page);
    assert!(waits.text().contains("signature of the register follows"), "{}", waits.text());
    assert_eq!(app.get(&format!("{page}/bundle")).status, 404);
    grow(&app, 2..4);
    let shown = app.get(&page);
    assert!(
        shown.text().contains("Unchanged since it was adopted on 18 May 2027."),
        "{}",
        shown.text()
    );
    let bundle = app.get(&format!("{page}/bundle"));
    assert_eq!(bundle.body, app.get(&format!("{page}/bundle")).body, "the same bytes each time");
    for (lang, holds) in [
        (Lang::En, "All of this holds."),
        (Lang::Ru, "Всё перечисленное подтверждено."),
        (Lang::Zh, "以上各项均成立。"),
    ] {
        let verdict = check(bundle.body.clone(), lang);
        assert!(verdict.sound, "{:?}", verdict.lines);
        assert!(verdict.lines.iter().any(|line| line == holds), "{:?}", verdict.lines);
        let unchanged = verdict.lines.iter().filter(|line| line.contains("texts/")).count();
        assert_eq!(unchanged, 3, "{:?}", verdict.lines);
    }
}

#[test]
fn a_changed_text_or_another_acts_proof_is_found_out() {
    let app = TestApp::new();
    let ids = grow(&app, 0..3);
    let file = |id: LeafId, name: &str| app.get(&format!("/register/acts/{id}/{name}")).body;
    let text = file(ids[0], "documents/zh/txt");
    let policy = app.get("/register/policy").body;
    let verify = |text: Vec<u8>, manifest: LeafId, proof: LeafId| {
        let files =
            [("zh.txt", text), ("m", file(manifest, "manifest")), ("p", file(proof, "proof"))];
        let files = files.map(|(name, bytes)| (name.to_owned(), bytes)).to_vec();
        offline::verify(Messages::of(Lang::En), files, Some(policy.clone()))
    };
    let right = verify(text.clone(), ids[0], ids[0]);
    assert!(right.sound, "{:?}", right.lines);
    let changed = String::from_utf8(text.clone()).unwrap().replace('桑', "槡").into_bytes();
    let said = verify(changed, ids[0], ids[0]);
    assert!(!said.sound && said.lines.concat().contains("not the document that was recorded"));
    let said = verify(text.clone(), ids[0], ids[1]);
    assert!(!said.sound && said.lines.concat().contains("The proof belongs to another act"));
    let said = verify(text, ids[1], ids[1]);
    assert!(!said.sound && said.lines.concat().contains("not the document that was recorded"));
}

#[test]
fn what_is_brought_incomplete_is_named() {
    let t = Messages::of(Lang::En);
    let said = |files: Vec<offline::Named>, policy: Option<&str>| {
        let verdict = offline::verify(t, files, policy.map(|p| p.as_bytes().to_vec()));
        assert!(!verdict.sound);
        verdict.lines.concat()
    };
    let manifest = ("m".to_owned(), b"caravanserai-act/v1\n".to_vec());
    let proof = ("p".to_owned(), b"c2sp.org/tlog-proof@v1\n".to_vec());
    assert!(said(vec![], None).contains("--policy"));
    assert!(said(vec![], Some("quorum none\n")).contains("manifest"));
    assert!(said(vec![manifest.clone()], Some("quorum none\n")).contains("tlog-proof"));
    let both = vec![manifest.clone(), proof.clone()];
    assert!(said(both.clone(), Some("quorum none\n")).contains("no document"));
    let twice = vec![manifest.clone(), manifest, proof];
    assert!(said(twice, Some("quorum none\n")).contains("one after the other"));
    let package = ("a.zip".to_owned(), b"PK\x03\x04broken".to_vec());
    assert!(said(vec![package], None).contains("cannot be read"));
    let whole = [both, vec![("d".to_owned(), vec![1])]].concat();
    assert!(said(whole.clone(), Some("nonsense\n")).contains("policy is damaged in line 1"));
    assert!(said(whole, Some("quorum none\n")).contains("is damaged"));
}

#[test]
fn a_tampered_tile_stops_every_signature_and_every_copy() {
    let app = TestApp::new();
    grow(&app, 0..5);
    let folder = Folder::new();
    let sound = carried(&app, &folder.at("sound"));
    copy::copy(&sound, &folder.at("copy"), None).unwrap();
    assert_eq!(copy::audit(&folder.at("copy")).unwrap().size, 6);
    app.write(|c| {
        let hashes = store::tile::get(c, 0, 0)?.expect("a tile");
        let changed = if hashes.starts_with('A') { "B" } else { "A" };
        store::tile::set(c, 0, 0, &format!("{changed}{}", &hashes[1..]))
    });
    app.write(|c| record(c, &act(9)));
    let holder = app.app.signer.as_ref().unwrap();
    let turn = sequencer::turn(&app.app.db, holder).unwrap();
    assert_eq!(turn, Turn::Refused(Why::Altered));
    let page = app.get("/register");
    assert!(page.text().contains("What is stored is not what was signed."), "{}", page.text());
    let tile = folder.at("copy/tile/0/000.p/6");
    let mut bytes = fs::read(&tile).unwrap();
    bytes[40] ^= 1;
    fs::write(&tile, bytes).unwrap();
    let error = copy::audit(&folder.at("copy")).unwrap_err();
    assert_eq!(english(&error), "A part of the register was changed (level 0, tile 0).");
}

/// Two databases signed by one key tell two stories.
#[test]
fn a_forked_log_is_declined_by_its_witness_and_its_mirror() {
    let (one, other) = (TestApp::new(), TestApp::new());
    let folder = Folder::new();
    grow(&one, 0..3);
    let shown = carried(&one, &folder.at("one"));
    let (watch, mirror) = (folder.at("watch"), folder.at("mirror"));
    ask(&one, &["city.example"]);
    vouch(&one, &shown, &watch, "city.example").unwrap();
    copy::copy(&shown, &mirror, None).unwrap();
    grow(&other, 0..7);
    let forked = carried(&other, &folder.at("other"));
    let said = "The register was rewritten: that of 8 entries does not begin with that of 4.";
    let declined = vouch(&other, &forked, &watch, "city.example").unwrap_err();
    assert!(english(&declined).starts_with(said), "{declined:#}");
    assert!(
        watch.join("evidence-8.checkpoint").exists() && watch.join("evidence-4.cosigned").exists()
    );
    let declined = copy::copy(&forked, &mirror, None).unwrap_err();
    assert!(english(&declined).starts_with(said), "{declined:#}");
    assert_eq!(copy::audit(&mirror).unwrap().size, 4, "the copy stays as it was");
}

#[test]
fn a_split_view_is_found_when_the_witnesses_answers_meet() {
    let (one, other) = (TestApp::new(), TestApp::new());
    let folder = Folder::new();
    grow(&one, 0..3);
    grow(&other, 0..3);
    ask(&one, &["a.example", "b.example"]);
    let (first, second) = (carried(&one, &folder.at("1")), carried(&other, &folder.at("2")));
    vouch(&one, &first, &folder.at("a"), "a.example").unwrap();
    fs::create_dir_all(folder.at("b")).unwrap();
    let note =
        watch::look(&second, &folder.at("b"), &witness("b.example"), None, chance::now()).unwrap();
    let answer = one.post("/register/cosignatures", &[("note", &note.to_string())]);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("两套历史") || answer.text().contains("two histories"));
    let trail = one.read(|c| store::event::of_object(c, "log", "4"));
    assert!(trail.iter().any(|line| line.verb == "forked"), "the evidence is kept");
    // What only one of the two saw is not enough for whoever asks for both.
    let page = one.get("/register");
    assert!(page.text().contains("Not enough witnesses"), "{}", page.text());
}

#[test]
fn witnesses_vouch_and_their_names_stand_in_the_proof() {
    let app = TestApp::new();
    let folder = Folder::new();
    let ids = grow(&app, 0..3);
    ask(&app, &["a.example", "b.example"]);
    let source = carried(&app, &folder.at("files"));
    vouch(&app, &source, &folder.at("a"), "a.example").unwrap();
    let bundle = |id: LeafId| app.get(&format!("/register/acts/{id}/bundle")).body;
    let few = check(bundle(ids[0]), Lang::En);
    assert!(
        !few.sound
            && few.lines.concat().contains("Fewer witnesses vouched than you ask for: a.example")
    );
    vouch(&app, &source, &folder.at("b"), "b.example").unwrap();
    let enough = check(bundle(ids[0]), Lang::En);
    assert!(enough.sound, "{:?}", enough.lines);
    let vouched = enough.lines.iter().filter(|line| line.contains("had only grown")).count();
    assert_eq!(vouched, 2);
    // Later growth does not take away what was vouched for.
    grow(&app, 3..5);
    assert!(check(bundle(ids[0]), Lang::En).sound);
    for (note, said) in [
        ("nonsense", "no signed state of a register"),
        (&*other_state(), "has never had such a state"),
        (&*source.newest().unwrap().1.to_string(), "None of the known witnesses"),
    ] {
        let answer = app.as_(Persona::Public).post("/register/cosignatures", &[("note", note)]);
        assert!(answer.status == 422 && answer.text().contains(said), "{}", answer.text());
    }
}

/// A state of this name and size by a key that nobody knows.
fn other_state() -> String {
    let stranger = Signer::new(register_key().key().name(), Algorithm::Note, [9; 32]).unwrap();
    let root = ::register::tree::leaf(b"other");
    let name = stranger.key().name();
    Note::sign(format!("{name}\n1\n{root}\n"), &stranger).unwrap().to_string()
}

#[test]
fn a_checker_in_another_language_reads_what_the_product_hands_out() {
    let app = TestApp::new();
    let folder = Folder::new();
    let ids = grow(&app, 0..300);
    ask(&app, &["a.example"]);
    let source = carried(&app, &folder.at("files"));
    vouch(&app, &source, &folder.at("a"), "a.example").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../register/tests/check.py");
    let python = |words: &[&Path]| {
        let output = Command::new("python3").arg(&root).args(words).output().expect("python3");
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let save = |name: &str, path: String| {
        let file = folder.at(name);
        fs::write(&file, app.get(&path).body).unwrap();
        file
    };
    for id in [ids[0], ids[255], ids[299]] {
        let base = format!("/register/acts/{id}");
        let text = save("text", format!("{base}/documents/ru/txt"));
        let manifest = save("manifest", format!("{base}/manifest"));
        let proof = save("proof", format!("{base}/proof"));
        let policy = save("policy", "/register/policy".to_owned());
        let (sound, said) = python(&[&text, &manifest, &proof, &policy]);
        assert!(sound && said.contains("cosigned by a.example"), "{said}");
    }
    let (sound, said) = python(&[Path::new("tiles"), &folder.at("files")]);
    assert!(sound && said.contains("301 entries"), "{said}");
    let bundle = folder.at("files/tile/entries/001.p/45");
    let mut bytes = fs::read(&bundle).unwrap();
    bytes[5] ^= 1;
    fs::write(&bundle, bytes).unwrap();
    assert!(!python(&[Path::new("tiles"), &folder.at("files")]).0);
}

#[test]
fn files_are_kept_for_ever_or_asked_for_anew() {
    let app = TestApp::new();
    grow(&app, 0..2);
    let kept = |path: &str| app.get(path).header("cache-control").to_owned();
    assert!(kept("/register/tile/0/000.p/3").contains("immutable"));
    assert!(kept("/register/tile/entries/000.p/2").contains("immutable"));
    assert_eq!(kept("/register/checkpoint"), "public, no-cache");
    for path in [
        "0/000",
        "0/000.p/4",
        "0/001.p/1",
        "1/000.p/1",
        "0/../000.p/1",
        "64/000.p/1",
        "entries/x72/x057/x594/x037/x927/935.p/1",
        "entries/000.p/0",
    ] {
        assert_eq!(app.get(&format!("/register/tile/{path}")).status, 404, "{path}");
    }
}

#[test]
fn a_key_hands_over_and_whoever_trusted_the_first_follows() {
    let app = TestApp::new();
    let folder = Folder::new();
    let before = grow(&app, 0..2);
    let source = carried(&app, &folder.at("1"));
    copy::copy(&source, &folder.at("copy"), None).unwrap();
    let old = register_key();
    let new = Signer::new(old.key().name(), Algorithm::Note, [11; 32]).unwrap();
    let stranger = Signer::new("other.example", Algorithm::Note, [12; 32]).unwrap();
    let rotated = |old: &Signer, new: &Signer| {
        app.app.db.write(|c| rotate::rotate(c, old, new, chance::now()))
    };
    assert!(rotated(&old, &stranger).unwrap_err().to_string().contains("another name"));
    assert!(rotated(&new, &old).unwrap_err().to_string().contains("not the one in force"));
    rotated(&old, &new).unwrap();
    let holder = app.app.signer.as_ref().unwrap();
    assert_eq!(sequencer::turn(&app.app.db, holder).unwrap(), Turn::Refused(Why::OtherKey));
    let turn = sequencer::turn(&app.app.db, &Keyholder::new(new)).unwrap();
    assert!(matches!(turn, Turn::Signed(_)), "{turn:?}");
    assert!(app.get("/register/rotations/1").text().starts_with("caravanserai-rotation/v1\n"));
    let source = carried(&app, &folder.at("2"));
    assert_eq!(copy::copy(&source, &folder.at("copy"), None).unwrap().size, 4);
    let bundle = app.get(&format!("/register/acts/{}/bundle", before[0])).body;
    let verdict = check(bundle, Lang::En);
    assert!(verdict.sound, "{:?}", verdict.lines);
}

#[test]
fn an_erased_act_leaves_a_number_and_nothing_else() {
    let app = TestApp::new();
    let folder = Folder::new();
    let ids = grow(&app, 0..3);
    app.write(|c| store::leaf::erase(c, ids[1]));
    let page = app.get(&format!("/register/acts/{}", ids[1]));
    assert!(page.text().contains("something was recorded"), "{}", page.text());
    for name in ["manifest", "proof", "bundle", "documents/zh/txt"] {
        assert_eq!(app.get(&format!("/register/acts/{}/{name}", ids[1])).status, 404, "{name}");
    }
    grow(&app, 3..4);
    let source = carried(&app, &folder.at("files"));
    copy::copy(&source, &folder.at("copy"), None).unwrap();
    assert_eq!(copy::audit(&folder.at("copy")).unwrap().size, 5);
    assert!(check(app.get(&format!("/register/acts/{}/bundle", ids[2])).body, Lang::En).sound);
}

#[test]
fn two_nodes_on_one_database_never_fork_the_log() {
    let app = TestApp::new();
    let nodes = [Keyholder::new(register_key()), Keyholder::new(register_key())];
    std::thread::scope(|s| {
        for node in &nodes {
            let db = app.app.db.clone();
            s.spawn(move || {
                for n in 0..20 {
                    db.write(|c| record(c, &act(n))).unwrap();
                    sequencer::turn(&db, node).unwrap();
                }
            });
        }
    });
    // The lease of whoever was last may keep the other from the rest.
    for node in &nodes {
        sequencer::turn(&app.app.db, node).unwrap();
    }
    assert_eq!(app.read(store::leaf::waiting), 0);
    let folder = Folder::new();
    let source = carried(&app, &folder.at("files"));
    copy::copy(&source, &folder.at("copy"), None).unwrap();
    assert_eq!(copy::audit(&folder.at("copy")).unwrap().size, 41);
}

#[test]
fn a_restored_register_is_silent_until_it_is_whole_again() {
    let app = TestApp::new();
    let folder = Folder::new();
    grow(&app, 0..3);
    ask(&app, &["a.example"]);
    // Waits in the copy, has its number later.
    let waiting = app.write(|c| record(c, &act(3)));
    let mut older = Vec::new();
    store::backup::write(&app.app.db, chance::now(), &mut older).unwrap();
    grow(&app, 4..9);
    let source = carried(&app, &folder.at("files"));
    vouch(&app, &source, &folder.at("a"), "a.example").unwrap();
    copy::copy(&source, &folder.at("mirror"), None).unwrap();

    let address = folder.at("restored.db").display().to_string();
    let db = store::Db::open(&address, 2).unwrap();
    let now = chance::now();
    store::backup::restore(&db, now, || Ok(std::io::Cursor::new(&older[..]))).unwrap();
    let holder = Keyholder::new(register_key());
    let turn = || sequencer::turn(&db, &holder).unwrap();
    assert!(matches!(turn(), Turn::Refused(Why::HeldBack(since)) if since == now));

    let reconcile = |held: &[Held], alone: Option<&str>| {
        db.write(|c| guard::reconcile(c, held, alone, chance::now())).unwrap()
    };
    assert_eq!(reconcile(&[], None), Err(Doubt::NobodyAsked));
    let (_, note) = source.newest().unwrap();
    let stale = Held { note: note.clone(), entries: None };
    let silent = Doubt::NotAsked(vec!["a.example".to_owned()]);
    assert_eq!(reconcile(&[stale], None), Err(silent), "the witness has to say what it holds now");
    let again = watch::again(&folder.at("a"), &witness("a.example"), later(now)).unwrap();
    let held = Held { note: again.clone(), entries: None };
    let behind = Err(Doubt::Fault(Fault::Behind { own: 4, held: 10 }));
    assert_eq!(reconcile(std::slice::from_ref(&held), None), behind, "a copy too old");
    assert!(matches!(turn(), Turn::Refused(Why::HeldBack(_))), "still silent");

    let mirror = Source::Folder(folder.at("mirror"));
    let entries = Some((4, mirror.entries(4, 10).unwrap()));
    let copied = Held { note: mirror.newest().unwrap().1, entries };
    let mut forged = copied.clone();
    forged.entries.as_mut().unwrap().1[2][7] ^= 1;
    assert!(matches!(
        reconcile(&[held.clone(), forged], None),
        Err(Doubt::Fault(Fault::Forked { .. }))
    ));
    let done = reconcile(&[held, copied], None).unwrap();
    assert_eq!((done.size, done.returned, done.unknown), (10, 6, 5));
    let known = db.read(|c| store::leaf::need(c, waiting)).unwrap();
    assert_eq!(known.number, Some(4), "what waited in the copy has the number it was given");

    db.write(|c| record(c, &act(10))).unwrap();
    assert!(matches!(turn(), Turn::Signed(_)));
    let restored = TestApp::over(db);
    let source = carried(&restored, &folder.at("again"));
    assert_eq!(copy::copy(&source, &folder.at("mirror"), None).unwrap().size, 11);
    vouch(&restored, &source, &folder.at("a"), "a.example").unwrap();
}

fn later(than: Timestamp) -> Timestamp {
    than.saturating_add(jiff::SignedDuration::from_secs(60)).expect("an instant")
}

/// A database that was copied back as a file, past every command of ours.
#[test]
fn a_key_remembers_what_it_signed() {
    let (app, older) = (TestApp::new(), TestApp::new());
    let folder = Folder::new();
    let file = folder.at("register.key");
    fs::write(&file, format!("{}\n", register_key().secret())).unwrap();
    let said = Keyholder::open(&file).unwrap_err().to_string();
    assert!(said.contains("others can read the key"), "{said}");
    let made = folder.at("made.key");
    caravanserai::register::key::make(&made, "x.example", Algorithm::Note).unwrap();
    fs::write(&made, format!("{}\n", register_key().secret())).unwrap();
    app.write(|c| record(c, &act(0)));
    let turn = sequencer::turn(&app.app.db, &Keyholder::open(&made).unwrap()).unwrap();
    assert!(matches!(turn, Turn::Signed(_)));
    older.write(|c| record(c, &act(1)));
    let turn = sequencer::turn(&older.app.db, &Keyholder::open(&made).unwrap()).unwrap();
    assert_eq!(turn, Turn::Refused(Why::Behind(Fault::Behind { own: 1, held: 2 })));
}

#[test]
fn evidence_is_labelled_kept_and_shown_to_those_taking_part() {
    let app = TestApp::new();
    let page = format!("/register/acts/{LEAF}");
    let office = app.as_(Persona::Secretariat);
    let (path, scan) = (format!("{page}/evidence"), b"%PDF-1.7 scan".as_slice());
    let nothing = office.post(&path, &[("kind", "scan")]);
    assert!(nothing.status == 422 && nothing.text().contains("Fill this in."));
    let wrong = office.upload(&path, &[("kind", "stamp")], ("file", "a.pdf", scan));
    assert_eq!(wrong.status, 422);
    let filed = office.upload(&path, &[("kind", "scan")], ("file", "../签字页.pdf", scan));
    assert_eq!(filed.location(), page);
    let shown = app.as_(Persona::FocalC).get(&page);
    let text = shown.text();
    assert!(text.contains(">签字页.pdf<") && text.contains("not checked"), "{text}");
    let hash = ::register::Hash::of(&[scan]).hex();
    assert!(text.contains(&hash));
    let address =
        text.split("href=\"").filter(|part| part.starts_with("/register/evidence/")).last();
    let address = address.and_then(|part| part.split('"').next()).unwrap().to_owned();
    assert_eq!(app.as_(Persona::FocalC).get(&address).body, scan);
    app.write(|c| store::leaf::publish(c, OBJECT));
    assert_eq!(app.get(&page).status, 200);
    assert_eq!(app.get(&address).status, 404, "hands and names are not for the public");
}

#[test]
fn cosignatures_are_refused_before_the_first_signature() {
    let app = TestApp::new();
    app.write(|c| store::log::save(c, &store::log::Log::default()));
    let said = app.write(|c| cosign::receive(c, b"x", chance::now())).unwrap_err();
    assert_eq!(said.code, "register-empty");
}
