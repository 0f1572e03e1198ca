//! Builds elements by calls. What `html!` writes out at every place is most of a component's size
//! in the download; the pages that readers wait for are built with these instead.

use std::rc::Rc;

use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, VList, VNode, VTag, VText};

use crate::wording::around;

/// An element of `tag` with the attributes `names`, each with the value at the same place.
///
/// An empty value leaves its attribute out. `tag` and `names` are ours, never an article's.
pub(crate) fn element(
    tag: &'static str,
    names: &'static [&'static str],
    values: &[&str],
    children: Vec<Html>,
) -> Html {
    let value = |n: usize| {
        let value = values.get(n).filter(|value| !value.is_empty())?;
        Some(AttributeOrProperty::Attribute(AttrValue::from((*value).to_owned())))
    };
    let mut tag = VTag::new(tag);
    tag.attributes =
        Attributes::Dynamic { keys: names, values: (0..names.len()).map(value).collect() };
    tag.add_children(children);
    #[cfg(feature = "embed")]
    if let Some(part) = part_of(names, values) {
        tag.add_attribute("part", part);
    }
    tag.into()
}

/// What the page around may style: the name of an element's part, by its first class.
#[cfg(feature = "embed")]
fn part_of(names: &[&str], values: &[&str]) -> Option<&'static str> {
    let class = values.get(names.iter().position(|name| *name == "class")?)?;
    Some(match class.split(' ').next()? {
        "qt" => "quote",
        "ind" => "statement",
        "sp" => "speaker",
        "who-said" => "panel",
        "bar" => "bar",
        _ => return None,
    })
}

/// An element with classes only.
pub(crate) fn classed(tag: &'static str, class: &str, children: Vec<Html>) -> Html {
    element(tag, &["class"], &[class], children)
}

/// The same element, which `root` then finds on the page.
pub(crate) fn found(html: Html, root: &NodeRef) -> Html {
    changed(html, |tag| tag.node_ref = root.clone())
}

/// The same element, which tells of clicks on it and in it.
pub(crate) fn clicked(html: Html, on_click: Callback<MouseEvent>) -> Html {
    let listener = Rc::new(yew::html::onclick::Wrapper::new(on_click));
    changed(html, |tag| tag.set_listeners(Box::new([Some(listener)])))
}

/// The same element, found again among its neighbours by `key`.
pub(crate) fn keyed(key: &str, html: Html) -> Html {
    changed(html, |tag| tag.key = Some(Key::from(key)))
}

/// The same text area, with these words in it: its children count for nothing.
pub(crate) fn filled_in(html: Html, words: &str) -> Html {
    changed(html, |tag| tag.set_value(Some(AttrValue::from(words.to_owned()))))
}

fn changed(mut html: Html, change: impl FnOnce(&mut VTag)) -> Html {
    if let VNode::VTag(tag) = &mut html {
        change(Rc::make_mut(tag));
    }
    html
}

/// Words as they are.
pub(crate) fn text(words: &str) -> Html {
    VText::new(words.to_owned()).into()
}

/// Words in the language of the reader, with elements in the places of `{}`.
pub(crate) fn woven(english: &'static str, values: Vec<Html>) -> Html {
    let mut values = values.into_iter();
    let mut parts = Vec::new();
    for (n, words) in around(english).enumerate() {
        if n > 0 {
            parts.extend(values.next());
        }
        parts.push(text(words));
    }
    list(parts)
}

/// Neighbours without an element around them.
pub(crate) fn list(children: Vec<Html>) -> Html {
    VList::from(children).into()
}

/// A button of the page that says in `data-do` and `data-n` what it does; see [`crate::components::click`].
pub(crate) fn button(class: &str, act: &str, n: usize, label: &str, words: &str) -> Html {
    element(
        "button",
        &["type", "class", "data-do", "data-n", "aria-label"],
        &["button", class, act, &n.to_string(), label],
        vec![text(words)],
    )
}

/// The classes that are not empty, as the value of `class`.
pub(crate) fn classes(all: &[&str]) -> String {
    let mut joined = String::new();
    for class in all.iter().filter(|class| !class.is_empty()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(class);
    }
    joined
}

/// `class` where it holds.
pub(crate) fn when(holds: bool, class: &'static str) -> &'static str {
    if holds { class } else { "" }
}

/// The value of an ARIA attribute.
pub(crate) fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
