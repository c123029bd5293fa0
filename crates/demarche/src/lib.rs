//! The front door: readers of every input format, the engine, writers of every output format.
//!
//! Command line, server and Python share what is here. What an article, an event or a note is, is for
//! `demarche-record` to say.

pub mod codebook;
pub mod engine;
pub mod import;
pub mod read;
pub mod write;
