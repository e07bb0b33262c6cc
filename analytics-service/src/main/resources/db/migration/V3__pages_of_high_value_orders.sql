-- Pages are read by an order without nulls.
drop index high_value_order_newest_first;
drop index high_value_order_of_customer;
create index high_value_order_newest_first on high_value_order (coalesce(placed_at, '-infinity'), order_id);
create index high_value_order_of_customer on high_value_order (customer_id, coalesce(placed_at, '-infinity'), order_id);
