//! `rempart licence issue`: a licence issued on the server itself, as the operator's page does.

use clap::{Args as ClapArgs, ValueEnum};
use rempart_portal::{
    base::{
        audit::{AuditActor, AuditEvent},
        config::Config,
        error::Fault,
        lang::Lang,
        web,
    },
    licence,
};

/// What is issued.
#[derive(Debug, Clone, ClapArgs)]
pub(super) struct Args {
    /// What it is for: Home, Business or Enterprise.
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
    /// Print one JSON object instead of text.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Subscription,
    OneOff,
}

pub(super) fn run(config: Config, args: Args) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let json = args.json;
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
    let issued = runtime.block_on(async {
        let app = super::serve::local_app(config).await?;
        let secrets = app.secrets.clone();
        let issued = app.db.write(move |mut tx| {
            let issued = licence::issue_to(&mut tx, &secrets, &input)?;
            let event = AuditEvent::new(AuditActor::Server, "licence.issue")
                .on("licence", issued.licence.id)
                .with(serde_json::json!({ "number": issued.licence.number, "owner": input.owner }));
            Ok::<_, Fault>(tx.commit(event, issued)?)
        });
        issued
            .await
            .map_err(|fault| anyhow::anyhow!("{}", web::sentence(&fault, Lang::En)))
    })?;
    if json {
        println!("{}", serde_json::to_string(&issued)?);
    } else {
        println!("Licence {}", issued.licence.number);
        println!("Key     {}", issued.key);
        println!("The key is kept nowhere and cannot be shown again.");
    }
    Ok(())
}
