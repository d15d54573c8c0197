//! `docs/what-a-page-can-tell.md`: for each engine and kind of call, the classes of causes and what tells them apart.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use browser::ENGINES;
use whycors::request::Engine;

use super::classes::{By, Classes, Named, Split, classes};
use super::signals::{self, ONE_HEADER};
use super::{Case, Means};

/// The page.
pub fn write(cases: &[Case]) -> String {
    let mut page = INTRODUCTION.to_string();
    for engine in ENGINES {
        let cases: Vec<&Case> = cases.iter().filter(|case| case.engine == engine).collect();
        write_engine(&mut page, engine, &fold(&cases));
    }
    page.push_str(UNLIKE);
    write_counts(&mut page, cases);
    page
}

const INTRODUCTION: &str = "<!-- Written by `cargo xtask accuracy --model`. -->
# What a page can tell

When a cross-origin call fails, the browser knows why and keeps it from the page: whoever could read the reason could map
the network behind the browser, or learn where its user is logged in. Every failure is the same `TypeError`. What is left
to a page is to ask again in other ways, and to watch which of these fail. Some causes fail in all of them alike. Those no
page can tell apart, and whycors names them together.

This page says which. It is computed from whycors's model of the Fetch standard and of each engine; the signals that the
model rests on were measured.

## How to read it

Each kind of call has a table of classes. **Causes in one row are always named together**, whatever is asked: the browser's
console, `curl` or the server's log must settle the rest. A word in brackets is the exchange that fails, where a code knows
both. `dns-failure` happens to host names only, `tls-failure` to https only.

*Told apart* lists the classes that are never named together with this one, and what tells: the call itself, or a probe.
Where several are listed, each does for some of the worlds. *Sometimes* lists the classes that this one is told apart from
on some servers and looks like on others: a refused preflight hides what the server would have answered to the call, and a
plain GET may fail for reasons of its own.

All probes are taken to be asked. A diagnosis sends one with credentials at most, no more than eight in all, and fewer when
nothing more is to be learned. The servers meant here treat the probes as they treat the call;
[others](#with-servers-that-treat-the-call-unlike-the-probes) come last.
";

const UNLIKE: &str = "
## With servers that treat the call unlike the probes

A probe is not the call: it is a GET where the call was a PUT, it carries no cookie, it leaves headers out. Most servers do
not mind. Some do: the GET is another route, a login page meets whoever has no cookie, a gateway wants its header. Of a
request unlike the call nothing is assumed then: it may get any HTTP answer, so what it got rules out nothing that concerns
the call alone. whycors holds these worlds possible too. A verdict names the causes that need one after the others, with
the words \"Only if the server answers ...\".

They cost precision. The table counts the worlds that the model holds possible, those that look alike to every probe and
belong to one cause being one: the plain ones, and those of servers that are odd in this way or in another. *Left* is the
mean number of causes that the best choice of probes leaves: over the plain worlds, over all. Every cause counts the same
in it, and so does each world of a cause. `>` marks a bound: the best leaves that many or more.

| Call | Chromium: worlds | left | Firefox: worlds | left | WebKit: worlds | left |
|---|---|---|---|---|---|---|
";

/// Kinds of calls with the same classes.
struct Group<'a> {
    shapes: Vec<&'a str>,
    classes: Classes,
}

fn fold<'a>(cases: &[&'a Case]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group> = Vec::new();
    for case in cases {
        let classes = classes(&case.ways);
        match groups.iter_mut().find(|group| anywhere(&group.classes) == anywhere(&classes)) {
            Some(group) => group.add(case.shape.name, classes),
            None => groups.push(Group { shapes: vec![case.shape.name], classes }),
        }
    }
    groups
}

/// The causes that do not depend on the address.
fn anywhere(classes: &Classes) -> Vec<Vec<Named>> {
    let is_anywhere = |(code, _): &Named| !matches!(*code, "dns-failure" | "tls-failure");
    classes.causes.iter().map(|causes| causes.iter().copied().filter(is_anywhere).collect()).collect()
}

impl<'a> Group<'a> {
    fn add(&mut self, shape: &'a str, classes: Classes) {
        self.shapes.push(shape);
        for (known, causes) in self.classes.causes.iter_mut().zip(classes.causes) {
            if causes.len() > known.len() {
                *known = causes;
            }
        }
        for (pair, split) in classes.splits {
            if let Some(known) = self.classes.splits.get_mut(&pair) {
                *known = known.both(&split);
            }
        }
    }
}

