//! `cargo xtask fuzz [N] [TARGET]`: N inputs for each target, on all cores.

use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Instant;

use dixit_fuzz::{TARGETS, run};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let n: u64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let only = arguments.next();
    // Failures are printed once they are cut down; each attempt panics on the way.
    std::panic::set_hook(Box::new(|_| {}));
    let mut failed = 0;
    for target in TARGETS.iter().filter(|t| only.as_ref().is_none_or(|only| only == t.name)) {
        let start = Instant::now();
        let n_threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
        let failures = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for thread in 0..n_threads {
                let failures = &failures;
                scope.spawn(move || {
                    let seeds = (thread..n).step_by(usize::try_from(n_threads).unwrap_or(1));
                    if let (Some(failure), Ok(mut failures)) =
                        (run::seeds(target, seeds), failures.lock())
                    {
                        failures.push(failure);
                    }
                });
            }
        });
        println!("{}: {n} inputs in {} s", target.name, start.elapsed().as_secs());
        for failure in failures.into_inner().into_iter().flatten() {
            println!("  {failure}");
            failed += 1;
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
