//! Files of every form in `tests/imports`, and what must be read from them: tests/README.md.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use dixit_engine::format::{self, Named};
use dixit_engine::{Analysis, Article, Block, BlockKind, MarkKind, analyse, plain_text};
use dixit_import::{Imported, Input, body_text, import};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

fn kind(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Paragraph => "paragraph".into(),
        BlockKind::Heading(level) => format!("heading {level}"),
        BlockKind::ListItem { number: Some(number), depth } => format!("item {number} at {depth}"),
        BlockKind::ListItem { number: None, depth } => format!("item at {depth}"),
        BlockKind::Quote => "quote".into(),
        BlockKind::Preformatted => "preformatted".into(),
        BlockKind::Image { url, credit } => {
            let credit = credit.as_deref().map_or(String::new(), |c| format!(" by {c}"));
            format!("image {url}{credit}")
        }
        BlockKind::Caption => "caption".into(),
        BlockKind::Cell { header, first } => {
            let header = if *header { "header" } else { "cell" };
            format!("{header}{}", if *first { " in a new row" } else { "" })
        }
        BlockKind::Rule => "rule".into(),
    }
}

fn marks(block: &Block) -> String {
    block.marks.iter().fold(String::new(), |all, mark| {
        let text = &block.text[mark.start..mark.end];
        all + &match &mark.kind {
            MarkKind::Emphasis => format!(" [emphasis: {text}]"),
            MarkKind::Strong => format!(" [strong: {text}]"),
            MarkKind::Code => format!(" [code: {text}]"),
            MarkKind::Link(url) => format!(" [link {url}: {text}]"),
        }
    })
}

/// An article in the form of the `.expected` files.
fn written(article: &Article) -> String {
    let mut out = String::new();
    let mut line = |name: &str, text: Option<&str>| {
        if let Some(text) = text {
            let _ = writeln!(out, "{name}: {}", text.replace('\n', "\\n"));
        }
    };
    line("title", article.title.as_deref());
    line("date", article.date.as_ref().map(|d| d.iso.as_str()));
    line("byline", article.byline.as_deref());
    line("site", article.site.as_deref());
    line("language", article.language.as_deref());
    line("url", article.source_url.as_deref());
    for block in &article.blocks {
        line(&kind(&block.kind), Some(&(block.text.clone() + &marks(block))));
    }
    article.related.iter().for_each(|r| line("related", Some(&r.title)));
    for s in &article.set_aside {
        line(&format!("set aside before {} as {}", s.before, s.kind.name()), Some(&s.text));
    }
    article.problems.iter().for_each(|p| line("problem", Some(&p.message)));
    out
}

