//! Comma-separated values (RFC 4180): what spreadsheets read and write.

/// One record as a line. A cell that a spreadsheet would run as a formula gets an apostrophe in front: names in it come
/// from other people.
#[must_use]
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// A record and the number of the line it begins at.
pub type Record = (usize, Vec<String>);

/// Reads records; lines without anything are passed over. `Err` is the number of the line where a quote is missing or too
/// many.
///
/// # Errors
/// As said.
pub fn read(text: &str) -> Result<Vec<Record>, usize> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut records = Vec::new();
    let mut letters = text.chars().peekable();
    let mut line = 1;
    while letters.peek().is_some() {
        let (begins, mut cells) = (line, Vec::new());
        loop {
            let (cell, end) = read_cell(&mut letters, &mut line)?;
            cells.push(cell);
            if end != Some(',') {
                break;
            }
        }
        if cells.len() > 1 || !cells[0].trim().is_empty() {
            records.push((begins, cells));
        }
    }
    Ok(records)
}

/// A cell and what ended it: a comma, a line's end, or the text's.
fn read_cell(
    letters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    line: &mut usize,
) -> Result<(String, Option<char>), usize> {
    let begins = *line;
    let mut cell = String::new();
    let quoted = letters.next_if_eq(&'"').is_some();
    let mut open = quoted;
    loop {
        match letters.next() {
            None if open => return Err(begins),
            None => return Ok((cell, None)),
            Some('"') if open && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            Some('"') if open => open = false,
            Some('\n') if !open => {
                *line += 1;
                return Ok((cell, Some('\n')));
            }
            Some('\r') if !open && letters.peek().is_none_or(|next| *next == '\n') => {}
            Some(',') if !open => return Ok((cell, Some(','))),
            Some(_) if quoted && !open => return Err(begins),
            Some('"') => return Err(begins),
            Some(letter) => {
                if letter == '\n' {
                    *line += 1;
                }
                cell.push(letter);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text).unwrap().into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        assert_eq!(
            cells("\u{feff}a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\r\n2,"),
            [vec!["a", "b"], vec!["1", "x, \"y\"\nz"], vec!["2", ""]]
        );
        let lines: Vec<usize> = read("a\n\n\"b\nb\"\nc\n")
            .unwrap()
            .iter()
            .map(|(line, _)| *line)
            .collect();
        assert_eq!(lines, [1, 3, 5]);
        for (wrong, line) in [("a\n\"b", 2), ("a\"b\n", 1), ("a\n\"b\"c\n", 2)] {
            assert_eq!(read(wrong), Err(line), "{wrong}");
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(line(["=1+1", "@x", "a=b"]), "'=1+1,'@x,a=b\r\n");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in proptest::collection::vec(proptest::collection::vec("[a-z\",\n éà]{0,8}", 2..5), 1..5)) {
            let text: String = rows.iter().map(|row| line(row.iter().map(String::as_str))).collect();
            prop_assert_eq!(cells(&text), rows);
        }

        #[test]
        fn nothing_makes_it_panic(text in ".{0,40}") {
            let _ = read(&text);
        }
    }
}
