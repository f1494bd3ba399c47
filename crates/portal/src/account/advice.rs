//! Why a password is weak and what would help, in words: zxcvbn's findings in our languages.

use crate::base::lang::Lang;
use zxcvbn::feedback::{
    Feedback,
    Suggestion::{self, *},
    Warning::{self, *},
};

const WARNINGS: &[(Warning, &str)] = &[
    (StraightRowsOfKeysAreEasyToGuess, "password-keys-in-a-row"),
    (ShortKeyboardPatternsAreEasyToGuess, "password-keys-in-a-pattern"),
    (RepeatsLikeAaaAreEasyToGuess, "password-repeats"),
    (RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess, "password-repeats"),
    (ThisIsATop10Password, "password-common"),
    (ThisIsATop100Password, "password-common"),
    (ThisIsACommonPassword, "password-common"),
    (ThisIsSimilarToACommonlyUsedPassword, "password-nearly-common"),
    (SequencesLikeAbcAreEasyToGuess, "password-sequence"),
    (RecentYearsAreEasyToGuess, "password-year"),
    (AWordByItselfIsEasyToGuess, "password-one-word"),
    (DatesAreOftenEasyToGuess, "password-date"),
    (NamesAndSurnamesByThemselvesAreEasyToGuess, "password-name"),
    (CommonNamesAndSurnamesAreEasyToGuess, "password-name"),
];

const SUGGESTIONS: &[(Suggestion, &str)] = &[
    (UseAFewWordsAvoidCommonPhrases, "password-few-words"),
    (NoNeedForSymbolsDigitsOrUppercaseLetters, "password-few-words"),
    (AddAnotherWordOrTwo, "password-more-words"),
    (CapitalizationDoesntHelpVeryMuch, "password-capitals"),
    (
        AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase,
        "password-capitals",
    ),
    (ReversedWordsArentMuchHarderToGuess, "password-reversed"),
    (PredictableSubstitutionsDontHelpVeryMuch, "password-substitutions"),
    (UseALongerKeyboardPatternWithMoreTurns, "password-more-words"),
    (AvoidRepeatedWordsAndCharacters, "password-more-words"),
    (AvoidSequences, "password-more-words"),
    (AvoidRecentYears, "password-more-words"),
    (AvoidYearsThatAreAssociatedWithYou, "password-more-words"),
    (AvoidDatesAndYearsThatAreAssociatedWithYou, "password-more-words"),
];

/// One or two sentences: what is wrong, and what would help most.
pub(super) fn reason(feedback: Option<&Feedback>, lang: Lang) -> String {
    let warning = feedback.and_then(|feedback| key_of(WARNINGS, feedback.warning()?));
    let advice = feedback
        .and_then(|feedback| key_of(SUGGESTIONS, *feedback.suggestions().last()?))
        .unwrap_or("password-more-words");
    match warning {
        Some(warning) => format!("{} {}", lang.t(warning), lang.t(advice)),
        None => lang.t(advice),
    }
}

fn key_of<T: PartialEq>(table: &[(T, &'static str)], finding: T) -> Option<&'static str> {
    table
        .iter()
        .find(|(known, _)| *known == finding)
        .map(|(_, key)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_its_words_in_both_languages() {
        let keys = WARNINGS
            .iter()
            .map(|(_, key)| key)
            .chain(SUGGESTIONS.iter().map(|(_, key)| key));
        for key in keys {
            assert!(Lang::ALL.iter().all(|lang| lang.knows(key)), "{key}");
        }
    }

    #[test]
    fn the_reason_names_what_is_wrong_and_what_would_help() {
        let of = |password: &str| reason(zxcvbn::zxcvbn(password, &[]).feedback(), Lang::En);
        assert_eq!(
            of("password"),
            "It is among the passwords tried first. Add one or two uncommon words."
        );
        assert_eq!(
            of("qwertyuiop"),
            "It is among the passwords tried first. Add one or two uncommon words."
        );
        assert!(of("").ends_with("Take a few words that do not belong together."));
    }
}
