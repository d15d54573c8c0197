//! Reads `tests/scenarios.toml`; an error is a sentence that names the row.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use toml::{Table, Value};
use whycors::probe::Outcome;

use crate::scenario::Scenario;

const TABLE: &str = include_str!("../../scenarios.toml");

/// Every row of the table, in its order.
pub fn scenarios() -> Result<Vec<Scenario>> {
    parse(TABLE).context("tests/scenarios.toml")
}

/// The rows of a table given as text, for tests that bring their own.
pub fn parse(text: &str) -> Result<Vec<Scenario>> {
    let mut table: Table = text.parse()?;
    let rows = match table.remove("row") {
        Some(Value::Array(rows)) => rows,
        _ => Vec::new(),
    };
    if let Some(name) = table.keys().next() {
        anyhow::bail!("`{name}` is outside of any [[row]]");
    }
    let mut ids = BTreeSet::new();
    let mut scenarios = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        let id = row.get("id").and_then(Value::as_str).unwrap_or("without an id").to_string();
        let row: Scenario = row.try_into().with_context(|| format!("row {} ({id})", index + 1))?;
        check(&row).with_context(|| format!("row {} ({id})", index + 1))?;
        ensure!(ids.insert(id.clone()), "row {} ({id}): another row has this id", index + 1);
        scenarios.push(row);
    }
    Ok(scenarios)
}

fn check(row: &Scenario) -> Result<()> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    ensure!(!row.id.is_empty() && row.id.bytes().all(plain), "an id is lower case words joined by hyphens");
    if let Some(phase) = &row.phase {
        ensure!(phase == "preflight" || phase == "response", "a phase is `preflight` or `response`, not {phase:?}");
    }
    ensure!(row.only.is_empty() || row.why.is_some(), "`only` some engines, and no `why`");
    for (probe, outcome) in [&row.sees, &row.sees_chromium, &row.sees_firefox, &row.sees_webkit].into_iter().flatten() {
        let known = ["not-asked", "aborted"].contains(&outcome.as_str()) || is_outcome(outcome);
        ensure!(known, "{probe} sees {outcome:?}, which is no outcome of a probe");
    }
    Ok(())
}

