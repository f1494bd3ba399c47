use super::{
    portal::{Portal, offer},
    scene::{Computer, DEVICE, timing},
};
use crate::{link::Ended, state::Credential};
use rempart_opamp::message::ApplyStatus;
use rempart_wire::Refusal;

#[tokio::test]
async fn a_new_credential_replaces_the_old_one_once_it_has_worked() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let agent = computer.agent();
    let scene = async {
        let mut first = portal.accept().await;
        assert_eq!(first.bearer, "credential-1");
        first.session.offer_connection(offer("credential-2", ""));
        first.say().await;
        first.goodbye().await;
        assert_eq!(
            agent.state.credential().unwrap(),
            Some(Credential::new("credential-1"))
        );
        let mut second = portal.accept().await;
        assert_eq!(second.bearer, "credential-2");
        second.say().await;
        second
            .until(|visitor, _| {
                let status = visitor.session.state().connection_settings_status.as_ref()?;
                (status.status() == ApplyStatus::Applied).then_some(())
            })
            .await;
    };
    computer.run_while(agent.clone(), timing(), scene).await.unwrap();
    assert_eq!(
        agent.state.credential().unwrap(),
        Some(Credential::new("credential-2"))
    );
    assert_eq!(agent.state.candidate_credential().unwrap(), None);
}

#[tokio::test]
async fn a_new_credential_that_does_not_work_is_given_up_and_reported() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let agent = computer.agent();
    let scene = async {
        let mut first = portal.accept().await;
        first.session.offer_connection(offer("credential-2", ""));
        first.say().await;
        first.goodbye().await;
        let request = portal
            .turn_away(
                "401 Unauthorized",
                "",
                r#"{"code":"credential_unknown","detail":"no"}"#,
            )
            .await;
        assert!(request.contains("Bearer credential-2"));
        let mut back = portal.accept().await;
        assert_eq!(back.bearer, "credential-1");
        let status = back.session.state().connection_settings_status.clone().unwrap();
        assert_eq!(status.status(), ApplyStatus::Failed);
        assert_eq!(status.last_connection_settings_hash, b"credential-2");
        assert!(status.error_message.contains("credential_unknown"));
        back.say().await;
    };
    computer.run_while(agent.clone(), timing(), scene).await.unwrap();
    assert_eq!(
        agent.state.credential().unwrap(),
        Some(Credential::new("credential-1"))
    );
    assert_eq!(agent.state.candidate_credential().unwrap(), None);
}

#[tokio::test]
async fn a_daemon_that_died_with_a_new_credential_untried_tries_it() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let agent = computer.agent();
    let offered = async {
        let mut first = portal.accept().await;
        first.session.offer_connection(offer("credential-2", ""));
        first.say().await;
        first.goodbye().await;
        portal
            .turn_away("503 Service Unavailable", "Retry-After: 600\r\n", "")
            .await;
    };
    computer
        .run_while(agent.clone(), timing(), offered)
        .await
        .unwrap();
    let restarted = async {
        let mut visitor = portal.accept().await;
        assert_eq!(visitor.bearer, "credential-2");
        visitor.say().await;
        visitor.until(|_, _| None::<()>.or(Some(()))).await;
    };
    computer
        .run_while(computer.agent(), timing(), restarted)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_revoked_credential_ends_the_connection_for_good() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let turned_away = async {
        let body = r#"{"code":"credential_revoked","title":"Retired"}"#;
        portal.turn_away("401 Unauthorized", "", body).await;
        assert!(portal.is_left_alone().await);
    };
    let ended = computer.run_beside(computer.agent(), false, turned_away).await;
    assert_eq!(ended.unwrap_err().code(), "credential_revoked");
    assert_ne!(computer.agent().state.enrolment().unwrap(), None);
}

#[tokio::test]
async fn a_credential_found_on_two_computers_ends_the_connection_for_good() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let scene = async {
        let refusal = Refusal::new("credential_duplicated", "Used on two computers.");
        portal.accept().await.refuse(&refusal).await;
        assert!(portal.is_left_alone().await);
    };
    let ended = computer.run_beside(computer.agent(), false, scene).await;
    assert_eq!(ended.unwrap_err().code(), "credential_duplicated");
}

#[tokio::test]
async fn a_refusal_by_something_in_between_is_not_taken_for_the_portals() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let scene = async {
        portal.turn_away("403 Forbidden", "", "<html>proxy</html>").await;
        portal.accept().await.say().await;
    };
    let ended = computer.run_while(computer.agent(), timing(), scene).await;
    assert_eq!(ended.unwrap(), Ended::Stopped);
}

#[tokio::test]
async fn a_computer_enrolled_anew_while_the_daemon_runs_connects_as_the_new_device() {
    let portal = Portal::open().await;
    let computer = Computer::enrolled(&portal);
    let scene = async {
        let mut first = portal.accept().await;
        first.say().await;
        let other = rempart_wire::DeviceId(uuid::Uuid::from_u128(0xBEEF));
        assert_ne!(other, DEVICE);
        computer.enrol_by_hand(&portal, other, "credential-9");
        first.goodbye().await;
        let second = portal.accept().await;
        assert_eq!(second.bearer, "credential-9");
        assert_eq!(
            second.session.instance_uid().unwrap().to_string(),
            other.to_string()
        );
    };
    computer
        .run_while(computer.agent(), timing(), scene)
        .await
        .unwrap();
}
