//! Recipes as plain text: the last section of a report.

use super::Recipe;
use crate::prelude::*;
use crate::report::{line, section as title};
use crate::text;

/// The first recipe whole, if there is a reason to take it for the right one, and the names of the others.
pub fn section(recipes: &[Recipe], problem: Option<&str>) -> String {
    let mut out = String::new();
    if recipes.is_empty() && problem.is_none() {
        return out;
    }
    title(&mut out, "Recipe");
    if let Some(problem) = problem {
        line(&mut out, &[problem]);
    }
    let Some(first) = recipes.first() else { return out };
    let is_likely = first.because.is_some();
    if is_likely {
        out.push_str(&self::first(recipes));
    }
    let mut names = Vec::new();
    for recipe in recipes.iter().skip(usize::from(is_likely)) {
        names.push(recipe.server.id);
    }
    let others = if is_likely { "Other servers" } else { "For your server" };
    line(&mut out, &[others, ": await whycors.recipe(name), name being one of ", &text::join(&names, ", ")]);
    out
}

/// The first recipe.
pub fn first(recipes: &[Recipe]) -> String {
    let mut out = String::new();
    let Some(recipe) = recipes.first() else { return out };
    let server = recipe.server;
    let file = if server.file.is_empty() { String::new() } else { text::concat(&[", in ", server.file]) };
    let because = recipe.because.as_deref().unwrap_or_default();
    line(&mut out, &[server.name, &file, " (", because, "):"]);
    out.push('\n');
    for code in text::split(text::trim(&recipe.code, "\n"), "\n") {
        match code {
            "" => out.push('\n'),
            _ => line(&mut out, &["  ", code]),
        }
    }
    out.push('\n');
    for pitfall in &recipe.pitfalls {
        line(&mut out, &["- ", pitfall]);
    }
    match server.ran {
        "" => line(&mut out, &["Not run by us, read from ", server.docs]),
        ran => line(&mut out, &["Run with ", ran, "; ", server.docs]),
    }
    out
}
