//! From an act to a proof in a stranger's hand: witnesses, policies, hand-overs, and every way in
//! which a proof can fail.

use register::{
    Fault, Hash, Part,
    key::{Algorithm, Key, Signer},
    manifest::{Document, Kind, Manifest, Role, entry, leaf},
    note::Note,
    policy::Policy,
    proof::Proof,
    rotation::{Rotation, Trust},
    tree,
    verify::{Fact, verify},
    witness::{Declined, Request, Seen, consider},
};

use crate::log::{Log, ORIGIN, log_key, witness_key};

const SALT: [u8; 32] = [9; 32];
const TIME: u64 = 1_810_000_000;

pub(crate) fn document() -> &'static [u8] {
    "演示文本\n1. 双方将每年报告进展。\n".as_bytes()
}

pub(crate) fn act() -> Vec<u8> {
    let text = |lang: &str, role| Document::Text { lang: lang.to_owned(), role };
    let file = Document::File { lang: "zh".to_owned(), format: "pdf".to_owned() };
    let manifest = Manifest {
        kind: Kind::Adopted,
        object: "0198c5a2".to_owned(),
        revision: 7,
        documents: vec![
            (text("zh", Role::Authentic), Hash::of(&[document()])),
            (text("ru", Role::Authentic), Hash::of(&[b"ru"])),
            (text("en", Role::Translation), Hash::of(&[b"en"])),
            (file, Hash::of(&[b"pdf"])),
        ],
        record: Some(Hash::of(&[b"record"])),
        time: "2027-05-18T09:00:00Z".to_owned(),
    };
    manifest.checked().expect("sound").to_string().into_bytes()
}

/// A log of 40 entries, the act among them.
fn log() -> Log {
    let mut log = Log::of(20);
    log.append(&entry(&act(), &SALT));
    (21..40).for_each(|index| log.append(&crate::log::entry(index)));
    log.publish();
    log
}

/// The proof of the act, cosigned by three cities.
fn proof() -> Proof {
    let mut note = log().note(&log_key(1));
    for name in ["bishkek.example", "tianjin.example", "yulin.example"] {
        note.signatures.push(witness_key(name).sign(&note.text, TIME));
    }
    log().proof(20, note, Some(SALT))
}

pub(crate) fn recorded() -> Vec<u8> {
    proof().to_string().into_bytes()
}

pub(crate) fn policy(quorum: &str) -> String {
    let cities = [("kg", "bishkek.example"), ("cn1", "tianjin.example"), ("cn2", "yulin.example")];
    let witnesses = cities
        .map(|(name, key)| format!("witness {name} {} https://{key}/", witness_key(key).key()));
    format!("# An exercise.\nlog {}\n{}\n{quorum}", log_key(1).key(), witnesses.join("\n"))
}

/// All three witnesses are asked for.
pub(crate) fn trust() -> Trust {
    Trust::new(policy("group all all kg cn1 cn2\nquorum all\n").parse().expect("sound"))
}

/// Two countries are asked for, one witness of each.
fn countries() -> Trust {
    Trust::new(
        policy("group cn any cn1 cn2\ngroup two 2 cn kg\nquorum two\n").parse().expect("sound"),
    )
}

fn fault(proof: &Proof, trust: &Trust) -> Option<Fault> {
    verify(document(), &act(), proof.to_string().as_bytes(), trust).fault
}

#[test]
fn a_recorded_act_gives_plain_facts() {
    let report = verify(document(), &act(), &recorded(), &trust());
    let witnessed = |name: &str| Fact::Witnessed { name: name.to_owned(), time: TIME };
    let text = Document::Text { lang: "zh".to_owned(), role: Role::Authentic };
    let facts = vec![
        Fact::Signed { origin: ORIGIN.to_owned(), size: 40, key: log_key(1).key().id() },
        witnessed("kg"),
        witnessed("cn1"),
        witnessed("cn2"),
        Fact::Enough,
        Fact::Recorded { index: 20 },
        Fact::Act {
            kind: Kind::Adopted,
            object: "0198c5a2".to_owned(),
            revision: 7,
            time: "2027-05-18T09:00:00Z".to_owned(),
        },
        Fact::Unchanged(text),
    ];
    assert_eq!((report.facts, report.fault), (facts, None));
}

/// A manifest that is not in the log is not believed, whatever document it names.
#[test]
fn nothing_is_told_of_an_act_that_was_not_recorded() {
    let forged = String::from_utf8(act()).unwrap().replace("adopted", "instrument");
    let report = verify(document(), forged.as_bytes(), &recorded(), &trust());
    assert_eq!(report.fault, Some(Fault::Inclusion));
    assert_eq!(report.facts.last(), Some(&Fact::Enough));
}

