//! Accounts that are closed, opened again and forgotten.
//!
//! Always true: whoever is left behind is protected as before.

use crate::{
    account::cast::{GOOD, give_password, sign_in},
    base::{
        authz::Role,
        testing::{Browser, Program, Scene, scenes},
    },
    licence::testing::{activate, counts_are_exact, enrol, personal, sold, terms},
};
use jiff::SignedDuration;
use rempart_wire::{LicenceId, ManagementMode, WorkspaceId};
use serde_json::{Value as Json, json};

mod blocked;
mod later;

const CLOSURE: &str = "/api/v1/account/closure";
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Dominique's workspace, in which Camille is an admin, with a licence of hers and two computers; and a key of hers that
/// protects nothing.
struct Stage {
    camille: Browser,
    program: Program,
    dominique: Browser,
    other: Program,
    workspace: WorkspaceId,
    attached: LicenceId,
    loose: LicenceId,
    /// The key of the loose one.
    key: String,
}

impl Stage {
    async fn set(scene: &Scene) -> Self {
        let (camille, dominique) = (scene.person("camille").await, scene.person("dominique").await);
        give_password(scene, &camille).await;
        let program = scene.api(&scene.api_key(&camille).await);
        let other = scene.api(&scene.api_key(&dominique).await);
        let workspace = scene
            .workspace(&dominique, "Atelier", ManagementMode::LocalAndRemote)
            .await;
        scene.member(workspace, &camille, Role::Admin).await;
        let attached = personal(scene, &camille, 5).await;
        let path = format!("/api/v1/workspaces/{workspace}/licence");
        program
            .put(&path, json!({ "licence": attached }))
            .await
            .status(200);
        for _ in 0..2 {
            enrol(scene, workspace).await.unwrap();
        }
        let (loose, key) = sold(scene, terms(3)).await;
        program
            .post("/api/v1/licences", json!({ "key": key }))
            .await
            .status(201);
        Self {
            camille,
            program,
            dominique,
            other,
            workspace,
            attached,
            loose,
            key,
        }
    }

    async fn closes(&self) -> Json {
        let closed = self.program.post(CLOSURE, json!({ "password": GOOD })).await;
        closed.status(200).json()
    }

    /// The workspace's licence, as Dominique sees it.
    async fn protected(&self) -> Json {
        let path = format!("/api/v1/workspaces/{}/licence", self.workspace);
        self.other.get(&path).await.status(200).json()
    }
}

fn one(list: &Json, id: LicenceId) -> &Json {
    let all = list["licences"].as_array().unwrap();
    all.iter().find(|one| one["id"] == json!(id)).unwrap()
}

