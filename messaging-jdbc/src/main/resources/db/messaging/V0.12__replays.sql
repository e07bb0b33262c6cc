-- Replays of subscriptions. One instance works on a replay at a time, leased by this database's clock and fenced by the epoch. A run
-- that was interrupted is repeated from the start of the replay; the inbox rows of its group say what was handled.
create table messaging_replay (
    id               uuid        primary key,
    topic            text        not null,
    consumer_group   text        not null, -- of the subscription; the replay's own group is derived from it and the id
    from_time        timestamptz,
    from_position    text,
    state            text        not null check (state in ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    started_by       text        not null,
    started_at       timestamptz not null default now(),
    ended_by         text,
    ended_at         timestamptz,
    note             text,
    total            bigint      not null,
    handled          bigint      not null default 0,
    failed           bigint      not null default 0,
    first_message_at timestamptz,
    truncated        boolean     not null,
    announced        boolean     not null default false, -- whether listeners know that it has begun
    running_since    timestamptz,
    owner            uuid,
    epoch            bigint      not null default 0,
    lease_until      timestamptz not null default '-infinity'
);
create unique index messaging_replay_running on messaging_replay (topic, consumer_group) where state = 'RUNNING';
create index messaging_replay_latest on messaging_replay (started_at desc);
