//! The validation API, call by call and refusal by refusal, with every answer's signature checked as clients do.

mod api;
mod check_out;
mod machine;
mod sign;
mod validate;

use crate::{
    base::{
        audit::{AuditActor, AuditEvent},
        db::DbError,
        testing::{Answer, Browser, Scene},
    },
    issuer,
    licence::{
        Terms,
        testing::{counts_are_exact, sold, terms},
    },
    params,
};
use axum::{
    body::Body,
    http::{Method, Request, header},
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use ed25519_dalek::{Signature, VerifyingKey};
use rempart_wire::{LicenceId, ManagementMode, WorkspaceId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A workspace with a licence, and a program that knows its key.
struct Stage {
    scene: Scene,
    owner: Browser,
    workspace: WorkspaceId,
    licence: LicenceId,
    key: String,
}

impl Stage {
    async fn with_seats(scene: Scene, seats: u64) -> Self {
        let owner = scene.person("camille").await;
        let workspace = scene
            .workspace(&owner, "Atelier", ManagementMode::LocalAndRemote)
            .await;
        let owned = Terms {
            owner: Some(owner.account),
            ..terms(seats)
        };
        let (licence, key) = sold(&scene, owned).await;
        let api = scene.api(&scene.api_key(&owner).await);
        let path = format!("/api/v1/workspaces/{workspace}/licence");
        api.put(&path, json!({ "licence": licence })).await.status(200);
        Self {
            scene,
            owner,
            workspace,
            licence,
            key,
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/v1/accounts/{}/{rest}", self.workspace)
    }

    fn licence_path(&self, rest: &str) -> String {
        self.path(&format!("licenses/{}{rest}", self.licence))
    }

    /// A call as anybody makes it; its answer's signature is checked.
    async fn call(&self, method: Method, path: &str, shown: Option<&str>, body: Option<Value>) -> Answer {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header(header::HOST, "licences.example.org:8443")
            .header(header::ACCEPT_ENCODING, "gzip, br");
        if let Some(shown) = shown {
            request = request.header(header::AUTHORIZATION, shown);
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/vnd.api+json");
        }
        let body = body.map_or(Body::empty(), |body| Body::from(body.to_string()));
        let answer = Answer::to(&self.scene.router, request.body(body).unwrap()).await;
        self.signed(&answer, &method, path).await;
        answer
    }

    /// A call with the licence key.
    async fn with_key(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.call(method, path, Some(&format!("License {}", self.key)), body)
            .await
    }

    async fn get(&self, path: &str) -> Answer {
        self.with_key(Method::GET, path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.with_key(Method::POST, path, Some(body)).await
    }

    async fn signed(&self, answer: &Answer, method: &Method, path: &str) {
        let text = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
        assert!(
            !answer.headers.contains_key("content-encoding"),
            "signed answers are not compressed"
        );
        let digest = format!("sha-256={}", BASE64.encode(Sha256::digest(&answer.body)));
        assert_eq!(
            (text("digest"), text("keygen-digest")),
            (digest.clone(), digest.clone())
        );
        assert_eq!(text("date"), text("keygen-date"));
        let header = text("keygen-signature");
        let part = |name: &str| {
            let from = header.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
            header[from..].split('"').next().unwrap().to_owned()
        };
        assert_eq!(
            (part("algorithm"), part("headers")),
            ("ed25519".into(), "(request-target) host date digest".into())
        );
        let signed = format!(
            "(request-target): {} {path}\nhost: licences.example.org:8443\ndate: {}\ndigest: {digest}",
            method.as_str().to_lowercase(),
            text("date"),
        );
        let keys = self
            .scene
            .app
            .db
            .read::<_, DbError, _>(|r| issuer::list(r))
            .await
            .unwrap();
        let key: [u8; 32] = hex::decode(&keys[0].public_key).unwrap().try_into().unwrap();
        let signature = Signature::from_slice(&BASE64.decode(part("signature")).unwrap()).unwrap();
        VerifyingKey::from_bytes(&key)
            .unwrap()
            .verify_strict(signed.as_bytes(), &signature)
            .unwrap_or_else(|_| panic!("{method} {path}: {}: not signed", answer.code));
    }

    /// Activates a machine; its id.
    async fn activate(&self, fingerprint: &str) -> String {
        let answer = self.try_activate(fingerprint).await.status(201);
        answer.json()["data"]["id"].as_str().unwrap().to_owned()
    }

    async fn try_activate(&self, fingerprint: &str) -> Answer {
        self.post(&self.path("machines"), machine(fingerprint, self.licence))
            .await
    }

    /// What validating by key says: whether it is valid, and the code.
    async fn validate(&self, scope: Value) -> (bool, String) {
        let body = json!({ "meta": { "key": self.key, "scope": scope } });
        let path = self.path("licenses/actions/validate-key");
        let meta = self
            .call(Method::POST, &path, None, Some(body))
            .await
            .status(200)
            .json();
        let meta = &meta["meta"];
        (
            meta["valid"].as_bool().unwrap(),
            meta["code"].as_str().unwrap().to_owned(),
        )
    }

    async fn set(&self, statement: &'static str) {
        let licence = self.licence;
        self.scene
            .app
            .db
            .write::<_, DbError, _>(move |mut tx| {
                tx.execute(statement, params![licence])?;
                tx.commit(AuditEvent::new(AuditActor::Server, "test.licence"), ())
            })
            .await
            .unwrap();
    }

    async fn seats_used(&self) -> u64 {
        counts_are_exact(&self.scene).await;
        self.scene
            .number("select cast(sum(seats_used) as bigint) from licence")
            .await
    }
}

fn machine(fingerprint: &str, licence: LicenceId) -> Value {
    json!({ "data": {
        "type": "machines",
        "attributes": { "fingerprint": fingerprint, "name": "Poste 1", "platform": "linux", "hostname": "poste-1", "cores": 4, "metadata": { "rack": 3 } },
        "relationships": { "license": { "data": { "type": "licenses", "id": licence } } },
    } })
}

impl Answer {
    /// A JSON:API error with this status and code.
    #[track_caller]
    fn error(self, status: u16, code: &str) -> Self {
        let errors = self.json();
        assert_eq!(
            (self.code, errors["errors"][0]["code"].as_str()),
            (status, Some(code)),
            "{errors}"
        );
        assert_eq!(self.headers["content-type"], "application/vnd.api+json");
        let error = &errors["errors"][0];
        assert!(
            error["title"].is_string() && error["detail"].as_str().unwrap().len() > 5,
            "{error}"
        );
        self
    }

    /// The error points there.
    #[track_caller]
    fn pointing(self, kind: &str, at: &str) -> Self {
        assert_eq!(self.json()["errors"][0]["source"][kind], at);
        self
    }
}
