-- Reminders of what happens to licences. reminder_sent: what was told about which licence, once for each end of its period
-- (about is then that end, in microseconds) and once for each number of seats that ran low (about is then made of that
-- number and of the threshold); it is written in the transaction that writes the mail. reminder_mute: who does not want which.
create table reminder_sent (
    licence uuid not null references licence (id) on delete cascade,
    kind text not null,
    about bigint not null,
    at bigint not null,
    told bigint not null,
    primary key (licence, kind, about)
);
create table reminder_mute (
    account uuid not null references account (id) on delete cascade,
    kind text not null,
    primary key (account, kind)
);
create index licence_expires_at on licence (expires_at);
