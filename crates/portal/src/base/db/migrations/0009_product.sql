-- What licences are for. A product is never deleted: one that is withdrawn is no longer sold, and its licences go on.
-- code_key is the code in lower case, because people type it. A price is what one seat costs for a whole term from a
-- number of seats on; prices are added and closed, never changed, so that it can always be told what something cost.
create table product (
    code text primary key,
    code_key text not null,
    name text not null,
    edition text not null,
    rank bigint not null,
    min_seats bigint not null,
    max_seats bigint not null,
    min_months bigint not null,
    max_months bigint not null,
    heartbeat_required boolean not null,
    heartbeat_seconds bigint not null,
    heartbeat_frees_seat boolean not null,
    withdrawn_at bigint,
    constraint product_seats_check check (min_seats between 1 and max_seats),
    constraint product_months_check check (min_months between 1 and max_months)
);
create unique index product_code_key_unique on product (code_key);
create table entitlement (
    product text not null references product (code),
    code text not null,
    name text not null,
    primary key (product, code)
);
create table price (
    id uuid primary key,
    product text not null references product (code),
    currency text not null,
    term_months bigint not null,
    seats_from bigint not null,
    unit_amount bigint not null constraint price_unit_amount_check check (unit_amount >= 0),
    valid_from bigint not null,
    valid_until bigint
);
create index price_product on price (product, valid_from);
insert into product
    (code, code_key, name, edition, rank, min_seats, max_seats, min_months, max_months, heartbeat_required,
     heartbeat_seconds, heartbeat_frees_seat)
values
    ('Home', 'home', 'Rempart Home', 'Home', 1, 1, 10, 1, 36, false, 600, false),
    ('Business', 'business', 'Rempart Business', 'Business', 2, 1, 1000000, 1, 36, false, 600, false),
    ('Enterprise', 'enterprise', 'Rempart Enterprise', 'Enterprise', 3, 1, 1000000, 1, 36, false, 600, false);
insert into entitlement (product, code, name)
values
    ('Home', 'protection', 'Protection'), ('Home', 'console', 'Console'),
    ('Business', 'protection', 'Protection'), ('Business', 'console', 'Console'), ('Business', 'api', 'API'),
    ('Enterprise', 'protection', 'Protection'), ('Enterprise', 'console', 'Console'), ('Enterprise', 'api', 'API'),
    ('Enterprise', 'audit', 'Audit');
