//! The reader for elements of others' pages: does nothing until it is called.

/// Takes less of the download than the standard library's, and is as fast.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    dixit_reader::rescue::report_panics();
}
