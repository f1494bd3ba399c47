//! An address people are reached at.

use crate::base::error::{Code, Fault};
use lettre::Address;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The longest path SMTP carries (RFC 5321 §4.5.3.1.3, less the angle brackets).
const LONGEST: usize = 254;

/// An e-mail address: as it was typed, and as it is compared.
#[derive(Clone, PartialEq, Eq)]
pub struct Email {
    typed: String,
    key: String,
}

impl Email {
    /// Reads an address. Spaces around it do not count; what could not be mailed to is refused.
    ///
    /// # Errors
    /// `email_invalid`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let fault = || Fault::new(Code::EmailInvalid).at("email");
        let typed: String = text.trim().nfkc().collect();
        let (local, domain) = typed.rsplit_once('@').ok_or_else(fault)?;
        let odd = |c: char| c.is_whitespace() || c.is_control() || "\"\\()<>[],;:".contains(c);
        if typed.len() > LONGEST || typed.chars().any(odd) {
            return Err(fault());
        }
        let domain = idna::domain_to_ascii_strict(domain).map_err(|_| fault())?;
        Address::new(local, &domain).map_err(|_| fault())?;
        // Folding can leave the normal form, so it is made once more: one address, one key.
        let folded: String = caseless::default_case_fold_str(local).nfkc().collect();
        let key = format!("{}@{domain}", caseless::default_case_fold_str(&folded));
        Ok(Self { typed, key })
    }

    /// As it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// As it is compared: without case, the domain in its ASCII form.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// As mail servers know it: the person's own local part at the domain's ASCII form.
    #[must_use]
    pub fn mailbox(&self) -> String {
        let local = self.typed.rsplit_once('@').map_or("", |(local, _)| local);
        let domain = self.key.rsplit_once('@').map_or("", |(_, domain)| domain);
        format!("{local}@{domain}")
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(text: &str) -> String {
        Email::parse(text).unwrap().key().to_owned()
    }

    #[test]
    fn case_width_and_spelling_of_the_domain_do_not_make_another_address() {
        assert_eq!(key(" Camille.Petit@Example.ORG "), "camille.petit@example.org");
        assert_eq!(
            key("camille@BÜCHER.example"),
            key("camille@xn--bcher-kva.example")
        );
        assert_eq!(key("ｃamille@example.org"), key("camille@example.org"));
        assert_eq!(key("HÉLÈNE@example.org"), key("he\u{301}le\u{300}ne@example.org"));
        assert_ne!(key("camille+essai@example.org"), key("camille@example.org"));
    }

    #[test]
    fn mail_goes_to_the_domain_as_servers_know_it_and_to_the_name_as_typed() {
        let email = Email::parse("Camille@Bücher.example").unwrap();
        assert_eq!(email.mailbox(), "Camille@xn--bcher-kva.example");
        assert_eq!(email.as_str(), "Camille@Bücher.example");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.org", "a".repeat(250));
        for text in [
            "",
            "@",
            "camille",
            "camille@",
            "@example.org",
            "a b@example.org",
            "a@b@",
            "a@exa mple.org",
            "a@example..org",
            "a@-example.org",
            ".a@example.org",
            "a\r\nBcc: b@example.org",
            "<a@example.org>",
            "\"a\"@example.org",
            "a@[127.0.0.1]",
            "a,b@example.org",
            long.as_str(),
        ] {
            let fault = Email::parse(text).unwrap_err();
            assert_eq!(
                (fault.code, fault.target),
                (Code::EmailInvalid, Some("email")),
                "{text:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_an_address_or_refused(text in "\\PC{0,40}|[a-zA-ZéÉß.+@ -]{0,30}") {
            if let Ok(email) = Email::parse(&text) {
                // An address can be mailed to, and its key is stable: comparing twice gives the same answer.
                prop_assert!(email.mailbox().parse::<Address>().is_ok());
                prop_assert!(!email.mailbox().contains(['\r', '\n', '<', '>', ',']));
                prop_assert_eq!(key(email.key()), email.key());
                prop_assert_eq!(key(&email.mailbox()), email.key());
            }
        }

        #[test]
        fn case_never_matters(local in "[a-z0-9éèßñœ]{1,20}", domain in "[a-z]{2,10}\\.[a-z]{2,5}") {
            let upper = format!("{}@{}", local.to_uppercase(), domain.to_uppercase());
            prop_assert_eq!(key(&format!("{local}@{domain}")), key(&upper));
        }
    }
}
