-- Portable, and able to begin again after it was killed half way, as the first.

-- A decision that was taken back, or whose plan has changed, stays, and counts no more.
alter table gate_decision add column if not exists ended timestamp(6) with time zone;
alter table gate_decision add column if not exists ended_how varchar(32);
alter table gate_decision add column if not exists ended_why varchar;

-- What happened at gates; rows are only ever added. Each has the hash of the one before, and its own over all of it.
create table if not exists audit (
    entry bigint primary key,
    happened timestamp(6) with time zone not null,
    who varchar not null,
    what varchar(32) not null,
    gate varchar(64) not null,
    deployment varchar(64) not null,
    details varchar not null,
    previous varchar(64) not null,
    hash varchar(64) not null
);

-- One row: the newest entry. Whoever adds one holds it, so that entries are added one after the other.
create table if not exists audit_head (
    id integer primary key,
    entry bigint not null,
    hash varchar(64) not null
);

insert into audit_head (id, entry, hash)
select 1, 0, '0000000000000000000000000000000000000000000000000000000000000000'
where not exists (select 1 from audit_head);
