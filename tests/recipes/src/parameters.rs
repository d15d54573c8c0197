//! Requests of every kind that a recipe can be written for, as Diagnoses describe them.

use serde_json::{Value, json};

/// A request.
#[derive(Debug)]
pub struct Asked {
    /// As much of a Diagnosis as a recipe is written from.
    pub about: Value,
    /// Response headers that script reads.
    pub expose: Vec<&'static str>,
    /// Seconds.
    pub max_age: Option<u32>,
}

/// With and without preflight, credentials, headers; a method that languages have a constant for, and one that they have not.
pub fn parameters(api: &str) -> [Asked; 4] {
    let origin = "https://app.example.com";
    let about = |method: &str, path: &str, preflight: Value, credentials: bool| {
        let mut response = json!({ "Access-Control-Allow-Origin": origin, "Vary": "Origin" });
        if credentials {
            response["Access-Control-Allow-Credentials"] = json!("true");
        }
        let request = json!({ "url": format!("{api}{path}"), "method": method, "origin": origin });
        json!({ "request": request, "fix": { "preflight": preflight, "response": response }, "causes": [] })
    };
    let preflight = |method: &str, headers: &str| json!({ "Access-Control-Allow-Methods": method, "Access-Control-Allow-Headers": headers });
    let patch = preflight("PATCH", "authorization, content-type, x-request-id");
    [
        Asked { about: about("GET", "/items", json!({}), false), expose: vec![], max_age: None },
        Asked { about: about("PATCH", "/items", patch, true), expose: vec!["x-total", "link"], max_age: Some(600) },
        Asked {
            about: about("PURGE", "/items/1?a=b", preflight("PURGE", "x-reason"), false),
            expose: vec!["link"],
            max_age: None,
        },
        Asked { about: about("GET", "/", json!({}), true), expose: vec![], max_age: None },
    ]
}
