use crate::{
    base::{
        error::{Code, Fault},
        lang::Lang,
        testing::{Browser, Scene, scenes},
        web::sentence,
    },
    licence::testing::{counts_are_exact, enrol, personal, retire, seatless, shrink},
};
use futures_util::future::join_all;
use jiff::SignedDuration;
use rempart_wire::{LicenceId, ManagementMode, WorkspaceId};
use serde_json::json;

async fn licensed(scene: &Scene, seats: u64) -> (Browser, WorkspaceId, LicenceId) {
    let camille = scene.person("camille").await;
    let workspace = scene
        .workspace(&camille, "Atelier", ManagementMode::LocalAndRemote)
        .await;
    let licence = personal(scene, &camille, seats).await;
    let key = scene.api_key(&camille).await;
    let path = format!("/api/v1/workspaces/{workspace}/licence");
    scene
        .api(&key)
        .put(&path, json!({ "licence": licence }))
        .await
        .status(200);
    (camille, workspace, licence)
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> Code {
    outcome.unwrap_err().code
}

scenes! {
    async fn the_seat_after_the_last_is_refused_with_the_workspaces_name(scene: Scene) {
        let (_, workspace, _) = licensed(&scene, 2).await;
        enrol(&scene, workspace).await.unwrap();
        let second = enrol(&scene, workspace).await.unwrap();
        let fault = enrol(&scene, workspace).await.unwrap_err();
        assert_eq!(fault.code, Code::SeatsExhausted);
        let said = |name| fault.args.iter().find(|(arg, _)| *arg == name).map(|(_, value)| value.as_str());
        assert_eq!((said("seats"), said("workspace"), said("used")), (Some("2"), Some("Atelier"), Some("2")));
        retire(&scene, second).await;
        retire(&scene, second).await;
        counts_are_exact(&scene).await;
        enrol(&scene, workspace).await.unwrap();
        counts_are_exact(&scene).await;
    }

    async fn after_a_downgrade_nothing_stops_but_enrolment_and_it_says_so(scene: Scene) {
        let (camille, workspace, licence) = licensed(&scene, 3).await;
        let mut devices = Vec::new();
        for _ in 0..3 { devices.push(enrol(&scene, workspace).await.unwrap()); }
        shrink(&scene, licence, 1).await;
        counts_are_exact(&scene).await;
        let fault = enrol(&scene, workspace).await.unwrap_err();
        assert_eq!(fault.code, Code::SeatsExhausted);
        assert_eq!(fault.facts, Some(json!({ "seats": 1, "seats_used": 3, "seats_over": 2 })));
        assert!(sentence(&fault, Lang::Fr).contains("sont prises (3 occupées)"), "{}", sentence(&fault, Lang::Fr));
        camille.get(&format!("/workspaces/{workspace}")).await.status(200).shows("2 ordinateurs de plus que de places").shows("/devices/seats");
        camille.get(&format!("/workspaces/{workspace}/settings")).await.status(200).shows("2 ordinateurs de plus que de places").shows("/devices/seats");
        retire(&scene, devices[0]).await;
        retire(&scene, devices[1]).await;
        assert_eq!(code(enrol(&scene, workspace).await), Code::SeatsExhausted);
        retire(&scene, devices[2]).await;
        enrol(&scene, workspace).await.unwrap();
        counts_are_exact(&scene).await;
    }

    async fn of_forty_computers_at_once_as_many_get_in_as_there_are_seats(scene: Scene) {
        let (_, workspace, _) = licensed(&scene, 5).await;
        let outcomes = join_all((0..40).map(|_| enrol(&scene, workspace))).await;
        let (in_, out): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((in_.len(), out.len()), (5, 35));
        assert!(out.into_iter().all(|refused| code(refused) == Code::SeatsExhausted));
        counts_are_exact(&scene).await;
    }

    async fn a_computer_is_told_why_there_is_no_seat(scene: Scene) {
        let camille = scene.person("camille").await;
        let bare = scene.workspace(&camille, "Bare", ManagementMode::LocalAndRemote).await;
        assert_eq!(code(enrol(&scene, bare).await), Code::WorkspaceWithoutLicence);
    }

    async fn enrolment_goes_on_through_the_grace_period_and_stops_after(scene: Scene) {
        let (_, workspace, _) = licensed(&scene, 5).await;
        scene.pass(SignedDuration::from_hours(24 * (366 + 13)));
        enrol(&scene, workspace).await.unwrap();
        scene.pass(SignedDuration::from_hours(24));
        assert_eq!(code(enrol(&scene, workspace).await), Code::LicenceExpired);
        counts_are_exact(&scene).await;
    }

    async fn a_licence_that_moves_while_computers_enrol_counts_exactly(scene: Scene) {
        let (camille, one, licence) = licensed(&scene, 30).await;
        let two = scene.workspace(&camille, "Deux", ManagementMode::LocalAndRemote).await;
        for _ in 0..5 { seatless(&scene, two).await; }
        let key = format!("key of {}", camille.account);
        let program = scene.api(&key);
        let moves = async {
            for at in 0..8 {
                let to = if at % 2 == 0 { two } else { one };
                let body = json!({ "licence": licence, "confirm_move": true, "confirm_fewer": true });
                program.put(&format!("/api/v1/workspaces/{to}/licence"), body).await.status(200);
            }
        };
        let enrolments = join_all((0..40).map(|at| enrol(&scene, if at % 2 == 0 { one } else { two })));
        futures_util::future::join(moves, enrolments).await;
        counts_are_exact(&scene).await;
    }
}
