//! The figures as a table for people: a line a figure, a column an engine.

use std::fmt;

use super::{Bench, Figure, Spread};
use crate::trips::DELAY;

/// The figures of some engines as a table for people, with what they mean.
pub struct PrintedBench<'a>(pub &'a [Bench]);

const LEGEND: &str = "Median of the rounds (quartiles) [95 % interval of the median]. Added: beyond a native call of the same round, whose answer is there\n\
    at once. Pauses counted: the mean, with the collections of garbage. A bare patch is the least that can tell of a failure. On loopback:\n\
    whole calls to a server on this machine. Bytes: only Chromium tells. Diagnoses:";

impl fmt::Display for PrintedBench<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:<64}", "")?;
        self.0.iter().try_for_each(|bench| write!(out, "  {:<30}", bench.engine))?;
        writeln!(out)?;
        for (name, unit) in lines(self.0) {
            write!(out, "{:<64}", format!("{name}, {unit}"))?;
            for bench in self.0 {
                let figure = bench.figures.iter().find(|figure| figure.name == name && figure.unit == unit);
                write!(out, "  {:<30}", figure.map_or("-".to_string(), cell))?;
            }
            writeln!(out)?;
        }
        writeln!(out, "{LEGEND} every answer takes {} ms.", DELAY.as_millis())
    }
}

/// Name and unit of what any engine has a figure of, in order.
fn lines(benches: &[Bench]) -> Vec<(&str, &str)> {
    let mut lines = Vec::new();
    for Figure { name, unit, .. } in benches.iter().flat_map(|bench| &bench.figures) {
        if !lines.contains(&(name.as_str(), *unit)) {
            lines.push((name.as_str(), *unit));
        }
    }
    lines
}

fn cell(Figure { unit, spread, .. }: &Figure) -> String {
    let Spread { median, quartiles: [low, high], interval: [from, to] } = spread;
    let digits = match *unit {
        "times" => 2,
        "bytes" => 1,
        _ => 0,
    };
    format!("{median:.digits$} ({low:.digits$} {high:.digits$}) [{from:.digits$} {to:.digits$}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_has_a_line_each_engine_a_column_and_what_was_not_measured_a_dash() {
        let time = Figure::of("fetch: whycors / bare", "times", vec![1.25, 1.5, 2.0]);
        let bytes = Figure::of("fetch, retained: native", "bytes", vec![-0.04]);
        let chromium = Bench { engine: "chromium", figures: vec![time.clone(), bytes] };
        let text = PrintedBench(&[Bench { engine: "firefox", figures: vec![time] }, chromium]).to_string();
        let words =
            |line: usize| text.lines().nth(line).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(words(0).as_deref(), Some("firefox chromium"));
        let cell = "1.50 (1.38 1.75) [1.25 2.00]";
        assert_eq!(words(1), Some(format!("fetch: whycors / bare, times {cell} {cell}")));
        assert_eq!(words(2).as_deref(), Some("fetch, retained: native, bytes - -0.0 (-0.0 -0.0) [-0.0 -0.0]"));
    }
}
