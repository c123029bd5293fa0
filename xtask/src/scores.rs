//! `cargo xtask scores`: every development set through the program and its scorer, one table.
//!
//! The scorers say what a figure means; here they are only called. A set whose gold, scorer or interpreter is not on
//! this machine is skipped with a line that says so.

mod attacks;
mod coreference;
mod forecasts;
mod measure;
mod sentences;
mod sets;
mod signed;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value};

use crate::blocks;
use crate::failure::Failure;
use crate::results::{self, Figure, Scores};
use crate::workspace::{Workspace, output, output_to, typed};
use measure::{Bar, Measure};
use sets::{Input, Set};

/// How the scores are made.
#[derive(clap::Args)]
pub struct Options {
    /// Write docs/scores.md, and the tables inside other pages; with `--only`, those tables alone.
    #[arg(long)]
    write: bool,
    /// The folder that holds gold/ and score/ (default: `shared` beside the repository).
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// The program to score, instead of building it.
    #[arg(long, value_name = "PATH")]
    binary: Option<PathBuf>,
    /// The interpreter of the scorers.
    #[arg(long, value_name = "COMMAND", default_value = "python3")]
    python: String,
    /// Only the set of this name; nothing is kept for the page of scores.
    #[arg(long, value_name = "SET")]
    only: Option<String>,
    /// Fail where a bar is not met.
    #[arg(long)]
    strict: bool,
}

/// Scores all sets, prints the table, and writes the page if asked; whether every set that is present could be scored
/// (with `--strict`: and every bar is met).
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool, Failure> {
    let shared = options.gold.clone().unwrap_or_else(|| workspace.root().join("../shared"));
    if !shared.join("gold").is_dir() {
        println!("skipped: {} is not here", shared.join("gold").display());
        return Ok(true);
    }
    if let Err(cause) = Command::new(&options.python).args(["-c", ":"]).output() {
        println!("skipped: {} does not start ({cause})", options.python);
        return Ok(true);
    }
    let shared = shared.canonicalize().map_err(Failure::file(&shared))?;
    let scorer = Scorer {
        program: workspace.program(options.binary.as_deref())?,
        trainer: OnceCell::new(),
        workspace,
        python: options.python.clone(),
        scratch: workspace.target().join("scores"),
        shared,
    };
    std::fs::create_dir_all(&scorer.scratch).map_err(Failure::file(&scorer.scratch))?;
    let mut scores =
        Scores { origin: workspace.origin(), figures: Vec::new(), absent: Vec::new(), commands: Vec::new() };
    let mut sound = true;
    let wanted = |name: &str| options.only.as_deref().is_none_or(|only| only == name);
    /// How something is scored: the figures, and the commands by which they came about.
    type Scored = Result<(Vec<Figure>, Vec<String>), Failure>;
    let mut take = |name: &str, what: &str, missing: Option<String>, score: &dyn Fn() -> Scored| {
        if let Some(missing) = missing {
            scores.absent.push(format!("{name}, {what}: skipped, {missing} is not here"));
            return;
        }
        eprintln!("scoring {name}: {what}");
        match score() {
            Ok((figures, lines)) => {
                scores.figures.extend(figures);
                scores.commands.push((format!("{name}, {what}"), lines));
            }
            Err(failure) => {
                sound = false;
                scores.absent.push(format!("{name}, {what}: failed, {failure}"));
            }
        }
    };
    for set in sets::all(&scorer.shared.join("gold"))?.into_iter().filter(|set| wanted(&set.name)) {
        take(&set.name, set.what, scorer.missing(&set), &|| {
            let (report, lines) = scorer.score(&set)?;
            Ok((set.measures.iter().map(|measure| figure(&set, measure, &report)).collect(), lines))
        });
    }
    let absent = |root: &Path, path: String| Some(path).filter(|path| !root.join(path).exists());
    let gold = |path: &str| absent(&scorer.shared, format!("gold/{path}"));
    /// Name, what is done, the gold that is not here, how it is scored.
    type Other<'o> = (&'o str, &'o str, Option<String>, &'o dyn Fn() -> Scored);
    let others: [Other<'_>; 4] = [
        (signed::NAME, signed::WHAT, gold(signed::GOLD), &|| signed::score(&scorer.program, &scorer.shared)),
        (attacks::NAME, attacks::WHAT, gold(attacks::GOLD), &|| {
            attacks::score(&scorer.program, &scorer.shared, &scorer.scratch)
        }),
        (coreference::NAME, coreference::WHAT, gold(coreference::GOLD), &|| {
            coreference::score(workspace, &scorer.shared)
        }),
        (sentences::NAME, sentences::WHAT, absent(workspace.root(), sentences::GOLD.into()), &|| {
            sentences::score(workspace)
        }),
    ];
    for (name, what, missing, score) in others.into_iter().filter(|(name, ..)| wanted(name)) {
        take(name, what, missing, score);
    }
    print!("{}", results::scores_table(&scores));
    for line in &scores.absent {
        println!("{line}");
    }
    if options.only.is_none() {
        results::keep(workspace, "scores.json", &scores)?;
    }
    if options.write {
        blocks::write(workspace.root(), &scores)?;
        if options.only.is_none() {
            results::write_page(workspace)?;
        }
    }
    let met = scores.figures.iter().all(|figure| figure.met != Some(false));
    Ok(sound && (met || !options.strict))
}

