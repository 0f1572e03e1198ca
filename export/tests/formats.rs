//! Every format, read back by a library of others, with hostile names and words.

use std::collections::HashMap;

use dixit_engine::{
    Analysis, Article, Attribution, AttributionKind, Block, BlockKind, Confidence, Date, Quotation,
    Resolution, Rule, Span, Speaker, SpeakerKind, Why, analyse, plain_text,
};
use dixit_export::card::{self, Card, Letters, Theme};
use dixit_export::{BOM, COLUMNS, Row, rows, text_fragment};
use serde_json::Value;

const PAGE: &str = "https://reader.example/?src=https%3A%2F%2Fnews.example%2Fvote";
const URL: &str = "https://news.example/vote?id=1&x=2";

/// Names that mean something somewhere: formulas, markup, turned text, line breaks.
const HOSTILE: [&str; 12] = [
    "=HYPERLINK(\"https://evil.example\",\"x\")",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\tTab",
    "\rReturn",
    "'=1",
    "Ann \"the, boss\" Lee\r\nII",
    "<script>alert('x')</script>&amp;",
    "\u{202e}eeL nnA\u{2066}",
    "*Ann* _Lee_ [x](javascript:alert(1)) `c` # | ~~s~~ <b>",
    "]]> --> \\ \u{0}\u{8}\u{fffe} \u{2028} 李明 🎉",
];

/// One quotation and one reported statement for each of the hostile texts, as words and as a name.
fn hostile() -> (Article, Analysis) {
    let mut article = Article {
        id: URL.into(),
        title: Some("Vote \"now\", <b>they</b> said\n=1".into()),
        date: Some(Date { iso: "2026-03-04".into(), written: "4 March 2026".into() }),
        byline: Some("Di *Eng*".into()),
        site: Some("The <News>".into()),
        language: Some("en".into()),
        source_url: Some(URL.into()),
        ..Article::default()
    };
    let mut analysis = Analysis::default();
    for (n, text) in HOSTILE.iter().enumerate() {
        let block = format!("So: {text} — said {text}, they 🎉 “{text}” say. ");
        let second = block.find('“').expect("a mark");
        let name = block.find("said").expect("a cue");
        article.blocks.push(Block { kind: BlockKind::Preformatted, ..Block::paragraph(block) });
        let span = |start, end| Span { block: n, start, end };
        let first = span(4, 4 + text.len());
        let last = span(second, second + text.len() + 6);
        let kinds =
            [(AttributionKind::Direct, vec![last]), (AttributionKind::Indirect, vec![first, last])];
        for (kind, content) in kinds {
            if kind == AttributionKind::Direct {
                let attribution = Some(analysis.attributions.len());
                let id = format!("q-{n}");
                analysis.quotations.push(Quotation { id, span: last, depth: 0, attribution });
            }
            analysis.attributions.push(Attribution {
                id: format!("a-{}", analysis.attributions.len()),
                kind,
                content,
                cue: Some(span(name, name + 4)),
                source: Some(span(name + 5, name + 5 + text.len())),
                speaker: (n != 2).then_some(n),
                why: Why { rule: Rule::CueAfter, resolution: Resolution::Name },
                confidence: if n == 1 { Confidence::Low } else { Confidence::High },
            });
        }
        analysis.speakers.push(Speaker {
            id: format!("s-{n}"),
            name: (*text).into(),
            role: Some((*text).into()),
            affiliation: Some((*text).into()),
            kind: [
                SpeakerKind::Person,
                SpeakerKind::Organization,
                SpeakerKind::Group,
                SpeakerKind::Unnamed,
            ][n % 4],
            mentions: Vec::new(),
        });
    }
    (article, analysis)
}

fn hostile_rows() -> (Article, Vec<Row>) {
    let (article, analysis) = hostile();
    let rows = rows(&article, &analysis, PAGE);
    assert_eq!(rows.len(), 2 * HOSTILE.len());
    (article, rows)
}

