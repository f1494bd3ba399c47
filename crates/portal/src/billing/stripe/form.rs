/// Fields of a call in the order they were set. The provider reads nested ones by their brackets: `items[0][plan]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// No field yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Sets one field.
    pub(super) fn set(mut self, name: &str, value: impl ToString) -> Self {
        self.0.push((name.to_owned(), value.to_string()));
        self
    }

    /// Sets one field, when there is something to set.
    pub(super) fn maybe(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// Notes something of ours on the object, to know it again by.
    pub(super) fn note(self, name: &str, value: impl ToString) -> Self {
        self.set(&format!("metadata[{name}]"), value)
    }

    /// For the HTTP library.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
}
