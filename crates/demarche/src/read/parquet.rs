//! Parquet rows: one row group at a time, only the columns that are wanted.
//!
//! A damaged stretch is halved until the bad rows stand alone, so that the rows beside them come through.

use crate::read::options::{Field, FieldNames};
use crate::read::row::{At, Cell, Row};
use crate::read::unpack::Stream;
use crate::read::{Read, notes};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use demarche_record::Date;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read as _, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Rows decoded together when they are small.
const BATCH_ROWS: usize = 1024;
/// What a batch may take in memory, as far as the file tells.
const BATCH_BYTES: i64 = 32 << 20;
/// Stretches of a row group that may fail before the group is given up.
const MAX_FAILURES: usize = 32;
/// Largest file that is unpacked to disk for random access.
const MAX_SPOOL: u64 = 16 << 30;

/// Reads rows of Parquet.
pub(super) struct ParquetRows {
    place: String,
    limit: usize,
    names: FieldNames,
    file: File,
    metadata: ArrowReaderMetadata,
    columns: Vec<usize>,
    /// Row group in hand, first row of it in the file.
    group: usize,
    group_start: u64,
    /// Stretches of the group still to be read, the next one last: first row in the group, length.
    stretches: Vec<(usize, usize)>,
    opened: bool,
    stream: Option<ParquetRecordBatchReader>,
    failures: usize,
}

impl ParquetRows {
    /// Opens a file; a compressed one or standard input is unpacked into an unnamed temporary file first.
    pub(super) fn open(
        place: &str,
        plain: Option<File>,
        stream: Stream,
        limit: usize,
        names: FieldNames,
        out: &mut VecDeque<Read>,
    ) -> Option<Self> {
        let file = match plain {
            Some(file) => file,
            None => match spool(stream) {
                Ok(file) => file,
                Err(cause) => {
                    out.push_back(Read::Note(notes::fault(place, None, true, &cause)));
                    return None;
                }
            },
        };
        if file.metadata().is_ok_and(|metadata| metadata.len() == 0) {
            out.push_back(Read::Note(notes::empty(place)));
            return None;
        }
        let loaded = guarded(|| {
            // The schema that writers hide in the metadata is not trusted: the columns' own types are enough.
            let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
            ArrowReaderMetadata::load(&file, options).map_err(|cause| cause.to_string())
        });
        let metadata = match loaded {
            Ok(metadata) => metadata,
            Err(cause) => {
                out.push_back(Read::Note(notes::error(
                    place,
                    None,
                    "read::bad-parquet",
                    format!("is no Parquet file, or a damaged one: {cause}"),
                    "",
                )));
                return None;
            }
        };
        let schema = metadata.schema();
        let columns: Vec<usize> = (0..schema.fields().len())
            .filter(|index| names.field(schema.field(*index).name()).is_some())
            .collect();
        if !columns.iter().any(|index| names.field(schema.field(*index).name()) == Some(Field::Text)) {
            let named: Vec<&str> =
                schema.fields().iter().take(20).map(|field| field.name().as_str()).collect();
            out.push_back(Read::Note(notes::error(
                place,
                None,
                "read::missing-text",
                format!(
                    "no column is called `{}`; the columns are: {}",
                    names.of(Field::Text),
                    named.join(", ")
                ),
                "name the column that holds the text, as in --field text=body",
            )));
            return None;
        }
        Some(Self {
            place: place.to_owned(),
            limit,
            names,
            file,
            metadata,
            columns,
            group: 0,
            group_start: 0,
            stretches: Vec::new(),
            opened: false,
            stream: None,
            failures: 0,
        })
    }

