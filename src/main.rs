//! Mounts the reader on the page.

/// Takes less of the download than the standard library's, and is as fast.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    dixit_reader::rescue::report_panics();
    dixit_reader::wording::take();
    let root =
        web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("reader"));
    if let Some(root) = root {
        dixit_reader::part::mount::<dixit_reader::app::App>(root, ());
    }
}
