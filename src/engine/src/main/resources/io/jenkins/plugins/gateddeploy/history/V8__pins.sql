-- Portable, and able to begin again after it was killed half way, as the first.

-- Commits that people went back from. One that stands has no end.
create table if not exists pin (
    entry bigint generated always as identity primary key,
    id varchar(64) not null unique,
    app varchar(255) not null,
    environment varchar(255) not null,
    commit_id varchar(255) not null,
    release_id varchar(255) not null,
    deployment varchar(64) not null,
    person varchar not null,
    since timestamp(6) with time zone not null,
    lifted timestamp(6) with time zone,
    lifted_by varchar,
    lifted_why varchar
);

create index if not exists pin_place on pin (app, environment);
