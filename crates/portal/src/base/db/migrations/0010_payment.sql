-- Who pays, how licences are renewed, and what the payment provider told. Of a card only what may be shown is kept. A
-- set_up is the last set-up taken, so that an older one told of later changes nothing. A
-- licence has one payer and at most one subscription at the provider that still charges: subscription.live_of names the
-- licence as long as it does; order_made is what its next charge pays for, agreed when it was made. charge is a payment
-- of an order by card that was begun. provider_event remembers every webhook taken, so that one delivered twice is taken once;
-- provider_cursor is the time up to which the provider's events have been read, so that one never delivered is found.
create table payer (
    account uuid primary key references account (id),
    customer text not null,
    method text,
    card_brand text,
    card_last4 text,
    card_month bigint,
    card_year bigint,
    set_up text,
    set_up_at bigint,
    changed_at bigint not null
);
create unique index payer_customer_unique on payer (customer);
create table renewal (
    licence uuid primary key references licence (id),
    payer uuid not null references account (id),
    wanted boolean not null,
    made bigint not null default 0,
    failed_invoice text,
    failures bigint not null default 0,
    next_try_at bigint
);
create index renewal_payer on renewal (payer);
create table subscription (
    id text primary key,
    licence uuid not null references licence (id),
    live_of uuid,
    payer uuid not null references account (id),
    plan text not null,
    charges_at bigint not null,
    ends boolean not null,
    order_made text not null,
    made_at bigint not null
);
create unique index subscription_live_of_unique on subscription (live_of);
create index subscription_licence on subscription (licence);
create table charge (
    id text primary key,
    purchase uuid not null,
    payer uuid not null references account (id),
    state text not null constraint charge_state_check check (state in ('open', 'paid', 'refused', 'cancelled')),
    made_at bigint not null
);
create index charge_purchase on charge (purchase);
create table provider_event (
    id text primary key,
    kind text not null,
    object_kind text not null,
    object text not null,
    created_at bigint not null,
    noted_at bigint not null
);
create index provider_event_noted_at on provider_event (noted_at);
create table provider_cursor (
    provider text primary key,
    read_until bigint not null
);
