//! Readers by what they do with whole, damaged and hostile files: every example is read as it should be, every kind of
//! damage is reported with its code, file and line, and the documents beside it come through.

use demarche::read::{Format, Read, ReadOptions, SourceError, Sources};
use demarche_record::{Article, Note, Severity};
use jiff::civil::date;
use proptest::prelude::*;
use std::fs::{self, File};
use std::io::{BufWriter, Cursor, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn examples() -> PathBuf {
    Path::new(&std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package"))
        .join("../../examples/articles")
}

fn collect(sources: Sources) -> (Vec<Article>, Vec<Note>) {
    let (mut articles, mut notes) = (Vec::new(), Vec::new());
    for read in sources {
        match read {
            Read::Article(article) => articles.push(article),
            Read::Note(note) => notes.push(note),
        }
    }
    (articles, notes)
}

fn read_with(path: &Path, options: ReadOptions) -> (Vec<Article>, Vec<Note>) {
    let inputs = [path.to_str().expect("test paths are UTF-8").to_owned()];
    collect(Sources::open(&inputs, options).expect("usable arguments"))
}

fn read(path: &Path) -> (Vec<Article>, Vec<Note>) {
    read_with(path, ReadOptions::default())
}

fn texts(articles: &[Article]) -> Vec<&str> {
    articles.iter().map(|article| article.text.as_str()).collect()
}

fn codes(notes: &[Note]) -> Vec<(&'static str, Option<u64>)> {
    notes.iter().map(|note| (note.code, note.line)).collect()
}

/// A folder with one file in it.
struct Given {
    _folder: TempDir,
    path: PathBuf,
}

fn given(name: &str, content: impl AsRef<[u8]>) -> Given {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a temporary file");
    Given { _folder: folder, path }
}

/// Reads a file of that name and content: texts that came through, codes and lines of the notes.
fn outcome(name: &str, content: impl AsRef<[u8]>) -> (Vec<String>, Vec<(&'static str, Option<u64>)>) {
    let file = given(name, content);
    let (articles, notes) = read(&file.path);
    for note in &notes {
        assert_eq!(Path::new(&note.place), file.path, "{note}");
        assert!(!note.message.is_empty());
    }
    (articles.into_iter().map(|article| article.text).collect(), codes(&notes))
}

fn check(name: &str, content: impl AsRef<[u8]>, texts: &[&str], notes: &[(&'static str, Option<u64>)]) {
    let (got_texts, got_notes) = outcome(name, content);
    assert_eq!(got_texts, texts, "{name}");
    assert_eq!(got_notes, notes, "{name}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn every_example_is_read() {
    let expected = [
        ("1990-02-11-mandela-free.txt", "Nelson Mandela walks free", "1990-02-11"),
        ("1990-08-08-kuwait.txt", "Iraq seizes Kuwait, the United States sends troops", "1990-08-08"),
        ("1993-09-13-oslo.md", "Israel and the PLO sign an accord in Washington", "1993-09-13"),
        ("1998-05-28-pokhran-chagai.md", "Pakistan answers Indian nuclear tests with its own", "1998-05-28"),
        ("1998-08-21-nairobi-brief.txt", "U.S. missiles hit camps after embassy bombings", "1998-08-21"),
        ("2001-06-29-milosevic.txt.gz", "Serbia hands Milosevic to the tribunal", "2001-06-29"),
        ("2003-03-18-ultimatum.md", "Iraq rejects the ultimatum of President Bush", "2003-03-18"),
        ("2005-08-15-aceh.md", "Indonesia and Aceh rebels sign peace in Helsinki", "2005-08-15"),
        ("2007-09-28-saffron.md", "Soldiers crush the march of the monks", "2007-09-28"),
        ("2008-07-02-betancourt.txt", "Colombian army frees fifteen hostages", "2008-07-02"),
        ("2010-05-24-cheonan.md", "Seoul halts trade with the North over sunken ship", "2010-05-24"),
        ("2011-02-11-mubarak.html", "Mubarak resigns after eighteen days of protest", "2011-02-11"),
        ("2011-03-19-libya.md", "French jets open the campaign against Gaddafi", "2011-03-19"),
        ("2015-07-14-iran-interview.md", "Questions and answers: what was agreed in Vienna", "2015-07-14"),
        ("2018-07-09-asmara", "", "2018-07-09"),
        ("2019-10-21-chile.md", "Chile drops fare rise after nights of fire", "2019-10-21"),
        ("2020-11-03-malabar.md", "Australia joins naval exercise in the Bay of Bengal", "2020-11-03"),
        ("urn:uuid:0b9e2c54-6a51-4b07-9a43-1d6a3c0f5e02", "Putin calls up reservists", "2022-09-21"),
        ("2023-04-04-finland-opinion.md", "Opinion: the longest border", "2023-04-04"),
        ("2023-07-31-niger.md", "West African states give Niger one week", "2023-07-31"),
        ("1999-06-14-kosovo", "NATO troops spread across Kosovo", "1999-06-14"),
        ("2005-01-06-tsunami", "Donors meet in Jakarta after the wave", "2005-01-06"),
        ("2008-02-22-kosovo", "Mob burns American embassy in Belgrade over Kosovo", "2008-02-22"),
        ("2014-03-27-crimea", "Hundred states reject the vote in Crimea", "2014-03-27"),
        ("2014-05-06-chibok", "America offers Nigeria help to find schoolgirls", "2014-05-06"),
        ("2019-03-01-wagah", "Pakistan hands captured pilot to India", "2019-03-01"),
        ("2009-04-07-fujimori", "Court sentences Fujimori to twenty-five years", "2009-04-07"),
        ("2021-02-11-myanmar", "Washington punishes generals of Myanmar", "2021-02-11"),
        ("2017-06-27-farc", "Colombian rebels hand in their arms", "2017-06-27"),
        ("2021-08-17-kabul", "Taliban promise amnesty in Kabul", "2021-08-17"),
        ("2017-07-05-qatar", "Four states regret the answer of Qatar", "2017-07-05"),
        ("2023-03-10-saudi-iran", "Saudi Arabia and Iran restore ties in Beijing", "2023-03-10"),
        (
            "https://example.org/demarche/2014-12-17-havana",
            "Obama and Castro bury the Cold War",
            "2014-12-17",
        ),
        (
            "https://example.org/demarche/2018-06-12-singapore",
            "Trump and Kim meet in Singapore",
            "2018-06-12",
        ),
        ("2011-10-04-veto", "Russia and China veto resolution on Syria", "2011-10-04"),
        ("2013-09-16-ghouta", "Inspectors confirm sarin near Damascus", "2013-09-16"),
    ];
    let (articles, notes) = read(&examples());
    assert_eq!(notes, []);
    let prefix = format!("{}/", examples().to_str().expect("UTF-8"));
    let got: Vec<(String, String, String)> = articles
        .iter()
        .map(|article| {
            let id = article.id.strip_prefix(&prefix).unwrap_or(&article.id).to_owned();
            let day = article.date.map(|day| day.to_string()).unwrap_or_default();
            (id, article.title.clone().unwrap_or_default(), day)
        })
        .collect();
    let expected: Vec<(String, String, String)> = expected
        .iter()
        .map(|(id, title, day)| (id.to_string(), title.to_string(), day.to_string()))
        .collect();
    assert_eq!(got, expected);
    for article in &articles {
        assert!(article.text.len() > 300, "{}", article.id);
        assert_eq!(article.source.as_deref(), Some("demarche examples"), "{}", article.id);
        assert!(!article.text.contains("---") && !article.text.contains("<p"), "{}", article.id);
    }
    let page = articles.iter().find(|article| article.id.ends_with("mubarak.html")).expect("read above");
    assert!(
        page.text.starts_with("Cairo, Egypt") || page.text.starts_with("President Hosni"),
        "{}",
        page.text
    );
    assert!(page.text.contains("army. Vice President Omar Suleiman"));
    assert!(page.text.contains("television.\n\nProtesters had occupied"));
    assert!(page.text.trim_end().ends_with("Iran congratulated the Egyptian people."), "{}", page.text);
    assert_eq!(page.url.as_deref(), Some("https://example.org/demarche/2011-02-11-mubarak"));
    assert_eq!(page.language.as_deref(), Some("en"));
    let story = articles.iter().find(|article| article.id == "2018-07-09-asmara").expect("read above");
    assert_eq!(story.text.split("\n\n").count(), 9);
    let feed = articles.iter().find(|article| article.id == "2011-10-04-veto").expect("read above");
    assert!(feed.text.contains("abstained.\n\nThe American ambassador"));
    assert_eq!(feed.language.as_deref(), Some("en"));
}

#[test]
fn reading_twice_gives_the_same_stream() {
    let inputs = [examples().to_str().expect("UTF-8").to_owned()];
    let once: Vec<Read> = Sources::open(&inputs, ReadOptions::default()).expect("usable").collect();
    let again: Vec<Read> = Sources::open(&inputs, ReadOptions::default()).expect("usable").collect();
    assert_eq!(once, again);
}

#[test]
fn sources_can_move_between_threads() {
    fn moves<T: Send>() {}
    moves::<Sources>();
}

#[test]
fn folders_globs_and_files_that_are_not_there() {
    let folder = TempDir::new().expect("a folder");
    let root = folder.path();
    fs::create_dir_all(root.join("b/.hidden")).expect("a folder");
    fs::create_dir(root.join("empty")).expect("a folder");
    for name in ["c.txt", "a.txt", "b/z.txt", "b/.hidden/x.txt", ".secret.txt", "b/photo.jpg", "[x].txt"] {
        fs::write(root.join(name), format!("Text of {name}.")).expect("a file");
    }
    let at = |name: &str| root.join(name).to_str().expect("UTF-8").to_owned();
    let open = |inputs: &[String]| collect(Sources::open(inputs, ReadOptions::default()).expect("usable"));
    let (articles, notes) = open(&[at("")]);
    let names: Vec<String> = articles.iter().map(|article| article.id.replace(&at(""), "")).collect();
    assert_eq!(names, ["[x].txt", "a.txt", "b/z.txt", "c.txt"]);
    assert_eq!(codes(&notes), [("read::unknown-format", None)]);
    assert_eq!(notes[0].severity, Severity::Warning);

    let (articles, notes) = open(&[at("*.txt"), at("[x].txt"), at("b")]);
    assert_eq!(articles.len(), 3 + 1 + 1);
    assert_eq!(codes(&notes), [("read::unknown-format", None)]);

    let (articles, notes) = open(&[at("no.txt"), at("*.csv"), at("empty"), at("b/photo.jpg"), at("a.txt")]);
    assert_eq!(texts(&articles), ["Text of a.txt."]);
    let wanted = ["read::not-found", "read::not-found", "read::empty-folder", "read::unknown-format"];
    assert_eq!(notes.iter().map(|note| note.code).collect::<Vec<_>>(), wanted);
    assert_eq!(notes[3].severity, Severity::Error);

    let options = ReadOptions { format: Some(Format::Text), ..ReadOptions::default() };
    let (articles, notes) = read_with(&root.join("b/photo.jpg"), options);
    assert_eq!(texts(&articles), ["Text of b/photo.jpg."]);
    assert_eq!(notes, []);
}

#[test]
fn arguments_that_cannot_be_used_are_refused() {
    let open = |inputs: &[&str], options: ReadOptions| {
        let inputs: Vec<String> = inputs.iter().map(|name| name.to_string()).collect();
        Sources::open(&inputs, options).err()
    };
    assert_eq!(open(&[], ReadOptions::default()), Some(SourceError::NoInput));
    assert_eq!(open(&["-", "a", "-"], ReadOptions::default()), Some(SourceError::StdinTwice));
    assert!(matches!(open(&["a[", "b"], ReadOptions::default()), Some(SourceError::BadGlob { .. })));
    let options = ReadOptions { fields: vec![("body".into(), "text".into())], ..ReadOptions::default() };
    assert!(matches!(open(&["a"], options), Some(SourceError::UnknownField { .. })));
    let options = ReadOptions { encoding: Some("klingon".into()), ..ReadOptions::default() };
    assert!(matches!(open(&["a"], options), Some(SourceError::UnknownEncoding { .. })));
}

#[test]
fn standard_input_is_told_by_its_first_character() {
    let from = |bytes: Vec<u8>, format: Option<Format>| {
        let options = ReadOptions { format, ..ReadOptions::default() };
        collect(Sources::from_reader("-", Box::new(Cursor::new(bytes)), options).expect("usable"))
    };
    let rows = b" \n{\"text\":\"One.\"}\n{\"text\":\"Two.\",\"id\":7}\n".to_vec();
    for bytes in [rows.clone(), gzip(&rows), zstd(&rows)] {
        let (articles, notes) = from(bytes, None);
        assert_eq!(notes, []);
        let ids: Vec<&str> = articles.iter().map(|article| article.id.as_str()).collect();
        assert_eq!(ids, ["-#1", "7"]);
    }
    let (articles, _) = from(b"Not a brace: {\"text\": 1}".to_vec(), None);
    assert_eq!((articles[0].id.as_str(), articles.len()), ("-", 1));
    let (articles, _) = from(b"id,text\n1,One.\n".to_vec(), Some(Format::Csv));
    assert_eq!(texts(&articles), ["One."]);
    let parquet = fs::read(examples().join("endings.parquet")).expect("an example");
    let (articles, notes) = from(parquet, Some(Format::Parquet));
    assert_eq!((articles.len(), notes.len()), (2, 0));
    let (articles, notes) = from(Vec::new(), None);
    assert_eq!((articles.len(), codes(&notes)), (0, vec![("read::empty-file", None)]));
}

#[test]
fn fields_can_have_other_names() {
    let file = given("a.jsonl", "{\"body\":\"One.\",\"text\":\"no\",\"when\":\"July 3, 2025\"}\n");
    let mut options = ReadOptions::default();
    options.rename("text=body").expect("a field");
    options.rename("date=when").expect("a field");
    let (articles, notes) = read_with(&file.path, options);
    assert_eq!(notes, []);
    assert_eq!(texts(&articles), ["One."]);
    assert_eq!(articles[0].date, Some(date(2025, 7, 3)));
}

#[test]
fn every_format_reports_an_empty_file() {
    for ending in ["txt", "md", "html", "jsonl", "json", "csv", "tsv", "parquet", "xml", "warc"] {
        check(&format!("a.{ending}"), "", &[], &[("read::empty-file", None)]);
        check(&format!("a.{ending}.gz"), gzip(b""), &[], &[("read::empty-file", None)]);
        check(&format!("a.{ending}.zst"), "", &[], &[("read::empty-file", None)]);
    }
}

#[test]
fn every_row_format_keeps_right_to_left_and_combining_text() {
    let arabic = "قال الوزير \u{202B}إن\u{202C} المحادثات e\u{301}chouent 👩\u{200D}👩\u{200D}👧.";
    let json = serde_json::json!({ "text": arabic }).to_string();
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(arabic.encode_utf16().flat_map(u16::to_le_bytes));
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a.txt", arabic.into()),
        ("bom.txt", format!("\u{FEFF}{arabic}").into()),
        ("utf16.txt", utf16),
        ("a.jsonl", json.clone().into()),
        ("a.json", json.into()),
        ("a.csv", format!("text\n\"{arabic}\"\n").into()),
        ("a.tsv", format!("\u{FEFF}text\n{arabic}\n").into()),
        (
            "a.xml",
            format!("<rss><channel><item><description>{arabic}</description></item></channel></rss>").into(),
        ),
        ("b.xml", format!("<Sentences><Sentence><Text>{arabic}</Text></Sentence></Sentences>").into()),
    ];
    for (name, content) in files {
        check(name, content, &[arabic], &[]);
    }
    let page = format!("<meta charset=utf-8><body><p>{}</p></body>", arabic.repeat(8));
    check("a.html", page, &[&arabic.repeat(8)], &[]);
}

#[test]
fn text_in_the_wrong_encoding_is_reported_with_its_line_and_not_guessed() {
    check("a.txt", b"Line one.\nCaf\xE9 two.\n", &[], &[("read::bad-encoding", Some(2))]);
    check("b.txt", b"\xFF\xFEA\0\x00\xD8B\0", &[], &[("read::bad-encoding", Some(1))]);
    check("c.txt", b"One.\nTw\0o.\n", &[], &[("read::nul-byte", Some(2))]);
    check("d.txt", b" \n\n", &[], &[("read::empty-text", None)]);
    let file = given("e.txt", b"Caf\xE9 two.\n");
    let options = ReadOptions { encoding: Some("windows-1252".into()), ..ReadOptions::default() };
    let (articles, notes) = read_with(&file.path, options);
    assert_eq!((texts(&articles), notes), (vec!["Café two.\n"], vec![]));
}

#[test]
fn damaged_compression_is_reported_and_what_came_before_is_kept() {
    let rows: String =
        (0..20_000).map(|n| format!("{{\"text\":\"Row {n} {}\"}}\n", n * 7919 % 1013)).collect();
    for (name, packed) in [("a.jsonl.gz", gzip(rows.as_bytes())), ("a.jsonl.zst", zstd(rows.as_bytes()))] {
        let (texts, notes) = outcome(name, &packed);
        assert_eq!((texts.len(), notes), (20_000, vec![]), "{name}");
        let (texts, notes) = outcome(name, &packed[..packed.len() * 3 / 4]);
        assert!(texts.len() > 1000 && texts.len() < 20_000, "{name}: {}", texts.len());
        assert_eq!(notes.len(), 1, "{name}");
        assert_eq!(notes[0].0, "read::bad-compression");
        assert!(notes[0].1.is_some_and(|line| line as usize > texts.len()), "{name}");
        check(name, b"no such thing", &[], &[("read::bad-compression", Some(1))]);
        // Two members, two frames.
        let (texts, notes) = outcome(name, [packed.clone(), packed].concat());
        assert_eq!((texts.len(), notes), (40_000, vec![]), "{name}");
    }
    let mut wrong = gzip(b"{\"text\":\"One.\"}\n");
    let checksum = wrong.len() - 8;
    wrong[checksum] ^= 1;
    let (_, notes) = outcome("crc.jsonl.gz", wrong);
    assert_eq!(notes[0].0, "read::bad-compression");
}

#[test]
fn json_rows_fail_alone() {
    let lines =
        b"{\"text\":\"One.\"}\n\n{\"text\": 5}\n{\"id\":\"x\"}\n{\"text\":\"bad \xFF\"}\nnot json\n[1]\n\
        {\"text\":\"nul \\u0000\"}\n{\"text\":\"  \"}\n{\"text\":\"Two.\",\"title\":[1],\"date\":\"soon\"}\n\
        {\"text\":\"raw\0nul\"}\n{\"text\":\"cut";
    check(
        "a.jsonl",
        lines,
        &["One.", "Two."],
        &[
            ("read::wrong-type", Some(3)),
            ("read::missing-text", Some(4)),
            ("read::bad-encoding", Some(5)),
            ("read::bad-json", Some(6)),
            ("read::bad-json", Some(7)),
            ("read::nul-byte", Some(8)),
            ("read::empty-text", Some(9)),
            ("read::wrong-type", Some(10)),
            ("read::bad-date", Some(10)),
            ("read::nul-byte", Some(11)),
            ("read::bad-json", Some(12)),
        ],
    );
    let file = given("b.jsonl", lines);
    let (articles, _) = read(&file.path);
    assert_eq!(articles[1].id, format!("{}#9", file.path.display()));
}

#[test]
fn json_values_fail_alone() {
    check("one.json", "{\n\"text\": \"One {[\\\"\"\n}", &["One {[\""], &[]);
    check("two.json", "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}", &["One.", "Two."], &[]);
    check("none.json", "[]", &[], &[]);
    check(
        "array.json",
        "[{\"text\":\"One.\"},\n{\"text\": nope},\n{\"text\":\"Two.\"}\n{\"text\":\"Three.\"},\n7, \"x\",\n{\"text\":\"Four.\"}]",
        &["One.", "Two.", "Three.", "Four."],
        &[
            ("read::bad-json", Some(2)),
            ("read::bad-json", Some(4)),
            ("read::bad-json", Some(5)),
            ("read::bad-json", Some(5)),
        ],
    );
    check("cut.json", "[{\"text\":\"One.\"},\n{\"text\":\"Two", &["One."], &[("read::truncated", Some(2))]);
    check("open.json", "[{\"text\":\"One.\"},\n", &["One."], &[("read::truncated", Some(2))]);
    check("after.json", "[{\"text\":\"One.\"}]\n[]", &["One."], &[("read::bad-json", Some(2))]);
    check(
        "bad.json",
        b"[{\"text\":\"A.\"},\n{\"text\":\"\xE9\"},{\"text\":\"B.\"}]",
        &["A.", "B."],
        &[("read::bad-encoding", Some(2))],
    );
    let nested = format!("{{\"deep\":{}{},\"text\":\"One.\"}}\n", "[".repeat(100_000), "]".repeat(100_000));
    check("deep.jsonl", &nested, &["One."], &[]);
    check("deep.json", &nested, &["One."], &[]);
    let nested = format!("{{\"text\":{}{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    check("deeper.jsonl", &nested, &[], &[("read::wrong-type", Some(1))]);
    let open = format!("{{\"text\":{}}}\n", "[{\"a\":".repeat(100_000));
    check("open.jsonl", &open, &[], &[("read::bad-json", Some(1))]);
}

#[test]
fn csv_rows_fail_alone() {
    check(
        "a.csv",
        b"id,text,date\r\n1,\"One,\n\"\"two\"\".\",2025-07-03\r\n2,three\r\n3,bad \xFF,\n\n4,nul \0,\n5,,\n6,Six.,03/07/2025\n",
        &["One,\n\"two\".", "Six."],
        &[
            ("read::field-count", Some(4)),
            ("read::bad-encoding", Some(5)),
            ("read::nul-byte", Some(7)),
            ("read::empty-text", Some(8)),
            ("read::bad-date", Some(9)),
        ],
    );
    check(
        "quote.csv",
        "text\nOne.\n\"Two.\nThree.\nFour.\n",
        &["One."],
        &[("read::unclosed-quote", Some(3))],
    );
    check("late.csv", "id,text\n1,One.\n\"2\n\",\"Two.\n", &["One."], &[("read::unclosed-quote", Some(4))]);
    check("names.csv", "body,id\nOne.,1\n", &[], &[("read::missing-text", Some(1))]);
    check("twice.csv", "text,text\nOne.,Two.\n", &["One."], &[("read::duplicate-column", Some(1))]);
    check("header.csv", b"te\xFFxt\nOne.\n", &[], &[("read::bad-encoding", Some(1))]);
    check("cut.csv", "text,id\nOne.,1\nTwo", &["One."], &[("read::field-count", Some(3))]);
    check("only.csv", "text,id\n", &[], &[]);
    check(
        "a.tsv",
        b"text\tid\nOne\\n\\ttwo.\t1\nx\t\"y\tz\n\xFF\t3\n\"Said.\" he\t\"4\"\n",
        &["One\n\ttwo.", "\"Said.\" he"],
        &[("read::field-count", Some(3)), ("read::bad-encoding", Some(4))],
    );
    check("names.tsv", "body\nOne.\n", &[], &[("read::missing-text", Some(1))]);
    check("nul.tsv", "text\nOne.\na\0\n", &["One."], &[("read::nul-byte", Some(3))]);
}

#[test]
fn petrarch_sentences_make_stories() {
    let xml = "<?xml version='1.0'?>\n<Sentences>\n\
        <Sentence date=\"20250703\" id=\"a_b_1\" source=\"X &amp; Y\" sentence=\"True\"><Text>\n One\n two.</Text>\
        <Parse>(ROOT (S \n</Parse></Sentence>\n\
        <Sentence date=\"20250703\" id=\"a_b_2\" sentence=\"True\"><Text>Three &lt; four.</Text></Sentence>\n\
        <!-- <Sentence> --><Config option=\"x\" value=\"y\"/>\n\
        <Sentence date=\"someday\" id=\"c_1\" sentence=\"True\"><Text>Five.</Text></Sentence>\n\
        <Sentence id=\"d_1\" sentence=\"False\"><Text>Six.\n\nSeven.</Text></Sentence>\n\
        <Sentence id=\"e_1\" sentence=\"True\"></Sentence>\n\
        <Sentence id=\"f_1\" sentence=\"True\"><Text>Eight & nine.</Text></Sentence>\n\
        <Sentence id=\"g_1\" sentence=\"True\"><Text>Ten.</Text></Sentence>\n</Sentences>\n";
    let file = given("a.xml", xml);
    let (articles, notes) = read(&file.path);
    assert_eq!(texts(&articles), ["One two.\n\nThree < four.", "Five.", "Six.\n\nSeven.", "Ten."]);
    let ids: Vec<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["a_b", "c", "d_1", "g"]);
    assert_eq!(articles[0].source.as_deref(), Some("X & Y"));
    assert_eq!(articles[0].date, Some(date(2025, 7, 3)));
    assert_eq!(
        codes(&notes),
        [("read::bad-date", Some(9)), ("read::missing-text", Some(13)), ("read::bad-xml", Some(14)),]
    );
}

#[test]
fn feeds_are_read_item_by_item() {
    let rss = "<rss><channel><title>The &amp; Paper</title><language>en-gb</language>\n\
        <item><title>A &amp;amp; B</title><link>https://example.org/a</link><pubDate>Thu, 03 Jul 2025 10:00:00 GMT</pubDate>\
        <description><![CDATA[<p>One.</p><p>Two&nbsp;three.</p>]]></description></item>\n\
        <item><description>broken <b></description></item>\n\
        <item><description>&lt;p&gt;Four.&lt;/p&gt;&lt;item&gt;Five.</description><source>Agency</source></item>\n\
        <item/>\n</channel></rss>";
    let file = given("a.xml", rss);
    let (articles, notes) = read(&file.path);
    assert_eq!(texts(&articles), ["One.\n\nTwo three.", "Four.\n\nFive."]);
    assert_eq!(articles[0].title.as_deref(), Some("A & B"));
    assert_eq!(articles[0].date, Some(date(2025, 7, 3)));
    assert_eq!(articles[0].source.as_deref(), Some("The & Paper"));
    assert_eq!(articles[1].source.as_deref(), Some("Agency"));
    assert_eq!(articles[1].language.as_deref(), Some("en-gb"));
    assert_eq!(articles[1].id, format!("{}#3", file.path.display()));
    assert_eq!(codes(&notes), [("read::bad-xml", Some(3)), ("read::missing-text", Some(5))]);

    let atom = "<feed xml:lang='fr'><entry><title type='html'>A &lt;b>b&lt;/b></title><id>x:1</id>\
        <link rel='self' href='no'/><link href='https://example.org/b'/><updated>2025-07-03T01:02:03Z</updated>\
        <content type='xhtml'><div><p>One &lt; two.</p><p>Three.</p></div></content></entry>\
        <entry><content>Plain &lt;text&gt;.</content></entry></feed>";
    let file = given("b.xml", atom);
    let (articles, notes) = read(&file.path);
    assert_eq!(notes, []);
    assert_eq!(texts(&articles), ["One < two.\n\nThree.", "Plain <text>."]);
    assert_eq!(articles[0].title.as_deref(), Some("A b"));
    assert_eq!(articles[0].url.as_deref(), Some("https://example.org/b"));
    assert_eq!(articles[0].language.as_deref(), Some("fr"));
    assert_eq!(articles[0].date, Some(date(2025, 7, 3)));
}

#[test]
fn damaged_xml_is_reported() {
    let item = |text: &str| format!("<item><description>{text}</description></item>\n");
    let start = format!("<rss><channel>\n{}", item("One."));
    check("cut.xml", format!("{start}<item><description>Tw"), &["One."], &[("read::truncated", Some(3))]);
    check("open.xml", &start, &["One."], &[("read::truncated", Some(3))]);
    let mut bad =
        format!("{start}<item><description>\nE</description></item>{}</channel></rss>", item("Two."))
            .into_bytes();
    let at = bad.iter().position(|byte| *byte == b'E').expect("written above");
    bad[at] = 0xE9;
    check("bytes.xml", bad, &["One.", "Two."], &[("read::bad-encoding", Some(4))]);
    let latin = [
        b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>".as_slice(),
        b"<rss><item><description>Caf\xE9</description></item></rss>",
    ];
    check("latin.xml", latin.concat(), &["Café"], &[]);
    check(
        "label.xml",
        "<?xml version='1.0' encoding='klingon'?><rss/>",
        &[],
        &[("read::unknown-encoding", Some(1))],
    );
    check("other.xml", "<html><p>x</p></html>", &[], &[("read::unknown-xml", None)]);
    check("text.xml", "no markup at all", &[], &[("read::bad-xml", None)]);
    check("none.xml", "<rss><channel></channel></rss>", &[], &[("read::empty-file", None)]);
    check(
        "nul.xml",
        format!("{start}{}{}</channel></rss>", item("a\0"), item("Two.")),
        &["One.", "Two."],
        &[("read::nul-byte", Some(3))],
    );
    let nested = format!("{start}{}{}</channel></rss>", item(&"<a>".repeat(10_000)), item("Two."));
    check("deep.xml", nested, &["One.", "Two."], &[("read::bad-xml", Some(3))]);
    let balanced = format!("{}x{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    let (texts, notes) = outcome("deep2.xml", format!("<rss>{}</rss>", item(&balanced)));
    assert_eq!((texts.len(), texts[0].trim(), notes.len()), (1, "x", 0));
}

fn page(body: &str) -> String {
    format!("<html lang=en><head><title>T</title></head><body><article>{body}</article></body></html>")
}

const PARAGRAPH: &str = "The minister met the ambassador on Monday, and the two agreed to hold further talks in spring, \
    officials said after the meeting, which lasted for three hours.";

#[test]
fn pages_are_read_and_damaged_ones_reported() {
    let body = format!("<p>{PARAGRAPH}</p>").repeat(4);
    let text = [PARAGRAPH; 4].join("\n\n");
    check("a.html", page(&body), &[&text], &[]);
    check("cut.html", &page(&body)[..page(&body).len() - 20], &[&text], &[]);
    check("none.html", "<html><body></body></html>", &[], &[("read::no-article", None)]);
    check("nul.html", page(&format!("\n{body}\0")), &[], &[("read::nul-byte", Some(2))]);
    let latin = [b"<meta charset=windows-1252>\n<p>Caf\xE9 ".as_slice(), page(&body).as_bytes()].concat();
    let (texts, notes) = outcome("latin.html", latin);
    assert!(texts[0].contains("The minister met"), "{texts:?}");
    assert_eq!(notes, []);
    check(
        "bytes.html",
        [page(&body).as_bytes(), b"\n\xE9"].concat(),
        &[],
        &[("read::bad-encoding", Some(2))],
    );
    let deep = page(&format!("{}{body}{}", "<div>".repeat(10_000), "</div>".repeat(10_000)));
    let (texts, notes) = outcome("deep.html", deep);
    assert!(texts[0].contains("The minister met"));
    assert_eq!(notes, [("read::deep-nesting", None)]);
    // Taking time by the square of these, the run would not end.
    for c in ["&", "<", "&lt;", "&nbsp;", "&x;", "\u{A0}"] {
        let (texts, notes) = outcome("special.html", page(&format!("{body}<p>{}</p>", c.repeat(1 << 20))));
        assert_eq!((texts.len(), notes), (1, vec![]), "{c}");
    }
    let file = given("title.html", format!("<body><h1>A &lt; B & C</h1>{body}</body>"));
    assert_eq!(read(&file.path).0[0].title.as_deref(), Some("A < B & C"));
    let tags = "<b x=1><i y=2>".repeat(400_000);
    check("tags.html", page(&tags), &[], &[("read::too-many-tags", None)]);
}

#[test]
fn what_a_page_says_of_itself() {
    let body = format!("<p>{PARAGRAPH}</p>").repeat(4);
    let data = "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"WebSite\"},\
        {\"@type\":\"NewsArticle\",\"headline\":\"Talks &amp; more\",\"datePublished\":\"2025-07-03T08:00:00+02:00\",\
        \"publisher\":{\"name\":\"The Paper\"}}]}</script>";
    let file = given("a.html", page(&format!("{data}<time datetime=2020-01-01>then</time>{body}")));
    let (articles, notes) = read(&file.path);
    assert_eq!(notes, []);
    assert_eq!(articles[0].title.as_deref(), Some("Talks & more"));
    assert_eq!(articles[0].date, Some(date(2025, 7, 3)));
    assert_eq!(articles[0].source.as_deref(), Some("The Paper"));
    let deep = format!("<script type='application/ld+json'>{}</script>", "[".repeat(100_000));
    for (head, day) in [
        (
            "<meta name=date content='yesterday'><time datetime=2020-01-02></time>".to_owned(),
            Some(date(2020, 1, 2)),
        ),
        ("<meta itemprop=datePublished content='3 July 2025'>".to_owned(), Some(date(2025, 7, 3))),
        (format!("{deep}<time>no</time>"), None),
    ] {
        let file = given("a.html", page(&format!("{head}{body}")));
        let (articles, notes) = read(&file.path);
        assert_eq!((articles[0].date, notes), (day, vec![]), "{head:.60}");
    }
    let file = given("a.html", page(&format!("<meta name=date content=soon>{body}")));
    let (articles, notes) = read(&file.path);
    assert_eq!((articles[0].date, codes(&notes)), (None, vec![("read::bad-date", None)]));
}

fn warc_record(kind: &str, url: &str, block: &[u8]) -> Vec<u8> {
    let content = if kind == "response" { "application/http; msgtype=response" } else { "text/plain" };
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(head: &str, body: &[u8]) -> Vec<u8> {
    warc_record(
        "response",
        "https://example.org/x",
        &[format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat(),
    )
}

#[test]
fn archives_are_read_record_by_record() {
    let text = "200 OK\r\nContent-Type: text/plain; charset=utf-8";
    let html = page(&format!("<p>{PARAGRAPH}</p>").repeat(4));
    let records = [
        warc_record("warcinfo", "", b"x"),
        response(text, b"One."),
        response("404 Not Found\r\nContent-Type: text/html", b"no"),
        response("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        response("200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip", &gzip(b"Two.")),
        response("200 OK\r\nContent-Type: text/html", html.as_bytes()),
        response("200 OK\r\nContent-Type: text/plain; charset=iso-8859-1", b"Caf\xE9."),
        response(text, b"bad \xE9"),
        response(text, b"nul \0"),
        warc_record("conversion", "https://example.org/y", b"Three."),
        warc_record("response", "https://example.org/z", b"garbage"),
    ];
    let file = given("a.warc", records.concat());
    let (articles, notes) = read(&file.path);
    let html_text = [PARAGRAPH; 4].join("\n\n");
    assert_eq!(texts(&articles), ["One.", "Two.", &html_text, "Café.", "Three."]);
    assert_eq!(articles[4].url.as_deref(), Some("https://example.org/y"));
    assert_eq!(articles[4].id, format!("{}#10", file.path.display()));
    let got: Vec<(&str, Severity)> = notes.iter().map(|note| (note.code, note.severity)).collect();
    assert_eq!(
        got,
        [
            ("read::no-document", Severity::Info),
            ("read::no-document", Severity::Info),
            ("read::bad-encoding", Severity::Error),
            ("read::nul-byte", Severity::Error),
            ("read::bad-warc", Severity::Error),
        ]
    );

    let good = response(text, b"One.");
    check("stray.warc", [b"junk\n".as_slice(), &good].concat(), &["One."], &[("read::bad-warc", Some(1))]);
    let lines = good.iter().filter(|byte| **byte == b'\n').count() as u64;
    let cut = [good.as_slice(), &good[..good.len() - 8]].concat();
    check("cut.warc", cut, &["One."], &[("read::truncated", Some(lines + 1))]);
    let head = [good.as_slice(), b"WARC/1.0\r\nWARC-Type: resp"].concat();
    check("head.warc", head, &["One."], &[("read::truncated", Some(lines + 1))]);
    let wrong =
        [b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n".as_slice(), &good].concat();
    check("length.warc", wrong, &["One."], &[("read::bad-warc", Some(1))]);
    check("none.warc", "not an archive\n", &[], &[("read::bad-warc", Some(1))]);
}

mod columnar {
    use super::*;
    use arrow_array::builder::{BinaryBuilder, ListBuilder, StringBuilder};
    use arrow_array::{
        ArrayRef, Date32Array, DictionaryArray, Int64Array, LargeStringArray, RecordBatch, StringArray,
        TimestampMillisecondArray, types::Int32Type,
    };
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::WriterProperties;
    use std::sync::Arc;

    fn parquet(columns: Vec<(&str, ArrayRef)>, group: usize) -> Vec<u8> {
        let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
        let properties = WriterProperties::builder().set_max_row_group_row_count(Some(group)).build();
        let mut writer =
            ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).expect("a schema");
        writer.write(&batch).expect("memory");
        writer.into_inner().expect("memory")
    }

    #[test]
    fn every_usual_type_is_read() {
        let dictionary: DictionaryArray<Int32Type> = vec!["Press", "Press"].into_iter().collect();
        let bytes = parquet(
            vec![
                ("text", Arc::new(LargeStringArray::from(vec!["One.", "Two."])) as ArrayRef),
                ("id", Arc::new(Int64Array::from(vec![7, 8]))),
                ("date", Arc::new(Date32Array::from(vec![Some(20_272), None]))),
                ("source", Arc::new(dictionary)),
                ("other", Arc::new(Int64Array::from(vec![1, 2]))),
            ],
            1,
        );
        for (name, bytes) in
            [("a.parquet", bytes.clone()), ("a.parquet.gz", gzip(&bytes)), ("a.parquet.zst", zstd(&bytes))]
        {
            let file = given(name, bytes);
            let (articles, notes) = read(&file.path);
            assert_eq!(notes, []);
            assert_eq!(texts(&articles), ["One.", "Two."]);
            assert_eq!((articles[0].id.as_str(), articles[1].source.as_deref()), ("7", Some("Press")));
            assert_eq!((articles[0].date, articles[1].date), (Some(date(2025, 7, 3)), None));
        }
        let bytes = parquet(
            vec![
                ("text", Arc::new(StringArray::from(vec!["One."])) as ArrayRef),
                ("date", Arc::new(TimestampMillisecondArray::from(vec![1_751_500_800_000 - 1]))),
            ],
            10,
        );
        let file = given("b.parquet", bytes);
        assert_eq!(read(&file.path).0[0].date, Some(date(2025, 7, 2)));
    }

    #[test]
    fn rows_fail_alone() {
        let mut binary = BinaryBuilder::new();
        for text in [b"One.".as_slice(), b"bad \xE9", b"nul \0", b"", b"Two."] {
            binary.append_value(text);
        }
        binary.append_null();
        let bytes = parquet(vec![("text", Arc::new(binary.finish()))], 4);
        check(
            "a.parquet",
            bytes,
            &["One.", "Two."],
            &[
                ("read::bad-encoding", None),
                ("read::nul-byte", None),
                ("read::empty-text", None),
                ("read::missing-text", None),
            ],
        );
        let mut lists = ListBuilder::new(StringBuilder::new());
        lists.values().append_value("x");
        lists.append(true);
        check(
            "list.parquet",
            parquet(vec![("text", Arc::new(lists.finish()))], 4),
            &[],
            &[("read::wrong-type", None)],
        );
        let bytes = parquet(vec![("body", Arc::new(StringArray::from(vec!["One."])))], 4);
        check("names.parquet", bytes, &[], &[("read::missing-text", None)]);
    }

    #[test]
    fn one_bad_row_among_strings_costs_only_itself() {
        let texts: Vec<String> =
            (0..3000).map(|n| format!("Sentence number {n:05} of the corpus.")).collect();
        let array = StringArray::from(texts.iter().map(String::as_str).collect::<Vec<_>>());
        let batch = RecordBatch::try_from_iter([("text", Arc::new(array) as ArrayRef)]).expect("a column");
        let properties = WriterProperties::builder()
            .set_dictionary_enabled(false)
            .set_statistics_enabled(parquet::file::properties::EnabledStatistics::None)
            .build();
        let mut writer =
            ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).expect("a schema");
        writer.write(&batch).expect("memory");
        let mut bytes = writer.into_inner().expect("memory");
        let at =
            bytes.windows(12).position(|window| window == b"number 01234").expect("it is stored plainly");
        bytes[at] = 0xFF;
        let (got, notes) = outcome("a.parquet", bytes);
        assert_eq!(notes, [("read::bad-encoding", None)]);
        assert_eq!(got.len(), 2999);
        assert!(!got.contains(&texts[1234]) && got[1234] == texts[1235]);
    }

    #[test]
    fn damaged_files_are_reported() {
        let bytes = fs::read(examples().join("endings.parquet")).expect("an example");
        check("cut.parquet", &bytes[..bytes.len() - 30], &[], &[("read::bad-parquet", None)]);
        check("text.parquet", "no Parquet at all", &[], &[("read::bad-parquet", None)]);
        for at in (0..bytes.len()).step_by(7) {
            for flip in [0x01, 0x80, 0xFF] {
                let mut damaged = bytes.clone();
                damaged[at] ^= flip;
                let options = ReadOptions { format: Some(Format::Parquet), ..ReadOptions::default() };
                let sources =
                    Sources::from_reader("x", Box::new(Cursor::new(damaged)), options).expect("usable");
                let (articles, notes) = collect(sources);
                assert!(articles.len() + notes.len() > 0, "silence at byte {at}");
            }
        }
    }
}

/// Writes a file of `before`, then `count` times `unit`, then `after`.
fn large(path: &Path, before: &str, unit: &str, count: usize, after: &str) {
    let mut out = BufWriter::new(File::create(path).expect("a temporary file"));
    let block = unit.repeat(1 << 10);
    out.write_all(before.as_bytes()).expect("space");
    for _ in 0..count >> 10 {
        out.write_all(block.as_bytes()).expect("space");
    }
    out.write_all(after.as_bytes()).expect("space");
    out.flush().expect("space");
}

#[test]
fn documents_over_the_limit_are_skipped_and_the_rows_beside_them_read() {
    let folder = TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let many = 100 << 20;
    // Name, what stands before the long part, its unit, what stands after; code, line and articles expected.
    type Case = (&'static str, &'static str, &'static str, &'static str, &'static str, Option<u64>, usize);
    let cases: [Case; 9] = [
        ("a.txt", "", "a", "", "read::too-large", None, 0),
        ("a.html", "<p>", "<p>a ", "", "read::too-large", None, 0),
        (
            "a.jsonl",
            "{\"text\":\"A.\"}\n{\"text\":\"",
            "a",
            "\"}\n{\"text\":\"B.\"}\n",
            "read::too-large",
            Some(2),
            2,
        ),
        (
            "a.json",
            "[{\"text\":\"A.\"},\n{\"text\":\"",
            "a",
            "\"},{\"text\":\"B.\"}]",
            "read::too-large",
            Some(2),
            2,
        ),
        ("a.csv", "text\nA.\n\"", "a,\n", "\"\nB.\n", "read::too-large", Some(3), 2),
        ("q.csv", "text\nA.\n\"", "a,\n", "", "read::unclosed-quote", Some(3), 1),
        ("a.tsv", "text\nA.\n", "a", "\nB.\n", "read::too-large", Some(3), 2),
        (
            "a.xml",
            "<rss><item><description>A.</description></item>\n<item><description>",
            "a",
            "</description></item><item><description>B.</description></item></rss>",
            "read::too-large",
            Some(2),
            2,
        ),
        (
            "tag.xml",
            "<rss><item><description>A.</description></item><x y='",
            "a",
            "",
            "read::truncated",
            Some(1),
            1,
        ),
    ];
    for (name, before, unit, after, code, line, count) in cases {
        large(&at(name), before, unit, many / unit.len(), after);
        let (articles, notes) = read(&at(name));
        assert_eq!(codes(&notes), [(code, line)], "{name}");
        assert_eq!(articles.len(), count, "{name}");
        fs::remove_file(at(name)).expect("written above");
    }
    let huge = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {many}\r\n\r\n"
    );
    let good = String::from_utf8(response("200 OK\r\nContent-Type: text/plain", b"B.")).expect("ASCII");
    large(&at("a.warc"), &huge, "a", many, &format!("\r\n\r\n{good}"));
    let (articles, notes) = read(&at("a.warc"));
    assert_eq!((texts(&articles), codes(&notes)), (vec!["B."], vec![("read::too-large", Some(1))]));
}

#[test]
fn a_compression_bomb_is_only_streamed() {
    let zeros = vec![b'a'; 1 << 20];
    let mut members = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    members.write_all(b"{\"text\":\"A.\"}\n{\"text\":\"").expect("memory");
    for _ in 0..400 {
        members.write_all(&zeros).expect("memory");
    }
    members.write_all(b"\"}\n{\"text\":\"B.\"}\n").expect("memory");
    let bomb = members.finish().expect("memory");
    assert!(bomb.len() < 1 << 20);
    check("a.jsonl.gz", &bomb, &["A.", "B."], &[("read::too-large", Some(2))]);
    for name in ["a.txt.gz", "a.html.gz"] {
        check(name, &bomb, &[], &[("read::too-large", None)]);
    }
    // A page of a web archive that is itself a bomb.
    let mut body = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        body.write_all(&zeros).expect("memory");
    }
    let body = body.finish().expect("memory");
    let head = "200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip";
    let records = [response(head, &body), response("200 OK\r\nContent-Type: text/plain", b"B.")].concat();
    check("a.warc", records, &["B."], &[("read::bad-warc", Some(1))]);
}

#[test]
fn limits_can_be_set() {
    let file = given("a.jsonl", "{\"text\":\"0123456789 0123456789\"}\n{\"text\":\"B.\"}\n");
    let options = ReadOptions { max_document_bytes: 20, ..ReadOptions::default() };
    let (articles, notes) = read_with(&file.path, options);
    assert_eq!((texts(&articles), codes(&notes)), (vec!["B."], vec![("read::too-large", Some(1))]));
}

/// One small file of each format, to be damaged.
fn seeds() -> Vec<(Format, Vec<u8>)> {
    let example = |name: &str| fs::read(examples().join(name)).expect("an example");
    vec![
        (Format::Text, example("1990-08-08-kuwait.txt")),
        (Format::Html, example("2011-02-11-mubarak.html")),
        (Format::JsonLines, example("borders.jsonl")),
        (Format::Json, example("gulf.json")),
        (Format::Csv, example("captives.csv")),
        (Format::Tsv, example("courts-and-generals.tsv")),
        (Format::Parquet, example("endings.parquet")),
        (Format::Xml, example("summits.atom.xml")),
        (Format::Xml, example("2018-07-09-asmara.xml")),
        (Format::Warc, example("2022-09-21-mobilisation.warc.gz")),
        (Format::JsonLines, example("after-the-storm.jsonl.zst")),
    ]
}

fn consume(bytes: Vec<u8>, format: Format) -> usize {
    let options = ReadOptions { format: Some(format), max_document_bytes: 1 << 20, ..ReadOptions::default() };
    let sources = Sources::from_reader("x", Box::new(Cursor::new(bytes)), options).expect("usable");
    sources
        .map(|read| match read {
            Read::Article(article) => {
                assert!(!article.text.trim().is_empty() && !article.text.contains('\0'))
            }
            Read::Note(note) => assert!(note.code.starts_with("read::") && note.place == "x"),
        })
        .count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_in_any_format_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for (_, format) in Format::NAMES {
            prop_assert!(consume(bytes.clone(), *format) > 0 || matches!(format, Format::Json | Format::JsonLines | Format::Csv | Format::Tsv));
        }
    }

    #[test]
    fn any_markup_like_text_is_read_without_panic(
        text in "([<>/&;\"'{}\\[\\],:=\\\\\n\t!?-]|<item>|</item>|<Text>|CDATA\\[|text|\"text\":|WARC/1.0\r\n|\r\n){0,60}"
    ) {
        for (_, format) in Format::NAMES {
            consume(text.clone().into_bytes(), *format);
        }
    }

    #[test]
    fn any_damage_is_survived(
        which in 0usize..11,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let (format, mut bytes) = seeds().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        consume(bytes, format);
    }
}