scenes! {
    async fn what_closing_does_is_said_before_with_names_and_counts(scene: Scene) {
        let stage = Stage::set(&scene).await;
        activate(&scene, stage.attached, stage.workspace).await;
        let offer = format!("/api/v1/licences/{}/transfer", stage.loose);
        stage.program.post(&offer, json!({ "email": "eve@example.org" })).await.status(201);
        let told = stage.program.get(CLOSURE).await.status(200).json();
        assert_eq!((&told["possible"], &told["erased_at"]), (&json!(true), &json!("2027-03-08T09:00:00Z")));
        let attached = one(&told, stage.attached);
        assert_eq!((&attached["fate"], &attached["workspace"]["name"]), (&json!("stays"), &json!("Atelier")));
        assert_eq!((&attached["devices"], &attached["machines"]), (&json!(2), &json!(1)));
        assert_eq!(attached["expires_at"], "2028-03-01T09:00:00Z");
        let loose = one(&told, stage.loose);
        assert_eq!((&loose["fate"], &loose["workspace"], &loose["expires_at"]), (&json!("ends"), &Json::Null, &Json::Null));
        assert_eq!(told["other_workspaces"][0]["name"], "Atelier");
        assert_eq!((&told["offers_withdrawn"][0], &told["sessions"], &told["api_key"]), (&loose["number"], &json!(1), &json!(true)));
        for empty in ["own_workspaces", "deleted_workspaces", "renewals_stopped", "orders_cancelled"] {
            assert_eq!(told[empty], json!([]), "{empty}");
        }
        stage.camille.get("/account").await.status(200).shows("/account/closure");
        stage.camille.get("/account/closure").await.status(200)
            .shows("Continue de protéger").shows("3 ordinateurs s’en servent")
            .shows("Elle prend fin le 8\u{a0}mars\u{a0}2027, sans remboursement").shows(&format!("/licences/{}/transfer", stage.loose))
            .shows("Votre clé d’API est révoquée").shows("Rien ne vous est plus prélevé");
        scene.audited("account.close", 0).await;
    }

    async fn closing_asks_for_the_password_and_signs_out_everywhere(scene: Scene) {
        let stage = Stage::set(&scene).await;
        stage.program.post(CLOSURE, json!({})).await.refused(422, "password_wrong").about("password");
        stage.camille.post("/account/closure", &[("password", "wrong")]).await.status(422).shows("Vos licences");
        scene.audited("account.close", 0).await;
        let second = scene.visitor();
        sign_in(&second, "camille@example.org", GOOD).await.leads_to("/");

        stage.camille.post("/account/closure", &[("password", GOOD)]).await.leads_to("/sign-in?said=account-closed");
        stage.camille.get("/sign-in?said=account-closed").await.status(200).shows("Votre compte est fermé");
        second.get("/account").await.leads_to("/sign-in?next=%2Faccount");
        stage.program.get("/api/v1/account").await.refused(401, "sign_in_required");
        assert_eq!(scene.number("select count(*) from account_session").await, 1, "Dominique's");
        scene.audited("account.close", 1).await;
        let mails = scene.mails().await;
        assert_eq!(mails.len(), 2, "{mails:?}");
        let (hers, his) = match mails[0].to.starts_with("camille") { true => (&mails[0], &mails[1]), false => (&mails[1], &mails[0]) };
        assert!(hers.text.contains("8\u{a0}mars\u{a0}2027, 09:00") && hers.text.contains("/sign-in"), "{}", hers.text);
        assert!(his.subject.contains("Atelier") && his.text.contains("passe à votre nom"), "{his:?}");
        let shown = stage.protected().await;
        assert_eq!((&shown["state"], &shown["seats_used"]), (&json!("active"), &json!(2)), "nothing stops for others");
        enrol(&scene, stage.workspace).await.unwrap();
        stage.dominique.get(&format!("/workspaces/{}", stage.workspace)).await.status(200).shows("ferme son compte");
        stage.dominique.get(&format!("/workspaces/{}/settings", stage.workspace)).await.status(200)
            .shows("Le propriétaire de cette licence a fermé son compte").shows("8\u{a0}mars\u{a0}2027");
    }

    async fn whoever_signs_in_again_finds_one_door_and_comes_back_through_it(scene: Scene) {
        let stage = Stage::set(&scene).await;
        stage.closes().await;
        scene.mails().await;
        scene.pass(DAY * 6);
        let back = scene.visitor();
        sign_in(&back, "camille@example.org", "wrong").await.status(401);
        sign_in(&back, "camille@example.org", GOOD).await.leads_to("/");
        back.get("/").await.leads_to("/workspaces");
        let inside = format!("/workspaces/{}", stage.workspace);
        for path in ["/workspaces", "/licences", "/account", inside.as_str(), "/operator"] {
            back.get(path).await.leads_to("/account/closure");
        }
        back.post("/account/api-key", &[]).await.leads_to("/account/closure");
        let page = back.get("/account/closure").await.status(200).shows("Rouvrir mon compte").shows("8\u{a0}mars\u{a0}2027, 09:00");
        assert!(!page.body.contains("href=\"/workspaces\"") && !page.body.contains("href=\"/licences\""), "{}", page.body);
        back.post("/account/closure", &[("password", GOOD)]).await.leads_to("/account/closure");

        back.post("/account/closure/undo", &[]).await.leads_to("/account?said=account-reopened");
        back.get("/account?said=account-reopened").await.status(200).shows("Votre compte est rouvert");
        back.get(&inside).await.status(200);
        back.get(&format!("/licences/{}", stage.loose)).await.status(200);
        back.post("/account/closure/undo", &[]).await.status(409);
        scene.audited("account.reopen", 1).await;
        scene.audited("licence.owner_back", 1).await;
        assert_eq!(scene.mails().await.len(), 1);
        scene.pass(DAY * 2);
        scene.work().await;
        back.get("/account").await.status(200).shows("camille@example.org");
        scene.audited("account.purge", 0).await;
        counts_are_exact(&scene).await;
    }

    async fn a_program_opens_it_again_with_address_and_password(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let nobody = scene.api("");
        let again = |password: &str| json!({ "email": "Camille@example.org", "password": password });
        nobody.post("/api/v1/account-reopenings", again(GOOD)).await.refused(409, "account_open");
        stage.closes().await;
        nobody.post("/api/v1/account-reopenings", again("wrong")).await.refused(401, "credentials_invalid");
        let unknown = json!({ "email": "nobody@example.org", "password": GOOD });
        nobody.post("/api/v1/account-reopenings", unknown).await.refused(401, "credentials_invalid");
        nobody.post("/api/v1/account-reopenings", again(GOOD)).await.status(204);
        stage.program.get("/api/v1/account").await.refused(401, "sign_in_required");
        scene.audited("account.reopen", 1).await;
    }

    async fn passwords_are_tried_as_rarely_as_at_the_gate(scene: Scene) {
        let stage = Stage::set(&scene).await;
        for _ in 0..5 {
            stage.program.post(CLOSURE, json!({ "password": "wrong" })).await.refused(422, "password_wrong");
        }
        stage.program.post(CLOSURE, json!({ "password": GOOD })).await.refused(429, "too_many_attempts");
        scene.pass(SignedDuration::from_mins(16));
        stage.closes().await;
    }

    async fn of_two_closings_at_once_one_closes(scene: Scene) {
        let stage = Stage::set(&scene).await;
        let body = json!({ "password": GOOD });
        let (one, two) = futures_util::future::join(
            stage.program.post(CLOSURE, body.clone()), stage.program.post(CLOSURE, body),
        ).await;
        let mut codes = [one.code, two.code];
        codes.sort_unstable();
        assert!(codes[0] == 200 && matches!(codes[1], 401 | 403), "{codes:?}");
        scene.audited("account.close", 1).await;
        assert_eq!(scene.number("select count(*) from job where kind = 'account.purge'").await, 1);
    }

    async fn every_member_may_leave_and_the_workspace_goes_on(scene: Scene) {
        let stage = Stage::set(&scene).await;
        for role in Role::ALL.into_iter().filter(|role| *role != Role::PrimaryOwner) {
            let person = scene.person(role.as_str()).await;
            give_password(&scene, &person).await;
            scene.member(stage.workspace, &person, role).await;
            let program = scene.api(&scene.api_key(&person).await);
            program.post(CLOSURE, json!({ "password": GOOD })).await.status(200);
        }
        scene.pass(DAY * 7);
        scene.work().await;
        scene.audited("account.purge", 4).await;
        assert_eq!(scene.number("select count(*) from member").await, 2, "Dominique and Camille");
        assert_eq!(stage.protected().await["seats_used"], 2);
    }
}
