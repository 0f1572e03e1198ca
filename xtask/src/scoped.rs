//! The reader's styles, rewritten for a shadow tree on another's page: they say nothing of that page, depend on
//! nothing that it sets, and measure the element instead of the window.

/// What the page around may set by a property `--dixit-NAME`: colours, typefaces and measures.
const OPEN: [&str; 20] = [
    "paper", "surface", "ink", "muted", "rule", "edge", "accent", "dim", "s1", "s2", "s3", "s4",
    "s5", "s6", "s7", "s8", "serif", "sans", "measure", "step",
];

/// Everything starts from here: what the page around hands down ends, but for its light or dark, and what it is asked
/// to set.
const BOX: &str = ".box{all:initial;display:block;container:dixit/inline-size;color-scheme:inherit;font-size:medium;\
                   --dixit-unit:1em;--c:initial;min-block-size:var(--dixit-reserve,auto)}\
                   .box.is-waiting{min-block-size:var(--dixit-reserve,100vh)}\
                   .root[data-theme=system]{color-scheme:light dark}";

/// The styles for a shadow tree whose outer element is `.box`, and the reader's own `.root`.
pub(crate) fn scoped(css: &str) -> String {
    let mut scoped = BOX.to_owned();
    for (selector, rest) in Rules::of(&without_comments(css)) {
        add_rule(&mut scoped, &selector, &rest);
    }
    scoped
}

fn add_rule(scoped: &mut String, selector: &str, block: &str) {
    if selector == "@font-face" || selector.split(',').all(|one| is_of_page(one.trim())) {
        return;
    }
    if let Some(condition) = selector.strip_prefix("@media (max-width:") {
        // In the font size of the box, which is what the person at the browser chose.
        scoped.push_str("@container dixit (max-width:");
        scoped.push_str(&condition.replace("rem", "em"));
    } else {
        scoped.push_str(&selector_in_tree(selector));
    }
    scoped.push('{');
    let is_group = ["@media", "@supports", "@keyframes"].iter().any(|at| selector.starts_with(at));
    if is_group {
        for (selector, block) in Rules::of(block) {
            add_rule(scoped, &selector, &block);
        }
    } else {
        // Dialogs lie over the whole window.
        let over_all = selector.starts_with(".tool");
        let declarations = block.split_inclusive(';').map(|one| declaration(one, over_all));
        scoped.extend(declarations);
    }
    scoped.push('}');
}

/// Whether a selector names the page around.
fn is_of_page(selector: &str) -> bool {
    selector == "html" || selector.starts_with("html:has")
}

fn selector_in_tree(selector: &str) -> String {
    let selector = selector.replace(":root:root", ".root.root").replace(":root", ".root");
    let selector = selector.replace("html[dir", ".root[dir");
    if selector == "body" { ".root".into() } else { selector }
}

fn declaration(one: &str, over_all: bool) -> String {
    let (name, value) = one.split_once(':').unwrap_or((one, ""));
    let value = match (name.trim(), value.trim_end_matches(';')) {
        ("color-scheme", "light dark") => "inherit".to_owned(),
        (_, value) => lengths(value, over_all),
    };
    let open = name.trim().strip_prefix("--").filter(|name| OPEN.contains(name));
    let value = match open {
        Some(open) => format!("var(--dixit-{open},{value})"),
        None => value,
    };
    if name.trim().is_empty() {
        return String::new();
    }
    let end = if one.ends_with(';') { ";" } else { "" };
    if one.contains(':') { format!("{name}:{value}{end}") } else { one.to_owned() }
}

/// `rem`, which the page around may set, and `vw`, of which the element has a part.
fn lengths(value: &str, over_all: bool) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit() || c == '.') {
        let (before, number) = rest.split_at(at);
        out.push_str(before);
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        let (digits, after) = number.split_at(end);
        let negative = out.ends_with('-')
            && !before.trim_end_matches('-').ends_with(|c: char| c.is_ascii_alphanumeric());
        match after {
            _ if after.starts_with("rem") => {
                let sign = if negative && out.pop().is_some() { "-" } else { "" };
                out.push_str(&format!("calc({sign}{digits}*var(--dixit-unit))"));
                rest = &after[3..];
            }
            _ if after.starts_with("vw") && !over_all => {
                out.push_str(digits);
                out.push_str("cqi");
                rest = &after[2..];
            }
            _ => {
                out.push_str(digits);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out + rest
}

/// The rules of a style sheet or of a group in it: selectors with their blocks. No string of ours holds a brace.
struct Rules<'a>(&'a str);

impl Rules<'_> {
    fn of(css: &str) -> Rules<'_> {
        Rules(css)
    }
}

