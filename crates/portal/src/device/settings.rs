//! What the devices of a workspace are told to be, as OpAMP remote configuration.

use super::store;
use crate::{
    app::App,
    base::db::{DbError, Read},
    issuer,
    licence::{self, Seat},
};
use rempart_opamp::message::{AgentConfigFile, AgentConfigMap, AgentRemoteConfig};
use rempart_wire::{DeviceId, DeviceSettings, LicenceTerms, WorkspaceId};
use sha2::{Digest, Sha256};

/// Settings as they are sent and compared.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub settings: DeviceSettings,
    body: Vec<u8>,
    pub hash: Vec<u8>,
}

impl Wanted {
    pub(super) fn read(
        r: &mut impl Read,
        workspace: WorkspaceId,
        portal: &str,
        seat: Seat,
    ) -> Result<Option<Self>, DbError> {
        let Some((name, mode)) = store::settings::workspace(r, workspace)? else {
            return Ok(None);
        };
        let licence = licence::for_workspace(r, workspace)?.map(|licence| LicenceTerms {
            product: licence.product.as_str().to_owned(),
            number: licence.number,
            facts: licence.facts,
            seatless: seat == Seat::Missing,
        });
        let settings = DeviceSettings {
            mode,
            workspace: name,
            portal: portal.to_owned(),
            licence,
            issuers: issuer::public(r)?,
        };
        let body = serde_json::to_vec(&settings).map_err(|error| DbError::Statement {
            sql: "device settings".into(),
            detail: error.to_string(),
        })?;
        let hash = Sha256::digest(&body).to_vec();
        Ok(Some(Self { settings, body, hash }))
    }

    pub(super) fn config(self) -> AgentRemoteConfig {
        let file = AgentConfigFile {
            body: self.body,
            content_type: DeviceSettings::CONTENT_TYPE.to_owned(),
        };
        AgentRemoteConfig {
            config: Some(AgentConfigMap {
                config_map: [(DeviceSettings::ENTRY.to_owned(), file)].into(),
            }),
            config_hash: self.hash,
        }
    }
}

/// What a device of a workspace is to be now.
pub(super) async fn wanted(
    app: &App,
    workspace: WorkspaceId,
    device: DeviceId,
) -> Result<Option<Wanted>, DbError> {
    let portal = app.config.public_url.clone();
    let read = app.db.read(move |r| {
        let seat = match store::enrol::holds_seat(r, device)? {
            true => Seat::Held,
            false => Seat::Missing,
        };
        Wanted::read(r, workspace, &portal, seat)
    });
    read.await
}
