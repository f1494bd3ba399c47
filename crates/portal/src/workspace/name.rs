//! A workspace's name: letters and digits of any script, spaces, and `( ) - _ . ' &`; 2 to 64 characters. Two names are
//! the same when they differ only in case, accents, width or spaces; a typographic apostrophe is an apostrophe.
//!
//! Characters are Unicode scalar values of the composed form (NFC): what a person counts, for all scripts that compose.
//! Marks may stand after a letter only, and what cannot be seen is refused, so that no name looks like another by
//! accident or by trick.

use crate::base::error::{Code, Fault};
use caseless::Caseless;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Fewest characters.
const SHORTEST: usize = 2;
/// Most characters.
const LONGEST: usize = 64;

/// A name that may be a workspace's. Whether it is free, only the database knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceName {
    shown: String,
    key: String,
}

impl WorkspaceName {
    /// Reads a name. Spaces at the ends are dropped, repeated ones made one.
    ///
    /// # Errors
    /// `workspace_name_character`, naming the first that is refused; `workspace_name_length`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let shown = spaced(&text.nfc().collect::<String>());
        let mut after_letter = false;
        for c in shown.chars() {
            if !allowed(c, after_letter) {
                return Err(Fault::new(Code::WorkspaceNameCharacter)
                    .at("name")
                    .arg("character", visible(c))
                    .facts(serde_json::json!({ "character": c })));
            }
            after_letter = is_letter(c) || (after_letter && (is_mark(c) || is_joiner(c)));
        }
        let length = shown.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) {
            return Err(Fault::new(Code::WorkspaceNameLength)
                .at("name")
                .arg("length", length));
        }
        let key = key(&shown);
        Ok(Self { shown, key })
    }

    /// What of `text` may stand in a name, cut to `most` characters; perhaps nothing.
    #[must_use]
    pub fn tame(text: &str, most: usize) -> String {
        let mut out = String::new();
        let mut after_letter = false;
        for c in spaced(&text.nfc().collect::<String>()).chars() {
            if allowed(c, after_letter) {
                out.push(c);
                after_letter = is_letter(c) || (after_letter && (is_mark(c) || is_joiner(c)));
            } else {
                out.push(' ');
                after_letter = false;
            }
        }
        spaced(&spaced(&out).chars().take(most).collect::<String>())
    }

    /// As people see it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// As names are compared.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

