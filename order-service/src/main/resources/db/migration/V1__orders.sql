-- Prices and totals are EUR. 'NaN'::numeric passes every >=, so it is named.
create table product (
    sku   text primary key check (sku ~ '^[A-Z0-9-]{1,40}$'),
    name  text not null check (length(name) between 1 and 200),
    price numeric(10, 2) not null check (price >= 0 and price <> 'NaN')
);

create table orders (
    id              uuid primary key,
    customer_id     text not null check (length(customer_id) between 1 and 64),
    email           text not null check (length(email) between 3 and 254),
    priority        text not null check (priority in ('STANDARD', 'EXPRESS')),
    status          text not null
        check (status in ('PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLING', 'CANCELLED', 'SHIPPED')),
    reason          text,
    carrier         text,
    tracking_number text,
    placed_at       timestamptz not null,
    changed_at      timestamptz not null check (changed_at >= placed_at),
    check ((status in ('REJECTED', 'CANCELLED')) = (reason is not null)),
    check ((status = 'SHIPPED') = (carrier is not null and tracking_number is not null))
);
create index orders_of_customer on orders (customer_id, placed_at desc, id);
create index orders_by_time on orders (placed_at desc, id);

create table order_line (
    order_id   uuid not null references orders,
    line       int not null check (line between 0 and 99),
    sku        text not null references product,
    quantity   int not null check (quantity between 1 and 10000),
    unit_price numeric(10, 2) not null check (unit_price >= 0 and unit_price <> 'NaN'),
    primary key (order_id, line),
    unique (order_id, sku)
);

create table timeline (
    id         bigint generated always as identity primary key,
    order_id   uuid not null references orders,
    at         timestamptz not null,
    what       text not null,
    status     text not null,
    event_type text,
    event_id   text,
    check ((event_type is null) = (event_id is null))
);
create index timeline_of_order on timeline (order_id, id);

-- Answers to requests with an Idempotency-Key, kept in the transaction of what was done.
create table answered_request (
    key         text primary key check (length(key) between 1 and 255),
    fingerprint text not null,
    status      int not null,
    location    text not null,
    body        text not null,
    answered_at timestamptz not null
);
create index answered_request_by_time on answered_request (answered_at);
