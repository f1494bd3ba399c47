//! The floor the portal is measured against: axum with one handler that does nothing. Prints its address and serves
//! until it is stopped.

use axum::{Router, routing::get};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    axum::serve(
        listener,
        Router::new().route("/", get(async || "").post(async || "")),
    )
    .await?;
    Ok(())
}
