//! Looking through a file's tokens, at every depth.

use proc_macro2::{Group, TokenStream, TokenTree};

/// Calls `see` with every run of sibling tokens: the file's, and each group's.
pub(super) fn every_level(tokens: &[TokenTree], see: &mut impl FnMut(&[TokenTree])) {
    see(tokens);
    for token in tokens {
        if let TokenTree::Group(group) = token {
            every_level(&inside(group), see);
        }
    }
}

/// The tokens between a group's delimiters.
pub(super) fn inside(group: &Group) -> Vec<TokenTree> {
    TokenStream::into_iter(group.stream()).collect()
}

/// The identifier, if it is one.
pub(super) fn ident(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

/// Whether the token is this punctuation.
pub(super) fn is(token: Option<&TokenTree>, punctuation: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == punctuation)
}

/// Whether `::` stands at `at`.
pub(super) fn is_path(tokens: &[TokenTree], at: usize) -> bool {
    is(tokens.get(at), ':') && is(tokens.get(at + 1), ':')
}

/// The first names of what follows a `::`: one, or each of a `{a::b, c}` group.
pub(super) fn names_after(tokens: &[TokenTree], at: usize) -> Vec<(String, usize)> {
    match tokens.get(at) {
        Some(TokenTree::Ident(ident)) => vec![(ident.to_string(), ident.span().start().line)],
        Some(TokenTree::Group(group)) => {
            let inside = inside(group);
            let firsts = inside.split(|token| is(Some(token), ','));
            firsts
                .filter_map(|part| part.first())
                .filter_map(|first| Some((ident(Some(first))?, first.span().start().line)))
                .collect()
        }
        _ => Vec::new(),
    }
}
