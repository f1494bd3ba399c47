use crate::{
    base::{
        audit::Housekeeping,
        db::DbError,
        mail::Mail,
        testing::{Answer, Browser, Program, Scene},
    },
    billing::stripe::{
        double::{Double, Webhook},
        webhook,
    },
    licence::testing::personal,
    params,
    product::{ProductCode, testing::priced},
};
use axum::{body::Body, http::Request};
use jiff::{SignedDuration, Timestamp};
use rempart_wire::{LicenceId, ManagementMode, WorkspaceId};
use serde_json::{Value as Json, json};

pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A portal that takes cards, and the provider it takes them with.
pub(super) struct Shop {
    pub scene: Scene,
    pub provider: Double,
}

impl Shop {
    /// The mails sent so far, but for reminders of the licence's dates: those are another slice's, and have its link.
    pub(super) async fn mails(&self) -> Vec<Mail> {
        let mut mails = self.scene.mails().await;
        mails.retain(|mail| !mail.text.contains("/account/reminders"));
        mails
    }

    pub(super) async fn open(scene: Scene) -> Self {
        let provider = Double::start(scene.now()).await;
        let settings = provider.settings();
        let scene = scene.with_config(|config| config.stripe = Some(settings)).await;
        Self { scene, provider }
    }

    /// Lets time pass on both sides.
    pub(super) fn pass(&self, time: SignedDuration) {
        self.scene.pass(time);
        self.provider.pass_to(self.scene.now());
    }

    /// Lets days pass, one after the other, with what happens on each.
    pub(super) async fn days(&self, days: u32) {
        for _ in 0..days {
            self.pass(DAY);
            self.settle().await;
        }
    }

    /// Whoever is signed in stays so, however long nobody visits.
    async fn stay_signed_in(&self) {
        let stay = self.scene.app.db.write::<_, DbError, _>(|mut tx| {
            let statement = "update account_session set expires_at = $1";
            tx.execute(statement, params![Timestamp::MAX.as_microsecond()])?;
            tx.tidy(Housekeeping::Presence, ())
        });
        stay.await.unwrap();
    }

    /// Lets time pass until a moment, day by day.
    pub(super) async fn until(&self, end: Timestamp) {
        self.stay_signed_in().await;
        // Far from its end nothing happens every day.
        for step in [5, 1] {
            while self.scene.now().saturating_add(DAY * (2 * step - 1)).unwrap() < end {
                self.pass(DAY * step);
                self.settle().await;
            }
        }
        self.pass(end.duration_since(self.scene.now()));
        self.settle().await;
    }

    /// Delivers one webhook.
    pub(super) async fn deliver(&self, webhook: &Webhook) -> Answer {
        self.send(&webhook.body, &webhook.signature).await
    }

    pub(super) async fn send(&self, body: &str, signature: &str) -> Answer {
        let request = Request::post("/webhooks/stripe")
            .header(webhook::HEADER, signature)
            .header("content-type", "application/json")
            .body(Body::from(body.to_owned()))
            .unwrap();
        Answer::to(&self.scene.router, request).await
    }

    /// Delivers what happened, in order, and does what follows, until nothing does.
    pub(super) async fn settle(&self) {
        loop {
            self.scene.work().await;
            let told = self.provider.take_webhooks();
            if told.is_empty() {
                return;
            }
            for webhook in told {
                self.deliver(&webhook).await.status(200);
            }
        }
    }

    /// The person gives a card in the browser, up to where the provider's script leads back; the giving's name.
    pub(super) async fn gives(&self, person: &Browser, licence: LicenceId, card: &str) -> String {
        let begun = person
            .post(&format!("/licences/{licence}/payment/card"), &[])
            .await
            .status(303);
        let setup = begun.location().split_once("setup=").unwrap().1.to_owned();
        person
            .get(begun.location())
            .await
            .status(200)
            .shows(&format!("{setup}_secret"));
        self.provider.person_gives(&setup, card).unwrap();
        setup
    }

