//! Comments as files: W3C Web Annotations, CSV and Markdown to others; our own file and Web Annotations from others.
//!
//! A Web Annotation (<https://www.w3.org/TR/annotation-model/>) of ours has the stored form of its comment beside what
//! the standard knows, as `dixit:comment`, so that nothing is lost on the way.

use super::{Anchor, Comment, Unreadable, heads, is_ulid, read, ulid, write};
use crate::json::{Object, as_list, as_text, list, text};
use crate::order::{BASIS, fnv};

/// The comments on one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OnArticle {
    /// The article's id: its address where it has one.
    pub id: String,
    /// Its title; empty where it is not known.
    pub title: String,
    /// The latest versions.
    pub comments: Vec<Comment>,
}

/// Moments as text and back: the browser has what that takes.
#[derive(Debug, Clone, Copy)]
pub struct Moments {
    /// Milliseconds since 1970 as ISO 8601.
    pub write: fn(i64) -> String,
    /// ISO 8601 as milliseconds since 1970.
    pub read: fn(&str) -> Option<i64>,
}

/// The media type of Web Annotations.
pub const ANNOTATIONS: &str = "application/ld+json;profile=\"http://www.w3.org/ns/anno.jsonld\"";
/// What the comments' own names in Web Annotations begin with.
const NAME: &str = "urn:dixit:comment:";

fn alive(on: &OnArticle) -> impl Iterator<Item = &Comment> {
    on.comments.iter().filter(|c| c.deleted.is_none())
}

fn object(fields: &[(&str, String)]) -> String {
    let mut object = Object::default();
    for (name, value) in fields {
        object.put(name, value.clone());
    }
    object.write()
}

/// An annotation page: comments as annotations with the motivation `commenting`, or `replying` to another one.
pub fn annotations(all: &[OnArticle], moments: Moments) -> String {
    let items = all.iter().flat_map(|on| alive(on).map(move |c| annotation(on, c, moments)));
    object(&[
        (
            "@context",
            list(
                [
                    text("http://www.w3.org/ns/anno.jsonld"),
                    object(&[("dixit", text("urn:dixit:"))]),
                ]
                .into_iter(),
            ),
        ),
        ("type", text("AnnotationPage")),
        ("items", list(items)),
    ])
}

fn annotation(on: &OnArticle, comment: &Comment, moments: Moments) -> String {
    let name = |id: &str| text(&[NAME, id].concat());
    let mut fields = vec![
        ("id", name(&comment.id)),
        ("type", text("Annotation")),
        ("motivation", text(if comment.parent.is_some() { "replying" } else { "commenting" })),
        ("created", text(&(moments.write)(comment.created))),
    ];
    fields.extend(comment.edited.map(|edited| ("modified", text(&(moments.write)(edited)))));
    fields.extend(
        comment
            .author
            .as_ref()
            .map(|author| ("creator", object(&[("type", text("Person")), ("name", text(author))]))),
    );
    fields.push((
        "body",
        object(&[
            ("type", text("TextualBody")),
            ("value", text(&comment.body)),
            ("format", text("text/markdown")),
        ]),
    ));
    fields.push((
        "target",
        match (&comment.parent, comment.passage()) {
            (Some(parent), _) => name(parent),
            (None, None) => text(&on.id),
            (None, Some(anchor)) => {
                let quote = [
                    ("type", text("TextQuoteSelector")),
                    ("exact", text(&anchor.exact)),
                    ("prefix", text(&anchor.prefix)),
                    ("suffix", text(&anchor.suffix)),
                ];
                let position = [
                    ("type", text("TextPositionSelector")),
                    ("start", anchor.start.to_string()),
                    ("end", anchor.end.to_string()),
                ];
                let selectors = list([object(&quote), object(&position)].into_iter());
                object(&[("source", text(&on.id)), ("selector", selectors)])
            }
        },
    ));
    fields.push(("dixit:article", object(&[("id", text(&on.id)), ("title", text(&on.title))])));
    fields.push(("dixit:comment", write(comment)));
    object(&fields)
}

/// A table: RFC 4180, with no cell that a spreadsheet takes for a formula.
pub fn csv(all: &[OnArticle], moments: Moments) -> String {
    let columns =
        ["article", "title", "id", "parent", "author", "created", "edited", "passage", "comment"];
    let mut table = String::new();
    dixit_export::line(&mut table, columns);
    for on in all {
        for comment in alive(on) {
            let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
            let edited = comment.edited.map(moments.write).unwrap_or_default();
            let passage = comment.passage().map(|a| a.exact).unwrap_or_default();
            dixit_export::line(
                &mut table,
                [
                    on.id.as_str(),
                    &on.title,
                    &comment.id,
                    &or_empty(&comment.parent),
                    &or_empty(&comment.author),
                    &(moments.write)(comment.created),
                    &edited,
                    &passage,
                    &comment.body,
                ],
            );
        }
    }
    table
}

