-- Computers. A device is recognised, within a workspace, by its own public key and the machine it is on, so that
-- enrolling again is the same device and a copy of a disk in another machine is another one. licence names the licence
-- whose seat it holds; a retired device holds none. connection is the one it speaks on now, whichever portal has it.
-- name_key is what lists are sorted by, search what is searched: lower case, without accents.
create table enrolment_token (
    id uuid primary key,
    workspace uuid not null references workspace (id) on delete cascade,
    token_hash bytea not null,
    token_end text not null,
    created_by uuid not null references account (id),
    created_at bigint not null,
    expires_at bigint not null,
    device_limit bigint,
    used bigint not null,
    revoked_at bigint
);
create unique index enrolment_token_token_hash_unique on enrolment_token (token_hash);
create index enrolment_token_workspace on enrolment_token (workspace);

create table device (
    id uuid primary key,
    workspace uuid not null references workspace (id) on delete cascade,
    name text not null,
    name_key text not null,
    search text not null,
    hostname text not null,
    os text not null,
    arch text not null,
    address text not null,
    agent_version text not null,
    device_key text not null,
    fingerprint text not null,
    state text not null constraint device_state_check check (state in ('enrolled', 'retired')),
    licence uuid references licence (id),
    health text not null constraint device_health_check check (health in ('healthy', 'attention', 'unknown')),
    health_detail text not null,
    settings_hash bytea,
    settings_status text not null,
    settings_error text,
    enrolled_at bigint not null,
    connection uuid,
    last_seen_at bigint not null,
    retired_at bigint,
    duplicated_at bigint
);
create unique index device_workspace_device_key_fingerprint_unique on device (workspace, device_key, fingerprint);
create index device_workspace_name_key on device (workspace, name_key, id);
create index device_licence on device (licence);

-- What a device signs in with. A new one is a candidate until the device has used it; then the older ones end.
create table device_credential (
    id uuid primary key,
    device uuid not null references device (id) on delete cascade,
    token_hash bytea not null,
    created_at bigint not null,
    confirmed_at bigint,
    revoked_at bigint
);
create unique index device_credential_token_hash_unique on device_credential (token_hash);
create index device_credential_device on device_credential (device);
