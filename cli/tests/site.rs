//! `dixit build` on folders of `tests/sites`, with a reader of which only the names count.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder for one test, new each time.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn sites() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/sites")
}

/// The files of a built reader, as far as a site needs to know of them.
fn reader(root: &Path) -> PathBuf {
    let reader = root.join("reader");
    let manifest = r#"{"names":"page-1/reader.js page-1/reader.wasm sha256-x engine-1/ de","embed":"embed-1","policy":"default-src 'none'",
        "fault":"<section id=\"fault\" hidden><a href=\"./\">Start</a></section>","boot":"boot-1.js","fault_script":"fault-1.js",
        "styles":"reader-1.css","site_styles":"site-1.css","search":"search-1.js","icon":"icon-1.svg","offline":"offline-1.js","single":"single-1.js","theme":"/* theme */","service_worker":"const FILES = [];"}"#;
    for (path, text) in [
        ("dixit.json", manifest),
        ("page-1/reader.js", "glue"),
        ("embed-1/reader.js", "glue"),
        ("embed.js", "import('./embed-1/embed-port.js')"),
        ("embed.html", "<script src=\"embed.js\"></script>"),
        ("frame.js", "frame"),
        ("framed.js", "framed"),
        ("framed.css", "framed"),
        ("page-1/words/de.json", r#"{"Article":"Artikel"}"#),
        ("boot-1.js", "boot"),
        ("index.html", "not needed"),
        ("engine-1/engine.js", "not needed"),
    ] {
        write(&reader.join(path), text);
    }
    reader
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

fn dixit(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dixit")).args(arguments).output().expect("the program starts")
}

fn build(articles: &Path, out: &Path, reader: &Path, options: &[&str]) -> Output {
    let paths = [articles, out, reader].map(|path| path.to_str().expect("a name"));
    let [articles, out, reader] = paths;
    dixit(&[&["build", articles, "--out", out, "--reader", reader], options].concat())
}

/// The same, which has to work; answers what is said of it.
#[track_caller]
fn built(articles: &Path, out: &Path, reader: &Path, options: &[&str]) -> String {
    let output = build(articles, out, reader, options);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The site's own texts by path; of articles' pages what the reader does not write.
fn texts(out: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for file in files(out) {
        let path = file.strip_prefix(out).expect("inside").to_string_lossy().replace('\\', "/");
        let Ok(mut text) = fs::read_to_string(&file) else { continue };
        if ["pagefind/", "assets/", ".dixit"].iter().any(|other| path.starts_with(other)) {
            continue;
        }
        if let (Some(from), Some(to)) =
            (text.find("<div id=\"reader\">"), text.find("<footer class=\"site-foot\">"))
        {
            text.replace_range(from + "<div id=\"reader\">".len()..to, "…</div>");
        }
        texts.insert(path, text);
    }
    texts
}

/// Compares with what is expected, or with `UPDATE_EXPECTED=1` writes it.
#[track_caller]
fn as_expected(name: &str, out: &Path) {
    let expected = sites().join(name).join("expected");
    let texts = texts(out);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        let _ = fs::remove_dir_all(&expected);
        for (path, text) in &texts {
            write(&expected.join(path), text);
        }
    }
    let wanted: BTreeMap<String, String> = files(&expected)
        .iter()
        .map(|file| {
            let path =
                file.strip_prefix(&expected).expect("inside").to_string_lossy().replace('\\', "/");
            (path, fs::read_to_string(file).expect("a text"))
        })
        .collect();
    let names = |texts: &BTreeMap<String, String>| texts.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&texts), names(&wanted));
    for (path, text) in &texts {
        assert!(*text == wanted[path], "{path} differs; UPDATE_EXPECTED=1 overwrites:\n{text}");
    }
}

#[test]
fn a_folder_becomes_the_site_that_is_expected() {
    let root = folder("expected");
    let out = root.join("out");
    let said = built(&sites().join("news/articles"), &out, &reader(&root), &[]);
    assert!(said.contains("4 articles"), "{said}");
    as_expected("news", &out);
    assert!(out.join("assets/page-1/reader.js").is_file());
    let page = fs::read_to_string(out.join("city/tram/index.html")).expect("a page");
    assert!(page.contains(
        r#"<script type="importmap">{"integrity":{"../../assets/page-1/reader.js":"sha256-"#
    ));
    assert!(!out.join("assets/engine-1").exists(), "published pages need no engine");
    assert!(out.join("city/line.svg.png").is_file());
    assert!(out.join("pagefind/1/pagefind.js").is_file());
}