#[test]
fn witnesses_of_two_countries_are_enough_and_of_one_are_not() {
    let mut some = proof();
    some.note.signatures.remove(3);
    assert_eq!(fault(&some, &countries()), None);
    some.note.signatures.remove(1);
    let cosigned = vec!["cn1".to_owned()];
    assert_eq!(fault(&some, &countries()), Some(Fault::Quorum { cosigned }));
    let none = Trust::new(policy("quorum none").parse().unwrap());
    assert_eq!(fault(&some, &none), None);
}

#[test]
fn a_proof_fails_for_a_reason() {
    let mut elsewhere = proof();
    elsewhere.index = 21;
    assert_eq!(fault(&elsewhere, &trust()), Some(Fault::Inclusion));
    let mut other = proof();
    other.path = log().proof(3, other.note.clone(), None).path;
    assert_eq!(fault(&other, &trust()), Some(Fault::Inclusion));
    let mut salted = proof();
    salted.extra = Some(vec![8; 32]);
    assert_eq!(fault(&salted, &trust()), Some(Fault::Inclusion));
    for extra in [None, Some(vec![]), Some(vec![9; 31])] {
        let erased = Proof { extra, ..proof() };
        assert_eq!(fault(&erased, &trust()), Some(Fault::NoSalt));
    }
    let mut unsigned = proof();
    unsigned.note.signatures.remove(0);
    let origin = ORIGIN.to_owned();
    assert_eq!(fault(&unsigned, &trust()), Some(Fault::Unsigned { origin, size: 40 }));
    let stranger = Signer::new("other.example", Algorithm::Note, [1; 32]).unwrap();
    let elsewhere =
        policy("quorum none").replace(&log_key(1).key().to_string(), &stranger.key().to_string());
    let elsewhere = Trust::new(elsewhere.parse().unwrap());
    let origin = ORIGIN.to_owned();
    assert_eq!(fault(&proof(), &elsewhere), Some(Fault::UnknownLog { origin }));
}

#[test]
fn an_erased_salt_leaves_nothing_to_guess_by() {
    // Without the salt, even the right manifest does not lead to the entry.
    let guess = leaf(&act(), &[0; 32]);
    assert_eq!(proof().holds(guess), Err(Fault::Inclusion));
    assert_eq!(proof().holds(leaf(&act(), &SALT)), Ok(()));
}

fn request(old: u64, log: &Log, signer: &Signer) -> Request {
    let path = tree::consistency(&mut log.reader(), old, log.edge.size()).expect("sound");
    Request { old, path, note: log.note(signer) }
}

#[test]
fn a_witness_vouches_for_growth_alone() {
    let (small, large, signer) = (Log::of(20), Log::of(30), witness_key("kg"));
    let ask = |request: &Request, seen| consider(request, &trust(), seen, &signer, TIME);
    let (seen, _) = ask(&request(0, &small, &log_key(1)), Seen::default()).unwrap();
    assert_eq!(seen, Seen { size: 20, root: small.edge.root() });

    let grown = request(20, &large, &log_key(1));
    let (after, signature) = ask(&grown, seen).unwrap();
    assert_eq!(after, Seen { size: 30, root: large.edge.root() });
    assert_eq!(signer.key().check(&grown.note.text, &signature), Ok(TIME));
    assert_eq!(Request::parse(grown.to_string().as_bytes()), Ok(grown.clone()));
    // Asked again for what it has seen, it signs again.
    let again = Request { old: 30, path: vec![], note: large.note(&log_key(1)) };
    assert_eq!(ask(&again, after).unwrap().0, after);

    assert_eq!(ask(&grown, after), Err(Declined::Conflict { held: 30 }));
    let back = Request { old: 30, path: vec![], note: small.note(&log_key(1)) };
    let sizes = Fault::Sizes { old: 30, new: 20 };
    assert_eq!(ask(&back, after), Err(Declined::Malformed(sizes)));
    let mut forked = Log::of(19);
    (0..11).for_each(|index| forked.append(&[index]));
    forked.publish();
    let fork = Fault::Forked { old: 20, new: 30 };
    let lie = ask(&request(20, &forked, &log_key(1)), seen);
    assert_eq!(lie, Err(Declined::Inconsistent(fork)));
    let origin = ORIGIN.to_owned();
    let unsigned = ask(&request(20, &large, &log_key(2)), seen);
    assert_eq!(unsigned, Err(Declined::Forbidden(Fault::Unsigned { origin, size: 30 })));
    let mut spoilt = grown.clone();
    spoilt.note.signatures[0].bytes[7] ^= 1;
    let name = ORIGIN.to_owned();
    assert_eq!(ask(&spoilt, seen), Err(Declined::Forbidden(Fault::Signature { name })));
    let statuses = [Declined::Conflict { held: 1 }.status(), lie.unwrap_err().status()];
    assert_eq!(statuses, [409, 422]);
}

