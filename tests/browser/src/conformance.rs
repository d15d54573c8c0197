//! Whether a page can tell the patched functions from the browser's own: every check of `tests/wrapper/standard` runs on a page
//! without whycors and on one where it was installed before any other script. What holds on the first holds on the second.

use anyhow::Result;
use lab::Lab;
use serde_json::json;

use crate::engines::{Browser, Certificates, Engine};
use crate::pages::{Check, WRAPPER};

/// The files of `tests/wrapper/standard` that hold checks.
pub const FAMILIES: [&str; 11] = [
    "idl",
    "receivers",
    "xhr-events",
    "xhr-handlers",
    "xhr-upload",
    "xhr-rules",
    "xhr-answers",
    "fetch-arguments",
    "fetch-ends",
    "fetch-answers",
    "event-source",
];

/// A difference that is there and stays. One that is not there any more has to go from here.
struct Known {
    /// The check.
    name: &'static str,
    /// Where it differs; everywhere if none is named.
    only: &'static [Engine],
    why: &'static str,
}

const SOURCE: &str = "the source text of a proxy is that of a function without name, and no other function of a page reads as native code";
const AFTER: &str =
    "after a failure, and not before, whycors reads what the call was made of: diagnosing another call would be worse";
const LOOKS: &str = "a promise is chained, and whether its signal was aborted is asked, as any wrapper has to";

const KNOWN: [Known; 16] = [
    known("idl: fetch has source text that names it", SOURCE),
    known("idl: XMLHttpRequest has source text that names each function", SOURCE),
    known("idl: EventSource has source text that names each function", SOURCE),
    known(
        "idl: fetch has no property but name and length",
        "its toString is bound: `fetch.toString()` tells its name, which Function.prototype.toString of a proxy does not",
    ),
    known(
        "fetch-arguments: the members of init are read in the order of the alphabet, each once, whether the call passes or fails",
        AFTER,
    ),
    known("fetch-arguments: the members of init are read before fetch returns", AFTER),
    known("fetch-arguments: the input is made a string once, whether the call passes or fails", AFTER),
    known("fetch-arguments: nothing but members is asked of init", AFTER),
    known("fetch-arguments: headers that can be iterated are iterated once, whether the call passes or fails", AFTER),
    known("fetch-arguments: the values of headers are made strings once, whether the call passes or fails", AFTER),
    known("fetch-arguments: what a member of init throws is the reason, and nothing after it is read", AFTER),
    Known {
        name: "fetch-ends: the error of a call that fails is as one of a frame, with the same message and properties",
        only: &[Engine::Firefox],
        why: "our own line is taken out of the error's stack, which in Firefox makes that a property of its own",
    },
    known("fetch-ends: of a signal nothing is looked at that a page can put there", LOOKS),
    known("fetch-ends: while it is called fetch looks at nothing of promises that a page may have changed", LOOKS),
    known(
        "fetch-ends: while it is called fetch looks at nothing of functions, objects and lists that a page may have changed",
        LOOKS,
    ),
    known(
        "fetch-ends: while it is called fetch looks at nothing of its own classes that a page may have changed",
        LOOKS,
    ),
];

const fn known(name: &'static str, why: &'static str) -> Known {
    Known { name, only: &[], why }
}

/// A wrapper as one writes it without care: the suite has to see what is wrong with it.
struct Wrong {
    /// Its file in `tests/wrapper/wrong`.
    script: &'static str,
    /// The families that it could break.
    families: &'static [&'static str],
    /// How many checks it breaks in Chromium, at least.
    breaks: usize,
}

const OF_FETCH: &[&str] = &["idl", "receivers", "fetch-arguments", "fetch-ends", "fetch-answers"];
const OF_XHR: &[&str] = &["idl", "receivers", "xhr-events", "xhr-handlers", "xhr-upload", "xhr-rules"];
const OF_EVENT_SOURCE: &[&str] = &["idl", "receivers", "event-source"];

const WRONG: [Wrong; 8] = [
    Wrong { script: "async-fetch.js", families: OF_FETCH, breaks: 6 },
    Wrong { script: "request-fetch.js", families: OF_FETCH, breaks: 30 },
    Wrong { script: "logged-fetch.js", families: OF_FETCH, breaks: 12 },
    Wrong { script: "xhr-subclass.js", families: OF_XHR, breaks: 16 },
    Wrong { script: "xhr-prototype.js", families: OF_XHR, breaks: 6 },
    Wrong { script: "xhr-upload-listener.js", families: OF_XHR, breaks: 5 },
    Wrong { script: "event-source-subclass.js", families: OF_EVENT_SOURCE, breaks: 17 },
    Wrong { script: "event-source-function.js", families: OF_EVENT_SOURCE, breaks: 12 },
];

