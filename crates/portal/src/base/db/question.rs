use super::{DbError, Read, Row, Value};

/// A question of which parts are left out when nobody asked for them: a condition that is always there but mostly true
/// costs PostgreSQL its index. Each `?` of a part becomes the next `$n`.
#[derive(Debug, Clone)]
pub struct Question {
    sql: String,
    params: Vec<Value>,
}

impl Question {
    /// The part that is always asked, with its `$1`, `$2`, … in order.
    #[must_use]
    pub fn new(sql: &'static str, params: &[Value]) -> Self {
        Self {
            sql: sql.to_owned(),
            params: params.to_vec(),
        }
    }

    /// One more part, with a value for each of its `?`.
    #[must_use]
    pub fn with(mut self, part: &'static str, values: &[Value]) -> Self {
        let mut values = values.iter();
        self.sql.push(' ');
        for piece in part.split_inclusive('?') {
            let Some(text) = piece.strip_suffix('?') else {
                self.sql.push_str(piece);
                continue;
            };
            self.params.extend(values.next().cloned());
            self.sql.push_str(&format!("{text}${}", self.params.len()));
        }
        self
    }

    /// The part, when there is a value for its one `?`.
    #[must_use]
    pub fn with_some(self, part: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(part, &[value.into()]),
            None => self,
        }
    }

    /// All rows.
    ///
    /// # Errors
    /// Whatever the engine says.
    pub fn rows(&self, r: &mut impl Read) -> Result<Vec<Row>, DbError> {
        r.rows(&self.sql, &self.params)
    }

    /// The number in the first column of the first row.
    ///
    /// # Errors
    /// Whatever the engine says.
    pub fn count(&self, r: &mut impl Read) -> Result<u64, DbError> {
        r.count(&self.sql, &self.params)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params;

    #[test]
    fn values_are_numbered_in_the_order_they_are_asked() {
        let question = Question::new("select 1 where a = $1", params![1i64])
            .with_some("and b = ?", None::<i64>)
            .with_some("and c = ?", Some("x"))
            .with("and (d, e) < (?, ?) limit 5", params![2i64, 3i64]);
        assert_eq!(
            question.sql,
            "select 1 where a = $1 and c = $2 and (d, e) < ($3, $4) limit 5"
        );
        assert_eq!(question.params, params![1i64, "x", 2i64, 3i64]);
    }
}
