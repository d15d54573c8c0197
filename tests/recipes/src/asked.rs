//! A recipe as a page gets it.

use anyhow::Result;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::play::Stage;

/// What of a recipe is looked at.
#[derive(Debug, Deserialize)]
pub(crate) struct Recipe {
    pub(crate) target: String,
    pub(crate) code: String,
    pub(crate) pitfalls: Vec<String>,
    pub(crate) ran: Option<String>,
}

/// The recipe as `recipe()` gives it to a page.
pub(crate) async fn asked_for(
    stage: &Stage<'_>,
    whycors: &str,
    server: &str,
    about: &Value,
    expose: &[&str],
    max_age: Option<u32>,
) -> Result<Recipe> {
    let mut input = json!({ "server": server, "about": about, "expose": expose, "whycors": whycors });
    if let Some(max_age) = max_age {
        input["maxAge"] = json!(max_age);
    }
    Ok(serde_json::from_value(stage.browser.run(include_str!("page/recipe.js"), &input).await?)?)
}
