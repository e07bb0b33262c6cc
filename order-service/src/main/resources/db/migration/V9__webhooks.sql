-- Receivers of webhooks. The secrets sign requests, so they are stored as they are.
create table webhook (
    id                    uuid primary key,
    url                   text not null check (length(url) between 1 and 2048),
    event_types           text[] not null check (cardinality(event_types) > 0),
    secret                text not null,
    previous_secret       text,
    previous_secret_until timestamptz,
    disabled_because      text,
    created_at            timestamptz not null,
    check ((previous_secret is null) = (previous_secret_until is null))
);

create table webhook_delivery (
    number     bigint generated always as identity primary key,
    id         uuid not null unique,
    webhook_id uuid not null references webhook on delete cascade,
    event_id   text not null,
    event_type text not null,
    body       text not null,
    round      int not null check (round >= 1),
    status     text not null check (status in ('PENDING', 'DELIVERED', 'FAILED', 'CANCELLED')),
    created_at timestamptz not null,
    unique (webhook_id, event_id)
);
create index webhook_delivery_of_webhook on webhook_delivery (webhook_id, number);
create index webhook_delivery_by_time on webhook_delivery (created_at);

create table webhook_attempt (
    id            bigint generated always as identity primary key,
    delivery_id   uuid not null references webhook_delivery (id) on delete cascade,
    at            timestamptz not null,
    took_millis   bigint not null,
    status        int,
    answer        text not null
);
create index webhook_attempt_of_delivery on webhook_attempt (delivery_id, id);
