//! Archives that come out the same wherever and whenever they are packed.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use tar::{Builder, EntryType, Header};

use crate::Outcome;
use crate::seal::files_in;

/// A file, and its name in an archive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Packed {
    /// With `/` between folders, on every system.
    pub(crate) name: String,
    pub(crate) file: PathBuf,
}

/// All files below a folder, named from there, in order. Names that begin with a dot are of tools, such as Trunk's
/// lock, and are left out.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<Packed>> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, before: &str, files: &mut Vec<Packed>) -> Outcome<()> {
    for name in files_in(folder)?.into_iter().filter(|name| !name.starts_with('.')) {
        let file = folder.join(&name);
        let name = format!("{before}{name}");
        let kind = fs::symlink_metadata(&file).map_err(|e| cannot(&file, &e))?.file_type();
        if kind.is_dir() {
            collect(&file, &format!("{name}/"), files)?;
        } else if kind.is_file() {
            files.push(Packed { name, file });
        } else {
            return Err(format!("{} is no file, and would not be one elsewhere", file.display()));
        }
    }
    Ok(())
}

/// Writes `files` below one folder called `top` into a `.tar.gz`: in order, each of `time` (in seconds since 1970) and
/// of nobody in particular.
pub(crate) fn pack(archive: &Path, top: &str, files: &[Packed], time: u64) -> Outcome<()> {
    let mut files = files.to_vec();
    files.sort();
    let out = File::create(archive).map_err(|e| cannot(archive, &e))?;
    // No name, time or system of its own: those are of this machine.
    let gzip = GzBuilder::new().write(BufWriter::new(out), Compression::default());
    let mut tar = Builder::new(gzip);
    for Packed { name, file } in &files {
        let bytes = File::open(file).map_err(|e| cannot(file, &e))?;
        let metadata = bytes.metadata().map_err(|e| cannot(file, &e))?;
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(if is_program(&metadata) { 0o755 } else { 0o644 });
        header.set_size(metadata.len());
        header.set_mtime(time);
        header.set_uid(0);
        header.set_gid(0);
        let name = format!("{top}/{name}");
        tar.append_data(&mut header, name, BufReader::new(bytes)).map_err(|e| cannot(file, &e))?;
    }
    let gzip = tar.into_inner().map_err(|e| cannot(archive, &e))?;
    let mut out = gzip.finish().map_err(|e| cannot(archive, &e))?;
    out.flush().map_err(|e| cannot(archive, &e))
}

#[cfg(unix)]
fn is_program(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_program(_: &fs::Metadata) -> bool {
    false
}

fn cannot(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::scratch::Scratch;

    const LONG: &str = "a-folder/with-a-name/that-is-longer/than-the-field/of-the-oldest-form/of-these-archives/has-room/file.txt";

    fn unpacked(archive: &Path, to: &Path) {
        let gzip = flate2::read::GzDecoder::new(File::open(archive).expect("an archive"));
        tar::Archive::new(gzip).unpack(to).expect("it unpacks");
    }

    #[test]
    fn a_folder_gives_the_same_bytes_whenever_it_is_packed_and_comes_out_as_it_went_in() {
        let here = Scratch::new("archive");
        for folder in ["one", "two"] {
            here.write(&format!("{folder}/.lock"), folder);
            // In another order, at other times.
            let names = ["b.js", "index.html", "empty", LONG];
            let names: Vec<_> =
                if folder == "one" { names.to_vec() } else { names.into_iter().rev().collect() };
            for name in names {
                let text = if name == "empty" { String::new() } else { name.repeat(500) };
                here.write(&format!("{folder}/{name}"), &text);
            }
            let files = files(&here.at(folder)).expect("files");
            assert_eq!(files.len(), 4, "all but the lock");
            pack(&here.at(&format!("{folder}.tar.gz")), "dixit", &files, 1_700_000_000)
                .expect("an archive");
        }
        let bytes = |name: &str| fs::read(here.at(name)).expect(name);
        assert_eq!(bytes("one.tar.gz"), bytes("two.tar.gz"));
        unpacked(&here.at("one.tar.gz"), &here.at("out"));
        let out = files(&here.at("out/dixit")).expect("files");
        let went_in = files(&here.at("one")).expect("files");
        assert_eq!(out.len(), went_in.len());
        for (out, went_in) in out.iter().zip(&went_in) {
            assert_eq!(out.name, went_in.name);
            assert_eq!(fs::read(&out.file).ok(), fs::read(&went_in.file).ok());
            let time = fs::metadata(&out.file).and_then(|m| m.modified()).expect("a time");
            let since = time.duration_since(std::time::UNIX_EPOCH).expect("after 1970");
            assert_eq!(since.as_secs(), 1_700_000_000);
        }
    }

    #[test]
    #[cfg(unix)]
    fn programs_stay_programs_and_links_are_refused() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let here = Scratch::new("modes");
        here.write("in/dixit", "program");
        here.write("in/README.md", "text");
        let mode = |name: &str, mode| {
            fs::set_permissions(here.at(name), fs::Permissions::from_mode(mode)).expect("a mode");
        };
        mode("in/dixit", 0o700);
        mode("in/README.md", 0o600);
        pack(&here.at("a.tar.gz"), "a", &files(&here.at("in")).expect("files"), 0).expect("packed");
        unpacked(&here.at("a.tar.gz"), &here.at("out"));
        let is_program = |name: &str| is_program(&fs::metadata(here.at(name)).expect(name));
        assert!(is_program("out/a/dixit") && !is_program("out/a/README.md"));
        symlink("/etc/hosts", here.at("in/link")).expect("a link");
        assert!(files(&here.at("in")).is_err());
    }
}