/// Notes to read: a heading an article, and each comment with who wrote it, when, and the passage.
pub fn markdown(all: &[OnArticle], moments: Moments) -> String {
    let mut notes = String::new();
    for on in all {
        let title = if on.title.is_empty() { &on.id } else { &on.title };
        notes.push_str(&format!("# {}\n\n<{}>\n", line(title), line(&on.id)));
        for comment in alive(on) {
            let author = comment.author.as_deref().unwrap_or("—");
            notes.push_str(&format!(
                "\n## {}, {}\n",
                line(author),
                (moments.write)(comment.created)
            ));
            let parent =
                comment.parent.as_ref().and_then(|p| on.comments.iter().find(|c| c.id == *p));
            let cited = comment.passage().map(|a| a.exact).or(parent.map(|p| p.body.clone()));
            if let Some(cited) = cited {
                let cited: Vec<String> = cited.lines().map(|l| format!("> {l}")).collect();
                notes.push_str(&format!("\n{}\n", cited.join("\n")));
            }
            notes.push_str(&format!("\n{}\n", comment.body.trim_end()));
        }
        notes.push('\n');
    }
    notes
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 5_000_000;
/// The most comments that are read.
pub const MAX_COMMENTS: usize = 20_000;
/// The deepest that values may be nested.
pub const MAX_DEPTH: usize = 32;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Larger than [`MAX_BYTES`].
    TooLarge,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// More than [`MAX_COMMENTS`] comments.
    TooMany,
    /// No JSON of ours, nor Web Annotations.
    NotComments,
    /// Written by a newer version.
    Newer,
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Incoming {
    /// The comments, by article.
    pub articles: Vec<OnArticle>,
    /// Comments that cannot be read.
    pub n_unreadable: usize,
}

/// Reads a file of ours or of Web Annotations. Nothing is stored.
pub fn incoming(file: &str, moments: Moments) -> Result<Incoming, Refused> {
    if file.len() > MAX_BYTES {
        return Err(Refused::TooLarge);
    }
    if depth(file) > MAX_DEPTH {
        return Err(Refused::TooDeep);
    }
    let mut found = Incoming::default();
    let items: Vec<&str>;
    let mut fields = Object::read(file).unwrap_or_default();
    let taken = [fields.take("comments"), fields.take("items")];
    let mut ours = None;
    if fields.take("format").as_deref().and_then(as_text).as_deref() == Some("dixit-comments") {
        if fields.take("version").as_deref() != Some("1") {
            return Err(Refused::Newer);
        }
        let mut about =
            fields.take("article").and_then(|a| Object::read(&a)).ok_or(Refused::NotComments)?;
        let mut words = |name| about.take(name).as_deref().and_then(as_text);
        let (id, title) = (words("id").ok_or(Refused::NotComments)?, words("title"));
        ours = Some((id, title.unwrap_or_default()));
        items = taken[0].as_deref().and_then(as_list).ok_or(Refused::NotComments)?;
    } else if let Some(list) = taken[1].as_deref().and_then(as_list) {
        items = list;
    } else {
        // A bare list of annotations, or one alone.
        let one = fields.take("type").as_deref().and_then(as_text).as_deref() == Some("Annotation");
        items = if one { vec![file] } else { as_list(file).ok_or(Refused::NotComments)? };
    }
    if items.len() > MAX_COMMENTS {
        return Err(Refused::TooMany);
    }
    for item in items {
        let read = match &ours {
            Some((id, title)) => match read(item) {
                Err(Unreadable::Newer) => return Err(Refused::Newer),
                read => read.ok().map(|comment| (id.clone(), title.clone(), comment)),
            },
            None => from_annotation(item, moments),
        };
        match read {
            None => found.n_unreadable += 1,
            Some((id, title, comment)) => match found.articles.iter_mut().find(|on| on.id == id) {
                Some(on) => on.comments.push(comment),
                None => found.articles.push(OnArticle { id, title, comments: vec![comment] }),
            },
        }
    }
    if found.articles.is_empty() && (found.n_unreadable > 0 || ours.is_none()) {
        return Err(Refused::NotComments);
    }
    Ok(found)
}

/// How deep the values of a JSON text are nested; what is no JSON has some depth as well.
fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut inside, mut escaped) = (0_usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => inside = !inside,
            b'{' | b'[' if !inside => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !inside => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// The article's id and title and the comment that an annotation holds.
fn from_annotation(json: &str, moments: Moments) -> Option<(String, String, Comment)> {
    let mut fields = Object::read(json)?;
    let words = |json: &Option<String>| json.as_deref().and_then(as_text);
    let about = fields.take("dixit:article").and_then(|json| Object::read(&json));
    let target = fields.take("target")?;
    // Of several targets the first.
    let target =
        as_list(&target).and_then(|all| all.first().map(|t| (*t).to_owned())).unwrap_or(target);
    let mut whole = Object::read(&target).unwrap_or_default();
    let source = words(&whole.take("source")).or_else(|| as_text(&target));
    let (id, title) = match about {
        Some(mut about) => {
            (words(&about.take("id"))?, words(&about.take("title")).unwrap_or_default())
        }
        None => (source.clone()?, String::new()),
    };
    if let Some(own) = fields.take("dixit:comment") {
        return read(&own).ok().map(|comment| (id, title, comment));
    }
    let body = fields.take("body")?;
    let body = as_list(&body).and_then(|all| all.first().map(|b| (*b).to_owned())).unwrap_or(body);
    let value = Object::read(&body).and_then(|mut body| words(&body.take("value")));
    let body = value.or_else(|| as_text(&body)).filter(|body| !body.trim().is_empty())?;
    let moment = |json: Option<String>| words(&json).as_deref().and_then(moments.read);
    let created = moment(fields.take("created")).unwrap_or(0);
    let name =
        words(&fields.take("id")).unwrap_or_else(|| [&id, &body].map(String::as_str).concat());
    let own = ulid_of(&name, created);
    let creator = fields.take("creator");
    let author = creator.as_deref().and_then(|json| {
        let name = Object::read(json).and_then(|mut c| words(&c.take("name")));
        name.or_else(|| as_text(json))
    });
    let parent = source.filter(|s| s.starts_with(NAME)).map(|s| ulid_of(&s, 0));
    let comment = Comment {
        author,
        parent,
        anchor: selectors(&mut whole).map(|anchor| anchor.write()),
        edited: moment(fields.take("modified")).filter(|edited| *edited != created),
        ..Comment::new(own.clone(), own, body, created)
    };
    Some((id, title, comment))
}

/// The ULID in a name of ours; for another name the same each time.
fn ulid_of(name: &str, created: i64) -> String {
    if let Some(own) = name.strip_prefix(NAME).filter(|own| is_ulid(own)) {
        return own.to_owned();
    }
    let mut random = [0; 10];
    random[..8].copy_from_slice(&fnv(BASIS, name).to_be_bytes());
    // Ten bytes take more than one hash: another beginning gives the rest.
    random[8..].copy_from_slice(&fnv(7, name).to_be_bytes()[6..]);
    ulid(created.unsigned_abs(), random)
}

/// The passage that a target selects.
fn selectors(target: &mut Object) -> Option<Anchor> {
    let json = target.take("selector")?;
    let all = as_list(&json).unwrap_or_else(|| vec![&json]);
    let mut found = Anchor::default();
    for selector in all {
        let mut fields = Object::read(selector)?;
        let kind = fields.take("type").as_deref().and_then(as_text).unwrap_or_default();
        let mut words = |name| fields.take(name).as_deref().and_then(as_text).unwrap_or_default();
        match kind.as_str() {
            "TextQuoteSelector" => {
                (found.exact, found.prefix, found.suffix) =
                    (words("exact"), words("prefix"), words("suffix"));
            }
            "TextPositionSelector" => {
                let mut place = |name| fields.take(name).and_then(|n| n.parse().ok()).unwrap_or(0);
                (found.start, found.end) = (place("start"), place("end"));
            }
            _ => {}
        }
    }
    (!found.exact.trim().is_empty()).then_some(found)
}

/// What an import would do on one article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reckoned {
    /// What is added. None of it takes the place of anything.
    pub added: Vec<Comment>,
    /// How many of these stand beside another version that is here.
    pub n_beside: usize,
    /// How many are here already, or were deleted.
    pub n_known: usize,
}

/// What importing `theirs` would add to `ours`, the latest versions here as [`heads`] gives them: nothing here is
/// ever replaced.
pub fn reckon(ours: &[Comment], theirs: Vec<Comment>) -> Reckoned {
    let mut reckoned = Reckoned::default();
    for comment in heads(theirs) {
        let first = ours.partition_point(|own| own.id < comment.id);
        let same = || ours.iter().skip(first).take_while(|own| own.id == comment.id);
        let known = same().any(|own| {
            own.revision == comment.revision
                || own.history.contains(&comment.revision)
                || own.body == comment.body && own.deleted.is_none()
        });
        if known || comment.deleted.is_some() {
            reckoned.n_known += 1;
            continue;
        }
        reckoned.n_beside += usize::from(same().next().is_some());
        // A history that a file claims follows nothing here.
        reckoned.added.push(Comment { history: Vec::new(), ..comment });
    }
    reckoned
}

#[cfg(test)]
mod tests;
