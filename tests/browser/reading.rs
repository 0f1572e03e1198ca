//! The reading page: quotations that fold, voices that are chosen, reasons, and how it looks.

use dixit_engine::{
    Analysis, Article, Attribution, AttributionKind, Block, Confidence, Quotation, Resolution,
    Rule, Span, Speaker, SpeakerKind, Why, format,
};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::harness::{Page, Reply, SHEET, Site, TALL};

/// An article of the site's own, rich in quotations.
const SAMPLE: &str = include_str!("../../static/articles/harbour-vote.txt");
const SAMPLE_PATH: &str = "?src=articles/harbour-vote.txt";

fn sample() -> Page {
    let page = Page::open(&Site::start(), SAMPLE_PATH);
    page.wait_for(".qt");
    page
}

/// A page that shows what a test gives, in place of what the engine would find.
fn given(article: &Article, analysis: &Analysis) -> Page {
    let json = Value::from(format::write(article, Some(analysis)));
    let engine = format!("export const analyse = async () => {json};");
    let site = Site::with(move |request| {
        let reply = Reply::new(200, "text/javascript", engine.clone());
        request.path.ends_with("/engine.js").then_some(reply)
    });
    let page = Page::open(&site, SAMPLE_PATH);
    page.wait_for("main h1");
    page
}

/// A block and what is said in it: quoted words, index of the speaker, how sure it is.
type Said<'a> = (&'a str, &'a [(&'a str, usize, Confidence)]);

fn said(speakers: &[(&str, SpeakerKind)], blocks: &[Said<'_>]) -> (Article, Analysis) {
    let mut article =
        Article { id: "given".into(), title: Some("Given".into()), ..Article::default() };
    let mut analysis = Analysis::default();
    for (name, kind) in speakers {
        let id = format!("s-{}", name.to_lowercase().replace(' ', "-"));
        let speaker = Speaker {
            id,
            name: (*name).into(),
            role: None,
            affiliation: None,
            kind: *kind,
            mentions: Vec::new(),
        };
        analysis.speakers.push(speaker);
    }
    for (block, (text, quotes)) in blocks.iter().enumerate() {
        article.blocks.push(Block::paragraph(*text));
        for (words, speaker, confidence) in *quotes {
            let start = text.find(words).expect("the words are in the block");
            let span = Span { block, start, end: start + words.len() };
            let n = analysis.quotations.len();
            let id = format!("q-{n}");
            analysis.quotations.push(Quotation { id, span, depth: 0, attribution: Some(n) });
            analysis.attributions.push(Attribution {
                id: format!("a-{n}"),
                kind: AttributionKind::Direct,
                content: vec![span],
                cue: None,
                source: None,
                speaker: Some(*speaker),
                why: Why { rule: Rule::Nearby, resolution: Resolution::Name },
                confidence: *confidence,
            });
        }
    }
    (article, analysis)
}

fn number(page: &Page, expression: &str) -> i64 {
    page.js(&format!("return {expression}")).as_i64().expect(expression)
}

#[test]
fn the_body_is_the_text_word_for_word() {
    let page = sample();
    let shown = page.js("return [...document.querySelectorAll('.body .blk')].map((block) => {
            const copy = block.cloneNode(true);
            copy.querySelectorAll('.vh').forEach((name) => name.remove());
            return copy.textContent;
        })");
    let paragraphs: Vec<&str> = SAMPLE.trim().split("\n\n").skip(3).collect();
    assert_eq!(shown, json!(paragraphs));
    assert_eq!(page.text("main h1"), "Port Ellis votes to keep its fishing quay");
    assert_eq!(page.attr("main time", "datetime").as_deref(), Some("2024-03-05"));
    assert_eq!(page.text("main time"), "March 5, 2024");
    // Names for those who hear the page are not copied with the text.
    let copied = "getSelection().selectAllChildren(document.querySelectorAll('.blk')[1]); return String(getSelection())";
    assert_eq!(page.js(copied), json!(paragraphs[1]));
    assert_eq!(page.count("[style]"), 0);
    assert_eq!(page.count("main script, main iframe"), 0);
    page.js("getSelection().removeAllRanges()");
    page.shots("reading");
}

