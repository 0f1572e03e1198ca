//! What corrections do to an analysis, to files and to storage.

use std::rc::Rc;

use dixit_engine::{Analysis, Article, Confidence, SpeakerKind};

use super::*;
use crate::fixture::Fixture;
use crate::json::Object;
use crate::storage::{MemoryStorage, Storage};

/// Ann says one, Bo two and, without marks, three; “Low Water” is a title; Cy says four, perhaps.
fn page() -> (Article, Analysis) {
    let mut page = Fixture::default();
    let [ann, bo, cy] =
        ["Ann Lee", "Bo Ray", "Cy Dow"].map(|name| page.speaker(name, SpeakerKind::Person));
    page.block("“One,” said Ann Lee.");
    page.mention("Ann Lee", ann);
    page.quote("“One,”", ann);
    page.block("“Two,” said Bo Ray. Bo said three days passed.");
    page.mention("Bo Ray", bo);
    page.quote("“Two,”", bo);
    page.report("three days passed", bo);
    page.block("The film is “Low Water”. “Four,” said Cy Dow.");
    page.unattributed("“Low Water”");
    page.quote("“Four,”", cy).confidence = Confidence::Low;
    page.parts()
}

fn statements(ids: &[&str]) -> Vec<StatementRef> {
    let one = |id: &&str| match id.strip_prefix('=') {
        Some(words) => StatementRef { id: "gone".into(), words: words.into() },
        None => StatementRef { id: (*id).into(), words: String::new() },
    };
    ids.iter().map(one).collect()
}

fn description(name: &str) -> Description {
    let role = Some("mayor".to_owned());
    Description { name: name.into(), role, affiliation: None, kind: SpeakerKind::Person }
}

/// `s-ID` by id, `=NAME` by name, `+NAME` new.
fn speaker(short: &str) -> SpeakerRef {
    let id = |name: &str| dixit_engine::speaker_id(name);
    match (short.strip_prefix('='), short.strip_prefix('+')) {
        (Some(name), _) => SpeakerRef { id: "s-gone".into(), name: name.into(), new: None },
        (_, Some(name)) => {
            SpeakerRef { id: id(name), name: name.into(), new: Some(description(name)) }
        }
        _ => SpeakerRef { id: short.into(), name: String::new(), new: None },
    }
}

fn credit(ids: &[&str], to: &str) -> Change {
    let to = (to != "nobody").then(|| speaker(to));
    Change::Credit { statements: statements(ids), to }
}

fn not(ids: &[&str]) -> Change {
    Change::Not { statements: statements(ids) }
}

fn merge(a: &str, b: &str) -> Change {
    Change::Merge { speaker: speaker(a), into: speaker(b) }
}

fn describe(who: &str, name: &str) -> Change {
    Change::Describe { speaker: speaker(who), now: description(name) }
}

fn list(changes: Vec<Change>) -> Vec<Correction> {
    let one = |(n, change)| Correction { id: ulid(n), change, rest: Object::default() };
    changes.into_iter().enumerate().map(one).collect()
}

fn ulid(n: usize) -> String {
    crate::comments::ulid(n as u64, [0; 10])
}

/// Who says what, in order; then `?` and the numbers of lost corrections.
fn written(article: &Article, applied: &Applied) -> String {
    let mut parts = Vec::new();
    for attribution in &applied.analysis.attributions {
        let speaker = attribution.speaker.and_then(|s| applied.analysis.speakers.get(s));
        let name = speaker.map_or("nobody", |s| s.name.split(' ').next().unwrap_or_default());
        let words = article.text(attribution.content[0]);
        let words = words.trim_matches(['“', '”', ',']).split(' ').next().unwrap_or_default();
        parts.push(format!("{words} {name}"));
    }
    let lost = applied.lost.iter().enumerate().filter(|(_, lost)| **lost);
    parts.extend(lost.map(|(n, _)| format!("?{n}")));
    parts.join(", ")
}

