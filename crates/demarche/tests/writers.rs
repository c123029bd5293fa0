//! Writers by what can be read back: every format, full and empty records, and no file from a run that broke off.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, UInt32Type};
use arrow_array::{Array, RecordBatch};
use demarche::write::{RecordKind, Target, WriteError, Writer};
use demarche_record::{
    Actor, Attribution, Basis, Casualties, CharSpan, Event, EventType, Link, MentionRecord, Modality, Place,
    PlaceBasis, Polarity, Precision, Quad, Stance, Tie, TieStatus, TieType, Trigger, Version, When, Zone,
};
use jiff::civil::date;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn span(start: u32, end: u32) -> CharSpan {
    CharSpan { start, end }
}

fn actor(text: &str, id: Option<&str>) -> Actor {
    Actor {
        text: text.to_owned(),
        span: span(1, 9),
        head: "head".to_owned(),
        id: id.map(str::to_owned),
        name: id.map(|id| format!("Name of {id}")),
        country: id.map(|_| "RUS".to_owned()),
        sectors: vec!["SPY".to_owned(), "GOV".to_owned()],
        codes: vec!["RUSSPY".to_owned()],
        link: Link::Alias,
    }
}

fn speaker() -> Attribution {
    Attribution {
        text: Some("the ministry".to_owned()),
        span: Some(span(30, 42)),
        id: None,
        name: None,
        country: Some("RUS".to_owned()),
        cue: "said".to_owned(),
        stance: Stance::Denies,
    }
}

fn version() -> Version {
    Version { coder: "0.1".to_owned(), lexicon: "l".to_owned(), model: "m".to_owned() }
}

fn when() -> When {
    When {
        start: Some(date(2025, 7, 3)),
        end: Some(date(1969, 12, 31)),
        precision: Precision::Day,
        text: Some("on Thursday".to_owned()),
        span: Some(span(43, 54)),
        basis: Basis::Text,
        note: None,
    }
}

/// An event with everything in it that makes tables difficult.
fn full() -> Event {
    Event {
        id: "e1".to_owned(),
        doc: "a17".to_owned(),
        sentence: 4,
        span: span(0, 60),
        text: "=\"He\", she said,\tthen\nleft\\ قال|".to_owned(),
        kind: EventType::Support,
        mode: None,
        contexts: vec!["diplomatic".to_owned(), "a|b\\c".to_owned()],
        quad: Quad::VerbalCooperation,
        cameo: "054".to_owned(),
        goldstein: Some(7.4),
        source: vec![actor("head of the FSB", Some("alexander-bortnikov")), actor("others, unnamed", None)],
        target: vec![],
        trigger: Trigger { text: "recognition".to_owned(), span: span(20, 31) },
        polarity: Polarity::Negative,
        modality: Modality::Possible,
        status: "claimed".to_owned(),
        attribution: vec![
            speaker(),
            Attribution { text: None, span: None, cue: "reportedly".to_owned(), ..speaker() },
        ],
        when: Some(when()),
        place: vec![Place {
            text: "Kabul".to_owned(),
            span: span(55, 60),
            name: Some("Kabul".to_owned()),
            country: Some("AFG".to_owned()),
            admin1: None,
            lat: Some(34.53),
            lon: Some(-69.17),
            geonameid: Some(1_138_958),
            basis: PlaceBasis::Text,
        }],
        zone: Zone::Quote,
        instrument: Some("missiles".to_owned()),
        casualties: Casualties { killed: Some(3), ..Casualties::default() },
        confidence: 0.81,
        rule: "reject/refuse > consult/hold-talks".to_owned(),
        version: version(),
    }
}

fn bare() -> Event {
    Event {
        id: "e2".to_owned(),
        text: "+1".to_owned(),
        contexts: vec![],
        goldstein: None,
        source: vec![],
        attribution: vec![],
        when: None,
        place: vec![],
        instrument: None,
        casualties: Casualties::default(),
        ..full()
    }
}