    /// The same, and the provider's script leads back.
    pub(super) async fn has_card(&self, person: &Browser, licence: LicenceId, card: &str) {
        let setup = self.gives(person, licence, card).await;
        person
            .get(&format!(
                "/licences/{licence}/payment/given?setup_intent={setup}&redirect_status=succeeded"
            ))
            .await
            .leads_to(&format!("/licences/{licence}/payment?said=card-set"));
    }
}

/// Somebody with a personal licence.
pub(super) async fn buyer(shop: &Shop, name: &str) -> (Browser, LicenceId) {
    let person = shop.scene.person(name).await;
    let licence = personal(&shop.scene, &person, 5).await;
    (person, licence)
}

/// Ada's licence for ten in her workspace, twelve months from now: a seat of *Business* is 12.00 a year, 1.20 a month; of
/// *Home* 6.00 a year.
pub(super) struct Ada {
    pub browser: Browser,
    pub program: Program,
    pub operator: Program,
    pub workspace: WorkspaceId,
    pub licence: LicenceId,
}

impl Ada {
    pub(super) async fn arrives(shop: &Shop) -> Self {
        let scene = &shop.scene;
        for (product, months, unit) in [
            (ProductCode::BUSINESS, 1, 120),
            (ProductCode::BUSINESS, 12, 1_200),
            (ProductCode::HOME, 12, 600),
        ] {
            priced(scene, product, months, 1, unit).await;
        }
        let browser = scene.person("ada").await;
        let program = scene.api(&scene.api_key(&browser).await);
        let operator = scene.operator().await;
        let operator = scene.api(&scene.api_key(&operator).await);
        let workspace = scene
            .workspace(&browser, "Atelier", ManagementMode::LocalAndRemote)
            .await;
        let licence = personal(scene, &browser, 10).await;
        let at = format!("/api/v1/workspaces/{workspace}/licence");
        program.put(&at, json!({ "licence": licence })).await.status(200);
        Self {
            browser,
            program,
            operator,
            workspace,
            licence,
        }
    }

    /// With a card, and renewal by itself on.
    pub(super) async fn renews(shop: &Shop) -> Self {
        let ada = Self::arrives(shop).await;
        shop.has_card(&ada.browser, ada.licence, "pm_card_visa").await;
        shop.settle().await;
        ada.switches(true).await.status(204);
        shop.settle().await;
        ada
    }

    pub(super) fn page(&self) -> String {
        format!("/licences/{}/payment", self.licence)
    }

    pub(super) fn at(&self, rest: &str) -> String {
        format!("/api/v1/licences/{}/{rest}", self.licence)
    }

    pub(super) async fn switches(&self, on: bool) -> Answer {
        self.program
            .put(&self.at("auto-renewal"), json!({ "on": on }))
            .await
    }

    /// How it is paid for.
    pub(super) async fn paying(&self) -> Json {
        self.program.get(&self.at("payment")).await.status(200).json()
    }

    /// The licence.
    pub(super) async fn licence(&self) -> Json {
        let path = format!("/api/v1/workspaces/{}/licence", self.workspace);
        self.program.get(&path).await.status(200).json()
    }

    pub(super) async fn expires(&self) -> Timestamp {
        self.licence().await["expires_at"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap()
    }

    /// Orders a change.
    pub(super) async fn orders(&self, change: Json) -> Json {
        let preview = self
            .program
            .post(&self.at("previews"), change)
            .await
            .status(201)
            .json();
        let accept = self.at(&format!("previews/{}/accept", preview["id"].as_str().unwrap()));
        self.program.post(&accept, json!({})).await.status(201).json()
    }

    /// Pays an order by card.
    pub(super) async fn pays(&self, order: &Json) -> Answer {
        let path = self.at(&format!("orders/{}/card", order["id"].as_str().unwrap()));
        self.program.post(&path, json!({})).await
    }

    /// The page of one of her orders.
    pub(super) fn order_page(&self, order: &Json) -> String {
        format!(
            "/licences/{}/orders/{}",
            self.licence,
            order["id"].as_str().unwrap()
        )
    }

    /// Her card, as the provider knows it.
    pub(super) fn card(&self, shop: &Shop) -> String {
        let customer = shop.provider.all("customer").remove(0);
        let method = &customer["invoice_settings"]["default_payment_method"];
        method.as_str().unwrap().to_owned()
    }
}
