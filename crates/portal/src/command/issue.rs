//! `rempart licence issue`: a licence issued on the server itself, as the operator's page does.

use super::Server;
use clap::{Args as ClapArgs, ValueEnum};
use jiff::Timestamp;
use rempart_portal::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        csv,
        error::Fault,
    },
    licence,
};
use rempart_wire::LicenceBatchId;
use serde::Serialize;

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
    /// How many: a batch of up to 10,000 that differ in nothing but their number and key.
    #[arg(long, default_value_t = 1, conflicts_with = "owner")]
    count: u64,
    /// The moment before which a key must be typed, as `2028-03-01T00:00:00Z`; 12 months from now when a reseller sells it.
    #[arg(long)]
    redeem_by: Option<Timestamp>,
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
        redeem_by: args.redeem_by,
    };
    if args.count != 1 {
        return server.run(|app| issue_batch(app, input, args.count), print_table);
    }
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

/// A batch as it is printed.
#[derive(Serialize)]
struct Batch {
    batch: LicenceBatchId,
    keys: Vec<licence::IssuedKey>,
}

async fn issue_batch(app: App, input: licence::IssueInput, count: u64) -> Result<Batch, Fault> {
    let secrets = app.secrets.clone();
    app.db
        .write(move |mut tx| {
            let (batch, keys) = licence::issue_batch(&mut tx, &secrets, &input, count)?;
            let detail = serde_json::json!({ "count": count, "product": input.product, "seats": input.seats,
                "months": input.months, "reseller": input.reseller_name });
            let event = AuditEvent::new(AuditActor::Server, "licence.issue_batch")
                .on("licence_batch", batch)
                .with(detail);
            Ok(tx.commit(event, Batch { batch, keys })?)
        })
        .await
}

/// As a table. The keys are kept nowhere and cannot be printed again.
fn print_table(batch: &Batch) {
    print!("{}", csv::line(["number", "key"]));
    for one in &batch.keys {
        print!("{}", csv::line([&*one.number, &*one.key]));
    }
}