fn tie() -> Tie {
    Tie {
        id: "t1".to_owned(),
        doc: "a17".to_owned(),
        sentence: 1,
        span: span(0, 9),
        text: "T".to_owned(),
        kind: TieType::Designates,
        source: actor("Moscow", Some("RUS")),
        target: actor("the group", None),
        trigger: Trigger { text: "listed".to_owned(), span: span(2, 3) },
        status: TieStatus::Former,
        implied: false,
        label: Some("terrorist organization".to_owned()),
        polarity: Polarity::Positive,
        modality: Modality::Actual,
        attribution: vec![speaker()],
        when: Some(when()),
        zone: Zone::Body,
        confidence: 0.5,
        rule: "r".to_owned(),
        version: version(),
    }
}

fn mention() -> MentionRecord {
    MentionRecord {
        doc: "a17".to_owned(),
        sentence: 0,
        span: span(3, 9),
        text: "Moscow".to_owned(),
        kind: "LOCATION",
        id: Some("RUS".to_owned()),
        name: None,
        country: None,
        sectors: vec![],
        link: Link::Metonym,
        confidence: 1.0,
    }
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Writes events to a file of that name and gives its place.
fn written(name: &str, events: &[Event]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join(name);
    let mut writer = Writer::create(Target::File(path.clone()), RecordKind::Event).expect("a target");
    for event in events {
        writer.event(event).expect("space");
    }
    writer.finish().expect("space");
    assert_eq!(files(folder.path()), [name]);
    (folder, path)
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("a file");
    reader.deserialize().map(|row| row.expect("a row of strings")).collect()
}

#[test]
fn json_lines_carry_the_records_as_they_are() {
    let (_folder, path) = written("a.jsonl", &[full(), bare()]);
    let text = fs::read_to_string(path).expect("a file");
    let values: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
    assert_eq!(values, [full(), bare()].map(|event| serde_json::to_value(event).expect("an object")));
    assert_eq!(values[0]["where"][0]["lat"], 34.53);
    assert!(values[1]["when"].is_null());
}

#[test]
fn csv_has_the_first_actor_and_all_of_them_joined() {
    let (_folder, path) = written("a.csv", &[full(), bare()]);
    let rows = rows(&path);
    let cells = [
        ("id", "e1"),
        ("sentence", "4"),
        ("span_end", "60"),
        ("text", "=\"He\", she said,\tthen\nleft\\ قال|"),
        ("type", "SUPPORT"),
        ("mode", ""),
        ("contexts", "diplomatic|a\\|b\\\\c"),
        ("quad", "verbal-cooperation"),
        ("cameo", "054"),
        ("goldstein", "7.4"),
        ("source_id", "alexander-bortnikov"),
        ("source_sectors", "SPY|GOV"),
        ("source_text", "head of the FSB"),
        ("source_link", "alias"),
        ("sources", "alexander-bortnikov|others, unnamed"),
        ("target_id", ""),
        ("targets", ""),
        ("trigger_text", "recognition"),
        ("trigger_span_start", "20"),
        ("polarity", "negative"),
        ("modality", "possible"),
        ("attribution_cue", "said|reportedly"),
        ("attribution_text", "the ministry|"),
        ("attribution_stance", "denies|denies"),
        ("when_start", "2025-07-03"),
        ("when_end", "1969-12-31"),
        ("when_precision", "day"),
        ("when_basis", "text"),
        ("where_country", "AFG"),
        ("where_lon", "-69.17"),
        ("where_geonameid", "1138958"),
        ("zone", "quote"),
        ("killed", "3"),
        ("wounded", ""),
        ("confidence", "0.81"),
        ("version_model", "m"),
    ];
    for (name, cell) in cells {
        assert_eq!(rows[0].get(name).map(String::as_str), Some(cell), "{name}");
    }
    assert_eq!(
        (rows[1]["text"].as_str(), rows[1]["when_start"].as_str(), rows[1]["sources"].as_str()),
        ("+1", "", "")
    );
    assert_eq!(rows[0].len(), rows[1].len());
}

#[test]
fn tsv_is_one_line_a_record_and_says_the_same_as_csv() {
    let (_folder, path) = written("a.tsv", &[full(), bare()]);
    let text = fs::read_to_string(path).expect("a file");
    let lines: Vec<Vec<String>> = text
        .lines()
        .map(|line| {
            let unescape = |cell: &str| {
                let mut out = String::new();
                let mut chars = cell.chars();
                while let Some(c) = chars.next() {
                    match if c == '\\' { chars.next() } else { None } {
                        Some('t') => out.push('\t'),
                        Some('n') => out.push('\n'),
                        Some(other) => out.push(other),
                        None => out.push(c),
                    }
                }
                out
            };
            line.split('\t').map(unescape).collect()
        })
        .collect();
    assert_eq!(lines.len(), 3);
    let (_folder, path) = written("a.csv", &[full(), bare()]);
    for (row, line) in rows(&path).iter().zip(&lines[1..]) {
        let tsv: BTreeMap<String, String> = lines[0].iter().cloned().zip(line.iter().cloned()).collect();
        assert_eq!(&tsv, row);
    }
}

fn check_batch(batch: &RecordBatch) {
    let text = |name: &str, row: usize| {
        let column = batch.column_by_name(name).expect(name).as_string::<i32>();
        column.is_valid(row).then(|| column.value(row).to_owned())
    };
    assert_eq!(text("id", 0).as_deref(), Some("e1"));
    assert_eq!(text("text", 0), Some(full().text));
    assert_eq!(text("mode", 0), None);
    assert_eq!(text("source_id", 0).as_deref(), Some("alexander-bortnikov"));
    assert_eq!(text("source_id", 1), None);
    let day = batch.column_by_name("when_start").expect("a column").as_primitive::<Date32Type>();
    assert_eq!((day.value(0), day.is_null(1)), (20_272, true));
    let day = batch.column_by_name("when_end").expect("a column").as_primitive::<Date32Type>();
    assert_eq!(day.value(0), -1);
    let killed = batch.column_by_name("killed").expect("a column").as_primitive::<UInt32Type>();
    assert_eq!((killed.value(0), killed.is_null(1)), (3, true));
    let goldstein = batch.column_by_name("goldstein").expect("a column").as_primitive::<Float64Type>();
    assert_eq!((goldstein.value(0), goldstein.is_null(1)), (7.4, true));

    let source = batch.column_by_name("source").expect("a column").as_list::<i32>();
    assert_eq!((source.value_length(0), source.value_length(1)), (2, 0));
    let actors = source.value(0);
    let actors = actors.as_struct();
    let ids = actors.column_by_name("id").expect("a field").as_string::<i32>();
    assert_eq!((ids.value(0), ids.is_null(1)), ("alexander-bortnikov", true));
    let texts = actors.column_by_name("text").expect("a field").as_string::<i32>();
    assert_eq!(texts.value(1), "others, unnamed");
    let sectors = actors.column_by_name("sectors").expect("a field").as_list::<i32>().value(1);
    assert_eq!(sectors.as_string::<i32>().iter().flatten().collect::<Vec<_>>(), ["SPY", "GOV"]);
    let speakers = batch.column_by_name("attribution").expect("a column").as_list::<i32>().value(0);
    let cues = speakers.as_struct().column_by_name("cue").expect("a field").as_string::<i32>();
    assert_eq!(cues.iter().flatten().collect::<Vec<_>>(), ["said", "reportedly"]);
    let places = batch.column_by_name("where").expect("a column").as_list::<i32>().value(0);
    let lat = places.as_struct().column_by_name("lat").expect("a field").as_primitive::<Float64Type>();
    assert_eq!(lat.value(0), 34.53);
    assert!(batch.column_by_name("sources").is_none());
}

fn parquet_batches(path: &Path) -> Vec<RecordBatch> {
    let file = File::open(path).expect("a file");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet").with_batch_size(100_000);
    reader.build().expect("Parquet").map(|batch| batch.expect("a batch")).collect()
}

fn arrow_batches(path: &Path) -> Vec<RecordBatch> {
    let file = File::open(path).expect("a file");
    let reader = arrow_ipc::reader::FileReader::try_new(file, None).expect("Arrow");
    reader.map(|batch| batch.expect("a batch")).collect()
}

#[test]
fn parquet_and_arrow_carry_lists_of_structures() {
    let (_folder, path) = written("a.parquet", &[full(), bare()]);
    let batches = parquet_batches(&path);
    assert_eq!(batches.len(), 1);
    check_batch(&batches[0]);
    let (_folder, path) = written("a.arrow", &[full(), bare()]);
    let batches = arrow_batches(&path);
    assert_eq!(batches.len(), 1);
    check_batch(&batches[0]);
}

#[test]
fn many_records_come_in_batches_and_in_order() {
    let events: Vec<Event> = (0..20_000)
        .map(|n| Event { id: n.to_string(), ..if n % 3 == 0 { full() } else { bare() } })
        .collect();
    for name in ["a.parquet", "a.arrow"] {
        let (_folder, path) = written(name, &events);
        let batches = if name == "a.arrow" { arrow_batches(&path) } else { parquet_batches(&path) };
        let ids: Vec<String> = batches
            .iter()
            .flat_map(|batch| {
                batch.column_by_name("id").expect("a column").as_string::<i32>().iter().flatten()
            })
            .map(str::to_owned)
            .collect();
        assert_eq!(ids, events.iter().map(|event| event.id.clone()).collect::<Vec<_>>());
        let actors: usize = batches
            .iter()
            .map(|batch| batch.column_by_name("source").expect("a column").as_list::<i32>().values().len())
            .sum();
        assert_eq!(actors, events.iter().map(|event| event.source.len()).sum::<usize>());
        if name == "a.arrow" {
            assert!(batches.iter().all(|batch| batch.num_rows() <= 8192) && batches.len() == 3);
        }
    }
}

#[test]
fn the_same_records_give_the_same_bytes() {
    for name in ["a.jsonl", "a.csv", "a.tsv", "a.parquet", "a.arrow"] {
        let (_once, one) = written(name, &[full(), bare()]);
        let (_again, two) = written(name, &[full(), bare()]);
        assert_eq!(fs::read(one).expect("a file"), fs::read(two).expect("a file"), "{name}");
    }
}

#[test]
fn a_file_without_records_has_its_columns() {
    let (_folder, path) = written("a.jsonl", &[]);
    assert_eq!(fs::read(path).expect("a file"), b"");
    let (_folder, path) = written("a.csv", &[]);
    assert_eq!(fs::read_to_string(path).expect("a file").lines().count(), 1);
    let (_folder, path) = written("a.parquet", &[]);
    let file = File::open(path).expect("a file");
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    assert!(builder.schema().column_with_name("goldstein").is_some());
    let (_folder, path) = written("a.arrow", &[]);
    assert_eq!(arrow_batches(&path).len(), 0);
}

#[test]
fn ties_and_mentions_have_tables_too() {
    let folder = TempDir::new().expect("a folder");
    for ending in ["jsonl", "csv", "tsv", "parquet", "arrow"] {
        let path = folder.path().join(format!("ties.{ending}"));
        let mut writer = Writer::create(Target::File(path), RecordKind::Tie).expect("a target");
        writer.tie(&tie()).expect("space");
        writer.finish().expect("space");
        let path = folder.path().join(format!("mentions.{ending}"));
        let mut writer = Writer::create(Target::File(path), RecordKind::Mention).expect("a target");
        writer.mention(&mention()).expect("space");
        writer.finish().expect("space");
    }
    let ties = rows(&folder.path().join("ties.csv"));
    for (name, cell) in [
        ("type", "DESIGNATES"),
        ("source_id", "RUS"),
        ("target_text", "the group"),
        ("status", "former"),
        ("implied", "false"),
        ("as", "terrorist organization"),
        ("attribution_cue", "said"),
    ] {
        assert_eq!(ties[0][name], cell, "{name}");
    }
    let mentions = rows(&folder.path().join("mentions.csv"));
    assert_eq!((mentions[0]["type"].as_str(), mentions[0]["link"].as_str()), ("LOCATION", "metonym"));
    for name in ["ties", "mentions"] {
        let batches = parquet_batches(&folder.path().join(format!("{name}.parquet")));
        assert_eq!(batches[0].num_rows(), 1);
        assert_eq!(arrow_batches(&folder.path().join(format!("{name}.arrow")))[0].num_rows(), 1);
    }
}

#[test]
fn an_unfinished_run_leaves_what_was_there() {
    for ending in ["jsonl", "csv", "tsv", "parquet", "arrow"] {
        let folder = TempDir::new().expect("a folder");
        let path = folder.path().join(format!("a.{ending}"));
        let mut writer = Writer::create(Target::File(path.clone()), RecordKind::Event).expect("a target");
        writer.event(&full()).expect("space");
        assert!(!path.exists(), "nothing under the name before the end");
        drop(writer);
        assert_eq!(files(folder.path()), Vec::<String>::new());

        fs::write(&path, "before").expect("space");
        let mut writer = Writer::create(Target::File(path.clone()), RecordKind::Event).expect("a target");
        writer.event(&full()).expect("space");
        drop(writer);
        assert_eq!(fs::read_to_string(&path).expect("a file"), "before");
        let writer = Writer::create(Target::File(path.clone()), RecordKind::Event).expect("a target");
        writer.finish().expect("space");
        assert_ne!(fs::read(&path).expect("a file"), b"before");
    }
}

#[test]
fn targets_that_cannot_be_written_are_refused() {
    let folder = TempDir::new().expect("a folder");
    let create = |name: &str| Writer::create(Target::File(folder.path().join(name)), RecordKind::Event).err();
    for name in ["a.xlsx", "a", "a.jsonl.gz"] {
        assert!(matches!(create(name), Some(WriteError::UnknownEnding { .. })), "{name}");
    }
    assert!(matches!(create("no/a.csv"), Some(WriteError::Io { .. })));
    fs::create_dir(folder.path().join("b.csv")).expect("a folder");
    assert!(matches!(create("b.csv"), Some(WriteError::Io { .. })));
    let mut writer =
        Writer::create(Target::File(folder.path().join("a.csv")), RecordKind::Event).expect("a target");
    assert!(matches!(writer.tie(&tie()), Err(WriteError::WrongKind { .. })));
    assert!(matches!(writer.mention(&mention()), Err(WriteError::WrongKind { .. })));
}

#[cfg(unix)]
#[test]
fn files_are_readable_as_any_new_file_and_devices_stay_devices() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    let folder = TempDir::new().expect("a folder");
    File::create(folder.path().join("usual")).expect("a file");
    let path = folder.path().join("a.csv");
    Writer::create(Target::File(path.clone()), RecordKind::Event).expect("a target").finish().expect("space");
    let mode = |name: &str| fs::metadata(folder.path().join(name)).expect("a file").permissions().mode();
    assert_eq!(mode("a.csv"), mode("usual"));
    let link = folder.path().join("null.jsonl");
    std::os::unix::fs::symlink("/dev/null", &link).expect("a link");
    let mut writer = Writer::create(Target::File(link), RecordKind::Event).expect("a target");
    writer.event(&full()).expect("a sink");
    writer.finish().expect("a sink");
    assert!(fs::metadata("/dev/null").expect("it is there").file_type().is_char_device());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_back_from_every_table(text in any::<String>(), word in any::<String>()) {
        let event = Event { text: text.clone(), contexts: vec![word.clone()], ..full() };
        let (_folder, path) = written("a.csv", std::slice::from_ref(&event));
        prop_assert_eq!(&rows(&path)[0]["text"], &text);
        let (_folder, path) = written("a.parquet", std::slice::from_ref(&event));
        let batches = parquet_batches(&path);
        let column = batches[0].column_by_name("text").expect("a column").as_string::<i32>();
        prop_assert_eq!(column.value(0), &text);
        let (_folder, path) = written("a.tsv", &[event]);
        let lines = fs::read_to_string(path).expect("a file");
        let columns: Vec<usize> = lines.split('\n').map(|line| line.split('\t').count()).collect();
        prop_assert_eq!(columns.len(), 3);
        prop_assert_eq!(columns[0], columns[1]);
        prop_assert_eq!(columns[2], 1);
    }
}
