//! `rempart product`: products and prices on the server itself, as the operator's pages have them.

use super::Server;
use clap::{Args, Subcommand};
use jiff::Timestamp;
use rempart_portal::{
    app::App,
    base::{
        audit::{AuditActor, AuditEvent},
        db::Tx,
        error::{Code, Fault},
        lang::Lang,
        money::{Currency, Money},
    },
    product::{self, Entitlement, PriceNew, ProductChange, ProductCode, ProductNew, ProductView},
};
use rempart_wire::PriceId;
use serde_json::json;

/// What is to be done with products.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the products.
    List {
        #[command(flatten)]
        server: Server,
    },
    /// Show a product with its prices.
    Show {
        /// Its code.
        code: String,
        #[command(flatten)]
        server: Server,
    },
    /// Make a product.
    Create {
        /// 2 to 32 letters, digits and dashes. It never changes.
        code: String,
        #[command(flatten)]
        sheet: Sheet,
        #[command(flatten)]
        server: Server,
    },
    /// Change a product; what is not said stays as it is.
    Change {
        /// Its code.
        code: String,
        #[command(flatten)]
        sheet: Sheet,
        #[command(flatten)]
        server: Server,
    },
    /// Add a price to a product, or close one.
    Price {
        /// The product's code.
        code: String,
        #[command(flatten)]
        price: PriceArgs,
        #[command(flatten)]
        server: Server,
    },
    /// Sell a product no longer. Its licences go on.
    Withdraw {
        /// Its code.
        code: String,
        /// Sell it again instead.
        #[arg(long)]
        undo: bool,
        #[command(flatten)]
        server: Server,
    },
}

/// What a product is.
#[derive(Debug, Args)]
pub(crate) struct Sheet {
    /// What it is called; its code when not said.
    #[arg(long)]
    name: Option<String>,
    /// Its edition, as `Business`.
    #[arg(long)]
    edition: Option<String>,
    /// The fewest seats it is sold with.
    #[arg(long)]
    min_seats: Option<u64>,
    /// The most seats it is sold with.
    #[arg(long)]
    max_seats: Option<u64>,
    /// The shortest term, in calendar months.
    #[arg(long)]
    min_months: Option<u32>,
    /// The longest term, in calendar months.
    #[arg(long)]
    max_months: Option<u32>,
    /// Whether a machine that validates its licence must say that it is still there.
    #[arg(long)]
    heartbeat_required: Option<bool>,
    /// How long one such beat lasts.
    #[arg(long)]
    heartbeat_seconds: Option<u32>,
    /// Whether a machine that stopped gives its seat back.
    #[arg(long)]
    heartbeat_frees_seat: Option<bool>,
    /// Something it allows, as `CODE` or `CODE=NAME`; may be repeated. All of them, in place of those there were.
    #[arg(long = "entitlement", value_name = "CODE=NAME")]
    entitlements: Option<Vec<String>>,
}

impl Sheet {
    fn input(self) -> ProductChange {
        let entitlement = |text: String| {
            let (code, name) = text.split_once('=').unwrap_or((&text, ""));
            Entitlement {
                code: code.to_owned(),
                name: name.to_owned(),
            }
        };
        ProductChange {
            name: self.name,
            edition: self.edition,
            min_seats: self.min_seats,
            max_seats: self.max_seats,
            min_months: self.min_months,
            max_months: self.max_months,
            heartbeat_required: self.heartbeat_required,
            heartbeat_seconds: self.heartbeat_seconds,
            heartbeat_frees_seat: self.heartbeat_frees_seat,
            entitlements: self
                .entitlements
                .map(|all| all.into_iter().map(entitlement).collect()),
            withdrawn: None,
        }
    }
}

/// A price to be added, or one to be closed.
#[derive(Debug, Args)]
pub(crate) struct PriceArgs {
    /// What one seat costs for the whole term, before tax, as `39.90`.
    #[arg(long, required_unless_present = "close", requires = "currency")]
    amount: Option<String>,
    /// Its currency, as `EUR`.
    #[arg(long)]
    currency: Option<String>,
    /// The term, in calendar months.
    #[arg(long, default_value_t = 12)]
    months: u32,
    /// For that many seats and more.
    #[arg(long, default_value_t = 1)]
    seats_from: u64,
    /// Since when, as `2027-03-01T00:00:00Z`; now when not said.
    #[arg(long)]
    from: Option<Timestamp>,
    /// Until when. With `--close`: when it is to end; now when not said.
    #[arg(long)]
    until: Option<Timestamp>,
    /// The id of a price to close.
    #[arg(long, value_name = "PRICE", conflicts_with_all = ["amount", "currency", "from"])]
    close: Option<PriceId>,
}

