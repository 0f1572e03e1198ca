//! What the figures were measured on.

use std::fs;
use std::process::Command;

use crate::process;

/// Processor, cores, memory and system, as far as the system tells.
pub(crate) fn machine() -> String {
    let field = |path: &str, name: &str, mark: char| {
        let text = fs::read_to_string(path).ok()?;
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(mark)?.1.trim().trim_matches('"').to_owned())
    };
    let cpu = field("/proc/cpuinfo", "model name", ':');
    let cpu = cpu.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = field("/proc/meminfo", "MemTotal", ':')
        .and_then(|text| text.strip_suffix(" kB")?.parse::<f64>().ok())
        .map_or(String::new(), |kb| format!(", {:.0} GB of memory", kb * 1024.0 / 1e9));
    let system = field("/etc/os-release", "PRETTY_NAME", '=');
    let system = system.unwrap_or_else(|| std::env::consts::OS.to_owned());
    format!("{cpu}, {cores} cores{memory}, {system}")
}

/// Today, as `2026-11-28`.
pub(crate) fn today() -> String {
    process::answer(Command::new("date").args(["-u", "+%F"])).unwrap_or_default().trim().to_owned()
}

/// What runs the peers, and its version.
pub(crate) fn runtimes() -> Vec<(String, String)> {
    let said = |program: &str| process::answer(Command::new(program).arg("--version"));
    let version = |said: String| {
        let last = said.split_whitespace().last().unwrap_or_default();
        last.trim_start_matches('v').to_owned()
    };
    [("Node", "node"), ("Python", "python3")]
        .into_iter()
        .filter_map(|(name, program)| Some((name.to_owned(), version(said(program)?))))
        .collect()
}
