use crate::base::{
    error::{Code, Fault},
    lang::Lang,
};
use rempart_wire::{ScanTarget, WirePath};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest path Linux takes (`PATH_MAX`).
const LONGEST: usize = 4096;

/// Where a scan looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = ScanTarget)]
pub enum Target {
    /// Where threats usually land: homes, temporary folders, autostart places.
    UsualPlaces,
    /// One file or folder and everything below.
    Path {
        /// An absolute path on the device.
        path: String,
    },
    /// A scan started at the computer whose beginning was never reported. Only in answers.
    #[serde(skip_deserializing)]
    Unknown,
}

impl Target {
    /// What a device is told.
    ///
    /// # Errors
    /// `scan_path_invalid`, when the path is not absolute, is too long or holds control characters.
    pub fn parse(&self) -> Result<ScanTarget, Fault> {
        let fault = || Fault::new(Code::ScanPathInvalid).at("path");
        match self {
            Self::UsualPlaces => Ok(ScanTarget::UsualPlaces),
            Self::Path { path } => {
                let path = path.trim();
                if !path.starts_with('/') || path.len() > LONGEST || path.chars().any(char::is_control) {
                    return Err(fault());
                }
                Ok(ScanTarget::Path {
                    path: WirePath {
                        text: path.to_owned(),
                        raw: None,
                    },
                })
            }
            Self::Unknown => Err(fault()),
        }
    }

    /// In words.
    #[must_use]
    pub fn words(&self, l: Lang) -> String {
        match self {
            Self::UsualPlaces => l.t("scan-target-usual"),
            Self::Path { path } => path.clone(),
            Self::Unknown => l.t("scan-target-unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(path: &str) -> Result<ScanTarget, Code> {
        Target::Path { path: path.into() }
            .parse()
            .map_err(|fault| fault.code)
    }

    #[test]
    fn a_path_is_absolute_or_refused() {
        for wrong in [
            "",
            " ",
            "home",
            "./x",
            "~",
            "C:\\Users",
            "/a\0b",
            "/a\nb",
            &format!("/{}", "x".repeat(4096)),
        ] {
            assert_eq!(parsed(wrong), Err(Code::ScanPathInvalid), "{wrong:?}");
        }
        for right in ["/", "/home/camille", " /srv/Données partagées ", "/a/../b"] {
            assert!(parsed(right).is_ok(), "{right:?}");
        }
    }

    proptest! {
        #[test]
        fn what_a_device_is_told_is_what_was_typed_and_absolute(path in "\\PC{0,80}") {
            if let Ok(ScanTarget::Path { path: told }) = parsed(&path) {
                prop_assert_eq!(told.text.as_str(), path.trim());
                prop_assert!(told.text.starts_with('/'));
            }
        }
    }
}
