use super::{
    SUSPENDED_RETRY, Visit, refusal, session,
    socket::{Heard, Over, close},
};
use crate::{
    base::{
        db::DbError,
        error::{Code, Fault},
    },
    device::{
        enrol::{self, Enrolled},
        link::Introduction,
    },
};
use rempart_opamp::{
    InstanceUid,
    message::{
        ConnectionSettingsOffers, Headers, OpAmpConnectionSettings, ServerErrorResponse, ServerToAgent,
    },
    server::{Change, Rejected, Session},
};
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How often an idle device speaks.
const HEARTBEAT_SECONDS: u64 = 30;

/// A computer that is asked to come back waits this long.
const RETRY: Duration = Duration::from_secs(5);

/// A visit with an enrolment token: it ends enrolled and with a credential, or refused.
pub(super) async fn hold(mut visit: Visit, token: [u8; 32]) {
    let mut session = session();
    let deadline = Instant::now() + visit.app.devices.timing().first_word;
    let introduction = match meet(&mut visit, &mut session, deadline).await {
        Ok((introduction, _)) => introduction,
        Err(over) => return visit.end(&session, over).await,
    };
    let uid = uid(&session);
    let enrolled = match enrol::run(&visit.app, token, introduction, visit.address).await {
        Ok(enrolled) => enrolled,
        Err(fault) => return visit.fail(uid, &fault).await,
    };
    tracing::info!(device = %enrolled.device, address = %visit.address, "enrolled");
    offer(&mut session, enrolled);
    let deadline = Instant::now() + visit.app.devices.timing().first_word;
    let over = hand_over(&mut visit, &mut session, deadline).await;
    visit.end(&session, over.err().unwrap_or(Ending::Done)).await;
}

/// Why a visit ends early.
#[derive(Debug)]
pub(super) enum Ending {
    /// All is said.
    Done,
    /// The other end is gone, or what it sends is no message.
    Over(Over),
    /// What it sends is no OpAMP.
    Rejected(Rejected),
    /// It took too long to say who it is.
    Late,
    /// It may not.
    Refused(Code),
    /// It speaks on another connection now.
    Replaced,
    /// Its workspace is deleted, and may come back.
    Suspended,
    /// It was not heard for too long.
    Silent,
    /// The portal cannot serve it now.
    Broken(DbError),
}

impl Ending {
    pub(super) fn malformed(why: &str) -> Self {
        Self::Rejected(Rejected(why.to_owned()))
    }
}

impl From<Over> for Ending {
    fn from(over: Over) -> Self {
        Self::Over(over)
    }
}

/// Waits for the first message, which says who speaks and proves it.
pub(super) async fn meet(
    visit: &mut Visit,
    session: &mut Session,
    deadline: Instant,
) -> Result<(Introduction, Vec<Change>), Ending> {
    loop {
        let heard = timeout_at(deadline, visit.socket.hear()).await;
        let Heard::Message(message) = heard.map_err(|_| Ending::Late)?? else {
            continue;
        };
        let changes = session.receive(*message).map_err(Ending::Rejected)?;
        let description = session.state().description.as_ref();
        let description = description.ok_or(Ending::Refused(Code::ProofInvalid))?;
        let introduction = Introduction::verify(description, &visit.challenge).map_err(Ending::Refused)?;
        return Ok((introduction, changes));
    }
}

fn offer(session: &mut Session, enrolled: Enrolled) {
    let bearer = format!("Bearer {}", enrolled.credential);
    session.identify(InstanceUid(*enrolled.device.0.as_bytes()));
    session.offer_config(enrolled.settings.config());
    session.offer_connection(ConnectionSettingsOffers {
        hash: Sha256::digest(&bearer).to_vec(),
        opamp: Some(OpAmpConnectionSettings {
            headers: Some(Headers::from_iter([("Authorization".to_owned(), bearer)])),
            heartbeat_interval_seconds: HEARTBEAT_SECONDS,
            ..OpAmpConnectionSettings::default()
        }),
        ..ConnectionSettingsOffers::default()
    });
}

/// Gives the computer what it needs, and waits until it leaves to use it.
async fn hand_over(visit: &mut Visit, session: &mut Session, deadline: Instant) -> Result<(), Ending> {
    loop {
        while let Some(message) = session.poll(Instant::now().into_std()) {
            visit.socket.say(&message).await?;
        }
        let heard = timeout_at(deadline, visit.socket.hear()).await;
        let Heard::Message(message) = heard.map_err(|_| Ending::Late)?? else {
            continue;
        };
        let changes = session.receive(*message).map_err(Ending::Rejected)?;
        if changes.contains(&Change::Leaving) {
            return Ok(());
        }
    }
}

/// The name the other end goes by, as messages carry it.
pub(super) fn uid(session: &Session) -> Vec<u8> {
    session.instance_uid().map_or_else(Vec::new, InstanceUid::to_vec)
}

impl Visit {
    /// Ends the visit as it deserves.
    pub(super) async fn end(self, session: &Session, ending: Ending) {
        match ending {
            Ending::Done => self.socket.close(close::NORMAL, "").await,
            Ending::Late => self.socket.close(close::POLICY, "too late").await,
            Ending::Refused(code) => self.fail(uid(session), &code.into()).await,
            Ending::Rejected(rejected) => self.socket.reject(&rejected.answer(), close::POLICY).await,
            Ending::Over(Over::Frame(error)) => {
                let answer = ServerToAgent {
                    error_response: Some(ServerErrorResponse::bad_request(error.to_string())),
                    ..ServerToAgent::default()
                };
                self.socket.reject(&answer, error.close_code()).await;
            }
            Ending::Replaced => self.socket.close(close::AWAY, "replaced").await,
            Ending::Suspended => {
                self.busy(uid(session), Duration::from_secs(SUSPENDED_RETRY))
                    .await
            }
            Ending::Silent => self.socket.close(close::AWAY, "silence").await,
            Ending::Broken(error) => self.fail(uid(session), &error.into()).await,
            Ending::Over(Over::Closed | Over::Stuck) => {}
        }
    }

    /// Says why not, and closes.
    pub(super) async fn fail(self, to: Vec<u8>, fault: &Fault) {
        if matches!(fault.code, Code::Internal | Code::Unavailable) {
            tracing::error!(detail = %fault.detail, "a device could not be served");
            return self.busy(to, RETRY).await;
        }
        tracing::info!(code = fault.code.as_str(), address = %self.address, "a device was refused");
        self.socket.refuse(to, &refusal(fault)).await;
    }

    /// Asks to come back later, and closes.
    async fn busy(self, to: Vec<u8>, retry: Duration) {
        let answer = ServerToAgent {
            instance_uid: to,
            error_response: Some(ServerErrorResponse::unavailable("try again later", retry)),
            ..ServerToAgent::default()
        };
        self.socket.reject(&answer, close::AGAIN_LATER).await;
    }
}
