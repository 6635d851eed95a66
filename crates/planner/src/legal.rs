//! Whether one exact spot keeps all rules beside what is placed.

use crate::{
    bits::Bits,
    insert::Finder,
    spec::Slot,
    state::{Spot, State},
    team::{is_free, seats_filled},
};

impl Finder {
    /// The spot, when it is legal as it stands.
    pub(crate) fn exactly(
        &mut self,
        state: &State<'_>,
        task: usize,
        start: Slot,
        hall: usize,
        team: &[usize],
    ) -> Option<Spot> {
        let it = &state.model.tasks[task];
        if start >= state.model.slots {
            return None;
        }
        let place = it.places.iter().find(|place| place.halls.contains(&hall))?;
        let mut within = Bits::empty(state.model.slots);
        within.add(start);
        if !self.time_and_hall(state, task, place, &within, hall) {
            return None;
        }
        let right = match &it.pinned_team {
            Some(pinned) => pinned == team,
            None => it.teams.iter().any(|seats| seats_filled(&state.model.classes, seats, team)),
        };
        let free = team.iter().all(|&one| is_free(state, it, one, start, place.site));
        (right && free).then(|| Spot { start, hall, team: team.to_vec() })
    }
}
