//! Small operations on texts. The standard library's own, with a `&str` as pattern or separator, are general and fast, and would be
//! a tenth of the core.

use crate::prelude::*;

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

/// `format!(template, values...)`, of texts. Where more than two parts are put together, it takes less room than [`concat`]: the words
/// between the values need no place of their own in a list.
#[inline(never)]
pub fn fill(template: &str, values: &[&str]) -> String {
    let mut text = String::new();
    let mut rest = template;
    for value in values {
        let Some((before, after)) = split_once(rest, "{}") else { break };
        text.push_str(before);
        text.push_str(value);
        rest = after;
    }
    text.push_str(rest);
    text
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

/// `text.split(marks)`, for marks in ASCII.
#[inline(never)]
pub fn split<'a>(text: &'a str, marks: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut begin = 0;
    for (index, byte) in text.bytes().enumerate() {
        if is_any_of(byte, marks) {
            parts.push(text.get(begin..index).unwrap_or_default());
            begin = index + 1;
        }
    }
    parts.push(text.get(begin..).unwrap_or_default());
    parts
}

/// The text before the first of these marks in ASCII.
pub fn until<'a>(text: &'a str, marks: &str) -> &'a str {
    let end = text.bytes().position(|byte| is_any_of(byte, marks));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// `text.rsplit_once(mark)`, for a mark in ASCII.
pub fn rsplit_once(text: &str, mark: u8) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == mark)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// `text.bytes().all(is)`
#[inline(never)]
pub fn all(text: &str, is: fn(u8) -> bool) -> bool {
    text.bytes().all(is)
}

/// `text.bytes().any(is)`
#[inline(never)]
pub fn any(text: &str, is: fn(u8) -> bool) -> bool {
    text.bytes().any(is)
}

/// One of these marks in ASCII is this byte.
#[inline(never)]
pub fn is_any_of(byte: u8, marks: &str) -> bool {
    marks.bytes().any(|mark| mark == byte)
}

/// The number that digits write, up to 65535.
#[inline(never)]
pub fn number(digits: &str) -> Option<u16> {
    let mut number: u16 = 0;
    for byte in digits.bytes() {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number = number.checked_mul(10)?.checked_add(digit.into())?;
    }
    if digits.is_empty() { None } else { Some(number) }
}

/// `text.trim_matches(marks)`, for marks in ASCII.
#[inline(never)]
pub fn trim<'a>(text: &'a str, marks: &str) -> &'a str {
    let is_text = |byte: u8| !is_any_of(byte, marks);
    let begin = text.bytes().position(is_text).unwrap_or(text.len());
    let end = text.bytes().rposition(is_text).map_or(begin, |last| last + 1);
    text.get(begin..end).unwrap_or_default()
}

/// Those of the names that are to be kept.
#[inline(never)]
pub fn only(names: &[String], is_kept: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut kept = Vec::new();
    for name in names {
        if is_kept(name) {
            kept.push(name.clone());
        }
    }
    kept
}

/// One of these names is this one.
pub fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known == name)
}

/// One of these words, which spaces separate, is this one. A list in one text is shorter than a `match`.
#[inline(never)]
pub fn is_one_of(word: &str, words: &str) -> bool {
    split(words, " ").contains(&word)
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
        assert_eq!(fill("{}: {}.", &["{}", "b"]), format!("{}: {}.", "{}", "b"));
        assert_eq!(fill("a", &[]), "a");
        assert!(is_one_of("a", "a bc") && is_one_of("bc", "a bc"));
        assert!(!is_one_of("b", "a bc") && !is_one_of("a bc", "a bc") && !is_one_of("", "a bc"));
        for digits in ["", "0", "080", "65535", "65536", "99999999", "8a", "-1"] {
            assert_eq!(number(digits), digits.parse().ok());
        }
        for text in ["", ",", "a", ",a;b,", "…,…", " a b ", ";;"] {
            assert_eq!(split(text, ",;"), text.split([',', ';']).collect::<Vec<_>>());
            assert_eq!(until(text, ",;"), text.split([',', ';']).next().unwrap_or_default());
            assert_eq!(trim(text, " ,;"), text.trim_matches([' ', ',', ';']));
            assert_eq!(rsplit_once(text, b','), text.rsplit_once(','));
        }
    }
}
