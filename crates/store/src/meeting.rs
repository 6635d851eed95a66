//! Bilateral meetings.

use domain::{EditionId, MeetingId, meeting::Meeting};

use crate::noun::noun;

noun!(
    meeting, MeetingId, Meeting,
    [
        edition_id = |v: &Meeting| Col(v.edition),
        from_id = |v: &Meeting| Col(v.from),
        to_id = |v: &Meeting| Col(v.to),
    ],
    by [of_edition(edition_id: EditionId)]
);
