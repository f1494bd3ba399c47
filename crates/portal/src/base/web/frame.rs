use super::{
    context::{Cx, Person},
    guard::form_urlencode,
    problem::sentence,
};
use crate::base::{error::Fault, lang::Lang};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use rempart_wire::{ManagementMode, WorkspaceId};
use std::sync::Arc;

/// Which entry of the navigation is the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named after the entries")]
pub enum Here {
    Nowhere,
    Licences,
    Workspaces,
    Overview,
    Devices,
    Scans,
    Detections,
    Quarantine,
    Settings,
    Account,
    Operator,
}

/// The open workspace, as the navigation shows it.
#[derive(Debug, Clone)]
pub struct WorkspaceNav {
    /// Which.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// Its mode.
    pub mode: ManagementMode,
    /// Whether this person may see devices, scans and the like there.
    pub sees_protection: bool,
}

/// What every page is set in: language, navigation, a word about what was just done.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language: templates call its `t`.
    pub l: Lang,
    /// Who is signed in.
    pub person: Option<Arc<Person>>,
    /// The open workspace.
    pub workspace: Option<WorkspaceNav>,
    /// The current entry.
    pub here: Here,
    /// Whether this server only shows itself: mail is a page then.
    pub demo: bool,
    /// What was just done, when a form led here: the sentence of `?said=key`.
    pub said: Option<String>,
    /// This page's own address, for the language switch.
    pub path: String,
}

impl Frame {
    /// A page outside any workspace.
    #[must_use]
    pub fn new(cx: &Cx, here: Here) -> Self {
        let said = cx.request.path.split_once('?').and_then(|(_, query)| {
            let key = query.split('&').find_map(|pair| pair.strip_prefix("said="))?;
            let key = format!("said-{key}");
            cx.lang.knows(&key).then(|| cx.lang.t(&key))
        });
        Self {
            l: cx.lang,
            // Who closed their account finds no way on in the navigation.
            person: cx.person.clone().filter(|person| person.closed_at.is_none()),
            workspace: None,
            here,
            demo: cx.app.config.demo,
            said,
            path: cx.request.path.clone(),
        }
    }

    /// A page inside a workspace.
    #[must_use]
    pub fn within(cx: &Cx, workspace: WorkspaceNav, here: Here) -> Self {
        Self {
            workspace: Some(workspace),
            ..Self::new(cx, here)
        }
    }

    /// `page` when `here` is the current entry: the value of `aria-current`.
    #[must_use]
    pub fn at(&self, here: &str) -> bool {
        format!("{:?}", self.here).eq_ignore_ascii_case(here)
    }

    /// The address of this page, to come back to; percent-encoded.
    #[must_use]
    pub fn back(&self) -> String {
        form_urlencode(&self.path)
    }

    /// The other language.
    #[must_use]
    pub fn other(&self) -> Lang {
        if self.l == Lang::Fr { Lang::En } else { Lang::Fr }
    }

    /// The mode's name in this language.
    #[must_use]
    pub fn mode(&self, mode: &ManagementMode) -> String {
        self.l.t(&format!("mode-{}", mode.as_str().replace('_', "-")))
    }
}

/// What a form says about a fault when it is shown again with what was typed.
#[derive(Debug, Clone, Default)]
pub struct Said {
    target: Option<&'static str>,
    sentence: Option<String>,
    status: Option<StatusCode>,
}

impl Said {
    /// From a fault.
    #[must_use]
    pub fn from_fault(fault: &Fault, lang: Lang) -> Self {
        Self {
            target: fault.target,
            sentence: Some(sentence(fault, lang)),
            status: Some(fault.code.status()),
        }
    }

    /// The sentence for `field`.
    #[must_use]
    pub fn at(&self, field: &str) -> Option<&str> {
        self.sentence.as_deref().filter(|_| self.target == Some(field))
    }

    /// The sentence that is about no field, or about one of none of `fields`.
    #[must_use]
    pub fn general(&self) -> Option<&str> {
        self.sentence.as_deref().filter(|_| self.target.is_none())
    }

    /// The sentence, whatever it is about.
    #[must_use]
    pub fn sentence(&self) -> Option<&str> {
        self.sentence.as_deref()
    }

    /// The status to show the form again with.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Whether there is anything to say.
    #[must_use]
    pub fn any(&self) -> bool {
        self.sentence.is_some()
    }
}

/// After a form: 303 to another page (RFC 9110 §15.4.4).
#[must_use]
pub fn see_other(to: &str) -> Response {
    Redirect::to(to).into_response()
}
