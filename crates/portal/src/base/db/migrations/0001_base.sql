-- What everything else stands on: who did what (audit_event), what is to be done later (job), and the few things the
-- server itself remembers (server_setting). Times are microseconds since 1970, UTC, in every table.
create table audit_event (
    id uuid primary key,
    at bigint not null,
    actor_kind text not null,
    actor uuid,
    workspace uuid,
    action text not null,
    target_kind text not null,
    target uuid,
    detail text not null,
    request text not null
);
create index audit_event_workspace_at on audit_event (workspace, at);
create index audit_event_target on audit_event (target);

create table job (
    id uuid primary key,
    kind text not null,
    payload text not null,
    state text not null constraint job_state_check check (state in ('queued', 'running', 'dead')),
    run_at bigint not null,
    locked_until bigint,
    attempts bigint not null,
    last_error text,
    created_at bigint not null
);
create index job_state_run_at on job (state, run_at);

create table server_setting (
    name text primary key,
    value bytea not null
);
