//! One correction, as plain data.

use dixit_engine::SpeakerKind;

use crate::json::Object;

/// The most characters of a name, a role or an organisation.
pub const MAX_NAME: usize = 200;
/// The most characters of a statement's words that are kept to find it again.
pub const MAX_WORDS: usize = 300;
/// The most statements of one correction.
pub const MAX_STATEMENTS: usize = 1_000;

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// A ULID; later corrections have higher ones.
    pub id: String,
    /// What it changes.
    pub change: Change,
    /// Fields that a newer version wrote.
    pub rest: Object,
}

/// What a correction changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Statements are credited to a speaker, or to nobody. Several at once split a speaker.
    Credit {
        /// The statements.
        statements: Vec<StatementRef>,
        /// Who is credited; `None` for nobody.
        to: Option<SpeakerRef>,
    },
    /// Texts in marks are no quotations, reported words no statements.
    Not {
        /// The statements.
        statements: Vec<StatementRef>,
    },
    /// Two speakers are one.
    Merge {
        /// The one who goes.
        speaker: SpeakerRef,
        /// The one who stays.
        into: SpeakerRef,
    },
    /// A speaker has another name, role, organisation or kind.
    Describe {
        /// The speaker.
        speaker: SpeakerRef,
        /// What holds.
        now: Description,
    },
}

/// A statement or a quotation of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRef {
    /// The id of a quotation (`q-…`), or of an attribution (`a-…`) where nothing of it stands in marks.
    pub id: String,
    /// Its first words, at most [`MAX_WORDS`] characters.
    pub words: String,
}

/// A speaker of an article, or a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerRef {
    /// The speaker's id (`s-…`).
    pub id: String,
    /// The speaker's name when the correction was made.
    pub name: String,
    /// What is known of a speaker who is not in the article's analysis.
    pub new: Option<Description>,
}

/// What a reader may say of a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// The name.
    pub name: String,
    /// The role; `None` where there is none.
    pub role: Option<String>,
    /// The organisation; `None` where there is none.
    pub affiliation: Option<String>,
    /// What kind of speaker it is.
    pub kind: SpeakerKind,
}
