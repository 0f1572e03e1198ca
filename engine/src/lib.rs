//! Finds who said what in an article: quotations, reported statements and their speakers.
//!
//! Two steps, both total functions: [`plain_text::read`] turns a text into an [`Article`], and
//! [`analyse`] turns the article into an [`Analysis`]. Neither fails; odd input yields less, plus
//! [`Problem`]s. [`mod@format`] holds the versioned JSON of both.
//!
//! ```
//! let article = dixit_engine::plain_text::read("Harbour vote\n\n“It is over,” said Ann Lee, the mayor.");
//! let analysis = dixit_engine::analyse(&article);
//! assert_eq!(analysis.speakers[0].name, "Ann Lee");
//! ```

mod analyse;
mod analysis;
mod article;
mod case;
pub mod format;
mod id;
mod language;
mod lexicon;
mod name;
mod noun_phrase;
mod order;
pub mod plain_text;
mod quotation;
mod scorer;
mod speaker;
mod statement;
mod text;
mod token;
#[cfg(feature = "training")]
pub mod training;
mod units;
mod words;

pub use analyse::analyse;
pub use analysis::{
    Analysis, Attribution, AttributionKind, Confidence, Quotation, Resolution, Rule, Speaker,
    SpeakerKind, Why,
};
pub use article::{
    Article, Block, BlockKind, Date, Direction, Mark, MarkKind, Origin, Problem, Related, SetAside,
    SetAsideKind, Span,
};
pub use units::Units;