/// A folder of articles to change.
fn copy(root: &Path) -> PathBuf {
    let (from, to) = (sites().join("news"), root.join("news"));
    for file in files(&from.join("articles")).iter().chain([&from.join("dixit.toml")]) {
        let target = to.join(file.strip_prefix(&from).expect("inside"));
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::copy(file, target).expect("a copy");
    }
    to.join("articles")
}

#[test]
fn only_what_changed_is_built_again_and_the_result_is_the_same() {
    let root = folder("incremental");
    let (articles, reader, out) = (copy(&root), reader(&root), root.join("out"));
    built(&articles, &out, &reader, &[]);
    let said = built(&articles, &out, &reader, &[]);
    assert!(
        said.contains("0 read, 0 pages of articles written; 0 files written, 0 removed"),
        "{said}"
    );
    let steps: [(&str, &dyn Fn(), &str); 5] = [
        (
            "new words in one",
            &|| {
                let file = articles.join("rain.txt");
                let text = fs::read_to_string(&file).expect("it").replace("boots", "shoes");
                fs::write(&file, text).expect("it");
            },
            "1 read, 1 page of",
        ),
        (
            "a new title of one, which its neighbours name",
            &|| {
                let file = articles.join("rain.txt");
                let text =
                    fs::read_to_string(&file).expect("it").replace("and then more rain", "again");
                fs::write(&file, text).expect("it");
            },
            "1 read, 2 pages",
        ),
        (
            "one more, the newest",
            &|| {
                write(
                    &articles.join("new.md"),
                    "---\ntitle: New\ndate: 2026-12-01\n---\n\n“Yes,” said Ann Lee.\n",
                )
            },
            "1 read, 2 pages",
        ),
        (
            "one less",
            &|| fs::remove_file(articles.join("new.md")).expect("it"),
            "0 read, 1 page of",
        ),
        (
            "the target of a link is gone",
            &|| fs::remove_file(articles.join("city/ferry.md")).expect("it"),
            "1 read, 2 pages",
        ),
    ];
    for (what, change, expected) in steps {
        change();
        let said = built(&articles, &out, &reader, &[]);
        assert!(said.contains(expected), "{what}: {said}");
        let fresh = root.join("fresh");
        let _ = fs::remove_dir_all(&fresh);
        built(&articles, &fresh, &reader, &[]);
        let names = |out: &Path| -> Vec<PathBuf> {
            let mut names: Vec<_> = files(out)
                .iter()
                .map(|f| f.strip_prefix(out).expect("inside").to_owned())
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(&out), names(&fresh), "{what}");
        assert!(texts(&out) == texts(&fresh), "{what}");
    }
}