    /// Reads the next batch of rows; false when there is none.
    pub(super) fn step(&mut self, out: &mut VecDeque<Read>) -> bool {
        if self.group >= self.metadata.metadata().num_row_groups() {
            return false;
        }
        if !self.opened {
            self.opened = true;
            self.failures = 0;
            let rows =
                usize::try_from(self.metadata.metadata().row_group(self.group).num_rows()).unwrap_or(0);
            self.stretches.push((0, rows));
        }
        let Some((first, length)) = self.stretches.pop() else {
            let rows = self.metadata.metadata().row_group(self.group).num_rows();
            self.group_start += u64::try_from(rows).unwrap_or(0);
            self.group += 1;
            self.opened = false;
            self.stream = None;
            return true;
        };
        if length == 0 {
            return true;
        }
        match self.batch(first, length) {
            Ok(batch) => {
                let count = batch.num_rows();
                if count == 0 {
                    self.lost(first, length, "the file holds fewer rows than it says", out);
                    return true;
                }
                if count < length {
                    self.stretches.push((first + count, length - count));
                } else {
                    self.stream = None;
                }
                self.rows(&batch, first, out);
            }
            Err(cause) => {
                self.stream = None;
                self.failures += 1;
                // What failed is one batch; the rest of the stretch is yet untried.
                let tried = length.min(self.batch_rows());
                if tried < length {
                    self.stretches.push((first + tried, length - tried));
                }
                if self.failures > MAX_FAILURES || tried == 1 {
                    self.lost(first, tried, &cause, out);
                } else {
                    let half = tried / 2;
                    self.stretches.push((first + half, tried - half));
                    self.stretches.push((first, half));
                }
            }
        }
        true
    }

    fn lost(&mut self, first: usize, length: usize, cause: &str, out: &mut VecDeque<Read>) {
        let row = self.group_start + first as u64 + 1;
        let last = row + length as u64 - 1;
        let rows = if row == last { format!("row {row}") } else { format!("rows {row} to {last}") };
        let code = if cause.contains("UTF8") || cause.contains("utf-8") || cause.contains("UTF-8") {
            "read::bad-encoding"
        } else {
            "read::bad-parquet"
        };
        out.push_back(Read::Note(notes::error(
            &self.place,
            None,
            code,
            format!("{rows} cannot be read: {cause}; skipped"),
            "",
        )));
    }

    /// Rows that fit into a batch, going by the sizes the file tells.
    fn batch_rows(&self) -> usize {
        let group = self.metadata.metadata().row_group(self.group);
        let rows = group.num_rows().max(1);
        let bytes: i64 = self
            .columns
            .iter()
            .filter_map(|index| group.columns().get(*index))
            .map(|column| column.uncompressed_size().max(0))
            .fold(0, i64::saturating_add);
        let each = (bytes / rows).max(1);
        usize::try_from(BATCH_BYTES / each).unwrap_or(1).clamp(1, BATCH_ROWS)
    }

    fn batch(&mut self, first: usize, length: usize) -> Result<RecordBatch, String> {
        let size = self.batch_rows();
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let file = self.file.try_clone().map_err(|cause| cause.to_string())?;
                let metadata = self.metadata.clone();
                let columns = self.columns.clone();
                let group = self.group;
                guarded(|| {
                    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata);
                    let mask = ProjectionMask::roots(builder.parquet_schema(), columns);
                    builder
                        .with_projection(mask)
                        .with_row_groups(vec![group])
                        .with_offset(first)
                        .with_limit(length)
                        .with_batch_size(size)
                        .build()
                        .map_err(|cause| cause.to_string())
                })?
            }
        };
        let batch = guarded(|| stream.next().transpose().map_err(|cause| cause.to_string()))?;
        self.stream = Some(stream);
        let batch = batch.ok_or("the file holds fewer rows than it says")?;
        if batch.num_rows() > length { Err("more rows than expected".to_owned()) } else { Ok(batch) }
    }

    fn rows(&self, batch: &RecordBatch, first: usize, out: &mut VecDeque<Read>) {
        let schema = batch.schema();
        for index in 0..batch.num_rows() {
            let number = self.group_start + (first + index) as u64 + 1;
            let at = At { place: &self.place, line: None, row: Some(number), limit: self.limit };
            let mut row = Row::default();
            let mut malformed = false;
            for (field, column) in schema.fields().iter().zip(batch.columns()) {
                let Some(field) = self.names.field(field.name()).filter(|field| !row.has(*field)) else {
                    continue;
                };
                match cell(column, index) {
                    Ok(Some(cell)) => row.set(field, cell),
                    Ok(None) => {}
                    Err(()) => malformed = true,
                }
            }
            if malformed {
                out.push_back(Read::Note(notes::error(
                    at.place,
                    None,
                    "read::bad-encoding",
                    format!("{} holds bytes that are not UTF-8; skipped", at.subject()),
                    "write its columns as strings",
                )));
            } else {
                row.finish(at, &self.names, out);
            }
        }
    }
}

