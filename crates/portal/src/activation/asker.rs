//! Who asks: a program with a licence key, a person's program with an API key, or nobody in particular.

use super::policy::Policy;
use crate::{
    base::{
        authz::{self, Caller, Grant, may},
        db::Read,
        error::{Code, Fault},
        secret::Secrets,
        web::Cx,
    },
    licence::{self, Licence, State},
};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use jiff::Timestamp;
use rempart_wire::{LicenceKey, WorkspaceId};

/// What the `Authorization` header shows.
#[derive(Debug, Clone)]
pub(super) enum Asker {
    /// Nothing.
    Nobody,
    /// A licence key that is well written.
    Key(LicenceKey),
    /// An API key.
    Person(Caller),
    /// Something that cannot be good.
    Refused(Fault),
}

impl<S: Send + Sync> FromRequestParts<S> for Asker {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let cx = Cx::from_request_parts(parts, state).await?;
        let shown = parts.headers.get(header::AUTHORIZATION);
        let Some(shown) = shown.and_then(|value| value.to_str().ok()) else {
            return Ok(Self::Nobody);
        };
        Ok(match shown.split_once(' ') {
            Some((scheme, key)) if scheme.eq_ignore_ascii_case("license") => match licence::read_key(key) {
                Ok(key) => Self::Key(key),
                Err(fault) => Self::Refused(fault.at("Authorization")),
            },
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("bearer") => match cx.caller() {
                Ok(caller) => Self::Person(caller),
                Err(_) => Self::Refused(Fault::new(Code::TokenInvalid).at("Authorization")),
            },
            _ => Self::Refused(Fault::new(Code::TokenInvalid).at("Authorization")),
        })
    }
}

/// The licence an asker reaches in an account.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    pub licence: Licence,
    pub policy: Policy,
    /// Its key, when the asker showed it.
    pub key: Option<LicenceKey>,
}

impl Reach {
    /// What may be said of its key: what was shown, or its end.
    pub(super) fn key_text(&self) -> String {
        match &self.key {
            Some(key) => key.to_string(),
            None => self.licence.masked_key().unwrap_or_default(),
        }
    }

    /// Whether machines may be activated and files taken out.
    ///
    /// # Errors
    /// `licence_revoked`, `licence_suspended`, `licence_expired`.
    pub(super) fn good(&self, now: Timestamp) -> Result<(), Fault> {
        match self.licence.state(now) {
            State::Revoked => Err(Code::LicenceRevoked.into()),
            State::Suspended => Err(Code::LicenceSuspended.into()),
            State::Expired { .. } | State::Merged => {
                let name = self.licence.workspace_name.clone().unwrap_or_default();
                Err(Fault::new(Code::LicenceExpired).arg("workspace", name))
            }
            _ => Ok(()),
        }
    }
}

impl Asker {
    /// The licence of the account, for whoever shows its key or manages it.
    ///
    /// # Errors
    /// `sign_in_required` when nothing was shown, `key_unknown` for a key of no licence here, `not_found` and `forbidden`
    /// as everywhere for people.
    pub(super) fn reach(
        &self,
        r: &mut impl Read,
        secrets: &Secrets,
        account: WorkspaceId,
    ) -> Result<Reach, Fault> {
        let (licence, key) = match self {
            Self::Nobody => return Err(Fault::new(Code::SignInRequired).at("Authorization")),
            Self::Refused(fault) => return Err(fault.clone()),
            Self::Key(key) => {
                let found =
                    licence::by_key(r, secrets, key)?.filter(|found| found.workspace == Some(account));
                let unknown = || Fault::new(Code::KeyUnknown).at("Authorization");
                (found.ok_or_else(unknown)?, Some(key.clone()))
            }
            Self::Person(caller) => {
                let _: Grant<may::ManageLicence> = authz::grant(r, *caller, account)?;
                (licence::for_workspace(r, account)?.ok_or(Code::NotFound)?, None)
            }
        };
        Ok(Reach {
            policy: Policy::of(r, &licence.product)?,
            licence,
            key,
        })
    }

    /// The same, when its id is this one.
    ///
    /// # Errors
    /// As [`Asker::reach`]; `not_found` for another id.
    pub(super) fn reach_licence(
        &self,
        r: &mut impl Read,
        secrets: &Secrets,
        (account, id): (WorkspaceId, &str),
    ) -> Result<Reach, Fault> {
        let reach = self.reach(r, secrets, account)?;
        if id.parse().ok() == Some(reach.licence.id) {
            Ok(reach)
        } else {
            Err(Code::NotFound.into())
        }
    }
}
