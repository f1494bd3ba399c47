//! Where a person is led after signing in.

use std::fmt;

/// The longest we lead back to; longer ones are nobody's bookmark.
const LONGEST: usize = 1000;

/// A path on this very portal. Nothing that a browser could read as another site's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Next(String);

impl Next {
    /// Where to go after signing in. What is not safe, or would only lead back to the gate, is as if not said: `/`.
    pub(super) fn parse(text: &str) -> Self {
        let text = if text.starts_with("/sign-") { "/" } else { text };
        Self::on_this_portal(text)
    }

    /// Any page of this portal, the gate's too.
    pub(super) fn on_this_portal(text: &str) -> Self {
        if is_safe(text) {
            Self(text.to_owned())
        } else {
            Self("/".to_owned())
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it leads anywhere but to the start.
    pub(super) fn is_said(&self) -> bool {
        self.0 != "/"
    }
}

fn is_safe(text: &str) -> bool {
    let rest = text.strip_prefix('/');
    // `//host` and `/\host` are other sites to a browser, and it drops tabs and newlines before it looks.
    rest.is_some_and(|rest| !rest.starts_with('/'))
        && text.len() <= LONGEST
        && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::{IntoResponse, Redirect};
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn paths_of_this_portal_are_kept_and_all_else_is_the_start() {
        for kept in ["/account", "/workspaces/1?tab=2#x", "/a%2F%2Fb", "/?a=//b"] {
            assert_eq!(Next::parse(kept).as_str(), kept);
        }
        for not in [
            "",
            "account",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " /account",
            "javascript:alert(1)",
            "/é",
            "/sign-in",
            "/sign-out",
        ] {
            assert_eq!(Next::parse(not).as_str(), "/", "{not:?}");
        }
    }

    proptest! {
        #[test]
        fn no_next_ever_leaves_this_portal(
            text in "\\PC{0,30}|[/\\\\a-z.:@?#%\\t\\r\\n ]{0,20}|/{1,3}[\\\\/\\t]{0,3}evil\\.example.{0,5}"
        ) {
            let base = Url::parse("http://portal.example:8420/sign-in").unwrap();
            let next = Next::parse(&text);
            let led = base.join(next.as_str()).unwrap();
            prop_assert_eq!(led.origin(), base.origin());
            prop_assert_eq!(Redirect::to(next.as_str()).into_response().status().as_u16(), 303);
        }
    }
}