impl PriceArgs {
    fn input(&self) -> Result<PriceNew, Fault> {
        let currency = self.currency.as_deref().unwrap_or_default();
        let currency = Currency::parse(currency).ok_or(Code::CurrencyUnknown)?;
        let amount = self.amount.as_deref().unwrap_or_default();
        let amount = Money::typed(amount, currency).ok_or(Code::PriceAmountInvalid)?;
        Ok(PriceNew {
            currency: currency.to_string(),
            months: self.months,
            seats_from: Some(self.seats_from),
            unit_amount: amount.amount,
            valid_from: self.from,
            valid_until: self.until,
        })
    }
}

/// Does what was said.
pub(crate) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List { server } => server.run(list, |products| products.iter().for_each(line)),
        Command::Show { code, server } => server.run(|app| show(app, code), print),
        Command::Create { code, sheet, server } => {
            let new = ProductNew {
                code,
                rest: sheet.input(),
            };
            server.run(|app| create(app, new), print)
        }
        Command::Change { code, sheet, server } => server.run(|app| change(app, code, sheet.input()), print),
        Command::Withdraw { code, undo, server } => {
            let input = ProductChange {
                withdrawn: Some(!undo),
                ..ProductChange::default()
            };
            server.run(|app| change(app, code, input), print)
        }
        Command::Price { code, price, server } => server.run(|app| set_price(app, code, price), print),
    }
}

async fn list(app: App) -> Result<Vec<ProductView>, Fault> {
    Ok(app.db.read(|r| product::views(r)).await?)
}

async fn show(app: App, code: String) -> Result<ProductView, Fault> {
    let (code, now) = (ProductCode::parse(&code)?, app.clock.now());
    app.db
        .read(move |r| {
            let found = product::find(r, &code)?.ok_or(Code::ProductUnknown)?;
            Ok(product::view(r, &found, now)?)
        })
        .await
}

fn shown(tx: &mut Tx<'_>, code: &ProductCode) -> Result<ProductView, Fault> {
    let found = product::find(tx, code)?.ok_or(Code::ProductUnknown)?;
    let now = tx.now();
    Ok(product::view(tx, &found, now)?)
}

fn event(action: &'static str) -> AuditEvent {
    AuditEvent::new(AuditActor::Server, action)
}

async fn create(app: App, new: ProductNew) -> Result<ProductView, Fault> {
    app.db
        .write(move |mut tx| {
            let code = product::create(&mut tx, new)?;
            let made = shown(&mut tx, &code)?;
            let event = event("product.create").with(json!({ "product": made }));
            Ok(tx.commit(event, made)?)
        })
        .await
}

async fn change(app: App, code: String, input: ProductChange) -> Result<ProductView, Fault> {
    let code = ProductCode::parse(&code)?;
    app.db
        .write(move |mut tx| {
            if product::find(&mut tx, &code)?.is_none() {
                return Err(Code::ProductUnknown.into());
            }
            let changed = product::change(&mut tx, &code, input)?;
            let now = shown(&mut tx, &code)?;
            let event = event("product.change").with(json!({ "product": code, "changed": changed }));
            Ok(tx.commit(event, now)?)
        })
        .await
}

async fn set_price(app: App, code: String, price: PriceArgs) -> Result<ProductView, Fault> {
    let code = ProductCode::parse(&code)?;
    app.db
        .write(move |mut tx| {
            let event = match price.close {
                Some(id) => {
                    let end = product::close_price(&mut tx, &code, id, price.until)?;
                    event("product.close_price")
                        .on("price", id)
                        .with(json!({ "product": code, "until": end }))
                }
                None => {
                    let input = price.input()?;
                    let added = product::add_price(&mut tx, &code, &input)?;
                    let amount = added.unit.amount;
                    let detail = json!({ "product": code, "currency": input.currency, "months": input.months,
                        "seats_from": input.seats_from, "unit_amount": amount, "valid_from": added.valid_from,
                        "valid_until": added.valid_until });
                    event("product.add_price").on("price", added.id).with(detail)
                }
            };
            let now = shown(&mut tx, &code)?;
            Ok(tx.commit(event, now)?)
        })
        .await
}

fn line(product: &ProductView) {
    let state = if product.withdrawn_at.is_some() {
        "withdrawn"
    } else {
        "sold"
    };
    println!("{:<32} {:<10} {}", product.code, state, product.name);
}

fn print(product: &ProductView) {
    line(product);
    println!("seats    {} to {}", product.min_seats, product.max_seats);
    println!("months   {} to {}", product.min_months, product.max_months);
    for entitlement in &product.entitlements {
        println!("allows   {} ({})", entitlement.code, entitlement.name);
    }
    for price in product.prices.iter().flatten() {
        let unit = Currency::parse(&price.currency).map_or_else(String::new, |currency| {
            Money::new(price.unit_amount, currency).show(Lang::En)
        });
        let until = price
            .valid_until
            .map_or_else(String::new, |end| format!(" until {end}"));
        println!(
            "price    {unit} a seat for {} months from {} seats, from {}{until}: {} ({})",
            price.months, price.seats_from, price.valid_from, price.state, price.id
        );
    }
}
