use super::{
    portal::{Portal, Visitor, config_of, offer, uid},
    scene::{Computer, DEVICE, timing},
};
use crate::state::Credential;
use rempart_opamp::{message::ApplyStatus, server::Session};
use rempart_wire::{CAPABILITY, ManagementMode, Refusal, attribute};
use std::{collections::BTreeMap, os::unix::fs::PermissionsExt};

/// Plays a portal that accepts the token.
async fn welcome(portal: &Portal, credential: &str) -> (Visitor, Session) {
    let mut first = portal.accept().await;
    first.session.identify(uid(DEVICE));
    first
        .session
        .offer_config(config_of(ManagementMode::RemoteOnly, "settings-1"));
    first.session.offer_connection(offer(credential, ""));
    first.say().await;
    let told = (first.bearer.clone(), first.first.clone());
    let goodbye = first.goodbye().await;
    let mut second = portal.accept().await;
    assert_eq!(told.0, "token-1");
    assert_eq!(told.1.sequence_num, 0);
    second.say().await;
    (second, goodbye)
}

fn snapshot(computer: &Computer) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(computer.state()).unwrap() {
        let entry = entry.unwrap();
        // The device's key is drawn at the first attempt and is the same ever after; locks hold nothing.
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_file() && name != "device.key" {
            files.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

#[tokio::test]
async fn a_token_becomes_a_credential_which_is_used_before_the_token_is_forgotten() {
    let (portal, computer) = (Portal::open().await, Computer::new());
    let scene = async {
        let (second, first) = welcome(&portal, "credential-1").await;
        assert_ne!(first.instance_uid(), None);
        assert_eq!(second.bearer, "credential-1");
        assert_eq!(second.session.instance_uid(), Some(uid(DEVICE)));
        assert_eq!(second.said("host.name").unwrap(), "rezé-1");
        assert_eq!(second.said("service.instance.id").unwrap(), DEVICE.to_string());
        let session = second.goodbye().await;
        let state = session.state();
        let status = state.connection_settings_status.clone().unwrap();
        assert_eq!(status.status(), ApplyStatus::Applied);
        assert_eq!(status.last_connection_settings_hash, b"credential-1");
        let status = state.remote_config_status.clone().unwrap();
        assert_eq!(status.status(), ApplyStatus::Applied);
        assert_eq!(status.last_remote_config_hash, b"settings-1");
        assert_eq!(
            state.custom_capabilities.clone().unwrap().capabilities,
            [CAPABILITY]
        );
    };
    let (enrolled, ()) = tokio::join!(computer.enrol(&portal, "token-1"), scene);
    let enrolled = enrolled.unwrap();
    assert_eq!((enrolled.device, enrolled.again), (DEVICE, false));
    assert_eq!(enrolled.settings.unwrap().workspace, "Atelier (Rezé)");
    let state = &computer.agent().state;
    assert_eq!(state.credential().unwrap(), Some(Credential::new("credential-1")));
    assert_eq!(state.candidate_credential().unwrap(), None);
    assert_eq!(state.mode().unwrap(), ManagementMode::RemoteOnly);
    let mode = std::fs::metadata(computer.state().join("enrolment"))
        .unwrap()
        .permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
}

#[tokio::test]
async fn the_name_given_at_the_computer_comes_with_the_token_only() {
    let (portal, computer) = (Portal::open().await, Computer::new());
    let scene = async {
        let mut first = portal.accept().await;
        assert_eq!(first.said(attribute::NAME).unwrap(), "Accueil");
        first.session.offer_connection(offer("credential-1", ""));
        first.say().await;
        first.goodbye().await;
        let mut second = portal.accept().await;
        assert_eq!(second.said(attribute::NAME), None);
        second.say().await;
        second.goodbye().await;
    };
    let (enrolled, ()) = tokio::join!(computer.enrol(&portal, "token-1"), scene);
    enrolled.unwrap();
}

#[tokio::test]
async fn enrolling_again_shows_the_same_key_and_the_same_device() {
    let (portal, computer) = (Portal::open().await, Computer::new());
    let mut keys = Vec::new();
    for round in 1..=2 {
        let credential = format!("credential-{round}");
        let scene = async {
            let (second, _) = welcome(&portal, &credential).await;
            let key = second.said(attribute::DEVICE_KEY).unwrap();
            second.goodbye().await;
            key
        };
        let (enrolled, key) = tokio::join!(computer.enrol(&portal, "token-1"), scene);
        assert_eq!(enrolled.unwrap().again, round == 2);
        keys.push(key);
    }
    assert_eq!(keys[0], keys[1]);
    let credential = computer.agent().state.credential().unwrap();
    assert_eq!(credential, Some(Credential::new("credential-2")));
}

#[tokio::test]
async fn a_refused_token_says_why_and_leaves_nothing_behind() {
    let (portal, computer) = (Portal::open().await, Computer::new());
    let before = {
        computer.agent();
        snapshot(&computer)
    };
    let refusal = Refusal {
        workspace: Some("Atelier (Rezé)".to_owned()),
        ..Refusal::new("seats_exhausted", "Toutes les places sont prises.")
    };
    let scene = async { portal.accept().await.refuse(&refusal).await };
    let (enrolled, ()) = tokio::join!(computer.enrol(&portal, "token-1"), scene);
    let error = enrolled.unwrap_err();
    assert_eq!(error.code(), "seats_exhausted");
    assert!(
        error
            .sentence(crate::lang::Language::English)
            .contains("Atelier (Rezé)")
    );
    assert_eq!(snapshot(&computer), before);
}

#[tokio::test]
async fn a_token_refused_before_the_upgrade_is_told_from_the_problem_document() {
    let (portal, computer) = (Portal::open().await, Computer::new());
    let body = r#"{"code":"token_expired","title":"Expired","detail":"It expired yesterday."}"#;
    let turned_away = portal.turn_away(
        "401 Unauthorized",
        "Content-Type: application/problem+json\r\n",
        body,
    );
    let (enrolled, request) = tokio::join!(computer.enrol(&portal, "token-1"), turned_away);
    let crate::link::LinkError::Refused(refusal) = enrolled.unwrap_err() else {
        panic!("not refused");
    };
    assert_eq!(
        (refusal.code.as_str(), refusal.sentence.as_str()),
        ("token_expired", "It expired yesterday.")
    );
    assert!(request.starts_with("GET /v1/opamp HTTP/1.1"));
}

#[tokio::test]
async fn something_else_that_answers_is_named_as_such() {
    let (portal, computer) = (Portal::open().await, Computer::new());
    for (status, code) in [
        ("404 Not Found", "not_a_portal"),
        ("200 OK", "not_a_portal"),
        ("401 Unauthorized", "not_a_portal"),
        ("503 Service Unavailable", "portal_busy"),
    ] {
        let turned_away = portal.turn_away(status, "Content-Type: text/html\r\n", "<html>");
        let (enrolled, _) = tokio::join!(computer.enrol(&portal, "token-1"), turned_away);
        assert_eq!(enrolled.unwrap_err().code(), code, "{status}");
    }
}

#[tokio::test]
async fn a_credential_that_does_not_work_leaves_the_computer_as_it_was() {
    let (portal, computer) = (Portal::open().await, Computer::new());
    computer.enrol_by_hand(&portal, DEVICE, "credential-0");
    let before = snapshot(&computer);
    let scene = async {
        let mut first = portal.accept().await;
        assert_eq!(
            first.session.instance_uid(),
            Some(uid(DEVICE)),
            "it says who it was"
        );
        first.session.offer_connection(offer("credential-1", ""));
        first.say().await;
        first.goodbye().await;
        portal
            .turn_away("401 Unauthorized", "", r#"{"code":"credential_unknown"}"#)
            .await;
    };
    let (enrolled, ()) = tokio::join!(computer.enrol(&portal, "token-1"), scene);
    assert_eq!(enrolled.unwrap_err().code(), "credential_unknown");
    assert_eq!(snapshot(&computer), before);
}

#[tokio::test]
async fn a_portal_that_stumbles_after_the_offer_is_tried_again() {
    let (portal, computer) = (Portal::open().await, Computer::new());
    let scene = async {
        let mut first = portal.accept().await;
        first.session.identify(uid(DEVICE));
        first.session.offer_connection(offer("credential-1", ""));
        first.say().await;
        first.goodbye().await;
        portal
            .turn_away("503 Service Unavailable", "Retry-After: 1\r\n", "")
            .await;
        let mut second = portal.accept().await;
        second.say().await;
        second.goodbye().await;
    };
    let (enrolled, ()) = tokio::join!(computer.enrol(&portal, "token-1"), scene);
    assert_eq!(enrolled.unwrap().device, DEVICE);
}

#[tokio::test]
async fn an_offer_that_leads_elsewhere_unencrypted_is_not_followed() {
    let (portal, computer) = (Portal::open().await, Computer::new());
    let scene = async {
        let mut first = portal.accept().await;
        first
            .session
            .offer_connection(offer("credential-1", "ws://portal.example/v1/opamp"));
        first.say().await;
        first.goodbye().await;
    };
    let (enrolled, ()) = tokio::join!(computer.enrol(&portal, "token-1"), scene);
    assert_eq!(enrolled.unwrap_err().code(), "portal_unencrypted");
    assert_eq!(computer.agent().state.enrolment().unwrap(), None);
}

#[tokio::test]
async fn over_tls_the_portal_must_be_vouched_for_now_and_at_every_later_connection() {
    let (portal, computer) = (Portal::open_encrypted().await, Computer::new());
    let (enrolled, failed) = tokio::join!(computer.enrol(&portal, "token-1"), portal.fail_to_accept());
    assert_eq!(enrolled.unwrap_err().code(), "portal_unreachable");
    assert!(failed.to_string().contains("UnknownCA"), "{failed}");
    let scene = async {
        let (second, _) = welcome(&portal, "credential-1").await;
        second.goodbye().await;
    };
    let trusting = computer.enrol_trusting(&portal, "token-1", portal.authority());
    let (enrolled, ()) = tokio::join!(trusting, scene);
    assert_eq!(enrolled.unwrap().device, DEVICE);
    let scene = async { portal.accept().await.say().await };
    computer
        .run_while(computer.agent(), timing(), scene)
        .await
        .unwrap();
}
