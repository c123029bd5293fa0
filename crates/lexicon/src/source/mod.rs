//! Sources into an image: every file read, every fault noted with its file, line and bytes.

mod actors;
mod check;
mod fields;
mod operators;
mod report;
mod rules;
mod standards;
mod ties;
mod words;

use crate::Image;
use demarche_record::{Note, Severity};
use fields::Fields;
use report::{Report, Source};
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// Deepest folder that is read.
const DEEPEST: usize = 8;

/// Largest file that is read, in bytes.
const LARGEST: u64 = 512 << 20;

/// What the names of files begin with that are compiled over an image.
const ADDED: &str = "added/";

/// The only version of the format there is.
const VERSION: i64 = 1;

/// Compiles the sources below a folder.
///
/// All faults are collected: an entry with an error is left out, everything else is compiled. Without a note of
/// severity [`Severity::Error`] the image is fit for use.
pub fn compile(dir: &Path) -> (Image, Vec<Note>) {
    let mut notes = Vec::new();
    let sources = gather(dir, &mut notes);
    if sources.is_empty() {
        notes.push(unreadable(dir, "no sources here".to_owned()));
    }
    let image = compile_sources(&sources, &Image::default(), &mut notes);
    (image, sorted(notes))
}

/// Compiles files, or what is below folders, as additions to an image; the result is to be laid over it.
///
/// They may refer to what is in `base`; an entry for one of its actors needs neither kind nor name. Names that two actors
/// share are warned of and kept: what is gathered from lists is not at odds with itself by one's own choice.
pub fn compile_over(base: &Image, paths: &[PathBuf]) -> (Image, Vec<Note>) {
    let mut notes = Vec::new();
    let mut sources = Vec::new();
    for path in paths {
        if path.is_dir() {
            sources.extend(gather(path, &mut notes));
            continue;
        }
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        sources.extend(open(format!("{ADDED}{name}"), path, &mut notes));
    }
    let mut image = compile_sources(&sources, base, &mut notes);
    for note in &mut notes {
        if note.code == "lexicon::duplicate-name" {
            note.severity = Severity::Warning;
        }
    }
    image.classes.retain(|name, members| base.classes.get(name) != Some(members));
    (image, sorted(notes))
}

/// The sources below a folder in the order of their names.
fn gather(dir: &Path, notes: &mut Vec<Note>) -> Vec<Source> {
    let mut files = Vec::new();
    list(dir, 0, &mut files, notes);
    let mut named: Vec<(String, PathBuf)> = files
        .into_iter()
        .map(|path| {
            let below = path.strip_prefix(dir).unwrap_or(&path);
            let parts: Vec<_> = below.components().map(|c| c.as_os_str().to_string_lossy()).collect();
            (parts.join("/"), path)
        })
        .collect();
    named.sort();
    named.into_iter().filter_map(|(name, path)| open(name, &path, notes)).collect()
}

fn open(name: String, path: &Path, notes: &mut Vec<Note>) -> Option<Source> {
    match read(path) {
        Ok(text) => Some(Source::new(name, path.display().to_string(), text)),
        Err(message) => {
            notes.push(unreadable(path, message));
            None
        }
    }
}

fn sorted(mut notes: Vec<Note>) -> Vec<Note> {
    notes.sort_by(|a, b| {
        let at = |n: &Note| n.span.map(|s| (s.start, s.end));
        (&a.place, at(a), a.code, &a.message).cmp(&(&b.place, at(b), b.code, &b.message))
    });
    notes
}

fn unreadable(path: &Path, message: String) -> Note {
    Note {
        place: path.display().to_string(),
        line: None,
        span: None,
        severity: Severity::Error,
        code: "lexicon::unreadable",
        message,
        hint: None,
    }
}

