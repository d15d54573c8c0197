//! Recipes: the lines that mend a server, in its own language, for one request.
//!
//! A [`Server`] is a file of `servers`, and a template of `templates` that `template.rs` fills. Each that says what it `ran` with is run
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A PUT with everything that a preflight and credentials are about.
    pub(super) fn wanted() -> Wanted {
        let text = |text: &str| text.to_string();
        Wanted {
            origin: text("http://localhost:5173"),
            method: text("PUT"),
            headers: vec![text("authorization"), text("content-type")],
            credentials: true,
            preflight: true,
            url: text("https://api.example.com/items/1"),
            ..Wanted::default()
        }
    }

    #[test]
    fn every_recipe_is_there_whatever_is_known_of_the_server() {
        for chosen in ["", "nginx", "no such server"] {
            let list = recipes(&Wanted { chosen: chosen.to_string(), ..wanted() });
            let mut ids: Vec<&str> = list.iter().map(|recipe| recipe.server.id).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!((ids.len(), list.len()), (ALL.len(), ALL.len()));
        }
    }

    #[test]
    fn what_servers_say_of_themselves_is_whole() {
        for server in ALL {
            let id = server.id;
            assert!(text::all(id, |byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{id}");
            assert!(server.docs.starts_with("https://"), "{id}: {}", server.docs);
            assert!(!server.name.is_empty() && !server.language.is_empty(), "{id}");
            for pitfall in server.pitfalls {
                assert!(pitfall.says.ends_with('.') && !pitfall.says.contains("  "), "{id}: {}", pitfall.says);
                for code in pitfall.causes {
                    assert!(crate::causes::all().any(|cause| cause.code == *code), "{id}: there is no cause {code}");
                }
            }
        }
    }

    #[test]
    fn pitfalls_are_those_of_what_remains() {
        let of = |causes: &[&str]| {
            let causes = causes.iter().map(|code| code.to_string()).collect();
            let recipe = recipes(&Wanted { chosen: "nginx".into(), causes, ..wanted() }).swap_remove(0);
            recipe.pitfalls.join(" ")
        };
        assert!(of(&["error-response-without-cors"]).contains("always"));
        assert!(!of(&["preflight-redirect"]).contains("always"));
    }

    #[test]
    fn no_recipe_allows_everyone() {
        for recipe in recipes(&wanted()) {
            let id = recipe.server.id;
            for wide in ["Allow-Origin: *", "Allow-Origin *", "origin: '*'", "origin: true", "allow_origins=[\"*\"]"] {
                assert!(!recipe.code.contains(wide), "{id}: {wide}");
            }
            assert!(!recipe.code.contains("Private-Network") && !recipe.code.contains('«'), "{id}: {}", recipe.code);
        }
    }

    #[test]
    fn what_cannot_be_written_is_said() {
        assert_eq!(problem(&wanted()), None);
        let odd = Wanted { headers: vec!["x'y".to_string()], ..wanted() };
        assert!(recipes(&odd).is_empty());
        assert_eq!(
            problem(&odd).as_deref(),
            Some("No recipe is written for x'y: each language has its own way to quote that.")
        );
        let unknown = problem(&Wanted { chosen: "ngnix".into(), ..wanted() }).unwrap_or_default();
        assert!(unknown.starts_with("There is no recipe for ngnix; there are express, nginx, "), "{unknown}");
    }
}
