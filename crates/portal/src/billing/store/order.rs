use crate::{
    base::db::{DbError, Question, Read, Row, Tx},
    billing::{Currency, Money, OrderState, Payment, Provider, Purchase, quote::Json},
    params, sql,
};
use rempart_wire::{AccountId, LicenceId, PaymentId, PreviewId, PurchaseId};

/// Writes an order. One that `waits` to be paid is the only one of its licence; one whose money is there does not wait.
pub(in crate::billing) fn insert(tx: &mut Tx<'_>, order: &Purchase, waits: bool) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into purchase
                (id, preview, reference, invoice, licence, licence_open, workspace, account, provider, state, applied,
                 currency, net, tax, gross, credit_used, quote, priced_at, revision, bill_to, lang, created_at, invoiced_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                     $23)"
        ),
        params![
            order.id,
            order.preview,
            &order.reference,
            order.invoice.as_ref(),
            order.licence,
            waits.then_some(order.licence),
            order.workspace,
            order.account,
            order.provider.as_str(),
            order.state.as_str(),
            order.applied,
            order.net.currency.as_str(),
            order.net.amount,
            order.tax.amount,
            order.gross.amount,
            order.credit_used.amount,
            Json(&order.quote),
            order.priced_at,
            order.revision,
            &order.bill_to,
            &order.lang,
            order.created_at,
            order.invoiced_at
        ],
    )?;
    Ok(())
}

const ORDER: &str = sql!(
    "select id, preview, reference, invoice, licence, workspace, account, provider, state, applied, currency, net, tax,
            gross, credit_used, quote, priced_at, revision, bill_to, lang, created_at, invoiced_at, paid_at, closed_at
     from purchase where 1 = $1"
);

fn order(row: &Row) -> Result<Purchase, DbError> {
    let unread = |column| DbError::Decode {
        column,
        sql: "purchase".into(),
    };
    let currency = Currency::parse(&row.get::<String>(10)?).ok_or_else(|| unread(10))?;
    let money = |at| Ok::<_, DbError>(Money::new(row.get(at)?, currency));
    Ok(Purchase {
        id: row.get(0)?,
        preview: row.get(1)?,
        reference: row.get(2)?,
        invoice: row.get(3)?,
        licence: row.get(4)?,
        workspace: row.get(5)?,
        account: row.get(6)?,
        provider: Provider::parse(&row.get::<String>(7)?).ok_or_else(|| unread(7))?,
        state: OrderState::parse(&row.get::<String>(8)?).ok_or_else(|| unread(8))?,
        applied: row.get(9)?,
        net: money(11)?,
        tax: money(12)?,
        gross: money(13)?,
        credit_used: money(14)?,
        quote: row.get::<Json<_>>(15)?.0,
        priced_at: row.get(16)?,
        revision: row.get(17)?,
        bill_to: row.get(18)?,
        lang: row.get(19)?,
        created_at: row.get(20)?,
        invoiced_at: row.get(21)?,
        paid_at: row.get(22)?,
        closed_at: row.get(23)?,
    })
}

/// The question of orders, to be narrowed.
fn ask() -> Question {
    Question::new(ORDER, params![1i64])
}

fn first(r: &mut impl Read, question: &Question) -> Result<Option<Purchase>, DbError> {
    question.rows(r)?.first().map(order).transpose()
}

pub(in crate::billing) fn find(r: &mut impl Read, id: PurchaseId) -> Result<Option<Purchase>, DbError> {
    first(r, &ask().with("and id = ?", params![id]))
}

/// The order that came of a preview.
pub(in crate::billing) fn of_preview(r: &mut impl Read, id: PreviewId) -> Result<Option<Purchase>, DbError> {
    first(r, &ask().with("and preview = ?", params![id]))
}

/// The order of a licence that waits to be paid.
pub(in crate::billing) fn open(r: &mut impl Read, licence: LicenceId) -> Result<Option<Purchase>, DbError> {
    first(r, &ask().with("and licence_open = ?", params![licence]))
}

