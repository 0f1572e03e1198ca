//! Comfort: how the text looks, how far it is read, its outline, on paper, and from right to left.

use fantoccini::key::Key;
use serde_json::json;

use crate::harness::{Page, Reply, SHEET, Site, TALL};

const SAMPLE: &str = "?src=articles/harbour-vote.txt";

#[track_caller]
fn open(site: &Site, path: &str) -> Page {
    let page = Page::blank(site);
    // A page that scrolls by and by moves away under the pointer.
    page.prefer("prefers-reduced-motion", "reduce");
    page.goto(&site.url(path));
    page.wait_for(".tog");
    page
}

/// A site with an article of this text at `given.txt`.
pub(crate) fn giving(text: String) -> Site {
    Site::with(move |request| {
        let reply = Reply::new(200, "text/plain; charset=utf-8", text.clone());
        request.path.ends_with("given.txt").then_some(reply)
    })
}

/// A long article with three headings of its own.
fn long() -> String {
    let mut text =
        String::from("Linden closes its old bridge\n\nMarch 3, 2025\n\nBy Tova Lind\n\n");
    let people = [
        ("Nora Hale", "an engineer"),
        ("Pavel Ilic", "the treasurer"),
        ("Mina Adeyemi", "a driver"),
    ];
    text += "The town of Linden closed its old bridge to all traffic on Monday morning.\n\n";
    for heading in ["What the engineers found", "Who is to pay", "What happens next"] {
        text += &format!("{heading}\n\n");
        for n in 0..9 {
            let (name, role) = people[n % people.len()];
            text += &format!(
                "“We looked at every bolt of the old bridge, and I would not drive over it,” said {name}, {role}. \
                 The bridge carried nine thousand cars a day when it opened, and almost as many last year.\n\n"
            );
        }
    }
    text
}

fn style(page: &Page, selector: &str, property: &str) -> String {
    let script = format!(
        "return getComputedStyle(document.querySelector({selector:?})).getPropertyValue({property:?})"
    );
    page.js(&script).as_str().unwrap_or_default().to_owned()
}

#[test]
fn every_setting_shows_at_once_and_after_a_reload() {
    let page = open(&Site::start(), SAMPLE);
    for (setting, value, selector, property) in [
        ("theme", "sepia", "body", "background-color"),
        ("theme", "contrast", "body", "color"),
        ("theme", "dark", "body", "background-color"),
        ("size", "huge", "body", "font-size"),
        ("width", "narrow", "body", "--measure"),
        ("lines", "far", "body", "line-height"),
        ("face", "sans", "body", "font-family"),
        ("face", "system", "body", "font-family"),
        ("face", "legible", "article", "letter-spacing"),
    ] {
        let before = style(&page, selector, property);
        page.click_button("Text size, width and theme");
        page.wait_for(".look-menu");
        page.js(&format!(
            "document.querySelector('[name=dixit-{setting}][value={value}]').click()"
        ));
        page.wait_until(&format!("document.documentElement.dataset.{setting} === '{value}'"));
        let now = style(&page, selector, property);
        assert_ne!(now, before, "{setting} {value}");
        page.reload();
        page.wait_for(".tog");
        assert_eq!(style(&page, selector, property), now, "{setting} {value} after a reload");
    }
    let kept = page.storage().remove("dixit/1/settings").expect("settings");
    for part in
        ["\"theme\":\"dark\"", "\"size\":\"huge\"", "\"lines\":\"far\"", "\"face\":\"legible\""]
    {
        assert!(kept.contains(part), "{kept}");
    }
    page.wait_until("document.fonts.check('16px \"Atkinson Hyperlegible Next\"') && [...document.fonts].some((f) => f.status === 'loaded')");
}

