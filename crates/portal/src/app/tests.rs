//! Every route is tried by nobody, by each role and by a stranger. The list comes from the router, so a new route
//! cannot be forgotten.

use crate::base::{
    authz::Role,
    testing::{Answer, Browser, Scene, scenes},
    web::{Access, Door},
};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use rempart_wire::ManagementMode;

struct Who {
    name: String,
    role: Option<Role>,
    operator: bool,
    browser: Browser,
    key: Option<String>,
    /// Whether their account is closed.
    closed: bool,
}

/// What the answer has to be before anything else is looked at.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    SignIn,
    /// Whoever closed their account is led to where it is opened again.
    Reopen,
    NotFound,
    Forbidden,
    Allowed,
}

fn wanted(access: Access, who: &Who, door: Door) -> Wanted {
    let own = matches!(
        access,
        Access::SignedIn | Access::Operator | Access::Workspace(_) | Access::DeletedWorkspace(_)
    );
    if who.closed && own && door == Door::Page {
        return Wanted::Reopen;
    }
    let member = |action: crate::base::authz::Action| match who.role {
        None if who.key.is_none() => Wanted::SignIn,
        None => Wanted::NotFound,
        Some(role) if action.allowed(role) => Wanted::Allowed,
        Some(_) => Wanted::Forbidden,
    };
    match access {
        Access::Anybody | Access::Device | Access::LicenceKey => Wanted::Allowed,
        // No scene is a demonstration.
        Access::Demo => Wanted::NotFound,
        Access::SignedIn if who.key.is_none() => Wanted::SignIn,
        Access::SignedIn => Wanted::Allowed,
        Access::OwnAccount if who.closed || who.key.is_some() => Wanted::Allowed,
        Access::OwnAccount => Wanted::SignIn,
        Access::Operator if who.key.is_none() => Wanted::SignIn,
        Access::Operator if who.operator => Wanted::Allowed,
        Access::Operator => Wanted::NotFound,
        Access::Workspace(action) | Access::DeletedWorkspace(action) => member(action),
    }
}

async fn cast(scene: &Scene) -> (String, Vec<Who>) {
    let owner = scene.person("primary_owner").await;
    let workspace = scene
        .workspace(&owner, "Atelier", ManagementMode::LocalAndRemote)
        .await;
    let mut cast = vec![Who {
        name: "nobody".into(),
        role: None,
        operator: false,
        browser: scene.visitor(),
        key: None,
        closed: false,
    }];
    for role in Role::ALL {
        let browser = match role {
            Role::PrimaryOwner => owner.again(),
            _ => scene.person(role.as_str()).await,
        };
        if role != Role::PrimaryOwner {
            scene.member(workspace, &browser, role).await;
        }
        let key = Some(scene.api_key(&browser).await);
        cast.push(Who {
            name: role.to_string(),
            role: Some(role),
            operator: false,
            browser,
            key,
            closed: false,
        });
    }
    let stranger = scene.person("stranger").await;
    scene
        .workspace(&stranger, "Elsewhere", ManagementMode::LocalAndRemote)
        .await;
    let key = Some(scene.api_key(&stranger).await);
    cast.push(Who {
        name: "stranger".into(),
        role: None,
        operator: false,
        browser: stranger,
        key,
        closed: false,
    });
    let operator = scene.operator().await;
    let key = Some(scene.api_key(&operator).await);
    cast.push(Who {
        name: "operator".into(),
        role: None,
        operator: true,
        browser: operator,
        key,
        closed: false,
    });
    // Who closed their account has a role like others, and no key.
    let leaver = scene.person("leaver").await;
    scene.member(workspace, &leaver, Role::Admin).await;
    let account = leaver.account;
    let closed = scene
        .app
        .db
        .write::<_, crate::base::db::DbError, _>(move |mut tx| {
            tx.execute(
                "update account set closed_at = 1 where id = $1",
                crate::params![account],
            )?;
            let event = crate::base::audit::AuditActor::Server;
            tx.commit(crate::base::audit::AuditEvent::new(event, "test.close"), ())
        });
    closed.await.unwrap();
    cast.push(Who {
        name: "who closed their account".into(),
        role: None,
        operator: false,
        browser: leaver,
        key: None,
        closed: true,
    });
    (workspace.to_string(), cast)
}

/// Puts ids into a path: the workspace is real, everything below it is nobody's.
fn fill(path: &str, workspace: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{workspace}" => workspace.to_owned(),
        part if part.starts_with('{') => uuid::Uuid::from_u128(99).to_string(),
        part => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn tries(scene: &Scene, who: &Who, method: &Method, path: &str) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("sec-fetch-site", "same-origin");
    if path.starts_with("/api/") {
        if let Some(key) = &who.key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
    } else {
        request = request.header(header::COOKIE, who.browser.cookie_header());
    }
    Answer::to(&scene.router, request.body(Body::empty()).unwrap()).await
}

fn got(answer: &Answer, door: Door) -> Wanted {
    match (answer.code, door) {
        (401, Door::Api) if answer.body.contains("\"sign_in_required\"") => Wanted::SignIn,
        (303, Door::Page) if answer.location().starts_with("/sign-in?next=") => Wanted::SignIn,
        (303, Door::Page) if answer.location() == "/account/closure" => Wanted::Reopen,
        (403, _) => Wanted::Forbidden,
        (404, _) => Wanted::NotFound,
        (500.., _) => panic!("{}: {}", answer.code, answer.body),
        _ => Wanted::Allowed,
    }
}

