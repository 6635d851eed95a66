//! Statements on texts, and what delegations say to them.

use domain::{DeclarationId, DelegationId, StatementId, statement::Statement, support::Stance};

use crate::noun::noun;

noun!(
    statement, StatementId, Statement,
    [dossier_id = |v: &Statement| Col(v.declaration)],
    by [of_dossier(dossier_id: DeclarationId)]
);

/// Records what a delegation says, in place of what it said before.
pub fn say(c: &mut Conn, to: StatementId, by: DelegationId, what: Stance) -> Result<()> {
    use crate::schema::stance::dsl;
    let own =
        dsl::stance.filter(dsl::statement_id.eq(Col(to))).filter(dsl::delegation_id.eq(Col(by)));
    diesel::delete(own).execute(c)?;
    diesel::insert_into(dsl::stance)
        .values((
            dsl::statement_id.eq(Col(to)),
            dsl::delegation_id.eq(Col(by)),
            dsl::said.eq(Col(what)),
        ))
        .execute(c)?;
    Ok(())
}

/// What was said to the statements on a text.
pub fn stances(
    c: &mut Conn,
    dossier: DeclarationId,
) -> Result<Vec<(StatementId, DelegationId, Stance)>> {
    use crate::schema::stance;
    let rows = stance::table
        .inner_join(statement::table)
        .filter(statement::dossier_id.eq(Col(dossier)))
        .order((stance::statement_id, stance::delegation_id))
        .select((stance::statement_id, stance::delegation_id, stance::said))
        .load::<(Col<StatementId>, Col<DelegationId>, Col<Stance>)>(c)?;
    Ok(rows.into_iter().map(|(Col(to), Col(by), Col(what))| (to, by, what)).collect())
}
