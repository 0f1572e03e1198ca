//! Ten times the text is at most twelve times the work, counted in instructions.

use dixit_bench::steps::Counter;
use dixit_bench::{articles, growth, module};

/// What ten times the text may cost; 10 is linear, and lists and tables that grow take a little more.
const LIMIT: f64 = 12.0;

#[test]
fn work_grows_with_the_text_and_no_faster() {
    let counter = Counter::load(&module::build("wasm").expect("the module")).expect("a module");
    let samples = articles::samples().expect("samples");
    let news = growth::growth(&counter, 10_000, |bytes| articles::joined(bytes, &samples));
    let mut grown = growth::all(&counter, growth::patterns(), 10_000).expect("counts");
    grown.push(("news".into(), news.expect("counts")));
    grown.retain(|(_, grown)| *grown > LIMIT);
    assert!(grown.is_empty(), "times the work on ten times the text:\n{grown:#?}");
}
