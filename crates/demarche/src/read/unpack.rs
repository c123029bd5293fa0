//! Decompression as a stream: gzip of any number of members, Zstandard of any number of frames.
//!
//! Nothing is held but the decoders' windows; how much may come out is for the readers to limit.

use crate::read::options::Packing;
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, BufReader, Read};

/// A stream of bytes that may move to another thread.
pub(super) type Stream = Box<dyn BufRead + Send>;

/// `input` decompressed.
pub(super) fn unpack(input: Box<dyn Read + Send>, packing: Packing) -> Stream {
    let input = BufReader::with_capacity(1 << 16, input);
    match packing {
        Packing::Plain => Box::new(input),
        Packing::Gzip => Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(input))),
        Packing::Zstd => Box::new(BufReader::with_capacity(1 << 16, ZstdFrames::new(input))),
    }
}

/// Compression told by the first bytes.
pub(super) fn by_magic(start: &[u8]) -> Packing {
    match start {
        [0x1F, 0x8B, ..] => Packing::Gzip,
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Packing::Zstd,
        _ => Packing::Plain,
    }
}

/// The first bytes of a stream, up to `count`, and the whole stream again.
pub(super) fn peek(mut input: Stream, count: usize) -> io::Result<(Vec<u8>, Stream)> {
    let mut start = Vec::new();
    input.by_ref().take(count as u64).read_to_end(&mut start)?;
    let again = io::Cursor::new(start.clone()).chain(input);
    Ok((start, Box::new(again)))
}

/// One frame after the other, with checksums verified and skippable frames skipped.
struct ZstdFrames<R> {
    source: R,
    frame: FrameDecoder,
    inside: bool,
}

impl<R: BufRead> ZstdFrames<R> {
    fn new(source: R) -> Self {
        Self { source, frame: FrameDecoder::new(), inside: false }
    }

    /// Starts the next frame; false at the end of the input.
    fn open(&mut self) -> io::Result<bool> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.frame.init(&mut self.source) {
                Ok(()) => {
                    self.inside = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let skipped =
                        io::copy(&mut self.source.by_ref().take(u64::from(length)), &mut io::sink())?;
                    if skipped < u64::from(length) {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(cause) => return Err(io::Error::new(io::ErrorKind::InvalidData, cause.to_string())),
            }
        }
    }
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.inside && !self.open()? {
                return Ok(0);
            }
            while self.frame.can_collect() == 0 && !self.frame.is_finished() {
                self.frame
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(|cause| io::Error::new(io::ErrorKind::InvalidData, cause.to_string()))?;
            }
            let count = self.frame.read(buffer)?;
            if count > 0 {
                return Ok(count);
            }
            self.inside = false;
            let stored = self.frame.get_checksum_from_data();
            if stored.is_some() && stored != self.frame.get_calculated_checksum() {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "checksum of a frame does not match"));
            }
        }
    }
}
