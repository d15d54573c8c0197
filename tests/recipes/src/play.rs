//! One target in a browser: what fails without its recipe, passes with it, and what stays refused.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use browser::{Browser, Check};
use lab::Lab;
use serde_json::{Value, json};

use crate::asked::{Recipe, asked_for};
use crate::calls::{Answer, codes, full, method, path, simple};
use crate::parameters::{Asked, parameters};
use crate::place::{self, Fills};
use crate::server::{self, Server};
use crate::target::{Call, Case, Kind, Target};
use crate::tools;

/// Where targets are played.
pub struct Stage<'a> {
    /// Serves the package at `/pkg`.
    pub lab: &'a Lab,
    /// The page's browser.
    pub browser: &'a Browser,
    /// Where copies of projects are.
    pub folder: PathBuf,
    /// The package.
    pub package: PathBuf,
}

/// Plays a target; a check for each thing that was tried.
pub async fn play(stage: &Stage<'_>, target: &Target) -> Vec<Check> {
    let mut checks = Vec::new();
    if let Err(error) = played(stage, target, &mut checks).await {
        checks.push(check(target, "can be played to its end", Err(error)));
    }
    checks
}

fn check(target: &Target, name: &str, outcome: Result<()>) -> Check {
    let detail = outcome.as_ref().err().map(|error| format!("{error:#}")).unwrap_or_default();
    Check { name: format!("{}: {name}", target.id), ok: outcome.is_ok(), detail }
}

struct Play<'a> {
    stage: &'a Stage<'a>,
    target: &'a Target,
    folder: PathBuf,
    port: u16,
    upstream: u16,
    environment: Vec<(String, String)>,
}

async fn played(stage: &Stage<'_>, target: &Target, checks: &mut Vec<Check>) -> Result<()> {
    let folder = stage.folder.join(&target.id);
    tools::install(&target.app(), &folder)?;
    let (port, upstream) = (server::free_port().await?, server::free_port().await?);
    let play = Play { stage, target, environment: tools::environment(&stage.folder, &folder), folder, port, upstream };
    place::write(&target.app(), &play.folder, &Fills::new(), &play.values())?;
    if target.kind == Kind::Proxy {
        let public = play.folder.join("public/pkg");
        std::fs::create_dir_all(&public)?;
        for (name, bytes) in place::files(&stage.package)? {
            if name.extension().is_some_and(|extension| extension == "js") && name.parent() == Some(Path::new("")) {
                std::fs::write(public.join(name), bytes)?;
            }
        }
    }
    let behind = match target.upstream.is_empty() {
        true => None,
        false => {
            Some(Server::start(&play.command(&target.upstream), &play.folder, upstream, &[], &play.environment).await?)
        }
    };
    let version = play.tool(&target.version)?;
    let bare = play.bare_and_mended(&version, checks).await?;
    for case in &target.cases {
        let outcome = play.case(case, &bare).await;
        checks.push(check(target, &case.id, outcome));
    }
    let outcome = play.checks_of_parameters().await;
    checks.push(check(target, "its tool takes the recipe of other requests", outcome));
    if let Some(behind) = behind {
        behind.stop(upstream).await;
    }
    Ok(())
}

