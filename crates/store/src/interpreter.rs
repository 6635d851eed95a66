//! Who interprets.

use domain::{EditionId, InterpreterId, interpreter::Interpreter};
use jiff::civil::Date;

use crate::noun::noun;

noun!(
    interpreter, InterpreterId, Interpreter,
    [edition_id = |v: &Interpreter| Col(v.edition), purge_on = |v: &Interpreter| Col(v.purge_on)],
    by [of_edition(edition_id: EditionId)]
);

/// Takes somebody off the roster.
pub fn delete(c: &mut Conn, id: InterpreterId) -> Result<()> {
    diesel::delete(interpreter::table.filter(interpreter::id.eq(Col(id)))).execute(c)?;
    Ok(())
}

/// Deletes everyone whose time has come; returns how many.
pub fn purge(c: &mut Conn, today: Date) -> Result<usize> {
    let over = interpreter::table.filter(interpreter::purge_on.le(Col(today)));
    Ok(diesel::delete(over).execute(c)?)
}