#[test]
fn rows_have_verbatim_words_and_their_places() {
    let article = plain_text::read(
        "Harbour vote\n\nIt rained. “It is „so“ over,” said Ann Lee, the mayor, “and we know it.”\n\nLee said the gates would stay shut.",
    );
    let analysis = analyse(&article).spoken();
    let rows = rows(&article, &analysis, PAGE);
    assert_eq!(rows.len(), 2, "{rows:#?}");
    assert_eq!(rows[0].words(), "“It is „so“ over,” […] “and we know it.”");
    assert_eq!((rows[0].position().as_str(), rows[0].paragraph()), ("1:11-29 1:55-72", 1));
    assert_eq!(rows[0].id, analysis.quotations[0].id);
    assert_eq!(rows[0].link, format!("{PAGE}#{}", rows[0].id));
    assert!(rows[1].id.starts_with("a-"));
    let text: Vec<&str> = article.blocks.iter().map(|b| b.text.as_str()).collect();
    let text: Vec<char> = text.join("\n").chars().collect();
    for part in rows.iter().flat_map(|row| &row.parts) {
        let words = &text[part.at..part.at + part.end - part.start];
        assert_eq!(words.iter().collect::<String>(), part.words);
    }
    let who = rows[0].who.as_ref().expect("a speaker");
    assert_eq!((who.name.as_str(), who.id.as_str()), ("Ann Lee", "s-ann-lee"));
}

#[test]
fn what_does_not_fit_the_article_is_left_out() {
    let (article, mut analysis) = hostile();
    analysis.attributions[0].content = vec![Span { block: 99, start: 0, end: 1 }];
    analysis.attributions[1].content = vec![Span { block: 0, start: 7, end: 9999 }];
    analysis.attributions[2].speaker = Some(99);
    let rows = rows(&article, &analysis, PAGE);
    assert_eq!((rows.len(), rows[0].attribution), (2 * HOSTILE.len() - 2, 2));
    assert_eq!(rows[0].who, None);
}

