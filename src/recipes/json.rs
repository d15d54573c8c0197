//! Recipes as JSON: the shape of the public API.

use super::Recipe;
use crate::json::{Object, list, texts};
use crate::prelude::*;

/// The list.
pub fn json(recipes: &[Recipe]) -> String {
    list(recipes, recipe)
}

fn recipe(recipe: &Recipe) -> String {
    let server = recipe.server;
    let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
    let mut object = Object::default();
    object.text("target", server.id);
    object.text("name", server.name);
    object.text("language", server.language);
    object.text_if("file", some(server.file));
    object.text("code", &recipe.code);
    object.put("pitfalls", &texts(&recipe.pitfalls));
    match some(server.ran) {
        Some(ran) => object.text("ran", ran),
        None => object.put("ran", "null"),
    }
    object.text("docs", server.docs);
    object.text_if("because", recipe.because.as_deref());
    object.end()
}
