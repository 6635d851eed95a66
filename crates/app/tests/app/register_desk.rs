//! The register by the command line and over a socket, as its keepers and other cities use it.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::{Child, Command, Output, Stdio},
    sync::Arc,
};

use ::register::manifest::Kind;
use caravanserai::register::{Act, record};
use domain::{Lang, LeafId, access::Visibility, declaration::Authority};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use uuid::Uuid;

use crate::harness::service::whole_request;

/// A folder with a database and a key, and the commands that work in it.
struct Desk(PathBuf);

impl Drop for Desk {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// A server that is ended with its test.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Desk {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("desk-{}", Uuid::now_v7().simple()));
        std::fs::create_dir(&folder).expect("a folder");
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a plain path").to_owned()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caravanserai"));
        command.args(words).env_clear().current_dir(&self.0);
        command.env("CARAVANSERAI_DATABASE", self.path("one.db"));
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the program")
    }

    fn told(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {error}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn refused(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(!output.status.success(), "{words:?}");
        let both = [output.stdout, output.stderr].concat();
        String::from_utf8(both).expect("UTF-8")
    }

    fn db(&self) -> store::Db {
        store::Db::open(&self.path("one.db"), 2).expect("a database")
    }

    fn serve(&self) -> Server {
        let words = [
            "serve",
            "--public-url",
            "https://dialogue.example.org",
            "--smtp",
            "smtp://127.0.0.1:9",
            "--mail-from",
            "a@b.org",
            "--listen",
            "127.0.0.1:0",
            "--register-key",
            "register.key",
        ];
        let mut child = self.command(&words).stderr(Stdio::piped()).spawn().expect("a server");
        let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines();
        let first = lines.next().expect("a line").expect("a line");
        std::thread::spawn(move || lines.for_each(drop));
        let address = first.split('"').find(|part| part.starts_with("127.0.0.1:"));
        let address = format!("http://{}/register", address.expect("an address"));
        Server { child, address }
    }
}

fn act(n: u32) -> Act {
    let text = |words: &str| (Authority::Authentic, format!("unit {n} title 1\n{words}\n"));
    Act {
        kind: Kind::Adopted,
        object: "a-text".to_owned(),
        revision: n,
        edition: None,
        readers: Visibility::Public,
        texts: [(Lang::Zh, text("桑城宣言")), (Lang::Ru, text("Декларация"))].into(),
        files: Vec::new(),
        hashes: Vec::new(),
        record: None,
        at: "2027-05-18T09:00:00Z".parse().expect("an instant"),
    }
}

/// Records an act and waits until the server has signed it.
fn recorded(db: &store::Db, n: u32) -> LeafId {
    let id = db.write(|c| record(c, &act(n))).expect("an act");
    while db.read(store::leaf::waiting).expect("a count") > 0 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    id
}