/// The cell of a column, nothing where it is null; an error where bytes are not UTF-8.
fn cell(column: &dyn Array, index: usize) -> Result<Option<Cell>, ()> {
    if column.is_null(index) {
        return Ok(None);
    }
    let number = |number: String| Cell::Number(number);
    Ok(Some(match column.data_type() {
        DataType::Utf8 => Cell::Text(column.as_string::<i32>().value(index).to_owned()),
        DataType::LargeUtf8 => Cell::Text(column.as_string::<i64>().value(index).to_owned()),
        DataType::Binary => {
            let bytes = column.as_binary::<i32>().value(index);
            Cell::Text(std::str::from_utf8(bytes).map_err(|_| ())?.to_owned())
        }
        DataType::Int8 => number(column.as_primitive::<Int8Type>().value(index).to_string()),
        DataType::Int16 => number(column.as_primitive::<Int16Type>().value(index).to_string()),
        DataType::Int32 => number(column.as_primitive::<Int32Type>().value(index).to_string()),
        DataType::Int64 => number(column.as_primitive::<Int64Type>().value(index).to_string()),
        DataType::UInt8 => number(column.as_primitive::<UInt8Type>().value(index).to_string()),
        DataType::UInt16 => number(column.as_primitive::<UInt16Type>().value(index).to_string()),
        DataType::UInt32 => number(column.as_primitive::<UInt32Type>().value(index).to_string()),
        DataType::UInt64 => number(column.as_primitive::<UInt64Type>().value(index).to_string()),
        DataType::Date32 => day(i64::from(column.as_primitive::<Date32Type>().value(index))),
        DataType::Timestamp(unit, _) => {
            let (value, per_second) = match unit {
                TimeUnit::Second => (column.as_primitive::<TimestampSecondType>().value(index), 1),
                TimeUnit::Millisecond => {
                    (column.as_primitive::<TimestampMillisecondType>().value(index), 1_000)
                }
                TimeUnit::Microsecond => {
                    (column.as_primitive::<TimestampMicrosecondType>().value(index), 1_000_000)
                }
                TimeUnit::Nanosecond => {
                    (column.as_primitive::<TimestampNanosecondType>().value(index), 1_000_000_000)
                }
            };
            day(value.div_euclid(86_400 * per_second))
        }
        DataType::Boolean => Cell::Other("a truth value"),
        DataType::List(_) | DataType::LargeList(_) => Cell::Other("a list"),
        DataType::Struct(_) => Cell::Other("a struct"),
        DataType::Float32 | DataType::Float64 => Cell::Other("a fraction"),
        _ => Cell::Other("of another type"),
    }))
}

/// A day counted from 1970 as ISO writes it.
fn day(days: i64) -> Cell {
    let date = i32::try_from(days)
        .ok()
        .and_then(|days| Date::constant(1970, 1, 1).checked_add(jiff::ToSpan::days(days)).ok());
    match date {
        Some(date) => Cell::Text(date.to_string()),
        None => Cell::Other("no day of our calendar"),
    }
}

fn spool(stream: Stream) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    let size = io::copy(&mut stream.take(MAX_SPOOL + 1), &mut file)?;
    if size > MAX_SPOOL {
        return Err(io::Error::other("it is larger than 16 GiB when unpacked"));
    }
    file.rewind()?;
    Ok(file)
}

/// Runs code of the Parquet library, which may panic on damaged files, and turns a panic into an error.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("its parts do not fit together".to_owned()))
}
