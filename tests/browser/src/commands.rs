//! What is particular to one driver: capabilities, and commands outside of the WebDriver standard.

use std::path::{Path, PathBuf};

use fantoccini::wd::WebDriverCompatibleCommand;
use lab::PUBLIC;
use serde_json::{Value, json};

/// A POST to a path below the session.
#[derive(Debug)]
pub struct Post(pub &'static str, pub Value);

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}

/// The DevTools messages in chromedriver's performance log.
pub fn messages(entries: &Value) -> Vec<Value> {
    let texts = entries.as_array().into_iter().flatten().filter_map(|entry| entry["message"].as_str());
    texts.filter_map(|text| Some(serde_json::from_str::<Value>(text).ok()?["message"].take())).collect()
}

/// Chromium without a window, also as root; everything that would make requests of its own is off.
pub const CHROMIUM_ARGUMENTS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// A profile of its own, the log of the network for the truth about CORS errors, and an origin that counts as public.
pub fn chromium(profile: &Path, public: &str, extension: Option<&Path>) -> Value {
    // Chromedriver finds Chrome by itself; Debian's and Ubuntu's Chromium it has to be shown.
    let binary = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium"];
    let mut arguments = CHROMIUM_ARGUMENTS.map(str::to_string).to_vec();
    arguments.push(format!("--user-data-dir={}", profile.join("chromium").display()));
    let port = public.rsplit(':').next().unwrap_or_default();
    arguments.push(format!("--host-resolver-rules=MAP {PUBLIC} 127.0.0.1"));
    arguments.push(format!("--unsafely-treat-insecure-origin-as-secure={public}"));
    arguments.push(format!("--ip-address-space-overrides=127.0.0.1:{port}=public,[::1]:{port}=public"));
    if let Some(extension) = extension {
        arguments.push(format!("--load-extension={}", extension.display()));
        arguments.push("--disable-features=DisableLoadExtensionCommandLineSwitch".to_string());
    }
    let mut capabilities = json!({
        "goog:loggingPrefs": { "performance": "ALL" },
        "goog:chromeOptions": {
            "args": arguments,
        },
    });
    if let Some(binary) = binary.into_iter().find(|binary| Path::new(binary).exists()) {
        capabilities["goog:chromeOptions"]["binary"] = json!(binary);
    }
    capabilities
}

/// Everything that would make requests of its own is off; timers are exact, as Resource Timing is under isolation; an origin
/// counts as public.
pub fn firefox(public: &str) -> Value {
    let port = public.rsplit(':').next().unwrap_or_default();
    json!({
        "moz:firefoxOptions": {
            "args": ["-headless"],
            "prefs": {
                "app.normandy.enabled": false,
                "app.update.auto": false,
                "browser.newtabpage.enabled": false,
                "browser.safebrowsing.malware.enabled": false,
                "browser.safebrowsing.phishing.enabled": false,
                "browser.search.update": false,
                "captivedetect.canonicalURL": "",
                "datareporting.policy.dataSubmissionEnabled": false,
                "extensions.update.enabled": false,
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
                "dom.securecontext.allowlist": PUBLIC,
                "network.dns.localDomains": PUBLIC,
                "network.lna.address_space.public.override": format!("127.0.0.1:{port},[::1]:{port}"),
                "services.settings.server": "data:,",
                "toolkit.telemetry.enabled": false,
                "toolkit.telemetry.server": "data:,",
            },
        },
    })
}

/// MiniBrowser, the browser that WebKitGTK's driver knows.
pub fn webkit() -> Value {
    let mut capabilities = json!({ "webkitgtk:browserOptions": { "args": ["--automation"] } });
    if let Some(binary) = mini_browser() {
        capabilities["webkitgtk:browserOptions"]["binary"] = json!(binary);
    }
    capabilities
}

/// `/usr/lib/<triplet>/webkit2gtk-<version>/MiniBrowser`, the newest.
pub fn mini_browser() -> Option<PathBuf> {
    let entries = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let versions = entries(Path::new("/usr/lib")).flat_map(|triplet| entries(&triplet).collect::<Vec<_>>());
    versions.map(|version| version.join("MiniBrowser")).filter(|binary| binary.is_file()).max()
}
