-- Portable on purpose (H2 and PostgreSQL). "if not exists" because H2 commits each statement by itself: a process that
-- is killed between two of them must be able to begin again.

create table if not exists deployment (
    entry bigint generated always as identity primary key,
    id varchar(64) not null unique,
    app varchar(255) not null,
    environment varchar(255) not null,
    kind varchar(32) not null,
    sequence_number integer not null,
    release_id varchar(255) not null,
    commit_id varchar(255) not null,
    reference varchar not null,
    tag varchar not null,
    subject varchar not null,
    author varchar not null,
    actor varchar not null,
    owner_host varchar(255) not null,
    owner_pid bigint not null,
    owner_start bigint not null,
    started timestamp(6) with time zone not null,
    ended timestamp(6) with time zone,
    state varchar(32) not null,
    message varchar not null,
    log_file varchar not null,
    constraint deployment_number unique (app, environment, sequence_number)
);

-- What happened, in the order in which it was written; rows are only ever added.
create table if not exists event (
    entry bigint generated always as identity primary key,
    deployment varchar(64) not null references deployment (id),
    happened timestamp(6) with time zone not null,
    state varchar(32) not null,
    message varchar not null
);

create index if not exists event_deployment on event (deployment);

create table if not exists target_outcome (
    entry bigint generated always as identity primary key,
    deployment varchar(64) not null references deployment (id),
    target varchar(255) not null,
    current_release varchar(255) not null,
    message varchar not null
);

create index if not exists target_outcome_deployment on target_outcome (deployment);

create table if not exists problem (
    entry bigint generated always as identity primary key,
    deployment varchar(64) not null references deployment (id),
    problem_id varchar(255) not null,
    severity varchar(32) not null,
    message varchar not null,
    mend varchar not null,
    file_name varchar,
    file_line integer,
    file_column integer
);

create index if not exists problem_deployment on problem (deployment);
