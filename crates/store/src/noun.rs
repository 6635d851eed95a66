//! The shape that every noun's file shares: insert, get, save against a version, list.

/// Declares the functions of a noun stored as `(id, keys…, version, doc)`.
///
/// `noun!(topic, TopicId, Topic, [edition_id = |v| Col(v.edition)], by [of_edition(edition_id: EditionId)])`
/// gives `insert`, `get`, `need`, `save`, `all` and one list per name in `by`. Rows are listed by
/// identifier, which is the order of their making.
macro_rules! noun {
    (
        $table:ident, $id:ty, $value:ty,
        [$($key:ident = $of:expr),* $(,)?],
        by [$($list:ident($column:ident: $arg:ty)),* $(,)?]
    ) => {
        use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, RunQueryDsl};
        use domain::revision::{Saved, Versioned};
        use $crate::{column::{Col, Json}, db::Conn, error::{Error, Result}, schema::$table};

        fn versioned((version, Json(value)): (i32, Json<$value>)) -> Versioned<$value> {
            Versioned { value, version }
        }

        /// Stores a new value as version 1.
        pub fn insert(c: &mut Conn, value: &$value) -> Result<()> {
            diesel::insert_into($table::table)
                .values((
                    $table::id.eq(Col(value.id)),
                    $($table::$key.eq(($of as fn(&$value) -> _)(value)),)*
                    $table::version.eq(1),
                    $table::doc.eq(Json(value.clone())),
                ))
                .execute(c)?;
            Ok(())
        }

        /// The value of an identifier, if there is one.
        pub fn get(c: &mut Conn, id: $id) -> Result<Option<Versioned<$value>>> {
            let row = $table::table
                .filter($table::id.eq(Col(id)))
                .select(($table::version, $table::doc))
                .first::<(i32, Json<$value>)>(c)
                .optional()?;
            Ok(row.map(versioned))
        }

        /// The value of an identifier that has to be there.
        pub fn need(c: &mut Conn, id: $id) -> Result<Versioned<$value>> {
            get(c, id)?.ok_or(Error::Missing)
        }

        /// Stores a changed value, if `seen` is still its version.
        pub fn save(c: &mut Conn, value: &$value, seen: i32) -> Result<Saved<$value>> {
            let changed = diesel::update(
                $table::table
                    .filter($table::id.eq(Col(value.id)))
                    .filter($table::version.eq(seen)),
            )
            .set((
                $($table::$key.eq(($of as fn(&$value) -> _)(value)),)*
                $table::version.eq(seen + 1),
                $table::doc.eq(Json(value.clone())),
            ))
            .execute(c)?;
            if changed == 1 {
                return Ok(Saved::Stored(seen + 1));
            }
            need(c, value.id).map(Saved::Moved)
        }

        /// Every value, in the order of making.
        pub fn all(c: &mut Conn) -> Result<Vec<Versioned<$value>>> {
            let rows = $table::table
                .order($table::id)
                .select(($table::version, $table::doc))
                .load::<(i32, Json<$value>)>(c)?;
            Ok(rows.into_iter().map(versioned).collect())
        }

        $(
            /// The values that belong together by this key, in the order of making.
            pub fn $list(c: &mut Conn, key: $arg) -> Result<Vec<Versioned<$value>>> {
                let rows = $table::table
                    .filter($table::$column.eq(Col(key)))
                    .order($table::id)
                    .select(($table::version, $table::doc))
                    .load::<(i32, Json<$value>)>(c)?;
                Ok(rows.into_iter().map(versioned).collect())
            }
        )*
    };
}

pub(crate) use noun;
