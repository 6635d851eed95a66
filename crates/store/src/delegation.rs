//! Delegations.

use domain::{
    DelegationId, EditionId,
    delegation::{Delegation, Party},
};

use crate::noun::noun;

noun!(
    delegation, DelegationId, Delegation,
    [
        edition_id = |v: &Delegation| Col(v.edition),
        city_id = city_of,
        body_id = body_of,
    ],
    by [of_edition(edition_id: EditionId)]
);

fn city_of(delegation: &Delegation) -> Option<Col<domain::CityId>> {
    match delegation.party {
        Party::City(id) => Some(Col(id)),
        Party::Body(_) => None,
    }
}

fn body_of(delegation: &Delegation) -> Option<Col<domain::BodyId>> {
    match delegation.party {
        Party::Body(id) => Some(Col(id)),
        Party::City(_) => None,
    }
}
