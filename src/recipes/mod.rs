//! Recipes: the lines that mend a server, in its own language, for one request.
//!
//! A [`Server`] is a file of `servers`, and a template of `templates` that [`template`] fills. Each that says what it `ran` with is run
//! by `cargo xtask test recipes`: the call fails in a browser, the recipe goes in as it is printed, the same call passes, and what the
//! request does not need stays refused. A WebAssembly module of its own carries them.

mod clues;
mod json;
mod printed;
mod servers;
mod template;
mod wanted;

pub use clues::Likely;
pub use json::json;
pub use printed::{first, section};
pub use servers::ALL;
pub use template::fill;
pub use wanted::Wanted;

use crate::prelude::*;
use crate::text;

/// Something that answers requests, and how its answers are let be read.
pub struct Server {
    /// Public, never renamed.
    pub id: &'static str,
    /// As its makers write it.
    pub name: &'static str,
    /// Of the code, as editors name languages.
    pub language: &'static str,
    /// Where such code stands; empty if there is no usual place.
    pub file: &'static str,
    /// The template.
    pub code: &'static str,
    /// What goes wrong nevertheless.
    pub pitfalls: &'static [Pitfall],
    /// The versions that were run; empty if it was not run by us.
    pub ran: &'static str,
    /// Its makers' own page.
    pub docs: &'static str,
    /// What makes it likely that the called server is this one.
    pub likely: Likely,
}

/// A way in which a server like this goes wrong.
pub struct Pitfall {
    /// The codes of the causes that it explains; empty if it is worth saying whatever the cause.
    pub causes: &'static [&'static str],
    /// What goes wrong, and what to do.
    pub says: &'static str,
}

/// The lines for one server.
pub struct Recipe {
    /// Whose.
    pub server: &'static Server,
    /// The template, filled.
    pub code: String,
    /// Those that explain what remains, and those worth saying always.
    pub pitfalls: Vec<&'static str>,
    /// Why the called server is likely this one.
    pub because: Option<String>,
}

/// The recipes for a request: the chosen one first, then the likelier ones. None if a value of the request is not plain (RFC 9110 allows
/// quotes in a header's name): each language would write it differently.
pub fn recipes(wanted: &Wanted) -> Vec<Recipe> {
    let mut recipes = Vec::new();
    if wanted.odd().is_some() {
        return recipes;
    }
    for strength in (0..=clues::MOST).rev() {
        for server in ALL {
            let (of, because) = clues::strength(server, wanted);
            if of == strength {
                recipes.push(recipe(server, wanted, because));
            }
        }
    }
    recipes
}

/// The server of this name or id, whatever its case.
pub fn named(name: &str) -> Option<&'static Server> {
    ALL.iter().find(|server| server.id.eq_ignore_ascii_case(name) || server.name.eq_ignore_ascii_case(name)).copied()
}

/// What stands against what is asked, in a sentence.
pub fn problem(wanted: &Wanted) -> Option<String> {
    if !wanted.chosen.is_empty() && named(&wanted.chosen).is_none() {
        let mut ids = Vec::new();
        for server in ALL {
            ids.push(server.id);
        }
        return Some(text::fill(
            "There is no recipe for {}; there are {}.",
            &[&wanted.chosen, &text::join(&ids, ", ")],
        ));
    }
    let odd = wanted.odd()?;
    Some(text::fill("No recipe is written for {}: each language has its own way to quote that.", &[odd]))
}

fn recipe(server: &'static Server, wanted: &Wanted, because: Option<String>) -> Recipe {
    let mut pitfalls = Vec::new();
    for pitfall in server.pitfalls {
        if pitfall.causes.is_empty() || pitfall.causes.iter().any(|code| text::has(&wanted.causes, code)) {
            pitfalls.push(pitfall.says);
        }
    }
    Recipe { server, code: template::fill(server.code, wanted), pitfalls, because }
}