impl Split {
    fn both(&self, other: &Split) -> Split {
        let (Split::Always(mine) | Split::Sometimes(mine)) = self;
        let (Split::Always(theirs) | Split::Sometimes(theirs)) = other;
        let mut by: By = mine.clone();
        by.extend(theirs.iter().filter(|id| !mine.contains(id)).cloned());
        match (self, other) {
            (Split::Always(_), Split::Always(_)) => Split::Always(by),
            _ => Split::Sometimes(by),
        }
    }
}

fn write_engine(page: &mut String, engine: Engine, groups: &[Group]) {
    let name = match engine {
        Engine::Chromium => "Chromium",
        Engine::Firefox => "Firefox",
        Engine::WebKit => "WebKit",
        Engine::Other => "Other engines",
    };
    let _ = write!(page, "\n## {name}\n\n| | What is asked | What was measured |\n|---|---|---|\n");
    let splits = groups.iter().flat_map(|group| group.classes.splits.values());
    let used: BTreeSet<&str> = splits
        .flat_map(|split| match split {
            Split::Always(by) | Split::Sometimes(by) => by.iter().map(String::as_str),
        })
        .collect();
    for probe in signals::probes().filter(|probe| used.contains(probe)) {
        let _ = writeln!(page, "| {} | {} | {} |", code(probe), signals::does(probe), signals::signal(probe, engine));
    }
    for group in groups {
        let _ = write!(page, "\n### {name}: {}\n\n", group.shapes.join("; "));
        page.push_str("| | Named together | Told apart | Sometimes |\n|---|---|---|---|\n");
        for (class, causes) in group.classes.causes.iter().enumerate() {
            let causes: Vec<String> = causes.iter().map(cause).collect();
            let (always, sometimes) = told(&group.classes, class);
            let _ = writeln!(page, "| {} | {} | {always} | {sometimes} |", letter(class), causes.join(", "));
        }
    }
}

fn cause((code, phase): &Named) -> String {
    phase.map_or_else(|| format!("`{code}`"), |phase| format!("`{code}` ({phase})"))
}

/// The other classes by what tells them from this one: always, and sometimes.
fn told(classes: &Classes, class: usize) -> (String, String) {
    let mut always: Vec<(&By, String)> = Vec::new();
    let mut sometimes: Vec<(&By, String)> = Vec::new();
    for other in (0..classes.causes.len()).filter(|other| *other != class) {
        let (list, by) = match classes.splits.get(&(class.min(other), class.max(other))) {
            Some(Split::Always(by)) => (&mut always, by),
            Some(Split::Sometimes(by)) => (&mut sometimes, by),
            None => continue,
        };
        match list.iter_mut().find(|(known, _)| *known == by) {
            Some((_, letters)) => letters.push_str(&format!(" {}", letter(other))),
            None => list.push((by, letter(other).to_string())),
        }
    }
    let cell = |list: Vec<(&By, String)>| {
        let one = |(by, letters): (&By, String)| {
            let by: Vec<String> = by.iter().map(|id| code(id)).collect();
            if by.is_empty() { letters } else { format!("{letters} by {}", by.join(", ")) }
        };
        list.into_iter().map(one).collect::<Vec<_>>().join("; ")
    };
    (cell(always), cell(sometimes))
}

fn code(probe: &str) -> String {
    if probe == ONE_HEADER { "`header:`*name*".to_string() } else { format!("`{probe}`") }
}

fn letter(class: usize) -> char {
    ('A'..='Z').nth(class).unwrap_or('?')
}

fn write_counts(page: &mut String, cases: &[Case]) {
    for line in cases.chunks(ENGINES.len()) {
        let Some(first) = line.first() else { continue };
        let _ = write!(page, "| {} |", first.shape.name);
        for Case { line, .. } in line {
            let odd = line.all.worlds - line.plain.worlds;
            let _ = write!(page, " {} + {odd} | {}, {} |", line.plain.worlds, best(&line.plain), best(&line.all));
        }
        page.push('\n');
    }
}

fn best(means: &Means) -> String {
    let bound = if means.is_reached { "" } else { "> " };
    format!("{bound}{:.2}", means.optimum)
}
