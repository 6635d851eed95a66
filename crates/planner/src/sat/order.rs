//! Which variable to decide next: by activity (a heap) or by how lately it took part in a conflict
//! (a queue).

/// Variables by activity, the most active first.
#[derive(Default)]
pub(super) struct Heap {
    tree: Vec<u32>,
    /// Place in the heap, by variable.
    place: Vec<u32>,
    activity: Vec<f64>,
    step: f64,
}

const OUT: u32 = u32::MAX;
const DECAY: f64 = 0.95;

impl Heap {
    pub(super) fn add(&mut self) {
        if self.activity.is_empty() {
            self.step = 1.0;
        }
        let variable = self.activity.len();
        self.activity.push(0.0);
        self.place.push(OUT);
        self.insert(variable);
    }

    #[expect(clippy::cast_possible_truncation, reason = "variables are fewer than 2^31")]
    pub(super) fn insert(&mut self, variable: usize) {
        if self.place[variable] == OUT {
            self.place[variable] = self.tree.len() as u32;
            self.tree.push(variable as u32);
            self.up(self.tree.len() - 1);
        }
    }

    pub(super) fn pop(&mut self) -> Option<usize> {
        let top = *self.tree.first()? as usize;
        self.place[top] = OUT;
        let last = self.tree.pop()?;
        if !self.tree.is_empty() {
            self.tree[0] = last;
            self.place[last as usize] = 0;
            self.down(0);
        }
        Some(top)
    }

    pub(super) fn bump(&mut self, variable: usize) {
        self.activity[variable] += self.step;
        if self.activity[variable] > 1e100 {
            for activity in &mut self.activity {
                *activity *= 1e-100;
            }
            self.step *= 1e-100;
        }
        if self.place[variable] != OUT {
            self.up(self.place[variable] as usize);
        }
    }

    pub(super) fn decay(&mut self) {
        self.step /= DECAY;
    }

    fn put(&mut self, place: usize, variable: u32) {
        self.tree[place] = variable;
        self.place[variable as usize] = u32::try_from(place).unwrap_or(OUT);
    }

    fn up(&mut self, mut place: usize) {
        let variable = self.tree[place];
        let activity = self.activity[variable as usize];
        while place > 0 {
            let parent = self.tree[(place - 1) / 2];
            if self.activity[parent as usize] >= activity {
                break;
            }
            self.put(place, parent);
            place = (place - 1) / 2;
        }
        self.put(place, variable);
    }

    fn down(&mut self, mut place: usize) {
        let variable = self.tree[place];
        let activity = self.activity[variable as usize];
        loop {
            let mut child = 2 * place + 1;
            if child >= self.tree.len() {
                break;
            }
            let worth = |at: usize| self.activity[self.tree[at] as usize];
            if child + 1 < self.tree.len() && worth(child + 1) > worth(child) {
                child += 1;
            }
            if worth(child) <= activity {
                break;
            }
            let below = self.tree[child];
            self.put(place, below);
            place = child;
        }
        self.put(place, variable);
    }
}

/// Variables in the order of their last conflict, the latest last.
pub(super) struct Queue {
    links: Vec<[u32; 2]>,
    stamp: Vec<u64>,
    clock: u64,
    first: u32,
    last: u32,
    /// All after this one are assigned.
    search: u32,
}

impl Default for Queue {
    fn default() -> Self {
        let (links, stamp) = (Vec::new(), Vec::new());
        Self { links, stamp, clock: 0, first: OUT, last: OUT, search: OUT }
    }
}

impl Queue {
    pub(super) fn add(&mut self) {
        let variable = u32::try_from(self.links.len()).unwrap_or(OUT);
        self.links.push([OUT, OUT]);
        self.stamp.push(0);
        self.append(variable);
        self.search = variable;
    }

    fn append(&mut self, variable: u32) {
        self.clock += 1;
        self.stamp[variable as usize] = self.clock;
        self.links[variable as usize] = [self.last, OUT];
        if self.last == OUT {
            self.first = variable;
        } else {
            self.links[self.last as usize][1] = variable;
        }
        self.last = variable;
    }

    /// When it last moved to the end.
    pub(super) fn stamp(&self, variable: usize) -> u64 {
        self.stamp[variable]
    }

    /// To the end; a variable that is not assigned is the next to be decided.
    pub(super) fn bump(&mut self, variable: usize, assigned: bool) {
        let code = u32::try_from(variable).unwrap_or(OUT);
        if self.last == code {
            return;
        }
        let [before, after] = self.links[variable];
        if before == OUT {
            self.first = after;
        } else {
            self.links[before as usize][1] = after;
        }
        if after != OUT {
            self.links[after as usize][0] = before;
        }
        if self.search == code {
            self.search = if before == OUT { after } else { before };
        }
        self.append(code);
        if !assigned {
            self.search = code;
        }
    }

    pub(super) fn released(&mut self, variable: usize) {
        if self.search == OUT || self.stamp[variable] > self.stamp[self.search as usize] {
            self.search = u32::try_from(variable).unwrap_or(OUT);
        }
    }

    /// The latest for which `open` holds.
    pub(super) fn next(&mut self, open: impl Fn(usize) -> bool) -> Option<usize> {
        let mut at = self.search;
        while at != OUT && !open(at as usize) {
            at = self.links[at as usize][0];
        }
        if at != OUT {
            self.search = at;
        }
        (at != OUT).then_some(at as usize)
    }
}
