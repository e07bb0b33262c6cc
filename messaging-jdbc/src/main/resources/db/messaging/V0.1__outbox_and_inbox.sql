-- What the library keeps in a service's own database. The service's migrations begin with V1.

-- Messages that wait for the broker. A row that is here has not been confirmed by it: there is no state to update,
-- a published row is deleted. Text from messages is bytea or escaped JSON, because U+0000 cannot be stored in text.
create table messaging_outbox (
    partition   smallint    not null,
    -- Drawn while the transaction holds its locks, so that ids of one key grow in the order of its transactions. The
    -- sequence must not be cached per session: that would break it.
    id          bigint      not null generated always as identity (cache 1),
    topic       text        not null,
    message_key bytea,
    value       bytea,
    headers     json        not null,
    made_at     bigint      not null, -- milliseconds since 1970, the message's own timestamp
    created_at  timestamptz not null default clock_timestamp(),
    not_before  timestamptz,          -- null: at once and in the order of its key
    parked_at   timestamptz,          -- not null: the broker refused it, or it waits behind such a row of its key
    parked_reason text,
    released    boolean     not null default false, -- set by people: the relay is to send a parked row again
    primary key (partition, id)
) with (
    -- Rows come and go; without these, dead ones pile up until a fifth of a large table is dead.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000,
    autovacuum_vacuum_cost_delay = 0,
    -- Giving the end of the file back takes an exclusive lock that writers would wait for.
    vacuum_truncate = false,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 5000,
    toast.autovacuum_vacuum_cost_delay = 0, toast.vacuum_truncate = false
);

create index messaging_outbox_delayed on messaging_outbox (not_before)
    where not_before is not null and parked_at is null;
create index messaging_outbox_parked on messaging_outbox (topic, substring(message_key from 1 for 64))
    where parked_at is not null;

-- Which relay sends which partition. Times are this database's.
create table messaging_outbox_lease (
    partition smallint    primary key,
    owner     uuid,
    epoch     bigint      not null default 0, -- grows with each take-over
    until     timestamptz not null default '-infinity'
) with (fillfactor = 50);
insert into messaging_outbox_lease (partition) select generate_series(0, 15);

-- The relays that are alive, so that each takes its share of the partitions.
create table messaging_outbox_relay (
    id    uuid        primary key,
    until timestamptz not null
) with (fillfactor = 50);

-- Which messages a consumer group has handled.
create table messaging_inbox (
    consumer_group text        not null,
    message_id     text        not null,
    handled_at     timestamptz not null default now(),
    primary key (consumer_group, message_id)
);
-- For the cleanup; costs an insert next to nothing.
create index messaging_inbox_handled_at on messaging_inbox using brin (handled_at);
