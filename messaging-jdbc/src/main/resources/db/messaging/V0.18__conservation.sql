-- How many messages the broker has confirmed, by the ten seconds in which their ids were created. Each consumer compares them with
-- what its own tables have of the same ids. A row is deleted some time after its last change.
create table messaging_published (
    topic      text        not null,
    source     text        not null,
    slot       bigint      not null, -- seconds since 1970, a multiple of ten
    messages   bigint      not null,
    updated_at timestamptz not null default clock_timestamp(),
    primary key (topic, source, slot)
) with (fillfactor = 50);

-- When each group of this application started for the first time: a new group may not receive what was published before.
create table messaging_group_start (
    topic          text        not null,
    consumer_group text        not null,
    started_at     timestamptz not null default now(),
    primary key (topic, consumer_group)
);
