-- What the licence desk needs to know of a licence. Its period is period_from + period_months calendar months +
-- period_days days, so that changes add up without losing a day (31 January + 1 month + 1 month); expires_at is that
-- moment, kept for queries. revision counts the changes of its terms: what was previewed on another revision is refused.
-- seats_used may exceed seats after a downgrade: nothing stops then but enrolment. next_* is what applies from the next
-- period on. Only the last group of a key is kept in clear.
alter table licence add column revision bigint not null default 0;
alter table licence add column period_from bigint;
alter table licence add column period_months bigint not null default 0;
alter table licence add column period_days bigint not null default 0;
alter table licence add column next_seats bigint;
alter table licence add column next_term_months bigint;
alter table licence add column next_product text;
alter table licence add column low_seats bigint;
alter table licence add column merged_into uuid references licence (id);
alter table licence add column used bigint not null default 0 constraint licence_seats_used_positive check (used >= 0);
update licence set used = seats_used, period_from = first_assigned_at, period_months = term_months;
update licence set period_days = 30 where kind = 'trial';
alter table licence drop column seats_used;
alter table licence rename column used to seats_used;
alter table licence drop column key_first;
