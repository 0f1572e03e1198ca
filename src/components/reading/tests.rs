use super::*;
use crate::fixture::Fixture;
use crate::part::{Host, HostProps};
use dixit_engine::{Block, BlockKind, Confidence, Mark, MarkKind, SpeakerKind};

/// The first render as HTML.
fn rendered(page: Fixture) -> String {
    rendered_as(page, false)
}

/// The same; where the page is the article's own, whole, as a prerendered page would hold it.
fn rendered_as(page: Fixture, is_own: bool) -> String {
    let (article, analysis) = page.parts();
    let props = Props {
        article: Rc::new(article),
        analysis: Rc::new(analysis),
        corrected: Rc::default(),
        children: html! { <section class="comments" /> },
        scene: Scene::default(),
        on_scene: Callback::noop(),
        asked: None,
        on_edit: Callback::noop(),
        stores: Stores::in_memory(),
        extras: Some(&crate::components::rich::EXTRAS),
        is_own,
    };
    let renderer = yew::LocalServerRenderer::<Host>::with_props(HostProps::of::<Reading>(props));
    let renderer = renderer.hydratable(false);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    tokio::task::LocalSet::new().block_on(&runtime, renderer.render())
}

/// The text between the tags, without what only screen readers get.
fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<').skip(1) {
        let (tag, words) = part.split_once('>').unwrap_or((part, ""));
        if !tag.contains("\"vh\"") {
            text.push_str(words);
        }
    }
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, c)| text.replace(entity, c))
}

fn body(html: &str) -> &str {
    let from = html.find("<div class=\"body\">").expect("a body");
    let to = html.find("</article>").expect("an end");
    &html[from..to]
}

fn page() -> Fixture {
    let mut page = Fixture::default();
    page.article.title = Some("Gates open".into());
    let ann = page.speaker("Ann Lee", SpeakerKind::Person);
    page.block(
        "“We shall open the gates at noon and keep them open,” said Ann Lee & <b>no</b>  one else.",
    );
    page.quote("“We shall open the gates at noon and keep them open,”", ann);
    page.mention("Ann Lee", ann);
    page.block(
        "\"Nobody asked 'us',\" she said. “Perhaps this one is hers, nobody can really tell.”",
    );
    page.quote("\"Nobody asked 'us',\"", ann);
    page.quote("“Perhaps this one is hers, nobody can really tell.”", ann).confidence =
        Confidence::Low;
    page
}

#[test]
fn the_text_is_verbatim_and_every_quotation_open() {
    let page = page();
    let expected: String = page.article.blocks.iter().map(|b| b.text.as_str()).collect();
    let html = rendered(page);
    assert_eq!(text(body(&html)), expected);
    assert!(!html.contains(" hidden"));
    assert_eq!(html.matches("aria-expanded=\"true\"").count(), 2);
    assert_eq!(html.matches("class=\"tog\"").count(), 2);
}

#[test]
fn speakers_are_named_in_text_and_guesses_are_questions() {
    let html = rendered(page());
    assert!(html.contains("<bdi class=\"vh\">Ann Lee: </bdi>"));
    assert!(html.contains(" is-question\""));
    assert!(html.contains("aria-label=\"Quotation, 11 words\""));
    let mut guess = Fixture::default();
    let ann = guess.speaker("Ann Lee", SpeakerKind::Person);
    guess.block("“No.”");
    guess.quote("“No.”", ann).confidence = Confidence::Low;
    let html = rendered(guess);
    assert!(html.contains("<bdi class=\"vh\">Perhaps Ann Lee: </bdi>"));
    assert!(html.contains("data-letters=\"AL?\"") && html.contains("is-question"));
}

