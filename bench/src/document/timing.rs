//! Times of two or more ways to do the same thing, taken in turns so that a busy machine hits all of them, and in the time
//! that the processor spent on this thread, so that others who want it do not count.

use cpu_time::ThreadTime;

/// A way to do it, and its name.
pub(crate) type Way<'w> = (&'static str, Box<dyn FnMut() -> usize + 'w>);

/// The shortest time of each way in nanoseconds.
pub(crate) fn fastest(ways: &mut [Way<'_>], rounds: usize) -> Vec<f64> {
    let mut best = vec![f64::INFINITY; ways.len()];
    // A short task is repeated until a clock can see it.
    let repeats: Vec<u32> = ways
        .iter_mut()
        .map(|(_, work)| {
            let start = ThreadTime::now();
            std::hint::black_box(work());
            (2_000_000 / (start.elapsed().as_nanos() as u64).max(100)).clamp(1, 10_000) as u32
        })
        .collect();
    for _ in 0..rounds {
        for (at, (_, work)) in ways.iter_mut().enumerate() {
            let start = ThreadTime::now();
            for _ in 0..repeats[at] {
                std::hint::black_box(work());
            }
            let each = start.elapsed().as_nanos() as f64 / f64::from(repeats[at]);
            best[at] = best[at].min(each);
        }
    }
    best
}
