//! What a run measured: lines of JSON that tests and benchmarks wrote.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::Outcome;

/// All lines of a run.
#[derive(Debug)]
pub(crate) struct Figures(Vec<Value>);

/// One thing measured again and again; never empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Times(Vec<f64>);

impl Figures {
    pub(crate) fn read(path: &Path) -> Outcome<Figures> {
        let text = fs::read_to_string(path)
            .map_err(|e| format!("nothing was measured yet ({}: {e})", path.display()))?;
        Figures::of(&text)
    }

    pub(crate) fn of(text: &str) -> Outcome<Figures> {
        let line = |line: &str| serde_json::from_str(line).map_err(|e| format!("{line}: {e}"));
        text.lines().map(line).collect::<Outcome<Vec<Value>>>().map(Figures)
    }

    /// The line of this kind and name.
    pub(crate) fn get(&self, kind: &str, name: &str) -> Option<&Value> {
        self.0.iter().find(|line| line["kind"] == kind && line["name"] == name)
    }

    /// The first line of this kind.
    pub(crate) fn first(&self, kind: &str) -> Option<&Value> {
        self.0.iter().find(|line| line["kind"] == kind)
    }

    /// One thing of a line, each time that it was measured.
    pub(crate) fn times(&self, kind: &str, name: &str, of: &str) -> Option<Times> {
        let list = self.get(kind, name)?[of].as_array()?;
        Times::new(list.iter().filter_map(Value::as_f64).collect())
    }

    /// Why something was not measured.
    pub(crate) fn why_not(&self, name: &str) -> String {
        let why = self.get("missing", name).and_then(|line| line["why"].as_str());
        let why = why.and_then(|why| why.lines().next()).unwrap_or("no figures came");
        format!("not measured: {why}")
    }

    /// The versions of what was compared, in the order in which they were told.
    pub(crate) fn versions(&self) -> Vec<(&str, &str)> {
        let versions = self.0.iter().filter(|line| line["kind"] == "version");
        versions
            .filter_map(|line| Some((line["of"].as_str()?, line["version"].as_str()?)))
            .collect()
    }
}

impl Times {
    fn new(mut times: Vec<f64>) -> Option<Times> {
        times.sort_by(f64::total_cmp);
        (!times.is_empty()).then_some(Times(times))
    }

    pub(crate) fn median(&self) -> f64 {
        self.0.get(self.0.len() / 2).copied().unwrap_or_default()
    }

    /// The lowest and the highest.
    pub(crate) fn spread(&self) -> (f64, f64) {
        let end = |end: Option<&f64>| end.copied().unwrap_or_default();
        (end(self.0.first()), end(self.0.last()))
    }

    /// Each of them changed; the order may turn around.
    pub(crate) fn map(&self, change: impl Fn(f64) -> f64) -> Times {
        let mut times: Vec<f64> = self.0.iter().copied().map(change).collect();
        times.sort_by(f64::total_cmp);
        Times(times)
    }

    pub(crate) fn n(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_measured_is_found_by_kind_and_name() {
        let text = "{\"kind\":\"page\",\"name\":\"a\",\"words\":[3,1,2],\"marked\":null}\n\
                    {\"kind\":\"missing\",\"name\":\"b\",\"why\":\"no b\\nat all\"}\n\
                    {\"kind\":\"version\",\"of\":\"c\",\"version\":\"1\"}\n";
        let figures = Figures::of(text).expect("lines of JSON");
        let words = figures.times("page", "a", "words").expect("times");
        assert_eq!((words.median(), words.spread(), words.n()), (2.0, (1.0, 3.0), 3));
        assert_eq!(figures.times("page", "a", "marked"), None);
        assert_eq!(figures.why_not("b"), "not measured: no b");
        assert_eq!(figures.why_not("d"), "not measured: no figures came");
        assert_eq!(figures.versions(), [("c", "1")]);
        assert!(Figures::of("no JSON").is_err());
    }

    #[test]
    fn speeds_are_times_turned_around() {
        let times = Times::new(vec![1.0, 2.0, 4.0]).expect("times");
        let speeds = times.map(|time| 8.0 / time);
        assert_eq!((speeds.median(), speeds.spread()), (4.0, (2.0, 8.0)));
    }
}
