//! Every module that is a folder, every crate and every program says what it is in a `//!` at its top.

use proc_macro2::TokenTree;

use crate::source::SourceFile;

/// Files that should say what they are, and do not.
pub(super) fn faults(files: &[SourceFile]) -> Vec<String> {
    let silent = files
        .iter()
        .filter(|file| is_a_face(&file.path) && !says_what_it_is(file));
    silent
        .map(|file| {
            format!(
                "{}: begin with `//!` and say what it is and what is always true of it",
                file.path
            )
        })
        .collect()
}

fn is_a_face(path: &str) -> bool {
    ["mod.rs", "lib.rs", "main.rs"].contains(&path.rsplit('/').next().unwrap_or(path))
}

/// An inner doc comment is the tokens `#`, `!`, `[doc = "…"]`; other inner attributes may stand before it.
fn says_what_it_is(file: &SourceFile) -> bool {
    file.production.windows(3).step_by(1).any(|window| match window {
        [
            TokenTree::Punct(hash),
            TokenTree::Punct(bang),
            TokenTree::Group(attribute),
        ] => {
            hash.as_char() == '#'
                && bang.as_char() == '!'
                && attribute.stream().to_string().starts_with("doc")
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(path: &str, text: &str) -> usize {
        faults(&[SourceFile::parse(path, text).unwrap()]).len()
    }

    #[test]
    fn a_folders_face_without_a_word_is_a_fault() {
        assert_eq!(faults_of("a/mod.rs", "mod b;"), 1);
        assert_eq!(faults_of("a/mod.rs", "//! A thing.\nmod b;"), 0);
    }

    #[test]
    fn a_verb_may_begin_with_its_item() {
        assert_eq!(faults_of("a/rename.rs", "fn rename() {}"), 0);
    }
}
