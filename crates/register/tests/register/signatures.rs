//! Ed25519 against the vectors of Wycheproof, keys against the examples of the specification.

use register::{
    Fault,
    key::{Algorithm, Key, Signer, verifies},
    note::Note,
};
use wycheproof::{TestResult, eddsa};

#[test]
fn all_vectors_of_wycheproof() {
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
    let mut seen = 0;
    for group in set.test_groups {
        let key: Vec<u8> = group.key.pk.to_vec();
        let key: [u8; 32] = key.try_into().unwrap();
        for test in group.tests {
            let accepted = verifies(&key, &test.msg, &test.sig);
            assert_eq!(
                accepted,
                test.result == TestResult::Valid,
                "{} {}",
                test.tc_id,
                test.comment
            );
            seen += 1;
        }
    }
    assert_eq!(seen, set.number_of_tests);
    assert!(seen >= 150, "{seen}");
}

/// Keys and commitments of small order fit several messages; lax verifiers accept them.
#[test]
fn keys_of_small_order_are_refused() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    assert!(!verifies(&neutral, b"anything", &signature));
    let name = "a".to_owned();
    assert_eq!(Key::new("a", Algorithm::Note, neutral), Err(Fault::Key { name }));
}

const EXAMPLE_KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const EXAMPLE: &str = "This is an example message.\n\n— example.com/foo \
    Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

#[test]
fn the_example_of_the_specification_holds() {
    let key: Key = EXAMPLE_KEY.parse().unwrap();
    assert_eq!((key.name(), key.id()), ("example.com/foo", 0x530d_903a));
    assert_eq!(key.to_string(), EXAMPLE_KEY);
    let note = Note::parse(EXAMPLE.as_bytes()).unwrap();
    assert_eq!(note.signed_by(&key), Ok(Some(0)));
    assert_eq!(note.to_string(), EXAMPLE);
    let other = Note::parse(EXAMPLE.replace("an example", "my example").as_bytes()).unwrap();
    assert_eq!(other.signed_by(&key), Err(Fault::Signature { name: "example.com/foo".to_owned() }));
}

#[test]
fn keys_are_read_strictly() {
    for wrong in [
        "",
        "a",
        "a+b",
        "a+530d903a+",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example com+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ] {
        assert!(wrong.parse::<Key>().is_err(), "{wrong}");
    }
    let unknown = "a+00000000+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    assert_eq!(unknown.parse::<Key>(), Err(Fault::Algorithm(6)));
}

#[test]
fn a_secret_reads_back_and_is_not_shown() {
    let signer = Signer::new("register.example", Algorithm::Note, [7; 32]).unwrap();
    let read: Signer = signer.secret().parse().unwrap();
    assert_eq!(read.key(), signer.key());
    assert_eq!(read.secret(), signer.secret());
    let shown = format!("{signer:?}");
    let secret = signer.secret();
    assert!(!shown.contains(secret.rsplit('+').next().unwrap()), "{shown}");
}
