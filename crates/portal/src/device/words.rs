use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// As text is compared and searched: lower case, without accents, in one width.
pub(super) fn fold(text: &str) -> String {
    let bare: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    caseless::default_case_fold_str(&bare)
}

/// What a device is found by.
pub(super) fn search(name: &str, hostname: &str, address: &str, os: &str) -> String {
    fold(&[name, hostname, address, os].join("\n"))
}

/// A pattern for `like … escape '\'` that finds `text` anywhere.
pub(super) fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold(text.trim()).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Text from a device, as it may be kept and shown: one line of at most `limit` characters.
pub(super) fn tame(text: &str, limit: usize) -> String {
    let mut tame: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(limit)
        .collect();
    tame.truncate(tame.trim_end().len());
    tame
}

/// A device's name: 1 to 80 characters, none of them a control character, no spaces around.
pub(super) fn device_name(text: &str) -> Option<String> {
    let name = text.trim();
    let fits = (1..=80).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    fits.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_found_whatever_their_case_and_accents() {
        assert_eq!(fold("ATELIER Rezé №1"), fold("atelier reze no1"));
        assert_eq!(pattern(" 100%_a\\ "), "%100\\%\\_a\\\\%");
    }

    #[test]
    fn a_name_is_a_line_of_1_to_80_characters() {
        assert_eq!(device_name("  Accueil "), Some("Accueil".into()));
        for wrong in ["", "   ", "a\nb", "a\0", &"x".repeat(81)] {
            assert_eq!(device_name(wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn tame_text_is_one_line_and_not_too_long(text in "\\PC*|.*", limit in 0usize..50) {
            let tame = tame(&text, limit);
            prop_assert!(tame.chars().count() <= limit && !tame.chars().any(char::is_control));
        }

        #[test]
        fn folding_twice_is_folding_once(text in ".{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
