//! Tables that read well both in a terminal and as Markdown.

/// Lays rows out as an aligned Markdown table. Every row has as many cells as `head`; cells in columns listed in
/// `right` are set to the right.
pub fn markdown(head: &[&str], right: &[usize], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.chars().count().max(3)).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        for cell in cells {
            out.push_str("| ");
            out.push_str(&cell);
            out.push(' ');
        }
        out.push_str("|\n");
    };
    let set = |column: usize, cell: &str| {
        let pad = " ".repeat(widths[column] - cell.chars().count());
        if right.contains(&column) { pad + cell } else { cell.to_owned() + &pad }
    };
    line(&mut head.iter().enumerate().map(|(column, cell)| set(column, cell)));
    line(&mut widths.iter().enumerate().map(|(column, &width)| {
        if right.contains(&column) { "-".repeat(width - 1) + ":" } else { "-".repeat(width) }
    }));
    for row in rows {
        line(&mut row.iter().enumerate().map(|(column, cell)| set(column, cell)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn columns_are_aligned() {
        let rows =
            vec![vec!["né".to_owned(), "7".to_owned()], vec!["treebank".to_owned(), "93.25".to_owned()]];
        assert_eq!(
            markdown(&["set", "figure"], &[1], &rows),
            "| set      | figure |\n\
             | -------- | -----: |\n\
             | né       |      7 |\n\
             | treebank |  93.25 |\n"
        );
    }
}
