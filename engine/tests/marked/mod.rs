//! Writes an analysis back into its text, as marks; the form: tests/README.md.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dixit_engine::{Analysis, Article, Resolution, Span, SpeakerKind};

/// The analysis in the form of the `.marked.txt` files.
pub(crate) fn marked(article: &Article, analysis: &Analysis) -> String {
    let mut out = String::new();
    article.title.iter().for_each(|t| writeln!(out, "title: {t}").expect("a string"));
    article.date.iter().for_each(|d| writeln!(out, "date: {}", d.iso).expect("a string"));
    article.byline.iter().for_each(|b| writeln!(out, "byline: {b}").expect("a string"));
    for s in &analysis.speakers {
        let kind = match s.kind {
            SpeakerKind::Person => "person",
            SpeakerKind::Organization => "organization",
            SpeakerKind::Group => "group",
            SpeakerKind::Unnamed => "unnamed",
        };
        let role = s.role.as_deref().unwrap_or("-");
        writeln!(out, "speaker: {} | {} | {role} | {kind}", key(&s.id), s.name).expect("a string");
    }
    // Marks by place; what closes comes before what opens.
    let mut marks: BTreeMap<(usize, usize, u8), Vec<String>> = BTreeMap::new();
    let mut wrap = |span: Span, open: String, close: &str| {
        marks.entry((span.block, span.start, 1)).or_default().push(open);
        marks.entry((span.block, span.end, 0)).or_default().insert(0, close.into());
    };
    let mut seen = Vec::new();
    for a in &analysis.attributions {
        let speaker = a.speaker.map_or("?", |s| key(&analysis.speakers[s].id));
        for &c in &a.content {
            wrap(c, format!("{{{speaker}:"), "}");
        }
        let carried = a.cue.is_none() && a.why.resolution == Resolution::Carried;
        for (span, open, close) in [(a.source.filter(|_| !carried), "|", "|"), (a.cue, "<", ">")] {
            if let Some(span) = span.filter(|s| !seen.contains(&(*s, open))) {
                seen.push((span, open));
                wrap(span, open.into(), close);
            }
        }
    }
    for (i, block) in article.blocks.iter().enumerate() {
        out.push('\n');
        for (at, c) in block.text.char_indices().chain([(block.text.len(), '\n')]) {
            for side in [0, 1] {
                marks.get(&(i, at, side)).into_iter().flatten().for_each(|m| out.push_str(m));
            }
            out.push(c);
        }
    }
    out
}

fn key(id: &str) -> &str {
    id.strip_prefix("s-").unwrap_or(id)
}
