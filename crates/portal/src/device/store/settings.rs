use crate::{
    base::db::{DbError, Read},
    params, sql,
};
use rempart_wire::{DeviceSettings, LicenceTerms, WorkspaceId};

/// What the devices of a workspace are to be.
pub(in crate::device) fn wanted(
    r: &mut impl Read,
    workspace: WorkspaceId,
    portal: &str,
) -> Result<Option<DeviceSettings>, DbError> {
    let row = r.first(
        sql!(
            "select workspace.name, workspace.mode, licence.product, licence.expires_at from workspace
             left join licence on licence.workspace = workspace.id where workspace.id = $1"
        ),
        params![workspace],
    )?;
    row.map(|row| {
        let product: Option<String> = row.get(2)?;
        let expires_at = row.get(3)?;
        Ok(DeviceSettings {
            workspace: row.get(0)?,
            mode: row.get(1)?,
            portal: portal.to_owned(),
            licence: product.map(|product| LicenceTerms { product, expires_at }),
        })
    })
    .transpose()
}
