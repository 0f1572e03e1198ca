//! Comma-separated values by RFC 4180, safe to open in a spreadsheet.

use dixit_engine::format::Named;

use crate::Row;

/// What a file begins with so that spreadsheets read it as UTF-8: without it Excel takes another encoding. RFC 4180
/// knows no such mark, and programs that expect none would take it for a part of the first column's name; so [`csv`]
/// leaves it out, and who saves a file for people puts it before.
pub const BOM: &str = "\u{feff}";

/// The columns, in order; the first line of the file.
pub const COLUMNS: [&str; 17] = [
    "id",
    "kind",
    "speaker",
    "role",
    "affiliation",
    "speaker_kind",
    "speaker_id",
    "words",
    "cue",
    "source",
    "paragraph",
    "position",
    "confidence",
    "rule",
    "resolution",
    "link",
    "n",
];

/// A line with the [`COLUMNS`], then one a row. Lines end in CR LF; cells are in quotation marks where they must be.
///
/// `words` joins the parts of a split statement by " […] "; `position` is `paragraph:start-end` a part, in code
/// points; `n` is the row's place among the statements of the article, from 1. What is not known is empty.
///
/// A cell that a spreadsheet would take for a formula, that is one that begins with `=`, `+`, `-`, `@`, a tab or a
/// carriage return, has an apostrophe before it, and so has one that begins with apostrophes and then one of those.
/// Programs that want the very words take that one apostrophe off again.
pub fn csv(rows: &[Row]) -> String {
    let mut text = String::new();
    line(&mut text, COLUMNS);
    for row in rows {
        let who = row.who.as_ref();
        let of_speaker = |field: fn(&crate::Who) -> &str| who.map_or("", field);
        line(
            &mut text,
            [
                &row.id,
                row.kind.name(),
                of_speaker(|who| &who.name),
                of_speaker(|who| &who.role),
                of_speaker(|who| &who.affiliation),
                of_speaker(|who| who.kind.name()),
                of_speaker(|who| &who.id),
                &row.words(),
                &row.cue,
                &row.source,
                &row.paragraph().to_string(),
                &row.position(),
                row.confidence.name(),
                row.why.0,
                row.why.1,
                &row.link,
                &(row.attribution + 1).to_string(),
            ],
        );
    }
    text
}

/// Adds a line with these cells, as [`csv`] writes them.
pub fn line<'c>(text: &mut String, cells: impl IntoIterator<Item = &'c str>) {
    for (n, cell) in cells.into_iter().enumerate() {
        if n > 0 {
            text.push(',');
        }
        let is_formula =
            cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']);
        let defused = if is_formula { "'" } else { "" };
        if cell.contains(['"', ',', '\n', '\r']) {
            let doubled = cell.split('"').collect::<Vec<&str>>().join("\"\"");
            text.extend(["\"", defused, &doubled, "\""]);
        } else {
            text.extend([defused, cell]);
        }
    }
    text.push_str("\r\n");
}