impl Iterator for Rules<'_> {
    type Item = (String, String);

    fn next(&mut self) -> Option<(String, String)> {
        let (selector, rest) = self.0.split_once('{')?;
        let mut depth = 1;
        let end = rest.find(|c| {
            depth += match c {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            depth == 0
        })?;
        self.0 = &rest[end + 1..];
        Some((selector.trim().to_owned(), rest[..end].trim().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace;

    fn rewritten(css: &str) -> String {
        scoped(css).strip_prefix(BOX).expect("the box").to_owned()
    }

    #[test]
    fn what_names_the_page_names_the_element() {
        for (css, want) in [
            (
                ":root{--ink:#000;--bar:3rem}",
                ".root{--ink:var(--dixit-ink,#000);--bar:calc(3*var(--dixit-unit))}",
            ),
            ("body{margin:0}", ".root{margin:0}"),
            (
                ":root[data-theme=dark]{color-scheme:dark}",
                ".root[data-theme=dark]{color-scheme:dark}",
            ),
            (
                ":root{color-scheme:light dark;--step:1rem}",
                ".root{color-scheme:inherit;--step:var(--dixit-step,calc(1*var(--dixit-unit)))}",
            ),
            ("html[dir=rtl] .a{top:0}", ".root[dir=rtl] .a{top:0}"),
            ("html{scroll-padding-top:1rem} .b{top:0}", ".b{top:0}"),
            ("@font-face{src:url(a)} .b{top:0}", ".b{top:0}"),
        ] {
            assert_eq!(rewritten(css), want);
        }
    }

    #[test]
    fn lengths_are_measured_by_the_element() {
        for (css, want) in [
            (
                "@media (max-width:40rem){.a{top:.5rem}}",
                "@container dixit (max-width:40em){.a{top:calc(.5*var(--dixit-unit))}}",
            ),
            (
                ".a{margin:-.4rem 0 1.3rem}",
                ".a{margin:calc(-.4*var(--dixit-unit)) 0 calc(1.3*var(--dixit-unit))}",
            ),
            (".a{width:calc(100% - 2rem)}", ".a{width:calc(100% - calc(2*var(--dixit-unit)))}"),
            (".a{font:500 .84rem/1.2 x}", ".a{font:500 calc(.84*var(--dixit-unit))/1.2 x}"),
            (
                ".a{padding:clamp(1rem,4vw,2.5rem)}",
                ".a{padding:clamp(calc(1*var(--dixit-unit)),4cqi,calc(2.5*var(--dixit-unit)))}",
            ),
            (".tool{width:100vw}", ".tool{width:100vw}"),
            ("@media print{.a{color:var(--s1)}}", "@media print{.a{color:var(--s1)}}"),
        ] {
            assert_eq!(rewritten(css), want);
        }
    }

    #[test]
    fn nothing_of_the_readers_styles_depends_on_the_page() {
        let read = |name: &str| {
            std::fs::read_to_string(workspace::root().join("static").join(name)).expect(name)
        };
        let css = scoped(
            &[read("reader.css"), read("parts.css"), read("comments.css"), read("embed.css")]
                .concat(),
        );
        for word in [
            ":root",
            "html",
            "}body{",
            "rem;",
            "rem}",
            "@font-face",
            "max-width:40rem",
            "@media (max",
        ] {
            assert!(!css.contains(word), "{word}");
        }
        let (open, shut) = (css.matches('{').count(), css.matches('}').count());
        assert_eq!(open, shut);
        for name in OPEN {
            assert!(css.contains(&format!("var(--dixit-{name},")), "{name}");
        }
    }
}
