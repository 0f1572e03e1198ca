//! What a person does on a page and sees on it.

use std::time::Duration;

use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::{Value, json};

use super::{PATIENCE, Page};

/// Finding, reading, acting. A selector is CSS, or an XPath that begins with `//`.
impl Page {
    /// Waits until the selector finds something.
    #[track_caller]
    pub(crate) fn wait_for(&self, selector: &str) {
        self.find(selector);
    }

    /// Goes where the comments are, and waits for them: they come when a reader is near.
    #[track_caller]
    pub(crate) fn to_comments(&self) {
        self.wait_for(".comments-to-come, .comments");
        self.js("document.querySelector('.comments-to-come, .comments').scrollIntoView({ behavior: 'instant' })");
        self.wait_for(".comments textarea");
    }

    /// Waits until the selector finds nothing.
    #[track_caller]
    pub(crate) fn wait_gone(&self, selector: &str) {
        self.eventually(&format!("no {selector}"), || self.count(selector) == 0);
    }

    /// Waits until the text of the first element holds `part`.
    #[track_caller]
    pub(crate) fn wait_text(&self, selector: &str, part: &str) {
        self.eventually(&format!("{part:?} in {selector}"), || {
            self.texts(selector).first().is_some_and(|text| text.contains(part))
        });
    }

    /// Waits until the JavaScript expression is true; what is not there yet is no error.
    #[track_caller]
    pub(crate) fn wait_until(&self, expression: &str) {
        let script = format!(
            "try {{ return Boolean({expression}) }} catch (e) {{ if (e instanceof TypeError) return false; throw e }}"
        );
        self.eventually(expression, || self.js(&script) == json!(true));
    }

    /// The number of elements now, without waiting.
    #[track_caller]
    pub(crate) fn count(&self, selector: &str) -> usize {
        self.wait(self.client.find_all(locator(selector)), selector).len()
    }

    /// The visible text of the first element.
    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        self.wait(self.find(selector).text(), selector)
    }

    /// The visible text of each element now, without waiting.
    #[track_caller]
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        // In one step, since a page may change between two.
        let script = "const [selector] = arguments;
            if (!selector.startsWith('//')) return [...document.querySelectorAll(selector)].map((e) => e.innerText);
            const found = document.evaluate(selector, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
            return Array.from({ length: found.snapshotLength }, (_, n) => found.snapshotItem(n).innerText)";
        strings(&self.run(script, vec![json!(selector)]))
    }

    /// An attribute of the first element.
    #[track_caller]
    pub(crate) fn attr(&self, selector: &str, name: &str) -> Option<String> {
        self.wait(self.find(selector).attr(name), selector)
    }

    /// A property of the first element, such as `value` or `checked`.
    #[track_caller]
    pub(crate) fn prop(&self, selector: &str, name: &str) -> Option<String> {
        self.wait(self.find(selector).prop(name), selector)
    }

    /// Whether the first element can be seen.
    #[track_caller]
    pub(crate) fn is_visible(&self, selector: &str) -> bool {
        self.wait(self.find(selector).is_displayed(), selector)
    }

    /// Clicks the first element, as a person would: it must be in reach of the pointer.
    #[track_caller]
    pub(crate) fn click(&self, selector: &str) {
        self.wait(self.find(selector).click(), selector);
    }

    /// Clicks the button or link of this accessible name.
    #[track_caller]
    pub(crate) fn click_button(&self, name: &str) {
        self.click(&named(name));
    }

    /// Types into the first element; keys are `fantoccini::key::Key`s.
    #[track_caller]
    pub(crate) fn type_into(&self, selector: &str, text: &str) {
        self.wait(self.find(selector).send_keys(text), selector);
    }

    /// Types into the element that a script answers, where no selector reaches.
    #[track_caller]
    pub(crate) fn type_into_found(&self, script: &str, keys: &str) {
        let found = self.js(script);
        let id = found.as_object().and_then(|fields| fields.values().next()?.as_str());
        let id = id.unwrap_or_else(|| panic!("no element: {script}")).to_owned();
        let element = Element::from_element_id(self.client.clone(), id.into());
        self.wait(element.send_keys(keys), keys);
    }

    /// Empties the field.
    #[track_caller]
    pub(crate) fn clear(&self, selector: &str) {
        self.wait(self.find(selector).clear(), selector);
    }

    /// Types to whatever has the focus.
    #[track_caller]
    pub(crate) fn press(&self, keys: &str) {
        let focused = self.wait(self.client.active_element(), "the focus");
        self.wait(focused.send_keys(keys), keys);
    }

    /// Drops a file of this name and text on the element.
    #[track_caller]
    pub(crate) fn drop_file(&self, selector: &str, name: &str, text: &str) {
        let script = "const [place, name, text] = arguments, data = new DataTransfer();
            data.items.add(new File([text], name, { type: 'text/plain' }));
            for (const type of ['dragenter', 'dragover', 'drop'])
                place.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));";
        let place = json!(self.find(selector));
        self.run(script, vec![place, json!(name), json!(text)]);
    }

    /// Pastes text into the element, by an event as the clipboard's.
    #[track_caller]
    pub(crate) fn paste(&self, selector: &str, text: &str) {
        let script = "const [place, text] = arguments, data = new DataTransfer();
            data.setData('text/plain', text);
            place.focus();
            const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
            if (place.dispatchEvent(event)) document.execCommand('insertText', false, text);";
        let place = json!(self.find(selector));
        self.run(script, vec![place, json!(text)]);
    }

    /// The element, once it is there.
    #[track_caller]
    pub(crate) fn find(&self, selector: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).every(Duration::from_millis(25));
        let found = self.runtime.block_on(found.for_element(locator(selector)));
        found.unwrap_or_else(|e| panic!("{selector}: not found in {PATIENCE:?} ({e})"))
    }
}

fn locator(selector: &str) -> Locator<'_> {
    if selector.starts_with("//") { Locator::XPath(selector) } else { Locator::Css(selector) }
}

/// An XPath for a button or link by its label or text.
pub(crate) fn named(name: &str) -> String {
    assert!(!name.contains('"'), "a name without straight quotes: {name}");
    format!(
        "//*[self::button or self::a or self::summary or self::label or @role=\"button\"][normalize-space(.)=\"{name}\" or @aria-label=\"{name}\"]"
    )
}

fn strings(value: &Value) -> Vec<String> {
    let items = value.as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item.as_str().unwrap_or_default().to_owned()).collect()
}