#[test]
fn each_kind_of_correction_and_how_they_follow_each_other() {
    let all = "One Ann, Two Bo, three Bo, Four Cy";
    for (changes, expected) in [
        (vec![], all),
        // Another speaker, a new one, nobody, none.
        (vec![credit(&["q-0"], "s-bo-ray")], "One Bo, Two Bo, three Bo, Four Cy"),
        (vec![credit(&["q-0"], "+Di Fox")], "One Di, Two Bo, three Bo, Four Cy"),
        (vec![credit(&["q-0"], "nobody")], "One nobody, Two Bo, three Bo, Four Cy"),
        (vec![not(&["q-0"])], "Two Bo, three Bo, Four Cy"),
        (vec![credit(&["a-2"], "s-ann-lee")], "One Ann, Two Bo, three Ann, Four Cy"),
        (vec![not(&["a-2"])], "One Ann, Two Bo, Four Cy"),
        // A quotation without a speaker gets one, at its place.
        (vec![credit(&["q-2"], "s-cy-dow")], "One Ann, Two Bo, three Bo, Low Cy, Four Cy"),
        (vec![credit(&["q-2"], "nobody")], all),
        (vec![not(&["q-2"])], all),
        // The later wins.
        (
            vec![credit(&["q-0"], "s-bo-ray"), credit(&["q-0"], "s-cy-dow")],
            "One Cy, Two Bo, three Bo, Four Cy",
        ),
        (vec![not(&["q-0"]), credit(&["q-0"], "s-ann-lee")], all),
        (vec![credit(&["q-0"], "s-bo-ray"), not(&["q-0"])], "Two Bo, three Bo, Four Cy"),
        // Merged: once, in a chain, in a circle, with oneself.
        (vec![merge("s-cy-dow", "s-ann-lee")], "One Ann, Two Bo, three Bo, Four Ann"),
        (
            vec![merge("s-cy-dow", "s-bo-ray"), merge("s-bo-ray", "s-ann-lee")],
            "One Ann, Two Ann, three Ann, Four Ann",
        ),
        (
            vec![merge("s-bo-ray", "s-ann-lee"), merge("s-cy-dow", "s-bo-ray")],
            "One Ann, Two Ann, three Ann, Four Ann",
        ),
        (
            vec![merge("s-cy-dow", "s-bo-ray"), merge("s-bo-ray", "s-cy-dow")],
            "One Ann, Two Bo, three Bo, Four Bo",
        ),
        (
            vec![
                merge("s-ann-lee", "s-bo-ray"),
                merge("s-bo-ray", "s-cy-dow"),
                merge("s-cy-dow", "s-ann-lee"),
            ],
            "One Cy, Two Cy, three Cy, Four Cy",
        ),
        (vec![merge("s-ann-lee", "s-ann-lee")], all),
        // Who is credited is who they turned out to be.
        (
            vec![credit(&["q-3"], "s-ann-lee"), merge("s-ann-lee", "s-bo-ray")],
            "One Bo, Two Bo, three Bo, Four Bo",
        ),
        (
            vec![merge("s-ann-lee", "s-bo-ray"), credit(&["q-3"], "s-ann-lee")],
            "One Bo, Two Bo, three Bo, Four Bo",
        ),
        // Split, then renamed; renamed, then split.
        (
            vec![credit(&["q-1"], "+Di Fox"), describe("s-di-fox", "Ed Fox")],
            "One Ann, Two Ed, three Bo, Four Cy",
        ),
        (
            vec![describe("s-bo-ray", "Bob Ray"), credit(&["a-2"], "+Di Fox")],
            "One Ann, Two Bob, three Di, Four Cy",
        ),
        (vec![credit(&["q-0", "q-1", "q-3"], "+Di Fox")], "One Di, Two Di, three Bo, Four Di"),
        (
            vec![merge("s-bo-ray", "s-ann-lee"), describe("s-bo-ray", "Eve Ray")],
            "One Eve, Two Eve, three Eve, Four Cy",
        ),
        // Found again by words and names, or lost.
        (vec![credit(&["=\"One\""], "=Bo  Ray")], "One Bo, Two Bo, three Bo, Four Cy"),
        (vec![credit(&["=three days passed"], "s-cy-dow")], "One Ann, Two Bo, three Cy, Four Cy"),
        (
            vec![credit(&["=Nine"], "s-bo-ray"), not(&["="]), not(&[])],
            "One Ann, Two Bo, three Bo, Four Cy, ?0, ?1, ?2",
        ),
        (
            vec![credit(&["q-0"], "s-gone"), merge("s-gone", "s-bo-ray"), describe("=Nobody", "X")],
            "One Ann, Two Bo, three Bo, Four Cy, ?0, ?1, ?2",
        ),
        (vec![credit(&["q-0", "q-9"], "s-bo-ray")], "One Bo, Two Bo, three Bo, Four Cy, ?0"),
    ] {
        let (article, analysis) = page();
        let list = list(changes);
        let applied = apply(&article, &analysis, &list);
        assert_eq!(written(&article, &applied), expected, "{list:?}");
        let again = apply(&article, &applied.analysis, &list);
        assert_eq!(again.analysis, applied.analysis, "{list:?}");
    }
}

