//! Works on many inputs and writes lines, in order; what is wrong goes to standard error.

use std::io::{BufWriter, ErrorKind, IsTerminal, Write, stderr, stdout};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread::available_parallelism;

use indicatif::{ProgressBar, ProgressStyle};

use crate::in_order::in_order;

/// Writes the lines that `work` makes of each item, on as many threads as asked for or as there are cores.
/// An error is said, and the rest goes on.
pub(crate) fn lines<T: Send + 'static>(
    n_threads: Option<u16>,
    items: impl Iterator<Item = T> + Send + 'static,
    work: fn(T) -> Result<Vec<String>, String>,
) -> ExitCode {
    lines_with(n_threads, items, &ProgressBar::hidden(), work)
}

/// How far the work on `n` files is, for a person at a terminal; nothing where it would be no news.
pub(crate) fn progress(n: usize) -> ProgressBar {
    if n < 20 || !stderr().is_terminal() || stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} files, {eta} left");
    ProgressBar::new(n as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// The same, with a bar that moves on with each item.
pub(crate) fn lines_with<T: Send + 'static>(
    n_threads: Option<u16>,
    items: impl Iterator<Item = T> + Send + 'static,
    bar: &ProgressBar,
    work: fn(T) -> Result<Vec<String>, String>,
) -> ExitCode {
    let n_cores = || available_parallelism().map_or(1, NonZeroUsize::get);
    let n_threads = n_threads.map_or_else(n_cores, usize::from);
    let mut out = BufWriter::new(stdout().lock());
    let mut all_read = true;
    let written = in_order(n_threads, items, work, |answer| match answer {
        None => out.flush(),
        Some(Ok(lines)) => {
            bar.inc(1);
            lines
                .iter()
                .filter(|line| !line.is_empty())
                .try_for_each(|line| writeln!(out, "{line}"))
        }
        Some(Err(message)) => {
            all_read = false;
            bar.inc(1);
            bar.suspend(|| complain(&message));
            Ok(())
        }
    });
    bar.finish_and_clear();
    match written.and_then(|()| out.flush()) {
        // Whoever reads our output has enough, as `head` does.
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            complain(&format!("cannot write to standard output: {error}"));
            ExitCode::FAILURE
        }
        _ if all_read => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// A number with the noun that it counts: "1 page", "2 pages".
pub(crate) fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Says what is wrong.
pub(crate) fn complain(message: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(stderr(), "dixit: {message}");
}