#[test]
fn another_city_copies_vouches_and_checks_with_nothing_but_this_program() {
    let desk = Desk::new();
    desk.told(&["migrate"]);
    let made =
        desk.told(&["register", "key", "new", "register.key", "--name", "d.example/register"]);
    assert!(made.starts_with("d.example/register+"), "{made}");
    assert_eq!(made, desk.told(&["register", "key", "show", "register.key"]));
    let again = desk.refused(&["register", "key", "new", "register.key", "--name", "x"]);
    assert!(again.contains("cannot make"), "{again}");
    let city = desk.told(&["witness", "new", "city.example", "watch"]);
    let lines = format!("witness city {city}group all all city\nquorum all\n");
    std::fs::write(desk.path("witnesses"), lines).unwrap();
    desk.told(&["register", "witnesses", "witnesses"]);
    let db = desk.db();
    let server = desk.serve();
    let id = recorded(&db, 1);
    let looked = desk.told(&["witness", "look", &server.address, "watch"]);
    assert!(looked.starts_with("vouched for 1 entries"), "{looked}");
    let copied = desk.told(&["mirror", &server.address, "copy", "--audit"]);
    assert!(copied.contains("1 entries, 1 of them new"), "{copied}");
    recorded(&db, 2);
    // The copy is carried to the city, and the city's answer is carried back.
    desk.told(&["mirror", &server.address, "copy"]);
    let carried = desk.told(&["witness", "look", "copy", "watch"]);
    assert!(carried.contains("watch/cosigned"), "{carried}");
    let taken = desk.told(&["register", "cosign", "watch/cosigned"]);
    assert_eq!(taken.trim(), "city vouched for 2 entries");
    let package = {
        let bytes = db.read(|c| {
            let leaf = store::leaf::need(c, id)?;
            caravanserai::register::bundle::bundle(c, &leaf)
        });
        bytes.unwrap().unwrap()
    };
    drop(server);
    std::fs::write(desk.path("act.zip"), package).unwrap();
    std::fs::rename(desk.path("one.db"), desk.path("gone.db")).unwrap();
    let said = desk.told(&["verify", "--lang", "ru", "act.zip", "--policy", "copy/policy"]);
    assert!(said.contains("Всё перечисленное подтверждено."), "{said}");
    let said = desk.refused(&["verify", "act.zip", "witnesses"]);
    assert!(said.contains("not the document that was recorded"), "{said}");
}

/// A proxy before the server that speaks https, and its address.
fn encrypted(plain: &str) -> String {
    let pem = include_bytes!("../data/localhost.pem");
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let key = PrivateKeyDer::from_pem_slice(pem).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(chain.expect("certificates"), key)
        .expect("a certificate and its key");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("https://{}/register", listener.local_addr().expect("an address"));
    let host = plain.split('/').nth(2).expect("a host").to_owned();
    std::thread::spawn(move || {
        for socket in listener.incoming() {
            let connection = ServerConnection::new(Arc::clone(&config)).expect("a connection");
            // Whoever does not like the certificate goes away.
            pass(StreamOwned::new(connection, socket.expect("a socket")), &host).ok();
        }
    });
    address
}

/// Hands one request on, and its answer back; like many servers, without the farewell of TLS.
fn pass(mut client: StreamOwned<ServerConnection, TcpStream>, host: &str) -> std::io::Result<()> {
    let request = whole_request(&mut client)?;
    let mut server = TcpStream::connect(host)?;
    server.write_all(&request)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    client.write_all(&answer)?;
    client.flush()
}

#[test]
fn a_register_is_copied_and_vouched_for_over_https_where_the_authority_is_known() {
    let desk = Desk::new();
    desk.told(&["migrate"]);
    desk.told(&["register", "key", "new", "register.key", "--name", "d.example/register"]);
    let city = desk.told(&["witness", "new", "city.example", "watch"]);
    let lines = format!("witness city {city}group all all city\nquorum all\n");
    std::fs::write(desk.path("witnesses"), lines).unwrap();
    desk.told(&["register", "witnesses", "witnesses"]);
    let server = desk.serve();
    recorded(&desk.db(), 1);
    let address = encrypted(&server.address);
    let (copy, look) = (["mirror", &address, "copy"], ["witness", "look", &address, "watch"]);
    for words in [&copy[..], &look] {
        let said = desk.refused(words);
        assert!(said.contains("certificate"), "{said}");
    }
    std::fs::write(desk.path("own.pem"), include_bytes!("../data/localhost.pem")).unwrap();
    let trusting = |words: &[&str]| {
        let mut command = desk.command(words);
        let done = command.env("SSL_CERT_FILE", desk.path("own.pem")).output().unwrap();
        let error = String::from_utf8_lossy(&done.stderr).into_owned();
        (String::from_utf8(done.stdout).unwrap(), error)
    };
    let (said, error) = trusting(&["mirror", &address, "copy", "--audit"]);
    assert!(said.contains("1 entries, 1 of them new"), "{error}");
    let (said, error) = trusting(&look);
    assert!(said.starts_with("vouched for 1 entries"), "{said} {error}");
}

