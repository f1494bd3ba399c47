use super::{Daemon, session};
use crate::{
    link::{
        LinkError,
        describe::describe,
        dial::Dial,
        endpoint::Endpoint,
        memory::{Candidate, Connection},
        phase::{Online, Phase},
        socket::Socket,
        tls,
    },
    state::{Credential, Enrolment},
};
use rempart_opamp::message::OpAmpConnectionSettings;
use std::time::Instant;
use zeroize::Zeroizing;

impl Daemon {
    /// Begins to open a connection: with the candidate credential when there is one, as the one before may already be
    /// forgotten by the portal.
    pub(super) fn dial(&mut self) -> Result<(), LinkError> {
        let candidate = self.agent.state.candidate_credential()?;
        let candidate = self.connection.candidate.as_ref().zip(candidate);
        self.trying = candidate.is_some();
        let (endpoint, credential) = match candidate {
            Some((candidate, credential)) => (&candidate.endpoint, credential),
            None => (&self.connection.endpoint, self.enrolment.credential.clone()),
        };
        let dial = Dial {
            endpoint: Endpoint::parse(endpoint, self.connection.insecure_http)?,
            bearer: Zeroizing::new(credential.expose().to_owned()),
            tls: self.tls.clone(),
            connect: self.options.timing.connect,
            answer: self.options.timing.answer,
        };
        tracing::debug!(endpoint = %dial.endpoint, candidate = self.trying, "connecting");
        self.phase = Phase::Dialling(Box::pin(dial.open()));
        Ok(())
    }

    /// A connection is open: the first message of it says everything, with a fresh proof.
    pub(super) fn opened(&mut self, socket: Socket) -> Result<(), LinkError> {
        let uid = self.session.instance_uid();
        self.session.set_description(describe(
            &self.machine,
            &self.identity,
            uid,
            &socket.challenge,
            None,
        ));
        self.session.connected();
        self.outbox.restart();
        let now = Instant::now();
        self.phase = Phase::Online(Box::new(Online {
            socket,
            welcome: false,
            since: now,
            heard: now,
            pinged: now,
        }));
        Ok(())
    }

    /// The portal has answered with something else than no.
    pub(super) fn welcomed(&mut self) -> Result<(), LinkError> {
        tracing::info!(portal = %self.enrolment.portal, device = %self.enrolment.device, "connected");
        if !self.trying {
            return Ok(());
        }
        self.trying = false;
        if let Some(credential) = self.agent.state.candidate_credential()? {
            self.agent.state.set_credential(&credential)?;
            self.enrolment.credential = credential;
        }
        if let Some(candidate) = self.connection.candidate.take() {
            self.connection.endpoint = candidate.endpoint;
            self.connection.offer = candidate.offer;
            self.connection.keep(&self.agent.state, self.enrolment.device)?;
        }
        self.session.connection_applied();
        Ok(())
    }

    /// The portal offers another way to connect: it is tried, and given up again if it does not work.
    pub(super) async fn try_connection(
        &mut self,
        settings: OpAmpConnectionSettings,
    ) -> Result<(), LinkError> {
        let given = Some(settings.destination_endpoint.as_str()).filter(|endpoint| !endpoint.is_empty());
        let endpoint = given.unwrap_or(&self.connection.endpoint);
        let endpoint = match Endpoint::parse(endpoint, self.connection.insecure_http) {
            Ok(endpoint) => endpoint.to_string(),
            Err(error) => {
                self.session.connection_failed(error.to_string());
                return Ok(());
            }
        };
        let header = settings
            .headers
            .as_ref()
            .and_then(|headers| headers.get("authorization"));
        let credential = header
            .and_then(|header| header.strip_prefix("Bearer "))
            .map_or_else(|| self.enrolment.credential.clone(), Credential::new);
        let status = self.session.state().connection_settings_status.as_ref();
        let offer = status.map_or_else(String::new, |status| {
            hex::encode(&status.last_connection_settings_hash)
        });
        self.agent.state.set_candidate_credential(Some(&credential))?;
        self.connection.candidate = Some(Candidate { endpoint, offer });
        self.connection.keep(&self.agent.state, self.enrolment.device)?;
        self.leave().await;
        Ok(())
    }

