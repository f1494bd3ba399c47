//! `rempart licence issue`: a licence issued on the server itself, as the operator's page does.

use super::Server;
use clap::{Args as ClapArgs, ValueEnum};
use rempart_portal::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        error::Fault,
    },
    licence,
};

/// What is issued.
#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct Args {
    /// The code of what it is for, as `Business`; see `rempart product list`.
    #[arg(long)]
    product: String,
    /// Devices it is for.
    #[arg(long)]
    seats: u64,
    /// Whether it renews by itself or was bought once.
    #[arg(long, value_enum)]
    kind: Kind,
    /// Calendar months its period lasts, from when it is first assigned.
    #[arg(long, default_value_t = 12)]
    months: u32,
    /// Who sells it.
    #[arg(long)]
    reseller: Option<String>,
    /// How to reach them.
    #[arg(long)]
    reseller_contact: Option<String>,
    /// The e-mail address of the account it belongs to from the start.
    #[arg(long)]
    owner: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    Subscription,
    OneOff,
}

pub(super) fn run(server: Server, args: Args) -> anyhow::Result<()> {
    let input = licence::IssueInput {
        product: args.product,
        kind: match args.kind {
            Kind::Subscription => "subscription".to_owned(),
            Kind::OneOff => "one_off".to_owned(),
        },
        seats: args.seats,
        months: args.months,
        reseller_name: args.reseller,
        reseller_contact: args.reseller_contact,
        owner: args.owner,
        redeem_by: None,
    };
    server.run(
        |app| issue(app, input),
        |issued| {
            println!("Licence {}", issued.licence.number);
            println!("Key     {}", issued.key);
            println!("The key is kept nowhere and cannot be shown again.");
        },
    )
}

async fn issue(app: App, input: licence::IssueInput) -> Result<licence::Issued, Fault> {
    let secrets = app.secrets.clone();
    app.db
        .write(move |mut tx| {
            let issued = licence::issue_to(&mut tx, &secrets, &input)?;
            let event = AuditEvent::new(AuditActor::Server, "licence.issue")
                .on("licence", issued.licence.id)
                .with(serde_json::json!({ "number": issued.licence.number, "owner": input.owner }));
            Ok(tx.commit(event, issued)?)
        })
        .await
}
