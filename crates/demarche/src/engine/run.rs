//! Documents through the coder: a reader, workers that each have a desk, results in the order of the input.

use super::queue::{Next, Queue};
use crate::read::Read;
use demarche_coder::{Desk, Timing};
use demarche_record::{Article, Note, Severity};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How to run.
#[derive(Debug, Clone, Copy)]
pub struct RunOptions<'a> {
    /// Threads that work on documents; 0 is taken for 1. Reading and the sink have their own.
    pub threads: usize,
    /// Keep the time that each stage takes.
    pub timed: bool,
    /// Once set, no further document is begun beyond those already read; what was read is finished and given to
    /// the sink.
    pub stop: &'a AtomicBool,
}

/// What the sink is given, in the order of the input.
#[derive(Debug, Clone, PartialEq)]
pub enum Finished<T> {
    /// What was made of a document.
    Document(T),
    /// A problem, of reading or of a document.
    Note(Note),
    /// Nothing more is ready now: a good moment to flush.
    Idle,
}

/// What happened, after the last result.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents worked on.
    pub documents: u64,
    /// Notes that say that part of the input could not be used.
    pub errors: u64,
    /// Whether it ended because it was told to stop.
    pub stopped: bool,
    /// Time spent reading; zero unless asked for.
    pub reading: Duration,
    /// Time spent in the stages, summed over threads; zero unless asked for.
    pub timing: Timing,
}

/// Takes documents through `work` on several threads and gives the results to `sink` on the calling thread.
///
/// The sink sees documents and notes in the order of `sources`, whatever the number of threads. What is held at a time
/// is bounded: a few chunks of about 64 KiB of text for each thread, or one document each if those are larger. A
/// document on which `work` panics becomes a note of severity [`Severity::Error`], and the run goes on. `sources` is
/// read on a thread of its own, which is not waited for if the run is stopped: it ends when its source next yields.
///
/// # Errors
/// The first error of the sink, which ends the run.
pub fn run<T: Send, E>(
    sources: impl Iterator<Item = Read> + Send + 'static,
    options: RunOptions<'_>,
    work: impl Fn(&Article, &mut Desk) -> T + Sync,
    mut sink: impl FnMut(Finished<T>) -> Result<(), E>,
) -> Result<Summary, E> {
    let threads = options.threads.max(1);
    let queue = Arc::new(Queue::new(threads));
    let reading = Arc::new(AtomicU64::new(0));
    let reader = Reader { queue: queue.clone(), nanos: options.timed.then(|| reading.clone()) };
    thread::spawn(move || reader.read(sources));
    let results: Mutex<BTreeMap<u64, Vec<Finished<T>>>> = Mutex::default();
    let timing = Mutex::new(Timing::default());
    let mut summary = Summary::default();
    let outcome = thread::scope(|scope| {
        let end = AtEnd(&queue);
        for _ in 0..threads {
            scope.spawn(|| {
                let mut desk = fresh_desk(options.timed);
                let mut spent = Timing::default();
                while let Some((number, chunk)) = queue.take_work() {
                    let finished =
                        chunk.into_iter().map(|read| finish(read, &work, &mut desk, &mut spent)).collect();
                    lock(&results).insert(number, finished);
                    queue.mark_ready(number);
                }
                add(&mut lock(&timing), &spent);
            });
        }
        let outcome = drain(&queue, &results, options.stop, &mut summary, &mut sink);
        drop(end);
        outcome
    });
    summary.reading = Duration::from_nanos(reading.load(Ordering::Relaxed));
    summary.timing = *lock(&timing);
    outcome.map(|()| summary)
}

/// Gives results to the sink in order until there are no more.
fn drain<T, E>(
    queue: &Queue,
    results: &Mutex<BTreeMap<u64, Vec<Finished<T>>>>,
    stop: &AtomicBool,
    summary: &mut Summary,
    sink: &mut impl FnMut(Finished<T>) -> Result<(), E>,
) -> Result<(), E> {
    let mut patient = false;
    loop {
        if !summary.stopped && stop.load(Ordering::Relaxed) {
            summary.stopped = true;
            queue.close();
        }
        match queue.next(patient) {
            Next::End => return Ok(()),
            Next::Nothing if patient => {}
            Next::Nothing => {
                sink(Finished::Idle)?;
                patient = true;
            }
            Next::Chunk(number) => {
                patient = false;
                for finished in lock(results).remove(&number).unwrap_or_default() {
                    match &finished {
                        Finished::Document(_) => summary.documents += 1,
                        Finished::Note(note) if note.severity == Severity::Error => summary.errors += 1,
                        _ => {}
                    }
                    sink(finished)?;
                }
            }
        }
    }
}

