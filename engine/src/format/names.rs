//! The names of version 1 for the model's plain enums.

use crate::{AttributionKind, Confidence, Direction, Resolution, Rule, SetAsideKind, SpeakerKind};

/// An enum whose variants have names in the JSON.
///
/// ```
/// use dixit_engine::{Rule, format::Named};
/// assert_eq!(Rule::CueAfter.name(), "cue-after");
/// ```
pub trait Named: Copy + PartialEq + 'static {
    /// Every name and its variant.
    const NAMES: &'static [(&'static str, Self)];

    /// The variant's name.
    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, v)| *v == self).map_or("", |(name, _)| name)
    }

    /// The variant of this name.
    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, v)| *v)
    }
}

macro_rules! names {
    ($($type:ident { $($name:literal $variant:ident),* $(,)? })*) => {$(
        impl Named for $type {
            const NAMES: &'static [(&'static str, $type)] = &[$(($name, $type::$variant)),*];
        }
    )*};
}

names! {
    Direction { "ltr" Ltr, "rtl" Rtl }
    SetAsideKind {
        "comments" Comments, "sharing" Sharing, "read-more" ReadMore, "label" Label,
        "credit" Credit, "advertisement" Advertisement, "navigation" Navigation,
    }
    AttributionKind { "direct" Direct, "mixed" Mixed, "indirect" Indirect }
    Rule {
        "cue-after" CueAfter, "cue-after-inverted" CueAfterInverted, "cue-before" CueBefore,
        "cue-inside" CueInside, "fragment" Fragment, "according-to" AccordingTo, "colon" Colon,
        "continuing" Continuing, "running-on" RunningOn, "nearby" Nearby, "attitude" Attitude,
    }
    Resolution {
        "name" Name, "part-of-name" PartOfName, "pronoun" Pronoun, "description" Description,
        "unnamed" Unnamed, "carried" Carried, "nobody" Nobody,
    }
    Confidence { "low" Low, "medium" Medium, "high" High }
    SpeakerKind { "person" Person, "organization" Organization, "group" Group, "unnamed" Unnamed }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that the npm package's types know stand there in quotation marks.
    fn in_types<T: Named>() {
        let types = include_str!("../../../npm/attribution/index.d.ts");
        for (name, _) in T::NAMES {
            assert!(types.contains(&format!("\"{name}\"")), "npm/index.d.ts lacks {name}");
        }
    }

    #[test]
    fn the_npm_types_know_every_name() {
        in_types::<AttributionKind>();
        in_types::<Rule>();
        in_types::<Resolution>();
        in_types::<Confidence>();
        in_types::<SpeakerKind>();
    }
}
