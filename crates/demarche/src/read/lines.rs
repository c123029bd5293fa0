//! Lines of a file or of standard input for those who read no documents: unpacked, counted, limited and in UTF-8.

use crate::read::feed::{Feed, Piece};
use crate::read::unpack::{by_magic, peek, unpack};
use crate::read::{notes, options::Packing};
use demarche_record::Note;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A file being read, and how far.
pub(crate) struct Opened {
    /// Its bytes, unpacked.
    pub(crate) stream: Box<dyn BufRead + Send>,
    /// Whether they were packed.
    pub(crate) packed: bool,
    /// Bytes read of the file as it lies there.
    pub(crate) read: Arc<AtomicU64>,
}

/// Counts what goes through it.
struct Counted<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Opens a file, or standard input for `-`; gzip and Zstandard are told by the first bytes.
pub(crate) fn open(name: &str) -> Result<Opened, Note> {
    let inner: Box<dyn Read + Send> = if name == "-" {
        Box::new(io::stdin())
    } else {
        match File::open(name) {
            Ok(file) => Box::new(file),
            Err(cause) => {
                let missing = cause.kind() == io::ErrorKind::NotFound;
                let code = if missing { "read::not-found" } else { "read::io" };
                return Err(notes::error(name, None, code, format!("cannot be opened: {cause}"), ""));
            }
        }
    };
    let read = Arc::new(AtomicU64::new(0));
    let counted = Counted { inner, read: read.clone() };
    let opened = peek(unpack(Box::new(counted), Packing::Plain), 4);
    let (start, stream) = opened.map_err(|cause| notes::fault(name, None, false, &cause))?;
    if start.starts_with(b"BZh") {
        let hint = "unpack it on the way: `bunzip2 -c FILE | demarche lexicon import … -`";
        return Err(notes::error(name, None, "read::bad-compression", "bzip2 is not read", hint));
    }
    let packing = by_magic(&start);
    let packed = packing != Packing::Plain;
    let stream = if packed { unpack(Box::new(stream), packing) } else { stream };
    Ok(Opened { stream, packed, read })
}

/// Lines with their numbers.
pub(crate) struct Lines {
    feed: Feed,
    piece: Piece,
    done: bool,
}

impl Lines {
    /// The lines of a stream that is called `place`, none longer than `limit` bytes.
    pub(crate) fn new(place: &str, opened: Opened, limit: usize) -> Self {
        let feed = Feed::new(place, opened.stream, opened.packed, limit);
        Self { feed, piece: Piece::default(), done: false }
    }

    /// The next line and its number, or what is wrong with it; none at the end.
    pub(crate) fn next(&mut self) -> Option<Result<(u64, &str), Note>> {
        if self.done {
            return None;
        }
        match self.feed.take_line(&mut self.piece) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(cause) => {
                self.done = true;
                return Some(Err(self.feed.fault(&cause)));
            }
        }
        let piece = &self.piece;
        if piece.oversize {
            let limit = self.feed.limit;
            return Some(Err(notes::too_large(&self.feed.place, Some(piece.line), "the line", limit)));
        }
        let text = self.feed.text(&piece.bytes, piece.line);
        Some(text.map(|text| (piece.line, text.strip_prefix('\u{feff}').unwrap_or(text))))
    }
}