fn list(dir: &Path, depth: usize, files: &mut Vec<PathBuf>, notes: &mut Vec<Note>) {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) => return notes.push(unreadable(dir, e.to_string())),
    };
    for entry in entries {
        let found = entry.and_then(|e| Ok((e.path(), e.file_type()?)));
        match found {
            Ok((path, kind)) if kind.is_dir() => {
                if depth < DEEPEST {
                    list(&path, depth + 1, files, notes);
                }
            }
            Ok((path, _)) => {
                if path.extension().is_some_and(|e| e == "toml") {
                    files.push(path);
                }
            }
            Err(e) => notes.push(unreadable(dir, e.to_string())),
        }
    }
}

fn read(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path).map_err(|e| e.to_string())?.len();
    if size > LARGEST {
        return Err(format!("{size} bytes, more than a source may have"));
    }
    let bytes = std::fs::read(path).map_err(|e| e.to_string())?;
    String::from_utf8(bytes).map_err(|e| format!("not UTF-8 at byte {}", e.utf8_error().valid_up_to()))
}

/// Compiles files already read; they are in order of their names.
fn compile_sources(sources: &[Source], base: &Image, notes: &mut Vec<Note>) -> Image {
    // Rules may name the word classes that are there.
    let mut image = Image { classes: base.classes.clone(), ..Image::default() };
    match standards::read() {
        Ok(ontology) => image.ontology = ontology,
        Err(message) => notes.push(unreadable(Path::new("data/ontology"), message)),
    }
    let mut tables = Vec::with_capacity(sources.len());
    for source in sources {
        let report = Report::new(source);
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        for e in errors {
            let span = e.span().unwrap_or(0..0);
            report.error(span, "lexicon::syntax", e.message().to_owned(), "");
        }
        tables.push((report, table));
    }
    // Word classes first: rules name them. Actors before what refers to them is checked.
    for (report, table) in &tables {
        words::classes(report, table.get_ref(), &mut image);
    }
    let mut links = check::Links::over(base);
    for (number, (report, table)) in tables.iter().enumerate() {
        file(report, number, table.get_ref(), &mut image, &mut links);
    }
    let reports: Vec<&Report> = tables.iter().map(|(report, _)| report).collect();
    check::references(&reports, &image, &links);
    check::names(&reports, &image, &links);
    check::rules(&reports, &links);
    for (report, _) in tables {
        notes.extend(report.into_notes());
    }
    image
}

/// Reads everything in one file but its word classes.
fn file<'i>(
    report: &Report,
    number: usize,
    table: &DeTable<'i>,
    image: &mut Image,
    links: &mut check::Links,
) {
    let top = Fields::new(report, table, 0..0);
    top.get("class");
    match top.integer("version") {
        Some(VERSION) => {}
        Some(other) => top.fault(
            "version",
            "lexicon::format-version",
            format!("version {other} of the format is not known"),
        ),
        None => top.missing("version"),
    }
    if top.get("source").is_none() {
        top.missing("source");
    }
    let sources = actors::plain(top.text_or_texts("source"));
    image.sources.insert(report.source.name.clone(), sources);
    if top.text("licence").is_none() {
        top.missing("licence");
    }
    let kind = rules::event_type(&top);
    let each = |key: &'static str, read: &mut dyn FnMut(&Fields)| {
        for entry in top.entries(key) {
            read(&entry);
            entry.finish();
        }
    };
    each("actor", &mut |f| actors::actor(f, number, image, links));
    each("agent", &mut |f| words::agent(f, image));
    each("place", &mut |f| words::place(f, number, image, links));
    each("title", &mut |f| words::title(f, image));
    each("time", &mut |f| words::time(f, image));
    each("pattern", &mut |f| rules::pattern(f, number, kind, image, links));
    each("tie", &mut |f| ties::tie(f, number, image, links));
    each("operator", &mut |f| operators::operator(f, number, image, links));
    each("speech", &mut |f| operators::speech(f, image));
    each("topic", &mut |f| operators::topic(f, image));
    words::zones(&top, image);
    top.finish();
}

/// Whether a value is a table.
fn is_table(value: &DeValue) -> bool {
    matches!(value, DeValue::Table(_))
}