impl Play<'_> {
    /// The Diagnoses where nothing is configured: of the GET, and of the PUT if it was made.
    async fn bare_and_mended(&self, version: &str, checks: &mut Vec<Check>) -> Result<[Value; 2]> {
        let target = self.target;
        let server = self.serve(&Fills::new()).await?;
        let get = self.fails(&simple(), &target.bare.get).await;
        let put = match target.kind {
            Kind::Api => Some(self.fails(&full(), &target.bare.put).await),
            Kind::Proxy => None,
        };
        server.stop(self.port).await;
        let (get_ok, diagnosed) = split(get);
        checks.push(check(target, "without configuration a GET fails, with its cause", get_ok));
        let diagnosis_of_get = diagnosed.context("no recipe for the GET can be tried")?;
        checks.push(check(
            target,
            "the version that is printed is the one that runs",
            self.is_of(version, &diagnosis_of_get),
        ));
        let outcome = self.mended_get(&diagnosis_of_get).await;
        checks.push(check(target, "the recipe for a GET lets it pass, and nothing more", outcome));
        let mut of_put = Value::Null;
        if let Some(put) = put {
            let (put_ok, diagnosed) = split(put);
            checks.push(check(target, "without configuration a PUT with credentials fails, with its cause", put_ok));
            of_put = diagnosed.context("no recipe for the PUT can be tried")?;
            let outcome = self.mended_put(&of_put).await;
            checks.push(check(
                target,
                "the recipe for a PUT with credentials lets it pass, its errors too, and nothing more",
                outcome,
            ));
        }
        Ok([diagnosis_of_get, of_put])
    }

    /// Of pinned packages to the last digit; Debian's change by themselves.
    fn is_of(&self, version: &str, diagnosis: &Value) -> Result<()> {
        let says = self.printed(diagnosis)?.ran.context("it is said not to have been run")?;
        for part in &self.target.ran {
            ensure!(version.contains(part.as_str()), "`ran` says {part}, which ran is {}", version.trim());
            let number = part.trim_start_matches(|letter: char| !letter.is_ascii_digit());
            ensure!(says.contains(number), "the recipe says {says}, target.toml {part}");
        }
        Ok(())
    }

    async fn mended_get(&self, diagnosis: &Value) -> Result<()> {
        let server = self.serve(&self.parts(&self.printed(diagnosis)?)?).await?;
        self.tool(&self.target.check).context("the tool's own check")?;
        self.passes(&simple(), 200, "").await?;
        if self.target.kind == Kind::Proxy {
            self.passes(&full(), 200, "").await?;
        } else {
            let further = Call { headers: [("x-other".to_string(), "1".to_string())].into(), ..simple() };
            self.is_refused(&further, "a further header").await?;
            self.is_refused(&full(), "a PUT").await?;
            self.elsewhere(&simple()).await?;
            self.passes(&simple(), 200, "").await.context("afterwards")?;
        }
        server.stop(self.port).await;
        Ok(())
    }

    async fn mended_put(&self, diagnosis: &Value) -> Result<()> {
        let exposes: Vec<&str> =
            Some(self.target.exposes.as_str()).filter(|name| !name.is_empty()).into_iter().collect();
        let recipe = self.asked_for(diagnosis, &exposes, Some(5)).await?;
        let server = self.serve(&self.parts(&recipe)?).await?;
        self.tool(&self.target.check).context("the tool's own check")?;
        self.passes(&full(), 200, &self.target.exposes).await?;
        for path in &self.target.errors {
            let call = Call { path: Some(path.clone()), credentials: Some("include".into()), ..Call::default() };
            let answer = self.call(&call, "").await?;
            match (answer.status, self.target.unreadable.contains_key(path)) {
                (Some(400..=599), false) | (None, true) => {}
                (Some(status), false) => bail!("GET {path} has status {status}: no error"),
                (Some(_), true) => bail!("GET {path} is readable; target.toml says that it is not"),
                (None, false) => bail!("the error answer to GET {path} is not readable: {}", answer.said()),
            }
        }
        let wrong = |name: &str| if name == "authorization" { "Bearer wrong" } else { "application/json" };
        let denied = Call {
            headers: full().headers.into_keys().map(|name| (name.clone(), wrong(&name).to_string())).collect(),
            ..full()
        };
        self.passes(&denied, 401, "").await.context("with a wrong token")?;
        self.is_refused(&Call { method: Some("DELETE".into()), ..full() }, "a DELETE").await?;
        let mut further = full();
        further.headers.insert("x-other".into(), "1".into());
        self.is_refused(&further, "a further header").await?;
        self.elsewhere(&full()).await?;
        self.passes(&full(), 200, "").await.context("afterwards")?;
        server.stop(self.port).await;
        Ok(())
    }

    async fn case(&self, case: &Case, [get, put]: &[Value; 2]) -> Result<()> {
        let server = match self.serve(&case.slots).await {
            // Some misconfigurations end the server.
            Err(_) if case.cause == "connection-refused" => None,
            served => Some(served.context("misconfigured")?),
        };
        let diagnosis = self.fails(&case.call, &case.cause).await?;
        if let Some(server) = server {
            server.stop(self.port).await;
        }
        let printed = match case.cause.as_str() {
            // Without an answer there is nothing that headers mend, as far as a page can tell.
            "connection-refused" | "connection-dropped" => {
                let bare = if case.call.method.is_some() { put } else { get };
                let about = json!({ "request": bare["request"], "fix": bare["fix"], "causes": diagnosis["causes"] });
                self.asked_for(&about, &[], None).await?
            }
            _ => self.printed(&diagnosis)?,
        };
        let first = &diagnosis["fix"]["recipes"][0];
        ensure!(
            case.first.is_none() || case.first.as_deref() == first["target"].as_str(),
            "the first recipe is {first}"
        );
        if let Some(pitfall) = &case.pitfall {
            ensure!(
                printed.pitfalls.iter().any(|says| says.contains(pitfall.as_str())),
                "no pitfall is printed that says {pitfall:?}: {:#?}",
                printed.pitfalls
            );
        }
        let mut fills = self.parts(&printed)?;
        for slot in &case.stays {
            fills.insert(slot.clone(), case.slots.get(slot).cloned().unwrap_or_default());
        }
        let server = self.serve(&fills).await.context("with the recipe")?;
        let then = case.then.clone().unwrap_or_default();
        let call = Call {
            method: then.method.or(case.call.method.clone()),
            path: then.path.or(case.call.path.clone()),
            headers: if then.headers.is_empty() { case.call.headers.clone() } else { then.headers },
            credentials: then.credentials.or(case.call.credentials.clone()),
            mode: then.mode.or(case.call.mode.clone()),
        };
        let answer = self.call(&call, "").await?;
        ensure!(answer.failed.is_none(), "with the recipe it fails still: {}{}", answer.said(), server.said());
        server.stop(self.port).await;
        Ok(())
    }

    /// Other requests than those of the calls.
    async fn checks_of_parameters(&self) -> Result<()> {
        let page = &self.stage.lab.origins().page;
        self.stage.browser.open_page(&format!("{page}/lab/page")).await?;
        let whycors = format!("{page}/pkg/index.js");
        for asked in parameters(&self.api()) {
            let Asked { about, expose, max_age } = &asked;
            let recipe = asked_for(self.stage, &whycors, &self.target.id, about, expose, *max_age).await?;
            place::write(&self.target.app(), &self.folder, &self.parts(&recipe)?, &self.values())?;
            self.tool(&self.target.check).with_context(|| format!("of {asked:?}"))?;
        }
        Ok(())
    }

    /// The recipe as it stands in a Diagnosis.
    fn printed(&self, diagnosis: &Value) -> Result<Recipe> {
        let recipes: Vec<Recipe> = serde_json::from_value(diagnosis["fix"]["recipes"].clone())?;
        let recipe = recipes.into_iter().find(|recipe| recipe.target == self.target.id);
        recipe.with_context(|| format!("no recipe for {} is in the Diagnosis", self.target.id))
    }

    async fn asked_for(&self, about: &Value, expose: &[&str], max_age: Option<u32>) -> Result<Recipe> {
        asked_for(self.stage, &self.whycors(), &self.target.id, about, expose, max_age).await
    }

    fn parts(&self, recipe: &Recipe) -> Result<Fills> {
        place::parts(&recipe.code, &self.target.slots)
    }

    fn whycors(&self) -> String {
        match self.target.kind {
            Kind::Api => format!("{}/pkg/index.js", self.stage.lab.origins().page),
            Kind::Proxy => "/pkg/index.js".to_string(),
        }
    }

    async fn serve(&self, fills: &Fills) -> Result<Server> {
        place::write(&self.target.app(), &self.folder, fills, &self.values())?;
        if !self.target.build.is_empty() {
            self.tool(&self.target.build)?;
        }
        Server::start(
            &self.command(&self.target.run),
            &self.folder,
            self.port,
            &["/items", "/items/1", "/broken"],
            &self.environment,
        )
        .await
    }

    fn tool(&self, command: &[String]) -> Result<String> {
        let command = self.command(command);
        let (program, arguments) = command.split_first().context("an empty command")?;
        let environment = self.environment.iter().map(|(name, value)| (name, value));
        tools::run(
            std::process::Command::new(tools::found(program, &self.environment))
                .args(arguments)
                .current_dir(&self.folder)
                .envs(environment),
        )
    }

    fn command(&self, command: &[String]) -> Vec<String> {
        let mut words: Vec<String> = command.iter().map(|word| place::marked(word, &self.values())).collect();
        if let Some(program) = words.first_mut() {
            *program = tools::found(program, &self.environment);
        }
        words
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        vec![
            ("port", self.port.to_string()),
            ("upstream", self.upstream.to_string()),
            ("dir", self.folder.display().to_string()),
        ]
    }

    fn page(&self) -> String {
        match self.target.kind {
            Kind::Api => format!("{}/lab/page", self.stage.lab.origins().page),
            Kind::Proxy => format!("http://127.0.0.1:{}/", self.port),
        }
    }

    fn api(&self) -> String {
        let port = if self.target.kind == Kind::Proxy { self.upstream } else { self.port };
        format!("http://127.0.0.1:{port}")
    }

    /// The call fails: its Diagnosis, which names the cause.
    async fn fails(&self, call: &Call, cause: &str) -> Result<Value> {
        let answer = self.call_at(&self.api(), call, "").await?;
        ensure!(answer.failed.is_some(), "it passes: {}", answer.said());
        let (url, init) = (format!("{}{}", self.api(), path(call)), json!(call));
        let input = json!({ "url": url, "init": init, "whycors": self.whycors() });
        let diagnosis = self.stage.browser.run(include_str!("page/diagnose.js"), &input).await?;
        let codes = codes(&diagnosis);
        ensure!(
            codes.iter().any(|code| code == cause),
            "the Diagnosis names {codes:?}, not {cause}:\n{}",
            diagnosis["report"].as_str().unwrap_or_default()
        );
        Ok(diagnosis)
    }

    /// With the recipe, as the page now calls it.
    async fn call(&self, call: &Call, reads: &str) -> Result<Answer> {
        let base = if self.target.kind == Kind::Proxy { String::new() } else { self.api() };
        self.call_at(&base, call, reads).await
    }

    async fn call_at(&self, base: &str, call: &Call, reads: &str) -> Result<Answer> {
        self.stage.browser.open_page(&self.page()).await?;
        self.call_here(base, call, reads).await
    }

    async fn call_here(&self, base: &str, call: &Call, reads: &str) -> Result<Answer> {
        let input = json!({ "url": format!("{base}{}", path(call)), "init": call, "reads": reads });
        Ok(serde_json::from_value(self.stage.browser.run(include_str!("page/call.js"), &input).await?)?)
    }

    async fn passes(&self, call: &Call, status: u16, reads: &str) -> Result<()> {
        let answer = self.call(call, reads).await?;
        ensure!(
            answer.status == Some(status),
            "{} {} should have {status}: {}",
            method(call),
            path(call),
            answer.said()
        );
        ensure!(reads.is_empty() || answer.read, "the header {reads} cannot be read");
        Ok(())
    }

    async fn is_refused(&self, call: &Call, what: &str) -> Result<()> {
        let answer = self.call(call, "").await?;
        ensure!(answer.failed.is_some(), "{what} passes as well: {}", answer.said());
        Ok(())
    }

    /// The same call from another origin, which is the same server's.
    async fn elsewhere(&self, call: &Call) -> Result<()> {
        let page = self.page().replace("localhost", "127.0.0.1");
        self.stage.browser.open_page(&page).await?;
        let answer = self.call_here(&self.api(), call, "").await?;
        ensure!(answer.failed.is_some(), "another origin passes as well: {}", answer.said());
        Ok(())
    }
}

fn split(outcome: Result<Value>) -> (Result<()>, Option<Value>) {
    match outcome {
        Ok(diagnosis) => (Ok(()), Some(diagnosis)),
        Err(error) => (Err(error), None),
    }
}