#[test]
fn csv_comes_back_and_no_cell_is_a_formula() {
    let (_, rows) = hostile_rows();
    let csv = dixit_export::csv(&rows);
    assert!(csv.ends_with("\r\n") && !csv.starts_with(BOM));
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    assert_eq!(reader.headers().expect("a header").iter().collect::<Vec<_>>(), COLUMNS);
    let records: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a record")).collect();
    assert_eq!(records.len(), rows.len());
    for (record, row) in records.iter().zip(&rows) {
        let cells: HashMap<&str, &str> = COLUMNS.into_iter().zip(record).collect();
        assert!(cells.values().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
        // As the documentation says: one apostrophe before a formula is not of the words.
        let bare = |name: &str| {
            let cell = cells[name];
            let rest = cell.trim_start_matches('\'');
            let defused =
                rest.len() < cell.len() && rest.starts_with(['=', '+', '-', '@', '\t', '\r']);
            if defused { cell[1..].to_owned() } else { cell.to_owned() }
        };
        assert_eq!(bare("words"), row.words());
        assert_eq!(bare("speaker"), row.who.as_ref().map_or("", |who| &who.name));
        assert_eq!(bare("source"), row.source);
        assert_eq!(
            (cells["link"], cells["cue"], cells["rule"]),
            (row.link.as_str(), "said", "cue-after")
        );
    }
    // Every line break outside a cell is CR LF.
    let bare: String = csv.split('"').step_by(2).collect();
    assert_eq!(bare.matches('\n').count(), bare.matches("\r\n").count());
    assert_eq!(dixit_export::csv(&[]).lines().count(), 1);
}

#[test]
fn json_comes_back_letter_by_letter() {
    let (article, rows) = hostile_rows();
    let json: Value =
        serde_json::from_str(&dixit_export::json(&article, &rows, PAGE)).expect("JSON");
    assert_eq!((&json["format"], &json["version"]), (&"dixit-statements".into(), &1.into()));
    assert_eq!(json["article"]["title"], article.title.as_deref().expect("a title"));
    assert_eq!(json["article"]["url"], URL);
    let statements = json["statements"].as_array().expect("a list");
    assert_eq!(statements.len(), rows.len());
    for (statement, row) in statements.iter().zip(&rows) {
        assert_eq!(
            (&statement["id"], &statement["link"]),
            (&row.id.as_str().into(), &row.link.as_str().into())
        );
        for (part, expected) in statement["parts"].as_array().expect("parts").iter().zip(&row.parts)
        {
            assert_eq!(part["words"], expected.words);
            assert_eq!(part["paragraph"], expected.paragraph);
        }
        match &row.who {
            Some(who) => assert_eq!(statement["speaker"]["name"], who.name),
            None => assert!(statement["speaker"].is_null()),
        }
    }
}

/// Every object in the JSON, at any depth.
fn objects(value: &Value) -> Vec<&Value> {
    let inner: Vec<&Value> = match value {
        Value::Object(fields) => fields.values().collect(),
        Value::Array(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    let own = value.is_object().then_some(value);
    own.into_iter().chain(inner.into_iter().flat_map(objects)).collect()
}

#[test]
fn json_ld_has_the_terms_of_schema_org() {
    let (article, rows) = hostile_rows();
    let json: Value =
        serde_json::from_str(&dixit_export::json_ld(&article, &rows, PAGE)).expect("JSON");
    assert_eq!(
        (&json["@context"], &json["@type"]),
        (&"https://schema.org".into(), &"NewsArticle".into())
    );
    assert_eq!((&json["@id"], &json["datePublished"]), (&URL.into(), &"2026-03-04".into()));
    let known: HashMap<&str, &[&str]> = [
        (
            "NewsArticle",
            &[
                "@context",
                "url",
                "headline",
                "datePublished",
                "inLanguage",
                "author",
                "publisher",
                "mentions",
                "hasPart",
            ][..],
        ),
        (
            "Quotation",
            &[
                "url",
                "text",
                "inLanguage",
                "isPartOf",
                "position",
                "description",
                "creator",
                "spokenByCharacter",
            ],
        ),
        (
            "Statement",
            &["url", "text", "inLanguage", "isPartOf", "position", "description", "creator"],
        ),
        ("Person", &["name", "jobTitle", "affiliation", "disambiguatingDescription"]),
        ("Organization", &["name", "description"]),
    ]
    .into();
    let mut ids = Vec::new();
    for object in objects(&json) {
        let fields = object.as_object().expect("an object");
        let Some(kind) = object["@type"].as_str() else {
            assert_eq!(fields.keys().collect::<Vec<_>>(), ["@id"], "a reference");
            continue;
        };
        for name in fields.keys().filter(|name| !["@type", "@id"].contains(&name.as_str())) {
            assert!(known[kind].contains(&name.as_str()), "{kind} has no {name}");
        }
        ids.extend(object["@id"].as_str());
    }
    for object in objects(&json).into_iter().filter(|object| object["@type"].is_null()) {
        assert!(ids.contains(&object["@id"].as_str().expect("an id")), "{object} leads nowhere");
    }
    let parts = json["hasPart"].as_array().expect("parts");
    assert_eq!(parts.len(), rows.len());
    for (part, row) in parts.iter().zip(&rows) {
        assert_eq!(part["text"], row.words());
        let named = row.who.is_some() && row.confidence != Confidence::Low;
        assert_eq!(part["creator"].is_object(), named, "a guess is no fact: {part}");
    }
}

#[test]
fn annotations_follow_the_model() {
    let (article, rows) = hostile_rows();
    let json: Value =
        serde_json::from_str(&dixit_export::annotations(&article, &rows, PAGE)).expect("JSON");
    assert_eq!(json["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(
        (&json["type"], &json["total"]),
        (&"AnnotationCollection".into(), &rows.len().into())
    );
    let page = &json["first"];
    assert_eq!((&page["type"], &page["startIndex"]), (&"AnnotationPage".into(), &0.into()));
    let text: Vec<&str> = article.blocks.iter().map(|b| b.text.as_str()).collect();
    let text: Vec<char> = text.join("\n").chars().collect();
    for (annotation, row) in page["items"].as_array().expect("items").iter().zip(&rows) {
        assert_eq!(
            (&annotation["type"], &annotation["id"]),
            (&"Annotation".into(), &row.link.as_str().into())
        );
        let bodies = annotation["body"].as_array().expect("bodies");
        assert_eq!(bodies.len(), 1 + usize::from(row.who.is_some()));
        for body in bodies {
            assert_eq!(
                (&body["type"], &body["format"]),
                (&"TextualBody".into(), &"text/plain".into())
            );
            assert!(
                ["tagging", "describing"].contains(&body["purpose"].as_str().expect("a purpose"))
            );
        }
        if let Some(who) = &row.who {
            assert_eq!(bodies[0]["value"], who.name);
        }
        let targets = annotation["target"].as_array().expect("targets");
        assert_eq!(targets.len(), row.parts.len());
        for target in targets {
            assert_eq!(
                (&target["type"], &target["source"]),
                (&"SpecificResource".into(), &URL.into())
            );
            let [quote, position] = &target["selector"].as_array().expect("selectors")[..] else {
                panic!()
            };
            assert_eq!(
                (&quote["type"], &position["type"]),
                (&"TextQuoteSelector".into(), &"TextPositionSelector".into())
            );
            let [start, end] =
                ["start", "end"].map(|name| position[name].as_u64().expect("a number") as usize);
            let of = |from: usize, to: usize| text[from..to].iter().collect::<String>();
            assert_eq!(quote["exact"], of(start, end));
            let [before, after] =
                ["prefix", "suffix"].map(|name| quote[name].as_str().expect("a text").to_owned());
            assert_eq!(before, of(start - before.chars().count(), start));
            assert_eq!(after, of(end, end + after.chars().count()));
        }
    }
}

#[test]
fn markdown_shows_every_word_and_has_no_markup_of_the_article() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let (article, rows) = hostile_rows();
    let markdown = dixit_export::markdown(&article, &rows, PAGE);
    let (mut text, mut paragraphs, mut links) = (String::new(), Vec::new(), Vec::new());
    for event in Parser::new_ext(&markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(words) => text.push_str(&words),
            Event::Start(Tag::Paragraph | Tag::Heading { .. }) => text.clear(),
            Event::End(pulldown_cmark::TagEnd::Paragraph | pulldown_cmark::TagEnd::Heading(_)) => {
                paragraphs.push(std::mem::take(&mut text));
            }
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.to_string()),
            Event::Start(Tag::Strong | Tag::BlockQuote(_)) | Event::End(_) => {}
            other => panic!("{other:?} in {markdown}"),
        }
    }
    // CommonMark has a character for NUL; not every program follows.
    let seen = |text: &str| text.replace('\u{0}', "\u{fffd}");
    assert_eq!(paragraphs[0], article.title.expect("a title"));
    assert_eq!(paragraphs.len(), 2 + 2 * rows.len());
    for (said, row) in paragraphs[2..].chunks(2).zip(&rows) {
        assert_eq!(seen(&said[0]), seen(&row.words()));
        let name = row.who.as_ref().map_or("nobody is named".into(), |who| seen(&who.name));
        assert!(seen(&said[1]).contains(&name), "{} {name}", said[1]);
        assert_eq!(said[1].contains("(reported)"), row.kind == AttributionKind::Indirect);
    }
    let expected = [URL, PAGE].into_iter().map(str::to_owned);
    assert_eq!(links, expected.chain(rows.iter().map(|row| row.link.clone())).collect::<Vec<_>>());
}

/// Letters half as wide as high, as of many fonts.
fn measure(text: &str, letters: &Letters) -> f64 {
    text.chars().count() as f64 * letters.size / 2.0
}

/// The texts of an SVG document, after its title.
fn svg_texts(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).expect("XML");
    let allowed = ["svg", "title", "rect", "text"];
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        assert!(allowed.contains(&node.tag_name().name()), "{node:?}");
        assert!(
            node.attributes().all(|a| !a.name().starts_with("on") && !a.name().contains("href"))
        );
    }
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    texts.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn hostile_cards_are_well_formed_and_stay_text() {
    let (article, rows) = hostile_rows();
    for row in &rows {
        let card = Card::new(&article, row, |name| format!("Perhaps {name}?"));
        for theme in [Theme::Light, Theme::Dark] {
            let layout = card::layout(&card, theme, &measure);
            let texts = svg_texts(&card::svg(&layout));
            let clean = |text: &str| {
                let plain = text.replace(['\u{fffe}', '\u{ffff}'], "");
                plain.split_whitespace().collect::<Vec<_>>().join(" ")
            };
            assert!(
                layout
                    .lines
                    .iter()
                    .all(|line| measure(&line.text, &line.letters) <= card::WIDTH - 168.0)
            );
            let words =
                clean(&texts[..texts.len() - if row.who.is_some() { 4 } else { 2 }].join(" "));
            let letters = |text: &str| text.replace(' ', "");
            assert_eq!(letters(&words), letters(&clean(&card.words)));
            assert!(!texts.concat().contains(['\u{202e}', '\u{2066}']));
        }
    }
    let guess = Card::new(&article, &rows[2], |name| format!("Perhaps {name}?"));
    assert_eq!(guess.speaker, "Perhaps +1+1?");
    assert_eq!(guess.source, "4 March 2026 · The <News>");
}

