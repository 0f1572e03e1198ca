//! Works on many items at once and hands the results over in the order of the items.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Calls `work` with each item on one of `n_threads` threads, and `take` with each result in order.
/// `take` gets `None` when the next result is not there yet, which is when to flush.
///
/// No more than a few items a thread are held, however many there are. On an error of `take`, the
/// rest is left: then `items` may still wait for input in a thread of its own, which ends with the program.
pub(crate) fn in_order<T: Send + 'static, R: Send + 'static>(
    n_threads: usize,
    items: impl Iterator<Item = T> + Send + 'static,
    work: fn(T) -> R,
    mut take: impl FnMut(Option<R>) -> io::Result<()>,
) -> io::Result<()> {
    // Each item has a reply of its own; the replies wait in the order of the items.
    let (replies_in, replies) = sync_channel::<Receiver<R>>(4 * n_threads);
    let (jobs_in, jobs) = sync_channel::<(T, SyncSender<R>)>(n_threads);
    thread::spawn(move || {
        for item in items {
            let (reply_in, reply) = sync_channel(1);
            if replies_in.send(reply).is_err() || jobs_in.send((item, reply_in)).is_err() {
                break;
            }
        }
    });
    let jobs = Arc::new(Mutex::new(jobs));
    for _ in 0..n_threads {
        let jobs = Arc::clone(&jobs);
        thread::spawn(move || {
            loop {
                let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((item, reply)) = job else { break };
                let _ = reply.send(work(item));
            }
        });
    }
    drop(jobs);
    while let Some(reply) = next(&replies, &mut take)? {
        let result = next(&reply, &mut take)?;
        take(Some(result.ok_or_else(|| io::Error::other("a thread ended early"))?))?;
    }
    Ok(())
}

/// What comes next from `channel`; `None` when nothing will.
fn next<T, R>(
    channel: &Receiver<T>,
    take: &mut impl FnMut(Option<R>) -> io::Result<()>,
) -> io::Result<Option<T>> {
    if let Ok(ready) = channel.try_recv() {
        return Ok(Some(ready));
    }
    take(None)?;
    Ok(channel.recv().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let slow = |n: usize| {
            thread::sleep(Duration::from_micros(((n * 7) % 13) as u64 * 100));
            n
        };
        for n_threads in [1, 2, 8] {
            let mut taken = Vec::new();
            in_order(n_threads, 0..200, slow, |n| {
                taken.extend(n);
                Ok(())
            })
            .expect("no error");
            assert!(taken.iter().copied().eq(0..200), "{n_threads} threads: {taken:?}");
        }
    }

    #[test]
    fn no_more_than_a_few_items_are_held() {
        static READ: AtomicUsize = AtomicUsize::new(0);
        let items = (0..1_000).inspect(|_| {
            READ.fetch_add(1, Ordering::Relaxed);
        });
        let mut n_taken = 0;
        in_order(
            2,
            items,
            |n: usize| n,
            |n| {
                thread::sleep(Duration::from_micros(50));
                n_taken += usize::from(n.is_some());
                assert!(READ.load(Ordering::Relaxed) <= n_taken + 16);
                Ok(())
            },
        )
        .expect("no error");
        assert_eq!(n_taken, 1_000);
    }

    #[test]
    fn an_error_ends_it() {
        let mut n_taken = 0;
        let outcome = in_order(
            2,
            0..,
            |n: usize| n,
            |n| {
                n_taken += usize::from(n.is_some());
                if n_taken == 5 { Err(io::Error::from(io::ErrorKind::BrokenPipe)) } else { Ok(()) }
            },
        );
        assert_eq!(outcome.map_err(|e| e.kind()), Err(io::ErrorKind::BrokenPipe));
    }
}
