//! `impact`: did it work? Events of a pair or an actor before and after a day.
//!
//! Records become series here ([`series`]) and answers are written ([`report`], [`words`], [`picture`]); what can be told from a series
//! stands in `demarche-analysis`.

mod picture;
mod report;
mod series;
mod words;

use crate::Screen;
use crate::args::Impact;
use crate::balance::network::{Fault, text_of, worded};
use crate::balance::{ending, json, print, records, write_file};
use crate::failure::{Failure, SOME_FAILED};
use crate::stream::complain;
use report::Report;
use series::{Question, Who};

/// Runs the command; the exit status.
pub fn run(arguments: &Impact, screen: Screen) -> Result<u8, Failure> {
    let question = ask(arguments)?;
    for path in &arguments.output {
        if !matches!(ending(path).as_deref(), Some("svg" | "csv" | "json")) {
            return Err(Failure::Arguments {
                message: format!("the ending of `{}` tells no format of output", path.display()),
                help: ".svg, .csv and .json do".to_owned(),
            });
        }
    }
    let refuse = |faults: &[Fault]| {
        complain(&worded(&arguments.input, faults));
        Ok(SOME_FAILED)
    };
    let text = match text_of(&arguments.input)? {
        Ok(text) => text,
        Err(fault) => return refuse(&[fault]),
    };
    let found = match records::happenings(&arguments.input, &text, question.who.is_state()) {
        Ok(found) => found,
        Err(faults) => return refuse(&faults),
    };
    let made = match series::make(&question, &found) {
        Ok(made) => made,
        Err(fault) => return refuse(&[fault]),
    };
    let report = Report::new(&question, &made);
    for path in &arguments.output {
        let content = match ending(path).as_deref() {
            Some("svg") => picture::draw(&report),
            Some("csv") => report.table(),
            _ => json(&report)?,
        };
        write_file(path, &content)?;
    }
    let shown = if screen.out.is_terminal && !arguments.json {
        report.text(screen.out.paint)
    } else {
        json(&report)?
    };
    print(&shown, &arguments.output)
}

fn ask(arguments: &Impact) -> Result<Question, Failure> {
    let unusable = |message: String, help: &str| Failure::Arguments { message, help: help.to_owned() };
    if let (Some(from), Some(until)) = (arguments.from, arguments.until)
        && until < from
    {
        return Err(unusable("--until is before --from".to_owned(), "exchange the two"));
    }
    let who = match (&arguments.dyad, &arguments.country) {
        (Some(dyad), _) => {
            let pair = dyad.split_once(':').map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned()));
            let pair = pair.filter(|(a, b)| !a.is_empty() && !b.is_empty() && a != b);
            let (a, b) = pair.ok_or_else(|| {
                unusable(format!("`{dyad}` names no two actors"), "write them as in --dyad RUS:UKR")
            })?;
            Who::Pair(a, b)
        }
        (None, actor) => {
            let actor = actor.as_deref().map(str::trim).unwrap_or_default();
            if actor.is_empty() {
                return Err(unusable("--country names nobody".to_owned(), "write it as in --country IRN"));
            }
            Who::One(actor.to_owned())
        }
    };
    Ok(Question {
        who,
        date: arguments.date,
        period: arguments.period,
        from: arguments.from,
        until: arguments.until,
    })
}
