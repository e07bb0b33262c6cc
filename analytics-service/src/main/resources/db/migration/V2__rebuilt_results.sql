-- What a replay counts from nothing, to be compared with the live results.
create table rebuilt_customer (like customer including all);
create table rebuilt_orders_per_minute (like orders_per_minute including all);
create table rebuilt_suspicious_order (like suspicious_order including all);
create table rebuilt_high_value_order (like high_value_order including all);