#[test]
fn what_is_corrected_is_sure_and_the_rest_is_as_it_was() {
    let (article, analysis) = page();
    assert_eq!(apply(&article, &analysis, &[]).analysis, analysis);
    let list = list(vec![credit(&["q-3"], "s-ann-lee"), describe("s-bo-ray", "Bob Ray")]);
    let applied = apply(&article, &analysis, &list);
    let now = &applied.analysis;
    assert_eq!(now.attributions[3].confidence, Confidence::High);
    assert_eq!(applied.by, [None, None, None, Some(0)]);
    assert_eq!(now.attributions[..3], analysis.attributions[..3]);
    assert_eq!(now.quotations, analysis.quotations);
    let ids: Vec<&str> = now.speakers.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["s-ann-lee", "s-bo-ray"], "who says nothing any more is not there");
    let bo = &now.speakers[1];
    assert_eq!((bo.name.as_str(), bo.role.as_deref()), ("Bob Ray", Some("mayor")));
    assert_eq!(bo.mentions, analysis.speakers[1].mentions);
}

#[test]
fn a_merged_speaker_brings_mentions_along_in_order() {
    let (article, analysis) = page();
    let list = list(vec![merge("s-ann-lee", "s-bo-ray")]);
    let now = apply(&article, &analysis, &list).analysis;
    assert_eq!((now.speakers.len(), now.speakers[0].mentions.len()), (2, 2));
    assert_eq!(now.speakers[0].mentions[0], analysis.speakers[0].mentions[0]);
}

#[test]
fn what_two_places_say_is_not_found_by_its_words() {
    let mut page = Fixture::default();
    let ann = page.speaker("Ann Lee", SpeakerKind::Person);
    page.block("“No,” said Ann. “Yes.”");
    page.quote("“No,”", ann);
    page.block("“No!” said Ann.");
    page.quote("“No!”", ann);
    let (article, analysis) = page.parts();
    let applied = apply(&article, &analysis, &list(vec![not(&["=no"]), not(&["=No"])]));
    assert_eq!((applied.lost, applied.analysis), (vec![true, true], analysis));
}

/// Numbers from a seed.
struct Odd(u64);

impl Odd {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }

    fn change(&mut self) -> Change {
        const IDS: [&str; 9] = ["q-0", "q-1", "q-2", "q-3", "q-4", "a-2", "a-9", "", "q-\u{202e}"];
        const WHO: [&str; 9] = [
            "s-ann-lee",
            "s-bo-ray",
            "s-cy-dow",
            "+Di Fox",
            "+Ed Öst",
            "s-gone",
            "",
            "+",
            "s-di-fox",
        ];
        let ids: Vec<&str> = (0..self.below(4)).map(|_| self.of(&IDS)).collect();
        match self.below(5) {
            0 | 1 => credit(&ids, if self.below(4) == 0 { "nobody" } else { self.of(&WHO) }),
            2 => not(&ids),
            3 => merge(self.of(&WHO), self.of(&WHO)),
            _ => describe(self.of(&WHO), self.of(&["Bob", " ", "", "Ann Lee", "🎉"])),
        }
    }
}

