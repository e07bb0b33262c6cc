-- What came in is either available, reserved or shipped: nothing is sold twice, and nothing appears.
create table stock (
    sku       varchar(64) primary key,
    received  bigint not null,
    available bigint not null check (available >= 0),
    reserved  bigint not null default 0 check (reserved >= 0),
    shipped   bigint not null default 0 check (shipped >= 0),
    constraint stock_conserved check (available + reserved + shipped = received)
) with (fillfactor = 50); -- these few rows change all the time: leave room to do it in place

-- One an order. RELEASED without lines is the trace of a cancellation that overtook its order.
create table reservation (
    order_id   varchar(64) primary key,
    status     varchar(16) not null check (status in ('RESERVED', 'REJECTED', 'RELEASED', 'SHIPPED')),
    updated_at timestamptz not null
);

create table reservation_line (
    order_id varchar(64) not null references reservation,
    sku      varchar(64) not null references stock,
    quantity integer not null check (quantity > 0),
    primary key (order_id, sku)
);
