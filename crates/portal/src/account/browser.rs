//! What a browser calls itself, in words a person recognises: « Firefox sous Linux ». A guess for the eye, never for a
//! decision.

use crate::base::lang::Lang;

/// The first that is found names the program: those that pretend to be others come before the others.
const PROGRAMS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi", "Vivaldi"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("FreeBSD", "FreeBSD"),
    ("Linux", "Linux"),
];

pub(super) fn in_words(user_agent: &str, lang: Lang) -> String {
    let find = |table: &[(&str, &'static str)]| {
        let found = table.iter().find(|(sign, _)| user_agent.contains(sign));
        found.map(|(_, name)| *name)
    };
    match (find(PROGRAMS), find(SYSTEMS)) {
        (Some(program), Some(system)) => lang.t2("browser-on", ("program", program), ("system", system)),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => lang.t("browser-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart_by_what_they_do_not_pretend_to_be() {
        let of = |user_agent: &str| in_words(user_agent, Lang::Fr);
        let chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(
            of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox sous Linux"
        );
        assert_eq!(of(chrome), "Chrome sous Windows");
        assert_eq!(of(&format!("{chrome} Edg/140.0")), "Edge sous Windows");
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1";
        assert_eq!(of(iphone), "Safari sous iPhone");
        assert_eq!(of("curl/8.9"), "curl");
        assert_eq!(of(""), "Navigateur inconnu");
    }
}
