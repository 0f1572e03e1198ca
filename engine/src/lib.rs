//! Finds who said what in an article: quotations, reported statements and their speakers.
//!
//! Two steps, both total functions: [`plain_text::read`] turns a text into an [`Article`] (or
//! [`plain_text::body`], where the text is known to be all article), and [`analyse`] turns the
//! article into an [`Analysis`]. Neither fails; odd input yields less, plus [`Problem`]s. Both know
//! the languages that are built in, or those of a [`Languages`] that is handed to
//! [`plain_text::read_with`] and [`analyse_with`]. [`mod@format`] holds the versioned JSON of both.
//!
//! ```
//! let article = dixit_engine::plain_text::read("Harbour vote\n\n“It is over,” said Ann Lee, the mayor.");
//! let analysis = dixit_engine::analyse(&article);
//! assert_eq!(analysis.speakers[0].name, "Ann Lee");
//! ```

#![deny(missing_docs)]

mod analyse;
mod analysis;
mod article;
mod case;
pub mod format;
mod id;
mod language;
mod languages;
mod lexicon;
mod name;
mod nearest;
mod noun_phrase;
mod order;
pub mod plain_text;
mod quotation;
#[cfg_attr(not(feature = "training"), expect(unreachable_pub, reason = "public in `training`"))]
mod scorer;
mod speaker;
mod statement;
mod text;
mod token;
#[cfg(feature = "training")]
pub mod training;
mod units;
mod words;

pub use analyse::{analyse, analyse_with};
pub use analysis::{
    Analysis, Attribution, AttributionKind, Confidence, Quotation, Resolution, Rule, Speaker,
    SpeakerKind, Why,
};
pub use article::{
    Article, Block, BlockKind, Date, Direction, Mark, MarkKind, Origin, Problem, Related, SetAside,
    SetAsideKind, Span,
};
pub use id::speaker_id;
pub use languages::{BUILT_IN, Languages};
pub use units::{Units, Utf16Units};
