use super::{
    Line, Nudge, Visit,
    enrolment::{Ending, meet, uid},
    session,
    socket::Heard,
};
use crate::{
    app::App,
    base::error::{Code, Fault},
    device::{
        Devices,
        admit::{self, Arrival},
        health::Health,
        inbox::{self, Delivery},
        link::Introduction,
        memory::{News, SettingsReport},
        presence,
        settings::{self, Wanted},
        store::{
            self,
            credential::{Credential, Standing},
        },
    },
};
use rempart_opamp::{
    InstanceUid, Part,
    message::{AgentToServer, ApplyStatus, CustomMessage},
    server::{Change, Session},
};
use rempart_wire::{Ack, CAPABILITY, DeviceId, Event, EventBody, OrderId, ScanId, ScanProgress, message};
use serde::{Deserialize, Serialize};
use std::{net::IpAddr, sync::Arc};
use tokio::time::{Instant, sleep_until, timeout};
use uuid::Uuid;

/// A visit with a device's own credential: let in, it stays until one of the two ends it.
pub(super) async fn hold(mut visit: Visit, credential: Credential) {
    let mut session = session();
    let deadline = Instant::now() + visit.app.devices.timing().first_word;
    let (introduction, changes) = match meet(&mut visit, &mut session, deadline).await {
        Ok(met) => met,
        Err(ending) => return visit.end(&session, ending).await,
    };
    let health = session.state().health.as_ref().map(Health::from_report);
    match admit(&visit.app, visit.address, credential, introduction, health).await {
        Ok((line, device, wanted)) => stay(visit, session, (line, device), wanted, changes).await,
        Err(fault) => visit.fail(uid(&session), &fault).await,
    }
}

/// Checks that it is the device, on its machine, and the only one there.
async fn admit(
    app: &App,
    address: IpAddr,
    credential: Credential,
    introduction: Introduction,
    health: Option<Health>,
) -> Result<(Line, DeviceId, Wanted), Fault> {
    let device = credential.device;
    if introduction.key != credential.device_key {
        return Err(Code::ProofInvalid.into());
    }
    let elsewhere = introduction.fingerprint != credential.fingerprint;
    if elsewhere || is_there_already(&app.devices, &credential, &introduction).await {
        admit::mark_duplicated(app, &credential, address).await?;
        return Err(Code::CredentialDuplicated.into());
    }
    let connection: Uuid = app.chance.id(app.clock.now());
    let line = Line::new(connection, credential.workspace, credential.id, &introduction.run);
    let hash = credential.hash;
    let arrival = Arrival {
        introduction,
        address,
        connection,
        health,
    };
    let wanted = admit::run(app, hash, arrival).await?;
    Ok((line, device, wanted))
}

/// Whether another start of the agent is connected with this very credential and still answers. One that was killed
/// does not, and neither does one whose network is gone: the newcomer then takes its place.
async fn is_there_already(devices: &Devices, credential: &Credential, introduction: &Introduction) -> bool {
    let Some(line) = devices.line(credential.device) else {
        return false;
    };
    if line.credential != credential.id || *line.run == *introduction.run {
        return false;
    }
    matches!(
        timeout(devices.timing().proof_of_life, line.ask()).await,
        Ok(Ok(()))
    )
}

async fn stay(
    visit: Visit,
    session: Session,
    (line, device): (Line, DeviceId),
    wanted: Wanted,
    changes: Vec<Change>,
) {
    let (app, connection, line) = (visit.app.clone(), line.connection, Arc::new(line));
    let (registration, before) = app.devices.register(device, Arc::clone(&line));
    if let Some(before) = before {
        before.nudge(Nudge::Replaced);
    }
    let mut conversation = Conversation {
        visit,
        session,
        device,
        reports: true,
        scan: None,
        told: Vec::new(),
        line,
    };
    let ending = conversation.run(wanted, changes).await;
    drop(registration);
    conversation.line.hang_up();
    if let Some(scan) = conversation.scan {
        app.devices.forget_progress(scan);
    }
    presence::gone(&app, device, connection).await;
    tracing::debug!(%device, ?ending, "a device is gone");
    conversation.visit.end(&conversation.session, ending).await;
}

/// An open connection of a device that was let in.
struct Conversation {
    visit: Visit,
    session: Session,
    device: DeviceId,
    line: Arc<Line>,
    /// Whether what happens on the device is the portal's business.
    reports: bool,
    /// The scan whose progress was told last.
    scan: Option<ScanId>,
    /// Orders told, and not yet written down as delivered.
    told: Vec<OrderId>,
}

