use rempart_opamp::message::{AgentConfigFile, AgentConfigMap, AgentRemoteConfig, EffectiveConfig};
use rempart_wire::DeviceSettings;

/// The settings in a remote configuration.
pub(super) fn parse(config: &AgentRemoteConfig) -> Result<DeviceSettings, String> {
    let files = config.config.as_ref().map(|map| &map.config_map);
    let entry = files.and_then(|files| files.get(DeviceSettings::ENTRY));
    let entry = entry.ok_or_else(|| format!("{} is missing", DeviceSettings::ENTRY))?;
    if config.config_hash.is_empty() {
        return Err("the configuration has no hash".to_owned());
    }
    serde_json::from_slice(&entry.body).map_err(|error| format!("{}: {error}", DeviceSettings::ENTRY))
}

/// The settings in force, as they are reported. A portal that may not know them is told nothing.
pub(super) fn effective(settings: Option<&DeviceSettings>) -> EffectiveConfig {
    let reported = settings.filter(|settings| settings.mode.device_reports());
    let entry = reported.and_then(|settings| serde_json::to_vec(settings).ok());
    let entry = entry.map(|body| {
        let file = AgentConfigFile {
            body,
            content_type: DeviceSettings::CONTENT_TYPE.to_owned(),
        };
        (DeviceSettings::ENTRY.to_owned(), file)
    });
    EffectiveConfig {
        config_map: Some(AgentConfigMap {
            config_map: entry.into_iter().collect(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rempart_wire::ManagementMode;

    fn config(body: &[u8], hash: &[u8]) -> AgentRemoteConfig {
        let file = AgentConfigFile {
            body: body.to_vec(),
            content_type: String::new(),
        };
        AgentRemoteConfig {
            config: Some(AgentConfigMap {
                config_map: [(DeviceSettings::ENTRY.to_owned(), file)].into(),
            }),
            config_hash: hash.to_vec(),
        }
    }

    fn settings(mode: ManagementMode) -> DeviceSettings {
        DeviceSettings {
            mode,
            workspace: "Atelier".to_owned(),
            portal: "https://portal.example".to_owned(),
            licence: None,
            issuers: Default::default(),
        }
    }

    #[test]
    fn settings_are_reported_as_they_were_read() {
        let wanted = settings(ManagementMode::RemoteOnly);
        let read = parse(&config(&serde_json::to_vec(&wanted).unwrap(), b"1")).unwrap();
        assert_eq!(read, wanted);
        let files = effective(Some(&read)).config_map.unwrap().config_map;
        let body = &files[DeviceSettings::ENTRY].body;
        assert_eq!(serde_json::from_slice::<DeviceSettings>(body).unwrap(), wanted);
    }

    #[test]
    fn a_local_only_device_reports_no_settings() {
        let files = effective(Some(&settings(ManagementMode::LocalOnly)))
            .config_map
            .unwrap();
        assert!(files.config_map.is_empty());
    }

    #[test]
    fn a_configuration_without_entry_or_hash_is_refused() {
        assert!(
            parse(&AgentRemoteConfig::default())
                .unwrap_err()
                .contains("missing")
        );
        let body = serde_json::to_vec(&settings(ManagementMode::RemoteOnly)).unwrap();
        assert!(parse(&config(&body, b"")).unwrap_err().contains("hash"));
    }

    proptest! {
        #[test]
        fn any_body_is_answered(body in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assert!(parse(&config(&body, b"1")).is_err());
        }
    }
}
