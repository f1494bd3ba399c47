-- Keys this server signs licence files and answers with. One is current, which the unique column holds to; the others were
-- replaced and are kept because files they signed are still out. The secret half is sealed with server.key, and goes when
-- a key is replaced.
create table issuer_key (
    id text primary key,
    public_key bytea not null,
    sealed bytea,
    current boolean constraint issuer_key_current_unique unique constraint issuer_key_current_check check (current),
    created_at bigint not null,
    retired_at bigint,
    constraint issuer_key_sealed_check check ((sealed is null) = (current is null))
);