#[test]
fn a_quotation_folds_to_its_first_words_and_opens_again() {
    let page = sample();
    let quotation = "(document.querySelector('.tog').parentElement)";
    let whole = page.js(&format!("return {quotation}.querySelector('.rest').textContent"));
    assert_eq!(page.attr(".tog", "aria-expanded").as_deref(), Some("true"));
    page.click(".tog");
    page.wait_for(".qt.is-shut");
    assert_eq!(page.attr(".tog", "aria-expanded").as_deref(), Some("false"));
    assert_eq!(page.count(".is-shut .rest[hidden=until-found]"), 1);
    assert_eq!(number(&page, "document.querySelector('.is-shut .rest').offsetWidth"), 0);
    assert_eq!(page.attr(".is-shut .count", "data-words").as_deref(), Some("16 words"));
    assert_eq!(page.js(&format!("return {quotation}.querySelector('.rest').textContent")), whole);
    // A click on the folded words opens it, and the toggle by keyboard folds it again.
    page.click(".qt.is-shut");
    page.wait_gone(".qt.is-shut");
    page.js("document.querySelector('.tog').focus()");
    page.press(&Key::Enter.to_string());
    page.wait_for(".qt.is-shut");
    page.press(" ");
    page.wait_gone(".qt.is-shut");
}

#[test]
fn all_quotations_fold_and_open_at_once() {
    let page = sample();
    let (n, all) = (page.count(".tog"), page.count(".qt"));
    assert!(n > 5 && n < all, "{n} of {all} fold");
    page.click_button("Collapse all quotes");
    page.wait_until("document.querySelectorAll('.tog[aria-expanded=true]').length === 0");
    assert_eq!(page.count(".rest[hidden=until-found]"), n);
    page.shots("reading-folded");
    page.click(".tog");
    page.wait_until(&format!("document.querySelectorAll('.rest[hidden]').length === {}", n - 1));
    page.click_button("Expand all");
    page.wait_gone(".rest[hidden]");
    assert_eq!(page.count(".tog[aria-expanded=true]"), n);
}

#[test]
fn quotations_under_eight_words_carry_no_toggle() {
    use Confidence::High;
    let seven = "“One two three four five six seven,”";
    let eight = "“One two three four five six seven eight.”";
    let text = format!("{seven} said Ann. {eight}");
    let people = [("Ann Lee", SpeakerKind::Person)];
    let (article, analysis) = said(&people, &[(&text, &[(seven, 0, High), (eight, 0, High)])]);
    let page = given(&article, &analysis);
    assert_eq!(page.count("#q-0 .tog"), 0);
    assert_eq!(page.count("#q-1 .tog"), 1);
    page.click_button("Collapse all quotes");
    page.wait_for("#q-1.is-shut");
    assert_eq!(page.count("#q-0.is-shut"), 0);
    assert_eq!(page.attr("#q-1 .tog", "aria-label").as_deref(), Some("Quotation, 8 words"));
}

#[test]
fn what_the_browser_finds_in_a_folded_quotation_opens_it() {
    let page = sample();
    page.click_button("Collapse all quotes");
    page.wait_for(".rest[hidden]");
    let n = page.count(".rest[hidden]");
    // Going to an id inside is how a page can make the browser reveal what it found.
    page.js("document.querySelectorAll('.rest')[2].id = 'inside'; location.hash = 'inside'");
    page.wait_until(&format!("document.querySelectorAll('.rest[hidden]').length === {}", n - 1));
    let opened = "document.getElementById('inside').parentElement";
    assert_eq!(page.js(&format!("return {opened}.querySelector('.tog').ariaExpanded")), "true");
    assert_eq!(page.js(&format!("return {opened}.classList.contains('is-shut')")), json!(false));
    // It folds again as before.
    page.js(&format!("{opened}.querySelector('.tog').click()"));
    page.wait_until(&format!("document.querySelectorAll('.rest[hidden]').length === {n}"));
}

#[test]
fn the_fragment_of_a_quotation_opens_shows_and_marks_it() {
    let page = sample();
    let id = page.js("return [...document.querySelectorAll('.qt[id]')].at(-2).id");
    let id = id.as_str().expect("an id").to_owned();
    assert!(id.starts_with("q-"), "{id}");
    let in_sight = "(() => { const r = document.querySelector('.is-here').getBoundingClientRect();
        return r.top > 50 && r.bottom < innerHeight; })()";
    page.goto(&page.address().replace(SAMPLE_PATH, &format!("{SAMPLE_PATH}#{id}")));
    page.reload();
    page.wait_for(&format!("#{id}.is-here"));
    page.wait_until(in_sight);
    page.click_button("Collapse all quotes");
    page.wait_for(".is-shut");
    let other = page.js("return document.querySelector('.is-shut').id");
    let other = other.as_str().expect("an id");
    page.js(&format!("location.hash = '{other}'"));
    page.wait_for(&format!("#{other}.is-here:not(.is-shut)"));
    page.wait_until(in_sight);
    // And that of a speaker chooses the speaker.
    let speaker = page.js("return document.querySelector('.who li[id]').id");
    page.js(&format!("location.hash = {speaker}"));
    page.wait_for(".voice-row[aria-pressed=true]");
}

