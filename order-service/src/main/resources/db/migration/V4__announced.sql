-- How far the outbox had come at which time: the events of orders placed before had left it. Some dozens of rows.
create table announced (
    noted_at      timestamptz primary key,
    placed_before timestamptz not null
);
