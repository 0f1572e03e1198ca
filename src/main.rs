//! Mounts the reader on the page.

fn main() {
    dixit_reader::rescue::report_panics();
    dixit_reader::wording::take();
    let root =
        web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("reader"));
    if let Some(root) = root {
        dixit_reader::part::mount::<dixit_reader::app::App>(root, ());
    }
}