/// Lets reader and workers end however the sink ended.
struct AtEnd<'q>(&'q Queue);

impl Drop for AtEnd<'_> {
    fn drop(&mut self) {
        self.0.abandon();
    }
}

/// Reads on a thread of its own.
struct Reader {
    queue: Arc<Queue>,
    nanos: Option<Arc<AtomicU64>>,
}

impl Reader {
    fn read(self, mut sources: impl Iterator<Item = Read>) {
        loop {
            let start = self.nanos.as_ref().map(|_| Instant::now());
            let read = catch_unwind(AssertUnwindSafe(|| sources.next()));
            if let (Some(nanos), Some(start)) = (&self.nanos, start) {
                let spent = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
                nanos.fetch_add(spent, Ordering::Relaxed);
            }
            match read {
                Ok(Some(read)) => {
                    if !self.queue.push(read) {
                        return;
                    }
                }
                Ok(None) => return,
                Err(panic) => {
                    let note = failure("the input", "engine::reader-failed", "reading", &*panic);
                    self.queue.push(Read::Note(note));
                    return;
                }
            }
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.queue.close();
    }
}

fn finish<T>(
    read: Read,
    work: &impl Fn(&Article, &mut Desk) -> T,
    desk: &mut Desk,
    spent: &mut Timing,
) -> Finished<T> {
    let article = match read {
        Read::Note(note) => return Finished::Note(note),
        Read::Article(article) => article,
    };
    match catch_unwind(AssertUnwindSafe(|| work(&article, desk))) {
        Ok(made) => {
            if let Some(timing) = &mut desk.timing {
                add(spent, &std::mem::take(timing));
            }
            Finished::Document(made)
        }
        Err(panic) => {
            // What the desk holds may be half changed.
            *desk = fresh_desk(desk.timing.is_some());
            let code = "engine::document-failed";
            Finished::Note(failure(&article.id, code, "the document", &*panic))
        }
    }
}

fn failure(place: &str, code: &'static str, what: &str, panic: &(dyn std::any::Any + Send)) -> Note {
    let cause = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("of unknown cause");
    Note {
        place: place.to_owned(),
        line: None,
        span: None,
        severity: Severity::Error,
        code,
        message: format!("{what} failed inside the program: {cause}"),
        hint: Some("this is a fault of the program, please report it with the text".to_owned()),
    }
}

fn fresh_desk(timed: bool) -> Desk {
    let mut desk = Desk::default();
    desk.timing = timed.then(Timing::default);
    desk
}

fn add(sum: &mut Timing, more: &Timing) {
    sum.split += more.split;
    sum.parse += more.parse;
    sum.find += more.find;
    sum.code += more.code;
}

fn lock<V>(mutex: &Mutex<V>) -> std::sync::MutexGuard<'_, V> {
    // What is kept under these locks is whole between any two statements.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::queue::{CHUNK_READS, CHUNKS_AHEAD};
    use std::convert::Infallible;

    fn article(number: usize) -> Read {
        Read::Article(Article {
            id: number.to_string(),
            // Of very different sizes, so that later documents are done before earlier ones.
            text: "x".repeat(if number.is_multiple_of(97) { 200_000 } else { number % 50 }),
            ..Article::default()
        })
    }

    fn note(number: usize) -> Read {
        Read::Note(failure(&number.to_string(), "test", "a row", &"bad"))
    }

    fn mixed(count: usize) -> impl Iterator<Item = Read> {
        (0..count).map(|i| if i % 13 == 5 { note(i) } else { article(i) })
    }

    fn gather(threads: usize, count: usize) -> (Vec<String>, Summary) {
        let stop = AtomicBool::new(false);
        let options = RunOptions { threads, timed: true, stop: &stop };
        let mut seen = Vec::new();
        let summary = run(
            mixed(count),
            options,
            |a, _| {
                assert!(a.id != "777", "a document that breaks the program");
                thread::sleep(Duration::from_micros(a.text.len() as u64 / 100));
                a.id.clone()
            },
            |finished| {
                match finished {
                    Finished::Document(id) => seen.push(id),
                    Finished::Note(note) => seen.push(format!("note {} {}", note.place, note.code)),
                    Finished::Idle => {}
                }
                Ok::<(), Infallible>(())
            },
        );
        (seen, summary.unwrap())
    }

