-- Accounts that their people closed. For seven days after closed_at nothing of it is lost and the password opens it again;
-- then the person is forgotten (erased_at): name, address and password go, and the row stays, because orders and invoices
-- name it.
alter table account add column closed_at bigint;
alter table account add column erased_at bigint;
create index licence_transfer_offered_by on licence_transfer (offered_by);
