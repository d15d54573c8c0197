//! What requests get that a fault does not reach.

use crate::causes::{redirect, response};
use crate::prelude::*;
use crate::world::{Answer, Failure, Reply, Rule, When};

/// What a plain GET of the called URL gets, whatever the call gets. Not among it: a connection that breaks. A host where every
/// request of ours breaks off is unreachable, and not a server that spares the one request that we may not repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// An answer that passes, for whatever origin.
    Correct,
    /// An answer that passes for the page's origin alone.
    Named,
    /// An answer without CORS headers.
    NoCors,
    /// An error answer without CORS headers.
    Error,
    /// An error answer that passes.
    ReadableError,
    /// `*`
    Wildcard,
    /// No answer, ever.
    Hang,
    /// A redirect.
    Redirect(Hop, Location, Target),
}

/// Whether a redirect passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hop {
    /// It does.
    Passes,
    /// It has no CORS headers.
    Bare,
}

/// Where a redirect leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// To the same origin.
    Here,
    /// To another one.
    Away,
}

/// What is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An answer that passes.
    Passes,
    /// An error answer that passes.
    Error,
    /// An answer that does not pass.
    Refused,
    /// Redirects without end, which pass.
    Loop,
    /// Nothing.
    Dead,
    /// No answer, ever.
    Hang,
}

impl Elsewhere {
    /// Every one.
    #[inline(never)]
    pub fn all() -> Vec<Elsewhere> {
        use Elsewhere::*;
        let mut all = vec![Correct, Named, NoCors, Error, ReadableError, Wildcard, Hang];
        for location in [Location::Here, Location::Away] {
            // What is behind a redirect that does not pass, only requests without CORS learn.
            for target in [Target::Refused, Target::Dead] {
                all.push(Redirect(Hop::Bare, location, target));
            }
            use Target::*;
            for target in [Passes, Error, Refused, Loop, Dead, Hang] {
                all.push(Redirect(Hop::Passes, location, target));
            }
        }
        all
    }

    /// Its `Access-Control-Allow-Origin` is right.
    pub fn is_allowed(self) -> bool {
        use Elsewhere::*;
        !matches!(self, NoCors | Error | Hang | Redirect(Hop::Bare, ..))
    }

    /// The server that answers so.
    pub fn rules(self) -> Vec<Rule> {
        let passes = response::correct;
        let bare = || Answer::new(200);
        let reply = match self {
            Elsewhere::Correct => passes().into(),
            Elsewhere::Named => response::named().into(),
            Elsewhere::NoCors => bare().into(),
            Elsewhere::Error => bare().status(404).into(),
            Elsewhere::ReadableError => passes().status(404).into(),
            Elsewhere::Wildcard => bare().with("Access-Control-Allow-Origin", "*").into(),
            Elsewhere::Hang => Reply::Fails(Failure::Hang),
            Elsewhere::Redirect(hop, location, target) => {
                let answer = if hop == Hop::Passes { passes() } else { bare() };
                let location = match (location, target) {
                    (Location::Here, Target::Loop) => "{self}",
                    (Location::Here, _) => "{self}/target",
                    (Location::Away, _) => "{other}/target",
                };
                answer.status(302).with("Location", location).into()
            }
        };
        let target = match self {
            Elsewhere::Redirect(_, _, Target::Passes) => passes().into(),
            Elsewhere::Redirect(_, _, Target::Error) => passes().status(404).into(),
            Elsewhere::Redirect(_, _, Target::Refused) => bare().into(),
            Elsewhere::Redirect(_, _, Target::Hang) => Reply::Fails(Failure::Hang),
            Elsewhere::Redirect(_, _, Target::Loop) => redirect::hop("{other}/target").into(),
            _ => Reply::Fails(Failure::Reset),
        };
        let at_target = When { path: Some("/target".into()), ..When::default() };
        vec![Rule { when: at_target, reply: target }, Rule::always(reply)]
    }
}
