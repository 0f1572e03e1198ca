//! A slow network, which all connections to a site share.

use std::io::{Result, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// From the request to the first byte of the answer.
const LATENCY: Duration = Duration::from_millis(562);
/// Bytes a second: 1.44 Mbit.
const RATE: f64 = 180_000.0;
/// What is sent at once, so that connections take turns.
const PACKET: usize = 1440;
/// Sleeping is not exact; by how much the next packet may make up for it.
const SLACK: Duration = Duration::from_millis(20);

pub(super) struct Link {
    /// When what was sent last is through.
    free: Mutex<Instant>,
    sent: AtomicU64,
}

impl Link {
    /// What Lighthouse calls slow 4G, with the times that it takes in practice.
    pub(super) fn slow() -> Link {
        Link { free: Mutex::new(Instant::now()), sent: AtomicU64::new(0) }
    }

    /// Bytes that went through so far, those of headers too.
    pub(super) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Sends an answer.
    pub(super) fn send(&self, mut stream: &TcpStream, bytes: &[u8]) -> Result<()> {
        std::thread::sleep(LATENCY);
        for packet in bytes.chunks(PACKET) {
            let through = self.taken(packet.len());
            std::thread::sleep(through.saturating_duration_since(Instant::now()));
            stream.write_all(packet)?;
            self.sent.fetch_add(packet.len() as u64, Ordering::Relaxed);
        }
        stream.flush()
    }

    /// When this many bytes will be through, after all that were before.
    fn taken(&self, n: usize) -> Instant {
        let mut free = self.free.lock().expect("the link");
        let now = Instant::now();
        let idle = now.checked_duration_since(*free).is_some_and(|since| since > SLACK);
        let from = if idle { now } else { *free };
        *free = from + Duration::from_secs_f64(n as f64 / RATE);
        *free
    }
}
