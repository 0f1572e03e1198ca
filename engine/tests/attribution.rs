//! One case a row: what the engine makes of one text, written back in marks (tests/README.md).

use dixit_engine::{Article, Block, Confidence, Rule, analyse, plain_text};

mod marked;
use marked::marked;

/// The text of a row without its marks.
fn stripped(row: &str) -> String {
    let mut out = String::new();
    let mut rest = row;
    while let Some(c) = rest.chars().next() {
        if c == '{'
            && let Some((_, after)) = rest.split_once(':')
        {
            rest = after;
            continue;
        }
        if !"}|<>".contains(c) {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

fn check(rows: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (name, row) in rows {
        let text = stripped(row);
        let blocks: Vec<_> = text.split('\n').map(Block::paragraph).collect();
        let language = plain_text::read(&text).language;
        let article = Article { blocks, language, ..Article::default() };
        let found = marked(&article, &analyse(&article).spoken());
        let body = found.lines().filter(|l| !l.is_empty() && !l.starts_with("speaker: "));
        let found = body.collect::<Vec<_>>().join("\n");
        if found != *row {
            wrong.push_str(&format!("{name}\n  expected {row}\n  found    {found}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn cues_around_quotations() {
    check(&[
        ("after", "{ann-lee:“Go,”} |Ann Lee| <said>."),
        ("after, inverted", "{ann-lee:“Go,”} <said> |Ann Lee|."),
        ("question", "{ann-lee:“Go?”} |Ann Lee| <asked>."),
        ("before, comma", "|Ann Lee| <said>, {ann-lee:“Go now.”}"),
        ("before, colon", "|Ann Lee| <said>: {ann-lee:“Go now.”}"),
        ("split by its cue", "{ann-lee:“Go,”} |Ann Lee| <said>, {ann-lee:“now.”}"),
        ("carried over", "{ann-lee:“Go,”} |Ann Lee| <said>. {ann-lee:“Do not wait.”}"),
        (
            "next paragraph",
            "{ann-lee:“Go,”} |Ann Lee| <said>.\n{ann-lee:“And do not wait for me.”}",
        ),
        ("runs on", "|Ann Lee| <said>: {ann-lee:“Go.}\n{ann-lee:“And do not wait.”}"),
        ("fragment", "|Ann Lee| <called> {ann-lee:the plan a “disgrace”}."),
        ("fragment with as", "|Ann Lee| <described> {ann-lee:the plan as “dead”}."),
        ("mixed", "|Ann Lee| <said> {ann-lee:the plan was “dead on arrival”}."),
        ("nested", "{ann-lee:“He said ‘go’ to me,”} |Ann Lee| <said>."),
        ("applause", "{ann-lee:“So tell me what is left,”} |Ann Lee| <said>, to long applause."),
        ("a rare verb", "{ann-lee:“Never again,”} |Ann Lee| <thundered>."),
        ("colon only", "|Ann Lee|<:> {ann-lee:“It was cold.”}"),
        ("nobody says it", "He read “The Long Winter” in the train."),
    ]);
}

#[test]
fn statements_without_marks() {
    check(&[
        ("that", "|Ann Lee| <said> {ann-lee:that the port was closed}."),
        ("bare", "|Ann Lee| <said> {ann-lee:the port was closed}."),
        ("trailing", "{ann-lee:The port was closed}, |Ann Lee| <said>."),
        ("in the middle", "{ann-lee:The port}, |Ann Lee| <said>, {ann-lee:would close}."),
        ("according to, first", "<According to> |Ann Lee|, {ann-lee:the port is closed}."),
        (
            "according to, appositions",
            "<According to> |Ann Lee, 41, a planner|, {ann-lee:the port is closed}.",
        ),
        (
            "according to, a relative clause",
            "<According to> |Ann Lee, who leads the union|, {ann-lee:the port is closed}.",
        ),
        (
            "according to, no apposition",
            "<According to> |Ann Lee|, {ann-lee:on Monday, the port was closed}.",
        ),
        ("according to, a plan", "<According to> |Ann Lee|, {ann-lee:the bank plans to close}."),
        ("according to, last", "{ann-lee:The port is closed}, <according to> |Ann Lee|."),
        (
            "told somebody",
            "|Ann Lee| <told> reporters on Monday {ann-lee:that the port was closed}.",
        ),
        (
            "two cues",
            "|Ann Lee| <said> {ann-lee:the port was closed and added that it would stay so}.",
        ),
        ("saying", "|Ann Lee| left early, <saying> {ann-lee:the port was closed}."),
        ("whether is no statement", "Nobody asked whether Ann Lee agrees that it is late."),
        ("infinitive is none", "It is too early to say that the port is closed."),
        ("report as a noun", "The report that she read is long."),
    ]);
}

#[test]
fn sources_become_speakers() {
    check(&[
        ("surname", "Mayor Ann Lee came. {ann-lee:“Go,”} |Lee| <said>."),
        ("pronoun", "Mayor Ann Lee came. {ann-lee:“Go,”} |she| <said>."),
        ("role", "Ann Lee, the mayor, came. {ann-lee:“Go,”} |the mayor| <said>."),
        ("apposition", "|Ann Lee, the mayor of Port Ellis|, <said> {ann-lee:the port was closed}."),
        ("relative clause", "|Ann Lee|, who lost the vote, <said> {ann-lee:the port was closed}."),
        (
            "role before the name",
            "|Harbour master Tom Reyes| <said> {tom-reyes:the port was closed}.",
        ),
        ("unnamed", "{a-council-spokesman:“Go,”} |a council spokesman| <said>."),
        (
            "of something",
            "{a-spokesman-for-norrgate-terminals:“Go,”} |a spokesman for Norrgate Terminals| <said>.",
        ),
        ("group", "|Washington and NATO| <also say> {washington-and-nato:they are ready}."),
        (
            "name in the apposition",
            "|His captain, Oona Reilly|, <said> {oona-reilly:they were poor}.",
        ),
        (
            "name in the apposition, later",
            "The council leader, Cllr Graham Pike, disagreed. {graham-pike:“No,”} |he| <said>.",
        ),
        (
            "honorific in the apposition",
            "|The headteacher, Dr Anne O’Neill|, <told> the Echo: {anne-oneill:“I am sorry.”}",
        ),
        (
            "department",
            "<According to> |the Department for Transport|, {the-department-for-transport:work will begin in spring}.",
        ),
        ("gender", "Spokesman Bob Hart met Ann Lee. {bob-hart:“Go,”} |he| <said>."),
    ]);
}

#[test]
fn a_language_without_word_lists_gets_the_nearest_name_as_a_guess() {
    let polish = "Most nad rzeką jest zamknięty od rana i nie wiadomo, jak długo to potrwa.\n\n\
        „Nie wiem, kiedy go otworzą” – powiedziała Anna Zawadzka, która mieszka obok. Jan Bielak z rady \
        nie chciał się do tego odnieść. „Most nadziei” to nazwa, która się nie przyjęła.";
    let turkish = "Köprü bu sabah kapandı ve ne kadar kapalı olacak bir bilgi yok.\n\n\
        Belediye başkanı Deniz Aksoy, “Ne zaman açılacak bilmiyoruz ama çok çalışıyoruz” dedi.";
    let finnish = format!(
        "{}\n\n”En tiedä, milloin silta avataan”, sanoi Aino Virtala torstaina.",
        "Silta suljettiin aamulla yllättäen, eikä kukaan osannut kertoa, kuinka pitkään korjaus kestää. "
            .repeat(3)
    );
    for (text, language, speaker) in [
        (polish, Some("pl"), "Anna Zawadzka"),
        (turkish, Some("tr"), "Deniz Aksoy"),
        (&finnish, None, "Aino Virtala"),
    ] {
        let article = plain_text::read(text);
        assert_eq!(article.language.as_deref(), language);
        let analysis = analyse(&article);
        let found: Vec<_> = analysis.speakers.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(found, [speaker], "{text}");
        let [statement] = &analysis.attributions[..] else { panic!("{:?}", analysis.attributions) };
        assert_eq!((statement.why.rule, statement.confidence), (Rule::Nearby, Confidence::Low));
    }
}

#[test]
fn quotations_without_a_cue() {
    check(&[
        (
            "goes on after a title in marks",
            "{ann-lee:“We lost,”} |Ann Lee| <said> on “Low Water.” {ann-lee:“We will try again next year.”}",
        ),
        (
            "the paragraph before leads to it",
            "|Ann Lee| had one message for the crowd:\n{ann-lee:“The harbour stays open to all of us.”}",
        ),
        (
            "and on over paragraphs",
            "|Ann Lee|:\n{ann-lee:“The harbour stays open.}\n{ann-lee:“It will not be sold to anybody.”}",
        ),
        (
            "an unknown verb, inverted",
            "{ann-lee:“The harbour stays open to us,”} guffawed |Ann Lee|.",
        ),
        ("signed", "{ann-lee:“The harbour should stay open to us all.”} — |Ann Lee|"),
        (
            "somebody new in between",
            "{ann-lee:“We lost,”} |Ann Lee| <said>. |Tom Reyes| shook his head. {tom-reyes:“We did not lose the harbour.”}",
        ),
        ("a heading in marks", "{ann-lee:“We lost,”} |Ann Lee| <said>.\n‘A hard decision.’"),
        (
            "the turns of a transcript",
            "{ann-lee:“We lost,”} |Ann Lee| <said>.\n“REYES: Well, when did you know?”",
        ),
        (
            "a title in a sentence of somebody's",
            "{ann-lee:“We lost the harbour,”} <said> |Ann Lee|, the author of “The Long Winter.”",
        ),
        ("a cry", "{ann-lee:“We are lost,”} |Ann Lee| <said>.\n“Never!”"),
        (
            "a title after a comma",
            "Ann Lee sold her first book, “How to Make a Harbour,” to a friend.",
        ),
    ]);
}
