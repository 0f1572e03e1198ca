//! Who said what as Markdown (CommonMark), for notes and mails.

use dixit_engine::{Article, AttributionKind, Confidence};

use crate::Row;

/// The headline and what is known of the article, then every statement as a block quotation with its speaker.
///
/// Words are escaped: as text they come back letter by letter, and nothing in them is markup.
pub fn markdown(article: &Article, rows: &[Row], page: &str) -> String {
    let mut text = String::new();
    if let Some(title) = &article.title {
        text.extend(["# ", &escaped(title), "\n\n"]);
    }
    let date = article.date.as_ref().map(|date| date.written.as_str());
    let facts = [article.byline.as_deref(), date, article.site.as_deref()];
    let mut facts: Vec<String> = facts.into_iter().flatten().map(escaped).collect();
    facts.extend(article.source_url.as_deref().map(|url| link("original", url)));
    facts.push(link("in Dixit", page));
    text.extend([&facts.join(" · "), "\n"]);
    for row in rows {
        text.extend(["\n> ", &escaped(&row.words()), "\n>\n> — "]);
        match &row.who {
            Some(who) => {
                let guess = row.confidence == Confidence::Low;
                let (before, after) = if guess { ("perhaps ", "?") } else { ("", "") };
                text.extend([before, "**", &escaped(&who.name), "**", after]);
                if !who.role.is_empty() {
                    text.extend([", ", &escaped(&who.role)]);
                }
            }
            None => text.push_str("nobody is named"),
        }
        if row.kind == AttributionKind::Indirect {
            text.push_str(" (reported)");
        }
        let paragraph = ["paragraph ", &row.paragraph().to_string()].concat();
        text.extend([" · ", &link(&paragraph, &row.link), "\n"]);
    }
    text
}

/// `words` are ours.
fn link(words: &str, url: &str) -> String {
    let mut text = ["[", words, "](<"].concat();
    for c in url.chars() {
        match c {
            '<' | '>' | '\\' | '&' => text.extend(["\\".to_owned(), c.to_string()]),
            _ if c.is_control() => {}
            _ => text.push(c),
        }
    }
    text.push_str(">)");
    text
}

/// Text that Markdown shows letter by letter: punctuation with a backslash, white space other than single spaces
/// between words as character references.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    let mut in_word = false;
    while let Some(c) = chars.next() {
        let lone = in_word && chars.peek().is_some_and(|next| !next.is_whitespace());
        if c.is_ascii_punctuation() {
            escaped.push('\\');
            escaped.push(c);
        } else if c.is_whitespace() && !(c == ' ' && lone) {
            escaped.extend(["&#", &u32::from(c).to_string(), ";"]);
        } else {
            escaped.push(c);
        }
        in_word = !c.is_whitespace();
    }
    escaped
}
