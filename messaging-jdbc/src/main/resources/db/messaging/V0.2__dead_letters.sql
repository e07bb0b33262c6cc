-- What this service's groups could not handle, for people to read, redrive or discard. Whatever comes from a message is
-- bytea, escaped JSON, or text without U+0000 and of bounded length.
create table messaging_dead_letter (
    id             bigint      generated always as identity primary key,
    consumer_group text        not null,
    topic          text        not null, -- the one that the group reads, not the one of dead letters
    message_id     text        not null,
    digest         bytea       not null, -- of the value: two messages that were given one id are both kept
    message_type   text,
    message_key    bytea,
    value          bytea,
    headers        json        not null,
    made_at        bigint      not null, -- milliseconds since 1970, the message's own timestamp
    reason         text        not null,
    cause          text,
    exception      text,
    place          text,
    fingerprint    text        not null, -- of exception and place: what failed in the same way has the same one
    attempts       int         not null, -- before it was given up last
    failures       int         not null default 1, -- how often it was given up
    first_failure  timestamptz not null,
    last_failure   timestamptz not null,
    redriven       int         not null default 0,
    redrive        uuid, -- names the last redrive; a message that carries it failed after that
    job            uuid, -- the job that redrove it last
    state          text        not null default 'WAITING' check (state in ('WAITING', 'REDRIVEN', 'DISCARDED')),
    changed_at     timestamptz not null default now(),
    unique (consumer_group, topic, message_id, digest)
);
create index messaging_dead_letter_waiting on messaging_dead_letter (consumer_group, id) where state = 'WAITING';
create index messaging_dead_letter_last_failure on messaging_dead_letter (last_failure, id);
create index messaging_dead_letter_job on messaging_dead_letter (job) where job is not null;

-- Who did what and when.
create table messaging_dead_letter_action (
    id          bigint      generated always as identity primary key,
    dead_letter bigint      not null references messaging_dead_letter on delete cascade,
    at          timestamptz not null default now(),
    who         text        not null,
    action      text        not null,
    job         uuid
);
create index messaging_dead_letter_action_letter on messaging_dead_letter_action (dead_letter, id);

-- Redrives of many. One instance works on a job at a time, leased by this database's clock and fenced by the epoch; what
-- is done is committed with the letters it was done to, and so a job goes on after a crash where it was.
create table messaging_redrive (
    id              uuid        primary key,
    filter          json        not null,
    dry_run         boolean     not null,
    per_second      int         not null,
    stop_on_failure boolean     not null,
    state           text        not null check (state in ('RUNNING', 'COMPLETED', 'STOPPED', 'CANCELLED')),
    started_by      text        not null,
    started_at      timestamptz not null default now(),
    ended_by        text,
    ended_at        timestamptz,
    note            text,
    matched         int         not null,
    redriven        int         not null default 0,
    refused         int         not null default 0,
    up_to           bigint      not null, -- letters that come later are not meant
    last_id         bigint      not null default 0,
    owner           uuid,
    epoch           bigint      not null default 0,
    lease_until     timestamptz not null default '-infinity'
);
create index messaging_redrive_running on messaging_redrive (started_at) where state = 'RUNNING';