/// What the two pages showed.
#[derive(Debug, Default)]
pub struct Conformance {
    /// Of every check that holds without whycors, whether it holds with it; in Chromium also, whether the checks see bad wrappers.
    pub checks: Vec<Check>,
    /// The checks that do not hold in this engine itself, with what was seen.
    pub native: Vec<Check>,
    /// The differences that are known, with the reasons.
    pub known: Vec<Check>,
}

/// Runs the suite on both pages in one engine. The lab serves the package at `/pkg` and `tests/wrapper` at [`WRAPPER`].
pub async fn conformance(lab: &Lab, engine: Engine) -> Result<Conformance> {
    let browser = Browser::open(lab, engine, Certificates::Strict).await?;
    let mut all = Conformance::default();
    for family in FAMILIES {
        let mut pages =
            [run_family(lab, &browser, "bare", family, &[]).await?, installed(lab, &browser, family, &[]).await];
        let differing = differing(&pages);
        if !differing.is_empty() {
            // A machine under load may be the difference, once.
            let bare = run_family(lab, &browser, "bare", family, &differing).await?;
            let again = [bare, installed(lab, &browser, family, &differing).await];
            pages.iter_mut().zip(again).for_each(|(page, again)| replace(page, again));
        }
        all.add(engine, pages);
    }
    if engine == Engine::Chromium {
        let wrong = wrong_wrappers(lab, &browser, &all).await;
        all.checks.extend(wrong);
    }
    let _ = browser.close().await;
    Ok(all)
}

/// The checks that hold natively in none of the engines, if all were asked: they say nothing of a standard.
pub fn held_nowhere(engines: &[Conformance]) -> Check {
    let mut nowhere: Vec<&str> = engines.iter().flat_map(|one| &one.native).map(|check| check.name.as_str()).collect();
    nowhere.retain(|name| engines.iter().all(|one| one.native.iter().any(|check| check.name == *name)));
    nowhere.sort_unstable();
    nowhere.dedup();
    let name = "every check holds natively in one engine at least".to_string();
    Check { name, ok: nowhere.is_empty(), detail: format!("{nowhere:#?}") }
}

/// Runs one family, or `only` some checks of it, on a page of its own: `bare`, `installed`, `script=/path`.
pub async fn run_family(lab: &Lab, browser: &Browser, page: &str, family: &str, only: &[String]) -> Result<Vec<Check>> {
    browser.open_page(&format!("{}/lab/page?{page}", lab.origins().page)).await?;
    let run = format!("{WRAPPER}/standard/run.js");
    let only = if only.is_empty() { json!(null) } else { json!(only) };
    let input = json!({ "run": run, "family": family, "origins": lab.origins(), "only": only });
    Ok(serde_json::from_value(browser.run(include_str!("page/standard.js"), &input).await?)?)
}

/// A page that does not survive the family has judged none of it.
async fn installed(lab: &Lab, browser: &Browser, family: &str, only: &[String]) -> Vec<Check> {
    run_family(lab, browser, "installed", family, only).await.unwrap_or_default()
}

/// Of each wrapper, whether enough checks see what is wrong with it.
async fn wrong_wrappers(lab: &Lab, browser: &Browser, native: &Conformance) -> Vec<Check> {
    let mut checks = Vec::new();
    for Wrong { script, families, breaks } in WRONG {
        let page = format!("script={WRAPPER}/wrong/{script}");
        let mut holds = Vec::new();
        for family in families {
            let seen = run_family(lab, browser, &page, family, &[]).await.unwrap_or_default();
            holds.extend(seen.into_iter().filter(|check| check.ok).map(|check| check.name));
        }
        let is_asked = |check: &&Check| families.iter().any(|family| is_of(check, family));
        let asked: Vec<&Check> = native.checks.iter().chain(&native.known).filter(is_asked).collect();
        let broken: Vec<&str> = asked
            .iter()
            .map(|check| check.name.as_str())
            .filter(|name| !holds.iter().any(|held| held == name))
            .collect();
        checks.push(Check {
            name: format!("{breaks} checks and more see what is wrong with {script}"),
            ok: broken.len() >= breaks,
            detail: format!("{} of {} do: {broken:#?}", broken.len(), asked.len()),
        });
    }
    checks
}

