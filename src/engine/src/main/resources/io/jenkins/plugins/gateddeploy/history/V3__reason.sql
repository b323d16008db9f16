-- Portable, and able to begin again after it was killed half way, as the first.

alter table deployment add column if not exists reason varchar default '' not null;