#[test]
fn without_an_address_what_needs_one_is_left_out_and_said() {
    let root = folder("no-address");
    let (articles, out) = (root.join("articles"), root.join("out"));
    write(&articles.join("a.md"), "# Rain\n\n“Stay in,” said Ann Lee.\n");
    let output = build(&articles, &out, &reader(&root), &[]);
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("no base_url"), "{output:?}");
    for missing in ["feed.xml", "feed.json", "sitemap.xml", "a/oembed.json"] {
        assert!(!out.join(missing).exists(), "{missing}");
    }
    let page = fs::read_to_string(out.join("a/index.html")).expect("a page");
    assert!(!page.contains("ld+json") && !page.contains("og:") && !page.contains("canonical"));
    assert!(out.join("a/who-said-what.json").is_file());
    let with = root.join("with");
    built(&articles, &with, &reader(&root), &["--base-url", "https://a.example/x"]);
    let feed = fs::read_to_string(with.join("feed.xml")).expect("a feed");
    assert!(feed.contains("https://a.example/x/a/"), "{feed}");
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_what_mends_it() {
    let root = folder("wrong");
    let reader = reader(&root);
    let articles = root.join("articles");
    write(&articles.join("a.md"), "# A\n\nWords.\n");
    let fails = |what: &str, out: &Path, part: &str| {
        let output = build(&articles, out, &reader, &[]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{what}: {said}");
        assert!(said.contains(part), "{what}: {said}");
    };
    // Somebody else's folder is not touched.
    let theirs = root.join("theirs");
    write(&theirs.join("precious.txt"), "mine");
    fails("a folder of others", &theirs, "was not made by dixit build");
    let output = build(&articles, &theirs, &reader, &["--single-file"]);
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("was not made by dixit build"),
        "{output:?}"
    );
    assert_eq!(files(&theirs), [theirs.join("precious.txt")]);
    let out = root.join("out");
    write(&articles.join("dixit.toml"), "title = \"x\"\nper_page = 0\n");
    fails("settings", &out, "dixit.toml:2: per_page is 0");
    fs::remove_file(articles.join("dixit.toml")).expect("it");
    write(&articles.join("a.html"), "<p>Other words.</p>");
    fails("two of one page", &out, "rename one of them");
    fs::remove_file(articles.join("a.html")).expect("it");
    write(&articles.join("a.corrections.json"), "{}");
    fails("corrections", &out, "a.corrections.json: This is not a file of corrections.");
    fs::remove_file(articles.join("a.corrections.json")).expect("it");
    built(&articles, &out, &reader, &[]);
    // An article that cannot be read leaves the site as it was.
    write(&articles.join("b.json"), "{\"format\":\"dixit\",\"version\":99,\"article\":{}}");
    fails("no article", &out, "b.json: written by a newer version");
    assert!(out.join("a/index.html").is_file());
}

#[test]
fn one_section_is_written_in_several_ways() {
    let root = folder("sections");
    let (articles, out, reader) = (root.join("articles"), root.join("out"), reader(&root));
    let section = |name: &str| format!("---\nsection: {name:?}\n---\n\nWords.\n");
    write(&articles.join("town-hall/a.md"), "Words.\n");
    write(&articles.join("town-hall/b.md"), "Words.\n");
    write(&articles.join("c.md"), &section("C#"));
    write(&articles.join("d.md"), &section("C++"));
    let names = |out: &Path| -> Vec<String> {
        let list = fs::read_to_string(out.join("sections/index.html")).expect("a list");
        let (_, list) = list.split_once("<ul class=\"voices-list\">").expect("a list");
        let links = list.split("<a href=\"../sections/").skip(1);
        links.map(|link| link.split("</small>").next().unwrap_or_default().to_owned()).collect()
    };
    let listed = |name: &str, slug: &str, n: &str| format!("{slug}/\">{name}</a> <small>{n}");
    let others = [listed("C#", "c", "1 article"), listed("C++", "c-2", "1 article")];
    built(&articles, &out, &reader, &["--base-url", "https://a.example/"]);
    let folder = listed("town-hall", "town-hall", "2 articles");
    assert_eq!(names(&out), [&others[..], std::slice::from_ref(&folder)].concat());
    // An article that says how it is written changes the pages of the others.
    write(&articles.join("e.md"), &section("Town Hall"));
    built(&articles, &out, &reader, &["--base-url", "https://a.example/"]);
    assert_eq!(
        names(&out),
        [&others[..], &[listed("Town Hall", "town-hall", "3 articles")]].concat()
    );
    let page = fs::read_to_string(out.join("town-hall/a/index.html")).expect("a page");
    assert!(page.contains("property=\"article:section\" content=\"Town Hall\""), "{page}");
    fs::remove_file(articles.join("e.md")).expect("it");
    built(&articles, &out, &reader, &["--base-url", "https://a.example/"]);
    assert_eq!(names(&out), [&others[..], &[folder]].concat());
}

