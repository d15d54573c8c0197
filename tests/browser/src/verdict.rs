//! How a Diagnosis stands to the cause that the table names.

use lab::Scenario;
use serde_json::Value;
use whycors::request::Engine;

/// How a Diagnosis stands to the cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// One cause, and it is the cause.
    SettledRight,
    /// One cause, and it is another.
    SettledWrong,
    /// Several causes, the cause among them; or the very verdict that the table wants where no cause is to be named.
    Contained,
    /// Several causes without the cause, or a claim that nothing is wrong.
    Missed,
    /// The verdict says that it does not know.
    Unknown,
    /// There is no Diagnosis.
    Silent,
}

/// A cause that a Diagnosis names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its phase, where it has two.
    pub phase: Option<&'a str>,
    /// What would have to be odd about the server for it; a plain cause has none.
    pub detail: Option<&'a str>,
}

/// How a Diagnosis stands to the row's cause in an engine.
pub fn standing(diagnosis: &Value, row: &Scenario, engine: Engine) -> Standing {
    let Some(verdict) = diagnosis["verdict"].as_str() else { return Standing::Silent };
    if row.cause(engine).is_none() {
        return if verdict == "settled" { Standing::SettledWrong } else { Standing::Contained };
    }
    match (verdict, causes(diagnosis).iter().any(|named| is_cause(named, row, engine))) {
        ("settled", true) => Standing::SettledRight,
        ("settled", false) => Standing::SettledWrong,
        (_, true) => Standing::Contained,
        _ if row.verdict.as_deref() == Some(verdict) => Standing::Contained,
        ("unknown", _) => Standing::Unknown,
        _ => Standing::Missed,
    }
}

/// It is the row's cause in an engine; a phase counts where both name one.
pub fn is_cause(named: &Named, row: &Scenario, engine: Engine) -> bool {
    let phase = named.phase.is_none() || row.phase.is_none() || named.phase == row.phase.as_deref();
    row.cause(engine) == Some(named.code) && phase
}

/// The causes a Diagnosis names, in its order.
pub fn causes(diagnosis: &Value) -> Vec<Named<'_>> {
    let causes = diagnosis["causes"].as_array().into_iter().flatten();
    causes.filter_map(named).collect()
}

/// A Diagnosis in a few words, for a failure's text.
pub fn spoken(diagnosis: &Value) -> String {
    let verdict = diagnosis["verdict"].as_str().unwrap_or("no diagnosis");
    let codes: Vec<String> = causes(diagnosis)
        .iter()
        .map(|named| named.phase.map_or(named.code.to_string(), |phase| format!("{} {phase}", named.code)))
        .collect();
    if codes.is_empty() { verdict.to_string() } else { format!("{} ({verdict})", codes.join(", ")) }
}

fn named(cause: &Value) -> Option<Named<'_>> {
    Some(Named { code: cause["code"].as_str()?, phase: cause["phase"].as_str(), detail: cause["detail"].as_str() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test ends where it fails")]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(rest: &str) -> Scenario {
        lab::parse(&format!("[[row]]\nid = \"a\"\ntitle = \"\"\n{rest}")).unwrap().remove(0)
    }

    fn said(verdict: &str, codes: &[(&str, Option<&str>)]) -> Value {
        let causes: Vec<Value> = codes.iter().map(|(code, phase)| json!({ "code": code, "phase": phase })).collect();
        json!({ "verdict": verdict, "causes": causes })
    }

    #[test]
    fn a_phase_counts_where_both_name_one() {
        let preflight = row("cause = \"origin-mismatch\"\nphase = \"preflight\"");
        let settled = |phase| standing(&said("settled", &[("origin-mismatch", phase)]), &preflight, Engine::Firefox);
        assert_eq!(settled(Some("preflight")), Standing::SettledRight);
        assert_eq!(settled(None), Standing::SettledRight);
        assert_eq!(settled(Some("response")), Standing::SettledWrong);
    }

    #[test]
    fn a_family_must_contain_the_cause_and_unknown_is_honest() {
        let row = row("cause = \"dns-failure\"");
        let family = [("connection-refused", None), ("dns-failure", None)];
        assert_eq!(standing(&said("family", &family), &row, Engine::Firefox), Standing::Contained);
        assert_eq!(standing(&said("family", &family[..1]), &row, Engine::Firefox), Standing::Missed);
        assert_eq!(standing(&said("unknown", &[]), &row, Engine::Firefox), Standing::Unknown);
        assert_eq!(standing(&said("not-reproduced", &[]), &row, Engine::Firefox), Standing::Missed);
        assert_eq!(standing(&Value::Null, &row, Engine::Firefox), Standing::Silent);
    }

    #[test]
    fn a_healthy_call_has_no_settled_cause() {
        let healthy = row("");
        assert_eq!(standing(&said("settled", &[("corp", None)]), &healthy, Engine::Firefox), Standing::SettledWrong);
        assert_eq!(standing(&said("no-failure", &[]), &healthy, Engine::Firefox), Standing::Contained);
    }
}
