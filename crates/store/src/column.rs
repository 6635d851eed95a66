//! How a domain value becomes a column, so that `domain` never names Diesel.

use std::{
    fmt::{Debug, Display, Write as _},
    io::Write as _,
    str::FromStr,
};

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    pg::Pg,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{BigInt, Text},
    sqlite::Sqlite,
};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::db::MultiBackend;

/// A value that is stored as it is displayed: identifiers, codes, dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Col<T: Debug>(pub T);

/// A value that is stored as JSON.
#[derive(Clone, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Json<T: Debug>(pub T);

/// An instant, stored as microseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Instant(pub i64);

impl From<Timestamp> for Instant {
    fn from(at: Timestamp) -> Self {
        Self(at.as_microsecond())
    }
}

impl Instant {
    /// The instant; the epoch for a number that no clock can show.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

impl<T: FromStr + Debug, DB: Backend> FromSql<Text, DB> for Col<T>
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let text = String::from_sql(bytes)?;
        text.parse().map(Col).map_err(|_| format!("cannot read the stored value {text:?}").into())
    }
}

impl<T: DeserializeOwned + Debug, DB: Backend> FromSql<Text, DB> for Json<T>
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Json(serde_json::from_str(&String::from_sql(bytes)?)?))
    }
}

impl<DB: Backend> FromSql<BigInt, DB> for Instant
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(bytes).map(Instant)
    }
}

/// Diesel asks for each engine and for their union; the text is the same everywhere.
macro_rules! as_text {
    ($wrapper:ident, $bound:path, $render:expr) => {
        impl<T: $bound + Debug> ToSql<Text, Sqlite> for $wrapper<T> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                let render: fn(&T) -> Result<String, Box<dyn std::error::Error + Send + Sync>> =
                    $render;
                out.set_value(render(&self.0)?);
                Ok(IsNull::No)
            }
        }

        impl<T: $bound + Debug> ToSql<Text, Pg> for $wrapper<T> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                let render: fn(&T) -> Result<String, Box<dyn std::error::Error + Send + Sync>> =
                    $render;
                out.write_all(render(&self.0)?.as_bytes())?;
                Ok(IsNull::No)
            }
        }

        impl<T: $bound + Debug + Send + Sync + 'static> ToSql<Text, MultiBackend> for $wrapper<T> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((Text, self));
                Ok(IsNull::No)
            }
        }
    };
}

as_text!(Col, Display, |value| {
    let mut text = String::new();
    write!(text, "{value}")?;
    Ok(text)
});
as_text!(Json, Serialize, |value| Ok(serde_json::to_string(value)?));

impl ToSql<BigInt, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0);
        Ok(IsNull::No)
    }
}

impl ToSql<BigInt, Pg> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <i64 as ToSql<BigInt, Pg>>::to_sql(&self.0, out)
    }
}

impl ToSql<BigInt, MultiBackend> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((BigInt, self));
        Ok(IsNull::No)
    }
}