    /// The connection is gone, or could not be opened.
    pub(super) fn lost(&mut self, error: LinkError) -> Result<(), LinkError> {
        self.session.lost();
        let now = Instant::now();
        if let Phase::Online(online) = &self.phase
            && now.saturating_duration_since(online.since) > self.options.timing.ping
        {
            self.backoff.worked();
        }
        self.phase = Phase::Waiting(now);
        let candidate = self.connection.candidate.take_if(|_| self.trying);
        if let Some(candidate) = candidate {
            let network = matches!(error, LinkError::Unreachable { .. } | LinkError::Busy { .. });
            if !network || self.leads_elsewhere(&candidate) {
                return self.give_candidate_up(&error);
            }
            self.connection.candidate = Some(candidate);
        }
        if error.is_final() || self.options.once {
            return Err(error);
        }
        let chance = u64::from_le_bytes(self.agent.world.chance.bytes());
        #[expect(clippy::cast_precision_loss, reason = "a chance needs no more than 53 bits")]
        let chance = chance as f64 / u64::MAX as f64;
        let wait = self.backoff.failed(chance, error.retry_after());
        tracing::info!(%error, wait_ms = wait.as_millis(), "not connected");
        self.phase = Phase::Waiting(now + wait);
        Ok(())
    }

    /// Whether the candidate could fail alone, because it is for another address.
    fn leads_elsewhere(&self, candidate: &Candidate) -> bool {
        let parse = |endpoint| Endpoint::parse(endpoint, self.connection.insecure_http).ok();
        parse(&candidate.endpoint) != parse(&self.connection.endpoint)
    }

    /// The offered settings do not work: back to the ones before.
    fn give_candidate_up(&mut self, error: &LinkError) -> Result<(), LinkError> {
        tracing::warn!(%error, "the offered connection settings do not work");
        self.trying = false;
        self.connection.keep(&self.agent.state, self.enrolment.device)?;
        self.agent.state.set_candidate_credential(None)?;
        self.session.connection_failed(error.to_string());
        Ok(())
    }

    /// Somebody enrolled this computer anew while the daemon runs.
    pub(super) async fn enrolled_anew(&mut self, enrolment: Enrolment) -> Result<(), LinkError> {
        self.leave().await;
        self.connection = Connection::of(&self.agent.state, enrolment.device, &enrolment.portal)?;
        self.tls = Some(tls::config(self.connection.authorities.as_deref())?);
        self.session = session(&self.agent, &enrolment, &self.connection)?;
        self.enrolment = enrolment;
        self.health_due = Some(Instant::now());
        self.backoff.worked();
        Ok(self.watch_folders()?)
    }

    /// Says goodbye; the next attempt to connect is due at once.
    pub(super) async fn leave(&mut self) {
        let now = Instant::now();
        let phase = std::mem::replace(&mut self.phase, Phase::Waiting(now));
        if let Phase::Online(mut online) = phase {
            let goodbye = self.session.leave(now);
            // The portal notices a closed connection as well.
            let _ = online.socket.send(&goodbye).await;
            online.socket.close().await;
        }
        self.session.lost();
    }

    /// Ends what is under way: the running scan stops and its result is told, then the portal is taken leave of.
    pub(super) async fn wind_down(&mut self) {
        self.runner.cancel();
        self.orders.forget_waiting();
        let farewell = self.options.timing.farewell;
        let ended = tokio::time::timeout(farewell, async {
            while !self.orders.is_idle() {
                let news = self.runner.news().await;
                self.hear_news(news);
            }
        });
        if ended.await.is_err() {
            tracing::warn!("the running scan did not stop in time");
        }
        self.outbox.look_again();
        let told = tokio::time::timeout(farewell.min(self.options.timing.quiet), async {
            while self.flush().await.is_ok() && !self.outbox.is_done() {
                let Some(online) = self.phase.online() else { return };
                let Ok(heard) = online.socket.recv().await else {
                    return;
                };
                if self.hear(heard).await.is_err() {
                    return;
                }
            }
        });
        // What was not acknowledged is told again at the next start.
        let _ = told.await;
        self.leave().await;
    }
}