fn is_letter(c: char) -> bool {
    // Hangul fillers are letters that cannot be seen.
    c.general_category_group() == GeneralCategoryGroup::Letter
        && !matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

fn is_mark(c: char) -> bool {
    // Without those that cannot be seen: joiners of graphemes, variation selectors, inherent vowels.
    c.general_category_group() == GeneralCategoryGroup::Mark
        && !matches!(c, '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}')
}

/// Persian and several Indian scripts write with these between letters.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

fn allowed(c: char, after_letter: bool) -> bool {
    is_letter(c)
        || c.general_category() == GeneralCategory::DecimalNumber
        || matches!(c, ' ' | '(' | ')' | '-' | '_' | '.' | '\'' | '&')
        || matches!(c, '’' | '‘' | '（' | '）' | '－' | '＿' | '．' | '＇' | '＆')
        || (after_letter && (is_mark(c) || is_joiner(c)))
}

/// One space for each run of them, none at the ends.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A character as a sentence can show it: by its number when it cannot be seen.
fn visible(c: char) -> String {
    use GeneralCategoryGroup::{Letter, Mark, Other, Separator};
    match c.general_category_group() {
        Mark | Other | Separator | Letter => format!("U+{:04X}", u32::from(c)),
        _ => c.to_string(),
    }
}

/// An accent and its like, which comparing ignores. Not every mark is one: vowel signs of Indian and Thai scripts and the
/// Japanese voicing marks make another letter.
fn is_accent(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Mark
        && (matches!(canonical_combining_class(c), 1 | 10..=36 | 200..=240)
            || c.general_category() == GeneralCategory::EnclosingMark)
}

fn key(shown: &str) -> String {
    let mut key = fold(shown);
    // Folding can uncover what folds again (İ, ᾳ); three rounds are more than any character needs.
    for _ in 0..3 {
        let again = fold(&key);
        if again == key {
            break;
        }
        key = again;
    }
    key
}

fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .filter(|c| !is_accent(*c) && !is_joiner(*c))
        .map(|c| match c {
            '’' | '‘' | '\u{2bc}' => '\'',
            // Its capital is the plain I.
            'ı' => 'i',
            c => c,
        })
        .default_case_fold()
        .collect();
    spaced(&plain.nfkd().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(text: &str) -> WorkspaceName {
        WorkspaceName::parse(text).unwrap_or_else(|fault| panic!("{text:?}: {fault:?}"))
    }

    fn refused(text: &str) -> (Code, String) {
        let fault = WorkspaceName::parse(text).unwrap_err();
        (fault.code, fault.args[0].1.clone())
    }

    /// Names as people might type them, in several scripts.
    fn typed() -> impl Strategy<Value = String> {
        let letter = prop_oneof![
            4 => "[a-zA-ZéÉèçœŒñßøıİǅÅ]",
            1 => "[α-ωΑ-ΡΣ-Ωа-яА-Я\u{5d0}-\u{5ea}\u{621}-\u{63a}\u{641}-\u{64a}क-ह가-힣一-丏ぁ-んァ-ヶｱ-ﾝＡ-Ｚａ-ｚﬁ]",
            1 => "[0-9٠-٩０-９]",
            1 => "[ ()_.'’&-]",
            1 => "[a-z][\u{300}-\u{303}\u{308}\u{327}]",
            1 => "[क-ह][\u{93e}-\u{94d}]",
        ];
        proptest::collection::vec(letter, 2..30).prop_map(|letters| format!("n{}", letters.concat()))
    }

    proptest! {
        #[test]
        fn a_name_reads_as_itself(text in typed()) {
            let once = name(&text);
            prop_assert_eq!(&name(once.as_str()), &once);
        }

        #[test]
        fn the_key_is_its_own_key(text in typed()) {
            let once = key(name(&text).as_str());
            prop_assert_eq!(key(&once), once.clone());
            prop_assert!(!once.is_empty());
        }

        #[test]
        fn case_never_makes_another_name(text in typed()) {
            let key = name(&text).key;
            let upper: String = text.nfc().flat_map(char::to_uppercase).collect();
            if let Ok(upper) = WorkspaceName::parse(&upper) { prop_assert_eq!(&upper.key, &key); }
            let lower: String = text.nfc().flat_map(char::to_lowercase).collect();
            if let Ok(lower) = WorkspaceName::parse(&lower) { prop_assert_eq!(&lower.key, &key); }
        }

        #[test]
        fn accents_composed_or_not_never_make_another_name(text in "[a-zA-Z][a-zA-Z ]{1,20}", accents in "[\u{300}-\u{304}\u{306}-\u{30c}\u{327}\u{328}]{0,20}") {
            let mut accented = String::new();
            let mut accents = accents.chars();
            for c in text.chars() {
                accented.push(c);
                if c != ' ' { accented.extend(accents.next()); }
            }
            if let Ok(plain) = WorkspaceName::parse(&text) {
                prop_assert_eq!(&key(&accented), &plain.key);
                prop_assert_eq!(key(&accented.nfc().collect::<String>()), plain.key);
            }
        }

        #[test]
        fn width_and_spaces_never_make_another_name(text in "[a-zA-Z0-9()_.'&-]{2,20}", spaces in "[ \u{a0}\u{3000}\t]{1,4}") {
            let wide: String = text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
            prop_assert_eq!(name(&wide).key, name(&text).key);
            let apart = format!("{spaces}{text}{spaces}{text}{spaces}");
            prop_assert_eq!(name(&apart).key, name(&format!("{text} {text}")).key);
        }

        #[test]
        fn whatever_is_typed_is_a_name_or_refused_and_can_be_tamed(text in "\\PC{0,80}") {
            let outcome = WorkspaceName::parse(&text);
            let tame = WorkspaceName::tame(&text, 40);
            prop_assert!(tame.chars().count() <= 40);
            if tame.chars().count() >= 2 { name(&tame); }
            if let Ok(name) = outcome { prop_assert!((2..=64).contains(&name.as_str().chars().count())); }
        }
    }

    #[test]
    fn names_of_many_scripts_are_names() {
        for text in [
            "Ébénisterie Lefèvre (granit 27)",
            "L’Atelier & Fils",
            "Brøndby_IT-2.0",
            "Ωμέγα",
            "Ателье",
            "株式会社（東京）",
            "हिन्दी कार्यशाला",
            "ورشة ٣",
            "می‌خواهم",
            "공방",
        ] {
            name(text);
        }
    }

    #[test]
    fn the_refused_character_is_named() {
        let character = Code::WorkspaceNameCharacter;
        assert_eq!(refused("Atelier / Rezé"), (character, "/".into()));
        assert_eq!(refused("a@b"), (character, "@".into()));
        assert_eq!(refused("50 %"), (character, "%".into()));
        assert_eq!(refused("cœur ❤"), (character, "❤".into()));
        assert_eq!(refused("x² + y"), (character, "²".into()));
        assert_eq!(refused("(\u{301})"), (character, "U+0301".into()));
        assert_eq!(refused("a\u{200b}b"), (character, "U+200B".into()));
        assert_eq!(refused("\u{3164}\u{3164}"), (character, "U+3164".into()));
        assert_eq!(refused("a\u{202e}b"), (character, "U+202E".into()));
    }

    #[test]
    fn too_short_and_too_long_are_counted_as_people_count() {
        let length = Code::WorkspaceNameLength;
        assert_eq!(refused("  "), (length, "0".into()));
        assert_eq!(refused(" a "), (length, "1".into()));
        assert_eq!(refused(&"é".repeat(65)), (length, "65".into()));
        name(&"e\u{301}".repeat(64));
        name(&"é".repeat(64));
    }

    #[test]
    fn names_that_look_alike_are_one_and_others_are_not() {
        let same = |a: &str, b: &str| assert_eq!(name(a).key, name(b).key, "{a} and {b}");
        same("Ébénisterie Lefèvre", "EBENISTERIE  LEFEVRE ");
        same("L’Atelier", "l'atelier");
        same("STRASSE", "Straße");
        same("ＡＴＥＬＩＥＲ　（２）", "atelier (2)");
        same("ｶﾞﾗｽ", "ガラス");
        let other = |a: &str, b: &str| assert_ne!(name(a).key, name(b).key, "{a} and {b}");
        other("Atelier 2", "Atelier 3");
        other("か工房", "が工房");
        other("कि कार", "कु कार");
        other("Atelier-2", "Atelier 2");
    }
}
