//! Texts to test with.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DeclarationId, Lang, Text, UnitId,
    declaration::Authority,
    unit::{Seal, UnitKind},
};
use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::{Carrier, Labels, Landmark, Paragraph};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Words beside a text.
pub(crate) fn labels() -> Labels {
    let word = |text: &str| text.to_owned();
    Labels {
        lang: "en",
        standing: word("Revision 2"),
        seal: word("Hash"),
        stale: word("Changed since"),
        missing: word("No words yet"),
        authentic: word("authentic"),
        translation: word("translation"),
    }
}

/// A paragraph with these words.
pub(crate) fn paragraph(
    n: u128,
    kind: UnitKind,
    number: &str,
    words: &[(Lang, &str)],
) -> Paragraph {
    Paragraph {
        id: UnitId(Uuid::from_u128(n)),
        kind,
        number: (!number.is_empty()).then(|| number.to_owned()),
        words: words.iter().map(|(lang, words)| (*lang, (*words).to_owned())).collect(),
        stale: BTreeSet::new(),
    }
}

/// An adopted exercise text in four languages, two of them authentic.
pub(crate) fn carrier() -> Carrier {
    let (zh, ru, en, fa) = (Lang::Zh, Lang::Ru, Lang::En, Lang::Fa);
    let paragraphs = vec![
        paragraph(
            1,
            UnitKind::Title,
            "",
            &[(zh, "演示宣言"), (ru, "Учебная декларация"), (en, "An exercise")],
        ),
        paragraph(
            2,
            UnitKind::Preambular,
            "",
            &[
                (zh, "忆及各城市的合作，"),
                (ru, "ссылаясь на сотрудничество городов,"),
                (en, "Recalling the cooperation of cities,"),
                (fa, "با یادآوری همکاری شهرها،"),
            ],
        ),
        paragraph(3, UnitKind::Heading, "", &[(zh, "行动"), (ru, "Действия"), (en, "Action")]),
        paragraph(
            4,
            UnitKind::Operative,
            "1",
            &[
                (zh, "决定设立市长理事会，每年报告一次。"),
                (ru, "постановляют учредить Совет мэров и ежегодно представлять доклад."),
                (en, "Decide to establish a council of mayors and to report every year."),
                (fa, "تصمیم می\u{200C}گیرند شورای شهرداران را تشکیل دهند."),
            ],
        ),
        paragraph(
            5,
            UnitKind::Operative,
            "1 bis",
            &[
                (zh, "鼓励：\n（a）数字城市；\n（b）绿色交通。"),
                (ru, "рекомендуют:\na) цифровые города;\nb) «зелёный» транспорт."),
                (en, "Encourage:\n(a) digital cities;\n(b) green transport."),
            ],
        ),
        paragraph(6, UnitKind::Annex, "1", &[(zh, "附件"), (ru, "Приложение"), (en, "An annex")]),
    ];
    Carrier {
        id: DeclarationId(Uuid::from_u128(99)),
        title: Text::new(zh, "演示宣言"),
        symbol: "GMD/2027/L.1".to_owned(),
        revision: 2,
        seal: Seal::of("sample"),
        languages: BTreeMap::from([
            (zh, Authority::Authentic),
            (ru, Authority::Authentic),
            (en, Authority::Translation),
            (fa, Authority::Translation),
        ]),
        paragraphs,
        landmarks: vec![
            (Landmark::Opened, at("2027-03-01T08:00:00Z")),
            (Landmark::Gavelled, at("2027-05-18T08:55:00Z")),
            (Landmark::Adopted, at("2027-05-18T09:00:00Z")),
        ],
        exercise: true,
    }
}

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,30}",
        "[ \n<>&\"']{0,8}",
        Just("تصمیم می\u{200C}گیرند".to_owned()),
        // Hindi is no language of ours yet, but names in it are quoted.
        Just("नगर परिषद् क्\u{200D}ष श्रृ\u{200C}खला".to_owned()),
        Just("决定设立\n市长理事会".to_owned()),
    ]
}

/// Any text at all.
pub(crate) fn any_carrier() -> impl Strategy<Value = Carrier> {
    let lang = prop::sample::select(Lang::ALL.to_vec());
    let kind = prop::sample::select(UnitKind::ALL.to_vec());
    let number = prop::option::of("[1-9]{1,2}( bis)?");
    let one = (kind, number, prop::collection::btree_map(lang, any_words(), 0..5));
    (prop::collection::vec(one, 0..7), "\\PC{0,12}", any::<bool>(), 0_u32..9).prop_map(
        |(paragraphs, symbol, exercise, revision)| {
            let counted = |kind| matches!(kind, UnitKind::Operative | UnitKind::Annex);
            let numbered = |(n, (kind, number, words)): (u128, (_, Option<String>, _))| Paragraph {
                id: UnitId(Uuid::from_u128(n)),
                kind,
                number: number.filter(|_| counted(kind)),
                words,
                stale: BTreeSet::new(),
            };
            let paragraphs = (1..).zip(paragraphs).map(numbered).collect();
            Carrier { symbol, revision, paragraphs, exercise, ..carrier() }
        },
    )
}
