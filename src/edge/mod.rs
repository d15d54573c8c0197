//! The edge: what JavaScript calls. Exists on wasm32 only, and decides nothing. Whatever waits is on the other side.
//!
//! Three modules are built of it, each a chunk of its own: [`diagnose`], which a page loads at its first failure, [`recipes`], which it
//! loads beside, and [`explain`], which is loaded when somebody pastes something.

#[cfg(feature = "diagnose")]
mod capture;
#[cfg(feature = "diagnose")]
pub mod diagnose;
#[cfg(feature = "explain")]
pub mod explain;
mod js;
#[cfg(feature = "diagnose")]
mod page;
#[cfg(feature = "recipes")]
pub mod recipes;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_told;

/// A tenth of the standard library's allocator in size; a diagnosis is short, and one at a time.
#[cfg(not(feature = "explain"))]
#[global_allocator]
static ALLOCATOR: lol_alloc::LockedAllocator<lol_alloc::FreeListAllocator> =
    lol_alloc::LockedAllocator::new(lol_alloc::FreeListAllocator::new());

/// The standard library's own: a paste may be a HAR with tens of thousands of texts, and takes no longer for it.
#[cfg(all(feature = "explain", not(feature = "std")))]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// In development builds a panic says in the console where it happened.
#[cfg(feature = "panic-messages")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Nothing is said: an exception reaches the page's side, which says that there is no diagnosis.
#[cfg(not(feature = "std"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
