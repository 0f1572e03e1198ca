//! Eleventy, and a site of its around a folder of articles.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::archive::run;

/// The version of Eleventy that is compared with.
pub const ELEVENTY: &str = "3.1.8";

/// Eleventy's script, in the target folder; npm installs it there at first.
pub fn eleventy(target: &Path) -> Result<PathBuf, String> {
    let folder = target.join(format!("bench/eleventy-{ELEVENTY}"));
    let script = folder.join("node_modules/@11ty/eleventy/cmd.cjs");
    if !script.is_file() {
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]);
        npm.arg("--loglevel=error").arg("--prefix").arg(&folder);
        run(npm.arg(format!("@11ty/eleventy@{ELEVENTY}")))?;
    }
    script.is_file().then_some(script).ok_or_else(|| "npm installed no Eleventy".into())
}

/// A site around a copy of the articles: a page an article, lists in pages, a feed, a sitemap.
pub fn site(folder: &Path, articles: &Path) -> io::Result<()> {
    let _ = fs::remove_dir_all(folder);
    let own = folder.join("articles");
    fs::create_dir_all(&own)?;
    fs::create_dir_all(folder.join("_includes"))?;
    for entry in fs::read_dir(articles)? {
        let entry = entry?;
        fs::copy(entry.path(), own.join(entry.file_name()))?;
    }
    for (name, text) in FILES {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

const FILES: [(&str, &str); 7] = [
    ("package.json", "{ \"type\": \"module\" }\n"),
    (
        "eleventy.config.js",
        "export default (config) => {
  config.addCollection(\"articles\", (all) => all.getFilteredByGlob(\"articles/*.md\").reverse());
  return { dir: { output: \"public\" }, markdownTemplateEngine: false };
};
",
    ),
    ("articles/articles.json", "{ \"layout\": \"article.njk\" }\n"),
    (
        "_includes/article.njk",
        "<!doctype html><html lang=en><meta charset=utf-8><title>{{ title }}</title><h1>{{ title }}</h1>\
         <p>{{ page.date.toISOString() }}</p>{{ content | safe }}",
    ),
    (
        "index.njk",
        "---\npagination: { data: collections.articles, size: 50, alias: articles }\n---\n\
         <!doctype html><html lang=en><meta charset=utf-8><title>Archive</title>\
         {% for a in articles %}<h2><a href=\"{{ a.url }}\">{{ a.data.title }}</a></h2>{% endfor %}",
    ),
    (
        "feed.njk",
        "---\npermalink: feed.xml\n---\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Archive</title><id>https://a.example/</id>\
         {% for a in collections.articles %}<entry><title>{{ a.data.title }}</title><id>https://a.example{{ a.url }}</id>\
         <updated>{{ a.date.toISOString() }}</updated><content type=\"html\">{{ a.content }}</content></entry>{% endfor %}</feed>",
    ),
    (
        "sitemap.njk",
        "---\npermalink: sitemap.xml\n---\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\
         {% for a in collections.articles %}<url><loc>https://a.example{{ a.url }}</loc></url>{% endfor %}</urlset>",
    ),
];