#[test]
fn the_legible_typeface_is_fetched_where_it_is_chosen_alone() {
    let site = Site::start();
    let page = open(&site, SAMPLE);
    page.to_comments();
    assert!(site.requests().iter().all(|path| !path.contains("fonts/")));
    page.store("dixit/1/settings", r#"{"face":"legible"}"#);
    page.reload();
    page.wait_for(".tog");
    page.eventually("the font", || site.requests().iter().any(|path| path.contains("fonts/")));
}

#[test]
fn settings_of_earlier_versions_hold_and_odd_ones_do_no_harm() {
    let site = Site::start();
    let page = open(&site, SAMPLE);
    for (stored, theme, size) in [
        (
            r#"{"theme":"dark","size":"large","width":"narrow","language":"system","keys":"on"}"#,
            "dark",
            "large",
        ),
        (r#"{"theme":"x onload=1","size":3,"later":[1]}"#, "", ""),
        (r#"{"__proto__":{"theme":"dark"}}"#, "", ""),
        ("[", "", ""),
        ("null", "", ""),
        ("7", "", ""),
    ] {
        page.store("dixit/1/settings", stored);
        page.reload();
        page.wait_for(".tog");
        let set = page
            .js("const d = document.documentElement.dataset; return [d.theme ?? '', d.size ?? '']");
        assert_eq!(set, json!([theme, size]), "{stored}");
        page.click_button("Text size, width and theme");
        page.wait_for(".look-menu");
        assert_eq!(page.count("[name=dixit-theme]:checked"), 1, "{stored}");
        page.press(&Key::Escape.to_string());
    }
}

#[test]
fn how_much_is_read_is_told_and_what_is_left() {
    let page = open(&giving(long()), "?src=given.txt");
    assert_eq!(page.count(".read"), 0, "nothing goes along before the first scroll");
    page.js("scrollTo(0, 200)");
    page.wait_for(".read");
    page.wait_until(
        "document.querySelector('.read').value > 0 && document.querySelector('.read').value < 100",
    );
    assert!(page.text(".left").contains("min left"), "{}", page.text(".left"));
    page.screenshot("along-wide");
    page.js("document.querySelector('.body').scrollIntoView({ block: 'end' })");
    page.wait_until("document.querySelector('.read').value === 100");
    page.wait_text(".left", "100 %");
    page.resize(TALL);
    page.js("scrollTo(0, 900)");
    page.wait_until("document.querySelector('.read').value < 100");
    assert!(!page.is_visible(".along"), "no room for the strip");
    page.screenshot("along-narrow");
}

#[test]
fn the_strip_shows_voices_and_leads_to_them() {
    let page = open(&giving(long()), "?src=given.txt");
    page.js("scrollTo(0, 1)");
    page.wait_until("document.querySelectorAll('.along rect').length === 28");
    // A mark stands where its words stand in the article.
    let off = page.js(
        "const body = document.querySelector('.body').getBoundingClientRect();
        const marks = [...document.querySelectorAll('.along rect:not(.seen)')];
        return Math.max(...[...document.querySelectorAll('.qt')].map((q, n) =>
            Math.abs((q.getBoundingClientRect().top - body.top) / body.height - marks[n].y.baseVal.value / 1000)))",
    );
    assert!(off.as_f64().is_some_and(|off| off < 0.02), "{off}");
    // Folding moves what stands below.
    let last = "return document.querySelector('.along rect:last-child').y.baseVal.value";
    let before = page.js(last);
    page.js("document.querySelectorAll('.tog').forEach((tog, n) => { if (n < 9) tog.click() })");
    page.eventually("the marks move", || page.js(last) != before);
    // A click leads to a mark, the keys to the next.
    page.js(
        "const strip = document.querySelector('.along'), box = strip.getBoundingClientRect();
        const mark = document.querySelectorAll('.along rect:not(.seen)')[20].getBoundingClientRect();
        strip.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: box.left + 3, clientY: mark.top + 1 }))",
    );
    page.wait_for(".qt.is-here");
    let here = "[...document.querySelectorAll('.qt')].findIndex((q) => q.matches('.is-here'))";
    page.wait_until(&format!("{here} === 20"));
    page.js("document.querySelector('.along').focus()");
    page.press(&Key::Down.to_string());
    page.wait_until(&format!("{here} === 21"));
    page.press(&Key::Up.to_string());
    page.press(&Key::Up.to_string());
    page.wait_until(&format!("{here} === 19"));
    page.press(&Key::Home.to_string());
    page.wait_until(&format!("{here} === 0"));
    assert!(page.attr(".along", "aria-valuetext").is_some_and(|words| words.contains("min left")));
    // A chosen voice is alone on the strip.
    page.js("document.querySelector('.voice-row').click()");
    page.wait_until("document.querySelectorAll('.along rect').length === 10");
}