fn is_outcome(name: &str) -> bool {
    let name: StrDeserializer<Error> = name.into_deserializer();
    Outcome::deserialize(name).is_ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where it fails")]
mod tests {
    use super::*;
    use crate::origins::Origins;
    use whycors::request::{Api, Engine, PreflightReason};

    fn error(text: &str) -> String {
        format!("{:#}", parse(text).unwrap_err())
    }

    #[test]
    fn the_table_parses() {
        assert!(!scenarios().unwrap().is_empty());
    }

    #[test]
    fn an_error_names_the_row() {
        let text = "[[row]]\nid = \"a\"\ntitle = \"A\"\n[[row]]\nid = \"b\"\ntitle = \"B\"\n";
        assert!(error(&format!("{text}server = [{{ status = 200, fails = \"reset\" }}]")).starts_with("row 2 (b): "));
        assert!(error(&format!("{text}colour = \"red\"")).contains("unknown field `colour`"));
        assert_eq!(error(&text.replace('b', "a")), "row 2 (a): another row has this id");
        assert!(
            error(&format!("{text}sees = {{ get = \"shut\" }}")).contains("get sees \"shut\", which is no outcome")
        );
        assert!(error(&format!("{text}phase = \"later\"")).contains("not \"later\""));
        assert!(error(&format!("{text}only = [\"webkit\"]")).ends_with("`only` some engines, and no `why`"));
        assert!(error("[[row]]\nid = \"A b\"\ntitle = \"\"").contains("lower case words"));
    }

    #[test]
    fn an_engine_overrides_what_it_sees_and_what_remains() {
        let rows = parse(
            "[[row]]\nid = \"a\"\ntitle = \"\"\nremains = [\"x\", \"y\"]\nremains-firefox = [\"x\"]\n\
             sees = { get = \"failed\", opaque = \"opaque\" }\nsees-firefox = { get = \"failed-late\" }",
        )
        .unwrap();
        assert_eq!(rows[0].remains(Engine::WebKit), ["x", "y"]);
        assert_eq!(rows[0].remains(Engine::Firefox), ["x"]);
        assert_eq!(rows[0].sees(Engine::Firefox)["get"], "failed-late");
        assert_eq!(rows[0].sees(Engine::Firefox)["opaque"], "opaque");
        assert_eq!(rows[0].sees(Engine::Chromium)["get"], "failed");
    }

    #[test]
    fn a_call_may_fail_in_some_engines_only() {
        let text = "[[row]]\nid = \"a\"\ntitle = \"\"\nremains-webkit = [\"mixed-content\"]\n\
                    [[row]]\nid = \"b\"\ntitle = \"\"\ncause = \"x\"\nremains-webkit = []";
        let rows = parse(text).unwrap();
        let causes = |engine| [rows[0].cause(engine), rows[1].cause(engine)];
        assert_eq!(causes(Engine::WebKit), [Some("mixed-content"), None]);
        assert_eq!(causes(Engine::Firefox), [None, Some("x")]);
    }

    #[test]
    fn the_url_depends_on_how_the_row_fails() {
        let url = |rest: &str| {
            let rows = parse(&format!("[[row]]\nid = \"a\"\ntitle = \"\"\n{rest}")).unwrap();
            let request = rows[0].request(&Origins::fixed());
            (request.url, request.target.as_str().to_string(), request.origin.as_str().to_string())
        };
        assert_eq!(url("server = [{ status = 200 }]").0, "http://localhost:8200/s/a");
        assert_eq!(url("server = [{ fails = \"refused\" }]").0, "http://localhost:8201/s/a");
        assert_eq!(url("server = [{ fails = \"dns\" }]").1, "http://whycors-lab.invalid");
        assert_eq!(url("server = [{ fails = \"tls\" }]").1, "https://localhost:8243");
        assert_eq!(url("call = { api = \"https\", page = \"https\" }").2, "https://localhost:8143");
        assert_eq!(url("call = { api = \"h2\" }").1, "https://localhost:8244");
        assert_eq!(url("call = { url = \"http://u:p@localhost:1/x\" }").1, "http://localhost:1");
        assert_eq!(url("call = { url = \"{page}/y\" }").0, "http://localhost:8100/y");
        assert_eq!(url("call = { page = \"strict\" }").2, "http://localhost:8100");
    }

    #[test]
    fn a_row_may_be_for_some_engines_and_silent() {
        let text = "[[row]]\nid = \"a\"\ntitle = \"\"\n";
        let rows = parse(&format!("{text}only = [\"webkit\"]\nwhy = \"it is\"\nverdict = \"none\"")).unwrap();
        assert_eq!((rows[0].is_for(Engine::WebKit), rows[0].is_for(Engine::Firefox)), (true, false));
        assert!(rows[0].is_silent() && !rows[0].is_for_diagnose());
        let rows = parse(text).unwrap();
        assert!(rows[0].is_for(Engine::Firefox) && !rows[0].is_silent() && rows[0].is_for_diagnose());
        let rows = parse(&format!("{text}call = {{ using = \"xhr\", upload-listener = true }}")).unwrap();
        assert!(!rows[0].is_silent() && !rows[0].is_for_diagnose());
    }

    #[test]
    fn the_profile_has_what_page_body_and_listener_add() {
        let profile = |call: &str| {
            let rows = parse(&format!("[[row]]\nid = \"a\"\ntitle = \"\"\ncall = {call}")).unwrap();
            rows[0].request(&Origins::fixed())
        };
        assert_eq!(profile("{ page = \"sandboxed\" }").origin.as_str(), "null");
        assert_eq!(profile("{ page = \"file\" }").origin.as_str(), "null");
        assert_eq!(profile("{ page = \"public\" }").origin.as_str(), "http://whycors.trycloudflare.com:8180");
        assert!(profile("{ integrity = \"sha256-x\" }").integrity);
        let upload = profile("{ method = \"POST\", using = \"xhr\", upload-listener = true }");
        assert_eq!((upload.api, upload.forces_preflight), (Api::Xhr, Some(PreflightReason::UploadListener)));
        let stream = profile("{ method = \"POST\", body = \"stream\" }");
        assert_eq!((stream.api, stream.forces_preflight), (Api::Fetch, Some(PreflightReason::StreamBody)));
    }

    #[test]
    fn the_init_says_only_what_the_row_says() {
        let rows = parse(
            "[[row]]\nid = \"a\"\ntitle = \"\"\n\
             call = { integrity = \"sha256-x\", method = \"put\", headers = { X-A = \"1\" }, credentials = \"include\", body = \"json\" }\n\
             [[row]]\nid = \"b\"\ntitle = \"\"",
        )
        .unwrap();
        let init = rows[0].init();
        assert_eq!(init["method"], "put");
        assert_eq!(init["integrity"], "sha256-x");
        assert_eq!(init["headers"]["X-A"], "1");
        assert_eq!(init["credentials"], "include");
        assert_eq!(rows[0].request(&Origins::fixed()).method, "PUT");
        assert_eq!(rows[0].request(&Origins::fixed()).unsafe_headers, ["x-a"]);
        assert_eq!(rows[1].init(), serde_json::json!({}));
    }
}