#[test]
fn hostile_articles_stay_text() {
    let root = folder("hostile");
    let (articles, out) = (root.join("articles"), root.join("out"));
    let hostile = "</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>";
    write(
        &articles.join("a.json"),
        &serde_json::json!({"format": "dixit", "version": 1, "article": {
            "id": hostile, "title": hostile, "byline": hostile, "site": hostile, "language": "\"><b>",
            "date": {"iso": hostile, "written": hostile},
            "source_url": "javascript:alert(1)",
            "blocks": [{"kind": "paragraph", "text": format!("“Go,” said Ann {}.", "Lee".repeat(100))},
                {"kind": "paragraph", "text": format!("“{hostile},” said Ann <b>Lee</b>. {hostile}"),
                "marks": [{"kind": "link", "url": "javascript:alert(1)", "range": [0, 9]}]},
                {"kind": "image", "text": hostile, "url": "javascript:alert(1)"}]}})
        .to_string(),
    );
    write(
        &articles.join("dixit.toml"),
        &format!("title = {:?}\nbase_url = \"https://a.example/\"\n", hostile),
    );
    built(&articles, &out, &reader(&root), &[]);
    for file in
        files(&out).iter().filter(|f| f.extension().is_some_and(|e| e == "html" || e == "xml"))
    {
        let page = fs::read_to_string(file).expect("a page");
        for part in [
            "<script>alert",
            "<img",
            "onerror=alert(1)>",
            "<b>Lee",
            "href=\"javascript",
            "src=\"javascript",
            "lang=\"\"><b>",
        ] {
            assert!(!page.contains(part), "{part} in {}", file.display());
        }
    }
}

