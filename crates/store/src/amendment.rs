//! Amendments, from their side's draft on.

use domain::{AmendmentId, DeclarationId, proposal::Proposal};

use crate::noun::noun;

noun!(
    amendment, AmendmentId, Proposal,
    [
        dossier_id = |v: &Proposal| Col(v.declaration),
        delegation_id = |v: &Proposal| Col(v.amendment.by),
    ],
    by [of_dossier(dossier_id: DeclarationId)]
);
