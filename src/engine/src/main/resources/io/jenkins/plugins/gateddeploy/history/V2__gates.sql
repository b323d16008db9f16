-- Portable, and able to begin again after it was killed half way, as the first.

alter table deployment add column if not exists job varchar(2000) default '' not null;
alter table deployment add column if not exists build integer default 0 not null;
alter table deployment add column if not exists origin_text varchar default '' not null;
alter table deployment add column if not exists gate_id varchar(64) default '' not null;
alter table deployment add column if not exists approvers varchar default '' not null;

create index if not exists deployment_job on deployment (job, build);

create table if not exists gate (
    entry bigint generated always as identity primary key,
    id varchar(64) not null unique,
    app varchar(255) not null,
    environment varchar(255) not null,
    plan_digest varchar(64) not null,
    revision varchar not null,
    message varchar not null,
    deployment varchar(64) not null,
    job varchar(2000) not null,
    build integer not null,
    rules varchar not null,
    opened timestamp(6) with time zone not null,
    deadline timestamp(6) with time zone not null,
    standing varchar(32),
    why varchar,
    closed timestamp(6) with time zone
);

create index if not exists gate_job on gate (job, build);
create index if not exists gate_place on gate (app, environment);
create index if not exists gate_deployment on gate (deployment);
create index if not exists gate_deadline on gate (closed, deadline);

-- What people said, in the order in which it was written; rows are only ever added.
create table if not exists gate_decision (
    entry bigint generated always as identity primary key,
    gate varchar(64) not null references gate (id),
    person varchar not null,
    name varchar not null,
    names varchar not null,
    verdict varchar(32) not null,
    remark varchar not null,
    decided timestamp(6) with time zone not null
);

create index if not exists gate_decision_gate on gate_decision (gate);