#[test]
fn thousands_of_quotations_leave_the_strip_readable() {
    let one = "“One two three four five six seven,” said Ann Lee. “Nine ten eleven twelve thirteen,” said Bo Berg.\n\n";
    let page = open(
        &giving(format!(
            "A long day\n\n“No, no, no, not at all and not at any price,” said Ann Lee.\n\n{}",
            one.repeat(2_400)
        )),
        "?src=given.txt",
    );
    page.js("scrollTo(0, 5)");
    page.wait_until("document.querySelectorAll('.along rect').length > 100");
    assert!(page.count(".along rect") <= 501);
    page.screenshot("along-thousands");
}

#[test]
fn an_outline_leads_through_a_long_article() {
    let page = open(&giving(long()), "?src=given.txt");
    assert_eq!(page.count(".body h2"), 3);
    page.click(".outline summary");
    assert_eq!(
        page.texts(".outline a"),
        ["What the engineers found", "Who is to pay", "What happens next"]
    );
    page.screenshot("outline-wide");
    page.click("//nav//a[.='Who is to pay']");
    page.wait_until("!document.querySelector('.outline').open");
    page.wait_until(
        "Math.abs(document.querySelectorAll('.body h2')[1].getBoundingClientRect().top) < 200",
    );
    page.wait_until(
        "document.querySelector('.outline a[aria-current]')?.textContent === 'Who is to pay'",
    );
    // It stays in reach and says where the reader is; what it led to is not under it.
    for (size, name) in [(SHEET, "wide"), (TALL, "narrow")] {
        page.resize(size);
        page.click(".outline summary");
        page.click("//nav//a[.='What happens next']");
        page.wait_until("document.querySelector('.outline a[aria-current]')?.textContent === 'What happens next'");
        page.wait_until(
            "document.querySelector('.outline summary').dataset.here === ' · What happens next'",
        );
        let clear = page.js(
            "const box = (s) => document.querySelector(s).getBoundingClientRect();
            const heading = document.querySelectorAll('.body h2')[2].getBoundingClientRect();
            return [box('.outline').top >= box('.bar').bottom - 2, box('.outline').bottom <= heading.top]",
        );
        assert_eq!(clear, json!([true, true]), "{name}");
        // By keys: open, go back to the button, and close.
        page.js("document.querySelector('.outline summary').focus()");
        page.press(&Key::Enter.to_string());
        page.wait_until("document.querySelector('.outline').open");
        page.screenshot(&format!("outline-stuck-{name}"));
        page.js("document.querySelector('.outline a').focus()");
        page.press(&Key::Escape.to_string());
        page.wait_until("!document.querySelector('.outline').open");
        page.wait_until("document.activeElement.matches('.outline summary')");
    }
    page.resize(SHEET);
    page.click(".outline summary");
    page.click("//nav//a[.='Who is to pay']");
    page.wait_until(
        "document.querySelector('.outline a[aria-current]')?.textContent === 'Who is to pay'",
    );
    page.click(".outline summary");
    page.click(".who-said h2");
    page.wait_until("!document.querySelector('.outline').open");
    page.js("document.querySelectorAll('.outline a')[1].click()");
    let address = page.address();
    assert!(address.contains("#h-") && address.contains("src=given.txt"), "{address}");
    // The same address leads there again.
    page.goto("about:blank");
    page.goto(&address);
    page.wait_for(".body h2");
    page.wait_until(
        "Math.abs(document.querySelectorAll('.body h2')[1].getBoundingClientRect().top) < 400",
    );
    let page = open(&Site::start(), SAMPLE);
    assert_eq!(page.count(".outline"), 0, "none where there is nothing to outline");
}

