//! The catalogue without its worlds, for a chunk that reads what was said and never asks what a cause would look like: what the linker
//! finds no use of is not shipped.

use super::{Cause, Fault, network, page, preflight, redirect, response};
use crate::prelude::*;

/// The lists of the catalogue.
pub(super) const LISTS: [&[Cause]; 5] = [
    &told::<{ response::CAUSES.len() }>(response::CAUSES),
    &told::<{ preflight::CAUSES.len() }>(preflight::CAUSES),
    &told::<{ redirect::CAUSES.len() }>(redirect::CAUSES),
    &told::<{ network::CAUSES.len() }>(network::CAUSES),
    &told::<{ page::CAUSES.len() }>(page::CAUSES),
];

const EMPTY: Cause = without(&response::RESPONSE);

const fn told<const N: usize>(causes: &[Cause]) -> [Cause; N] {
    let mut told = [EMPTY; N];
    let mut at = 0;
    while at < N {
        told[at] = without(&causes[at]);
        at += 1;
    }
    told
}

const fn without(cause: &Cause) -> Cause {
    let fault = match cause.fault {
        Fault::Preflight { strict, even, .. } => Fault::Preflight { replies: |_| Vec::new(), strict, even },
        Fault::Response { alone, .. } => Fault::Response { replies: |_| Vec::new(), alone },
        Fault::Redirect(_) => Fault::Redirect(|_| Vec::new()),
        Fault::Network(failures) => Fault::Network(failures),
        Fault::Silence(failures) => Fault::Silence(failures),
        Fault::Offline => Fault::Offline,
        Fault::Browser(failures) => Fault::Browser(failures),
        Fault::Worker => Fault::Worker,
        Fault::EmbedderPolicy => Fault::EmbedderPolicy,
        Fault::Gone => Fault::Gone,
        Fault::TurnedDown => Fault::TurnedDown,
        Fault::Late => Fault::Late,
        Fault::Certain => Fault::Certain,
    };
    Cause {
        code: cause.code,
        phase: cause.phase,
        rate: cause.rate,
        title: cause.title,
        step: cause.step,
        mended_by_headers: cause.mended_by_headers,
        place: cause.place,
        families: cause.families,
        standard: cause.standard,
        applies: |_, _| true,
        fault,
        stops: cause.stops,
    }
}
