-- Keys issued many at once. A batch is written in parts by a job; done says how far it is. The keys of each part lie
-- sealed beside it, with a secret that is not in the database, until the operator took them away or a day has passed.
create table licence_batch (
    id uuid primary key,
    product text not null,
    kind text not null,
    seats bigint not null,
    term_months bigint not null,
    reseller_name text,
    reseller_contact text,
    redeem_by bigint,
    total bigint not null,
    done bigint not null constraint licence_batch_done_check check (done between 0 and total),
    created_at bigint not null,
    written_at bigint,
    downloaded_at bigint,
    erase_at bigint,
    erased_at bigint
);
create table licence_batch_keys (
    batch uuid not null references licence_batch (id),
    part bigint not null,
    sealed bytea not null,
    primary key (batch, part)
);
alter table licence add column batch uuid references licence_batch (id);
create index licence_batch_licences on licence (batch);
