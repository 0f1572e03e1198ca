//! Builds the site with Trunk and serves it on this machine.

use crate::tools::{self, Tools};
use crate::{Outcome, process, workspace};

const USAGE: &str = "usage: cargo xtask serve [--open] [--port N]";

#[derive(Debug, PartialEq, Eq)]
struct Options {
    open: bool,
    port: u16,
}

/// Sets up, builds, and serves until interrupted; rebuilds when a file changes.
pub(crate) fn serve(options: &[&str]) -> Outcome<()> {
    let Options { open, port } = parse(options)?;
    // Told before the build, which takes longer than this answer.
    let free = std::net::TcpListener::bind(("127.0.0.1", port));
    drop(free.map_err(|e| {
        format!(
            "port {port}: {e}\nChoose another: cargo xtask serve --port {}",
            port.wrapping_add(1)
        )
    })?);
    let tools = tools::set_up()?;
    build_site(&tools)?;
    let address = format!("http://127.0.0.1:{port}/");
    println!("\n  Dixit     {address}");
    for sample in samples() {
        println!("  a sample  {address}?src=articles/{sample}");
    }
    println!("\n  Ctrl-C ends it; a changed file is built again, then reload the page.\n");
    let mut trunk = trunk(&tools, "serve");
    trunk.args(["--port", &port.to_string()]);
    if open {
        trunk.arg("--open");
    }
    process::run("trunk serve", &mut trunk)
}

/// Builds `dist/`.
pub(crate) fn build_site(tools: &Tools) -> Outcome<()> {
    process::run("trunk build", &mut trunk(tools, "build"))
}

fn trunk(tools: &Tools, command: &str) -> std::process::Command {
    let mut trunk = tools.command("trunk");
    // Its own news would hide the address and the sizes; errors and cargo's progress still show.
    trunk.arg(command).args(["--log", "warn"]);
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Some machines set NO_COLOR=1, which Trunk takes for a broken option.
    trunk.env_remove("NO_COLOR");
    trunk
}

/// The bundled articles' file names, in order.
fn samples() -> Vec<String> {
    let folder = std::fs::read_dir(workspace::root().join("static/articles"));
    let names = folder
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|n| n.ends_with(".txt")).collect();
    names.sort();
    names
}

fn parse(options: &[&str]) -> Outcome<Options> {
    let mut parsed = Options { open: false, port: 8080 };
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match *option {
            "--open" => parsed.open = true,
            "--port" => {
                let port = options.next().and_then(|p| p.parse().ok()).filter(|p| *p != 0);
                parsed.port = port.ok_or(USAGE)?;
            }
            _ => return Err(USAGE.into()),
        }
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_in_any_order() {
        assert_eq!(parse(&[]), Ok(Options { open: false, port: 8080 }));
        assert_eq!(parse(&["--port", "9000", "--open"]), Ok(Options { open: true, port: 9000 }));
        for bad in [
            ["--port"].as_slice(),
            &["--port", "0"],
            &["--port", "x"],
            &["--port", "70000"],
            &["9000"],
        ] {
            assert_eq!(parse(bad), Err(USAGE.into()), "{bad:?}");
        }
    }
}
