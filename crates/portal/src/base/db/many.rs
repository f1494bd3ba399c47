use super::{DbError, Tx, Value};

/// Rows with one statement: batching decides how fast they are written, and past a hundred it decides no more.
const ROWS: usize = 100;

/// Inserts rows, many with each statement. `head` names the table and its columns, as `insert into t (a, b)`; every row
/// has a value for each of them.
///
/// # Errors
/// Whatever the engine says.
pub fn insert_rows(tx: &mut Tx<'_>, head: &'static str, rows: Vec<Vec<Value>>) -> Result<(), DbError> {
    let mut rows = rows.into_iter().peekable();
    while let Some(first) = rows.peek() {
        let columns = first.len();
        let some: Vec<Vec<Value>> = rows.by_ref().take(ROWS).collect();
        let sql = statement(head, columns, some.len());
        tx.execute(&sql, &some.concat())?;
    }
    Ok(())
}

fn statement(head: &str, columns: usize, rows: usize) -> String {
    let row = |row: usize| {
        let values: Vec<String> = (1..=columns)
            .map(|at| format!("${}", row * columns + at))
            .collect();
        format!("({})", values.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("{head} values {}", rows.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_its_own_values() {
        assert_eq!(
            statement("insert into t (a, b)", 2, 2),
            "insert into t (a, b) values ($1, $2), ($3, $4)"
        );
    }
}
