//! How much of what a probe meets is what the call met: in an open world that is all there is to predict.

use crate::browser::Stop;
use crate::elsewhere::Elsewhere;
use crate::hypothesis::Hypothesis;
use crate::prelude::*;
use crate::probe::{self, Outcomes, Probe, Send};
use crate::request::{Credentials, Engine, Mode, PreflightReason, Request};
use crate::text;
use crate::world::World;

/// What a probe's requests have in common with the call's, as far as a server may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// All.
    Same,
    /// The preflight; the actual request differs.
    Preflight,
    /// The actual request; the probe has no preflight, or the call's was forced.
    Response,
    /// A GET without headers and cookies, which the call is not.
    Plain,
    /// Nothing, and nothing with another probe either.
    Nothing,
}

impl Likeness {
    /// Of a probe to the call. If `any_origin`, what the call met does not depend on its `Origin`.
    pub fn of(probe: &Probe, request: &Request, engine: Engine, any_origin: bool) -> Likeness {
        let is_bare_get = request.is_repeatable() && request.unsafe_headers.is_empty();
        let is_alike = is_bare_get && !request.carries_cookies();
        let plain_get = match is_alike && request.mode == Mode::Cors {
            true if request.has_preflight() => Likeness::Response,
            true => Likeness::Same,
            false => Likeness::Plain,
        };
        let without_origin = match is_alike && (any_origin || request.mode == Mode::NoCors) {
            true => Likeness::Same,
            false => Likeness::Nothing,
        };
        let (method, mode, credentials, headers, caller_values) = match &probe.send {
            Send::Fetch { method, mode, credentials, headers, caller_values, .. } => {
                (method, mode, credentials, headers, caller_values)
            }
            Send::EventSource => return plain_get,
            Send::Frame if engine == Engine::Firefox => return plain_get,
            Send::Frame => return without_origin,
            // They say that they are prefetches, or of no origin: a server may look at that.
            Send::Prefetch | Send::NullOrigin if any_origin => return without_origin,
            Send::BarePreflight if is_alike && request.forces_preflight == Some(PreflightReason::UploadListener) => {
                return Likeness::Same;
            }
            Send::Prefetch | Send::NullOrigin | Send::BarePreflight | Send::WebSocket => return Likeness::Nothing,
        };
        if *mode == Mode::NoCors {
            return without_origin;
        }
        let names = text::only(headers, &|name| text::has(&request.unsafe_headers, name));
        let asks_alike = *method == request.method && names == request.unsafe_headers && request.mode == Mode::Cors;
        let carries_alike =
            (*credentials == Credentials::Include) == request.carries_cookies() && (*caller_values || names.is_empty());
        let is_preflighted = !names.is_empty();
        match asks_alike {
            true if carries_alike && is_preflighted == request.has_preflight() => Likeness::Same,
            true if carries_alike => Likeness::Response,
            true if is_preflighted => Likeness::Preflight,
            _ if names.is_empty() && *credentials != Credentials::Include => Likeness::Plain,
            _ => Likeness::Nothing,
        }
    }
}

/// What plain GETs may get, whatever the call gets: by kind of answer and probe.
pub struct Open {
    plain: Vec<Vec<Outcomes>>,
}

impl Open {
    /// For these probes.
    pub fn new(request: &Request, engine: Engine, probes: &[Probe]) -> Open {
        let mut plain = Vec::new();
        for elsewhere in Elsewhere::all() {
            let world = World { rules: elsewhere.rules(), ..World::default() };
            let mut sees = Vec::new();
            for probe in probes {
                sees.push(probe::predict(&world, request, engine, probe));
            }
            if !plain.contains(&sees) {
                plain.push(sees);
            }
        }
        Open { plain }
    }

    /// What the probes may see in an open world in which this stops the call: one list for each answer to plain GETs.
    pub fn shows(
        &self,
        hypothesis: &Hypothesis,
        stop: Option<&Stop>,
        request: &Request,
        engine: Engine,
        probes: &[Probe],
    ) -> Vec<Vec<Outcomes>> {
        let any_origin = stop.is_some_and(Stop::is_silence);
        let (in_preflight, hops) = stop.map_or((false, 0), |stop| (stop.in_preflight, stop.hops));
        let mut sees = Vec::new();
        let mut is_plain = Vec::new();
        for probe in probes {
            let likeness = Likeness::of(probe, request, engine, any_origin);
            // What the actual request would have got is not known where the preflight stops the call.
            let likeness = match likeness {
                Likeness::Response if in_preflight && hops == 0 && probe.is_credentialed() => Likeness::Nothing,
                Likeness::Response if in_preflight && hops == 0 => Likeness::Plain,
                Likeness::Response if in_preflight && !probe.is_direct() => Likeness::Nothing,
                likeness => likeness,
            };
            is_plain.push(likeness == Likeness::Plain);
            sees.push(match likeness {
                Likeness::Same | Likeness::Response => probe::predict(&hypothesis.world, request, engine, probe),
                Likeness::Preflight => probe::predict_preflight(&hypothesis.world, request, engine, probe),
                Likeness::Plain | Likeness::Nothing => probe::anything(engine, probe, request),
            });
        }
        let mut all = Vec::new();
        for plain in &self.plain {
            let mut these = Vec::new();
            for index in 0..probes.len() {
                these.push(if is_plain[index] { plain[index] } else { sees[index] });
            }
            all.push(these);
        }
        all
    }
}
