//! Ten times the text is at most twelve times the work, counted in instructions.

use dixit_bench::steps::Counter;
use dixit_bench::{articles, growth, module};

/// What ten times the text may cost; 10 is linear, and lists and tables that grow take a little more.
const LIMIT: f64 = 12.0;

#[test]
fn work_grows_with_the_text_and_no_faster() {
    let counter = Counter::load(&module::build("wasm").expect("the module")).expect("a module");
    let samples = articles::samples().expect("samples");
    let mut steep = Vec::new();
    let mut check = |name: &str, bytes: usize, text: &dyn Fn(usize) -> String| {
        let start = std::time::Instant::now();
        let grown = growth::growth(&counter, bytes, text).expect("an analysis");
        eprintln!("{grown:6.2} {name:?} {:?}", start.elapsed());
        if grown > LIMIT {
            steep.push(format!("{grown:.1} times the work on {} bytes of {name:?}", bytes * 10));
        }
    };
    check("news", 10_000, &|bytes| articles::joined(bytes, &samples));
    for pattern in growth::patterns() {
        check(&pattern.name, 2_000, &|bytes| pattern.text(bytes));
    }
    assert!(steep.is_empty(), "\n{}", steep.join("\n"));
}
