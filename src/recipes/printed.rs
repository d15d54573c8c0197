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
        whole(&mut out, first, FEW);
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
    if let Some(recipe) = recipes.first() {
        whole(&mut out, recipe, usize::MAX);
    }
    out
}

/// Pitfalls in a report: where many causes remain, many could explain one of them.
const FEW: usize = 3;

fn whole(out: &mut String, recipe: &Recipe, most: usize) {
    let server = recipe.server;
    let file = if server.file.is_empty() { String::new() } else { text::concat(&[", in ", server.file]) };
    let because = recipe.because.as_deref().unwrap_or_default();
    line(out, &[server.name, &file, " (", because, "):"]);
    out.push('\n');
    for code in text::split(text::trim(&recipe.code, "\n"), "\n") {
        match code {
            "" => out.push('\n'),
            _ => line(out, &["  ", code]),
        }
    }
    out.push('\n');
    for pitfall in recipe.pitfalls.iter().take(most) {
        line(out, &["- ", pitfall]);
    }
    if recipe.pitfalls.len() > most {
        line(out, &["- More of what goes wrong there: await whycors.recipe('", server.id, "')"]);
    }
    match server.ran {
        "" => line(out, &["Not run by us, read from ", server.docs]),
        ran => line(out, &["Run with ", ran, "; ", server.docs]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipes::tests::wanted;
    use crate::recipes::{Wanted, recipes};

    #[test]
    fn a_report_ends_with_the_likeliest_recipe_and_the_names_of_the_others() {
        let wanted = Wanted { chosen: "CADDY".into(), causes: vec!["stale-cached-response".into()], ..wanted() };
        let printed = section(&recipes(&wanted), None);
        let (head, rest) = printed.split_once("\n\n    ").unwrap_or_default();
        assert_eq!(head, "\nRecipe\n  Caddy, in Caddyfile (asked for):");
        assert!(rest.contains("\n    ") && rest.contains("http://localhost:5173"), "{rest}");
        assert!(rest.contains("\n  Run with Caddy 2"), "{rest}");
        let others = "\n  Other servers: await whycors.recipe(name), name being one of vite, express, nginx, ";
        assert!(rest.contains(others) && !rest.contains(" caddy,"), "{rest}");
        let all = first(&recipes(&wanted));
        assert!(printed.starts_with(&format!("\nRecipe\n{all}")), "{all}");
    }

    #[test]
    fn many_pitfalls_are_cut_in_a_report_and_not_where_they_are_asked_for() {
        let causes = crate::causes::all().map(|cause| cause.code.to_string()).collect();
        let wanted = Wanted { chosen: "express".into(), causes, ..wanted() };
        let recipes = recipes(&wanted);
        let pitfalls = |text: &str| text.lines().filter(|line| line.starts_with("  - ")).count();
        assert_eq!(pitfalls(&section(&recipes, None)), FEW + 1);
        assert_eq!(pitfalls(&first(&recipes)), recipes[0].pitfalls.len());
    }

    #[test]
    fn without_a_clue_no_recipe_is_printed_and_a_problem_is() {
        let none = Wanted { origin: "https://app.example.com".into(), ..wanted() };
        let printed = section(&recipes(&none), Some("A problem."));
        assert!(
            printed.starts_with("\nRecipe\n  A problem.\n  For your server: await whycors.recipe(name)"),
            "{printed}"
        );
        assert_eq!(printed.lines().count(), 4);
        assert_eq!(section(&[], None), "");
    }
}
