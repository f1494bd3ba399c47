-- Rights to use a product on N devices. A licence is attached to at most one workspace and a workspace has at most one
-- licence: licence.workspace is unique. A licence that belongs to an account and to no workspace is a personal licence.
-- The key is kept as a hash and its first and last group; trial_of makes a workspace's trial happen once.
-- seats_used is counted in the same transaction as every enrolment and retirement.
create table licence (
    id uuid primary key,
    number text not null,
    kind text not null constraint licence_kind_check check (kind in ('subscription', 'one_off', 'trial')),
    product text not null,
    seats bigint not null constraint licence_seats_check check (seats > 0),
    seats_used bigint not null constraint licence_seats_used_check check (seats_used between 0 and seats),
    term_months bigint not null,
    auto_renew boolean not null,
    key_hash bytea,
    key_first text,
    key_last text,
    reseller_name text,
    reseller_contact text,
    owner uuid references account (id),
    workspace uuid references workspace (id),
    trial_of uuid references workspace (id),
    issued_at bigint not null,
    redeem_by bigint,
    first_assigned_at bigint,
    expires_at bigint,
    suspended_at bigint,
    revoked_at bigint
);
create unique index licence_number_unique on licence (number);
create unique index licence_key_hash_unique on licence (key_hash);
create unique index licence_workspace_unique on licence (workspace);
create unique index licence_trial_of_unique on licence (trial_of);
create index licence_owner on licence (owner);
