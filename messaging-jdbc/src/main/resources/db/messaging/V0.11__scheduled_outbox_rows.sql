-- Scheduled messages are delayed rows with a name. A relay sets claimed_at, and commits, before it sends such a row; until
-- then the row can be replaced and deleted by its name.
alter table messaging_outbox
    add column schedule_name text,
    add column claimed_at    timestamptz;
create unique index messaging_outbox_scheduled on messaging_outbox (schedule_name)
    where schedule_name is not null and claimed_at is null;
