//! What is under way between reader, workers and sink: documents waiting, and chunks of them by number.
//!
//! Knows nothing of what the workers make; only which numbers are ready and have gone out.

use crate::read::Read;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Text in a chunk, in bytes, from which it is full.
pub(super) const CHUNK_BYTES: usize = 64 << 10;
/// Documents and notes in a chunk, at most.
pub(super) const CHUNK_READS: usize = 64;
/// Chunks of each thread that may wait, and that may be under way.
pub(super) const CHUNKS_AHEAD: usize = 4;
/// How long the sink waits before it looks whether it is to stop.
const LOOK: Duration = Duration::from_millis(50);

/// Documents and notes in their order.
pub(super) type Chunk = Vec<Read>;

#[derive(Default)]
struct State {
    /// What no worker has taken.
    waiting: VecDeque<Read>,
    waiting_bytes: usize,
    /// Chunks that workers have taken.
    taken: u64,
    /// Those whose results are there.
    ready: BTreeSet<u64>,
    /// Those whose results have gone out.
    out: u64,
    closed: bool,
}

/// The documents and chunks under way.
pub(super) struct Queue {
    threads: usize,
    state: Mutex<State>,
    work: Condvar,
    room: Condvar,
    news: Condvar,
}

/// What the sink is to do next.
pub(super) enum Next {
    /// Take this chunk's results.
    Chunk(u64),
    /// Nothing is ready.
    Nothing,
    /// Everything has gone out, and no more will come.
    End,
}

impl Queue {
    pub(super) fn new(threads: usize) -> Self {
        Self {
            threads,
            state: Mutex::default(),
            work: Condvar::new(),
            room: Condvar::new(),
            news: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing that can panic is done under the lock, so the state is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands a document or note over, waiting for room; false if no more is wanted.
    pub(super) fn push(&self, read: Read) -> bool {
        let most = self.threads * CHUNKS_AHEAD;
        let mut state = self.lock();
        while !state.closed
            && (state.waiting.len() >= most * CHUNK_READS || state.waiting_bytes >= most * CHUNK_BYTES)
        {
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return false;
        }
        state.waiting_bytes += bytes(&read);
        state.waiting.push_back(read);
        drop(state);
        self.work.notify_one();
        true
    }

    /// No more documents: those handed over are still worked on.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.work.notify_all();
        self.room.notify_all();
        self.news.notify_all();
    }

    /// No more documents, and those that no worker has begun are dropped.
    pub(super) fn abandon(&self) {
        self.lock().waiting.clear();
        self.close();
    }

    /// The next chunk for a worker; none when all is done.
    ///
    /// A worker takes what there is and does not wait for a chunk to fill; of few documents it takes its share.
    pub(super) fn take_work(&self) -> Option<(u64, Chunk)> {
        let window = (self.threads * CHUNKS_AHEAD) as u64;
        let mut state = self.lock();
        loop {
            if state.waiting.is_empty() {
                if state.closed {
                    return None;
                }
            } else if state.taken - state.out < window {
                break;
            }
            state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let share = state.waiting.len().div_ceil(self.threads).min(CHUNK_READS);
        let mut chunk = Chunk::with_capacity(share);
        let mut held = 0;
        while chunk.len() < share
            && held < CHUNK_BYTES
            && let Some(read) = state.waiting.pop_front()
        {
            held += bytes(&read);
            chunk.push(read);
        }
        state.waiting_bytes -= held;
        let number = state.taken;
        state.taken += 1;
        drop(state);
        self.room.notify_one();
        Some((number, chunk))
    }

    /// The results of a chunk are there.
    pub(super) fn mark_ready(&self, number: u64) {
        self.lock().ready.insert(number);
        self.news.notify_one();
    }

    /// What is next for the sink; waits a moment for it if `patient`.
    pub(super) fn next(&self, patient: bool) -> Next {
        let mut state = self.lock();
        let mut waited = !patient;
        loop {
            let number = state.out;
            if state.ready.remove(&number) {
                state.out += 1;
                drop(state);
                self.work.notify_one();
                return Next::Chunk(number);
            }
            if state.closed && state.waiting.is_empty() && state.out == state.taken {
                return Next::End;
            }
            if std::mem::replace(&mut waited, true) {
                return Next::Nothing;
            }
            (state, _) = self.news.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn bytes(read: &Read) -> usize {
    match read {
        Read::Article(article) => article.text.len(),
        Read::Note(_) => 0,
    }
}
