use crate::{
    account::{
        cast::{self, GOOD},
        operator_link,
    },
    base::testing::{Scene, scenes},
};
use jiff::SignedDuration;

async fn printed(scene: &Scene) -> String {
    let link = operator_link(&scene.app).await.unwrap().unwrap();
    link.strip_prefix("http://127.0.0.1:8420").unwrap().to_owned()
}

const CAMILLE: [(&str, &str); 3] = [
    ("name", "Camille"),
    ("email", "camille@example.org"),
    ("password", GOOD),
];

scenes! {
    async fn the_printed_link_makes_the_operator_who_is_then_signed_in(scene: Scene) {
        let link = printed(&scene).await;
        let camille = scene.visitor();
        camille.get(&link).await.status(200).shows("Exploiter ce serveur");
        camille.post(&link, &CAMILLE).await.leads_to("/operator?said=operator-made");
        camille.get("/operator?said=operator-made").await.status(200).shows("Vous êtes l’exploitant de ce serveur.");
        assert_eq!(operator_link(&scene.app).await.unwrap(), None);
        scene.visitor().get(&link).await.status(410).shows("rempart operator-link");
        let fields = [("name", "Eve"), ("email", "eve@example.org"), ("password", GOOD)];
        scene.visitor().post(&link, &fields).await.status(410);
        scene.audited("account.make_operator", 1).await;
    }

    async fn a_fresh_link_takes_the_place_of_the_one_before_and_lasts_a_day(scene: Scene) {
        let first = printed(&scene).await;
        let second = printed(&scene).await;
        scene.visitor().get(&first).await.status(410);
        scene.visitor().get(&second).await.status(200);
        scene.pass(SignedDuration::from_hours(24));
        scene.visitor().post(&second, &CAMILLE).await.status(410);
        assert_eq!(scene.number("select count(*) from account").await, 0);
    }

    async fn whoever_is_signed_in_becomes_it_with_the_account_they_have(scene: Scene) {
        cast::account(&scene, "camille").await;
        let link = printed(&scene).await;
        // The address has an account: the link says what to do and is not used up.
        let refused = scene.visitor().post(&link, &CAMILLE).await.status(409);
        refused.shows("Cette adresse a déjà un compte.");
        let camille = cast::signed_in(&scene, "camille").await;
        camille.get(&link).await.status(200).shows("camille@example.org");
        camille.post(&link, &[]).await.leads_to("/operator?said=operator-made");
        camille.get("/operator").await.status(200);
        assert_eq!(scene.number("select count(*) from account").await, 1);
    }

    async fn a_refused_form_does_not_use_the_link_up(scene: Scene) {
        let link = printed(&scene).await;
        let fields = [("name", "Camille"), ("email", "camille"), ("password", GOOD)];
        scene.visitor().post(&link, &fields).await.status(422).shows("Ce n’est pas une adresse e-mail");
        scene.visitor().post(&link, &CAMILLE).await.leads_to("/operator?said=operator-made");
    }
}
