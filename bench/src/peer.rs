//! Engines that run in Node, each in a process of its own that waits for the next pass.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::articles::workspace;
use crate::npm;

/// The version of compromise that is compared with, in `npm/tools/compromise`.
pub const COMPROMISE: &str = "14.17.0";

/// An engine in a Node process.
pub struct Peer {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Peer {
    /// Starts `kind` of `engines.mjs` with what it is loaded from, and gives it the articles.
    pub fn start(kind: &str, place: &Path, articles: &[&str]) -> Result<Peer, String> {
        let mut node = Command::new("node");
        node.arg(workspace().join("bench/engines.mjs")).arg(kind).arg(place);
        let mut child = node
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot run node: {e}"))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("node has no input and output".into());
        };
        let mut peer = Peer { child, input, output: BufReader::new(output).lines() };
        peer.ask(&serde_json::json!(articles).to_string())?;
        Ok(peer)
    }

    /// One pass over the articles.
    pub fn pass(&mut self) -> Result<Duration, String> {
        let answer = self.ask("pass")?;
        let time = answer.split(' ').next().and_then(|n| n.parse().ok());
        time.map(Duration::from_nanos).ok_or(format!("node answered {answer:?}"))
    }

    fn ask(&mut self, line: &str) -> Result<String, String> {
        writeln!(self.input, "{line}").map_err(|e| format!("node: {e}"))?;
        let answer = self.output.next().ok_or("node ended early")?;
        answer.map_err(|e| format!("node: {e}"))
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
