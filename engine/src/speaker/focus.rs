//! Who was in focus where: the subject of each sentence, and each source.

use super::entity::Place;

/// How far back anybody is looked for.
const MEMORY: usize = 300;

/// Somebody who stood in focus.
#[derive(Debug, Clone, Copy)]
pub(super) struct Focus {
    pub(super) at: Place,
    pub(super) entity: usize,
}

/// Two lists in reading order; sources join as they are resolved.
#[derive(Default)]
pub(super) struct Attention {
    subjects: Vec<Focus>,
    sources: Vec<Focus>,
}

impl Attention {
    pub(super) fn subject(&mut self, at: Place, entity: usize) {
        self.subjects.push(Focus { at, entity });
    }

    pub(super) fn source(&mut self, at: Place, entity: usize) {
        self.sources.push(Focus { at, entity });
    }

    /// Those who were in focus before `at`, the last first.
    pub(super) fn before(&self, at: Place) -> impl Iterator<Item = Focus> {
        let until = |list: &[Focus]| list.partition_point(|f| f.at < at);
        let (mut a, mut b) = (until(&self.subjects), until(&self.sources));
        let last = |list: &[Focus], n: usize| n.checked_sub(1).and_then(|i| list.get(i).copied());
        std::iter::from_fn(move || match (last(&self.subjects, a), last(&self.sources, b)) {
            (Some(subject), source) if source.is_none_or(|s| s.at < subject.at) => {
                a -= 1;
                Some(subject)
            }
            (_, source) => {
                b = b.saturating_sub(1);
                source
            }
        })
        .take(MEMORY)
    }
}
