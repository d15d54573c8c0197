//! What WebKit says, in Safari and in the views of apps.

use super::Means::*;
use super::glyphs::flat;
use super::{Template, means, says};
use crate::text;

const CORP: &[&str] = &["corp", "coep"];
const LOOP: &[&str] = &["too-many-redirects"];
const REFUSED: &[&str] = &["connection-refused"];
const TLS: &[&str] = &["tls-failure"];
const DROPPED: &[&str] = &["connection-dropped"];

pub(super) const TEMPLATES: &[Template] = &[
    means("cross-origin redirection to {U} denied by cross-origin resource sharing policy", RedirectHead),
    means("cross-origin redirection to {k} denied by cross-origin resource sharing policy", RedirectHead),
    says("redirection url {v} has credentials", &["redirect-with-credentials"]),
    says("not allowed to follow a redirection while loading {U}", &["redirect-mode-error"]),
    says("load cannot follow more than {k} redirections", LOOP),
    says("too many http redirects", LOOP),
    says("redirect count exceeded", LOOP),
    says("ns_error_redirect_loop", LOOP),
    means("origin {o} is not allowed by access-control-allow-origin", NotAllowed),
    means("origin is not allowed by access-control-allow-origin", NotAllowed),
    means("status code: {s}", Tail),
    means("cannot load {u} due to access control checks", Tail),
    says("access-control-allow-origin cannot contain more than one origin", &["multiple-allow-origin"]),
    says(
        "cannot use wildcard in access-control-allow-origin when credentials flag is true",
        &["wildcard-with-credentials"],
    ),
    says("credentials flag is true, but access-control-allow-credentials is not true", &["allow-credentials-not-true"]),
    means("preflight response is not successful", PreflightFailed),
    says("header access-control-allow-methods has an invalid value: {v}", &["invalid-allow-methods"]),
    says("header access-control-allow-headers has an invalid value: {v}", &["invalid-allow-headers"]),
    says("cancelled load to {U} because it violates the resource s cross-origin-resource-policy response header", CORP),
    says("because it violates the resource s cross-origin-resource-policy response header", CORP),
    says("response served by service worker is", &["service-worker"]),
    // WebKitGTK and WPE: the words of libsoup and GIO.
    says("could not connect to {t} connection refused", REFUSED),
    says("could not connect to {t} no route to host", &["connection-refused", "no-response"]),
    says("could not connect to {t} network is unreachable", &["connection-refused", "offline"]),
    says("could not connect to {t} connection timed out", &["no-response"]),
    says("error resolving {t} name or service not known", &["dns-failure"]),
    says("error resolving {t} temporary failure in name resolution", &["dns-failure", "offline"]),
    says("error resolving {t} no address associated with hostname", &["dns-failure"]),
    says("unacceptable tls certificate", TLS),
    says("error receiving data: connection reset by peer", DROPPED),
    says("error sending data: connection reset by peer", DROPPED),
    says("connection terminated unexpectedly", DROPPED),
    says("could not parse http response", DROPPED),
    says("load resource: http/2 error: {t}", DROPPED),
    says("load resource: a server with the specified hostname could not be found", &["dns-failure"]),
    says("'a server with the specified hostname could not be found", &["dns-failure"]),
    says("load resource: could not connect to the server", REFUSED),
    says("'could not connect to the server", REFUSED),
    says("failed: could not connect to the server", REFUSED),
    says("load resource: the certificate for this server is invalid", TLS),
    says("the certificate for this server is invalid. you might be connecting to", TLS),
    says("load resource: an ssl error has occurred", TLS),
    says("an ssl error has occurred and a secure connection to the server cannot be made", TLS),
    says("a tls error caused the secure connection to fail", TLS),
    says("load resource: the network connection was lost", DROPPED),
    says("failed: the network connection was lost", DROPPED),
    says("'the network connection was lost", DROPPED),
    says("load resource: the request timed out", &["no-response"]),
    says("'the request timed out", &["no-response"]),
    says("the internet connection appears to be offline", &["offline"]),
    says("not allowed to use restricted network port", &["bad-port"]),
    means("failed to load resource:", SystemReason),
    says("nsurlerrordomain code=-1001", &["no-response"]),
    says("nsurlerrordomain code=-1003", &["dns-failure"]),
    says("nsurlerrordomain code=-1004", REFUSED),
    says("nsurlerrordomain code=-1005", DROPPED),
    says("nsurlerrordomain code=-1009", &["offline"]),
    says("nsurlerrordomain code=-120", TLS),
];

/// What a system's words for a failed connection mean, in the languages that Safari was seen in. `None` for what is no such sentence.
pub(super) fn system_reason(sentence: &str) -> Option<&'static [&'static str]> {
    const STEMS: [(&str, &[&str]); 6] = [
        ("ssl|tls|zertifikat|certificat|证书|憑證|証明書|인증서|сертификат", TLS),
        (
            "超时|逾時|タイムアウト|시간이 초과|zeitüberschreitung|expiré|tiempo de espera|tempo limite|scaduta|лимит времени|zaman aşımı",
            &["no-response"],
        ),
        ("互联网|網際網路|インターネット|인터넷|internet|интернет", &["offline"]),
        ("主机名|主機名稱|ホスト名|호스트 이름|hostname|nom d’hôte|de host|nome host|именем хоста", &["dns-failure"]),
        ("中断|中斷|切れ|切断|유실|끊|unterbrochen|perdue|perdido|perdida|persa|потеряно", DROPPED),
        (
            "连接到服务器|连接服务器|連接伺服器|サーバに接続|서버에 연결|verbindung zum server|au serveur|conectar al servidor|\
             con el servidor|ao servidor|connettersi al server|подключиться к серверу",
            REFUSED,
        ),
    ];
    let lower = flat(sentence);
    let is_other = ["://", "::", "status of", "null"].iter().any(|part| text::contains(&lower, part));
    let is_in = |stems: &str| text::split(stems, "|").into_iter().any(|stem| text::contains(&lower, stem));
    let known = STEMS.iter().find(|(stems, _)| !is_other && is_in(stems));
    known.map(|(_, causes)| *causes)
}