#[test]
fn paper_names_who_speaks_in_the_margin() {
    let page = open(&Site::start(), SAMPLE);
    page.to_comments();
    page.type_into(".comments textarea", "Noted on paper");
    page.click(".comments .pri");
    page.wait_for(".comment");
    page.js("document.querySelector('.voice-row').click()");
    page.wait_for(".is-dim");
    page.resize(SHEET);
    page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    page.screenshot("print");
    let name = page.js(
        "const badge = document.querySelector('.badges .badge');
        const box = badge.getBoundingClientRect(), text = document.querySelector('.body p').getBoundingClientRect();
        return [getComputedStyle(badge, '::before').content, box.right <= text.left, box.width > 60]",
    );
    assert_eq!(name, json!(["\"Ann Lee\"", true, true]));
    let ink = style(&page, "body", "color");
    assert_eq!(style(&page, ".blk.is-dim", "color"), ink, "nothing recedes on paper");
    assert!(page.is_visible(".comment-body"));
    for control in [".bar", ".comment-box", ".meta button", ".who-said", ".tog", ".read", ".along"]
    {
        assert!(page.count(control) == 0 || !page.is_visible(control), "{control}");
    }
}

#[test]
fn paper_has_no_controls_in_any_view_and_keeps_the_text_size() {
    let page = open(&Site::start(), SAMPLE);
    let size = || style(&page, "body", "font-size");
    page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let usual = size();
    page.js("document.documentElement.dataset.size = 'huge'");
    assert_ne!(size(), usual);
    page.js("document.documentElement.dataset.theme = 'dark'");
    assert_eq!(style(&page, "body", "color"), "rgb(0, 0, 0)", "black on white in every theme");
    assert_eq!(style(&page, "body", "background-color"), "rgb(255, 255, 255)");
    let source = page.js(
        "return getComputedStyle(document.querySelector('.meta a'), '::after').content.includes('harbour-vote.txt')",
    );
    assert_eq!(source, json!(true), "the whole address");
    for (view, line) in [("Transcript", ".line .said"), ("Speakers", ".vc li")] {
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "screen" }));
        page.click_button(view);
        page.wait_for(line);
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        let shown = page.js(
            "return [...document.querySelectorAll('.wide :is(button:not(.place), input, select, .chips)')]
                .filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80))",
        );
        assert_eq!(shown, json!([]), "{view}");
        assert!(page.is_visible(line), "{view}: {line}");
        page.screenshot(&format!("print-{}", view.to_lowercase()));
    }
}

#[test]
fn a_printed_article_has_pages_and_every_word_of_its_quotations() {
    let page = open(&giving(long()), "?src=given.txt");
    page.js("document.querySelectorAll('.tog').forEach((tog) => tog.click())");
    page.wait_for(".qt.is-shut");
    let pages = |page: &Page| {
        let answer =
            page.cdp("Page.printToPDF", json!({ "paperWidth": 8.27, "paperHeight": 11.69 }));
        let data = answer["data"].as_str().expect("a PDF").to_owned();
        let script = "return (atob(arguments[0]).match(/\\/Type\\s*\\/Page\\b/g) ?? []).length";
        page.run(script, vec![json!(data)]).as_u64().expect("pages")
    };
    let folded = pages(&page);
    page.js("document.querySelectorAll('.tog').forEach((tog) => tog.click())");
    page.wait_gone(".qt.is-shut");
    // Folded or not, the paper is the same.
    assert_eq!(pages(&page), folded);
    assert!((3..=6).contains(&folded), "{folded} pages");
}

