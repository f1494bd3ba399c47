use crate::{
    base::{
        authz::{self, Caller, Grant, may},
        db::Read,
        error::{Code, Fault},
    },
    licence::{self, Licence},
};
use rempart_wire::{LicenceId, WorkspaceId};

/// Proof that somebody may see to how a licence is paid for: who manages the licence of the workspace it is attached to,
/// or its owner while it is attached to none.
#[derive(Debug, Clone)]
pub(super) struct Allowed {
    /// Which.
    pub licence: Licence,
    /// Proof, in a workspace.
    grant: Option<Grant<may::ManageLicence>>,
}

impl Allowed {
    /// Inside the unit of work that will use it.
    ///
    /// # Errors
    /// `not_found`, `forbidden`.
    pub(super) fn new(r: &mut impl Read, caller: Caller, licence: LicenceId) -> Result<Self, Fault> {
        let licence = licence::find(r, licence)?.ok_or(Code::NotFound)?;
        let grant = match licence.workspace {
            Some(workspace) => Some(authz::grant(r, caller, workspace)?),
            None if licence.owner == Some(caller.account) => None,
            None => return Err(Code::NotFound.into()),
        };
        Ok(Self { licence, grant })
    }

    /// Where it is attached.
    pub(super) fn workspace(&self) -> Option<WorkspaceId> {
        self.grant.map(|grant| grant.workspace)
    }
}
