//! Where a list of meetings wants one delegation in two places at once.

use jiff::{ToSpan, civil::DateTime};

use super::request::Asked;
use crate::{DelegationId, meeting::MeetingState};

/// Two rows in which one delegation was to be in two meetings at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    /// Whose time it is.
    pub delegation: DelegationId,
    /// The row of the earlier meeting.
    pub first: usize,
    /// The row of the other.
    pub second: usize,
}

/// Every clash of a list, for meetings of the usual length where a row says none.
pub fn clashes(asked: &[(usize, Asked)], usual: i64) -> Vec<Clash> {
    let mut timed: Vec<(DateTime, DateTime, usize, &Asked)> = asked
        .iter()
        .filter(|(_, one)| {
            !matches!(
                one.state,
                Some(MeetingState::Declined | MeetingState::Dropped | MeetingState::Withdrawn)
            )
        })
        .filter_map(|(row, one)| {
            let start = one.start?;
            let end = start.saturating_add(one.minutes.unwrap_or(usual).minutes());
            Some((start, end, *row, one))
        })
        .collect();
    timed.sort_by_key(|(start, _, row, _)| (*start, *row));
    let mut found = Vec::new();
    for (at, (_, end, first, one)) in timed.iter().enumerate() {
        for (_, _, second, other) in timed[at + 1..].iter().take_while(|later| later.0 < *end) {
            let both =
                [one.from, one.to].into_iter().filter(|d| [other.from, other.to].contains(d));
            // Several partners in one cell are for whoever reads the row to part.
            let both = both.filter(|_| first != second);
            found.extend(both.map(|delegation| Clash {
                delegation,
                first: *first,
                second: *second,
            }));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::meeting::Wish;

    fn asked((from, to, start, minutes): (u128, u128, i64, i64)) -> Asked {
        let side = |n| DelegationId(Uuid::from_u128(n));
        let start = date(2027, 5, 18).at(9, 0, 0, 0).saturating_add(start.minutes());
        Asked {
            from: side(from),
            to: side(to),
            purpose: None,
            wish: Wish::Nice,
            minutes: Some(minutes),
            state: None,
            start: Some(start),
            remark: String::new(),
        }
    }

    proptest! {
        /// What is found is what comparing every two rows minute by minute finds.
        #[test]
        fn clashes_are_those_of_every_two_rows(
            rows in prop::collection::vec((1u128..5, 5u128..8, 0i64..120, 10i64..60), 0..12),
        ) {
            let list: Vec<(usize, Asked)> = rows.iter().copied().map(asked).enumerate().collect();
            let mut found: Vec<_> = clashes(&list, 30)
                .into_iter()
                .map(|c| (c.delegation, c.first.min(c.second), c.first.max(c.second)))
                .collect();
            let mut expected = Vec::new();
            for (a, one) in rows.iter().enumerate() {
                for (b, other) in rows.iter().enumerate().skip(a + 1) {
                    let busy = |row: &(u128, u128, i64, i64), at| (row.2..row.2 + row.3).contains(&at);
                    let meets = (0..200).any(|at| busy(one, at) && busy(other, at));
                    for side in [one.0, one.1] {
                        if meets && [other.0, other.1].contains(&side) {
                            expected.push((DelegationId(Uuid::from_u128(side)), a, b));
                        }
                    }
                }
            }
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected);
        }
    }
}