#[test]
fn a_new_folder_is_built_and_has_nothing_to_mend() {
    let root = folder("new");
    let site = root.join("mine");
    let output = dixit(&["new", site.to_str().expect("a name")]);
    assert!(output.status.success(), "{output:?}");
    let output = dixit(&["check", site.join("articles").to_str().expect("a name")]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("1 article, 0 errors, 1 other remark\n"), "{said}");
    built(&site.join("articles"), &site.join("site"), &reader(&root), &[]);
    assert!(site.join("site/voices/vera-lind/index.html").is_file());
    // Nothing is written over.
    let output = dixit(&["new", site.to_str().expect("a name")]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn check_names_file_line_and_mend() {
    let root = folder("check");
    let articles = root.join("articles");
    write(
        &articles.join("a.md"),
        "---\ntitle: A\nauthor: B\ndate: 2026-01-02\n---\n\nWords.\n\nSee [this](gone.md) and ![that](gone.png).\n",
    );
    let check = |options: &[&str]| {
        dixit(&[&["check", articles.to_str().expect("a name")], options].concat())
    };
    let output = check(&[]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said.contains("a.md:9: a link leads nowhere: gone.md (correct it, or add that file)"),
        "{said}"
    );
    assert!(said.contains("a.md:9: a picture is missing: gone.png"), "{said}");
    assert!(said.ends_with("1 article, 2 errors, 0 other remarks\n"), "{said}");
    write(&articles.join("gone.md"), "Here.\n");
    let site = root.join("site");
    let output = build(&articles, &site, &reader(&root), &[]);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(complaint.contains("1 thing is broken in the articles; to see it: "), "{complaint}");
    write(&articles.join("gone.md"), "“Here,” somebody wrote.\n");
    write(&articles.join("gone.png"), "");
    assert_eq!(check(&[]).status.code(), Some(0));
    let output = check(&["--strict"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("gone.md:1: no title"), "{output:?}");
}

/// What a server answers to a path: status, head, body.
fn get(port: u16, path: &str) -> (u16, String, String) {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).expect("a server");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .expect("asked");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).and_then(|n| n.parse().ok()).expect("a status");
    (status, head.to_lowercase(), body.to_owned())
}

#[test]
fn serve_shows_the_site_and_builds_again_when_an_article_changes() {
    let root = folder("serve");
    let articles = root.join("articles");
    write(&articles.join("a.md"), "# Rain\n\n“Stay in,” said Ann Lee.\n");
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .expect("a port")
        .local_addr()
        .expect("it")
        .port();
    let mut server = Command::new(env!("CARGO_BIN_EXE_dixit"))
        .arg("serve")
        .arg(&articles)
        .arg("--reader")
        .arg(reader(&root))
        .args(["--port", &port.to_string()])
        .env("TMPDIR", root.join("tmp"))
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    // Its second line says that it serves.
    let mut lines =
        std::io::BufRead::lines(std::io::BufReader::new(server.stdout.take().expect("a pipe")));
    assert!(lines.next().expect("a line").expect("text").contains("1 article"));
    assert!(lines.next().expect("a line").expect("text").contains(&port.to_string()));
    let (status, head, page) = get(port, "/a/");
    assert_eq!(status, 200);
    assert!(head.contains("text/html") && head.contains("nosniff"), "{head}");
    assert!(page.contains("Stay in") && page.contains("/.dixit/reload.js"), "{page}");
    for path in [
        "/gone/",
        "/.dixit-build.json",
        "/../reader/dixit.json",
        "/%2e%2e/reader/dixit.json",
        "/..%5creader",
    ] {
        let (status, _, page) = get(port, path);
        assert_eq!(status, 404, "{path}");
        assert!(page.contains("This page is not here"), "{path}");
    }
    let (_, _, before) = get(port, "/.dixit/builds?after=");
    write(&articles.join("a.md"), "# Rain\n\n“Come out,” said Ann Lee.\n");
    // Answers when the site was built again.
    let (_, _, after) = get(port, &format!("/.dixit/builds?after={before}"));
    assert_ne!(before, after);
    assert!(get(port, "/a/").2.contains("Come out"));
    server.kill().expect("it ends");
    server.wait().expect("it ended");
}

#[test]
fn a_site_inside_its_folder_is_not_read_as_articles() {
    let root = folder("inside");
    let articles = root.join("articles");
    write(&articles.join("a.md"), "# Rain\n\n“Stay in,” said Ann Lee.\n");
    let reader = reader(&root);
    for _ in 0..2 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
        command.current_dir(&articles).args(["build", ".", "--reader"]).arg(&reader);
        let output = command.output().expect("the program starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains(": 1 article,"), "{said} {output:?}");
    }
    assert!(!articles.join("site/site").exists());
}

#[test]
fn an_authors_own_text_is_published_whole_and_what_is_left_out_of_a_page_is_said() {
    let root = folder("whole");
    let (articles, out, reader) = (root.join("articles"), root.join("site"), reader(&root));
    const TEXT: &str = "The council met on Monday, and it heard everybody who had come.\n\n## Comments\n\n“We read them all,” says the clerk, Ann Lee, in the hall by the water.\n\n## Related\n\nShare this\n\nPrivacy\n\nThe last line.\n";
    write(&articles.join("own.md"), &format!("---\ntitle: Vote\nauthor: A\n---\n\n{TEXT}"));
    write(&articles.join("plain.txt"), &format!("Plain vote\n\n{}", TEXT.replace("## ", "")));
    let page = "<html lang=en><title>Page</title><article><h1>Page</h1><p>The council met on Monday, and it heard everybody who had come.</p><p>Share this</p><p>It rained all day, and nobody left before the end of it.</p></article></html>";
    write(&articles.join("page.html"), page);
    built(&articles, &out, &reader, &[]);
    for page in ["own", "plain"] {
        let page = fs::read_to_string(out.join(page).join("index.html")).expect("a page");
        for words in
            ["Comments", "We read them all", "Related", "Share this", "Privacy", "The last line."]
        {
            assert!(page.contains(words), "{words}");
        }
    }
    let said = dixit(&["check", articles.to_str().expect("a name")]);
    let said = [said.stdout, said.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let left_out = "1 of its lines looks like no part of the article and is left out: Share this";
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("left out")).collect();
    assert!(
        lines.len() == 1 && lines[0].contains("page.html:1: ") && lines[0].contains(left_out),
        "{said}"
    );
}

#[test]
fn whatever_stands_behind_draft_keeps_an_article_back_but_a_plain_no() {
    let root = folder("drafts");
    let (articles, out, reader) = (root.join("articles"), root.join("site"), reader(&root));
    let kept_back = ["true", "yes", "True", "on", "1", "until Monday"];
    let published = ["false", "no", "\"\""];
    for (n, value) in kept_back.iter().chain(&published).enumerate() {
        let text = format!("---\ntitle: Vote {n}\ndraft: {value}\n---\n\nThe council met.\n");
        write(&articles.join(format!("vote-{n}.md")), &text);
    }
    built(&articles, &out, &reader, &[]);
    for n in 0..kept_back.len() + published.len() {
        let is_there = out.join(format!("vote-{n}/index.html")).is_file();
        assert_eq!(is_there, n >= kept_back.len(), "vote-{n}");
    }
}
