//! What a log of 200,000 acts costs: appending, publishing, proving, verifying.
//!
//! `cargo bench -p register`. Tiles are kept in memory: this is the cost of the register itself, to
//! which whoever stores them adds reading and writing about three rows of up to 8 KiB.

#[expect(dead_code, reason = "the tests' log, of which a benchmark needs a part")]
#[path = "../tests/register/log.rs"]
mod log;

use std::{hint::black_box, time::Instant};

use log::{Log, ORIGIN, log_key, witness_key};
use register::{
    Hash,
    edge::Edge,
    manifest::{entry, leaf},
    mirror::audit,
    policy::Policy,
    rotation::Trust,
    tree,
    verify::verify,
    witness::{Request, Seen, consider},
};

const SIZE: u64 = 200_000;
const SALT: [u8; 32] = [9; 32];

/// Does it `times` times and prints the mean and the longest of one.
fn measure(what: &str, times: u64, mut once: impl FnMut(u64)) {
    let (whole, mut longest) = (Instant::now(), 0.0_f64);
    for index in 0..times {
        let start = Instant::now();
        once(index);
        longest = longest.max(start.elapsed().as_secs_f64());
    }
    let mean =
        whole.elapsed().as_secs_f64() * 1e6 / f64::from(u32::try_from(times).expect("sound"));
    println!("{what:<52} {mean:>10.1} us mean {:>10.1} us longest", longest * 1e6);
}

fn act(index: u64, document: &[u8]) -> String {
    let text = format!("text zh authentic {}", Hash::of(&[document]).hex());
    let time = "time 2027-05-18T09:00:00Z";
    format!("caravanserai-act/v1\nkind adopted\nobject a{index}\nrevision 1\n{text}\n{time}\n")
}

fn main() {
    let (key, document) = (log_key(1), b"a text of ours".as_slice());
    let cities = ["bishkek.example", "tianjin.example", "yulin.example"].map(witness_key);
    let mut log = Log::default();
    measure("append, full tiles kept", SIZE, |index| {
        log.append(&entry(act(index, document).as_bytes(), &SALT));
    });
    log.publish();
    let spread = |index: u64| index * 7_919 % SIZE;
    measure("proof of inclusion", 2_000, |index| {
        black_box(tree::inclusion(&mut log.reader(), spread(index), SIZE).expect("sound"));
    });
    measure("proof of consistency", 2_000, |index| {
        black_box(tree::consistency(&mut log.reader(), spread(index) + 1, SIZE).expect("sound"));
    });
    let (root, salted) = (log.edge.root(), leaf(act(spread(7), document).as_bytes(), &SALT));
    let path = tree::inclusion(&mut log.reader(), spread(7), SIZE).expect("sound");
    measure("verify inclusion", 20_000, |_| {
        tree::verify_inclusion(salted, spread(7), SIZE, &path, root).expect("sound");
    });

    let mut note = log.note(&key);
    note.signatures.extend(cities.iter().map(|city| city.sign(&note.text, 1_810_000_000)));
    let witnesses =
        [0, 1, 2].map(|number| format!("witness w{number} {}", cities[number].key())).join("\n");
    let policy = format!("log {}\n{witnesses}\ngroup all all w0 w1 w2\nquorum all\n", key.key());
    let trust = Trust::new(policy.parse::<Policy>().expect("sound"));
    let proof = log.proof(spread(7), note.clone(), Some(SALT)).to_string();
    println!("{:<52} {:>10} bytes", "proof file, three cosignatures", proof.len());
    let manifest = act(spread(7), document);
    measure("verify document, four signatures", 2_000, |_| {
        let report = verify(document, manifest.as_bytes(), proof.as_bytes(), &trust);
        assert!(report.sound());
    });
    let seen =
        Seen { size: SIZE / 2, root: tree::root(&mut log.reader(), SIZE / 2).expect("sound") };
    let path = tree::consistency(&mut log.reader(), seen.size, SIZE).expect("sound");
    let request = Request { old: seen.size, path, note };
    measure("witness considers and cosigns", 2_000, |_| {
        black_box(consider(&request, &trust, seen, &cities[0], 1_810_000_000).expect("sound"));
    });
    measure("read the right edge from tiles", 2_000, |_| {
        black_box(Edge::load(&log.store, SIZE).expect("sound"));
    });
    measure("audit every tile", 3, |_| audit(&log.store, SIZE, root).expect("sound"));
    measure("append and publish a signed checkpoint", 2_000, |index| {
        log.append(&entry(act(index, document).as_bytes(), &SALT));
        log.publish();
        black_box(log.note(&key));
    });
    println!("{ORIGIN}: {} tiles", log.store.0.len());
}
