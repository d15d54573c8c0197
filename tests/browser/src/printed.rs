//! The figures as a table for people: a line a figure, a column an engine.

use std::fmt;

use crate::accuracy::{Accuracy, Trips};
use crate::trips::DELAY;

/// The figures as a table for people, with what they mean.
pub struct Printed<'a>(pub &'a [Accuracy]);

type Line = (&'static str, fn(&Accuracy) -> String);

const LINES: &[Line] = &[
    ("rows whose call fails", |it| it.rows.to_string()),
    ("  contained: the cause is named", |it| it.contained.to_string()),
    ("  settled right: it alone is", |it| it.settled_right.to_string()),
    ("  settled wrong: another alone is", |it| it.settled_wrong.to_string()),
    ("  missed: others are named", |it| it.missed.to_string()),
    ("  unknown, by its own words", |it| it.unknown.to_string()),
    ("  silent: no diagnosis came", |it| format!("{} ({} meant)", it.silent, it.silent_as_meant)),
    ("causes named: mean, largest", |it| format!("{:.2}, {}", it.mean_causes, it.max_causes)),
    ("  plain causes: mean, largest", |it| format!("{:.2}, {}", it.mean_plain, it.max_plain)),
    ("  the cause is a plain one", |it| format!("{} of {}", it.plain_contained, it.rows)),
    ("  optimum: mean", |it| format!("{:.2}", it.mean_optimum)),
    ("  mean / optimum", |it| format!("{:.3}", it.to_optimum)),
    ("probes: median, most", |it| format!("{}, {}", it.median_probes, it.max_probes)),
    ("requests at the server: mean, most", |it| format!("{:.1}, {}", it.mean_requests, it.max_requests)),
    ("round trips: median, most", |it| trips(&it.trips[0])),
    ("  of calls with a preflight", |it| trips(&it.trips[1])),
    ("milliseconds: median, most", |it| format!("{}, {}", it.median_ms, it.max_ms)),
];

const LEGEND: &str = "Plain: without an \"only if\", the report's simplest explanation. Optimum: what would be left if every\n\
    allowed probe were asked. Round trips: requests one after another; not counted where a row redirects, hangs, drops or has its own timing.";

impl fmt::Display for Printed<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |name: &str, cell: &dyn Fn(&Accuracy) -> String| {
            write!(out, "{name:<34}")?;
            self.0.iter().try_for_each(|engine| write!(out, "  {:>12}", cell(engine)))?;
            writeln!(out)
        };
        line("", &|it| it.engine.to_string())?;
        LINES.iter().try_for_each(|(name, cell)| line(name, cell))?;
        writeln!(out, "Every answer takes {} ms. {LEGEND}", DELAY.as_millis())?;
        for engine in self.0.iter().filter(|engine| !engine.above_optimum.is_empty()) {
            writeln!(out, "above the optimum in {}: {}", engine.engine, engine.above_optimum.join("; "))?;
        }
        Ok(())
    }
}

fn trips(trips: &Trips) -> String {
    if trips.rows == 0 { "-".to_string() } else { format!("{}, {}", trips.median, trips.max) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_has_a_line_and_each_engine_a_column() {
        let firefox = Accuracy { engine: "firefox", rows: 7, to_optimum: 1.0, ..Accuracy::default() };
        let webkit =
            Accuracy { engine: "webkit", above_optimum: vec!["a names 2, not 1".to_string()], ..firefox.clone() };
        let text = Printed(&[firefox, webkit]).to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0].split_whitespace().collect::<Vec<_>>(), ["firefox", "webkit"]);
        assert_eq!(lines[1], "rows whose call fails                          7             7");
        assert_eq!(lines.last(), Some(&"above the optimum in webkit: a names 2, not 1"));
        assert!(lines.iter().all(|line| line.len() < 150), "{text}");
    }
}
