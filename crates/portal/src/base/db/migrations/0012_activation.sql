-- Machines that somebody else's program activated through the validation API. Each has one seat of its licence, counted in
-- licence.seats_used together with devices. heartbeat_at is when it last said that it is there; a machine that never did
-- counts from when it was activated.
create table activation (
    id uuid primary key,
    licence uuid not null references licence (id) on delete cascade,
    fingerprint text not null,
    name text,
    hostname text,
    platform text,
    cores bigint,
    metadata text not null,
    activated_at bigint not null,
    heartbeat_at bigint
);
create unique index activation_fingerprint_unique on activation (licence, fingerprint);