#[test]
fn choosing_a_voice_dims_the_rest_and_leads_through_its_statements() {
    let page = sample();
    let color = |selector: &str| {
        page.js(&format!("return getComputedStyle(document.querySelector('{selector}')).color"))
    };
    let ink = color(".blk");
    page.click("//button[contains(@class,'voice-row')][contains(.,'Ann Lee')]");
    page.wait_for(".blk.is-dim");
    assert_eq!(page.count(".voice-row[aria-pressed=true]"), 1);
    page.wait_text("[role=status]", "");
    let said = page.js("return document.querySelector('.page > [role=status]').textContent");
    assert!(said.as_str().is_some_and(|s| s.starts_with("Ann Lee chosen: ")), "{said}");
    assert_ne!(color(".blk.is-dim"), ink);
    assert_eq!(color(".blk:not(.is-dim)"), ink);
    // What recedes can still be read: 4.5 to 1 on the page's ground, in both themes.
    for scheme in ["light", "dark"] {
        page.prefer("prefers-color-scheme", scheme);
        let ratio = page.js(
            "const part = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
            const light = (c) => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number);
                return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b); };
            const a = light(getComputedStyle(document.querySelector('.blk.is-dim')).color);
            const b = light(getComputedStyle(document.body).backgroundColor);
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)",
        );
        assert!(ratio.as_f64().is_some_and(|r| r >= 4.5), "{scheme}: {ratio}");
    }
    page.prefer("prefers-color-scheme", "");
    let chosen = page
        .js("return [...document.querySelectorAll('.badges .is-chosen')].map((b) => b.ariaLabel)");
    let chosen = chosen.as_array().expect("badges");
    assert!(!chosen.is_empty() && chosen.iter().all(|name| name == "Ann Lee"));
    // A click waits for no scrolling to end.
    let stand_still = || page.prefer("prefers-reduced-motion", "reduce");
    stand_still();
    page.click_button("Next statement");
    page.wait_for(".is-here");
    page.wait_until("document.querySelector('.now').textContent.startsWith('1 of ')");
    page.shots("reading-chosen");
    stand_still();
    page.click_button("Previous statement");
    page.wait_until("!document.querySelector('.now').textContent.startsWith('1 of ')");
    page.press(&Key::Escape.to_string());
    page.wait_gone(".is-dim");
    assert_eq!(page.count(".voice-row[aria-pressed=true], .badges [aria-pressed=true]"), 0);
    // A badge in the margin chooses too, and lets go.
    page.js("scrollTo(0, 0)");
    page.click(".badges [aria-label='Ann Lee']");
    page.wait_for(".is-dim");
    page.click(".badges [aria-label='Ann Lee']");
    page.wait_gone(".is-dim");
}

#[test]
fn a_quotation_says_why_by_mouse_and_by_keyboard() {
    let page = sample();
    page.click("//span[contains(@class,'qt')][contains(.,'love does not move mud')]");
    page.wait_text(".note-why", "Tom Reyes");
    let words = page.text(".note-why");
    assert!(words.contains("said") && words.contains("Reyes"), "{words}");
    page.screenshot("reading-why-wide");
    page.resize(TALL);
    page.screenshot("reading-why-narrow");
    page.resize((320, 640));
    let inside = "(() => { const r = document.querySelector('.note-why').getBoundingClientRect();
        return r.left >= 0 && r.right <= innerWidth; })()";
    page.wait_until(inside);
    page.resize(SHEET);
    page.click_button("Close");
    page.wait_gone(".note-why");
    // By keyboard: a button after each quotation, seen while it has the focus.
    let way = "document.querySelectorAll('.qt > .why')[1]";
    page.js(&format!("{way}.previousElementSibling?.focus(); {way}.focus()"));
    page.press(&Key::Enter.to_string());
    page.wait_for(".note-why");
    page.wait_until("document.activeElement.matches('.note-why')");
    assert_eq!(page.js(&format!("return {way}.ariaExpanded")), "true");
    page.press(&Key::Escape.to_string());
    page.wait_gone(".note-why");
    assert_eq!(page.js(&format!("return document.activeElement === {way}")), json!(true));
    // Selecting words is no question.
    page.js("const text = document.querySelector('.qt'); getSelection().selectAllChildren(text); text.click()");
    assert_eq!(page.count(".note-why"), 0);
}

