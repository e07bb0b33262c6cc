-- The subscriptions that an operator has paused, for all instances of the application.
create table messaging_paused_subscription (
    topic          text        not null,
    consumer_group text        not null,
    operator       text        not null,
    since          timestamptz not null default now(),
    primary key (topic, consumer_group)
);
