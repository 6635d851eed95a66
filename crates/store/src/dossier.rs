//! The dossiers of texts.

use domain::{DeclarationId, EditionId, dossier::Dossier};

use crate::noun::noun;

noun!(
    dossier, DeclarationId, Dossier,
    [edition_id = |v: &Dossier| Col(v.edition)],
    by [of_edition(edition_id: EditionId)]
);
