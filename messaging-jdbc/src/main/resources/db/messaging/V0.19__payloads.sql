-- The payloads of events that are published by reference.
create table messaging_payload (
    id        uuid primary key,
    payload   bytea       not null,
    kept_from timestamptz not null
);
create index messaging_payload_kept_from on messaging_payload (kept_from);