fn is_of(check: &Check, family: &str) -> bool {
    check.name.strip_prefix(family).is_some_and(|rest| rest.starts_with(": "))
}

fn holds(page: &[Check], name: &str) -> bool {
    page.iter().any(|check| check.name == name && check.ok)
}

/// The checks that hold on the first page and not on the second.
fn differing([bare, other]: &[Vec<Check>; 2]) -> Vec<String> {
    bare.iter().filter(|check| check.ok && !holds(other, &check.name)).map(|check| check.name.clone()).collect()
}

/// What was run again shows what it shows then.
fn replace(page: &mut [Check], again: Vec<Check>) {
    for check in again {
        page.iter_mut().filter(|known| known.name == check.name).for_each(|known| *known = check.clone());
    }
}

impl Conformance {
    fn add(&mut self, engine: Engine, [bare, other]: [Vec<Check>; 2]) {
        let (held, not): (Vec<_>, Vec<_>) = bare.into_iter().partition(|check| check.ok);
        self.native.extend(not);
        for check in held {
            let missing = || Check { ok: false, detail: "it was not judged".to_string(), ..check.clone() };
            let seen = other.iter().find(|other| other.name == check.name).cloned().unwrap_or_else(missing);
            let is_it =
                |known: &&Known| known.name == seen.name && (known.only.is_empty() || known.only.contains(&engine));
            match KNOWN.iter().find(is_it) {
                None => self.checks.push(seen),
                Some(known) if !seen.ok => self.known.push(Check { detail: known.why.to_string(), ..seen }),
                Some(_) => {
                    let detail = "it holds, but is among the differences that are known".to_string();
                    self.checks.push(Check { ok: false, detail, ..seen });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks(names: &[(&str, bool)]) -> Vec<Check> {
        names.iter().map(|(name, ok)| Check { name: name.to_string(), ok: *ok, detail: String::new() }).collect()
    }

    fn names(checks: &[Check]) -> Vec<(&str, bool)> {
        checks.iter().map(|check| (check.name.as_str(), check.ok)).collect()
    }

    #[test]
    fn what_holds_on_the_first_page_alone_differs_and_what_was_not_judged_too() {
        let bare = checks(&[("a", true), ("b", true), ("c", true), ("d", false)]);
        let other = checks(&[("a", true), ("b", false), ("d", true)]);
        assert_eq!(differing(&[bare.clone(), other.clone()]), ["b", "c"]);
        let mut all = Conformance::default();
        all.add(Engine::Chromium, [bare, other]);
        assert_eq!(names(&all.checks), [("a", true), ("b", false), ("c", false)]);
        assert_eq!(names(&all.native), [("d", false)]);
    }

    #[test]
    fn what_differs_once_and_not_again_does_not_differ() {
        let bare = checks(&[("a", true), ("b", true)]);
        let mut other = checks(&[("a", false), ("b", false)]);
        replace(&mut other, checks(&[("a", true), ("b", false)]));
        assert_eq!(differing(&[bare, other]), ["b"]);
    }

    #[test]
    fn a_known_difference_is_listed_as_long_as_it_is_there() {
        let Some(Known { name, why, .. }) = KNOWN.iter().find(|known| known.only == [Engine::Firefox]) else { return };
        let seen = |engine, ok| {
            let mut all = Conformance::default();
            all.add(engine, [checks(&[(name, true)]), checks(&[(name, ok)])]);
            all
        };
        let there = seen(Engine::Firefox, false);
        assert_eq!((there.checks.len(), there.known[0].detail.as_str()), (0, *why));
        assert_eq!(names(&seen(Engine::Firefox, true).checks), [(*name, false)]);
        assert_eq!(names(&seen(Engine::Chromium, true).checks), [(*name, true)]);
        assert_eq!(names(&seen(Engine::Chromium, false).checks), [(*name, false)]);
    }

    #[test]
    fn a_check_that_holds_in_no_engine_is_a_fault_of_the_suite() {
        let of = |names| Conformance { native: checks(names), ..Conformance::default() };
        assert!(held_nowhere(&[of(&[("a", false)]), of(&[])]).ok);
        let nowhere = held_nowhere(&[of(&[("a", false)]), of(&[("b", false), ("a", false)])]);
        assert!(!nowhere.ok && nowhere.detail.contains("\"a\"") && !nowhere.detail.contains("\"b\""), "{nowhere:?}");
    }
}