scenes! {
    async fn every_route_answers_everybody_as_it_should(scene: Scene) {
        let (workspace, mut cast) = cast(&scene).await;
        let (_, routes, _) = crate::app::routes(&scene.app);
        assert!(routes.len() > 3);
        let mut wrong = Vec::new();
        // What ends things comes last, signing out last of all.
        let mut routes = routes;
        routes.sort_by_key(|route| {
            let ends = ["sessions", "api-key", "closure", "sign-out"].iter().rposition(|end| route.path.contains(end));
            (ends, route.method == Method::DELETE || route.path.contains("delete"))
        });
        for route in &routes {
            let path = fill(&route.path, &workspace);
            let door = if path.starts_with("/api/") { Door::Api } else { Door::Page };
            // Those who may not, first: what they try changes nothing.
            cast.sort_by_key(|who| wanted(route.access, who, door) == Wanted::Allowed);
            if path.contains("api-key") || path.contains("closure") {
                // The route before may have replaced or revoked them.
                for who in cast.iter_mut().filter(|who| who.key.is_some()) {
                    who.key = Some(scene.api_key(&who.browser).await);
                }
            }
            for who in &cast {
                let answer = tries(&scene, who, &route.method, &path).await;
                let (wanted, got) = (wanted(route.access, who, door), got(&answer, door));
                let below = route.path.matches('{').count() > usize::from(route.path.contains("{workspace}"));
                if wanted != got && !(wanted == Wanted::Allowed && got == Wanted::NotFound && below) {
                    wrong.push(format!("{} {} by {}: {wanted:?} wanted, {got:?}", route.method, route.path, who.name));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn every_answer_carries_the_security_headers(scene: Scene) {
        for path in ["/sign-in", "/nowhere", "/api/v1/nowhere", "/rempart.css", "/healthz"] {
            let answer = scene.visitor().get(path).await;
            let policy = answer.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
            let of_pages = ["x-content-type-options", "x-request-id", "x-frame-options", "referrer-policy"];
            let wanted = if path.starts_with("/api/") { &of_pages[..2] } else { &of_pages };
            for name in wanted {
                assert!(answer.headers.contains_key(*name), "{path} has no {name}");
            }
        }
    }

    async fn a_form_from_another_site_changes_nothing(scene: Scene) {
        let camille = scene.person("camille").await;
        let request = Request::post("/account/language")
            .header(header::COOKIE, camille.cookie_header())
            .header("sec-fetch-site", "cross-site")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("language=en"))
            .unwrap();
        Answer::to(&scene.router, request).await.status(403);
        scene.audited("account.set_language", 0).await;
    }

    async fn a_body_that_is_too_large_is_not_read(scene: Scene) {
        let camille = scene.person("camille").await;
        let key = scene.api_key(&camille).await;
        let body = serde_json::json!({ "language": "x".repeat(100_000) });
        scene.api(&key).put("/api/v1/account/language", body).await.refused(413, "body_too_large");
    }

    async fn what_is_no_json_is_refused_with_a_code(scene: Scene) {
        let camille = scene.person("camille").await;
        let key = scene.api_key(&camille).await;
        let send = async |content_type: &str, body: &'static str| {
            let request = Request::put("/api/v1/account/language")
                .header(header::AUTHORIZATION, format!("Bearer {key}"))
                .header(header::CONTENT_TYPE, content_type)
                .body(Body::from(body))
                .unwrap();
            Answer::to(&scene.router, request).await
        };
        send("application/json", "{").await.refused(400, "malformed_body");
        send("text/plain", "{}").await.refused(415, "unsupported_media_type");
        send("application/json", "{}").await.refused(422, "invalid_field");
        scene.api(&key).delete("/api/v1/account/language").await.refused(405, "method_not_allowed");
        scene.api(&key).get("/api/v1/nothing").await.refused(404, "not_found");
    }

    async fn a_body_of_the_wrong_form_says_what_is_wrong_with_it(scene: Scene) {
        let camille = scene.person("camille").await;
        let key = scene.api_key(&camille).await;
        let told = async |body: serde_json::Value| {
            let refused = scene.api(&key).post("/api/v1/workspaces", body).await.refused(422, "invalid_field");
            refused.json()["facts"]["detail"].as_str().unwrap().to_owned()
        };
        let wrong = told(serde_json::json!({ "name": 7, "mode": "local_only" })).await;
        assert!(wrong.contains("name: invalid type: integer `7`, expected a string"), "{wrong}");
        let missing = told(serde_json::json!({})).await;
        assert!(missing.contains("missing field `name`"), "{missing}");
        let workspace = scene.workspace(&camille, "Atelier", ManagementMode::LocalAndRemote).await;
        let query = scene.api(&key).get(&format!("/api/v1/workspaces/{workspace}/devices?limit=many")).await;
        let query = query.refused(422, "invalid_field").json();
        assert!(query["facts"]["detail"].as_str().unwrap().contains("limit"), "{query}");
    }

    async fn what_goes_in_has_a_name_of_its_own_in_the_document(scene: Scene) {
        let document = serde_json::to_value(crate::app::routes(&scene.app).2).unwrap();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        assert!(schemas.contains_key("WorkspaceRequest") && schemas.contains_key("LicenceAssignment"));
        assert!(["Input", "Made", "State", "Part"].iter().all(|vague| !schemas.contains_key(*vague)));
    }
}
