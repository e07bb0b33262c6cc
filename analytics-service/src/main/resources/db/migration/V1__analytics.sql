-- recent_orders and recent_times are the orders that were placed last, with their times. They are empty where a
-- Kafka Streams topology counts and keeps them.
create table customer (
    customer_id   varchar(64) primary key,
    orders        bigint not null default 0,
    confirmed     bigint not null default 0,
    revenue       numeric not null default 0,
    recent_orders text[] not null default '{}',
    recent_times  timestamptz[] not null default '{}'
);

create table orders_per_minute (
    minute timestamptz primary key,
    orders bigint not null
);

-- An audit: rows are added and never changed.
create table suspicious_order (
    order_id    varchar(64) primary key,
    customer_id varchar(64) not null,
    placed_at   timestamptz not null,
    recorded_at timestamptz not null default now()
);

create index suspicious_order_newest_first on suspicious_order (placed_at desc, order_id);
create index suspicious_order_of_customer on suspicious_order (customer_id, placed_at desc, order_id);

create table high_value_order (
    order_id    varchar(64) primary key,
    customer_id varchar(64) not null,
    total       numeric not null,
    placed_at   timestamptz
);

create index high_value_order_newest_first on high_value_order (placed_at desc nulls last, order_id);
create index high_value_order_of_customer on high_value_order (customer_id, placed_at desc nulls last, order_id);