/// `UPDATE_EXPECTED=1 cargo test` overwrites the expectations; a person reads the diff.
#[test]
fn files_of_every_form_are_read_as_expected() {
    let entries = std::fs::read_dir(folder("tests/imports")).expect("the folder");
    let mut files: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_none_or(|e| e != "expected"));
    files.sort();
    assert!(files.len() > 15, "only {} files", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file).expect("a file");
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let is_fragment = name.starts_with("clipboard");
        let found = match import(&Input { name: Some(&name), is_fragment, ..Input::new(&bytes) }) {
            Ok(Imported::Article(article)) => written(&article),
            Ok(Imported::Feed(feed)) => feed.entries.iter().fold(
                format!("feed: {}\n", feed.title.unwrap_or_default()),
                |all, entry| {
                    let short = if entry.summary_only { " with a summary only" } else { "" };
                    all + &format!("entry{short}\n") + &written(&entry.article)
                },
            ),
            Err(refused) => format!("refused: {refused}\n"),
        };
        let path = folder("tests/imports").join(name.clone() + ".expected");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            std::fs::write(&path, &found).expect("a writable folder");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if found != expected {
            wrong.push(format!("== {name}\nexpected:\n{expected}\nfound:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Who said what, without the ids of blocks: those of the forms differ by what stands around.
fn said(article: &Article, analysis: &Analysis) -> Vec<(Vec<String>, Option<String>)> {
    let name = |s: usize| analysis.speakers[s].name.clone();
    let attributions = analysis.attributions.iter();
    attributions
        .map(|a| {
            let content = a.content.iter().map(|&span| article.text(span).to_owned()).collect();
            (content, a.speaker.map(name))
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The engine sees the same words however they came in.
#[test]
fn one_article_in_five_forms_says_the_same() {
    for name in [
        "static/articles/harbour-vote.txt",
        "static/articles/freibad.txt",
        "static/articles/river-flood.txt",
    ] {
        let text = std::fs::read_to_string(folder(name)).expect("an article");
        let mut plain = plain_text::read(&text);
        let title = plain.title.clone().expect("a headline");
        let date = plain.date.clone().map_or("2024-01-01".to_owned(), |d| d.iso);
        let byline = plain.byline.clone().unwrap_or("Nobody".into());
        let paragraphs: Vec<String> = plain.blocks.iter().map(|b| b.text.clone()).collect();
        let expected = said(&plain, &analyse(&plain));
        assert!(expected.len() > 4, "{name}: {}", expected.len());

        let tag = |block: &Block| match block.kind {
            BlockKind::Heading(_) => "h2",
            _ => "p",
        };
        let markup: String = plain
            .blocks
            .iter()
            .map(|b| format!("<{0}>{1}</{0}>\n", tag(b), escaped(&b.text)))
            .collect();
        let page = format!(
            "<!doctype html><title>{0} | The Post</title><nav><a href=/>Home</a></nav><article><h1>{0}</h1><p>By {byline}</p><time datetime={date}>{date}</time>{markup}</article><footer>© The Post</footer>",
            escaped(&title)
        );
        let hashes = |block: &Block| if tag(block) == "h2" { "## " } else { "" };
        let source: String = plain
            .blocks
            .iter()
            .map(|b| format!("{}{}\n\n", hashes(b), b.text.replace('*', "\\*")))
            .collect();
        let markdown = format!("---\ntitle: {title:?}\ndate: {date}\n---\n\n{source}");
        let feed = format!(
            "<rss version=\"2.0\"><channel><title>The Post</title><item><title>{}</title><description>{}</description></item></channel></rss>",
            escaped(&title),
            escaped(&markup)
        );
        let string = |text: &str| serde_json::to_string(text).expect("JSON");
        let data = format!(
            "{{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":{},\"articleBody\":{}}}",
            string(&title),
            string(&paragraphs.join("\n\n"))
        );
        let own = format::write(&plain, None);
        for (form, input) in [
            ("text", &text),
            ("page", &page),
            ("Markdown", &markdown),
            ("feed", &feed),
            ("JSON-LD", &data),
            ("own", &own),
        ] {
            let article = match import(&Input::new(input.as_bytes())) {
                Ok(Imported::Article(article)) => article,
                Ok(Imported::Feed(mut feed)) => feed.entries.remove(0).article,
                Err(error) => panic!("{name} as {form}: {error}"),
            };
            assert_eq!(article.title.as_ref(), Some(&title), "{name} as {form}");
            assert_eq!(said(&article, &analyse(&article)), expected, "{name} as {form}");
        }
        // The text of the body leads back to the blocks.
        let text = body_text(&mut plain);
        for block in plain.blocks.iter().filter(|b| !b.text.is_empty()) {
            let at = block.to_input(0).expect("a place");
            assert!(text[at..].starts_with(&block.text));
        }
    }
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    let refused = |input: &Input<'_>| import(input).expect_err("refused").to_string();
    let large = vec![b'a'; dixit_import::MAX_BYTES + 1];
    assert_eq!(refused(&Input::new(&large)), "larger than 2 MB");
    assert_eq!(refused(&Input::new(b" \n\t")), "there is no text in it");
    assert_eq!(refused(&Input::new(b"a\0b")), "no text");
    assert!(
        refused(&Input { name: Some("a.json"), ..Input::new(b"{\"a\":") })
            .starts_with("not readable as JSON")
    );
    assert!(
        refused(&Input::new(b"<rss><channel><item></rss>")).starts_with("not readable as a feed")
    );
}
