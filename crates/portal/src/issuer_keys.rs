//! `rempart issuer list` and `rotate`: the keys of licence files, on the server itself.

use rempart_portal::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        config::Config,
        error::Fault,
        lang::Lang,
        web,
    },
    issuer::{self, KeyView},
};

fn on_server<T>(config: Config, work: impl AsyncFnOnce(&App) -> Result<T, Fault>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let app = super::serve::local_app(config).await?;
        let done = async {
            issuer::prepare(&app).await?;
            work(&app).await
        };
        done.await
            .map_err(|fault| anyhow::anyhow!("{}", web::sentence(&fault, Lang::En)))
    })
}

fn line(key: &KeyView) {
    let state = key
        .retired_at
        .map_or_else(|| "current".to_owned(), |at| format!("replaced {at}"));
    println!(
        "{}  {}  since {}  {state}",
        key.id, key.public_key, key.created_at
    );
}

pub(super) fn list(config: Config, json: bool) -> anyhow::Result<()> {
    let keys = on_server(config, async |app: &App| {
        app.db.read(|r| Ok::<_, Fault>(issuer::list(r)?)).await
    })?;
    if json {
        println!("{}", serde_json::json!({ "keys": keys }));
    } else {
        keys.iter().for_each(line);
    }
    Ok(())
}

pub(super) fn rotate(config: Config, json: bool) -> anyhow::Result<()> {
    let event = AuditEvent::new(AuditActor::Server, "issuer.rotate");
    let key = on_server(config, async move |app: &App| issuer::rotate(app, event).await)?;
    if json {
        println!("{}", serde_json::to_string(&key)?);
    } else {
        line(&key);
        println!("The key before it stays published: files already out stay good.");
    }
    Ok(())
}
