//! Odd and hostile input: nothing panics, nothing visible is lost, every span fits.

use dixit_engine::{Analysis, Article, analyse, format, plain_text};

const PIECES: &[&str] = &[
    "“",
    "”",
    "„",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "said",
    "says that",
    "told",
    "according to",
    "Ann Lee",
    "Lee",
    "the mayor",
    "she",
    "two officials",
    "who",
    "which",
    "and",
    "but",
    ",",
    ".",
    ":",
    ";",
    "?",
    "\n",
    "\n\n",
    "\r\n",
    "\u{a0}",
    "\u{202e}",
    "\u{200b}",
    "é",
    "🎉",
    "Post a Comment",
    "No comments:",
    "March 5, 2024",
    "By Ann Lee",
    "• ",
    "1. ",
    "a “",
    "saying",
    "called it",
    "as",
    "dass",
    "sagte",
    "laut",
    "U.S.",
    "p.m.",
    "Mr.",
    "ß",
    "İ",
    "ﬁ",
    "\u{301}",
    "x",
    "it was",
    "would",
    "the plan",
    "(",
    ")",
    "—",
];

fn check(text: &str) -> (Article, Analysis) {
    let article = plain_text::read(text);
    let analysis = analyse(&article);
    let mut spans: Vec<_> = analysis.quotations.iter().map(|q| q.span).collect();
    for a in &analysis.attributions {
        assert!(!a.content.is_empty() && a.content.is_sorted(), "{text:?}");
        assert!(a.speaker.is_none_or(|s| s < analysis.speakers.len()), "{text:?}");
        spans.extend(a.content.iter().copied().chain(a.cue).chain(a.source));
    }
    spans.extend(analysis.speakers.iter().flat_map(|s| s.mentions.iter().copied()));
    for s in spans {
        let block = &article.blocks[s.block].text;
        assert!(s.start < s.end && block.get(s.start..s.end).is_some(), "{s:?} in {text:?}");
    }
    let json = format::write(&article, Some(&analysis));
    let (read, again) = format::read(&json).expect("our own JSON");
    assert_eq!((&read, again.as_ref()), (&article, Some(&analysis)), "{text:?}");
    (article, analysis)
}

#[test]
fn random_texts_give_sound_analyses() {
    let mut seed = 7_u64;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % n
    };
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..next(60) {
            text.push_str(PIECES[next(PIECES.len())]);
            if next(3) > 0 {
                text.push(' ');
            }
        }
        let (article, _) = check(&text);
        let visible: usize = text.chars().filter(|c| c.is_alphabetic()).count();
        let kept = article.blocks.iter().map(|b| b.text.as_str());
        let kept = kept.chain(article.title.as_deref()).chain(article.byline.as_deref());
        let kept = kept.chain(article.date.as_ref().map(|d| d.written.as_str()));
        let kept = kept.chain(article.set_aside.iter().map(|s| s.text.as_str()));
        let related = article.related.iter();
        let related =
            related.flat_map(|r| [r.section.as_deref(), Some(&r.title), r.teaser.as_deref()]);
        let kept: usize = kept
            .chain(related.flatten())
            .flat_map(str::chars)
            .filter(|c| c.is_alphabetic())
            .count();
        // "By" and "Posted on" introduce and are not kept; a section may stand for several titles.
        assert!(kept + 12 >= visible, "{kept} of {visible} letters kept of {text:?}");
    }
}

#[test]
fn long_patterns_end() {
    let patterns = [
        "“",
        "\"",
        "«a",
        "‘a ",
        "a’ ",
        "said ",
        "Ann Lee said that ",
        "“Go,” Ann Lee said. ",
        "Aa Bb, ",
        "Aa Bb said, ",
        "the mayor said that she said that ",
        ", who said ",
        "according to ",
        "and said ",
        "Lee and ",
        "a\n\n",
        "- a\n",
        "“a\n\n",
        "Mr. ",
        "of the ",
        "(((",
        "as “a” as “b” ",
        "he said she said ",
        "Ann Lee, the mayor, ",
    ];
    for pattern in patterns {
        check(&pattern.repeat(60_000 / pattern.len()));
    }
    // A thousand people who all speak.
    let name = |n: usize| {
        let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
        format!("Ab{}{} Cd{}{}", letter(n), letter(n / 26), letter(n * 7), letter(n / 7))
    };
    let crowd: String =
        (0..1_000).map(|n| format!("“We go to {n},” {} said.\n\n", name(n))).collect();
    let (_, analysis) = check(&crowd);
    assert!(analysis.speakers.len() > 900, "{}", analysis.speakers.len());
}
