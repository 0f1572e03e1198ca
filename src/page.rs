//! Takes over the page of a published article.

/// Takes less of the download than the standard library's, and is as fast.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    dixit_reader::rescue::report_panics();
    dixit_reader::wording::take();
    #[cfg(target_arch = "wasm32")]
    dixit_reader::published::take_over();
}
