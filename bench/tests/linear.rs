//! Ten times the text is at most twelve times the work, counted in instructions.

use dixit_bench::steps::{Call, Counter};
use dixit_bench::{articles, growth, module};

/// What ten times the text may cost; 10 is linear, and lists and tables that grow take a little more.
const LIMIT: f64 = 12.0;
/// The shorter text of each two: what looks back over so many names or marks and no more looks back that far in it.
const BYTES: usize = 10_000;

#[test]
fn work_grows_with_the_text_and_no_faster() {
    let counter = Counter::load(&module::build("wasm").expect("the module"), Call::Analyse);
    let counter = counter.expect("a module");
    let samples = articles::samples().expect("samples");
    let news = growth::growth(&counter, BYTES, |bytes| articles::joined(bytes, &samples));
    let mut grown = growth::all(&counter, growth::patterns(), BYTES).expect("counts");
    grown.push(("news".into(), news.expect("counts")));
    grown.retain(|(_, grown)| *grown > LIMIT);
    assert!(grown.is_empty(), "times the work on ten times the text:\n{grown:#?}");
}

/// The same of the importer, on HTML, Markdown and JSON.
#[test]
fn importing_grows_with_the_input_and_no_faster() {
    let module = module::importer().expect("the module");
    let mut steep = Vec::new();
    for name in ["a.html", "a.md", "a.json", "a.txt"] {
        let counter = Counter::load(&module, Call::Import(name)).expect("a module");
        let patterns = growth::imported().into_iter().filter(|(n, _)| *n == name);
        let patterns = patterns.map(|(_, pattern)| pattern).collect();
        steep.extend(growth::all(&counter, patterns, BYTES).expect("counts"));
    }
    steep.sort_by(|a, b| b.1.total_cmp(&a.1));
    println!("{:#?}", &steep[..10.min(steep.len())]);
    steep.retain(|(_, grown)| *grown > LIMIT);
    assert!(steep.is_empty(), "times the work on ten times the input:\n{steep:#?}");
}
