-- Licences that change hands, and moves that can be undone. licence_transfer: the open offer of a licence to whoever reads
-- the mail of an address; it goes when it is accepted, declined, withdrawn or made anew. licence_move: the last move of a
-- licence between workspaces, or off one, as long as nothing was moved since.
create table licence_transfer (
    licence uuid primary key references licence (id) on delete cascade,
    offered_by uuid not null references account (id) on delete cascade,
    email text not null,
    email_key text not null,
    at bigint not null,
    expires_at bigint not null
);
create index licence_transfer_email_key on licence_transfer (email_key);

create table licence_move (
    licence uuid primary key references licence (id) on delete cascade,
    moved_by uuid not null references account (id) on delete cascade,
    source uuid not null references workspace (id) on delete cascade,
    target uuid references workspace (id) on delete cascade,
    replaced uuid references licence (id) on delete set null,
    at bigint not null
);
