-- How many events there have been of an order; each carries its number, from 1. Those told so far carried none.
alter table orders add column version bigint not null default 0 check (version >= 0);
alter table orders alter column version drop default;

-- Who waits for an answer, and since when: few of all orders.
create index orders_waiting on orders (status, changed_at)
    where status in ('PENDING', 'CONFIRMED', 'CANCELLING');
