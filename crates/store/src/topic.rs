//! Proposed topics and who supports them.

use domain::{DelegationId, EditionId, TopicId, topic::Topic};
use jiff::Timestamp;

use crate::{column::Instant, noun::noun};

noun!(
    topic, TopicId, Topic,
    [edition_id = |v: &Topic| Col(v.edition)],
    by [of_edition(edition_id: EditionId)]
);

/// Records that a delegation supports a topic; `false` when it did already.
pub fn support(c: &mut Conn, topic: TopicId, by: DelegationId, at: Timestamp) -> Result<bool> {
    use crate::schema::topic_support::dsl;
    let mine = dsl::topic_support
        .filter(dsl::topic_id.eq(Col(topic)))
        .filter(dsl::delegation_id.eq(Col(by)));
    if mine.count().get_result::<i64>(c)? > 0 {
        return Ok(false);
    }
    diesel::insert_into(dsl::topic_support)
        .values((
            dsl::topic_id.eq(Col(topic)),
            dsl::delegation_id.eq(Col(by)),
            dsl::at.eq(Instant::from(at)),
        ))
        .execute(c)?;
    Ok(true)
}

/// Takes a support back.
pub fn unsupport(c: &mut Conn, topic: TopicId, by: DelegationId) -> Result<()> {
    use crate::schema::topic_support::dsl;
    let mine = dsl::topic_support
        .filter(dsl::topic_id.eq(Col(topic)))
        .filter(dsl::delegation_id.eq(Col(by)));
    diesel::delete(mine).execute(c)?;
    Ok(())
}

/// Who supports which topic of an edition.
pub fn supports(c: &mut Conn, edition: EditionId) -> Result<Vec<(TopicId, DelegationId)>> {
    use crate::schema::topic_support;
    let rows = topic_support::table
        .inner_join(topic::table)
        .filter(topic::edition_id.eq(Col(edition)))
        .order((topic_support::topic_id, topic_support::delegation_id))
        .select((topic_support::topic_id, topic_support::delegation_id))
        .load::<(Col<TopicId>, Col<DelegationId>)>(c)?;
    Ok(rows.into_iter().map(|(Col(topic), Col(by))| (topic, by)).collect())
}
