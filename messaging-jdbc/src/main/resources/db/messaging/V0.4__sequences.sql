-- Which numbers of a key's events a consumer group has handled; the numbers are set by their publisher.
create table messaging_sequence (
    consumer_group text           not null,
    topic          text           not null,
    source         text           not null, -- who numbered them
    message_key    text           not null,
    seen           int8multirange not null default '{}',
    latest         bigint         not null default 0, -- the last one that was handled as the latest state
    gap_since      timestamptz,                       -- null: nothing is missing below the last one
    gap_told       boolean        not null default false,
    updated_at     timestamptz    not null default now(),
    primary key (consumer_group, topic, source, message_key)
) with (fillfactor = 70); -- each row changes a few times: leave room to do it in place

create index messaging_sequence_gaps on messaging_sequence (gap_since) where gap_since is not null;
-- For the cleanup; costs an update next to nothing.
create index messaging_sequence_updated_at on messaging_sequence using brin (updated_at);

create function messaging_is_complete(seen int8multirange) returns boolean
    language sql immutable return seen = int8multirange(int8range(1, upper(seen)));
