//! Records as Arrow record batches, for Parquet and Arrow files.
//!
//! Texts are `Utf8`, counts `UInt32`, numbers `Float64`, days `Date32`; every column may be null.

use crate::write::columns::{Cell, Kind, Schema};
use arrow_array::builder::{
    ArrayBuilder, Date32Builder, Float64Builder, ListBuilder, StringBuilder, UInt32Builder,
};
use arrow_array::{ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields, SchemaRef};
use demarche_record::Date;
use std::sync::Arc;

/// Records in a batch; what is held in memory.
pub(super) const BATCH_ROWS: usize = 8192;

/// Builds batches of one kind of record.
pub(super) struct Batches<R> {
    schema: Arc<Schema<R>>,
    arrow: SchemaRef,
    columns: Vec<Builder>,
    many: Vec<ManyBuilder>,
    rows: usize,
}

struct ManyBuilder {
    fields: Fields,
    columns: Vec<Builder>,
    /// Where the list of each record ends.
    ends: Vec<i32>,
    elements: i32,
}

enum Builder {
    Text(StringBuilder),
    Count(UInt32Builder),
    Number(Float64Builder),
    Day(Date32Builder),
    Words(ListBuilder<StringBuilder>),
}

impl Builder {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Builder::Text(StringBuilder::new()),
            Kind::Count => Builder::Count(UInt32Builder::new()),
            Kind::Number => Builder::Number(Float64Builder::new()),
            Kind::Day => Builder::Day(Date32Builder::new()),
            Kind::Words => Builder::Words(ListBuilder::new(StringBuilder::new()).with_field(element())),
        }
    }

    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Builder::Text(builder), Cell::Text(text)) => builder.append_value(text),
            (Builder::Count(builder), Cell::Count(count)) => builder.append_value(count),
            (Builder::Number(builder), Cell::Number(number)) if number.is_finite() => {
                builder.append_value(number)
            }
            (Builder::Day(builder), Cell::Day(day)) => builder.append_value(days(day)),
            (Builder::Words(builder), Cell::Words(words)) => {
                for word in words {
                    builder.values().append_value(word);
                }
                builder.append(true);
            }
            (Builder::Text(builder), _) => builder.append_null(),
            (Builder::Count(builder), _) => builder.append_null(),
            (Builder::Number(builder), _) => builder.append_null(),
            (Builder::Day(builder), _) => builder.append_null(),
            (Builder::Words(builder), _) => builder.append(false),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Builder::Text(builder) => ArrayBuilder::finish(builder),
            Builder::Count(builder) => ArrayBuilder::finish(builder),
            Builder::Number(builder) => ArrayBuilder::finish(builder),
            Builder::Day(builder) => ArrayBuilder::finish(builder),
            Builder::Words(builder) => ArrayBuilder::finish(builder),
        }
    }
}

/// Days since 1970.
fn days(day: Date) -> i32 {
    Date::constant(1970, 1, 1).duration_until(day).as_hours() as i32 / 24
}

fn element() -> Arc<Field> {
    Arc::new(Field::new("element", DataType::Utf8, true))
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Count => DataType::UInt32,
        Kind::Number => DataType::Float64,
        Kind::Day => DataType::Date32,
        Kind::Words => DataType::List(element()),
    }
}

fn structure(fields: &Fields) -> Arc<Field> {
    Arc::new(Field::new("element", DataType::Struct(fields.clone()), true))
}

impl<R> Batches<R> {
    pub(super) fn new(schema: Arc<Schema<R>>) -> Self {
        let mut fields: Vec<Field> = schema
            .columns
            .iter()
            .map(|column| Field::new(&column.name, data_type(column.kind), true))
            .collect();
        let many: Vec<ManyBuilder> = schema
            .many
            .iter()
            .map(|many| ManyBuilder {
                fields: many
                    .fields
                    .iter()
                    .map(|(name, kind)| Field::new(name, data_type(*kind), true))
                    .collect(),
                columns: many.fields.iter().map(|(_, kind)| Builder::new(*kind)).collect(),
                ends: vec![0],
                elements: 0,
            })
            .collect();
        for (lists, builder) in schema.many.iter().zip(&many) {
            fields.push(Field::new(lists.name, DataType::List(structure(&builder.fields)), true));
        }
        let columns = schema.columns.iter().map(|column| Builder::new(column.kind)).collect();
        Self { arrow: Arc::new(arrow_schema::Schema::new(fields)), schema, columns, many, rows: 0 }
    }

    /// The schema of every batch.
    pub(super) fn schema(&self) -> SchemaRef {
        self.arrow.clone()
    }

    /// Adds a record; a batch when one is full.
    pub(super) fn push(&mut self, record: &R) -> Result<Option<RecordBatch>, ArrowError> {
        for (column, builder) in self.schema.columns.iter().zip(&mut self.columns) {
            builder.push((column.get)(record));
        }
        for (lists, builder) in self.schema.many.iter().zip(&mut self.many) {
            (lists.each)(record, &mut |cells| {
                builder.elements += 1;
                for (column, cell) in builder.columns.iter_mut().zip(cells) {
                    column.push(*cell);
                }
            });
            builder.ends.push(builder.elements);
        }
        self.rows += 1;
        if self.rows == BATCH_ROWS { self.finish() } else { Ok(None) }
    }

    /// What has been added since the last batch, if anything.
    pub(super) fn finish(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        if self.rows == 0 {
            return Ok(None);
        }
        self.rows = 0;
        let mut arrays: Vec<ArrayRef> = self.columns.iter_mut().map(Builder::finish).collect();
        for many in &mut self.many {
            let columns = many.columns.iter_mut().map(Builder::finish).collect();
            let values = StructArray::try_new(many.fields.clone(), columns, None)?;
            let ends = std::mem::replace(&mut many.ends, vec![0]);
            many.elements = 0;
            let offsets = OffsetBuffer::new(ends.into());
            arrays.push(Arc::new(ListArray::try_new(
                structure(&many.fields),
                offsets,
                Arc::new(values),
                None,
            )?));
        }
        RecordBatch::try_new(self.arrow.clone(), arrays).map(Some)
    }
}
