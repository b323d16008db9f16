-- Portable, and able to begin again after it was killed half way, as the first.

-- Ids of the problems that somebody let pass, with a space between them; and why.
alter table deployment add column if not exists forced varchar default '' not null;
alter table deployment add column if not exists forced_reason varchar default '' not null;