#[test]
fn what_was_erased_stays_so_after_a_restore() {
    let desk = Desk::new();
    desk.told(&["migrate"]);
    desk.told(&["register", "key", "new", "register.key", "--name", "d.example/register"]);
    let server = desk.serve();
    let (gone, kept) = (recorded(&desk.db(), 1), recorded(&desk.db(), 2));
    drop(server);
    desk.told(&["backup", "copy.jsonl"]);
    let key = ["--register-key", "register.key"];
    let erase = ["register", "erase", &gone.to_string(), "--reason", "they asked"];
    let knows = |database: &str, id: LeafId| {
        let db = store::Db::open(&desk.path(database), 2).unwrap();
        db.read(|c| store::leaf::need(c, id)).unwrap().act.is_some()
    };
    // Without the key, or with a file that is none, nothing would remember it: so nothing is erased.
    let said = desk.refused(&erase);
    assert!(said.contains("nothing was erased: name the register's key"), "{said}");
    std::fs::write(desk.path("typo.key"), "no key\n").unwrap();
    desk.refused(&[&erase[..], &["--register-key", "typo.key"]].concat());
    desk.refused(&[&erase[..], &["--register-key", "nowhere.key"]].concat());
    assert!(knows("one.db", gone) && !std::path::Path::new(&desk.path("typo.key.erased")).exists());
    desk.told(&[&erase[..], &key].concat());
    assert!(!knows("one.db", gone));
    // The key is handed over, and the memory goes with it.
    desk.told(&["register", "key", "rotate", "register.key", "next.key"]);
    let restore = |database: &str, key: &[&str]| {
        let words = [&["restore", "copy.jsonl"], key].concat();
        let mut command = desk.command(&words);
        let done = command.env("CARAVANSERAI_DATABASE", desk.path(database)).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    assert!(restore("two.db", &key).contains("1 acts of the register were erased again"));
    assert!(!knows("two.db", gone) && knows("two.db", kept));
    restore("three.db", &["--register-key", "next.key"]);
    assert!(!knows("three.db", gone));
    // A restore without the key brings it back; no server with the key shows it.
    for name in ["one.db", "one.db-wal", "one.db-shm"] {
        std::fs::remove_file(desk.path(name)).ok();
    }
    restore("one.db", &[]);
    assert!(knows("one.db", gone));
    drop(desk.serve());
    assert!(!knows("one.db", gone) && knows("one.db", kept));
}

#[test]
fn the_doctor_tells_of_acts_that_wait_and_of_a_register_held_back() {
    let desk = Desk::new();
    desk.told(&["migrate"]);
    let doctor = |words: &[&str]| {
        let all = [&["doctor"], words].concat();
        String::from_utf8(desk.run(&all).stdout).unwrap()
    };
    assert!(doctor(&[]).contains("well    register"));
    desk.told(&["register", "key", "new", "register.key", "--name", "d.example/register"]);
    desk.db().write(|c| record(c, &act(1))).unwrap();
    assert!(doctor(&[]).contains("UNWELL  register  1 acts wait"));
    let key = ["--register-key", "register.key"];
    assert!(doctor(&key).contains("well    register  acts are signed"));
    drop((desk.serve(), recorded(&desk.db(), 2)));
    desk.told(&["backup", "copy.jsonl"]);
    for name in ["one.db", "one.db-wal", "one.db-shm"] {
        std::fs::remove_file(desk.path(name)).ok();
    }
    desk.told(&["restore", "copy.jsonl"]);
    assert!(doctor(&key).contains("UNWELL  register  The database was restored from a copy."));
    assert!(desk.refused(&["register", "reconcile"]).contains("--alone"));
    desk.told(&["register", "reconcile", "--alone", "nobody watched"]);
    assert!(doctor(&key).contains("well    register  acts are signed"));
    assert!(desk.told(&["check"]).contains("no fault"));
}
