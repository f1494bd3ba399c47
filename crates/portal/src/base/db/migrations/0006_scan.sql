-- Orders to devices, what devices told us, scans, detections and quarantine.
-- device_event holds the ids of everything a device delivered, so that "at least once" is recorded once.
-- kind and subject of an order say what its body does to which scan or quarantine item.
create table device_order (
    id uuid primary key,
    workspace uuid not null references workspace (id) on delete cascade,
    device uuid not null references device (id) on delete cascade,
    kind text not null,
    subject uuid not null,
    body text not null,
    state text not null constraint device_order_state_check
        check (state in ('queued', 'delivered', 'running', 'done', 'failed', 'cancelled', 'expired')),
    priority bigint not null,
    requested_by uuid,
    created_at bigint not null,
    expires_at bigint not null,
    updated_at bigint not null,
    failure_code text,
    failure_text text
);
create index device_order_device_state on device_order (device, state);
create index device_order_workspace on device_order (workspace, id);

create table device_event (
    device uuid not null references device (id) on delete cascade,
    id uuid not null,
    received_at bigint not null,
    primary key (device, id)
);
create index device_event_received_at on device_event (received_at);

create table scan (
    id uuid primary key,
    workspace uuid not null references workspace (id) on delete cascade,
    device uuid not null references device (id) on delete cascade,
    origin text not null constraint scan_origin_check check (origin in ('portal', 'device')),
    device_order uuid references device_order (id),
    cancel_order uuid references device_order (id),
    target_kind text not null constraint scan_target_kind_check check (target_kind in ('usual_places', 'path', 'unknown')),
    target_path text,
    target_raw text,
    state text not null constraint scan_state_check check (state in
        ('queued', 'running', 'cancelling', 'completed', 'cancelled', 'failed', 'expired')),
    requested_by uuid,
    created_at bigint not null,
    started_at bigint,
    finished_at bigint,
    files bigint not null,
    bytes bigint not null,
    found bigint not null,
    unreadable bigint not null,
    partial bigint not null,
    skipped bigint not null,
    unreadable_paths text not null,
    failure_code text,
    failure_text text
);
create index scan_device_order on scan (device_order);
create index scan_cancel_order on scan (cancel_order);
create index scan_state on scan (state);
create index scan_workspace_created_at on scan (workspace, created_at);
create index scan_device_created_at on scan (device, created_at);

create table quarantine_item (
    id uuid primary key,
    workspace uuid not null references workspace (id) on delete cascade,
    device uuid not null references device (id) on delete cascade,
    path text not null,
    path_raw text,
    rules text not null,
    sha256 text not null,
    size bigint not null,
    owner text not null,
    state text not null constraint quarantine_item_state_check
        check (state in ('held', 'restoring', 'deleting', 'restored', 'deleted')),
    device_order uuid references device_order (id),
    quarantined_at bigint not null,
    changed_at bigint not null,
    failure_code text,
    failure_text text
);
create index quarantine_item_workspace_state on quarantine_item (workspace, state);
create index quarantine_item_device on quarantine_item (device);
create index quarantine_item_device_order on quarantine_item (device_order);

create table detection (
    id uuid primary key,
    workspace uuid not null references workspace (id) on delete cascade,
    device uuid not null references device (id) on delete cascade,
    scan uuid,
    at bigint not null,
    path text not null,
    path_raw text,
    members text not null,
    rule text not null,
    sha256 text not null,
    size bigint not null,
    action text not null constraint detection_action_check
        check (action in ('quarantined', 'reported', 'quarantine_failed')),
    item uuid
);
create index detection_workspace_at on detection (workspace, at);
create index detection_device_at on detection (device, at);
create index detection_scan on detection (scan);
create index detection_item on detection (item);
