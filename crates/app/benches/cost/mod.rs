//! What something costs this process: CPU by Linux's scheduler, time by the clock, and statements.

use std::{fmt, fs, time::Instant};

/// A cost, whole or shared among repetitions.
pub(crate) struct Cost {
    cpu: f64,
    elapsed: f64,
    statements: f64,
}

impl Cost {
    /// What it costs to do something so often, each time.
    pub(crate) fn of_each(times: u32, act: impl FnMut(u32)) -> Self {
        let (cpu, wall, statements) = (cpu_ms(), Instant::now(), store::statements());
        (0..times).for_each(act);
        let sent = u32::try_from(store::statements() - statements).unwrap_or(u32::MAX);
        let times = f64::from(times.max(1));
        let elapsed = wall.elapsed().as_secs_f64() * 1e3 / times;
        Cost { cpu: (cpu_ms() - cpu) / times, elapsed, statements: f64::from(sent) / times }
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cost { cpu, elapsed, statements } = self;
        write!(f, "{cpu:.3} ms CPU, {elapsed:.3} ms elapsed, {statements:.1} statements")
    }
}

/// CPU time of this process in milliseconds.
fn cpu_ms() -> f64 {
    let nanoseconds = |task: fs::DirEntry| -> Option<f64> {
        let stat = fs::read_to_string(task.path().join("schedstat")).ok()?;
        stat.split(' ').next()?.parse().ok()
    };
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    tasks.filter_map(nanoseconds).sum::<f64>() / 1e6
}
