//! The comments on one article as a file to keep.

use super::{Comment, write};
use crate::json::{Object, list, text};

/// Comments and what is typed but not saved, as JSON:
/// `{"format":"dixit-comments","version":1,"article":{"id","title"},"comments":[…],"drafts":[…]}`,
/// each comment in its stored form. Deleted comments are left out.
///
/// ```
/// let json = dixit_reader::comments::export("a-1", "Harbour vote", &[], &["half a thought"]);
/// assert!(json.contains("half a thought"));
/// ```
pub fn export(article: &str, title: &str, comments: &[Comment], drafts: &[&str]) -> String {
    let mut about = Object::default();
    about.put_text("id", article);
    about.put_text("title", title);
    let comments = comments.iter().filter(|c| c.deleted.is_none()).map(write);
    let drafts = drafts.iter().filter(|d| !d.trim().is_empty()).map(|d| text(d));
    let mut file = Object::default();
    file.put_text("format", "dixit-comments");
    file.put_number("version", 1);
    file.put("article", about.write());
    file.put("comments", list(comments));
    file.put("drafts", list(drafts));
    file.write()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::tests::id;
    use super::super::{Comment, read};
    use super::*;

    #[test]
    fn what_is_exported_reads_back_as_comments() {
        let one = Comment::new(id(1), id(1), "one \"quoted\"\n🎉".into(), 1);
        let gone = Comment { deleted: Some(3), ..Comment::new(id(2), id(2), "gone".into(), 2) };
        let json = export("a", "T", &[one.clone(), gone], &["typed", " "]);
        let file: Value = serde_json::from_str(&json).expect("we write JSON");
        assert_eq!(file["drafts"], json!(["typed"]));
        let comments = file["comments"].as_array().expect("a list");
        assert_eq!(comments.len(), 1);
        assert_eq!(read(&comments[0].to_string()), Ok(one));
    }
}