#[test]
fn letters_that_join_are_not_pulled_apart() {
    for (text, spaced) in [(long(), true), (ARABIC.to_owned(), false)] {
        let site = giving(text);
        let page = Page::open(&site, "");
        page.store("dixit/1/settings", r#"{"face":"legible"}"#);
        page.goto(&site.url("?src=given.txt"));
        page.wait_for(".tog");
        assert_eq!(style(&page, ".body p", "letter-spacing") != "normal", spaced);
        assert_ne!(style(&page, ".body p", "word-spacing"), "0px");
    }
}

#[test]
fn the_rate_of_reading_is_said() {
    let page = open(&Site::start(), SAMPLE);
    let title = page.attr("//*[contains(@class, 'meta')]/bdi[1]", "title");
    assert_eq!(title.as_deref(), Some("At 238 words a minute"));
}

/// An article from right to left.
const ARABIC: &str = "أعلنت بلدية وادي السلام عن افتتاح مكتبة جديدة في وسط المدينة\n\n\
        قالت ليلى حداد، مديرة المكتبة: «هذه المكتبة بيت لكل من يحب القراءة، وسوف تبقى أبوابها مفتوحة كل يوم».\n\n\
        وأضافت أن المبنى الجديد يضم قاعة للأطفال وأخرى للباحثين. وقال سامي الخطيب: «انتظرنا هذا اليوم عشر سنوات كاملة ولم نفقد الأمل أبدا».\n";

#[test]
fn articles_from_right_to_left_stand_well_in_either_interface() {
    let site = giving(ARABIC.into());
    let page = open(&site, "?src=given.txt");
    for language in ["en", "ar"] {
        page.store("dixit/1/settings", &format!("{{\"language\":\"{language}\"}}"));
        page.reload();
        page.wait_for(".tog");
        // Names stand beside their badges, whatever they are written in.
        let near = page.js(
            "return [...document.querySelectorAll('.voice-row')].map((row) => {
                const range = document.createRange();
                range.selectNodeContents(row.querySelector('.name'));
                const name = range.getBoundingClientRect(), badge = row.querySelector('.badge').getBoundingClientRect();
                return Math.min(Math.abs(name.left - badge.right), Math.abs(badge.left - name.right)) < 24;
            })",
        );
        assert_eq!(near, json!([true, true]), "{language}");
        page.shots(&format!("rtl-article-in-{language}"));
        // On paper the names stand in the margin at the right, on the sheet.
        page.resize((720, 1000));
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        let margin =
            page.js("const text = document.querySelector('.body p').getBoundingClientRect();
            return [...document.querySelectorAll('.badges .badge')].map((badge) => {
                const box = badge.getBoundingClientRect();
                return box.left >= text.right && box.right <= innerWidth && box.width > 60;
            })");
        assert_eq!(margin, json!([true, true]), "{language}");
        page.screenshot(&format!("rtl-print-{language}"));
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }));
        page.resize(SHEET);
    }
}

#[test]
fn an_article_from_right_to_left_turns_its_margin() {
    let page = open(&giving(ARABIC.into()), "?src=given.txt");
    assert_eq!(page.attr("main article", "dir").as_deref(), Some("rtl"));
    assert_eq!(page.attr("html", "dir").as_deref(), Some("ltr"));
    let right = page.js(
        "const text = document.querySelector('.body p').getBoundingClientRect();
        return [...document.querySelectorAll('.badges .badge')].map((b) => b.getBoundingClientRect().left >= text.right)",
    );
    let right = right.as_array().cloned().unwrap_or_default();
    assert!(!right.is_empty() && right.iter().all(|right| *right == json!(true)), "{right:?}");
    page.shots("rtl-article");
    assert_eq!(page.js("return document.documentElement.scrollWidth > innerWidth"), json!(false));
}

#[test]
fn more_contrast_and_forced_colours_are_followed() {
    let page = open(&Site::start(), SAMPLE);
    let is_quiet = || style(&page, ":root", "--muted") != style(&page, ":root", "--ink");
    assert!(is_quiet());
    page.prefer("prefers-contrast", "more");
    assert!(!is_quiet(), "quiet words stand in full ink");
    let underline = || style(&page, ".qt", "border-bottom-style");
    assert_eq!(underline(), "none");
    page.prefer("forced-colors", "active");
    // Backgrounds are the system's: a quotation has a line instead, and who is chosen a frame.
    assert_eq!(underline(), "solid");
    assert_eq!(style(&page, ".qt", "background-image"), "none");
    page.click(".voice-row");
    page.wait_for(".voice-row.is-chosen");
    assert_eq!(style(&page, ".voice-row.is-chosen", "outline-style"), "solid");
    // The view that is shown keeps a background, of the system's.
    assert_eq!(style(&page, ".views [aria-current]", "forced-color-adjust"), "none");
    let (dim, read) = (".blk.is-dim", ".blk:not(.is-dim)");
    assert_ne!(style(&page, dim, "color"), style(&page, read, "color"));
    page.screenshot("comfort-forced-colors");
}
