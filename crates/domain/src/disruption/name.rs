//! Who or what a message names: in any of its languages and in every Russian case, as people call it among
//! themselves, and with a slip of the keyboard.

use super::amount::is_han;

/// What people say for cities that are called otherwise in writing, folded. Only read, never shown.
const SPOKEN: [(&str, &str); 8] = [
    ("питер", "санкт-петербург"),
    ("спб", "санкт-петербург"),
    ("екб", "екатеринбург"),
    ("владик", "владивосток"),
    ("новосиб", "новосибирск"),
    ("海参崴", "符拉迪沃斯托克"),
    ("伯力", "哈巴罗夫斯克"),
    ("彼得堡", "圣彼得堡"),
];

/// A name and how else it is said, all folded.
pub(crate) fn spoken(name: String) -> Vec<String> {
    let other = SPOKEN.iter().filter(|(_, written)| *written == name);
    let mut all: Vec<String> = other.map(|(said, _)| (*said).to_owned()).collect();
    all.extend(name.strip_prefix("saint ").map(|rest| format!("st {rest}")));
    all.extend(name.strip_prefix("st ").map(|rest| format!("saint {rest}")));
    all.push(name);
    all
}

/// All that is named, and the message without it. A name that only stands inside a longer one does not
/// count; a name that two share names nobody.
pub(super) fn mentioned<K: Copy + PartialEq>(
    said: &str,
    names: &[(K, String)],
) -> (Vec<K>, String) {
    let (mut found, mut rest) = (Vec::new(), said.to_owned());
    loop {
        let here = names.iter().filter(|(_, name)| without(&rest, name).is_some());
        let Some((id, name)) = here.max_by_key(|(_, name)| name.chars().count()) else {
            return (found, rest);
        };
        if names.iter().any(|(other, same)| other != id && same == name) {
            return (Vec::new(), said.to_owned());
        }
        rest = without(&rest, name).unwrap_or_default();
        if !found.contains(id) {
            found.push(*id);
        }
    }
}

/// The only one whose name stands there with a slip: one letter in a name of five or more, two in one of
/// nine or more, one sign in a Chinese name of four or more.
pub(crate) fn slipped<K: Copy + PartialEq>(
    said: &str,
    names: &[(K, String)],
) -> Option<(K, String)> {
    let mut found: Option<(K, String)> = None;
    for (id, name) in names {
        let Some(rest) = nearly(said, name) else { continue };
        match &found {
            Some((other, _)) if other != id => return None,
            Some(_) => {}
            None => found = Some((*id, rest)),
        }
    }
    found
}

/// The message without what is nearly the name.
fn nearly(said: &str, name: &str) -> Option<String> {
    let letters = name.chars().count();
    if name.chars().any(is_han) {
        let signs: Vec<char> = said.chars().collect();
        let name: Vec<char> = name.chars().collect();
        let differ = |window: &[char]| window.iter().zip(&name).filter(|(a, b)| a != b).count();
        let at =
            signs.windows(letters.max(1)).position(|w| differ(w) == 1).filter(|_| letters >= 4)?;
        return Some(signs[..at].iter().chain(&[' ']).chain(&signs[at + letters..]).collect());
    }
    let allowed = match letters {
        0..=4 => return None,
        5..=8 => 1,
        _ => 2,
    };
    let (words, parts) = (split(said), split(name).len());
    let near = |window: &[&str]| {
        let window = window.join(" ");
        let cut = window.char_indices().nth(letters).map_or(window.len(), |(at, _)| at);
        // A case ending may follow the name.
        distance(&window, name) <= allowed
            || (cyrillic(name) && distance(&window[..cut], name) <= 1)
    };
    let at = words.windows(parts.max(1)).position(near)?;
    Some([&words[..at], &words[at + parts..]].concat().join(" "))
}

/// Letters to put in, take out, change or swap with the next one (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: [Vec<usize>; 3] = [Vec::new(), Vec::new(), (0..=b.len()).collect()];
    for i in 1..=a.len() {
        rows.rotate_left(1);
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[0][j - 2] + 1);
            }
            row.push(least);
        }
        rows[2] = row;
    }
    rows[2][b.len()]
}

/// The message without a name that stands in it, in any of its cases.
fn without(said: &str, name: &str) -> Option<String> {
    if name.chars().any(is_han) {
        return said.contains(name).then(|| said.replace(name, " "));
    }
    let (words, parts): (Vec<&str>, Vec<&str>) = (split(said), split(name));
    if parts.is_empty() {
        return None;
    }
    let at = words
        .windows(parts.len())
        .position(|window| window.iter().zip(&parts).all(|(word, part)| declined(word, part)))?;
    let rest = words[..at].iter().chain(&words[at + parts.len()..]);
    // Amounts such as 2.5 are kept whole.
    Some(rest.copied().collect::<Vec<_>>().join(" "))
}

fn split(text: &str) -> Vec<&str> {
    let apart = |c: char| c.is_whitespace() || "\"«»“”()!?;".contains(c);
    text.split(apart)
        .map(|word| word.trim_matches(['.', ',', ':', '\'', '’', '‘']))
        .map(|word| word.strip_suffix("'s").unwrap_or(word))
        .filter(|word| !word.is_empty())
        .collect()
}

fn cyrillic(name: &str) -> bool {
    name.chars().all(|c| ('а'..='я').contains(&c) || c == '-')
}

/// Whether a word is a name's word in any Russian case; elsewhere words stand as they are.
fn declined(word: &str, name: &str) -> bool {
    if word == name {
        return true;
    }
    let stem = name.trim_end_matches(['а', 'я', 'о', 'е', 'ь', 'й', 'ы', 'и']);
    let length = stem.chars().count();
    let ending = word.strip_prefix(stem).map(|ending| ending.chars().count());
    cyrillic(name) && length >= 2 && ending.is_some_and(|n| n <= length.min(3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all() -> Vec<(u8, String)> {
        let names =
            ["бишкек", "bishkek", "比什凯克", "ош", "osh", "пекин", "пенза", "saint petersburg"];
        let id = [1, 1, 1, 2, 2, 3, 4, 5];
        id.into_iter()
            .zip(names)
            .flat_map(|(id, name)| spoken(name.to_owned()).into_iter().map(move |name| (id, name)))
            .collect()
    }

    #[test]
    fn one_slip_is_forgiven_and_short_names_are_taken_as_they_stand() {
        let one = |said| slipped(said, &all()).map(|(id, _)| id);
        for said in [
            "biskek lands late",
            "бишкк опаздывает",
            "比斯凯克晚到",
            "bihskek is late",
            "у бишкёка",
        ] {
            assert_eq!(one(said), Some(1), "{said}");
        }
        assert_eq!(one("ошш опаздывает"), None);
        assert_eq!(one("пенкин"), Some(3), "one letter too many");
        assert_eq!(one("比什"), None);
        assert_eq!(mentioned("st petersburg and osh", &all()).0, [5, 2]);
    }

    proptest! {
        #[test]
        fn a_distance_is_one_after_any_change(word in "[а-я]{5,12}", at in 0..5_usize, new in "[a-z]") {
            let mut changed: Vec<char> = word.chars().collect();
            changed[at] = new.chars().next().unwrap_or('x');
            let changed: String = changed.into_iter().collect();
            prop_assert_eq!(distance(&word, &changed), 1);
            prop_assert_eq!(distance(&word, &word), 0);
        }
    }
}
