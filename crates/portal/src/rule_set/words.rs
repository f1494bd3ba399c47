use crate::base::lang::Lang;

/// What a rule is about. Our own rules have their sentence in both languages; the name of another, `Rempart_Family_What`
/// or whatever its author chose, is taken apart into words.
#[must_use]
pub fn words(l: Lang, rule: &str) -> String {
    let key = format!("rule-{rule}");
    let plain = !rule.is_empty()
        && rule
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && l.knows(&key) {
        return l.t(&key);
    }
    apart(rule)
}

/// `Rempart_ReverseShell_BashTcp` → `Reverse shell · bash tcp`.
fn apart(rule: &str) -> String {
    let name = rule.strip_prefix("Rempart_").unwrap_or(rule);
    let mut parts = name.split('_').filter(|part| !part.is_empty());
    let Some(first) = parts.next() else {
        return rule.to_owned();
    };
    let mut out = spaced(first);
    let rest: Vec<String> = parts.map(|part| spaced(part).to_lowercase()).collect();
    if !rest.is_empty() {
        out.push_str(" · ");
        out.push_str(&rest.join(" "));
    }
    out
}

/// A space before each capital that follows a small letter; all but the first letter small.
fn spaced(part: &str) -> String {
    let mut out = String::with_capacity(part.len() + 4);
    let mut before_small = false;
    for letter in part.chars() {
        if letter.is_uppercase() && before_small {
            out.push(' ');
            out.extend(letter.to_lowercase());
        } else {
            out.push(letter);
        }
        before_small = letter.is_lowercase() || letter.is_ascii_digit();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::{fs, path::Path};

    #[test]
    fn names_of_others_are_taken_apart() {
        assert_eq!(apart("Rempart_ReverseShell_BashTcp"), "Reverse shell · bash tcp");
        assert_eq!(apart("APT_Loader_2024"), "APT · loader 2024");
        assert_eq!(apart("Rempart_"), "Rempart_");
        assert_eq!(words(Lang::Fr, "Other_Thing"), "Other · thing");
    }

    #[test]
    fn every_built_in_rule_has_its_sentence_in_both_languages() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine/rules");
        let mut rules = vec!["known_bad_sha256".to_owned()];
        for file in fs::read_dir(folder).into_iter().flatten() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            rules.extend(text.lines().filter_map(|line| {
                let name = line.strip_prefix("rule ")?.split([' ', ':', '{']).next()?;
                Some(name.to_owned())
            }));
        }
        for rule in rules {
            for lang in Lang::ALL {
                assert!(lang.knows(&format!("rule-{rule}")), "{rule} in {}", lang.as_str());
            }
        }
    }

    proptest! {
        #[test]
        fn any_name_is_told_somehow(rule in "\\PC{1,40}") {
            for lang in Lang::ALL {
                prop_assert!(!words(lang, &rule).is_empty());
            }
        }
    }
}
