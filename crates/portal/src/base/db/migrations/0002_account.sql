-- People. An account is there once its address is confirmed, so an address is never held by somebody who cannot read
-- its mail. email_key is the address as compared (case folded, NFKC, the domain in ASCII); the address itself is kept as
-- typed. Tokens of sessions, links and API keys are kept as SHA-256 only.
create table account (
    id uuid primary key,
    email text not null,
    email_key text not null,
    name text not null,
    password_hash text not null,
    language text not null,
    operator boolean not null,
    confirmed_at bigint not null,
    created_at bigint not null
);
create unique index account_email_key_unique on account (email_key);

-- Who asked for an account and has not followed the mailed link yet. Several may wait for one address, each with the
-- password of its own asker; the first link followed decides.
create table sign_up (
    id uuid primary key,
    email text not null,
    email_key text not null,
    name text not null,
    password_hash text not null,
    language text not null,
    token_hash bytea,
    created_at bigint not null,
    expires_at bigint not null
);
create index sign_up_email_key on sign_up (email_key);
create unique index sign_up_token_hash_unique on sign_up (token_hash);

create table account_session (
    id uuid primary key,
    account uuid not null references account (id) on delete cascade,
    token_hash bytea not null,
    created_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null,
    user_agent text not null,
    address text not null
);
create unique index account_session_token_hash_unique on account_session (token_hash);
create index account_session_account on account_session (account);

-- Single-use links: mailed for a new password, or printed on the server to make its operator (account is then absent).
-- A link that was followed is gone.
create table account_link (
    id uuid primary key,
    account uuid references account (id) on delete cascade,
    purpose text not null constraint account_link_purpose_check check (purpose in ('reset', 'operator')),
    token_hash bytea not null,
    created_at bigint not null,
    expires_at bigint not null
);
create unique index account_link_token_hash_unique on account_link (token_hash);
create index account_link_account on account_link (account);

-- One bearer key for the API per account.
create table api_key (
    id uuid primary key,
    account uuid not null references account (id) on delete cascade,
    token_hash bytea not null,
    created_at bigint not null,
    last_used_at bigint
);
create unique index api_key_token_hash_unique on api_key (token_hash);
create unique index api_key_account_unique on api_key (account);
