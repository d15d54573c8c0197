//! The marks of a template, in guillemets, which no language here uses.
//!
//! - Values: `«origin»`, `«method»`, `«verb»` (the method in lower case), `«headers»`, `«exposed»`, `«maxage»`; of the called URL `«api»` (its
//!   origin), `«host»`, `«path»` (the first segment), `«route»` (the whole path); `«local»`, the path of a proxy, which is none of the
//!   page's own; `«escaped»`, the origin in a regular expression.
//! - `«headers/'%'»` stands for each of them in the place of `%`, with commas between, `«headers| »` for all of them with spaces between.
//! - A line that begins with `«?credentials»` is there only for a request with credentials, one that begins with `«!credentials»` only for
//!   one without. So with `preflight`, `headers`, `exposed`, `maxage`; `simple`, a method that needs no permission; `read`, a GET or HEAD;
//!   `standard`, a method that languages have a constant for; `ipv6`, of the page's host; `root`, the called path begins as a page's own.

use super::Wanted;
use crate::json;
use crate::prelude::*;
use crate::text;

/// The template with the values of a request.
pub fn fill(template: &str, wanted: &Wanted) -> String {
    let mut filled = String::new();
    for line in text::split(text::trim(template, "\n"), "\n") {
        if let Some(line) = kept(line, wanted) {
            push_line(&mut filled, line, wanted);
            filled.push('\n');
        }
    }
    filled
}

/// The line without its conditions, if they hold.
fn kept<'a>(mut line: &'a str, wanted: &Wanted) -> Option<&'a str> {
    loop {
        let (is_wanted, rest) = match (line.strip_prefix("«?"), line.strip_prefix("«!")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => return Some(line),
        };
        let (flag, rest) = text::split_once(rest, "»")?;
        if is(flag, wanted) != is_wanted {
            return None;
        }
        line = rest;
    }
}

fn is(flag: &str, wanted: &Wanted) -> bool {
    match flag {
        "credentials" => wanted.credentials,
        "preflight" => wanted.preflight,
        "headers" => !wanted.headers.is_empty(),
        "exposed" => !wanted.exposed.is_empty(),
        "maxage" => wanted.max_age.is_some(),
        "ipv6" => text::contains(&wanted.origin, "["),
        "read" => text::is_one_of(&wanted.method, "GET HEAD"),
        // What a page has itself.
        "root" => text::is_one_of(wanted.path(), "/ /src /node_modules /assets"),
        "simple" => text::is_one_of(&wanted.method, "GET HEAD POST"),
        _ => text::is_one_of(&wanted.method, "GET HEAD POST PUT PATCH DELETE"),
    }
}

fn push_line(filled: &mut String, line: &str, wanted: &Wanted) {
    let mut rest = line;
    while let Some((before, mark)) = text::split_once(rest, "«") {
        let (name, after) = text::split_once(mark, "»").unwrap_or((mark, ""));
        let (name, pattern) = text::split_once(name, "/").unwrap_or((name, "%"));
        let (name, gap) = text::split_once(name, "|").unwrap_or((name, ", "));
        filled.push_str(before);
        let mut age = String::new();
        let one = |value: &str| vec![value.to_string()];
        let values = match name {
            "origin" => one(&wanted.origin),
            "method" => one(&wanted.method),
            "verb" => one(&wanted.method.to_ascii_lowercase()),
            "headers" => wanted.headers.clone(),
            "exposed" => wanted.exposed.clone(),
            "maxage" => {
                json::push_number(&mut age, wanted.max_age.unwrap_or_default());
                one(&age)
            }
            "api" => one(wanted.api()),
            "host" => one(wanted.host()),
            // For regular expressions.
            "escaped" => {
                let mut escaped = wanted.origin.clone();
                for mark in [".", "[", "]"] {
                    escaped = text::replace(&escaped, mark, &text::concat(&["\\", mark]));
                }
                one(&escaped)
            }
            "route" => one(wanted.route()),
            "local" if is("root", wanted) => one("/api"),
            _ => one(wanted.path()),
        };
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                filled.push_str(gap);
            }
            filled.push_str(&text::replace(pattern, "%", value));
        }
        rest = after;
    }
    filled.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipes::ALL;

    fn wanted() -> Wanted {
        let text = |text: &str| text.to_string();
        Wanted {
            origin: text("http://localhost:5173"),
            method: text("PUT"),
            headers: vec![text("authorization"), text("content-type")],
            credentials: true,
            preflight: true,
            url: text("http://localhost:8000/items/1"),
            ..Wanted::default()
        }
    }

    #[test]
    fn values_lists_and_conditions() {
        let template = "\
a «origin» «method» «verb» «headers| » «headers» «headers/'%'» «api» «host» «path»
«?credentials»  with
«!credentials»  without
«?preflight»«?exposed»  both
«?standard»«!simple»  put
";
        let filled = "\
a http://localhost:5173 PUT put authorization content-type authorization, content-type 'authorization', 'content-type' http://localhost:8000 localhost:8000 /items
  with
  put
";
        assert_eq!(fill(template, &wanted()), filled);
        let other = Wanted { exposed: vec!["x-total".into()], max_age: Some(600), method: "PURGE".into(), ..wanted() };
        let ipv6 = Wanted { origin: "http://[::1]:80".into(), ..wanted() };
        assert_eq!(fill("«?ipv6»«escaped»\n«?root»«local»", &ipv6), "http://\\[::1\\]:80\n");
        let root = Wanted { url: "http://localhost:8000".into(), ..wanted() };
        assert_eq!(fill("«?root»«local» «path»\n«?read»a\n«!read»b", &root), "/api /\nb\n");
        assert_eq!(fill("«?preflight»«?exposed»«exposed/\"%\"» «maxage»\n«?standard»x", &other), "\"x-total\" 600\n");
    }

    #[test]
    fn every_mark_of_every_template_is_known() {
        const VALUES: &str = "origin method verb headers exposed maxage api host path route local escaped";
        const FLAGS: &str = "credentials preflight headers exposed ipv6 maxage read root simple standard";
        for server in ALL {
            for line in server.code.lines() {
                let marks: Vec<&str> = line.split('«').skip(1).collect();
                for mark in &marks {
                    let (name, _) = mark.split_once('»').unwrap_or_else(|| panic!("{}: {line}", server.id));
                    let is_known = match name.strip_prefix(['?', '!']) {
                        Some(flag) => text::is_one_of(flag, FLAGS),
                        None => text::is_one_of(name.split(['/', '|']).next().unwrap_or_default(), VALUES),
                    };
                    assert!(is_known, "{} has a mark «{name}»", server.id);
                }
                let flags = marks.iter().filter(|mark| mark.starts_with(['?', '!'])).count();
                let leading = line
                    .split('»')
                    .take_while(|part| part.starts_with(['«']) && part.starts_with("«?") | part.starts_with("«!"))
                    .count();
                assert_eq!(flags, leading, "{}: conditions stand at the beginning: {line}", server.id);
            }
        }
    }
}
