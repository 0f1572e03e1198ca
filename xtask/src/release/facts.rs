//! What is released: which version, of which commit, for which machine.

use std::process::Command;

use crate::{Outcome, process, workspace};

/// Of one release.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) version: String,
    pub(crate) commit: String,
    /// When it was committed, in seconds since 1970: the time of every file in the archives.
    pub(crate) time: u64,
    /// Whether everything that was built is in that commit.
    pub(crate) is_clean: bool,
    /// The machine that the command is for, such as `x86_64-unknown-linux-gnu`.
    pub(crate) target: String,
}

/// Those of this checkout; `SOURCE_DATE_EPOCH` stands for the time where it is set.
pub(crate) fn facts() -> Outcome<Facts> {
    let rustc = process::answer(Command::new("rustc").arg("-vV")).unwrap_or_default();
    let target = rustc.lines().find_map(|line| line.strip_prefix("host: "));
    let time = std::env::var("SOURCE_DATE_EPOCH").ok();
    let time = time.or_else(|| git(&["log", "-1", "--format=%ct"]));
    Ok(Facts {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: git(&["rev-parse", "HEAD"]).unwrap_or_else(|| "unknown".into()),
        time: time.and_then(|time| time.parse().ok()).ok_or(
            "a release is of a commit: this is no git checkout, or SOURCE_DATE_EPOCH is no number",
        )?,
        is_clean: git(&["status", "--porcelain"]).is_some_and(|changes| changes.is_empty()),
        target: target.ok_or("rustc does not say for which machine it builds")?.to_owned(),
    })
}

/// What git says, without the line's end.
pub(crate) fn git(args: &[&str]) -> Option<String> {
    let said = process::answer(Command::new("git").args(args).current_dir(workspace::root()))?;
    Some(said.trim().to_owned())
}

/// A time in seconds since 1970 as `2026-11-28T13:33:00Z`.
pub(crate) fn moment(time: u64) -> String {
    let (days, second) = (time / 86_400, time % 86_400);
    // Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days: years begin in March, so that
    // the day that some of them have more is their last.
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_calendars_have_them() {
        for (time, written) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_700_000_000, "2023-11-14T22:13:20Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(moment(time), written);
        }
    }
}
