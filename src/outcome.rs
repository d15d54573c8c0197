//! What a page sees of a request, and what a world allows it to see.

/// What a page sees of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "table", derive(serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Outcome {
    /// A response that script may read, status 2xx or 3xx.
    Readable,
    /// A response that script may read, status 4xx or 5xx.
    ReadableError,
    /// An opaque response: some HTTP server answered.
    Opaque,
    /// A redirect that passed the CORS check and was not followed.
    OpaqueRedirect,
    /// The one TypeError that says nothing.
    Failed,
    /// The same, and Resource Timing shows a duration of exactly 0: no actual request was on its way (Firefox).
    FailedEarly,
    /// The same, and Resource Timing shows a duration above 0: the actual request went out (Firefox).
    FailedLate,
    /// An EventSource that opened.
    Open,
    /// An EventSource whose `readyState` is 2 at its first error: an HTTP answer arrived, or the browser blocked it.
    Closed,
    /// An EventSource whose `readyState` is 0 at its first error: the transport failed.
    Reconnecting,
    /// A prefetch that loaded: the final status is no error.
    Loaded,
    /// A prefetch that did not load: an error status, an answer that is withheld, or none.
    NotLoaded,
    /// A redirect led to another origin.
    Left,
    /// A WebSocket that closed with the code 1015: the TLS handshake failed.
    Distrusted,
    /// No outcome within the time limit.
    TimedOut,
}

impl Outcome {
    /// How many there are.
    pub const COUNT: usize = Outcome::ALL.len();

    /// Every one.
    pub const ALL: [Outcome; 15] = [
        Outcome::Readable,
        Outcome::ReadableError,
        Outcome::Opaque,
        Outcome::OpaqueRedirect,
        Outcome::Failed,
        Outcome::FailedEarly,
        Outcome::FailedLate,
        Outcome::Open,
        Outcome::Closed,
        Outcome::Reconnecting,
        Outcome::Loaded,
        Outcome::NotLoaded,
        Outcome::Left,
        Outcome::Distrusted,
        Outcome::TimedOut,
    ];

    /// As the table of scenarios writes it.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Readable => "readable",
            Outcome::ReadableError => "readable-error",
            Outcome::Opaque => "opaque",
            Outcome::OpaqueRedirect => "opaque-redirect",
            Outcome::Failed => "failed",
            Outcome::FailedEarly => "failed-early",
            Outcome::FailedLate => "failed-late",
            Outcome::Open => "open",
            Outcome::Closed => "closed",
            Outcome::Reconnecting => "reconnecting",
            Outcome::Loaded => "loaded",
            Outcome::NotLoaded => "not-loaded",
            Outcome::Left => "left",
            Outcome::Distrusted => "distrusted",
            Outcome::TimedOut => "timed-out",
        }
    }

    /// The reverse of [`Outcome::name`].
    pub fn named(name: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|outcome| outcome.name() == name)
    }

    /// Script was given a response that it may read.
    pub fn is_readable(self) -> bool {
        matches!(self, Outcome::Readable | Outcome::ReadableError | Outcome::Open)
    }

    /// An HTTP server answered it, for all that script is told.
    pub fn is_answer(self) -> bool {
        use Outcome::*;
        self.is_readable() || matches!(self, Opaque | OpaqueRedirect | Loaded | Left)
    }

    /// Nothing stopped it.
    pub fn is_passed(self) -> bool {
        self.is_readable() || self == Outcome::Opaque
    }

    /// The request failed, whatever Resource Timing adds.
    pub fn is_failure(self) -> bool {
        matches!(self, Outcome::Failed | Outcome::FailedEarly | Outcome::FailedLate)
    }
}

/// Outcomes that a world allows: one, or several where the engine's behaviour was measured to vary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Outcomes(u16);

impl Outcomes {
    /// Exactly these.
    pub fn of(outcomes: &[Outcome]) -> Outcomes {
        Outcomes(outcomes.iter().fold(0, |bits, outcome| bits | 1 << *outcome as u16))
    }

    /// The world allows that this was seen. A failure without timing fits every failure, and the reverse: timing is
    /// sometimes missing, and then it tells nothing.
    pub fn admit(self, seen: Outcome) -> bool {
        let failures = Outcomes::of(&[Outcome::Failed, Outcome::FailedEarly, Outcome::FailedLate]);
        let plain = Outcomes::of(&[Outcome::Failed]);
        let seen_bit = Outcomes::of(&[seen]);
        self.0 & seen_bit.0 != 0
            || (seen == Outcome::Failed && self.0 & failures.0 != 0)
            || (seen.is_failure() && self.0 & plain.0 != 0)
    }

    /// This one too.
    pub fn and(self, outcome: Outcome) -> Outcomes {
        Outcomes(self.0 | 1 << outcome as u16)
    }

    /// All but this one.
    pub fn without(self, outcome: Outcome) -> Outcomes {
        Outcomes(self.0 & !(1 << outcome as u16))
    }

    /// The same where a service worker may pass the request on: what fails then fails in the worker, and of its way and its time
    /// the page is told nothing.
    pub fn under_worker(self) -> Outcomes {
        use Outcome::*;
        let failures = Outcomes::of(&[Failed, FailedEarly, FailedLate]);
        let refusals = Outcomes::of(&[Closed, Reconnecting]);
        let mut outcomes = self;
        for set in [failures, refusals] {
            if self.0 & set.0 != 0 {
                outcomes = outcomes.or(set);
            }
        }
        outcomes
    }

    /// Those of both.
    pub fn or(self, other: Outcomes) -> Outcomes {
        Outcomes(self.0 | other.0)
    }

    /// How many.
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    /// How many of them come before this one.
    pub fn place(self, outcome: Outcome) -> usize {
        Outcomes(self.0 & ((1 << outcome as u16) - 1)).count()
    }

    /// Each outcome in it.
    pub fn iter(self) -> impl Iterator<Item = Outcome> {
        Outcome::ALL.into_iter().filter(move |outcome| self.0 & 1 << *outcome as u16 != 0)
    }
}