/// Orders that wait: those somebody made, and those for licences of theirs that are attached to nothing.
pub(in crate::billing) fn open_of(r: &mut impl Read, account: AccountId) -> Result<Vec<Purchase>, DbError> {
    let question = ask().with(
        "and state = 'waiting' and (account = ? or licence in
            (select licence.id from licence where licence.owner = ? and licence.workspace is null))
         order by created_at, id",
        params![account, account],
    );
    question.rows(r)?.iter().map(order).collect()
}

/// A licence's orders, newest first, at most 200.
pub(in crate::billing) fn of_licence(
    r: &mut impl Read,
    licence: LicenceId,
) -> Result<Vec<Purchase>, DbError> {
    let question = ask().with(
        "and licence = ? order by created_at desc, id desc limit 200",
        params![licence],
    );
    question.rows(r)?.iter().map(order).collect()
}

/// Everybody's orders, newest first: those of a state, those before one.
pub(in crate::billing) fn list(
    r: &mut impl Read,
    state: Option<OrderState>,
    before: Option<PurchaseId>,
    limit: u64,
) -> Result<Vec<Purchase>, DbError> {
    let question = ask()
        .with_some("and state = ?", state.map(OrderState::as_str))
        .with_some("and id < ?", before)
        .with("order by id desc limit ?", params![limit]);
    question.rows(r)?.iter().map(order).collect()
}

/// An order changes its state; whatever it becomes, it no longer waits.
pub(in crate::billing) fn close(tx: &mut Tx<'_>, order: &Purchase) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update purchase set state = $1, applied = $2, licence_open = null, invoice = $3, invoiced_at = $4,
                    paid_at = $5, closed_at = $6
             where id = $7"
        ),
        params![
            order.state.as_str(),
            order.applied,
            order.invoice.as_ref(),
            order.invoiced_at,
            order.paid_at,
            order.closed_at,
            order.id
        ],
    )?;
    Ok(())
}

/// The next number of a series.
pub(in crate::billing) fn number(tx: &mut Tx<'_>, series: &str) -> Result<u64, DbError> {
    tx.count(
        sql!(
            "insert into invoice_counter (series, last) values ($1, 1)
             on conflict (series) do update set last = invoice_counter.last + 1 returning last"
        ),
        params![series],
    )
}

/// Money that came or went.
pub(in crate::billing) fn pay(
    tx: &mut Tx<'_>,
    purchase: PurchaseId,
    payment: &Payment,
) -> Result<(), DbError> {
    let (id, now): (PaymentId, _) = (tx.id(), tx.now());
    tx.execute(
        sql!(
            "insert into payment (id, purchase, provider, provider_id, note, amount, at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            id,
            purchase,
            payment.provider.as_str(),
            payment.provider_id.as_ref(),
            &payment.note,
            payment.amount.amount,
            now
        ],
    )?;
    Ok(())
}

/// What is left of the payments of an order.
pub(in crate::billing) fn paid(r: &mut impl Read, purchase: PurchaseId) -> Result<i64, DbError> {
    let row = r.first(
        sql!("select cast(coalesce(sum(amount), 0) as bigint) from payment where purchase = $1"),
        params![purchase],
    )?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Whether the provider's payment was recorded already.
pub(in crate::billing) fn recorded(
    r: &mut impl Read,
    provider: Provider,
    provider_id: &str,
) -> Result<bool, DbError> {
    Ok(r.count(
        sql!("select count(*) from payment where provider = $1 and provider_id = $2"),
        params![provider.as_str(), provider_id],
    )? > 0)
}

/// The provider's name of the payment of an order.
pub(in crate::billing) fn provider_payment(
    r: &mut impl Read,
    provider: Provider,
    purchase: PurchaseId,
) -> Result<Option<String>, DbError> {
    let row = r.first(
        sql!(
            "select provider_id from payment
             where purchase = $1 and provider = $2 and amount > 0 and provider_id is not null"
        ),
        params![purchase, provider.as_str()],
    )?;
    row.map(|row| row.get(0)).transpose()
}

/// The order that a provider's payment was of.
pub(in crate::billing) fn paid_by(
    r: &mut impl Read,
    provider: Provider,
    provider_id: &str,
) -> Result<Option<PurchaseId>, DbError> {
    let row = r.first(
        sql!("select purchase from payment where provider = $1 and provider_id = $2 and amount > 0"),
        params![provider.as_str(), provider_id],
    )?;
    row.map(|row| row.get(0)).transpose()
}
