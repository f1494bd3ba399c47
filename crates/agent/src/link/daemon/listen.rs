use super::Daemon;
use crate::link::{
    LinkError, enrol::refusal, outbox::custom, phase::Phase, runner::News, settings, socket::Heard,
};
use rempart_opamp::{
    client::Instruction,
    message::{AgentRemoteConfig, CustomMessage},
};
use rempart_wire::{Ack, CAPABILITY, Order, ScanProgress, message};
use serde::de::DeserializeOwned;
use std::time::{Duration, Instant};

/// How often it is noted that the portal was heard.
const CONTACT_EVERY: Duration = Duration::from_secs(60);

impl Daemon {
    /// Says what there is to say.
    pub(super) async fn flush(&mut self) -> Result<(), LinkError> {
        let Phase::Online(online) = &mut self.phase else {
            return Ok(());
        };
        let now = Instant::now();
        if self.session.server_knows(CAPABILITY) {
            match self.outbox.next(now) {
                Ok(events) => events.into_iter().for_each(|events| self.session.custom(events)),
                Err(error) => tracing::error!(%error, "the spool cannot be read"),
            }
        }
        while let Some(message) = self.session.poll(now) {
            if let Err(error) = online.socket.send(&message).await {
                return self.lost(error);
            }
        }
        Ok(())
    }

    /// Something came in from the portal.
    pub(super) async fn hear(&mut self, heard: Heard) -> Result<(), LinkError> {
        let now = Instant::now();
        let Some(online) = self.phase.online() else {
            return Ok(());
        };
        online.heard = now;
        let Heard::Message(message) = heard else {
            return Ok(());
        };
        let wanted = self.session.receive(*message);
        if let Some(error) = wanted.iter().find_map(|wanted| refusal(wanted).err()) {
            return self.lost(error);
        }
        if !std::mem::replace(&mut online.welcome, true) {
            self.welcomed()?;
        }
        self.note_contact(now);
        for instruction in wanted {
            match instruction {
                Instruction::ApplyConfig(config) => self.apply(config),
                Instruction::Custom(custom) if custom.capability == CAPABILITY => self.hear_custom(&custom),
                Instruction::TryConnection(settings) => self.try_connection(*settings).await?,
                // Not among the capabilities this agent reports, or dealt with already.
                Instruction::Custom(_)
                | Instruction::Packages(_)
                | Instruction::Restart
                | Instruction::Renamed(_)
                | Instruction::Unavailable(_)
                | Instruction::Rejected(_) => {}
            }
        }
        Ok(())
    }

    fn hear_custom(&mut self, custom: &CustomMessage) {
        let done = match custom.r#type.as_str() {
            message::ORDER => match read::<Order>(custom) {
                Some(order) => self.orders.receive(order, &mut self.runner),
                None => Ok(()),
            },
            message::ACK => match read::<Ack>(custom) {
                Some(ack) => self.outbox.acknowledged(&ack),
                None => Ok(()),
            },
            other => {
                tracing::debug!(kind = other, "a message this agent does not know");
                Ok(())
            }
        };
        if let Err(error) = done {
            tracing::error!(%error, kind = custom.r#type, "the portal's message could not be dealt with");
        }
        self.look_at_health_soon();
    }

    /// Settings are in force once they are on disk; damaged ones change nothing.
    fn apply(&mut self, config: AgentRemoteConfig) {
        let accepted = settings::parse(&config).and_then(|settings| {
            let kept = self.agent.state.set_settings(&settings, &config.config_hash);
            kept.map(|()| settings).map_err(|error| error.to_string())
        });
        match accepted {
            Ok(settings) => {
                tracing::info!(mode = %settings.mode, workspace = %settings.workspace, "settings accepted");
                self.session.config_applied(config.config_hash);
                self.session
                    .set_effective_config(settings::effective(Some(&settings)));
                self.outbox.look_again();
            }
            Err(reason) => {
                tracing::warn!(reason, "settings refused: the ones before stay in force");
                self.session.config_failed(config.config_hash, reason);
            }
        }
    }

    /// Something happened on another thread.
    pub(super) fn hear_news(&mut self, news: News) {
        let done = match news {
            News::Rules(rules) => {
                if let Err(error) = &rules {
                    tracing::error!(error, "the rules cannot be used");
                }
                self.health.rules = Some(rules);
                Ok(())
            }
            News::Progress(progress) => {
                self.report_progress(&progress);
                return;
            }
            News::Ended(how) => self.orders.ended(how, &mut self.runner),
            News::Handled(order) => self.orders.handled(order),
        };
        if let Err(error) = done {
            tracing::error!(%error, "what was done could not be noted");
        }
        self.look_at_health_soon();
    }

    /// Progress is worth something now or not at all: it is never queued behind other things.
    fn report_progress(&mut self, progress: &ScanProgress) {
        let now = Instant::now();
        let every = self.options.timing.progress;
        let soon = self.progress_at.is_some_and(|at| now < at + every);
        let hushed = !self.agent.state.mode().is_ok_and(|mode| mode.device_reports());
        if soon || hushed || self.session.queued() > 0 || !self.session.server_knows(CAPABILITY) {
            return;
        }
        if let Ok(json) = serde_json::to_vec(progress) {
            self.progress_at = Some(now);
            self.session.custom(custom(message::PROGRESS, json));
        }
    }

    fn note_contact(&mut self, now: Instant) {
        if self.contact_at.is_some_and(|at| now < at + CONTACT_EVERY) {
            return;
        }
        self.contact_at = Some(now);
        if let Err(error) = self.agent.state.set_last_contact(self.agent.world.now()) {
            tracing::warn!(%error, "the time of the last contact could not be noted");
        }
    }
}

fn read<T: DeserializeOwned>(custom: &CustomMessage) -> Option<T> {
    serde_json::from_slice(&custom.data)
        .inspect_err(|error| tracing::warn!(%error, kind = custom.r#type, "a message that cannot be read"))
        .ok()
}