    #[test]
    fn results_come_in_the_order_of_the_input_on_any_number_of_threads() {
        let (one, summary) = gather(1, 2000);
        assert_eq!(one.len(), 2000);
        assert_eq!(one[777], "note 777 engine::document-failed");
        assert_eq!(one[5], "note 5 test");
        assert_eq!(one[1999], "1999");
        let notes = (0..2000).filter(|i| i % 13 == 5).count() as u64;
        assert_eq!((summary.errors, summary.documents), (notes + 1, 2000 - notes - 1));
        assert!(!summary.stopped);
        for threads in [0, 2, 8] {
            assert_eq!(gather(threads, 2000).0, one);
        }
    }

    #[test]
    fn no_input_is_an_empty_run() {
        assert_eq!(gather(4, 0).0.len(), 0);
    }

    #[test]
    fn no_more_is_read_ahead_than_the_window_allows() {
        let read = Arc::new(AtomicU64::new(0));
        let counter = read.clone();
        let stop = AtomicBool::new(false);
        let mut given = 0;
        let mut most_ahead = 0;
        let options = RunOptions { threads: 2, timed: false, stop: &stop };
        run(
            (0..5000).map(article).inspect(move |_| _ = counter.fetch_add(1, Ordering::SeqCst)),
            options,
            |_, _| (),
            |finished| {
                if finished == Finished::Document(()) {
                    given += 1;
                    most_ahead = most_ahead.max(read.load(Ordering::SeqCst) - given);
                }
                Ok::<(), Infallible>(())
            },
        )
        .unwrap();
        assert_eq!(given, 5000);
        // What waits, what is under way, and what reader and sink have in hand.
        let most = 2 * 2 * CHUNKS_AHEAD * CHUNK_READS + 2;
        assert!(most_ahead <= most as u64, "{most_ahead}");
    }

    #[test]
    fn a_stop_ends_a_run_whose_source_is_silent_and_loses_nothing_read() {
        let (send, receive) = std::sync::mpsc::channel();
        for i in 0..10 {
            send.send(article(i)).unwrap();
        }
        let stop = AtomicBool::new(false);
        let mut ids = Vec::new();
        let options = RunOptions { threads: 2, timed: false, stop: &stop };
        let summary = run(
            receive.into_iter(),
            options,
            |a, _| a.id.clone(),
            |finished| {
                if let Finished::Document(id) = finished {
                    ids.push(id);
                    stop.store(ids.len() == 10, Ordering::Relaxed);
                }
                Ok::<(), Infallible>(())
            },
        );
        // The sender lives until here: without the stop the run would wait for it.
        drop(send);
        assert!(summary.unwrap().stopped);
        assert_eq!(ids, (0..10).map(|i| i.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_of_the_sink_ends_the_run_even_on_an_endless_source() {
        let stop = AtomicBool::new(false);
        let options = RunOptions { threads: 3, timed: false, stop: &stop };
        let outcome = run(
            (0..).map(article),
            options,
            |a, _| a.id.clone(),
            |finished| match finished {
                Finished::Document(id) if id == "300" => Err(id),
                _ => Ok(()),
            },
        );
        assert_eq!(outcome, Err("300".to_owned()));
    }

    #[test]
    fn a_source_that_breaks_is_named_and_what_came_before_is_kept() {
        let stop = AtomicBool::new(false);
        let options = RunOptions { threads: 2, timed: false, stop: &stop };
        let mut seen = Vec::new();
        let source = (0..10).map(|i| {
            assert!(i < 7, "broken source");
            article(i)
        });
        let summary = run(
            source,
            options,
            |_, _| (),
            |finished| {
                match finished {
                    Finished::Note(note) => seen.push(note.to_string()),
                    Finished::Document(()) => seen.push(String::new()),
                    Finished::Idle => {}
                }
                Ok::<(), Infallible>(())
            },
        );
        assert_eq!(summary.unwrap().errors, 1);
        assert_eq!(seen.len(), 8);
        assert!(
            seen[7].contains("broken source") && seen[7].contains("engine::reader-failed"),
            "{}",
            seen[7]
        );
    }
}
