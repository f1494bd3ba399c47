use crate::{
    base::{
        authz::Role,
        testing::{Scene, scenes},
    },
    device::{
        link::tests::computer::{Computer, Portal, licensed, token, too_long, until, write},
        presence,
    },
    params,
    scan::testing as scanning,
};
use rempart_wire::ManagementMode;

/// Waits until what devices said is written down.
async fn settle(scene: &Scene, healthy: u64) {
    until(async || {
        presence::flush(&scene.app).await;
        scene
            .number("select count(*) from device where health = 'healthy'")
            .await
            == healthy
    })
    .await;
}

scenes! {
    async fn a_computer_is_in_the_list_as_soon_as_it_is_enrolled(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 5).await;
        let path = format!("/workspaces/{workspace}/devices");
        camille.get(&path).await.status(200).shows("Aucun ordinateur pour l’instant").shows("Aucune place prise sur 5.");
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut talk = Computer::new(1).enrol(&portal, &token).await;
        talk.feel(true).await;
        settle(&scene, 1).await;
        camille.get(&path).await.status(200)
            .shows("1 ordinateur. 1 place prise sur 5.")
            .shows("rezé-1").shows("Debian GNU/Linux 12").shows("127.0.0.1").shows("Protégé").shows("à l’instant");
        let key = scene.api_key(&camille).await;
        let list = scene.api(&key).get(&format!("/api/v1{path}")).await.status(200).json();
        let device = &list["items"][0];
        assert_eq!((device["state"].as_str(), device["health"].as_str()), (Some("protected"), Some("healthy")), "{device}");
        assert_eq!(device["parts"][0]["status"], "31 loaded");
        assert_eq!(device["seat"], true);
    }

    async fn devices_are_found_by_state_and_by_words_in_any_case_and_accent(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 9).await;
        let (portal, token) = (Portal::open(&scene).await, token(&scene, &camille, workspace, None).await);
        let mut talks = Vec::new();
        for (number, host) in [(1, "Rezé-Accueil"), (2, "reze-100%"), (3, "Nantes"), (4, "Angers")] {
            let mut computer = Computer { host: host.into(), ..Computer::new(number) };
            let mut talk = computer.enrol(&portal, &token).await;
            talk.feel(number != 3).await;
            talks.push(talk);
        }
        settle(&scene, 3).await;
        talks.pop().unwrap().leave().await;
        let key = scene.api_key(&camille).await;
        let names = async |query: &str| -> Vec<String> {
            let list = scene.api(&key).get(&format!("/api/v1/workspaces/{workspace}/devices?{query}")).await.status(200).json();
            list["items"].as_array().unwrap().iter().map(|device| device["name"].as_str().unwrap().to_owned()).collect()
        };
        until(async || names("state=offline").await.len() == 1).await;
        assert_eq!(names("").await, ["Angers", "Nantes", "reze-100%", "Rezé-Accueil"]);
        assert_eq!(names("q=REZE").await, ["reze-100%", "Rezé-Accueil"]);
        assert_eq!(names("q=%C3%A9-acc").await, ["Rezé-Accueil"]);
        assert_eq!(names("q=%25").await, ["reze-100%"]);
        assert_eq!(names("q=debian&state=attention").await, ["Nantes"]);
        assert_eq!(names("state=offline").await, ["Angers"]);
        assert_eq!(names("state=retired").await, Vec::<String>::new());
        let refused = scene.api(&key).get(&format!("/api/v1/workspaces/{workspace}/devices?state=lost")).await;
        refused.refused(422, "invalid_field").about("state");
        camille.get(&format!("/workspaces/{workspace}/devices?q=nothing")).await.status(200).shows("Aucun ordinateur ne correspond");
        camille.get(&format!("/workspaces/{workspace}/devices?q=nant")).await.shows("À voir\u{a0}: Règles");
        scene.pass(too_long());
        assert_eq!(names("state=offline").await.len(), 4);
    }

    async fn a_long_list_comes_in_pages_without_a_gap(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = licensed(&scene, &camille, 9).await;
        write(&scene, move |tx| {
            for number in 0..25u64 {
                let (id, now): (rempart_wire::DeviceId, _) = (tx.id(), tx.now());
                // Twins share a name: the id decides.
                let name = format!("poste {:02}", number / 2);
                tx.execute(
                    "insert into device (id, workspace, name, name_key, search, hostname, os, arch, address, agent_version, \
                     device_key, fingerprint, state, health, health_detail, settings_status, enrolled_at, last_seen_at) \
                     values ($1, $2, $3, $4, $5, '', '', '', '', '', $6, '', 'enrolled', 'unknown', '[]', '', $7, $8)",
                    params![id, workspace, &name, &name, &name, number.to_string(), now, now],
                )?;
            }
            Ok(25)
        }).await;
        let key = scene.api_key(&camille).await;
        let (mut seen, mut next) = (std::collections::HashSet::new(), Some(String::new()));
        let mut pages = 0;
        while let Some(cursor) = next {
            let path = format!("/api/v1/workspaces/{workspace}/devices?limit=7&cursor={cursor}");
            let page = scene.api(&key).get(&path).await.status(200).json();
            for device in page["items"].as_array().unwrap() {
                assert!(seen.insert(device["id"].as_str().unwrap().to_owned()), "twice: {device}");
            }
            next = page["next"].as_str().map(str::to_owned);
            pages += 1;
        }
        assert_eq!((seen.len(), pages), (25, 4));
        let page = camille.get(&format!("/workspaces/{workspace}/devices?limit=7")).await.status(200);
        page.shows("Suivante");
        scene.api(&key).get(&format!("/api/v1/workspaces/{workspace}/devices?cursor=%21")).await.refused(422, "invalid_field");
    }

    async fn ticked_devices_are_scanned_together(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let (a, b) = (scanning::Computer::enrolled(&scene, workspace, "A").await, scanning::Computer::enrolled(&scene, workspace, "B").await);
        scanning::Computer::enrolled(&scene, workspace, "C").await;
        scanning::Computer::enrolled(&scene, workspace, "GONE").await.retired(&scene).await;
        let list = format!("/workspaces/{workspace}/devices");
        let action = format!("method=\"get\" action=\"/workspaces/{workspace}/scans/new\"");
        camille.get(&list).await.shows(&action).shows("Choisir A").shows("Pour les ordinateurs cochés");
        let retired = camille.get(&format!("{list}?state=retired")).await.shows("GONE");
        assert!(!retired.body.contains("Choisir GONE"), "{}", retired.body);

        let asked = camille.get(&format!("/workspaces/{workspace}/scans/new?device={}&device={}", a.id, b.id)).await.status(200);
        let boxes = asked.body.matches("name=\"device\"").count();
        assert_eq!((boxes, asked.body.matches(" checked><span>").count()), (2, 2), "{}", asked.body);

        let viewer = scene.person("viewer").await;
        scene.member(workspace, &viewer, Role::Viewer).await;
        assert!(!viewer.get(&list).await.status(200).body.contains("type=\"checkbox\""));
        write(&scene, |tx| tx.execute("update workspace set mode = 'local_only'", &[])).await;
        let local = camille.get(&list).await.shows(&format!("action=\"/workspaces/{workspace}/devices/release\""));
        assert!(!local.body.contains("/scans/new"), "{}", local.body);
    }

    async fn a_workspace_managed_on_its_devices_says_so(scene: Scene) {
        let camille = scene.person("camille").await;
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalOnly).await;
        camille.get(&format!("/workspaces/{workspace}/devices")).await.status(200).shows("Géré sur l’ordinateur");
    }
}
