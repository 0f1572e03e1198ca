//! Words with who said them and where, as plain text to paste elsewhere.

use dixit_engine::{Article, AttributionKind, Confidence};
use dixit_export::Row;

use crate::wording::{fill, t};

/// The words of `rows`, each with its speaker, and then the article: title, date, and its address where it has one
/// that others can open.
pub(crate) fn quoted(article: &Article, rows: &[&Row]) -> String {
    let mut text = String::new();
    for row in rows {
        text.push_str(&row.words());
        text.push_str("\n— ");
        text.push_str(&speaker(row));
        if row.kind == AttributionKind::Indirect {
            text.push_str(&[" (", t("reported"), ")"].concat());
        }
        text.push_str("\n\n");
    }
    let date = article.date.as_ref().map(|date| date.written.as_str());
    let facts = [article.title.as_deref(), date, article.source_url.as_deref()];
    text.push_str(&facts.into_iter().flatten().collect::<Vec<&str>>().join(", "));
    text.trim_end().to_owned()
}

/// Name and role; a guess is a question.
fn speaker(row: &Row) -> String {
    let Some(who) = &row.who else { return t("nobody is named").to_owned() };
    if row.confidence == Confidence::Low {
        return fill("perhaps {}?", &[&who.name]);
    }
    let role = if who.role.is_empty() { &who.affiliation } else { &who.role };
    if role.is_empty() { who.name.clone() } else { [&who.name, ", ", role].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use dixit_engine::SpeakerKind;

    #[test]
    fn words_have_their_speaker_and_article() {
        let mut page = Fixture::default();
        page.article.title = Some("Gates open".into());
        page.article.source_url = Some("https://n.example/gates".into());
        let ann = page.speaker("Ann Lee", SpeakerKind::Person);
        page.analysis.speakers[ann].role = Some("mayor".into());
        page.block("“Yes,” said Ann Lee, who hoped for rain. “No.” “Who?”");
        page.quote("“Yes,”", ann);
        page.report("hoped for rain", ann);
        page.quote("“No.”", ann).confidence = Confidence::Low;
        page.quote("“Who?”", ann).speaker = None;
        let (article, analysis) = page.parts();
        let rows = dixit_export::rows(&article, &analysis, "https://r.example/");
        let rows: Vec<&Row> = rows.iter().collect();
        assert_eq!(
            quoted(&article, &rows),
            "“Yes,”\n— Ann Lee, mayor\n\nhoped for rain\n— Ann Lee, mayor (reported)\n\n“No.”\n— perhaps Ann Lee?\n\n“Who?”\n— nobody is named\n\nGates open, https://n.example/gates"
        );
    }
}
