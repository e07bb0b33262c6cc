-- Express orders as they are placed, for the packing station.
create table express_order (
    order_id  varchar(64) primary key,
    placed_at timestamptz not null
);

create index express_order_newest_first on express_order (placed_at desc, order_id);
