//! `cargo xtask`: the commands of this repository. Each installs what it needs, or says what to install.
//!
//! This file is the command line; every command is a module of its own.

use std::path::PathBuf;
use std::process::ExitCode;

use browser::Engine;
use clap::{Args, Parser, Subcommand};

mod accuracy;
mod bench;
mod bundle;
mod demo;
mod edge_tests;
mod files;
mod inline;
mod libraries;
mod manifest;
mod node;
mod optimum;
mod package;
mod predictions;
mod process;
mod recipes;
mod rows;
mod sample;
mod setup;
mod site;
mod size;
mod tally;
mod test;
mod workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, about = "The commands of this repository")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the page and the misconfigured servers that it diagnoses, on loopback
    Demo {
        /// Port of the page; without it 8080 or, if that is taken, a free one
        #[arg(long)]
        port: Option<u16>,
    },
    /// Run the tests: one part, or all of them
    Test {
        part: Option<test::Part>,
        /// With `recipes`: only these targets, by their names
        targets: Vec<String>,
        #[command(flatten)]
        engines: Engines,
        /// Everything, not a sample: a million generated worlds instead of 200,000, every row under a strict policy
        #[arg(long)]
        all: bool,
    },
    /// How often and how exactly whycors is right about the table of scenarios in real engines
    Accuracy {
        /// Instead, how near its choice of probes comes to the best one, computed; writes docs/what-a-page-can-tell.md
        #[arg(long, conflicts_with = "names")]
        model: bool,
        /// From a page with a strict policy, with the probes that are not asked there
        #[arg(long, conflicts_with = "model")]
        strict: bool,
        #[command(flatten)]
        engines: Engines,
        /// Also write the figures to this file
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
    /// What whycors costs a page in real engines: ratios, with their spread
    Bench {
        #[command(flatten)]
        engines: Engines,
        /// Also write the figures to this file
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
    /// Build the hosted demo page into dist/
    Site,
    /// Build the npm package into pkg/, as it would be published
    Build,
    /// Bytes of each published file, raw, gzip and brotli, against the budget
    Size {
        /// Also write the table to this file
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
}

#[derive(Args)]
struct Engines {
    /// Only these of chromium, firefox, webkit
    #[arg(long = "engine", value_name = "NAMES", value_delimiter = ',', value_parser = rows::engine)]
    names: Vec<Engine>,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Demo { port } => demo::command(port),
        Command::Test { part, targets, engines, all } => test::command(part, &targets, &engines.names, all),
        Command::Accuracy { model: true, json, .. } => optimum::command(json.as_deref()),
        Command::Accuracy { strict: true, engines, json, .. } => accuracy::strict(&engines.names, json.as_deref()),
        Command::Accuracy { engines, json, .. } => accuracy::command(&engines.names, json.as_deref()),
        Command::Bench { engines, json } => bench::command(&engines.names, json.as_deref()),
        Command::Site => site::command(),
        Command::Build => package::command(),
        Command::Size { json } => size::command(json.as_deref()),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
