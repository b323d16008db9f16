-- Portable, and able to begin again after it was killed half way, as the first.

-- How far the telling of what happened has come, by channel.
create table if not exists notice (
    entry bigint generated always as identity primary key,
    notice_key varchar(1000) not null,
    channel varchar(64) not null,
    happened timestamp(6) with time zone not null,
    state varchar(32) not null,
    attempts integer not null,
    next_attempt timestamp(6) with time zone not null,
    error varchar not null,
    constraint notice_once unique (notice_key, channel)
);

create index if not exists notice_happened on notice (channel, happened);

-- Since when a channel is there: what happened earlier is not told on it.
create table if not exists notice_channel (
    name varchar(64) not null primary key,
    since timestamp(6) with time zone not null
);