#[test]
fn a_guess_looks_like_a_question_and_a_source_without_a_name_like_one() {
    use Confidence::{High, Low};
    let people = [("Jen Park", SpeakerKind::Person), ("two officials", SpeakerKind::Unnamed)];
    let blocks: &[Said<'_>] = &[
        (
            "“There are talks that may be a part of the way out.”",
            &[("“There are talks that may be a part of the way out.”", 0, Low)],
        ),
        (
            "“Yes,” said Jen Park. “No,” said two officials.",
            &[("“Yes,”", 0, High), ("“No,”", 1, High)],
        ),
    ];
    let (article, analysis) = said(&people, blocks);
    let page = given(&article, &analysis);
    assert_eq!(page.count("#q-0.is-question"), 1);
    assert_eq!(page.count("#q-1.is-question"), 0);
    let style = |of: &str, what: &str| {
        let script = format!("return getComputedStyle(document.querySelector('{of}')).{what}");
        page.js(&script).as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(style("#q-0", "textDecorationStyle"), "dashed");
    assert_eq!(style("#q-0", "backgroundColor"), "rgba(0, 0, 0, 0)");
    assert_ne!(style("#q-1", "backgroundColor"), "rgba(0, 0, 0, 0)");
    assert_eq!(page.attr(".badges .is-question", "data-letters").as_deref(), Some("JP?"));
    assert_eq!(
        page.attr(".badges .is-question", "aria-label").as_deref(),
        Some("Perhaps Jen Park")
    );
    assert_eq!(style(".badges .is-unnamed", "borderTopStyle"), "dashed");
    let heard =
        page.js("return [...document.querySelectorAll('.qt .vh')].map((name) => name.textContent)");
    assert_eq!(heard, json!(["Perhaps Jen Park: ", "Jen Park: ", "two officials: "]));
    page.click("#q-0");
    page.wait_text(".note-why", "Perhaps Jen Park? A guess");
    page.shots("reading-guess");
}

#[test]
fn every_control_is_large_enough_and_nothing_is_wider_than_the_window() {
    let page = sample();
    // A click waits for no scrolling to end.
    page.prefer("prefers-reduced-motion", "reduce");
    for (width, height) in [(1440, 1100), (900, 800), (500, 1000), (320, 700)] {
        page.resize((width, height));
        let small = page.js(
            "return [...document.querySelectorAll('.page button, .bar button, .bar a')]
                .filter((b) => b.offsetParent && !b.matches('.why'))
                .filter((b) => { const r = b.getBoundingClientRect(); return r.width < 24 || r.height < 24; })
                .map((b) => b.outerHTML)",
        );
        assert_eq!(small, json!([]), "{width}");
        let over = number(&page, "document.documentElement.scrollWidth - innerWidth");
        assert!(over <= 0, "{over} px wider than {width}");
    }
    // Buttons that only the keyboard meets are measured with the focus on them.
    page.js("document.querySelector('.tog').focus()");
    page.press(&Key::Tab.to_string());
    let way = page.js("const r = document.activeElement.getBoundingClientRect();
        return [document.activeElement.className, r.width >= 24 && r.height >= 24, getComputedStyle(document.activeElement).opacity]");
    assert_eq!(way, json!(["why", true, "1"]));
    // The narrow panel opens on demand, and chips choose.
    page.resize(TALL);
    assert!(!page.is_visible(".who"));
    page.js("scrollTo(0, 0)");
    page.click(".count-narrow");
    page.wait_until("document.querySelector('.who').offsetParent !== null");
    page.click(".chip");
    page.wait_for(".is-dim");
    page.wait_until(
        "document.querySelector('.steps').getBoundingClientRect().bottom <= innerHeight",
    );
}

#[test]
fn text_size_width_and_theme_are_kept() {
    let page = sample();
    let size = || number(&page, "parseFloat(getComputedStyle(document.body).fontSize)");
    let before = size();
    page.click_button("Text size, width and theme");
    page.wait_for(".look-menu");
    page.click("//label[.='Dark']");
    page.click("//label[.='Large']");
    page.click("//label[.='Narrow']");
    page.wait_until("document.documentElement.dataset.width === 'narrow'");
    assert!(size() > before);
    page.screenshot("look-wide-dark");
    page.press(&Key::Escape.to_string());
    page.wait_gone(".look-menu");
    assert_eq!(page.js("return document.activeElement.className"), "ico");
    page.reload();
    page.wait_for(".qt");
    let kept = "return [document.documentElement.dataset.theme, getComputedStyle(document.body).backgroundColor]";
    assert_eq!(page.js(kept), json!(["dark", "rgb(21, 20, 18)"]));
    page.click_button("Text size, width and theme");
    assert_eq!(page.prop("[name=dixit-theme][value=dark]", "checked").as_deref(), Some("true"));
}

#[test]
fn paper_shows_every_word_and_no_controls() {
    let page = sample();
    page.click_button("Collapse all quotes");
    page.wait_for(".rest[hidden]");
    page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    page.screenshot("reading-print");
    let widths = page
        .js("return [...document.querySelectorAll('.rest')].every((rest) => rest.offsetWidth > 0)");
    assert_eq!(widths, json!(true));
    for chrome in [".bar", ".who-said", ".tog", ".why", ".count"] {
        assert!(!page.is_visible(chrome), "{chrome}");
    }
}

#[test]
fn reduced_motion_is_followed() {
    let page = sample();
    let scroll = "return getComputedStyle(document.documentElement).scrollBehavior";
    page.prefer("prefers-reduced-motion", "reduce");
    assert_eq!(page.js(scroll), "auto");
    page.prefer("prefers-reduced-motion", "no-preference");
    assert_eq!(page.js(scroll), "smooth");
}

#[test]
fn a_hostile_document_stays_text() {
    use Confidence::High;
    let people = [("Ann\u{202e}Lee <b>", SpeakerKind::Person)];
    let words = "“<img src=x onerror=alert(1)> one two three four five six seven”";
    let (mut article, mut analysis) = said(&people, &[(words, &[(words, 0, High)])]);
    analysis.quotations[0].id = "reader".into();
    article.title = Some("</script><script>alert(1)</script>".into());
    article.blocks.push(Block {
        marks: vec![dixit_engine::Mark {
            start: 0,
            end: 4,
            kind: dixit_engine::MarkKind::Link("\u{1}javascript:alert(1)".into()),
        }],
        ..Block::paragraph("evil link")
    });
    let page = given(&article, &analysis);
    assert_eq!(page.text("main h1"), "</script><script>alert(1)</script>");
    assert_eq!(page.count("main img, main script, main a[href^=javascript]"), 0);
    assert_eq!(page.count("main #reader"), 0);
    assert_eq!(page.text(".voice-row .name"), "AnnLee <b>");
}

#[test]
fn one_toggle_among_thousands_of_quotations_redraws_one_block() {
    use Confidence::High;
    let text = "“One two three four five six seven eight,” said Ann. “Nine ten eleven twelve thirteen fourteen fifteen sixteen,” said Bo.";
    let (one, two) = text.split_once(" said Ann. ").expect("two halves");
    let two = two.strip_suffix(" said Bo.").expect("an end");
    let quotes = [(one, 0, High), (two, 1, High)];
    let people = [("Ann Lee", SpeakerKind::Person), ("Bo Berg", SpeakerKind::Person)];
    let blocks: Vec<Said<'_>> = (0..2_500).map(|_| (text, &quotes[..])).collect();
    let (article, analysis) = said(&people, &blocks);
    let page = given(&article, &analysis);
    page.wait_until("document.querySelectorAll('.tog').length === 5000");
    let (time, touched) = {
        let answer = page.js_async(
            "const touched = new Set();
            const block = (node) => node.parentElement?.closest('.blk') ?? node;
            new MutationObserver((all) => all.forEach((m) => touched.add(block(m.target.firstChild ?? m.target))))
                .observe(document.querySelector('.body'), { subtree: true, childList: true, attributes: true, characterData: true });
            const start = performance.now();
            document.querySelectorAll('.tog')[2000].click();
            while (!document.querySelector('.is-shut')) await new Promise((go) => setTimeout(go));
            return [Math.round(performance.now() - start), touched.size];",
        );
        (answer[0].as_u64(), answer[1].as_u64())
    };
    assert_eq!(touched, Some(1));
    assert!(time.is_some_and(|time| time < 1_000), "{time:?} ms");
    println!("one toggle among 5,000: {time:?} ms");
}