#[test]
fn long_words_take_smaller_letters_and_then_are_shortened_visibly() {
    let card =
        |words: String| Card { words, speaker: "Ann Lee".into(), colour: 1, ..Card::default() };
    let size = |layout: &card::Layout| layout.lines[0].letters.size;
    let few = card::layout(&card("“We lost.”".into()), Theme::Light, &measure);
    let many = card::layout(
        &card(format!("“{}”", "We lost it all. ".repeat(20).trim())),
        Theme::Light,
        &measure,
    );
    let too_many = card::layout(
        &card(format!("“{}”", "We lost it all. ".repeat(200).trim())),
        Theme::Light,
        &measure,
    );
    assert!(size(&few) > size(&many) && size(&many) > size(&too_many));
    assert!(!few.is_shortened && !many.is_shortened && too_many.is_shortened);
    let words: Vec<&str> = too_many
        .lines
        .iter()
        .filter(|l| l.letters == too_many.lines[0].letters)
        .map(|l| l.text.as_str())
        .collect();
    assert!(words.last().is_some_and(|line| line.ends_with("…”")), "{words:?}");
    assert!(too_many.lines.iter().all(|line| line.y < card::HEIGHT));
    let last_word =
        too_many.lines.iter().rev().find(|l| l.letters.family == card::SERIF).expect("words");
    assert!(last_word.y <= 410.0);
}

