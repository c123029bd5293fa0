//! The command line of demarche. It takes arguments apart, calls the library and shows what comes back; nothing is
//! read, coded or written here by other means than the library's.

mod additions;
mod args;
mod attacks;
mod balance;
mod classify;
mod codebook;
mod explain;
mod failure;
mod forecast;
mod impact;
mod layout;
mod lexicon;
mod models;
mod parse;
mod progress;
mod records;
mod sources;
mod spent;
mod stats;
mod stream;
mod table;
mod terminal;
mod tree;
mod values;
mod what_if;

use args::{Arguments, Command, ForecastCommand, LexiconCommand};
use clap::Parser;
use failure::Failure;
use std::process::ExitCode;
use terminal::Terminal;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let screen = Screen {
        out: Terminal::stdout(arguments.color),
        err: Terminal::stderr(arguments.color),
        quiet: arguments.quiet,
    };
    keep_quiet_about_documents();
    match obey(arguments.command, screen) {
        Ok(status) => ExitCode::from(status),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            stream::complain(&failure.draw(screen.err));
            ExitCode::from(failure.status())
        }
    }
}

/// The two outputs and how much is said on the second.
#[derive(Debug, Clone, Copy)]
struct Screen {
    out: Terminal,
    err: Terminal,
    quiet: bool,
}

fn obey(command: Command, screen: Screen) -> Result<u8, Failure> {
    use demarche::write::RecordKind;
    match command {
        Command::Code(records) => records::run(&records, RecordKind::Event, screen),
        Command::Relations(records) => records::run(&records, RecordKind::Tie, screen),
        Command::Entities(records) => records::run(&records, RecordKind::Mention, screen),
        Command::Comments(records) => records::run(&records, RecordKind::Comment, screen),
        Command::Attacks(records) => records::run(&records, RecordKind::Attack, screen),
        Command::Parse(parse) => parse::run(&parse, screen),
        Command::Classify(classify) => classify::run(&classify, screen),
        Command::Explain(explain) => explain::run(&explain, screen),
        Command::Codebook { kind } => codebook::run(kind, screen),
        Command::Balance(balance) => balance::run(&balance, screen),
        Command::WhatIf(what_if) => what_if::run(&what_if, screen),
        Command::Impact(impact) => impact::run(&impact, screen),
        Command::Forecast(forecast) => match forecast.command {
            Some(ForecastCommand::Evaluate(evaluate)) => forecast::evaluate::run(&evaluate),
            Some(ForecastCommand::Tune(tune)) => forecast::tune::run(&tune),
            None => forecast::answer::run(&forecast.outlook, screen),
        },
        Command::Backtest(backtest) => forecast::backtest::run(&backtest, screen),
        Command::Lexicon(command) => match command {
            LexiconCommand::Check { dir } => lexicon::check::run(dir.as_deref(), screen),
            LexiconCommand::Find { name, on, format, lexicon } => {
                lexicon::find::run(&name.join(" "), on, format, &lexicon, screen)
            }
            LexiconCommand::Add { files } => lexicon::add::run(&files, screen),
            LexiconCommand::Import(import) => lexicon::import::run(&import, screen),
            LexiconCommand::Mine(mine) => lexicon::mine::run(&mine, screen),
            LexiconCommand::Counts { lexicon } => lexicon::counts::run(&lexicon, screen),
        },
    }
}

/// A document that breaks the program is reported as a note; what the threads that do the work would say of it on
/// their own comes only where it was asked for.
fn keep_quiet_about_documents() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let asked = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
        if asked || std::thread::current().name() == Some("main") {
            usual(panic);
        }
    }));
}