impl Conversation {
    async fn run(&mut self, wanted: Wanted, changes: Vec<Change>) -> Ending {
        match self.converse(wanted, changes).await {
            Ok(never) => match never {},
            Err(ending) => ending,
        }
    }

    async fn converse(
        &mut self,
        wanted: Wanted,
        changes: Vec<Change>,
    ) -> Result<std::convert::Infallible, Ending> {
        self.want(wanted);
        self.follow(changes).await?;
        self.tell_orders(true).await?;
        let silence = self.visit.app.devices.timing().silence;
        let mut heard = Instant::now();
        loop {
            self.say().await?;
            let due = self.session.due().map(Instant::from_std);
            let deadline = due.map_or(heard + silence, |due| due.min(heard + silence));
            tokio::select! {
                () = self.line.nudged() => self.nudged().await?,
                what = self.visit.socket.hear() => {
                    heard = Instant::now();
                    self.hear(what?).await?;
                }
                () = sleep_until(deadline) => {
                    if Instant::now() >= heard + silence {
                        return Err(Ending::Silent);
                    }
                }
            }
        }
    }

    async fn say(&mut self) -> Result<(), Ending> {
        while let Some(message) = self.session.poll(Instant::now().into_std()) {
            self.visit.socket.say(&message).await?;
        }
        Ok(())
    }

    async fn hear(&mut self, heard: Heard) -> Result<(), Ending> {
        match heard {
            Heard::Message(message) => self.take(*message).await,
            Heard::Pong => {
                self.line.answer();
                Ok(())
            }
            Heard::Sign => Ok(()),
        }
    }

    async fn take(&mut self, message: AgentToServer) -> Result<(), Ending> {
        let changes = self.session.receive(message).map_err(Ending::Rejected)?;
        let mut news = News::of(self.line.connection);
        if changes.contains(&Change::Report(Part::Health)) {
            news.health = self.session.state().health.as_ref().map(Health::from_report);
        }
        if changes.contains(&Change::Report(Part::RemoteConfigStatus)) {
            news.settings = report(&self.session);
        }
        self.visit.app.devices.heard(&self.visit.app, self.device, news);
        self.follow(changes).await
    }

    async fn follow(&mut self, changes: Vec<Change>) -> Result<(), Ending> {
        for change in changes {
            match change {
                Change::Custom(custom) if custom.capability == CAPABILITY => {
                    self.hear_custom(&custom).await?
                }
                Change::Leaving => return Err(Ending::Done),
                // A device goes by its own id, whatever it called itself.
                Change::Named(_) | Change::AsksInstanceUid => {
                    self.session.identify(InstanceUid(*self.device.0.as_bytes()));
                }
                Change::Custom(_) | Change::Report(_) | Change::Missed | Change::AsksConnection(_) => {}
            }
        }
        Ok(())
    }

