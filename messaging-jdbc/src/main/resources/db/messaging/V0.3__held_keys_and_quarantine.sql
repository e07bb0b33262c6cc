-- Keys whose order is kept over a retry: one of their messages failed, and the others wait behind it.
create table messaging_held_key (
    consumer_group text        not null,
    topic          text        not null, -- the one that the group reads
    key_name       bytea       not null, -- the key, or a hash of a long one
    due_at         timestamptz,          -- when its first message is tried; null: it waits for people, as a dead letter
    held_since     timestamptz not null default clock_timestamp(),
    primary key (consumer_group, topic, key_name)
);
create index messaging_held_key_due on messaging_held_key (consumer_group, topic, due_at);

-- Their messages, in the order in which they are to be handled. The reference is a second line of defence: a key is let
-- go only while no message is being parked behind it.
create table messaging_parked_message (
    position       bigint      not null generated always as identity primary key,
    consumer_group text        not null,
    topic          text        not null,
    key_name       bytea       not null,
    message_id     text        not null,
    from_topic     text        not null, -- the topic itself, or the group's retries
    message_key    bytea       not null,
    value          bytea,
    headers        json        not null,
    made_at        bigint      not null, -- milliseconds since 1970, the message's own timestamp
    parked_at      timestamptz not null default clock_timestamp(),
    unique (consumer_group, topic, message_id),
    foreign key (consumer_group, topic, key_name) references messaging_held_key
);
create index messaging_parked_message_key on messaging_parked_message (consumer_group, topic, key_name, position);

-- What each member of a group has in hand, one row a member, so that after a crash it is known what the process died
-- with. Written once a poll. Unlogged: it has to survive a process that dies, not the database.
create unlogged table messaging_in_hand (
    member         uuid        primary key,
    consumer_group text        not null,
    topic          text        not null,
    ids            int[]       not null, -- hashes of the messages' ids: two that collide cost one of them a moment alone
    since          timestamptz not null default now()
) with (fillfactor = 50, toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
create index messaging_in_hand_group on messaging_in_hand (consumer_group, topic);

-- Messages that were in hand when a process died are handled alone. A row is here while one is being handled alone.
create table messaging_handled_alone (
    consumer_group text        not null,
    topic          text        not null,
    message_id     text        not null,
    id_hash        int         not null,
    begun_by       uuid[]      not null, -- the processes that began to handle it alone, and never ended that
    quarantined    boolean     not null default false,
    changed_at     timestamptz not null default now(),
    primary key (consumer_group, topic, message_id)
);
