//! Accounts, their grants, sign-ins and one-time tokens. Only hashes of secrets are stored.

use std::collections::BTreeMap;

use domain::{
    GrantId, PersonId,
    access::{Grant, Role, Scope},
    account::Account,
};
use jiff::Timestamp;

use crate::{column::Instant, noun::noun, schema};

noun!(person, PersonId, Account, [email = |v: &Account| v.email.clone()], by []);

/// The account of an address.
pub fn of_email(c: &mut Conn, email: &str) -> Result<Option<Versioned<Account>>> {
    let row = person::table
        .filter(person::email.eq(email))
        .select((person::version, person::doc))
        .first::<(i32, Json<Account>)>(c)
        .optional()?;
    Ok(row.map(versioned))
}

/// The names of accounts, for those who may know who did what.
pub fn names(c: &mut Conn, of: &[PersonId]) -> Result<BTreeMap<PersonId, String>> {
    let wanted: Vec<Col<PersonId>> = of.iter().copied().map(Col).collect();
    let rows = person::table
        .filter(person::id.eq_any(wanted))
        .select(person::doc)
        .load::<Json<Account>>(c)?;
    Ok(rows.into_iter().map(|Json(account)| (account.id, account.name)).collect())
}

/// Gives an account a role.
pub fn grant(c: &mut Conn, id: GrantId, to: PersonId, value: &Grant) -> Result<()> {
    use schema::access_grant::dsl;
    diesel::insert_into(dsl::access_grant)
        .values((
            dsl::id.eq(Col(id)),
            dsl::person_id.eq(Col(to)),
            dsl::version.eq(1),
            dsl::doc.eq(Json(*value)),
        ))
        .execute(c)?;
    Ok(())
}

/// The grants of an account, past ones among them.
pub fn grants(c: &mut Conn, of: PersonId) -> Result<Vec<Grant>> {
    use schema::access_grant::dsl;
    let rows = dsl::access_grant
        .filter(dsl::person_id.eq(Col(of)))
        .order(dsl::id)
        .select(dsl::doc)
        .load::<Json<Grant>>(c)?;
    Ok(rows.into_iter().map(|Json(grant)| grant).collect())
}

/// Every grant with its holder: whom news concerns.
pub fn all_grants(c: &mut Conn) -> Result<Vec<(PersonId, Grant)>> {
    use schema::access_grant::dsl;
    let rows = dsl::access_grant
        .order(dsl::id)
        .select((dsl::person_id, dsl::doc))
        .load::<(Col<PersonId>, Json<Grant>)>(c)?;
    Ok(rows.into_iter().map(|(Col(person), Json(grant))| (person, grant)).collect())
}

/// A grant with its identifier and its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The grant's identifier.
    pub id: GrantId,
    /// Who holds it.
    pub account: Account,
    /// What is held.
    pub grant: Grant,
}

/// Who holds a role in exactly this scope at an instant, the longest-serving first.
pub fn holders(c: &mut Conn, role: Role, scope: Scope, now: Timestamp) -> Result<Vec<Held>> {
    let all = held_in(c, scope)?.into_iter();
    Ok(all.filter(|held| held.grant.role == role && held.grant.counts(now)).collect())
}

/// Everything that is, was or will be held in exactly this scope, the earliest given first.
pub fn held_in(c: &mut Conn, scope: Scope) -> Result<Vec<Held>> {
    use schema::access_grant;
    let rows = access_grant::table
        .inner_join(person::table)
        .order(access_grant::id)
        .select((access_grant::id, person::doc, access_grant::doc))
        .load::<(Col<GrantId>, Json<Account>, Json<Grant>)>(c)?;
    let held = rows
        .into_iter()
        .map(|(Col(id), Json(account), Json(grant))| Held { id, account, grant })
        .filter(|held| held.grant.scope == scope);
    Ok(held.collect())
}

/// Ends a grant; the row stays as a record.
pub fn end_grant(c: &mut Conn, held: &Held, now: Timestamp) -> Result<()> {
    use schema::access_grant::dsl;
    let ended = Grant { until: Some(now), ..held.grant };
    diesel::update(dsl::access_grant.filter(dsl::id.eq(Col(held.id))))
        .set((dsl::version.eq(dsl::version + 1), dsl::doc.eq(Json(ended))))
        .execute(c)?;
    Ok(())
}

/// Opens a sign-in.
pub fn sign_in(c: &mut Conn, token_hash: &str, who: PersonId, until: Timestamp) -> Result<()> {
    use schema::login::dsl;
    diesel::insert_into(dsl::login)
        .values((
            dsl::token_hash.eq(token_hash),
            dsl::person_id.eq(Col(who)),
            dsl::until.eq(Instant::from(until)),
        ))
        .execute(c)?;
    Ok(())
}

/// Who is signed in by a token.
pub fn signed_in(
    c: &mut Conn,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<Versioned<Account>>> {
    use schema::login;
    let row = login::table
        .inner_join(person::table)
        .filter(login::token_hash.eq(token_hash))
        .filter(login::until.gt(Instant::from(now)))
        .select((person::version, person::doc))
        .first::<(i32, Json<Account>)>(c)
        .optional()?;
    Ok(row.map(versioned))
}

/// Ends a sign-in.
pub fn sign_out(c: &mut Conn, token_hash: &str) -> Result<()> {
    use schema::login::dsl;
    diesel::delete(dsl::login.filter(dsl::token_hash.eq(token_hash))).execute(c)?;
    Ok(())
}
