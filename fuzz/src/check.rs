//! What the engine and the importer promise of every input.

use std::collections::HashMap;

use dixit_engine::{Analysis, Article, Block, BlockKind, MarkKind, analyse, format, plain_text};
use dixit_import::{Imported, Input, import};
use url::Url;

/// Reads and analyses a text: nothing visible is lost, blocks lead back to it, the analysis is sound.
pub fn text(text: &str) {
    let article = plain_text::read(text);
    kept(text, &article);
    for block in &article.blocks {
        for origin in &block.origin {
            let (here, there) = (block.text.get(origin.at..), text.get(origin.input..));
            let first = |t: Option<&str>| t.and_then(|t| t.chars().next());
            assert_eq!(first(here), first(there), "a block leads elsewhere");
        }
    }
    round_trip(&article, &analyse(&article));
}

/// Analyses an article that no importer of ours made: each block is what stands between two U+001E.
pub fn blocks(text: &str) {
    let mut parts = text.split('\u{1e}').map(str::to_string);
    let article = Article {
        title: parts.next(),
        language: Some("en".into()),
        blocks: parts.map(Block::paragraph).collect(),
        ..Article::default()
    };
    sound(&article, &analyse(&article));
}

/// Reads a document of our format, however broken: what is read can be analysed and written again.
pub fn document(json: &str) {
    let Ok((article, analysis)) = format::read(json) else { return };
    sound(&article, &analyse(&article));
    let again = format::write(&article, analysis.as_ref());
    assert!(format::read(&again).is_ok(), "what was read cannot be read again");
}

/// Reads HTML as a page and as a piece of one.
pub fn html(text: &str) {
    let page = Input {
        name: Some("a.html"),
        url: Some("https://a.example/b/"),
        ..Input::new(text.as_bytes())
    };
    imported(&page);
    imported(&Input { is_fragment: true, ..page });
}

/// Reads Markdown, with front matter or without.
pub fn markdown(text: &str) {
    imported(&Input { name: Some("a.md"), ..Input::new(text.as_bytes()) });
}

/// Reads a feed.
pub fn feed(text: &str) {
    imported(&Input { name: Some("a.xml"), ..Input::new(text.as_bytes()) });
}

/// Reads JSON: an article's document, JSON-LD, a JSON Feed, or none of these.
pub fn json(text: &str) {
    imported(&Input { name: Some("a.json"), ..Input::new(text.as_bytes()) });
}

/// What is read holds nothing but the model, with addresses that are safe to follow, and can be analysed.
fn imported(input: &Input<'_>) {
    let articles = match import(input) {
        Ok(Imported::Article(article)) => vec![article],
        Ok(Imported::Feed(feed)) => feed.entries.into_iter().map(|entry| entry.article).collect(),
        Err(_) => return,
    };
    for mut article in articles {
        let is_web =
            |url: &str| Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        assert!(article.source_url.as_deref().is_none_or(is_web), "{:?}", article.source_url);
        for block in &article.blocks {
            let lines = matches!(block.kind, BlockKind::Preformatted);
            // A document of ours may say otherwise; what we make ourselves has no breaks.
            assert!(
                lines || input.name == Some("a.json") || !block.text.contains('\n'),
                "{block:?}"
            );
            if let BlockKind::Image { url, .. } = &block.kind {
                assert!(url.is_empty() || is_web(url) || url.starts_with("data:image/"), "{url}");
            }
            for mark in &block.marks {
                assert!(
                    mark.start < mark.end && block.text.get(mark.start..mark.end).is_some(),
                    "{block:?}"
                );
                if let MarkKind::Link(url) = &mark.kind {
                    let scheme = Url::parse(url).map(|url| url.scheme().to_owned());
                    let safe =
                        scheme.is_ok_and(|s| matches!(s.as_str(), "http" | "https" | "mailto"));
                    assert!(
                        safe || Url::parse(url) == Err(url::ParseError::RelativeUrlWithoutBase),
                        "{url}"
                    );
                }
            }
        }
        assert!(article.set_aside.iter().all(|line| line.before <= article.blocks.len()));
        dixit_import::body_text(&mut article);
        round_trip(&article, &analyse(&article));
        article.put_back(0);
        sound(&article, &analyse(&article));
    }
}

