//! What of an article is shown, as its address says: the view, the chosen speakers, the filters.

use crate::route::query_field;

/// The ways to see an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// The article, with its voices marked.
    #[default]
    Article,
    /// Who says what, in order, as in a script.
    Transcript,
    /// A card for each speaker.
    Speakers,
}

/// Which statements count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kinds {
    /// All.
    #[default]
    All,
    /// Those in quotation marks.
    Direct,
    /// Those without.
    Reported,
}

/// Whose statements count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sources {
    /// Everybody's.
    #[default]
    All,
    /// Those of sources that have a name.
    Named,
    /// Those of sources without a name.
    Unnamed,
}

/// What of an article is shown; an address without fields is the article as a whole.
///
/// The fields are `view=transcript|speakers`, `speaker=ID`, `beside=ID` (a second speaker), `only=direct|reported`
/// and `sources=named|unnamed`. Unknown values are as if they were not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scene {
    /// The view.
    pub view: View,
    /// The id of the chosen speaker.
    pub speaker: Option<String>,
    /// The id of the speaker who is compared with the chosen one.
    pub beside: Option<String>,
    /// Which statements count.
    pub kinds: Kinds,
    /// Whose statements count.
    pub sources: Sources,
}

impl View {
    /// All, as they stand in the bar.
    pub const ALL: [View; 3] = [View::Article, View::Transcript, View::Speakers];

    /// What it is called in addresses.
    pub fn name(self) -> &'static str {
        match self {
            View::Article => "article",
            View::Transcript => "transcript",
            View::Speakers => "speakers",
        }
    }
}

impl Kinds {
    /// All, as they stand in the filter.
    pub const ALL: [Kinds; 3] = [Kinds::All, Kinds::Direct, Kinds::Reported];

    /// What it is called in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Kinds::All => "all",
            Kinds::Direct => "direct",
            Kinds::Reported => "reported",
        }
    }
}

impl Sources {
    /// All, as they stand in the filter.
    pub const ALL: [Sources; 3] = [Sources::All, Sources::Named, Sources::Unnamed];

    /// What it is called in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Sources::All => "all",
            Sources::Named => "named",
            Sources::Unnamed => "unnamed",
        }
    }
}

impl Scene {
    /// What the browser's address asks for.
    pub fn of_browser() -> Scene {
        Scene::of_fields(query_field)
    }

    fn of_fields(field: impl Fn(&str) -> Option<String>) -> Scene {
        fn named<T: Copy + Default>(
            all: [T; 3],
            name: fn(T) -> &'static str,
            value: Option<String>,
        ) -> T {
            let found = all.into_iter().find(|&t| value.as_deref() == Some(name(t)));
            found.unwrap_or_default()
        }
        Scene {
            view: named(View::ALL, View::name, field("view")),
            speaker: field("speaker"),
            beside: field("beside"),
            kinds: named(Kinds::ALL, Kinds::name, field("only")),
            sources: named(Sources::ALL, Sources::name, field("sources")),
        }
    }

    /// The fields of its address, without those that say nothing.
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let choice = |name: &'static str| (name != "all" && name != "article").then_some(name);
        let fields = [
            ("view", choice(self.view.name())),
            ("speaker", self.speaker.as_deref()),
            ("beside", self.beside.as_deref()),
            ("only", choice(self.kinds.name())),
            ("sources", choice(self.sources.name())),
        ];
        fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Scene {
        Scene::of_fields(|name| fields.iter().find(|f| f.0 == name).map(|f| f.1.to_owned()))
    }

    #[test]
    fn an_address_leads_back_to_its_scene() {
        for view in View::ALL {
            for kinds in Kinds::ALL {
                for sources in Sources::ALL {
                    let speaker = Some("s-ann".to_owned());
                    let scene = Scene { view, kinds, sources, speaker, beside: None };
                    assert_eq!(read(&scene.fields()), scene);
                }
            }
        }
        assert_eq!(Scene::default().fields(), []);
    }

    #[test]
    fn what_an_address_does_not_know_is_not_there() {
        let scene = read(&[("view", "poster"), ("only", "DIRECT"), ("sources", "")]);
        assert_eq!(scene, Scene::default());
    }
}
