//! Commitments.

use domain::{CommitmentId, DeclarationId, EditionId, commitment::Commitment};

use crate::noun::noun;

noun!(
    commitment, CommitmentId, Commitment,
    [
        edition_id = |v: &Commitment| Col(v.edition),
        dossier_id = |v: &Commitment| Col(v.clause.dossier),
    ],
    by [of_edition(edition_id: EditionId), of_dossier(dossier_id: DeclarationId)]
);