#[test]
fn hostile_input_stays_text() {
    let mut page = page();
    let link = |url: &str| Mark { start: 0, end: 4, kind: MarkKind::Link(url.into()) };
    page.article
        .blocks
        .push(Block { marks: vec![link("javascript:alert(1)")], ..Block::paragraph("evil link") });
    page.article.blocks.push(Block {
        kind: BlockKind::Image {
            url: "https://t.example/pixel.png".into(),
            credit: Some("Ann Lee".into()),
        },
        ..Block::paragraph("<img src=x>")
    });
    page.article.language = Some("en\" onclick=\"x".into());
    page.analysis.quotations[0].id = "panel".into();
    page.analysis.speakers[0].id = "s-x\" onclick=\"y".into();
    let html = rendered(page);
    for never in ["javascript:", "<img", " style=", "id=\"panel\"", " onclick=\"", "<script"] {
        assert!(!html.contains(never), "{never}");
    }
}

#[test]
fn lists_in_lists_and_tables_keep_their_form() {
    let mut page = Fixture::default();
    let item = |number, depth| BlockKind::ListItem { number, depth };
    let cell = |header, first| BlockKind::Cell { header, first };
    for (kind, text) in [
        (item(Some(3), 0), "a"),
        (item(None, 1), "b"),
        (item(None, 200), "c"),
        (item(Some(4), 0), "d"),
        (item(None, 0), "e"),
        (BlockKind::Caption, "f"),
        (cell(true, true), "g"),
        (cell(true, false), "h"),
        (cell(false, true), "i"),
    ] {
        page.article.blocks.push(Block { kind, ..Block::paragraph(text) });
    }
    let html = rendered(page);
    let bare: String = body(&html)
        .split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(tag, text)| {
            let name = tag.split(' ').next().unwrap_or_default();
            let kept = ["ol", "ul", "li", "table", "tr", "th", "td"]
                .contains(&name.trim_start_matches('/'));
            let start = if tag.contains("start=\"3\"") { " start=3" } else { "" };
            if kept { format!("<{name}{start}>{text}") } else { text.to_owned() }
        })
        .collect();
    let expected = "<ol start=3><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ol>\
        <ul><li>e</li></ul>f<table><tr><th>g</th><th>h</th></tr><tr><td>i</td></tr></table>";
    assert!(bare.starts_with(expected), "{bare}");
}

#[test]
fn a_long_article_is_whole_and_no_list_is_cut() {
    let mut page = Fixture::default();
    for n in 0..300 {
        let kind = match n {
            // Over the ends of the first piece, and of the second and third.
            60..70 => BlockKind::ListItem { number: None, depth: 0 },
            120..200 => BlockKind::ListItem { number: Some(n - 119), depth: 0 },
            _ => BlockKind::Paragraph,
        };
        page.article.blocks.push(Block { kind, ..Block::paragraph(format!("[{n}]")) });
    }
    let expected: String = page.article.blocks.iter().map(|b| b.text.as_str()).collect();
    let html = rendered_as(page, true);
    assert_eq!(text(body(&html)), expected);
    let count = |tag: &str| body(&html).matches(tag).count();
    assert_eq!((count("<ul"), count("<ol"), count("<li")), (1, 1, 90));
}

#[test]
fn the_first_render_is_the_same_each_time() {
    assert_eq!(rendered(page()), rendered(page()));
}

#[test]
fn an_empty_article_and_one_without_voices_are_pages_too() {
    assert!(rendered(Fixture::default()).contains("Article without a headline"));
    let mut page = Fixture::default();
    page.article.language = Some("en".to_owned());
    page.block("It rained.");
    let html = rendered(page);
    assert!(
        html.contains("Nobody is quoted")
            && html.contains("0 quotes")
            && html.contains("1 min read")
    );
}

#[test]
fn that_nobody_is_quoted_is_not_said_where_it_is_not_known() {
    let mut page = Fixture::default();
    page.block("No lo creo.");
    let html = rendered(page);
    assert!(html.contains("may be another language") && !html.contains("Nobody is quoted"));
}

#[test]
fn english_facts_keep_their_order_in_an_article_from_right_to_left() {
    let mut page = Fixture::default();
    page.block("قال الوزير.");
    let html = rendered(page);
    let read = "<bdi lang=\"en\" title=\"At 238 words a minute\">1 min read</bdi>";
    assert!(html.contains(read) && html.contains("<bdi lang=\"en\">0 quotes</bdi>"));
}