#[test]
fn a_key_hands_over_once_and_at_one_place() {
    let (old, new, thief) = (log_key(1), log_key(2), log_key(3));
    let rotation = Rotation::new(40, &old, &new).unwrap();
    assert_eq!(Rotation::parse(rotation.to_string().as_bytes()), Ok(rotation.clone()));
    let mut trust = trust();
    trust.rotate(&rotation).unwrap();
    let keys = |size| trust.keys(ORIGIN, size).unwrap().len();
    assert_eq!((keys(39), keys(40), keys(41)), (1, 2, 1));
    let sign = |size, signer| {
        let note = Log::of(size).note(signer);
        trust.signed(&note, ORIGIN, size).map(Key::id)
    };
    assert_eq!(sign(39, &old), Ok(old.key().id()));
    assert_eq!(sign(41, &new), Ok(new.key().id()));
    for (size, signer) in [(41, &old), (39, &new), (40, &thief)] {
        let origin = ORIGIN.to_owned();
        assert_eq!(sign(size, signer), Err(Fault::Unsigned { origin, size }));
    }
    let refused = |size| Err(Fault::Rotation { name: ORIGIN.to_owned(), size });
    // Twice, by a stranger, back to the old key, or before its own term.
    for (size, from, to) in
        [(50, &old, &thief), (50, &thief, &log_key(4)), (50, &new, &old), (39, &new, &thief)]
    {
        let rotation = Rotation::new(size, from, to).unwrap();
        assert_eq!(trust.clone().rotate(&rotation), refused(size));
    }
    trust.clone().rotate(&Rotation::new(50, &new, &thief).unwrap()).unwrap();
    let mut half = Note::parse(rotation.to_string().as_bytes()).unwrap();
    half.signatures.pop();
    assert!(Rotation::parse(half.to_string().as_bytes()).is_err());
    let elsewhere = Signer::new("other.example", Algorithm::Note, [5; 32]).unwrap();
    assert!(Rotation::new(40, &old, &elsewhere).is_err());
    assert!(Rotation::new(40, &old, &old).is_err());
}

#[test]
fn policies_are_read_strictly() {
    let good = policy("group cn any cn1 cn2\n group two\t2 cn kg \n\n # end\nquorum two");
    let read: Policy = good.parse().unwrap();
    assert_eq!((read.logs().len(), read.witnesses().len()), (1, 3));
    let log = log_key(1).key().to_string();
    for quorum in [
        "",
        "quorum nobody",
        "quorum kg\nquorum kg",
        "quorum kg cn1",
        "group none any kg\nquorum kg",
        "group kg any cn1\nquorum kg",
        "group g 0 kg\nquorum g",
        "group g 2 kg\nquorum g",
        "group g 01 kg\nquorum g",
        "group g all\nquorum g",
        "group g any later\ngroup later any kg\nquorum g",
        "group g any kg kg\nquorum g",
        "group g any kg\ngroup h any kg\nquorum g",
        "group g any none\nquorum g",
        "quorum none\r\n",
        "sign none\nquorum none",
        &format!("log {log}\nquorum none"),
        &format!("witness w {log}\nquorum none"),
        &format!("log {}\nquorum none", witness_key("w").key()),
        "witness w example+0+0\nquorum none",
        "witness w\nquorum none",
    ] {
        assert!(policy(quorum).parse::<Policy>().is_err(), "{quorum}");
    }
}

#[test]
fn manifests_are_read_strictly() {
    let good = String::from_utf8(act()).unwrap();
    assert_eq!(good.parse::<Manifest>().unwrap().to_string(), good);
    let wrong = |from: &str, to: &str, line| {
        assert!(good.contains(from), "{from}");
        let read = good.replacen(from, to, 1).parse::<Manifest>();
        assert_eq!(read, Err(Fault::Form { part: Part::Manifest, line }), "{to}");
    };
    wrong("act/v1", "act/v2", 1);
    wrong("adopted", "Adopted", 2);
    wrong("0198c5a2", "../0198", 3);
    wrong("revision 7", "revision 07", 4);
    wrong("text ru", "text en", 6);
    wrong("text en translation", "text en Translation", 5);
    wrong("text en", "text  en", 5);
    wrong("file zh pdf", "file zh p/f", 8);
    wrong("record ", "record f", 9);
    wrong("05-18T09", "13-18T09", 10);
    wrong("09:00:00Z", "24:00:00Z", 10);
    wrong("09:00:00Z\n", "09:00:00Z\n\n", 11);
    wrong("09:00:00Z\n", "09:00:00Z", 0);
    wrong("act/v1\n", "act/v1\r\n", 0);
    let bad = Manifest { object: "a b".to_owned(), ..good.parse().unwrap() };
    assert!(bad.checked().is_err());
}
