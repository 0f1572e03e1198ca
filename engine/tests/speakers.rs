//! Who is meant by a source: for each text, the speakers of its attributions in order.

use dixit_engine::{Article, Block, Confidence, SpeakerKind, analyse};

fn article(text: &str) -> Article {
    let blocks = text.split('\n').map(Block::paragraph).collect();
    Article { blocks, language: Some("en".into()), ..Article::default() }
}

/// The names of the speakers, with "?" where nobody is named.
fn speakers(text: &str) -> String {
    let analysis = analyse(&article(text));
    let name = |s: Option<usize>| s.map_or("?", |s| analysis.speakers[s].name.as_str()).to_string();
    analysis.attributions.iter().map(|a| name(a.speaker)).collect::<Vec<_>>().join("; ")
}

fn check(rows: &[(&str, &str, &str)]) {
    let mut wrong = String::new();
    for (name, text, expected) in rows {
        let found = speakers(text);
        if found != *expected {
            wrong.push_str(&format!("{name}\n  expected {expected}\n  found    {found}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn names_are_known_by_their_parts() {
    check(&[
        ("surname", "Ann Lee came late. “We lost,” Lee said.", "Ann Lee"),
        ("honorific", "Ann Lee came late. “We lost,” Mrs. Lee said.", "Ann Lee"),
        ("suffix", "Tom Hale Jr. came late. “We lost,” Hale said.", "Tom Hale Jr."),
        ("initial", "John Q. Marsh came late. “We lost,” Mr. Marsh said.", "John Q. Marsh"),
        ("particle", "Marta de la Cruz came late. “We lost,” de la Cruz said.", "Marta de la Cruz"),
        ("hyphen", "Zoe Hart-Bell came late. “We lost,” Hart-Bell said.", "Zoe Hart-Bell"),
        ("surname that is a role", "Tom Baker came late. “We lost,” Baker said.", "Tom Baker"),
        ("month", "June Okada came late. “We lost,” Okada said.", "June Okada"),
        (
            "words that open a sentence are no names",
            "But Lee was late. Then Lee ran. Unlike Lee, Bob Cole sat. Ann Lee came in. “We lost,” Lee said.",
            "Ann Lee",
        ),
        (
            "a party before the name",
            "Norland Democrat Ann Lee came late. “We lost,” Lee said.",
            "Ann Lee",
        ),
        (
            "an institute behind the name",
            "“We lost,” said Ann Lee of the Quay Institute.",
            "Ann Lee",
        ),
        (
            "an institute behind a name that is on no list",
            "“We lost,” said Runa Okb of the Quay Institute.",
            "Runa Okb",
        ),
        (
            "a name that holds another",
            "“We lost,” the Democratic League of the Quay Islands said.",
            "the Democratic League of the Quay Islands",
        ),
        ("a name that ends like a possessive", "“We lost,” Marlow's said.", "Marlow's"),
        ("a noun with the sentence's capital", "Court papers say that we lost.", "court papers"),
        ("name in the apposition", "“We lost,” said another rower, Tom Hale.", "Tom Hale"),
    ]);
}

#[test]
fn namesakes_are_told_apart() {
    check(&[
        (
            "by honorifics",
            "Tom Hale and Ann Hale met the press. “We won,” Mrs. Hale said. “She did,” Mr. Hale said.",
            "Ann Hale; Tom Hale",
        ),
        (
            "by given names",
            "Tom Hale and Ann Hale met the press. “We won,” Ann said. “She did,” Tom said.",
            "Ann Hale; Tom Hale",
        ),
    ]);
}

#[test]
fn pronouns_find_their_people() {
    check(&[
        ("gender by given name", "Tom Hale met Ann Lee. “We won,” she said.", "Ann Lee"),
        ("gender by given name, subject", "Tom Hale met Ann Lee. “We won,” he said.", "Tom Hale"),
        (
            "gender by the pronouns of the article",
            "Yumi Sato lost her keys and her hat. Kenta Mori found his boat and his net. “I saw it,” she said.",
            "Yumi Sato",
        ),
        (
            "the speaker goes on",
            "“We won,” said Tom Hale of Bob Cole.\n“We will win again,” he said.",
            "Tom Hale; Tom Hale",
        ),
        ("the article knows better than the list", "Henry Lee won. “Good,” she said.", "Henry Lee"),
        ("who", "The vote went to Tom Hale, who said: “We won.”", "Tom Hale"),
        (
            "possessive",
            "Bob Cole's campaign was short. Tom Hale won. “Enough,” he said.",
            "Tom Hale",
        ),
        ("nobody is made up for I", "Tom Hale won. “Enough,” I said.", "?"),
    ]);
}

#[test]
fn fragments_are_not_sure() {
    let rows = ["“We lost,” said my first.", "“We lost,” said www.example.org."];
    for text in rows {
        let analysis = analyse(&article(text));
        let sure = analysis.attributions.iter().any(|a| a.confidence == Confidence::High);
        assert!(!sure, "{text}");
    }
    let named = analyse(&article("“We lost,” said Ann Lee."));
    assert_eq!(named.attributions[0].confidence, Confidence::High);
}

#[test]
fn organisations_are_known_by_short_forms() {
    check(&[
        (
            "how the name begins",
            "The Tidal Reserve Board met. “No change,” the Tid said.",
            "Tidal Reserve Board",
        ),
        (
            "initials",
            "The Harbour Survey Office met. “No change,” the HSO said.",
            "Harbour Survey Office",
        ),
        (
            "a place is no person",
            "Ann Lee flew home. “No change,” the White House said.",
            "the White House",
        ),
    ]);
}

#[test]
fn roles_and_whom_they_are_held_for() {
    let mut wrong = String::new();
    for (text, role, affiliation) in [
        (
            "“We lost,” said White House press secretary Jen Park.",
            "White House press secretary",
            "White House",
        ),
        (
            "“We lost,” said Jen Park, the White House press secretary.",
            "White House press secretary",
            "White House",
        ),
        (
            "White House Press Secretary Jen Park said it was over.",
            "White House Press Secretary",
            "White House",
        ),
        (
            "“We lost,” said Ann Lee, director of the Port Authority.",
            "director of the Port Authority",
            "Port Authority",
        ),
        (
            "Ann Lee, director of the Port Authority, said it was over.",
            "director of the Port Authority",
            "Port Authority",
        ),
        (
            "“We lost,” said Bob Cole, an analyst at Marsh & Co.",
            "analyst at Marsh & Co",
            "Marsh & Co",
        ),
        (
            "Bob Cole, an analyst at Marsh & Co., said it was over.",
            "analyst at Marsh & Co",
            "Marsh & Co",
        ),
        (
            "“We lost,” said Ann Lee, a professor of history at Quay University.",
            "professor of history at Quay University",
            "Quay University",
        ),
        (
            "“We lost,” said Bob Cole, a spokesman for the ministry.",
            "spokesman for the ministry",
            "ministry",
        ),
        (
            "“We lost,” said Bob Cole, a plumber from Quay Hill who had slept in his van.",
            "plumber from Quay Hill",
            "Quay Hill",
        ),
        ("“We lost,” said Runa Okb of the Quay Institute.", "", "Quay Institute"),
        ("Prof Runa Okb from the Institute of Tides said it was over.", "", "Institute of Tides"),
        ("“We lost,” said Runa Okb, of Quay University.", "", "Quay University"),
        ("Runa Okb of the city council said it was over.", "", "city council"),
        ("“We lost,” said a spokesman for the ministry.", "", "ministry"),
        ("“We lost,” said a White House spokesman.", "", "White House"),
        ("“We lost,” said Kestrel manager Bob Cole.", "Kestrel manager", "Kestrel"),
        (
            "“We lost,” said Norrgate's chief executive, Ann Lee.",
            "Norrgate's chief executive",
            "Norrgate",
        ),
        (
            "“We lost,” said Justice Department spokeswoman Ann Lee.",
            "Justice Department spokeswoman",
            "Justice Department",
        ),
        (
            "“We lost,” said Hale campaign manager Ann Lee.",
            "Hale campaign manager",
            "Hale campaign",
        ),
        ("Harbour master Ann Lee said it was over.", "Harbour master", ""),
        ("Deputy Foreign Minister Ann Lee said it was over.", "Deputy Foreign Minister", ""),
        ("“We lost,” said Democratic strategist Ann Lee.", "Democratic strategist", ""),
        ("“We lost,” said Ann Lee, the mayor of Port Ellis.", "mayor of Port Ellis", "Port Ellis"),
        ("“We lost,” said Ann Lee of the Quay Institute.", "", "Quay Institute"),
        ("“We lost,” said Ann Lee, a teacher for ten years.", "teacher for ten years", ""),
        ("“We lost,” said her lawyer, Ann Lee.", "lawyer", ""),
    ] {
        let analysis = analyse(&article(text));
        let found = analysis.speakers.first().map_or(("nobody", ""), |s| {
            (s.role.as_deref().unwrap_or(""), s.affiliation.as_deref().unwrap_or(""))
        });
        if found != (role, affiliation) {
            wrong.push_str(&format!(
                "{text}\n  expected {role:?}, {affiliation:?}\n  found    {found:?}\n"
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn what_is_no_person_is_taken_for_none() {
    use SpeakerKind::{Organization, Person, Unnamed};
    for (text, expected) in [
        ("Ann Lee said it was over.", Person),
        ("Lee, who leads the union, said it was over.", Person),
        ("Marsh Lines, which runs the ferries, said it was over.", Organization),
        ("Marsh Row met. Marsh Row, which runs the ferries, said it was over.", Organization),
        ("Quillo, which owns the site, said it was over.", Organization),
        ("The Daily Quay reported that it was over.", Organization),
        ("The Rev. Ann Lee said it was over.", Person),
        ("The mayor Ann Lee said it was over.", Person),
        ("The Farmer Relief Center said it was over.", Organization),
        ("The charity Wavewatch said it was over.", Organization),
        ("The operator, Sundline, said it was over.", Organization),
        ("The president of the charity, Oona Reilly, said it was over.", Person),
        ("The captain, Reka, said it was over.", Person),
        ("Marlow’s said it was over.", Organization),
        ("Hospital staff said it was over.", Organization),
        ("The lawsuit says it was over.", Organization),
        ("A memo from the ministry said it was over.", Organization),
        ("Police said it was over.", Organization),
        ("A police officer said it was over.", Unnamed),
        ("Two officials said it was over.", Unnamed),
    ] {
        let analysis = analyse(&article(text));
        let kinds: Vec<SpeakerKind> = analysis.speakers.iter().map(|s| s.kind).collect();
        assert_eq!(kinds, [expected], "{text}");
    }
}
