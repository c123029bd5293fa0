//! Ctrl-C: nothing half-written, and a word on how to go on.
#![cfg(unix)]

use super::{PLAIN, Run, demarche, folder, path, rows};
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn interrupt(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(sent.success());
}

fn row(id: usize) -> String {
    format!("{{\"id\": \"{id}\", \"text\": \"{PLAIN}\"}}\n")
}

#[test]
fn records_on_standard_output_are_whole_and_the_rest_can_be_done_later() {
    let mut child = demarche(&["code", "-", "--skip", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The input stays open: the program waits for more when it is interrupted.
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        // The program may end before it has taken all.
        let _ = input.write_all((0..2000).map(row).collect::<String>().as_bytes());
        input
    });
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    assert!(out.read_line(&mut text).unwrap() > 0, "records come before the input ends");
    interrupt(&child);
    out.read_to_string(&mut text).unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    drop(writer.join());
    let rows = rows(&text);
    let docs: BTreeSet<u64> = rows.iter().map(|row| row["doc"].as_str().unwrap().parse().unwrap()).collect();
    let next = docs.last().unwrap() + 1;
    assert!(docs.into_iter().eq(2..next), "documents are done in order and whole");
    let (done, skip) = (format!("after {} documents", next - 2), format!("`--skip {next}`"));
    assert!(said.contains(&done) && said.contains(&skip), "{said}");
}

#[test]
fn no_file_is_left_behind() {
    for (command, name) in [("code", "e.parquet"), ("parse", "e.conllu"), ("classify", "e.jsonl")] {
        let folder = folder(&[]);
        let mut child = demarche(&[command, "-", "-o", &path(&folder, name)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(row(0).as_bytes()).unwrap();
        input.flush().unwrap();
        let files = || std::fs::read_dir(folder.path()).unwrap().count();
        let start = Instant::now();
        while files() == 0 {
            assert!(start.elapsed() < Duration::from_secs(60), "{command} opens its file");
            std::thread::sleep(Duration::from_millis(5));
        }
        interrupt(&child);
        let done = Run::of(child.wait_with_output().unwrap());
        drop(input);
        assert_eq!(done.status, 130, "{command}: {}", done.err);
        assert!(done.err.contains("was not written"), "{command}: {}", done.err);
        assert_eq!(files(), 0, "{command}");
    }
}
