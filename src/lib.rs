//! whycors says why a cross-origin request failed, from inside the page.
//!
//! This crate is the core: pure, without clock, network or panic. `edge` (wasm32 only) is the thin layer that
//! reads the page, sends the probes and hands them to the core.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod advice;
pub mod browser;
pub mod causes;
pub mod diagnosis;
#[cfg(target_arch = "wasm32")]
pub mod edge;
pub mod elsewhere;
pub mod explain;
pub mod fetch;
pub mod gate;
pub mod hints;
pub mod hypothesis;
pub mod infer;
pub mod json;
pub mod likeness;
mod outcome;
mod prelude;
pub mod probe;
pub mod recipes;
pub mod report;
pub mod request;
pub mod safelist;
pub mod session;
mod text;
pub mod unusable;
mod words;
pub mod world;

pub use request::Request;
