//! A demonstration sends no mail: what would have been sent is read here, newest first, by anybody.

use crate::base::{
    error::{Code, Fault},
    mail::Mail,
    web::{Cx, Frame, Here, render},
};
use askama::Template;
use axum::response::Response;

/// A stretch of a mail's text.
struct Piece {
    text: String,
    link: bool,
}

struct Letter {
    to: String,
    subject: String,
    pieces: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "account/demo_mail.html")]
struct Page {
    frame: Frame,
    letters: Vec<Letter>,
}

pub(super) async fn page(cx: Cx) -> Result<Response, Fault> {
    let mailer = cx.app.mailer.clone();
    let kept = tokio::task::spawn_blocking(move || mailer.kept()).await;
    let kept = kept
        .map_err(std::io::Error::other)
        .flatten()
        .map_err(|error| Fault::new(Code::Internal).because(format!("outbox: {error}")))?;
    render(&Page {
        frame: Frame::new(&cx, Here::Nowhere),
        letters: kept.into_iter().map(letter).collect(),
    })
}

fn letter(mail: Mail) -> Letter {
    let pieces = mail.text.split_inclusive(char::is_whitespace).map(|word| {
        let bare = word.trim_end();
        Piece {
            link: bare.starts_with("http://") || bare.starts_with("https://"),
            text: word.to_owned(),
        }
    });
    Letter {
        to: mail.to,
        subject: mail.subject,
        pieces: pieces.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_can_be_clicked_and_nothing_of_the_text_is_lost() {
        let text = "Bonjour,\n\nhttp://127.0.0.1:8420/confirm/abc\n\nÀ bientôt. javascript:x";
        let letter = letter(Mail {
            to: "camille@example.org".into(),
            subject: "Essai".into(),
            text: text.into(),
        });
        let all: String = letter.pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(all, text);
        let links: Vec<&str> = letter
            .pieces
            .iter()
            .filter(|piece| piece.link)
            .map(|piece| piece.text.trim())
            .collect();
        assert_eq!(links, ["http://127.0.0.1:8420/confirm/abc"]);
    }

    crate::base::testing::scenes! {
        async fn a_server_that_is_no_demonstration_shows_no_mail(scene: Scene) {
            assert_eq!(scene.visitor().get("/demo/mail").await.code, 404);
            assert_eq!(scene.operator().await.get("/demo/mail").await.code, 404);
        }
    }
}
