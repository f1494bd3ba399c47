-- Money. paid_position is how a licence stands with its owner: what of the time left is paid for (value, as of valued_at),
-- what there is to spend (credit), and as terms of what length its months were bought (blocks). Every movement is a line of
-- ledger_entry; for every licence charged + brought = consumed + value + credit + what orders that wait have put aside.
-- A purchase keeps its own figures and prices are never read again for it; licence_open is its licence while it waits to be
-- paid, so that a licence has one open order at a time. Numbers of orders and invoices come from invoice_counter, one row a
-- series and year, taken in the transaction that uses the number: none is missing and none is twice. A payment below zero is
-- a refund.
create table paid_position (
    licence uuid primary key references licence (id),
    currency text not null,
    value bigint not null constraint paid_position_value_check check (value >= 0),
    credit bigint not null constraint paid_position_credit_check check (credit >= 0),
    valued_at bigint not null,
    blocks text not null,
    base text,
    bill_to text not null
);
create table preview (
    id uuid primary key,
    licence uuid not null references licence (id),
    account uuid not null references account (id),
    created_at bigint not null,
    expires_at bigint not null,
    revision bigint not null,
    currency text not null,
    net bigint not null,
    quote text not null
);
create index preview_expires_at on preview (expires_at);
create table purchase (
    id uuid primary key,
    preview uuid not null,
    reference text not null,
    invoice text,
    licence uuid not null references licence (id),
    licence_open uuid,
    workspace uuid,
    account uuid not null references account (id),
    provider text not null constraint purchase_provider_check check (provider in ('manual', 'stripe')),
    state text not null constraint purchase_state_check check (state in ('waiting', 'paid', 'cancelled', 'refunded')),
    applied boolean not null,
    currency text not null,
    net bigint not null,
    tax bigint not null,
    gross bigint not null constraint purchase_gross_check check (gross = net + tax and net >= 0),
    credit_used bigint not null,
    quote text not null,
    priced_at bigint not null,
    revision bigint not null,
    bill_to text not null,
    lang text not null,
    created_at bigint not null,
    invoiced_at bigint,
    paid_at bigint,
    closed_at bigint
);
create unique index purchase_preview_unique on purchase (preview);
create unique index purchase_reference_unique on purchase (reference);
create unique index purchase_invoice_unique on purchase (invoice);
create unique index purchase_licence_open_unique on purchase (licence_open);
create index purchase_licence on purchase (licence, created_at);
create index purchase_created_at on purchase (created_at);
create table payment (
    id uuid primary key,
    purchase uuid not null references purchase (id),
    provider text not null,
    provider_id text,
    note text not null,
    amount bigint not null,
    at bigint not null
);
create unique index payment_provider_id_unique on payment (provider, provider_id);
create index payment_purchase on payment (purchase);
create table invoice_counter (
    series text primary key,
    last bigint not null
);
create table ledger_entry (
    id uuid primary key,
    licence uuid not null references licence (id),
    purchase uuid,
    at bigint not null,
    kind text not null,
    charged bigint not null,
    brought bigint not null,
    consumed bigint not null,
    value bigint not null,
    credit bigint not null
);
create index ledger_entry_licence on ledger_entry (licence, at);