/// One row of the table. A measure that the scorer did not print is shown as such and meets no bar.
fn figure(set: &Set, measure: &Measure, report: &Value) -> Figure {
    let value = report.pointer(measure.pointer).filter(|value| value.is_number());
    let text = value.map_or_else(|| "not printed".to_owned(), number);
    let of = measure.of.and_then(|pointer| report.pointer(pointer)).map(number);
    Figure {
        set: set.name.clone(),
        what: set.what.to_owned(),
        measure: measure.name.to_owned(),
        figure: of.map_or(text.clone(), |of| format!("{text} of {of}")),
        bar: measure.bar.map_or_else(String::new, |bar| bar.to_string()),
        met: measure.bar.map(|bar: Bar| value.and_then(Value::as_f64).is_some_and(|value| bar.met(value))),
    }
}

/// Counts as they are, shares with two decimals.
fn number(value: &Value) -> String {
    match (value.as_i64(), value.as_f64()) {
        (Some(count), _) => count.to_string(),
        (None, Some(share)) => format!("{share:.2}"),
        (None, None) => value.to_string(),
    }
}

/// Everything that is the same for all sets.
struct Scorer<'w> {
    program: PathBuf,
    /// The workshop's program, built when it is first wanted.
    trainer: OnceCell<PathBuf>,
    workspace: &'w Workspace,
    python: String,
    shared: PathBuf,
    scratch: PathBuf,
}

