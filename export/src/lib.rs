//! Who said what in an article, in forms that others read: CSV, JSON, JSON-LD, Web Annotations, Markdown, links into
//! the original page, and quote cards.
//!
//! [`rows`] gathers the statements; each format writes those that it is given. Nothing here fails, reads a clock or
//! knows a browser.
//!
//! ```
//! let article = dixit_engine::plain_text::read("Harbour vote\n\n“It is over,” said Ann Lee, the mayor.");
//! let analysis = dixit_engine::analyse(&article).spoken();
//! let rows = dixit_export::rows(&article, &analysis, "https://reader.example/?src=a.txt");
//! assert_eq!(rows[0].words(), "“It is over,”");
//! assert!(dixit_export::csv(&rows).contains("“It is over,”"));
//! ```

mod annotations;
pub mod card;
mod csv;
mod json;
mod json_ld;
mod markdown;
mod row;
pub mod text_fragment;

pub use annotations::annotations;
pub use csv::{BOM, COLUMNS, csv, line};
pub use json::json;
pub use json_ld::json_ld;
pub use markdown::markdown;
pub use row::{Part, Row, Who, fragment, rows};
