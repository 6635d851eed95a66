//! Who fills which seat of a team: a matching of people and seats, found by augmenting paths.

/// Whether the team fills the seats one to one.
pub(crate) fn seats_filled(classes: &[Vec<usize>], seats: &[usize], team: &[usize]) -> bool {
    if seats.len() != team.len() {
        return false;
    }
    let suits =
        |class: usize| team.iter().copied().filter(|one| classes[class].contains(one)).collect();
    let options: Vec<(usize, Vec<usize>)> = seats.iter().map(|&c| (c, suits(c))).collect();
    let mut taken = Vec::new();
    (0..seats.len()).all(|seat| augment(seat, seats, &options, &mut taken, &mut Vec::new()))
}

/// Gives a seat to somebody, who may give up another for it that somebody else can take.
pub(crate) fn augment(
    seat: usize,
    seats: &[usize],
    options: &[(usize, Vec<usize>)],
    taken: &mut Vec<(usize, usize)>,
    seen: &mut Vec<usize>,
) -> bool {
    let Some((_, who)) = options.iter().find(|(class, _)| *class == seats[seat]) else {
        return false;
    };
    for &one in who {
        if seen.contains(&one) {
            continue;
        }
        seen.push(one);
        let holder = taken.iter().position(|&(other, _)| other == one);
        match holder {
            None => {
                taken.push((one, seat));
                return true;
            }
            Some(i) => {
                let other = taken[i].1;
                if augment(other, seats, options, taken, seen) {
                    taken[i].1 = seat;
                    return true;
                }
            }
        }
    }
    false
}