fn round_trip(article: &Article, analysis: &Analysis) {
    sound(article, analysis);
    let json = format::write(article, Some(analysis));
    let (article_again, analysis_again) = format::read(&json).expect("our own JSON");
    assert_eq!(&article_again, article, "the article comes back changed");
    assert_eq!(analysis_again.as_ref(), Some(analysis), "the analysis comes back changed");
}

/// Spans lie on character boundaries of their blocks and in order, indices fit, ids differ.
fn sound(article: &Article, analysis: &Analysis) {
    let mut spans: Vec<_> = analysis.quotations.iter().map(|q| q.span).collect();
    assert!(spans.is_sorted(), "quotations are out of order");
    for quotation in &analysis.quotations {
        assert!(quotation.attribution.is_none_or(|a| a < analysis.attributions.len()));
    }
    for attribution in &analysis.attributions {
        let content = &attribution.content;
        assert!(!content.is_empty() && content.is_sorted(), "content is out of order");
        for pair in content.windows(2) {
            assert!(
                pair[0].block != pair[1].block || pair[0].end <= pair[1].start,
                "content overlaps"
            );
        }
        assert!(attribution.speaker.is_none_or(|s| s < analysis.speakers.len()));
        spans.extend(content.iter().copied().chain(attribution.cue).chain(attribution.source));
    }
    spans.extend(analysis.speakers.iter().flat_map(|s| s.mentions.iter().copied()));
    for span in spans {
        let block = article.blocks.get(span.block).map_or("", |b| &b.text);
        assert!(span.start < span.end && block.get(span.start..span.end).is_some(), "{span:?}");
    }
    let ids = analysis.quotations.iter().map(|q| &q.id);
    let mut ids: Vec<_> = ids.chain(analysis.attributions.iter().map(|a| &a.id)).collect();
    let n = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), n, "two have the same id");
}

/// Every visible character is somewhere, but for the marks of list items, colons after labels, and
/// what stands beside a date and a byline in their lines.
fn kept(text: &str, article: &Article) {
    let mut count: HashMap<char, i64> = HashMap::new();
    let visible = |c: &char| !c.is_whitespace() && !"\u{200b}\u{feff}\u{2060}\u{ad}".contains(*c);
    for c in text.chars().filter(visible) {
        *count.entry(c).or_default() += 1;
    }
    let fields = [article.title.as_deref(), article.byline.as_deref()];
    let mut parts: Vec<&str> = fields.into_iter().flatten().collect();
    parts.extend(article.blocks.iter().map(|b| b.text.as_str()));
    parts.extend(article.date.as_ref().map(|d| d.written.as_str()));
    parts.extend(article.set_aside.iter().map(|s| s.text.as_str()));
    for related in &article.related {
        parts.extend(related.section.as_deref());
        parts.push(&related.title);
        parts.extend(related.teaser.as_deref());
    }
    for c in parts.into_iter().flat_map(str::chars) {
        *count.entry(c).or_default() -= 1;
    }
    let lost = |of: &dyn Fn(char) -> bool| -> i64 {
        count.iter().filter(|(c, n)| of(**c) && **n > 0).map(|(_, n)| n).sum()
    };
    let is_mark = |c: char| "•‣▪◦●·*-–.):：".contains(c) || c.is_ascii_digit();
    let beside_date = if article.date.is_some() { 40 } else { 0 };
    let beside_byline = if article.byline.is_some() { 24 } else { 0 };
    let letters = lost(&|c| !is_mark(c));
    assert!(letters <= beside_date + beside_byline, "{letters} visible characters are lost");
    let n_lines = i64::try_from(
        text.split(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')).count(),
    )
    .unwrap_or(i64::MAX);
    assert!(lost(&is_mark) <= 3 * n_lines + beside_date, "more than the marks of lists is lost");
}
