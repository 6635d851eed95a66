//! Computed drafts of the programme.

use domain::{EditionId, PlanId, programme::Plan};

use crate::noun::noun;

noun!(plan, PlanId, Plan, [edition_id = |v: &Plan| Col(v.edition)], by [of_edition(edition_id: EditionId)]);

/// The newest draft of an edition.
pub fn newest(c: &mut Conn, edition: EditionId) -> Result<Option<Versioned<Plan>>> {
    let row = plan::table
        .filter(plan::edition_id.eq(Col(edition)))
        .order(plan::id.desc())
        .select((plan::version, plan::doc))
        .first::<(i32, Json<Plan>)>(c)
        .optional()?;
    Ok(row.map(versioned))
}
