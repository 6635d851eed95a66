//! What negotiating a text of 120 units in three languages with 800 amendments costs.
//!
//! `cargo bench -p domain`. Rules alone, without store and pages.

#[expect(dead_code, reason = "the tests' desk, of which a benchmark needs a part")]
#[path = "../tests/agree/desk.rs"]
mod desk;

use std::{hint::black_box, time::Instant};

use desk::{Desk, city, unit};
use domain::{
    AmendmentId, Lang,
    align::align,
    amendment::{Amendment, Operation, furthest_first},
    bracket::{brackets, expand},
    safety,
    token::tokens,
    unit::Manner,
};
use uuid::Uuid;

const UNITS: u8 = 120;
const AMENDMENTS: u32 = 800;

/// Does it `times` times and prints the mean of one.
fn measure(what: &str, times: u32, mut once: impl FnMut(u32)) {
    let start = Instant::now();
    (0..times).for_each(&mut once);
    let mean = start.elapsed().as_secs_f64() * 1e6 / f64::from(times);
    println!("{what:<56} {mean:>10.1} us");
}

/// About 90 words, no two units alike.
fn paragraph(lang: Lang, n: u8) -> String {
    let sentence = |i: u8| match lang {
        Lang::Zh => {
            format!("各成员城市应在第{n}阶段加强数字交通与应急管理领域的合作并于每年{i}月报告。")
        }
        Lang::Ru => {
            format!("Города на этапе {n} развивают сотрудничество и отчитываются в месяце {i}. ")
        }
        _ => format!(
            "The cities shall at stage {n} develop their cooperation and report in month {i}. "
        ),
    };
    let text: String = (1..=9).map(sentence).collect();
    text.trim_end().to_owned()
}

fn main() {
    let mut desk = Desk::new();
    for n in 1..=UNITS {
        let after = (n > 1).then(|| n - 1);
        desk.add(n, after, [&paragraph(Lang::Zh, n), &paragraph(Lang::Ru, n)]);
        let english = paragraph(Lang::En, n);
        desk.write(n, Lang::En, &english, Manner::Follows).expect("written");
    }
    let amendment = |i: u32| {
        let n = u8::try_from(i % u32::from(UNITS)).unwrap_or_default() + 1;
        let text = paragraph(Lang::Ru, n).replace("развивают", "обязуются развивать");
        let text = text.replace("в месяце 5", &format!("не позднее числа {i}"));
        let operation = Operation::Replace { unit: unit(n), text };
        let id = AmendmentId(Uuid::from_u128(u128::from(i)));
        Amendment::new(id, city(1), Lang::Ru, operation, &desk.now.text).expect("a unit")
    };
    let amendments: Vec<Amendment> = (0..AMENDMENTS).map(amendment).collect();
    let text = &desk.now.text;

    measure("hash of all languages", 200, |_| {
        black_box(text.seal());
    });
    measure("which cells are not concordant", 200, |_| {
        black_box(text.unready());
    });
    measure("order of 800 amendments", 5, |_| {
        black_box(furthest_first(&amendments, text));
    });
    let (old, new) = (paragraph(Lang::Zh, 1), paragraph(Lang::Zh, 2));
    measure("comparison of one unit, 300 Han characters", 200, |_| {
        black_box(align(&tokens(&old), &tokens(&new)));
    });
    let of_one: Vec<String> = (0..7)
        .map(|i| paragraph(Lang::Ru, 1).replace("отчитываются", &format!("сообщают {i} раз")))
        .collect();
    let rivals: Vec<&str> = of_one.iter().map(String::as_str).collect();
    let base = paragraph(Lang::Ru, 1);
    measure("brackets of one unit with 7 rivals", 50, |_| {
        let stretches = brackets(&base, &rivals, &["сотрудничество"]);
        assert_eq!(expand(&stretches, 7).as_deref(), Some(rivals[6]));
    });
    measure("safety of one unit", 200, |_| safety::check(&base, Lang::Ru).expect("safe"));
    let mut edited = desk.clone();
    measure("one edit with the voiding of a silence", 500, |i| {
        let n = u8::try_from(i % u32::from(UNITS)).unwrap_or_default() + 1;
        let words = paragraph(Lang::Ru, n).replace("месяце", &format!("месяце {i}:"));
        edited.write(n, Lang::Ru, &words, Manner::Leads).expect("written");
    });
    let now = &edited.now.text;
    measure("rebase of one amendment", 800, |i| {
        let at = usize::try_from(i).unwrap_or_default();
        black_box(amendments[at].rebased(now).expect("a unit"));
    });
}
