//! Small operations on texts. The standard library's own, with a `&str` as pattern or separator, are general and fast, and would be
//! a tenth of the core.

/// `text.contains(part)`
pub fn contains(text: &str, part: &str) -> bool {
    find(text, part).is_some()
}

/// `text.split_once(mark)`
pub fn split_once<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let at = find(text, mark)?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// `text.replace(from, to)`
pub fn replace(text: &str, from: &str, to: &str) -> String {
    let mut rest = text;
    let mut replaced = String::new();
    while let Some((before, after)) = split_once(rest, from) {
        replaced.push_str(before);
        replaced.push_str(to);
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}

/// `parts.concat()`
pub fn concat(parts: &[&str]) -> String {
    join(parts, "")
}

/// `parts.join(mark)`
pub fn join<T: AsRef<str>>(parts: &[T], mark: &str) -> String {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push_str(mark);
        }
        text.push_str(part.as_ref());
    }
    text
}

/// One of these names is this one.
pub fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known == name)
}

/// Where `part` begins, which is not empty.
fn find(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        if rest.len() < part.len() || part.is_empty() {
            return None;
        }
        if rest.starts_with(part) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_do_what_the_standard_librarys_do() {
        for (text, part) in
            [("http://a://b", "://"), ("{page}, {page}", "{page}"), ("…a…", "…"), ("ab", "abc"), ("", "a")]
        {
            assert_eq!(contains(text, part), text.contains(part));
            assert_eq!(split_once(text, part), text.split_once(part));
            assert_eq!(replace(text, part, "…x"), text.replace(part, "…x"));
        }
        assert_eq!(join(&["a", "", "b"], ", "), "a, , b");
    }
}
