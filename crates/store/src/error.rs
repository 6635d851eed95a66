//! What can go wrong between a rule and a row.

use domain::Refusal;

/// An error of the store. `Refused` carries a rule's answer through a transaction, which is then
/// rolled back.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule said no.
    #[error("refused: {}", .0.code)]
    Refused(Refusal),
    /// There is no such object.
    #[error("no such object")]
    Missing,
    /// The database answered with an error.
    #[error("database: {0}")]
    Database(#[from] diesel::result::Error),
    /// No connection could be had.
    #[error("no database connection: {0}")]
    Pool(#[from] diesel::r2d2::PoolError),
    /// A stored value cannot be read or written as JSON.
    #[error("stored value: {0}")]
    Value(#[from] serde_json::Error),
    /// The database cannot be used by this binary.
    #[error("{0}")]
    Unusable(String),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(refusal)
    }
}

impl Error {
    /// Whether the same transaction may succeed when tried again: two writers met.
    pub(crate) fn met_another_writer(&self) -> bool {
        use diesel::result::{DatabaseErrorKind::SerializationFailure, Error::DatabaseError};
        match self {
            Error::Database(DatabaseError(SerializationFailure, _)) => true,
            Error::Database(DatabaseError(_, info)) => {
                let message = info.message();
                message.contains("database is locked") || message.contains("deadlock detected")
            }
            _ => false,
        }
    }
}

/// The result of the store's functions.
pub type Result<T> = std::result::Result<T, Error>;