impl Scorer<'_> {
    /// What a set needs and this machine lacks.
    fn missing(&self, set: &Set) -> Option<String> {
        if let Input::Example(file) = set.input {
            return (!self.workspace.root().join(file).exists()).then(|| file.to_owned());
        }
        if set.own() && !self.workspace.root().join(&set.gold).exists() {
            return Some(set.gold.to_string());
        }
        let mut needed: Vec<String> =
            (!set.own()).then(|| format!("gold/{}", set.gold)).into_iter().collect();
        needed.push(format!("score/{}", set.scorer));
        if let Input::Script(script, _) | Input::HeldOut(script, _) = set.input {
            needed.push(format!("score/{script}"));
        }
        if set.commands.contains(&sets::UNSEEN) {
            needed.extend(sets::LESSONS.map(|lesson| format!("gold/{lesson}")));
        }
        needed.into_iter().find(|path| !self.shared.join(path).exists())
    }

    /// What the scorer of a set printed, and the commands by which it came about.
    fn score(&self, set: &Set) -> Result<(Value, Vec<String>), Failure> {
        let mut gold = if set.own() {
            self.workspace.root().join(&set.gold)
        } else {
            self.shared.join("gold").join(&set.gold)
        };
        let mut stem = format!("{}-{}", set.name.replace('/', "-"), plain(set.commands[0]));
        let mut lines = Vec::new();
        if matches!(set.input, Input::HeldOut(..)) {
            let part = self.scratch.join(format!("{}-held-out", set.name));
            held_out(&gold, &part)?;
            lines.push(format!(
                "# {}: {} with the documents that are kept from training alone",
                name(&part),
                set.gold
            ));
            gold = part;
            stem += "-held-out";
        }
        let input = self.scratch.join(format!("{stem}.input.jsonl"));
        match set.input {
            Input::Later(part) => {
                let mut command = Command::new(&self.program);
                command
                    .args(set.commands)
                    .arg("--train")
                    .arg(&gold)
                    .arg("--test")
                    .arg(gold.with_file_name(part));
                return Ok((report(&mut command)?, vec![self.shown(&command)]));
            }
            Input::Rolling(part) => {
                let mut command = Command::new(&self.program);
                command.args(set.commands).arg(&gold).arg(gold.with_file_name(part));
                return Ok((report(&mut command)?, vec![self.shown(&command)]));
            }
            Input::Example(file) => {
                let mut command = Command::new(&self.program);
                command.args(set.commands).arg(self.workspace.root().join(file));
                return Ok((report(&mut command)?, vec![self.shown(&command)]));
            }
            Input::Script(script, flag) | Input::HeldOut(script, flag) => {
                let mut command = self.script(script);
                command.arg(flag).arg(&gold);
                output_to(&mut command, &input)?;
                lines.push(format!("{} > {}", self.shown(&command), name(&input)));
            }
            Input::Fields(fields) => {
                pairs(&gold, fields, &input)?;
                lines.push(format!(
                    "# {}: {} with the fields {} alone",
                    name(&input),
                    set.gold,
                    fields.join(", ")
                ));
            }
        }
        let mut evaluate = self.script(set.scorer);
        evaluate.arg(&gold);
        for verb in set.commands {
            let answer = self.scratch.join(format!("{stem}.{}", plain(verb)));
            let mut command =
                if *verb == sets::UNSEEN { self.unseen()? } else { Command::new(&self.program) };
            if *verb != sets::UNSEEN {
                command.args(verb.split(' '));
            }
            command.arg(&input);
            output_to(&mut command, &answer)?;
            lines.push(format!("{} > {}", self.shown(&command), name(&answer)));
            evaluate.arg(&answer);
        }
        lines.push(self.shown(&evaluate));
        Ok((report(&mut evaluate)?, lines))
    }

    /// The workshop's command that answers for sentences which the models were learned from; its input is to follow.
    fn unseen(&self) -> Result<Command, Failure> {
        let trainer = match self.trainer.get() {
            Some(trainer) => trainer,
            None => {
                let built = self.workspace.built("demarche-train", "demarche-train")?;
                self.trainer.get_or_init(|| built)
            }
        };
        let [pairs, sentences] = sets::LESSONS.map(|lesson| self.shared.join("gold").join(lesson));
        let data = self.workspace.root().join("data");
        let mut command = Command::new(trainer);
        command.arg("choice").arg("--pairs").arg(pairs).arg("--sentences").arg(sentences);
        command.arg("--model").arg(data.join("models/english-fast/model.bin"));
        command.arg("--lexicon").arg(data.join("lexicon")).arg("--unseen");
        Ok(command)
    }

    fn script(&self, script: &str) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(self.shared.join("score").join(script));
        // The scorers import each other; the folder is not ours to write caches into.
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    /// A command as a reader of the page would type it, with no path of this machine.
    fn shown(&self, command: &Command) -> String {
        let mut text = typed(command);
        for (path, short) in [(&self.program, "demarche"), (&self.shared, "../shared")] {
            text = text.replace(&path.display().to_string(), short);
        }
        if let Some(trainer) = self.trainer.get() {
            text = text.replace(&trainer.display().to_string(), "demarche-train");
        }
        // The scratch folder may lie in the repository.
        for folder in [self.scratch.as_path(), self.workspace.root()] {
            text = text.replace(&format!("{}/", folder.display()), "");
        }
        text
    }
}

