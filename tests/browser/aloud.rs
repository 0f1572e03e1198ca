//! Reading aloud, with a speech of the test's own: it keeps what it is to say and ends when it is told to.

use serde_json::{Value, json};

use crate::harness::{Page, Site};

const SAMPLE: &str = "?src=articles/harbour-vote.txt";

const SPEECH: &str = "
globalThis.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); Object.assign(this, { text, lang: '', voice: null, pitch: 1, rate: 1 }); }
};
globalThis.said = [];
const voices = ['en-US', 'en-GB', 'en-AU'].map((lang, n) => ({ lang, default: n === 0, name: `voice ${n}` }));
let now = null;
const end = (name) => { const last = now; now = null; last?.dispatchEvent(new Event(name)); };
Object.defineProperty(globalThis, 'speechSynthesis', { value: {
    get speaking() { return now !== null; },
    pending: false,
    getVoices: () => globalThis.voiceless ? [] : voices,
    speak(utterance) { now = utterance; said.push(utterance); if (globalThis.voiceless) setTimeout(() => end('error')); },
    cancel() { end('error'); },
    end: () => end('end'),
} });";

#[track_caller]
fn open(prepare: &str) -> Page {
    let site = Site::start();
    let page = Page::blank(&site);
    page.prefer("prefers-reduced-motion", "reduce");
    page.before_load(&[SPEECH, prepare].concat());
    page.goto(&site.url(SAMPLE));
    page.wait_for(".tog");
    page
}

/// Waits until the nth utterance is said, and answers its text and its voice.
#[track_caller]
fn nth(page: &Page, n: usize) -> (String, String) {
    page.wait_until(&format!("said.length === {n} && speechSynthesis.speaking"));
    let last = page.js("const last = said.at(-1); return [last.text, last.voice?.name ?? '']");
    let part = |n: usize| last[n].as_str().unwrap_or_default().to_owned();
    (part(0), part(1))
}

fn painted(page: &Page) -> Value {
    page.js(
        "const [range] = CSS.highlights.get('dixit-aloud') ?? []; return range?.toString() ?? null",
    )
}

#[test]
fn each_speaker_has_a_voice_and_the_words_are_painted() {
    let page = open("");
    page.click_button("Read aloud");
    let mut heard = Vec::new();
    for n in 1..=9 {
        let (text, voice) = nth(&page, n);
        page.eventually("the words are painted", || painted(&page) == json!(text));
        heard.push((text, voice));
        page.js("speechSynthesis.end()");
    }
    assert!(heard[0].0.starts_with("Port Ellis will keep") && heard[0].1 == "voice 0");
    assert!(heard[1].0.starts_with("“This town") && heard[1].1 == "voice 1");
    assert_eq!(heard[2].1, "voice 0", "the article's own words");
    assert_eq!(heard[3].1, "voice 1", "the same speaker, the same voice");
    assert!(heard.iter().any(|(_, voice)| voice == "voice 2"), "{heard:?}");
    page.shots("aloud");
}

#[test]
fn it_pauses_goes_on_skips_and_ends() {
    let page = open("");
    page.press("r");
    nth(&page, 1);
    page.click_button("Pause");
    page.wait_until("!speechSynthesis.speaking");
    page.click_button("Read on");
    let (again, _) = nth(&page, 2);
    assert!(again.starts_with("Port Ellis will keep"), "{again}");
    page.click_button("Next passage");
    let (next, _) = nth(&page, 3);
    assert!(next.starts_with("“This town"), "{next}");
    page.wait_text(".aloud-who", "Ann Lee");
    page.click_button("Previous passage");
    assert!(nth(&page, 4).0.starts_with("Port Ellis"));
    // Another speed begins the passage anew, and is kept.
    page.js("const speed = document.querySelector('.aloud select'); speed.value = '140'; speed.dispatchEvent(new Event('change', { bubbles: true }))");
    nth(&page, 5);
    assert_eq!(page.js("return Math.round(said.at(-1).rate * 100)"), json!(140));
    assert!(page.storage()["dixit/1/settings"].contains("\"rate\":\"140\""));
    page.js("document.activeElement.blur()");
    page.press("r");
    page.wait_until("!speechSynthesis.speaking");
    page.press("r");
    nth(&page, 6);
    page.click_button("Stop reading aloud");
    page.wait_gone(".aloud");
    assert_eq!(page.js("return speechSynthesis.speaking"), json!(false));
    assert_eq!(painted(&page), json!(null));
    assert_eq!(page.count("[data-spoken]"), 0);
}

#[test]
fn it_begins_where_the_reader_wants_and_opens_what_is_folded() {
    let page = open("");
    page.click_button("Collapse all quotes");
    page.wait_for(".qt.is-shut");
    page.js("[...document.querySelectorAll('.qt')].find((q) => q.textContent.includes('grandfather')).querySelector('.why').click()");
    page.wait_for(".note-why-title");
    page.click_button("Read aloud from here");
    let (text, _) = nth(&page, 1);
    assert!(text.starts_with("“My grandfather"), "{text}");
    page.wait_until("![...document.querySelectorAll('.qt')].find((q) => q.textContent.includes('grandfather')).matches('.is-shut')");
    assert_eq!(painted(&page), json!(text));
    let shown = page.js("const r = [...CSS.highlights.get('dixit-aloud')][0].getBoundingClientRect(); return r.top > 50 && r.bottom < innerHeight");
    assert_eq!(shown, json!(true));
    // Selected words are where it begins, too.
    page.click_button("Stop reading aloud");
    page.wait_gone(".aloud");
    page.js("const p = document.querySelector('.body p:nth-of-type(3)'); getSelection().selectAllChildren(p)");
    page.press("r");
    assert!(nth(&page, 2).0.starts_with("The result ends"), "{:?}", nth(&page, 2));
    // Whoever leaves the article leaves the voice.
    page.js("document.querySelector('.brand').click()");
    page.wait_for("main.start h1");
    assert_eq!(page.js("return speechSynthesis.speaking"), json!(false));
}

#[test]
fn a_browser_without_voices_or_speech_says_so() {
    let page = open("globalThis.voiceless = true;");
    page.click_button("Read aloud");
    page.wait_text(".aloud [role=status]", "found no voice");
    let page = open(
        "Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', { value: undefined });",
    );
    page.click_button("Read aloud");
    page.wait_text(".aloud [role=status]", "cannot read aloud");
    page.click_button("Stop reading aloud");
    page.wait_gone(".aloud");
}

#[test]
fn the_transcript_reads_aloud_in_the_article() {
    let page = open("");
    page.js("[...document.querySelectorAll('.views a')][1].click()");
    page.wait_for(".lines");
    page.click_button("Read aloud");
    page.wait_for("article .body");
    assert!(nth(&page, 1).0.starts_with("Port Ellis will keep"));
}
