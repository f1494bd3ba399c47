//! While a person types a new password, the page says how it stands and why. The same measure that decides on
//! submission; nothing is kept.

use super::{
    limit::{self, Rule},
    password::{Password, Strength},
};
use crate::base::{
    error::Fault,
    web::{Cx, Form, render},
};
use askama::Template;
use axum::response::Response;
use serde::Deserialize;

/// What was typed so far. On a signed-in person's page name and address are known.
#[derive(Deserialize)]
pub(super) struct Input {
    #[serde(default)]
    password: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
}

#[derive(Template)]
#[template(path = "account/strength.html")]
struct Fragment {
    score: u8,
    enough: bool,
    verdict: String,
    reason: Option<String>,
}

pub(super) async fn fragment(cx: Cx, Form(input): Form<Input>) -> Result<Response, Fault> {
    let whom = limit::neighbourhood(cx.request.address);
    let limits = &cx.app.accounts.limits;
    limits
        .take(Rule::MeterFromAddress, &whom, cx.app.clock.now())
        .map_err(|wait| limit::too_many(wait, cx.lang))?;
    let about = match &cx.person {
        Some(person) => [person.name.clone(), person.email.clone()],
        None => [input.name, input.email],
    };
    let Some(password) = Password::given(&input.password) else {
        return render(&Empty);
    };
    let about: Vec<&str> = about.iter().map(|text| text.as_str()).collect();
    let strength = Strength::of(&password, &about);
    let enough = strength.is_enough();
    let key = [
        "strength-0",
        "strength-1",
        "strength-2",
        "strength-3",
        "strength-4",
    ];
    std::future::ready(render(&Fragment {
        score: strength.score(),
        enough,
        verdict: cx.lang.t(key[usize::from(strength.score().min(4))]),
        reason: (!enough).then(|| strength.reason(cx.lang)),
    }))
    .await
}

#[derive(Template)]
#[template(source = "", ext = "html")]
struct Empty;

#[cfg(test)]
mod tests {
    use crate::base::testing::scenes;

    scenes! {
        async fn the_meter_says_how_a_password_stands_and_why(scene: Scene) {
            let visitor = scene.visitor();
            let measure = async |password: &str| {
                visitor.post("/password-strength", &[("password", password), ("name", "Camille Petitjean")]).await
            };
            measure("azerty").await.status(200).shows("value=\"0\"").shows("Très faible");
            measure("petitjean").await.shows("Très faible");
            let good = measure("quatre gros hérissons timides").await;
            assert!(!good.body.contains("<html"));
            good.shows("Solide").shows("value=\"4\"");
            assert_eq!(measure("").await.status(200).body, "");
        }

        async fn the_meter_is_no_tool_for_guessers(scene: Scene) {
            let visitor = scene.visitor();
            let mut refused = 0;
            for _ in 0..130 {
                let answer = visitor.post("/password-strength", &[("password", "x")]).await;
                refused += u32::from(answer.code == 429);
            }
            assert_eq!(refused, 10);
        }
    }
}
