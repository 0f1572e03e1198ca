//! Engines that run in Node or Python, each in a process of its own that waits for the next pass.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::articles::workspace;
use crate::npm;

/// The version of compromise that is compared with, in `npm/tools/compromise`.
pub const COMPROMISE: &str = "14.17.0";

/// An engine in a process.
pub struct Peer {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    /// How many of the articles it refuses, where it says so.
    pub refused: usize,
}

impl Peer {
    /// Starts `kind` of `engines.mjs` with what it is loaded from, and gives it the articles.
    pub fn start(kind: &str, place: &Path, articles: &[&str]) -> Result<Peer, String> {
        let mut node = Command::new("node");
        node.arg(workspace().join("bench/engines.mjs")).arg(kind).arg(place);
        Peer::of(&mut node, articles)
    }

    /// Starts an engine by its command, and gives it the articles.
    pub fn of(command: &mut Command, articles: &[&str]) -> Result<Peer, String> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot run {:?}: {e}", command.get_program()))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("a process without input and output".into());
        };
        let output = BufReader::new(output).lines();
        let mut peer = Peer { child, input, output, refused: 0 };
        let ready = peer.ask(&serde_json::json!(articles).to_string())?;
        peer.refused = ready.rsplit(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0);
        Ok(peer)
    }

    /// One pass over the articles.
    pub fn pass(&mut self) -> Result<Duration, String> {
        let answer = self.ask("pass")?;
        let time = answer.split(' ').next().and_then(|n| n.parse().ok());
        time.map(Duration::from_nanos).ok_or(format!("the engine answered {answer:?}"))
    }

    fn ask(&mut self, line: &str) -> Result<String, String> {
        writeln!(self.input, "{line}").map_err(|e| format!("the engine: {e}"))?;
        let answer = self.output.next().ok_or("the engine ended early")?;
        answer.map_err(|e| format!("the engine: {e}"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It only waits; that it may have ended already is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The folder with compromise, in the target folder; npm installs it there at first.
pub fn compromise(target: &Path) -> Result<PathBuf, String> {
    let folder = target.join(format!("bench/compromise-{COMPROMISE}"));
    npm::install("compromise", &folder)?;
    Ok(folder)
}
