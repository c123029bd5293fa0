//! The columns of readers' comments: the first actor of each beside the lists of all.

use crate::write::columns::{Column, Schema, count, first, joined, many, maybe, span, text, version, words};
use demarche_record::{Attitude, Comment};

fn attitude() -> Vec<Column<Attitude>> {
    let mut columns = vec![
        text("id", |of: &Attitude| &of.id),
        text("name", |of: &Attitude| &of.name),
        maybe("country", |of: &Attitude| of.country.as_deref()),
        text("text", |of: &Attitude| &of.text),
        text("stance", |of: &Attitude| of.stance.as_str()),
        words("cues", |of: &Attitude| &of.cues),
    ];
    columns.extend(span("span", |of: &Attitude| Some(of.span)));
    columns
}

/// The columns of comments.
pub(super) fn comments() -> Schema<Comment> {
    let mut columns = vec![
        text("id", |comment: &Comment| &comment.id),
        text("doc", |comment: &Comment| &comment.doc),
        count("sentence", |comment: &Comment| Some(comment.sentence)),
    ];
    columns.extend(span("span", |comment: &Comment| Some(comment.span)));
    columns.push(text("text", |comment: &Comment| &comment.text));
    columns.extend(first("actor", |comment: &Comment| comment.stances.as_slice(), attitude()));
    columns.extend([
        text("generic", |comment: &Comment| if comment.generic { "true" } else { "false" }),
        maybe("copy_of", |comment: &Comment| comment.copy_of.as_deref()),
        words("shared", |comment: &Comment| &comment.shared),
    ]);
    columns.extend(version(|comment: &Comment| &comment.version));
    let many = vec![many("stances", |comment: &Comment| comment.stances.as_slice(), attitude())];
    let joined = vec![
        joined("actors", |comment: &Comment| comment.stances.as_slice(), |of: &Attitude| of.id.as_str()),
        joined("stances", |comment: &Comment| comment.stances.as_slice(), |of: &Attitude| of.stance.as_str()),
    ];
    Schema { columns, many, joined }
}
