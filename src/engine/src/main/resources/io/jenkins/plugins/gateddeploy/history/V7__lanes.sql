-- Portable, and able to begin again after it was killed half way, as the first.

-- One row a lane that somebody has been in. Whoever changes a lane holds it, so that changes happen one after the other.
create table if not exists lane (
    app varchar(255) not null,
    environment varchar(255) not null,
    paused_why varchar,
    paused_by varchar,
    paused timestamp(6) with time zone,
    primary key (app, environment)
);

create table if not exists lane_entry (
    entry bigint generated always as identity primary key,
    id varchar(64) not null unique,
    app varchar(255) not null,
    environment varchar(255) not null,
    lane_rank bigint not null,
    deployment varchar(64) not null,
    under varchar(64) not null,
    title varchar not null,
    reference varchar not null,
    person varchar not null,
    job varchar(2000) not null,
    build integer not null,
    joined timestamp(6) with time zone not null,
    not_before timestamp(6) with time zone,
    waits_until timestamp(6) with time zone,
    turn timestamp(6) with time zone
);

create index if not exists lane_entry_lane on lane_entry (app, environment, lane_rank);
