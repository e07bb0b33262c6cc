-- The customer's own document about an order; deleted with the address.
alter table contact add column purchase_order text;