#[test]
fn a_card_from_right_to_left_begins_at_the_right() {
    let card = Card { words: "«قال»".into(), from_right: true, colour: 2, ..Card::default() };
    let layout = card::layout(&card, Theme::Dark, &measure);
    assert!(layout.lines.iter().all(|line| line.x > card::WIDTH / 2.0));
    let svg = card::svg(&layout);
    let document = roxmltree::Document::parse(&svg).expect("XML");
    assert!(document.descendants().any(|node| node.attribute("direction") == Some("rtl")));
}

/// The directives of a link, decoded: prefix, start, end, suffix.
fn directives(link: &str) -> Vec<[String; 4]> {
    let fragment = url::Url::parse(link).expect("a URL").fragment().expect("a fragment").to_owned();
    let (_, directives) = fragment.split_once(":~:").expect("directives");
    let decoded = |text: &str| {
        let field = format!("x={}", text.replace('+', "%2B"));
        url::form_urlencoded::parse(field.as_bytes()).next().expect("a pair").1.into_owned()
    };
    let parse = |directive: &str| {
        let mut parts: Vec<&str> =
            directive.strip_prefix("text=").expect("text=").split(',').collect();
        let prefix =
            if parts[0].ends_with('-') { parts.remove(0).trim_end_matches('-') } else { "" };
        let last = parts[parts.len() - 1];
        let suffix = if last.starts_with('-') {
            parts.pop().expect("a part").trim_start_matches('-')
        } else {
            ""
        };
        [prefix, parts[0], parts.get(1).copied().unwrap_or(""), suffix].map(decoded)
    };
    directives.split('&').map(parse).collect()
}

fn links(text: &str, url: &str) -> Vec<String> {
    let article = plain_text::read(text);
    let analysis = analyse(&article).spoken();
    let rows = rows(&article, &analysis, PAGE);
    rows.iter().map(|row| text_fragment::link(url, &article, row)).collect()
}

#[test]
fn text_fragments_name_the_words_on_the_page() {
    let long = "We have waited for the gates, the pumps and the new quay wall since the spring of last year, and we shall not wait for another winter to pass";
    let text = format!(
        "Harbour vote\n\nThe talks began. “Gates & pumps, semi-open,” said Ann Lee, the mayor.\n\n“{long},” she added.\n\nIn the morning Bo Berg said: “Never again.” It rained.\n\nAsked about the fees, Cy Dahl said: “Never again.” He left."
    );
    let links = links(&text, "https://news.example/vote");
    assert!(
        links[0]
            .starts_with("https://news.example/vote#:~:text=Gates%20%26%20pumps%2C%20semi%2Dopen"),
        "{}",
        links[0]
    );
    assert_eq!(directives(&links[0]), [["", "Gates & pumps, semi-open", "", ""]]);
    assert_eq!(
        directives(&links[1]),
        [["", "We have waited for the", "for another winter to pass", ""]]
    );
    assert_eq!(
        directives(&links[2]),
        [["the morning Bo Berg said: “", "Never again", "", ".” It rained"]]
    );
    assert_eq!(
        directives(&links[3]),
        [["the fees, Cy Dahl said: “", "Never again", "", ".” He left"]]
    );
}

#[test]
fn text_fragments_keep_a_fragment_and_name_every_part() {
    let text = "Harbour vote\n\n“We lost the vote,” said Ann Lee, the mayor, “and we know it.”";
    for (url, expected) in [
        ("https://n.example/v#page", "https://n.example/v#page:~:text="),
        ("https://n.example/v#page:~:text=old", "https://n.example/v#page:~:text="),
        ("https://n.example/v", "https://n.example/v#:~:text="),
    ] {
        let link = &links(text, url)[0];
        assert!(link.starts_with(expected), "{link}");
        assert_eq!(directives(link).len(), 2);
    }
}

#[test]
fn hostile_text_fragments_are_addresses() {
    let (article, rows) = hostile_rows();
    for row in &rows {
        let link = text_fragment::link(URL, &article, row);
        let (base, rest) = link.split_once('#').unwrap_or((&link, ""));
        assert_eq!(base, URL);
        assert!(
            rest.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'#')),
            "{link}"
        );
    }
}