    async fn hear_custom(&mut self, custom: &CustomMessage) -> Result<(), Ending> {
        match custom.r#type.as_str() {
            message::EVENTS => self.take_events(&custom.data).await,
            message::PROGRESS => {
                if let Ok(progress) = serde_json::from_slice::<ScanProgress>(&custom.data) {
                    self.take_progress(progress);
                }
                Ok(())
            }
            other => {
                tracing::debug!(kind = other, device = %self.device, "a message this portal does not know");
                Ok(())
            }
        }
    }

    async fn take_events(&mut self, data: &[u8]) -> Result<(), Ending> {
        let Ok(told) = serde_json::from_slice::<Vec<serde_json::Value>>(data) else {
            return Err(Ending::malformed("events are a JSON array"));
        };
        let (mut events, mut acknowledged) = (Vec::new(), Vec::new());
        for value in told {
            let Ok(Named { id }) = Named::deserialize(&value) else {
                return Err(Ending::malformed("an event has no id"));
            };
            match serde_json::from_value::<Event>(value) {
                Ok(event) => events.push(event),
                Err(error) => {
                    // A kind of a later version: asking for it again and again would block all others.
                    tracing::warn!(%error, device = %self.device, event = %id, "an event this portal does not know");
                    acknowledged.push(id);
                }
            }
        }
        for event in &events {
            if let EventBody::ScanFinished { scan, .. } = &event.body {
                self.visit.app.devices.forget_progress(*scan);
            }
        }
        match inbox::record(&self.visit.app, self.device, events).await {
            Ok(Delivery::Recorded(ids)) => acknowledged.extend(ids),
            Ok(Delivery::Refused) => return Err(Ending::Refused(Code::CredentialRevoked)),
            Err(error) => {
                // Not acknowledged, so it will be told again.
                tracing::error!(%error, device = %self.device, "events could not be recorded");
                return Ok(());
            }
        }
        self.tell(message::ACK, &Ack { events: acknowledged });
        Ok(())
    }

    fn take_progress(&mut self, progress: ScanProgress) {
        if !self.reports {
            return;
        }
        let devices = &self.visit.app.devices;
        let before = self.scan.replace(progress.scan);
        if let Some(before) = before.filter(|before| *before != progress.scan) {
            devices.forget_progress(before);
        }
        devices.tell(progress);
    }

    async fn nudged(&mut self) -> Result<(), Ending> {
        let wanted = self.line.take();
        if wanted.has(Nudge::Replaced) {
            return Err(Ending::Replaced);
        }
        // A workspace that changed may have been deleted.
        if wanted.has(Nudge::Admission) || wanted.has(Nudge::Settings) {
            let standing = admit::standing(&self.visit.app, self.device, self.line.credential).await;
            match standing.map_err(Ending::Broken)? {
                Standing::Good => {}
                Standing::Suspended => return Err(Ending::Suspended),
                Standing::Revoked => return Err(Ending::Refused(Code::CredentialRevoked)),
            }
        }
        if wanted.has(Nudge::Alive) {
            self.visit.socket.ping().await?;
        }
        if wanted.has(Nudge::Settings) {
            let wanted = settings::wanted(&self.visit.app, self.line.workspace, self.device).await;
            if let Some(wanted) = wanted.map_err(Ending::Broken)? {
                self.want(wanted);
            }
        }
        if wanted.has(Nudge::Orders) || wanted.has(Nudge::Settings) {
            self.tell_orders(false).await?;
        }
        Ok(())
    }

    /// The device shall be this; it is told unless it says it is already.
    fn want(&mut self, wanted: Wanted) {
        self.reports = wanted.settings.mode.device_reports();
        let reported = self.session.state().remote_config_status.as_ref();
        if reported.is_none_or(|status| status.last_remote_config_hash != wanted.hash) {
            self.session.offer_config(wanted.config());
        }
    }

    async fn tell_orders(&mut self, again: bool) -> Result<(), Ending> {
        let (device, now) = (self.device, self.visit.app.clock.now());
        let due = self
            .visit
            .app
            .db
            .read(move |r| store::order::due(r, device, now, again));
        let mut due = due.await.map_err(Ending::Broken)?;
        due.retain(|order| !self.told.contains(&order.id));
        if due.is_empty() {
            return Ok(());
        }
        for order in &due {
            self.tell(message::ORDER, order);
        }
        self.say().await?;
        self.told.extend(due.iter().map(|order| order.id));
        let told = self.told.clone();
        match store::order::note_delivered(&self.visit.app, told).await {
            Ok(()) => self.told.clear(),
            // The device knows an order it was told before, so telling it again at the next connection does no harm.
            Err(error) => tracing::warn!(%error, "delivered orders could not be noted"),
        }
        Ok(())
    }

    fn tell(&mut self, kind: &str, body: &impl Serialize) {
        if let Ok(data) = serde_json::to_vec(body) {
            self.session.custom(CustomMessage {
                capability: CAPABILITY.to_owned(),
                r#type: kind.to_owned(),
                data,
            });
        }
    }
}

/// The least an event says.
#[derive(Deserialize)]
struct Named {
    id: rempart_wire::EventId,
}

/// What the device says became of its settings.
fn report(session: &Session) -> Option<SettingsReport> {
    let status = session.state().remote_config_status.as_ref()?;
    let (name, error) = match status.status() {
        ApplyStatus::Unset => return None,
        ApplyStatus::Applied => ("applied", None),
        ApplyStatus::Applying => ("applying", None),
        ApplyStatus::Failed => (
            "failed",
            Some(crate::device::words::tame(&status.error_message, 300)),
        ),
    };
    Some(SettingsReport {
        hash: status.last_remote_config_hash.iter().copied().take(64).collect(),
        status: name,
        error,
    })
}
