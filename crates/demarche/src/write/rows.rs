//! Records of one type on their way into one format. Where the bytes go is told by `target`.

use super::batch::{self, Batches};
use super::columns::Schema;
use super::target::Output;
use super::text::TextRows;
use super::{Fault, Format};
use arrow_ipc::writer::FileWriter;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use serde::Serialize;
use std::io::{self, Write as _};
use std::sync::Arc;

/// Rows in a row group of Parquet.
const ROW_GROUP: usize = 8 * batch::BATCH_ROWS;

/// Records of one type on their way.
pub(super) struct Rows<R> {
    schema: Arc<Schema<R>>,
    out: Out<R>,
}

enum Out<R> {
    Json(Output),
    Text(TextRows<Output>),
    Parquet { batches: Batches<R>, writer: ArrowWriter<Output> },
    Arrow { batches: Batches<R>, writer: FileWriter<Output> },
}

impl<R: Serialize> Rows<R> {
    pub(super) fn new(output: Output, format: Format, schema: Schema<R>) -> Result<Self, Fault> {
        let schema = Arc::new(schema);
        let table = |mut rows: TextRows<Output>| -> Result<Out<R>, Fault> {
            rows.header(&schema)?;
            Ok(Out::Text(rows))
        };
        let out = match format {
            Format::JsonLines => Out::Json(output),
            Format::Csv => table(TextRows::csv(output))?,
            Format::Tsv => table(TextRows::tsv(output))?,
            Format::Parquet => {
                let batches = Batches::new(schema.clone());
                let properties = WriterProperties::builder()
                    .set_compression(Compression::SNAPPY)
                    .set_created_by("demarche".to_owned())
                    .set_max_row_group_row_count(Some(ROW_GROUP))
                    .build();
                let writer = ArrowWriter::try_new(output, batches.schema(), Some(properties))?;
                Out::Parquet { batches, writer }
            }
            Format::Arrow => {
                let batches = Batches::new(schema.clone());
                let writer = FileWriter::try_new(output, &batches.schema())?;
                Out::Arrow { batches, writer }
            }
        };
        Ok(Self { schema, out })
    }

    pub(super) fn push(&mut self, record: &R) -> Result<(), Fault> {
        match &mut self.out {
            Out::Json(out) => {
                serde_json::to_writer(&mut *out, record)?;
                out.write_all(b"\n")?;
            }
            Out::Text(rows) => rows.row(&self.schema, record)?,
            Out::Parquet { batches, writer } => {
                if let Some(batch) = batches.push(record)? {
                    writer.write(&batch)?;
                }
            }
            Out::Arrow { batches, writer } => {
                if let Some(batch) = batches.push(record)? {
                    writer.write(&batch)?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Json(out) => out.flush(),
            // These show nothing before they are finished.
            Out::Text(_) | Out::Parquet { .. } | Out::Arrow { .. } => Ok(()),
        }
    }

    pub(super) fn finish(self) -> Result<(), Fault> {
        let output = match self.out {
            Out::Json(out) => out,
            Out::Text(rows) => rows.into_inner()?,
            Out::Parquet { mut batches, mut writer } => {
                if let Some(batch) = batches.finish()? {
                    writer.write(&batch)?;
                }
                writer.into_inner()?
            }
            Out::Arrow { mut batches, mut writer } => {
                if let Some(batch) = batches.finish()? {
                    writer.write(&batch)?;
                }
                writer.into_inner()?
            }
        };
        Ok(output.finish()?)
    }
}