#[test]
fn every_promise_is_kept_on_odd_corrections() {
    let mut odd = Odd(20_240_305);
    for round in 0..3_000 {
        let (article, mut analysis) = page();
        if odd.below(3) == 0 {
            // Indices and spans that fit nothing.
            let n = odd.below(4);
            analysis.attributions[n].speaker = Some(odd.below(9));
            analysis.quotations[n].attribution = Some(odd.below(9));
            analysis.quotations[n].span.end = odd.below(90);
            analysis.attributions[n].content[0].block = odd.below(9);
        }
        let n = 1 + odd.below(9);
        let list = list((0..n).map(|_| odd.change()).collect());
        let applied = apply(&article, &analysis, &list);
        let now = &applied.analysis;
        let say = format!("round {round}: {list:?}");
        assert_eq!((applied.lost.len(), applied.by.len()), (n, now.attributions.len()), "{say}");
        for (attribution, by) in now.attributions.iter().zip(&applied.by) {
            assert!(attribution.speaker.is_none_or(|s| s < now.speakers.len()), "{say}");
            assert!(by.is_none_or(|by| by < n), "{say}");
            let known = analysis.attributions.iter().any(|a| a.id == attribution.id);
            assert!(by.is_some() || known, "{say}");
        }
        for quotation in &now.quotations {
            assert!(analysis.quotations.iter().any(|q| q.id == quotation.id), "{say}");
            assert!(quotation.attribution.is_none_or(|a| a < now.attributions.len()), "{say}");
        }
        for (n, speaker) in now.speakers.iter().enumerate() {
            assert!(!now.speakers[..n].iter().any(|s| s.id == speaker.id), "{say}");
        }
        assert_eq!(applied, apply(&article, &analysis, &list), "{say}");
        // Who was merged away is not known to the result any more.
        if !list.iter().any(|c| matches!(c.change, Change::Merge { .. })) {
            assert_eq!(&apply(&article, now, &list).analysis, now, "{say}");
        }
    }
}

#[test]
fn every_correction_comes_back_the_same_from_storage_and_from_a_file() {
    let mut odd = Odd(7);
    let mut list = list((0..400).map(|_| odd.change()).collect());
    let fits = |c: &Correction| match &c.change {
        Change::Credit { statements, .. } | Change::Not { statements } => !statements.is_empty(),
        Change::Describe { now, .. } => !now.name.trim().is_empty(),
        Change::Merge { .. } => true,
    };
    let valid = |s: &SpeakerRef| s.new.as_ref().is_none_or(|new| !new.name.is_empty());
    list.retain(|c| {
        fits(c)
            && match &c.change {
                Change::Credit { to, .. } => to.as_ref().is_none_or(valid),
                Change::Merge { speaker, into } => valid(speaker) && valid(into),
                Change::Describe { speaker, .. } => valid(speaker),
                Change::Not { .. } => true,
            }
    });
    assert!(list.len() > 100);
    list[0].rest.put("later", "[1e99]".into());
    for correction in &list {
        assert_eq!(read(&write(correction)).as_ref(), Ok(correction));
    }
    let file = export("id", "A \"title\"", &list);
    assert_eq!(import(&file, ulid).as_ref(), Ok(&list));
    let value: serde_json::Value = serde_json::from_str(&file).expect("JSON");
    assert_eq!(value["article"]["title"], "A \"title\"");
}