/// A command as a part of a file's name.
fn plain(command: &str) -> String {
    command.replace(" --", "-").replace(' ', "-")
}

/// The JSON object that a command prints.
fn report(command: &mut Command) -> Result<Value, Failure> {
    let printed = output(command)?;
    serde_json::from_str(printed.trim()).map_err(|fault| Failure::Command {
        command: typed(command),
        detail: format!("printed no JSON object: {fault}"),
    })
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Writes the rows of a gold file with the named fields alone, so that the program cannot see the answers.
fn pairs(gold: &Path, fields: &[&str], to: &Path) -> Result<(), Failure> {
    let text = std::fs::read_to_string(gold).map_err(Failure::file(gold))?;
    let mut out = String::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Map<String, Value> = serde_json::from_str(line)
            .map_err(|fault| Failure::content(gold, format!("line {}: {fault}", at + 1)))?;
        let kept: Map<String, Value> =
            fields.iter().filter_map(|&field| Some((field.to_owned(), row.get(field)?.clone()))).collect();
        out += &Value::Object(kept).to_string();
        out.push('\n');
    }
    results::write(to, &out)
}

/// Writes a gold folder again with the documents alone that are kept from training; the scorers pass over what is said of
/// others.
fn held_out(gold: &Path, to: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(to).map_err(Failure::file(to))?;
    for file in ["documents.jsonl", "entities.jsonl"] {
        let from = gold.join(file);
        let text = std::fs::read_to_string(&from).map_err(Failure::file(&from))?;
        let kept = |at: usize| file != "documents.jsonl" || sets::held_out(at);
        let lines = text.lines().enumerate().filter(|(at, _)| kept(*at)).flat_map(|(_, line)| [line, "\n"]);
        results::write(&to.join(file), &lines.collect::<String>())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn seed() -> Set {
        sets::all(Path::new("/nowhere")).unwrap().into_iter().find(|set| set.name == "seed").unwrap()
    }

    #[test]
    fn figures_are_held_against_their_bars() {
        let set = seed();
        let rows = |report: Value| -> Vec<(String, Option<bool>)> {
            set.measures.iter().map(|m| figure(&set, m, &report)).map(|f| (f.figure, f.met)).collect()
        };
        let good = rows(json!({"facts": 17, "found": 14, "never": 4, "coded_wrongly": 0}));
        assert_eq!(good, [("14 of 17".to_owned(), Some(true)), ("0 of 4".to_owned(), Some(true))]);
        let bad = rows(json!({"facts": 17, "found": 5, "never": 4, "coded_wrongly": 1}));
        assert_eq!(bad, [("5 of 17".to_owned(), Some(false)), ("1 of 4".to_owned(), Some(false))]);
        assert_eq!(rows(json!({}))[0], ("not printed".to_owned(), Some(false)));
    }

    #[test]
    fn documents_kept_from_training_are_scored_alone() {
        let folder = tempfile::tempdir().unwrap();
        let rows: String = (0..12).map(|k| format!("{{\"id\":\"{k}\"}}\n")).collect();
        for file in ["documents.jsonl", "entities.jsonl"] {
            std::fs::write(folder.path().join(file), &rows).unwrap();
        }
        let part = folder.path().join("part");
        held_out(folder.path(), &part).unwrap();
        let kept = std::fs::read_to_string(part.join("documents.jsonl")).unwrap();
        assert_eq!(kept, "{\"id\":\"3\"}\n{\"id\":\"10\"}\n");
        assert_eq!(std::fs::read_to_string(part.join("entities.jsonl")).unwrap(), rows);
    }

    #[test]
    fn shares_have_two_decimals_and_counts_none() {
        assert_eq!((number(&json!(93.1)), number(&json!(17))), ("93.10".to_owned(), "17".to_owned()));
    }
}
