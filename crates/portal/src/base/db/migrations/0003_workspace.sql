-- Tenants and who belongs to them. name_key is the name as compared: without case, accents, width or repeated spaces;
-- the database decides that it is unique, deleted workspaces included until they are purged (deleted_at + 7 days).
create table workspace (
    id uuid primary key,
    name text not null,
    name_key text not null,
    mode text not null constraint workspace_mode_check
        check (mode in ('local_and_remote', 'local_only', 'remote_only')),
    created_at bigint not null,
    deleted_at bigint,
    licence_before_deletion uuid
);
create unique index workspace_name_key_unique on workspace (name_key);

create table member (
    workspace uuid not null references workspace (id) on delete cascade,
    account uuid not null references account (id) on delete cascade,
    role text not null constraint member_role_check
        check (role in ('primary_owner', 'admin', 'protection_manager', 'billing_contact', 'viewer')),
    since bigint not null,
    primary key (workspace, account)
);
create index member_account on member (account);
create unique index member_workspace_unique on member (workspace) where role = 'primary_owner';