#[test]
fn hostile_files_are_refused_in_words() {
    let file = |corrections: &str| {
        format!(r#"{{"format":"dixit-corrections","version":1,"corrections":{corrections}}}"#)
    };
    let one = |correction: &str| file(&format!("[{correction}]"));
    let long = "x".repeat(301);
    let merge = |id: &str| {
        format!(
            r#"{{"id":"{id}","do":"merge","speaker":{{"id":"s-a","name":"A"}},"into":{{"id":"s-b","name":"B"}}}}"#
        )
    };
    let new = |id: &str, name: &str, kind: &str| {
        one(&format!(
            r#"{{"do":"credit","statements":[{{"id":"q-1","words":"w"}}],"to":{{"id":"{id}","name":"n","new":{{"name":"{name}","kind":"{kind}"}}}}}}"#
        ))
    };
    use FileError::*;
    for (text, expected) in [
        (String::new(), NotCorrections),
        ("[]".into(), NotCorrections),
        ("{}".into(), NotCorrections),
        (r#"{"format":"dixit","version":1,"corrections":[]}"#.into(), NotCorrections),
        (r#"{"format":"dixit-corrections","corrections":[]}"#.into(), NotCorrections),
        (r#"{"format":"dixit-corrections","version":1}"#.into(), NotCorrections),
        (r#"{"format":"dixit-corrections","version":9,"corrections":7}"#.into(), Newer),
        (file("{}"), NotCorrections),
        (file("[") + "[".repeat(100_000).as_str(), NotCorrections),
        (file(&format!("[{}]", "[".repeat(9_000) + &"]".repeat(9_000))), Malformed(1)),
        (" ".repeat(600_000), TooLarge),
        (file(&format!("[{}]", vec!["1"; 1_001].join(","))), TooMany),
        (one("null"), Malformed(1)),
        (one(r#"{"do":"credit","statements":[],"to":null}"#), Malformed(1)),
        (one(r#"{"do":"not","statements":[{"id":"q-1"}]}"#), Malformed(1)),
        (
            one(&format!(r#"{{"do":"not","statements":[{{"id":"q-1","words":"{long}"}}]}}"#)),
            Malformed(1),
        ),
        (one(&format!("{},{}", merge(&ulid(1)), merge("../x"))), Malformed(2)),
        (new("panel", "N", "person"), Malformed(1)),
        (new("s-x\\\" onclick", "N", "person"), Malformed(1)),
        (new("s-x", " ", "person"), Malformed(1)),
        (new("s-x", &long, "person"), Malformed(1)),
        (new("s-x", "N", "alien"), Malformed(1)),
    ] {
        let start: String = text.chars().take(200).collect();
        assert_eq!(import(&text, ulid), Err(expected.clone()), "{start}");
        assert!(expected.words().ends_with('.'));
    }
    assert_eq!(import(&new("s-x", "N", "group"), ulid).map(|list| list.len()), Ok(1));
}

#[test]
fn stored_entries_are_read_in_order_and_others_left_alone() {
    let storage = MemoryStorage::default();
    let list = list(vec![not(&["q-1"]), not(&["q-2"])]);
    for correction in list.iter().rev() {
        assert_eq!(save(&storage, "a/b", correction), Ok(()));
    }
    let newer = r#"{"v":2,"id":"x"}"#;
    let key = |id: &str| prefix("a/b") + id;
    storage.set(&key("x"), newer).expect("memory keeps everything");
    storage.set(&key("y"), "{").expect("memory keeps everything");
    storage.set(&key(&ulid(9)), &write(&list[0])).expect("memory keeps everything");
    let shelf = load(&storage, "a/b").expect("memory answers");
    assert_eq!((&shelf.corrections, shelf.n_newer, shelf.n_unreadable), (&list, 1, 2));
    assert_eq!(load(&storage, "a").expect("memory answers"), Shelf::default());

    storage.set(&key(&ulid(0)), newer).expect("memory keeps everything");
    assert!(save(&storage, "a/b", &list[0]).is_err());
    assert_eq!(storage.get(&key(&ulid(0))), Ok(Some(newer.into())));
    assert_eq!(erase(&storage, "a/b", &ulid(1)), Ok(()));
    assert_eq!(load(&storage, "a/b").expect("memory answers").corrections, []);
    let stores = Stores { kept: Rc::new(storage), tab: memory(), page: memory() };
    assert!(are_kept(&stores, "a/b") && !are_kept(&stores, "a"));
}

fn memory() -> Rc<dyn Storage> {
    Rc::new(MemoryStorage::default())
}
