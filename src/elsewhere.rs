//! What requests get that a fault does not reach.

use crate::causes::response;
use crate::prelude::*;
use crate::world::{Answer, Failure, Reply, Rule, When};

/// What a plain GET of the called URL gets, whatever the call gets. Not among it: a connection that breaks. A host where every
/// request of ours breaks off is unreachable, and not a server that spares the one request that we may not repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// An answer that passes.
    Correct,
    /// An answer without CORS headers.
    NoCors,
    /// An error answer without CORS headers.
    Error,
    /// An error answer that passes.
    ReadableError,
    /// `*`
    Wildcard,
    /// A redirect without CORS headers.
    Redirect,
    /// The same, to where nothing answers.
    RedirectNowhere,
    /// A redirect that passes, to a target that passes.
    RedirectPasses,
    /// The same, to an error answer that passes.
    RedirectError,
    /// A redirect that passes, to a target that does not.
    RedirectAway,
    /// Redirects without end, which pass.
    RedirectLoop,
    /// A redirect that passes, to where nothing answers.
    RedirectDead,
    /// A redirect that passes, to a target that never answers.
    RedirectHang,
    /// No answer, ever.
    Hang,
}

impl Elsewhere {
    /// Every one.
    pub const ALL: [Elsewhere; 14] = [
        Elsewhere::Correct,
        Elsewhere::NoCors,
        Elsewhere::Error,
        Elsewhere::ReadableError,
        Elsewhere::Wildcard,
        Elsewhere::Redirect,
        Elsewhere::RedirectNowhere,
        Elsewhere::RedirectPasses,
        Elsewhere::RedirectError,
        Elsewhere::RedirectAway,
        Elsewhere::RedirectLoop,
        Elsewhere::RedirectDead,
        Elsewhere::RedirectHang,
        Elsewhere::Hang,
    ];

    /// Its `Access-Control-Allow-Origin` is right.
    pub fn is_allowed(self) -> bool {
        use Elsewhere::*;
        !matches!(self, NoCors | Error | Redirect | RedirectNowhere | Hang)
    }

    /// The server that answers so.
    pub fn rules(self) -> Vec<Rule> {
        use Elsewhere::*;
        let passes = self.is_allowed() && self != Wildcard;
        let mut answer = if passes { response::correct() } else { Answer::new(200) };
        let header = match self {
            Wildcard => Some(("Access-Control-Allow-Origin", "*")),
            Redirect | RedirectNowhere | RedirectPasses | RedirectError => Some(("Location", "{self}/target")),
            RedirectAway | RedirectDead | RedirectHang => Some(("Location", "{other}/target")),
            RedirectLoop => Some(("Location", "{self}")),
            _ => None,
        };
        if let Some((name, value)) = header {
            answer = answer.with(name, value);
        }
        answer.status = match self {
            Error | ReadableError => 404,
            Correct | NoCors | Wildcard | Hang => 200,
            _ => 302,
        };
        let target = match self {
            Redirect | RedirectAway => Answer::new(200).into(),
            RedirectPasses => response::correct().into(),
            RedirectError => response::correct().status(404).into(),
            RedirectHang => Reply::Fails(Failure::Hang),
            _ => Reply::Fails(Failure::Reset),
        };
        let reply = if self == Hang { Reply::Fails(Failure::Hang) } else { answer.into() };
        let at_target = When { path: Some("/target".into()), ..When::default() };
        vec![Rule { when: at_target, reply: target }, Rule::always(reply)]
    }
}
